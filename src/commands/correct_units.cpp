// SPDX-License-Identifier: Apache-2.0
#include "commands/correct_units.h"

#include <algorithm>

namespace lotbook {

namespace {

/// The unit that a unit is in, if it was this entry, or one that it corrects, that built it in.
Id<Serial> built_into(const View& view, const Entry& wrong, std::uint32_t serial) {
  const Serial* unit = view.serial(Id<Serial>{serial});
  if (!unit || !unit->inside) return {};
  const bool is_here = std::any_of(wrong.facts.begin(), wrong.facts.end(), [&](const Fact& fact) {
    const auto* installed = std::get_if<Installed>(&fact);
    return installed && installed->serial == serial && installed->into == unit->inside.value;
  });
  if (is_here) return unit->inside;
  for (const std::uint64_t seq : wrong.reverses)
    if (const Id<Serial> whole = built_into(view, *view.entry(seq), serial)) return whole;
  return {};
}

}  // namespace

void put_other_unit(Look& look, Draft& draft, const Entry& wrong, std::size_t line_number, const std::string& serial,
                    std::string field) {
  const View& view = look.view();
  Line& line = draft.entry.lines[line_number];
  const Serial* before = view.serial(Id<Serial>{line.serial});
  if (!before)
    return look.refuse(Code::serials_unwanted, std::move(field),
                       "That line names no unit. Give the right lot or quantity instead.");
  const Serial* unit = nullptr;
  for (const Serial* bearer : view.serials_called(before->item, serial))
    if (!unit || bearer->place == line.from) unit = bearer;
  if (!unit)
    return look.refuse(Code::unknown_serial, std::move(field),
                       "There is no unit " + serial + " of " + std::string(view.masters().items.code_of(before->item)) +
                           ". Check the number.");
  if (std::any_of(draft.entry.lines.begin(), draft.entry.lines.end(),
                  [&](const Line& other) { return other.serial == unit->id.value; }))
    return look.refuse(Code::serial_repeated, std::move(field),
                       "The entry names unit " + serial + " already. Take one of the lines out.");
  if (const Id<Serial> whole = built_into(view, wrong, line.serial)) {
    draft.fact(Removed{line.serial, whole.value});
    draft.fact(Installed{unit->id.value, whole.value});
  }
  line.serial = unit->id.value, line.lot = unit->lot;
}

void take_unit_out(const View& view, Draft& draft, const Entry& wrong, const Line& line) {
  if (line.serial == 0) return;
  if (const Id<Serial> whole = built_into(view, wrong, line.serial)) draft.fact(Removed{line.serial, whole.value});
}

}  // namespace lotbook
