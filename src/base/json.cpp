// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>

#include "base/text.h"

namespace lotbook {

namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t most_faults = 1'000;  // enough for a person, and bounds what a hostile body costs
constexpr std::string_view nul_refused = "Remove the character U+0000 from this text.";

/// Fields as people and programs give them obey all rules; what `write_json` wrote was judged when it came in, and
/// limits may have changed since, so there only the form counts and no text is changed.
enum class Rules { all, form_only };

std::string expectation(const FieldShape& field) {
  switch (field.kind) {
    case FieldKind::text: return "text";
    case FieldKind::boolean: return "true or false";
    case FieldKind::integer: return "a whole number";
    case FieldKind::decimal: return "a quantity with at most six digits after the point, for example 12.5";
    case FieldKind::date: return "a day such as 2026-11-30";
    case FieldKind::written_time:
      return "a time with an offset or Z, such as 2026-03-02T09:15+01:00, or a day such as 2026-03-02";
    case FieldKind::object: return "an object";
    case FieldKind::choice: break;
  }
  std::string out = "one of ";
  for (std::size_t i = 0; i < field.choices.size(); ++i) out += (i ? ", " : "") + std::string(field.choices[i]);
  return out;
}

std::int64_t longest_text(const FieldShape& field) { return field.is_list ? longest_listed_text : field.maximum; }

std::string range(const FieldShape& field) {
  return "a number from " + std::to_string(field.minimum) + " to " + std::to_string(field.maximum);
}

bool in_range(std::int64_t number, const FieldShape& field) {
  // A list's limits count its elements.
  return field.is_list || (number >= field.minimum && number <= field.maximum);
}

/// Sets an integer; false when it does not fit the member's type.
bool set_integer(std::int64_t number, const FieldShape& field, void* into) {
  field.set_integer(into, number);
  return field.get_integer(into) == number;
}

void append_escaped(std::string& pointer, std::string_view name) {
  for (const char c : name) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
}

/// Takes the parser's events and fills the struct as they come, without a tree in between. One frame for each object
/// that is open; `skip_` counts open arrays and objects that nobody wants (their fault is noted already).
class Reader {
 public:
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;
  using Error = boost::json::error_code;
  using Text = boost::json::string_view;

  Reader(const Shape& shape, void* owner, Rules rules, std::vector<JsonFault>& faults)
      : rules_(rules), faults_(faults), root_shape_(&shape), root_(owner) {
    marks_.reserve(128);
  }
  /// For the value of one field alone.
  Reader(const FieldShape& field, void* owner, std::vector<JsonFault>& faults)
      : rules_(Rules::form_only), faults_(faults) {
    marks_.push_back(Mark::given);
    Frame& frame = frames_[open_++];
    frame.owner = owner, frame.field = &field;
  }
  /// For a text alone.
  Reader(std::string& text, std::vector<JsonFault>& faults)
      : rules_(Rules::form_only), faults_(faults), root_text_(&text) {}

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }

  bool on_object_begin(Error&) {
    if (skip_ > 0) return ++skip_, true;
    if (open_ == 0 && root_shape_) return push(*root_shape_, root_), true;
    const FieldShape* field = wanted(FieldKind::object);
    void* into = field ? place(*field) : nullptr;
    if (into)
      push(*field->object(), into);
    else
      skip_ = 1;
    return true;
  }
  bool on_object_end(std::size_t, Error&) {
    if (skip_ > 0) return --skip_, true;
    if (rules_ == Rules::all) note_missing();
    marks_.resize(top().first_mark);
    --open_;
    return true;
  }
  bool on_array_begin(Error&) {
    if (skip_ > 0) return ++skip_, true;
    if (open_ > 0 && top().field && top().field->is_list && !top().in_list) {
      top().in_list = true, top().count = 0;
      top().field->clear(top().field->member(top().owner));
    } else {
      wrong_type();
      skip_ = 1;
    }
    return true;
  }
  bool on_array_end(std::size_t, Error&) {
    if (skip_ > 0) return --skip_, true;
    top().in_list = false;
    return true;
  }

