// SPDX-License-Identifier: Apache-2.0
#include "commands/pack.h"

#include <functional>
#include <random>

#include "base/test_seed.h"
#include "commands/test_book.h"
#include "ledger/handling_units.h"
#include "ledger/verify.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// A book with pallets, and a tank that mixes.
struct Yard : TestBook {
  Yard() {
    post("set_place", "{'code':'TANK','name':'Tank','kind':'vessel','parent':'MAIN','mixing':'mixes'}");
    post("receive",
         "{'supplier':'MILL','document':'D-1','to':'ST1','lines':["
         "{'item':'FLOUR','lot':'F1','quantity':'100'},{'item':'FLOUR','lot':'F2','quantity':'50'}]}");
  }
  static std::string sscc(std::uint64_t number) { return make_sscc("4012345", number); }
  void pack(std::uint64_t number, const std::string& lot, int quantity) {
    post("pack", "{'sscc':'" + sscc(number) + "','place':'ST1','lines':[{'item':'FLOUR','lot':'" + lot +
                     "','quantity':'" + std::to_string(quantity) + "'}]}");
  }
};

bool names(const std::string& said, std::string_view law) { return said.find(law) != std::string::npos; }

void move(Entry& entry, const View& view, const char* lot, const char* to, int quantity) {
  const Id<Lot> id = view.lot_called(view.masters().items.id_of("FLOUR"), lot);
  entry.lines.push_back(
      {id, view.masters().places.id_of("ST1"), view.masters().places.id_of(to), Decimal::whole(quantity), {}, 0, 0});
}

}  // namespace

// proves: R24
TEST_CASE("what is on a pallet lies where it stands, and no more of it than that") {
  Yard book;
  book.pack(1, "F1", 60);
  book.pack(2, "F2", 50);
  constexpr std::string_view law = "handling_units_hold_what_is_there";
  const auto unit = [](const View& view, std::uint64_t number) {
    return view.handling_unit_called(Yard::sscc(number))->id.value;
  };
  CHECK(book.broken_by([](Entry& e, const View& view) { move(e, view, "F1", "ST2", 40); }).empty());
  CHECK(names(book.broken_by([](Entry& e, const View& view) { move(e, view, "F1", "ST2", 41); }), law));
  const auto moved = [&](const View& view, std::uint64_t number, const char* to, std::uint32_t inside) {
    return HandlingUnitMoved{unit(view, number), view.masters().places.id_of("ST1").value,
                             view.masters().places.id_of(to).value, 0, inside};
  };
  CHECK(
      names(book.broken_by([&](Entry& e, const View& view) { e.facts.emplace_back(moved(view, 1, "ST2", 0)); }), law));
  CHECK(names(book.broken_by([&](Entry& e, const View& view) {
    move(e, view, "F1", "ST2", 60);
    e.facts.emplace_back(moved(view, 1, "ST2", unit(view, 2)));
  }),
              law));
  const auto packed = [&](const View& view, int quantity, bool is_off) {
    const Id<Lot> lot = view.lot_called(view.masters().items.id_of("FLOUR"), "F1");
    return Packed{unit(view, 1), lot.value, 0, Decimal::whole(quantity), {}, is_off};
  };
  CHECK(names(book.broken_by([&](Entry& e, const View& view) { e.facts.emplace_back(packed(view, 41, false)); }), law));
  CHECK(names(book.broken_by([&](Entry& e, const View& view) { e.facts.emplace_back(packed(view, 61, true)); }), law));
  CHECK(names(book.broken_by([&](Entry& e, const View& view) {
    e.facts.emplace_back(Packed{unit(view, 1), 4'000'000, 0, Decimal::whole(1), {}, false});
  }),
              law));
  CHECK_FALSE(book.broken_by([&](Entry& e, const View& view) {
                    e.facts.emplace_back(HandlingUnitOpened{view.next_id(), Yard::sscc(1), unit(view, 1)});
                  })
                  .empty());
}

// proves: R24
TEST_CASE("no pallet stands on itself, over any number of steps") {
  Yard book;
  book.pack(1, "F1", 1), book.pack(2, "F1", 1);
  const auto onto = [](const View& view, std::uint64_t number, std::uint64_t below) {
    const std::uint32_t at = view.masters().places.id_of("ST1").value;
    const auto unit = [&](std::uint64_t n) { return view.handling_unit_called(Yard::sscc(n))->id.value; };
    return HandlingUnitMoved{unit(number), at, at, 0, unit(below)};
  };
  CHECK(book.broken_by([&](Entry& e, const View& view) { e.facts.emplace_back(onto(view, 1, 2)); }).empty());
  CHECK(names(book.broken_by([&](Entry& e, const View& view) {
    e.facts.emplace_back(onto(view, 1, 2)), e.facts.emplace_back(onto(view, 2, 1));
  }),
              "stands on itself"));
}

