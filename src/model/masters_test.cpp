// SPDX-License-Identifier: Apache-2.0
#include "model/masters.h"

#include <catch2/catch.hpp>

#include "base/check.h"
#include "base/json.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

template <class T>
RecordSet set_of(Noun noun, std::uint32_t id, const T* before, const T& after) {
  return {noun, id, after.code, differences(before, after)};
}

Item flour() {
  Item item;
  item.code = "FLOUR", item.name = "Wheat flour", item.unit = "KGM", item.decimals = 3;
  return item;
}

class Places {
 public:
  Masters masters;
  Id<Place> put(std::string code, PlaceKind kind, std::string parent, std::string zone = "") {
    Place place;
    place.code = std::move(code), place.name = place.code, place.kind = kind;
    place.parent = std::move(parent), place.time_zone = std::move(zone);
    masters.apply(set_of<Place>(Noun::place, next_, nullptr, place));
    return Id<Place>{next_++};
  }

 private:
  std::uint32_t next_ = ends::first_free_id;
};

std::string base(const Masters& masters, const Item& item, const char* lot, const char* quantity, const char* unit) {
  const std::optional<Decimal> result = masters.to_base(item, lot, *Decimal::parse(quantity), unit);
  return result ? result->text() : "none";
}

void put_factor(Masters& masters, std::uint32_t id, const char* lot, const char* unit, const char* factor) {
  Factor record;
  record.item = "FLOUR", record.lot = lot, record.unit = unit, record.factor = *Decimal::parse(factor);
  record.code = factor_code(record.item, record.lot, record.unit);
  masters.apply(set_of<Factor>(Noun::factor, id, nullptr, record));
}

}  // namespace

TEST_CASE("a new record is known by number and by code, with every field it was given", "[masters]") {
  Masters masters;
  Item item = flour();
  item.gtins.push_back({"4006381333931", "each"});
  item.quarantine_on_receipt = true, item.decimals2 = 0, item.picking = Picking::fifo;
  masters.apply(set_of<Item>(Noun::item, 20, nullptr, item));
  CHECK(masters.items.id_of("FLOUR") == Id<Item>{20});
  CHECK(masters.items.code_of(Id<Item>{20}) == "FLOUR");
  REQUIRE(masters.items.find("FLOUR"));
  CHECK(to_json(*masters.items.find("FLOUR")) == to_json(item));
  CHECK(masters.items.find("flour") == nullptr);
  CHECK(masters.items.find("") == nullptr);
  CHECK(masters.items.code_of(Id<Item>{}).empty());
}

TEST_CASE("a new record says everything that does not follow from emptiness", "[masters]") {
  // So an entry means the same under a version with other defaults.
  std::vector<std::string> told;
  for (const FieldChange& change : differences<Item>(nullptr, flour())) {
    CHECK(change.old_value.empty());
    told.push_back(change.which);
  }
  CHECK(told == std::vector<std::string>{"code", "name", "unit", "decimals", "decimals2", "yield_tolerance_percent",
                                         "retention_years"});
  Item odd = flour();
  odd.unit.clear(), odd.retention_years = 0;
  Masters masters;
  masters.apply(set_of<Item>(Noun::item, 20, nullptr, odd));
  CHECK(to_json(*masters.items.find("FLOUR")) == to_json(odd));
}

TEST_CASE("a change keeps old and new value, and can be undone", "[masters]") {
  Masters masters;
  const Item before = flour();
  masters.apply(set_of<Item>(Noun::item, 20, nullptr, before));
  const std::shared_ptr<const Masters> snapshot = std::make_shared<Masters>(masters);

  Item after = before;
  after.name = "Rye flour", after.shelf_life_days = 90, after.tracking = Tracking::none;
  const RecordSet change = set_of(Noun::item, 20, &before, after);
  REQUIRE(change.changes.size() == 3);
  CHECK((change.changes[0] == FieldChange{"name", "\"Wheat flour\"", "\"Rye flour\""}));
  CHECK((change.changes[1] == FieldChange{"tracking", "\"lot\"", "\"none\""}));
  CHECK((change.changes[2] == FieldChange{"shelf_life_days", "0", "90"}));
  masters.apply(change);
  CHECK(to_json(*masters.items.find("FLOUR")) == to_json(after));
  CHECK(snapshot->items.find("FLOUR")->name == "Wheat flour");

  masters.apply_reversed(change);
  CHECK(to_json(*masters.items.find("FLOUR")) == to_json(before));
  CHECK(differences(&before, before).empty());
}

