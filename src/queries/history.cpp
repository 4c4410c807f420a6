// SPDX-License-Identifier: Apache-2.0
#include "queries/history.h"

#include <algorithm>

namespace lotbook {

namespace {

// So many entries are looked at to find what took others back; beyond, the feed tells.
constexpr std::size_t most_looked_at = 5000;
// So many entries of other kinds one call of the feed passes over.
constexpr std::uint64_t most_passed = 20'000;

Refusal not_found(const HistoryQuestion& question) {
  return {Code::not_found, "/code",
          "There is no " + std::string(name_of(question.noun)) + " \"" + question.code +
              "\". Find it by part of its code with \"search\"."};
}

Result<std::uint32_t> subject_of(const HistoryQuestion& question, const View& view) {
  const Masters& masters = view.masters();
  std::uint32_t id = 0;
  switch (question.noun) {
    case Subject::lot: {
      const Result<const LotState*> lot = find_lot(view, {question.item, question.code}, "");
      if (!lot) return lot.refusals();
      return (*lot)->lot.id.value;
    }
    case Subject::order:
      if (const Run* run = view.run_numbered(question.code)) id = run->id.value;
      break;
    case Subject::hold:
      if (const std::vector<Hold> holds = view.holds_numbered(question.code); !holds.empty())
        id = holds.back().id.value;
      break;
    case Subject::item: id = masters.items.id_of(question.code).value; break;
    case Subject::partner: id = masters.partners.id_of(question.code).value; break;
    case Subject::address: id = masters.addresses.id_of(question.code).value; break;
    case Subject::place: id = masters.places.id_of(question.code).value; break;
    case Subject::recipe: id = masters.recipes.id_of(question.code).value; break;
    case Subject::attribute: id = masters.attributes.id_of(question.code).value; break;
    case Subject::factor: id = masters.factors.id_of(question.code).value; break;
    case Subject::user: id = masters.users.id_of(question.code).value; break;
    case Subject::book: id = masters.book_id.value; break;
    case Subject::serial: {
      const Result<Id<Item>> item = find_item(view, question.item, "/item");
      if (!item) return item.refusals();
      const std::vector<const Serial*> units = view.serials_called(*item, question.code);
      if (units.size() > 1)
        return Refusal{Code::unknown_serial, "/code",
                       "Several units bear that number. Ask \"serial\" with their issuer."};
      if (!units.empty()) id = units.front()->id.value;
      break;
    }
    case Subject::complaint:
    case Subject::defect: {
      const auto kind = question.noun == Subject::complaint ? FindingKind::complaint : FindingKind::defect;
      if (const Finding* finding = view.finding_numbered(kind, question.code)) id = finding->id.value;
      break;
    }
  }
  if (id == 0) return not_found(question);
  return id;
}

}  // namespace

Result<EntriesAnswer> ask(const HistoryQuestion& question, const Snapshot& snapshot) {
  const Result<std::uint32_t> subject = subject_of(question, snapshot.view);
  if (!subject) return subject.refusals();
  std::vector<std::uint64_t> seqs = snapshot.view.history(*subject);
  std::sort(seqs.begin(), seqs.end());
  std::erase_if(seqs, [&](std::uint64_t seq) { return seq <= question.after; });
  EntriesAnswer answer;
  const std::size_t most = rows_allowed(question.limit);
  std::vector<const Entry*> entries;
  for (std::size_t i = 0; i < std::min(seqs.size(), std::max(most, most_looked_at)); ++i)
    entries.push_back(snapshot.view.entry(seqs[i]));
  answer.entries = entry_cards(snapshot, entries, most);
  if (seqs.size() > most) answer.next = answer.entries.back().entry;
  return answer;
}

Result<EntriesAnswer> ask(const EntriesQuestion& question, const Snapshot& snapshot) {
  EntriesAnswer answer;
  const std::size_t most = rows_allowed(question.limit);
  std::uint64_t last = question.after;
  const std::uint64_t head = snapshot.view.head().seq;
  std::vector<Entry> entries;
  snapshot.view.behind().entries_from(question.after + 1, [&](const EntryRow& row) {
    if (row.seq > head || entries.size() == most || row.seq > question.after + most_passed) return false;
    Entry entry = decode_entry(row.body, row.seq);
    last = row.seq;
    if (question.kinds.empty() ||
        std::find(question.kinds.begin(), question.kinds.end(), entry.kind) != question.kinds.end())
      entries.push_back(std::move(entry));
    return true;
  });
  for (const Entry& entry : entries) answer.entries.push_back(entry_card(snapshot, entry));
  if (last < head) answer.next = last;
  return answer;
}

}  // namespace lotbook
