#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A commit that no standby is known to have is not called done, and its key settles it: on a database of its own."""
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from server import Server

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "contract"))
PLACE = tempfile.TemporaryDirectory(prefix="lotbook-standby-", dir="/tmp")
os.chmod(PLACE.name, 0o755)
DATABASE = Server(pathlib.Path(PLACE.name, "postgresql"))
os.environ["LOTBOOK_TEST_POSTGRESQL"] = str(pathlib.Path(PLACE.name, "url"))

from served import Served  # noqa: E402  (it reads the environment)


def sql(text):
    done = subprocess.run(["psql", "-qtA", DATABASE.url(), "-c", text], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def want_standby(name):
    DATABASE.configure([f"synchronous_standby_names = '{name}'"])
    sql("select pg_reload_conf()")


class Standby(unittest.TestCase):
    def setUp(self):
        DATABASE.create()
        self.addCleanup(DATABASE.stop)
        pathlib.Path(os.environ["LOTBOOK_TEST_POSTGRESQL"]).write_text(DATABASE.url())

    def test_a_commit_without_its_standby_is_unknown(self):
        with Served() as served:
            client = served.client()
            want_standby("nobody_of_that_name")
            is_over = threading.Event()

            def cancel():
                while not is_over.is_set():
                    sql("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'")
                    time.sleep(0.02)

            canceller = threading.Thread(target=cancel)
            canceller.start()
            # The database takes its new setting over when it likes.
            for key in range(500):
                place = {"code": f"P{key}", "name": "Plant", "kind": "site"}
                answer = client.command("set_place", place, key=str(key))
                if answer.status != 200:
                    break
            is_over.set()
            canceller.join()
            self.assertEqual(answer.status, 503, answer.text)
            self.assertIn("outcome_unknown", answer.text)
            want_standby("")
            for _ in range(100):
                answer = client.command("set_place", place, key=str(key))
                if answer.status != 503:
                    break
                time.sleep(0.05)
            self.assertEqual(answer.status, 200, answer.text)
            again = client.command("set_place", place, key=str(key))
            self.assertEqual(again.json, answer.json)
            self.assertEqual(client.get("/api/v1/head").json["entry"], answer.json["entry"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
