// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "base/fields.h"
#include "ledger/view.h"
#include "model/refusal.h"

// A question is what people ask to know: a struct with a field list, answered from one snapshot of the book by
// `ask(question, reading)`, with a struct that has a field list too.

namespace lotbook {

/// What a question is answered from: a snapshot, and the moment that "today" means.
struct Snapshot {
  const View& view;
  Instant now;
  bool may_see_personal = true;
  /// The index that finds by pieces of a name, or null; asked for by the one question that needs it.
  std::function<SearchIndex*()> search = {};
};

/// An answer of any kind, with its field list.
struct AnyAnswer {
  const Shape* shape = nullptr;
  std::shared_ptr<const void> value;  ///< shared: an answer travels to the edge that prints it
};

struct QuestionRow {
  std::string_view name;      ///< "lot": GET /api/v1/lot?item=…&lot=…, `lotbook lot`
  std::string_view sentence;  ///< what it answers, one sentence
  const Shape& (*shape)();
  const Shape& (*answer_shape)();
  std::shared_ptr<void> (*make)();
  std::shared_ptr<void> (*make_answer)();  ///< an empty one, for an answer that comes from elsewhere
  Result<AnyAnswer> (*ask)(const void* question, const Snapshot& reading);
};

}  // namespace lotbook
