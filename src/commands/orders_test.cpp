// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <functional>
#include <random>

#include "base/test_seed.h"
#include "commands/test_book.h"
#include "ledger/fefo.h"
#include "ledger/verify.h"

using namespace lotbook;

namespace {

void add_ramp_and_bread(TestBook& book) {
  book.post("set_place", "{'code':'SHIP','name':'Ramp','kind':'staging','parent':'MAIN'}");
  book.post("set_item", "{'code':'BREAD','name':'Bread'}");
}

std::string order_of(const std::string& number, int quantity) {
  return "{'number':'" + number + "','customer':'SHOP','site':'MAIN','lines':[{'line':1,'item':'BREAD','quantity':'" +
         std::to_string(quantity) + "'}]}";
}

}  // namespace

namespace {

/// What a program with a fault might post: goods picked, and what it says of them.
struct Fault {
  const char* what;
  bool moves_in, moves_out;
  std::function<std::vector<Fact>(std::uint32_t order, Id<Lot> lot, Id<Place> store)> facts;
};

}  // namespace

// proves: R20, R52
TEST_CASE("a law stops what would leave an order without its goods, or with more than was ordered") {
  const std::vector<Fault> faults{
      {"goods leave that are picked", false, true, [](auto, auto, auto) { return std::vector<Fact>(); }},
      {"more is picked than was ordered", true, false,
       [](auto order, auto, auto) {
         return std::vector<Fact>{ForOrder{order, 1, 0, OrderStep::picked}};
       }},
      {"more is bound than was ordered", false, false,
       [](auto order, auto lot, auto store) {
         return std::vector<Fact>{Bound{order, 1, lot.value, store.value, Decimal::whole(5)}};
       }},
      {"what is set free was never bound", false, false,
       [](auto order, auto lot, auto store) {
         return std::vector<Fact>{Unbound{order, 1, lot.value, store.value, Decimal::whole(1)}};
       }},
      {"a step names no line", true, false, [](auto order, auto, auto) {
         return std::vector<Fact>{ForOrder{order, 1, 1, OrderStep::put_back}};
       }}};
  for (const Fault& fault : faults) {
    CAPTURE(fault.what);
    TestBook book;
    add_ramp_and_bread(book);
    book.post("open_stock", "{'lines':[{'item':'BREAD','lot':'B1','quantity':'100','to':'ST1'}]}");
    book.post("set_sales_order", order_of("SO-1", 10));
    book.post("pick", "{'order':'SO-1','to':'SHIP','lines':[{'line':1,'lot':'B1','quantity':'6','from':'ST1'}]}");
    const Id<Place> ramp = book.book().masters()->places.id_of("SHIP"),
                    store = book.book().masters()->places.id_of("ST1");
    const Id<Lot> lot = book.lot("BREAD", "B1").lot.id;
    const std::uint32_t order =
        book.see([](const View& view) { return view.trade_order_numbered(TradeKind::sales, "SO-1")->id.value; });
    Entry entry;
    entry.kind = EntryKind::pick, entry.recorded_at = entry.settled_at = entry.occurred.at = book.clock.now();
    if (fault.moves_in) entry.lines.push_back({lot, store, ramp, Decimal::whole(5), {}, 0, 0});
    if (fault.moves_out) entry.lines.push_back({lot, ramp, store, Decimal::whole(1), {}, 0, 0});
    entry.facts = fault.facts(order, lot, store);
    Book::Batch batch(book.book());
    CHECK_THROWS_WITH(batch.post(std::move(entry)), Catch::Contains("orders_hold_what_is_there"));
  }
}

