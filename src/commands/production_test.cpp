// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "commands/run_content.h"
#include "commands/test_book.h"
#include "model/place_ends.h"

// Production orders: released, posted to in any order, closed with their losses.

using namespace lotbook;

namespace {

/// A bakery: BREAD is baked from FLOUR and YEAST; both lie in ST1.
class Bakery : public TestBook {
 public:
  Bakery() {
    for (const char* item : {"{'code':'YEAST','name':'Yeast','unit':'KGM','decimals':3,'use_at_risk':true}",
                             "{'code':'DOUGH','name':'Dough','unit':'KGM','decimals':3,'shelf_life_days':10,"
                             "'expiry_capped_by_inputs':true}",
                             "{'code':'BREAD','name':'Bread','unit':'EA','shelf_life_days':5}",
                             "{'code':'CAKE','name':'Cake','unit':'EA','quarantine_on_yield':true}"})
      post("set_item", item);
    stock("FLOUR", "F1", "100", "2026-06-30");
    stock("FLOUR", "F2", "100", "2026-07-31");
    stock("YEAST", "Y1", "10", "2026-03-08");
  }
  void stock(const std::string& item, const std::string& lot, const std::string& quantity, const std::string& expires) {
    post("open_stock", "{'lines':[{'item':'" + item + "','lot':'" + lot + "','quantity':'" + quantity +
                           "','to':'ST1','expires_on':'" + expires + "'}]}");
  }
  std::string in(const std::string& item, const std::string& lot, const std::string& quantity) {
    return "{'item':'" + item + "','lot':'" + lot + "','quantity':'" + quantity + "','from':'ST1'}";
  }
  std::string out(const std::string& item, const std::string& lot, const std::string& quantity) {
    return "{'item':'" + item + "','lot':'" + lot + "','quantity':'" + quantity + "','to':'ST2'}";
  }
  std::string to_order(const std::string& order, const std::string& lines, const std::string& more = "") {
    return "{'document':'" + order + "','lines':[" + lines + "]" + more + "}";
  }
  std::string links(const std::string& order) {
    return see([&](const View& view) {
      std::string text;
      for (const RunLink& link : links_of(content_of(view, view.run_numbered(order)->id)))
        text += (text.empty() ? "" : " ") + view.lot(link.from)->lot.code + (link.is_assumed ? "~" : ">") +
                view.lot(link.to)->lot.code;
      return text;
    });
  }
  RunState state(const std::string& order) {
    return see([&](const View& view) { return view.run_numbered(order)->state; });
  }
};

const std::string open_it = ",'open_order':true";

}  // namespace

// proves: R64, R65, R47
TEST_CASE("an order links every input with every output, whatever was recorded first (R65)") {
  Bakery book;
  book.post("release_order", "{'document':'PO1','place':'ST1'}");
  CHECK(book.state("PO1") == RunState::released);
  book.post("consume", book.to_order("PO1", book.in("FLOUR", "F1", "10")));
  CHECK(book.state("PO1") == RunState::open);
  CHECK(book.links("PO1").empty());
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "8")));
  book.post("consume", book.to_order("PO1", book.in("FLOUR", "F2", "5") + "," + book.in("YEAST", "Y1", "0.5")));
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B2", "4") + "," + book.out("BREAD", "B1", "1")));
  CHECK(book.links("PO1") == "F1>B1 F1>B2 F2>B1 F2>B2 Y1>B1 Y1>B2");
  CHECK(book.on_hand("BREAD", "B1", "ST2") == "9");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "90");
  const Lot bread = book.lot("BREAD", "B1").lot;
  CHECK(bread.origin == Origin::produced);
  CHECK(bread.produced_on.text() == "2026-03-02");
  CHECK(bread.expires_on.text() == "2026-03-07");  // R47: day of production counts as day 0
  CHECK(bread.expiry_calculated);
}

