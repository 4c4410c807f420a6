// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "store/store.h"

// What a database of its own, across a network, has beside what every store has: others write it too, each read is a
// journey, and what was sound may be interrupted.

namespace lotbook {

/// Other processes may write this book between two transactions of ours. `open_writer` never throws
/// StoreFailure::in_use; `begin` of a writer waits until nobody else writes.
class SharedStore : public Store {};

/// What was asked is sound and came to nothing by the way: it may be tried again at once.
struct Interrupted : StoreFailure {
  explicit Interrupted(const std::string& what) : StoreFailure(Kind::unavailable, what) {}
};

/// Thrown while looking ahead by a read that is not at hand. Not an exception of the standard's, so that nobody takes
/// it for trouble.
struct NotYetRead {};

/// A connection to such a database. What is wrong with a write may come out only at a later read or at the commit.
///
/// Many journeys are better made at once: while somebody looks ahead, a read that is not at hand is noted and throws
/// NotYetRead, or finds nothing where that is what it often finds. `read_noted` makes all that were noted in one
/// journey, and what they brought is at hand until something is written or the transaction ends. Nothing is ever wrong
/// for want of it.
class FarConnection : public Connection {
 public:
  virtual void looking_ahead(bool on) = 0;
  /// How many there were.
  virtual std::size_t read_noted() = 0;
};

}  // namespace lotbook
