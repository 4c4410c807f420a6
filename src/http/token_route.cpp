// SPDX-License-Identifier: Apache-2.0
#include "http/token_route.h"

#include "base/json.h"
#include "http/refusal_answer.h"
#include "model/read_refusals.h"

namespace lotbook {

namespace {

/// Does the work and has `access` hold what is so afterwards; returns what went wrong, if anything.
std::optional<Response> change(Access& access, Executor& executor, const std::function<void(Transaction&)>& work) {
  try {
    executor.beside(work);
    // Only what is committed counts, so it is read in a transaction of its own.
    executor.beside([&](Transaction& transaction) { access.hold(all_accounts(transaction), all_tokens(transaction)); });
    return std::nullopt;
  } catch (const StoreFailure& failure) {
    return store_failed(failure);
  } catch (const OutcomeUnknown& doubt) {
    return problem_response(
        problem_of(Code::outcome_unknown, std::string(doubt.what()) + ". List the tokens to see what is so."));
  }
}

}  // namespace

Response answer_create_token(Access& access, Executor& executor, Clock& clock, const Request& request) {
  const auto admitted = access.admit(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  CreateToken command;
  if (const Refusals refusals = read_refusals(request.body, shape_of<CreateToken>(), &command); !refusals.empty())
    return refused(refusals);
  std::optional<Result<CreatedToken>> created;
  const std::optional<Response> failed = change(access, executor, [&](Transaction& transaction) {
    created = create_token(transaction, command, std::get<Caller>(admitted).actor, clock.now());
  });
  if (failed) return *failed;
  if (!*created) return refused(created->refusals());
  return json(201, to_json(**created));
}

Response answer_list_tokens(const Access& access, const Request& request) {
  const auto admitted = access.admit(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  return json(200, to_json(list_tokens(access.tokens())));
}

Response answer_revoke_token(Access& access, Executor& executor, const Request& request) {
  const auto admitted = access.admit(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  std::optional<Refusal> refusal;
  const std::optional<Response> failed = change(access, executor, [&](Transaction& transaction) {
    refusal = revoke_token(transaction, request.segments.back());
  });
  if (failed) return *failed;
  if (refusal) return refused({*refusal});
  return Response{204, {}, {}, {}, {}};
}

}  // namespace lotbook
