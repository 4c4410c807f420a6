#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command line that asks a server: the same words, the same tables, the same refusals; and a line that breaks."""
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

from served import POSTGRESQL, PROGRAM, ServedTest


def run(*words, token=None, env=None):
    environment = {**os.environ, **({"LOTBOOK_TOKEN": token} if token else {}), **(env or {})}
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=120, env=environment)


class Remote(ServedTest):
    def setUp(self):
        self.at = ("--url", self.served.url)
        self.token = self.served.tokens["all"]

    def ask(self, *words):
        return run(*words, *self.at, token=self.token)

    def receive(self, number, code, *more):
        return self.ask("receive", "MILL", number, "--to", "ST1", "--lines", f"item=FLOUR,quantity=25,supplier_lot={code}", *more)

    def test_commands_and_questions_look_the_same_as_on_the_book(self):
        done = self.receive("R-1", "REMOTE-1")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertRegex(done.stdout, r"(?m)^kind +receive$")
        # Questions read the book beside the server.
        for words in (("search", "remote-1"), ("stock", "--item", "FLOUR"), ("items",), ("document", "R-1"), ("head",),
                      ("entries", "--limit", "2"), ("search", "ab"), ("lot", "FLOUR", "NONE"), ("lot",), ("book",),
                      ("stock", "--item", "NONE"), ("trace-forward", "--seeds", "item=FLOUR,lot=NONE")):
            for more in ((), ("--json",)):
                here, there = run(*words, *more, "--book", self.served.book), self.ask(*words, *more)
                self.assertEqual((there.returncode, there.stdout, there.stderr),
                                 (here.returncode, here.stdout, here.stderr), words)

    def test_lots_that_fit_are_all_named(self):
        for number in ("R-2", "R-3"):
            self.assertEqual(self.receive(number, "TWICE").returncode, 0)
        here, there = run("lot", "FLOUR", "TWICE", "--book", self.served.book), self.ask("lot", "FLOUR", "TWICE")
        self.assertEqual(there.stderr, here.stderr)
        self.assertEqual(len(re.findall(r"^    lot ", there.stderr, re.MULTILINE)), 2, there.stderr)

    def test_a_refusal_names_field_and_way_out(self):
        refused = self.ask("receive", "NOBODY", "R-4", "--to", "ST1", "--lines", "item=FLOUR,quantity=1")
        self.assertEqual((refused.returncode, refused.stdout), (1, ""))
        self.assertRegex(refused.stderr, r"(?m)^unknown_partner  /supplier: ")
        as_json = self.ask("receive", "NOBODY", "R-4", "--to", "ST1", "--lines", "item=FLOUR,quantity=1", "--json")
        self.assertEqual(json.loads(as_json.stdout)["refused"][0]["code"], "unknown_partner")

    def test_the_same_key_is_done_once(self):
        first, again = (self.receive("R-5", "KEYED", "--key", "remote-5", "--json") for _ in range(2))
        self.assertEqual((first.returncode, first.stdout), (0, again.stdout))
        other = self.receive("R-6", "KEYED", "--key", "remote-5")
        self.assertRegex(other.stderr, "^key_reused  ")

    def test_input_from_a_file(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"supplier": "MILL", "document": "R-7", "to": "ST1",
                       "lines": [{"item": "FLOUR", "quantity": "5", "supplier_lot": "Ü-7"}]}, file)
            file.flush()
            self.assertEqual(self.ask("receive", "--input", file.name).returncode, 0)
        self.assertIn("Ü-7", self.ask("search", "Ü-7").stdout)

    def test_who_asks(self):
        nobody = run("items", *self.at, env={"LOTBOOK_TOKEN": ""})
        self.assertEqual(nobody.returncode, 1)
        self.assertRegex(nobody.stderr, "^signed_out  ")
        wrong = run("items", *self.at, "--token", "no-such-token")
        self.assertRegex(wrong.stderr, "^signed_out  ")
        named = self.receive("R-8", "WHO", "--as", "somebody")
        self.assertEqual((named.returncode, named.stdout), (2, ""))

    def test_an_address_that_is_none(self):
        for url in ("localhost:8080", "http://", "http://a b"):
            self.assertEqual(run("items", "--url", url).returncode, 2, url)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            gone = run("items", "--url", f"http://127.0.0.1:{free.getsockname()[1]}")
        self.assertEqual(gone.returncode, 3)
        self.assertRegex(gone.stderr, "^lotbook: cannot reach http://127")

    @unittest.skipIf(POSTGRESQL, "a book in PostgreSQL is locked by nobody")
    def test_a_locked_book_says_where_to_ask(self):
        locked = run("move", "--book", self.served.book, "--lines", "item=FLOUR,lot=X,quantity=1,from=ST1,to=ST2")
        self.assertEqual(locked.returncode, 3)
        port = self.served.url.rsplit(":", 1)[1]
        found = re.search(r"--url (http://\S+:(\d+)) and --token TOKEN \(or LOTBOOK_TOKEN\)", locked.stderr)
        self.assertTrue(found, locked.stderr)
        self.assertEqual(found[2], port)
        self.assertEqual(run("head", "--url", found[1], token=self.token).returncode, 0)


