// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "base/test_seed.h"
#include "commands/test_book.h"
#include "ledger/fefo.h"

using namespace lotbook;

namespace {

constexpr int most_orders = 12;

/// All orders and lots that a view can know of, one by one.
struct Known {
  std::vector<Id<TradeOrder>> orders;
  std::vector<Id<Item>> items;
  std::vector<Id<Place>> sites;
  std::vector<Id<Lot>> lots;
};

Decimal plainly_wanted(const View& view, const Known& known, Id<TradeOrder> before, Id<Item> item, Id<Place> site) {
  Decimal wanted;
  for (const Id<TradeOrder> id : known.orders) {
    const TradeOrder* order = view.trade_order(id);
    if (!order || !(id < before) || order->site != site) continue;
    for (const TradeLine& line : order->lines)
      if (line.item == item && order->is_waiting(line)) wanted += line.open();
  }
  return wanted;
}

void require_right_sums(const View& view, const Known& known) {
  for (const Id<Item> item : known.items)
    for (const Id<Place> site : known.sites) {
      for (const Id<TradeOrder> order : known.orders)
        REQUIRE(view.wanted_before(order, item, site) == plainly_wanted(view, known, order, item, site));
      const Id<TradeOrder> last{UINT32_MAX};
      REQUIRE(view.wanted_before(last, item, site) == plainly_wanted(view, known, last, item, site));
    }
  for (const Id<Lot> lot : known.lots) {
    std::map<Id<Place>, Allotted> plain;
    std::size_t rows = 0;
    for (const Id<TradeOrder> order : known.orders)
      for (const Allotment& a : view.allotments_for(order)) {
        if (a.lot != lot) continue;
        ++rows;
        (a.is_picked ? plain[a.place].picked : plain[a.place].bound) += a.quantity;
        if (a.is_picked) plain[a.place].picked2 += a.quantity2;
      }
    REQUIRE(view.allotments_of(lot).size() == rows);
    REQUIRE(view.allotted_of(lot).size() == plain.size());
    for (const auto& [place, sum] : plain) {
      const Allotted there = view.allotted(lot, place);
      REQUIRE(there.bound == sum.bound);
      REQUIRE(there.picked == sum.picked);
      REQUIRE(there.picked2 == sum.picked2);
    }
  }
}

/// What was just chosen for the order is there, beside what is chosen for others.
void require_no_promise_twice(const View& view, const TradeOrder& order, const Known& known) {
  for (const Id<Lot> id : known.lots) {
    const std::vector<Allotment>& rows = view.allotments_for(order.id);
    if (std::none_of(rows.begin(), rows.end(), [&](const Allotment& a) { return !a.is_picked && a.lot == id; }))
      continue;
    Decimal there;
    for (const LotState::Cell& cell : view.lot(id)->cells)
      if (view.masters().site_of(cell.place) == order.site && is_proposed_from(view.masters().use_of(cell.place)))
        there += cell.quantity;
    REQUIRE(bound_at(view, id, order.site) <= there);
  }
}

class OrderedBook {
 public:
  explicit OrderedBook(std::mt19937_64 random) : random_(random) {
    book.post("set_place", "{'code':'SHIP','name':'Ramp','kind':'staging','parent':'MAIN'}");
    for (const char* item : {"BREAD", "ROLL"}) {
      book.post("set_item", std::string("{'code':'") + item + "','name':'Baked','unit':'EA'}");
      known.items.push_back(book.book().masters()->items.id_of(item));
      for (int i = 0; i < 2; ++i) {
        const std::string lot = item + std::to_string(i);
        book.post("open_stock",
                  std::string("{'lines':[{'item':'") + item + "','lot':'" + lot + "','quantity':'90','to':'ST1'}]}");
        known.lots.push_back(book.lot(item, lot).lot.id);
      }
    }
    for (const char* site : {"MAIN", "NORTH"}) known.sites.push_back(book.book().masters()->places.id_of(site));
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }
  std::string item() { return below(2) == 0 ? "BREAD" : "ROLL"; }
  std::string order() { return "SO-" + std::to_string(below(most_orders)); }

