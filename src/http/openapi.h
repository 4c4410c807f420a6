// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lotbook {

/// The OpenAPI 3.1 document of everything that the server answers to programs, made from the tables and field lists.
/// Indented, so that a difference between two versions reads well.
std::string openapi_document();

}  // namespace lotbook
