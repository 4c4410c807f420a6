// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"

#include <catch2/catch.hpp>

#include "commands/move.h"

namespace lotbook {

TEST_CASE("A list inside a line is written by naming its field again, and other fields only once", "[cli]") {
  Move move;
  const Refusals none =
      fill_from_flags(shape_of<Move>(), &move, {{"lines", {"item=DISK,serials=D-1,from=A,to=B,serials=D-2"}}});
  CHECK(none.empty());
  REQUIRE(move.lines.size() == 1);
  CHECK(move.lines[0].serials == std::vector<std::string>{"D-1", "D-2"});
  const Refusals twice = fill_from_flags(shape_of<Move>(), &move, {{"lines", {"item=DISK,item=CELL,from=A,to=B"}}});
  REQUIRE(twice.size() == 1);
  CHECK(twice[0].code == Code::malformed);
  CHECK(twice[0].field == "/lines/0/item");
}

}  // namespace lotbook
