// SPDX-License-Identifier: Apache-2.0
#include "queries/watch.h"

#include <charconv>

namespace lotbook {

Result<HoldsAnswer> ask(const HoldsQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  HoldsAnswer answer;
  std::vector<Hold> holds;
  view.behind().standing_holds(Id<Hold>{question.after}, [&](const Hold& hold) {
    if (holds.size() == rows_allowed(question.limit)) {
      answer.next = holds.back().id.value;
      return false;
    }
    holds.push_back(hold);
    return true;
  });
  for (const Hold& hold : holds) {
    const Entry* placed = view.entry(hold.opened_in);
    HoldLine& line = answer.rows.emplace_back();
    line.number = hold.number, line.reason = hold.reason, line.author = hold.author, line.recall = hold.recall;
    line.place = masters.places.code_of(hold.place), line.flow = hold.flow, line.entry = hold.opened_in;
    if (placed) line.placed_at = placed->recorded_at.text();
    const std::vector<Id<Lot>> lots = view.lots_under(hold.id);
    line.lots_covered = lots.size();
    for (const Id<Lot> lot : lots) {
      if (line.lots.size() == usual_rows) break;
      if (const LotState* state = view.lot(lot))
        line.lots.push_back({std::string(masters.items.code_of(state->lot.item)), state->lot.code});
    }
    const std::vector<Id<Serial>> units = view.units_under(hold.id);
    line.units_covered = units.size();
    for (const Id<Serial> id : units) {
      if (line.units.size() == usual_rows) break;
      if (const Serial* unit = view.serial(id))
        line.units.push_back(std::string(masters.items.code_of(unit->item)) + " " + unit->code);
    }
    const std::vector<Id<HandlingUnit>> pallets = view.handling_units_under(hold.id);
    line.handling_units_covered = pallets.size();
    for (const Id<HandlingUnit> id : pallets) {
      if (line.handling_units.size() == usual_rows) break;
      line.handling_units.push_back(view.handling_unit(id)->sscc);
    }
  }
  return answer;
}

namespace {

/// Where a page of notices begins: "entry.position" of the last one shown, or an entry.
bool read_notice(const std::string& after, std::uint64_t& seq, std::uint64_t& position) {
  if (after.empty()) return true;
  const char* end = after.data() + after.size();
  auto read = std::from_chars(after.data(), end, seq);
  if (read.ec == std::errc() && read.ptr != end && *read.ptr == '.')
    read = std::from_chars(read.ptr + 1, end, position);
  return read.ec == std::errc() && read.ptr == end && seq <= INT64_MAX && position <= UINT32_MAX;
}

Refusal refused_page() {
  return {Code::malformed, "/after", "Send back \"next\" of the answer before, as it was, or an entry number."};
}

}  // namespace

Result<ReviewsAnswer> ask(const ReviewsQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  std::uint64_t seq = 0, position = UINT32_MAX;
  if (!read_notice(question.after, seq, position)) return refused_page();
  ReviewsAnswer answer;
  std::vector<NoticedRow> rows;
  view.behind().noticed_after(seq, position, [&](const NoticedRow& row) {
    if (!question.code.empty() && row.code != question.code) return true;
    if (rows.size() == rows_allowed(question.limit)) {
      answer.next = std::to_string(rows.back().seq) + "." + std::to_string(rows.back().position);
      return false;
    }
    rows.push_back(row);
    return true;
  });
  for (const NoticedRow& row : rows) {
    const Entry* entry = view.entry(row.seq);
    ReviewLine& line = answer.rows.emplace_back();
    line.entry = row.seq, line.code = row.code;
    if (const LotState* state = view.lot(row.lot))
      line.item = view.masters().items.code_of(state->lot.item), line.lot = state->lot.code;
    if (!entry) continue;
    line.kind = name_of(entry->kind), line.who = entry->who, line.recorded_at = entry->recorded_at.text();
    if (row.position < entry->facts.size())
      if (const auto* noticed = std::get_if<Noticed>(&entry->facts[row.position])) line.detail = noticed->detail;
  }
  return answer;
}

Result<OverridesAnswer> ask(const OverridesQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  std::uint64_t seq = 0, position = UINT32_MAX;
  if (!read_notice(question.after, seq, position)) return refused_page();
  OverridesAnswer answer;
  std::vector<NoticedRow> rows;
  view.behind().noticed_after(seq, position, [&](const NoticedRow& row) {
    if (!row.code.starts_with("override_")) return true;
    if (rows.size() == rows_allowed(question.limit)) {
      answer.next = std::to_string(rows.back().seq) + "." + std::to_string(rows.back().position);
      return false;
    }
    rows.push_back(row);
    return true;
  });
  for (const NoticedRow& row : rows) {
    OverrideLine& line = answer.rows.emplace_back();
    line.entry = row.seq, line.code = row.code;
    if (const LotState* state = view.lot(row.lot))
      line.item = view.masters().items.code_of(state->lot.item), line.lot = state->lot.code;
    const Entry* entry = view.entry(row.seq);
    if (!entry) continue;
    line.partner = view.masters().partners.code_of(entry->partner), line.document = entry->document;
    line.kind = name_of(entry->kind), line.who = entry->who, line.why = entry->why;
    line.recorded_at = entry->recorded_at.text();
    if (row.position < entry->facts.size())
      if (const auto* noticed = std::get_if<Noticed>(&entry->facts[row.position])) line.detail = noticed->detail;
  }
  return answer;
}

}  // namespace lotbook
