// SPDX-License-Identifier: Apache-2.0
#include "commands/bundle/masters_in.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "commands/bundle/zip.h"
#include "commands/records.h"
#include "model/unit.h"

namespace lotbook {

namespace {

using Columns = std::vector<std::string_view>;

/// Reads the rows of one file into records of one noun and makes an entry of those that are new or differ.
template <class T>
class RecordFile {
 public:
  RecordFile(const BundleFiles::File& file, const CsvColumns& columns, const View& view,
             std::vector<BundleFault>& faults)
      : view_(view),
        csv_(file.name, file.text, columns, faults),
        columns_(columns),
        faults_before_(faults.size()),
        faults_(faults) {}

  bool next() { return csv_.next(); }
  CsvReader& csv() { return csv_; }
  std::string_view get(std::string_view column) const {
    const auto at = std::find(columns_.known.begin(), columns_.known.end(), column);
    return csv_.field(static_cast<std::size_t>(at - columns_.known.begin()));
  }
  void fault(std::string_view column, std::string reason) { csv_.fault(column, std::move(reason)); }

  /// The code of this row: a code by R9, once in the file.
  std::string code(std::string_view column) {
    std::string text = trimmed_nfc(get(column)).value_or("");
    const std::size_t length = length_in_characters(text);
    if (length < 1 || length > 60 || has_forbidden_character(text))
      fault(column, "a code has 1 to 60 visible characters");
    else if (!seen_.insert(text).second)
      fault(column, text + " is in this file twice");
    return text;
  }
  std::string text(std::string_view column, std::size_t longest) {
    std::string value = trimmed_nfc(get(column)).value_or("");
    if (length_in_characters(value) > longest) fault(column, "at most " + std::to_string(longest) + " characters");
    return value;
  }
  std::int64_t number(std::string_view column, std::int64_t low, std::int64_t high, std::int64_t otherwise) {
    const std::string_view value = get(column);
    if (value.empty()) return otherwise;
    const std::optional<Decimal> read = Decimal::parse(value);
    if (!read || !read->fits(0) || *read < Decimal::whole(low) || *read > Decimal::whole(high)) {
      fault(column, "write a whole number from " + std::to_string(low) + " to " + std::to_string(high));
      return otherwise;
    }
    return read->millionths() / Decimal::one;
  }
  Decimal decimal(std::string_view column) {
    const std::string_view value = get(column);
    if (value.empty()) return {};
    const std::optional<Decimal> read = Decimal::parse(value);
    if (!read) fault(column, "write a number such as 12.5");
    return read.value_or(Decimal());
  }
  template <class Enum>
  Enum choice(std::string_view column, Enum otherwise) {
    const std::string_view value = get(column);
    if (value.empty()) return otherwise;
    if (const std::optional<Enum> found = choice_of<Enum>(value)) return *found;
    std::string names;
    for (const std::string_view name : Choices<Enum>::names) names += (names.empty() ? "" : ", ") + std::string(name);
    fault(column, "write one of " + names);
    return otherwise;
  }

  /// Adds the record to the entry, when it is new or differs from the book's.
  Id<T> put(Draft& draft, Noun noun, const Register<T>& records, T record) {
    Id<T> id = records.id_of(record.code);
    const T* before = records.find(id);
    std::vector<FieldChange> changes = differences<T>(before, record);
    if (before) {
      // A sealed personal value cannot be told from the plain one here; what the bundle leaves empty stays.
      std::erase_if(changes, [&](const FieldChange& c) {
        const FieldShape* field = shape_of<T>().find(c.which);
        if (!field->is_personal) return false;
        if (c.new_value == "\"\"") return true;
        std::string value;
        json_string(c.new_value, value);
        return is_sealed_as(view_, c.old_value, value);
      });
      if (changes.empty()) return id;
    }
    if (!id) id.value = draft.new_id();
    draft.fact(RecordSet{noun, id.value, record.code, std::move(changes)});
    return id;
  }
  bool is_good() const { return faults_.size() == faults_before_; }

