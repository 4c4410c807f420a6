// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

// Calendar days, instants in UTC, intervals of instants, and the time zones that tie a day to a site (R25, R26).
// Nothing here asks for the present moment but `SystemClock`.

namespace lotbook {

/// A calendar day, counted from 1970-01-01. No zone.
struct Date {
  static constexpr std::int32_t none_day = INT32_MAX;  // "no date": sorts after every real day
  std::int32_t day = none_day;

  static std::optional<Date> parse(
      std::string_view text);  ///< "2026-11-30", years 1900–2199; also "2026-11" is refused here
  static std::optional<Date> parse_last_of_month(
      std::string_view text);  ///< "2026-11" is 2026-11-30 (R45); full days too
  static Date of(int year, int month, int day_of_month);
  bool is_set() const { return day != none_day; }
  explicit operator bool() const { return is_set(); }
  std::string text() const;  ///< "2026-11-30", empty when not set
  Date plus_days(std::int32_t days) const { return is_set() ? Date{day + days} : *this; }
  Date plus_months(int months) const;  ///< same day of the month or its last (R47)
  auto operator<=>(const Date&) const = default;
};

/// A moment, microseconds since 1970-01-01T00:00Z.
struct Instant {
  std::int64_t microseconds = 0;

  std::string text()
      const;  ///< ISO 8601 UTC, "2026-03-02T08:15:00Z", with as many decimals of a second as needed (0, 3 or 6)
  auto operator<=>(const Instant&) const = default;
};

constexpr std::int64_t microseconds_per_second = 1'000'000;
constexpr std::int64_t microseconds_per_minute = 60 * microseconds_per_second;
constexpr std::int64_t microseconds_per_day = 86'400 * microseconds_per_second;

/// A time zone by its IANA name, from the system's tzdata; pointers stay valid for the life of the program.
/// Thread-safe. After 2037 a zone keeps its last offset: the library reads the file's table, not the rule for the time
/// after it.
class Zone {
 public:
  static const Zone* find(std::string_view iana_name);  ///< nullptr when unknown
  static const Zone& utc();

  const std::string& name() const { return name_; }
  Date day_of(Instant instant) const;
  Instant start_of(Date day) const;  ///< first instant of that day there (after a gap, where midnight does not exist)

 private:
  friend struct ZoneTable;
  std::string name_;
  const void* zone_ = nullptr;
};

/// When something happened, as precisely as it is known: [at, at + length). Length 0: exactly `at` (stamped by a
/// clock).
struct Interval {
  Instant at;
  std::int64_t length = 0;

  Instant earliest() const { return at; }
  Instant latest() const { return Instant{length == 0 ? at.microseconds : at.microseconds + length - 1}; }
  auto operator<=>(const Interval&) const = default;
};

/// What a person or a file wrote for a moment; a day alone becomes an interval only where the site's zone is known.
struct WrittenTime {
  Interval interval;        ///< set when not a day: a second, or a minute, or (with a fraction) an instant
  std::optional<Date> day;  ///< set for "2026-03-02"
  bool operator==(const WrittenTime&) const = default;

  /// "2026-03-02", "2026-03-02T09:15+01:00" (that minute), "2026-03-02T09:15:00Z" (that second),
  /// "2026-03-02T09:15:00.123456Z" (that instant). An offset or Z is required. Years 1900–2199.
  static std::optional<WrittenTime> parse(std::string_view text);
  Interval at(const Zone& zone) const;
  std::string text() const;
};

/// Where the present moment comes from; given to whoever stamps, nobody else asks.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

class SystemClock : public Clock {
 public:
  Instant now() override;
};

/// A clock that stands where it is put; for tests and for building histories.
class SetClock : public Clock {
 public:
  explicit SetClock(Instant start) : now_(start) {}
  Instant now() override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

}  // namespace lotbook
