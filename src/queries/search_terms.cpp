// SPDX-License-Identifier: Apache-2.0
#include "queries/search_terms.h"

#include "base/json.h"
#include "base/text.h"

namespace lotbook {

namespace {

std::optional<SearchGroup> group_of(Noun noun) {
  switch (noun) {
    case Noun::item: return SearchGroup::item;
    case Noun::partner: return SearchGroup::partner;
    case Noun::address: return SearchGroup::address;
    case Noun::place: return SearchGroup::place;
    default: return std::nullopt;
  }
}

void add(SearchGroup group, std::uint64_t id, const std::string& text, std::vector<SearchTerm>& terms) {
  if (!text.empty()) terms.push_back({search_place(group, id, text), text, skeleton(text)});
}

}  // namespace

void add_search_terms(const Entry& entry, std::vector<SearchTerm>& terms) {
  for (const LotOpened& opened : entry.opened) {
    add(SearchGroup::lot, opened.lot.value, opened.code, terms);
    if (opened.issued_code != opened.code) add(SearchGroup::lot, opened.lot.value, opened.issued_code, terms);
  }
  for (const Fact& fact : entry.facts) {
    if (const auto* changed = std::get_if<LotChanged>(&fact)) {
      if (changed->what == LotField::code) add(SearchGroup::lot, changed->lot, changed->new_value, terms);
    } else if (const auto* named = std::get_if<LotNamed>(&fact)) {
      add(SearchGroup::lot, named->lot, named->code, terms);
    } else if (const auto* units = std::get_if<SerialsOpened>(&fact)) {
      for (std::uint32_t i = 0; i < units->codes.size(); ++i)
        add(SearchGroup::unit, units->first + i, units->codes[i], terms);
    } else if (const auto* unit = std::get_if<HandlingUnitOpened>(&fact)) {
      add(SearchGroup::handling_unit, unit->handling_unit, unit->sscc, terms);
    } else if (const auto* run = std::get_if<RunOpened>(&fact)) {
      if (run->number != entry.document) add(SearchGroup::paper, entry.seq, run->number, terms);
    } else if (const auto* set = std::get_if<RecordSet>(&fact)) {
      const std::optional<SearchGroup> group = group_of(set->noun);
      if (!group) continue;
      add(*group, set->id, set->code, terms);
      for (const FieldChange& change : set->changes)
        if (std::string name; change.which == "name" && json_string(change.new_value, name) && name != set->code)
          add(*group, set->id, name, terms);
    }
  }
  add(SearchGroup::paper, entry.seq, entry.document, terms);
  if (entry.reference != entry.document) add(SearchGroup::paper, entry.seq, entry.reference, terms);
}

std::optional<Fit> fit_of(std::string_view asked, std::string_view key) {
  const std::size_t at = key.find(asked);
  if (at == std::string_view::npos) return std::nullopt;
  return asked.size() == key.size() ? Fit::whole : at == 0 ? Fit::beginning : Fit::within;
}

}  // namespace lotbook
