// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "base/test_seed.h"
#include "commands/run_content.h"
#include "commands/test_book.h"

// Whatever is posted to an order in whatever order, its links are those of R65, R66 and R68: told here a second time,
// in the plainest words.

using namespace lotbook;

namespace {

/// What a person would write on paper.
struct Paper {
  std::map<std::pair<std::string, std::string>, int> used;  // (input, assigned output or ""): units in process
  std::set<std::string> made;

  std::set<std::pair<std::string, std::string>> links() const {
    std::set<std::pair<std::string, std::string>> all;
    for (const auto& [what, units] : used)
      for (const std::string& output : made)
        if (units > 0 && (what.second.empty() || what.second == output)) all.emplace(what.first, output);
    return all;
  }
};

}  // namespace

// proves: R65, R66, R68
TEST_CASE("links of a run are every input with every output, but for assignments and what came back") {
  const TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); };
  TestBook book;
  book.post("set_item", "{'code':'BREAD','name':'Bread'}");
  for (int i = 0; i < 5; ++i)
    book.post("open_stock",
              "{'lines':[{'item':'FLOUR','lot':'F" + std::to_string(i) + "','quantity':'1000','to':'ST1'}]}");
  for (int round = 0; round < 6; ++round) {
    const std::string order = "PO" + std::to_string(round), batch = "B" + std::to_string(round) + "-";
    std::string batches;
    for (int i = 0; i < 4; ++i)
      batches += std::string(i ? "," : "") + "{'item':'BREAD','code':'" + batch + std::to_string(i) + "'}";
    book.post("release_order",
              "{'document':'" + order + "','place':'ST1','confirm_new_lot':true,'batches':[" + batches + "]}");
    Paper paper;
    for (int step = 0; step < 25; ++step) {
      const std::string input = "F" + std::to_string(below(5)), output = batch + std::to_string(below(4));
      const int units = 1 + below(3);
      const std::string much = "'quantity':'" + std::to_string(units) + "'";
      const bool is_assigned = below(3) == 0;
      const std::string into = is_assigned ? ",'into':'" + output + "'" : "";
      switch (below(3)) {
        case 0:
          book.post("consume", "{'document':'" + order + "','lines':[{'item':'FLOUR','lot':'" + input + "'," + much +
                                   ",'from':'ST1'" + into + "}]}");
          paper.used[{input, is_assigned ? output : ""}] += units;
          break;
        case 1:
          book.post("yield", "{'document':'" + order + "','lines':[{'item':'BREAD','lot':'" + output + "'," + much +
                                 ",'to':'ST2'}]}");
          paper.made.insert(output);
          break;
        default: {
          // With "into" left out, what comes back is clear only where the lot went one way.
          int ways = 0;
          for (const auto& [what, in_process] : paper.used) ways += what.first == input && in_process > 0;
          int& in_process = paper.used[{input, is_assigned ? output : ""}];
          const bool fits = in_process >= units && (is_assigned || ways == 1);
          const std::string answer =
              book.refused("give_back", "{'document':'" + order + "','lines':[{'item':'FLOUR','lot':'" + input + "'," +
                                            much + ",'to':'ST1'" + into + "}]}");
          CAPTURE(order, step, input, output, units, is_assigned, answer);
          if (fits) CHECK(answer == "posted");
          if (answer != "posted") break;
          if (is_assigned || in_process > 0)
            in_process -= units;
          else
            for (auto& [what, other] : paper.used)
              if (what.first == input && other > 0) other -= units;
        }
      }
    }
    const auto links = book.see([&](const View& view) {
      std::set<std::pair<std::string, std::string>> all;
      for (const RunLink& link : links_of(content_of(view, view.run_numbered(order)->id)))
        all.emplace(view.lot(link.from)->lot.code, view.lot(link.to)->lot.code);
      return all;
    });
    CAPTURE(order);
    CHECK(links == paper.links());
  }
}
