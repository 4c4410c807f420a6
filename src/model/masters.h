// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/flat_map.h"
#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "model/entry.h"
#include "model/record.h"

// All master data of a book as it stands at one entry: small enough to hold in memory and to hand to readers as a
// snapshot.

namespace lotbook {

/// The records of one noun, by number and by code. Copies share the records: they never change, they are replaced.
template <class T>
class Register {
 public:
  const T* find(Id<T> id) const {
    const std::shared_ptr<const T>* at = by_id_.find(id.value);
    return at ? at->get() : nullptr;
  }
  const T* find(std::string_view code) const { return find(id_of(code)); }
  Id<T> id_of(std::string_view code) const {
    const auto at = by_code_.find(code);
    return at == by_code_.end() ? Id<T>{} : at->second;
  }
  /// The code, or an empty text for no record.
  std::string_view code_of(Id<T> id) const {
    const T* record = find(id);
    return record ? std::string_view(record->code) : std::string_view();
  }
  std::size_t size() const { return by_id_.size(); }
  /// In order of code.
  template <class Visit>
  void each(Visit visit) const {
    std::vector<std::pair<std::string_view, Id<T>>> sorted(by_code_.begin(), by_code_.end());
    std::sort(sorted.begin(), sorted.end());
    for (const auto& [code, id] : sorted) visit(id, *find(id));
  }
  void put(Id<T> id, T record) {
    by_code_.insert_or_assign(record.code, id);
    by_id_[id.value] = std::make_shared<const T>(std::move(record));
  }

 private:
  // shared_ptr: one record belongs to every snapshot that was taken while it stood.
  FlatMap<std::uint32_t, std::shared_ptr<const T>> by_id_;
  // Hashed: every row of an import asks for three or four codes.
  std::unordered_map<std::string, Id<T>, TextHash, std::equal_to<>> by_code_;
};

class Masters {
 public:
  Register<Item> items;
  Register<Partner> partners;
  Register<Address> addresses;
  Register<Place> places;
  Register<Recipe> recipes;
  Register<Attribute> attributes;
  Register<Factor> factors;
  Register<User> users;
  BookSettings book;
  Id<BookSettings> book_id;

  /// Puts in a record as a book keeps it (JSON by the noun's field list). Throws BrokenLaw when it cannot be read.
  void load(Noun noun, std::uint32_t id, std::string_view body);
  /// Makes the change that an entry recorded. Throws BrokenLaw when a value is not one of its field.
  void apply(const RecordSet& change);
  /// The reverse, with the old values; a record that was new stays with what it had.
  void apply_reversed(const RecordSet& change);

  /// The site a location lies in: itself, or its topmost parent; `in_transit` and unknown places have none.
  Id<Place> site_of(Id<Place> place) const;
  /// True when `place` is `ancestor` or lies anywhere below it.
  bool lies_in(Id<Place> place, Id<Place> ancestor) const;
  /// Kind that decides what may happen there: an area or a bin is used as what it lies in (import-bundle §2).
  PlaceKind use_of(Id<Place> place) const;
  /// A tank or silo that keeps to R74 or R75.
  bool is_vessel(Id<Place> place) const;
  /// The external place that goods there are lent to (R22), itself or what an area or a bin lies in; else none.
  Id<Place> external_place_of(Id<Place> place) const;
  /// Whether both are external and of one partner.
  bool have_one_holder(Id<Place> place, Id<Place> other) const;
  const Zone& zone_of(Id<Place> place) const;
  /// The base units in one `unit` of this item (and lot): exact inside a dimension, by a factor across (R15, R17). No
  /// value: no factor.
  std::optional<Decimal> to_base(const Item& item, std::string_view lot_code, Decimal quantity,
                                 std::string_view unit) const;

 private:
  /// One step up the tree of places, kept by number: every line of every movement asks where its places lie.
  struct PlaceStep {
    Id<Place> parent;  ///< none at the top, or while the parent is not known yet
    PlaceKind kind = PlaceKind::outside;
    bool is_top = false;
    const Zone* zone = nullptr;  ///< the one it names
  };
  PlaceStep step_of(const Place& place) const;
  std::optional<PlaceStep> step_from(Id<Place> place) const;
  void keep_step(Id<Place> place);
  FlatMap<std::uint32_t, PlaceStep> steps_;
  bool has_vessels_ = false;  // most plants have none, and are asked at every line
};

/// The record's fields that differ, for its entry. `before` may be null for a new record. Personal values are left as
/// they are: the caller puts their salted hash in place.
template <class T>
std::vector<FieldChange> differences(const T* before, const T& after);

/// What a complaint or defect says since that fact, or said before it.
void change_fields(Finding& finding, const FindingSet& change, bool forwards);

std::string factor_code(std::string_view item, std::string_view lot, std::string_view unit);

}  // namespace lotbook
