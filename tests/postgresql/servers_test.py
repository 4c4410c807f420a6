#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two servers on one book: what is written at one is read at the other, and who may come in is the same at both."""
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "contract"))
from served import PROGRAM, Client, Served, set_up, token  # noqa: E402


class Servers(unittest.TestCase):
    def setUp(self):
        self.first = Served()
        self.first.start()
        self.second = self.first.another()
        self.addCleanup(self.first.__exit__)
        self.addCleanup(self.second.stop)

    def soon(self, ask, status):
        """What one server learns of the other by the second."""
        until = time.monotonic() + 30
        while True:
            answer = ask()
            if answer.status == status or time.monotonic() > until:
                self.assertEqual(answer.status, status, answer.text)
                return
            time.sleep(0.05)

    def test_entries_are_read_at_once(self):
        one, other = self.first.client(), self.second.client()
        set_up(one)
        for turn in range(20):
            writer, reader = (one, other) if turn % 2 == 0 else (other, one)
            posted = writer.command("set_partner", {"code": f"P{turn}", "name": "Partner", "roles": ["customer"]})
            self.assertEqual(posted.status, 200, posted.text)
            head = reader.get("/api/v1/head")
            self.assertEqual(head.json["entry"], posted.json["entry"])
            partners = reader.get("/api/v1/partners")
            self.assertIn(f'"P{turn}"', partners.text)
            self.assertEqual(int(partners.headers["Lotbook-Entry"]), posted.json["entry"])

    def test_a_key_is_known_at_both(self):
        partner = {"code": "P", "name": "Partner", "roles": ["customer"]}
        posted = self.first.client().command("set_partner", partner, key="once")
        again = self.second.client().command("set_partner", partner, key="once")
        self.assertEqual((posted.status, again.status), (200, 200))
        self.assertEqual(again.json, posted.json)

    def test_tokens_hold_at_both(self):
        shown = token(self.first.book, "scale", "view")
        asking = [Client(server.url, {"Authorization": "Bearer " + shown}) for server in (self.first, self.second)]
        for client in asking:
            self.soon(lambda: client.get("/api/v1/head"), 200)
        subprocess.run([PROGRAM, "token", "revoke", "scale", "--book", self.first.book], check=True, capture_output=True)
        for client in asking:
            self.soon(lambda: client.get("/api/v1/head"), 401)


if __name__ == "__main__":
    unittest.main()
