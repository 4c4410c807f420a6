// SPDX-License-Identifier: Apache-2.0
#include <cctype>

#include "commands/demo/plant.h"
#include "commands/records.h"

// Who and what there is.

namespace lotbook {

void DemoPlant::set_up_partners() {
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
  partner("MOTOREN", "Small Motors", {Role::supplier, Role::maker}, "DE");
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
}

void DemoPlant::set_up_places() {
  const auto place = [&](std::string place_code, std::string name, PlaceKind kind, std::string parent) {
    Place p;
    p.code = std::move(place_code), p.name = std::move(name), p.kind = kind, p.parent = std::move(parent);
    if (kind == PlaceKind::vessel) p.mixing = Mixing::mixes, p.capacity = much(500), p.residue = much(2);
    if (kind == PlaceKind::site) p.time_zone = "Europe/Berlin", p.series_prefix = "G";
    post("set_place", p);
    at(0, 6, 1);
  };
  place("LANE", "Harvest Lane", PlaceKind::site, "");
  place("DOCK", "Dock", PlaceKind::dock, "LANE");
  place("HTANK", "Honey tank", PlaceKind::vessel, "LANE");
  place("DRY", "Dry store", PlaceKind::storage, "LANE");
  place("OVEN", "Ovens", PlaceKind::production, "LANE");
  place("PACK", "Packing", PlaceKind::production, "LANE");
  place("BENCH", "Workbench", PlaceKind::production, "LANE");
  place("GOODS", "Finished goods", PlaceKind::storage, "LANE");
  place("STAGE", "Staging lane", PlaceKind::staging, "LANE");
  place("BACK", "Returns", PlaceKind::returns, "LANE");
  place("CAGE", "Quarantine cage", PlaceKind::quarantine, "LANE");
}

void DemoPlant::set_up_items() {
  const auto item = [&](std::string item_code, std::string name, std::string unit, int decimals, std::string maker,
                        int shelf_life, std::string cost, std::string category) {
    Item i;
    i.code = std::move(item_code), i.name = std::move(name), i.unit = std::move(unit), i.decimals = decimals,
    i.maker = std::move(maker), i.shelf_life_days = shelf_life;
    i.unit_cost = Decimal::parse(cost).value_or(Decimal()), i.category = std::move(category),
    i.yield_tolerance_percent = much(10);
    if (i.category == "finished") i.minimum_life_at_dispatch_days = 60;
    if (i.code == "ALMONDS") i.allergens = "Tree nuts";
    if (i.category == "device" || i.category == "part")
      i.tracking = Tracking::serial, i.warranty_months = i.category == "device" ? 24 : 12;
    if (i.category == "by weight") i.unit2 = "KGM";
    post("set_item", i);
  };
  item("OATS", "Rolled oats", "KGM", 3, "OATMILL", 300, "0.9", "raw");
  item("ALMONDS", "Almonds, chopped", "KGM", 3, "SUNRISE", 240, "9.5", "raw");
  item("HONEY", "Blossom honey", "KGM", 3, "", 700, "6.2", "raw");
  item("POUCH", "Stand-up pouch 350 g", "EA", 0, "BOXCO", 0, "0.08", "packaging");
  item("BASE", "Toasted granola base", "KGM", 3, "", 60, "4", "intermediate");
  item("GRANOLA", "Honey almond granola 350 g", "EA", 0, "", 270, "2.1", "finished");
  item("OATBAR", "Oat bar 40 g", "EA", 0, "", 180, "0.6", "finished");
  item("COMB", "Honeycomb, cut", "EA", 0, "", 365, "7", "by weight");
  item("MOTOR", "Dispenser motor 12 V", "EA", 0, "MOTOREN", 0, "14", "part");
  item("DISPENSER", "Countertop granola dispenser", "EA", 0, "", 0, "62", "device");
  at(0, 7);
}

}  // namespace lotbook