TEST_CASE("undoing the making of a record leaves it with what it had", "[masters]") {
  Masters masters;
  const RecordSet made = set_of<Item>(Noun::item, 20, nullptr, flour());
  masters.apply(made);
  masters.apply_reversed(made);
  REQUIRE(masters.items.find("FLOUR"));
  CHECK(masters.items.find("FLOUR")->name == "Wheat flour");
}

TEST_CASE("every noun is made, kept as JSON and read again", "[masters]") {
  Masters masters;
  Partner partner;
  partner.code = "MILL", partner.name = "Mill & Co", partner.roles = {Role::supplier, Role::maker};
  Address address;
  address.code = "SHOP-1", address.partner = "MILL", address.name = "Shop";
  Place place;
  place.code = "S1", place.name = "Plant", place.kind = PlaceKind::site;
  Recipe recipe;
  recipe.code = "BREAD", recipe.name = "Bread", recipe.lines = {{Direction::output, "BREAD", Decimal::whole(10), "EA"}};
  Attribute attribute;
  attribute.code = "temp", attribute.name = "Temperature", attribute.kind = AttributeKind::number;
  attribute.maximum = Decimal::whole(7), attribute.asked_at = {AskedAt::receipt};
  Factor factor;
  factor.code = factor_code("FLOUR", "", "XBG"), factor.item = "FLOUR", factor.unit = "XBG";
  factor.factor = Decimal::whole(25);
  BookSettings book;
  book.name = "Bakery", book.placeholder_codes = {"?"};
  masters.apply(set_of<Partner>(Noun::partner, 17, nullptr, partner));
  masters.apply(set_of<Address>(Noun::address, 18, nullptr, address));
  masters.apply(set_of<Place>(Noun::place, 19, nullptr, place));
  masters.apply(set_of<Recipe>(Noun::recipe, 20, nullptr, recipe));
  masters.apply(set_of<Attribute>(Noun::attribute, 21, nullptr, attribute));
  masters.apply(set_of<Factor>(Noun::factor, 22, nullptr, factor));
  masters.apply(set_of<BookSettings>(Noun::book, 16, nullptr, book));
  CHECK(masters.book_id == Id<BookSettings>{16});

  Masters loaded;
  loaded.load(Noun::partner, 17, to_json(*masters.partners.find("MILL")));
  loaded.load(Noun::address, 18, to_json(*masters.addresses.find("SHOP-1")));
  loaded.load(Noun::place, 19, to_json(*masters.places.find("S1")));
  loaded.load(Noun::recipe, 20, to_json(*masters.recipes.find("BREAD")));
  loaded.load(Noun::attribute, 21, to_json(*masters.attributes.find("temp")));
  loaded.load(Noun::factor, 22, to_json(*masters.factors.find(Id<Factor>{22})));
  loaded.load(Noun::book, 16, to_json(masters.book));
  CHECK(to_json(*loaded.partners.find("MILL")) == to_json(partner));
  CHECK(to_json(*loaded.addresses.find("SHOP-1")) == to_json(address));
  CHECK(to_json(*loaded.places.find("S1")) == to_json(place));
  CHECK(to_json(*loaded.recipes.find("BREAD")) == to_json(recipe));
  CHECK(to_json(*loaded.attributes.find("temp")) == to_json(attribute));
  CHECK(to_json(*loaded.factors.find(factor.code)) == to_json(factor));
  CHECK(to_json(loaded.book) == to_json(book));
}

// proves: R96
TEST_CASE("a salted hash stands where a telephone number stood, and the record can be read again", "[masters]") {
  Partner partner;
  partner.code = "MILL", partner.name = "Mill & Co";
  RecordSet change = set_of<Partner>(Noun::partner, 17, nullptr, partner);
  const std::string sealed = "sha256:" + std::string(64, 'f');  // longer than a telephone number may be
  change.changes.push_back({"phone", "", "\"" + sealed + "\""});
  Masters masters;
  masters.apply(change);
  CHECK(masters.partners.find("MILL")->phone == sealed);
  Masters loaded;
  loaded.load(Noun::partner, 17, to_json(*masters.partners.find("MILL")));
  CHECK(loaded.partners.find("MILL")->phone == sealed);
}

