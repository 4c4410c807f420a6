#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what no compiler does: who includes whom, names, leftovers, sizes, stale pages, format. Run by ctest.

tidy.py [ROOT] prints what is wrong as path:line: text, and exits 1 if anything is. Each check is one function that
yields findings; to add a rule, add a function to CHECKS and a test that breaks it to tests/tidy/tidy_test.py.
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import rules_tested

LICENCE = "SPDX-License-Identifier: Apache-2.0"
DRIVERS = ("store/sqlite/", "store/postgres/")
BANNED_NAMES = {"manager", "helper", "util", "data", "info", "impl"}
# Single words that the standard library and loggers have taught everybody to read.
KNOWN_FUNCTIONS = {"data", "info"}
LINES_ALLOWED, LINES_COMFORTABLE = 800, 400

MADE_AT_TOP = {"build", "demo"}
MADE_ANYWHERE = {".git", "dist", "node_modules", "__pycache__"}
CODE_KINDS = {".cpp", ".h", ".py", ".sh", ".cmake", ".sql", ".ts", ".tsx", ".js", ".css"}
PROSE_KINDS = {".md", ".txt", ".story", ".html"}
CLANG_FORMAT_VERSION = "14"


class Finding(NamedTuple):
    path: str
    line: int
    says: str
    fails: bool = True


class Tree:
    """The files of the project that people write, as paths below its root, and their text."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.files = sorted(self._walk())
        self._texts = {}

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            made = MADE_ANYWHERE | (MADE_AT_TOP if Path(folder) == self.root else set())
            folders[:] = [name for name in folders if name not in made]
            for name in names:
                path = Path(folder, name)
                if path.suffix in CODE_KINDS | PROSE_KINDS or name == "Makefile" or self._is_script(path):
                    yield path.relative_to(self.root).as_posix()

    @staticmethod
    def _is_script(path):
        if path.suffix or not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(2) == b"#!"

    def text(self, path):
        if path not in self._texts:
            # Read as bytes: line ends of other systems must stay visible.
            self._texts[path] = (self.root / path).read_bytes().decode("utf-8", errors="replace")
        return self._texts[path]

    def code_files(self):
        """All but prose: what carries the licence line and has a size."""
        prose = [path for path in self.files if Path(path).suffix in PROSE_KINDS and Path(path).name != "CMakeLists.txt"]
        return [path for path in self.files if path not in prose]

    def cpp_files(self, *folders):
        return [path for path in self.files
                if path.endswith((".cpp", ".h")) and path.split("/")[0] in (folders or ("src", "tests", "bench"))]


COMMENT = r"//[^\n]*|/\*.*?\*/"
LITERAL = r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"' + r"|(?<!\w)'(?:\\.|[^'\\\n])+'"
TOKEN = re.compile(f"(?P<comment>{COMMENT})|{LITERAL}", re.DOTALL)


def blank(text, *, literals):
    """C++ without comments (and literals, if so asked): blanks instead, so that lines and columns stay."""
    def spaces(match):
        return re.sub(r"[^\n]", " ", match[0]) if match["comment"] or literals else match[0]
    return TOKEN.sub(spaces, text)


def matches(pattern, text):
    """(line, match) of each place where the pattern is found."""
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield text.count("\n", 0, match.start()) + 1, match


# --- the stair -------------------------------------------------------------------------------------------------

def read_stair(text):
    """{folder: height}: 0 for the first line of LAYERS; siblings have the same."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {name.strip(): height for height, line in enumerate(lines) for name in line.split("|")}


def may_use(stair, user, used):
    return user == used or stair[used] < stair[user]


