// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "commands/test_book.h"
#include "model/place_ends.h"

// Stock that is opened, transferred, sampled, disposed of and sent back, and "I have it here".

using namespace lotbook;

namespace {

void open_flour(TestBook& book, const std::string& lot, const std::string& quantity, const std::string& place = "ST1") {
  book.post("open_stock", "{'lines':[{'item':'FLOUR','lot':'" + lot + "','quantity':'" + quantity + "','to':'" + place +
                              "','expires_on':'2026-12-31'}]}");
}

}  // namespace

TEST_CASE("opening stock keeps what is known of a lot (R58)") {
  TestBook book;
  const Posted posted = book.post("open_stock", R"({'supplier':'MILL','lines':[
    {'item':'FLOUR','lot':'F1','quantity':'25','to':'ST1','supplier_lot':'X7','expires_on':'2026-12-31','produced_on':'2026-01-02'},
    {'item':'FLOUR','lot':'F1','quantity':'500','unit':'GRM','to':'ST2'},
    {'item':'FLOUR','quantity':'3','to':'ST1'},
    {'item':'WATER','quantity':'100','to':'ST1'}]})");
  REQUIRE(posted.opened.size() == 2);
  CHECK(posted.opened[0].lot == "F1");
  CHECK(posted.opened[1].lot.substr(0, 1) == "L");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "25");
  CHECK(book.on_hand("FLOUR", "F1", "ST2") == "0.5");
  CHECK(book.on_hand("WATER", "", "ST1") == "100");
  const LotState lot = book.lot("FLOUR", "F1");
  CHECK(lot.lot.origin == Origin::opened);
  CHECK(lot.lot.expires_on.text() == "2026-12-31");
  CHECK(book.entry(posted.entry).partner == book.book().masters()->partners.id_of("MILL"));
  // Further stock of the lot may be opened later, with the dates it has.
  book.post("open_stock",
            "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','to':'ST1','expires_on':'2026-12-31'}]}");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "26");
  CHECK(book.refused("open_stock",
                     "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','to':'ST1','expires_on':'2027-01-31'}]}") ==
        "expiry_differs /lines/0/lot");
}

TEST_CASE("opening stock is refused with what to do") {
  TestBook book;
  open_flour(book, "F10", "1");
  const auto refused = [&](const std::string& line) { return book.refused("open_stock", "{'lines':[" + line + "]}"); };
  CHECK(book.refused("open_stock", "{'lines':[]}") == "missing /lines");
  CHECK(refused("{'item':'NO','quantity':'1','to':'ST1'}") == "unknown_item /lines/0/item");
  CHECK(refused("{'item':'FLOUR','quantity':'1','to':'NO'}") == "unknown_place /lines/0/to");
  CHECK(refused("{'item':'FLOUR','quantity':'0','to':'ST1'}") == "quantity_not_positive /lines/0/quantity");
  CHECK(refused("{'item':'FLOUR','quantity':'1','unit':'MTR','to':'ST1'}") == "no_factor /lines/0/quantity");
  CHECK(refused("{'item':'CHEESE','quantity':'1','to':'ST1'}") == "second_quantity_needed /lines/0/quantity2");
  CHECK(refused("{'item':'FLOUR','lot':'unknown','quantity':'1','to':'ST1'}") == "placeholder_code /lines/0/lot");
  CHECK(refused("{'item':'FLOUR','lot':'F1O','quantity':'1','to':'ST1'}") == "lot_code_resembles /lines/0/lot");
  CHECK(refused("{'item':'FLOUR','lot':'F1O','confirm_new_lot':true,'quantity':'1','to':'ST1'}") == "posted");
  CHECK(refused("{'item':'WATER','lot':'W1','quantity':'1','to':'ST1'}") == "lot_unwanted /lines/0/lot");
  CHECK(refused("{'item':'FLOUR','quantity':'1','to':'ST1','supplier_lot':'X7'}") == "missing /lines/0/issuer");
  CHECK(refused("{'item':'FLOUR','quantity':'1','to':'ST1','supplier_lot':'X7','issuer':'NO'}") ==
        "unknown_partner /lines/0/issuer");
  CHECK(refused("{'item':'FLOUR','quantity':'1','to':'ST1','produced_on':'2026-02-01','expires_on':'2026-01-01'}") ==
        "dates_contradict /lines/0/produced_on");
  CHECK(book.refused("open_stock", "{'supplier':'SHOP','lines':[{'item':'FLOUR','quantity':'1','to':'ST1'}]}") ==
        "unknown_partner /supplier");
}

