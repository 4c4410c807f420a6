// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "commands/test_book.h"

// Names and dates of lots (R3, R12, R48).

using namespace lotbook;

namespace {

void open_lot(TestBook& book, const std::string& lot, const std::string& more = "") {
  book.post("open_stock", "{'lines':[{'item':'FLOUR','lot':'" + lot + "','quantity':'100','to':'ST1'" + more + "}]}");
}

}  // namespace

TEST_CASE("a renamed lot is the same lot; its old code stays findable (R12)") {
  TestBook book;
  open_lot(book, "F1O"), open_lot(book, "F2");
  const Id<Lot> id = book.lot("FLOUR", "F1O").lot.id;
  const auto rename = [&](const std::string& lot, const std::string& code) {
    return book.refused("rename",
                        "{'item':'FLOUR','lot':'" + lot + "','code':'" + code + "','reason':'Typed O for 0'}");
  };
  // It resembles itself, which is no reason to refuse.
  CHECK(rename("F1O", "F10") == "posted");
  CHECK(book.lot("FLOUR", "F10").lot.id == id);
  CHECK(book.refused("move", "{'lines':[{'item':'FLOUR','lot':'F1O','quantity':'1','from':'ST1','to':'ST2'}]}") ==
        "posted");
  CHECK(rename("F10", "F10") == "already_so /code");
  CHECK(rename("F10", "F2") == "lot_code_taken /code");
  CHECK(rename("F10", "f2") == "lot_code_resembles /code");
  CHECK(rename("F10", "none") == "placeholder_code /code");
  CHECK(rename("F9", "F11") == "unknown_lot /lot");
  CHECK(rename("F2", "F1O") == "lot_code_taken /code");
  CHECK(book.refused("rename", "{'item':'FLOUR','lot':'F10','code':'F11'}") == "missing /reason");
  CHECK(
      book.refused("rename", "{'item':'FLOUR','lot':'F10','code':'f2','confirm_new_lot':true,'reason':'So it says'}") ==
      "posted");
  CHECK(rename("f2", "F1O") == "posted");
  CHECK(book.lot("FLOUR", "F1O").lot.id == id);
}

TEST_CASE("a lot bears further names (R3)") {
  TestBook book;
  open_lot(book, "F1"), open_lot(book, "F2");
  const auto name = [&](const std::string& lot, const std::string& issuer, const std::string& code) {
    return book.ask("add_name", "{'item':'FLOUR','lot':'" + lot + "','issuer':'" + issuer + "','code':'" + code + "'}");
  };
  const auto refused = [&](const std::string& lot, const std::string& issuer, const std::string& code) {
    return book.refused("add_name",
                        "{'item':'FLOUR','lot':'" + lot + "','issuer':'" + issuer + "','code':'" + code + "'}");
  };
  CHECK(refused("F1", "FARM", "X7") == "posted");
  CHECK(refused("F1", "FARM", "X7") == "already_named /code");
  CHECK(refused("F1", "MILL", "X7") == "posted");
  CHECK(refused("F1", "NO", "X8") == "unknown_partner /issuer");
  CHECK(refused("F1", "FARM", "unknown") == "placeholder_code /code");
  CHECK(refused("F9", "FARM", "X7") == "unknown_lot /lot");
  const Outcome shared = name("F2", "FARM", "X7");
  CHECK(std::get<Posted>(shared).warnings.at(0).code == "name_shared");
  CHECK(book.refused("quarantine", "{'lots':[{'item':'FLOUR','lot':'X7'}],'reason':'Smells'}") ==
        "ambiguous_lot /lots/0/lot");
}

TEST_CASE("two lots are found to be one (R12)") {
  TestBook book;
  open_lot(book, "F1"), open_lot(book, "F2");
  const auto join = [&](const std::string& lot, const std::string& with) {
    return book.refused("join", "{'item':'FLOUR','lot':'" + lot + "','with':'" + with + "','reason':'Label found'}");
  };
  CHECK(join("F1", "F1") == "already_joined /with");
  CHECK(join("F1", "F9") == "unknown_lot /with");
  CHECK(join("F9", "F1") == "unknown_lot /lot");
  CHECK(join("F1", "F2") == "posted");
  CHECK(join("F2", "F1") == "already_joined /with");
  CHECK(book.refused("join", "{'item':'FLOUR','lot':'F1','with':'F2'}") == "missing /reason");
  const Id<Lot> other = book.lot("FLOUR", "F2").lot.id;
  CHECK(book.see([&](const View& view) { return view.joined_with(other); }) ==
        std::vector<Id<Lot>>{book.lot("FLOUR", "F1").lot.id});
  book.without(Right::quality);
  CHECK(join("F1", "F2") == "right_needed ");
}

TEST_CASE("a later last day needs quality and a reason (R48)") {
  TestBook book;
  open_lot(book, "F1", ",'expires_on':'2026-06-30','best_before_on':'2026-05-31','produced_on':'2026-01-10'");
  const auto change = [&](const std::string& what) {
    return book.refused("change_dates", "{'item':'FLOUR','lot':'F1'," + what + "}");
  };
  book.without(Right::quality);
  CHECK(change("'expires_on':'2026-06-29'") == "posted");
  CHECK(change("'expires_on':'2026-06-30','reason':'Tested'") == "right_needed /expires_on");
  CHECK(change("'best_before_on':'2026-06-01','reason':'Tested'") == "right_needed /best_before_on");
  CHECK(change("'retest_on':'2026-06-01'") == "posted");  // a first one makes it stricter
  CHECK(change("'retest_on':'2026-06-02','reason':'Tested'") == "right_needed /retest_on");
  book.with(Right::quality);
  CHECK(change("'expires_on':'2026-07-31'") == "missing /reason");
  CHECK(change("'expires_on':'2026-07-31','reason':'Tested'") == "posted");
  CHECK(book.lot("FLOUR", "F1").lot.expires_on.text() == "2026-07-31");
  CHECK(change("'expires_on':'2026-07-31'") == "already_so ");
  CHECK(change("'produced_on':'2026-03-03'") == "in_the_future /produced_on");
  CHECK(change("'received_on':'2026-01-09'") == "dates_contradict /received_on");
  CHECK(change("'expires_on':'2026-01-09'") == "dates_contradict /expires_on");
  CHECK(change("'received_on':'2026-01-20'") == "posted");
  CHECK(book.refused("change_dates", "{'item':'FLOUR','lot':'F9'}") == "unknown_lot /lot");
}

TEST_CASE("a day that someone gave is no longer calculated (R47)") {
  TestBook book;
  book.post("set_item", "{'code':'YEAST','name':'Yeast','unit':'KGM','shelf_life_days':10}");
  const Posted receipt = book.post(
      "receive",
      "{'supplier':'MILL','document':'D1','to':'ST1','lines':[{'item':'YEAST','quantity':'5','supplier_lot':'Y1'}]}");
  const std::string lot = receipt.opened.at(0).lot;
  CHECK(book.lot("YEAST", lot).lot.expiry_calculated);
  book.post("change_dates", "{'item':'YEAST','lot':'" + lot + "','expires_on':'2026-03-05'}");
  CHECK_FALSE(book.lot("YEAST", lot).lot.expiry_calculated);
  CHECK(book.lot("YEAST", lot).lot.expires_on.text() == "2026-03-05");
}