def stair_holds(tree):
    if not (tree.root / "src/LAYERS").exists():
        yield Finding("src/LAYERS", 1, "is missing: it says which folder may include which")
        return
    stair = read_stair((tree.root / "src/LAYERS").read_text(encoding="utf-8"))
    for path in tree.cpp_files("src"):
        room = path.split("/")[1]
        at_top = path.count("/") == 1
        if not at_top and room not in stair:
            yield Finding(path, 1, f"the folder {room} has no place in src/LAYERS")
            continue
        for line, match in matches(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', blank(tree.text(path), literals=False)):
            quote, included = match.groups()
            used = included.split("/")[0]
            if used not in stair or "/" not in included:
                if quote == '"' and not (at_top and "/" not in included):
                    yield Finding(path, line, f'say "{included}" from src/ on, with its folder, so that the stair can be checked')
            elif not at_top and not may_use(stair, room, used):
                yield Finding(path, line, f"{room} may not include {used}: src/LAYERS allows only folders above it")
            elif included.startswith(DRIVERS) and not may_name_driver(path):
                yield Finding(path, line, f"only main.cpp, store/ and unit tests name a driver ({included})")
    yield from targets_hold(tree, stair)


def may_name_driver(path):
    # Unit tests, and the headers test_*.h that only they include, open a real store: there are no hand-made fakes.
    return path == "src/main.cpp" or path.startswith("src/store/") or path.endswith("_test.cpp") or "/test_" in path


def targets_hold(tree, stair):
    """The link order of src/CMakeLists.txt obeys the same stair."""
    path = "src/CMakeLists.txt"
    if path not in tree.files:
        return
    for line, match in matches(r"^add_layer\((\w+)(?:\s+USES\s+([^)]*?))?(?:\s+LINKS\s[^)]*)?\)", tree.text(path)):
        layer = match[1]
        for used in [layer, *(match[2] or "").split()]:
            if used not in stair:
                yield Finding(path, line, f"{used} has no place in src/LAYERS")
            elif layer in stair and not may_use(stair, layer, used):
                yield Finding(path, line, f"{layer} may not use {used}: src/LAYERS allows only folders above it")


# --- names and types -------------------------------------------------------------------------------------------

TYPE = r"\b(?:class|struct|union|concept|using|enum(?:[ \t]+(?:class|struct))?)[ \t]+(?:\[\[[^\]]*\]\][ \t]*)?(?:\w+::)*(\w+)"
FUNCTION = r"^[ \t]*(?!(?:return|throw|else|case|goto|new|delete|using|typedef|co_\w+)\b)" \
           r"(?:[\w:]+(?:<[^;{}()\n]*>)?[ \t*&]+)+(?:\w+::)*(\w+)[ \t]*\("


def banned_word(name):
    """The banned word in a name of either spelling, ReceiptManager or receipt_manager, or None."""
    for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name):
        if word.lower() in BANNED_NAMES or word.lower().rstrip("s") in BANNED_NAMES:
            return word
    match = re.search(r"handler\d", name, re.IGNORECASE)
    return match and match[0]


def names_say_something(tree):
    advice = "says nothing; name it after what it is or does"
    for path in tree.files:
        if path.split("/")[0] in ("src", "tests", "bench", "tools", "web") and (word := banned_word(Path(path).stem)):
            yield Finding(path, 1, f"'{word}' in the name of a file {advice}")
    for path in tree.cpp_files():
        code = blank(tree.text(path), literals=True)
        for line, match in matches(TYPE, code):
            if word := banned_word(match[1]):
                yield Finding(path, line, f"'{word}' in {match[1]} {advice}")
        for line, match in matches(FUNCTION, code):
            # Who overrides does not choose the name.
            overrides = re.match(r"[^;{}]*\boverride\b", code[match.end():])
            if match[1] not in KNOWN_FUNCTIONS and not overrides and (word := banned_word(match[1])):
                yield Finding(path, line, f"'{word}' in {match[1]}() {advice}")


def numbers_are_exact(tree):
    for path in tree.cpp_files("src", "tests"):
        if not path.startswith("src/http/"):
            for line, match in matches(r"\b(?:float|double)\b", blank(tree.text(path), literals=True)):
                yield Finding(path, line, f"{match[0]} is not exact: use Decimal or an integer (only http/ and bench/ may)")


# --- leftovers and manners -------------------------------------------------------------------------------------

# Spelt in pieces, so that this file does not find itself.
UNFINISHED = r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3]) + r")\b"
CONFLICT = r"^(?:<{7} .*|={7}|>{7} .*)$"
PRINTING = r"\bstd::(?:cout|cerr|clog|puts|printf)\b|\bfmt::print(?:ln)?\b|(?<![\w:])(?:printf|puts)\s*\("
ONE_MACHINE = r"(?<![\w./-])/(?:home|Users|root|work|mnt|media)/[\w.-]+"
FOREIGN_ADDRESS = r"https?://(?!localhost|127\.|\[::1\]|[$%{<])[^\s\"']*"


