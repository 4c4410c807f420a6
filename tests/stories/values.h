// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "base/fields.h"
#include "model/refusal.h"
#include "story.h"

// Between the words of a story and the structs of commands, questions and answers, by their field lists.

namespace lotbook::stories {

/// Names that a story gave ("$F1") and what they stand for.
using Names = std::map<std::string, std::string>;
std::string with_names(const std::string& text, const Names& names, const Spot& spot);

/// Fills a command or question. A field that is not there is a fault of the story; a value that cannot be read is a
/// refusal, as any edge would give.
Refusals fill(const Step& step, const Names& names, const Shape& shape, void* value);

/// Compares what an answer holds with what the step says of it. Throws StoryFault, expected and actual side by side.
void compare(const Step& step, const Names& names, const Shape& shape, void* answer);

/// One field for people: text without quotation marks, lists with commas between, nothing for what is not set.
std::string plain(const FieldShape& field, void* owner);

}  // namespace lotbook::stories
