#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rights matrix: every address of the server, as it lists them itself, times everybody who may come, against the
table in this file, which knows nothing of the program's own; and every command at the caller's site and at another's."""
import json
import sqlite3
import time
import unittest

from served import ALL_RIGHTS, Client, ServedTest, Served, set_up_users

ROLES = {
    "viewer": "view",
    "operator": "view operate confirm_here sign",
    "supervisor": "view operate confirm_here sign master_data backdate correct_genealogy override_fefo override_life "
                  "override_best_before",
    "quality": "view operate confirm_here sign quality recall backdate correct_genealogy override_life "
               "override_best_before",
    "admin": ALL_RIGHTS.replace(",", " "),
}
# What a command needs; those that are not named need "operate".
COMMANDS = {
    "admin": "set_book set_user erase_personal",
    "master_data": "set_item set_partner set_address set_place set_recipe set_attribute set_factor",
    "quality": "quarantine release reject hold lift_hold join close_complaint close_defect",
    "correct_genealogy": "void_dispatch",
    "operate": "receive move dispatch set_sales_order set_purchase_order cancel_trade_order close_trade_order "
               "release_pick pick put_back dispatch_order return_goods release_order consume backflush give_back yield "
               "produce close_order reopen_order cancel_order split blend relabel disassemble install remove undo "
               "correct replace pack unpack move_unit nest_unit fill empty clean open_stock transfer_out transfer_in "
               "count adjust found sample dispose return_to_supplier change_dates rename add_name record_complaint "
               "change_complaint record_defect change_defect set_warranty",
}
OTHERS = {
    ("GET", "/"): "view", ("GET", "/lots"): "view", ("GET", "/lot"): "view", ("GET", "/trace"): "view",
    ("GET", "/docs"): "nothing", ("GET", "/sign-in"): "nothing", ("POST", "/sign-in"): "nothing",
    ("POST", "/sign-out"): "nothing", ("GET", "/password"): "sign_in", ("POST", "/password"): "sign_in",
    ("GET", "/healthz"): "nothing", ("GET", "/readyz"): "nothing", ("GET", "/metrics"): "nothing",
    ("POST", "/api/v1/sign-in"): "nothing", ("POST", "/api/v1/sign-out"): "nothing",
    ("GET", "/api/v1/session"): "sign_in", ("POST", "/api/v1/session/confirm"): "sign_in",
    ("GET", "/api/v1/sessions"): "sign_in", ("DELETE", "/api/v1/sessions"): "sign_in",
    ("DELETE", "/api/v1/sessions/{id}"): "sign_in", ("POST", "/api/v1/password"): "sign_in",
    ("GET", "/api/v1/users"): "admin", ("POST", "/api/v1/users/{code}/password"): "admin",
    ("DELETE", "/api/v1/users/{code}/sessions"): "admin", ("GET", "/api/v1/tokens"): "admin",
    ("POST", "/api/v1/tokens"): "admin", ("DELETE", "/api/v1/tokens/{name}"): "admin",
    ("POST", "/api/v1/signatures"): "sign", ("GET", "/api/v1/rights"): "view",
    ("GET", "/api/v1/openapi.json"): "nothing",
}
QUESTIONS = ("head checkpoints lot serial delivery_note handling_unit handling_units vessel serials scans "
             "serials_at complaints defects stock expiring fefo document orders trade_orders trade_order pick_list "
             "availability overrides history entries search holds reviews trace_forward trace_back balance items "
             "partners addresses places recipes attributes factors book").split()
# Not asked here, since they end what the test itself came in with.
ENDING = {("DELETE", "/api/v1/sessions")}


def needed(method, path):
    if (method, path) in OTHERS:
        return OTHERS[method, path]
    if path.startswith("/assets/"):
        return "nothing"
    name = path.removeprefix("/api/v1/")
    for right, names in COMMANDS.items():
        if name in names.split():
            return right
    # Questions change nothing, whether they are asked by GET or by POST.
    if path.startswith("/api/") and name in QUESTIONS and method in ("GET", "POST"):
        return "view"
    return None


