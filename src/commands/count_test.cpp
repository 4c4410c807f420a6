// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "commands/test_book.h"
#include "model/place_ends.h"

// Counts, adjustments, found goods and unknown lots (R59, R61, R63).

using namespace lotbook;

namespace {

void open_flour(TestBook& book, const std::string& lot, const std::string& quantity, const std::string& place = "ST1") {
  book.post("open_stock",
            "{'lines':[{'item':'FLOUR','lot':'" + lot + "','quantity':'" + quantity + "','to':'" + place + "'}]}");
}
std::string one(const std::string& lot, const std::string& quantity) {
  return "'lines':[{'item':'FLOUR','lot':'" + lot + "','quantity':'" + quantity + "'}]";
}

}  // namespace

TEST_CASE("a count posts the difference and what was counted (R59)") {
  TestBook book;
  open_flour(book, "F1", "100");
  const Posted less = book.post("count", "{'place':'ST1'," + one("F1", "98.5") + "}");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "98.5");
  REQUIRE(book.entry(less.entry).lines.size() == 1);
  CHECK(book.entry(less.entry).lines[0].to == ends::count);
  CHECK(book.facts<Counted>(less.entry).at(0).quantity.text() == "98.5");
  const Posted more = book.post(
      "count", "{'place':'ST1'," + one("F1", "99000").replace(one("F1", "99000").size() - 2, 0, ",'unit':'GRM'") + "}");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "99");
  CHECK(book.entry(more.entry).lines.at(0).from == ends::count);
  const Posted same = book.post("count", "{'place':'ST1'," + one("F1", "99") + "}");
  CHECK(book.entry(same.entry).lines.empty());
  CHECK(book.facts<Counted>(same.entry).size() == 1);
  // Two heaps of one lot add up.
  book.post("count",
            "{'place':'ST1','lines':[{'item':'FLOUR','lot':'F1','quantity':'50'},{'item':'FLOUR','lot':'F1','quantity':"
            "'48'}]}");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "98");
}

TEST_CASE("a large difference needs a second person (R59)") {
  TestBook book;
  open_flour(book, "F1", "100");
  CHECK(book.refused("count", "{'place':'ST1'," + one("F1", "94.999") + "}") ==
        "second_person_needed /lines/0/quantity");
  CHECK(book.refused("count", "{'place':'ST1','confirmed_by':'anna'," + one("F1", "94") + "}") ==
        "second_person_needed /lines/0/quantity");
  const Posted posted = book.post("count", "{'place':'ST1','confirmed_by':'bert'," + one("F1", "94") + "}");
  CHECK(posted.warnings.at(0).code == "large_difference");
  CHECK(book.refused("count", "{'place':'ST2'," + one("F1", "0.001") + "}") ==
        "second_person_needed /lines/0/quantity");
  book.post("set_book", "{'code':'book','time_zone':'Europe/Berlin','count_tolerance_percent':'50'}");
  CHECK(book.refused("count", "{'place':'ST1'," + one("F1", "47") + "}") == "posted");
}

TEST_CASE("a count of the past is compared with the book of that instant (R59)") {
  TestBook book;
  open_flour(book, "F1", "100");
  book.pass(3600);
  const std::string counted_at = "'occurred_at':'" + book.clock.now().text() + "'";
  book.pass(3600);
  book.post("dispose", "{'reason':'Wet','lines':[{'item':'FLOUR','lot':'F1','quantity':'60','from':'ST1'}]}");
  book.pass(3600);
  const Posted posted = book.post("count", "{'place':'ST1'," + counted_at + "," + one("F1", "98") + "}");
  CHECK(book.entry(posted.entry).lines.at(0).quantity.text() == "2");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "38");
  // What the later disposal took cannot have been missing before it.
  CHECK(book.refused("count", "{'place':'ST1','confirmed_by':'bert'," + counted_at + "," + one("F1", "50") + "}") ==
        "not_enough /lines");
}

