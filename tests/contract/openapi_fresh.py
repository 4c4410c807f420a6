#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""openapi_fresh.py LOTBOOK FILE [VERB]: the committed document is what the program says of itself."""
import difflib
import pathlib
import subprocess
import sys

program, committed, verb = sys.argv[1], sys.argv[2], (sys.argv[3:] or ["openapi"])[0]
said = subprocess.run([program, verb], capture_output=True, text=True, check=True).stdout
kept = pathlib.Path(committed).read_text(encoding="utf-8") if pathlib.Path(committed).exists() else ""
if said != kept:
    sys.stdout.writelines(list(difflib.unified_diff(kept.splitlines(True), said.splitlines(True), committed, verb))[:60])
    sys.exit(f"{committed} is stale: run make api")
