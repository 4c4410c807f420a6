// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "scratch_plant.h"

namespace lotbook {

struct PlainFigure {
  std::int64_t nanoseconds = 0, cpu_nanoseconds = 0;
};

/// Writes the rows of `count` commands of a job without any ledger: the same tables and durability, one transaction a
/// command, one client, bytes of the same length in place of entries, nothing read, judged or hashed.
PlainFigure write_plainly(const std::string& file, Job job, std::uint64_t count, std::size_t entry_bytes);

}  // namespace lotbook
