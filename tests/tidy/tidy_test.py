#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks each check of tools/tidy.py on purpose, in a small tree of its own."""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
import rules_tested  # noqa: E402
import tidy  # noqa: E402

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
LAYERS = "# The stair.\nbase\nmodel\nstore\nledger | trace\ncommands | queries\nhttp | cli\nmain.cpp\n"


class TidyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("src/LAYERS", LAYERS)
        (self.root / "docs").mkdir()
        self.refresh_rules()
        shutil.copy(TOOLS.parent / ".clang-format", self.root)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))

    def write_cpp(self, path, body):
        self.write(path, SPDX + ("#pragma once\n" if path.endswith(".h") else "") + body)

    def refresh_rules(self):
        self.write(rules_tested.PAGE, rules_tested.page(rules_tested.read(self.root)[0]))

    def found(self, check=None):
        """What one check finds, or all of them, as 'path:line: text'."""
        tree = tidy.Tree(self.root)
        checks = [check] if check else tidy.CHECKS
        return [f"{f.path}:{f.line}: {f.says}" for one in checks for f in one(tree) if f.fails]

    def assert_finds(self, check, *beginnings):
        found = self.found(check)
        self.assertEqual(len(found), len(beginnings), found)
        for line, beginning in zip(found, beginnings):
            self.assertTrue(line.startswith(beginning), f"{line!r} does not start with {beginning!r}")

    # --- the stair ---

    def test_a_tidy_tree_has_no_findings(self):
        self.write_cpp("src/base/date.h", "namespace lotbook {\nint day_of_month();\n}  // namespace lotbook\n")
        self.write_cpp("src/model/lot.h", '#include "base/date.h"\n')
        self.write_cpp("src/store/sqlite/driver.cpp", '#include "store/sqlite/driver.h"\n')
        self.write_cpp("src/ledger/book_test.cpp", '#include "ledger/book.h"\n\n#include "store/sqlite/driver.h"\n')
        self.write_cpp("src/main.cpp", '#include "http/server.h"\n#include "store/sqlite/driver.h"\n')
        self.assertEqual(self.found(), [])

    def test_a_folder_may_not_include_one_below_it(self):
        self.write_cpp("src/model/lot.cpp", '#include "base/date.h"\n#include "ledger/book.h"\n')
        self.assert_finds(tidy.stair_holds, "src/model/lot.cpp:3: model may not include ledger")

    def test_siblings_never_include_each_other(self):
        self.write_cpp("src/ledger/a.cpp", '#include "trace/b.h"\n')
        self.write_cpp("src/cli/a.cpp", '#include <http/server.h>\n')
        self.assert_finds(tidy.stair_holds, "src/cli/a.cpp:2: cli may not include http", "src/ledger/a.cpp:2: ledger may not")

    def test_an_include_cannot_hide_from_the_stair(self):
        self.write_cpp("src/model/a.cpp", '#include "lot.h"\n#include "../ledger/book.h"\n#  include "nowhere/x.h"\n')
        self.assert_finds(tidy.stair_holds, 'src/model/a.cpp:2: say "lot.h"', "src/model/a.cpp:3: say", "src/model/a.cpp:4: say")

    def test_includes_in_comments_and_of_libraries_do_not_count(self):
        self.write_cpp("src/base/a.cpp", '// #include "http/a.h"\n/*\n#include "cli/a.h"\n*/\n#include <boost/json.hpp>\n')
        self.assert_finds(tidy.stair_holds)

    def test_a_folder_needs_a_place_in_the_stair(self):
        self.write_cpp("src/tools/a.cpp", "")
        self.assert_finds(tidy.stair_holds, "src/tools/a.cpp:1: the folder tools has no place")

    def test_the_stair_itself_must_be_there(self):
        (self.root / "src/LAYERS").unlink()
        self.assert_finds(tidy.stair_holds, "src/LAYERS:1: is missing")

    def test_only_main_and_store_and_unit_tests_name_a_driver(self):
        for path in ("src/commands/a.cpp", "src/other.cpp", "src/store/a.cpp", "src/commands/a_test.cpp", "src/main.cpp"):
            self.write_cpp(path, '#include "store/sqlite/driver.h"\n')
        self.assert_finds(tidy.stair_holds, "src/commands/a.cpp:2: only main.cpp", "src/other.cpp:2: only main.cpp")

    def test_link_targets_obey_the_stair(self):
        self.write("src/CMakeLists.txt", "# SPDX-License-Identifier: Apache-2.0\nadd_layer(base LINKS fmt::fmt)\n"
                   "add_layer(model USES base ledger LINKS x)\nadd_layer(ledger USES trace)\nadd_layer(odd)\n")
        self.assert_finds(tidy.stair_holds, "src/CMakeLists.txt:3: model may not use ledger",
                          "src/CMakeLists.txt:4: ledger may not use trace", "src/CMakeLists.txt:5: odd has no place")

    # --- names and types ---

    def test_empty_words_in_names_of_types(self):
        self.write_cpp("src/model/a.h", "class LotManager {};\nstruct [[nodiscard]] ReceiptInfo;\nenum class Utils { one };\n"
                       "using LotData = int;\nstruct Book::Impl {};\nstruct Handler2 {};\n")
        self.assert_finds(tidy.names_say_something, *[f"src/model/a.h:{line}: " for line in range(3, 9)])

    def test_empty_words_in_names_of_functions(self):
        self.write_cpp("src/model/a.cpp", "void lot_helper(int x);\nstatic std::vector<int> Lot::read_data(int) {\nauto getInfo() {}\n")
        self.assert_finds(tidy.names_say_something, *[f"src/model/a.cpp:{line}: " for line in (2, 3, 4)])

    def test_names_of_libraries_are_not_ours(self):
        self.write_cpp("src/model/a.cpp", "const char* data() const;\nauto x = text.data();\nreturn get_info(1);\n"
                       'spdlog::info("Manager");\nstruct Database {};\nstruct Implied {};\n  boost::json::get_impl(x);\n'
                       "void on_body_impl(int x,\n                  int y) noexcept override {\n}\n"
                       "// class Manager\nauto s = \"class Helper\";\n")
        self.assert_finds(tidy.names_say_something)

    def test_empty_words_in_names_of_files(self):
        self.write_cpp("src/model/string_utils.cpp", "")
        self.write("tools/BookManager.py", "# SPDX-License-Identifier: Apache-2.0\n")
        self.write_cpp("src/model/database.cpp", "")
        self.assert_finds(tidy.names_say_something, "src/model/string_utils.cpp:1: 'utils'", "tools/BookManager.py:1: 'Manager'")

    def test_numbers_are_exact_outside_http_and_bench(self):
        for path in ("src/model/a.cpp", "src/http/a.cpp", "bench/a.cpp", "tests/crash/a.cpp"):
            self.write_cpp(path, "// no double\nlong double x = 1'000'000;\nfloat y; auto s = \"float\"; char c = '\"'; float z;\n")
        self.assert_finds(tidy.numbers_are_exact, *[f"{path}:{line}: " for path in ("src/model/a.cpp", "tests/crash/a.cpp")
                                                    for line in (3, 4, 4)])

    def test_raw_strings_are_not_code(self):
        self.write_cpp("src/model/a.cpp", 'auto sql = R"(float "quoted"\ndouble)";\nauto b = R"x(double )" )x"; double c;\n')
        self.assert_finds(tidy.numbers_are_exact, "src/model/a.cpp:4: double")

    # --- leftovers and manners ---

    def test_unfinished_work_is_found_everywhere(self):
        self.write("docs/a.md", "TO" + "DO later\nmethod\n")
        self.write_cpp("src/model/a.cpp", "// FIX" + "ME\nint x;  // X" + "XX\n")
        self.assert_finds(tidy.nothing_is_left_over, "docs/a.md:1: ", "src/model/a.cpp:2: ", "src/model/a.cpp:3: ")

    def test_conflict_marks(self):
        self.write("docs/a.md", "<" * 7 + " ours\na\n" + "=" * 7 + "\nb\n" + ">" * 7 + " theirs\n")
        self.write("docs/b.md", "Title\n" + "=" * 12 + "\n")
        self.assert_finds(tidy.nothing_is_left_over, *[f"docs/a.md:{line}: a merge" for line in (1, 3, 5)])

    def test_only_the_command_line_prints(self):
        for path in ("src/ledger/a.cpp", "src/cli/a.cpp", "src/main.cpp", "src/ledger/a_test.cpp", "tests/crash/a.cpp"):
            self.write_cpp(path, 'std::cout << 1;\nprintf("x");\nsnprintf(b, 1, "x");\n')
        self.assert_finds(tidy.nothing_is_left_over, "src/ledger/a.cpp:2: std::cout", "src/ledger/a.cpp:3: printf")

    def test_paths_of_one_machine(self):
        self.write("docs/a.md", "see /home/" + "ann/lotbook\nGET /api/work/x is fine, so is build/home/x\n")
        self.assert_finds(tidy.nothing_is_left_over, "docs/a.md:1: /home/")

    def test_scripts_hold_no_address(self):
        self.write("fetch", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\ncurl https://" + "example.org/x\n")
        self.write("tools/b.sh", "# SPDX-License-Identifier: Apache-2.0\ncurl http://localhost:8080/ http://127.0.0.1 http://$h/\n")
        self.assert_finds(tidy.scripts_fetch_nothing, "fetch:3: https://")

    def test_tabs_blanks_and_last_lines(self):
        self.write_cpp("src/model/a.cpp", "int a;\n\tint b;\nint c; \nint d;\r\nint e;")
        self.write("Makefile", "# SPDX-License-Identifier: Apache-2.0\nall:\n\ttrue\n")
        self.assert_finds(tidy.text_is_clean, "src/model/a.cpp:3: a tab", "src/model/a.cpp:4: blanks",
                          "src/model/a.cpp:5: blanks", "src/model/a.cpp:6: the last line")

    def test_every_source_file_says_its_licence(self):
        self.write("src/model/a.cpp", "int x;\n")
        self.write("src/model/b.cpp", "int x;\n" + SPDX)
        self.write("tests/CMakeLists.txt", "add_test()\n")
        self.write("go", "#!/bin/sh\necho\n")
        self.write("come", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n")
        self.write("docs/a.md", "prose\n")
        self.assert_finds(tidy.files_say_their_licence, "go:1: ", "src/model/a.cpp:1: ", "src/model/b.cpp:1: ",
                          "tests/CMakeLists.txt:1: ")

    def test_headers_are_read_once(self):
        self.write("src/model/a.h", SPDX + "int x;\n")
        self.assert_finds(tidy.headers_are_read_once, "src/model/a.h:1: a header")

    def test_long_files_are_warned_of_and_very_long_ones_refused(self):
        self.write_cpp("src/model/a.cpp", "int x;\n" * 500)
        self.write_cpp("src/model/b.cpp", "int x;\n" * 900)
        self.assert_finds(tidy.files_are_short, "src/model/b.cpp:901: 901 lines")
        self.assertEqual(len(list(tidy.files_are_short(tidy.Tree(self.root)))), 2)

    def test_what_is_made_is_not_looked_at(self):
        for folder in ("build/dev", "demo", "web/node_modules/x"):
            self.write(f"{folder}/a.cpp", "\t")
        self.write("src/model/demo/a.cpp", "\tint x;\n")
        self.assert_finds(tidy.text_is_clean, "src/model/demo/a.cpp:1: a tab")

    # --- rules and format ---

    def test_the_rules_page_must_be_fresh(self):
        self.write("tests/stories/a.story", "# proves: R4, R26-R28\nreceive R99\n")
        self.write_cpp("src/model/a_test.cpp", "  // proves: R4\n")
        self.assert_finds(tidy.rules_page_is_fresh, "docs/rules-tested.md:1: is stale")
        self.refresh_rules()
        self.assert_finds(tidy.rules_page_is_fresh)
        page = (self.root / rules_tested.PAGE).read_text(encoding="utf-8")
        self.assertIn("| R4 | [src/model/a_test.cpp](../src/model/a_test.cpp), [tests/stories/a.story]", page)
        self.assertIn("No test yet: R29–R31.", page)
        self.assertIn("4 of 96 rules have a test.", page)

    def test_claims_must_be_understood(self):
        for number, claim in enumerate(("R97", "R0", "4", "R4 and R5", "R5-R4", "")):
            self.write(f"tests/stories/{number}.story", f"\n# proves: {claim}\n")
        self.refresh_rules()
        self.assert_finds(tidy.rules_page_is_fresh, *[f"tests/stories/{number}.story:2: not a list" for number in range(6)])

    def test_a_story_that_speaks_of_a_rule_claims_it(self):
        self.write("tests/stories/a.story", "# proves: R4\n# as R4 says, and R5 too\nlot R6\n")
        self.refresh_rules()
        self.assert_finds(tidy.rules_page_is_fresh, "tests/stories/a.story:2: speaks of R5")

    @unittest.skipUnless(tidy.clang_format(), "no clang-format of our version here")
    def test_code_is_formatted(self):
        self.write_cpp("src/model/a.cpp", "int  x ;\nint  y ;\n")
        self.write_cpp("src/model/b.cpp", "int x;\n")
        self.assert_finds(tidy.code_is_formatted, "src/model/a.cpp:2: not formatted")

    # --- as it is run ---

    def test_exit_codes(self):
        def run(*arguments):
            return subprocess.run([sys.executable, "-B", str(TOOLS / "tidy.py"), *arguments], capture_output=True, text=True,
                                  check=False)
        self.assertEqual(run(str(self.root)).returncode, 0)
        self.write("src/model/a.cpp", "float x;\n")
        ran = run(str(self.root))
        self.assertEqual(ran.returncode, 1)
        self.assertIn("src/model/a.cpp:1: float is not exact", ran.stdout)
        self.assertNotEqual(run("--unknown").returncode, 0)


if __name__ == "__main__":
    unittest.main()