TEST_CASE("an order that the book does not know is opened only when asked for") {
  Bakery book;
  CHECK(book.refused("consume", book.to_order("PO1", book.in("FLOUR", "F1", "1"))) == "unknown_order /document");
  CHECK(book.refused("yield", book.to_order("PO1", book.out("BREAD", "B1", "1"))) == "unknown_order /document");
  const Posted posted = book.post("consume", book.to_order("PO1", book.in("FLOUR", "F1", "1"), open_it));
  CHECK(posted.order == "PO1");
  book.see([&](const View& view) {
    CHECK(view.run_numbered("PO1")->place == view.masters().places.id_of("ST1"));
    return 0;
  });
  CHECK(book.refused("release_order", "{'document':'PO1','place':'ST1'}") == "order_exists /document");
}

// proves: R66
TEST_CASE("an input may be assigned to one output, which must not lie before it (R66)") {
  Bakery book;
  book.post("release_order",
            "{'document':'PO1','place':'ST1','batches':[{'item':'BREAD','code':'B1'},"
            "{'item':'BREAD','code':'B2'}]}");
  CHECK(book.on_hand("BREAD", "B1", "ST2") == "0");
  const std::string line = "{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','into':'";
  book.post("consume", book.to_order("PO1", line + "B1'}," + book.in("FLOUR", "F2", "2")));
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "1") + "," + book.out("BREAD", "B2", "1")));
  CHECK(book.links("PO1") == "F1>B1 F2>B1 F2>B2");
  book.pass(3600);
  CHECK(book.refused("consume", book.to_order("PO1", line + "B2'}")) == "later_than_output /lines/0/into");
  CHECK(book.refused("consume", book.to_order("PO1", line + "B9'}")) == "unknown_lot /lines/0/into");
  book.post("consume", book.to_order("PO1", line + "B2'}", ",'occurred_at':'2026-03-02T08:00:00Z'"));
  CHECK(book.links("PO1") == "F1>B1 F1>B2 F2>B1 F2>B2");
}

// proves: R66
TEST_CASE("an undone yield no longer bounds what is assigned to its lot (R66)") {
  Bakery book;
  const std::string line = "{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','into':'B1'}";
  book.post("release_order", "{'document':'PO1','place':'ST1'}");
  const Posted wrong = book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "1")));
  book.pass(3600);
  CHECK(book.refused("consume", book.to_order("PO1", line)) == "later_than_output /lines/0/into");
  book.post("undo", "{'entries':[" + std::to_string(wrong.entry) + "],'reason':'typing'}");
  const Posted used = book.post("consume", book.to_order("PO1", line));
  // Neither does it come back in front of what was assigned meanwhile.
  CHECK(book.refused("undo", "{'entries':[" + std::to_string(used.entry - 1) + "],'reason':'no'}") ==
        "later_than_output ");
  book.pass(3600);
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "1")));
  CHECK(book.links("PO1") == "F1>B1");
}

// proves: R66
TEST_CASE("a yield is not dated back before what is assigned to it, nor an assigned input moved behind it (R66)") {
  Bakery book;
  book.post("release_order", "{'document':'PO1','place':'ST1','batches':[{'item':'BREAD','code':'B1'}]}");
  const std::string line = "{'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1','into':'B1'}";
  book.pass(3600);
  const Posted used = book.post("consume", book.to_order("PO1", line));
  const std::string early = ",'occurred_at':'2026-03-02T08:30:00Z'", late = ",'occurred_at':'2026-03-02T10:30:00Z'";
  CHECK(book.refused("yield", book.to_order("PO1", book.out("BREAD", "B1", "1"), early)) ==
        "later_than_output /occurred_at");
  book.pass(3600);
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "1")));
  book.pass(3600);
  const auto move_input = [&](const std::string& when) {
    return book.refused("correct", "{'entry':" + std::to_string(used.entry) + ",'reason':'clock'" + when + "}");
  };
  CHECK(move_input(late) == "later_than_output /occurred_at");
  CHECK(move_input(early) == "posted");
  CHECK(book.book().stopped_because().empty());
}

