// SPDX-License-Identifier: Apache-2.0
#include "queries/delivery_note.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "base/json.h"
#include "model/place_ends.h"
#include "model/standing.h"
#include "queries/lot.h"

namespace lotbook {

namespace {

bool is_dispatch_under(const Entry& entry, const std::string& document) {
  return entry.kind == EntryKind::dispatch && entry.document == document;
}

/// Whose notes bear the number, each once, the first one first.
std::vector<Id<Partner>> customers_under(const View& view, const std::string& document) {
  std::vector<Id<Partner>> customers;
  for (const std::uint64_t seq : view.documents(document))
    if (const Entry* entry = view.entry(seq); entry && is_dispatch_under(*entry, document))
      if (std::find(customers.begin(), customers.end(), entry->partner) == customers.end())
        customers.push_back(entry->partner);
  return customers;
}

/// What is asked of.
struct Note {
  const std::string& document;
  Id<Partner> customer;
  bool is_of(const Entry& entry) const { return is_dispatch_under(entry, document) && entry.partner == customer; }
};

Result<Id<Partner>> customer_of(const View& view, const DeliveryNoteQuestion& question) {
  const std::vector<Id<Partner>> customers = customers_under(view, question.document);
  if (customers.empty())
    return Refusal{Code::not_dispatched, "/document",
                   "No dispatch was ever recorded under " + question.document + ". Check the number."};
  const Register<Partner>& partners = view.masters().partners;
  if (!question.customer.empty()) {
    const Id<Partner> named = partners.id_of(question.customer);
    if (!named)
      return Refusal{Code::unknown_partner, "/customer",
                     "There is no partner " + question.customer + ". Check the code."};
    if (std::find(customers.begin(), customers.end(), named) != customers.end()) return named;
    return Refusal{Code::not_dispatched, "/customer",
                   "No dispatch to " + question.customer + " was ever recorded under " + question.document +
                       ". Check number and customer."};
  }
  if (customers.size() == 1) return customers.front();
  std::string spoken;
  for (const Id<Partner> id : customers) spoken += (spoken.empty() ? "" : ", ") + std::string(partners.code_of(id));
  Refusal refusal{
      Code::missing, "/customer",
      "Several customers have a delivery note " + question.document + ": " + spoken + ". Say whose is meant."};
  for (const Id<Partner> id : customers) refusal.facts.emplace_back("customer", std::string(partners.code_of(id)));
  return refusal;
}

/// The dispatches of a note, and whatever took them back or put them in force again, in order.
std::vector<const Entry*> entries_of(const View& view, const Note& note) {
  std::set<std::uint64_t> seqs;
  std::set<std::uint32_t> subjects;
  for (const std::uint64_t seq : view.documents(note.document)) {
    const Entry* entry = view.entry(seq);
    if (!entry || !note.is_of(*entry)) continue;
    seqs.insert(seq);
    for (const Line& line : entry->lines) subjects.insert(line.lot.value);
    // Empty pallets leave without a lot.
    for (const Fact& fact : entry->facts)
      if (const auto* moved = std::get_if<HandlingUnitMoved>(&fact)) subjects.insert(moved->handling_unit);
  }
  // A correction touches the lots of what it corrects; one of a correction comes behind it.
  std::set<std::uint64_t> later;
  for (const std::uint32_t subject : subjects)
    for (const std::uint64_t seq : view.history(subject)) later.insert(seq);
  for (const std::uint64_t seq : later) {
    const Entry* entry = view.entry(seq);
    const auto concerns = [&](const std::vector<std::uint64_t>& of) {
      return std::any_of(of.begin(), of.end(), [&](std::uint64_t earlier) { return seqs.contains(earlier); });
    };
    if (entry && (concerns(entry->reverses) || concerns(entry->reinstates))) seqs.insert(seq);
  }
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : seqs) entries.push_back(view.entry(seq));
  return entries;
}

/// Facts about a subject that came behind an entry, the newest first: what they changed is taken back one by one.
void each_later_fact(const View& view, std::uint32_t subject, std::uint64_t seq,
                     const std::function<void(const Fact&)>& visit) {
  std::vector<std::uint64_t> history = view.history(subject);
  std::sort(history.rbegin(), history.rend());
  for (const std::uint64_t later : history) {
    if (later <= seq) break;
    for (const Fact& fact : view.entry(later)->facts) visit(fact);
  }
}

/// The name of a record at an entry.
template <class T>
std::string as_of(const View& view, const Register<T>& records, Id<T> id, std::uint64_t seq) {
  const T* record = records.find(id);
  if (!record) return {};
  std::string name = record->name;
  each_later_fact(view, id.value, seq, [&](const Fact& fact) {
    if (const auto* set = std::get_if<RecordSet>(&fact); set && set->id == id.value)
      for (const FieldChange& change : set->changes)
        if (change.which == "name" && !change.old_value.empty()) json_string(change.old_value, name);
  });
  return name;
}

/// The own code of a lot at an entry.
std::string code_as_of(const View& view, const Lot& lot, std::uint64_t seq) {
  std::string code = lot.code;
  each_later_fact(view, lot.id.value, seq, [&](const Fact& fact) {
    if (const auto* changed = std::get_if<LotChanged>(&fact);
        changed && changed->lot == lot.id.value && changed->what == LotField::code)
      code = changed->old_value;
  });
  return code;
}

/// R11: the issuer's code that the lot bore at an entry, else its own.
std::string outside_code_as_of(const View& view, const Lot& lot, const std::string& own, std::uint64_t seq) {
  if (lot.origin == Origin::produced) return own;
  const std::string today = traceability_code(view, lot);
  if (today == lot.code) return own;
  for (const LotOpened& opened : view.entry(lot.opened_in)->opened)
    if (opened.lot == lot.id && !opened.issued_code.empty()) return opened.issued_code;
  for (const std::uint64_t named_in : view.history(lot.id.value)) {
    if (named_in > seq) continue;
    for (const Fact& fact : view.entry(named_in)->facts)
      if (const auto* named = std::get_if<LotNamed>(&fact); named && named->lot == lot.id.value) return named->code;
  }
  return own;
}

using Key = std::tuple<Id<Lot>, std::uint32_t, std::uint32_t>;  // lot, unit, pallet
struct Sum {
  Decimal quantity, quantity2;
  bool operator==(const Sum&) const = default;
};
using Content = std::map<Key, Sum>;

/// What left on the note; a correction may have put a dispatch on another paper, or to another customer.
Content content_of(const std::vector<const Entry*>& stands, const Note& note) {
  Content content;
  for (const Entry* entry : stands) {
    if (!note.is_of(*entry)) continue;
    for (const Line& line : entry->lines)
      if (line.to == ends::customer) {
        Sum& sum = content[{line.lot, line.serial, line.handling_unit}];
        sum.quantity += line.quantity, sum.quantity2 += line.quantity2;
      }
  }
  return content;
}

/// Pallets and cases that left on the note, those with nothing on them included.
std::vector<std::string> units_of(const View& view, const std::vector<const Entry*>& stands, const Note& note) {
  std::set<std::string> ssccs;
  for (const Entry* entry : stands) {
    if (!note.is_of(*entry)) continue;
    for (const Fact& fact : entry->facts)
      if (const auto* moved = std::get_if<HandlingUnitMoved>(&fact); moved && moved->to == ends::customer.value)
        ssccs.insert(view.handling_unit(Id<HandlingUnit>{moved->handling_unit})->sscc);
  }
  return {ssccs.begin(), ssccs.end()};
}

DeliveryNoteLine line_of(const Snapshot& snapshot, const Key& key, const Sum& sum, std::uint64_t seq) {
  const View& view = snapshot.view;
  const auto& [id, serial, pallet] = key;
  const Lot& lot = view.lot(id)->lot;
  const Item& item = *view.masters().items.find(lot.item);
  DeliveryNoteLine line;
  line.item = item.code, line.item_name = as_of(view, view.masters().items, lot.item, seq),
  line.lot = code_as_of(view, lot, seq);
  line.outside_code = outside_code_as_of(view, lot, line.lot, seq), line.unit = item.unit;
  if (const Serial* unit = view.serial(Id<Serial>{serial})) line.serial = unit->code;
  if (const HandlingUnit* unit = view.handling_unit(Id<HandlingUnit>{pallet})) line.sscc = unit->sscc;
  line.quantity = sum.quantity, line.quantity2 = sum.quantity2;
  return line;
}

}  // namespace

