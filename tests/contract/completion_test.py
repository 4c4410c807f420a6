#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What bash completes, asked of bash itself."""
import re
import subprocess
import sys
import unittest

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/lotbook"

# COMP_WORDS as bash makes them: cut at blanks and at '=', with the signs as words of their own.
ASK = r"""
source /dev/stdin <<<"$SCRIPT"
COMP_WORDS=("${@}") COMP_CWORD=$(($# - 1)) COMPREPLY=()
_lotbook
printf '%s\n' "${COMPREPLY[@]}"
"""


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.script = subprocess.run([PROGRAM, "completion", "bash"], capture_output=True, text=True, check=True).stdout

    def complete(self, line):
        """What bash offers at the end of this line."""
        words = [word for part in line.split(" ") for word in (re.findall(r"=|[^=]+", part) or [""])]
        asked = subprocess.run(["bash", "--norc", "-uc", ASK, "bash", *words], capture_output=True, text=True,
                               env={"SCRIPT": self.script, "PATH": "/usr/bin:/bin"}, check=True)
        self.assertEqual(asked.stderr, "", line)
        return [offer for offer in asked.stdout.split("\n") if offer]

    def test_verbs(self):
        self.assertEqual(self.complete("lotbook rece"), ["receive"])
        self.assertEqual(self.complete("lotbook trace-"), ["trace-forward", "trace-back"])
        everything = self.complete("lotbook ")
        for verb in ("receive", "lot", "serve", "import", "token", "completion", "--help"):
            self.assertIn(verb, everything)
        self.assertEqual(len(everything), len(set(everything)))
        shown = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
        self.assertLessEqual(set(re.findall(r"^  ([a-z][a-z-]*) ", shown, re.MULTILINE)), set(everything))

    def test_flags(self):
        self.assertEqual(self.complete("lotbook receive --sup"), ["--supplier"])
        self.assertLessEqual({"--lines", "--book", "--json", "--input", "--key"}, set(self.complete("lotbook receive --")))
        self.assertNotIn("--key", self.complete("lotbook lot --"))
        self.assertEqual(self.complete("lotbook import DIR --dry"), ["--dry-run"])
        self.assertEqual(self.complete("lotbook serve --tls-c"), ["--tls-certificate"])
        self.assertEqual(self.complete("lotbook token create --ri"), ["--rights"])

    def test_words_of_their_own(self):
        self.assertEqual(self.complete("lotbook token "), ["create", "list", "revoke"])
        self.assertEqual(self.complete("lotbook completion b"), ["bash"])

    def test_choices(self):
        self.assertEqual(self.complete("lotbook set-place --kind quar"), ["quarantine"])
        self.assertEqual(self.complete("lotbook set-place --kind=quar"), ["quarantine"])
        self.assertIn("storage", self.complete("lotbook set-place --kind="))
        self.assertEqual(self.complete("lotbook entries --kinds disp"), ["dispatch", "dispose"])
        self.assertEqual(self.complete("lotbook receive --confirm-delivery t"), ["true"])

    def test_fields_of_an_object(self):
        self.assertEqual(self.complete("lotbook receive --lines suppl"), ["supplier_lot="])
        self.assertEqual(self.complete("lotbook receive --lines item=FLOUR,exp"), ["FLOUR,expires_on="])
        self.assertEqual(self.complete("lotbook receive --lines item=FL"), [])
        self.assertEqual(self.complete("lotbook set-recipe --lines item=A,line=out"), ["output"])
        self.assertEqual(self.complete("lotbook receive --lines item=A,quantity=5 --doc"), ["--document"])

    def test_files_and_free_words_are_left_to_bash(self):
        self.assertEqual(self.complete("lotbook lot --book fil"), [])
        self.assertEqual(self.complete("lotbook lot FLO"), [])


if __name__ == "__main__":
    unittest.main()
