// SPDX-License-Identifier: Apache-2.0
#include "commands/finding.h"

#include <algorithm>

#include "commands/correct.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

std::string spoken_kind(FindingKind kind) { return kind == FindingKind::complaint ? "complaint" : "defect"; }

std::string series_number(FindingKind kind, std::uint32_t id) {
  std::string digits = std::to_string(id);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return (kind == FindingKind::complaint ? "C" : "D") + digits;
}

/// Which goods it is about; what is left out is the unit's, or stays.
struct Goods {
  const std::string &item, &lot, &serial;
};
void name_goods(Look& look, const Goods& goods, Finding& finding) {
  const View& view = look.view();
  if (goods.item.empty() && (!goods.lot.empty() || !goods.serial.empty()) && finding.item == 0)
    return look.refuse(Code::missing, "/item", "Say of which item the lot or unit is.");
  if (!goods.item.empty()) {
    const FoundItem item = look.item(goods.item, "/item");
    if (!item) return;
    if (finding.item != item.id.value) finding.lot = finding.serial = 0;
    finding.item = item.id.value;
  }
  const Id<Item> item{finding.item};
  const std::string item_code(view.masters().items.code_of(item));
  if (!goods.lot.empty()) {
    const FoundLot lot = look.lot(item_code, goods.lot, "/item", "/lot");
    if (!lot) return;
    if (finding.lot != lot.id().value) finding.serial = 0;
    finding.lot = lot.id().value;
  }
  if (goods.serial.empty()) return;
  std::vector<const Serial*> units = view.serials_called(item, goods.serial);
  if (!goods.lot.empty()) std::erase_if(units, [&](const Serial* unit) { return unit->lot.value != finding.lot; });
  if (units.empty())
    return look.refuse(Code::unknown_serial, "/serial",
                       "There is no unit " + goods.serial + " of " + item_code +
                           (goods.lot.empty() ? "" : " in lot " + goods.lot) + ". Check the number.");
  if (units.size() > 1)
    return look.refuse(Code::ambiguous_lot, "/lot",
                       "Several units bear the number " + goods.serial + ". Say of which lot it is.");
  finding.serial = units.front()->id.value, finding.lot = units.front()->lot.value;
}

void name_quantity(Look& look, Decimal typed, const std::string& unit, Finding& finding) {
  if (typed.is_zero() && unit.empty()) return;
  const Item* item = look.masters().items.find(Id<Item>{finding.item});
  if (!item) return look.refuse(Code::missing, "/item", "Say of which item so much is affected.");
  const LotState* lot = look.view().lot(Id<Lot>{finding.lot});
  if (const std::optional<Decimal> quantity =
          look.quantity(typed, unit, *item, lot ? lot->lot.code : std::string(), "/quantity"))
    finding.quantity = *quantity;
}

void judge_code(Look& look, const std::string& code) {
  const std::vector<std::string>& known = look.masters().book.defect_codes;
  if (code.empty() || known.empty() || std::find(known.begin(), known.end(), code) != known.end()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(known.size(), 10); ++i) names += (i > 0 ? ", " : "") + known[i];
  look.refuse(Code::not_a_choice, "/code",
              "There is no defect code " + code + ". The book has " + names + (known.size() > 10 ? " and others" : "") +
                  "; who may set the book up adds another.");
}

/// The delivery that a complaint is about went to that customer, and the goods were on it.
void judge_delivery(Look& look, const Finding& finding) {
  if (finding.document.empty()) return;
  const View& view = look.view();
  if (finding.kind == FindingKind::defect) {
    if (view.documents(finding.document).empty())
      look.refuse(Code::not_found, "/document",
                  "Nothing happened under document " + finding.document + ". Check the number, or leave it out.");
    return;
  }
  bool was_delivered = false, had_goods = false;
  for (const Entry* entry : standing_under(view, finding.document)) {
    if (entry->kind != EntryKind::dispatch || entry->document != finding.document ||
        entry->partner.value != finding.partner)
      continue;
    was_delivered = true;
    for (const Line& line : entry->lines) {
      const LotState* lot = view.lot(line.lot);
      had_goods |= (finding.serial == 0 || line.serial == finding.serial) &&
                   (finding.lot == 0 || line.lot.value == finding.lot) &&
                   (finding.item == 0 || (lot && lot->lot.item.value == finding.item));
    }
  }
  if (!was_delivered)
    return look.refuse(
        Code::not_dispatched, "/document",
        "No delivery " + finding.document + " went to that customer. Check the number, or leave it out.");
  if (!had_goods)
    look.refuse(Code::not_dispatched,
                finding.serial != 0 ? "/serial"
                : finding.lot != 0  ? "/lot"
                                    : "/item",
                "Delivery " + finding.document +
                    " did not have these goods. Check the number on the goods, or leave "
                    "the delivery out.");
}

Result<Draft> set(Look& look, EntryKind kind, const Finding* before, Finding after, std::string why) {
  if (look.refused()) return look.refusals();
  Draft draft(kind, look.view());
  FindingSet fact;
  fact.what = after.kind, fact.lot = after.lot, fact.serial = after.serial;
  fact.changes = differences<Finding>(before, after);
  if (fact.changes.empty())
    return Refusal{Code::already_so, "", "The " + spoken_kind(after.kind) + " says so already; nothing was written."};
  fact.finding = before ? before->id.value : draft.new_id();
  fact.number = after.number.empty() ? series_number(after.kind, fact.finding) : after.number;
  // Numbers never repeat, so only one that someone typed can be in the way.
  while (!before && after.number.empty() && look.view().finding_numbered(after.kind, fact.number)) fact.number += "-2";
  draft.entry.partner.value = after.partner;
  draft.entry.document = fact.number, draft.entry.reference = after.document, draft.entry.why = std::move(why);
  draft.place.value = after.place;
  draft.fact(std::move(fact));
  return draft;
}