  bool on_key_part(Text part, std::size_t, Error&) { return text_.append(part.data(), part.size()), true; }
  bool on_key(Text part, std::size_t, Error&) {
    const std::string_view name = whole(part);
    if (skip_ == 0) choose(name);
    text_.clear();
    return true;
  }
  bool on_string_part(Text part, std::size_t, Error&) { return text_.append(part.data(), part.size()), true; }
  bool on_string(Text part, std::size_t, Error&) {
    const std::string_view value = whole(part);
    if (open_ == 0 && root_text_)
      root_text_->assign(value), root_text_ = nullptr;
    else if (skip_ == 0)
      string(value);
    text_.clear();
    return true;
  }
  bool on_number_part(Text, Error&) { return true; }
  bool on_int64(std::int64_t value, Text, Error&) { return integer(value, true), true; }
  bool on_uint64(std::uint64_t, Text, Error&) { return integer(INT64_MAX, false), true; }
  template <class Number>
  bool on_double(Number, Text, Error&) {  // only refused: what is not a whole number is written as text
    if (skip_ == 0) wrong_type();
    return true;
  }
  bool on_bool(bool value, Error&) {
    const FieldShape* field = skip_ == 0 ? wanted(FieldKind::boolean) : nullptr;
    if (void* into = field ? place(*field) : nullptr) *static_cast<bool*>(into) = value;
    return true;
  }
  bool on_null(Error&) {
    if (skip_ > 0) return true;
    if (open_ == 0 || top().in_list)
      wrong_type();
    else if (top().field)
      marks_[top().mark] = Mark::null;
    return true;
  }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }

  /// False when a text alone was asked for and something else was there.
  bool got_text() const { return root_text_ == nullptr; }

 private:
  enum class Mark : std::uint8_t { unseen, null, given, faulty };
  struct Frame {
    const Shape* shape = nullptr;
    void* owner = nullptr;
    const FieldShape* field = nullptr;  // whose value comes now; null when nobody knows its name
    std::size_t first_mark = 0, mark = 0, next = 0;
    bool in_list = false;
    std::int64_t count = 0;  // elements of the list so far
  };

  Frame& top() { return frames_[open_ - 1]; }
  std::string_view whole(Text part) {
    if (text_.empty()) return {part.data(), part.size()};
    return text_.append(part.data(), part.size());
  }

  void push(const Shape& shape, void* owner) {
    Frame& frame = frames_[open_++];  // never more than the parser's depth
    frame = Frame{};
    frame.shape = &shape, frame.owner = owner, frame.first_mark = marks_.size();
    marks_.resize(marks_.size() + shape.fields.size(), Mark::unseen);
  }

  /// Members mostly come in the order of the list, so the search goes on where the last one was found.
  void choose(std::string_view name) {
    Frame& at = top();
    const std::vector<FieldShape>& fields = at.shape->fields;
    at.field = nullptr;
    for (std::size_t tried = 0, i = at.next; tried < fields.size(); ++tried, ++i) {
      if (i >= fields.size()) i = 0;
      if (fields[i].name != name) continue;
      at.mark = at.first_mark + i, at.next = i + 1;
      if (marks_[at.mark] != Mark::unseen) return note_member(JsonFaultKind::duplicate, name, "Give this field once.");
      at.field = &fields[i];
      marks_[at.mark] = Mark::given;
      return;
    }
    note_member(JsonFaultKind::unknown_field, name, "There is no such field here. Check its spelling.");
  }

  /// The field whose value comes now when it is of this kind, else null and the fault is noted.
  const FieldShape* wanted(FieldKind kind) {
    const FieldShape* field = open_ > 0 ? top().field : nullptr;
    if (field && field->kind == kind && (!field->is_list || top().in_list)) return field;
    wrong_type();
    return nullptr;
  }

  /// Where the value goes; null when a list is full.
  void* place(const FieldShape& field) {
    Frame& at = top();
    void* member = field.member(at.owner);
    if (!field.is_list) {
      if (field.kind == FieldKind::object) field.clear(member);
      return field.append(member);
    }
    return next_element() ? field.append(member) : nullptr;
  }

  /// Counts one more element; false when the list is full, which is noted once.
  bool next_element() {
    Frame& at = top();
    const std::int64_t most = at.field->maximum;
    if (++at.count <= most || rules_ == Rules::form_only) return true;
    if (at.count == most + 1)
      note_here(JsonFaultKind::out_of_range, "Give at most " + std::to_string(most) + " elements.");
    return false;
  }

  void integer(std::int64_t number, bool fits) {
    const FieldShape* field = skip_ == 0 ? wanted(FieldKind::integer) : nullptr;
    void* into = field ? place(*field) : nullptr;
    if (!into) return;
    if (!fits || (rules_ == Rules::all && !in_range(number, *field)))
      note_here(JsonFaultKind::out_of_range,
                field->is_list ? "This number is too large." : "Write " + range(*field) + ".");
    else if (!set_integer(number, *field, into))
      note_here(JsonFaultKind::out_of_range, "This number is too large or too small.");
  }

  void string(std::string_view value) {
    const FieldShape* field = open_ > 0 ? top().field : nullptr;
    const bool unfit = !field || (field->is_list && !top().in_list) || field->kind == FieldKind::object ||
                       field->kind == FieldKind::boolean || field->kind == FieldKind::integer;
    if (unfit) return wrong_type();
    if (value.empty() && field->kind == FieldKind::date && !field->is_list) {
      marks_[top().mark] = Mark::null;  // an emptied box of a form
      return;
    }
    void* into = place(*field);
    if (!into) return;
    if (field->kind == FieldKind::text) return text(value, *field, *static_cast<std::string*>(into));
    if (std::optional<std::string> expected = read_text(value, *field, into))
      note_here(field->kind == FieldKind::choice ? JsonFaultKind::not_a_choice : JsonFaultKind::wrong_type,
                "Write " + *expected + ".");
  }

  void text(std::string_view value, const FieldShape& field, std::string& into) {
    if (rules_ == Rules::form_only) {
      into.assign(value);
      return;
    }
    std::optional<std::string> clean = trimmed_nfc(value);
    if (!clean)
      return note_here(JsonFaultKind::not_utf8, "This is no text: it is not UTF-8, or marks pile up on a letter.");
    // Only an escape can bring it, and texts with escapes come in parts.
    if (!text_.empty() && clean->find('\0') != std::string::npos)
      return note_here(JsonFaultKind::wrong_type, std::string(nul_refused));
    const std::int64_t longest = longest_text(field);
    if (static_cast<std::int64_t>(clean->size()) > longest &&
        static_cast<std::int64_t>(length_in_characters(*clean)) > longest)
      return note_here(JsonFaultKind::too_long, "Write at most " + std::to_string(longest) + " characters.");
    into = std::move(*clean);
  }

  void wrong_type() {
    if (open_ == 0) return note(JsonFaultKind::wrong_type, "", root_text_ ? "Write text." : "Write an object.");
    const Frame& at = top();
    if (!at.field) return;  // an unknown or second member, noted at its name
    if (at.in_list && !next_element()) return;
    if (at.field->is_list && !at.in_list) return note_here(JsonFaultKind::wrong_type, "Write a list.");
    if (at.field->kind == FieldKind::decimal)
      return note_here(JsonFaultKind::wrong_type, "Write quantities as text, for example \"12.5\".");
    note_here(JsonFaultKind::wrong_type, "Write " + expectation(*at.field) + ".");
  }

  void note_missing() {
    const Frame& at = top();
    for (std::size_t i = 0; i < at.shape->fields.size(); ++i) {
      const FieldShape& field = at.shape->fields[i];
      const Mark mark = marks_[at.first_mark + i];
      if (!field.required || mark == Mark::faulty) continue;
      if (mark != Mark::given || is_blank(field, at.owner))
        note_member(JsonFaultKind::missing, field.name, "This is needed: " + std::string(field.sentence));
    }
  }
  static bool is_blank(const FieldShape& field, void* owner) {
    void* member = field.member(owner);
    if (field.is_list) return field.size(member) == 0;
    return field.kind == FieldKind::text && static_cast<std::string*>(field.value(member, 0))->empty();
  }

  /// Pointer to the object of the innermost frame.
  std::string pointer_to_object() const {
    std::string out;
    for (std::size_t i = 0; i + 1 < open_; ++i) append_step(out, frames_[i]);
    return out;
  }
  static void append_step(std::string& out, const Frame& frame) {
    out += '/', out += frame.field->name;
    if (frame.in_list) out += '/', out += std::to_string(frame.count - 1);
  }
  void note(JsonFaultKind kind, std::string pointer, std::string detail) {
    if (faults_.size() < most_faults) faults_.push_back({kind, std::move(pointer), std::move(detail)});
  }
  void note_here(JsonFaultKind kind, std::string detail) {
    std::string pointer = pointer_to_object();
    append_step(pointer, top());
    marks_[top().mark] = Mark::faulty;
    note(kind, std::move(pointer), std::move(detail));
  }
  void note_member(JsonFaultKind kind, std::string_view name, std::string detail) {
    std::string pointer = pointer_to_object() + "/";
    append_escaped(pointer, name);
    note(kind, std::move(pointer), std::move(detail));
  }

  Rules rules_;
  std::vector<JsonFault>& faults_;
  const Shape* root_shape_ = nullptr;
  void* root_ = nullptr;
  std::string* root_text_ = nullptr;
  std::array<Frame, deepest + 1> frames_;
  std::size_t open_ = 0, skip_ = 0;
  std::vector<Mark> marks_;
  std::string text_;  // a key or string that comes in parts
};

