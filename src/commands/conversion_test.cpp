// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "commands/test_book.h"
#include "model/place_ends.h"

// One lot into several, several into one, new labels, taking apart, and consumption without naming lots.

using namespace lotbook;

namespace {

void stock(TestBook& book, const std::string& item, const std::string& lot, const std::string& quantity,
           const std::string& more = "") {
  book.post("open_stock", "{'lines':[{'item':'" + item + "','lot':'" + lot + "','quantity':'" + quantity +
                              "','to':'ST1'" + more + "}]}");
}

}  // namespace

// proves: R16, R48, R77
TEST_CASE("a split keeps dates, status and holds, and its parts sum to the whole (R16, R48, R77)") {
  TestBook book;
  stock(book, "FLOUR", "F1", "10", ",'expires_on':'2026-12-31','produced_on':'2026-01-02'");
  book.post("quarantine", "{'lots':[{'item':'FLOUR','lot':'F1'}],'reason':'check'}");
  const Posted hold = book.post("hold", "{'lots':[{'item':'FLOUR','lot':'F1'}],'reason':'wet'}");
  const Posted posted = book.post("split", "{'item':'FLOUR','lot':'F1','from':'ST1','equal_parts':3}");
  REQUIRE(posted.opened.size() == 3);
  CHECK(book.on_hand("FLOUR", posted.opened[0].lot, "ST1") == "3.333");
  CHECK(book.on_hand("FLOUR", posted.opened[2].lot, "ST1") == "3.334");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "0");
  const LotState child = book.lot("FLOUR", posted.opened[0].lot);
  CHECK(child.lot.expires_on.text() == "2026-12-31");
  CHECK(child.lot.produced_on.text() == "2026-01-02");
  CHECK(child.lot.quality == Quality::quarantine);
  CHECK(child.is_held);
  const Entry entry = book.entry(posted.entry);
  REQUIRE(entry.lines.size() == 4);
  CHECK(entry.lines[0].to == ends::conversion);
  CHECK_FALSE(entry.run);
  book.without(Right::quality);
  CHECK(book.refused("split", "{'item':'FLOUR','lot':'" + posted.opened[0].lot + "','from':'ST1','equal_parts':3}") ==
        "right_needed /lot");
}

TEST_CASE("parts of a split are named, the last may take the rest") {
  TestBook book;
  stock(book, "CHEESE", "C1", "12", ",'quantity2':'41.380'");
  book.post("split",
            "{'item':'CHEESE','lot':'C1','from':'ST1','parts':[{'lot':'C1-A','quantity':'5','quantity2':'17.215',"
            "'to':'ST2'},{'lot':'C1-B'}]}");
  CHECK(book.on_hand("CHEESE", "C1-A", "ST2") == "5");
  CHECK(book.on_hand("CHEESE", "C1-B", "ST1") == "7");
  CHECK(book.lot("CHEESE", "C1-B").cells.front().quantity2.text() == "24.165");
  stock(book, "FLOUR", "F1", "10");
  const auto refused = [&](const std::string& more) {
    return book.refused("split", "{'item':'FLOUR','lot':'F1','from':'ST1'" + more + "}");
  };
  CHECK(refused("") == "missing /parts");
  CHECK(refused(",'parts':[{'quantity':'1'}],'equal_parts':2") == "missing /parts");
  CHECK(refused(",'parts':[{'quantity':'11'}]") == "not_enough /parts");
  CHECK(refused(",'parts':[{'quantity':'10'},{}]") == "not_enough /parts/1");
  CHECK(refused(",'quantity':'5','parts':[{'quantity':'1'},{'quantity':'1'}]") == "more_than_consumed /quantity");
  CHECK(refused(",'parts':[{},{'quantity':'1'}]") == "quantity_not_positive /parts/0/quantity");
  CHECK(refused(",'parts':[{'lot':'A','quantity':'1'},{'lot':'A','quantity':'1'}]") == "lot_code_taken /parts/1/lot");
  CHECK(refused(",'parts':[{'lot':'F1','quantity':'1'}]") == "lot_code_taken /parts/0/lot");
  CHECK(refused(",'parts':[{'quantity':'1','to':'N1'}]") == "not_the_same_site /parts/0/to");
  CHECK(refused(",'equal_parts':1000,'quantity':'0.5'") == "quantity_not_positive /equal_parts");
  CHECK(book.refused("split", "{'item':'WATER','lot':'W','from':'ST1','equal_parts':2}") != "posted");
}

