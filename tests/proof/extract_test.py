#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The extract of a ledger, and tools/verify_ledger.py, which shares no code with Lotbook: it finds the same stock and the same
forward traces, and it finds a thousand drawn edits. LOTBOOK_SEED brings a run back.

usage: extract_test.py LOTBOOK MAKE_BUNDLE
"""
import copy
import csv
import functools
import hashlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest
from decimal import Decimal

from proving import ROOT, SEED, must, plant, run

sys.path.insert(0, str(ROOT / "tools"))
import verify_ledger  # noqa: E402

EDITS = 1000


def extract(book, path, *words):
    must("export", "--ledger", "--out", path, *words, "--book", book)
    return path


def check(path, *words):
    done = subprocess.run([sys.executable, str(ROOT / "tools/verify_ledger.py"), path, *words], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def stock_of(book):
    rows, after = [], []
    while True:
        answer = json.loads(must("stock", "--limit", "1000", *after, "--json", "--book", book))
        rows += answer["rows"]
        if not answer["next"]:
            return {(r["item"], r["lot"], r["place"]): (Decimal(r["quantity"]), Decimal(r["quantity2"])) for r in rows}
        after = ["--after", answer["next"]]


class Same(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="lotbook-proof-")
        cls.random = random.Random(SEED)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def compare(self, book):
        must("checkpoint", "make", "--book", book)
        path = extract(book, book + ".jsonl")
        code, out, err = check(path, "--stock")
        self.assertEqual(code, 0, out + err)
        found = {(r["item"], r["lot"], r["place"]): (Decimal(r["quantity"]), Decimal(r["quantity2"])) for r in csv.DictReader(io.StringIO(out))}
        self.assertEqual(found, stock_of(book), f"seed {SEED}")
        with open(path, encoding="utf-8") as lines:
            ledger = verify_ledger.Ledger()
            ledger.read(lines)
        lots = [lot for lot, what in ledger.lots.items() if what["origin"] != verify_ledger.UNTRACKED]
        chosen = self.random.sample(lots, min(len(lots), 25))
        for lot in chosen:
            item, code = ledger.name(lot)
            mine = ledger.forward([lot])
            theirs = json.loads(must("trace-forward", "--item", item, "--lot", code, "--json", "--book", book))
            self.assertEqual(mine["lots"], sorted((r["item"], r["lot"]) for r in theirs["lots"]), f"seed {SEED}, {item} {code}")
            customers = {}
            for row in theirs["customers"]:
                both = customers.setdefault((row["partner"], row["item"]), [Decimal(0), Decimal(0)])
                both[0] += Decimal(row["dispatched"])
                both[1] += Decimal(row["returned"])
            self.assertEqual({(p, i): [Decimal(out), Decimal(back)] for p, i, out, back in mine["customers"]}, customers,
                             f"seed {SEED}, {item} {code}")

    def test_the_demonstration(self):
        book = os.path.join(self.folder.name, "demo.book")
        must("demo", "--book", book)
        self.compare(book)

    def test_a_rough_plant(self):
        self.compare(plant(self.folder.name, 2000, SEED % 1000))

    def test_personal_values_only_if_asked_for(self):
        book = os.path.join(self.folder.name, "people.book")
        must("create", book)
        must("set-partner", "SHOP", "Shop", "--roles", "customer", "--email", "ada@example.com", "--book", book)
        with open(extract(book, book + ".1"), encoding="utf-8") as file:
            self.assertNotIn("ada@example.com", file.read())
        path = extract(book, book + ".2", "--with-personal")
        with open(path, encoding="utf-8") as file:
            self.assertIn("ada@example.com", file.read())
        self.assertEqual(check(path)[0], 0)
        self.assertEqual(run("export", "--ledger", "--out", path, "--book", book)[0], 2, "never overwritten")


class Edits(unittest.TestCase):
    """Each drawn edit must be found by the verifier that has the checkpoints somebody kept."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="lotbook-proof-")
        book = plant(cls.folder.name, 60, SEED % 1000)
        for i in range(3):
            must("checkpoint", "make", "--book", book)
            must("set-place", f"Z{i}", "Z", "--kind", "site", "--book", book)
        must("checkpoint", "make", "--book", book)
        kept = json.loads(must("checkpoints", "--json", "--book", book))
        cls.kept, cls.key = kept["checkpoints"], kept["key"]
        with open(extract(book, book + ".jsonl", "--with-personal"), encoding="utf-8") as lines:
            cls.rows = [json.loads(line) for line in lines]
        cls.entries = [i for i, row in enumerate(cls.rows) if "entry" in row]
        cls.checkpoints = [i for i, row in enumerate(cls.rows) if "checkpoint" in row]
        # Signatures are slow in Python, and the same ones come again and again.
        verify_ledger.is_signed = functools.lru_cache(maxsize=None)(verify_ledger.is_signed)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def found(self, rows):
        ledger = verify_ledger.Ledger()
        try:
            header = ledger.read(json.dumps(row) for row in rows)
            ledger.check_checkpoints(header, self.kept, self.key)
        except (verify_ledger.Wrong, ValueError, LookupError, TypeError, AttributeError) as error:
            return repr(error)
        return None

    def test_nothing_is_found_without_an_edit(self):
        self.assertIsNone(self.found(self.rows))

    def flip(self, draw, rows):
        at = draw.choice(self.entries)
        body = bytearray(bytes.fromhex(rows[at]["body"]))
        body[draw.randrange(len(body))] ^= 1 << draw.randrange(8)
        rows[at]["body"] = body.hex()

    def drop(self, draw, rows):
        rows.pop(draw.randrange(len(rows)))

    def double(self, draw, rows):
        at = draw.randrange(len(rows))
        rows.insert(draw.randrange(len(rows)), rows[at])

    def swap(self, draw, rows):
        one, other = draw.sample(self.entries, 2)
        rows[one], rows[other] = rows[other], rows[one]

    def swap_bodies(self, draw, rows):
        one, other = draw.sample(self.entries, 2)
        for name in ("body", "hash"):
            rows[one][name], rows[other][name] = rows[other][name], rows[one][name]

    def change_hash(self, draw, rows):
        at = draw.choice(self.entries)
        digest = bytearray(bytes.fromhex(rows[at]["hash"]))
        digest[draw.randrange(32)] ^= 1 << draw.randrange(8)
        rows[at]["hash"] = digest.hex()

    def chain_anew(self, draw, rows):
        """From an edit on, and everything that is not signed made to fit."""
        what = draw.choice(["flip", "drop", "double"])
        # The last entry again is one more behind the newest checkpoint, as if the book had gone on: no edit of what was.
        at = draw.choice(self.entries[:-1] if what == "double" else self.entries)
        if what == "flip":
            self.flip_at(draw, rows, at)
        elif what == "drop":
            rows.pop(at)
        else:
            rows.insert(at, copy.deepcopy(rows[at]))
        self.fit(rows)

    def flip_at(self, draw, rows, at):
        """Inside a text where there is one, so that the bytes stay an entry."""
        body = bytearray(bytes.fromhex(rows[at]["body"]))
        letters = [i for i, byte in enumerate(body) if 0x61 <= byte <= 0x7a]
        i = draw.choice(letters or range(len(body)))
        body[i] = 0x61 + (body[i] - 0x61 + 1) % 26 if letters else body[i] ^ 1
        rows[at]["body"] = body.hex()

    def fit(self, rows):
        previous, seq = bytes(32), 0
        for row in rows:
            if "entry" in row:
                seq += 1
                previous = hashlib.sha256(previous + bytes.fromhex(row["body"])).digest()
                row["entry"], row["hash"] = seq, previous.hex()
        rows[0]["ledger"].update(entries=seq, hash=previous.hex())
        rows[-1]["end"].update(entries=seq, checkpoints=sum("checkpoint" in row for row in rows),
                              personal=sum("personal" in row for row in rows))

    def cut(self, draw, rows):
        """The end, line by line or as if it had never been."""
        if draw.random() < .5:
            del rows[draw.randrange(len(rows)):]
            return
        count = draw.randrange(1, len(self.entries))
        del rows[self.entries[-count]:self.entries[-1] + 1]
        last = self.entries[-1] + 1 - count
        rows[:] = [row for row in rows if row.get("checkpoint", {}).get("entry", 0) < last]
        self.fit(rows)

    def change_checkpoint(self, draw, rows):
        c = rows[draw.choice(self.checkpoints)]["checkpoint"]
        name = draw.choice(sorted(c))
        if isinstance(c[name], int):
            c[name] += draw.choice([-1, 1])
        elif name == "made_at":
            c[name] = c[name].replace(c[name][3], str((int(c[name][3]) + 1) % 10), 1) if c[name][3].isdigit() else c[name] + "0"
        else:
            value = bytearray(bytes.fromhex(c[name]))
            value[draw.randrange(len(value))] ^= 1 << draw.randrange(8)
            c[name] = value.hex()

    def without_checkpoints(self, draw, rows):
        for _ in range(draw.randrange(1, len(self.checkpoints) + 1)):
            rows.pop(next(i for i in range(len(rows) - 1, 0, -1) if "checkpoint" in rows[i]))
        self.fit(rows)

    def test_a_thousand_drawn_edits(self):
        print(f"seed {SEED}", file=sys.stderr)
        draw = random.Random(SEED)
        kinds = [self.flip, self.drop, self.double, self.swap, self.swap_bodies, self.change_hash, self.chain_anew, self.cut,
                 self.change_checkpoint, self.without_checkpoints]
        for number in range(EDITS):
            kind = kinds[number % len(kinds)]
            rows = copy.deepcopy(self.rows)
            kind(draw, rows)
            self.assertIsNotNone(self.found(rows), f"seed {SEED}, edit {number}: {kind.__name__} was not found")


if __name__ == "__main__":
    unittest.main()
