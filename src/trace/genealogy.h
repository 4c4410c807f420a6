// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/flat_map.h"
#include "store/sql/transaction.h"
#include "trace/links.h"

namespace lotbook {

/// The links of a whole book in memory, read in one scan of its entries: for answers about thousands of seeds. Derived:
/// dropping it loses nothing. Reflects the snapshot it was read from.
class Genealogy : public Links {
 public:
  /// `snapshot` must stay open as long as this lives: the few entries that an answer explains are read when asked for.
  explicit Genealogy(Transaction& snapshot);

  std::uint64_t upto() const override { return upto_; }
  LotCard lot(Id<Lot> lot) override;
  std::span<const std::uint32_t> of_lot(Id<Lot> lot) override { return of_lot_[lot.value]; }
  std::span<const std::uint32_t> of_transformation(std::uint32_t transformation) override {
    return of_transformation_[transformation];
  }
  const Crossing& at(std::uint32_t number) const override { return crossings_[number]; }
  Transformation transformation(std::uint32_t number) const override { return reader_.transformations()[number]; }
  std::string_view text(std::uint32_t number) const override { return reader_.texts()[number]; }
  const OutputSets& output_sets() const override { return reader_.output_sets(); }
  std::vector<StockCell> stock(Id<Lot> lot) override;
  std::uint64_t taken_back_by(std::uint64_t seq) const override;
  const Run& run(Id<Run> run) override;
  Entry entry(std::uint64_t seq) override;

 private:
  /// For each of many things a list of numbers, in one block.
  class Rows {
   public:
    std::span<const std::uint32_t> operator[](std::size_t of) const {
      if (of + 1 >= starts_.size()) return {};
      return {numbers_.data() + starts_[of], numbers_.data() + starts_[of + 1]};
    }
    /// `key(i)` is the thing that number `i` of `count` belongs to; UINT32_MAX: none. Numbers keep their order.
    template <class Key>
    void fill(std::size_t things, std::size_t count, Key key);

   private:
    std::vector<std::uint32_t> starts_, numbers_;
  };
  struct Card {
    std::uint32_t item = 0, code_at = 0;
    std::uint8_t code_size = 0;
    Origin origin = Origin::received;
  };
  void read_entries();
  void read_lots();
  void read_stock();

  Transaction& snapshot_;
  std::uint64_t upto_ = 0;
  std::uint32_t next_id_ = 0;
  CrossingReader reader_;
  std::vector<Crossing> crossings_;
  Rows of_lot_, of_transformation_, of_stock_;
  std::vector<Card> cards_;  // by number of the lot; numbers of other things stay empty
  std::string codes_;
  struct Cell {
    std::uint32_t lot = 0;
    StockCell cell;
  };
  std::vector<Cell> stock_;
  FlatMap<std::uint64_t, std::uint64_t> taken_back_;
  FlatMap<std::uint32_t, Run> runs_;
  Entry earlier_;
};

}  // namespace lotbook
