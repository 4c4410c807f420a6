// SPDX-License-Identifier: Apache-2.0
#include "http/refusal_answer.h"

#include "base/json.h"

namespace lotbook {

Problem problem_of(const Refusals& refusals) {
  const Refusal& first = refusals.front();
  const std::size_t count = refusals.size();
  Problem problem = problem_of(
      first.code, count == 1 ? first.detail : std::to_string(count) + " things are wrong; `errors` names each.");
  for (const Refusal& refusal : refusals)
    problem.errors.push_back({refusal.field, std::string(text_of(refusal.code).name), refusal.detail, refusal.facts});
  return problem;
}

Response refused(const Refusals& refusals) { return problem_response(problem_of(refusals)); }

Response outcome_answer(const Outcome& outcome) {
  if (const auto* refusals = std::get_if<Refusals>(&outcome)) {
    Response response = refused(*refusals);
    for (const auto& [name, value] : refusals->front().facts)
      if (name == refused_behind) response.set("Lotbook-Entry", value);
    return response;
  }
  if (const auto* doubt = std::get_if<Unknown>(&outcome))
    return problem_response(problem_of(Code::outcome_unknown, doubt->detail)).set("Retry-After", "1");
  const Posted& posted = std::get<Posted>(outcome);
  const std::string entry = std::to_string(posted.entry);
  Response response = json(200, to_json(posted));
  response.set("Lotbook-Entry", entry).set("ETag", "\"entry-" + entry + "\"");
  return response;
}

Response store_failed(const StoreFailure& failure) {
  return problem_response(problem_of(Code::unavailable, std::string("The book cannot be reached now: ") +
                                                            failure.what() + ". Try again in a moment."))
      .set("Retry-After", "1");
}

}  // namespace lotbook
