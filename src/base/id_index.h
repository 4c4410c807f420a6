// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/flat_map.h"

namespace lotbook {

/// From numbers to things kept elsewhere. Numbers from `first_new` on are given one after the other and stand in an
/// array; the ones before are few and scattered. Nothing is ever taken out.
template <class T>
class IdIndex {
 public:
  void starts_at(std::uint32_t first_new) { first_new_ = first_new; }

  T* find(std::uint32_t id) const {
    if (id >= first_new_ && id - first_new_ < new_.size())
      if (T* found = new_[id - first_new_]) return found;
    T* const* found = scattered_.find(id);
    return found ? *found : nullptr;
  }

  void put(std::uint32_t id, T* thing) {
    const std::size_t place = id - first_new_;
    // A number far ahead of the others is not worth an array up to it; it may also be the wish of damaged bytes.
    if (id < first_new_ || place > 2 * new_.size() + 1024) {
      scattered_[id] = thing;
      return;
    }
    if (place >= new_.size()) new_.resize(place + 1);
    new_[place] = thing;
  }

  /// Visits all, in no order.
  template <class Visit>
  void each(Visit visit) const {
    scattered_.each([&](std::uint32_t id, T* thing) { visit(id, thing); });
    for (std::size_t i = 0; i < new_.size(); ++i)
      if (new_[i]) visit(first_new_ + static_cast<std::uint32_t>(i), new_[i]);
  }

 private:
  std::uint32_t first_new_ = 0;
  std::vector<T*> new_;
  FlatMap<std::uint32_t, T*> scattered_;
};

}  // namespace lotbook
