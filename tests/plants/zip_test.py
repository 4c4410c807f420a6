#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A bundle as one .zip: the same as its folder, or refused with the reason and the book as it was."""
import io
import struct
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile
from pathlib import Path

from defects import GOOD

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/lotbook"
FILES = {name: "\n".join(lines) + "\n" for name, lines in GOOD.items()}


def packed(files, method=zipfile.ZIP_DEFLATED):
    """`files`: pairs of name and text, or a dictionary of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that comes twice
        for name, text in (files.items() if isinstance(files, dict) else files):
            archive.writestr(name, text)
    return out.getvalue()


class Zipped(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="lotbook-zip-")
        self.addCleanup(self.folder.cleanup)
        self.book = str(Path(self.folder.name, "book"))

    def load(self, data, *more, name="plant.zip"):
        path = Path(self.folder.name, name)
        path.write_bytes(data)
        return subprocess.run([PROGRAM, "import", str(path), "--book", self.book, *more], capture_output=True, text=True)

    def refused(self, data, *said):
        done = self.load(data)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for text in said:
            self.assertIn(text, done.stdout)
        self.assertIn("nothing was imported", done.stdout)
        self.assertFalse(Path(self.folder.name, "items.csv").exists())
        stock = subprocess.run([PROGRAM, "items", "--book", self.book], capture_output=True, text=True)
        self.assertNotIn("FLOUR", stock.stdout)

    def test_it_is_the_same_as_its_folder(self):
        for name, text in FILES.items():
            Path(self.folder.name, name).write_text(text, encoding="utf-8")
        for data in (packed(FILES), packed(FILES, zipfile.ZIP_STORED),
                     packed({"plant/": "", **{"plant/" + name: text for name, text in FILES.items()}}),
                     packed({"plant\\" + name: text for name, text in FILES.items()}),
                     packed({**FILES, "README.txt": "read me", "__MACOSX/items.csv": "x", "more/deep/items.csv": "x"})):
            for file in Path(self.folder.name).glob("book*"):
                file.unlink()
            done = self.load(data)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
            self.assertRegex(done.stdout, r"^Imported \d+ events")
            again = subprocess.run([PROGRAM, "import", self.folder.name, "--book", self.book], capture_output=True, text=True)
            self.assertIn("nothing changed", again.stdout)
        self.assertEqual(self.load(packed(FILES), "--dry-run").returncode, 0)

    def test_a_fault_in_a_file_is_named_as_ever(self):
        events = FILES["events.csv"].replace("FLOUR,F1,500", "FLOUR,F1,many")
        self.refused(packed({**FILES, "events.csv": events}), "events.csv:2: quantity:")

    def test_a_file_is_missing(self):
        self.refused(packed({name: text for name, text in FILES.items() if name != "partners.csv"}),
                     "partners.csv: the file is missing")
        # Names that lead elsewhere are no files of the bundle.
        self.refused(packed({"../" + name: text for name, text in FILES.items()}), "items.csv: the file is missing")
        self.refused(packed({"/tmp/x/" + name: text for name, text in FILES.items()}), "items.csv: the file is missing")

    def test_which_file_is_meant(self):
        twice = {**{"plant/" + name: text for name, text in FILES.items()}, "plant\\items.csv": FILES["items.csv"]}
        self.refused(packed(twice), "items.csv: the .zip has this file twice")
        self.refused(packed([*FILES.items(), ("items.csv", FILES["items.csv"])]), "plant.zip: ")
        self.refused(packed({**FILES, "old/items.csv": "item\n"}), "plant.zip: the files lie in several folders")

    def test_what_is_no_archive(self):
        good = packed(FILES)
        for data in (b"", b"item,name\n", good[:-30], good[: len(good) // 2], b"PK\x05\x06" + bytes(18)):
            self.refused(data)

    def test_damage_inside(self):
        stored = bytearray(packed(FILES, zipfile.ZIP_STORED))
        at = stored.index(b"Wheat flour")
        stored[at] ^= 1
        self.refused(bytes(stored), "items.csv: this file is damaged in the .zip")

    def test_a_size_that_is_not_true(self):
        data = bytearray(packed(FILES))
        size = len(FILES["events.csv"].encode())
        for claimed in (size - 7, size + 7):
            changed = bytearray(data)
            for at in (i for i in range(len(data) - 4) if struct.unpack_from("<I", data, i)[0] == size):
                struct.pack_into("<I", changed, at, claimed)
            self.refused(bytes(changed))

    def test_what_would_fill_the_memory(self):
        self.refused(packed({**FILES, "events.csv": FILES["events.csv"] + "\n" * (64 << 20)}), "events.csv: this grows")
        data = bytearray(packed(FILES))
        directory = data.index(b"PK\x01\x02")
        struct.pack_into("<I", data, directory + 24, 0xFFFFFFF0)
        self.refused(bytes(data))

    def test_a_password(self):
        data = bytearray(packed(FILES))
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.find(mark)
            while at >= 0:
                data[at + offset] |= 1
                at = data.find(mark, at + 4)
        self.refused(bytes(data), "encrypted")


if __name__ == "__main__":
    unittest.main()