TEST_CASE("what was assigned comes back at any time") {
  Bakery book;
  const std::string line = "{'item':'FLOUR','lot':'F1','quantity':'2','from':'ST1','into':'B1'}";
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "1") + "," + book.out("BREAD", "B2", "1"), open_it));
  book.post("consume", book.to_order("PO1", line + "," + book.in("FLOUR", "F1", "3")));
  book.pass(3600);
  const auto back = [&](const std::string& into) {
    return book.refused("give_back",
                        book.to_order("PO1", "{'item':'FLOUR','lot':'F1','quantity':'2','to':'ST1'" + into + "}"));
  };
  CHECK(back("") == "ambiguous_lot /lines/0/into");
  CHECK(back(",'into':'B2'") == "not_an_input /lines/0/into");
  CHECK(back(",'into':'B1'") == "posted");
  CHECK(back("") == "posted");
  CHECK(book.links("PO1") == "F1>B1 F1>B2");
}

// proves: R42
TEST_CASE("a hold flows to what is left of a lot's use after some of it came back (R42, R68)") {
  Bakery book;
  const std::string into = "{'item':'FLOUR','lot':'F1','quantity':'3','from':'ST1','into':'B1'}";
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "1") + "," + book.out("BREAD", "B2", "1"), open_it));
  book.post("consume", book.to_order("PO1", into + "," + book.in("FLOUR", "F1", "3")));
  book.post("give_back", book.to_order("PO1", "{'item':'FLOUR','lot':'F1','quantity':'3','to':'ST1','into':'B1'}"));
  book.post("hold", "{'lots':[{'item':'FLOUR','lot':'F1'}],'flow':'descendants','reason':'glass'}");
  CHECK(book.lot("BREAD", "B1").is_held);
  CHECK(book.lot("BREAD", "B2").is_held);
}

TEST_CASE("an undone yield leaves the order and its batch number to be used again") {
  Bakery book;
  book.post("consume", book.to_order("PO1", book.in("FLOUR", "F1", "3"), open_it));
  const Posted wrong = book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "9")));
  book.post("undo", "{'entries':[" + std::to_string(wrong.entry) + "],'reason':'typing'}");
  CHECK(book.links("PO1").empty());
  book.pass(3600);
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "8")));
  CHECK(book.links("PO1") == "F1>B1");
  CHECK(book.on_hand("BREAD", "B1", "ST2") == "8");
  CHECK(book.lot("BREAD", "B1").lot.expires_on.text() == "2026-03-07");
  const std::string line = "{'item':'FLOUR','lot':'F2','quantity':'2','from':'ST1','into':'B1'}";
  CHECK(book.refused("consume", book.to_order("PO1", line)) == "posted");  // the undone yield bounds nothing
  book.pass(60);
  CHECK(book.refused("consume", book.to_order("PO1", line)) == "later_than_output /lines/0/into");
}

// proves: R13
TEST_CASE("batch numbers are taken ahead and stay used (R13)") {
  Bakery book;
  const Posted posted =
      book.post("release_order", "{'place':'ST1','batches':[{'item':'BREAD'},{'item':'CAKE','code':'C1'}]}");
  REQUIRE(posted.opened.size() == 2);
  CHECK(posted.order.substr(0, 1) == "P");
  CHECK(book.lot("CAKE", "C1").lot.quality == Quality::quarantine);
  book.post("yield", "{'document':'" + posted.order + "','lines':[{'item':'BREAD','quantity':'3','to':'ST2'}]}");
  CHECK(book.on_hand("BREAD", posted.opened[0].lot, "ST2") == "3");
  CHECK(book.lot("BREAD", posted.opened[0].lot).lot.expires_on.text() == "2026-03-07");
  CHECK(book.refused("cancel_order", "{'document':'" + posted.order + "','reason':'x'}") == "in_the_way /document");
  book.post("release_order", "{'document':'PO2','place':'ST1','batches':[{'item':'CAKE','code':'C2'}]}");
  book.post("cancel_order", "{'document':'PO2','reason':'no orders'}");
  CHECK(book.state("PO2") == RunState::cancelled);
  CHECK(book.refused("release_order", "{'document':'PO3','place':'ST1','batches':[{'item':'CAKE','code':'C2'}]}") ==
        "lot_code_taken /batches/0/code");
  CHECK(book.refused("yield", book.to_order("PO2", book.out("CAKE", "C2", "1"))) == "order_not_open /document");
  CHECK(book.refused("cancel_order", "{'document':'PO2','reason':'x'}") == "order_not_open /document");
}