class Between:
    """Stands between the command line and the server. `deeds` says for each connection in turn what it does."""

    def __init__(self, port, *deeds):
        self.port, self.deeds, self.requests = port, list(deeds), []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self):
        for deed in self.deeds:
            connection, _ = self.listener.accept()
            with connection:
                request = self.read_request(connection)
                self.requests.append(request)
                if deed == "lose before":
                    continue
                answer = self.pass_on(request) if deed in ("pass", "lose after", "half") else b""
                if deed == "pass":
                    connection.sendall(answer)
                elif deed == "half":
                    connection.sendall(answer[:-5])
                elif deed == "page":
                    connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\noops")
                elif deed == "silent":
                    connection.recv(1)  # until the other side gives up
        self.listener.close()

    @staticmethod
    def read_request(connection):
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536)
        head, body = data.split(b"\r\n\r\n", 1)
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
        while len(body) < length:
            body += connection.recv(65536)
        return head + b"\r\n\r\n" + body

    def pass_on(self, request):
        with socket.create_connection(("127.0.0.1", self.port)) as server:
            server.sendall(request)
            answer = b""
            while piece := server.recv(65536):
                answer += piece
            return answer

    def done(self):
        self.thread.join(60)
        return self.requests


class Broken(ServedTest):
    count = 0

    def setUp(self):
        self.token = self.served.tokens["all"]
        self.client = self.served.client()

    def send(self, *deeds, words=None, more=()):
        between = Between(int(self.served.url.rsplit(":", 1)[1]), *deeds)
        Broken.count += 1
        code = f"BROKEN-{Broken.count}"
        words = words or ("receive", "MILL", code, "--to", "ST1", "--lines", f"item=FLOUR,quantity=5,supplier_lot={code}")
        done = run(*words, "--url", between.url, *more, token=self.token)
        requests = between.done()
        self.assertEqual(len(requests), len(deeds))
        keys = {re.search(rb"(?i)idempotency-key: (\S+)", request)[1] for request in requests if b"dempotency" in request}
        self.assertLessEqual(len(keys), 1)
        found = self.client.get(f"/api/v1/search?text={code}").json["rows"]
        return done, [row for row in found if row["noun"] == "lot"], (keys or {b""}).pop().decode()

    def test_an_answer_that_is_lost_is_asked_for_once_more(self):
        for deed in ("lose after", "lose before", "half"):
            done, lots, _ = self.send(deed, "pass")
            self.assertEqual((done.returncode, done.stderr), (0, ""), deed)
            self.assertRegex(done.stdout, r"(?m)^kind +receive$")
            self.assertEqual(len(lots), 1, deed)

    def test_lost_twice_the_outcome_is_unknown_and_the_key_settles_it(self):
        for deeds, count in ((("lose after", "lose after"), 1), (("lose before", "lose before"), 0)):
            done, lots, key = self.send(*deeds)
            self.assertEqual((done.returncode, done.stdout), (4, ""))
            self.assertRegex(done.stderr, "^outcome_unknown  ")
            self.assertIn(f"--key {key}", done.stderr)
            self.assertEqual(len(lots), count)

    def test_silence_has_an_end(self):
        done, lots, _ = self.send("silent", "silent", more=("--wait", "1"))
        self.assertEqual(done.returncode, 4)
        self.assertIn("no answer came in 1 seconds", done.stderr)
        self.assertEqual(lots, [])

    def test_what_no_server_of_ours_says(self):
        done, _, _ = self.send("page")
        self.assertEqual(done.returncode, 4)
        asked, _, _ = self.send("page", words=("items",))
        self.assertEqual((asked.returncode, asked.stdout), (3, ""))
        lost, _, _ = self.send("lose before", "lose before", words=("items",))
        self.assertEqual(lost.returncode, 3)


@unittest.skipUnless(shutil.which("openssl"), "makes its certificate by openssl")
class Secure(unittest.TestCase):
    def test_a_certificate_must_be_trusted_and_of_that_name(self):
        from served import Served
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = folder + "/key.pem", folder + "/certificate.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                            "-keyout", key, "-out", certificate], check=True, capture_output=True)
            with Served("--tls-certificate", certificate, "--tls-key", key) as served:
                url = f"https://localhost:{served.url.rsplit(':', 1)[1]}"
                trusting = {"SSL_CERT_FILE": certificate}
                done = run("head", "--url", url, token=served.tokens["all"], env=trusting)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                strange = run("head", "--url", url, token=served.tokens["all"], env={"SSL_CERT_FILE": os.devnull})
                self.assertEqual(strange.returncode, 3)
                self.assertIn("certificate", strange.stderr)
                other = run("head", "--url", url.replace("localhost", "127.0.0.1"), token=served.tokens["all"], env=trusting)
                self.assertEqual(other.returncode, 3)


if __name__ == "__main__":
    unittest.main()
