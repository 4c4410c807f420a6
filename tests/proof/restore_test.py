#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Backups, restores to an entry or an instant, rehearsals, and upgrades of books of an older program.

usage: restore_test.py LOTBOOK MAKE_BUNDLE
"""
import glob
import json
import os
import random
import re
import sqlite3
import time
import unittest
import urllib.request

from proving import SEED, Served, WithBook, must, plant, run

DERIVED = ["lot", "name", "stock", "touch", "document", "idem", "run", "hold", "hold_lot", "joined", "reading", "record", "noticed", "serial",
           "trade_order", "order_line", "allotment", "allotted", "hold_serial", "hold_handling_unit", "finding", "vessel_lot", "handling_unit", "packed"]


def tables(path):
    with sqlite3.connect(path) as book:
        found = {table: sorted(book.execute(f"select * from {table}").fetchall(), key=repr) for table in DERIVED}
    book.close()
    return found


class Restore(WithBook):
    def test_a_restore_to_three_drawn_entries_is_a_replay_to_there(self):
        draw = random.Random(SEED)
        book = plant(self.folder, 150, SEED % 1000)
        must("checkpoint", "make", "--book", book)
        backup = os.path.join(self.folder, "backup")
        must("backup", backup, "--book", book)
        newest = self.head(book)["entry"]
        with sqlite3.connect(book) as connection:
            hashes = dict(connection.execute("select seq, hash from entry").fetchall())
        for number in range(3):
            entry = draw.randrange(1, newest)
            target = os.path.join(self.folder, f"restored-{number}.book")
            with self.subTest(seed=SEED, entry=entry):
                must("restore", "--from", backup, "--to", target, "--until-entry", entry)
                self.assertEqual(self.head(target), {**self.head(target), "entry": entry, "hash": hashes[entry].hex()})
                self.assertIn("all is well", must("verify", "--book", target))
                # What a replay of the whole gives at that entry: post the same entries again, further, and look back.
                again = os.path.join(self.folder, f"again-{number}.book")
                must("restore", target, "--book", again, "--until-entry", entry)
                self.assertEqual(tables(target), tables(again))
                # And it goes on from there.
                must("set-place", "NEW", "New", "--kind", "site", "--book", target)
        whole = os.path.join(self.folder, "whole.book")
        must("restore", backup, "--book", whole, "--until-entry", newest)
        self.assertEqual(tables(whole), tables(book), "posting all entries again makes the same tables")
        self.assertEqual(run("restore", backup, "--book", whole)[0], 3, "nothing is overwritten")
        code, text = run("restore", backup, "--book", os.path.join(self.folder, "x.book"), "--until-entry", newest + 1)
        self.assertEqual(code, 3)
        self.assertIn(f"entries 1 to {newest}", text)

    def test_a_restore_to_an_instant(self):
        moments = []
        for _ in range(3):
            self.note(1)
            moments.append((self.head()["entry"], self.head()["recorded_at"]))
        for entry, moment in moments:
            target = os.path.join(self.folder, f"at-{entry}.book")
            must("restore", self.book, "--book", target, "--until-instant", moment)
            self.assertEqual(self.head(target)["entry"], entry)
        code, text = run("restore", self.book, "--book", os.path.join(self.folder, "none.book"), "--until-instant", "2001-01-01T00:00:00Z")
        self.assertEqual(code, 3)
        self.assertIn("no entry by", text)
        self.assertEqual(run("restore", self.book, "--book", os.path.join(self.folder, "none.book"), "--until-instant", "soon")[0], 2)

    def test_a_restore_in_place_of_a_lost_book_must_be_accepted(self):
        backup = os.path.join(self.folder, "backup")
        self.note(2)
        must("backup", backup, "--book", self.book)
        self.note(2)
        for words in ([], ["--until-entry", 3]):
            for end in ("", "-wal", "-shm"):
                if os.path.exists(self.book + end):
                    os.remove(self.book + end)
            must("restore", "--from", backup, "--to", self.book, *words)
            place = ["set-place", "N", "N", "--kind", "storage", "--parent", "HQ", "--book", self.book]
            self.assertEqual(run(*place)[0], 5)
            must("accept-past", "--reason", "the disk broke", "--book", self.book)
            must(*place)
            self.assertIn("all is well", must("verify", "--book", self.book))

    def test_a_copy_is_not_held_against_the_head_of_a_book_that_went_on(self):
        environment = {**os.environ, "LOTBOOK_STATE": os.path.join(self.folder, "state")}
        place = ["set-place", "N", "N", "--kind", "storage", "--parent", "HQ", "--book", self.book]
        old = os.path.join(self.folder, "old.book")
        must("backup", old, "--book", self.book)
        self.assertEqual(run(*place, env=environment)[0], 0)
        self.assertEqual(run("rehearse-restore", "--from", old, "--book", self.book, env=environment)[0], 0)
        self.assertEqual(run("backup", old + "2", "--book", old, env=environment)[0], 0)

    def test_people_and_tokens_come_along(self):
        must("set-partner", "SHOP", "Shop", "--roles", "customer", "--email", "ada@example.com", "--book", self.book)
        must("token", "create", "t", "--rights", "view", "--book", self.book)
        target = os.path.join(self.folder, "t.book")
        must("restore", self.book, "--book", target, "--until-entry", 3)
        self.assertIn("ada@example.com", must("partners", "--json", "--book", target))
        self.assertIn("view", must("token", "list", "--book", target))

    def test_a_rehearsal(self):
        self.note(3)
        text = must("rehearse-restore", "--book", self.book, "--in", self.folder)
        self.assertRegex(text, r"Restored and verified 5 entries; head 5:[0-9a-f]{64}, as the book has it, in \d+ ms")
        self.assertEqual(glob.glob(self.folder + "/lotbook-rehearsal*"), [])
        self.assertIn("3 entries", must("rehearse-restore", "--book", self.book, "--until-entry", 3))
        other = os.path.join(self.folder, "other.book")
        must("create", other)
        code, text = run("rehearse-restore", "--book", self.book, "--from", other)
        self.assertEqual(code, 1)
        self.assertIn("of another book", text)
        broken = os.path.join(self.folder, "broken.book")
        must("backup", broken, "--book", self.book)
        with sqlite3.connect(broken) as book:
            book.execute("update lot set quality = 2")
            book.execute("update record set code = code || 'x'")
        book.close()
        self.assertEqual(run("rehearse-restore", "--book", self.book, "--from", broken)[0], 1)

    def test_backups_that_the_server_makes(self):
        folder = os.path.join(self.folder, "backups")
        with Served(self.book, "--backup-to", folder, "--backup-every", "1", "--backup-keep", "2") as served:
            deadline = time.monotonic() + 60
            while not (made := glob.glob(folder + "/a-*Z.book")) and time.monotonic() < deadline:
                urllib.request.urlopen(served.url + "/healthz").close()
            self.assertEqual(len(made), 1)
            self.assertIn("all is well", must("verify", "--book", made[0]))
            while "lotbook_backup_age_seconds" not in (text := urllib.request.urlopen(served.url + "/metrics").read().decode()):
                self.assertLess(time.monotonic(), deadline)
            self.assertRegex(text, r"lotbook_backup_age_seconds \d\n")
            self.assertEqual(json.load(urllib.request.urlopen(served.url + "/readyz"))["warnings"], [])
            self.assertEqual(os.listdir(folder), [os.path.basename(made[0])], "one file, and no log beside it")
        # One that is old enough is late, and there are never more than two.
        os.rename(made[0], folder + "/a-20200101T000000Z.book")
        for day in (2, 3):
            with open(folder + f"/a-2020010{day}T000000Z.book", "w", encoding="ascii"):
                pass
        with Served(self.book, "--backup-to", folder, "--backup-every", "1", "--backup-keep", "2") as served:
            while len(found := sorted(glob.glob(folder + "/a-*Z.book"))) != 2 and time.monotonic() < deadline:
                urllib.request.urlopen(served.url + "/healthz").close()
        self.assertEqual(len(found), 2)
        self.assertTrue(found[0].endswith("20200103T000000Z.book"), found)

    def test_an_unwritable_folder_is_told(self):
        blocked = os.path.join(self.folder, "blocked")
        os.mkdir(blocked)
        with Served(self.book, "--backup-to", blocked) as served:
            pass
        with open(os.path.join(self.folder, "file"), "w", encoding="ascii"):
            pass
        self.assertEqual(run("serve", "--book", self.book, "--port", "0", "--backup-to", os.path.join(self.folder, "file", "x"))[0], 3)

    def test_a_book_of_an_older_program(self):
        self.note(3)
        before = self.head()
        with sqlite3.connect(self.book) as book:
            book.execute("drop table checkpoint")
            book.execute("delete from schema_version where version = 2")
        book.close()
        code, text = run("set-place", "U", "U", "--kind", "storage", "--parent", "HQ", "--book", self.book)
        self.assertEqual(code, 0, text)
        copy = re.search(r"it is kept at (\S+)", text)[1]
        self.assertEqual(copy, self.book + ".before-schema-2")
        self.assertIn("all is well", must("verify", "--book", self.book))
        self.assertEqual(self.head()["entry"], before["entry"] + 1)
        with sqlite3.connect(copy) as book:
            self.assertEqual(book.execute("select max(version) from schema_version").fetchone()[0], 1)
            self.assertEqual(book.execute("select max(seq) from entry").fetchone()[0], before["entry"])
        book.close()
        # A backup of the older form can be restored all the same, and stays as it is.
        target = os.path.join(self.folder, "restored.book")
        must("restore", copy, "--book", target)
        self.assertEqual(self.head(target)["hash"], before["hash"])

    def test_an_older_book_that_is_damaged_is_not_upgraded(self):
        self.note(3)
        with sqlite3.connect(self.book) as book:
            book.execute("drop table checkpoint")
            book.execute("delete from schema_version where version = 2")
            book.execute("update entry set hash = zeroblob(32) where seq = 3")
        book.close()
        code, text = run("set-place", "U", "U", "--kind", "storage", "--parent", "HQ", "--book", self.book)
        self.assertEqual(code, 3, text)
        self.assertIn("was not upgraded", text)
        with sqlite3.connect(self.book) as book:
            self.assertEqual(book.execute("select max(version) from schema_version").fetchone()[0], 1)
        book.close()

    def test_a_book_of_a_newer_program_is_refused(self):
        with sqlite3.connect(self.book) as book:
            book.execute("insert into schema_version (version) values (99)")
        book.close()
        code, text = run("set-place", "U", "U", "--kind", "storage", "--parent", "HQ", "--book", self.book)
        self.assertEqual(code, 3, text)
        self.assertIn("newer Lotbook", text)


if __name__ == "__main__":
    unittest.main()