TEST_CASE("a count on some day is one instant for all its lots (R27, R59)") {
  TestBook book;
  open_flour(book, "F1", "100");
  book.pass(3600);
  open_flour(book, "F2", "50");
  book.pass(24 * 3600);
  book.post("dispose", "{'reason':'Wet','lines':[{'item':'FLOUR','lot':'F2','quantity':'10','from':'ST1'}]}");
  const Posted posted = book.post("count",
                                  "{'place':'ST1','occurred_at':'2026-03-02','lines':[{'item':'FLOUR','lot':'F1','"
                                  "quantity':'99'},{'item':'FLOUR','lot':'F2','quantity':'50'}]}");
  const Entry entry = book.entry(posted.entry);
  REQUIRE(entry.lines.size() == 1);
  CHECK(entry.lines[0].quantity.text() == "1");
  CHECK(entry.settled_at.text() == "2026-03-02T09:00:00Z");
}

TEST_CASE("only a complete count empties what it does not name (R59)") {
  TestBook book;
  open_flour(book, "F1", "100");
  open_flour(book, "F2", "2");
  open_flour(book, "F3", "5", "ST2");
  book.post("open_stock", "{'lines':[{'item':'WATER','quantity':'7','to':'ST1'}]}");
  book.post("count", "{'place':'ST1'," + one("F1", "100") + "}");
  CHECK(book.on_hand("FLOUR", "F2", "ST1") == "2");
  CHECK(book.refused("count", "{'place':'ST1','complete':true," + one("F1", "100") + "}") ==
        "second_person_needed /complete + second_person_needed /complete");
  const Posted posted =
      book.post("count", "{'place':'ST1','complete':true,'confirmed_by':'bert'," + one("F1", "100") + "}");
  CHECK(book.on_hand("FLOUR", "F2", "ST1") == "0");
  CHECK(book.on_hand("WATER", "", "ST1") == "0");
  CHECK(book.on_hand("FLOUR", "F3", "ST2") == "5");
  CHECK(book.facts<Counted>(posted.entry).size() == 3);
  // An empty place: the count itself is kept.
  const Posted empty = book.post("count", "{'place':'KEPT','complete':true}");
  CHECK(book.facts<Counted>(empty.entry).at(0).lot == 0);
}

TEST_CASE("commands that wait together see each other's stock, readings and counts") {
  TestBook book;
  open_flour(book, "F1", "100");
  open_flour(book, "F2", "2");
  const std::vector<Outcome> outcomes = book.together(
      {{"open_stock", "{'lines':[{'item':'FLOUR','lot':'F3','quantity':'5','to':'ST1'}]}"},
       {"move", "{'lines':[{'item':'FLOUR','lot':'F2','quantity':'2','from':'ST1','to':'ST2'}]}"},
       {"count",
        "{'place':'ST1','complete':true,'confirmed_by':'bert','lines':[{'item':'FLOUR','lot':'F1','quantity':'100'}]}"},
       {"found", "{'item':'FLOUR','quantity':'1','place':'ST1','unknown':true}"},
       {"open_stock", "{'lines':[{'item':'PILL','lot':'P1','quantity':'9','to':'ST1','quality':'quarantine'}]}"},
       {"release", "{'lots':[{'item':'PILL','lot':'P1'}],'certificate':'COA-1'}"},
       {"quarantine", "{'lots':[{'item':'PILL','lot':'P1'}],'reason':'Complaint'}"}});
  for (const Outcome& outcome : outcomes) CHECK(TestBook::refused(outcome) == "posted");
  CHECK(book.on_hand("FLOUR", "F3", "ST1") == "0");
  CHECK(book.on_hand("FLOUR", "F2", "ST2") == "2");
  CHECK(book.facts<Counted>(std::get<Posted>(outcomes[2]).entry).size() == 2);  // F1 and F3; F2 had left
  std::vector<std::string> candidates;
  const std::vector<Assumed> links = book.facts<Assumed>(std::get<Posted>(outcomes[3]).entry);
  for (const Assumed& assumed : links)
    candidates.push_back(book.see([&](const View& view) { return view.lot(Id<Lot>{assumed.lot})->lot.code; }));
  CHECK(candidates == std::vector<std::string>{"F1", "F2"});
  book.actor.name = "bert";
  CHECK(book.refused("release", "{'lots':[{'item':'PILL','lot':'P1'}]}") == "posted");  // the certificate is known
}

