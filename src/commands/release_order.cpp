// SPDX-License-Identifier: Apache-2.0
#include "commands/release_order.h"

#include <algorithm>

namespace lotbook {

namespace {

void plan_by_lines(Look& look, Draft& draft, Id<Run> run, const std::vector<RecipeLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const FoundItem item = look.item(lines[i].item, at("planned", i, "item"));
    if (!item) continue;
    const std::optional<Decimal> quantity =
        look.quantity(lines[i].quantity, lines[i].unit, *item.item, "", at("planned", i, "quantity"));
    if (quantity) draft.fact(RunPlanned{run.value, lines[i].line, item.id.value, *quantity});
  }
}

void take_ahead(Look& look, Draft& draft, const ReleaseOrder& command, Id<Place> place) {
  for (std::size_t i = 0; i < command.batches.size(); ++i) {
    const BatchAhead& batch = command.batches[i];
    const FoundItem item = look.item(batch.item, at("batches", i, "item"));
    if (!item) continue;
    if (item.item->tracking == Tracking::none) {
      look.refuse(Code::lot_unwanted, at("batches", i, "item"),
                  batch.item + " is not tracked by lot: it needs no batch number.");
      continue;
    }
    const std::string here = at("batches", i, "code");
    if (!batch.code.empty() &&
        (!look.new_code(batch.code, here) || !look.free_code(item.id, batch.code, command.confirm_new_lot, here)))
      continue;
    LotOpened opened;
    opened.lot.value = draft.new_id(), opened.item = item.id, opened.origin = Origin::produced;
    opened.code = batch.code.empty() ? look.series_code(item.id, opened.lot, place) : batch.code;
    if (item.item->quarantine_on_yield) opened.quality = Quality::quarantine;
    const bool is_twice =
        std::any_of(draft.entry.opened.begin(), draft.entry.opened.end(),
                    [&](const LotOpened& other) { return other.item == item.id && other.code == opened.code; });
    if (is_twice)
      look.refuse(Code::lot_code_taken, here, "Lot " + opened.code + " is named twice. Give each batch its own code.");
    draft.entry.opened.push_back(std::move(opened));
  }
}

}  // namespace

void plan_by_recipe(Look& look, Draft& draft, Id<Run> run, const std::string& code,
                    const std::optional<Decimal>& output_quantity) {
  if (code.empty()) {
    if (output_quantity)
      look.refuse(Code::missing, "/recipe",
                  "A planned output quantity scales a recipe: name it, or plan line by line.");
    return;
  }
  const Recipe* recipe = look.masters().recipes.find(code);
  if (!recipe)
    return look.refuse(Code::unknown_recipe, "/recipe",
                       "There is no recipe " + code + ". Check the code, or set it up first.");
  for (Fact& fact : draft.entry.facts)
    if (auto* opened = std::get_if<RunOpened>(&fact)) opened->recipe = code;
  const auto first = std::find_if(recipe->lines.begin(), recipe->lines.end(),
                                  [](const RecipeLine& line) { return line.line == Direction::output; });
  if (output_quantity && !output_quantity->is_positive())
    return look.refuse(Code::quantity_not_positive, "/output_quantity", "A quantity is above zero.");
  if (output_quantity && (first == recipe->lines.end() || !first->quantity.is_positive()))
    return look.refuse(Code::not_found, "/recipe",
                       "Recipe " + code + " has no output to scale it by. Leave output_quantity out.");
  for (const RecipeLine& line : recipe->lines) {
    const FoundItem item = look.item(line.item, "/recipe");
    if (!item) continue;
    const std::optional<Decimal> much = output_quantity ? scaled(line.quantity, output_quantity->millionths(),
                                                                 first->quantity.millionths(), Decimal::scale)
                                                        : line.quantity;
    if (!much) {
      look.refuse(Code::quantity_too_large, "/output_quantity", "That is more than a quantity can be.");
      continue;
    }
    const std::optional<Decimal> quantity = look.quantity(*much, line.unit, *item.item, "", "/recipe");
    if (quantity) draft.fact(RunPlanned{run.value, line.line, item.id.value, *quantity});
  }
}

Result<Draft> decide(const ReleaseOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::release_order, view);
  const Id<Place> place = look.place(command.place, "/place");
  const OpenOrder order = open_new_order(look, draft, command.document, run_kind_of(command.kind), RunState::released);
  if (!place || !order) return look.refusals();
  plan_by_recipe(look, draft, order.run, command.recipe, command.output_quantity);
  plan_by_lines(look, draft, order.run, command.planned);
  take_ahead(look, draft, command, place);
  if (look.refused()) return look.refusals();
  set_order_place(draft, place);
  Look::paper(draft, {command.occurred_at, draft.entry.document, command.reference, command.reason}, place);
  return draft;
}

}  // namespace lotbook
