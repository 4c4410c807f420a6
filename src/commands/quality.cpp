// SPDX-License-Identifier: Apache-2.0
#include "commands/quality.h"

#include <algorithm>

#include "commands/reach.h"
#include "ledger/timeline.h"

namespace lotbook {

namespace {

/// The attribute under which a lot's certificate is kept.
constexpr std::string_view certificate = "certificate";

std::string pointer_to(const View& view, const std::vector<LotRef>& lots, const Lot& lot) {
  const std::string item(view.masters().items.code_of(lot.item));
  for (std::size_t i = 0; i < lots.size(); ++i)
    if (lots[i].item == item && lots[i].lot == lot.code) return at("lots", i, "lot");
  return "/lots";  // named by another of its names
}

void change_quality(Look& look, Draft& draft, const std::vector<LotRef>& refs, const LotState& state, Quality to) {
  const Quality from = state.lot.quality;
  if (from == to)
    return look.refuse(Code::already_so, pointer_to(look.view(), refs, state.lot),
                       "The status of " + spoken(look.view(), state.lot) + " is \"" + std::string(name_of(to)) +
                           "\" already. Leave it out.");
  draft.fact(LotChanged{state.lot.id.value, LotField::quality, std::string(name_of(from)), std::string(name_of(to))});
}

/// Where goods of the lot lie: that site's calendar counts.
Id<Place> place_of(const std::vector<const LotState*>& lots) {
  for (const LotState* lot : lots)
    for (const LotState::Cell& cell : lot->cells)
      if (!cell.quantity.is_zero()) return cell.place;
  return {};
}

/// R43: whether this person recorded a result of the lot, or put it into quarantine.
bool judged_before(const View& view, const Lot& lot, const std::string& who) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(lot.id.value)) entries.push_back(view.entry(seq));
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX)) {
    if (entry->who != who) continue;
    for (const Fact& fact : entry->facts) {
      if (const auto* reading = std::get_if<Reading>(&fact); reading && reading->subject == lot.id.value) return true;
      if (const auto* changed = std::get_if<LotChanged>(&fact))
        if (changed->lot == lot.id.value && changed->what == LotField::quality &&
            changed->new_value == name_of(Quality::quarantine))
          return true;
    }
  }
  return false;
}

bool has_certificate(const View& view, Id<Lot> lot) {
  const std::vector<ReadingRow> readings = view.readings(lot.value);
  return std::any_of(readings.begin(), readings.end(),
                     [](const ReadingRow& row) { return row.attribute == certificate && !row.value.empty(); });
}

void judge_release(Look& look, const Release& command, const LotState& state) {
  const View& view = look.view();
  const Lot& lot = state.lot;
  const Item& item = *view.masters().items.find(lot.item);
  const std::string field = pointer_to(view, command.lots, lot);
  if (item.expiry_required && !lot.governing_day())
    look.refuse(Code::expiry_needed, field,
                "No lot of " + item.code + " is released without a date. Set the date of " + spoken(view, lot) +
                    " first, with change_dates.");
  if (item.certificate_required && command.certificate.empty() && !has_certificate(view, lot.id))
    look.refuse(Code::attribute_needed, "/certificate",
                "Release of " + item.code + " needs a certificate, and none is known for " + spoken(view, lot) +
                    ". Give its number.");
  if (item.second_person && judged_before(view, lot, look.moment().actor.name))
    look.refuse(Code::second_person_needed, field,
                "You recorded a result of " + spoken(view, lot) +
                    ", or put it into quarantine. Another person must release it.");
  if (lot.quality == Quality::rejected && command.reason.empty())
    look.refuse(Code::missing, "/reason",
                "Quality rejected " + spoken(view, lot) + " before. Say why it may be used after all.");
}

}  // namespace

Result<Draft> decide(const Quarantine& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::quarantine, view);
  const std::vector<const LotState*> lots = tracked_lots(look, command.lots);
  for (const LotState* lot : lots) change_quality(look, draft, command.lots, *lot, Quality::quarantine);
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, place_of(lots));
  return draft;
}

Result<Draft> decide(const Release& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::release, view);
  const std::vector<const LotState*> lots = tracked_lots(look, command.lots);
  for (const LotState* lot : lots) {
    change_quality(look, draft, command.lots, *lot, Quality::released);
    judge_release(look, command, *lot);
    if (!command.certificate.empty())
      draft.fact(Reading{lot->lot.id.value, std::string(certificate), command.certificate, ""});
  }
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, place_of(lots));
  return draft;
}

Result<Draft> decide(const Reject& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::reject, view);
  const std::vector<const LotState*> lots = tracked_lots(look, command.lots);
  for (const LotState* lot : lots) change_quality(look, draft, command.lots, *lot, Quality::rejected);
  if (look.refused()) return look.refusals();
  std::vector<Id<Lot>> rejected;
  for (const LotState* lot : lots) rejected.push_back(lot->lot.id);
  name_receivers(view, draft, rejected);
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, place_of(lots));
  return draft;
}

}  // namespace lotbook
