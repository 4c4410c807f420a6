#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges the judge: small bundles whose answers were worked out by hand.

closure_test.py PLANT_CLOSURE
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CLOSURE = ""

ITEMS = """item,name,unit,tracking,lot_per,decimals,maker
FLOUR,Wheat flour,KGM,,,3,
"NUT,S",Nuts,KGM,lot,issuer_lot,3,
DOUGH,Dough,KGM,,,3,
BREAD,Rye bread,EA,,,0,
WATER,Water,LTR,none,,3,
"""
PARTNERS = "partner,name,roles\nMILL,Mill & Co,supplier\nSHOP,Corner Shop,customer\nCAFE,Café,customer\n"
LOCATIONS = """location,name,kind,parent,time_zone
HQ,House,site,,Europe/Berlin
ST,Store,storage,HQ,
CAGE,Cage,storage,HQ,
FAR,Far,site,,
FS,Far store,storage,FAR,
"""
HEADER = "occurred_at,event,document,item,lot,quantity,unit,from,to,partner,supplier_lot,reference,reason,into,kind,issuer"


class Bundle:
    def __init__(self, events, **files):
        self.folder = tempfile.TemporaryDirectory()
        texts = {"items": ITEMS, "partners": PARTNERS, "locations": LOCATIONS, "events": events} | files
        for name, content in texts.items():
            Path(self.folder.name, f"{name}.csv").write_bytes(content.encode())

    def ask(self, *words, seeds=None):
        command = [CLOSURE, self.folder.name, *words]
        if seeds:
            path = Path(self.folder.name, "seeds_some.csv")
            path.write_text("item,lot\n" + "".join(f'"{item}","{lot}"\n' for item, lot in seeds), encoding="utf-8")
            command += ["--seeds", str(path)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        return [json.loads(line) for line in answer.stdout.splitlines()]

    def lots(self, direction, *seed):
        return [tuple(lot) for lot in self.ask(f"--{direction}", seeds=[seed])[0]["lots"]]

    def stock(self):
        answer = {}
        for line in self.ask("--stock"):
            if "stock" in line:
                place = line.get("location") or "on " + line["in_transit"]
                answer[(*line["stock"], place)] = line["quantity"]
        return answer


def rows(*lines):
    """Rows given as words, `name=value` for the columns behind the fixed ones."""
    columns = HEADER.split(",")
    text = [HEADER]
    for number, line in enumerate(lines):
        words = line.split()
        row = dict.fromkeys(columns, "")
        row["occurred_at"] = f"2026-03-01T{number // 60:02}:{number % 60:02}:00Z"
        row["event"] = words[0]
        row.update(word.split("=", 1) for word in words[1:])
        text.append(",".join('"' + row[column] + '"' if "," in row[column] else row[column] for column in columns))
    return "\n".join(text) + "\n"


# F1 and, after the yield of A, F2 go into run R1 (A and B come from both); F3 is assigned to B alone. A goes on into
# bread; R3 reworks bread X with flour F4 into X itself.
RUNS = rows(
    "receive document=D1 item=FLOUR lot=F1 quantity=100 to=ST partner=MILL supplier_lot=S1",
    "receive document=D1 item=FLOUR lot=F2 quantity=100 to=ST partner=MILL supplier_lot=S2",
    "receive document=D2 item=FLOUR lot=F3 quantity=100 to=ST partner=MILL supplier_lot=S2",
    "receive document=D3 item=FLOUR lot=F4 quantity=100 to=ST partner=MILL",
    "open item=WATER quantity=50 to=ST",
    "consume document=R1 item=FLOUR lot=F1 quantity=10 from=ST",
    "consume document=R1 item=WATER quantity=10.5 from=ST",
    "produce document=R1 item=DOUGH lot=A quantity=12 to=ST",
    "consume document=R2 item=DOUGH lot=A quantity=5 from=ST",
    "produce document=R2 item=BREAD lot=X quantity=4 to=ST",
    "consume document=R1 item=FLOUR lot=F2 quantity=10 from=ST",
    "consume document=R1 item=FLOUR lot=F3 quantity=1 from=ST into=B",
    "produce document=R1 item=DOUGH lot=B quantity=12 to=ST",
    "close document=R1",
    "consume document=R3 item=BREAD lot=X quantity=4 from=ST kind=rework",
    "consume document=R3 item=FLOUR lot=F4 quantity=2 from=ST kind=rework",
    "produce document=R3 item=BREAD lot=X quantity=5 to=ST kind=rework",
    "dispatch document=N1 item=BREAD lot=X quantity=2 from=ST partner=SHOP to=RAMP",
    "dispatch document=N2 item=BREAD lot=X quantity=1 from=ST partner=CAFE",
    "dispatch document=N3 item=BREAD lot=X quantity=1 from=ST partner=SHOP",
    "void document=N2 to=ST",
    "return document=B1 item=BREAD lot=X quantity=2 to=ST partner=SHOP reference=N1",
    "dispatch document=N4 item=DOUGH lot=B quantity=250 unit=GRM from=ST partner=SHOP",
)
F1, F2, F3, F4 = (("FLOUR", f"F{i}") for i in range(1, 5))
A, B, X = ("DOUGH", "A"), ("DOUGH", "B"), ("BREAD", "X")


class Runs(unittest.TestCase):
    def setUp(self):
        self.bundle = Bundle(RUNS)

    def test_every_input_goes_into_every_output_whatever_came_first(self):
        self.assertEqual(self.bundle.lots("forward", *F1), [X, A, B, F1])
        self.assertEqual(self.bundle.lots("forward", *F2), [X, A, B, F2])
        self.assertEqual(self.bundle.lots("backward", *A), [A, F1, F2])

    def test_an_assigned_input_goes_into_its_output_alone(self):
        self.assertEqual(self.bundle.lots("forward", *F3), [B, F3])
        self.assertEqual(self.bundle.lots("backward", *B), [B, F1, F2, F3])

    def test_rework_into_the_same_lot_is_one_lot(self):
        self.assertEqual(self.bundle.lots("backward", *X), [X, A, F1, F2, F4])
        self.assertEqual(self.bundle.lots("forward", *F4), [X, F4])

    def test_customers_net_zero_stays_and_a_void_does_not(self):
        row = {"item": "BREAD", "unit": "EA", "partner": "SHOP"}
        self.assertEqual(self.bundle.ask("--forward", seeds=[F4])[0]["customers"], [
            row | {"address": "", "dispatched": "1", "returned": "0", "net": "1"},
            row | {"address": "RAMP", "dispatched": "2", "returned": "2", "net": "0"},
        ])
        dough = {"partner": "SHOP", "address": "", "item": "DOUGH", "unit": "KGM", "dispatched": "0.25",
                 "returned": "0", "net": "0.25"}
        self.assertEqual(self.bundle.ask("--forward", seeds=[F3])[0]["customers"], [dough])

    def test_suppliers_are_those_of_the_receipts(self):
        self.assertEqual(
            [(row["lot"], row["supplier_lot"]) for row in self.bundle.ask("--backward", seeds=[B])[0]["suppliers"]],
            [("F1", "S1"), ("F2", "S2"), ("F3", "S2")])

    def test_stock_and_runs(self):
        self.assertEqual(self.bundle.stock(), {
            (*F1, "ST"): "90", (*F2, "ST"): "90", (*F3, "ST"): "99", (*F4, "ST"): "98", ("WATER", "ST"): "39.5",
            (*A, "ST"): "7", (*B, "ST"): "11.75", (*X, "ST"): "4"})
        runs = {line["run"]: line["closed"] for line in self.bundle.ask("--stock") if "run" in line}
        self.assertEqual(runs, {"R1": True, "R2": False, "R3": False})


class Names(unittest.TestCase):
    def test_supplier_lot_stands_for_the_one_lot_that_bears_it(self):
        bundle = Bundle(rows(
            "receive document=D1 item=FLOUR lot=F1 quantity=1 to=ST partner=MILL supplier_lot=S1",
            "name item=FLOUR lot=F1 supplier_lot=OTHER issuer=CAFE",
            "consume document=R1 item=FLOUR quantity=1 from=ST supplier_lot=OTHER",
            "produce document=R1 item=DOUGH lot=A quantity=1 to=ST"))
        self.assertEqual(bundle.lots("backward", *A), [A, F1])
        self.assertEqual(len(bundle.ask("--backward", seeds=[A])[0]["suppliers"]), 1)

    def test_receipts_without_an_own_code(self):
        bundle = Bundle(rows(
            "receive document=D1 item=FLOUR quantity=1 to=ST partner=MILL supplier_lot=S1",
            "receive document=D1 item=FLOUR quantity=2 to=ST partner=MILL supplier_lot=S1",
            "receive document=D2 item=FLOUR quantity=4 to=ST partner=MILL supplier_lot=S1",
            "receive document=D1 item=NUT,S quantity=1 to=ST partner=MILL supplier_lot=N",
            "receive document=D2 item=NUT,S quantity=2 to=ST partner=MILL supplier_lot=N",
            "receive document=D2 item=NUT,S quantity=4 to=ST partner=CAFE supplier_lot=N"))
        self.assertEqual(bundle.stock(), {
            ("FLOUR", None, "S1", "D1", "ST"): "3", ("FLOUR", None, "S1", "D2", "ST"): "4",
            ("NUT,S", "N", "ST"): "3", ("NUT,S", None, "N", "D2", "ST"): "4"})


class Quantities(unittest.TestCase):
    def test_other_units_are_rounded_half_up_once(self):
        factors = "item,lot,unit,factor\nFLOUR,,XBG,25.5\nFLOUR,F1,XBG,25\n"
        bundle = Bundle(rows(
            "open item=FLOUR lot=F1 quantity=1 unit=LBR to=ST",        # 0.45359237
            "open item=FLOUR lot=F2 quantity=0.5 unit=GRM to=ST",      # half up
            "open item=FLOUR lot=F3 quantity=2 unit=XBG to=ST",
            "open item=FLOUR lot=F1 quantity=2 unit=XBG to=CAGE",
            "open item=BREAD lot=X quantity=1.5 unit=DZN to=ST"), factors=factors)
        self.assertEqual(bundle.stock(), {
            (*F1, "ST"): "0.454", (*F2, "ST"): "0.001", (*F3, "ST"): "51", (*F1, "CAGE"): "50", (*X, "ST"): "18"})

    def test_counts_are_taken_at_their_instant(self):
        text = rows(
            "open item=FLOUR lot=F1 quantity=10 to=CAGE",
            "open item=FLOUR lot=F2 quantity=7 to=CAGE",
            "move item=FLOUR lot=F1 quantity=4 from=CAGE to=ST",
            "count document=C1 item=FLOUR lot=F1 quantity=9 to=CAGE",  # late: of 10 there, before the move
            "count document=C2 item=FLOUR lot=F1 quantity=5 to=CAGE kind=complete",
            "move document=T1 item=FLOUR lot=F1 quantity=3 from=CAGE",
            "move document=T1 item=FLOUR lot=F1 quantity=2 to=FS",
            "adjust item=FLOUR lot=F1 quantity=1 to=CAGE")
        late = text.replace("2026-03-01T00:03:00Z", "2026-03-01T01:01:30+01:00")
        self.assertEqual(Bundle(late).stock(), {
            (*F1, "ST"): "4", (*F1, "CAGE"): "3", (*F1, "on T1"): "1", (*F1, "FS"): "2"})


class Status(unittest.TestCase):
    def test_holds_are_lifted_one_by_one(self):
        bundle = Bundle(rows(
            "open item=FLOUR lot=F1 quantity=10 to=ST",
            "hold document=H1 item=FLOUR lot=F1",
            "hold document=H2 item=FLOUR lot=F1 from=ST kind=descendants",
            "quarantine item=FLOUR lot=F1",
            "release document=H1 item=FLOUR lot=F1"))
        lines = [line for line in bundle.ask("--stock") if "hold" in line or "status" in line]
        self.assertEqual(lines, [
            {"hold": ["FLOUR", "F1"], "number": "H2", "place": "ST", "kind": "descendants"},
            {"status": ["FLOUR", "F1"], "is": "quarantine"}])


class Files(unittest.TestCase):
    def test_mark_line_ends_column_order_and_quotes(self):
        events = ('\ufeffevent,lot,item,quantity,to,occurred_at,reason\r\n'
                  'open," F,""1""\n",FLOUR,3,ST,2026-03-01,"a\r\nb"\r\n'
                  'open,F2,FLOUR,4,ST,2026-03-01,\r\n\r\n')
        self.assertEqual(Bundle(events).stock(), {("FLOUR", 'F,"1"\n', "ST"): "3", (*F2, "ST"): "4"})


if __name__ == "__main__":
    CLOSURE = sys.argv.pop(1)
    unittest.main(warnings="ignore")
