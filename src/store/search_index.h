// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"

// What finds things by a piece of their code or name: kept behind the book by a follower, beside it, and thrown away
// and made again whenever it does not belong to the book any more. It only proposes: whoever asks looks into the book
// whether what it says is still so.

namespace lotbook {

/// What a find can be, in reverse order of showing: an item before a lot, a lot before its units, the pallets they are
/// on and the paper it came with.
enum class SearchGroup : std::uint8_t { paper, handling_unit, unit, lot, place, address, partner, item };

/// Where a find stands in the order of showing, highest first: the group, then the newest. The text's own bits keep the
/// names of one lot apart.
std::int64_t search_place(SearchGroup group, std::uint64_t id, std::string_view text);
SearchGroup group_at(std::int64_t place);
/// Number of a lot or record; of a paper, the entry that first named it.
std::uint64_t id_at_place(std::int64_t place);

/// One thing that can be found by one text. `key` is the skeleton of the text.
struct SearchTerm {
  std::int64_t place = 0;
  std::string text, key;
};

/// The last entry that the index knows of, and the hash by which it is told from an entry of another book.
struct SearchReached {
  std::uint64_t entry = 0;
  Hash hash{};
};

/// How the asked key fits a term: is all of it, its beginning, or lies further in.
enum class Fit : std::uint8_t { whole, beginning, within };

/// One snapshot of the index; used by one thread.
class SearchReading {
 public:
  virtual ~SearchReading() = default;
  virtual SearchReached reached() = 0;
  /// Terms that fit in just this way and stand below a place, highest first, until `visit` says false. A key of fewer
  /// than three characters is found as a whole only.
  virtual void terms(Fit fit, const std::string& key, std::int64_t below,
                     const std::function<bool(std::int64_t place, std::string_view text)>& visit) = 0;
};

/// Reading may be done by any number of threads; writing by one, and in one process at a time. Throws StoreFailure.
class SearchIndex {
 public:
  virtual ~SearchIndex() = default;
  virtual std::unique_ptr<SearchReading> read() = 0;
  /// Something was wrong with it: it is made anew as soon as its writer comes by. For any thread.
  virtual void distrust() = 0;

  /// How far its writer has come; 0 for a new one. StoreFailure::in_use: another process keeps it.
  virtual SearchReached reached() = 0;
  /// Adds what is not there yet, in one commit.
  virtual void add(std::vector<SearchTerm> terms, const SearchReached& reached) = 0;
  /// Throws all of it away.
  virtual void start_over() = 0;
};

}  // namespace lotbook
