// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <unordered_map>

#include "store/sql/transaction.h"
#include "trace/links.h"

namespace lotbook {

/// Reads the entries of each lot and run that a question leads to, once, from one snapshot of the tables.
class TableLinks : public Links {
 public:
  /// As known at entry `upto`, or at the newest one when that is earlier.
  TableLinks(Transaction& snapshot, std::uint64_t upto);

  std::uint64_t upto() const override { return upto_; }
  LotCard lot(Id<Lot> lot) override;
  std::span<const std::uint32_t> of_lot(Id<Lot> lot) override;
  std::span<const std::uint32_t> of_transformation(std::uint32_t transformation) override;
  const Crossing& at(std::uint32_t number) const override { return crossings_[number]; }
  Transformation transformation(std::uint32_t number) const override { return reader_.transformations()[number]; }
  std::string_view text(std::uint32_t number) const override { return reader_.texts()[number]; }
  const OutputSets& output_sets() const override { return reader_.output_sets(); }
  std::vector<StockCell> stock(Id<Lot> lot) override;
  std::uint64_t taken_back_by(std::uint64_t seq) const override;
  const Run& run(Id<Run> run) override;
  Entry entry(std::uint64_t seq) override;

  /// Entries of a lot up to `upto`, the one that opened it first; for balance and history.
  std::vector<const Entry*> entries_of(Id<Lot> lot);

 private:
  struct Read {
    Entry entry;
    std::uint32_t first = 0, last = 0;  // its crossings
    bool is_settled = false;            // whether it stands is known
  };
  Read& read(std::uint64_t seq);
  const Entry* earlier(std::uint64_t seq);
  std::vector<Read*> load(std::uint32_t subject, std::uint64_t opened_in);
  const Lot& row(Id<Lot> lot);

  Transaction& snapshot_;
  std::uint64_t upto_;
  CrossingReader reader_;
  std::deque<Crossing> crossings_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Read>> entries_;
  std::unordered_map<std::uint32_t, Lot> lots_;
  std::unordered_map<std::uint32_t, Run> runs_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> of_lot_, of_transformation_;
  std::unordered_map<std::uint64_t, std::uint64_t> taken_back_;
};

}  // namespace lotbook
