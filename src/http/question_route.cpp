// SPDX-License-Identifier: Apache-2.0
#include "http/question_route.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "http/etag.h"
#include "http/refusal_answer.h"
#include "model/read_refusals.h"

namespace lotbook {

namespace {

bool is_given(const Request& request, std::string_view name) {
  const std::string* value = request.parameter(name);
  return value != nullptr && !value->empty();
}

void fill_parameter(const FieldShape& field, void* owner, const std::string& text, Refusals& refusals) {
  void* member = field.member(owner);
  std::string pointer = "/" + std::string(field.name);
  if (field.is_list) {
    const std::size_t count = field.size(member);
    if (std::cmp_greater_equal(count, field.maximum)) {
      const std::string most = "Give at most " + std::to_string(field.maximum) + " of these.";
      if (refusals.empty() || refusals.back().field != pointer) refusals.push_back({Code::out_of_range, pointer, most});
      return;
    }
    pointer += "/" + std::to_string(count);
  }
  if (const std::optional<std::string> expected = read_text(text, field, field.append(member)))
    refusals.push_back({field.kind == FieldKind::choice ? Code::not_a_choice : Code::wrong_type, pointer,
                        "Write " + *expected + " here."});
}

}  // namespace

Refusals fill_from_query(const Shape& shape, void* value, const Request& request) {
  Refusals refusals;
  std::vector<std::string_view> seen;
  for (const auto& [name, text] : request.query) {
    const FieldShape* field = shape.find(name);
    if (field == nullptr) {
      refusals.push_back({Code::unknown_field, "/" + name, "There is no such parameter here."});
      continue;
    }
    if (!field->is_list && std::find(seen.begin(), seen.end(), name) != seen.end()) {
      refusals.push_back({Code::malformed, "/" + name, "This is given more than once. Give it once."});
      continue;
    }
    seen.push_back(name);
    // A form sends its empty fields too: those are left out.
    if (!text.empty()) fill_parameter(*field, value, text, refusals);
  }
  for (const FieldShape& field : shape.fields)
    if (field.required && !is_given(request, field.name))
      refusals.push_back(
          {Code::missing, "/" + std::string(field.name), "This is needed: " + std::string(field.sentence)});
  return refusals;
}

Response answer_question(const QuestionRow& row, const Access& access, Readers& readers, Clock& clock,
                         const Request& request) {
  const std::variant<Caller, Problem> admitted = access.admit(request, Right::view);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  const std::shared_ptr<void> question = row.make();
  const Refusals refusals = request.method == "POST" ? read_refusals(request.body, row.shape(), question.get())
                                                     : fill_from_query(row.shape(), question.get(), request);
  if (!refusals.empty()) return refused(refusals);
  try {
    Readers::Reading reading(readers);
    const Snapshot snapshot = reading.snapshot(clock.now(), std::get<Caller>(admitted).actor);
    const Result<AnyAnswer> answer = row.ask(question.get(), snapshot);
    Response response;
    if (answer) {
      response = json(200, {});
      write_json(response.body, *answer->shape, answer->value.get());
      response.set("Cache-Control", "private, no-cache").set("Vary", "Authorization, Cookie");
    } else {
      response = refused(answer.refusals());
    }
    response.set("Lotbook-Entry", std::to_string(reading.entry()));
    return with_etag(request, std::move(response));
  } catch (const StoreFailure& failure) {
    return store_failed(failure);
  }
}

}  // namespace lotbook
