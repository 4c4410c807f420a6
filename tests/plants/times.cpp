// SPDX-License-Identifier: Apache-2.0
#include "times.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace plants {
namespace {

std::optional<int> number(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::int64_t days_before(int year, int month, int day) {
  // Counts from March, so that the leap day is the last of its year.
  const std::int64_t y = month > 2 ? year : year - 1;
  const std::int64_t m = (month + 9) % 12;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1;
}

}  // namespace

std::optional<std::int64_t> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text, 0, 4), month = number(text, 5, 2), day = number(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  return days_before(*year, *month, *day) - days_before(1970, 1, 1);
}

std::optional<std::int64_t> parse_instant(std::string_view text) {
  if (text.size() < 17 || text[10] != 'T') return std::nullopt;
  const auto day = parse_day(text.substr(0, 10));
  const auto hour = number(text, 11, 2), minute = number(text, 14, 2);
  if (!day || !hour || !minute) return std::nullopt;
  std::int64_t instant = *day * 86400 + *hour * 3600 + *minute * 60;
  std::size_t at = 16;
  if (text[at] == ':') {
    const auto second = number(text, 17, 2);
    if (!second) return std::nullopt;
    instant += *second;
    at = 19;
  }
  const auto zone = text.substr(at);
  if (zone == "Z") return instant;
  const auto hours = number(zone, 1, 2), minutes = number(zone, 4, 2);
  if (zone.size() != 6 || !hours || !minutes) return std::nullopt;
  const std::int64_t offset = *hours * 3600 + *minutes * 60;
  return zone[0] == '-' ? instant + offset : instant - offset;
}

std::string day_text(std::int64_t day) {
  const std::time_t seconds = day * 86400;
  std::tm calendar{};
  ::gmtime_r(&seconds, &calendar);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &calendar);
  return text;
}

std::int64_t Midnights::of(const std::string& zone, std::int64_t day) {
  const auto [at, is_new] = known_.try_emplace({zone, day}, day * 86400);
  if (!is_new || zone.empty()) return at->second;
  ::setenv("TZ", zone.c_str(), 1);
  ::tzset();
  const std::time_t seconds = day * 86400;
  std::tm calendar{};
  ::gmtime_r(&seconds, &calendar);
  calendar.tm_isdst = -1;
  at->second = ::mktime(&calendar);
  return at->second;
}

}  // namespace plants