TEST_CASE("a complete count of the past sees what left since") {
  TestBook book;
  open_flour(book, "F1", "100");
  open_flour(book, "F2", "2");
  book.pass(3600);
  const std::string counted_at = "'occurred_at':'" + book.clock.now().text() + "'";
  book.pass(3600);
  book.post("move", "{'lines':[{'item':'FLOUR','lot':'F2','quantity':'2','from':'ST1','to':'ST2'}]}");
  CHECK(book.refused("count", "{'place':'ST1','complete':true,'confirmed_by':'bert'," + counted_at + "," +
                                  one("F1", "100") + "}") == "not_enough /lines");
  CHECK(book.refused("count", "{'place':'ST1','complete':true,'confirmed_by':'bert'," + one("F1", "100") + "}") ==
        "posted");
}

TEST_CASE("both quantities of a catch-weight item are counted (R18)") {
  TestBook book;
  book.post("open_stock", "{'lines':[{'item':'CHEESE','lot':'C1','quantity':'12','quantity2':'41.38','to':'ST1'}]}");
  const Posted posted = book.post(
      "count",
      "{'place':'ST1','confirmed_by':'bert','lines':[{'item':'CHEESE','lot':'C1','quantity':'11','quantity2':'42'}]}");
  const LotState lot = book.lot("CHEESE", "C1");
  CHECK(lot.on_hand().text() == "11");
  CHECK(lot.cells.at(0).quantity2.text() == "42");
  CHECK(book.entry(posted.entry).lines.size() == 2);
  CHECK(book.refused("count", "{'place':'ST1','lines':[{'item':'CHEESE','lot':'C1','quantity':'11'}]}") ==
        "second_quantity_needed /lines/0/quantity2");
  CHECK(book.refused("count",
                     "{'place':'ST1','confirmed_by':'bert','lines':[{'item':'CHEESE','lot':'C1','quantity':'0'}]}") ==
        "posted");
  CHECK(book.lot("CHEESE", "C1").on_hand2(book.book().masters()->places.id_of("ST1")).is_zero());
}

TEST_CASE("counts and adjustments are refused with what to do") {
  TestBook book;
  open_flour(book, "F1", "100");
  CHECK(book.refused("count", "{'place':'ST1'}") == "missing /lines");
  CHECK(book.refused("count", "{'place':'NO','complete':true}") == "unknown_place /place");
  CHECK(book.refused("count", "{'place':'ST1'," + one("F9", "1") + "}") == "unknown_lot /lines/0/lot");
  CHECK(book.refused("count", "{'place':'ST1'," + one("F1", "-1") + "}") == "quantity_not_positive /lines/0/quantity");
  const auto adjust = [&](const std::string& found, const std::string& quantity, const std::string& rest) {
    return book.refused("adjust", "{'lines':[{'item':'FLOUR','lot':'F1','found':'" + found + "','quantity':'" +
                                      quantity + "','place':'ST1'}]," + rest + "}");
  };
  CHECK(adjust("less", "1", "'reason':''") == "missing /reason");
  CHECK(adjust("less", "0", "'reason':'Torn bag'") == "quantity_not_positive /lines/0/quantity");
  CHECK(adjust("less", "6", "'reason':'Torn bag'") == "second_person_needed /lines/0/quantity");
  CHECK(adjust("less", "101", "'reason':'Torn bag'") == "not_enough /lines/0/quantity");
  CHECK(adjust("less", "5", "'reason':'Torn bag'") == "posted");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "95");
  CHECK(adjust("more", "40", "'reason':'Behind the shelf','confirmed_by':'bert'") == "posted");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "135");
  // Blocked goods can be counted all the same (R40).
  book.post("reject", "{'lots':[{'item':'FLOUR','lot':'F1'}],'reason':'Mould'}");
  CHECK(adjust("less", "1", "'reason':'Torn bag'") == "posted");
}

