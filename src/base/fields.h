// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"

// One field list per struct. `static constexpr auto fields()` of a struct returns `field_list(field<&S::member>("name",
// "Sentence."), …)`; from it come JSON in and out (base/json.h), the OpenAPI schema, command-line flags and help, and
// the canonical bytes of facts. The list is turned into a `Shape` once, a plain table of names and small function
// pointers, so that the walks are ordinary code and not templates.
//
// Members may be: std::string, bool, integers, Decimal, Date, WrittenTime, an enum with `Choices`, another struct with
// fields(), std::optional of these, or std::vector of these.

namespace lotbook {

enum class FieldKind { text, boolean, integer, decimal, date, written_time, choice, object };

/// Names of an enum's values, in order of value from 0: specialise with `static constexpr std::array<std::string_view,
/// N> names`.
template <class Enum>
struct Choices;

template <class Enum>
constexpr std::string_view name_of(Enum value) {
  return Choices<Enum>::names[static_cast<std::size_t>(value)];
}
template <class Enum>
constexpr std::optional<Enum> choice_of(std::string_view name) {
  for (std::size_t i = 0; i < Choices<Enum>::names.size(); ++i)
    if (Choices<Enum>::names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

struct Shape;

/// How one field is reached and what it may hold. `value` pointers below point at the innermost value: a std::string
/// for text, a Decimal for decimal, and so on.
struct FieldShape {
  std::string_view name;      ///< one spelling everywhere
  std::string_view sentence;  ///< what it means, one sentence
  FieldKind kind = FieldKind::text;
  bool required = false;
  bool is_list = false;
  bool is_optional = false;          ///< std::optional; otherwise an unset value is the type's own empty value
  bool is_personal = false;          ///< a name, address, e-mail or phone number of a person (R96)
  std::int64_t minimum = INT64_MIN;  ///< integer: lowest value
  std::int64_t maximum = INT64_MAX;  ///< integer: highest value; text: characters; list: elements
  std::string_view example = {};
  std::span<const std::string_view> choices = {};
  const Shape* (*object)() = nullptr;

  void* (*member)(void* owner) = nullptr;
  std::size_t (*size)(const void* member) = nullptr;      ///< elements of a list; 0 or 1 for an optional; 1 otherwise
  void* (*value)(void* member, std::size_t i) = nullptr;  ///< the i-th innermost value
  void* (*append)(void* member) = nullptr;  ///< list: a new last element; optional: engaged; else the value itself
  void (*clear)(void* member) = nullptr;
  std::int64_t (*get_integer)(const void* value) = nullptr;  ///< integer, boolean, choice
  void (*set_integer)(void* value, std::int64_t number) = nullptr;
};

struct Shape {
  std::vector<FieldShape> fields;
  const FieldShape* find(std::string_view name) const {
    for (const FieldShape& field : fields)
      if (field.name == name) return &field;
    return nullptr;
  }
};

template <class T>
const Shape& shape_of();

namespace shape_detail {

template <class T>
struct Unwrapped {
  using Value = T;
  static constexpr bool list = false, optional = false;
};
template <class T>
struct Unwrapped<std::vector<T>> {
  using Value = T;
  static constexpr bool list = true, optional = false;
};
template <class T>
struct Unwrapped<std::optional<T>> {
  using Value = T;
  static constexpr bool list = false, optional = true;
};

template <class T>
constexpr FieldKind kind_of() {
  if constexpr (std::is_same_v<T, std::string>)
    return FieldKind::text;
  else if constexpr (std::is_same_v<T, bool>)
    return FieldKind::boolean;
  else if constexpr (std::is_integral_v<T>)
    return FieldKind::integer;
  else if constexpr (std::is_enum_v<T>)
    return FieldKind::choice;
  else if constexpr (std::is_same_v<T, Decimal>)
    return FieldKind::decimal;
  else if constexpr (std::is_same_v<T, Date>)
    return FieldKind::date;
  else if constexpr (std::is_same_v<T, WrittenTime>)
    return FieldKind::written_time;
  else
    return FieldKind::object;
}

template <class M>
struct MemberOf;
template <class S, class T>
struct MemberOf<T S::*> {
  using Owner = S;
  using Type = T;
};

}  // namespace shape_detail

/// One field; the chained calls say what is not the default.
template <auto Member>
class Field {
  using Owner = typename shape_detail::MemberOf<decltype(Member)>::Owner;
  using Type = typename shape_detail::MemberOf<decltype(Member)>::Type;
  using Wrap = shape_detail::Unwrapped<Type>;
  using Value = typename Wrap::Value;

 public:
  constexpr Field(std::string_view name, std::string_view sentence) : name_(name), sentence_(sentence) {}
  constexpr Field required() const {
    auto f = *this;
    f.required_ = true;
    return f;
  }
  constexpr Field personal() const {
    auto f = *this;
    f.personal_ = true;
    return f;
  }
  constexpr Field example(std::string_view text) const {
    auto f = *this;
    f.example_ = text;
    return f;
  }
  constexpr Field between(std::int64_t low, std::int64_t high) const {
    auto f = *this;
    f.minimum_ = low;
    f.maximum_ = high;
    return f;
  }
  /// Longest text in characters, or most elements of a list.
  constexpr Field at_most(std::int64_t most) const {
    auto f = *this;
    f.maximum_ = most;
    return f;
  }

  FieldShape shape() const {
    FieldShape s;
    s.name = name_, s.sentence = sentence_, s.example = example_;
    s.kind = shape_detail::kind_of<Value>();
    s.required = required_, s.is_personal = personal_;
    s.is_list = Wrap::list, s.is_optional = Wrap::optional;
    s.minimum = minimum_, s.maximum = maximum_;
    if (s.maximum == INT64_MAX && s.kind == FieldKind::text && !s.is_list) s.maximum = 200;
    if (s.maximum == INT64_MAX && s.is_list) s.maximum = 10'000;
    if constexpr (shape_detail::kind_of<Value>() == FieldKind::integer && !Wrap::list) {
      if (std::cmp_less(s.minimum, std::numeric_limits<Value>::min())) s.minimum = std::numeric_limits<Value>::min();
      if (std::cmp_greater(s.maximum, std::numeric_limits<Value>::max()))
        s.maximum = static_cast<std::int64_t>(std::numeric_limits<Value>::max());
    }
    s.member = [](void* owner) -> void* { return &(static_cast<Owner*>(owner)->*Member); };
    if constexpr (Wrap::list) {
      s.size = [](const void* m) { return static_cast<const Type*>(m)->size(); };
      s.value = [](void* m, std::size_t i) -> void* { return &(*static_cast<Type*>(m))[i]; };
      s.append = [](void* m) -> void* { return &static_cast<Type*>(m)->emplace_back(); };
      s.clear = [](void* m) { static_cast<Type*>(m)->clear(); };
    } else if constexpr (Wrap::optional) {
      s.size = [](const void* m) -> std::size_t { return static_cast<const Type*>(m)->has_value() ? 1 : 0; };
      s.value = [](void* m, std::size_t) -> void* { return &**static_cast<Type*>(m); };
      s.append = [](void* m) -> void* { return &static_cast<Type*>(m)->emplace(); };
      s.clear = [](void* m) { static_cast<Type*>(m)->reset(); };
    } else {
      s.size = [](const void*) -> std::size_t { return 1; };
      s.value = [](void* m, std::size_t) -> void* { return m; };
      s.append = [](void* m) -> void* { return m; };
      s.clear = [](void* m) { *static_cast<Type*>(m) = Type{}; };
    }
    if constexpr (std::is_integral_v<Value> || std::is_enum_v<Value>) {
      s.get_integer = [](const void* v) { return static_cast<std::int64_t>(*static_cast<const Value*>(v)); };
      s.set_integer = [](void* v, std::int64_t n) { *static_cast<Value*>(v) = static_cast<Value>(n); };
    }
    if constexpr (std::is_enum_v<Value>) s.choices = Choices<Value>::names;
    if constexpr (shape_detail::kind_of<Value>() == FieldKind::object) s.object = []() { return &shape_of<Value>(); };
    return s;
  }

 private:
  std::string_view name_, sentence_, example_ = {};
  bool required_ = false, personal_ = false;
  std::int64_t minimum_ = INT64_MIN, maximum_ = INT64_MAX;
};

template <auto Member>
constexpr Field<Member> field(std::string_view name, std::string_view sentence) {
  return Field<Member>(name, sentence);
}

template <class... Fields>
constexpr auto field_list(Fields... fields) {
  return std::make_tuple(fields...);
}

template <class T>
const Shape& shape_of() {
  static const Shape shape = std::apply([](auto... f) { return Shape{{f.shape()...}}; }, T::fields());
  return shape;
}

}  // namespace lotbook
