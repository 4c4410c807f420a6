// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/access.h"
#include "http/readers.h"
#include "queries/table.h"

namespace lotbook {

/// GET /api/v1/<question>?field=value&…, or POST with the same fields as a JSON body where a URL would be too long.
/// Blocks while it reads the book.
Response answer_question(const QuestionRow& row, const Access& access, Readers& readers, Clock& clock,
                         const Request& request);

/// Query parameters into a struct by its field list; a list repeats its parameter.
Refusals fill_from_query(const Shape& shape, void* value, const Request& request);

}  // namespace lotbook
