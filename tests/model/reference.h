// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <climits>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "value.h"

// A naive book, written from docs/rules.md and from nothing of the product: entries in a list, everything else worked
// out from all of them each time it is asked. "R15" is rule 15.

namespace lotbook::model {

using Amount = std::int64_t;  // millionths of a unit
using Time = std::int64_t;    // microseconds since 1970 in UTC
using Day = int;              // days since 1970
constexpr Day no_day = INT_MAX;
constexpr Time second_long = 1'000'000, minute = 60 * second_long, day_long = 86'400 * second_long;
constexpr int none = -1;

Day day_from(const std::string& text);  ///< "2026-01-31"; no_day for anything else
std::string text_of_day(Day day);
Time time_from(const std::string& text);  ///< "2026-01-31T10:15Z", also with seconds
std::string text_of_time(Time time);      ///< to the second
Amount amount_from(const std::string& text);
std::string text_of_amount(Amount amount);
/// R15: rounded half up, once.
Amount rounded(Amount amount, int decimals);
/// R16: rounded down.
Amount rounded_down(Amount amount, int decimals);

struct Sum {
  Amount first = 0, second = 0;
  void add(const Sum& other, int sign) { first += sign * other.first, second += sign * other.second; }
  bool is_zero() const { return first == 0 && second == 0; }
  bool is_below_zero() const { return first < 0 || second < 0; }
  bool operator==(const Sum&) const = default;
};

struct Dates {
  Day received = no_day, produced = no_day, expires = no_day, best_before = no_day, retest = no_day;
  Day governing() const;  ///< R46
  Day came() const { return std::min(received, produced); }
  bool operator==(const Dates&) const = default;
};

struct Lot {
  std::string item, origin, code, issuer, issued_code, quality = "released";
  Dates dates;
  bool is_tracked = true, expiry_is_calculated = false;
  int opened_in = 0, run = none;  ///< the order that opened it
};
struct LotState {
  std::string code, quality;
  Dates dates;
  std::set<std::string> former;
  std::set<std::pair<std::string, std::string>> issued;  ///< issuer, code
};
struct Hold {
  std::string number, place, flow = "lot", recall;
};
struct Run {
  std::string number, kind, first_state, place;
};

/// What an entry says of a pallet or case (R24).
struct Packing {
  enum class What { opened, moved, put_on, taken_off } what;
  int unit;
  std::string from, to;  ///< places; one that is opened stands in `to`
  int was_inside = none, inside = none;
  int lot = none;
  Sum quantity;
};
struct HandlingUnit {
  bool is_known = false;
  std::string place;
  int inside = none;
  std::map<int, Sum> goods;  ///< by lot
};
/// What lies in a tank or silo, the oldest first; of an empty one what it held last (R74-R76).
struct Vessel {
  std::vector<int> layers;
  int last = none;
  bool is_emptied = false;
  Amount once = 0;  ///< what ever went into it of the last one
};

struct Line {
  int lot;
  std::string from, to;
  Sum quantity;
  int into = none;  ///< the one output that it went into (R66)
};
struct Change {
  int lot;
  std::string what;  ///< "code", "quality", or a date
  std::string text;
  Day day = no_day;
};
struct Reach {
  int hold;
  bool covers;
  std::set<int> lots;
};
struct Assumed {
  int lot, into;  ///< none: all outputs of the order
  Amount at_most;
};
/// One accepted command.
struct Entry {
  int seq = 0;
  std::string kind, who, why, document, reference, partner, address;
  Time recorded = 0, earliest = 0, latest = 0, settled = 0;
  int position = 0;          ///< R27, R32: place among equal settled instants
  std::vector<int> targets;  ///< entries that this one corrects
  std::vector<Line> lines;
  std::vector<Change> changes;
  std::vector<Reach> holds;
  std::vector<int> holds_placed;
  std::vector<Assumed> assumed;
  std::vector<std::pair<int, int>> joined;
  std::vector<std::tuple<int, std::string, std::string>> named;  ///< lot, issuer, code
  std::vector<Packing> packing;
  std::string declared;  ///< vessel that was emptied or cleaned
  bool is_clean = false;
  int run = none;
  bool opens_run = false;
  std::string run_state;             ///< "closed", "open", "cancelled": what the entry makes of the order
  std::vector<std::string> planned;  ///< items that the order needs
  std::string counted_wholly;        ///< place of a complete count
  int confirmed_here = 0;            ///< R60
  bool takes_facts_back() const { return kind == "undo" || kind == "void_dispatch"; }
};

struct Link {
  int from, to;
  auto operator<=>(const Link&) const = default;
};

/// What went into a transformation and came out of it, by what stands.
struct Content {
  std::map<std::pair<int, int>, Sum> inputs;  ///< lot, into
  std::map<int, Sum> outputs;
  std::vector<Assumed> assumed;
  std::map<int, std::pair<Time, Time>> first_yield, last_yield;  ///< earliest and latest instant
};

struct Balance {
  Amount opened = 0, received = 0, yielded = 0, returned = 0, converted_in = 0, count_gains = 0;
  Amount consumed = 0, dispatched = 0, back_to_supplier = 0, disposed = 0, sampled = 0, converted_out = 0,
         count_losses = 0, on_hand = 0;
  bool operator==(const Balance&) const = default;
};

class Book {
 public:
  std::map<std::string, Value> items, places, partners, addresses;
  std::vector<Lot> lots;
  std::vector<Hold> holds;
  std::vector<Run> runs;
  std::vector<std::string> ssccs;  ///< of pallets and cases
  std::vector<Entry> entries;      ///< those that concern goods; numbers may have gaps