TEST_CASE("a lot opened without the date that its item requires waits in quarantine (R50)") {
  TestBook book;
  const Posted posted = book.post("open_stock", "{'lines':[{'item':'MILK','lot':'M1','quantity':'10','to':'ST1'}]}");
  CHECK(book.lot("MILK", "M1").lot.quality == Quality::quarantine);
  REQUIRE(posted.warnings.size() == 1);
  CHECK(posted.warnings[0].code == "expiry_needed");
}

TEST_CASE("a transfer leaves what did not arrive in transit (R21)") {
  TestBook book;
  open_flour(book, "F1", "100");
  const Posted out = book.post(
      "transfer_out",
      "{'to_site':'NORTH','document':'T1','lines':[{'item':'FLOUR','lot':'F1','quantity':'40','from':'ST1'}]}");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "60");
  CHECK(book.lot("FLOUR", "F1").on_hand(ends::in_transit).text() == "40");
  CHECK(book.lot("FLOUR", "F1").on_hand().text() == "100");
  CHECK(book.facts<Reading>(out.entry).at(0).value == "NORTH");
  const auto in = [&](const std::string& document, const std::string& quantity) {
    return book.refused("transfer_in", "{'document':'" + document +
                                           "','lines':[{'item':'FLOUR','lot':'F1','quantity':'" + quantity +
                                           "','to':'N1'}]}");
  };
  CHECK(in("T1", "41") == "more_than_in_transit /lines/0/quantity");
  CHECK(in("T2", "1") == "more_than_in_transit /lines/0/quantity");
  CHECK(in("T1", "38") == "posted");
  CHECK(in("T1", "3") == "more_than_in_transit /lines/0/quantity");
  CHECK(book.lot("FLOUR", "F1").on_hand(ends::in_transit).text() == "2");
  CHECK(book.on_hand("FLOUR", "F1", "N1") == "38");
  // Another transfer of the same lot does not answer for this one.
  book.post("transfer_out",
            "{'to_site':'NORTH','document':'T3','lines':[{'item':'FLOUR','lot':'F1','quantity':'5','from':'ST1'}]}");
  CHECK(in("T1", "3") == "more_than_in_transit /lines/0/quantity");
  CHECK(in("T3", "5") == "posted");
  // Two lines of one arrival count together.
  CHECK(book.refused("transfer_in",
                     "{'document':'T1','lines':[{'item':'FLOUR','lot':'F1','quantity':'1','to':'N1'},{'item':'FLOUR','"
                     "lot':'F1','quantity':'2','to':'N1'}]}") == "more_than_in_transit /lines/1/quantity");
}

TEST_CASE("a transfer is refused with what to do") {
  TestBook book;
  open_flour(book, "F1", "100");
  const auto out = [&](const std::string& rest) {
    return book.refused("transfer_out",
                        "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1'}]," + rest + "}");
  };
  CHECK(out("'to_site':'MAIN','document':'T1'") == "not_the_same_site /to_site");
  CHECK(out("'to_site':'NO','document':'T1'") == "unknown_place /to_site");
  CHECK(out("'to_site':'NORTH','document':''") == "missing /document");
  CHECK(
      book.refused(
          "transfer_out",
          "{'to_site':'NORTH','document':'T1','lines':[{'item':'FLOUR','lot':'F1','quantity':'101','from':'ST1'}]}") ==
      "not_enough /lines/0/quantity");
  CHECK(book.refused("transfer_in", "{'document':'','lines':[]}") == "missing /document");
  CHECK(book.refused("move", "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','to':'N1'}]}") ==
        "not_the_same_site /lines/0/to");
  // A place at a partner lies in the tree of the site that lends: a plain move (R22).
  book.post("move", "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','to':'LENT'}]}");
  CHECK(book.on_hand("FLOUR", "F1", "LENT") == "1");
}

TEST_CASE("samples are used up, or kept and stay on hand (R83)") {
  TestBook book;
  open_flour(book, "F1", "10");
  book.post("sample", "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1'}]}");
  CHECK(book.lot("FLOUR", "F1").on_hand().text() == "9");
  book.post("sample", "{'to':'KEPT','lines':[{'item':'FLOUR','lot':'F1','quantity':'2','from':'ST1'}]}");
  CHECK(book.on_hand("FLOUR", "F1", "KEPT") == "2");
  CHECK(book.lot("FLOUR", "F1").on_hand().text() == "9");
  const std::string lines = "'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1'}]";
  CHECK(book.refused("sample", "{'to':'ST2'," + lines + "}") == "place_not_allowed /to");
  CHECK(book.refused("sample", "{'to':'N-KEPT'," + lines + "}") == "not_the_same_site /to");
  CHECK(book.refused("sample", "{'to':'KEPT','lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'KEPT'}]}") ==
        "same_place /lines/0/from");
  CHECK(book.refused("sample", "{'lines':[]}") == "missing /lines");
  CHECK(book.refused("sample", "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'99','from':'ST1'}]}") ==
        "not_enough /lines/0/quantity");
}

