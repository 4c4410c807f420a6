// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "commands/correct.h"
#include "commands/dispatch.h"
#include "commands/hold.h"
#include "ledger/handling_units.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

bool takes_returns(Look& look, Id<Place> to, std::string field) {
  const PlaceKind use = look.masters().use_of(to);
  if (use == PlaceKind::returns || use == PlaceKind::quarantine) return true;
  look.refuse(Code::place_not_allowed, std::move(field),
              "Returned goods go to a returns or quarantine location until quality decides. Name one.");
  return false;
}

const HandlingUnit* unit_at_customer(Look& look, const std::string& sscc, const std::string& field) {
  const HandlingUnit* unit = look.view().handling_unit_called(sscc);
  if (unit && unit->is_known && unit->place == ends::customer) return unit;
  look.refuse(Code::unknown_handling_unit, field,
              "Handling unit " + sscc + " did not leave to a customer. Scan it again, or leave it out.");
  return nullptr;
}

/// Who has a unit that left: the customer of its latest dispatch that stands.
Id<Partner> customer_with(const View& view, const HandlingUnit& unit) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(unit.id.value)) entries.push_back(view.entry(seq));
  const Entry* left = nullptr;
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX))
    for (const Fact& fact : entry->facts)
      if (const auto* moved = std::get_if<HandlingUnitMoved>(&fact); moved && moved->handling_unit == unit.id.value &&
                                                                     moved->to == ends::customer.value &&
                                                                     (!left || left->seq < entry->seq))
        left = entry;
  return left ? left->partner : Id<Partner>{};
}

bool judge_customer(Look& look, const Draft& draft, const HandlingUnit& unit, const std::string& field) {
  if (!draft.entry.partner || customer_with(look.view(), unit) == draft.entry.partner) return true;
  look.refuse(Code::not_dispatched, field,
              "Handling unit " + unit.sscc + " left to another customer. Name that one, or scan it again.");
  return false;
}

using TakenBack = std::vector<std::pair<Id<Lot>, Decimal>>;

/// What the customer has of a lot beside what the draft takes back already; notes that so much more is taken.
Decimal had_still(const View& view, const Draft& draft, Id<Lot> lot, Decimal quantity, TakenBack& taken) {
  Decimal had = net_dispatched(view, lot, draft.entry.partner);
  for (const auto& [earlier, part] : taken)
    if (earlier == lot) had -= part;
  taken.emplace_back(lot, quantity);
  return had;
}

/// A pallet came back with all that had left on it.
void take_back_whole(Look& look, Draft& draft, const WholeUnit& whole, Id<Place> to, TakenBack& taken) {
  const View& view = look.view();
  if (!judge_customer(look, draft, whole.outer(), whole.field)) return;
  for (const HandlingUnit* unit : whole.units) {
    for (const Id<Lot> id : lots_on(*unit)) {
      Decimal on_it;
      for (const PackedGoods& goods : unit->goods)
        if (goods.lot == id) on_it += goods.quantity;
      const LotState& state = *view.lot(id);
      if (on_it > had_still(view, draft, id, on_it, taken) && !state.is_untracked())
        return look.refuse(Code::more_than_dispatched, whole.field,
                           "Some of " + spoken(view, state.lot) + " on " + unit->sscc +
                               " came back before. Give what came back on it now as lines that name it as sscc.");
    }
    for (const PackedGoods& goods : unit->goods)
      draft.entry.lines.push_back(
          {goods.lot, ends::customer, to, goods.quantity, goods.quantity2, goods.serial.value, unit->id.value});
  }
  carry(draft, whole.units, to);
  draft.quantity_field = whole.field;
}

/// Pallets and cases that came back with some of what had left on them.
class ReturnedInParts {
 public:
  ReturnedInParts(Look& look, Draft& draft, const ReturnGoods& command)
      : look_(look), draft_(draft), command_(command) {}

  /// What the draft's lines from `first` on bring came on that unit; empty: on none.
  void take(std::size_t first, Id<Place> to, const std::string& sscc, std::size_t i) {
    if (sscc.empty()) return;
    const std::string field = at("lines", i, "sscc");
    const std::vector<std::string>& whole = command_.handling_units;
    if (std::find(whole.begin(), whole.end(), sscc) != whole.end())
      return look_.refuse(Code::malformed, field,
                          "Handling unit " + sscc + " came back whole, as you say, or in parts. Name it once.");
    const HandlingUnit* unit = unit_at_customer(look_, sscc, field);
    if (!unit || !judge_customer(look_, draft_, *unit, field)) return;
    Back& back = units_.try_emplace(unit->id, Back{unit, to, {}}).first->second;
    if (back.to != to)
      return look_.refuse(Code::place_not_allowed, at("lines", i, "to"),
                          "Handling unit " + sscc + " stands in one place. Give one location.");
    for (std::size_t k = first; k < draft_.entry.lines.size(); ++k) {
      Line& line = draft_.entry.lines[k];
      line.handling_unit = unit->id.value;
      PackedGoods& came = back.came[{line.lot, line.serial}];
      came.quantity += line.quantity, came.quantity2 += line.quantity2;
      const PackedGoods left = left_on(draft_, *unit, line.lot, Id<Serial>{line.serial});
      if (came.quantity <= left.quantity && came.quantity2 <= left.quantity2) continue;
      return look_.refuse(Code::not_on_handling_unit, at("lines", i, "quantity"),
                          "On " + sscc + " had left " + left.quantity.text() +
                              " of that. Give what came beside it in a line without sscc.");
    }
  }