Result<DeliveryNoteAnswer> ask(const DeliveryNoteQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Result<Id<Partner>> customer = customer_of(view, question);
  if (!customer) return customer.refusals();
  const Note note{question.document, *customer};
  const std::vector<const Entry*> entries = entries_of(view, note);
  DeliveryNoteAnswer answer;
  answer.document = question.document, answer.entry = view.head().seq;
  for (const Entry* entry : entries)
    answer.versions.push_back({static_cast<std::int64_t>(answer.versions.size() + 1), entry->seq,
                               std::string(name_of(entry->kind)), entry->recorded_at.text(), entry->who, entry->why});
  const auto newest = static_cast<std::int64_t>(entries.size());
  answer.version = question.version == 0 ? newest : question.version;
  if (answer.version > newest)
    return Refusal{Code::not_found, "/version",
                   "There are " + std::to_string(newest) + " versions of " + question.document + "."};
  const auto at = static_cast<std::size_t>(answer.version - 1);
  const std::uint64_t seq = entries[at]->seq;
  const std::vector<const Entry*> stands = standing(entries, seq);
  const Content content = content_of(stands, note);
  const Content before = at == 0 ? content : content_of(standing(entries, entries[at - 1]->seq), note);
  const Entry* issued = nullptr;
  for (const Entry* entry : entries)
    if (entry->seq <= seq && note.is_of(*entry)) issued = entry;
  answer.customer = view.masters().partners.code_of(issued->partner);
  answer.customer_name = as_of(view, view.masters().partners, issued->partner, seq);
  answer.address = view.masters().addresses.code_of(issued->address);
  answer.address_name = as_of(view, view.masters().addresses, issued->address, seq);
  answer.order = issued->reference, answer.dispatched_at = issued->occurred.at.text();
  answer.handling_units = units_of(view, stands, note);
  answer.is_void = content.empty() && answer.handling_units.empty();
  for (const auto& [key, sum] : content) {
    DeliveryNoteLine line = line_of(snapshot, key, sum, seq);
    const auto old = before.find(key);
    if (old == before.end())
      line.change = "added";
    else if (!(old->second == sum))
      line.change = "changed", line.before = old->second.quantity;
    answer.lines.push_back(std::move(line));
  }
  for (const auto& [key, sum] : before)
    if (!content.contains(key)) {
      DeliveryNoteLine line = line_of(snapshot, key, {}, seq);
      line.change = "removed", line.before = sum.quantity;
      answer.lines.push_back(std::move(line));
    }
  return answer;
}

}  // namespace lotbook