 private:
  const View& view_;
  CsvReader csv_;
  const CsvColumns& columns_;
  std::size_t faults_before_;
  std::vector<BundleFault>& faults_;
  std::set<std::string> seen_;
};

const CsvColumns item_columns{{"item", "name", "gtin", "unit", "tracking", "lot_per", "shelf_life_days", "category",
                               "decimals", "unit2", "maker", "unit_cost", "warranty_months"},
                              {"item", "name", "unit"}};
const CsvColumns partner_columns{{"partner", "name", "roles", "gln", "email", "phone", "address", "country"},
                                 {"partner", "name", "roles"}};
const CsvColumns place_columns{{"location", "name", "kind", "parent", "gln", "partner", "time_zone", "mixing"},
                               {"location", "name", "kind"}};
const CsvColumns factor_columns{{"item", "lot", "unit", "factor"}, {"item", "unit", "factor"}};
const CsvColumns recipe_columns{{"recipe", "line", "item", "quantity", "unit"}, {"recipe", "line", "item", "quantity"}};
const CsvColumns address_columns{
    {"address", "partner", "name", "street", "city", "country", "gln", "transit_days", "contact", "phone", "email"},
    {"address", "partner", "name"}};

Draft masters_draft(const View& view, const std::string& why) {
  Draft draft(EntryKind::set_record, view);
  draft.entry.why = why;
  return draft;
}

Draft read_items(const BundleFiles& files, const View& view, std::vector<BundleFault>& faults,
                 const std::set<std::string>& makers) {
  Draft draft = masters_draft(view, "Items of an import.");
  RecordFile<Item> file(files.items, item_columns, view, faults);
  while (file.next()) {
    const std::string code = file.code("item");
    const Item* before = view.masters().items.find(code);
    Item item = before ? *before : Item{};
    item.code = code, item.name = file.text("name", 200);
    if (item.name.empty()) item.name = code;
    item.unit = file.text("unit", 3);
    if (!find_unit(item.unit)) file.fault("unit", "there is no unit " + item.unit + "; give a UN/CEFACT code");
    item.unit2 = file.text("unit2", 3);
    if (!item.unit2.empty() && !find_unit(item.unit2))
      file.fault("unit2", "there is no unit " + item.unit2 + "; give a UN/CEFACT code");
    item.tracking = file.choice("tracking", Tracking::lot);
    item.lot_per = file.choice("lot_per", LotPer::delivery);
    item.shelf_life_days = static_cast<int>(file.number("shelf_life_days", 0, 36500, 0));
    item.category = file.text("category", 60);
    // Without a column nothing is known of precision, so none is taken away.
    item.decimals = static_cast<int>(file.number("decimals", 0, 6, before ? before->decimals : 6));
    item.maker = file.text("maker", 60);
    if (!item.maker.empty() && !makers.contains(item.maker)) file.fault("maker", "there is no partner " + item.maker);
    if (const std::string gtin = file.text("gtin", 14); !gtin.empty()) item.gtins = {{gtin, "each"}};
    item.unit_cost = file.decimal("unit_cost");
    item.warranty_months = static_cast<int>(file.number("warranty_months", 0, 1200, 0));
    const Id<Item> known = view.masters().items.id_of(code);
    if (before &&
        (before->unit != item.unit || before->decimals != item.decimals || before->tracking != item.tracking ||
         before->unit2 != item.unit2) &&
        view.item_has_moved(known)) {
      file.fault("unit", "units, decimals and tracking of " + code + " are fixed since its first movement (R19)");
      continue;
    }
    const Id<Item> id = file.put(draft, Noun::item, view.masters().items, item);
    if (item.tracking != Tracking::none || (before && view.untracked_lot(known))) continue;
    LotOpened opened;
    opened.lot.value = draft.new_id(), opened.item = id, opened.origin = Origin::untracked;
    draft.entry.opened.push_back(std::move(opened));
  }
  return draft;
}

Draft read_partners(const BundleFiles& files, const View& view, std::vector<BundleFault>& faults,
                    std::set<std::string>& codes) {
  Draft draft = masters_draft(view, "Partners of an import.");
  RecordFile<Partner> file(files.partners, partner_columns, view, faults);
  while (file.next()) {
    const std::string code = file.code("partner");
    const Partner* before = view.masters().partners.find(code);
    Partner partner = before ? *before : Partner{};
    partner.code = code, partner.name = file.text("name", 200), partner.roles.clear();
    if (partner.name.empty()) partner.name = code;
    std::string_view roles = file.get("roles");
    while (!roles.empty()) {
      const std::size_t blank = std::min(roles.find(' '), roles.size());
      if (blank > 0) {
        if (const std::optional<Role> role = choice_of<Role>(roles.substr(0, blank)))
          partner.roles.push_back(*role);
        else
          file.fault("roles",
                     "\"" + std::string(roles.substr(0, blank)) + "\" is no role; write supplier, customer or maker");
      }
      roles.remove_prefix(std::min(blank + 1, roles.size()));
    }
    partner.gln = file.text("gln", 13), partner.email = file.text("email", 200), partner.phone = file.text("phone", 60);
    partner.address = file.text("address", 400), partner.country = file.text("country", 2);
    codes.insert(code);
    file.put(draft, Noun::partner, view.masters().partners, partner);
  }
  return draft;
}

Draft read_places(const BundleFiles& files, const View& view, std::vector<BundleFault>& faults,
                  const std::set<std::string>& partners) {
  Draft draft = masters_draft(view, "Locations of an import.");
  RecordFile<Place> file(files.places, place_columns, view, faults);
  struct Row {
    Place place;
    std::uint64_t line;
  };
  std::vector<Row> rows;
  std::map<std::string, std::string> parents;
  view.masters().places.each([&](Id<Place>, const Place& place) { parents[place.code] = place.parent; });
  while (file.next()) {
    Place place;
    place.code = file.code("location");
    if (const Place* before = view.masters().places.find(place.code)) place = *before;
    place.name = file.text("name", 200);
    if (place.name.empty()) place.name = place.code;
    place.kind = file.choice("kind", PlaceKind::storage);
    if (place.kind == PlaceKind::in_transit || place.kind == PlaceKind::outside)
      file.fault("kind", "goods in transit and outside are kept by the book itself");
    place.parent = file.text("parent", 60), place.gln = file.text("gln", 13), place.partner = file.text("partner", 60),
    place.time_zone = file.text("time_zone", 60);
    if (!place.partner.empty() && !partners.contains(place.partner))
      file.fault("partner", "there is no partner " + place.partner);
    if (!place.time_zone.empty() && !Zone::find(place.time_zone))
      file.fault("time_zone", "there is no time zone " + place.time_zone);
    place.mixing = file.choice("mixing", Mixing::none);
    parents[place.code] = place.parent;
    rows.push_back({std::move(place), file.csv().line()});
  }
  // A location without a parent belongs to one site made for it (import-bundle §1).
  const std::string made = "SITE";
  for (Row& row : rows) {
    const auto fault = [&](std::string reason) {
      faults.push_back({files.places.name, row.line, "parent", std::move(reason)});
    };
    if (row.place.kind == PlaceKind::site) {
      if (!row.place.parent.empty()) fault("a site lies in nothing");
    } else if (row.place.parent.empty()) {
      row.place.parent = made;
      if (!parents.contains(made)) {
        Place site;
        site.code = made, site.name = "Site", site.kind = PlaceKind::site;
        parents[made] = "";
        file.put(draft, Noun::place, view.masters().places, site);
      }
    } else if (!parents.contains(row.place.parent)) {
      fault("there is no location " + row.place.parent);
    } else {
      std::string at = row.place.parent;
      for (int depth = 0; !at.empty() && depth < 32; ++depth) at = parents.contains(at) ? parents[at] : "";
      if (!at.empty()) fault("the locations lie in each other in a circle, or too deep");
    }
    file.put(draft, Noun::place, view.masters().places, row.place);
  }
  return draft;
}

Draft read_addresses(const BundleFiles& files, const View& view, std::vector<BundleFault>& faults,
                     const std::set<std::string>& partners) {
  Draft draft = masters_draft(view, "Delivery addresses of an import.");
  RecordFile<Address> file(files.addresses, address_columns, view, faults);
  while (file.next()) {
    Address address;
    address.code = file.code("address");
    if (const Address* before = view.masters().addresses.find(address.code)) address = *before;
    address.partner = file.text("partner", 60);
    if (!partners.contains(address.partner)) file.fault("partner", "there is no partner " + address.partner);
    address.name = file.text("name", 200);
    if (address.name.empty()) address.name = address.code;
    address.street = file.text("street", 200), address.city = file.text("city", 100),
    address.country = file.text("country", 2), address.gln = file.text("gln", 13);
    address.transit_days = static_cast<int>(file.number("transit_days", 0, 365, 0));
    address.contact = file.text("contact", 200), address.phone = file.text("phone", 60),
    address.email = file.text("email", 200);
    file.put(draft, Noun::address, view.masters().addresses, address);
  }
  return draft;
}

Draft read_factors(const BundleFiles& files, const View& view, std::vector<BundleFault>& faults) {
  Draft draft = masters_draft(view, "Factors of an import.");
  RecordFile<Factor> file(files.factors, factor_columns, view, faults);
  while (file.next()) {
    Factor factor;
    factor.item = file.text("item", 60), factor.lot = file.text("lot", 60), factor.unit = file.text("unit", 3),
    factor.factor = file.decimal("factor");
    if (!view.masters().items.id_of(factor.item)) file.fault("item", "there is no item " + factor.item);
    if (!find_unit(factor.unit)) file.fault("unit", "there is no unit " + factor.unit + "; give a UN/CEFACT code");
    if (!factor.factor.is_positive()) file.fault("factor", "a factor is above zero");
    factor.code = factor_code(factor.item, factor.lot, factor.unit);
    file.put(draft, Noun::factor, view.masters().factors, factor);
  }
  return draft;
}

Draft read_recipes(const BundleFiles& files, const View& view, std::vector<BundleFault>& faults) {
  Draft draft = masters_draft(view, "Recipes of an import.");
  RecordFile<Recipe> file(files.recipes, recipe_columns, view, faults);
  std::map<std::string, Recipe> recipes;
  while (file.next()) {
    const std::string code = file.text("recipe", 60);
    RecipeLine line{file.choice("line", Direction::input), file.text("item", 60), file.decimal("quantity"),
                    file.text("unit", 3)};
    if (code.empty()) file.fault("recipe", "say which recipe");
    if (!view.masters().items.id_of(line.item)) file.fault("item", "there is no item " + line.item);
    if (!line.quantity.is_positive()) file.fault("quantity", "a quantity is above zero");
    Recipe& recipe = recipes[code];
    recipe.code = recipe.name = code;
    recipe.lines.push_back(std::move(line));
  }
  for (auto& [code, recipe] : recipes) file.put(draft, Noun::recipe, view.masters().recipes, std::move(recipe));
  return draft;
}

/// Nullopt when there is none, or it cannot be read; then there is a fault.
std::optional<std::string> read_file(const std::string& folder, const std::string& name,
                                     std::vector<BundleFault>& faults) {
  std::ifstream in(std::filesystem::path(folder) / name, std::ios::binary | std::ios::ate);
  if (!in) return std::nullopt;
  std::string text(static_cast<std::size_t>(in.tellg()), '\0');
  in.seekg(0);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in) return text;
  faults.push_back({name, 0, "", "the file cannot be read"});
  return std::nullopt;
}

}  // namespace

