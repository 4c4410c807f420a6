// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/masters.h"
#include "trace/crossing.h"

// What a trace asks for. Two answer it: `TableLinks` reads the entries of the lots it is led to, for one question;
// `Genealogy` holds those of the whole book, for many. Both give the same answer (a test says so).

namespace lotbook {

/// As much of a lot as an answer prints.
struct LotCard {
  Id<Item> item;
  std::string_view code;
  Origin origin = Origin::received;
};

class Links {
 public:
  virtual ~Links() = default;
  /// The entry that everything here reflects.
  virtual std::uint64_t upto() const = 0;
  virtual LotCard lot(Id<Lot> lot) = 0;
  /// Numbers of the lot's crossings, in order of entries; those that were taken back too, marked.
  virtual std::span<const std::uint32_t> of_lot(Id<Lot> lot) = 0;
  /// The same for a transformation: its inputs, what was given back, its outputs.
  virtual std::span<const std::uint32_t> of_transformation(std::uint32_t transformation) = 0;
  virtual const Crossing& at(std::uint32_t number) const = 0;
  virtual Transformation transformation(std::uint32_t number) const = 0;
  virtual std::string_view text(std::uint32_t number) const = 0;
  /// What `other` of an input stands for.
  virtual const OutputSets& output_sets() const = 0;
  /// What lies where, places in order of number.
  virtual std::vector<StockCell> stock(Id<Lot> lot) = 0;
  /// The entry that took `seq` back; 0 when it stands.
  virtual std::uint64_t taken_back_by(std::uint64_t seq) const = 0;
  /// A run as it is now; no id when there is none.
  virtual const Run& run(Id<Run> run) = 0;
  /// Header of an entry, for the few that an answer explains.
  virtual Entry entry(std::uint64_t seq) = 0;
};

}  // namespace lotbook