class EveryAddress(ServedTest):
    TOKENS = {"expired": ALL_RIGHTS}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A token that has run out: only the stored day tells.
        cls.served.stop()
        with sqlite3.connect(cls.served.book) as book:
            book.execute("update token set expires_at = ? where name = 'expired'", (int(time.time() * 1e6) - 1,))
        cls.served.start()
        set_up_users(cls.served, {"one-" + role: {"role": role} for role in ROLES} | {"gone": {"role": "admin"}})
        cls.everybody = {role: cls.served.browser("one-" + role) for role in ROLES}
        cls.gone = cls.served.browser("gone")
        cls.ended = cls.served.browser("one-operator")
        assert cls.ended.ask("POST", "/api/v1/sign-out").status == 204
        answer = cls.served.client().command("set_user", {"code": "gone", "role": "admin", "disabled": True})
        assert answer.status == 200, answer.text

    def routes(self):
        return self.served.client().get("/api/v1/rights").json["routes"]

    def ask(self, client, method, path):
        path = path.replace("{code}", "nobody").replace("{name}", "none").replace("{id}", "none")
        headers = {"Idempotency-Key": "matrix"} if method == "POST" and path.startswith("/api/") else {}
        body = {"no_such_field": 1} if method == "POST" and path.startswith("/api/") else None
        return client.ask(method, path, body, headers)

    def test_every_address_is_known_here_and_told_of(self):
        documented = self.served.client().get("/api/v1/openapi.json").json["paths"]
        for route in self.routes():
            method, path = route["method"], route["path"]
            right = needed(method, path)
            self.assertIsNotNone(right, f"{method} {path} stands in no table of this test")
            self.assertEqual(route["needs"], right, f"{method} {path}")
            if path.startswith("/api/"):
                self.assertIn(method.lower(), documented.get(path, {}), f"{method} {path} is not documented")
        known = {(route["method"], route["path"]) for route in self.routes()}
        for method, path in OTHERS:
            self.assertIn((method, path), known)
        for names in COMMANDS.values():
            for name in names.split():
                self.assertIn(("POST", "/api/v1/" + name), known)

    def test_roles_are_those_of_the_table(self):
        told = self.served.client().get("/api/v1/rights").json["roles"]
        self.assertEqual({role["role"]: set(role["rights"]) for role in told},
                         {role: set(rights.split()) for role, rights in ROLES.items()})

    def test_everybody_at_every_address(self):
        tried = 0
        for route in self.routes():
            method, path = route["method"], route["path"]
            right = needed(method, path)
            for role, client in self.everybody.items():
                if (method, path) in ENDING or path.endswith("sign-out"):
                    continue
                answer = self.ask(client, method, path)
                tried += 1
                self.assertLess(answer.status, 500, f"{role} at {method} {path}: {answer.text}")
                may = right in ("nothing", "sign_in") or right in ROLES[role].split()
                refused = answer.status == 403 and b"right_needed" in answer.body
                if not path.startswith("/api/"):
                    continue
                self.assertEqual(refused, not may, f"{role} at {method} {path}: {answer.status} {answer.text[:200]}")
        self.assertGreater(tried, 500)

    def test_nobody_comes_in_without_leave(self):
        without = {"no session": Client(self.served.url), "disabled": self.gone, "signed out": self.ended,
                   "expired": self.served.client("expired"),
                   "wrong": Client(self.served.url, {"Authorization": "Bearer lotbook_x"})}
        for route in self.routes():
            method, path = route["method"], route["path"]
            right = needed(method, path)
            if right == "nothing":
                continue
            for who, client in without.items():
                answer = self.ask(client, method, path)
                if path.startswith("/api/"):
                    self.refused(answer, 401, "signed_out")
                else:
                    self.assertEqual(answer.status, 303, f"{who} at {method} {path}")
                    self.assertTrue(answer.headers["Location"].startswith("/sign-in"))


def lines(item, quantity, **more):
    return {"lines": [{"item": item, "quantity": quantity, **more}]}


