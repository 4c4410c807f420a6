#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server as a process: it says how it is, stops in order, keeps a second writer out, and speaks TLS."""
import pathlib
import shutil
import subprocess
import threading
import unittest

from served import POSTGRESQL, PROGRAM, Client, Served, ServedTest, delivery, set_up


class Status(ServedTest):
    def test_it_says_how_it_is_to_anybody(self):
        nobody = self.served.client(None)
        self.assertEqual(nobody.get("/healthz").json["alive"], True)
        ready = nobody.get("/readyz")
        self.assertEqual((ready.status, ready.json["ready"], ready.json["why_not"]), (200, True, ""))
        self.assertEqual(ready.json["entry"], self.served.client().get("/api/v1/head").json["entry"])

    def test_it_counts(self):
        client = self.served.client()
        self.assertEqual(client.command("receive", delivery("M-1", "M1")).status, 200)
        self.assertEqual(client.command("receive", {}).status, 422)
        client.get("/no/such/page")
        answer = client.get("/metrics")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/plain; version=0.0.4"))
        values = {}
        for line in answer.text.splitlines():
            if not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                self.assertNotIn(name, values)
                values[name] = float(value)
        self.assertEqual(values['lotbook_requests_total{route="/api/v1/receive",status="200"}'], 1)
        self.assertEqual(values['lotbook_requests_total{route="/api/v1/receive",status="422"}'], 1)
        self.assertEqual(values['lotbook_requests_total{route="other",status="404"}'], 1)
        self.assertEqual(values['lotbook_request_seconds_count{route="/api/v1/receive"}'], 2)
        self.assertEqual(values['lotbook_request_seconds_bucket{route="/api/v1/receive",le="+Inf"}'], 2)
        self.assertEqual(values["lotbook_entries"], client.get("/api/v1/head").json["entry"])
        self.assertGreaterEqual(values["lotbook_batch_entries_count"], 1)
        self.assertGreater(values["process_resident_memory_bytes"], 1e6)
        self.assertEqual(values["lotbook_ready"], 1)
        self.assertIn("lotbook_commands_waiting", values)
        self.assertLessEqual(values["lotbook_search_entry"], values["lotbook_entries"])


class Process(unittest.TestCase):
    @unittest.skipIf(POSTGRESQL, "a book in PostgreSQL has as many writers as like")
    def test_a_second_writer_is_told(self):
        with Served() as served:
            second = subprocess.run([PROGRAM, "serve", "--book", served.book, "--port", "0"], capture_output=True, text=True,
                                    timeout=60, check=False)
            self.assertEqual(second.returncode, 3)
            self.assertIn("another process writes this book", second.stderr)

    def test_what_cannot_be_served_is_said(self):
        with Served() as served:
            served.stop()
            for options, text in ((["--tls-certificate", "x.pem"], "both"), (["--tls-certificate", "no.pem", "--tls-key", "no.pem"], "no.pem"),
                                  (["--address", "nowhere"], "nowhere"), (["--port", "70000"], "65535"), (["--book", "no.book"], "no.book")):
                given = {"--book": served.book, "--port": "0", **dict(zip(options[::2], options[1::2]))}
                ran = subprocess.run([PROGRAM, "serve", *(word for pair in given.items() for word in pair)], capture_output=True,
                                     text=True, timeout=60, check=False)
                self.assertIn(ran.returncode, (2, 3), ran.stderr)
                self.assertIn(text, ran.stderr)
            served.start()

    def test_stopping_loses_nothing_that_was_answered(self):
        with Served("--quiet") as served:
            set_up(served.client())
            answered, stopping = [], threading.Event()

            def write(name):
                client = served.client()
                for number in range(10_000):
                    try:
                        answer = client.command("receive", delivery(f"{name}-{number}", f"{name}-{number}"))
                    except OSError:
                        return
                    except Exception as failure:  # the connection was closed between two requests
                        if stopping.is_set():
                            return
                        raise failure
                    if answer.status == 200:
                        answered.append((answer.json["entry"], f"{name}-{number}"))
                    if len(answered) > 50:
                        stopping.set()
            threads = [threading.Thread(target=write, args=(f"W{number}",)) for number in range(8)]
            for thread in threads:
                thread.start()
            self.assertTrue(stopping.wait(timeout=120))
            self.assertEqual(served.stop(), 0)
            for thread in threads:
                thread.join()
            served.start()
            kept, after, client = {}, 0, served.client()
            while page := client.get(f"/api/v1/entries?after={after}&limit=1000").json["entries"]:
                kept.update({entry["entry"]: entry["document"] for entry in page})
                after = page[-1]["entry"]
            for entry, document in answered:
                self.assertEqual(kept[entry], document)

    @unittest.skipUnless(shutil.which("openssl"), "no openssl to make a certificate with")
    def test_tls(self):
        with Served() as served:
            served.stop()
            key, certificate = (str(pathlib.Path(served.folder.name, name)) for name in ("key.pem", "certificate.pem"))
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                            "-out", certificate, "-days", "2", "-subj", "/CN=localhost"], check=True, capture_output=True)
            served.options = ("--tls-certificate", certificate, "--tls-key", key)
            served.start()
            self.assertTrue(served.url.startswith("https://"))
            answer = Client(served.url).ask("POST", "/api/v1/sign-in", {"name": "admin", "password": served.password})
            self.assertEqual(answer.status, 200)
            self.assertTrue(answer.headers["Set-Cookie"].startswith("__Host-lotbook_session="))
            self.assertIn("Secure", answer.headers["Set-Cookie"])
            self.assertIn("max-age", answer.headers["Strict-Transport-Security"])
            browser = served.browser()
            self.assertEqual(browser.command("set_item", {"code": "X", "name": "X"}).status, 200)


if __name__ == "__main__":
    unittest.main()
