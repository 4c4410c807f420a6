// SPDX-License-Identifier: Apache-2.0
#include "trace/walk.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/flat_map.h"

namespace lotbook {

namespace {

/// What was consumed less what was given back, of one lot in one transformation and assigned to the same outputs: at
/// zero the link goes (R68).
struct Net {
  Decimal quantity, quantity2;
  bool is_link() const { return quantity.is_positive() || quantity2.is_positive(); }
};

class Nets {
 public:
  /// Only crossings among which something was given back are looked at closely.
  Nets(const Links& links, std::span<const std::uint32_t> numbers) {
    const bool any = std::any_of(numbers.begin(), numbers.end(), [&](std::uint32_t n) {
      return links.at(n).stands && links.at(n).passage == Passage::given_back;
    });
    if (!any) return;
    for (const std::uint32_t number : numbers) {
      const Crossing& crossing = links.at(number);
      const bool plus = crossing.passage == Passage::consumed;
      if (!crossing.stands || (!plus && crossing.passage != Passage::given_back)) continue;
      Net& net = nets_[{crossing.lot.value, crossing.transformation, crossing.other}];
      net.quantity += plus ? crossing.quantity : -crossing.quantity;
      net.quantity2 += plus ? crossing.quantity2 : -crossing.quantity2;
    }
  }
  bool is_link(const Crossing& input) const {
    const auto net = nets_.find({input.lot.value, input.transformation, input.other});
    return net == nets_.end() || net->second.is_link();
  }

 private:
  std::map<std::array<std::uint32_t, 3>, Net> nets_;
};

class Walker {
 public:
  Walker(Links& links, Way way) : links_(links), way_(way) {}

  Walk go(std::span<const Id<Lot>> seeds) {
    for (const Id<Lot> seed : seeds) reach(seed, no_transformation);
    while (!next_.empty()) {
      current_.clear(), current_.swap(next_);
      // Joined lots are one, so all of them stand on this level.
      for (std::size_t i = 0; i < current_.size(); ++i) join(current_[i]);
      current_.insert(current_.end(), next_.begin(), next_.end());
      next_.clear();
      for (const Id<Lot> lot : current_) walk_.lots.push_back({lot, level_});
      ++level_;
      for (const Id<Lot> lot : current_) way_ == Way::forward ? go_forward(lot) : go_back(lot);
    }
    return std::move(walk_);
  }

 private:
  void reach(Id<Lot> lot, std::uint32_t through) {
    const auto [seen, is_new] = seen_.insert(lot.value);
    if (*seen == seen_untracked || (is_new && links_.lot(lot).origin == Origin::untracked)) {
      *seen = seen_untracked;
      walk_.untracked.push_back({lot, through});
      return;
    }
    if (is_new) *seen = seen_tracked, next_.push_back(lot);
  }

  void join(Id<Lot> lot) {
    // Breadth first over joins: what is reached goes to the end of the same level.
    const std::span<const std::uint32_t> numbers = links_.of_lot(lot);
    for (const std::uint32_t number : numbers) {
      const Crossing& crossing = links_.at(number);
      if (crossing.passage != Passage::joined) continue;
      if (!crossing.stands)
        withdrawn(number);
      else
        reach(Id<Lot>{crossing.other}, no_transformation);
    }
    current_.insert(current_.end(), next_.begin(), next_.end());
    next_.clear();
  }

  void go_forward(Id<Lot> lot) {
    const std::span<const std::uint32_t> numbers = links_.of_lot(lot);
    const Nets nets(links_, numbers);
    for (const std::uint32_t number : numbers) {
      const Crossing& crossing = links_.at(number);
      const bool is_input = crossing.passage == Passage::consumed || crossing.passage == Passage::assumed_in;
      if (!crossing.stands) {
        if (is_input || crossing.passage == Passage::dispatched || crossing.passage == Passage::returned)
          withdrawn(number);
        continue;
      }
      if (!is_input) continue;
      if (crossing.passage == Passage::consumed && !nets.is_link(crossing)) {
        withdrawn(number);
        continue;
      }
      pass(crossing.transformation);
      if (crossing.other == 0 && !seen_transformations_.insert(crossing.transformation + 1).second) continue;
      give_outputs(crossing.transformation, crossing.other);
    }
  }

