// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "commands/test_book.h"
#include "model/place_ends.h"

// Quality status, holds, and what each allows (R37-R43), through the commands.

using namespace lotbook;

namespace {

void open_lot(TestBook& book, const std::string& lot, const std::string& more = "") {
  book.post("open_stock", "{'lines':[{'item':'FLOUR','lot':'" + lot + "','quantity':'100','to':'ST1'" + more + "}]}");
}
std::string lots(const std::string& code, const std::string& item = "FLOUR") {
  return "'lots':[{'item':'" + item + "','lot':'" + code + "'}]";
}
std::string reason(const std::string& code) { return "{" + lots(code) + ",'reason':'Smells'}"; }

Id<Lot> id_of(TestBook& book, const std::string& lot) { return book.lot("FLOUR", lot).lot.id; }

/// A transformation of one entry: inputs by code, one new lot; run 0 stands for the entry alone.
Entry transformation(TestBook& book, const std::vector<std::string>& inputs, const std::string& output,
                     Id<Run> run = {}) {
  Entry entry;
  entry.kind = run ? EntryKind::produce : EntryKind::blend;
  entry.recorded_at = entry.settled_at = entry.occurred.at = book.clock.now();
  entry.run = run, entry.who = "anna";
  const Masters& masters = *book.book().masters();
  const Id<Place> place = masters.places.id_of("ST1"), end = run ? ends::process : ends::conversion;
  for (const std::string& input : inputs)
    entry.lines.push_back({id_of(book, input), place, end, Decimal::whole(1), {}, 0, 0});
  if (output.empty()) return entry;
  LotOpened opened;
  opened.lot.value = book.book().head().next_id, opened.item = masters.items.id_of("FLOUR"), opened.code = output;
  opened.origin = Origin::produced;
  entry.lines.push_back({opened.lot, end, place, Decimal::whole(1), {}, 0, 0});
  entry.opened.push_back(opened);
  return entry;
}
void put(TestBook& book, Entry entry) {
  Book::Batch batch(book.book());
  batch.post(std::move(entry));
  batch.commit();
}
/// Codes of the lots that a hold was laid on.
std::vector<std::string> held(TestBook& book, const Posted& posted) {
  std::vector<std::string> codes;
  const HoldPlaced placed = book.facts<HoldPlaced>(posted.entry).at(0);
  for (const std::uint32_t lot : placed.lots)
    codes.push_back(book.see([&](const View& view) { return view.lot(Id<Lot>{lot})->lot.code; }));
  return codes;
}

}  // namespace

TEST_CASE("quality sets the one status of a lot (R37)") {
  TestBook book;
  open_lot(book, "F1");
  const auto status = [&] { return book.lot("FLOUR", "F1").lot.quality; };
  CHECK(book.refused("release", "{" + lots("F1") + "}") == "already_so /lots/0/lot");
  book.post("quarantine", reason("F1"));
  CHECK(status() == Quality::quarantine);
  CHECK(book.refused("quarantine", reason("F1")) == "already_so /lots/0/lot");
  book.post("release", "{" + lots("F1") + "}");
  CHECK(status() == Quality::released);
  book.post("reject", reason("F1"));
  CHECK(status() == Quality::rejected);
  CHECK(book.refused("reject", reason("F1")) == "already_so /lots/0/lot");
  CHECK(book.refused("release", "{" + lots("F1") + "}") == "missing /reason");
  book.post("release", reason("F1"));
  CHECK(status() == Quality::released);

  CHECK(book.refused("quarantine", "{" + lots("F1") + "}") == "missing /reason");
  CHECK(book.refused("reject", "{" + lots("F1") + "}") == "missing /reason");
  CHECK(book.refused("quarantine", "{'lots':[],'reason':'Smells'}") == "missing /lots");
  CHECK(book.refused("quarantine", reason("F9")) == "unknown_lot /lots/0/lot");
  book.post("open_stock", "{'lines':[{'item':'WATER','quantity':'1','to':'ST1'}]}");
  CHECK(book.refused("quarantine", "{'lots':[{'item':'WATER','lot':'W'}],'reason':'Smells'}") ==
        "lot_unwanted /lots/0/lot");
  book.without(Right::quality);
  for (const char* command : {"quarantine", "release", "reject", "hold"})
    CHECK(book.refused(command, reason("F1")) == "right_needed ");
}

