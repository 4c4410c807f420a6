#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""openapi_fresh.py LOTBOOK FILE: the committed document is what the program says of itself."""
import difflib
import pathlib
import subprocess
import sys

program, committed = sys.argv[1:]
said = subprocess.run([program, "openapi"], capture_output=True, text=True, check=True).stdout
kept = pathlib.Path(committed).read_text(encoding="utf-8") if pathlib.Path(committed).exists() else ""
if said != kept:
    sys.stdout.writelines(list(difflib.unified_diff(kept.splitlines(True), said.splitlines(True), committed, "openapi"))[:60])
    sys.exit("docs/openapi.json is stale: run make api")
