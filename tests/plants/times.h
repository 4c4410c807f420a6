// SPDX-License-Identifier: Apache-2.0
// The settled instant of a typed time (R26, R27), in seconds since 1970.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace plants {

// 2026-03-02 -> days since 1970-01-01.
std::optional<std::int64_t> parse_day(std::string_view text);
// 2026-03-02T09:15+01:00, with seconds or without; `Z` or an offset.
std::optional<std::int64_t> parse_instant(std::string_view text);
std::string day_text(std::int64_t day);

// Midnight of a day in a time zone, by the system's own time zone files.
class Midnights {
 public:
  std::int64_t of(const std::string& zone, std::int64_t day);

 private:
  std::map<std::pair<std::string, std::int64_t>, std::int64_t> known_;
};

}  // namespace plants
