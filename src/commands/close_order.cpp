// SPDX-License-Identifier: Apache-2.0
#include "commands/close_order.h"

namespace lotbook {

namespace {

void change_state(Draft& draft, const Run& run, RunState to) {
  draft.fact(RunChanged{run.id.value, run.state, to});
  draft.entry.run = run.id;
}

void refuse_ended(Look& look, const Run& run) {
  look.refuse(Code::order_not_open, "/document",
              "Order " + run.number + " is " + std::string(name_of(run.state)) + " already.");
}

bool has_ended(const Run& run) { return run.state == RunState::closed || run.state == RunState::cancelled; }

}  // namespace

Result<Draft> decide(const CloseOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::close_order, view);
  const Run* run = known_order(look, command.document);
  if (!run) return look.refusals();
  if (has_ended(*run)) return refuse_ended(look, *run), look.refusals();
  const RunContent content = content_of(view, run->id);
  if (content.inputs.empty() && content.outputs.empty()) {
    look.refuse(Code::order_not_open, "/document",
                "Nothing was posted to order " + run->number + ". Post to it, or give it up with cancel_order.");
    return look.refusals();
  }
  change_state(draft, *run, RunState::closed);
  close_accounts(look, draft, content, {run->id, command.losses, command.not_used, command.reason});
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, run->number, command.reference, command.reason}, run->place);
  return draft;
}

Result<Draft> decide(const ReopenOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Draft draft(EntryKind::reopen_order, view);
  const Run* run = known_order(look, command.document);
  if (!run) return look.refusals();
  if (run->state != RunState::closed) {
    look.refuse(Code::order_not_open, "/document",
                "Order " + run->number + " is " + std::string(name_of(run->state)) +
                    "; only a closed one is reopened. A cancelled order is over: release another.");
    return look.refusals();
  }
  change_state(draft, *run, RunState::open);
  Look::paper(draft, {std::nullopt, run->number, {}, command.reason}, run->place);
  return draft;
}

Result<Draft> decide(const CancelOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Draft draft(EntryKind::cancel_order, view);
  const Run* run = known_order(look, command.document);
  if (!run) return look.refusals();
  if (has_ended(*run)) return refuse_ended(look, *run), look.refusals();
  const RunContent content = content_of(view, run->id);
  if (!content.inputs.empty() || !content.outputs.empty()) {
    Refusal refusal{Code::in_the_way, "/document",
                    "Goods were posted to order " + run->number +
                        ". Give them back or take the entries back first, or close the order."};
    for (const std::uint64_t seq : content.posted) refusal.facts.emplace_back("entry", std::to_string(seq));
    look.refuse(std::move(refusal));
    return look.refusals();
  }
  change_state(draft, *run, RunState::cancelled);
  Look::paper(draft, {std::nullopt, run->number, {}, command.reason}, run->place);
  return draft;
}

}  // namespace lotbook
