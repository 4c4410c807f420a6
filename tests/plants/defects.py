#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One bundle for each kind of defect: the import must refuse it, name file, line, column and reason, and leave the book
as it was.

defects.py --lotbook PROGRAM [NAME]...

Lines are counted as an editor counts them, the header is line 1. An error at another line than the expected one is a
failure too: a defect must not make good rows look bad.
"""
import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

GOOD = {
    "items.csv": [
        "item,name,unit,tracking,lot_per,decimals,maker",
        "FLOUR,Wheat flour,KGM,lot,,3,",
        "NUTS,Nuts,KGM,lot,issuer_lot,3,",
        "BREAD,Rye bread,EA,lot,,0,",
        "WATER,Town water,LTR,none,,2,",
    ],
    "partners.csv": ["partner,name,roles", "MILL,Mill & Co,supplier", "SHOP,Corner Shop,customer"],
    "locations.csv": [
        "location,name,kind,parent,time_zone",
        "HQ,House,site,,Europe/Berlin",
        "ST,Store,storage,HQ,",
        "QU,Quarantine,quarantine,HQ,",
    ],
    "factors.csv": ["item,lot,unit,factor", "BREAD,,XCT,12"],
    "events.csv": [
        "occurred_at,event,document,item,lot,quantity,unit,from,to,partner,supplier_lot,expires_on,reference,reason,"
        "into,kind",
        "2026-03-02T08:00:00Z,receive,D-1,FLOUR,F1,500,,,ST,MILL,S1,2026-12-31,PO-1,,,",
        "2026-03-02T08:00:00Z,receive,D-1,NUTS,N1,50,,,ST,MILL,N1,2026-11-30,PO-1,,,",
        "2026-03-02T08:30Z,open,,WATER,,1000,,,ST,,,,,,,",
        "2026-03-03T06:00:00Z,consume,R-5,FLOUR,F1,120,,ST,,,,,,,,",
        "2026-03-03T09:00:00Z,produce,R-5,BREAD,B1,160,,,ST,,,,,,,",
        "2026-03-03T09:30:00Z,close,R-5,,,,,,,,,,,,,",
        "2026-03-04T10:00:00Z,dispatch,N-9,BREAD,B1,40,,ST,,SHOP,,,SO-9,,,",
        "2026-03-05T10:00:00Z,consume,R-6,FLOUR,F1,10,,ST,,,,,,,,",
        "2026-03-05T11:00:00Z,produce,R-6,BREAD,B2,12,,,ST,,,,,,,",
    ],
}
NEXT = len(GOOD["events.csv"]) + 1  # the line of the first row added
COLUMNS = GOOD["events.csv"][0].split(",")

# What was in the book before: nothing that a defective bundle speaks of.
BEFORE = {
    "items.csv": ["item,name,unit", "SALT,Salt,KGM"],
    "partners.csv": ["partner,name,roles", "MINE,Salt Mine,supplier"],
    "locations.csv": ["location,name,kind", "CELLAR,Cellar,storage"],
    "events.csv": [
        "occurred_at,event,document,item,lot,quantity,to,partner",
        "2026-03-01,receive,D-0,SALT,A-17,25,CELLAR,MINE",
    ],
}


class Defect:
    """What is wrong, and where: column may be a tuple of columns that are as good, or None where none is right."""

    def __init__(self, name, file, line, column, change):
        self.name, self.file, self.line, self.column, self.change = name, file, line, column, change

    def files(self):
        files = {name: list(lines) for name, lines in GOOD.items()}
        self.change(files)
        return {name: content if isinstance(content, bytes) else ("\n".join(content) + "\n").encode()
                for name, content in files.items()}

    def is_on_the_line_of(self, error):
        return error["file"] == self.file and (self.line is None or error["line"] == str(self.line))

    def is_at(self, error):
        columns = self.column if isinstance(self.column, tuple) else (self.column,)
        return self.is_on_the_line_of(error) and (self.column is None or error["column"] in columns)


def row(**fields):
    return ",".join(fields.get(column, "") for column in COLUMNS)


def rows(name, column, *added):
    """The last of the rows added to events.csv is wrong."""
    lines = [row(**({"occurred_at": "2026-03-06T10:00:00Z"} | fields)) for fields in added]
    number = NEXT + sum(1 + text.count("\n") for text in lines[:-1])
    return Defect(name, "events.csv", number, column, lambda files: files["events.csv"].extend(lines))


def line(name, file, number, column, text):
    """A line is replaced, or added behind the last."""
    def change(files):
        files[file][number - 1:number] = [text]

    return Defect(name, file, number, column, change)


def raw(name, file, number, column, edit):
    """The bytes of a file are changed."""
    def change(files):
        files[file] = edit(("\n".join(files[file]) + "\n").encode())

    return Defect(name, file, number, column, change)


def missing(file):
    return Defect(f"no {file}", file, None, None, lambda files: files.pop(file))


def header(name, file, column, edit):
    def change(files):
        files[file][0] = edit(files[file][0])

    return Defect(name, file, 1, column, change)


MOVE = {"event": "move", "item": "FLOUR", "lot": "F1", "quantity": "5", "from": "ST", "to": "QU"}
RECEIVE = {"event": "receive", "document": "D-2", "item": "FLOUR", "lot": "F2", "quantity": "5", "to": "ST",
           "partner": "MILL", "supplier_lot": "S2", "expires_on": "2026-12-31"}
CONSUME = {"event": "consume", "document": "R-7", "item": "FLOUR", "lot": "F1", "quantity": "5", "from": "ST"}
PRODUCE = {"event": "produce", "document": "R-7", "item": "BREAD", "lot": "B3", "quantity": "5", "to": "ST"}
DISPATCH = {"event": "dispatch", "document": "N-10", "item": "BREAD", "lot": "B1", "quantity": "5", "from": "ST",
            "partner": "SHOP"}

DEFECTS = [
    # What a row names must be known.
    rows("unknown item", "item", MOVE | {"item": "SUGAR"}),
    rows("unknown item behind a field of two lines", "item",
         MOVE | {"reason": '"two\nlines"'}, MOVE | {"item": "SUGAR"}),
    rows("unknown customer", "partner", DISPATCH | {"partner": "NOBODY"}),
    rows("unknown supplier", "partner", RECEIVE | {"partner": "NOBODY"}),
    rows("unknown place to", "to", MOVE | {"to": "NOWHERE"}),
    rows("unknown place from", "from", MOVE | {"from": "NOWHERE"}),
    rows("unknown lot", "lot", MOVE | {"lot": "F9"}),
    rows("a lot of another item", "lot", MOVE | {"lot": "B1"}),
    rows("unknown supplier's lot", "supplier_lot", MOVE | {"lot": "", "supplier_lot": "S9"}),
    rows("a supplier's lot that two lots bear", "supplier_lot",
         RECEIVE | {"supplier_lot": "S1"}, MOVE | {"lot": "", "supplier_lot": "S1"}),
    rows("unknown event", "event", MOVE | {"event": "teleport"}),
    rows("no event", "event", MOVE | {"event": ""}),
    rows("unknown kind of run", "kind", CONSUME | {"kind": "magic"}),
    rows("unknown kind of hold", "kind",
         {"event": "hold", "document": "H-1", "item": "FLOUR", "lot": "F1", "reason": "wet", "kind": "magic"}),
    rows("into a lot that the run never yields", "into", PRODUCE, CONSUME | {"into": "B9"}),
    # Times.
    rows("a day that is none", "occurred_at", MOVE | {"occurred_at": "2026-02-30"}),
    rows("a day in words", "occurred_at", MOVE | {"occurred_at": "6 March 2026"}),
    rows("no time at all", "occurred_at", MOVE | {"occurred_at": ""}),
    rows("an instant that is none", "occurred_at", MOVE | {"occurred_at": "2026-03-06T25:00:00Z"}),
    rows("an instant without offset", "occurred_at", MOVE | {"occurred_at": "2026-03-06T10:00:00"}),
    rows("far in the future", "occurred_at", MOVE | {"occurred_at": "2999-01-01T00:00:00Z"}),
    rows("an expiry that is no day", "expires_on", RECEIVE | {"expires_on": "2026-13-01"}),
    rows("two expiries in one delivery", "expires_on", RECEIVE, RECEIVE | {"expires_on": "2027-01-31"}),
    rows("quantity zero", "quantity", MOVE | {"quantity": "0"}),
    rows("quantity below zero", "quantity", MOVE | {"quantity": "-5"}),
    rows("quantity in words", "quantity", MOVE | {"quantity": "five"}),
    rows("quantity with a comma", "quantity", MOVE | {"quantity": '"1,5"'}),
    rows("quantity with an exponent", "quantity", MOVE | {"quantity": "1e2"}),
    rows("quantity missing", "quantity", MOVE | {"quantity": ""}),
    rows("a quantity that overflows", "quantity", RECEIVE | {"quantity": "99999999999999999999"}),
    rows("a quantity beyond all reason", "quantity", RECEIVE | {"quantity": "9000000000000"}),
    rows("a quantity that rounds to nothing", "quantity", MOVE | {"quantity": "0.1", "unit": "GRM"}),
    rows("unknown unit", "unit", MOVE | {"unit": "BUSHELS"}),
    rows("a unit without a factor", "unit", MOVE | {"unit": "XCT"}),
    # Lots and codes.
    rows("a tracked item without its lot", "lot", MOVE | {"lot": ""}),
    rows("a receipt without any code", ("lot", "supplier_lot"), RECEIVE | {"lot": "", "supplier_lot": ""}),
    rows("a code with an invisible letter", "lot", RECEIVE | {"lot": "F\u200b2"}),
    rows("a code with a direction mark", "lot", RECEIVE | {"lot": "F\u202e2"}),
    rows("a code with a control character", "lot", RECEIVE | {"lot": "F\a2"}),
    rows("a code of 61 letters", "lot", RECEIVE | {"lot": "F" * 61}),
    rows("a code of a million letters", "lot", RECEIVE | {"lot": "F" * 1_000_000}),
    rows("the code n/a", "lot", RECEIVE | {"lot": "n/a"}),
    rows("the code 0", "lot", PRODUCE | {"lot": "0"}),
    rows("the supplier's code unknown", "supplier_lot", RECEIVE | {"supplier_lot": "unknown"}),
    # Stock.
    rows("more than there is", "quantity", CONSUME | {"quantity": "1000"}),
    rows("more than there is in this place", "quantity", MOVE | {"from": "QU", "to": "ST"}),
    rows("before the goods arrived", ("occurred_at", "quantity"), MOVE | {"occurred_at": "2026-03-02T07:00:00Z"}),
    rows("too much at an earlier time", ("occurred_at", "quantity"),
         MOVE | {"quantity": "370"}, MOVE | {"quantity": "1", "occurred_at": "2026-03-06T09:00:00Z"}),
    # What an event needs.
    rows("dispatch without customer", "partner", DISPATCH | {"partner": ""}),
    rows("receipt without supplier", "partner", RECEIVE | {"partner": ""}),
    rows("receipt to no place", "to", RECEIVE | {"to": ""}),
    rows("consumption from no place", "from", CONSUME | {"from": ""}),
    rows("consumption without a run", "document", CONSUME | {"document": ""}),
    rows("yield without a run", "document", PRODUCE | {"document": ""}),
    rows("move from nowhere to nowhere", ("from", "to"), MOVE | {"from": "", "to": ""}),
    rows("half a move without a document", "document", MOVE | {"to": ""}),
    rows("disposal without a reason", "reason", MOVE | {"event": "dispose", "to": ""}),
    # Runs and documents.
    rows("yield into a lot that the run used", "lot", CONSUME | {"item": "BREAD", "lot": "B1"}, PRODUCE | {"lot": "B1"}),
    rows("two kinds in one run", "kind", CONSUME | {"kind": "rework"}, PRODUCE | {"kind": "blend"}),
    rows("consumption after the close", "document", CONSUME | {"document": "R-5"}),
    rows("yield after the close", "document", PRODUCE | {"document": "R-5"}),
    rows("close of an unknown run", "document", {"event": "close", "document": "R-99"}),
    rows("void of an unknown dispatch", "document", {"event": "void", "document": "N-99", "to": "ST"}),
    rows("void of a void", "document", *2 * [{"event": "void", "document": "N-9", "to": "ST"}]),
    rows("release of an unknown hold", "document",
         {"event": "release", "document": "H-9", "item": "FLOUR", "lot": "F1", "reason": "dry"}),
    # Master data.
    line("item twice", "items.csv", 6, "item", "FLOUR,Flour again,KGM,lot,,3,"),
    line("item without code", "items.csv", 6, "item", ",Nothing,KGM,lot,,3,"),
    line("item without unit", "items.csv", 5, "unit", "WATER,Town water,,none,,2,"),
    line("item in an unknown unit", "items.csv", 6, "unit", "SUGAR,Sugar,BUSHELS,lot,,3,"),
    line("unknown tracking", "items.csv", 6, "tracking", "SUGAR,Sugar,KGM,sometimes,,3,"),
    line("unknown lot_per", "items.csv", 6, "lot_per", "SUGAR,Sugar,KGM,lot,moon,3,"),
    line("seven decimals", "items.csv", 6, "decimals", "SUGAR,Sugar,KGM,lot,,7,"),
    line("unknown maker", "items.csv", 6, "maker", "SUGAR,Sugar,KGM,lot,,3,NOBODY"),
    line("partner twice", "partners.csv", 4, "partner", "MILL,Another mill,supplier"),
    line("unknown role", "partners.csv", 4, "roles", "FARM,Farm,friend"),
    line("location twice", "locations.csv", 5, "location", "ST,Store again,storage,HQ,"),
    line("unknown kind of place", "locations.csv", 4, "kind", "QU,Quarantine,cloud,HQ,"),
    line("unknown parent", "locations.csv", 4, "parent", "QU,Quarantine,quarantine,NOWHERE,"),
    line("a place inside itself", "locations.csv", 5, "parent", "LOOP,Loop,storage,LOOP,"),
    line("unknown time zone", "locations.csv", 2, "time_zone", "HQ,House,site,,Middle/Earth"),
    line("factor of an unknown item", "factors.csv", 3, "item", "SUGAR,,XCT,12"),
    line("factor zero", "factors.csv", 3, "factor", "FLOUR,,XBG,0"),
    line("factor in words", "factors.csv", 3, "factor", "FLOUR,,XBG,many"),
    # Files.
    missing("items.csv"),
    missing("events.csv"),
    header("no required column in items", "items.csv", "unit", lambda text: text.replace("unit", "category")),
    header("no required column in events", "events.csv", "event", lambda text: text.replace(",event,", ",issuer,")),
    header("unknown column", "events.csv", "colour", lambda text: text.replace("reason", "colour")),
    header("column twice", "events.csv", "reference", lambda text: text.replace("reason", "reference")),
    raw("empty file", "events.csv", None, None, lambda text: b""),
    raw("a quote that nothing closes", "events.csv", NEXT, None, lambda text: text + b'2026-03-06,move,"F1,x\n'),
    raw("text behind a closing quote", "events.csv", NEXT, None,
        lambda text: text + row(**MOVE | {"occurred_at": "2026-03-06", "lot": '"F1"x'}).encode() + b"\n"),
    raw("a field too few", "events.csv", NEXT, None,
        lambda text: text + row(**MOVE | {"occurred_at": "2026-03-06"}).encode()[:-1] + b"\n"),
    raw("a field too many", "events.csv", NEXT, None,
        lambda text: text + row(**MOVE | {"occurred_at": "2026-03-06"}).encode() + b",\n"),
    raw("not UTF-8", "events.csv", NEXT, None,
        lambda text: text + row(**RECEIVE | {"occurred_at": "2026-03-06", "lot": "F?2"}).encode().replace(b"?", b"\xff") + b"\n"),
    raw("a NUL byte", "events.csv", NEXT, None,
        lambda text: text + row(**MOVE | {"occurred_at": "2026-03-06", "reason": "a\0b"}).encode() + b"\n"),
    Defect("places inside each other", "locations.csv", None, "parent", lambda files: files["locations.csv"].extend(
        ["ONE,One,storage,TWO,", "TWO,Two,storage,ONE,"])),
]

ERROR = re.compile(r"^(?:.*/)?(?P<file>[a-z_]+\.csv):(?:(?P<line>\d+):)? (?:(?P<column>[a-z_0-9]+): )?(?P<reason>.+)$")


class Trial:
    def __init__(self, lotbook, folder):
        self.lotbook, self.folder = lotbook, Path(folder)
        self.book = self.folder / "book.lotbook"

    def run(self, *words):
        return subprocess.run([self.lotbook, *map(str, words), "--book", str(self.book)], capture_output=True, timeout=60)

    def write(self, name, files):
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for file, content in files.items():
            (folder / file).write_bytes(content if isinstance(content, bytes) else ("\n".join(content) + "\n").encode())
        return folder

    def start(self):
        for old in self.folder.glob("book.lotbook*"):
            old.unlink()
        answer = self.run("import", self.write("before", BEFORE))
        if answer.returncode != 0:
            raise RuntimeError(f"the bundle without defects is refused: {answer.stdout + answer.stderr}")

    def head(self):
        answer = self.run("head")
        if answer.returncode != 0:
            raise RuntimeError(f"lotbook head fails: {answer.stdout + answer.stderr}")
        return answer.stdout

    def complaints(self, defect):
        """What the import of a defective bundle does wrong."""
        before = self.head()
        answer = self.run("import", self.write("defective", defect.files()))
        told = (answer.stdout + answer.stderr).decode(errors="replace")
        errors = [found.groupdict() for found in map(ERROR.match, told.splitlines()) if found]
        if answer.returncode == 0:
            yield "is imported"
        elif answer.returncode < 0:
            yield f"kills the program with signal {-answer.returncode}"
        if self.head() != before:
            yield "changes the book"
            self.start()
        expected = f"{defect.file}:{defect.line or '?'}: {defect.column or '?'}"
        if not any(map(defect.is_at, errors)):
            yield f"is not named as {expected}, but: {told[:300]!r}"
        for error in errors:
            if not defect.is_on_the_line_of(error):
                yield f"makes another row look bad: {error['file']}:{error['line']}: {error['reason'][:100]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lotbook", required=True)
    parser.add_argument("names", nargs="*", help="only these defects")
    asked = parser.parse_args()
    chosen = [defect for defect in DEFECTS if not asked.names or defect.name in asked.names]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(asked.lotbook, folder)
        trial.book = Path(folder) / "good.lotbook"
        answer = trial.run("import", trial.write("good", GOOD))
        if answer.returncode != 0:
            print("the bundle without defects is refused:", (answer.stdout + answer.stderr).decode(errors="replace"))
            return 1
        trial.book = Path(folder) / "book.lotbook"
        trial.start()
        for defect in chosen:
            complaints = list(trial.complaints(defect))
            failed += bool(complaints)
            for complaint in complaints:
                print(f"{defect.name}: {complaint}")
    print(f"{len(chosen)} defects, {failed} not treated as they should be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
