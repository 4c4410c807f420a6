// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.h"

namespace lotbook {

/// The field by which verbs and settings name a book.
template <auto member>
constexpr auto book_field() {
  return field<member>("book", "The book: a file, or postgresql://HOST/DATABASE?book=NAME.").at_most(4096);
}

}  // namespace lotbook
