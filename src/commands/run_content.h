// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "ledger/view.h"

// What went into a run and what came out of it, from its entries that stand (R65-R69).

namespace lotbook {

struct RunContent {
  struct Input {
    Id<Lot> lot;
    std::vector<Id<Lot>> into;    ///< the outputs it went into, sorted; none: all of them (R66)
    Decimal quantity, quantity2;  ///< consumed less given back; for an assumed one the most it could have given
    bool is_assumed = false;      ///< it may have gone in, with at least 0 (R69)
    bool goes_into(Id<Lot> output) const;
  };
  struct Output {
    Id<Lot> lot;
    Decimal quantity, quantity2;
    Interval first;  ///< when it was first yielded: no later than this ends
  };
  std::vector<Input> inputs;    ///< those given back wholly are left out: their link is gone (R68)
  std::vector<Output> outputs;  ///< in order of their first yield
  std::vector<Id<Lot>> opened;  ///< lots that the run opened, also batch numbers not yielded yet (R13)
  std::vector<RunPlanned> planned;
  std::vector<RunLoss> losses;        ///< those of a closing that was taken back by reopening are left out
  std::vector<std::uint64_t> posted;  ///< entries that moved goods

  const Output* output(Id<Lot> lot) const;
  bool has_input(Id<Lot> lot) const;
  bool has_opened(Id<Lot> lot) const;
};

RunContent content_of(const View& view, Id<Run> run);

/// The first input of which more would have come back than went in (R68), if the draft were posted.
std::optional<RunContent::Input> overdrawn_input(const View& view, Id<Run> run, const Entry& draft);

/// One link of the genealogy.
struct RunLink {
  Id<Lot> from, to;
  bool is_assumed = false;
  auto operator<=>(const RunLink&) const = default;
};
/// Every input with every output, but an assigned input with its own outputs only (R65, R66); each once, sorted.
std::vector<RunLink> links_of(const RunContent& content);

/// Whether goods of the lot have left to a customer or back to a supplier, by the entries that stand.
bool has_left(const View& view, Id<Lot> lot);

/// The end at which goods go into a run of this kind and come out of it.
Id<Place> end_of(RunKind kind);

}  // namespace lotbook
