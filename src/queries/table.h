// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "queries/question.h"

// Every question there is, one line each; routes, OpenAPI and the verbs of the command line come from here.

namespace lotbook {

std::span<const QuestionRow> question_table();
const QuestionRow* find_question(std::string_view name);

}  // namespace lotbook