/// Feeds the whole text to the reader; when it is no JSON, that is the only fault.
template <class... Arguments>
bool parse(std::string_view text, std::vector<JsonFault>& faults, Arguments&&... arguments) {
  const auto refuse = [&](JsonFaultKind kind, std::string detail) {
    faults.assign(1, JsonFault{kind, "", std::move(detail)});
    return false;
  };
  if (!is_utf8(text)) return refuse(JsonFaultKind::not_utf8, "This text is not UTF-8.");
  boost::json::parse_options options;
  options.max_depth = deepest;
  options.allow_invalid_utf8 = true;  // checked just now, all of it and faster
  boost::json::basic_parser<Reader> parser(options, std::forward<Arguments>(arguments)..., faults);
  boost::json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (error == boost::json::error::too_deep)
    return refuse(JsonFaultKind::too_deep, "This is nested too deeply; at most 64 levels are read.");
  if (error)
    return refuse(JsonFaultKind::malformed,
                  "This is not JSON (at byte " + std::to_string(read) + ": " + error.message() + ").");
  if (const std::size_t more = text.find_first_not_of(" \t\r\n", read); more != std::string_view::npos)
    return refuse(JsonFaultKind::malformed,
                  "There is something after the end of the JSON text (at byte " + std::to_string(more) + ").");
  return faults.empty() && parser.handler().got_text();
}

}  // namespace

