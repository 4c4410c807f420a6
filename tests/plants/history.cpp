// SPDX-License-Identifier: Apache-2.0
#include "history.h"

#include <array>
#include <optional>
#include <utility>

#include "vessels.h"

namespace plants {
namespace {

constexpr std::array<std::pair<std::string_view, Event>, 22> events{{
    {"consume", Event::consume},
    {"move", Event::move},
    {"dispatch", Event::dispatch},
    {"produce", Event::produce},
    {"receive", Event::receive},
    {"close", Event::close},
    {"open", Event::open},
    {"name", Event::name},
    {"void", Event::void_dispatch},
    {"return", Event::come_back},
    {"return_to_supplier", Event::return_to_supplier},
    {"dispose", Event::dispose},
    {"sample", Event::sample},
    {"count", Event::count},
    {"adjust", Event::adjust},
    {"hold", Event::hold},
    {"quarantine", Event::quarantine},
    {"reject", Event::reject},
    {"release", Event::release},
    {"fill", Event::fill},
    {"empty", Event::empty},
    {"clean", Event::clean},
}};

std::optional<Event> event_of(std::string_view word) {
  for (const auto& [name, event] : events)
    if (name == word) return event;
  return std::nullopt;
}

bool has_quantity(Event event) {
  switch (event) {
    case Event::name:
    case Event::close:
    case Event::void_dispatch:
    case Event::hold:
    case Event::quarantine:
    case Event::reject:
    case Event::empty:
    case Event::clean:
    case Event::release: return false;
    default: return true;
  }
}

std::string factor_key(std::string_view item, std::string_view lot, std::string_view unit) {
  return std::string(item).append(1, '\0').append(lot).append(1, '\0').append(unit);
}

std::string unit_key(std::string_view of, std::string_view serial) {
  return std::string(of).append(1, '\0').append(serial);
}

}  // namespace

struct History::Columns {
  explicit Columns(const CsvFile& file)
      : occurred_at(file.required("occurred_at")),
        event(file.required("event")),
        document(file.column("document")),
        item(file.column("item")),
        lot(file.column("lot")),
        serial(file.column("serial")),
        quantity(file.column("quantity")),
        unit(file.column("unit")),
        from(file.column("from")),
        to(file.column("to")),
        partner(file.column("partner")),
        supplier_lot(file.column("supplier_lot")),
        reference(file.column("reference")),
        issuer(file.column("issuer")),
        into(file.column("into")),
        kind(file.column("kind")) {}
  int occurred_at, event, document, item, lot, serial, quantity, unit, from, to, partner, supplier_lot, reference,
      issuer, into, kind;
};

History::History(const std::string& folder) : folder_(folder) {
  read_partners();
  read_items();
  read_factors();
}

void History::read_partners() {
  auto& file = files_.emplace_back(folder_ + "/partners.csv");
  const int partner = file.required("partner");
  while (file.next()) partners.add(trimmed(file[partner]));
}

void History::read_items() {
  auto& file = files_.emplace_back(folder_ + "/items.csv");
  const int code = file.required("item"), unit = file.required("unit"), tracking = file.column("tracking");
  const int lot_per = file.column("lot_per"), decimals = file.column("decimals"), maker = file.column("maker");
  while (file.next()) {
    Item item;
    item.code = trimmed(file[code]);
    item.unit = file[unit];
    if (!file[maker].empty()) item.maker = partners.add(trimmed(file[maker]));
    if (!file[decimals].empty()) item.decimals = file[decimals][0] - '0';
    item.by_issuer_lot = file[lot_per] == "issuer_lot";
    item.tracked = file[tracking] != "none";
    if (item_names.add(item.code) != items.size()) file.fail("item", "is there twice");
    items.push_back(item);
  }
}

void History::read_factors() {
  if (!CsvFile::exists(folder_ + "/factors.csv")) return;
  auto& file = files_.emplace_back(folder_ + "/factors.csv");
  const int item = file.required("item"), lot = file.column("lot"), unit = file.required("unit");
  const int factor = file.required("factor");
  while (file.next()) {
    const auto exact = parse_exact(file[factor]);
    if (!exact) file.fail("factor", "is no number");
    factors_[factor_key(trimmed(file[item]), trimmed(file[lot]), file[unit])] = *exact;
  }
}

// An input names the unit that it went into before a row yields it.
void History::read_ahead() {
  auto& file = files_.emplace_back(folder_ + "/events.csv");
  const Columns columns(file);
  while (file.next())
    if (file[columns.event] == "produce" && !file[columns.serial].empty())
      yielded_units_[unit_key(trimmed(file[columns.document]), trimmed(file[columns.serial]))] =
          trimmed(file[columns.lot]);
}

// The lot of a unit: what its first row said.
std::string_view History::lot_of_unit(const CsvFile& file, const Columns& columns) {
  const auto serial = trimmed(file[columns.serial]), lot = trimmed(file[columns.lot]);
  if (file[columns.event] == "count") file.fail("serial", "counts of units are beyond the judge");
  auto& known = lot_of_unit_[unit_key(trimmed(file[columns.item]), serial)];
  if (known.empty()) known = lot;
  if (!lot.empty() && lot != known) file.fail("serial", "is of another lot");
  return known;
}

void History::read(const std::function<void(const Row&)>& visit) {
  read_ahead();
  auto& file = files_.emplace_back(folder_ + "/events.csv");
  const Columns columns(file);
  const auto name_fill = [&](std::size_t line) {
    return documents.add(made_up_.emplace_back("fill in line " + std::to_string(line)));
  };
  const auto open_lot = [&](std::uint32_t item, std::string_view code, std::size_t line) {
    if (!code.empty()) return lot_with_code(item, code, true);
    lots.push_back({item, {}, {}, documents.text(name_fill(line))});
    return static_cast<std::uint32_t>(lots.size() - 1);
  };
  Vessels vessels(folder_, open_lot, name_fill);
  while (file.next()) {
    Row row;
    const auto event = event_of(file[columns.event]);
    if (!event) file.fail("event", "is none that the judge knows");
    row.event = *event;
    row.line = file.line();
    row.occurred_at = file[columns.occurred_at];
    row.from = file[columns.from];
    row.to = file[columns.to];
    row.supplier_lot = trimmed(file[columns.supplier_lot]);
    row.into = trimmed(file[columns.into]);
    if (!row.into.empty())
      if (const auto unit = yielded_units_.find(unit_key(trimmed(file[columns.document]), row.into));
          unit != yielded_units_.end())
        row.into = unit->second;
    row.kind = file[columns.kind];
    if (const auto text = file[columns.document]; !text.empty()) row.document = documents.add(text);
    if (const auto text = file[columns.reference]; !text.empty()) row.reference = documents.add(text);
    if (const auto text = trimmed(file[columns.partner]); !text.empty()) row.partner = partners.add(text);
    row.item = item_names.find(trimmed(file[columns.item]));
    const bool is_draw = vessels.draws_unnamed(row) && trimmed(file[columns.lot]).empty() && row.supplier_lot.empty() &&
                         has_quantity(row.event);
    if (is_draw)
      row.quantity = quantity_of(file, columns, row);
    else if (const auto text = trimmed(file[columns.item]); !text.empty())
      resolve(file, columns, row);
    if (vessels.any())
      vessels.pass(row, visit);
    else
      visit(row);
  }
}

void History::resolve(const CsvFile& file, const Columns& columns, Row& row) {
  row.item = item_names.find(trimmed(file[columns.item]));
  if (row.item == none) file.fail("item", "is unknown");
  const Item& item = items[row.item];
  if (item.tracked) {
    const auto code = file[columns.serial].empty() ? trimmed(file[columns.lot]) : lot_of_unit(file, columns);
    std::uint32_t issuer = none;
    if (const auto text = trimmed(file[columns.issuer]); !text.empty()) issuer = partners.add(text);
    const bool brings_name = row.event == Event::receive || row.event == Event::open || row.event == Event::name;
    if (brings_name && issuer == none) issuer = item.maker != none ? item.maker : row.partner;
    if (!code.empty()) {
      const bool may_open = row.event == Event::receive || row.event == Event::open || row.event == Event::produce;
      row.lot = lot_with_code(row.item, code, may_open);
      if (row.lot == none) file.fail("lot", "is unknown");
      if (brings_name && !row.supplier_lot.empty()) give_name(row, row.supplier_lot, issuer);
    } else if (row.supplier_lot.empty()) {
      file.fail("lot", "is missing");
    } else if (row.event == Event::receive) {
      row.lot = received_without_code(file, row, issuer);
      give_name(row, row.supplier_lot, issuer);
    } else {
      row.lot = lot_by_name(file, row, row.supplier_lot, issuer);
    }
  }
  if (has_quantity(row.event)) row.quantity = quantity_of(file, columns, row);
}

std::uint32_t History::lot_with_code(std::uint32_t item, std::string_view code, bool may_open) {
  if (!may_open) {
    const auto known = lot_codes_.find(item, code);
    return known == none ? none : lot_of_code_[known];
  }
  const auto number = lot_codes_.add(item, code);
  if (number == lot_of_code_.size()) {
    lot_of_code_.push_back(static_cast<std::uint32_t>(lots.size()));
    lots.push_back({item, code, {}, {}});
  }
  return lot_of_code_[number];
}

std::uint32_t History::find_lot(std::string_view item, std::string_view code) const {
  const auto item_number = item_names.find(item);
  if (item_number == none) return none;
  const auto known = lot_codes_.find(item_number, code);
  return known == none ? none : lot_of_code_[known];
}

std::uint32_t History::lot_by_name(const CsvFile& file, const Row& row, std::string_view name, std::uint32_t issuer) {
  std::uint32_t found = none;
  const auto number = lot_names_.find(row.item, name);
  for (auto at = number == none ? none : bearers_of_name_[number]; at != none; at = bearers_[at].next) {
    const Bearer& bearer = bearers_[at];
    if (issuer != none && bearer.issuer != issuer) continue;
    if (found != none && found != bearer.lot) file.fail("supplier_lot", "is borne by several lots of the item");
    found = bearer.lot;
  }
  if (found == none) file.fail("supplier_lot", "is borne by no lot of the item");
  return found;
}

std::uint32_t History::received_without_code(const CsvFile& file, const Row& row, std::uint32_t issuer) {
  const bool by_issuer_lot = items[row.item].by_issuer_lot;
  std::uint32_t found = none;
  const auto number = lot_names_.find(row.item, row.supplier_lot);
  for (auto at = number == none ? none : bearers_of_name_[number]; at != none; at = bearers_[at].next) {
    const Bearer& bearer = bearers_[at];
    if (bearer.issuer != issuer) continue;
    if (row.document != none && bearer.document == row.document && bearer.partner == row.partner) return bearer.lot;
    if (!by_issuer_lot) continue;
    if (found != none && found != bearer.lot) file.fail("supplier_lot", "is borne by several lots of its issuer");
    found = bearer.lot;
  }
  if (found != none) return found;
  if (by_issuer_lot && lot_codes_.find(row.item, row.supplier_lot) == none)
    return lot_with_code(row.item, row.supplier_lot, true);
  lots.push_back({row.item, {}, row.supplier_lot, documents.text(row.document)});
  return static_cast<std::uint32_t>(lots.size() - 1);
}

void History::give_name(const Row& row, std::string_view name, std::uint32_t issuer) {
  const auto number = lot_names_.add(row.item, name);
  if (number == bearers_of_name_.size()) bearers_of_name_.push_back(none);
  auto& first = bearers_of_name_[number];
  const auto document = row.event == Event::receive ? row.document : none;
  bearers_.push_back({issuer, row.lot, document, row.partner, first});
  first = static_cast<std::uint32_t>(bearers_.size() - 1);
}

Amount History::quantity_of(const CsvFile& file, const Columns& columns, const Row& row) {
  const bool is_unit = !file[columns.serial].empty() && file[columns.quantity].empty();
  const auto typed = parse_exact(is_unit ? std::string_view("1") : file[columns.quantity]);
  if (!typed) file.fail("quantity", "is no number");
  const Item& item = items[row.item];
  const auto unit = file[columns.unit];
  if (unit.empty() || unit == item.unit) return in_base(*typed, {{1, 0}, {1, 0}}, item.decimals);
  if (const auto ratio = same_dimension(unit, item.unit)) return in_base(*typed, *ratio, item.decimals);
  auto factor = factors_.end();
  if (row.lot != none) factor = factors_.find(factor_key(item.code, lots[row.lot].code, unit));
  if (factor == factors_.end()) factor = factors_.find(factor_key(item.code, {}, unit));
  if (factor == factors_.end()) file.fail("unit", "has no factor");
  return in_base(*typed, {factor->second, {1, 0}}, item.decimals);
}

}  // namespace plants
