// SPDX-License-Identifier: Apache-2.0
#include "commands/sample.h"

#include "model/place_ends.h"

namespace lotbook {

namespace {

/// Where the samples go: an end, or a place for retained ones at the site of every line.
Id<Place> destination(Look& look, const Sample& command) {
  if (command.to.empty()) return ends::sampled;
  const Masters& masters = look.masters();
  const Id<Place> to = look.place(command.to, "/to");
  if (to && masters.use_of(to) != PlaceKind::retained)
    look.refuse(Code::place_not_allowed, "/to",
                command.to +
                    " is not a location for retained samples. Name one, or leave it out when the test uses the "
                    "sample up.");
  for (std::size_t i = 0; to && i < command.lines.size(); ++i) {
    const Id<Place> from = masters.places.id_of(command.lines[i].from);
    if (from == to)
      look.refuse(Code::same_place, at("lines", i, "from"), "It is a retained sample already. Name another location.");
    else if (from && masters.site_of(from) != masters.site_of(to))
      look.refuse(Code::not_the_same_site, "/to",
                  command.to + " is at another site: record a transfer, so that goods on the road stay in the book.");
  }
  return to;
}

}  // namespace

Result<Draft> decide(const Sample& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::sample, view);
  const Id<Place> to = destination(look, command);
  const Id<Place> where = take_lines(look, draft, command.lines, {Purpose::sample, to, command.confirm_here});
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
