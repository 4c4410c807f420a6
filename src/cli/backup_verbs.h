// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli.h"

namespace lotbook {

/// The verbs about copies: backup, restore, rehearse-restore.
std::vector<Verb> backup_verbs(const OpenBook& open_book);

}  // namespace lotbook