  /// `assigned`: only to these outputs; 0: to all that were yielded.
  void give_outputs(std::uint32_t transformation, std::uint32_t assigned) {
    for (const std::uint32_t number : links_.of_transformation(transformation)) {
      const Crossing& output = links_.at(number);
      const bool is_unknown_lot = assigned != 0 && output.passage == Passage::assumed_out;
      if (output.passage != Passage::yielded && !is_unknown_lot) continue;
      if (!links_.output_sets().has(assigned, output.lot)) continue;
      if (output.stands)
        reach(output.lot, transformation);
      else
        withdrawn(number);
    }
  }

  void go_back(Id<Lot> lot) {
    for (const std::uint32_t number : links_.of_lot(lot)) {
      const Crossing& crossing = links_.at(number);
      const bool is_output = crossing.passage == Passage::yielded || crossing.passage == Passage::assumed_out;
      if (!crossing.stands) {
        if (is_output || crossing.passage == Passage::received) withdrawn(number);
        continue;
      }
      if (!is_output) continue;
      pass(crossing.transformation);
      bool all = crossing.passage == Passage::yielded;
      if (all) {
        const auto [seen, is_new] = seen_transformations_.insert(crossing.transformation + 1);
        if (!is_new && *seen == has_none_assigned) continue;
        if (is_new)
          *seen = has_assigned(crossing.transformation) ? has_some_assigned : has_none_assigned;
        else
          all = false;  // the common inputs were taken when it was first passed
      }
      take_inputs(crossing.transformation, lot, all);
    }
  }

  bool has_assigned(std::uint32_t transformation) const {
    const std::span<const std::uint32_t> numbers = links_.of_transformation(transformation);
    return std::any_of(numbers.begin(), numbers.end(), [&](std::uint32_t n) {
      const Crossing& c = links_.at(n);
      return c.other != 0 && (c.passage == Passage::consumed || c.passage == Passage::assumed_in);
    });
  }

  void take_inputs(std::uint32_t transformation, Id<Lot> output, bool also_common) {
    const std::span<const std::uint32_t> numbers = links_.of_transformation(transformation);
    const Nets nets(links_, numbers);
    for (const std::uint32_t number : numbers) {
      const Crossing& input = links_.at(number);
      if (input.passage != Passage::consumed && input.passage != Passage::assumed_in) continue;
      if (input.other == 0 ? !also_common : !links_.output_sets().has(input.other, output)) continue;
      if (!input.stands || (input.passage == Passage::consumed && !nets.is_link(input)))
        withdrawn(number);
      else
        reach(input.lot, transformation);
    }
  }

  void pass(std::uint32_t transformation) {
    if (passed_.insert(transformation + 1).second) walk_.transformations.push_back({transformation, level_});
  }
  void withdrawn(std::uint32_t number) {
    if (withdrawn_.insert(number + 1).second) walk_.withdrawn.push_back(number);
  }

  static constexpr std::uint8_t seen_tracked = 1, seen_untracked = 2, has_none_assigned = 1, has_some_assigned = 2;
  Links& links_;
  Way way_;
  Walk walk_;
  std::uint32_t level_ = 0;
  std::vector<Id<Lot>> current_, next_;
  FlatMap<std::uint32_t, std::uint8_t> seen_, seen_transformations_, passed_, withdrawn_;
};

}  // namespace

Walk walk(Links& links, std::span<const Id<Lot>> seeds, Way way) { return Walker(links, way).go(seeds); }

}  // namespace lotbook
