// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli.h"

namespace lotbook {

/// The verbs about proving a book to others, and to oneself: verify, checkpoint, accept-past.
std::vector<Verb> proof_verbs(const OpenBook& open_book);
/// `lotbook export --ledger`.
int export_ledger_to(const OpenBook& open_book, const std::string& book, const std::string& file, bool with_personal);

}  // namespace lotbook