TEST_CASE("disposal needs a reason and enough goods") {
  TestBook book;
  open_flour(book, "F1", "10");
  const std::string lines = "'lines':[{'item':'FLOUR','lot':'F1','quantity':'4','from':'ST1'}]";
  CHECK(book.refused("dispose", "{'reason':''," + lines + "}") == "missing /reason");
  book.post("dispose", "{'reason':'Wet'," + lines + "}");
  CHECK(book.lot("FLOUR", "F1").on_hand().text() == "6");
  CHECK(book.entry(book.book().head().seq).lines.at(0).to == ends::disposed);
  CHECK(book.refused("dispose", "{'reason':'Wet','lines':[{'item':'FLOUR','lot':'F9','quantity':'1','from':'ST1'}]}") ==
        "unknown_lot /lines/0/lot");
  CHECK(book.refused("dispose", "{'reason':'Wet','lines':[{'item':'FLOUR','quantity':'1','from':'ST1'}]}") ==
        "lot_needed /lines/0/lot");
}

TEST_CASE("what goes back to the supplier is measured by its receipt (R57)") {
  TestBook book;
  const Posted receipt = book.post("receive",
                                   "{'supplier':'MILL','document':'D1','to':'ST1','lines':[{'item':'FLOUR','quantity':'"
                                   "50','supplier_lot':'X7','expires_on':'2026-12-31'}]}");
  const std::string lot = receipt.opened.at(0).lot;
  open_flour(book, "F1", "10");
  const auto back = [&](const std::string& code, const std::string& quantity, const std::string& rest) {
    return book.refused("return_to_supplier", "{'lines':[{'item':'FLOUR','lot':'" + code + "','quantity':'" + quantity +
                                                  "','from':'ST1'}]," + rest + "}");
  };
  CHECK(back(lot, "20", "'supplier':'MILL','reference':'D1'") == "posted");
  CHECK(book.on_hand("FLOUR", lot, "ST1") == "30");
  CHECK(back(lot, "30.001", "'supplier':'MILL','reference':'D1'") == "more_than_received /lines/0/quantity");
  CHECK(back("F1", "1", "'supplier':'MILL','reference':'D1'") == "more_than_received /lines/0/quantity");
  CHECK(back(lot, "1", "'supplier':'MILL'") == "missing /reference");
  CHECK(back(lot, "1", "'supplier':'MILL','reference':'D2'") == "unknown_entry /reference");
  CHECK(back(lot, "1", "'supplier':'FARM','reference':'D1'") == "unknown_entry /reference");
  CHECK(back(lot, "1", "'supplier':'SHOP','reference':'D1'") == "unknown_partner /supplier");
  const Posted confirmed = book.post(
      "return_to_supplier",
      "{'supplier':'MILL','confirm_more':true,'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1'}]}");
  CHECK(confirmed.warnings.at(0).code == "return_unproven");
  CHECK(back(lot, "30", "'supplier':'MILL','reference':'D1'") == "posted");
}

TEST_CASE("\"I have it here\" moves late, then counts in, and says so (R60)") {
  TestBook book;
  open_flour(book, "F1", "10", "ST2");
  const Posted posted = book.post(
      "dispose",
      "{'reason':'Wet','confirm_here':true,'lines':[{'item':'FLOUR','lot':'F1','quantity':'12','from':'ST1'}]}");
  REQUIRE(posted.warnings.size() == 1);
  CHECK(posted.warnings[0].code == "have_it_here");
  const std::vector<Line> lines = book.entry(posted.entry).lines;
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].quantity.text() == "10");
  CHECK(lines[1].from == ends::count);
  CHECK(lines[1].quantity.text() == "2");
  CHECK(book.lot("FLOUR", "F1").on_hand().is_zero());
}

