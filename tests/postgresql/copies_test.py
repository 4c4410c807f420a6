#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command line on books in PostgreSQL: made, copied there and back, and what is said when something is not so."""
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
DATABASE = pathlib.Path(os.environ["LOTBOOK_TEST_POSTGRESQL"]).read_text().strip()


def run(*words, **environment):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, **environment})


class Copies(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lotbook-copies-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.books = 0

    def place(self):
        self.books += 1
        return f"{DATABASE}&book=c{os.getpid()}_{self._testMethodName}_{self.books}"

    def good(self, *words):
        done = run(*words)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def rows(self, file):
        with sqlite3.connect(file) as book:
            # Each opening of a book writes its own mark.
            return sorted(line for line in book.iterdump() if "'last_opening'" not in line)

    def test_there_and_back(self):
        first, there, back = self.folder / "first.book", self.place(), self.folder / "back.book"
        self.good("demo", "--book", first)
        head = self.good("head", "--book", first)
        self.assertIn("Copied", self.good("copy", "--from", first, "--to", there))
        self.assertEqual(self.good("head", "--book", there), head)
        self.assertIn("all is well", self.good("verify", "--book", there))
        self.good("copy", "--from", there, "--to", back)
        self.assertEqual(self.rows(back), self.rows(first))
        # Never over what is there.
        refused = run("copy", "--from", there, "--to", first)
        self.assertEqual(refused.returncode, 3)
        self.assertIn("holds a book already", refused.stderr)
        self.assertEqual(self.good("head", "--book", first), head)
        # And from one schema into another.
        other = self.place()
        self.good("copy", "--from", there, "--to", other)
        self.assertEqual(self.good("head", "--book", other), head)

    def test_exported_and_imported(self):
        there, exported, again = self.place(), self.folder / "exported", self.place()
        self.good("demo", "--book", there)
        self.good("export", exported, "--book", there)
        self.good("import", exported, "--book", again)
        self.assertIn("all is well", self.good("verify", "--book", again))

    def test_backup_says_what_to_use(self):
        there = self.place()
        self.good("create", there)
        refused = run("backup", self.folder / "backup", "--book", there)
        self.assertEqual(refused.returncode, 3)
        self.assertIn("pg_dump", refused.stderr)
        self.assertIn("lotbook copy", refused.stderr)
        self.good("create", self.folder / "b.book")
        refused = run("restore", self.folder / "b.book", "--book", self.place())
        self.assertEqual(refused.returncode, 3)
        self.assertIn("lotbook copy", refused.stderr)

    def test_secrets_are_not_told(self):
        for address in (DATABASE.replace("lotbook@", "lotbook:s3cret@") + "&book=nobody_made_it",
                        "postgresql://anna:s3cret@127.0.0.1:1/d", "postgresql://anna:s3cret@[::1/d",
                        "postgresql://anna:s3cret@127.0.0.1:1/d?book=No"):
            refused = run("verify", "--book", address)
            self.assertEqual(refused.returncode, 3, address)
            self.assertNotIn("s3cret", refused.stdout + refused.stderr)
            self.assertTrue(refused.stderr)


if __name__ == "__main__":
    unittest.main()