BundleFiles read_bundle(const std::string& path, std::vector<BundleFault>& faults) {
  static constexpr std::array names{"items.csv",   "partners.csv", "locations.csv", "events.csv",
                                    "factors.csv", "recipes.csv",  "addresses.csv"};
  constexpr std::size_t needed = 4;  // the first ones
  BundleFiles files;
  BundleFiles::File* const into[names.size()] = {&files.items,   &files.partners, &files.places,   &files.events,
                                                 &files.factors, &files.recipes,  &files.addresses};
  std::optional<ZippedBundle> zipped;
  if (std::filesystem::is_regular_file(path)) zipped.emplace(path, names, faults);
  if (!faults.empty()) return files;
  for (std::size_t i = 0; i < names.size(); ++i) {
    BundleFiles::File& file = *into[i];
    file.name = names[i];
    const std::size_t known = faults.size();
    std::optional<std::string> text = zipped ? zipped->read(file.name, faults) : read_file(path, file.name, faults);
    file.exists = text.has_value();
    if (text)
      file.text = std::move(*text);
    else if (i < needed && faults.size() == known)
      faults.push_back({file.name, 0, "", "the file is missing"});
  }
  return files;
}

void import_masters(const BundleFiles& files, const View& view, Instant now, const std::string& who,
                    std::vector<BundleFault>& faults, const std::function<void(Draft)>& post) {
  const auto finish = [&](Draft draft) {
    if (!faults.empty() || draft.entry.facts.empty()) return;
    draft.entry.who = who, draft.entry.recorded_at = now, draft.entry.occurred = {now, 0}, draft.entry.settled_at = now;
    seal_personal(draft);
    post(std::move(draft));
  };
  std::set<std::string> partners;
  view.masters().partners.each([&](Id<Partner>, const Partner& partner) { partners.insert(partner.code); });
  finish(read_partners(files, view, faults, partners));
  finish(read_items(files, view, faults, partners));
  finish(read_places(files, view, faults, partners));
  if (files.addresses.exists) finish(read_addresses(files, view, faults, partners));
  // Factors and recipes name items: with faults in the items they would only repeat them.
  if (!faults.empty()) return;
  if (files.factors.exists) finish(read_factors(files, view, faults));
  if (files.recipes.exists) finish(read_recipes(files, view, faults));
}

}  // namespace lotbook
