// SPDX-License-Identifier: Apache-2.0
// Numbers texts in the order in which they are first seen, each inside a scope (a lot's code inside its item).
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace plants {

constexpr std::uint32_t none = 0xFFFFFFFFu;

class Names {
 public:
  std::uint32_t add(std::uint32_t scope, std::string_view text) {
    if ((names_.size() + 1) * 2 > slots_.size()) grow();
    auto& slot = slots_[place_of(scope, text)];
    if (slot == none) {
      slot = static_cast<std::uint32_t>(names_.size());
      names_.push_back({text, scope});
    }
    return slot;
  }
  std::uint32_t add(std::string_view text) { return add(0, text); }

  std::uint32_t find(std::uint32_t scope, std::string_view text) const {
    return slots_.empty() ? none : slots_[place_of(scope, text)];
  }
  std::uint32_t find(std::string_view text) const { return find(0, text); }

  std::string_view text(std::uint32_t number) const {
    return number == none ? std::string_view() : names_[number].text;
  }
  std::size_t size() const { return names_.size(); }

 private:
  struct Name {
    std::string_view text;
    std::uint32_t scope;
  };

  std::size_t place_of(std::uint32_t scope, std::string_view text) const {
    std::size_t place = std::hash<std::string_view>()(text) + scope * 0x9E3779B97F4A7C15ull;
    place ^= place >> 29;
    for (place &= slots_.size() - 1; slots_[place] != none; place = (place + 1) & (slots_.size() - 1)) {
      const Name& there = names_[slots_[place]];
      if (there.scope == scope && there.text == text) break;
    }
    return place;
  }
  void grow() {
    slots_.assign(slots_.empty() ? 1024 : slots_.size() * 2, none);
    for (std::uint32_t i = 0; i < names_.size(); ++i) slots_[place_of(names_[i].scope, names_[i].text)] = i;
  }

  std::vector<Name> names_;
  std::vector<std::uint32_t> slots_;
};

}  // namespace plants
