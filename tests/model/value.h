// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

// A command as the generator writes it: objects, lists, texts and yes or no. It is sent to the product as JSON and read
// by the reference as it stands, so that the two share no reader.

namespace lotbook::model {

class Value {
 public:
  Value() = default;
  Value(const char* text) : kind_(Kind::text), text_(text) {}
  Value(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
  Value(bool yes) : kind_(Kind::plain), text_(yes ? "true" : "false") {}
  Value(int number) : kind_(Kind::plain), text_(std::to_string(number)) {}
  static Value list(std::vector<Value> values = {}) {
    Value list;
    list.kind_ = Kind::list, list.list_ = std::move(values);
    return list;
  }

  static Value object() {
    Value object;
    object.kind_ = Kind::object;
    return object;
  }

  /// A member to be written; what is not an object becomes one.
  Value& operator[](const std::string& name) {
    kind_ = Kind::object;
    for (auto& [known, value] : members_)
      if (known == name) return value;
    return members_.emplace_back(name, Value()).second;
  }
  void add(Value value) { kind_ = Kind::list, list_.push_back(std::move(value)); }

  /// A member to be read; nothing when there is none.
  const Value& at(const std::string& name) const {
    static const Value nothing;
    for (const auto& [known, value] : members_)
      if (known == name) return value;
    return nothing;
  }
  const std::vector<Value>& each() const { return list_; }
  const std::string& text() const { return text_; }
  bool has_empty_text() const {
    for (const auto& [name, value] : members_)
      if (value.kind_ == Kind::text && value.text_.empty()) return true;
    return false;
  }
  bool is_set() const { return kind_ != Kind::nothing; }
  bool is_yes() const { return text_ == "true"; }
  int number(int otherwise = 0) const { return kind_ == Kind::plain ? std::stoi(text_) : otherwise; }

  /// Members that were never set are left out. Texts of this test need no escapes.
  std::string json() const {
    switch (kind_) {
      case Kind::nothing: return "null";
      case Kind::plain: return text_;
      case Kind::text: return "\"" + text_ + "\"";
      case Kind::list: {
        std::string all;
        for (const Value& value : list_) all += (all.empty() ? "" : ",") + value.json();
        return "[" + all + "]";
      }
      case Kind::object: break;
    }
    std::string all;
    for (const auto& [name, value] : members_)
      if (value.is_set()) all += (all.empty() ? "\"" : ",\"") + name + "\":" + value.json();
    return "{" + all + "}";
  }

 private:
  enum class Kind { nothing, plain, text, list, object } kind_ = Kind::nothing;
  std::string text_;
  std::vector<Value> list_;
  std::vector<std::pair<std::string, Value>> members_;
};

}  // namespace lotbook::model
