// SPDX-License-Identifier: Apache-2.0
#include "random_commands.h"

// The plant of the model-based test: two sites in two time zones, every kind of place, items that differ in what the
// rules ask of them.

namespace lotbook::model {

namespace {

using Records = std::vector<std::pair<std::string, Value>>;

Value record(const std::string& code) {
  Value value;
  value["code"] = code, value["name"] = code;
  return value;
}

void place(Records& records, const char* code, const char* kind, const char* parent, const char* zone = nullptr) {
  Value value = record(code);
  value["kind"] = kind;
  if (*parent) value["parent"] = parent;
  if (zone) value["time_zone"] = zone;
  records.emplace_back("set_place", value);
}

void vessel(Records& records, const char* code, const char* mixing, const char* capacity, const char* residue) {
  Value value = record(code);
  value["kind"] = "vessel", value["parent"] = "MAIN", value["mixing"] = mixing, value["residue"] = residue;
  if (*capacity) value["capacity"] = capacity;
  records.emplace_back("set_place", value);
}

Value item(const char* code, const char* unit, int decimals) {
  Value value = record(code);
  value["unit"] = unit, value["decimals"] = decimals;
  return value;
}

void partner(Records& records, const char* code, std::vector<Value> roles, int minimum_life = 0) {
  Value value = record(code);
  value["roles"] = Value::list(std::move(roles));
  if (minimum_life > 0) value["minimum_life_days"] = minimum_life;
  records.emplace_back("set_partner", value);
}

void address(Records& records, const char* code, const char* of, int transit_days) {
  Value value = record(code);
  value["partner"] = of, value["transit_days"] = transit_days;
  records.emplace_back("set_address", value);
}

void items(Records& records) {
  const auto add = [&](Value value) { records.emplace_back("set_item", std::move(value)); };
  add(item("FLOUR", "KGM", 3));
  Value sugar = item("SUGAR", "KGM", 3);
  sugar["lot_per"] = "issuer_lot", sugar["maker"] = "MAKR";
  add(sugar);
  Value milk = item("MILK", "LTR", 0);
  milk["expiry_required"] = true, milk["quarantine_on_receipt"] = true, milk["minimum_life_at_receipt_days"] = 2;
  milk["second_person"] = true;
  add(milk);
  Value dough = item("DOUGH", "KGM", 3);
  dough["shelf_life_days"] = 10, dough["use_at_risk"] = true;
  add(dough);
  Value bread = item("BREAD", "EA", 0);
  bread["shelf_life_days"] = 20, bread["expiry_capped_by_inputs"] = true, bread["minimum_life_at_dispatch_days"] = 1;
  add(bread);
  Value cake = item("CAKE", "KGM", 2);
  cake["shelf_life_months"] = 1, cake["quarantine_on_yield"] = true;
  add(cake);
  Value cheese = item("CHEESE", "EA", 0);
  cheese["unit2"] = "KGM", cheese["decimals2"] = 3;
  add(cheese);
  Value ham = item("HAM", "KGM", 3);
  ham["unit2"] = "EA", ham["decimals2"] = 0, ham["shelf_life_days"] = 30, ham["use_at_risk"] = true;
  add(ham);
  Value salt = item("SALT", "KGM", 3);
  salt["tracking"] = "none";
  add(salt);
  Value spice = item("SPICE", "KGM", 3);
  spice["backflush"] = true;
  add(spice);
  Value oil = item("OIL", "LTR", 1);
  oil["picking"] = "fifo", oil["use_past_best_before"] = true, oil["use_at_risk"] = true;
  add(oil);
  Value bag;
  bag["item"] = "FLOUR", bag["unit"] = "EA", bag["factor"] = "25";
  records.emplace_back("set_factor", bag);
}

}  // namespace

std::vector<std::pair<std::string, Value>> plant() {
  Records records;
  place(records, "MAIN", "site", "", "Europe/Berlin");
  place(records, "NORTH", "site", "", "America/New_York");
  place(records, "DOCK", "dock", "MAIN");
  place(records, "ST1", "storage", "MAIN");
  place(records, "ST2", "storage", "MAIN");
  place(records, "BIN1", "bin", "ST2");
  place(records, "QUAR", "quarantine", "MAIN");
  place(records, "RET", "returns", "MAIN");
  place(records, "KEPT", "retained", "MAIN");
  place(records, "PROD", "production", "MAIN");
  place(records, "STAG", "staging", "MAIN");
  place(records, "LENT", "external", "MAIN");
  vessel(records, "TANK", "mixes", "300", "2");
  vessel(records, "SILO", "fifo", "", "0");
  place(records, "N1", "storage", "NORTH");
  place(records, "N2", "storage", "NORTH");
  place(records, "NQ", "quarantine", "NORTH");
  partner(records, "MILL", {"supplier"});
  partner(records, "FARM", {"supplier"});
  partner(records, "MAKR", {"maker", "supplier"});
  partner(records, "SHOP", {"customer"});
  partner(records, "CAFE", {"customer"}, 3);
  address(records, "SHOP-1", "SHOP", 0);
  address(records, "SHOP-2", "SHOP", 2);
  address(records, "CAFE-1", "CAFE", 1);
  items(records);
  return records;
}

void set_up(Book& book, const std::string& name, const Value& record) {
  const std::string code = record.at("code").text();
  if (name == "set_place") book.places[code] = record;
  if (name == "set_partner") book.partners[code] = record;
  if (name == "set_address") book.addresses[code] = record;
  if (name == "set_factor") book.items[record.at("item").text()]["model_factor"] = record.at("factor").text();
  if (name != "set_item") return;
  book.items[code] = record;
  if (record.at("tracking").text() != "none") return;
  Lot untracked;  // stock without lots is one lot without a code
  untracked.item = code, untracked.origin = "untracked", untracked.is_tracked = false;
  book.lots.push_back(untracked);
}

}  // namespace lotbook::model
