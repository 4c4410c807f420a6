#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# proves: R94
"""What a command did comes through an export and its import as it was: holds on several lots, and those that flow."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from defects import GOOD

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/lotbook"


class Exported(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="lotbook-export-")
        self.addCleanup(self.folder.cleanup)
        self.bundle = self.inside("plant")
        Path(self.bundle).mkdir()
        for name, lines in GOOD.items():
            Path(self.bundle, name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.book = self.inside("first.book")
        self.run_on(self.book, "import", self.bundle)

    def inside(self, name):
        return str(Path(self.folder.name, name))

    def run_on(self, book, *words):
        done = subprocess.run([PROGRAM, *words, "--book", book], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def there_and_back(self):
        """The book that comes of an export, and what the export said."""
        said = self.run_on(self.book, "export", self.inside("out"))
        second = self.inside("second.book")
        self.run_on(second, "import", self.inside("out"))
        self.run_on(second, "verify")
        return second, said

    def held(self, book):
        rows = json.loads(self.run_on(book, "holds", "--json"))["rows"]
        return sorted((row["number"], lot["item"], lot["lot"]) for row in rows for lot in row["lots"])

    def test_a_hold_that_flows_covers_every_lot_it_was_placed_on(self):
        self.run_on(self.book, "hold", "--number", "H-9", "--lots", "item=NUTS,lot=N1", "--lots", "item=FLOUR,lot=F1",
                    "--flow", "descendants", "--reason", "glass")
        both = [("H-9", "BREAD", "B1"), ("H-9", "BREAD", "B2"), ("H-9", "FLOUR", "F1"), ("H-9", "NUTS", "N1")]
        self.assertEqual(self.held(self.book), both)
        second, _ = self.there_and_back()
        self.assertEqual(self.held(second), both)

    def test_a_hold_lifted_from_one_of_its_lots_stays_on_the_other(self):
        self.run_on(self.book, "hold", "--number", "H-9", "--lots", "item=NUTS,lot=N1", "--lots", "item=FLOUR,lot=F1",
                    "--reason", "wet")
        self.run_on(self.book, "lift-hold", "H-9", "--lots", "item=NUTS,lot=N1", "--reason", "dry")
        second, said = self.there_and_back()
        self.assertEqual(self.held(second), [("H-9", "FLOUR", "F1")])
        self.assertNotIn("lifted in part", said)

    def test_a_hold_that_flowed_is_lifted_from_all_of_it(self):
        self.run_on(self.book, "hold", "--number", "H-9", "--lots", "item=NUTS,lot=N1", "--lots", "item=FLOUR,lot=F1",
                    "--flow", "descendants_and_new", "--reason", "glass")
        self.run_on(self.book, "lift-hold", "H-9", "--reason", "no glass")
        second, _ = self.there_and_back()
        self.assertEqual(self.held(second), [])


if __name__ == "__main__":
    unittest.main()