// proves: R24
TEST_CASE("an SSCC that the book makes is given once, also where numbers come round or were typed before") {
  Yard book;
  const std::string prefix = "123456789012";  // leaves five digits
  CHECK(make_sscc(prefix, 7) == make_sscc(prefix, 100'007));
  book.post("set_book", "{'name':'Bakery','time_zone':'UTC','gs1_company_prefix':'" + prefix + "'}");
  const std::string typed =
      make_sscc(prefix, std::uint64_t{book.see([](const View& view) { return view.next_id(); })} + 1);
  const auto packed = [&](const std::string& sscc) {
    const Posted posted =
        book.post("pack", "{'sscc':'" + sscc + "','place':'ST1','lines':[{'item':'FLOUR','lot':'F1','quantity':'5'}]}");
    return book.see([&](const View& view) -> std::string {
      for (const Fact& fact : view.entry(posted.entry)->facts)
        if (const auto* opened = std::get_if<HandlingUnitOpened>(&fact)) return opened->sscc;
      return {};
    });
  };
  CHECK(packed(typed) == typed);
  const std::string made = packed("");
  CHECK(is_sscc(made));
  CHECK(made != typed);
  CHECK(made.substr(1, prefix.size()) == prefix);
}

// proves: R74
TEST_CASE("a vessel that mixes holds one lot, and one item") {
  Yard book;
  constexpr std::string_view law = "vessels_hold_one_content";
  CHECK(book.broken_by([](Entry& e, const View& view) { move(e, view, "F1", "TANK", 40); }).empty());
  CHECK(names(book.broken_by(
                  [](Entry& e, const View& view) { move(e, view, "F1", "TANK", 40), move(e, view, "F2", "TANK", 1); }),
              law));
  book.post("set_place", "{'code':'TANK','name':'Tank','kind':'vessel','parent':'MAIN','mixing':'fifo'}");
  CHECK(book.broken_by(
                [](Entry& e, const View& view) { move(e, view, "F1", "TANK", 40), move(e, view, "F2", "TANK", 1); })
            .empty());
  book.post("receive",
            "{'supplier':'MILL','document':'D-2','to':'ST1','lines':[{'item':'MILK','lot':'M1','quantity':'9',"
            "'expires_on':'2026-12-31'}]}");
  CHECK(names(book.broken_by([](Entry& e, const View& view) {
    move(e, view, "F1", "TANK", 40), move(e, view, "F1", "TANK", 1);
    e.lines[1].lot = view.lot_called(view.masters().items.id_of("MILK"), "M1");
  }),
              law));
}

// proves: R24, R32
TEST_CASE("pallets packed, moved, sent and taken back at random keep what is on them") {
  const TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  Yard book;
  std::map<std::string, std::map<std::string, int>> on;  // by SSCC and lot
  std::map<std::string, std::string> where;
  std::map<std::pair<std::string, std::string>, int> stock{{{"F1", "ST1"}, 100}, {{"F2", "ST1"}, 50}};
  std::vector<std::string> opened;  // in the order in which a count takes off them
  book.post("set_place", "{'code':'BACK','name':'Returns','kind':'returns','parent':'MAIN'}");
  const auto loose = [&](const std::string& lot, const std::string& place) {
    int packed = 0;
    for (const auto& [sscc, goods] : on)
      if (where[sscc] == place && goods.contains(lot)) packed += goods.at(lot);
    return stock[{lot, place}] - packed;
  };
  const auto is_here = [&](const std::string& sscc) { return where.contains(sscc) && where[sscc].starts_with("ST"); };
  const auto all_goes = [&](const std::string& sscc, const std::string& to) {
    for (const auto& [packed, much] : on[sscc]) stock[{packed, where[sscc]}] -= much, stock[{packed, to}] += much;
    where[sscc] = to;
  };
  const auto whole = [](const std::string& sscc) { return "'handling_units':['" + sscc + "']"; };
  int applied = 0, refused = 0;
  for (int step = 0; step < 400; ++step) {
    const std::string lot = random() % 2 ? "F1" : "F2", sscc = Yard::sscc(random() % 4);
    const std::string place = random() % 2 ? "ST1" : "ST2", other = place == "ST1" ? "ST2" : "ST1";
    const int quantity = 1 + static_cast<int>(random() % 30);
    const std::string line = "{'item':'FLOUR','lot':'" + lot + "','quantity':'" + std::to_string(quantity) + "'";
    const bool known = where.contains(sscc), here = is_here(sscc);
    const auto done = [&](const Outcome& outcome, bool expected) {
      CAPTURE(step, lot, sscc, place, quantity);
      REQUIRE(std::holds_alternative<Posted>(outcome) == expected);
      (expected ? applied : refused)++;
      return expected;
    };
    switch (random() % 10) {
      case 0: {
        if (known && !here) break;
        const std::string at = known ? where[sscc] : place;
        const Outcome outcome =
            book.ask("pack", "{'sscc':'" + sscc + "','place':'" + at + "','lines':[" + line + "}]}");
        if (!done(outcome, loose(lot, at) >= quantity)) break;
        on[sscc][lot] += quantity, where[sscc] = at;
        if (!known) opened.push_back(sscc);
        break;
      }
      case 1: {
        const int had = here && on[sscc].contains(lot) ? on[sscc][lot] : 0;
        if (done(book.ask("unpack", "{'sscc':'" + sscc + "','lines':[" + line + "}]}"), here && had >= quantity))
          if ((on[sscc][lot] -= quantity) == 0) on[sscc].erase(lot);
        break;
      }
      case 2:
        if (done(book.ask("move_unit", "{'sscc':'" + sscc + "','to':'" + place + "'}"), here && where[sscc] != place))
          all_goes(sscc, place);
        break;
      case 3: {  // goods are taken off in the same command
        const int had = here && on[sscc].contains(lot) ? on[sscc][lot] : 0;
        const std::string at = here ? where[sscc] : place;
        if (done(book.ask("sample", "{'lines':[" + line + ",'from':'" + at + "','sscc':'" + sscc + "'}]}"),
                 here && had >= quantity)) {
          if ((on[sscc][lot] -= quantity) == 0) on[sscc].erase(lot);
          stock[{lot, at}] -= quantity;
        }
        break;
      }
      case 4: {  // a count is the truth: what cannot lie loose is on no pallet
        const int found = std::max(0, stock[{lot, place}] + static_cast<int>(random() % 31) - 12);
        const std::string counted = "{'item':'FLOUR','lot':'" + lot + "','quantity':'" + std::to_string(found) + "'}";
        done(book.ask("count", "{'place':'" + place + "','confirmed_by':'Bob','lines':[" + counted + "]}"), true);
        stock[{lot, place}] = found;
        int lacking = -loose(lot, place);
        for (const std::string& unit : opened) {
          if (where[unit] != place || !on[unit].contains(lot) || lacking <= 0) continue;
          const int off = std::min(lacking, on[unit][lot]);
          lacking -= off;
          if ((on[unit][lot] -= off) == 0) on[unit].erase(lot);
        }
        break;
      }
      case 5:
        if (done(book.ask("dispatch",
                          "{'customer':'SHOP','document':'N-" + std::to_string(step) + "'," + whole(sscc) + "}"),
                 here))
          all_goes(sscc, "customer");
        break;
      case 6:
        if (done(book.ask("return_goods", "{'customer':'SHOP','to':'BACK'," + whole(sscc) + "}"),
                 known && where[sscc] == "customer"))
          all_goes(sscc, "BACK");
        if (known && where[sscc] == "BACK" &&
            done(book.ask("move_unit", "{'sscc':'" + sscc + "','to':'" + place + "'}"), true))
          all_goes(sscc, place);
        break;
      case 7:
        if (!done(book.ask("transfer_out",
                           "{'to_site':'NORTH','document':'T-" + std::to_string(step) + "'," + whole(sscc) + "}"),
                  here))
          break;
        all_goes(sscc, "transit");
        done(book.ask("transfer_in",
                      "{'to':'" + place + "','document':'T-" + std::to_string(step) + "'," + whole(sscc) + "}"),
             true);
        all_goes(sscc, place);
        break;
      default:
        if (done(book.ask("move", "{'lines':[" + line + ",'from':'" + place + "','to':'" + other + "'}]}"),
                 loose(lot, place) >= quantity))
          stock[{lot, place}] -= quantity, stock[{lot, other}] += quantity;
    }
  }
  CHECK(applied > 20);
  CHECK(refused > 20);
  book.see([&](const View& view) {
    for (const auto& [sscc, goods] : on) {
      const HandlingUnit& unit = *view.handling_unit_called(sscc);
      CHECK((unit.place == ends::customer ? "customer" : view.masters().places.code_of(unit.place)) == where[sscc]);
      std::map<std::string, int> found;
      for (const PackedGoods& g : unit.goods)
        found[view.lot(g.lot)->lot.code] = static_cast<int>(g.quantity.millionths() / 1'000'000);
      CHECK(found == goods);
    }
    return 0;
  });
  CHECK(verify(book.store(), std::nullopt).wrong == std::vector<std::string>());
}

}  // namespace lotbook
