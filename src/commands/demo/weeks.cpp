// SPDX-License-Identifier: Apache-2.0
#include "commands/demo/plant.h"
#include "commands/dispatch.h"
#include "commands/dispatch_order.h"
#include "commands/hold.h"
#include "commands/move.h"
#include "commands/pick.h"
#include "commands/produce.h"
#include "commands/receive.h"
#include "commands/trade_order.h"

// What happens week by week: deliveries against orders, baking and packing, picking first expired first, returns.

namespace lotbook {

namespace {

std::string sales_order(int week, int number) { return fmt::format("SO-{:05}", 50000 + week * 10 + number); }
std::string delivery_note(int week, int number) { return fmt::format("DN-{:05}", 20000 + week * 10 + number); }

InputLine input(std::string item, std::string lot, Decimal quantity, std::string from) {
  InputLine line;
  line.item = std::move(item), line.lot = std::move(lot), line.quantity = quantity, line.from = std::move(from);
  return line;
}
OutputLine output(std::string item, std::string lot, Decimal quantity, std::string to) {
  OutputLine line;
  line.item = std::move(item), line.lot = std::move(lot), line.quantity = quantity, line.to = std::move(to);
  return line;
}

}  // namespace

void DemoPlant::receive(int week) {
  const int day = week * 7;
  struct Coming {
    std::string item;
    std::int64_t quantity;
    std::string own, label;
  };
  Move away;
  const auto delivery = [&](std::string supplier, std::string document, const std::vector<Coming>& coming) {
    SetPurchaseOrder ordered;
    ordered.number = fmt::format("PO-{}-{}", supplier, 100 + week), ordered.supplier = supplier, ordered.site = "LANE";
    Receive receipt;
    receipt.supplier = supplier, receipt.document = std::move(document), receipt.reference = ordered.number,
    receipt.to = "DOCK";
    for (const Coming& c : coming) {
      // Two lots of an item on one delivery were one line of the order.
      if (ordered.lines.empty() || ordered.lines.back().item != c.item)
        ordered.lines.push_back({0, c.item, Decimal(), ""});
      ordered.lines.back().quantity += much(c.quantity);
      ReceiptLine line;
      line.item = c.item, line.quantity = much(c.quantity), line.lot = c.own, line.supplier_lot = c.label;
      receipt.lines.push_back(std::move(line));
      if (c.item == "HONEY") continue;  // into the tank
      MoveLine move;
      move.item = c.item, move.lot = c.own, move.quantity = much(c.quantity), move.from = "DOCK", move.to = "DRY";
      away.lines.push_back(std::move(move));
    }
    post("set_purchase_order", ordered);
    at(day, 7, 30);
    post("receive", receipt);
  };
  delivery("OATMILL", fmt::format("OM-{}", 7000 + week),
           {{"OATS", 420, code("OA", week), fmt::format("O{}.1", 300 + week)},
            {"OATS", 155, code("OB", week), fmt::format("O{}.2", 300 + week)}});
  if (week % 2 == 0)
    delivery("SUNRISE", fmt::format("SR-{}", 880 + week), {{"ALMONDS", 172, code("AL", week), almond_label(week)}});
  if (week % 4 == 0) {
    delivery("BEEFARM", fmt::format("HB-{}", 40 + week), {{"HONEY", 316, code("HO", week), ""}});
    delivery("BOXCO", fmt::format("BX-{}", 900 + week),
             {{"POUCH", 6000, code("PO", week), fmt::format("{}", 55000 + week)}});
  }
  at(day, 8, 10);
  if (week % 4 == 0) fill_tank(week);
  who_ = "sam";
  post("move", away);
  at(day, 9);
}

void DemoPlant::make(int week) {
  const int day = week * 7;
  const auto use = [&](Produce& run, std::string_view item, Decimal quantity) {
    for (const Taken& taken : to_use(item, quantity))
      run.inputs.push_back(input(std::string(item), taken.lot, taken.quantity, taken.place));
  };
  const auto yield = [](Produce& run, std::string item, std::string lot, std::int64_t quantity, std::string to) {
    run.outputs.push_back(output(std::move(item), std::move(lot), much(quantity), std::move(to)));
  };
  // Two runs of the toasted base a week.
  for (int run = 0; run < 2; ++run) {
    Produce toast;
    toast.document = fmt::format("MO-{:04}-{}", 1000 + week, run + 1), toast.place = "OVEN";
    use(toast, "OATS", much(run == 0 ? 300 : 170));
    use(toast, "ALMONDS", much(run == 0 ? 55 : 30));
    use(toast, "HONEY", much(run == 0 ? 50 : 28));
    yield(toast, "BASE", code(run == 0 ? "TA" : "TB", week), run == 0 ? 388 : 214, "PACK");
    toast.process.shift = "early", toast.process.machine = run == 0 ? "OVEN-1" : "OVEN-2";
    toast.process.values = {{"oven_temperature", std::to_string(158 + week % 5), "CEL"}};
    toast.reason = "moisture lost in the oven";
    post("produce", toast);
    at(day + 1 + run, 13);
  }
  Produce pack;
  pack.document = fmt::format("MO-{:04}-3", 1000 + week), pack.place = "PACK";
  use(pack, "BASE", much(525));
  use(pack, "POUCH", much(1480));
  yield(pack, "GRANOLA", code("GR", week), 1480, "GOODS");
  pack.reason = "samples and crumbs";
  post("produce", pack);
  at(day + 3, 15);
  Produce bars;
  bars.document = fmt::format("MO-{:04}-4", 1000 + week), bars.place = "PACK";
  use(bars, "BASE", much(75));
  use(bars, "OATS", much(100));
  yield(bars, "OATBAR", code("BA", week), 4200, "GOODS");
  post("produce", bars);
  at(day + 4, 11);
  if (week % 13 == 6) rework(week);
}

/// Misshapen bars are crumbled into base by a rework order of their own, and that base goes into bars again.
void DemoPlant::rework(int week) {
  const Decimal crumbled = Decimal::parse("8").value_or(Decimal());
  Produce crumble;
  crumble.document = fmt::format("RW-{:04}", 1000 + week), crumble.kind = OrderKind::rework, crumble.place = "PACK",
  crumble.reason = "misshapen bars crumbled";
  crumble.inputs = {input("OATBAR", code("BA", week), much(200), "GOODS")};
  crumble.outputs = {output("BASE", code("RB", week), crumbled, "PACK")};
  post("produce", crumble);
  Produce again;
  again.document = fmt::format("MO-{:04}-5", 1000 + week), again.place = "PACK";
  again.inputs = {input("BASE", code("RB", week), crumbled, "PACK")};
  again.outputs = {output("OATBAR", code("BR", week), much(198), "GOODS")};
  post("produce", again);
  at(week * 7 + 5, 10);
}

/// What customers ordered for this week.
void DemoPlant::take_orders(int week) {
  const auto order = [&](std::string customer, std::string address, int number, std::int64_t granola,
                         std::int64_t bars) {
    SetSalesOrder ordered;
    ordered.number = sales_order(week, number), ordered.customer = std::move(customer),
    ordered.address = std::move(address), ordered.site = "LANE";
    ordered.lines.push_back({1, "GRANOLA", much(granola), ""});
    if (bars > 0) ordered.lines.push_back({2, "OATBAR", much(bars), ""});
    post("set_sales_order", ordered);
  };
  const bool is_big_week = week % 3 == 1;
  order("CORNER", "CORNER-N", 1, 480, 1300);
  order("CORNER", "CORNER-S", 2, 360, 0);
  if (!is_big_week) order("HOTELS", "HOTELS-1", 3, 240, 900);
  order("ONLINE", "ONLINE-1", 4, is_big_week ? 540 : 300, 2000);
}

void DemoPlant::ship(int week) {
  const int day = week * 7 + 5;
  who_ = "sam";
  for (const int number : {1, 2, 3, 4}) {
    if (number == 3 && week % 3 == 1) continue;
    const std::string order = sales_order(week, number);
    if (number == 2) most_sent_ = {};
    post("release_pick", ReleasePick{order, ""});
    at(day, 12, number);
    Pick pick;
    pick.order = order, pick.to = "STAGE";
    std::vector<Chosen> to_take = to_pick(order);
    if (week == 30 && number == 3) {
      // The hotels fill their stores for the season: someone who may lets the newest lot go before its turn.
      std::erase_if(to_take, [](const Chosen& c) { return c.line == 1; });
      to_take.push_back({1, {code("GR", week), "GOODS", much(240)}});
      pick.override_fefo = true, pick.reason = "the customer asked for the longest life, for the season's stores";
    }
    for (const Chosen& chosen : to_take) {
      PickedLine line;
      line.line = chosen.line, line.lot = chosen.taken.lot, line.quantity = chosen.taken.quantity,
      line.from = chosen.taken.place;
      // What they send back later is of the lot that made up most of it.
      if (number == 2 && (most_sent_.lot.empty() || line.quantity > most_sent_.quantity)) most_sent_ = chosen.taken;
      pick.lines.push_back(std::move(line));
    }
    post("pick", pick);
    at(day, 13, number);
    DispatchOrder leave;
    if (number == 1) leave.handling_units = {pack_pallet(week, to_take)};
    leave.order = order, leave.document = delivery_note(week, number);
    post("dispatch_order", leave);
    at(day, 14, number);
  }
  if (week % 6 != 4) return;
  ReturnGoods back;
  back.customer = "CORNER", back.document = fmt::format("RN-{}", 300 + week), back.reference = delivery_note(week, 2),
  back.reason = "cartons crushed in transit";
  ReturnLine line;
  line.item = "GRANOLA", line.lot = most_sent_.lot, line.quantity = much(48), line.to = "BACK";
  back.lines = {line};
  post("return_goods", back);
  at(day + 1, 10);
}

/// What is to be picked next, so that a newcomer finds work.
void DemoPlant::plan_next_week() {
  who_ = "lena";
  take_orders(weeks);
  at(weeks * 7 - 1, 19);
  post("release_pick", ReleasePick{sales_order(weeks, 1), ""});
  at(weeks * 7 - 1, 20);
}

void DemoPlant::live(int week) {
  who_ = "lena";
  take_orders(week);
  receive(week);
  make(week);
  ship(week);
  if (week % 8 == 3) build_dispensers(week);
  if (week % 4 == 2) sell_honeycomb(week);
  if (week == 49 || week == 50) complain(week);
  if (week == 40) repair_dispenser(week);
  if (week != 49) return;
  PlaceHold hold;
  hold.reason = "seal test failed on two pouches", hold.lots = {{"GRANOLA", code("GR", week)}};
  who_ = "quinn";
  post("hold", hold);
  at(week * 7 + 6, 9);
}

}  // namespace lotbook
