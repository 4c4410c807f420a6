// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "http/door.h"
#include "http/refusal_answer.h"
#include "http/tokens.h"
#include "model/read_refusals.h"

namespace lotbook {

std::optional<Response> change_accounts(Door& door, const std::function<void(Transaction&)>& work) {
  try {
    door.executor.beside(work);
    // Only what is committed counts, so it is read in a transaction of its own.
    door.executor.beside(
        [&](Transaction& transaction) { door.access.hold(all_accounts(transaction), all_tokens(transaction)); });
    return std::nullopt;
  } catch (const StoreFailure& failure) {
    return store_failed(failure);
  } catch (const OutcomeUnknown& doubt) {
    return problem_response(
        problem_of(Code::outcome_unknown, std::string(doubt.what()) + ". List the tokens or users to see what is so."));
  }
}

namespace {

Outcome note_token(Door& door, const Caller& caller, TokenSet fact) {
  return door.executor.call({&set_token_row(),
                             std::make_shared<TokenSet>(std::move(fact)),
                             caller.actor.with(Right::admin),
                             caller.client,
                             {},
                             {}});
}

}  // namespace

Response answer_create_token(Door& door, const Request& request) {
  const auto admitted = door.access.admit_again(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  const Caller& caller = std::get<Caller>(admitted);
  CreateToken command;
  if (const Refusals refusals = read_refusals(request.body, shape_of<CreateToken>(), &command); !refusals.empty())
    return refused(refusals);
  const std::string made_by = caller.is_user() ? caller.actor.name : std::string();
  const auto masters = door.access.masters();
  std::optional<Result<CreatedToken>> created;
  if (const std::optional<Response> failed = change_accounts(door, [&](Transaction& transaction) {
        created = create_token(transaction, *masters, command, {caller.actor, made_by}, door.clock.now());
      }))
    return *failed;
  if (!*created) return refused(created->refusals());
  const Outcome noted = note_token(door, caller, token_fact(**created, made_by));
  if (std::holds_alternative<Posted>(noted)) return json(201, to_json(**created));
  // A token that the ledger does not know of must not be good.
  if (const std::optional<Response> failed =
          change_accounts(door, [&](Transaction& transaction) { drop_token(transaction, command.name); }))
    return *failed;
  return outcome_answer(noted);
}

Response answer_list_tokens(const Door& door, const Request& request) {
  const auto admitted = door.access.admit(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  std::vector<ApiToken> tokens = door.access.tokens();
  for (ApiToken& token : tokens) token.last_used_at = std::max(token.last_used_at, door.notes.last_use(token.hash));
  return json(200, to_json(list_tokens(tokens)));
}

Response answer_revoke_token(Door& door, const Request& request) {
  const auto admitted = door.access.admit(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  std::optional<Refusal> refusal;
  if (const std::optional<Response> failed = change_accounts(
          door, [&](Transaction& transaction) { refusal = revoke_token(transaction, request.segments.back()); }))
    return *failed;
  if (refusal) return refused({*refusal});
  TokenSet fact;
  fact.name = request.segments.back(), fact.is_revoked = true;
  const Outcome noted = note_token(door, std::get<Caller>(admitted), std::move(fact));
  if (!std::holds_alternative<Posted>(noted)) return outcome_answer(noted);
  return Response{204, {}, {}, {}, {}};
}

}  // namespace lotbook
