// SPDX-License-Identifier: Apache-2.0
#include "commands/consume.h"

#include <algorithm>

#include "ledger/serial_timeline.h"

namespace lotbook {

Result<Draft> decide(const Consume& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::consume, view);
  const OpenOrder order = order_to_post_to(look, draft, {command.document, command.open_order, command.kind});
  if (!order) return look.refusals();
  const Id<Place> place = command.place.empty() ? Id<Place>{} : look.place(command.place, "/place");
  RunLines lines(look, draft,
                 {.run = order.run,
                  .kind = order.kind,
                  .place = order.is_new ? place : view.run(order.run)->place,
                  .occurred_at = command.occurred_at,
                  .confirm_here = command.confirm_here,
                  .override_best_before = command.override_best_before,
                  .override_fefo = command.override_fefo,
                  .reason = command.reason});
  if (!order.is_new) lines.go_on_from(content_of(view, order.run));
  if (command.lines.empty()) look.refuse(Code::missing, "/lines", "Say what goes in.");
  lines.use(command.lines, "lines");
  note_process(look, draft, command.process, order.run);
  lines.finish();
  if (look.refused()) return look.refusals();
  if (order.is_new) set_order_place(draft, lines.order_place());
  Look::paper(draft, {command.occurred_at, draft.entry.document, command.reference, command.reason}, lines.where());
  return draft;
}

namespace {

/// The input that a line gives back a part of; null and refused when there is none.
RunContent::Input* given_input(Look& look, RunContent& content, const FoundLot& lot, const GiveBackLine& line,
                               std::size_t i) {
  std::vector<RunContent::Input*> found;
  for (RunContent::Input& input : content.inputs) {
    if (input.lot != lot.id() || input.is_assumed) continue;
    const bool fits = line.into.empty() || std::any_of(input.into.begin(), input.into.end(), [&](Id<Lot> output) {
                        return look.view().lot(output)->lot.code == line.into;
                      });
    if (fits) found.push_back(&input);
  }
  if (found.empty()) {
    look.refuse(Code::not_an_input, at("lines", i, line.into.empty() ? "lot" : "into"),
                "This order consumed nothing of that" + std::string(line.into.empty() ? "" : " into that output") +
                    ". Check lot and order.");
    return nullptr;
  }
  if (found.size() > 1) {
    look.refuse(Code::ambiguous_lot, at("lines", i, "into"),
                "It went into several outputs of this order. Say with \"into\" which part comes back.");
    return nullptr;
  }
  return found.front();
}

/// R36, R68: at zero the link goes; once goods have left, that makes a recall smaller.
void judge_lost_links(Look& look, const RunContent& content, const RunContent::Input& input, std::size_t i) {
  if (look.moment().actor.may(Right::correct_genealogy)) return;
  for (const RunContent::Output& output : content.outputs)
    if (input.goes_into(output.lot) && has_left(look.view(), output.lot))
      return look.refuse(Code::right_needed, at("lines", i, "quantity"),
                         "Giving all of it back removes its link to " +
                             spoken(look.view(), look.view().lot(output.lot)->lot) +
                             ", of which goods have left; that needs the right \"correct_genealogy\".");
}

/// A unit comes back from the order that took it.
void judge_unit_of_order(Look& look, std::uint32_t serial, Id<Run> run, std::size_t i) {
  if (serial == 0) return;
  const std::vector<Happening> way = timeline(look.view(), Id<Serial>{serial});
  if (!way.empty() && look.view().entry(way.back().seq)->run == run) return;
  look.refuse(Code::not_an_input, at("lines", i, "serials"),
              "This order did not take unit " + look.view().serial(Id<Serial>{serial})->code +
                  ". Check the number and the order.");
}

}  // namespace

Result<Draft> decide(const GiveBack& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::give_back, view);
  const OpenOrder order = order_to_post_to(look, draft, {command.document});
  if (!order) return look.refusals();
  RunContent content = content_of(view, order.run);
  if (command.lines.empty()) look.refuse(Code::missing, "/lines", "Say what comes back.");
  Id<Place> where;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const GiveBackLine& line = command.lines[i];
    const std::optional<GoodsAsked> asked = goods_asked(look, line, i, line.to, "to");
    if (!asked) continue;
    const auto& [lot, to, quantity, quantity2] = *asked;
    RunContent::Input* input = given_input(look, content, lot, line, i);
    if (!input) continue;
    if (quantity > input->quantity || quantity2 > input->quantity2) {
      look.refuse(Code::more_than_consumed, at("lines", i, quantity > input->quantity ? "quantity" : "quantity2"),
                  "The order holds " + input->quantity.text(lot.item.item->decimals) + " " + lot.item.item->unit +
                      " of " + spoken(view, lot.state->lot) + ". More than that cannot come back.");
      continue;
    }
    input->quantity -= quantity, input->quantity2 -= quantity2;
    if (input->quantity.is_zero()) judge_lost_links(look, content, *input, i);
    draft.line(lot.id(), end_of(order.kind), to, quantity, quantity2);
    look.into(draft, to, at("lines", i, "to"));
    Look::typed(draft, line.quantity, line.unit, *lot.item.item);
    const std::size_t first = draft.entry.lines.size() - 1;
    name_known_serials(look, draft, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    for (std::size_t k = first; k < draft.entry.lines.size(); ++k) {
      judge_unit_of_order(look, draft.entry.lines[k].serial, order.run, i);
      for (const Id<Lot> output : input->into) draft.fact(Assigned{static_cast<std::uint32_t>(k), output.value});
    }
    where = to;
  }
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, draft.entry.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
