// SPDX-License-Identifier: Apache-2.0
#include "commands/demo/plant.h"
#include "commands/dispatch.h"
#include "commands/install.h"
#include "commands/move.h"
#include "commands/produce.h"
#include "commands/receive.h"

// Dispensers for hotels: devices with serial numbers, each with a motor of its own. One comes back and is repaired.

namespace lotbook {

namespace {

constexpr int built_at_once = 4;

std::string motor(int week, int i) { return fmt::format("SM{}-{}", 2000 + week, i + 1); }
std::string dispenser(int week, int i) { return fmt::format("GD-{:02}{:02}", week, i + 1); }
std::string lot_of(int week) { return fmt::format("D{:03}", week + 1); }
std::string note_of(int week) { return fmt::format("DN-{:05}", 20000 + week * 10 + 9); }

}  // namespace

void DemoPlant::build_dispensers(int week) {
  const int day = week * 7 + 6;
  Receive motors;
  motors.supplier = "MOTOREN", motors.document = fmt::format("SM-{}", 400 + week), motors.to = "BENCH";
  ReceiptLine came;
  came.item = "MOTOR", came.lot = fmt::format("MT{:03}", week + 1);
  Produce build;
  build.document = fmt::format("AS-{:04}", 1000 + week), build.place = "BENCH";
  OutputLine built;
  built.item = "DISPENSER", built.lot = lot_of(week), built.to = "GOODS";
  for (int i = 0; i < built_at_once; ++i) {
    came.serials.push_back(motor(week, i));
    built.serials.push_back(dispenser(week, i));
    InputLine into;
    into.item = "MOTOR", into.lot = came.lot, into.serials = {motor(week, i)}, into.from = "BENCH",
    into.into_serial = dispenser(week, i);
    build.inputs.push_back(std::move(into));
  }
  // One motor more than are built in, for repairs.
  came.serials.push_back(motor(week, built_at_once));
  motors.lines = {came};
  build.outputs = {built};
  who_ = "lena";
  post("receive", motors);
  at(day, 8);
  post("produce", build);
  at(day, 10);
  Dispatch leave;
  leave.customer = "HOTELS", leave.address = "HOTELS-1", leave.document = note_of(week);
  DispatchLine line;
  line.item = "DISPENSER", line.lot = lot_of(week), line.serials = built.serials, line.from = "GOODS";
  line.serials.pop_back();  // one stays for show
  leave.lines = {line};
  who_ = "sam";
  post("dispatch", leave);
  at(day, 15);
}

void DemoPlant::repair_dispenser(int week) {
  const int day = week * 7 + 6, built_in = 27;
  ReturnGoods back;
  back.customer = "HOTELS", back.document = fmt::format("RN-{}", 300 + week), back.reference = note_of(built_in),
  back.reason = "motor hums and stands still";
  ReturnLine line;
  line.item = "DISPENSER", line.lot = lot_of(built_in), line.serials = {dispenser(built_in, 1)}, line.to = "BACK";
  back.lines = {line};
  who_ = "sam";
  post("return_goods", back);
  at(day, 9);
  const auto carry = [&](std::string from, std::string to) {
    Move move;
    MoveLine unit;
    unit.item = "DISPENSER", unit.lot = lot_of(built_in), unit.serials = line.serials, unit.from = std::move(from),
    unit.to = std::move(to);
    move.lines = {unit};
    post("move", move);
  };
  carry("BACK", "BENCH");
  at(day, 10);
  Remove out;
  out.item = "DISPENSER", out.serial = line.serials.front(), out.reason = "motor burnt out";
  ArrivalLine old;
  old.item = "MOTOR", old.serials = {motor(built_in, 1)}, old.to = "CAGE";
  out.lines = {old};
  post("remove", out);
  Install in;
  in.item = "DISPENSER", in.serial = line.serials.front(), in.reason = "new motor";
  TakeLine spare;
  spare.item = "MOTOR", spare.serials = {motor(built_in, built_at_once)}, spare.from = "BENCH";
  in.lines = {spare};
  post("install", in);
  at(day, 11);
  carry("BENCH", "GOODS");
  Dispatch again;
  again.customer = "HOTELS", again.address = "HOTELS-1", again.document = note_of(week);
  DispatchLine leaving;
  leaving.item = "DISPENSER", leaving.lot = lot_of(built_in), leaving.serials = line.serials, leaving.from = "GOODS";
  again.lines = {leaving};
  post("dispatch", again);
  at(day, 15);
}

}  // namespace lotbook