TEST_CASE("release waits for what the item asks (R43, R50)") {
  TestBook book;
  book.post("open_stock",
            "{'lines':[{'item':'MILK','lot':'M1','quantity':'10','to':'ST1'},{'item':'PILL','lot':'P1','quantity':'10',"
            "'to':'ST1','quality':'quarantine'}]}");
  const std::string milk = "{" + lots("M1", "MILK") + "}", pill = lots("P1", "PILL");
  CHECK(book.refused("release", milk) == "expiry_needed /lots/0/lot");
  book.post("change_dates", "{'item':'MILK','lot':'M1','expires_on':'2026-03-20'}");
  CHECK(book.refused("release", milk) == "posted");

  CHECK(book.refused("release", "{" + pill + "}") == "attribute_needed /certificate");
  book.post("release", "{" + pill + ",'certificate':'COA-1'}");
  // Who puts it back into quarantine does not release it; the certificate is known by now. Anna recorded it, so she is
  // out twice.
  book.actor.name = "bert";
  book.post("quarantine", "{" + pill + ",'reason':'Complaint'}");
  CHECK(book.refused("release", "{" + pill + "}") == "second_person_needed /lots/0/lot");
  book.actor.name = "anna";
  CHECK(book.refused("release", "{" + pill + "}") == "second_person_needed /lots/0/lot");
  book.actor.name = "carl";
  CHECK(book.refused("release", "{" + pill + "}") == "posted");
}

TEST_CASE("the table of R40 holds through the commands") {
  // Standing, then what move, sample, dispatch, back to supplier and dispose answer without and with the right
  // "quality".
  struct Row {
    const char* standing;
    std::array<const char*, 5> without, with;
  };
  const std::array rows{
      Row{"released", {"", "", "", "", ""}, {"", "", "", "", ""}},
      Row{"quarantine", {"", "", "lot_is_in_quarantine", "", "right_needed"}, {"", "", "lot_is_in_quarantine", "", ""}},
      Row{"hold",
          {"right_needed", "right_needed", "lot_is_on_hold", "right_needed", "right_needed"},
          {"", "", "lot_is_on_hold", "", ""}},
      Row{"rejected", {"", "", "lot_is_rejected", "", ""}, {"", "", "lot_is_rejected", "", ""}},
      Row{"expired", {"", "", "lot_has_expired", "", ""}, {"", "", "lot_has_expired", "", ""}},
      Row{"recalled",
          {"lot_is_recalled", "lot_is_recalled", "lot_is_recalled", "lot_is_recalled", "lot_is_recalled"},
          {"lot_is_recalled", "lot_is_recalled", "lot_is_recalled", "lot_is_recalled", "lot_is_recalled"}},
  };
  for (const Row& row : rows) {
    TestBook book;
    const std::string standing = row.standing;
    open_lot(book, "F1", standing == "expired" ? ",'expires_on':'2026-03-01'" : "");
    if (standing == "quarantine") book.post("quarantine", reason("F1"));
    if (standing == "rejected") book.post("reject", reason("F1"));
    if (standing == "hold") book.post("hold", reason("F1"));
    if (standing == "recalled") book.post("hold", "{" + lots("F1") + ",'reason':'Glass','recall':'R1'}");
    const std::string line = "'item':'FLOUR','lot':'F1','quantity':'1','from':'ST1'";
    const std::array<std::pair<const char*, std::string>, 5> acts{
        {{"move", "{'lines':[{" + line + ",'to':'ST2'}]}"},
         {"sample", "{'lines':[{" + line + "}]}"},
         {"dispatch", "{'customer':'SHOP','address':'SHOP-1','document':'N1','lines':[{" + line + "}]}"},
         {"return_to_supplier", "{'supplier':'MILL','confirm_more':true,'lines':[{" + line + "}]}"},
         {"dispose", "{'reason':'Old','lines':[{" + line + "}]}"}}};
    for (const bool quality : {false, true})
      for (std::size_t i = 0; i < acts.size(); ++i) {
        quality ? book.with(Right::quality) : book.without(Right::quality);
        const std::string code = quality ? row.with[i] : row.without[i];
        INFO(standing << ", " << acts[i].first << (quality ? ", with the right" : ", without the right"));
        CHECK(book.refused(acts[i].first, acts[i].second) == (code.empty() ? "posted" : code + " /lines/0/lot"));
      }
    // Counting is always allowed.
    book.without(Right::quality);
    CHECK(book.refused("count",
                       "{'place':'ST2','confirmed_by':'bert','lines':[{'item':'FLOUR','lot':'F1','quantity':'3'}]}") ==
          "posted");
  }
}

