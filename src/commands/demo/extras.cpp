// SPDX-License-Identifier: Apache-2.0
#include "commands/demo/plant.h"
#include "commands/dispatch.h"
#include "commands/dispose.h"
#include "commands/fill.h"
#include "commands/finding.h"
#include "commands/pack.h"
#include "commands/receive.h"

// A honey tank that mixes, pallets with an SSCC, honeycomb by piece and weight, and what customers say.

namespace lotbook {

/// Honey goes into the tank, and what was in it mixes with it. Every quarter the tank is emptied and cleaned first.
void DemoPlant::fill_tank(int week) {
  who_ = "sam";
  if (week % 12 == 0 && week > 0) {
    Dispose rest;
    rest.reason = "tank drained for cleaning";
    for (const Taken& taken : to_use("HONEY", much(10'000))) {
      TakeLine line;
      line.item = "HONEY", line.lot = taken.lot, line.quantity = taken.quantity, line.from = taken.place;
      rest.lines.push_back(std::move(line));
    }
    if (!rest.lines.empty()) post("dispose", rest);
    Clean clean;
    clean.vessel = "HTANK";
    post("clean", clean);
    at(week * 7, 8, 20);
  }
  Fill fill;
  fill.vessel = "HTANK";
  FillLine line;
  line.item = "HONEY", line.lot = code("HO", week), line.quantity = much(316), line.from = "DOCK";
  fill.lines = {line};
  if (week % 12 != 0) fill.new_lot = code("HM", week);
  post("fill", fill);
  at(week * 7, 8, 40);
}

/// What is picked for the big grocer stands on a pallet.
std::string DemoPlant::pack_pallet(int week, const std::vector<Chosen>& picked) {
  Pack pack;
  pack.sscc = make_sscc("4099999", static_cast<std::uint64_t>(week) + 1), pack.place = "STAGE";
  for (const Chosen& chosen : picked) {
    if (chosen.line != 1) continue;
    PackLine line;
    line.item = "GRANOLA", line.lot = chosen.taken.lot, line.quantity = chosen.taken.quantity;
    pack.lines.push_back(std::move(line));
  }
  const std::string sscc = pack.sscc;
  post("pack", pack);
  return sscc;
}

/// Twelve pieces come, weighed; half of them go to the hotels at once, weighed again, behind the rest of those before.
void DemoPlant::sell_honeycomb(int week) {
  Receive came;
  came.supplier = "BEEFARM", came.document = fmt::format("HC-{}", 60 + week), came.to = "GOODS";
  ReceiptLine line;
  line.item = "COMB", line.quantity = much(12), line.quantity2 = Decimal::parse("4.138"), line.lot = code("HC", week);
  came.lines = {line};
  who_ = "lena";
  post("receive", came);
  Dispatch sold;
  sold.customer = "HOTELS", sold.address = "HOTELS-1", sold.document = fmt::format("DN-{:05}", 20000 + week * 10 + 8);
  DispatchLine six;
  six.item = "COMB", six.lot = code("HC", week), six.quantity = much(6), six.quantity2 = Decimal::parse("2.071"),
  six.from = "GOODS";
  if (week >= 4) {
    DispatchLine rest = six;
    rest.lot = code("HC", week - 4), rest.quantity2 = Decimal::parse("2.067");
    sold.lines.push_back(std::move(rest));
  }
  sold.lines.push_back(std::move(six));
  post("dispatch", sold);
  at(week * 7 + 2, 10);
}

/// Customers taste it first: two complaints that a recall will explain.
void DemoPlant::complain(int week) {
  RecordComplaint complaint;
  complaint.customer = week % 2 ? "ONLINE" : "CORNER",
  complaint.document = fmt::format("DN-{:05}", 20000 + (week - 1) * 10 + (week % 2 ? 4 : 2));
  complaint.item = "GRANOLA", complaint.text = "tastes musty", complaint.contact = "Eve Example",
  complaint.severity = Severity::major;
  who_ = "quinn";
  post("record_complaint", complaint);
  at(week * 7 + 3, 11);
}

}  // namespace lotbook