# Every command, as it may be sent at site PLANT, in an order in which each finds what it needs. A list: (command, body,
# what of the answer is kept). "everywhere": needs somebody who may act everywhere. "free": belongs to no site.
EVERYWHERE = {
    "set_item": {"code": "NEW", "name": "New"}, "set_partner": {"code": "NEW", "name": "New"},
    "set_address": {"code": "NEW", "partner": "CAFE", "name": "New"},
    "set_place": {"code": "NEW", "name": "New", "kind": "storage", "parent": "PLANT"},
    "set_recipe": {"code": "NEW", "name": "New", "lines": [{"line": "input", "item": "FLOUR", "quantity": "1"}]},
    "set_attribute": {"code": "NEW", "name": "New", "kind": "text"},
    "set_factor": {"item": "FLOUR", "unit": "EA", "factor": "2"}, "set_book": {"name": "Other"},
    "set_user": {"code": "new", "role": "viewer"},
    "erase_personal": {"partner": "CAFE", "reason": "asked"},
    "join": {"item": "FLOUR", "lot": "$a", "with": "$b", "reason": "the same"},
}
FREE = {
    "record_complaint": {"customer": "CAFE", "text": "Stale", "number": "C-1"},
    "change_complaint": {"number": "C-1", "reason": "more", "severity": "major"},
    "close_complaint": {"number": "C-1", "outcome": "Credited"},
    "record_defect": {"item": "FLOUR", "text": "Wet", "number": "D-1"},
    "change_defect": {"number": "D-1", "reason": "more", "severity": "major"},
    "close_defect": {"number": "D-1", "outcome": "Dried"},
    "set_warranty": {"item": "PUMP", "serial": "P1", "starts_on": "2026-01-01", "months": 12, "reason": "agreed"},
}
AT_A_SITE = [
    ("receive", {"supplier": "MILL", "document": "R-1", "to": "ST1", **lines("FLOUR", "100")}, "a"),
    ("receive", {"supplier": "MILL", "document": "R-2", "to": "ST1", **lines("FLOUR", "100")}, "b"),
    ("receive", {"supplier": "MILL", "document": "R-3", "to": "ST1",
                 **lines("PUMP", "2", serials=["P1", "P2"])}, "pump"),
    ("receive", {"supplier": "MILL", "document": "R-4", "to": "ST1", **lines("SEAL", "5", serials=list("VWXYZ"))}, "seal"),
    ("open_stock", {"lines": [{"item": "FLOUR", "quantity": "50", "to": "ST1", "lot": "OLD"}]}, "old"),
    ("move", lines("FLOUR", "10", lot="$a", **{"from": "ST1", "to": "ST2"}), None),
    ("quarantine", {"lots": [{"item": "FLOUR", "lot": "$old"}], "reason": "look"}, None),
    ("reject", {"lots": [{"item": "FLOUR", "lot": "$old"}], "reason": "bad"}, None),
    ("release", {"lots": [{"item": "FLOUR", "lot": "$old"}], "reason": "good"}, None),
    ("hold", {"lots": [{"item": "FLOUR", "lot": "$old"}], "number": "H-1", "reason": "look"}, None),
    ("lift_hold", {"number": "H-1", "reason": "fine"}, None),
    ("change_dates", {"item": "FLOUR", "lot": "$old", "expires_on": "2030-01-01", "reason": "read again"}, None),
    ("rename", {"item": "FLOUR", "lot": "$old", "code": "OLDER", "reason": "typed wrongly"}, None),
    ("add_name", {"item": "FLOUR", "lot": "OLDER", "issuer": "MILL", "code": "M-77"}, None),
    ("split", {"item": "FLOUR", "lot": "OLDER", "from": "ST1", "quantity": "10", "equal_parts": 2}, None),
    ("blend", {"item": "FLOUR", "to": "ST1", "lines": [{"lot": "$a", "quantity": "5", "from": "ST1"},
                                                      {"lot": "$b", "quantity": "5", "from": "ST1"}]}, "blend"),
    ("relabel", {"item": "FLOUR", "lot": "$blend", "from": "ST1"}, "labelled"),
    ("release_order", {"document": "O-1", "place": "LINE",
                       "planned": [{"line": "output", "item": "BREAD", "quantity": "10"}]}, None),
    ("consume", {"document": "O-1", **lines("FLOUR", "8", lot="$a", **{"from": "ST1"})}, None),
    ("backflush", {"document": "O-1", "item": "SALT", "quantity": "1", "from": "ST1"}, None),
    ("yield", {"document": "O-1", **lines("BREAD", "10", to="ST1")}, "bread"),
    ("give_back", {"document": "O-1", **lines("FLOUR", "1", lot="$a", to="ST1")}, None),
    ("close_order", {"document": "O-1", "losses": [], "reason": "done"}, None),
    ("reopen_order", {"document": "O-1", "reason": "more"}, None),
    ("release_order", {"document": "O-2", "place": "LINE"}, None),
    ("cancel_order", {"document": "O-2", "reason": "not wanted"}, None),
    ("produce", {"document": "O-3", "place": "LINE", "inputs": lines("FLOUR", "5", lot="$b", **{"from": "ST1"})["lines"],
                 "outputs": lines("BREAD", "5", to="ST1")["lines"]}, "bread2"),
    ("disassemble", {"item": "BREAD", "lot": "$bread2", "quantity": "1", "from": "ST1",
                     "parts": lines("FLOUR", "1", to="ST1")["lines"]}, None),
    ("install", {"item": "PUMP", "serial": "P1", **lines("SEAL", "1", serials=["V"], **{"from": "ST1"})}, None),
    ("remove", {"item": "PUMP", "serial": "P1", **lines("SEAL", "1", serials=["V"], to="ST1")}, None),
    ("pack", {"place": "ST1", **lines("FLOUR", "10", lot="$b")}, "pallet"),
    ("unpack", {"sscc": "$pallet", **lines("FLOUR", "5", lot="$b")}, None),
    ("move_unit", {"sscc": "$pallet", "to": "ST2"}, None),
    ("pack", {"place": "ST2", **lines("FLOUR", "5", lot="$a")}, "case"),
    ("nest_unit", {"sscc": "$case", "into": "$pallet"}, None),
    ("fill", {"vessel": "TANK", **lines("FLOUR", "5", lot="$b", **{"from": "ST1"})}, None),
    ("move", lines("FLOUR", "5", lot="$b", **{"from": "TANK", "to": "ST1"}), None),
    ("empty", {"vessel": "TANK"}, None),
    ("clean", {"vessel": "TANK"}, None),
    ("count", {"place": "ST2", **lines("FLOUR", "10", lot="$a")}, None),
    ("adjust", {"lines": [{"item": "BREAD", "lot": "$bread", "found": "more", "quantity": "0.2", "place": "ST1"}],
                "reason": "crumbs"}, None),
    ("found", {"item": "FLOUR", "quantity": "3", "place": "ST1"}, None),
    ("sample", lines("FLOUR", "1", lot="$b", **{"from": "ST1"}), None),
    ("dispose", {**lines("FLOUR", "1", lot="$b", **{"from": "ST1"}), "reason": "torn"}, "dispose"),
    ("undo", {"entries": ["$dispose"], "reason": "was not"}, None),
    ("dispose", {**lines("FLOUR", "2", lot="$b", **{"from": "ST1"}), "reason": "torn"}, "dispose2"),
    ("correct", {"entry": "$dispose2", "reason": "less", "lines": [{"line": 0, "quantity": "1"}]}, None),
    ("dispose", {**lines("FLOUR", "2", lot="$b", **{"from": "ST1"}), "reason": "torn"}, "dispose3"),
    ("replace", {"entry": "$dispose3", "item": "FLOUR", "lot": "$b", "with": "$a", "reason": "mistaken"}, None),
    ("return_to_supplier", {"supplier": "MILL", "reference": "R-2", **lines("FLOUR", "1", lot="$b", **{"from": "ST1"})}, None),
    ("transfer_out", {"document": "T-1", "to_site": "OTHER", **lines("FLOUR", "1", lot="$b", **{"from": "ST1"})}, None),
    ("transfer_in", {"document": "T-0", "to": "ST2", **lines("FLOUR", "1", lot="OVER", to="ST2")}, None),
    ("dispatch", {"customer": "CAFE", "document": "N-1", **lines("BREAD", "1", lot="$bread", **{"from": "ST1"})}, None),
    ("return_goods", {"customer": "CAFE", "document": "N-1B", "reference": "N-1",
                      **lines("BREAD", "1", lot="$bread", to="BACK")}, None),
    ("dispatch", {"customer": "CAFE", "document": "N-2", **lines("BREAD", "1", lot="$bread", **{"from": "ST1"})}, None),
    ("void_dispatch", {"document": "N-2", "to": "ST1", "reason": "never left"}, None),
    ("set_purchase_order", {"number": "P-1", "supplier": "MILL", "site": "PLANT", "lines": [{"item": "FLOUR", "quantity": "5"}]}, None),
    ("close_trade_order", {"kind": "purchase", "number": "P-1", "reason": "late"}, None),
    ("set_sales_order", {"number": "S-0", "customer": "CAFE", "site": "PLANT", "lines": [{"item": "BREAD", "quantity": "2"}]}, None),
    ("cancel_trade_order", {"kind": "sales", "number": "S-0"}, None),
    ("set_sales_order", {"number": "S-1", "customer": "CAFE", "site": "PLANT", "lines": [{"item": "BREAD", "quantity": "2"}]}, None),
    ("release_pick", {"order": "S-1"}, None),
    ("pick", {"order": "S-1", "to": "STAGE", "lines": [{"line": 1, "lot": "$bread", "quantity": "2", "from": "ST1"}]}, None),
    ("put_back", {"order": "S-1", "lines": [{"line": 1, "lot": "$bread", "quantity": "1", "from": "STAGE", "to": "ST1"}]}, None),
    ("dispatch_order", {"order": "S-1", "document": "N-3"}, None),
]
SITES = [
    ("set_place", {"code": "OTHER", "name": "Other plant", "kind": "site"}),
    ("set_place", {"code": "OST", "name": "Its store", "kind": "storage", "parent": "OTHER"}),
    ("set_place", {"code": "LINE", "name": "Line", "kind": "production", "parent": "PLANT"}),
    ("set_place", {"code": "TANK", "name": "Tank", "kind": "vessel", "mixing": "mixes", "parent": "PLANT"}),
    ("set_place", {"code": "STAGE", "name": "Staging", "kind": "staging", "parent": "PLANT"}),
    ("set_place", {"code": "BACK", "name": "Returns", "kind": "returns", "parent": "PLANT"}),
    ("set_partner", {"code": "CAFE", "name": "Cafe", "roles": ["customer"], "email": "cafe@example.org"}),
    ("set_item", {"code": "BREAD", "name": "Bread", "unit": "EA", "decimals": 1, "yield_tolerance_percent": "100"}),
    ("set_item", {"code": "SALT", "name": "Salt", "unit": "KGM", "decimals": 3, "backflush": True}),
    ("set_item", {"code": "PUMP", "name": "Pump", "tracking": "serial"}),
    ("set_item", {"code": "SEAL", "name": "Seal", "tracking": "serial"}),
    ("set_book", {"name": "Two plants", "gs1_company_prefix": "4012345"}),
    ("open_stock", {"lines": [{"item": "FLOUR", "quantity": "9", "to": "OST", "lot": "OVER"}]}),
    ("transfer_out", {"document": "T-0", "to_site": "PLANT",
                      "lines": [{"item": "FLOUR", "lot": "OVER", "quantity": "2", "from": "OST"}]}),
    ("receive", {"supplier": "MILL", "document": "SALT-1", "to": "ST1", "lines": [{"item": "SALT", "quantity": "9"}]}),
]


