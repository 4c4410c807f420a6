// SPDX-License-Identifier: Apache-2.0
#include "queries/entry_card.h"

#include <array>

#include "base/json.h"
#include "model/place_ends.h"
#include "model/standing.h"
#include "queries/personal.h"

namespace lotbook {

namespace {

/// How the numbers in facts become codes, by the name of their field.
class FactReader {
 public:
  explicit FactReader(const Snapshot& snapshot) : snapshot_(snapshot) {}

  EntryFact read(const Fact& fact) {
    EntryFact written;
    written.fact = fact_names[fact.index()];
    std::visit(
        [&](const auto& f) {
          using F = std::decay_t<decltype(f)>;
          if constexpr (std::is_same_v<F, RecordSet>)
            read_record(f, written);
          else if constexpr (std::is_same_v<F, FindingSet>)
            read_finding(f, written);
          else
            read_fields(readable_fact(f), written);
        },
        fact);
    return written;
  }

 private:
  template <class F>
  F readable_fact(F fact) {
    if constexpr (std::is_same_v<F, Signed>) fact.name = personal_text(snapshot_, fact.name);
    return fact;
  }

  template <class F>
  void read_fields(F fact, EntryFact& written) {
    for (const FieldShape& field : shape_of<F>().fields) {
      void* member = field.member(&fact);
      std::string value;
      for (std::size_t i = 0, count = field.size(member); i < count; ++i) {
        if (i > 0) value += ", ";
        value += text(field, field.value(member, i));
      }
      if (!value.empty()) written.details.push_back({std::string(field.name), std::move(value)});
    }
  }

  std::string text(const FieldShape& field, void* value) {
    switch (field.kind) {
      case FieldKind::text: return *static_cast<std::string*>(value);
      case FieldKind::boolean: return *static_cast<bool*>(value) ? "true" : "false";
      case FieldKind::decimal: return static_cast<Decimal*>(value)->text();
      case FieldKind::date: return static_cast<Date*>(value)->text();
      case FieldKind::choice: return std::string(field.choices[static_cast<std::size_t>(field.get_integer(value))]);
      case FieldKind::integer: return number(field.name, static_cast<std::uint32_t>(field.get_integer(value)));
      default: return {};
    }
  }

  std::string number(std::string_view name, std::uint32_t id) {
    const Masters& masters = snapshot_.view.masters();
    if (name == "line" || name == "order_line" || name == "entry" || name == "times") return std::to_string(id);
    if (id == 0) return {};
    if (name == "item") return std::string(masters.items.code_of(Id<Item>{id}));
    if (name == "place" || name == "site") return end_code(masters, Id<Place>{id});
    if (name == "issuer" || name == "partner") return std::string(masters.partners.code_of(Id<Partner>{id}));
    if (name == "address") return std::string(masters.addresses.code_of(Id<Address>{id}));
    if (name == "order") {
      const TradeOrder* order = snapshot_.view.trade_order(Id<TradeOrder>{id});
      return order ? order->number : std::to_string(id);
    }
    if (name == "months") return std::to_string(id);
    if (name == "signer") return std::string(masters.users.code_of(Id<User>{id}));
    if (name == "run" || name == "hold") {
      if (const Run* run = snapshot_.view.run(Id<Run>{id})) return run->number;
      if (const Hold* hold = snapshot_.view.hold(Id<Hold>{id})) return hold->number;
      return std::to_string(id);
    }
    if (const Serial* serial = snapshot_.view.serial(Id<Serial>{id}))
      return std::string(masters.items.code_of(serial->item)) + " " + serial->code;
    if (const LotState* state = snapshot_.view.lot(Id<Lot>{id}))
      return std::string(masters.items.code_of(state->lot.item)) + " " + state->lot.code;
    if (const Run* run = snapshot_.view.run(Id<Run>{id})) return run->number;
    return std::to_string(id);
  }

  void read_record(const RecordSet& set, EntryFact& written) {
    written.details.push_back({"noun", std::string(name_of(set.noun))});
    written.details.push_back({"code", set.code});
    for (const FieldChange& change : set.changes) {
      std::string value = readable(change.new_value);
      if (!change.old_value.empty()) value = readable(change.old_value) + " -> " + value;
      written.details.push_back({change.which, std::move(value)});
    }
  }
  void read_finding(const FindingSet& set, EntryFact& written) {
    written.details.push_back({"what", std::string(name_of(set.what))});
    written.details.push_back({"number", set.number});
    for (const FieldChange& change : set.changes) {
      std::string value = readable(change.which, change.new_value);
      if (!change.old_value.empty()) value = readable(change.which, change.old_value) + " -> " + value;
      written.details.push_back({change.which, std::move(value)});
    }
  }
  /// Things stand by their numbers in a finding.
  std::string readable(const std::string& which, const std::string& json) {
    const FieldShape* field = shape_of<Finding>().find(which);
    Finding finding;
    if (!field || field->kind != FieldKind::integer || !read_field_json(json, *field, &finding)) return readable(json);
    return number(which, static_cast<std::uint32_t>(field->get_integer(field->value(field->member(&finding), 0))));
  }
  std::string readable(const std::string& json) {
    std::string value;
    return json_string(json, value) ? personal_text(snapshot_, value) : json;
  }

