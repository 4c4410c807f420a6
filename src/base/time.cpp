// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <chrono>
#include <date/tz.h>
#include <map>
#include <mutex>
#include <vector>

#include "base/check.h"

namespace lotbook {

namespace {

std::int32_t day_number(int year, int month, int day) {
  const date::sys_days days = date::year{year} / month / day;
  return static_cast<std::int32_t>(days.time_since_epoch().count());
}
date::year_month_day civil(std::int32_t day) { return date::sys_days{date::days{day}}; }
int last_day(int year, int month) {
  return static_cast<int>(static_cast<unsigned>((date::year{year} / month / date::last).day()));
}

/// The two digits there, or -1. These are read ten million times in an import, so without loops.
int two_digits(const char* at) {
  const unsigned tens = static_cast<unsigned char>(at[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(at[1]) - unsigned{'0'};
  return tens > 9 || ones > 9 ? -1 : static_cast<int>(tens * 10 + ones);
}

/// The year of "2026-…", 0 when it is none between 1900 and 2199.
int year_at(const char* at) {
  const int century = two_digits(at), rest = two_digits(at + 2);
  return century < 19 || century > 21 || rest < 0 ? 0 : century * 100 + rest;
}

/// The day number of "2026-11-30", which is ten characters long; Date::none_day when it is no day.
std::int32_t day_at(const char* at) {
  const int year = year_at(at), month = two_digits(at + 5), day = two_digits(at + 8);
  if (at[4] != '-' || at[7] != '-' || year == 0 || month < 1 || month > 12 || day < 1) return Date::none_day;
  if (day > 28 && day > last_day(year, month)) return Date::none_day;
  return day_number(year, month, day);
}

/// At least `width` digits, with zeros before them.
void append_padded(std::string& out, std::int64_t value, int width) {
  char digits[20];
  char* const end = digits + sizeof digits;
  char* at = end;
  for (; value > 0 || width > 0; value /= 10, --width) *--at = static_cast<char>('0' + value % 10);
  out.append(at, end);
}

/// The stretch of time around an instant in which a zone's offset does not change; remembered, since histories ask for
/// neighbours.
struct Offset {
  std::int64_t begin = 1, end = 0;  // seconds UTC; empty at first
  std::int64_t seconds = 0;
};

const Offset& offset_at(const void* zone, std::int64_t seconds) {
  struct Slot {
    const void* zone = nullptr;
    Offset offset;
  };
  thread_local Slot slots[64];
  Slot& slot = slots[(reinterpret_cast<std::uintptr_t>(zone) >> 6) % 64];
  if (slot.zone == zone && seconds >= slot.offset.begin && seconds < slot.offset.end) return slot.offset;
  const auto* tz = static_cast<const date::time_zone*>(zone);
  const date::sys_info found = tz->get_info(date::sys_seconds{std::chrono::seconds{seconds}});
  slot.zone = zone;
  slot.offset = {found.begin.time_since_epoch().count(), found.end.time_since_epoch().count(), found.offset.count()};
  return slot.offset;
}

std::int64_t floor_divided(std::int64_t value, std::int64_t by) {
  return value >= 0 ? value / by : -((-value + by - 1) / by);
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  const Date date{text.size() == 10 ? day_at(text.data()) : none_day};
  return date ? std::optional(date) : std::nullopt;
}

std::optional<Date> Date::parse_last_of_month(std::string_view text) {
  if (text.size() != 7) return parse(text);
  const int year = year_at(text.data()), month = two_digits(text.data() + 5);
  if (text[4] != '-' || year == 0 || month < 1 || month > 12) return std::nullopt;
  return Date{day_number(year, month, last_day(year, month))};
}

Date Date::of(int year, int month, int day_of_month) { return Date{day_number(year, month, day_of_month)}; }

std::string Date::text() const {
  if (!is_set()) return {};
  const date::year_month_day ymd = civil(day);
  std::string out;
  append_padded(out, static_cast<int>(ymd.year()), 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(ymd.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(ymd.day()), 2);
  return out;
}

Date Date::plus_months(int months) const {
  if (!is_set()) return *this;
  const date::year_month_day ymd = civil(day);
  const date::year_month month = date::year_month{ymd.year(), ymd.month()} + date::months{months};
  const int year = static_cast<int>(month.year()), number = static_cast<int>(static_cast<unsigned>(month.month()));
  const int wanted = static_cast<int>(static_cast<unsigned>(ymd.day())), last = last_day(year, number);
  return Date{day_number(year, number, wanted < last ? wanted : last)};
}

std::string Instant::text() const {
  const std::int64_t seconds = floor_divided(microseconds, microseconds_per_second);
  const std::int64_t days = floor_divided(seconds, 86'400), rest = seconds - days * 86'400;
  std::string out = Date{static_cast<std::int32_t>(days)}.text();
  out += 'T';
  append_padded(out, rest / 3600, 2);
  out += ':';
  append_padded(out, rest / 60 % 60, 2);
  out += ':';
  append_padded(out, rest % 60, 2);
  if (const std::int64_t fraction = microseconds - seconds * microseconds_per_second; fraction != 0) {
    out += '.';
    if (fraction % 1000 == 0)
      append_padded(out, fraction / 1000, 3);
    else
      append_padded(out, fraction, 6);
  }
  return out + 'Z';
}

/// All zones asked for so far; found once, kept for ever.
struct ZoneTable {
  std::mutex mutex;
  std::map<std::string, Zone, std::less<>> zones;

  const Zone* find(std::string_view name) {
    const std::lock_guard lock(mutex);
    if (const auto known = zones.find(name); known != zones.end()) return &known->second;
    try {
      const date::time_zone* zone = date::locate_zone(std::string(name));
      zone->get_info(date::sys_seconds{});  // its file is read only now, and may be no zone
      Zone& made = zones[std::string(name)];
      made.name_ = name, made.zone_ = zone;
      return &made;
    } catch (const std::runtime_error&) {
      return nullptr;
    }
  }
};

const Zone* Zone::find(std::string_view iana_name) {
  static ZoneTable table;
  thread_local std::vector<const Zone*> met;  // a book has a few zones: no lock for those met before
  for (const Zone* zone : met)
    if (zone->name() == iana_name) return zone;
  const Zone* zone = iana_name.empty() ? nullptr : table.find(iana_name);
  if (zone) met.push_back(zone);
  return zone;
}

const Zone& Zone::utc() {
  static const Zone* zone = find("UTC");
  check(zone != nullptr, "the system has time zone data (Debian package tzdata)");
  return *zone;
}

Date Zone::day_of(Instant instant) const {
  const std::int64_t seconds = floor_divided(instant.microseconds, microseconds_per_second);
  return Date{static_cast<std::int32_t>(floor_divided(seconds + offset_at(zone_, seconds).seconds, 86'400))};
}

Instant Zone::start_of(Date day) const {
  check(day.is_set(), "only a day that is known begins");
  const std::int64_t local = std::int64_t{day.day} * 86'400;
  // The offset at midnight UTC is right unless the clocks change near local midnight; then look closer.
  const std::int64_t guess = local - offset_at(zone_, local).seconds;
  const Offset around = offset_at(zone_, guess);
  const std::int64_t exact = local - around.seconds;
  if (exact - 86'400 >= around.begin && exact + 86'400 < around.end) return Instant{exact * microseconds_per_second};
  const auto* tz = static_cast<const date::time_zone*>(zone_);
  const auto sys = tz->to_sys(date::local_seconds{std::chrono::seconds{local}}, date::choose::earliest);
  return Instant{sys.time_since_epoch().count() * microseconds_per_second};
}

std::optional<WrittenTime> WrittenTime::parse(std::string_view text) {
  if (text.size() < 10) return std::nullopt;
  const Date date{day_at(text.data())};
  if (!date) return std::nullopt;
  WrittenTime written;
  if (text.size() == 10) {
    written.day = date;
    return written;
  }
  if (text.size() < 17 || text[10] != 'T' || text[13] != ':') return std::nullopt;
  const int hour = two_digits(&text[11]), minute = two_digits(&text[14]);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  std::int64_t seconds = std::int64_t{date.day} * 86'400 + hour * 3600 + minute * 60, micro = 0;
  written.interval.length = microseconds_per_minute;
  std::string_view rest = text.substr(16);
  if (rest[0] == ':') {
    const int second = rest.size() < 4 ? -1 : two_digits(&rest[1]);
    if (second < 0 || second > 59) return std::nullopt;
    seconds += second, written.interval.length = microseconds_per_second;
    rest.remove_prefix(3);
    if (rest[0] == '.') {
      std::size_t i = 1;
      for (std::int64_t unit = 100'000; i < rest.size() && rest[i] >= '0' && rest[i] <= '9'; ++i, unit /= 10) {
        if (unit == 0) return std::nullopt;
        micro += (rest[i] - '0') * unit;
      }
      if (i == 1) return std::nullopt;
      rest.remove_prefix(i), written.interval.length = 0;
    }
  }
  if (rest != "Z") {
    if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
    const int hours = two_digits(&rest[1]), minutes = two_digits(&rest[4]);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return std::nullopt;
    const int offset = (hours * 60 + minutes) * 60;
    seconds -= rest[0] == '-' ? -offset : offset;
  }
  written.interval.at.microseconds = seconds * microseconds_per_second + micro;
  return written;
}

Interval WrittenTime::at(const Zone& zone) const {
  if (!day) return interval;
  const Instant start = zone.start_of(*day), next = zone.start_of(day->plus_days(1));
  return {start, next.microseconds - start.microseconds};
}

std::string WrittenTime::text() const {
  if (day) return day->text();
  std::string out = interval.at.text();
  if (interval.length == microseconds_per_minute) return out.substr(0, 16) + "Z";
  // A whole second that was stamped keeps its fraction, so that it is read back as an instant and not as that second.
  if (interval.length == 0 && out.find('.') == std::string::npos) out.insert(out.size() - 1, ".000");
  return out;
}

Instant SystemClock::now() {
  using namespace std::chrono;
  return Instant{duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace lotbook