  std::pair<std::string, std::string> any_command() {
    const std::string much = std::to_string(1 + below(6)), which = item();
    const std::string lot = which + std::to_string(below(2)),
                      line = which == "BREAD" ? (below(2) == 0 ? "1" : "3") : "2";
    switch (below(9)) {
      case 0:
      case 1:
        return {"set_sales_order", "{'number':'" + order() + "','customer':'SHOP','site':'" +
                                       (below(4) == 0 ? "NORTH" : "MAIN") +
                                       "','lines':[{'line':1,'item':'BREAD','quantity':'" + std::to_string(below(20)) +
                                       "'},{'line':2,'item':'ROLL','quantity':'" + std::to_string(1 + below(20)) +
                                       "'},{'line':3,'item':'BREAD','quantity':'" + std::to_string(below(40)) + "'}]}"};
      case 2: return {"release_pick", "{'order':'" + order() + "'}"};
      case 3:
      case 4:
      case 5:
        return {"pick", "{'order':'" + order() + "','to':'SHIP','lines':[{'line':" + line + ",'lot':'" + lot +
                            "','quantity':'" + much + "','from':'ST1'}]}"};
      case 6:
        return {"put_back", "{'order':'" + order() + "','lines':[{'line':" + line + ",'lot':'" + lot +
                                "','quantity':'" + much + "','from':'SHIP','to':'ST1'}]}"};
      case 7:
        return {"dispatch_order", "{'order':'" + order() + "','document':'N" + std::to_string(below(1000)) + "'}"};
      default:
        return {"undo", "{'entries':[" + std::to_string(1 + below(static_cast<std::uint32_t>(book.book().head().seq))) +
                            "],'reason':'wrong'}"};
    }
  }
  void look_for_orders() {
    book.see([&](const View& view) {
      known.orders.clear();
      for (int i = 0; i < most_orders; ++i)
        if (const TradeOrder* order = view.trade_order_numbered(TradeKind::sales, "SO-" + std::to_string(i)))
          known.orders.push_back(order->id);
      return 0;
    });
  }

  TestBook book;
  Known known;

 private:
  std::mt19937_64 random_;
};

}  // namespace

// proves: R51, R52
TEST_CASE("whatever is done with orders, what they want and have is the sum of it") {
  const TestSeed seed;
  INFO(seed.text());
  OrderedBook plant(seed.generator());
  std::size_t done = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::pair<std::string, std::string>> commands;
    for (std::uint32_t i = 1 + plant.below(6); i > 0; --i) commands.push_back(plant.any_command());
    for (const Outcome& outcome : plant.book.together(commands)) done += std::holds_alternative<Posted>(outcome);
    plant.look_for_orders();
    {
      Book::Batch writing(plant.book.book());
      require_right_sums(writing.view(), plant.known);
    }
    const std::string released = plant.order();
    const Outcome release = plant.book.together({{"release_pick", "{'order':'" + released + "'}"}}).front();
    plant.book.see([&](const View& reading) {
      require_right_sums(reading, plant.known);
      if (std::holds_alternative<Posted>(release))
        require_no_promise_twice(reading, *reading.trade_order_numbered(TradeKind::sales, released), plant.known);
      return 0;
    });
  }
  CHECK(done > 20);
}

TEST_CASE("sums are right in the middle of a batch, and when the batch came to nothing") {
  const TestSeed seed;
  INFO(seed.text());
  OrderedBook plant(seed.generator());
  for (int round = 0; round < 40; ++round) {
    Known known = plant.known;
    Book::Batch batch(plant.book.book());
    for (int step = 0; step < 6; ++step) {
      Entry entry;
      entry.kind = EntryKind::set_order;
      entry.recorded_at = entry.settled_at = entry.occurred.at = plant.book.clock.now();
      const bool is_new = known.orders.empty() || plant.below(3) == 0;
      const std::uint32_t id = is_new
                                   ? batch.view().next_id()
                                   : known.orders[plant.below(static_cast<std::uint32_t>(known.orders.size()))].value;
      const TradeOrder* order = batch.view().trade_order(Id<TradeOrder>{id});
      if (is_new || plant.below(2) == 0)
        entry.facts.emplace_back(OrderSet{id,
                                          TradeKind::sales,
                                          order ? order->number : "SO-" + std::to_string(id),
                                          0,
                                          0,
                                          known.sites[plant.below(2)].value,
                                          {},
                                          order ? order->state : TradeState::open,
                                          plant.below(5) == 0 ? TradeState::cancelled : TradeState::open});
      for (std::uint32_t i = plant.below(3); i > 0; --i) {
        const std::uint32_t line = 1 + plant.below(4);
        OrderLineSet set;
        set.order = id, set.order_line = line, set.item = known.items[line % 2].value;
        set.quantity = Decimal::whole(plant.below(9));
        entry.facts.emplace_back(set);
      }
      batch.post(std::move(entry));
      if (is_new) known.orders.push_back(Id<TradeOrder>{id});
      if (plant.below(2) == 0) require_right_sums(batch.view(), known);
    }
    if (plant.below(3) == 0) continue;  // nothing of it happened
    batch.commit();
    plant.known.orders = known.orders;
  }
  Book::Batch batch(plant.book.book());
  require_right_sums(batch.view(), plant.known);
}