class EverySite(ServedTest):
    def setUp(self):
        self.everywhere = self.served.client()
        for name, body in SITES:
            answer = self.everywhere.command(name, body)
            self.assertEqual(answer.status, 200, f"{name} {answer.text}")
        self.at = {}
        for name, site in (("here", "PLANT"), ("there", "OTHER")):
            made = self.everywhere.ask("POST", "/api/v1/tokens",
                                       {"name": name, "rights": ALL_RIGHTS.split(","), "sites": [site]})
            self.assertEqual(made.status, 201, made.text)
            self.at[name] = Client(self.served.url, {"Authorization": "Bearer " + made.json["token"]})
        self.kept = {}

    def filled(self, value):
        if isinstance(value, dict):
            return {name: self.filled(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.filled(part) for part in value]
        return self.kept[value[1:]] if isinstance(value, str) and value.startswith("$") else value

    def keep(self, name, answer):
        if name and name.startswith("dispose"):
            self.kept[name] = answer["entry"]
        elif name and answer["handling_units"]:
            self.kept[name] = answer["handling_units"][0]
        elif name:
            self.kept[name] = answer["opened"][0]["lot"]

    def test_every_command_at_the_own_site_and_at_another(self):
        commands = {route["path"].removeprefix("/api/v1/") for route in self.everywhere.get("/api/v1/rights").json["routes"]
                    if route["method"] == "POST" and "Idempotency-Key" in json.dumps(self.documented(route["path"]))}
        tried = {name for name, _, _ in AT_A_SITE} | set(EVERYWHERE) | set(FREE)
        self.assertEqual(commands - tried, set(), "commands that this test does not try")
        for name, body, kept in AT_A_SITE:
            body = self.filled(body)
            before = self.everywhere.get("/api/v1/head").json["entry"]
            self.refused(self.at["there"].command(name, body), 403, "not_at_your_sites")
            answer = self.at["here"].command(name, body)
            self.assertEqual(answer.status, 200, f"{name} {json.dumps(body)} {answer.text}")
            self.assertGreater(answer.json["entry"], before)
            self.keep(kept, answer.json)
        for name, body in EVERYWHERE.items():
            for who in ("here", "there"):
                self.refused(self.at[who].command(name, self.filled(body)), 403, "not_at_your_sites")
            self.assertEqual(self.everywhere.command(name, self.filled(body)).status, 200, name)
        for name, body in FREE.items():
            answer = self.at["there"].command(name, self.filled(body))
            self.assertEqual(answer.status, 200, f"{name} {answer.text}")

    def documented(self, path):
        if not hasattr(self, "paths"):
            self.paths = self.everywhere.get("/api/v1/openapi.json").json["paths"]
        return self.paths.get(path, {}).get("post", {}).get("parameters", [])


if __name__ == "__main__":
    unittest.main()