  const Snapshot& snapshot_;
};

}  // namespace

std::string end_code(const Masters& masters, Id<Place> place) {
  static constexpr std::array<std::string_view, 10> names{"",      "supplier", "customer", "process", "conversion",
                                                          "count", "opening",  "disposed", "sampled", "in_transit"};
  return place.value < names.size() ? std::string(names[place.value]) : std::string(masters.places.code_of(place));
}

namespace {

std::string serial_code(const Entry& entry, std::uint32_t serial) {
  for (const Fact& fact : entry.facts)
    if (const auto* units = std::get_if<SerialsOpened>(&fact))
      if (serial >= units->first && serial - units->first < units->codes.size())
        return units->codes[serial - units->first];
  return {};
}

}  // namespace

EntryCard entry_card(const Snapshot& snapshot, const Entry& entry) {
  const Masters& masters = snapshot.view.masters();
  EntryCard card;
  card.entry = entry.seq, card.kind = name_of(entry.kind), card.recorded_at = entry.recorded_at.text();
  card.occurred_from = entry.occurred.earliest().text();
  if (entry.occurred.length > 0) card.occurred_to = entry.occurred.latest().text();
  card.who = entry.who, card.why = entry.why, card.document = entry.document, card.reference = entry.reference;
  card.partner = masters.partners.code_of(entry.partner), card.address = masters.addresses.code_of(entry.address);
  if (const Run* run = snapshot.view.run(entry.run)) card.order = run->number;
  card.reverses = entry.reverses, card.reinstates = entry.reinstates;
  for (const LotOpened& opened : entry.opened) {
    EntryLot lot;
    lot.item = masters.items.code_of(opened.item), lot.lot = opened.code, lot.origin = opened.origin;
    lot.issuer = masters.partners.code_of(opened.issuer), lot.issued_code = opened.issued_code;
    lot.quality = opened.quality, lot.expires_on = opened.expires_on;
    lot.best_before_on = opened.best_before_on, lot.retest_on = opened.retest_on;
    card.opened.push_back(std::move(lot));
  }
  for (const Line& line : entry.lines) {
    const LotState* state = snapshot.view.lot(line.lot);
    if (!state) continue;
    const Item* item = masters.items.find(state->lot.item);
    card.lines.push_back({std::string(masters.items.code_of(state->lot.item)),
                          state->lot.code,
                          end_code(masters, line.from),
                          end_code(masters, line.to),
                          item ? item->unit : std::string(),
                          line.quantity,
                          line.quantity2,
                          {}});
    if (line.serial == 0) continue;
    const Serial* serial = snapshot.view.serial(Id<Serial>{line.serial});
    // What was taken back is known by its entry alone.
    card.lines.back().serial = serial ? serial->code : serial_code(entry, line.serial);
  }
  FactReader reader(snapshot);
  for (const Fact& fact : entry.facts) card.facts.push_back(reader.read(fact));
  for (const std::uint64_t seq : snapshot.view.signatures(entry.seq)) {
    const Entry& signing = *snapshot.view.entry(seq);
    for (const Fact& fact : signing.facts)
      if (const auto* made = std::get_if<Signed>(&fact))
        card.signatures.push_back({seq, signing.who, personal_text(snapshot, made->name), signing.recorded_at.text(),
                                   std::string(name_of(made->meaning))});
  }
  return card;
}

std::vector<EntryCard> entry_cards(const Snapshot& snapshot, const std::vector<const Entry*>& entries,
                                   std::size_t most) {
  const auto by = taken_back(entries, UINT64_MAX);
  std::vector<EntryCard> cards;
  for (const Entry* entry : entries) {
    if (cards.size() == most) break;
    cards.push_back(entry_card(snapshot, *entry));
    if (const auto at = by.find(entry->seq); at != by.end()) cards.back().taken_back_by = at->second;
  }
  return cards;
}

}  // namespace lotbook
