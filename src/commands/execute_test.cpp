// SPDX-License-Identifier: Apache-2.0
#include "base/check.h"
#include "commands/test_book.h"

namespace lotbook {
namespace {

Result<Draft> break_a_law(const void*, const Moment&, const View&) {
  check(false, "what must never happen");
  return Refusals{};
}

TEST_CASE("what must never happen while deciding stops all writing, and says so", "[execute]") {
  TestBook book;
  CommandRow row = *find_command("move");
  row.decide = break_a_law;
  Asked asked;
  asked.row = &row, asked.command = row.make(), asked.actor = book.actor, asked.client = "anna", asked.key = "broken";
  CHECK(TestBook::refused(execute_one(book.book(), book.clock, asked)) == "book_is_read_only ");
  CHECK(book.book().stopped_because().find("what must never happen") != std::string::npos);
  CHECK(book.refused("set_item", "{'code':'SALT','name':'Salt','unit':'KGM'}") == "book_is_read_only ");
}

// proves: R96
TEST_CASE("what is erased together with being set is not kept, nor what it was before (R96)") {
  TestBook book;
  const auto kept = [&] {
    return book.see([](const View& view) {
      std::size_t rows = 0;
      view.behind().all_private([&](const PrivateRow&) { ++rows; });
      return rows;
    });
  };
  const auto set = [](const std::string& phone) {
    return std::pair<std::string, std::string>{
        "set_partner", "{'code':'SHOP','name':'Shop','roles':['customer'],'phone':'" + phone + "'}"};
  };
  const std::pair<std::string, std::string> erase{"erase_personal", "{'partner':'SHOP','reason':'asked'}"};
  CHECK(kept() == 0);
  std::vector<Outcome> outcomes = book.together({set("1"), set("2"), erase, erase, set("3")});
  CHECK(TestBook::refused(outcomes[2]) == "posted");
  CHECK(TestBook::refused(outcomes[3]) == "already_so ");
  CHECK(kept() == 1);
  book.post(set("4").first, set("4").second);
  CHECK(kept() == 2);
  CHECK(book.refused(erase.first, erase.second) == "posted");
  CHECK(kept() == 0);
  CHECK(book.refused(erase.first, erase.second) == "already_so ");
}

}  // namespace
}  // namespace lotbook
