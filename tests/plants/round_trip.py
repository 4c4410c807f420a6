#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# proves: R94
"""A plant's bundle through the product and back.

round_trip.py --lotbook PROGRAM --closure PROGRAM --make-bundle PROGRAM [--rough] LOTS SEED...
round_trip.py --lotbook PROGRAM --closure PROGRAM --bundle FOLDER

For each seed: make a bundle, import it, verify; compare the traces with the judge's; import it again, which must change
nothing; export; import the export into an empty book, verify; compare traces, stock, runs, statuses and holds of both.
The environment variable PLANT_GENERATOR names another generator, called as ours is: [--rough --basic] LOTS OUTDIR SEED.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from compare import FIRST, Codes, compare_all, compare_seed, lines_of, seeds_with_directions


class Failure(Exception):
    pass


def run(what, *command):
    began = time.monotonic()
    answer = subprocess.run(list(map(str, command)), capture_output=True)
    print(f"  {what}: {time.monotonic() - began:.1f} s", flush=True)
    if answer.returncode != 0:
        told = (answer.stderr + answer.stdout).decode(errors="replace")
        raise Failure(f"{what} ended with {answer.returncode}: {told[:3000]}")
    return answer.stdout


class Trip:
    def __init__(self, lotbook, closure, bundle, folder):
        self.lotbook, self.closure, self.bundle, self.folder = lotbook, closure, Path(bundle), Path(folder)
        self.book, self.second_book = self.place("first"), self.place("second")
        self.exported = self.folder / "exported"
        self.codes = Codes(bundle)

    def place(self, name):
        """Where a book of that name is kept: in the folder, or in the tests' PostgreSQL."""
        database = os.environ.get("LOTBOOK_TEST_POSTGRESQL")
        if not database:
            return str(self.folder / (name + ".lotbook"))
        return f"{Path(database).read_text().strip()}&book={name}_{self.folder.name.replace('-', '_').lower()}"

    def go(self):
        run("check the bundle", self.closure, self.bundle, "--check")
        run("import", self.lotbook, "import", self.bundle, "--book", self.book)
        run("verify", self.lotbook, "verify", "--book", self.book)
        self.compare_traces(self.book)
        head = run("head", self.lotbook, "head", "--book", self.book)
        run("import again", self.lotbook, "import", self.bundle, "--book", self.book)
        if run("head", self.lotbook, "head", "--book", self.book) != head:
            raise Failure("the same bundle again changes the book")
        run("export", self.lotbook, "export", self.exported, "--book", self.book)
        self.compare_stock()
        self.compare_closures()
        run("import the export", self.lotbook, "import", self.exported, "--book", self.second_book)
        run("verify", self.lotbook, "verify", "--book", self.second_book)
        self.compare_traces(self.second_book)

    def compare_traces(self, book):
        equal, wrong = compare_all(self.lotbook, self.closure, self.bundle, book, seeds_with_directions(self.bundle))
        if wrong or not equal:
            raise Failure(f"traces of {book} differ from the judge's")

    def stock_of(self, bundle):
        lines = Counter()
        for line in run("judge the stock", self.closure, bundle, "--stock").splitlines():
            fact = json.loads(line)
            for kind in ("stock", "status", "hold"):
                if len(fact.get(kind, [])) > 1:
                    item, lot, *_ = fact[kind]
                    own = lot is None or (item, lot) not in self.codes
                    fact[kind] = [item, None if own else lot]  # the book's own code
            lines[json.dumps(fact, sort_keys=True, ensure_ascii=False)] += 1
        return lines

    def compare_stock(self):
        before, after = self.stock_of(self.bundle), self.stock_of(self.exported)
        if before == after:
            return
        for name, lines in (("lost by the export", before - after), ("made up by the export", after - before)):
            for line in sorted(lines)[:FIRST]:
                print(f"    {name}: {line}")
        raise Failure("the export holds other stock, runs, statuses or holds than the bundle")

    def compare_closures(self):
        """The judge's answers on both bundles; the exported one's are put as the product puts them."""
        for seeds, direction in seeds_with_directions(self.bundle):
            answers = []
            for bundle in (self.bundle, self.exported):
                errors = tempfile.TemporaryFile()
                answers.append(lines_of([self.closure, str(bundle), f"--{direction}", "--seeds", str(seeds)], errors))
            for judged, again in zip(*answers, strict=True):
                if any(lot is None for _, lot, *_ in again["lots"]):
                    raise Failure(f"the export leaves a lot without its own code: {again['lots']}"[:1000])
                again["lots"] = [{"item": item, "lot": lot} for item, lot in again["lots"]]
                for row in again.get("customers", []):
                    row["quantity"] = row["net"]
                differences = compare_seed(judged, again, self.codes)
                if differences:
                    raise Failure(f"the export is linked otherwise: {direction} {judged['seed']}: {differences}")


def bundles(asked, folder):
    if asked.bundle:
        yield asked.bundle
        return
    generator = os.environ.get("PLANT_GENERATOR") or asked.make_bundle
    lots, *seeds = asked.numbers
    for seed in seeds:
        bundle = Path(folder, "bundle")
        print(f"{'rough' if asked.rough else 'plain'} plant of {lots} lots, seed {seed}", flush=True)
        run("make", generator, *(["--rough", "--basic"] if asked.rough else []), lots, bundle, seed)
        yield bundle


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lotbook", required=True)
    parser.add_argument("--closure", required=True)
    parser.add_argument("--make-bundle")
    parser.add_argument("--bundle")
    parser.add_argument("--rough", action="store_true")
    parser.add_argument("numbers", nargs="*", metavar="LOTS SEED...")
    asked = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as place:
        for bundle in bundles(asked, place):
            with tempfile.TemporaryDirectory(dir=place) as folder:
                try:
                    Trip(asked.lotbook, asked.closure, bundle, folder).go()
                except (Failure, RuntimeError) as trouble:
                    print(f"FAILED: {trouble}")
                    failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
