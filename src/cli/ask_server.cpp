// SPDX-License-Identifier: Apache-2.0
#include "cli/ask_server.h"

#include "base/json.h"

namespace lotbook {

namespace {

// A problem document (RFC 9457) as servers of this program write it; members that are not needed are named all the
// same.
struct ProblemFact {
  std::string name, value;
  static constexpr auto fields() {
    using F = ProblemFact;
    return field_list(field<&F::name>("name", "What."), field<&F::value>("value", "Its value."));
  }
};
struct ProblemFault {
  std::string pointer, code, detail;
  std::vector<ProblemFact> facts;
  static constexpr auto fields() {
    using F = ProblemFault;
    return field_list(field<&F::pointer>("pointer", "Where."), field<&F::code>("code", "Which refusal."),
                      field<&F::detail>("detail", "What to do."), field<&F::facts>("facts", "What it rests on."));
  }
};
struct ProblemSeen {
  std::string type, title, code, detail;
  int status = 0;
  std::vector<ProblemFault> errors;
  static constexpr auto fields() {
    using P = ProblemSeen;
    return field_list(field<&P::type>("type", "Kind."), field<&P::title>("title", "Of every such case."),
                      field<&P::status>("status", "Of HTTP."), field<&P::code>("code", "Which refusal."),
                      field<&P::detail>("detail", "What to do."), field<&P::errors>("errors", "Each fault."));
  }
};

/// A code that this program does not know is of a newer server: its words say what it means.
Refusal refusal_of(const std::string& code, const std::string& field, const std::string& detail) {
  if (const std::optional<Code> known = code_named(code)) return {*known, field, detail};
  return {Code::malformed, field, detail + " (" + code + ")"};
}

std::optional<ServerOutcome> refused(const ServerAnswer& answer) {
  ProblemSeen problem;
  if (!read_written_json(answer.body, problem) || problem.code.empty()) return std::nullopt;
  if (problem.code == text_of(Code::outcome_unknown).name) return ServerUnknown{problem.detail};
  ServerRefused said;
  for (const ProblemFault& fault : problem.errors) {
    Refusal& refusal = said.refusals.emplace_back(refusal_of(fault.code, fault.pointer, fault.detail));
    for (const ProblemFact& fact : fault.facts) refusal.facts.emplace_back(fact.name, fact.value);
  }
  if (said.refusals.empty()) said.refusals.push_back(refusal_of(problem.code, "", problem.detail));
  return said;
}

RequestHeaders headers_of(const ServerAsked& server) {
  if (server.token.empty()) return {};
  return {{"Authorization", "Bearer " + server.token}};
}

std::string not_understood(const ServerAsked& server, const ServerAnswer& answer) {
  return server.url + " answered " + std::to_string(answer.status) + ", but not as a server of Lotbook does";
}

std::string target_of(std::string_view name) { return "/api/v1/" + std::string(name); }

}  // namespace

ServerOutcome ask_for_command(const ServerAsked& server, std::string_view name, const std::string& json,
                              const std::string& key) {
  RequestHeaders headers = headers_of(server);
  headers.emplace_back("Idempotency-Key", key);
  std::string why;
  for (int sent = 0; sent < 2; ++sent) {
    try {
      ServerAnswer answer = post_json(server.address, target_of(name), json, headers, server.patience);
      if (answer.status == 200) return ServerSaid{std::move(answer.body)};
      if (std::optional<ServerOutcome> outcome = refused(answer)) return std::move(*outcome);
      why = not_understood(server, answer);
      // What stands between may have passed it on before it failed.
      if (answer.status >= 500 || answer.status < 400) return ServerUnknown{why};
      return ServerFailed{why};
    } catch (const NoAnswer& none) {
      if (!none.was_sent && sent == 0)
        return ServerFailed{"cannot reach " + server.url + ": " + none.what() + "; nothing was sent"};
      why = server.url + ": " + none.what();
    }
  }
  return ServerUnknown{why};
}

ServerOutcome ask_question(const ServerAsked& server, std::string_view name, const std::string& json) {
  std::string why;
  for (int sent = 0; sent < 2; ++sent) {
    try {
      ServerAnswer answer = post_json(server.address, target_of(name), json, headers_of(server), server.patience);
      if (answer.status == 200) return ServerSaid{std::move(answer.body)};
      if (std::optional<ServerOutcome> outcome = refused(answer)) return std::move(*outcome);
      return ServerFailed{not_understood(server, answer)};
    } catch (const NoAnswer& none) {
      why = "cannot reach " + server.url + ": " + none.what();
      if (!none.was_sent) break;
    }
  }
  return ServerFailed{why};
}

}  // namespace lotbook
