#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the traces of an imported book with the judge's, seed by seed, exactly.

compare.py --lotbook PROGRAM --closure PROGRAM BUNDLE BOOK [--direction forward|backward] [--seeds CSV]...

Without --seeds it takes the bundle's own seeds_*.csv: raw and heavy forward, fin backward, all others both ways.
Prints the first differences and ends with 1 if there are any.
"""
import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

FIRST = 5  # differences shown of each kind


def seeds_with_directions(bundle):
    chosen = []
    for path in sorted(Path(bundle).glob("seeds_*.csv")):
        kind = path.stem.removeprefix("seeds_")
        if kind != "fin":
            chosen.append((path, "forward"))
        if kind not in ("raw", "heavy"):
            chosen.append((path, "backward"))
    return chosen


def lines_of(command, errors):
    """The JSON lines of a program, one by one; its failure is the caller's."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process:
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode != 0:
        errors.seek(0)
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {errors.read().decode()[:2000]}")


class Codes:
    """The own codes that a bundle names. A lot outside may be one whose code only the book knows."""

    def __init__(self, bundle):
        self.bundle = bundle
        self.codes = None

    def __contains__(self, lot):
        if self.codes is None:
            with open(Path(self.bundle, "events.csv"), encoding="utf-8-sig", newline="") as file:
                self.codes = {(row["item"].strip(), (row.get("lot") or "").strip()) for row in csv.DictReader(file)}
        return lot in self.codes


def text(value):
    return "" if value is None else value


def compare_lots(judged, product, codes, report):
    expected = {tuple(lot) for lot in judged if lot[1] is not None}
    unnamed = Counter(lot[0] for lot in judged if lot[1] is None)
    listed = [(lot["item"], lot["lot"]) for lot in product]
    found = set(listed)
    if len(found) != len(listed):
        report("lots listed twice", [lot for lot, times in Counter(listed).items() if times > 1])
    report("lots that must be reached and are not", expected - found)
    surplus = found - expected
    if unnamed:
        # Lots that were received without an own code: the book gave one; how many of which item must agree.
        taken = [lot for lot in surplus if lot not in codes]
        by_item = Counter(item for item, _ in taken)
        if by_item != unnamed:
            report("number of lots whose code the book gave, by item", [(dict(unnamed), dict(by_item))])
        surplus = surplus.difference(taken)
    report("lots that must not be reached and are", surplus)


def compare_rows(name, expected, found, report):
    for row, times in found.items():
        if times > 1:
            report(f"{name} listed twice", [row])
    report(f"{name} that must be listed and are not", set(expected) - set(found))
    report(f"{name} that must not be listed and are", set(found) - set(expected))


def compare_customers(judged, product, report):
    def rows(source, net):
        return Counter(
            (row["partner"], text(row["address"]), row["item"], text(row["unit"]))
            + tuple(str(Decimal(row[field]).normalize() + 0) for field in ("dispatched", "returned", net))
            for row in source)

    compare_rows("customer rows (partner, address, item, unit, dispatched, returned, net)", rows(judged, "net"),
                 rows(product, "quantity"), report)


def compare_suppliers(judged, product, codes, report):
    books_own = any(row["lot"] is None for row in judged)

    def own_code(row):
        if row["lot"] is None or (books_own and (row["item"], row["lot"]) not in codes):
            return "(the book's own)"
        return row["lot"]

    expected = Counter((row["partner"], row["item"], own_code(row), row["supplier_lot"]) for row in judged)
    found = Counter((row["partner"], row["item"], own_code(row), text(row["supplier_lot"])) for row in product)
    if not books_own:
        compare_rows("supplier rows (partner, item, lot, supplier_lot)", expected, found, report)
        return
    report("supplier rows (partner, item, lot, supplier_lot) missing", expected - found)
    report("supplier rows (partner, item, lot, supplier_lot) too many", found - expected)


def compare_seed(judged, product, codes):
    """What differs between two answers, as text."""
    differences = []

    def report(what, things):
        things = sorted(things, key=repr)
        if things:
            shown = ", ".join(map(repr, things[:FIRST])) + (", …" if len(things) > FIRST else "")
            differences.append(f"{what}: {len(things)}: {shown}")

    compare_lots(judged["lots"], product["lots"], codes, report)
    if "customers" in judged:
        compare_customers(judged["customers"], product["customers"], report)
    if "suppliers" in judged:
        compare_suppliers(judged["suppliers"], product["suppliers"], codes, report)
    return differences


def compare_traces(lotbook, closure, bundle, book, seeds, direction):
    """Yields (seed, differences) for each seed."""
    codes = Codes(bundle)
    with tempfile.TemporaryFile() as judge_errors, tempfile.TemporaryFile() as product_errors:
        judge = lines_of([closure, str(bundle), f"--{direction}", "--seeds", str(seeds)], judge_errors)
        product = lines_of(
            [lotbook, "trace", "--seeds", str(seeds), f"--{direction}", "--json", "--book", str(book)], product_errors)
        for judged, answered in zip_longest(judge, product):
            if judged is None or answered is None:
                raise RuntimeError(f"{seeds} {direction}: the two give another number of answers")
            yield judged["seed"], compare_seed(judged, answered, codes)


def compare_all(lotbook, closure, bundle, book, chosen):
    """Compares all seeds, prints what differs; how many seeds were equal and how many not."""
    equal = wrong = 0
    for seeds, direction in chosen:
        for seed, differences in compare_traces(lotbook, closure, bundle, book, seeds, direction):
            if not differences:
                equal += 1
                continue
            wrong += 1
            if wrong <= FIRST:
                print(f"{Path(seeds).name} {direction} {seed}:")
                for difference in differences:
                    print(f"    {difference}")
    print(f"{bundle}: {equal} traces equal, {wrong} differ")
    return equal, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lotbook", required=True)
    parser.add_argument("--closure", required=True)
    parser.add_argument("--direction", choices=("forward", "backward"))
    parser.add_argument("--seeds", action="append", default=[])
    parser.add_argument("bundle")
    parser.add_argument("book")
    asked = parser.parse_args()
    directions = [asked.direction] if asked.direction else ["forward", "backward"]
    chosen = [(seeds, direction) for seeds in asked.seeds for direction in directions]
    equal, wrong = compare_all(asked.lotbook, asked.closure, asked.bundle, asked.book,
                               chosen or seeds_with_directions(asked.bundle))
    return 1 if wrong or not equal else 0


if __name__ == "__main__":
    sys.exit(main())
