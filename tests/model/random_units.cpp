// SPDX-License-Identifier: Apache-2.0
#include "random_commands.h"

// Pallets, tanks and silos.

namespace lotbook::model {

std::string RandomCommands::sscc(int number) {
  std::string digits = std::to_string(number);
  digits = "34012345" + std::string(9 - digits.size(), '0') + digits;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 3 : 1);
  return digits + std::to_string((10 - sum % 10) % 10);
}

/// One that stands there; else a new one.
std::string RandomCommands::sscc_in(const std::string& place) {
  std::vector<std::string> there;
  const std::vector<HandlingUnit> units = book_.units();
  for (std::size_t i = 0; i < units.size(); ++i)
    if (units[i].is_known && units[i].place == place) there.push_back(book_.ssccs[i]);
  return there.empty() ? sscc(++codes_) : one_of(there);
}

/// Mostly one that is here.
std::string RandomCommands::some_sscc() {
  if (book_.ssccs.empty() || happens(3)) return happens(50) ? sscc(++codes_) : "340123450000000001";
  const std::vector<HandlingUnit> units = book_.units();
  for (int tries = 0; tries < 10; ++tries) {
    const auto unit = static_cast<std::size_t>(below(units.size()));
    if (units[unit].is_known && book_.places.contains(units[unit].place)) return book_.ssccs[unit];
  }
  return one_of(book_.ssccs);
}

void RandomCommands::pack(Value& body) {
  const Cell cell = happens(70) ? usable() : goods();
  const std::string code = happens(60) ? sscc(++codes_) : happens(90) ? sscc_in(cell.place) : some_sscc();
  if (happens(97)) body["sscc"] = code;
  if (happens(90)) body["place"] = cell.place;
  Value lines = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(3); i < n; ++i) {
    Cell more = i == 0 ? cell : goods();
    if (more.place != cell.place) continue;
    more.quantity = {more.quantity.first / 2, more.quantity.second / 2};
    Value line = line_of(more);
    line["from"] = Value();
    if (more.lot != none && book_.lots[static_cast<std::size_t>(more.lot)].is_tracked) line["lot"] = code_of(more.lot);
    lines.add(line);
  }
  body["lines"] = lines;
}

void RandomCommands::unpack(Value& body) {
  const std::string code = some_sscc();
  body["sscc"] = code;
  const int unit = book_.unit_called(code);
  if (unit == none || happens(40)) return;
  Value lines = Value::list();
  const std::vector<HandlingUnit> units = book_.units();
  for (const auto& [lot, much] : units[static_cast<std::size_t>(unit)].goods) {
    if (happens(30)) continue;
    Value line = line_of({lot, "", much});
    line["from"] = Value();
    lines.add(line);
  }
  if (!lines.each().empty()) body["lines"] = lines;
}

void RandomCommands::move_unit(Value& body) {
  const std::string code = some_sscc();
  body["sscc"] = code;
  const int unit = book_.unit_called(code);
  const std::string from = unit == none ? "ST1" : book_.units()[static_cast<std::size_t>(unit)].place;
  body["to"] = happens(95) && book_.places.contains(from) ? place_near(from) : "N1";
}

void RandomCommands::nest_unit(Value& body) {
  const std::string code = some_sscc();
  body["sscc"] = code;
  const int unit = book_.unit_called(code);
  if (unit == none || happens(25)) return;
  body["into"] = happens(90) ? sscc_in(book_.units()[static_cast<std::size_t>(unit)].place) : some_sscc();
}

void RandomCommands::fill(Value& body) {
  const std::string vessel = happens(97) ? one_of<std::string>({"TANK", "SILO", "SILO"}) : "ST1";
  body["vessel"] = vessel;
  const std::vector<int> layers = book_.is_vessel(vessel) ? book_.vessel(vessel).layers : std::vector<int>();
  const std::string item = !layers.empty() && happens(90) ? item_of(layers.front())
                           : happens(85) ? one_of<std::string>({"FLOUR", "MILK", "OIL", "HAM", "DOUGH"})
                                         : std::string();
  Value lines = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(2); i < n; ++i) {
    Cell cell = happens(80) ? usable(item) : goods(item);
    cell.quantity = {cell.quantity.first / 2, cell.quantity.second / 2};
    lines.add(line_of(cell));
  }
  body["lines"] = lines;
  if (happens(20)) body["new_lot"] = new_code();
  if (happens(10)) body["confirm_here"] = true;
}

void RandomCommands::declare(Value& body) {
  body["vessel"] = happens(95) ? one_of<std::string>({"TANK", "SILO"}) : "ST1";
}

}  // namespace lotbook::model
