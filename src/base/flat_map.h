// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace lotbook {

/// An open-addressing map from a non-zero integer key to a value, for state that is looked up millions of times.
/// Neighbouring keys stay next to each other in memory. Entries cannot be erased, only the whole map cleared: the
/// states that live here are never deleted. References stay valid until the next insertion.
template <class Key, class Value>
class FlatMap {
 public:
  Value* find(Key key) {
    if (slots_.empty()) return nullptr;
    for (std::size_t i = home(key);; i = (i + 1) & mask_) {
      if (slots_[i].first == key) return &slots_[i].second;
      if (slots_[i].first == 0) return nullptr;
    }
  }
  const Value* find(Key key) const { return const_cast<FlatMap*>(this)->find(key); }

  /// The value of `key`, made with its default when it was not there; `second` says whether it is new.
  std::pair<Value*, bool> insert(Key key) {
    if (count_ * 2 >= slots_.size()) grow();
    for (std::size_t i = home(key);; i = (i + 1) & mask_) {
      if (slots_[i].first == key) return {&slots_[i].second, false};
      if (slots_[i].first == 0) {
        slots_[i].first = key;
        ++count_;
        return {&slots_[i].second, true};
      }
    }
  }
  Value& operator[](Key key) { return *insert(key).first; }
  std::size_t size() const { return count_; }
  void clear() { slots_.clear(), count_ = 0, mask_ = 0; }

  template <class Visit>
  void each(Visit visit) {
    for (auto& [key, value] : slots_)
      if (key != 0) visit(key, value);
  }
  template <class Visit>
  void each(Visit visit) const {
    for (const auto& [key, value] : slots_)
      if (key != 0) visit(key, value);
  }

 private:
  // Blocks of four neighbours stay together, so that a scan of dense keys reads whole cache lines; the blocks are
  // spread, since dense keys beyond the table's size would otherwise all fall onto the ones before them.
  std::size_t home(Key key) const {
    const auto wide = static_cast<std::uint64_t>(key);
    const std::uint64_t block = ((wide >> 2) ^ (wide >> 34)) * 0x9E3779B97F4A7C15ull;
    return static_cast<std::size_t>(((block >> 24) << 2) | (wide & 3)) & mask_;
  }
  void grow() {
    std::vector<std::pair<Key, Value>> old = std::move(slots_);
    slots_ = std::vector<std::pair<Key, Value>>(old.empty() ? 16 : old.size() * 2);
    mask_ = slots_.size() - 1;
    for (auto& slot : old) {
      if (slot.first == 0) continue;
      std::size_t i = home(slot.first);
      while (slots_[i].first != 0) i = (i + 1) & mask_;
      slots_[i] = std::move(slot);
    }
  }
  std::vector<std::pair<Key, Value>> slots_;
  std::size_t count_ = 0, mask_ = 0;
};

}  // namespace lotbook