TEST_CASE("goods that the book has never seen wait in quarantine (R61)") {
  TestBook book;
  const Posted posted = book.post("found", "{'item':'FLOUR','lot':'Z1','quantity':'3','place':'ST1'}");
  const LotState lot = book.lot("FLOUR", "Z1");
  CHECK(lot.lot.origin == Origin::found);
  CHECK(lot.lot.quality == Quality::quarantine);
  CHECK(book.entry(posted.entry).lines.at(0).from == ends::count);
  const auto refused = [&](const std::string& rest) {
    return book.refused("found", "{'item':'FLOUR','quantity':'3','place':'ST1'," + rest + "}");
  };
  CHECK(refused("'lot':'Z1'") == "lot_code_taken /lot");
  CHECK(refused("'lot':'z1'") == "lot_code_resembles /lot");
  CHECK(refused("'lot':'n/a'") == "placeholder_code /lot");
  CHECK(refused("'lot':'Z2','unknown':true") == "lot_unwanted /lot");
  CHECK(refused("'lot':'Z2','candidates':['Z1']") == "lot_unwanted /candidates");
  CHECK(book.refused("found", "{'item':'WATER','quantity':'3','place':'ST1'}") == "lot_unwanted /item");
  CHECK(book.refused("found", "{'item':'NO','quantity':'0','place':'NO'}") ==
        "unknown_item /item + unknown_place /place");
  CHECK(book.refused("found", "{'item':'FLOUR','quantity':'0','place':'ST1'}") == "quantity_not_positive /quantity");
}

TEST_CASE("an unknown lot may be any lot that was there since the last complete count (R63)") {
  TestBook book;
  open_flour(book, "GONE", "4");
  open_flour(book, "F1", "100");
  open_flour(book, "F2", "2", "ST2");
  open_flour(book, "FAR", "50", "N1");
  book.pass(3600);
  book.post("dispose", "{'reason':'Wet','lines':[{'item':'FLOUR','lot':'GONE','quantity':'4','from':'ST1'}]}");
  const auto candidates = [&](const Posted& posted) {
    std::map<std::string, std::string> found;
    for (const Assumed& assumed : book.facts<Assumed>(posted.entry)) {
      CHECK(assumed.run == 0);
      CHECK(assumed.into == posted.opened.at(0).id);
      found[book.see([&](const View& view) { return view.lot(Id<Lot>{assumed.lot})->lot.code; })] =
          assumed.at_most.text();
    }
    return found;
  };
  using Found = std::map<std::string, std::string>;
  const std::string unknown = "'item':'FLOUR','quantity':'10','place':'ST1','unknown':true";
  const Posted first = book.post("found", "{" + unknown + "}");
  CHECK(candidates(first) == Found{{"F1", "10"}, {"F2", "2"}, {"GONE", "4"}});
  const LotState lot = book.lot("FLOUR", first.opened.at(0).lot);
  CHECK(lot.lot.origin == Origin::unknown);
  CHECK(lot.is_held);
  CHECK(first.hold.substr(0, 1) == "H");
  const std::string code = first.opened.at(0).lot;
  CHECK(book.refused("move", "{'lines':[{'item':'FLOUR','lot':'" + code +
                                 "','quantity':'1','from':'ST1','to':'ST2'}]}") == "posted");
  book.post("lift_hold", "{'number':'" + first.hold + "','reason':'Looks like flour of March'}");
  CHECK_FALSE(book.lot("FLOUR", code).is_held);

  book.pass(3600);
  book.post(
      "count",
      "{'place':'ST1','complete':true,'lines':[{'item':'FLOUR','lot':'F1','quantity':'100'},{'item':'FLOUR','lot':'" +
          code + "','quantity':'9'}]}");
  book.pass(3600);
  const Posted second = book.post("found", "{" + unknown + "}");
  CHECK(candidates(second) == Found{{"F1", "10"}, {"F2", "2"}, {code, "10"}});

  const Posted named = book.post("found", "{" + unknown + ",'candidates':['F2','GONE','F2']}");
  CHECK(candidates(named) == Found{{"F2", "2"}, {"GONE", "4"}});
  CHECK(book.refused("found", "{" + unknown + ",'candidates':['FAR']}") == "not_enough /candidates/0");
  CHECK(book.refused("found", "{" + unknown + ",'candidates':['NO']}") == "unknown_lot /candidates/0");
  CHECK(book.post("found", "{'item':'MILK','quantity':'1','place':'ST1','unknown':true}").warnings.at(0).code ==
        "no_candidates");
}
