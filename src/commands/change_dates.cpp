// SPDX-License-Identifier: Apache-2.0
#include "commands/change_dates.h"

#include <array>

#include "commands/take_lines.h"

namespace lotbook {

namespace {

struct Day {
  LotField what;
  Date typed, known;
  bool limits_use;  ///< a later one extends the shelf life

  bool changes() const { return typed && typed != known; }
  Date since() const { return typed ? typed : known; }
  std::string field() const { return "/" + std::string(name_of(what)); }
};

void judge_extension(Look& look, const ChangeDates& command, const Day& day) {
  if (!day.limits_use || !day.changes() || !day.known || day.typed < day.known) return;
  if (!look.moment().actor.may(Right::quality))
    look.refuse(Code::right_needed, day.field(),
                day.typed.text() + " is later than " + day.known.text() +
                    ": extending the shelf life needs the right \"quality\". Ask quality.");
  if (command.reason.empty())
    look.refuse(Code::missing, "/reason", "Say why the lot may be used for longer; the reason is kept with the entry.");
}

}  // namespace

Result<Draft> decide(const ChangeDates& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::change_dates, view);
  const FoundLot found = tracked_lot(look, command.item, command.lot, "/lot");
  if (!found) return look.refusals();
  const Lot& lot = found.state->lot;
  const std::array days{Day{LotField::received_on, command.received_on, lot.received_on, false},
                        Day{LotField::produced_on, command.produced_on, lot.produced_on, false},
                        Day{LotField::expires_on, command.expires_on, lot.expires_on, true},
                        Day{LotField::best_before_on, command.best_before_on, lot.best_before_on, true},
                        Day{LotField::retest_on, command.retest_on, lot.retest_on, true}};
  const Id<Place> place = found.state->cells.empty() ? Id<Place>{} : found.state->cells.front().place;
  const Date today = view.masters().zone_of(place).day_of(moment.now), produced_on = days[1].since();
  bool any = false;
  for (const Day& day : days) {
    if (!day.changes()) continue;
    any = true;
    judge_extension(look, command, day);
    if (!day.limits_use && day.typed > today)
      look.refuse(Code::in_the_future, day.field(), "That day has not come yet. Check the date.");
  }
  for (const Day& day : days)
    if (produced_on && day.since() && day.since() < produced_on && (day.changes() || days[1].changes()))
      look.refuse(Code::dates_contradict, day.changes() ? day.field() : days[1].field(),
                  "The lot would have been made on " + produced_on.text() + ", after " + day.since().text() + " (" +
                      std::string(name_of(day.what)) + "). Check both dates.");
  if (!any) look.refuse(Code::already_so, "", "The lot has exactly these dates already; nothing was written.");
  if (look.refused()) return look.refusals();
  for (const Day& day : days)
    if (day.changes()) draft.fact(LotChanged{lot.id.value, day.what, day.known.text(), day.typed.text()});
  // A day that someone gave is no longer one that the book worked out.
  if (days[2].changes() && lot.expiry_calculated)
    draft.fact(LotChanged{lot.id.value, LotField::expiry_calculated, "true", "false"});
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, place);
  return draft;
}

}  // namespace lotbook
