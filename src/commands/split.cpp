// SPDX-License-Identifier: Apache-2.0
#include "commands/split.h"

#include "commands/child_lots.h"
#include "commands/restocking.h"
#include "commands/take_lines.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

struct Part {
  const SplitPart* asked;
  Decimal quantity, quantity2;
  std::string field;
};
const SplitPart plain_part;

/// R16: equal parts, rounded down; the last takes the rest.
std::vector<Part> equal_parts(Look& look, const Split& command, const FoundLot& lot, Id<Place> from) {
  std::vector<Part> parts;
  const std::optional<Whole> whole = given_or_all(look, lot, from, command.quantity, command.unit, command.quantity2);
  if (!whole) return parts;
  const Item& item = *lot.item.item;
  const auto one_of = [&](Decimal total, int decimals) {
    return share(total, Decimal::whole(1), Decimal::whole(command.equal_parts), decimals);
  };
  const Decimal each = one_of(whole->quantity, item.decimals), each2 = one_of(whole->quantity2, item.decimals2);
  if (!each.is_positive()) {
    look.refuse(Code::quantity_not_positive, "/equal_parts",
                "So many parts would be nothing each at " + std::to_string(item.decimals) + " decimals of " +
                    item.unit + ". Make fewer.");
    return parts;
  }
  Whole rest = *whole;
  for (int i = 1; i < command.equal_parts; ++i) {
    parts.push_back({&plain_part, each, each2, "/equal_parts"});
    rest.quantity -= each, rest.quantity2 -= each2;
  }
  parts.push_back({&plain_part, rest.quantity, rest.quantity2, "/equal_parts"});
  return parts;
}

/// The parts as given; a last one without a quantity takes what is left of the whole.
std::vector<Part> given_parts(Look& look, const Split& command, const FoundLot& lot, Id<Place> from) {
  std::vector<Part> parts;
  Whole sum;
  const Item& item = *lot.item.item;
  bool takes_rest = false;
  for (std::size_t i = 0; i < command.parts.size(); ++i) {
    const SplitPart& part = command.parts[i];
    const std::string here = "/parts/" + std::to_string(i);
    if (!part.quantity && i + 1 == command.parts.size()) {
      takes_rest = true;
      parts.push_back({&part, {}, {}, here});
      continue;
    }
    const std::optional<Decimal> quantity =
        look.quantity(part.quantity.value_or(Decimal()), part.unit, item, command.lot, here + "/quantity");
    const std::optional<Decimal> quantity2 = look.quantity2(part.quantity2, item, here + "/quantity2");
    if (!quantity || !quantity2) continue;
    sum.quantity += *quantity, sum.quantity2 += *quantity2;
    parts.push_back({&part, *quantity, *quantity2, here});
  }
  if (look.refused() || (!takes_rest && !command.quantity)) return parts;
  const std::optional<Whole> whole = given_or_all(look, lot, from, command.quantity, command.unit, command.quantity2);
  if (!whole) return parts;
  const Whole rest{whole->quantity - sum.quantity, whole->quantity2 - sum.quantity2};
  if (takes_rest && (!rest.quantity.is_positive() || rest.quantity2.is_negative()))
    look.refuse(Code::not_enough, parts.back().field,
                "The other parts take all of it already. Leave this part out, or make the others smaller.");
  else if (!takes_rest && (!rest.quantity.is_zero() || !rest.quantity2.is_zero()))
    look.refuse(Code::more_than_consumed, "/quantity",
                "The parts sum to " + sum.quantity.text(item.decimals) + " " + item.unit + ", not to " +
                    whole->quantity.text(item.decimals) + ". Leave the quantity out, or correct a part.");
  else if (takes_rest)
    parts.back().quantity = rest.quantity, parts.back().quantity2 = rest.quantity2;
  return parts;
}

}  // namespace

Result<Draft> decide(const Split& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::split, view);
  const FoundLot lot = tracked_lot(look, command.item, command.lot, "/lot");
  const Id<Place> from = look.place(command.from, "/from");
  if (!lot || !from) return look.refusals();
  look.allow(*lot.state, from, {.purpose = Purpose::split}, "/lot");
  if (command.parts.empty() == (command.equal_parts == 0))
    look.refuse(Code::missing, "/parts", "Say which parts it is split into, or into how many equal ones; not both.");
  if (look.refused()) return look.refusals();
  const std::vector<Part> parts =
      command.parts.empty() ? equal_parts(look, command, lot, from) : given_parts(look, command, lot, from);
  if (look.refused()) return look.refusals();
  Whole sum;
  for (const Part& part : parts) sum.quantity += part.quantity, sum.quantity2 += part.quantity2;
  look.take(draft, {*lot.state, from, ends::conversion, sum.quantity, sum.quantity2, command.confirm_here,
                    command.quantity ? "/quantity" : "/parts"});
  std::vector<HeldChild> children;
  for (const Part& part : parts) {
    const Id<Place> to = part.asked->to.empty() ? from : look.place(part.asked->to, part.field + "/to");
    if (!to) continue;
    if (view.masters().site_of(to) != view.masters().site_of(from))
      look.refuse(Code::not_the_same_site, part.field + "/to",
                  "That is another site. Split where the goods are, then transfer the new lot.");
    if (!judge_restocking(look, {lot, from, to, true}, part.field + "/to")) continue;
    const LotOpened* child =
        open_child(look, draft, lot.state->lot, {part.asked->lot, to, command.confirm_new_lot, part.field + "/lot"});
    if (!child) continue;
    draft.line(child->lot, ends::conversion, to, part.quantity, part.quantity2);
    look.into(draft, to, part.asked->to.empty() ? "/from" : part.field + "/to");
    if (part.asked->quantity) Look::typed(draft, *part.asked->quantity, part.asked->unit, *lot.item.item);
    children.push_back({child->lot, to, part.field + "/to"});
  }
  copy_holds(look, draft, *lot.state, from, children);
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, from);
  return draft;
}

}  // namespace lotbook
