#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`lotbook verify` finds what was changed behind the ledger's back: a byte of any entry, a value of any derived table, swapped
entries, and, with a head or checkpoints that were kept elsewhere, a chain written anew and a cut tail.

usage: tamper_test.py LOTBOOK
"""
import concurrent.futures
import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

LOTBOOK = sys.argv.pop(1) if len(sys.argv) > 1 else "lotbook"
SEED = int(os.environ.get("LOTBOOK_SEED", random.randrange(1 << 30)))
EDITS = 1000
DERIVED = ["head", "lot", "name", "stock", "touch", "document", "idem", "run", "hold", "hold_lot", "record", "noticed",
           "serial", "trade_order", "order_line", "allotment", "hold_serial", "finding",
           "vessel_lot", "handling_unit", "packed", "hold_handling_unit", "allotted", "signature"]


def run(*words):
    done = subprocess.run([LOTBOOK, *words], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class Tampering(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.good = os.path.join(cls.folder, "good.book")
        code, text = run("demo", "--book", cls.good)
        assert code == 0, text
        code, text = run("hold", "--lots", "item=ALMONDS,lot=SN-4146A", "--flow", "descendants", "--reason", "alert", "--book", cls.good)
        assert code == 0, text
        for words in (["set-place", "DEPOT", "Depot", "--kind", "site"],
                      ["set-place", "SHELF", "Shelf", "--kind", "storage", "--parent", "DEPOT"],
                      ["set-partner", "PARTS", "Parts AG", "--roles", "supplier", "--roles", "customer"],
                      ["set-item", "SCALE", "Scale", "--tracking", "serial"],
                      ["receive", "--supplier", "PARTS", "--document", "U-1", "--to", "SHELF", "--lines",
                       "item=SCALE,lot=U,serials=U-1,serials=U-2"],
                      ["hold", "--units", "item=SCALE,serials=U-1", "--reason", "fell down"],
                      ["receive", "--supplier", "PARTS", "--document", "U-2", "--to", "SHELF", "--lines",
                       "item=SCALE,lot=V,serials=V-1,sscc=340063810000000018"],
                      ["hold", "--handling-units", "340063810000000018", "--reason", "fell down"],
                      ["record-complaint", "--customer", "PARTS", "--item", "SCALE", "--serial", "U-2", "--text", "bent"]):
            code, text = run(*words, "--book", cls.good)
            assert code == 0, text
        for words in (["checkpoint", "make"], ["set-place", "LAST", "Last", "--kind", "site"], ["checkpoint", "make"]):
            code, text = run(*words, "--book", cls.good)
            assert code == 0, text
        cls.kept = os.path.join(cls.folder, "kept")
        with open(cls.kept, "w", encoding="utf-8") as file:
            file.write(run("checkpoint", "write", "--book", cls.good)[1])
        with sqlite3.connect(cls.good) as book:
            book.execute("pragma wal_checkpoint(truncate)")
        book.close()
        cls.random = random.Random(SEED)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def changed(self, *statements, name="changed.book"):
        """A copy of the book with these statements carried out behind its back."""
        path = os.path.join(self.folder, name)
        for end in ("", "-wal", "-shm", "-lock"):
            if os.path.exists(path + end):
                os.remove(path + end)
        shutil.copy(self.good, path)
        book = sqlite3.connect(path)
        for statement, values in statements:
            book.execute(statement, values)
        book.commit()
        book.execute("pragma wal_checkpoint(truncate)")
        book.close()
        return path

    def head(self, path):
        with sqlite3.connect(path) as book:
            seq, digest = book.execute("select seq, hash from entry order by seq desc limit 1").fetchone()
        return f"{seq}:{digest.hex()}"

    def assertFound(self, path, *words):
        code, text = run("verify", "--book", path, *words)
        self.assertEqual(code, 1, f"seed {SEED}: not found\n{text}")
        return text

    def test_a_good_book_is_good(self):
        code, text = run("verify", "--book", self.good, "--head", self.head(self.good))
        self.assertEqual(code, 0, text)

    def test_one_byte_of_an_entry(self):
        with sqlite3.connect(self.good) as book:
            rows = book.execute("select seq, body from entry").fetchall()
        for seq, body in self.random.sample(rows, 25):
            at = self.random.randrange(len(body))
            other = bytearray(body)
            other[at] ^= 1 << self.random.randrange(8)
            text = self.assertFound(self.changed(("update entry set body = ? where seq = ?", (bytes(other), seq))))
            self.assertIn(f"entry {seq}", text)

    def test_one_byte_of_a_hash(self):
        self.assertFound(self.changed(("update entry set hash = zeroblob(32) where seq = 7", ())))

    def test_two_swapped_entries(self):
        self.assertFound(self.changed(("update entry set seq = -1 where seq = 30", ()), ("update entry set seq = 30 where seq = 31", ()),
                                      ("update entry set seq = 31 where seq = -1", ())))

    def test_every_column_of_every_derived_table(self):
        for table in DERIVED:
            with sqlite3.connect(self.good) as book:
                columns = [row[1] for row in book.execute(f"pragma table_info({table})")]
                count = book.execute(f"select count(*) from {table}").fetchone()[0]
                self.assertGreater(count, 0, f"the demonstration has no row in {table}: the test would show nothing")
            for column in columns:
                if (table, column) == ("head", "book"):
                    continue
                with sqlite3.connect(self.good) as book:
                    row = book.execute(f"select * from {table} limit 1 offset ?", (self.random.randrange(count),)).fetchone()
                old = row[columns.index(column)]
                new = old + 100_000 if isinstance(old, int) else (old + "x" if isinstance(old, str) else bytes(len(old)))
                where = " and ".join(f"{name} is ?" for name in columns)
                with self.subTest(table=table, column=column, seed=SEED):
                    self.assertFound(self.changed((f"update or replace {table} set {column} = ? where {where}", (new, *row))))

    def test_a_row_less_in_every_derived_table(self):
        for table in DERIVED:
            with self.subTest(table=table):
                with sqlite3.connect(self.good) as book:
                    names = [row[1] for row in book.execute(f"pragma table_info({table})")]
                    row = book.execute(f"select * from {table} limit 1").fetchone()
                where = " and ".join(f"{name} is ?" for name in names)
                self.assertFound(self.changed((f"delete from {table} where {where}", row)))

    def test_a_personal_value(self):
        self.assertFound(self.changed(("update private set value = value || 'x'", ())))

    def written_anew(self, old, new):
        """A copy in which the last entry that says so says something else, and every hash from there on fits."""
        with sqlite3.connect(self.good) as book:
            rows = book.execute("select seq, body from entry order by seq").fetchall()
        target = max(i for i, (_, body) in enumerate(rows) if old in body)
        previous, statements = b"\0" * 32, []
        for i, (seq, body) in enumerate(rows):
            if i == target:
                body = body.replace(old, new)
            previous = hashlib.sha256(previous + body).digest()
            if i >= target:
                statements.append(("update entry set body = ?, hash = ? where seq = ?", (body, previous, seq)))
        statements.append(("update head set hash = ?", (previous,)))
        statements.append(("delete from checkpoint", ()))
        statements.append(("delete from setting where name = 'checkpoint_key'", ()))
        return self.changed(*statements)

    def test_what_lies_before_a_signed_entry_cannot_be_written_anew(self):
        self.assertIn("signature", self.assertFound(self.written_anew(b"cartons crushed", b"cartons brushed")))

    def test_a_chain_written_anew_needs_a_noted_head(self):
        noted = self.head(self.good)
        # Who set a user up, under no key, behind the entry that is signed.
        path = self.written_anew(b"cli```\0\0\0\x80", b"clu```\0\0\0\x80")
        code, text = run("verify", "--book", path)
        self.assertEqual(code, 0, text + "without a noted head a chain written anew is consistent")
        self.assertFound(path, "--head", noted)
        self.assertFound(path, "--checkpoints", self.kept)

    def test_a_cut_tail_needs_a_noted_head(self):
        noted = self.head(self.good)
        path = self.changed(("delete from entry where seq = (select max(seq) from entry)", ()))
        self.assertIn("tail was cut", self.assertFound(path, "--head", noted))


    # --- a thousand drawn edits, each as a list of statements

    def flip(self, data, draw):
        other = bytearray(data)
        other[draw.randrange(len(other))] ^= 1 << draw.randrange(8)
        return bytes(other)

    def edit_body(self, draw, rows):
        seq, body, _ = draw.choice(rows)
        return [("update entry set body = ? where seq = ?", (self.flip(body, draw), seq))]

    def edit_hash(self, draw, rows):
        seq, _, digest = draw.choice(rows)
        return [("update entry set hash = ? where seq = ?", (self.flip(digest, draw), seq))]

    def edit_order(self, draw, rows):
        one, other = (row[0] for row in draw.sample(rows, 2))
        return [("update entry set seq = -1 where seq = ?", (one,)), ("update entry set seq = ? where seq = ?", (one, other)),
                ("update entry set seq = ? where seq = -1", (other,))]

    def edit_gap(self, draw, rows):
        return [("delete from entry where seq = ?", (draw.choice(rows)[0],))]

    def cut_tail(self, draw, rows):
        """Head and checkpoints made to fit: as if it had never been."""
        seq, _, digest = rows[draw.randrange(1, len(rows) - 1)]
        return [("delete from entry where seq > ?", (seq,)), ("update head set seq = ?, hash = ?", (seq, digest)),
                ("delete from checkpoint where entry > ?", (seq,))]

    def chain_anew(self, draw, rows):
        """A letter of some entry changed, and every hash from there on made to fit, but no signature."""
        at = draw.randrange(len(rows))
        previous = rows[at - 1][2] if at else bytes(32)
        statements = []
        for seq, body, _ in rows[at:]:
            if seq == rows[at][0]:
                letters = [i for i, byte in enumerate(body) if 0x61 <= byte < 0x7a]
                i = draw.choice(letters)
                body = body[:i] + bytes([body[i] + 1]) + body[i + 1:]
            previous = hashlib.sha256(previous + body).digest()
            statements.append(("update entry set body = ?, hash = ? where seq = ?", (body, previous, seq)))
        statements.append(("update head set hash = ?", (previous,)))
        if draw.random() < .5:
            statements.append(("delete from checkpoint where entry >= ?", (rows[at][0],)))
        return statements

    def edit_derived(self, draw, _):
        table = draw.choice(DERIVED + ["checkpoint", "private"])
        columns, row = self.drawn_row(draw, table)
        column = draw.choice([c for c in columns if (table, c) not in (("head", "book"), ("checkpoint", "number"))])
        old = row[columns.index(column)]
        new = old + draw.choice([-1, 1, 1000]) if isinstance(old, int) else old + draw.choice("xyz") if isinstance(old, str) else self.flip(old, draw)
        where = " and ".join(f"{name} is ?" for name in columns)
        return [(f"update or replace {table} set {column} = ? where {where}", (new, *row))]

    def drop_derived(self, draw, _):
        table = draw.choice(DERIVED)
        columns, row = self.drawn_row(draw, table)
        return [(f"delete from {table} where " + " and ".join(f"{name} is ?" for name in columns), row)]

    def invent_derived(self, draw, _):
        table = draw.choice([table for table in DERIVED if table != "head"])
        columns, row = self.drawn_row(draw, table)
        key = next(i for i, value in enumerate(row) if isinstance(value, int)) if table != "document" else 1
        row = tuple(value + 1_000_000 + draw.randrange(1000) if i == key else value for i, value in enumerate(row))
        # Where a second key forbids it, the row that bears it goes: an edit all the same.
        return [(f"insert or replace into {table} ({', '.join(columns)}) values ({', '.join('?' * len(row))})", row)]

    def drawn_row(self, draw, table):
        with sqlite3.connect(self.good) as book:
            columns = [column[1] for column in book.execute(f"pragma table_info({table})")]
            count = book.execute(f"select count(*) from {table}").fetchone()[0]
            row = book.execute(f"select * from {table} limit 1 offset ?", (draw.randrange(count),)).fetchone()
        book.close()
        return columns, row

    def test_a_thousand_drawn_edits(self):
        print(f"seed {SEED}", file=sys.stderr)
        with sqlite3.connect(self.good) as book:
            rows = book.execute("select seq, body, hash from entry order by seq").fetchall()
            private = book.execute("select count(*) from private").fetchone()[0]
        book.close()
        self.assertGreater(private, 0)
        kinds = [self.edit_body, self.edit_hash, self.edit_order, self.edit_gap, self.cut_tail, self.chain_anew, self.edit_derived,
                 self.drop_derived, self.invent_derived, self.edit_derived]
        def one(number):
            draw = random.Random(SEED * 1000 + number)
            kind = kinds[number % len(kinds)]
            statements = kind(draw, rows)
            path = self.changed(*statements, name=f"changed-{number % 4}.book")
            code, text = run("verify", "--book", path, "--checkpoints", self.kept)
            return [] if code == 1 else [f"edit {number}, {kind.__name__}: exit {code}, {text}: {statements[:1]}"]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            missed = []
            for first in range(0, EDITS, 2):  # two at a time, each with a file of its own
                for found in pool.map(one, range(first, first + 2)):
                    missed += found
        self.assertEqual(missed, [], f"seed {SEED}")


if __name__ == "__main__":
    unittest.main()
