#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/install.sh on machines of every kind, played by stand-ins for dpkg-query, apt-get, id and sudo."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools"
NEEDED = ("bash", "dirname", "awk", "grep", "env", "true", "cat", "mktemp", "rm")


class InstallTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "tools").mkdir()
        (self.root / "bin").mkdir()
        shutil.copy(TOOLS / "install.sh", self.root / "tools")
        (self.root / "tools/packages.txt").write_text("# all\n[build]\ng++\nlibboost1.81-dev\n# why\n\n[test]\ncurl\n")
        for tool in NEEDED:
            (self.root / "bin" / tool).symlink_to(shutil.which(tool))
        self.machine(installed=["g++", "libboost1.81-dev", "curl"], user=0)

    def stand_in(self, name, script):
        file = self.root / "bin" / name
        file.write_text(f"#!/bin/bash\n{script}\n")
        file.chmod(0o755)

    def machine(self, installed, user, apt="exit 0"):
        listed = "\n".join(f"installed {name}" for name in installed)
        # Removed packages whose settings remain are known to dpkg, but not installed.
        self.stand_in("dpkg-query", f'cat <<"E"\n{listed}\nconfig-files libboost1.74-dev\nE\nexit 1')
        self.stand_in("apt-get", f'echo "$DEBIAN_FRONTEND: $*" >>"{self.root}/asked"\n{apt}')
        self.stand_in("id", f"echo {user}")

    def install(self, *sections):
        environment = {"PATH": str(self.root / "bin"), "CI": "true", "TMPDIR": str(self.root)}
        ran = subprocess.run([self.root / "tools/install.sh", *sections], env=environment, capture_output=True, text=True,
                             stdin=subprocess.DEVNULL, check=False)
        asked = self.root / "asked"
        self.asked = asked.read_text().splitlines() if asked.exists() else []
        return ran

    def test_nothing_missing_asks_apt_for_nothing(self):
        self.assertEqual(self.install("build", "test").returncode, 0)
        self.assertEqual(self.asked, [])

    def test_only_what_is_missing_is_installed_and_no_question_asked(self):
        self.machine(installed=["g++", "libboost1.81-dev"], user=0)
        self.assertEqual(self.install("build").returncode, 0)
        self.assertEqual(self.asked, [])
        ran = self.install("build", "test")
        self.assertEqual((ran.returncode, len(self.asked)), (0, 2), ran.stderr)
        self.assertTrue(all(line.startswith("noninteractive: ") and " -y " in line for line in self.asked), self.asked)
        self.assertTrue(self.asked[0].endswith(" update"), self.asked)
        self.assertTrue(self.asked[1].endswith(" --no-remove --no-install-recommends install curl"), self.asked)

    def test_another_boost_is_named_and_left_alone(self):
        self.machine(installed=["g++", "curl", "libboost1.74-dev", "libboost-dev"], user=0)
        ran = self.install("build")
        self.assertEqual((ran.returncode, self.asked), (1, []))
        self.assertIn("apt-get remove libboost1.74-dev\n", ran.stderr)

    def test_a_user_installs_by_sudo(self):
        self.machine(installed=["g++", "libboost1.81-dev"], user=1000)
        self.stand_in("sudo", 'shift; exec "$@"')
        self.assertEqual(self.install("test").returncode, 0)
        self.assertEqual(len(self.asked), 2)

    def test_where_sudo_would_ask_or_is_not_there_the_command_is_said(self):
        self.machine(installed=["g++", "libboost1.81-dev"], user=1000)
        self.assertIn("apt-get install --no-install-recommends curl\n", self.install("test").stderr)
        self.stand_in("sudo", "exit 1")
        ran = self.install("test")
        self.assertEqual((ran.returncode, self.asked), (1, []))
        self.assertIn("sudo wants a password here", ran.stderr)

    def test_a_dead_source_does_not_stop_it_but_a_missing_package_does(self):
        self.machine(installed=["g++", "libboost1.81-dev"], user=0, apt='[[ $* != *update ]]')
        ran = self.install("test")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.machine(installed=["g++", "libboost1.81-dev"], user=0, apt='[[ $* == *update ]] || { echo no curl; exit 100; }')
        ran = self.install("test")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("no curl", ran.stderr)
        self.assertIn("packages of Debian 12", ran.stderr)

    def test_other_systems_are_told_what_is_needed(self):
        os.remove(self.root / "bin/apt-get")
        ran = self.install("build")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("LOTBOOK_NO_INSTALL=1", ran.stderr)
        self.assertIn("g++ libboost1.81-dev", ran.stderr)

    def test_a_wrong_section_is_refused(self):
        self.assertIn("no section [nowhere]", self.install("nowhere").stderr)
        self.assertEqual(self.install().returncode, 1)


if __name__ == "__main__":
    unittest.main()
