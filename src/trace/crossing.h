// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/entry.h"

// What an entry says about where a lot came from and went: one crossing for each time goods passed an end of the book
// (a supplier, a customer, a transformation, a count), and for each tie between lots. Moves inside the book are none.

namespace lotbook {

enum class Passage : std::uint8_t {
  received,
  opened,
  found,
  lost,
  consumed,
  given_back,
  yielded,
  dispatched,
  returned,
  to_supplier,
  disposed,
  sampled,
  assumed_in,   ///< may have gone into the transformation (R69), or may be the lot `other` (R63)
  assumed_out,  ///< the unknown lot that `assumed_in` lots may be
  joined,       ///< is one with `other` (R12)
  named         ///< `partner` gave it the code `other`
};
template <>
struct Choices<Passage> {
  static constexpr std::array<std::string_view, 16> names{
      "received", "opened",      "found",    "lost",    "consumed",   "given_back",  "yielded", "dispatched",
      "returned", "to_supplier", "disposed", "sampled", "assumed_in", "assumed_out", "joined",  "named"};
};

/// What an entry says beside its lines.
constexpr bool is_beside_lines(Passage passage) { return passage == Passage::joined || passage == Passage::named; }

constexpr std::uint32_t no_transformation = UINT32_MAX;

struct Crossing {
  std::uint64_t seq = 0;
  Decimal quantity, quantity2;
  Id<Lot> lot;
  /// Outputs that an input is assigned to, see OutputSets; lot that it is joined with; text of a code or reference.
  std::uint32_t other = 0;
  std::uint32_t transformation = no_transformation;  ///< dense number, see Links
  Id<Partner> partner;
  Id<Address> address;
  std::uint32_t document = 0;  ///< text
  Passage passage = Passage::received;
  bool is_conversion = false;  ///< split, blend, relabel, repack: through `conversion`, not `process`
  bool stands = true;
};

/// What a dense number stands for: a run, or one entry that is a transformation by itself.
struct Transformation {
  Id<Run> run;
  std::uint64_t seq = 0;  ///< its only entry, or the first one seen of the run
  EntryKind kind = EntryKind::consume;
};

/// Texts that crossings name by number; 0 is the empty text.
class Texts {
 public:
  Texts() { number(""); }
  std::uint32_t number(std::string_view text);
  std::string_view operator[](std::uint32_t number) const { return *texts_[number]; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> texts_;
};

/// Outputs that inputs are assigned to (R66), by number; 0 stands for all outputs. One output alone, which is nearly
/// every assignment, has the number of its lot and costs nothing here.
class OutputSets {
 public:
  /// `outputs`: sorted, each once.
  std::uint32_t number(std::vector<Id<Lot>> outputs);
  bool has(std::uint32_t number, Id<Lot> output) const;
  std::vector<Id<Lot>> outputs(std::uint32_t number) const;

 private:
  static constexpr std::uint32_t several = 1u << 31;
  std::map<std::vector<Id<Lot>>, std::uint32_t> numbers_;
  std::vector<const std::vector<Id<Lot>>*> sets_;
};

/// Turns entries into crossings; shared by the walk over tables and the index in memory, so that both read alike.
class CrossingReader {
 public:
  /// `earlier` finds an entry that a correction points at; the pointer need live only until the next call.
  explicit CrossingReader(std::function<const Entry*(std::uint64_t)> earlier) : earlier_(std::move(earlier)) {}
  /// Calls `take` for each crossing of the entry, all marked as standing.
  void read(const Entry& entry, const std::function<void(const Crossing&)>& take);

  /// Whether a join or a name that entry `seq` gave holds although entry `by` took the entry back: a correction is
  /// about lines, and only an undo takes what was said beside them (R32).
  bool leaves_facts(std::uint64_t by, std::uint64_t seq) const;

  const std::vector<Transformation>& transformations() const { return transformations_; }
  const Texts& texts() const { return texts_; }
  const OutputSets& output_sets() const { return output_sets_; }

 private:
  /// The number of an entry's own transformation, given when it is first needed.
  struct Own {
    std::uint32_t number = no_transformation;
  };
  void read_lines(const Entry& entry, Own& own, const std::function<void(const Crossing&)>& take);
  void read_facts(const Entry& entry, Own& own, const std::function<void(const Crossing&)>& take);
  std::uint32_t transformation_of(Id<Run> run, const Entry& entry, Own& own);
  std::vector<std::uint32_t> assignments_of(const Entry& entry);
  bool gives_back(const Entry& entry) const;
  std::function<const Entry*(std::uint64_t)> earlier_;
  std::vector<Transformation> transformations_;
  std::unordered_map<std::uint32_t, std::uint32_t> by_run_;
  Texts texts_;
  OutputSets output_sets_;
};

}  // namespace lotbook
