# SPDX-License-Identifier: Apache-2.0
"""A book served by the real program on a free port, and a client that sees everything of an answer."""
import http.client
import itertools
import json
import os
import pathlib
import re
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import uuid
from typing import NamedTuple

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/lotbook"
ALL_RIGHTS = ("view,operate,master_data,quality,backdate,correct_genealogy,override_fefo,override_life,"
              "override_best_before,confirm_here,recall,admin,sign")


# The file that says where the tests' PostgreSQL is; none: books are files.
POSTGRESQL = os.environ.get("LOTBOOK_TEST_POSTGRESQL")
BOOKS = itertools.count(1)


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def pointers(self):
        return {error["pointer"]: error["code"] for error in self.json["errors"]}


class Client:
    """One kept-open connection. `headers` go with every request."""

    def __init__(self, url, headers=None):
        self.parts = urllib.parse.urlsplit(url)
        self.headers = dict(headers or {})
        self.connection = None

    def _connect(self):
        if self.parts.scheme == "https":
            trusting = ssl.create_default_context()
            trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
            return http.client.HTTPSConnection(self.parts.hostname, self.parts.port, timeout=60, context=trusting)
        return http.client.HTTPConnection(self.parts.hostname, self.parts.port, timeout=60)

    def ask(self, method, path, body=None, headers=None):
        self.connection = self.connection or self._connect()
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        try:
            self.connection.request(method, path, body, {**self.headers, **(headers or {})})
            response = self.connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except Exception:
            self.close()
            raise
        if response.will_close:
            self.close()
        return answer

    def get(self, path, headers=None):
        return self.ask("GET", path, headers=headers)

    def command(self, name, body, key=None, headers=None):
        return self.ask("POST", f"/api/v1/{name}", body, {"Idempotency-Key": key or str(uuid.uuid4()), **(headers or {})})

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    __del__ = close


def token(book, name, rights):
    made = subprocess.run([PROGRAM, "token", "create", name, "--rights", rights, "--book", book, "--json"],
                          capture_output=True, text=True, check=True)
    return json.loads(made.stdout)["token"]


class Served:
    """`with Served() as served:` makes a book in a folder of its own and serves it."""

    def __init__(self, *options, tokens=None):
        self.options = options
        self.folder = tempfile.TemporaryDirectory(prefix="lotbook-contract-")
        if POSTGRESQL:
            # Beside it, what the program keeps on this machine for its books.
            os.environ["XDG_CACHE_HOME"] = os.environ["XDG_STATE_HOME"] = self.folder.name
            self.book = f"{pathlib.Path(POSTGRESQL).read_text().strip()}&book=served{os.getpid()}_{next(BOOKS)}"
        else:
            self.book = str(pathlib.Path(self.folder.name, "contract.book"))
        subprocess.run([PROGRAM, "create", self.book], capture_output=True, text=True, check=True)
        self.password, self.passwords = None, {}
        self.tokens = {name: token(self.book, name, rights) for name, rights in {"all": ALL_RIGHTS, **(tokens or {})}.items()}
        self.log = open(pathlib.Path(self.folder.name, "log"), "w+", encoding="utf-8")
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def start(self):
        self.process = subprocess.Popen([PROGRAM, "serve", "--book", self.book, "--port", "0", *self.options],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        for line in self.process.stdout:
            if found := re.search(r"password (\S+)", line):
                self.password = found[1]
            if found := re.search(r"at (https?://\S+)", line):
                self.url = found[1]
                return
        self.log.seek(0)
        raise RuntimeError("the server did not start: " + self.log.read())

    def another(self):
        """A second server of the same book, in PostgreSQL."""
        other = object.__new__(Served)
        other.__dict__.update(self.__dict__)
        other.start()
        return other

    def stop(self):
        """Asks it to stop and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        return code

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            self.log.close()
            self.folder.cleanup()

    def change(self, sql):
        """Behind the program's back."""
        if POSTGRESQL:
            database, _, name = self.book.partition("&book=")
            subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", database, "-c", f"set search_path to {name}; {sql}"], check=True)
        else:
            with sqlite3.connect(self.book) as book:
                book.execute(sql)

    def logged(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text(encoding="utf-8")

    def client(self, name="all"):
        """A program that shows this token; None: nobody."""
        return Client(self.url, {"Authorization": "Bearer " + self.tokens[name]} if name else {})

    def browser(self, name="admin"):
        """A client signed in by password, with what a page of ours would send."""
        client = Client(self.url)
        password = self.password if name == "admin" else self.passwords[name]
        come_in(client, client.ask("POST", "/api/v1/sign-in", {"name": name, "password": password}))
        return client


def come_in(client, answer):
    """Keeps the session that an answer opened, as a browser would."""
    if answer.status != 200:
        raise RuntimeError(answer.text)
    client.headers["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]
    client.headers["X-CSRF-Token"] = answer.json["csrf_token"]


def set_up_users(served, users):
    """Users by name, each with a password of their own in `served.passwords`."""
    everything = served.client()
    for name, user in users.items():
        answer = everything.command("set_user", {"code": name, **user})
        assert answer.status == 200, answer.text
        served.passwords[name] = everything.ask("POST", f"/api/v1/users/{name}/password").json["password"]
        client = Client(served.url)
        come_in(client, client.ask("POST", "/api/v1/sign-in", {"name": name, "password": served.passwords[name]}))
        chosen = f"plum tractor {uuid.uuid4().hex[:12]}"
        answer = client.ask("POST", "/api/v1/password",
                            {"password": served.passwords[name], "new_password": chosen})
        assert answer.status == 200, answer.text
        served.passwords[name] = chosen


MASTER_DATA = [
    ("set_place", {"code": "PLANT", "name": "Plant", "kind": "site"}),
    ("set_place", {"code": "ST1", "name": "Store", "kind": "storage", "parent": "PLANT"}),
    ("set_place", {"code": "ST2", "name": "Second store", "kind": "storage", "parent": "PLANT"}),
    ("set_partner", {"code": "MILL", "name": "Mill & Co", "roles": ["supplier"]}),
    ("set_item", {"code": "FLOUR", "name": "Wheat flour", "unit": "KGM", "decimals": 3}),
]


def set_up(client):
    for name, body in MASTER_DATA:
        answer = client.command(name, body)
        assert answer.status == 200, answer.text


def delivery(number, *codes):
    return {"supplier": "MILL", "document": number, "to": "ST1",
            "lines": [{"item": "FLOUR", "quantity": "25", "supplier_lot": code} for code in codes]}


class ServedTest(unittest.TestCase):
    """One server for all tests of a class; each uses names of its own."""
    OPTIONS, TOKENS = (), {}

    @classmethod
    def setUpClass(cls):
        cls.served = Served(*cls.OPTIONS, tokens=cls.TOKENS)
        cls.served.start()
        set_up(cls.served.client())

    @classmethod
    def tearDownClass(cls):
        cls.served.__exit__()

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.json.get("code")), (status, code), answer.text)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertEqual(answer.json["status"], status)
        for member in ("type", "title", "detail", "errors"):
            self.assertIn(member, answer.json)
