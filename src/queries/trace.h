// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/find.h"
#include "trace/answer.h"
#include "trace/balance.h"

namespace lotbook {

/// Where lots came from, or where they went: everything that could be affected (R85).
struct TraceQuestion {
  std::string item, lot;
  std::vector<LotAsked> lots;
  std::vector<std::string> handling_units;
  std::uint64_t at_entry = 0;
  static constexpr auto fields() {
    using Q = TraceQuestion;
    return field_list(field<&Q::item>("item", "Item.").at_most(60),
                      field<&Q::lot>("lot", "Own code of the lot.").at_most(60),
                      field<&Q::lots>("lots", "More lots to start from.").at_most(10'000),
                      field<&Q::handling_units>("handling_units",
                                                "SSCCs of pallets or cases: the lots that are on them, or left on "
                                                "them, are started from.")
                          .at_most(500),
                      field<&Q::at_entry>("at_entry", "As known at this entry (R30); left out: at the newest."));
  }
};
struct TraceForwardQuestion : TraceQuestion {};
struct TraceBackQuestion : TraceQuestion {};
Result<TraceAnswer> ask(const TraceForwardQuestion& question, const Snapshot& snapshot);
Result<TraceAnswer> ask(const TraceBackQuestion& question, const Snapshot& snapshot);

/// R89 for one lot, or for several: per item, what passes between them counted once.
struct BalanceQuestion {
  std::string item, lot;
  std::vector<LotAsked> lots;
  static constexpr auto fields() {
    using Q = BalanceQuestion;
    return field_list(field<&Q::item>("item", "Item.").at_most(60),
                      field<&Q::lot>("lot", "Own code of the lot.").at_most(60),
                      field<&Q::lots>("lots", "More lots to sum.").at_most(10'000));
  }
};
struct BalanceAnswer {
  std::uint64_t entry = 0;
  std::vector<Balance> balances;
  static constexpr auto fields() {
    return field_list(field<&BalanceAnswer::entry>("entry", "Entry that the answer reflects."),
                      field<&BalanceAnswer::balances>("balances", "One row per item."));
  }
};
Result<BalanceAnswer> ask(const BalanceQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
