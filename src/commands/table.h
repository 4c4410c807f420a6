// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/fields.h"
#include "commands/command.h"

// Every command there is, one line each. The REST routes, the OpenAPI document, the verbs of the command line and their
// help come from this table and the field lists behind it.

namespace lotbook {

struct CommandRow {
  std::string_view name;      ///< "receive": POST /api/v1/receive, `lotbook receive`
  std::string_view sentence;  ///< what it does, one sentence
  Right right;                ///< what its caller must be allowed to do
  const Shape& (*shape)();
  std::shared_ptr<void> (*make)();  ///< an empty command; shared because it travels between threads with its answer
  Result<Draft> (*decide)(const void* command, const Moment& moment, const View& view);
};

std::span<const CommandRow> command_table();
const CommandRow* find_command(std::string_view name);

}  // namespace lotbook