def nothing_is_left_over(tree):
    for path in tree.files:
        text = tree.text(path)
        for line, match in matches(UNFINISHED, text):
            yield Finding(path, line, f"{match[0]}: do it, or open an issue and say it in a sentence")
        for line, _ in matches(CONFLICT, text):
            yield Finding(path, line, "a merge left its mark")
        for line, match in matches(ONE_MACHINE, text):
            yield Finding(path, line, f"{match[0]} is a path of one machine")
    for path in tree.cpp_files("src"):
        # Beside main.cpp stands what joins the command line with other rooms.
        if not (path.startswith("src/cli/") or path.count("/") == 1 or path.endswith("_test.cpp")):
            for line, match in matches(PRINTING, blank(tree.text(path), literals=True)):
                yield Finding(path, line, f"{match[0].rstrip(' (')}: only cli/ and main.cpp print; elsewhere return it or log it")


def scripts_fetch_nothing(tree):
    """Packages come from Debian and npm by their own clients, by name: no script of ours knows an address."""
    for path in tree.code_files():
        name = Path(path).name
        if name in ("CMakeLists.txt", "Makefile") or Path(path).suffix in ("", ".sh", ".cmake"):
            for line, match in matches(FOREIGN_ADDRESS, tree.text(path)):
                yield Finding(path, line, f"{match[0]}: build and test scripts hold no address outside this machine")


def text_is_clean(tree):
    for path in tree.files:
        text = tree.text(path)
        if Path(path).name != "Makefile":
            for line, _ in matches(r"^.*\t", text):
                yield Finding(path, line, "a tab: use blanks")
        for line, _ in matches(r"[ \t\r]+$", text):
            yield Finding(path, line, "blanks at the end of the line")
        if text and not text.endswith("\n"):
            yield Finding(path, text.count("\n") + 1, "the last line has no end")


def files_say_their_licence(tree):
    for path in tree.code_files():
        first = tree.text(path).split("\n", 2)[:2]
        if not any(LICENCE in line for line in (first if first[0].startswith("#!") else first[:1])):
            yield Finding(path, 1, f"the first line must say: {LICENCE}")


def headers_are_read_once(tree):
    for path in tree.cpp_files():
        if path.endswith(".h") and not re.search(r"^#pragma once$", tree.text(path), re.MULTILINE):
            yield Finding(path, 1, "a header needs #pragma once")


def files_are_short(tree):
    for path in tree.code_files():
        count = tree.text(path).count("\n")
        if count > LINES_COMFORTABLE:
            yield Finding(path, count, f"{count} lines: {LINES_COMFORTABLE} read well, {LINES_ALLOWED} are the limit",
                          fails=count > LINES_ALLOWED)


# --- generated pages and format --------------------------------------------------------------------------------

def rules_page_is_fresh(tree):
    for path, line, says in rules_tested.problems(tree.root):
        yield Finding(path, line, says)


def clang_format():
    """The clang-format whose output is ours, or None: other versions format differently."""
    for name in (f"clang-format-{CLANG_FORMAT_VERSION}", "clang-format"):
        if path := shutil.which(name):
            said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
            if f"version {CLANG_FORMAT_VERSION}." in said:
                return path
    return None


def code_is_formatted(tree):
    tool, files = clang_format(), tree.cpp_files()
    if not files:
        return
    if not tool:
        yield Finding(".clang-format", 1, f"format not checked: no clang-format {CLANG_FORMAT_VERSION} here", fails=False)
        return
    ran = subprocess.run([tool, "--dry-run", "-Werror", "--ferror-limit=1", *files], cwd=tree.root,
                         capture_output=True, text=True, check=False)
    found = re.findall(r"^(.+?):(\d+):\d+: error: ", ran.stderr, re.MULTILINE)
    for path in sorted({path for path, _ in found}):
        line = min(int(line) for name, line in found if name == path)
        yield Finding(path, line, "not formatted: run make fmt")
    if ran.returncode != 0 and not found:
        yield Finding(".clang-format", 1, f"clang-format failed: {ran.stderr.strip()}")


CHECKS = [stair_holds, names_say_something, numbers_are_exact, nothing_is_left_over, scripts_fetch_nothing, text_is_clean,
          files_say_their_licence, headers_are_read_once, files_are_short, rules_page_is_fresh, code_is_formatted]


def main(arguments):
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        sys.exit(__doc__)
    tree = Tree(arguments[0] if arguments else Path(__file__).resolve().parent.parent)
    findings = [finding for check in CHECKS for finding in check(tree)]
    for finding in sorted(findings):
        print(f"{finding.path}:{finding.line}: {'' if finding.fails else 'warning: '}{finding.says}")
    failures = sum(finding.fails for finding in findings)
    print(f"tidy: {len(tree.files)} files, {failures} to mend, {len(findings) - failures} warnings")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