  /// Call when all lines are in the draft.
  void finish() {
    for (const auto& [id, back] : units_)
      for (const PackedGoods& left : back.unit->goods) {
        PackedGoods rest = left;
        if (const auto came = back.came.find({left.lot, left.serial.value}); came != back.came.end())
          rest.quantity -= came->second.quantity, rest.quantity2 -= came->second.quantity2;
        if (rest.quantity.is_positive() || rest.quantity2.is_positive())
          draft_.fact(Packed{id.value, left.lot.value, left.serial.value, rest.quantity, rest.quantity2, true});
      }
    for (const auto& [id, back] : units_) {
      const std::uint32_t below = back.unit->inside.value;
      const auto with = units_.find(back.unit->inside);
      const bool stands_on_it = with != units_.end() && with->second.to == back.to;
      draft_.fact(HandlingUnitMoved{id.value, ends::customer.value, back.to.value, below, stands_on_it ? below : 0});
      for (const Id<HandlingUnit> inner : look_.view().handling_units_inside(id))
        if (!units_.contains(inner))  // it stayed with the customer
          draft_.fact(HandlingUnitMoved{inner.value, ends::customer.value, ends::customer.value, id.value, 0});
    }
  }

 private:
  struct Back {
    const HandlingUnit* unit;
    Id<Place> to;
    std::map<std::pair<Id<Lot>, std::uint32_t>, PackedGoods> came;  // by lot and unit
  };
  Look& look_;
  Draft& draft_;
  const ReturnGoods& command_;
  std::map<Id<HandlingUnit>, Back> units_;
};

}  // namespace

Decimal net_dispatched(const View& view, Id<Lot> lot, Id<Partner> customer) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(lot.value)) entries.push_back(view.entry(seq));
  Decimal net;
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX)) {
    if (entry->partner != customer) continue;
    for (const Line& line : entry->lines) {
      if (line.lot != lot) continue;
      if (line.to == ends::customer) net += line.quantity;
      if (line.from == ends::customer) net -= line.quantity;
    }
  }
  return net;
}

Result<Draft> decide(const ReturnGoods& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::return_goods, view);
  draft.entry.partner = look.partner(command.customer, Role::customer, "/customer");
  if (!command.reference.empty()) {
    const std::vector<const Entry*> entries = standing_under(view, command.reference);
    const auto is_it = [&](const Entry* e) {
      return e->kind == EntryKind::dispatch && e->partner == draft.entry.partner && e->document == command.reference;
    };
    const auto found = std::find_if(entries.begin(), entries.end(), is_it);
    if (found == entries.end())
      look.refuse(Code::not_dispatched, "/reference",
                  "Nothing left to this customer on delivery note " + command.reference +
                      ". Check the number, or leave it out.");
    else
      draft.entry.address = (*found)->address;
  }
  Id<Place> where;
  TakenBack taken;
  ReturnedInParts back(look, draft, command);
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const ReturnLine& line = command.lines[i];
    const std::optional<GoodsAsked> asked = goods_asked(look, line, i, line.to, "to");
    if (!asked) continue;
    const auto& [lot, to, quantity, quantity2] = *asked;
    if (!takes_returns(look, to, at("lines", i, "to"))) continue;
    const Decimal had = had_still(view, draft, lot.id(), quantity, taken);
    if (quantity > had && !lot.state->is_untracked()) {
      const std::string detail = "The book says that " + command.customer + " has " +
                                 std::max(had, Decimal()).text(lot.item.item->decimals) + " " + lot.item.item->unit +
                                 " of " + spoken(view, lot.state->lot) + ".";
      if (!command.confirm_unproven) {
        look.refuse(Code::more_than_dispatched, at("lines", i, "quantity"),
                    detail + " Check lot and quantity, or confirm with confirm_unproven to take it in on hold.");
        continue;
      }
      HoldPlaced placed;
      placed.hold = draft.new_id(), placed.number = hold_series_number(view, placed.hold),
      placed.reason = "returned goods of unproven origin", placed.place = to.value, placed.lots = {lot.id().value};
      draft.fact(std::move(placed));
      draft.notice("unproven_origin", detail + " Taken in on hold.", lot.id());
    }
    const std::size_t first = draft.entry.lines.size();
    draft.line(lot.id(), ends::customer, to, quantity, quantity2);
    Look::typed(draft, line.quantity, line.unit, *lot.item.item);
    name_known_serials(look, draft, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    back.take(first, to, line.sscc, i);
    where = to;
  }
  back.finish();
  if (!command.handling_units.empty()) {
    if (command.to.empty()) look.refuse(Code::missing, "/to", "Say where the handling units are put.");
    const Id<Place> to = command.to.empty() ? Id<Place>{} : look.place(command.to, "/to");
    if (to && takes_returns(look, to, "/to"))
      for (const WholeUnit& whole : whole_units(look, command.handling_units, unit_at_customer))
        take_back_whole(look, draft, whole, to, taken), where = to;
  }
  if (!where && !look.refused()) look.refuse(Code::missing, "/lines", "Say what came back: lines, or handling units.");
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