TEST_CASE("a release is refused with what to do") {
  Bakery book;
  const auto refused = [&](const std::string& more) {
    return book.refused("release_order", "{'place':'ST1'" + more + "}");
  };
  CHECK(book.refused("release_order", "{'place':'NO'}") == "unknown_place /place");
  CHECK(refused(",'recipe':'NO'") == "unknown_recipe /recipe");
  CHECK(refused(",'output_quantity':'5'") == "missing /recipe");
  CHECK(refused(",'planned':[{'line':'input','item':'NO','quantity':'1'}]") == "unknown_item /planned/0/item");
  CHECK(refused(",'planned':[{'line':'input','item':'FLOUR','quantity':'0'}]") ==
        "quantity_not_positive /planned/0/quantity");
  CHECK(refused(",'batches':[{'item':'WATER'}]") == "lot_unwanted /batches/0/item");
  CHECK(refused(",'batches':[{'item':'BREAD','code':'n/a'}]") == "placeholder_code /batches/0/code");
  CHECK(refused(",'batches':[{'item':'BREAD','code':'B1'},{'item':'BREAD','code':'B1'}]") ==
        "lot_code_taken /batches/1/code");
}

// proves: R40, R71
TEST_CASE("what may be consumed follows the status (R40, R44, R71)") {
  Bakery book;
  book.post("release_order", "{'document':'PO1','place':'ST1'}");
  const auto consume = [&](const std::string& item, const std::string& lot, const std::string& quantity) {
    return book.refused("consume", book.to_order("PO1", book.in(item, lot, quantity)));
  };
  CHECK(book.refused("consume", book.to_order("PO1", "")) == "missing /lines");
  CHECK(consume("FLOUR", "F9", "1") == "unknown_lot /lines/0/lot");
  CHECK(consume("FLOUR", "F1", "101") == "not_enough /lines/0/quantity");
  book.post("quarantine", "{'lots':[{'item':'FLOUR','lot':'F1'},{'item':'YEAST','lot':'Y1'}],'reason':'check'}");
  CHECK(consume("FLOUR", "F1", "1") == "lot_is_in_quarantine /lines/0/lot");
  book.post("hold", "{'lots':[{'item':'FLOUR','lot':'F2'}],'reason':'wet'}");
  CHECK(consume("FLOUR", "F2", "1") == "lot_is_on_hold /lines/0/lot");
  // At risk: the output waits, also what was yielded before.
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "1")));
  CHECK(book.lot("BREAD", "B1").lot.quality == Quality::released);
  book.post("consume", book.to_order("PO1", book.in("YEAST", "Y1", "1")));
  CHECK(book.lot("BREAD", "B1").lot.quality == Quality::quarantine);
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B2", "1")));
  CHECK(book.lot("BREAD", "B2").lot.quality == Quality::quarantine);
  CHECK(book.refused("consume", book.to_order("PO1", "{'item':'BREAD','lot':'B1','quantity':'1','from':'ST2'}")) ==
        "yields_consumed_lot /lines/0/lot");
  CHECK(book.refused("yield", book.to_order("PO1", "{'item':'YEAST','lot':'Y1','quantity':'1','to':'ST2'}")) ==
        "yields_consumed_lot /lines/0/lot");
  CHECK(book.refused("yield", book.to_order("PO1", "{'item':'FLOUR','lot':'F1','quantity':'1','to':'ST2'}")) ==
        "lot_code_taken /lines/0/lot");
}

// proves: R40, R48, R71
TEST_CASE("rework takes rejected and expired goods, with the right to, and may yield into them (R40, R71)") {
  Bakery book;
  book.stock("FLOUR", "OLD", "5", "2026-03-01");
  book.post("reject", "{'lots':[{'item':'FLOUR','lot':'F1'}],'reason':'lumps'}");
  book.post("release_order", "{'document':'RW','kind':'rework','place':'ST1'}");
  book.without(Right::quality);
  CHECK(book.refused("consume", book.to_order("RW", book.in("FLOUR", "F1", "2"))) == "right_needed /lines/0/lot");
  book.with(Right::quality);
  book.post("consume", book.to_order("RW", book.in("FLOUR", "F1", "2") + "," + book.in("FLOUR", "OLD", "1")));
  book.post("yield", book.to_order("RW", book.out("FLOUR", "F1", "1") + "," + book.out("FLOUR", "R1", "1")));
  const Lot made = book.lot("FLOUR", "R1").lot;
  CHECK(made.expires_on.text() == "2026-03-01");  // R48: the earliest of the inputs
  CHECK(made.quality == Quality::quarantine);
  CHECK(book.on_hand("FLOUR", "F1", "ST2") == "1");
  CHECK(book.refused("consume", book.to_order("PO1", book.in("FLOUR", "OLD", "1"), open_it)) ==
        "lot_has_expired /lines/0/lot");
}