TEST_CASE("what is not a record or a value of its field breaks a law", "[masters]") {
  Masters masters;
  CHECK_THROWS_AS(masters.load(Noun::item, 20, "{"), BrokenLaw);
  CHECK_THROWS_AS(masters.load(Noun::item, 20, R"({"no_such_field":1})"), BrokenLaw);
  CHECK_THROWS_AS(masters.apply({Noun::item, 20, "A", {{"decimals", "", "\"three\""}}}), BrokenLaw);
  CHECK_THROWS_AS(masters.apply({Noun::item, 20, "A", {{"no_such_field", "", "1"}}}), BrokenLaw);
  CHECK(masters.items.size() == 0);
}

// proves: R15
TEST_CASE("a quantity is brought to the item's base unit and rounded half up once", "[masters]") {
  const Masters masters;
  const Item item = flour();
  CHECK(base(masters, item, "", "1", "LBR") == "0.454");
  CHECK(base(masters, item, "", "1.2345", "") == "1.235");
  CHECK(base(masters, item, "", "1.2344", "KGM") == "1.234");
  CHECK(base(masters, item, "", "500", "GRM") == "0.5");
  CHECK(base(masters, item, "", "0.0004", "") == "0");
  CHECK(base(masters, item, "", "9223372036854.775807", "") == "none");
  CHECK(base(masters, item, "", "1", "QQQ") == "none");
  CHECK(base(masters, item, "", "1", "LTR") == "none");
}

// proves: R17
TEST_CASE("across dimensions the factor of the lot counts, else that of the item, else none", "[masters]") {
  Masters masters;
  const Item item = flour();
  CHECK(base(masters, item, "L1", "2", "XBG") == "none");
  put_factor(masters, 30, "", "XBG", "25");
  CHECK(base(masters, item, "L1", "2", "XBG") == "50");
  put_factor(masters, 31, "L1", "XBG", "24.5");
  CHECK(base(masters, item, "L1", "2", "XBG") == "49");
  CHECK(base(masters, item, "L2", "2", "XBG") == "50");
  CHECK(base(masters, item, "", "2", "XBG") == "50");
  Item other = item;
  other.code = "SUGAR";
  CHECK(base(masters, other, "L1", "2", "XBG") == "none");
  // Inside a dimension the ratio is exact, whatever factor someone set (R15).
  put_factor(masters, 32, "", "GRM", "1");
  CHECK(base(masters, item, "", "500", "GRM") == "0.5");
}

TEST_CASE("factors of different items, lots and units have different codes", "[masters]") {
  CHECK(factor_code("A", "B", "XBG") != factor_code("A B", "", "XBG"));
  CHECK(factor_code("A", "", "XBG") != factor_code("", "A", "XBG"));
  CHECK(factor_code("A", "", "XBG") != factor_code("A", "", "XBX"));
}

// proves: R20
TEST_CASE("an area or a bin is used as what it lies in", "[masters]") {
  Places places;
  const Id<Place> site = places.put("S1", PlaceKind::site, "");
  const Id<Place> quarantine = places.put("Q", PlaceKind::quarantine, "S1");
  const Id<Place> area = places.put("Q-A", PlaceKind::area, "Q"), bin = places.put("Q-A-1", PlaceKind::bin, "Q-A");
  const Id<Place> dock = places.put("D", PlaceKind::dock, "S1");
  const Id<Place> loose = places.put("B", PlaceKind::bin, "S1");
  const Masters& masters = places.masters;
  CHECK(masters.use_of(bin) == PlaceKind::quarantine);
  CHECK(masters.use_of(area) == PlaceKind::quarantine);
  CHECK(masters.use_of(quarantine) == PlaceKind::quarantine);
  CHECK(masters.use_of(dock) == PlaceKind::dock);
  CHECK(masters.use_of(loose) == PlaceKind::site);
  CHECK(masters.use_of(site) == PlaceKind::site);
  CHECK(masters.use_of(ends::in_transit) == PlaceKind::in_transit);
  CHECK(masters.use_of(ends::customer) == PlaceKind::outside);
  CHECK(masters.use_of(Id<Place>{999}) == PlaceKind::outside);
}

