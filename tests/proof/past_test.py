#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A book that is older than it was, or another, is refused loudly until somebody accepts it with a reason.

usage: past_test.py LOTBOOK
"""
import json
import os
import sqlite3
import subprocess
import unittest

from proving import LOTBOOK, Served, WithBook, copy_book, must, run


class Past(WithBook):
    def setUp(self):
        super().setUp()
        self.note(3)
        self.old = os.path.join(self.folder, "old")
        copy_book(self.book, self.old)
        self.old_head = self.head()
        self.note(2)

    def assertRefused(self, *words):
        code, text = run("set-place", "X", "X", "--kind", "storage", "--parent", "HQ", "--book", self.book, *words)
        self.assertEqual(code, 5, text)
        self.assertIn("acknowledged before", text)
        self.assertIn("accept-past", text)
        return text

    def test_the_same_book_goes_on(self):
        self.note(1)
        self.assertEqual(run("accept-past", "--reason", "none", "--book", self.book)[0], 1)

    def test_an_older_copy_is_refused_until_accepted(self):
        newest = self.head()
        copy_book(self.old, self.book)
        text = self.assertRefused()
        self.assertIn(f"entry {newest['entry']}", text)
        self.assertIn(newest["hash"], text)
        self.assertEqual(self.head(), self.old_head, "nothing was written")
        # The server neither.
        served = subprocess.run([LOTBOOK, "serve", "--book", self.book, "--port", "0"], capture_output=True, text=True, timeout=60)
        self.assertEqual(served.returncode, 5, served.stderr)
        self.assertIn("accept-past", served.stderr)
        # Verify finds it, too.
        code, text = run("verify", "--book", self.book)
        self.assertEqual(code, 1, text)
        self.assertIn("was acknowledged before", text)
        # A reason is needed.
        self.assertEqual(run("accept-past", "--book", self.book)[0], 2)
        self.assertEqual(run("accept-past", "--reason", " ", "--book", self.book)[0], 2)
        self.assertIn("Accepted", must("accept-past", "--reason", "the disk broke", "--as", "Ada", "--book", self.book))
        entries = must("entries", "--after", str(self.old_head["entry"]), "--json", "--book", self.book)
        for said in ("accept_past", "the disk broke", "Ada", f"{newest['entry']}:{newest['hash']}"):
            self.assertIn(said, entries)
        self.serial = 100
        self.note(1)
        self.assertIn("all is well", must("verify", "--book", self.book))
        with Served(self.book):
            pass

    def test_another_branch_of_the_same_length_is_refused(self):
        copy_book(self.old, self.book)
        os.remove(self.book + "-head")
        self.serial = 50
        self.note(2)
        branch = os.path.join(self.folder, "branch")
        copy_book(self.book, branch)
        # Back to the true one, then the branch again in its place.
        copy_book(self.old, self.book)
        os.remove(self.book + "-head")
        self.serial = 3
        self.note(2)
        copy_book(branch, self.book)
        self.assertIn("another entry there", self.assertRefused())

    def test_a_longer_branch_is_refused(self):
        copy_book(self.old, self.book)
        os.rename(self.book + "-head", self.book + "-kept")
        self.serial = 50
        self.note(4)
        os.remove(self.book + "-head")
        os.rename(self.book + "-kept", self.book + "-head")
        self.assertIn("another entry there", self.assertRefused())

    def test_what_is_remembered_survives_a_torn_line(self):
        head = self.book + "-head"
        with open(head, "rb") as file:
            lines = file.read().split(b"\n")
        newest = max(range(2), key=lambda i: lines[i])
        copy_book(self.old, self.book)
        # One of the two lines is damaged: the other still knows of an entry that the old book has not.
        lines[1 - newest] = b"?" * len(lines[1 - newest])
        with open(head, "wb") as file:
            file.write(b"\n".join(lines))
        self.assertRefused()
        # Both are: nobody knows, so it is refused, too.
        with open(head, "wb") as file:
            file.write(b"?" * 206)
        code, text = run("set-place", "X", "X", "--kind", "storage", "--parent", "HQ", "--book", self.book)
        self.assertEqual(code, 5, text)
        self.assertIn("damaged", text)
        must("accept-past", "--reason", "the file was damaged", "--book", self.book)
        self.serial = 100
        self.note(1)

    def test_a_state_folder_elsewhere(self):
        elsewhere = os.path.join(self.folder, "elsewhere")
        environment = {**os.environ, "LOTBOOK_STATE": elsewhere}
        place = ["set-place", "E", "E", "--kind", "storage", "--parent", "HQ", "--book", self.book]
        self.assertEqual(run(*place, env=environment)[0], 0)
        copy_book(self.old, self.book)
        os.remove(self.book + "-head")
        self.assertEqual(run(*place, env=environment)[0], 5)
        served = subprocess.run([LOTBOOK, "serve", "--book", self.book, "--port", "0", "--state", elsewhere], capture_output=True, timeout=60)
        self.assertEqual(served.returncode, 5)
        must("accept-past", "--reason", "moved", "--book", self.book, "--state", elsewhere)
        self.assertEqual(run(*place, env=environment)[0], 0)
        self.assertEqual(oct(os.stat(os.path.join(elsewhere, "head")).st_mode & 0o777), "0o600")

    def test_a_new_book_does_not_take_the_place_of_a_lost_one_unseen(self):
        for end in ("", "-wal", "-shm", "-lock"):
            if os.path.exists(self.book + end):
                os.remove(self.book + end)
        code, text = run("create", self.book)
        self.assertEqual(code, 5, text)
        self.assertIn("remove that file", text)

    def test_a_killed_server_has_remembered_what_it_acknowledged(self):
        token = json.loads(must("token", "create", "t", "--rights", "view,operate,master_data", "--json", "--book", self.book))["token"]
        with Served(self.book) as served:
            for i in range(5):
                must("set-place", f"K{i}", "K", "--kind", "storage", "--parent", "HQ", "--url", served.url, "--token", token)
            served.process.kill()
        with sqlite3.connect(self.book) as book:
            newest = book.execute("select max(seq) from entry").fetchone()[0]
        with open(self.book + "-head", encoding="ascii") as file:
            self.assertEqual(max(int(line[:20]) for line in file.read().splitlines()), newest)


if __name__ == "__main__":
    unittest.main()