// proves: R47, R48
TEST_CASE("produced lots expire by shelf life, no later than their inputs where the item says so (R47, R48)") {
  Bakery book;
  book.post("release_order", "{'document':'PO1','place':'ST1'}");
  book.post("consume", book.to_order("PO1", book.in("FLOUR", "F1", "10")));
  book.post("yield", book.to_order("PO1", book.out("DOUGH", "D1", "5")));
  CHECK(book.lot("DOUGH", "D1").lot.expires_on.text() == "2026-03-12");
  // A late input reaches what was yielded before it.
  book.post("consume", book.to_order("PO1", book.in("YEAST", "Y1", "1")));
  CHECK(book.lot("DOUGH", "D1").lot.expires_on.text() == "2026-03-08");
  book.post("yield", book.to_order("PO1", book.out("DOUGH", "D2", "5")));
  CHECK(book.lot("DOUGH", "D2").lot.expires_on.text() == "2026-03-08");
  const auto yield = [&](const std::string& lot, const std::string& dates) {
    return book.refused(
        "yield", book.to_order("PO1", "{'item':'DOUGH','lot':'" + lot + "','quantity':'1','to':'ST2'," + dates + "}"));
  };
  CHECK(yield("D3", "'expires_on':'2026-03-09'") == "dates_contradict /lines/0/expires_on");
  CHECK(yield("D3", "'expires_on':'2026-03-01'") == "dates_contradict /lines/0/expires_on");
  CHECK(yield("D2", "'expires_on':'2026-03-07'") == "expiry_differs /lines/0/expires_on");
  CHECK(yield("D3", "'expires_on':'2026-03-07'") == "posted");
  CHECK_FALSE(book.lot("DOUGH", "D3").lot.expiry_calculated);
}

// proves: R42
TEST_CASE("a hold that flows to new lots reaches what open orders yield (R42)") {
  Bakery book;
  book.post("release_order", "{'document':'PO1','place':'ST1'}");
  book.post("consume", book.to_order("PO1", book.in("FLOUR", "F1", "10")));
  const Posted hold =
      book.post("hold", "{'lots':[{'item':'FLOUR','lot':'F1'}],'reason':'glass','flow':'descendants_and_new'}");
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "8")));
  CHECK(book.lot("BREAD", "B1").is_held);
  book.post("lift_hold", "{'number':'" + hold.hold + "','flow':'descendants','reason':'clean'}");
  book.post("hold", "{'lots':[{'item':'FLOUR','lot':'F1'}],'reason':'wet'}");
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B2", "1")));
  CHECK_FALSE(book.lot("BREAD", "B2").is_held);
}

// proves: R36, R68
TEST_CASE("what comes back is the same lot; at zero the link goes (R68)") {
  Bakery book;
  book.post("release_order", "{'document':'PO1','place':'ST1'}");
  book.post("consume", book.to_order("PO1", book.in("FLOUR", "F1", "10") + "," + book.in("FLOUR", "F2", "4")));
  book.post("yield", book.to_order("PO1", book.out("BREAD", "B1", "8")));
  const auto back = [&](const std::string& lot, const std::string& quantity) {
    return book.refused("give_back", book.to_order("PO1", "{'item':'FLOUR','lot':'" + lot + "','quantity':'" +
                                                              quantity + "','to':'ST1'}"));
  };
  CHECK(back("F1", "11") == "more_than_consumed /lines/0/quantity");
  CHECK(back("F1", "6") == "posted");
  CHECK(back("F1", "5") == "more_than_consumed /lines/0/quantity");
  CHECK(book.refused("give_back", book.to_order("PO1", "{'item':'YEAST','lot':'Y1','quantity':'1','to':'ST1'}")) ==
        "not_an_input /lines/0/lot");
  CHECK(book.on_hand("FLOUR", "F1", "ST1") == "96");
  CHECK(book.links("PO1") == "F1>B1 F2>B1");
  book.post("dispatch",
            "{'customer':'SHOP','document':'N1','lines':[{'item':'BREAD','lot':'B1','quantity':'1',"
            "'from':'ST2'}]}");
  book.without(Right::correct_genealogy);
  CHECK(back("F2", "4") == "right_needed /lines/0/quantity");
  CHECK(back("F2", "3") == "posted");
  book.with(Right::correct_genealogy);
  CHECK(back("F2", "1") == "posted");
  CHECK(book.links("PO1") == "F1>B1");
}