  // --- places and days
  std::string site_of(const std::string& place) const;
  bool lies_in(std::string place, const std::string& ancestor) const;
  std::string use_of(const std::string& place) const;  ///< kind that counts (R20)
  Day day_at(const std::string& place, Time time) const;
  Time start_of(const std::string& place, Day day) const;

  // --- what stands (R32)
  std::map<int, bool> in_force(int upto = INT_MAX) const;
  /// What an entry says of a status, a hold or a name is taken back by an undo only: a correction is about its lines.
  bool facts_apply(const Entry& entry) const;
  const Entry* entry(int seq) const;
  std::vector<const Entry*> standing(int upto = INT_MAX) const;  ///< in order of numbers

  // --- what is known of lots, holds and orders
  const LotState& state(int lot) const { return now().lots[static_cast<std::size_t>(lot)]; }
  std::set<int> holds_on(int lot) const;
  const std::set<int>& covered(int hold) const { return now().covered[static_cast<std::size_t>(hold)]; }
  /// A hold stands from its placing until it is lifted from all that it covers.
  bool hold_stands(int hold) const { return now().holds[static_cast<std::size_t>(hold)]; }
  std::string run_state(int run) const;
  int lot_called(const std::string& item, const std::string& code) const;  ///< by own code
  /// R39 of the lot in that place (empty: wherever it lies) on that day.
  std::string status(int lot, const std::string& place, Day day) const;

  // --- stock
  using Stock = std::map<std::pair<int, std::string>, Sum>;  ///< lot, place; nothing is left out
  Stock stock(int upto = INT_MAX, Time at = INT64_MAX) const;
  Sum on_hand(int lot, const std::string& place) const;
  /// Of all entries that stand with one more, whatever their order.
  Stock stock_with(const Entry& draft) const;
  /// R28 with one more entry: "", "not_enough" or "before_goods_arrived".
  std::string goes_below(const Entry& draft) const;
  /// Whether an order would have given back more than it consumed (R68).
  bool gives_back_too_much(const Entry& draft) const;

  // --- pallets and vessels (reference_units.cpp)
  /// Pallets and cases after all that stands, with one more entry; `fits`: each was where every entry found it.
  std::vector<HandlingUnit> units(const Entry* draft = nullptr, bool* fits = nullptr) const;
  int unit_called(const std::string& sscc) const;
  /// It, and all that stands on it.
  std::vector<int> with_nested(int unit, const std::vector<HandlingUnit>& units) const;
  bool is_vessel(const std::string& place) const;
  bool mixes(const std::string& vessel) const;
  Vessel vessel(const std::string& place) const;
  /// R76: as much of what it held last as may go into the next fill.
  Amount residue(const std::string& place) const;

  // --- links, traces, balances
  Content content(int run, int upto = INT_MAX) const;
  Content content(const Entry& alone) const;
  /// Whether anything that was posted to the order is left of it.
  bool has_content(int run) const;
  std::set<Link> links(int upto = INT_MAX) const;
  std::set<std::pair<int, int>> joins(int upto = INT_MAX) const;
  std::set<int> reached(const std::set<int>& seeds, bool forward, int upto = INT_MAX) const;
  Amount net_dispatched(int lot, const std::string& customer, const Entry* with = nullptr) const;
  Balance balance(int lot) const;

  // --- order of use (R50, R53)
  struct Use {
    int lot;
    std::string site;
    Amount available = 0, on_hand = 0;
    bool is_usable = false;
  };
  std::vector<Use> order_of_use(const std::string& item, Time now) const;

 private:
  /// All that follows from the entries, worked out anew after each.
  struct Now {
    std::size_t entries = SIZE_MAX;
    std::map<int, bool> force;
    std::set<int> taken_back;  ///< entries whose facts were undone
    std::vector<LotState> lots;
    std::vector<std::set<int>> covered;
    std::vector<bool> holds;
    Stock stock;
  };
  const Now& now() const;
  Stock stock_then(int upto, Time at) const;
  std::map<int, bool> force_with(const Entry* draft, int upto) const;
  std::set<int> taken_back(const std::map<int, bool>& force) const;
  mutable Now now_;
};

/// A command with who asks and when.
struct Asked {
  std::string name;
  Value body;
  std::string who;
  std::set<std::string> rights;
  Time now = 0;
};

/// What the rules say of a command.
struct Judged {
  std::set<std::string> refusals;  ///< empty: it is accepted
  bool is_open = false;            ///< the rules leave it open: it is not asked
  Entry entry;
  std::vector<Lot> lots;  ///< opened, in order; a code that is empty comes from the series
  std::vector<Hold> holds;
  std::vector<Run> runs;
  std::vector<std::string> ssccs;
};
Judged judge(const Book& book, const Asked& asked);
/// Writes an accepted command down, with the numbers that the product gave it.
struct Given {
  int seq = 0;
  std::vector<std::string> codes, holds;
  std::string order;
};
void post(Book& book, Judged judged, const Given& given);

}  // namespace lotbook::model
