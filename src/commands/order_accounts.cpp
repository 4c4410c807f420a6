// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "commands/order.h"
#include "model/place_ends.h"
#include "model/unit.h"

// What went into a run against what came out of it, when it is closed (R67, R70).

namespace lotbook {

namespace {

struct ItemSum {
  Id<Item> item;
  Decimal consumed, yielded, lost;  // lost is below zero for a gain
};

/// Sums by item, in the order in which items first appear: outputs first, so that the main output leads.
class Accounts {
 public:
  Accounts(const View& view, const Draft& draft, const RunContent& before) : view_(view), draft_(draft) {
    for (const RunContent::Output& output : before.outputs) of(item_of(output.lot)).yielded += output.quantity;
    for (const Line& line : draft.entry.lines)
      if (is_end(line.from)) of(item_of(line.lot)).yielded += line.quantity;
    for (const RunContent::Input& input : before.inputs)
      if (!input.is_assumed) of(item_of(input.lot)).consumed += input.quantity;
    for (const Line& line : draft.entry.lines)
      if (is_end(line.to)) of(item_of(line.lot)).consumed += line.quantity;
    for (const RunLoss& loss : before.losses) add(loss);
  }
  void add(const RunLoss& loss) { of(Id<Item>{loss.item}).lost += loss.gain ? -loss.quantity : loss.quantity; }
  const ItemSum* find(Id<Item> item) const {
    const auto at = std::find_if(sums_.begin(), sums_.end(), [&](const ItemSum& sum) { return sum.item == item; });
    return at == sums_.end() ? nullptr : &*at;
  }
  const std::vector<ItemSum>& sums() const { return sums_; }

