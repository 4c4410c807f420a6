// SPDX-License-Identifier: Apache-2.0
#include "commands/demo.h"

#include <fmt/format.h>
#include <stdexcept>

#include "commands/dispatch.h"
#include "commands/executor.h"
#include "commands/hold.h"
#include "commands/move.h"
#include "commands/produce.h"
#include "commands/receive.h"
#include "commands/records.h"

namespace lotbook {

namespace {

constexpr int weeks = 52;
constexpr int incident_week = 38;  // the almonds of this week are those that the alert names

class Plant {
 public:
  Plant(Book& book, Instant until)
      : book_(book), clock_(Instant{until.microseconds - weeks * 7 * microseconds_per_day}), start_(clock_.now()) {}

  DemoIncident run() {
    set_up();
    for (int week = 0; week < weeks; ++week) live(week);
    return {fmt::format("From: Quality, Sunrise Nuts — To: all customers\nOur almond lot {} was found to hold "
                        "aflatoxin above the limit. "
                        "Please stop it, tell us where it went, and keep what you have left.",
                        almond_label(incident_week)),
            almond_label(incident_week)};
  }

 private:
  template <class Command>
  void post(std::string_view name, Command command) {
    const CommandRow* row = find_command(name);
    Asked asked;
    asked.row = row, asked.command = std::make_shared<Command>(std::move(command)),
    asked.actor = Actor::with_all_rights(who_), asked.client = "demo";
    asked.key = fmt::format("demo-{}", ++posted_);
    asked.digest = request_digest(name, row->shape(), asked.command.get());
    const std::string said = std::string(name);
    waiting_.push_back({std::move(asked), [said](Outcome outcome) {
                          if (std::holds_alternative<Posted>(outcome)) return;
                          const auto* refusals = std::get_if<Refusals>(&outcome);
                          throw std::runtime_error("the demonstration's " + said + " was refused: " +
                                                   (refusals ? refusals->front().field + " " + refusals->front().detail
                                                             : std::string("unknown")));
                        }});
  }
  /// Posts what waits, as of a moment of the story.
  void at(int day, int hour, int minute = 0) {
    clock_.set(
        Instant{start_.microseconds + day * microseconds_per_day + (hour * 60 + minute) * microseconds_per_minute});
    std::vector<Waiting> now;
    now.swap(waiting_);
    execute(book_, clock_, now);
  }
  static Decimal much(std::int64_t whole) { return Decimal::whole(whole); }
  std::string code(std::string_view prefix, int week) const { return fmt::format("{}{:03}", prefix, week + 1); }
  std::string almond_label(int week) const { return fmt::format("SN-{}{:02}", 41, week) + (week % 2 ? "B" : "A"); }

  void set_up();
  void live(int week);
  void receive(int week);
  void make(int week);
  void ship(int week);