// proves: R67, R70
TEST_CASE("closing posts the rest as loss, with a reason beyond the tolerance (R67)") {
  Bakery book;
  book.post("release_order",
            "{'document':'PO1','place':'ST1','planned':[{'line':'input','item':'FLOUR','quantity':'10'},"
            "{'line':'input','item':'YEAST','quantity':'1'},"
            "{'line':'input','item':'WATER','quantity':'1'}]}");
  CHECK(book.refused("close_order", "{'document':'PO1'}") == "order_not_open /document");
  CHECK(book.refused("close_order", "{'document':'PO9'}") == "unknown_order /document");
  book.post("consume", book.to_order("PO1", book.in("FLOUR", "F1", "10")));
  CHECK(book.refused("close_order", "{'document':'PO1'}") == "component_missing  + loss_needs_reason /reason");
  book.post("yield", book.to_order("PO1", book.out("DOUGH", "D1", "9")));
  CHECK(book.refused("close_order", "{'document':'PO1','not_used':['YEAST']}") == "loss_needs_reason /reason");
  CHECK(book.refused("close_order", "{'document':'PO1','not_used':['FLOUR','YEAST'],'reason':'x'}") ==
        "already_so /not_used/0");
  CHECK(book.refused("close_order",
                     "{'document':'PO1','not_used':['YEAST'],'losses':[{'item':'DOUGH','quantity':'0.9'}]}") ==
        "loss_needs_reason /losses/0/reason");
  CHECK(book.refused("close_order",
                     "{'document':'PO1','not_used':['YEAST'],'losses':[{'item':'CAKE','quantity':'1',"
                     "'reason':'x'}]}") == "wrong_item /losses/0/item + loss_needs_reason /reason");
  const Posted closed = book.post("close_order",
                                  "{'document':'PO1','not_used':['YEAST'],'losses':[{'item':'DOUGH',"
                                  "'quantity':'0.9','reason':'floor'}]}");
  const auto losses = book.facts<RunLoss>(closed.entry);
  REQUIRE(losses.size() == 3);
  CHECK(losses[0].reason == "floor");
  CHECK(losses[1].quantity.is_zero());
  CHECK(losses[2].quantity.text() == "0.1");
  CHECK(losses[2].reason == "within tolerance");
  CHECK(book.state("PO1") == RunState::closed);
  CHECK(book.refused("consume", book.to_order("PO1", book.in("FLOUR", "F1", "1"))) == "order_not_open /document");
  book.post("reopen_order", "{'document':'PO1','reason':'more came out'}");
  CHECK(book.refused("reopen_order", "{'document':'PO1','reason':'x'}") == "order_not_open /document");
  book.post("yield", book.to_order("PO1", book.out("DOUGH", "D1", "2")));
  const Posted again = book.post("close_order", "{'document':'PO1','not_used':['YEAST'],'reason':'scales'}");
  const auto gains = book.facts<RunLoss>(again.entry);
  REQUIRE(gains.size() == 2);
  CHECK(gains[1].gain);
  CHECK(gains[1].quantity.text() == "1");
}