/// What both kinds begin with.
template <class C>
Finding begun(Look& look, FindingKind kind, const C& command, const std::optional<Date>& day, Id<Place> place) {
  Finding finding;
  finding.kind = kind, finding.number = command.number, finding.severity = command.severity;
  finding.code = command.code, finding.text = command.text, finding.document = command.document;
  const Date today = look.day(place);
  finding.found_on = day.value_or(today);
  if (finding.found_on > today)
    look.refuse(Code::in_the_future, kind == FindingKind::complaint ? "/received_on" : "/found_on",
                "That day is in the future. Leave it out for today.");
  if (!command.number.empty() && look.new_code(command.number, "/number") &&
      look.view().finding_numbered(kind, command.number))
    look.refuse(Code::code_taken, "/number",
                "There is a " + spoken_kind(kind) + " " + command.number +
                    " already. Change it, or leave the number out to get one from the series.");
  judge_code(look, command.code);
  name_goods(look, {command.item, command.lot, command.serial}, finding);
  if (!look.refused()) name_quantity(look, command.quantity, command.unit, finding);
  return finding;
}

/// The one that a command changes; null when there is none.
const Finding* known(Look& look, FindingKind kind, const std::string& number) {
  const Finding* finding = look.view().finding_numbered(kind, number);
  if (finding && finding->exists) return finding;
  return look.refuse(Code::not_found, "/number",
                     "There is no " + spoken_kind(kind) + " " + number + ". Check the number."),
         nullptr;
}

template <FindingKind kind>
Result<Draft> change(const ChangeFinding<kind>& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Finding* before = known(look, kind, command.number);
  if (!before) return look.refusals();
  if (before->state == FindingState::closed && !command.reopen)
    return Refusal{Code::already_so, "/number", "That " + spoken_kind(kind) + " is closed. Say reopen if it goes on."};
  Finding after = *before;
  if (command.reopen) after.state = FindingState::open, after.outcome.clear();
  if (!command.code.empty()) after.code = command.code;
  if (command.severity) after.severity = *command.severity;
  if (!command.text.empty()) after.text = command.text;
  if (!command.document.empty()) after.document = command.document;
  judge_code(look, command.code);
  name_goods(look, {command.item, command.lot, command.serial}, after);
  if (command.quantity && !look.refused()) name_quantity(look, *command.quantity, command.unit, after);
  if (!look.refused()) judge_delivery(look, after);
  return set(look, kind == FindingKind::complaint ? EntryKind::change_complaint : EntryKind::change_defect, before,
             std::move(after), command.reason);
}

template <FindingKind kind>
Result<Draft> close(const CloseFinding<kind>& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Finding* before = known(look, kind, command.number);
  if (!before) return look.refusals();
  if (before->state == FindingState::closed)
    return Refusal{Code::already_so, "/number", "That " + spoken_kind(kind) + " is closed already."};
  Finding after = *before;
  after.state = FindingState::closed, after.outcome = command.outcome;
  return set(look, kind == FindingKind::complaint ? EntryKind::close_complaint : EntryKind::close_defect, before,
             std::move(after), command.outcome);
}

}  // namespace

Result<Draft> decide(const RecordComplaint& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Id<Partner> customer = look.partner(command.customer, Role::customer, "/customer");
  Finding finding = begun(look, FindingKind::complaint, command, command.received_on, {});
  finding.partner = customer.value, finding.contact = command.contact;
  if (!look.refused()) judge_delivery(look, finding);
  return set(look, EntryKind::record_complaint, nullptr, std::move(finding), {});
}

Result<Draft> decide(const RecordDefect& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Id<Place> place = command.place.empty() ? Id<Place>{} : look.place(command.place, "/place");
  Finding finding = begun(look, FindingKind::defect, command, command.found_on, place);
  finding.place = place.value;
  if (command.text.empty() && command.code.empty())
    look.refuse(Code::missing, "/text", "Say what is wrong, by a defect code or in words.");
  if (!command.order.empty()) {
    const Run* run = view.run_numbered(command.order);
    if (run)
      finding.run = run->id.value;
    else
      look.refuse(Code::unknown_order, "/order", "There is no order " + command.order + ". Check the number.");
  }
  if (!command.partner.empty()) {
    finding.partner = view.masters().partners.id_of(command.partner).value;
    if (finding.partner == 0)
      look.refuse(Code::unknown_partner, "/partner", "There is no partner " + command.partner + ". Check the code.");
  }
  if (!look.refused()) judge_delivery(look, finding);
  return set(look, EntryKind::record_defect, nullptr, std::move(finding), {});
}

Result<Draft> decide(const ChangeFinding<FindingKind::complaint>& command, const Moment& moment, const View& view) {
  return change(command, moment, view);
}
Result<Draft> decide(const ChangeFinding<FindingKind::defect>& command, const Moment& moment, const View& view) {
  return change(command, moment, view);
}
Result<Draft> decide(const CloseFinding<FindingKind::complaint>& command, const Moment& moment, const View& view) {
  return close(command, moment, view);
}
Result<Draft> decide(const CloseFinding<FindingKind::defect>& command, const Moment& moment, const View& view) {
  return close(command, moment, view);
}

}  // namespace lotbook