  Book& book_;
  SetClock clock_;
  Instant start_;
  std::string who_ = "lena";
  std::vector<Waiting> waiting_;
  int posted_ = 0;
};

void Plant::set_up() {
  const auto partner = [&](std::string partner_code, std::string name, std::vector<Role> roles, std::string country) {
    Partner p;
    p.code = std::move(partner_code), p.name = std::move(name), p.roles = std::move(roles),
    p.country = std::move(country);
    p.email = "quality@" + p.code + ".example";
    for (char& c : p.email) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    post("set_partner", p);
  };
  partner("OATMILL", "North Oat Mill", {Role::supplier, Role::maker}, "SE");
  partner("SUNRISE", "Sunrise Nuts", {Role::supplier, Role::maker}, "ES");
  partner("BEEFARM", "Hill Bee Farm", {Role::supplier}, "DE");
  partner("BOXCO", "Box & Bag", {Role::supplier}, "DE");
  partner("CORNER", "Corner Grocers", {Role::customer}, "DE");
  partner("HOTELS", "Lakeside Hotels", {Role::customer}, "AT");
  partner("ONLINE", "Breakfast Box", {Role::customer}, "DE");
  const auto address = [&](std::string address_code, std::string of, std::string name, std::string city, int days,
                           std::string contact) {
    Address a;
    a.code = std::move(address_code), a.partner = std::move(of), a.name = std::move(name), a.city = std::move(city),
    a.transit_days = days, a.contact = std::move(contact);
    a.phone = "+49 30 000000", a.country = "DE";
    post("set_address", a);
  };
  address("CORNER-N", "CORNER", "Corner Grocers, north", "Hamburg", 1, "Ada Example");
  address("CORNER-S", "CORNER", "Corner Grocers, south", "Munich", 2, "Ben Example");
  address("HOTELS-1", "HOTELS", "Lakeside, kitchen stores", "Bregenz", 3, "Cleo Example");
  address("ONLINE-1", "ONLINE", "Breakfast Box, packing hall", "Leipzig", 1, "Dan Example");
  at(0, 6);
  const auto place = [&](std::string place_code, std::string name, PlaceKind kind, std::string parent) {
    Place p;
    p.code = std::move(place_code), p.name = std::move(name), p.kind = kind, p.parent = std::move(parent);
    if (kind == PlaceKind::site) p.time_zone = "Europe/Berlin", p.series_prefix = "G";
    post("set_place", p);
    at(0, 6, 1);
  };
  place("LANE", "Harvest Lane", PlaceKind::site, "");
  place("DOCK", "Dock", PlaceKind::dock, "LANE");
  place("DRY", "Dry store", PlaceKind::storage, "LANE");
  place("OVEN", "Ovens", PlaceKind::production, "LANE");
  place("PACK", "Packing", PlaceKind::production, "LANE");
  place("GOODS", "Finished goods", PlaceKind::storage, "LANE");
  place("BACK", "Returns", PlaceKind::returns, "LANE");
  place("CAGE", "Quarantine cage", PlaceKind::quarantine, "LANE");
  const auto item = [&](std::string item_code, std::string name, std::string unit, int decimals, std::string maker,
                        int shelf_life, std::string cost, std::string category) {
    Item i;
    i.code = std::move(item_code), i.name = std::move(name), i.unit = std::move(unit), i.decimals = decimals,
    i.maker = std::move(maker), i.shelf_life_days = shelf_life;
    i.unit_cost = Decimal::parse(cost).value_or(Decimal()), i.category = std::move(category),
    i.yield_tolerance_percent = much(10);
    if (i.category == "finished") i.minimum_life_at_dispatch_days = 60;
    if (i.code == "ALMONDS") i.allergens = "Tree nuts";
    post("set_item", i);
  };
  item("OATS", "Rolled oats", "KGM", 3, "OATMILL", 300, "0.9", "raw");
  item("ALMONDS", "Almonds, chopped", "KGM", 3, "SUNRISE", 240, "9.5", "raw");
  item("HONEY", "Blossom honey", "KGM", 3, "", 700, "6.2", "raw");
  item("POUCH", "Stand-up pouch 350 g", "EA", 0, "BOXCO", 0, "0.08", "packaging");
  item("BASE", "Toasted granola base", "KGM", 3, "", 60, "4", "intermediate");
  item("GRANOLA", "Honey almond granola 350 g", "EA", 0, "", 270, "2.1", "finished");
  item("OATBAR", "Oat bar 40 g", "EA", 0, "", 180, "0.6", "finished");
  at(0, 7);
}

void Plant::receive(int week) {
  const int day = week * 7;
  const auto delivery = [&](std::string supplier, std::string document, std::vector<ReceiptLine> lines) {
    Receive r;
    r.supplier = std::move(supplier), r.document = std::move(document),
    r.reference = fmt::format("PO-{:04}", 100 + week), r.to = "DOCK", r.lines = std::move(lines);
    post("receive", r);
  };
  const auto line = [&](std::string item, std::int64_t quantity, std::string own, std::string label) {
    ReceiptLine l;
    l.item = std::move(item), l.quantity = much(quantity), l.lot = std::move(own), l.supplier_lot = std::move(label);
    return l;
  };
  Move away;
  const auto store = [&](std::string item, std::int64_t quantity, std::string own) {
    MoveLine l;
    l.item = std::move(item), l.lot = std::move(own), l.quantity = much(quantity), l.from = "DOCK", l.to = "DRY";
    away.lines.push_back(std::move(l));
  };
  delivery("OATMILL", fmt::format("OM-{}", 7000 + week),
           {line("OATS", 420, code("OA", week), fmt::format("O{}.1", 300 + week)),
            line("OATS", 180, code("OB", week), fmt::format("O{}.2", 300 + week))});
  store("OATS", 420, code("OA", week)), store("OATS", 180, code("OB", week));
  if (week % 2 == 0) {
    delivery("SUNRISE", fmt::format("SR-{}", 880 + week), {line("ALMONDS", 190, code("AL", week), almond_label(week))});
    store("ALMONDS", 190, code("AL", week));
  }
  if (week % 4 == 0) {
    delivery("BEEFARM", fmt::format("HB-{}", 40 + week), {line("HONEY", 340, code("HO", week), "")});
    delivery("BOXCO", fmt::format("BX-{}", 900 + week),
             {line("POUCH", 9000, code("PO", week), fmt::format("{}", 55000 + week))});
    store("HONEY", 340, code("HO", week)), store("POUCH", 9000, code("PO", week));
  }
  at(day, 8, 10);
  who_ = "sam";
  post("move", away);
  at(day, 9);
}

void Plant::make(int week) {
  const int day = week * 7;
  const auto input = [](std::string item, std::string lot, Decimal quantity, std::string from) {
    InputLine l;
    l.item = std::move(item), l.lot = std::move(lot), l.quantity = quantity, l.from = std::move(from);
    return l;
  };
  const auto output = [](std::string item, std::string lot, Decimal quantity, std::string to) {
    OutputLine l;
    l.item = std::move(item), l.lot = std::move(lot), l.quantity = quantity, l.to = std::move(to);
    return l;
  };
  // Two runs of the toasted base a week; the second takes the mill's other lot.
  for (int run = 0; run < 2; ++run) {
    Produce toast;
    toast.document = fmt::format("MO-{:04}-{}", 1000 + week, run + 1), toast.place = "OVEN";
    toast.inputs = {
        input("OATS", run == 0 ? code("OA", week) : code("OB", week), run == 0 ? much(300) : much(170), "DRY"),
        input("ALMONDS", code("AL", week - week % 2), much(run == 0 ? 55 : 30), "DRY"),
        input("HONEY", code("HO", week - week % 4), much(run == 0 ? 50 : 28), "DRY")};
    toast.outputs = {output("BASE", code(run == 0 ? "TA" : "TB", week), much(run == 0 ? 390 : 220), "PACK")};
    toast.process.shift = "early", toast.process.machine = run == 0 ? "OVEN-1" : "OVEN-2";
    toast.process.values = {{"oven_temperature", std::to_string(158 + week % 5), "CEL"}};
    toast.reason = "moisture lost in the oven";
    post("produce", toast);
    at(day + 1 + run, 13);
  }
  Produce pack;
  pack.document = fmt::format("MO-{:04}-3", 1000 + week), pack.place = "PACK";
  pack.inputs = {input("BASE", code("TA", week), much(385), "PACK"), input("BASE", code("TB", week), much(140), "PACK"),
                 input("POUCH", code("PO", week - week % 4), much(1480), "DRY")};
  pack.outputs = {output("GRANOLA", code("GR", week), much(1480), "GOODS")};
  pack.reason = "samples and crumbs";
  post("produce", pack);
  at(day + 3, 15);
  Produce bars;
  bars.document = fmt::format("MO-{:04}-4", 1000 + week), bars.place = "PACK";
  bars.inputs = {input("BASE", code("TB", week), much(75), "PACK"), input("OATS", code("OA", week), much(100), "DRY")};
  bars.outputs = {output("OATBAR", code("BA", week), much(4200), "GOODS")};
  post("produce", bars);
  at(day + 4, 11);
  if (week % 13 != 6) return;
  // Misshapen bars are crumbled into next week's base by a rework order of their own.
  Produce rework;
  rework.document = fmt::format("RW-{:04}", 1000 + week), rework.kind = OrderKind::rework, rework.place = "PACK",
  rework.reason = "misshapen bars crumbled";
  rework.inputs = {input("OATBAR", code("BA", week), much(200), "GOODS"),
                   input("BASE", code("TB", week), much(5), "PACK")};
  rework.outputs = {output("BASE", code("RB", week), Decimal::parse("12.5").value_or(Decimal()), "PACK")};
  post("produce", rework);
  Produce again;
  again.document = fmt::format("MO-{:04}-5", 1000 + week), again.place = "PACK";
  again.inputs = {input("BASE", code("RB", week), Decimal::parse("12.5").value_or(Decimal()), "PACK"),
                  input("OATS", code("OA", week), much(10), "DRY")};
  again.outputs = {output("OATBAR", code("BR", week), much(540), "GOODS")};
  post("produce", again);
  at(day + 5, 10);
}

void Plant::ship(int week) {
  const int day = week * 7 + 5;
  const auto dispatch = [&](std::string customer, std::string to, int number, std::vector<DispatchLine> lines) {
    Dispatch d;
    d.customer = std::move(customer), d.address = std::move(to),
    d.document = fmt::format("DN-{:05}", 20000 + week * 10 + number),
    d.reference = fmt::format("SO-{:05}", 50000 + week * 10 + number);
    d.lines = std::move(lines);
    post("dispatch", d);
  };
  const auto line = [](std::string item, std::string lot, std::int64_t quantity) {
    DispatchLine l;
    l.item = std::move(item), l.lot = std::move(lot), l.quantity = much(quantity), l.from = "GOODS";
    return l;
  };
  who_ = "sam";
  dispatch("CORNER", "CORNER-N", 1, {line("GRANOLA", code("GR", week), 480), line("OATBAR", code("BA", week), 1200)});
  dispatch("CORNER", "CORNER-S", 2, {line("GRANOLA", code("GR", week), 360)});
  if (week % 3 != 1)
    dispatch("HOTELS", "HOTELS-1", 3, {line("GRANOLA", code("GR", week), 240), line("OATBAR", code("BA", week), 900)});
  dispatch("ONLINE", "ONLINE-1", 4,
           {line("GRANOLA", code("GR", week), week % 3 == 1 ? 520 : 300), line("OATBAR", code("BA", week), 1500)});
  at(day, 14);
  if (week % 6 == 4) {
    ReturnGoods back;
    back.customer = "CORNER", back.document = fmt::format("RN-{}", 300 + week),
    back.reference = fmt::format("DN-{:05}", 20000 + week * 10 + 2), back.reason = "cartons crushed in transit";
    ReturnLine l;
    l.item = "GRANOLA", l.lot = code("GR", week), l.quantity = much(48), l.to = "BACK";
    back.lines = {l};
    post("return_goods", back);
    at(day + 1, 10);
  }
}

void Plant::live(int week) {
  who_ = "lena";
  receive(week);
  make(week);
  ship(week);
  if (week != 47) return;
  PlaceHold hold;
  hold.reason = "seal test failed on two pouches", hold.lots = {{"GRANOLA", code("GR", week)}};
  who_ = "quinn";
  post("hold", hold);
  at(week * 7 + 6, 9);
}

}  // namespace

DemoIncident build_demo(Book& book, Instant until) { return Plant(book, until).run(); }

}  // namespace lotbook
