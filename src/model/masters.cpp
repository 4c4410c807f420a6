// SPDX-License-Identifier: Apache-2.0
#include "model/masters.h"

#include "base/check.h"
#include "base/json.h"
#include "model/place_ends.h"
#include "model/unit.h"

namespace lotbook {

namespace {

constexpr int deepest_place = 32;  // a tree deeper than this is a loop

template <class T>
void set_fields(T& record, const RecordSet& change, bool forwards) {
  const Shape& shape = shape_of<T>();
  for (const FieldChange& field_change : change.changes) {
    const FieldShape* field = shape.find(field_change.which);
    check(field != nullptr, "a change names a field of its record");
    const std::string& value = forwards ? field_change.new_value : field_change.old_value;
    if (value.empty()) continue;  // before the record was made there was nothing
    check(read_field_json(value, *field, &record), "a changed value is one of its field");
  }
}

template <class T>
void change_record(Register<T>& records, const RecordSet& change, bool forwards) {
  const T* before = records.find(Id<T>{change.id});
  T record = before ? *before : T{};
  record.code = change.code;
  set_fields(record, change, forwards);
  records.put(Id<T>{change.id}, std::move(record));
}

void change(Masters& masters, const RecordSet& set, bool forwards) {
  switch (set.noun) {
    case Noun::item: return change_record(masters.items, set, forwards);
    case Noun::partner: return change_record(masters.partners, set, forwards);
    case Noun::address: return change_record(masters.addresses, set, forwards);
    case Noun::place: return change_record(masters.places, set, forwards);
    case Noun::recipe: return change_record(masters.recipes, set, forwards);
    case Noun::attribute: return change_record(masters.attributes, set, forwards);
    case Noun::factor: return change_record(masters.factors, set, forwards);
    case Noun::user: return change_record(masters.users, set, forwards);
    case Noun::book:
      set_fields(masters.book, set, forwards);
      masters.book_id = Id<BookSettings>{set.id};
      return;
  }
}

/// What a book keeps was within the limits when it was typed, and may not be now: a sealed telephone number is longer
/// than any that is typed, and limits may be tightened one day.
template <class T>
void read_body(std::string_view body, T& record) {
  static const Shape unlimited = [] {
    Shape shape = shape_of<T>();
    for (FieldShape& field : shape.fields) field.required = false, field.minimum = INT64_MIN, field.maximum = INT64_MAX;
    return shape;
  }();
  check(read_json(body, unlimited, &record).empty(), "a record of the book can be read by its field list");
}

template <class T>
void put_body(Register<T>& records, std::uint32_t id, std::string_view body) {
  T record;
  read_body(body, record);
  records.put(Id<T>{id}, std::move(record));
}

}  // namespace

void Masters::load(Noun noun, std::uint32_t id, std::string_view body) {
  switch (noun) {
    case Noun::item: return put_body(items, id, body);
    case Noun::partner: return put_body(partners, id, body);
    case Noun::address: return put_body(addresses, id, body);
    case Noun::place: put_body(places, id, body); return keep_step(Id<Place>{id});
    case Noun::recipe: return put_body(recipes, id, body);
    case Noun::attribute: return put_body(attributes, id, body);
    case Noun::factor: return put_body(factors, id, body);
    case Noun::user: return put_body(users, id, body);
    case Noun::book:
      read_body(body, book);
      book_id = Id<BookSettings>{id};
      return;
  }
}

void Masters::apply(const RecordSet& set) {
  change(*this, set, true);
  if (set.noun == Noun::place) keep_step(Id<Place>{set.id});
}
void Masters::apply_reversed(const RecordSet& set) {
  change(*this, set, false);
  if (set.noun == Noun::place) keep_step(Id<Place>{set.id});
}

Masters::PlaceStep Masters::step_of(const Place& place) const {
  const Zone* zone = place.time_zone.empty() ? nullptr : Zone::find(place.time_zone);
  return {places.id_of(place.parent), place.kind, place.parent.empty(), zone};
}

void Masters::keep_step(Id<Place> place) {
  const Place& record = *places.find(place);
  steps_[place.value] = step_of(record);
  has_vessels_ |= record.kind == PlaceKind::vessel && record.mixing != Mixing::none;
}

bool Masters::is_vessel(Id<Place> place) const {
  if (!has_vessels_) return false;
  const Place* record = places.find(place);
  return record && record->kind == PlaceKind::vessel && record->mixing != Mixing::none;
}

std::optional<Masters::PlaceStep> Masters::step_from(Id<Place> place) const {
  const PlaceStep* kept = place ? steps_.find(place.value) : nullptr;
  if (kept && (kept->parent || kept->is_top)) return *kept;
  const Place* record = places.find(place);
  if (!record) return std::nullopt;
  return step_of(*record);
}

Id<Place> Masters::site_of(Id<Place> place) const {
  for (int depth = 0; depth < deepest_place; ++depth) {
    const std::optional<PlaceStep> step = step_from(place);
    if (!step) return {};
    if (step->kind == PlaceKind::site || step->is_top) return place;
    place = step->parent;
  }
  return {};
}

bool Masters::lies_in(Id<Place> place, Id<Place> ancestor) const {
  for (int depth = 0; place && depth < deepest_place; ++depth) {
    if (place == ancestor) return true;
    const std::optional<PlaceStep> step = step_from(place);
    place = step ? step->parent : Id<Place>{};
  }
  return false;
}

PlaceKind Masters::use_of(Id<Place> place) const {
  if (place == ends::in_transit) return PlaceKind::in_transit;
  for (int depth = 0; depth < deepest_place; ++depth) {
    const std::optional<PlaceStep> step = step_from(place);
    if (!step) break;
    if (step->kind != PlaceKind::area && step->kind != PlaceKind::bin) return step->kind;
    if (step->is_top) return PlaceKind::storage;
    place = step->parent;
  }
  return PlaceKind::outside;  // what the book does not know is not usable
}

Id<Place> Masters::external_place_of(Id<Place> place) const {
  for (int depth = 0; depth < deepest_place; ++depth) {
    const std::optional<PlaceStep> step = step_from(place);
    if (!step) return {};
    if (step->kind == PlaceKind::external) return place;
    if (step->is_top || (step->kind != PlaceKind::area && step->kind != PlaceKind::bin)) return {};
    place = step->parent;
  }
  return {};
}

bool Masters::have_one_holder(Id<Place> place, Id<Place> other) const {
  const Id<Place> external = external_place_of(place), other_external = external_place_of(other);
  if (!external || !other_external) return false;
  const std::string& partner = places.find(external)->partner;
  return external == other_external || (!partner.empty() && partner == places.find(other_external)->partner);
}

const Zone& Masters::zone_of(Id<Place> place) const {
  const std::optional<PlaceStep> site = step_from(site_of(place));
  if (site && site->zone) return *site->zone;
  const Zone* zone = Zone::find(book.time_zone);
  return zone ? *zone : Zone::utc();
}

std::optional<Decimal> Masters::to_base(const Item& item, std::string_view lot_code, Decimal quantity,
                                        std::string_view unit) const {
  if (unit.empty() || unit == item.unit) return scaled(quantity, 1, 1, item.decimals);
  const Unit* from = find_unit(unit);
  const Unit* to = find_unit(item.unit);
  // Inside a dimension the ratio is exact and no factor is asked (R15).
  if (from && to && from->dimension == to->dimension && from->dimension != Dimension::pack)
    return convert(quantity, *from, *to, item.decimals);
  const Factor* factor = nullptr;
  if (!lot_code.empty()) factor = factors.find(factor_code(item.code, lot_code, unit));
  if (!factor) factor = factors.find(factor_code(item.code, "", unit));
  if (!factor) return std::nullopt;
  return multiplied(quantity, factor->factor, item.decimals);
}

template <class T>
std::vector<FieldChange> differences(const T* before, const T& after) {
  std::vector<FieldChange> changes;
  for (const FieldShape& field : shape_of<T>().fields) {
    std::string is = field_json(field, &after);
    if (before) {
      std::string was = field_json(field, before);
      if (is != was) changes.push_back({std::string(field.name), std::move(was), std::move(is)});
      continue;
    }
    // A new record says all that is not empty, and all whose default is not: another default, one day, changes nothing
    // that was recorded before it.
    T fresh{}, blank{};
    field.clear(field.member(&blank));
    const std::string empty = field_json(field, &blank);
    if (is != empty || field_json(field, &fresh) != empty)
      changes.push_back({std::string(field.name), std::string(), std::move(is)});
  }
  return changes;
}

template std::vector<FieldChange> differences(const Item*, const Item&);
template std::vector<FieldChange> differences(const Partner*, const Partner&);
template std::vector<FieldChange> differences(const Address*, const Address&);
template std::vector<FieldChange> differences(const Place*, const Place&);
template std::vector<FieldChange> differences(const Recipe*, const Recipe&);
template std::vector<FieldChange> differences(const Attribute*, const Attribute&);
template std::vector<FieldChange> differences(const Factor*, const Factor&);
template std::vector<FieldChange> differences(const BookSettings*, const BookSettings&);
template std::vector<FieldChange> differences(const User*, const User&);
template std::vector<FieldChange> differences(const Finding*, const Finding&);

void change_fields(Finding& finding, const FindingSet& change, bool forwards) {
  const Shape& shape = shape_of<Finding>();
  for (const FieldChange& field_change : change.changes) {
    const FieldShape* field = shape.find(field_change.which);
    check(field != nullptr, "a change names a field of a finding");
    const std::string& value = forwards ? field_change.new_value : field_change.old_value;
    if (value.empty())
      field->clear(field->member(&finding));
    else
      check(read_field_json(value, *field, &finding), "a changed value is one of its field");
  }
}

std::string factor_code(std::string_view item, std::string_view lot, std::string_view unit) {
  // The separator cannot occur in a code.
  std::string code(item);
  code += '\x1f', code += lot, code += '\x1f', code += unit;
  return code;
}

}  // namespace lotbook
