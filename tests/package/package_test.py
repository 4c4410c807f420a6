#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Debian package and the tarball: what is in them, and that it works when unpacked.

usage: package_test.py LOTBOOK
"""
import gzip
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOTBOOK = sys.argv.pop(1) if len(sys.argv) > 1 else str(ROOT / "build/dev/lotbook")
FILES = ["usr/bin/lotbook", "lib/systemd/system/lotbook.service", "etc/lotbook/lotbook.toml", "usr/share/lotbook/grafana.json",
         "usr/share/lotbook/verify_ledger.py", "usr/share/man/man1/lotbook.1.gz", "usr/share/bash-completion/completions/lotbook",
         "usr/share/doc/lotbook/operate.md", "usr/share/doc/lotbook/ledger-format.md", "usr/share/doc/lotbook/copyright",
         "usr/share/doc/lotbook/changelog.gz"]


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="lotbook-package-"))
        made = run(ROOT / "tools/package.sh", LOTBOOK, cls.folder / "dist")
        assert made.returncode == 0, made.stdout + made.stderr
        cls.version = run(LOTBOOK, "--version").stdout.split()[1]
        cls.deb = next((cls.folder / "dist").glob("*.deb"))
        cls.root = cls.folder / "root"
        subprocess.run(["dpkg-deb", "-x", cls.deb, cls.root], check=True)
        cls.program = cls.root / "usr/bin/lotbook"

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_it_holds_what_it_should_and_nothing_else(self):
        self.assertEqual(self.deb.name, f"lotbook_{self.version}_amd64.deb".replace("amd64", run("dpkg", "--print-architecture").stdout.strip()))
        found = sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())
        self.assertEqual(found, sorted(FILES + ["usr/share/doc/lotbook/import-bundle.md"]))
        for line in run("dpkg-deb", "-c", self.deb).stdout.splitlines():
            self.assertIn(" root/root ", line)
        tarball = next((self.folder / "dist").glob("*.tar.gz"))
        with tarfile.open(tarball) as tar:
            names = [name.split("/", 1)[1] for name in tar.getnames() if tar.getmember(name).isfile()]
        self.assertEqual(sorted(names), found)

    def test_it_says_what_it_needs(self):
        fields = run("dpkg-deb", "-f", self.deb).stdout
        self.assertIn(f"\nVersion: {self.version}\n", fields)
        depends = re.search(r"^Depends: (.*)$", fields, re.M)[1]
        for package in ("libc6", "libsqlite3-0", "libssl3", "libsodium23", "tzdata", "passwd"):
            self.assertIn(package, depends)
        control = self.folder / "control"
        subprocess.run(["dpkg-deb", "-e", self.deb, control], check=True)
        self.assertEqual((control / "conffiles").read_text(), "/etc/lotbook/lotbook.toml\n")
        for script in ("postinst", "prerm", "postrm"):
            self.assertTrue(os.access(control / script, os.X_OK))
            self.assertEqual(run("sh", "-n", control / script).stderr, "")

    def test_it_is_the_same_each_time(self):
        again = self.folder / "again"
        subprocess.run([ROOT / "tools/package.sh", LOTBOOK, again], check=True, capture_output=True)
        self.assertTrue(self.deb.read_bytes() == (again / self.deb.name).read_bytes())

    def test_the_manual_page_renders_and_names_every_verb(self):
        page = gzip.decompress((self.root / "usr/share/man/man1/lotbook.1.gz").read_bytes()).decode()
        shown = run("groff", "-man", "-Tutf8", "-ww", "-Kutf8", input=page)
        self.assertEqual((shown.returncode, shown.stderr[:1000]), (0, ""))
        self.assertLess(len(shown.stdout), 300_000)
        text = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", shown.stdout)
        verbs = re.findall(r"^  ([a-z][a-z-]+)(?:, [a-z-]+)? {2,}", run(self.program, "--help").stdout, re.M)
        self.assertGreater(len(verbs), 100)
        headings = {line.strip() for line in text.splitlines()}
        self.assertEqual(set(verbs) - headings, set())

    def test_completion_is_a_script(self):
        self.assertEqual(run("bash", "-n", self.root / "usr/share/bash-completion/completions/lotbook").stderr, "")

    def test_the_settings_file_has_every_flag_of_serve(self):
        text = (self.root / "etc/lotbook/lotbook.toml").read_text(encoding="utf-8")
        there = set(re.findall(r"^(?:# )?([a-z_]+) = ", text, re.M))
        flags = {name.replace("-", "_") for name in re.findall(r"^\s+--([a-z-]+)", run(self.program, "serve", "--help").stdout, re.M)}
        self.assertEqual(there, flags - {"config"})
        # Also those that stand there as comments are written as the program takes them.
        self.assertStarts(re.sub(r'(?m)^# (?!tls_)([a-z_]+ = )', r"\1", text))

    def assertStarts(self, text):
        book = self.folder / "a.book"
        if not book.exists():
            subprocess.run([self.program, "create", book], check=True, capture_output=True)
        text = text.replace("/var/lib/lotbook/lotbook.book", str(book)).replace("/var/lib/lotbook", str(self.folder))
        text = text.replace("port = 8080", "port = 0").replace("lotbook.example.com", "localhost")
        config = self.folder / "lotbook.toml"
        config.write_text(text, encoding="utf-8")
        process = subprocess.Popen([self.program, "serve", "--config", config], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            for line in process.stdout:
                if found := re.search(r"at (http://\S+)", line):
                    break
            else:
                self.fail(process.stderr.read())
            with urllib.request.urlopen(urllib.request.Request(found[1] + "/metrics", headers={"X-Request-Id": "seen-by-a-proxy"})) as answer:
                metrics = answer.read().decode()
                self.assertEqual(answer.headers["X-Request-Id"], "seen-by-a-proxy")
        finally:
            process.send_signal(signal.SIGTERM)
            log = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 0)
        return metrics, log

    def test_served_by_the_settings_it_logs_json_and_the_dashboard_shows_what_there_is(self):
        metrics, log = self.assertStarts((self.root / "etc/lotbook/lotbook.toml").read_text(encoding="utf-8"))
        lines = [json.loads(line) for line in log.splitlines()]
        self.assertIn("seen-by-a-proxy", [line.get("request_id") for line in lines])
        self.assertTrue(all({"at", "level", "event"} <= set(line) for line in lines))
        names = set(re.findall(r"^# TYPE (\S+)", metrics, re.M)) | {"lotbook_backup_age_seconds", "lotbook_checkpoint_age_seconds"}
        names |= {name + end for name in names for end in ("_bucket", "_sum", "_count")}
        board = json.loads((self.root / "usr/share/lotbook/grafana.json").read_text(encoding="utf-8"))
        asked = {name for panel in board["panels"] for target in panel["targets"]
                 for name in re.findall(r"\b(?:lotbook|process)_\w+", target["expr"])}
        self.assertGreater(len(asked), 10)
        self.assertEqual(asked - names, set(), "the dashboard asks for what the server does not tell")
        self.assertEqual(set(re.findall(r"^# TYPE (\S+)", metrics, re.M)) - {re.sub("_(bucket|sum|count)$", "", name) for name in asked}
                         - {"lotbook_backups_planned"}, set(), "the server tells what the dashboard does not show")

    def test_a_setting_that_is_not_known_is_refused(self):
        config = self.folder / "wrong.toml"
        for text, said in (("bokk = 1\n", 'there is no setting "bokk"'), ("port = 1.5\n", "must be a text"), ("port = \n", "wrong.toml:1"),
                           ("port = 99999\n", "port"), ("config = 'x'\n", "there is no setting")):
            config.write_text(text, encoding="utf-8")
            done = run(self.program, "serve", "--config", config)
            self.assertEqual(done.returncode, 2, text + done.stderr)
            self.assertIn(said, done.stderr)
        self.assertEqual(run(self.program, "serve", "--config", self.folder / "none.toml").returncode, 2)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd here")
    def test_the_service_is_well_formed_and_hardened(self):
        unit = self.folder / "lotbook.service"
        unit.write_text((self.root / "lib/systemd/system/lotbook.service").read_text().replace("/usr/bin/lotbook", str(self.program)))
        judged = run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)
        self.assertEqual(judged.returncode, 0, judged.stdout)


if __name__ == "__main__":
    unittest.main()