TEST_CASE("holds stand beside each other and are lifted one by one (R37)") {
  TestBook book;
  open_lot(book, "F1"), open_lot(book, "F2");
  const Posted inspection = book.post(
      "hold", "{'lots':[{'item':'FLOUR','lot':'F1'},{'item':'FLOUR','lot':'F2'}],'number':'INSP-1','reason':'Smells'}");
  CHECK(inspection.hold == "INSP-1");
  const Posted other = book.post("hold", "{" + lots("F1") + ",'reason':'Wet'}");
  CHECK(other.hold.size() == 7);
  CHECK(other.hold.substr(0, 1) == "H");
  book.post("lift_hold", "{'number':'INSP-1'," + lots("F2") + ",'reason':'Fine'}");
  CHECK_FALSE(book.lot("FLOUR", "F2").is_held);
  const Posted lifted = book.post("lift_hold", "{'number':'INSP-1','reason':'Fine'}");
  const HoldLifted fact = book.facts<HoldLifted>(lifted.entry).at(0);
  CHECK(fact.wholly);
  CHECK(fact.lots == std::vector<std::uint32_t>{id_of(book, "F1").value});
  CHECK(book.lot("FLOUR", "F1").is_held);
  book.post("lift_hold", "{'number':'" + other.hold + "'," + lots("F1") + ",'reason':'Dry'}");
  CHECK_FALSE(book.lot("FLOUR", "F1").is_held);
  CHECK(book.refused("lift_hold", "{'number':'" + other.hold + "','reason':'Dry'}") == "hold_is_lifted /number");
}

TEST_CASE("holds are refused with what to do (R38)") {
  TestBook book;
  open_lot(book, "F1"), open_lot(book, "F2");
  book.post("hold", "{" + lots("F1") + ",'number':'H1','reason':'Smells'}");
  const auto hold = [&](const std::string& rest) { return book.refused("hold", "{" + lots("F1") + "," + rest + "}"); };
  CHECK(hold("'number':'H1','reason':'Smells'") == "code_taken /number");
  CHECK(hold("'number':'n/a','reason':'Smells'") == "placeholder_code /number");
  CHECK(hold("'number':'H2'") == "missing /reason");
  CHECK(hold("'place':'NO','reason':'Smells'") == "unknown_place /place");
  CHECK(hold("'place':'ST1','flow':'descendants','reason':'Smells'") == "hold_scope /flow");
  CHECK(book.refused("hold", "{'lots':[{'item':'FLOUR','lot':'F1','quantity':'1'}],'reason':'Smells'}") ==
        "unknown_field /lots/0/quantity");
  CHECK(book.refused("lift_hold", "{'number':'H9','reason':'Fine'}") == "unknown_hold /number");
  CHECK(book.refused("lift_hold", "{'number':'H1'}") == "missing /reason");
  CHECK(book.refused("lift_hold", "{'number':'H1'," + lots("F2") + ",'reason':'Fine'}") == "already_so /lots");
  book.post("hold", "{" + lots("F1") + ",'number':'H3','recall':'R1','reason':'Glass'}");
  book.without(Right::recall);
  CHECK(hold("'recall':'R1','reason':'Glass'") == "right_needed /recall");
  CHECK(book.refused("lift_hold", "{'number':'H3','reason':'Fine'}") == "right_needed /number");
}

TEST_CASE("a hold in one place leaves the rest usable (R38)") {
  TestBook book;
  open_lot(book, "F1");
  book.post("move", "{'lines':[{'item':'FLOUR','lot':'F1','quantity':'40','from':'ST1','to':'ST2'}]}");
  book.post("hold", "{" + lots("F1") + ",'place':'ST2','reason':'Wet'}");
  const auto dispatch = [&](const std::string& from) {
    return book.refused("dispatch",
                        "{'customer':'SHOP','address':'SHOP-1','document':'N1','lines':[{'item':'FLOUR','lot':'F1','"
                        "quantity':'1','from':'" +
                            from + "'}]}");
  };
  CHECK(dispatch("ST1") == "posted");
  CHECK(dispatch("ST2") == "lot_is_on_hold /lines/0/lot");
}

TEST_CASE("who blocks a lot learns who has it already (R41)") {
  TestBook book;
  open_lot(book, "F1");
  for (const char* quantity : {"10", "5"})
    book.post("dispatch", std::string("{'customer':'SHOP','address':'SHOP-1','document':'N1','lines':[{'item':'FLOUR','"
                                      "lot':'F1','from':'ST1','quantity':'") +
                              quantity + "'}]}");
  const Posted hold = book.post("hold", reason("F1"));
  REQUIRE(hold.warnings.size() == 1);
  CHECK(hold.warnings[0].code == "already_dispatched");
  CHECK(hold.warnings[0].detail == "SHOP, SHOP-1 received 15.000 KGM of lot F1 of FLOUR.");
  CHECK(book.post("reject", reason("F1")).warnings.size() == 1);
}