// proves: R51, R52, R53
TEST_CASE("whatever is done with orders, nobody gets what is another's, and the book can be made again") {
  const TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); };
  TestBook book;
  add_ramp_and_bread(book);
  const std::vector<std::string> days{"2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08"};
  for (int i = 0; i < 4; ++i)
    book.post("open_stock", "{'lines':[{'item':'BREAD','lot':'B" + std::to_string(i) +
                                "','quantity':'20','to':'ST1','expires_on':'" + days[static_cast<std::size_t>(i)] +
                                "'}]}");
  std::vector<std::uint64_t> posted;
  int picked = 0;
  for (int step = 0; step < 250; ++step) {
    const std::string order = "SO-" + std::to_string(below(5)), lot = "B" + std::to_string(below(4));
    const std::string much = "'quantity':'" + std::to_string(1 + below(6)) + "'";
    const std::string from = below(2) ? "ST1" : "ST2";
    std::pair<std::string, std::string> command;
    switch (below(11)) {
      case 0: command = {"set_sales_order", order_of(order, 5 + below(20))}; break;
      case 1: command = {"release_pick", "{'order':'" + order + "'}"}; break;
      case 2:
      case 3:
      case 4:
        command = {"pick", "{'order':'" + order + "','to':'SHIP','lines':[{'line':1,'lot':'" + lot + "'," + much +
                               ",'from':'" + from + "'}]}"};
        break;
      case 5:
        command = {"put_back", "{'order':'" + order + "','lines':[{'line':1,'lot':'" + lot + "'," + much +
                                   ",'from':'SHIP','to':'" + from + "'}]}"};
        break;
      case 6:
        command = {"dispatch_order", "{'order':'" + order + "','document':'N" + std::to_string(step) + "'}"};
        break;
      case 7:
        command = {"move", "{'lines':[{'item':'BREAD','lot':'" + lot + "'," + much + ",'from':'" + from + "','to':'" +
                               (from == "ST1" ? "ST2" : "ST1") + "'}]}"};
        break;
      case 8:
        if (posted.empty()) continue;
        command = {"undo",
                   "{'entries':[" +
                       std::to_string(posted[static_cast<std::size_t>(below(static_cast<int>(posted.size())))]) +
                       "],'reason':'wrong'}"};
        break;
      case 9:
        command = {"count",
                   "{'place':'SHIP','confirmed_by':'zoe','lines':[{'item':'BREAD','lot':'" + lot + "'," + much + "}]}"};
        break;
      default:
        command = {"adjust", "{'reason':'found','confirmed_by':'zoe','lines':[{'item':'BREAD','lot':'" + lot + "'," +
                                 much + ",'place':'" + from + "','found':'more'}]}"};
        break;
    }
    const Outcome outcome = book.ask(command.first, command.second);
    CAPTURE(step, command.first, command.second, TestBook::refusals(outcome));
    // A broken law would stop all writing.
    for (const std::string& refusal : TestBook::refusals(outcome))
      REQUIRE(refusal.find("read_only") == std::string::npos);
    const auto* done = std::get_if<Posted>(&outcome);
    if (done && command.first != "undo") posted.push_back(done->entry);
    picked += done && command.first == "pick";
  }
  CHECK(picked > 0);
  const Verified verified = verify(book.store(), std::nullopt);
  CAPTURE(verified.wrong);
  CHECK(verified.wrong.empty());
}

// proves: R50
TEST_CASE("lots of one day follow by the day they came, then the smaller, then by code; undated ones come last") {
  TestBook book;
  add_ramp_and_bread(book);
  for (const char* line :
       {"'lot':'U1','quantity':'5','to':'ST1'", "'lot':'L2','quantity':'9','to':'ST1','expires_on':'2026-04-02'",
        "'lot':'L1','quantity':'9','to':'ST1','expires_on':'2026-04-02'",
        "'lot':'L3','quantity':'7','to':'ST2','expires_on':'2026-04-02'",
        "'lot':'E1','quantity':'5','to':'N1','expires_on':'2026-04-01'",
        "'lot':'E2','quantity':'5','to':'QUAR','expires_on':'2026-04-01'",
        "'lot':'E3','quantity':'5','to':'ST1','expires_on':'2026-04-01'"})
    book.post("open_stock", std::string("{'lines':[{'item':'BREAD',") + line + "}]}");
  book.post("set_sales_order", order_of("SO-1", 34));
  const std::string lots = book.see([](const View& view) {
    const TradeOrder& order = *view.trade_order_numbered(TradeKind::sales, "SO-1");
    const std::vector<LinePlan> plans = plan_order(view, order, *Date::parse("2026-03-02"), Explain::no);
    std::string named;
    for (const Proposed& p : plans.front().plan.take) named += p.lot->lot.code + " ";
    return named;
  });
  CHECK(lots == "E3 L3 L1 L2 U1 ");
}
