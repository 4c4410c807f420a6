// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "base/test_seed.h"
#include "commands/test_book.h"
#include "ledger/verify.h"

// Whatever is done with units, now, late, by correction or undone: what the book accepts is what leaves each unit with
// one way through its places, told here a second time in the plainest words.

using namespace lotbook;

namespace {

struct Step {
  std::string unit, from, to;
};
/// Something that was done, and may be taken back.
struct Act {
  std::uint64_t entry = 0, position = 0;
  std::string kind, document;
  std::int64_t settled = 0;
  std::vector<Step> steps;
  bool stands = true;
  std::optional<std::size_t> corrects = {};  ///< the act that this one stands for
};

bool is_ours(const std::string& place) { return place != "supplier" && place != "customer"; }

/// Where every unit is, if each has one way through what stands; nothing if one has not.
std::optional<std::map<std::string, std::string>> places_after(const std::vector<Act>& acts) {
  std::vector<const Act*> order;
  for (const Act& act : acts)
    if (act.stands) order.push_back(&act);
  std::stable_sort(order.begin(), order.end(), [](const Act* a, const Act* b) {
    return std::tie(a->settled, a->position) < std::tie(b->settled, b->position);
  });
  std::map<std::string, std::string> places;
  for (const Act* act : order)
    for (const Step& step : act->steps) {
      const auto known = places.find(step.unit);
      const bool fits = known == places.end() ? !is_ours(step.from) : known->second == step.from;
      if (!fits || (known == places.end() && step.from != "supplier")) return std::nullopt;
      places[step.unit] = step.to;
    }
  return places;
}

class Trial {
 public:
  explicit Trial(std::mt19937_64 random) : random_(random) {
    book_.post("set_item", "{'code':'DISK','name':'Disk','unit':'EA','tracking':'serial'}");
    receive();
    receive();
  }
  void round() {
    book_.pass(60);
    switch (below(9)) {
      case 0: return receive();
      case 1:
      case 2: return move(false);
      case 3: return move(true);
      case 4: return dispatch();
      case 5: return give_back();
      case 6: return undo();
      case 7: return correct(true);
      default: return correct(false);
    }
  }
  void compare() {
    const auto expected = places_after(acts_);
    REQUIRE(expected);
    book_.see([&](const View& view) {
      for (const std::string& unit : units_) {
        const std::vector<const Serial*> found = view.serials_called(view.masters().items.id_of("DISK"), unit);
        const auto place = expected->find(unit);
        CAPTURE(unit);
        REQUIRE(found.size() == (place == expected->end() ? 0 : 1));
        if (found.empty()) continue;
        const Id<Place> is = found.front()->place;
        const std::string code = is == ends_customer ? "customer" : std::string(view.masters().places.code_of(is));
        CHECK(code == place->second);
      }
      return true;
    });
  }
  TestBook& book() { return book_; }

 private:
  static constexpr Id<Place> ends_customer{2};

  int below(std::size_t n) { return static_cast<int>(random_() % n); }
  const std::string& any_unit() { return units_[static_cast<std::size_t>(below(units_.size()))]; }
  std::string any_place() { return std::vector<std::string>{"ST1", "ST2", "QUAR"}[static_cast<std::size_t>(below(3))]; }
  std::string place_of(const std::string& unit) {
    const auto places = places_after(acts_);
    const auto known = places->find(unit);
    return known == places->end() ? "" : known->second;
  }
  Act begin(const std::string& kind) {
    Act act;
    act.kind = kind, act.document = kind + std::to_string(acts_.size());
    act.settled = book_.clock.now().microseconds;
    return act;
  }
  /// Asks for it; the book and the paper must agree on whether it may be.
  void ask(Act act, const std::string& command, const std::string& json, bool may_be = true) {
    std::vector<Act> after = acts_;
    if (act.corrects) after[*act.corrects].stands = false;
    act.position = act.corrects ? after[*act.corrects].position : UINT64_MAX;
    after.push_back(act);
    const bool expected = may_be && places_after(after).has_value();
    const Outcome outcome = book_.ask(command, json);
    INFO(command << " " << json << ": " << TestBook::refused(outcome));
    REQUIRE(std::holds_alternative<Posted>(outcome) == expected);
    if (!expected) return;
    acts_ = std::move(after);
    acts_.back().entry = std::get<Posted>(outcome).entry;
    if (!act.corrects) acts_.back().position = acts_.back().entry;
  }