// proves: R38
TEST_CASE("a hold on one place does not lose goods to a split (R38)") {
  TestBook book;
  stock(book, "FLOUR", "F1", "10");
  book.post("hold", "{'lots':[{'item':'FLOUR','lot':'F1'}],'reason':'wet','place':'ST1'}");
  CHECK(book.refused("split", "{'item':'FLOUR','lot':'F1','from':'ST1','parts':[{'quantity':'1','to':'ST2'}]}") ==
        "lot_is_on_hold /parts/0/to");
  const Posted posted =
      book.post("split", "{'item':'FLOUR','lot':'F1','from':'ST1','parts':[{'lot':'FA','quantity':'1'}]}");
  CHECK(book.lot("FLOUR", "FA").is_held);
}

// proves: R40, R48, R77
TEST_CASE("a blend has the earliest dates and waits when one of its lots does (R40, R48, R77)") {
  TestBook book;
  book.post("set_item", "{'code':'OIL','name':'Oil','unit':'LTR','decimals':3,'use_at_risk':true}");
  stock(book, "OIL", "O1", "10", ",'expires_on':'2026-12-31','produced_on':'2026-01-05'");
  stock(book, "OIL", "O2", "10", ",'expires_on':'2026-10-31','produced_on':'2026-01-09'");
  stock(book, "FLOUR", "F1", "10");
  stock(book, "FLOUR", "F2", "10");
  const std::string both = "[{'lot':'O1','quantity':'4','from':'ST1'},{'lot':'O2','quantity':'6','from':'ST1'}]";
  book.post("blend", "{'item':'OIL','to':'ST2','new_lot':'OB','lines':" + both + "}");
  const LotState blend = book.lot("OIL", "OB");
  CHECK(blend.on_hand().text() == "10");
  CHECK(blend.lot.expires_on.text() == "2026-10-31");
  CHECK(blend.lot.produced_on.text() == "2026-01-05");
  CHECK(blend.lot.quality == Quality::released);
  book.post("quarantine", "{'lots':[{'item':'OIL','lot':'O1'},{'item':'FLOUR','lot':'F1'}],'reason':'check'}");
  book.post("blend",
            "{'item':'OIL','to':'ST2','new_lot':'OC','lines':" +
                std::string("[{'lot':'O1','quantity':'1','from':'ST1'},{'lot':'O2','quantity':'1','from':'ST1'}]") +
                "}");
  CHECK(book.lot("OIL", "OC").lot.quality == Quality::quarantine);
  const auto refused = [&](const std::string& lines, const std::string& to = "ST1") {
    return book.refused("blend", "{'item':'FLOUR','to':'" + to + "','lines':[" + lines + "]}");
  };
  const std::string f2 = "{'lot':'F2','quantity':'1','from':'ST1'}";
  CHECK(refused(f2) == "missing /lines");
  CHECK(refused(f2 + "," + f2) == "missing /lines");
  CHECK(refused(f2 + ",{'lot':'F1','quantity':'1','from':'ST1'}") == "lot_is_in_quarantine /lines/1/lot");
  CHECK(refused(f2, "N1") == "not_the_same_site /lines/0/from");
  CHECK(refused("{'lot':'F9','quantity':'1','from':'ST1'}") == "unknown_lot /lines/0/lot");
}

// proves: R12, R48
TEST_CASE("relabelled goods are a new lot with the same dates (R12, R48)") {
  TestBook book;
  stock(book, "FLOUR", "F1", "10", ",'expires_on':'2026-12-31'");
  book.post("relabel", "{'item':'FLOUR','lot':'F1','from':'ST1','new_lot':'X-1','quantity':'4'}");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "6");
  CHECK(book.on_hand("FLOUR", "X-1", "ST1") == "4");
  CHECK(book.lot("FLOUR", "X-1").lot.expires_on.text() == "2026-12-31");
  book.post("relabel", "{'item':'FLOUR','lot':'F1','from':'ST1'}");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "0");
  CHECK(book.refused("relabel", "{'item':'FLOUR','lot':'F1','from':'ST1'}") == "not_enough /from");
  CHECK(book.refused("relabel", "{'item':'FLOUR','lot':'X-1','from':'ST1','new_lot':'F1'}") ==
        "lot_code_taken /new_lot");
  CHECK(book.refused("relabel", "{'item':'FLOUR','lot':'X-1','from':'ST1','to':'N1'}") == "not_the_same_site /to");
  CHECK(book.refused("relabel", "{'item':'FLOUR','lot':'X-1','from':'ST1','quantity':'5'}") == "not_enough /quantity");
  book.post("quarantine", "{'lots':[{'item':'FLOUR','lot':'X-1'}],'reason':'check'}");
  CHECK(book.refused("relabel", "{'item':'FLOUR','lot':'X-1','from':'ST1'}") == "lot_is_in_quarantine /lot");
}

