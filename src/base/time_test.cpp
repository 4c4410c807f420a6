// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/test_seed.h"

using namespace lotbook;

namespace {

constexpr std::int64_t hour = 3600 * microseconds_per_second;

const Zone& zone(std::string_view name) {
  const Zone* found = Zone::find(name);
  REQUIRE(found != nullptr);
  return *found;
}
Instant at(std::string_view text) {
  const std::optional<WrittenTime> time = WrittenTime::parse(text);
  INFO(text);
  REQUIRE(time);
  return time->interval.at;
}
Date day(std::string_view text) {
  INFO(text);
  const std::optional<Date> date = Date::parse(text);
  REQUIRE(date);
  return *date;
}
std::int64_t hours_of_day(std::string_view zone_name, std::string_view text) {
  WrittenTime written;
  written.day = day(text);
  return written.at(zone(zone_name)).length / hour;
}

}  // namespace

TEST_CASE("days are read only as full ISO days of 1900 to 2199") {
  CHECK(day("1970-01-01").day == 0);
  CHECK(day("1900-01-01").day == -25'567);
  CHECK(day("2000-02-29").text() == "2000-02-29");
  CHECK(day("2199-12-31").text() == "2199-12-31");
  for (const char* bad : {"", "2026-11", "2026-11-31", "2026-02-29", "2100-02-29", "2026-00-01", "2026-13-01",
                          "2026-01-00", "1899-12-31", "2200-01-01", "2026-1-01", "2026/01/01", "20260101",
                          " 2026-01-01", "2026-01-01 ", "+026-01-01", "2026-0a-01", "2026-01-01T"}) {
    INFO(bad);
    CHECK_FALSE(Date::parse(bad));
  }
  CHECK(Date{}.text().empty());
  CHECK_FALSE(Date{});
  CHECK(day("2199-12-31") < Date{});
}

TEST_CASE("every day of the range is written as it is read, one after the other") {
  std::int32_t expected = day("1900-01-01").day;
  for (int year = 1900; year <= 2199; ++year)
    for (int month = 1; month <= 12; ++month) {
      const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
      for (int of_month = 1; of_month <= lengths[month - 1]; ++of_month) {
        const Date date = Date::of(year, month, of_month);
        if (date.day != expected++ || Date::parse(date.text()) != date) FAIL(date.text());
      }
    }
  CHECK(Date{expected - 1} == day("2199-12-31"));
}

TEST_CASE("a month without a day is its last day (R45)") {
  CHECK(Date::parse_last_of_month("2026-11") == day("2026-11-30"));
  CHECK(Date::parse_last_of_month("2028-02") == day("2028-02-29"));
  CHECK(Date::parse_last_of_month("2026-11-15") == day("2026-11-15"));
  for (const char* bad : {"2026-13", "2026-00", "2026-1", "202611", "2026"})
    CHECK_FALSE(Date::parse_last_of_month(bad));
}

TEST_CASE("months later is the same day of the month or its last (R47)") {
  CHECK(day("2026-01-31").plus_months(1) == day("2026-02-28"));
  CHECK(day("2027-12-31").plus_months(2) == day("2028-02-29"));
  CHECK(day("2026-01-15").plus_months(24) == day("2028-01-15"));
  CHECK(day("2026-03-31").plus_months(-1) == day("2026-02-28"));
  CHECK(day("2026-01-01").plus_days(10) == day("2026-01-11"));
  CHECK_FALSE(Date{}.plus_months(1));
  CHECK_FALSE(Date{}.plus_days(1));
}

TEST_CASE("instants are written in UTC with as many decimals as they need") {
  CHECK(Instant{0}.text() == "1970-01-01T00:00:00Z");
  CHECK(Instant{-1}.text() == "1969-12-31T23:59:59.999999Z");
  CHECK(Instant{1'500'000}.text() == "1970-01-01T00:00:01.500Z");
  CHECK(at("2026-03-02T09:15:00+01:00").text() == "2026-03-02T08:15:00Z");
}

TEST_CASE("a written time is as long as it is precise (R26)") {
  CHECK(WrittenTime::parse("2026-03-02")->day == day("2026-03-02"));
  CHECK(WrittenTime::parse("2026-03-02T09:15Z")->interval.length == microseconds_per_minute);
  CHECK(WrittenTime::parse("2026-03-02T09:15:07Z")->interval.length == microseconds_per_second);
  CHECK(WrittenTime::parse("2026-03-02T09:15:07.5Z")->interval.length == 0);
  CHECK(at("2026-03-02T09:15:07.5Z").microseconds == at("2026-03-02T09:15:07Z").microseconds + 500'000);
  CHECK(at("2026-03-02T00:15+14:00").text() == "2026-03-01T10:15:00Z");
  CHECK(at("2026-12-31T23:59:59.999999-12:00").text() == "2027-01-01T11:59:59.999999Z");
  for (const char* bad : {"2026-03-02T09:15",
                          "2026-03-02T09:15:00",
                          "2026-03-02T09Z",
                          "2026-03-02 09:15Z",
                          "2026-03-02t09:15Z",
                          "2026-03-02T09:15z",
                          "2026-03-02T24:00Z",
                          "2026-03-02T09:60Z",
                          "2026-03-02T09:15:60Z",
                          "2026-03-02T09:15:00.Z",
                          "2026-03-02T09:15:00.1234567Z",
                          "2026-03-02T09:15:00,5Z",
                          "2026-03-02T09:15+0100",
                          "2026-03-02T09:15+01",
                          "2026-03-02T09:15+1:00",
                          "2026-03-02T09:15+19:00",
                          "2026-03-02T09:15+01:60",
                          "2026-03-02T09:15Zx",
                          "2026-03-02T09:15:Z",
                          "2026-03-02T09:1",
                          "2026-02-30T09:15Z",
                          "2200-01-01T00:00Z",
                          "2026-03",
                          "2026-03-02T",
                          ""}) {
    INFO(bad);
    CHECK_FALSE(WrittenTime::parse(bad));
  }
}

TEST_CASE("a written time comes back from its text") {
  for (const char* text : {"2026-03-02", "2026-03-02T09:15Z", "2026-03-02T09:15:00Z", "2026-03-02T09:15:00.000Z",
                           "2026-03-02T09:15:00.120Z", "2026-03-02T09:15:00.123456Z"}) {
    INFO(text);
    CHECK(WrittenTime::parse(text)->text() == text);
  }
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  const std::int64_t first = at("1901-01-01T00:00:00Z").microseconds, last = at("2199-01-01T00:00:00Z").microseconds;
  for (int i = 0; i < 20'000; ++i) {
    const auto moment = first + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(last - first));
    WrittenTime written;
    const std::int64_t lengths[] = {0, microseconds_per_second, microseconds_per_minute};
    written.interval.length = lengths[random() % 3];
    const std::int64_t unit = written.interval.length ? written.interval.length : 1;
    written.interval.at.microseconds = moment / unit * unit;
    CAPTURE(written.text());
    REQUIRE(WrittenTime::parse(written.text()) == written);
  }
}

TEST_CASE("23:30 in Lisbon on the 4th is still the 4th (R25)") {
  CHECK(zone("Europe/Lisbon").day_of(at("2026-07-04T23:30+01:00")) == day("2026-07-04"));
  CHECK(zone("Europe/Lisbon").day_of(at("2026-07-04T22:59:59.999999Z")) == day("2026-07-04"));
  CHECK(zone("Europe/Lisbon").day_of(at("2026-07-04T23:00Z")) == day("2026-07-05"));
  CHECK(Zone::utc().day_of(at("2026-07-04T23:30+01:00")) == day("2026-07-04"));
  CHECK(zone("Europe/Berlin").day_of(at("2026-07-04T23:30+01:00")) == day("2026-07-05"));
  CHECK(zone("Pacific/Kiritimati").day_of(at("2026-07-04T10:00Z")) == day("2026-07-05"));
}

TEST_CASE("a day has 23, 24 or 25 hours where clocks change") {
  CHECK(hours_of_day("Europe/Berlin", "2026-03-29") == 23);
  CHECK(hours_of_day("Europe/Berlin", "2026-10-25") == 25);
  CHECK(hours_of_day("Europe/Berlin", "2026-07-01") == 24);
  CHECK(zone("Europe/Berlin").start_of(day("2026-03-29")).text() == "2026-03-28T23:00:00Z");
  CHECK(zone("Europe/Berlin").start_of(day("2026-03-30")).text() == "2026-03-29T22:00:00Z");
  CHECK(zone("Europe/Berlin").start_of(day("2026-10-26")).text() == "2026-10-25T23:00:00Z");
}

TEST_CASE("where midnight does not exist the day begins after the gap") {
  CHECK(zone("America/Sao_Paulo").start_of(day("2018-11-04")).text() == "2018-11-04T03:00:00Z");
  CHECK(hours_of_day("America/Sao_Paulo", "2018-11-04") == 23);
  CHECK(zone("America/Sao_Paulo").day_of(at("2018-11-04T02:59:59.999999Z")) == day("2018-11-03"));
  CHECK(zone("Asia/Beirut").start_of(day("2022-03-27")).text() == "2022-03-26T22:00:00Z");
  CHECK(zone("Asia/Beirut").day_of(at("2022-03-26T22:00Z")) == day("2022-03-27"));
}

TEST_CASE("where midnight comes twice the day begins at the first, or when the hour before is over") {
  // Havana went back from 01:00 to 00:00; Sao Paulo went back from 00:00 to 23:00 of the day before.
  CHECK(zone("America/Havana").start_of(day("2024-11-03")).text() == "2024-11-03T04:00:00Z");
  CHECK(hours_of_day("America/Havana", "2024-11-03") == 25);
  CHECK(hours_of_day("America/Sao_Paulo", "2019-02-16") == 25);
  CHECK(zone("America/Sao_Paulo").start_of(day("2019-02-17")).text() == "2019-02-17T03:00:00Z");
}

TEST_CASE("Samoa skipped a day") {
  const Zone& apia = zone("Pacific/Apia");
  CHECK(apia.start_of(day("2011-12-30")) == apia.start_of(day("2011-12-31")));
  CHECK(apia.day_of(Instant{apia.start_of(day("2011-12-31")).microseconds - 1}) == day("2011-12-29"));
}

TEST_CASE("zones that are none are not found") {
  for (const char* bad : {"", "Berlin", "europe/berlin", "Europe/Atlantis", "../../../etc/passwd", "Europe", "zone.tab",
                          "tzdata.zi", "leapseconds", "iso3166.tab"}) {
    INFO(bad);
    CHECK(Zone::find(bad) == nullptr);
  }
  CHECK(Zone::find("Europe/Berlin") == Zone::find("Europe/Berlin"));
  CHECK(zone("Europe/Berlin").name() == "Europe/Berlin");
  CHECK_THROWS_AS(Zone::utc().start_of(Date{}), BrokenLaw);
}

TEST_CASE("the start of a day is its first instant, in every zone asked") {
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  for (const char* name :
       {"UTC", "Europe/Berlin", "Europe/Lisbon", "America/Sao_Paulo", "Asia/Beirut", "America/New_York",
        "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "Africa/Casablanca", "America/Havana"}) {
    const Zone& here = zone(name);
    for (int i = 0; i < 2'000; ++i) {
      const Date some{static_cast<std::int32_t>(day("1990-01-01").day + static_cast<std::int32_t>(random() % 16'000))};
      CAPTURE(name, some.text());
      const Instant start = here.start_of(some), next = here.start_of(some.plus_days(1));
      REQUIRE(here.day_of(start) == some);
      REQUIRE(here.day_of(Instant{start.microseconds - 1}) < some);
      REQUIRE(here.day_of(Instant{next.microseconds - 1}) == some);
      REQUIRE(next.microseconds - start.microseconds >= 23 * hour);
      REQUIRE(next.microseconds - start.microseconds <= 25 * hour);
    }
  }
}

TEST_CASE("zones can be asked from many threads at once") {
  std::vector<std::thread> threads;
  std::vector<int> wrong(8, 0);
  for (std::size_t t = 0; t < wrong.size(); ++t)
    threads.emplace_back([&wrong, t] {
      for (int i = 0; i < 500; ++i) {
        const Zone* tokyo = Zone::find("Asia/Tokyo");
        const Zone* denver = Zone::find("America/Denver");
        const Instant noon{(20'000 + i) * microseconds_per_day + 12 * hour};
        if (!tokyo || !denver || tokyo->day_of(noon).day != 20'000 + i || denver->day_of(noon).day != 20'000 + i)
          ++wrong[t];
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(8, 0));
}

TEST_CASE("an interval knows its first and last microsecond") {
  const Interval minute = WrittenTime::parse("2026-03-02T09:15Z")->interval;
  CHECK(minute.earliest().text() == "2026-03-02T09:15:00Z");
  CHECK(minute.latest().text() == "2026-03-02T09:15:59.999999Z");
  CHECK((Interval{minute.at, 0}).latest() == minute.at);
}
