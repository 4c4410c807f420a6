# SPDX-License-Identifier: Apache-2.0
"""A book in a folder of its own, and the program as a person at a shell uses it."""
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOTBOOK = sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else str(ROOT / "build/dev/lotbook")
MAKE_BUNDLE = sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else str(ROOT / "build/dev/tests/plants/make_bundle")
SEED = int(os.environ.get("LOTBOOK_SEED", random.randrange(1 << 30)))


def run(*words, **more):
    done = subprocess.run([LOTBOOK, *map(str, words)], capture_output=True, text=True, **more)
    return done.returncode, done.stdout + done.stderr


def must(*words):
    code, text = run(*words)
    if code != 0:
        raise AssertionError(f"{words}: exit {code}\n{text}")
    return text


def plant(folder, lots, seed, rough=True):
    """A book of a generated plant."""
    bundle, book = os.path.join(folder, f"bundle-{lots}-{seed}"), os.path.join(folder, f"plant-{lots}-{seed}.book")
    subprocess.run([MAKE_BUNDLE, *(["--rough"] if rough else []), str(lots), bundle, str(seed)], check=True, capture_output=True)
    must("import", bundle, "--book", book)
    return book


class Served:
    """`with Served(book) as served:` serves it on a free port."""

    def __init__(self, book, *options):
        self.command = [LOTBOOK, "serve", "--book", book, "--port", "0", *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.search(r"at (https?://\S+)", line):
                self.url = found[1]
                return self
        raise AssertionError("the server did not start: " + self.process.stderr.read())

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.log = self.process.communicate(timeout=60)[1]


class WithBook(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lotbook-proof-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.book = os.path.join(self.folder, "a.book")
        must("create", self.book, "--name", "Proof")
        must("set-place", "HQ", "House", "--kind", "site", "--book", self.book)

    def note(self, count=1):
        """Entries of no weight."""
        for _ in range(count):
            self.serial = getattr(self, "serial", 0) + 1
            must("set-place", f"P{self.serial}", "Place", "--kind", "storage", "--parent", "HQ", "--book", self.book)

    def head(self, book=None):
        return json.loads(must("head", "--json", "--book", book or self.book))


def copy_book(source, target):
    """As a person would who has stopped the server: the file as it is, whatever the log still holds in it."""
    for end in ("-wal", "-shm"):
        if os.path.exists(target + end):
            os.remove(target + end)
    with sqlite3.connect(source) as book:
        book.execute("pragma wal_checkpoint(truncate)")
    book.close()
    shutil.copy(source, target)
