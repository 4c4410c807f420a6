// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "queries/question.h"

// What a story may look at beside the questions that users ask: the bare content of the book, as its tables and entries
// hold it. A story can so be sure of what a command wrote without trusting a screen.

namespace lotbook::stories {

/// "stock", "lots" or "entry"; null for another name.
const QuestionRow* find_sight(std::string_view name);

}  // namespace lotbook::stories