TEST_CASE("a location lies in its parents and at the topmost one's site", "[masters]") {
  Places places;
  const Id<Place> site = places.put("S1", PlaceKind::site, ""), other = places.put("S2", PlaceKind::site, "");
  const Id<Place> store = places.put("ST", PlaceKind::storage, "S1"), bin = places.put("ST-1", PlaceKind::bin, "ST");
  const Masters& masters = places.masters;
  CHECK(masters.site_of(bin) == site);
  CHECK(masters.site_of(store) == site);
  CHECK(masters.site_of(site) == site);
  CHECK(masters.site_of(other) == other);
  CHECK_FALSE(masters.site_of(ends::in_transit));
  CHECK_FALSE(masters.site_of(Id<Place>{999}));
  CHECK_FALSE(masters.site_of(Id<Place>{}));
  CHECK(masters.lies_in(bin, store));
  CHECK(masters.lies_in(bin, site));
  CHECK(masters.lies_in(bin, bin));
  CHECK_FALSE(masters.lies_in(store, bin));
  CHECK_FALSE(masters.lies_in(bin, other));
  CHECK_FALSE(masters.lies_in(bin, Id<Place>{}));
  CHECK_FALSE(masters.lies_in(ends::in_transit, site));
}

TEST_CASE("a location that moves takes what lies in it along", "[masters]") {
  Places places;
  // The parent of the first is known only later.
  const Id<Place> bin = places.put("ST-1", PlaceKind::bin, "ST");
  CHECK_FALSE(places.masters.site_of(bin));
  const Id<Place> store = places.put("ST", PlaceKind::storage, "S1");
  const Id<Place> first = places.put("S1", PlaceKind::site, ""), second = places.put("S2", PlaceKind::site, "");
  CHECK(places.masters.site_of(bin) == first);
  CHECK(places.masters.use_of(bin) == PlaceKind::storage);
  const Place before = *places.masters.places.find(store);
  Place after = before;
  after.parent = "S2", after.kind = PlaceKind::quarantine;
  const RecordSet change = set_of(Noun::place, store.value, &before, after);
  places.masters.apply(change);
  CHECK(places.masters.site_of(bin) == second);
  CHECK(places.masters.use_of(bin) == PlaceKind::quarantine);
  CHECK_FALSE(places.masters.lies_in(bin, first));
  places.masters.apply_reversed(change);
  CHECK(places.masters.site_of(bin) == first);
  CHECK(places.masters.use_of(bin) == PlaceKind::storage);
}

TEST_CASE("locations that lie in each other have no site and end no walk in a loop", "[masters]") {
  Places places;
  const Id<Place> a = places.put("A", PlaceKind::area, "B"), b = places.put("B", PlaceKind::bin, "A");
  const Id<Place> self = places.put("C", PlaceKind::area, "C");
  const Masters& masters = places.masters;
  CHECK_FALSE(masters.site_of(a));
  CHECK_FALSE(masters.site_of(self));
  CHECK(masters.lies_in(a, b));
  CHECK_FALSE(masters.lies_in(a, self));
  CHECK(masters.use_of(a) == PlaceKind::outside);
  CHECK(masters.zone_of(b).name() == "UTC");
}

// proves: R25
TEST_CASE("a location has the time zone of its site, else the book's", "[masters]") {
  Places places;
  places.put("LIS", PlaceKind::site, "", "Europe/Lisbon");
  places.put("HUB", PlaceKind::site, "");
  const Id<Place> bin = places.put("LIS-1", PlaceKind::bin, "LIS"), store = places.put("H1", PlaceKind::storage, "HUB");
  Masters& masters = places.masters;
  CHECK(masters.zone_of(bin).name() == "Europe/Lisbon");
  CHECK(masters.zone_of(store).name() == "UTC");
  BookSettings book;
  book.time_zone = "Europe/Berlin";
  masters.apply(set_of<BookSettings>(Noun::book, 16, nullptr, book));
  CHECK(masters.zone_of(store).name() == "Europe/Berlin");
  CHECK(masters.zone_of(ends::in_transit).name() == "Europe/Berlin");
  CHECK(masters.zone_of(bin).name() == "Europe/Lisbon");
  // 23:30 in Lisbon on the 4th of July is still the 4th there.
  const std::optional<WrittenTime> late = WrittenTime::parse("2026-07-04T22:30:00Z");
  CHECK(masters.zone_of(bin).day_of(late->interval.at) == Date::of(2026, 7, 4));
  CHECK(masters.zone_of(store).day_of(late->interval.at) == Date::of(2026, 7, 5));
}

}  // namespace lotbook