 private:
  static bool is_end(Id<Place> place) { return place == ends::process || place == ends::conversion; }
  Id<Item> item_of(Id<Lot> lot) const {
    for (const LotOpened& opened : draft_.entry.opened)
      if (opened.lot == lot) return opened.item;
    return view_.lot(lot)->lot.item;
  }
  ItemSum& of(Id<Item> item) {
    const auto at = std::find_if(sums_.begin(), sums_.end(), [&](const ItemSum& sum) { return sum.item == item; });
    return at != sums_.end() ? *at : sums_.emplace_back(ItemSum{item, {}, {}, {}});
  }
  const View& view_;
  const Draft& draft_;
  std::vector<ItemSum> sums_;
};

void note_named(Look& look, Draft& draft, Accounts& accounts, const Accounting& accounting) {
  for (std::size_t i = 0; i < accounting.losses.size(); ++i) {
    const LossLine& line = accounting.losses[i];
    const FoundItem item = look.item(line.item, at("losses", i, "item"));
    if (!item) continue;
    const std::optional<Decimal> quantity =
        look.quantity(line.quantity, line.unit, *item.item, "", at("losses", i, "quantity"));
    if (!quantity) continue;
    if (!accounts.find(item.id)) {
      look.refuse(Code::wrong_item, at("losses", i, "item"),
                  "This order neither consumed nor yielded " + line.item + ". Name an item of the order.");
      continue;
    }
    if (line.reason.empty() && accounting.reason.empty())
      look.refuse(Code::loss_needs_reason, at("losses", i, "reason"), "Say why it was lost.");
    const RunLoss loss{accounting.run.value, item.id.value, *quantity, false,
                       line.reason.empty() ? accounting.reason : line.reason};
    accounts.add(loss);
    draft.fact(loss);
  }
}

void judge_components(Look& look, Draft& draft, const RunContent& before, const Accounts& accounts,
                      const Accounting& accounting) {
  std::vector<Id<Item>> not_used;
  for (std::size_t i = 0; i < accounting.not_used.size(); ++i) {
    const std::string here = "/not_used/" + std::to_string(i);
    const FoundItem item = look.item(accounting.not_used[i], here);
    if (!item) continue;
    const ItemSum* sum = accounts.find(item.id);
    if (sum && sum->consumed.is_positive())
      look.refuse(Code::already_so, here,
                  "The order consumed " + item.item->code + ". Give it back first, or leave it out here.");
    not_used.push_back(item.id);
    draft.fact(RunLoss{accounting.run.value, item.id.value, {}, false, "not used"});
  }
  const auto judge = [&](const RunPlanned& planned) {
    const Id<Item> id{planned.item};
    const Item* item = look.masters().items.find(id);
    if (planned.line != Direction::input || !item || item->tracking == Tracking::none) return;
    const ItemSum* sum = accounts.find(id);
    if ((sum && sum->consumed.is_positive()) || std::find(not_used.begin(), not_used.end(), id) != not_used.end())
      return;
    Refusal refusal{Code::component_missing, "",
                    item->code + " is planned, and no lot of it was consumed. Post it, or name it in not_used."};
    refusal.facts.emplace_back("item", item->code);
    look.refuse(std::move(refusal));
  };
  for (const RunPlanned& planned : before.planned) judge(planned);
  for (const Fact& fact : std::vector<Fact>(draft.entry.facts))
    if (const auto* planned = std::get_if<RunPlanned>(&fact)) judge(*planned);
}

/// A quantity of one item as one of another: exact inside a dimension, else by a factor of either item (R15, R17).
std::optional<Decimal> as_of(const Masters& masters, Decimal quantity, const Item& item, const Item& main) {
  const Unit *own = find_unit(item.unit), *unit = find_unit(main.unit);
  if (own && unit)
    if (const std::optional<Decimal> exact = convert(quantity, *own, *unit, Decimal::scale)) return exact;
  if (const Factor* per_own = masters.factors.find(factor_code(main.code, "", item.unit)))
    return multiplied(quantity, per_own->factor, Decimal::scale);
  if (const Factor* per_main = masters.factors.find(factor_code(item.code, "", main.unit)))
    return scaled(quantity, Decimal::whole(1).millionths(), per_main->factor.millionths(), Decimal::scale);
  return std::nullopt;
}

bool is_counted(const Item& item) {
  const Unit* unit = find_unit(item.unit);
  return unit && (unit->dimension == Dimension::count || unit->dimension == Dimension::pack);
}

/// Quantities of several items as the main one; not known where no unit and no factor compares them.
struct Rest {
  Decimal consumed, left;  // left: consumed, and neither yielded nor named as lost
};
std::optional<Rest> rest_in(const Masters& masters, const std::vector<ItemSum>& sums, const Item& main) {
  const bool is_weighed = std::any_of(sums.begin(), sums.end(), [&](const ItemSum& sum) {
    return sum.consumed.is_positive() && !is_counted(*masters.items.find(sum.item));
  });
  Rest rest;
  for (const ItemSum& sum : sums) {
    const Item& item = *masters.items.find(sum.item);
    // Beside what is weighed, bags and labels are no part of the product that could get lost.
    if (is_weighed && is_counted(item) && !sum.yielded.is_positive()) continue;
    const auto consumed = as_of(masters, sum.consumed, item, main),
               left = as_of(masters, sum.consumed - sum.yielded - sum.lost, item, main);
    if (!consumed || !left) return std::nullopt;
    rest.consumed += *consumed, rest.left += *left;
  }
  return rest;
}

void post_rest(Look& look, Draft& draft, const Accounts& accounts, const Accounting& accounting) {
  const std::vector<ItemSum>& sums = accounts.sums();
  const Masters& masters = look.masters();
  const bool has_output =
      std::any_of(sums.begin(), sums.end(), [](const ItemSum& sum) { return sum.yielded.is_positive(); });
  const auto main = std::find_if(sums.begin(), sums.end(), [&](const ItemSum& sum) {
    return has_output ? sum.yielded.is_positive() : sum.consumed.is_positive();
  });
  if (main == sums.end()) return;
  if (!has_output) {
    for (const ItemSum& sum : sums) {
      const Decimal left = sum.consumed - sum.lost;
      if (!left.is_positive()) continue;
      if (accounting.reason.empty())
        return look.refuse(Code::loss_needs_reason, "/reason",
                           "The order yielded nothing: all it consumed is lost. Say why, or post the yield first.");
      draft.fact(RunLoss{accounting.run.value, sum.item.value, left, false, accounting.reason});
    }
    return;
  }
  const Item& item = *masters.items.find(main->item);
  const std::optional<Rest> rest = rest_in(masters, sums, item);
  if (!rest || rest->left.is_zero()) return;
  const bool is_gain = rest->left.is_negative();
  const Decimal size = is_gain ? -rest->left : rest->left;
  const std::optional<Decimal> percent = multiplied(rest->consumed, item.yield_tolerance_percent, Decimal::scale);
  const std::optional<Decimal> tolerated = percent ? scaled(*percent, 1, 100, Decimal::scale) : std::nullopt;
  if ((!tolerated || size > *tolerated) && accounting.reason.empty())
    return look.refuse(Code::loss_needs_reason, "/reason",
                       size.text() + " " + item.unit + (is_gain ? " more came out than went in" : " did not come out") +
                           ", more than the " + item.yield_tolerance_percent.text() +
                           " percent that need no reason. Say why, or name the losses.");
  draft.fact(RunLoss{accounting.run.value, main->item.value, size, is_gain,
                     accounting.reason.empty() ? "within tolerance" : accounting.reason});
}

}  // namespace

void note_losses(Look& look, Draft& draft, const RunContent& before, const Accounting& accounting) {
  if (accounting.losses.empty()) return;
  Accounts accounts(look.view(), draft, before);
  note_named(look, draft, accounts, accounting);
}

void close_accounts(Look& look, Draft& draft, const RunContent& before, const Accounting& accounting) {
  Accounts accounts(look.view(), draft, before);
  note_named(look, draft, accounts, accounting);
  judge_components(look, draft, before, accounts, accounting);
  post_rest(look, draft, accounts, accounting);
}

}  // namespace lotbook