// proves: R65, R72
TEST_CASE("produce does it all in one entry") {
  Bakery book;
  const Posted posted = book.post(
      "produce",
      "{'document':'PO1','inputs':[" + book.in("FLOUR", "F1", "10") + "," + book.in("YEAST", "Y1", "1") +
          "],'outputs':[" + book.out("DOUGH", "D1", "10.9") + "," + book.out("BREAD", "B1", "3") +
          "],'process':{'shift':'early','people':['anna','ben'],'values':[{'name':'oven','value':'212','unit':"
          "'CEL'}]}}");
  CHECK(posted.opened.size() == 2);
  CHECK(book.state("PO1") == RunState::closed);
  CHECK(book.links("PO1") == "F1>D1 F1>B1 Y1>D1 Y1>B1");
  const auto readings = book.facts<Reading>(posted.entry);
  REQUIRE(readings.size() == 3);
  CHECK(readings[1].value == "anna, ben");
  CHECK(readings[2].value == "212");
  book.see([&](const View& view) {
    CHECK(readings[2].subject == view.run_numbered("PO1")->id.value);
    return 0;
  });
  const std::string inputs = "'inputs':[" + book.in("FLOUR", "F1", "10") + "]";
  CHECK(book.refused("produce", "{'document':'PO1'," + inputs + ",'outputs':[" + book.out("DOUGH", "D2", "10") +
                                    "]}") == "order_exists /document");
  CHECK(book.refused("produce", "{" + inputs + ",'outputs':[" + book.out("DOUGH", "D2", "5") + "]}") ==
        "loss_needs_reason /reason");
  CHECK(book.refused("produce", "{" + inputs + ",'outputs':[]}") == "missing /outputs");
  CHECK(book.refused("produce", "{" + inputs + ",'outputs':[" + book.out("FLOUR", "F1", "10") + "]}") ==
        "yields_consumed_lot /outputs/0/lot");
  CHECK(book.refused("produce", "{" + inputs + ",'outputs':[" + book.out("DOUGH", "D2", "10") +
                                    "],'process':{'values':[{'name':'t','value':'1'},{'name':'t','value':'2'}]}}") ==
        "code_taken /process/values/0/name + code_taken /process/values/1/name");
  const Posted open =
      book.post("produce", "{" + inputs + ",'outputs':[" + book.out("DOUGH", "D2", "5") + "],'close':false}");
  CHECK(book.state(open.order) == RunState::open);
}

TEST_CASE("a recipe plans, scaled by the output asked for, and its components must be there (R67)") {
  Bakery book;
  book.post("set_recipe",
            "{'code':'R1','name':'Dough','lines':[{'line':'input','item':'FLOUR','quantity':'10'},"
            "{'line':'input','item':'YEAST','quantity':'300','unit':'GRM'},"
            "{'line':'output','item':'DOUGH','quantity':'15'}]}");
  const Posted posted =
      book.post("release_order", "{'document':'PO1','place':'ST1','recipe':'R1','output_quantity':'5'}");
  const auto planned = book.facts<RunPlanned>(posted.entry);
  REQUIRE(planned.size() == 3);
  CHECK(planned[0].quantity.text() == "3.333");
  CHECK(planned[1].quantity.text() == "0.1");
  CHECK(planned[2].quantity.text() == "5");
  const std::string made =
      "'inputs':[" + book.in("FLOUR", "F1", "10") + "],'outputs':[" + book.out("DOUGH", "D2", "10") + "]";
  CHECK(book.refused("produce", "{'recipe':'R1'," + made + "}") == "component_missing ");
  CHECK(book.refused("produce", "{'recipe':'R1','not_used':['YEAST']," + made + "}") == "posted");
}

// proves: R53
TEST_CASE("use out of order is written down and goes on (R53)") {
  Bakery book;
  book.post("release_order", "{'document':'PO1','place':'ST1'}");
  const Posted right = book.post("consume", book.to_order("PO1", book.in("FLOUR", "F1", "1")));
  CHECK(right.warnings.empty());
  const Posted wrong = book.post("consume", book.to_order("PO1", book.in("FLOUR", "F2", "1")));
  REQUIRE(wrong.warnings.size() == 1);
  CHECK(wrong.warnings[0].code == "used_out_of_order");
  book.post("hold", "{'lots':[{'item':'FLOUR','lot':'F1'}],'reason':'wet'}");
  CHECK(book.post("consume", book.to_order("PO1", book.in("FLOUR", "F2", "1"))).warnings.empty());
}
