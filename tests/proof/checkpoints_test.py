#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Signed checkpoints: made behind the commits, kept elsewhere, and what they find.

usage: checkpoints_test.py LOTBOOK
"""
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import time
import unittest
import urllib.request

from proving import Served, WithBook, must, run


def rewritten(path, seq, old, new):
    """The chain written anew from an entry on, as somebody could who has the book and not the key."""
    with sqlite3.connect(path) as book:
        previous = book.execute("select hash from entry where seq = ?", (seq - 1,)).fetchone()[0]
        for number, body in book.execute("select seq, body from entry where seq >= ? order by seq", (seq,)).fetchall():
            if number == seq:
                assert old in body and len(old) == len(new)
                body = body.replace(old, new)
            previous = hashlib.sha256(previous + body).digest()
            book.execute("update entry set body = ?, hash = ? where seq = ?", (body, previous, number))
        book.execute("update head set hash = ?", (previous,))
    book.close()


class Checkpoints(WithBook):
    def kept(self):
        path = os.path.join(self.folder, "kept")
        with open(path, "w", encoding="utf-8") as file:
            file.write(must("checkpoint", "write", "--book", self.book))
        return path

    def asked_until(self, url, said):
        """What a server answers once it says this: its threads need a moment after the start."""
        deadline = time.monotonic() + 60
        while True:
            with urllib.request.urlopen(url) as answer:
                text = answer.read().decode()
            if said in text:
                return text
            self.assertLess(time.monotonic(), deadline, text)

    def rows(self):
        return json.loads(must("checkpoints", "--json", "--book", self.book))

    def test_made_listed_and_verified(self):
        self.assertEqual(run("checkpoint", "key", "--book", self.book)[0], 1)
        must("checkpoint", "make", "--book", self.book)
        self.note(2)
        must("checkpoint", "make", "--book", self.book)
        must("checkpoint", "make", "--book", self.book)  # nothing new: none is made
        answer = self.rows()
        self.assertEqual([row["entry"] for row in answer["checkpoints"]], [2, 4])
        self.assertEqual(answer["checkpoints"][1]["hash"], self.head()["hash"])
        self.assertEqual(answer["key"], must("checkpoint", "key", "--book", self.book).strip())
        key = self.book + "-checkpoint.key"
        self.assertEqual(stat.S_IMODE(os.stat(key).st_mode), 0o600)
        with open(key, "rb") as file, open(self.book, "rb") as book:
            self.assertNotIn(bytes.fromhex(file.read().decode().strip()), book.read(), "the private key is not in the book")
        self.assertIn("all is well", must("verify", "--book", self.book, "--checkpoints", self.kept()))

    def test_a_book_written_anew_is_found_by_a_copy(self):
        self.note(5)
        must("checkpoint", "make", "--book", self.book)
        kept = self.kept()
        rewritten(self.book, 4, b"P2", b"Q2")
        os.remove(self.book + "-head")
        # Its own checkpoints find it; without them, only the copies that somebody kept.
        code, text = run("verify", "--book", self.book)
        self.assertEqual(code, 1)
        self.assertIn("checkpoint 1: entry 7 had another hash when it was made", text)
        with sqlite3.connect(self.book) as book:
            book.execute("delete from checkpoint")
            book.execute("delete from setting where name = 'checkpoint_key'")
        book.close()
        text = run("verify", "--book", self.book)[1]
        self.assertNotIn("checkpoint", text)
        code, text = run("verify", "--book", self.book, "--checkpoints", kept)
        self.assertEqual(code, 1)
        self.assertIn("kept checkpoint 1: entry 7 had another hash", text)

    def test_a_checkpoint_that_was_changed(self):
        self.note(2)
        must("checkpoint", "make", "--book", self.book)
        self.note(1)
        must("checkpoint", "make", "--book", self.book)
        for change in ("entry = entry - 1", "hash = zeroblob(32)", "previous = zeroblob(32)", "made_at = made_at + 1", "key = zeroblob(32)",
                       "signature = zeroblob(64)", "number = 7"):
            with self.subTest(change):
                path = os.path.join(self.folder, "changed.book")
                shutil.copy(self.book, path)
                with sqlite3.connect(path) as book:
                    book.execute("update checkpoint set " + change + " where number = 2")
                book.close()
                code, text = run("verify", "--book", path)
                self.assertEqual(code, 1, text)
                self.assertIn("checkpoint", text)

    def test_another_key(self):
        first = must("checkpoint", "make", "--book", self.book) and must("checkpoint", "key", "--book", self.book).strip()
        self.assertEqual(run("checkpoint", "change-key", "--book", self.book)[0], 2, "a reason is needed")
        second = must("checkpoint", "change-key", "--reason", "Ada left", "--book", self.book).strip()
        self.assertNotEqual(first, second)
        must("checkpoint", "make", "--book", self.book)
        self.assertEqual([row["key"] for row in self.rows()["checkpoints"]], [first, second])
        self.assertIn(second, must("entries", "--json", "--after", "2", "--book", self.book))
        self.assertIn("all is well", must("verify", "--book", self.book, "--checkpoints", self.kept()))
        # A key that no entry names signs nothing: here, one that somebody put in place of ours.
        with sqlite3.connect(self.book) as book:
            book.execute("update setting set value = ? where name = 'checkpoint_key'", (first,))
        book.close()
        self.assertIn("the book says that it signs with", run("verify", "--book", self.book)[1])

    def test_a_lost_key_stops_checkpoints_and_nothing_else(self):
        must("checkpoint", "make", "--book", self.book)
        os.remove(self.book + "-checkpoint.key")
        self.note(1)
        code, text = run("checkpoint", "make", "--book", self.book)
        self.assertEqual(code, 3, text)
        self.assertIn("change-key", text)
        with Served(self.book) as served:
            # It is told, and nobody is kept out for it.
            ready = json.loads(self.asked_until(served.url + "/readyz", "change-key"))
            self.assertTrue(ready["ready"])
            self.assertIn("change-key", ready["warnings"][0])
        must("checkpoint", "change-key", "--reason", "lost", "--book", self.book)
        must("checkpoint", "make", "--book", self.book)
        self.assertIn("all is well", must("verify", "--book", self.book))

    def test_a_server_makes_them_by_itself(self):
        self.note(1)
        token = json.loads(must("token", "create", "t", "--rights", "view,operate,master_data", "--json", "--book", self.book))["token"]
        with Served(self.book):
            pass
        # The token is the fourth entry, the administrator whom the first serving makes the fifth.
        self.assertEqual([row["entry"] for row in self.rows()["checkpoints"]], [5])
        with Served(self.book) as served:
            must("set-place", "S", "S", "--kind", "storage", "--parent", "HQ", "--url", served.url, "--token", token)
            request = urllib.request.Request(served.url + "/api/v1/checkpoints", headers={"Authorization": "Bearer " + token})
            with urllib.request.urlopen(request) as answer:
                self.assertEqual(json.load(answer)["checkpoints"], self.rows()["checkpoints"])
            text = self.asked_until(served.url + "/metrics", "lotbook_checkpoint_entry 5\n")
            self.assertRegex(text, r"lotbook_checkpoint_age_seconds \d+\n")
        # What came since the last one is covered when the server ends.
        self.assertEqual(self.rows()["checkpoints"][-1]["entry"], 6)
        self.assertIn("all is well", must("verify", "--book", self.book))

    def test_one_at_every_thousand_entries(self):
        from proving import SEED, plant
        book = plant(self.folder, 400, SEED % 1000)
        with Served(book):
            pass
        rows = json.loads(must("checkpoints", "--limit", "1000", "--json", "--book", book))["checkpoints"]
        head = self.head(book)["entry"]
        self.assertEqual([row["entry"] for row in rows], [*range(1000, head + 1, 1000), *([head] if head % 1000 else [])])
        self.assertIn("all is well", must("verify", "--book", book))


if __name__ == "__main__":
    unittest.main()
