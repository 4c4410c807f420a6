#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A script between an ERP and the book: it sends its orders as often as it likes, and reads what became of them."""
import unittest

from served import ServedTest


class Erp:
    """What the ERP knows: its orders, and what the feed said of them up to the last entry that it read."""

    def __init__(self, client):
        self.client, self.read, self.left = client, 0, {}

    def send(self, number, lines, run):
        """The key is the ERP's own: the number of its export run and of the order."""
        body = {"number": number, "customer": "SHOP", "site": "PLANT",
                "lines": [{"line": line, "item": item, "quantity": quantity} for line, (item, quantity) in lines.items()]}
        return self.client.command("set_sales_order", body, key=f"run-{run}-{number}")

    def follow(self, limit=3):
        """Reads on where it left off; what a correction took back, it takes back too."""
        seen = []
        while True:
            page = self.client.get(f"/api/v1/entries?after={self.read}&limit={limit}").json["entries"]
            if not page:
                return seen
            for card in page:
                assert card["entry"] == self.read + 1, "the feed has no gap"
                self.read = card["entry"]
                seen.append((card["kind"], card["reference"] or card["document"]))
                self.take(card)
                for gone in card["reverses"]:
                    self.take(self.client.get(f"/api/v1/entries?after={gone - 1}&limit=1").json["entries"][0], -1)

    def take(self, card, sign=1):
        if card["kind"] != "dispatch":
            return
        of_order = self.left.setdefault(card["reference"], {})
        for line in card["lines"]:
            if line["to"] == "customer":
                of_order[line["lot"]] = of_order.get(line["lot"], 0) + sign * int(line["quantity"])


class BetweenErpAndBook(ServedTest):
    TOKENS = {"erp": "view,operate", "floor": "view,operate,correct_genealogy"}

    def test_orders_are_sent_again_and_the_feed_tells_what_left(self):
        for name, body in [
            ("set_place", {"code": "STAGE", "name": "Staging", "kind": "staging", "parent": "PLANT"}),
            ("set_partner", {"code": "SHOP", "name": "Shop", "roles": ["customer"]}),
            ("set_item", {"code": "TART", "name": "Tart", "unit": "EA", "decimals": 0}),
            ("open_stock", {"document": "GO-LIVE", "lines": [
                {"item": "TART", "lot": "T1", "quantity": "30", "to": "ST1", "expires_on": "2099-01-01"},
                {"item": "TART", "lot": "T2", "quantity": "30", "to": "ST1", "expires_on": "2099-02-01"}]}),
        ]:
            answer = self.served.client().command(name, body)
            self.assertEqual(answer.status, 200, answer.text)
        erp, floor = Erp(self.served.client("erp")), self.served.client("floor")
        erp.follow()

        first = erp.send("SO-1", {1: ("TART", "40")}, run=1)
        self.assertEqual(first.status, 200, first.text)
        # The connection broke, and the run is sent again under its keys; the next run has the same orders under others.
        self.assertEqual(erp.send("SO-1", {1: ("TART", "40")}, run=1).json, first.json)
        self.assertEqual(erp.send("SO-1", {1: ("TART", "40")}, run=2).json["entry"], first.json["entry"])
        self.assertEqual(erp.send("SO-1", {1: ("TART", "35")}, run=3).json["entry"], first.json["entry"] + 1)
        # A key stands for one request.
        self.refused(erp.send("SO-1", {1: ("TART", "36")}, run=3), 422, "key_reused")
        self.assertEqual(erp.follow(), [("set_order", "SO-1"), ("set_order", "SO-1")])

        def done(name, body):
            answer = floor.command(name, body)
            self.assertEqual(answer.status, 200, answer.text)
            return answer.json

        done("pick", {"order": "SO-1", "to": "STAGE", "lines": [{"line": 1, "lot": "T1", "quantity": "30", "from": "ST1"}]})
        # What is picked already is not ordered away, and the answer says how far it got.
        less = erp.send("SO-1", {1: ("TART", "20")}, run=4)
        self.assertEqual(less.status, 409, less.text)
        self.assertIn("30 picked", less.text)
        gone = erp.client.command("cancel_trade_order", {"kind": "sales", "number": "SO-1"})
        self.refused(gone, 409, "order_has_begun")
        self.assertIn("line 1: 30 picked", gone.text)
        done("dispatch_order", {"order": "SO-1", "document": "N-1"})
        done("pick", {"order": "SO-1", "to": "STAGE", "lines": [{"line": 1, "lot": "T2", "quantity": "5", "from": "ST1"}]})
        last = done("dispatch_order", {"order": "SO-1", "document": "N-2"})
        self.assertEqual(erp.follow(),
                         [("pick", "SO-1"), ("dispatch", "SO-1"), ("pick", "SO-1"), ("dispatch", "SO-1")])
        self.assertEqual(erp.left, {"SO-1": {"T1": 30, "T2": 5}})

        # The second delivery never left: the feed says so, and the order is open again.
        done("undo", {"entries": [last["entry"]], "reason": "wrong truck"})
        self.assertEqual([kind for kind, _ in erp.follow()], ["undo"])
        self.assertEqual(erp.left, {"SO-1": {"T1": 30, "T2": 0}})
        order = erp.client.get("/api/v1/trade_order?kind=sales&number=SO-1").json
        self.assertEqual([(line["open"], line["picked"], line["done"]) for line in order["lines"]], [("0", "5", "30")])

        # Who starts anew from the first entry comes to know the same.
        again = Erp(self.served.client("erp"))
        again.follow(limit=1000)
        self.assertEqual((again.read, again.left), (erp.read, erp.left))


if __name__ == "__main__":
    unittest.main()
