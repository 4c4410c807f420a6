// SPDX-License-Identifier: Apache-2.0
#include "http/command_route.h"

#include <algorithm>

#include "http/refusal_answer.h"
#include "model/read_refusals.h"

namespace lotbook {

namespace {

// The writer takes all that wait at once: so many make one commit of a second or so.
constexpr std::size_t most_waiting = 20'000;
constexpr std::size_t longest_key = 200;

/// Some rights are asked for only while a command is decided: by what it wants, and where.
std::string right_that_was_missing(const Outcome& outcome) {
  if (const auto* refusals = std::get_if<Refusals>(&outcome))
    for (const Refusal& refusal : *refusals)
      if (refusal.code == Code::right_needed || refusal.code == Code::not_at_your_sites)
        return std::string(text_of(refusal.code).name);
  return {};
}

}  // namespace

std::variant<std::string, Problem> idempotency_key(const Request& request) {
  const std::string* key = request.header("Idempotency-Key");
  const auto is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
  if (key == nullptr || key->empty() || key->size() > longest_key || !std::all_of(key->begin(), key->end(), is_visible))
    return problem_of(
        Code::key_needed,
        "Send a header Idempotency-Key of 1 to 200 visible ASCII characters, new for each command and the "
        "same when you send it again: it is then done once.");
  return *key;
}

void handle_command(const CommandRow& row, Door& door, Respond respond) {
  const Request& request = respond.request();
  // What only an administrator may is worth giving the password again.
  std::variant<Caller, Problem> admitted =
      row.right == Right::admin ? door.access.admit_again(request, row.right) : door.access.admit(request, row.right);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return respond(problem_response(*problem));
  std::variant<std::string, Problem> key = idempotency_key(request);
  if (const auto* problem = std::get_if<Problem>(&key)) return respond(problem_response(*problem));
  const std::shared_ptr<void> command = row.make();
  const Refusals refusals = read_refusals(request.body, row.shape(), command.get());
  if (!refusals.empty()) return respond(refused(refusals));
  if (door.executor.waiting() > most_waiting)
    return respond(problem_response(problem_of(Code::busy,
                                               "Too much waits to be written. Send the same command again "
                                               "under the same key in a moment."))
                       .set("Retry-After", "1"));
  Caller& caller = std::get<Caller>(admitted);
  const std::string who = caller.actor.name;
  Asked asked{&row,
              command,
              std::move(caller.actor),
              std::move(caller.client),
              std::move(std::get<std::string>(key)),
              request_digest(row.name, row.shape(), command.get())};
  // Shared, since an answer callback must be copyable.
  auto kept = std::make_shared<Respond>(std::move(respond));
  door.executor.submit(std::move(asked), [kept, &door, who, &row](Outcome outcome) {
    if (const std::string missing = right_that_was_missing(outcome); !missing.empty())
      door.notes.note(AccessEvent::right_refused, who, std::string(row.name) + ": " + missing);
    (*kept)(outcome_answer(outcome));
  });
}

}  // namespace lotbook