std::vector<JsonFault> read_json(std::string_view text, const Shape& shape, void* value) {
  std::vector<JsonFault> faults;
  parse(text, faults, shape, value, Rules::all);
  return faults;
}

bool read_written_json(std::string_view text, const Shape& shape, void* value) {
  std::vector<JsonFault> faults;
  return parse(text, faults, shape, value, Rules::form_only);
}

bool read_field_json(std::string_view text, const FieldShape& field, void* owner) {
  field.clear(field.member(owner));
  std::vector<JsonFault> faults;
  return parse(text, faults, field, owner);
}

bool json_string(std::string_view text, std::string& value) {
  std::vector<JsonFault> faults;
  return parse(text, faults, value);
}

std::optional<std::string> read_text(std::string_view text, const FieldShape& field, void* value) {
  switch (field.kind) {
    case FieldKind::text: {
      std::optional<std::string> clean = trimmed_nfc(text);
      if (!clean || clean->find('\0') != std::string::npos) return "text in UTF-8";
      if (const std::int64_t longest = longest_text(field);
          static_cast<std::int64_t>(length_in_characters(*clean)) > longest)
        return "at most " + std::to_string(longest) + " characters";
      *static_cast<std::string*>(value) = std::move(*clean);
      return std::nullopt;
    }
    case FieldKind::boolean:
      if (text != "true" && text != "false") break;
      *static_cast<bool*>(value) = text == "true";
      return std::nullopt;
    case FieldKind::integer: {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error == std::errc::result_out_of_range) return range(field);
      if (error != std::errc{} || end != text.data() + text.size()) break;
      if (!in_range(number, field) || !set_integer(number, field, value)) return range(field);
      return std::nullopt;
    }
    case FieldKind::choice:
      for (std::size_t i = 0; i < field.choices.size(); ++i)
        if (field.choices[i] == text) return field.set_integer(value, static_cast<std::int64_t>(i)), std::nullopt;
      break;
    case FieldKind::decimal:
      if (const std::optional<Decimal> decimal = Decimal::parse(text))
        return *static_cast<Decimal*>(value) = *decimal, std::nullopt;
      break;
    case FieldKind::date:
      if (const std::optional<Date> date = Date::parse_last_of_month(text))
        return *static_cast<Date*>(value) = *date, std::nullopt;
      break;
    case FieldKind::written_time:
      if (const std::optional<WrittenTime> time = WrittenTime::parse(text))
        return *static_cast<WrittenTime*>(value) = *time, std::nullopt;
      break;
    case FieldKind::object: {
      const std::vector<JsonFault> faults = read_json(text, *field.object(), value);
      if (faults.empty()) return std::nullopt;
      const JsonFault& first = faults.front();
      return first.pointer.empty() ? "a JSON object" : "a JSON object (" + first.pointer + ": " + first.detail + ")";
    }
  }
  return expectation(field);
}

}  // namespace lotbook
