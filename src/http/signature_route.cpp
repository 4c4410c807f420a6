// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "commands/access_entries.h"
#include "http/door.h"
#include "http/refusal_answer.h"
#include "model/read_refusals.h"

// Signing an entry. Whoever signs gives name and password for it, and is the one who is signed in: the signature is
// theirs, and nobody signs for another. What is posted holds no password, and no digest of one.

namespace lotbook {

Response answer_sign(Door& door, const Request& request) {
  const auto admitted = door.access.admit(request, Right::sign);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  const Caller& caller = std::get<Caller>(admitted);
  if (!caller.is_user())
    return problem_response(problem_of(Code::right_needed, "A token signs nothing. Sign in as the person who signs."));
  SignAsked asked;
  if (const Refusals refusals = read_refusals(request.body, shape_of<SignAsked>(), &asked); !refusals.empty())
    return refused(refusals);
  if (asked.name != caller.actor.name)
    return refused({{Code::right_needed, "/name",
                     "You are signed in as \"" + caller.actor.name + "\". Nobody signs for another: sign in as \"" +
                         asked.name + "\" to sign as they."}});
  if (const std::optional<Problem> problem = door.desk.check_password(request, asked.name, asked.password))
    return problem_response(*problem);
  auto command = std::make_shared<SignEntry>();
  command->entry = asked.entry, command->meaning = asked.meaning, command->reason = asked.reason;
  return outcome_answer(door.executor.call({&sign_row(), std::move(command), caller.actor, caller.client, {}, {}}));
}

}  // namespace lotbook