  void receive() {
    Act act = begin("receive");
    std::string serials;
    for (int count = 1 + below(3); count > 0; --count) {
      const std::string unit = "U" + std::to_string(units_.size());
      units_.push_back(unit), act.steps.push_back({unit, "supplier", "ST1"});
      serials += (serials.empty() ? "'" : ",'") + unit + "'";
    }
    ask(act, "receive",
        "{'supplier':'FARM','document':'" + act.document + "','to':'ST1','lines':[{'item':'DISK','lot':'LOT-" +
            std::to_string(acts_.size()) + "','serials':[" + serials + "]}]}");
  }
  void move(bool is_late) {
    Act act = begin("move");
    std::string lines;
    std::set<std::string> named;
    for (int count = 1 + below(3); count > 0; --count) {
      const std::string unit = any_unit(), is = place_of(unit);
      if (is.empty() || !named.insert(unit).second) continue;
      const std::string from = is_ours(is) && below(4) != 0 ? is : any_place();
      std::string to = any_place();
      while (to == from) to = any_place();
      act.steps.push_back({unit, from, to});
      lines += std::string(lines.empty() ? "" : ",") + "{'item':'DISK','serials':['" + unit + "'],'from':'" + from +
               "','to':'" + to + "'}";
    }
    if (act.steps.empty()) return;
    std::string time;
    if (is_late) {
      act.settled -= (30 + 60 * below(8)) * microseconds_per_second;
      time = "'occurred_at':'" + Instant{act.settled}.text() + "',";
    }
    ask(act, "move", "{" + time + "'lines':[" + lines + "]}");
  }
  void dispatch() {
    Act act = begin("dispatch");
    const std::string unit = any_unit(), is = place_of(unit);
    if (is.empty()) return;
    const std::string from = is_ours(is) && is != "QUAR" ? is : "ST1";
    act.steps.push_back({unit, from, "customer"});
    ask(act, "dispatch",
        "{'customer':'SHOP','document':'" + act.document + "','lines':[{'item':'DISK','serials':['" + unit +
            "'],'from':'" + from + "'}]}");
  }
  void give_back() {
    Act act = begin("return");
    const std::string unit = any_unit();
    if (place_of(unit) != "customer") return;
    act.steps.push_back({unit, "customer", "QUAR"});
    ask(act, "return_goods",
        "{'customer':'SHOP','document':'" + act.document + "','lines':[{'item':'DISK','serials':['" + unit +
            "'],'to':'QUAR'}]}");
  }
  std::optional<std::size_t> any_act() {
    for (int tries = 0; tries < 20; ++tries)
      if (const auto i = static_cast<std::size_t>(below(acts_.size())); acts_[i].stands) return i;
    return std::nullopt;
  }
  void undo() {
    const std::optional<std::size_t> i = any_act();
    if (!i) return;
    std::vector<Act> after = acts_;
    after[*i].stands = false;
    // A correction that is undone puts in force again what it corrected.
    if (after[*i].corrects) after[*after[*i].corrects].stands = true;
    const Outcome outcome = book_.ask("undo", "{'entries':[" + std::to_string(acts_[*i].entry) + "],'reason':'wrong'}");
    INFO("undo " << acts_[*i].entry << ": " << TestBook::refused(outcome));
    const bool expected = places_after(after).has_value();
    REQUIRE(std::holds_alternative<Posted>(outcome) == expected);
    if (expected) acts_ = std::move(after);
  }
  /// Another unit in a line, or a line less.
  void correct(bool is_other_unit) {
    const std::optional<std::size_t> i = any_act();
    if (!i || (!is_other_unit && acts_[*i].steps.size() < 2)) return;
    Act act = acts_[*i];
    act.corrects = i;
    const auto line = static_cast<std::size_t>(below(act.steps.size()));
    const std::string before = act.steps[line].unit, other = any_unit();
    std::string change = "'remove':true";
    bool may_be = true;
    if (is_other_unit) {
      change = "'serial':'" + other + "'";
      may_be = !place_of(other).empty() &&
               std::none_of(act.steps.begin(), act.steps.end(), [&](const Step& step) { return step.unit == other; });
      act.steps[line].unit = other;
    } else {
      act.steps.erase(act.steps.begin() + static_cast<std::ptrdiff_t>(line));
    }
    // A unit keeps the line that it came in with.
    if (acts_[*i].steps[line].from == "supplier") may_be = false;
    ask(act, "correct",
        "{'entry':" + std::to_string(acts_[*i].entry) +
            ",'reason':'typed wrongly','lines':[{'line':" + std::to_string(line) + "," + change + "}]}",
        may_be);
  }

  std::mt19937_64 random_;
  TestBook book_;
  std::vector<std::string> units_;
  std::vector<Act> acts_;
};

}  // namespace

// proves: R28, R32, R34, R78
TEST_CASE("units keep one way each through whatever is done, done late, corrected and undone", "[serials]") {
  const TestSeed seed;
  INFO(seed.text());
  Trial trial(seed.generator());
  for (int i = 0; i < 250; ++i) {
    INFO("round " << i);
    trial.round();
    if (i % 10 == 0) trial.compare();
  }
  trial.compare();
  CHECK(verify(trial.book().store(), std::nullopt).wrong == std::vector<std::string>());
}