TEST_CASE("\"I have it here\" is limited per person and day (R60)") {
  TestBook book;
  book.post("set_book", "{'code':'book','time_zone':'Europe/Berlin','confirmations_per_day':2}");
  open_flour(book, "F1", "10", "ST2");
  const auto confirm = [&] {
    return book.refused(
        "move", "{'confirm_here':true,'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','to':'QUAR'}]}");
  };
  CHECK(confirm() == "posted");
  CHECK(confirm() == "posted");
  CHECK(confirm() == "goods_confirmed_too_often /lines/0/quantity");
  // Enough in the place needs no confirmation, so it is none.
  CHECK(book.refused(
            "move",
            "{'confirm_here':true,'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST2','to':'ST1'}]}") ==
        "posted");
  book.post("move", "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','to':'ST2'}]}");
  book.actor.name = "bert";
  CHECK(confirm() == "posted");
  book.actor.name = "anna";
  book.pass(14 * 3600 + 59 * 60);  // 23:59 in Berlin
  CHECK(confirm() == "goods_confirmed_too_often /lines/0/quantity");
  book.pass(60);  // the next day there, while it is 23:00 in UTC
  CHECK(confirm() == "posted");
  // Two lines of one command are two confirmations.
  CHECK(book.refused("move", R"({'confirm_here':true,'lines':[
    {'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','to':'QUAR'},
    {'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','to':'QUAR'}]})") ==
        "goods_confirmed_too_often /lines/1/quantity");
  book.post("set_book", "{'code':'book','time_zone':'Europe/Berlin','confirmations_per_day':0}");
  CHECK(confirm() == "goods_confirmed_too_often /lines/0/quantity");
}

TEST_CASE("\"I have it here\" is counted in one batch and behind any number of other notices (R60)") {
  TestBook book;
  book.post("set_book", "{'code':'book','time_zone':'Europe/Berlin','confirmations_per_day':2}");
  open_flour(book, "F1", "10", "ST2");
  const std::pair<std::string, std::string> confirm{
      "move", "{'confirm_here':true,'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','to':'QUAR'}]}"};
  const std::vector<Outcome> outcomes = book.together({confirm, confirm, confirm});
  CHECK(TestBook::refused(outcomes[0]) == "posted");
  CHECK(TestBook::refused(outcomes[1]) == "posted");
  CHECK(TestBook::refused(outcomes[2]) == "goods_confirmed_too_often /lines/0/quantity");
  const auto notices = [&](std::size_t many) {
    Entry entry;
    entry.kind = EntryKind::note, entry.who = "anna";
    entry.recorded_at = entry.settled_at = entry.occurred.at = book.clock.now();
    for (std::size_t i = 0; i < many; ++i) entry.facts.emplace_back(Noticed{"other", "Something else.", 0});
    Book::Batch batch(book.book());
    batch.post(std::move(entry));
    batch.commit();
  };
  for (int i = 0; i < 5; ++i) notices(150);
  notices(700);
  CHECK(book.refused(confirm.first, confirm.second) == "goods_confirmed_too_often /lines/0/quantity");
  book.pass(24 * 3600);
  for (int i = 0; i < 5; ++i) notices(150);
  CHECK(book.refused(confirm.first, confirm.second) == "posted");
}

TEST_CASE("\"I have it here\" does not pass by what blocks the goods (R20, R38, R40, R60)") {
  TestBook book;
  open_flour(book, "F1", "10", "ST2");
  book.post("hold", "{'lots':[{'item':'FLOUR','lot':'F1'}],'place':'ST2','reason':'Wet'}");
  book.without(Right::quality);
  const std::string move =
      "{'confirm_here':true,'lines':[{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','to':'QUAR'}]}";
  CHECK(book.refused("move", move) == "right_needed /lines/0/quantity");
  book.with(Right::quality);
  CHECK(book.refused("move", move) == "posted");

  open_flour(book, "F2", "10", "QUAR");
  CHECK(book.refused(
            "move",
            "{'confirm_here':true,'lines':[{'item':'FLOUR','lot':'F2','quantity':'1','from':'ST1','to':'ST2'}]}") ==
        "place_is_blocked /lines/0/quantity");
  open_flour(book, "F3", "10", "ST2");
  book.post("reject", "{'lots':[{'item':'FLOUR','lot':'F3'}],'reason':'Mould'}");
  CHECK(book.refused("dispatch",
                     "{'customer':'SHOP','address':'SHOP-1','document':'N1','confirm_here':true,'lines':[{'item':'"
                     "FLOUR','lot':'F3','quantity':'1','from':'ST1'}]}") == "lot_is_rejected /lines/0/lot");
}