TEST_CASE("more than a hundred receivers are counted, not listed (R41)") {
  TestBook book;
  open_lot(book, "F1");
  const Id<Place> store = book.book().masters()->places.id_of("ST1");
  Entry entry;
  entry.kind = EntryKind::dispatch, entry.recorded_at = entry.settled_at = entry.occurred.at = book.clock.now();
  for (int i = 0; i < 103; ++i) {
    book.post("set_address", "{'code':'A" + std::to_string(i) + "','partner':'SHOP','name':'Shop'}");
    entry.partner = book.book().masters()->partners.id_of("SHOP");
    entry.address = book.book().masters()->addresses.id_of("A" + std::to_string(i));
    entry.lines = {{id_of(book, "F1"), store, ends::customer, Decimal::from_millionths(1000), {}, 0, 0}};
    put(book, entry);
  }
  const Posted hold = book.post("hold", reason("F1"));
  REQUIRE(hold.warnings.size() == 101);
  CHECK(hold.warnings.back().detail == "3 more deliveries left already; trace the lots forward to see them all.");
}

TEST_CASE("a hold flows to what was made of the lots (R42, R65, R66)") {
  TestBook book;
  open_lot(book, "F1"), open_lot(book, "F2"), open_lot(book, "F3");
  put(book, transformation(book, {"F1", "F2"}, "B1"));
  put(book, transformation(book, {"B1"}, "B2"));
  put(book, transformation(book, {"F3"}, "B3"));
  // F1 goes into a blend of two outputs, but only into one of them.
  Entry assigned = transformation(book, {"F1", "F3"}, "C1");
  LotOpened second = assigned.opened[0];
  second.lot.value += 1, second.code = "C2";
  assigned.lines.push_back({second.lot, ends::conversion, assigned.lines[0].from, Decimal::whole(1), {}, 0, 0});
  assigned.opened.push_back(second);
  assigned.facts.emplace_back(Assigned{0, second.lot.value});
  put(book, assigned);
  // A run posted in parts: the yield came before the consumption.
  Entry run = transformation(book, {}, "R1", Id<Run>{book.book().head().next_id + 1});
  run.opened[0].lot.value = book.book().head().next_id,
  run.facts.emplace_back(RunOpened{run.run.value, "ORDER-1", RunKind::production, RunState::open, 0, ""});
  put(book, run);
  put(book, transformation(book, {"B2"}, "", run.run));

  const Posted hold = book.post("hold", "{" + lots("F1") + ",'flow':'descendants','reason':'Smells'}");
  CHECK(held(book, hold) == std::vector<std::string>{"F1", "B1", "B2", "C2", "R1"});
  CHECK(held(book, book.post("hold", reason("F1"))) == std::vector<std::string>{"F1"});
  book.post("lift_hold", "{'number':'" + hold.hold + "'," + lots("B1") + ",'flow':'descendants','reason':'Fine'}");
  CHECK_FALSE(book.lot("FLOUR", "B1").is_held);
  CHECK_FALSE(book.lot("FLOUR", "R1").is_held);
  CHECK(book.lot("FLOUR", "C2").is_held);

  // What was given back wholly went in nowhere; loops end.
  Entry back = transformation(book, {}, "");
  back.kind = EntryKind::give_back, back.run = run.run;
  back.lines = {{id_of(book, "B2"), ends::process, assigned.lines[0].from, Decimal::whole(1), {}, 0, 0}};
  put(book, back);
  Entry loop = transformation(book, {"B2"}, "");
  loop.lines.push_back({id_of(book, "F2"), ends::conversion, assigned.lines[0].from, Decimal::whole(1), {}, 0, 0});
  put(book, loop);
  CHECK(held(book, book.post("hold", "{" + lots("F2") + ",'flow':'descendants_and_new','reason':'Smells'}")) ==
        std::vector<std::string>{"F2", "B1", "B2"});
  // What is not tracked has no status.
  book.post("open_stock", "{'lines':[{'item':'WATER','quantity':'1','to':'ST1'}]}");
  Entry untracked = transformation(book, {"F2"}, "");
  untracked.lines.push_back(
      {book.lot("WATER", "").lot.id, ends::conversion, assigned.lines[0].from, Decimal::whole(1), {}, 0, 0});
  put(book, untracked);
  CHECK(held(book, book.post("hold", "{" + lots("F2") + ",'flow':'descendants','reason':'Smells'}")).size() == 3);
  // Assumed links and joined lots are passed through too (R12, R63).
  const Posted unknown =
      book.post("found", "{'item':'FLOUR','quantity':'1','place':'ST1','unknown':true,'candidates':['F3']}");
  book.post("join", "{'item':'FLOUR','lot':'" + unknown.opened[0].lot + "','with':'B3','reason':'Label found'}");
  CHECK(held(book, book.post("hold", "{" + lots(unknown.opened[0].lot) + ",'flow':'descendants','reason':'Smells'}")) ==
        std::vector<std::string>{unknown.opened[0].lot, "B3"});  // the named one first
  CHECK(held(book, book.post("hold", "{" + lots("F3") + ",'flow':'descendants','reason':'Smells'}")) ==
        std::vector<std::string>{"F3", "B3", "C1", "C2", unknown.opened[0].lot});
}