// proves: R73
TEST_CASE("taken apart: known lots come back as themselves, all else is new (R73)") {
  TestBook book;
  for (const char* item :
       {"{'code':'PUMP','name':'Pump'}", "{'code':'MOTOR','name':'Motor'}", "{'code':'CASE','name':'Case'}"})
    book.post("set_item", item);
  stock(book, "PUMP", "P1", "3", ",'expires_on':'2026-12-31'");
  stock(book, "MOTOR", "M1", "5");
  book.post("disassemble",
            "{'item':'PUMP','lot':'P1','quantity':'1','from':'ST1','parts':[{'item':'MOTOR','lot':'M1',"
            "'quantity':'1','to':'ST1'},{'item':'CASE','lot':'K1','quantity':'1','to':'ST2'}]}");
  CHECK(book.on_hand("MOTOR", "M1", "ST1") == "6");
  CHECK(book.on_hand("CASE", "K1", "ST2") == "1");
  CHECK(book.lot("CASE", "K1").lot.expires_on.text() == "2026-12-31");
  book.post("reject", "{'lots':[{'item':'PUMP','lot':'P1'}],'reason':'burnt'}");
  const std::string whole = "{'item':'PUMP','lot':'P1','quantity':'1','from':'ST1','parts':[";
  CHECK(book.refused("disassemble", whole + "{'item':'MOTOR','lot':'M1','quantity':'1','to':'ST1'}]}") ==
        "needs_release /parts/0/lot");
  book.post("disassemble", whole + "{'item':'MOTOR','lot':'M2','quantity':'1','to':'ST1'}]}");
  CHECK(book.lot("MOTOR", "M2").lot.quality == Quality::quarantine);
  CHECK(book.refused("disassemble", whole + "]}") == "missing /parts");
  CHECK(book.refused("disassemble", whole + "{'item':'MOTOR','lot':'n/a','quantity':'1','to':'ST1'}]}") ==
        "placeholder_code /parts/0/lot");
}

// proves: R69
TEST_CASE("backflush takes first in first out and links every lot that lay there (R69)") {
  TestBook book;
  book.post("set_item", "{'code':'SALT','name':'Salt','unit':'KGM','decimals':3,'backflush':true}");
  book.post("set_item", "{'code':'BREAD','name':'Bread'}");
  const auto salt = [&](const std::string& lot, const std::string& quantity, const std::string& made) {
    stock(book, "SALT", lot, quantity, ",'produced_on':'" + made + "'");
  };
  salt("S1", "2", "2026-01-03"), salt("S2", "3", "2026-01-01"), salt("S3", "4", "2026-01-02");
  salt("GONE", "1", "2025-12-01");
  book.post("move", "{'lines':[{'item':'SALT','lot':'GONE','quantity':'1','from':'ST1','to':'ST2'}]}");
  book.pass(86'400);
  book.post("release_order", "{'document':'PO1','place':'ST1'}");
  book.post("yield", "{'document':'PO1','lines':[{'item':'BREAD','lot':'B1','quantity':'1','to':'ST2'}]}");
  book.pass(3600);
  book.post("move", "{'lines':[{'item':'SALT','lot':'S1','quantity':'2','from':'ST1','to':'ST2'}]}");
  const Posted posted = book.post("backflush", "{'document':'PO1','item':'SALT','quantity':'5','from':'ST1'}");
  CHECK(book.on_hand("SALT", "S2", "ST1") == "0");
  CHECK(book.on_hand("SALT", "S3", "ST1") == "2");
  const auto assumed = book.facts<Assumed>(posted.entry);
  REQUIRE(assumed.size() == 3);  // S1 left during the run, GONE before it
  CHECK(assumed[0].lot == book.lot("SALT", "S1").lot.id.value);
  CHECK(assumed[0].at_most.text() == "2");
  CHECK(assumed[1].at_most.text() == "3");
  CHECK(book.refused("backflush", "{'document':'PO1','item':'SALT','quantity':'3','from':'ST1'}") ==
        "not_enough /quantity");
  stock(book, "FLOUR", "F1", "10");
  CHECK(book.refused("backflush", "{'document':'PO1','item':'FLOUR','quantity':'1','from':'ST1'}") ==
        "backflush_not_allowed /item");
  CHECK(book.refused("backflush", "{'document':'PO9','item':'SALT','quantity':'1','from':'ST1'}") ==
        "unknown_order /document");
}
