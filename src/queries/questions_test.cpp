// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "base/json.h"
#include "queries/history.h"
#include "queries/lot.h"
#include "queries/order.h"
#include "queries/records.h"
#include "queries/search.h"
#include "queries/stock.h"
#include "queries/test_ledger.h"
#include "queries/watch.h"

namespace lotbook {
namespace {

using testing::instant;
using testing::Making;
using testing::TestLedger;

Date day(int of_march) { return Date::of(2026, 3, of_march); }

/// Two lots of flour with dates, one of them held in the store; a count noticed something.
struct Shelf : TestLedger {
  Id<Item> flour = item("FLOUR"), salt = item("SALT");
  Id<Partner> mill = partner("MILL");
  Id<Place> plant = place("PLANT", PlaceKind::site), store = place("ST1", PlaceKind::storage, "PLANT"),
            yard = place("QUAR", PlaceKind::quarantine, "PLANT");
  Id<Lot> late = receive("F-100", 30, 20), early = receive("F-200", 50, 10);

  Id<Lot> receive(const std::string& code, std::int64_t quantity, int expires) {
    const Id<Lot> lot{next_id()};
    Making making(EntryKind::receive);
    making.opens(lot, flour, code, Origin::received).line(lot, ends::supplier, store, quantity);
    LotOpened& opened = making.entry.opened[0];
    opened.expires_on = day(expires), opened.received_on = day(2), opened.issuer = mill,
    opened.issued_code = "X-" + code;
    making.entry.partner = mill, making.entry.document = "DELIVERY-" + code;
    post(making.entry);
    return lot;
  }
  Snapshot at(const Reading& reading) { return {reading.view(), instant(60), true}; }
};

TEST_CASE("Stock is asked now, as known at an entry, and page by page") {
  Shelf b;
  Making move(EntryKind::move);
  const std::uint64_t before = b.book().head().seq;
  b.post(move.line(b.early, b.store, b.yard, 20).entry);
  TestLedger::Reading reading(b);
  const Snapshot snapshot = b.at(reading);
  StockQuestion question;
  const Result<StockAnswer> all = ask(question, snapshot);
  REQUIRE(all);
  REQUIRE(all->rows.size() == 3);
  CHECK(all->rows[0].lot == "F-200");  // it expires first
  CHECK(all->rows[2].quantity == Decimal::whole(30));
  question.limit = 1;
  std::vector<std::string> seen;
  for (int page = 0; page < 4; ++page) {
    const Result<StockAnswer> one = ask(question, snapshot);
    REQUIRE(one);
    for (const StockLine& row : one->rows) seen.push_back(row.lot + " " + row.place);
    question.after = one->next;
    if (question.after.empty()) break;
  }
  CHECK(seen == std::vector<std::string>{"F-200 ST1", "F-200 QUAR", "F-100 ST1"});
  StockQuestion then;
  then.at_entry = before;
  CHECK_FALSE(ask(then, snapshot));
  then.item = "FLOUR";
  const Result<StockAnswer> past = ask(then, snapshot);
  REQUIRE(past);
  REQUIRE(past->rows.size() == 2);
  CHECK(past->rows[1].quantity == Decimal::whole(50));
  CHECK(past->entry == before);
  StockQuestion moment;
  moment.item = "FLOUR", moment.lot = "F-200", moment.at = WrittenTime::parse("2026-03-01");
  const Result<StockAnswer> nothing = ask(moment, snapshot);
  REQUIRE(nothing);
  CHECK(nothing->rows.empty());
}

TEST_CASE("The order of use says which lots may be used and why others may not") {
  Shelf b;
  Making move(EntryKind::move);
  b.post(move.line(b.early, b.store, b.yard, 50).entry);
  TestLedger::Reading reading(b);
  FefoQuestion question;
  question.item = "FLOUR", question.site = "PLANT";
  const Result<FefoAnswer> answer = ask(question, b.at(reading));
  REQUIRE(answer);
  REQUIRE(answer->rows.size() == 2);
  CHECK(answer->rows[0].lot == "F-200");
  CHECK_FALSE(answer->rows[0].usable);
  CHECK(answer->rows[0].why_not == "lies in quarantine");
  CHECK(answer->rows[1].usable);
  CHECK(answer->rows[1].available == Decimal::whole(30));
  ExpiringQuestion expiring;
  expiring.days = 10;
  const Result<ExpiringAnswer> soon = ask(expiring, b.at(reading));
  REQUIRE(soon);
  REQUIRE(soon->rows.size() == 1);
  CHECK(soon->rows[0].days_left == 8);
}

TEST_CASE("A lot's card shows holds, names and history; a lifted hold leaves the list of holds") {
  Shelf b;
  const std::uint32_t hold = b.next_id();
  Making held(EntryKind::hold);
  held.entry.facts.push_back(HoldPlaced{hold, "H-1", "wet", "", Flow::lot, b.store.value, {b.early.value}});
  held.entry.facts.push_back(Noticed{"note", "Look at it.", b.early.value});
  const std::uint64_t placed = b.post(held.entry);
  {
    TestLedger::Reading reading(b);
    const Snapshot snapshot = b.at(reading);
    LotQuestion question;
    question.item = "FLOUR", question.lot = "X-F-200";
    const Result<LotAnswer> card = ask(question, snapshot);
    REQUIRE(card);
    CHECK(card->lot == "F-200");
    CHECK(card->standing == Standing::hold);
    REQUIRE(card->holds.size() == 1);
    CHECK(card->holds[0].place == "ST1");
    CHECK(card->names.size() == 2);
    CHECK(card->history.size() == 2);
    CHECK(card->balance.difference.is_zero());
    CHECK(card->places.at(0).why_not == "lot_is_on_hold");
    const Result<HoldsAnswer> holds = ask(HoldsQuestion{}, snapshot);
    REQUIRE(holds);
    REQUIRE(holds->rows.size() == 1);
    CHECK(holds->rows[0].lots.at(0).lot == "F-200");
    const Result<ReviewsAnswer> reviews = ask(ReviewsQuestion{}, snapshot);
    REQUIRE(reviews);
    REQUIRE(reviews->rows.size() == 1);
    CHECK(reviews->rows[0].detail == "Look at it.");
  }
  Making undo(EntryKind::undo);
  undo.entry.reverses = {placed}, undo.entry.why = "undone";
  const std::uint64_t undone = b.post(undo.entry);
  TestLedger::Reading reading(b);
  CHECK(ask(HoldsQuestion{}, b.at(reading))->rows.empty());
  HistoryQuestion history;
  history.item = "FLOUR", history.code = "F-200";
  const Result<EntriesAnswer> entries = ask(history, b.at(reading));
  REQUIRE(entries);
  REQUIRE(entries->entries.size() == 3);
  CHECK(entries->entries[1].taken_back_by == undone);
  history.limit = 1;
  const Result<EntriesAnswer> first = ask(history, b.at(reading));
  CHECK(first->next == first->entries[0].entry);
}

TEST_CASE("Orders and documents show what was planned, went in and came out") {
  Shelf b;
  const Id<Run> run{b.next_id()};
  Making release(EntryKind::release_order);
  release.entry.run = run, release.entry.document = "PO-7";
  release.entry.facts.push_back(RunOpened{run.value, "PO-7", RunKind::production, RunState::open, b.store.value, ""});
  release.entry.facts.push_back(RunPlanned{run.value, Direction::input, b.flour.value, Decimal::whole(40)});
  b.post(release.entry);
  Making consume(EntryKind::consume);
  consume.entry.run = run;
  b.post(consume.line(b.early, b.store, ends::process, 15).entry);
  TestLedger::Reading reading(b);
  const Snapshot snapshot = b.at(reading);
  OrdersQuestion orders;
  orders.state = RunState::open;
  REQUIRE(ask(orders, snapshot)->rows.size() == 1);
  orders.state = RunState::closed;
  CHECK(ask(orders, snapshot)->rows.empty());
  DocumentQuestion question;
  question.number = "PO-7";
  const Result<DocumentAnswer> document = ask(question, snapshot);
  REQUIRE(document);
  REQUIRE(document->order_lines.size() == 2);
  CHECK(document->order_lines[0].planned == Decimal::whole(40));
  CHECK(document->order_lines[1].quantity == Decimal::whole(15));
  CHECK(document->entries.size() == 2);
  question.number = "PO-8";
  CHECK(ask(question, snapshot).refusal().code == Code::not_found);
}

TEST_CASE("Search finds by part of any code, without regard to case or dashes") {
  Shelf b;
  TestLedger::Reading reading(b);
  SearchQuestion question;
  question.text = "f2oo";
  const Result<SearchAnswer> lots = ask(question, b.at(reading));
  REQUIRE(lots);
  REQUIRE(lots->rows.size() == 3);
  CHECK(lots->rows[0].code == "F-200");
  CHECK(lots->rows[1].bears == "X-F-200");
  CHECK(lots->rows[2].code == "DELIVERY-F-200");
  question.text = "mill";
  CHECK(ask(question, b.at(reading))->rows.at(0).noun == "partner");
  question.text = "DELIVERY-F-1";
  CHECK(ask(question, b.at(reading))->rows.at(0).noun == "document");
  question.text = "%%%";
  CHECK(ask(question, b.at(reading))->rows.empty());
  question.text = "ab";
  CHECK_FALSE(ask(question, b.at(reading)));
}

TEST_CASE("The feed shows codes for numbers and is taken up where it was left; lists page by code") {
  Shelf b;
  TestLedger::Reading reading(b);
  EntriesQuestion question;
  question.kinds = {EntryKind::receive}, question.limit = 1;
  const Result<EntriesAnswer> first = ask(question, b.at(reading));
  REQUIRE(first);
  REQUIRE(first->entries.size() == 1);
  CHECK(first->entries[0].lines.at(0).from == "supplier");
  CHECK(first->entries[0].lines[0].lot == "F-100");
  question.after = first->next;
  const Result<EntriesAnswer> second = ask(question, b.at(reading));
  CHECK(second->entries.at(0).lines.at(0).lot == "F-200");
  CHECK(second->next == 0);
  RecordsQuestion<Item> items;
  items.limit = 1;
  const Result<RecordsAnswer<Item>> page = ask(items, b.at(reading));
  REQUIRE(page);
  CHECK(page->rows.at(0).code == "FLOUR");
  CHECK(page->next == "FLOUR");
  items.after = page->next;
  CHECK(ask(items, b.at(reading))->rows.at(0).code == "SALT");
}

TEST_CASE("Every question has a sentence, and its fields have one") {
  for (const QuestionRow& row : question_table()) {
    INFO(row.name);
    CHECK_FALSE(row.sentence.empty());
    CHECK(json_schema(row.answer_shape()).size() > 2);
    for (const FieldShape& field : row.shape().fields) CHECK_FALSE(field.sentence.empty());
  }
}

}  // namespace
}  // namespace lotbook
