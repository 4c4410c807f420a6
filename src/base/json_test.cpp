// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/test_seed.h"

using namespace lotbook;

enum class Colour : std::uint8_t { red, green };
template <>
struct lotbook::Choices<Colour> {
  static constexpr std::array<std::string_view, 2> names{"red", "green"};
};

namespace {

struct Part {
  std::string name;
  Decimal quantity;
  static constexpr auto fields() {
    return field_list(field<&Part::name>("name", "What it is called.").required().at_most(5),
                      field<&Part::quantity>("quantity", "How much.").required().example("12.5"));
  }
  bool operator==(const Part&) const = default;
};

struct Whole {
  std::string code;
  std::string note = "as before";
  bool is_held = false;
  std::int32_t count = 3;
  std::uint8_t small = 0;
  std::uint64_t large = 0;
  Date made_on;
  std::optional<Date> sold_on;
  WrittenTime seen_at;
  Colour colour = Colour::red;
  std::optional<Colour> second_colour;
  std::optional<Decimal> weight;
  std::optional<std::string> remark;
  std::optional<Part> spare;
  std::vector<Part> parts;
  std::vector<std::string> words;
  std::vector<std::int64_t> numbers;
  static constexpr auto fields() {
    using W = Whole;
    return field_list(field<&W::code>("code", "Its code.").required().at_most(10).example("C1"),
                      field<&W::note>("note", "A note."), field<&W::is_held>("is_held", "Whether it is held."),
                      field<&W::count>("count", "How many.").between(1, 9),
                      field<&W::small>("small", "A small number."), field<&W::large>("large", "A large number."),
                      field<&W::made_on>("made_on", "Day."), field<&W::sold_on>("sold_on", "Day, if sold."),
                      field<&W::seen_at>("seen_at", "Moment."), field<&W::colour>("colour", "Colour."),
                      field<&W::second_colour>("second_colour", "Second colour."),
                      field<&W::weight>("weight", "Weight."), field<&W::remark>("remark", "Remark."),
                      field<&W::spare>("spare", "Spare part."), field<&W::parts>("parts", "Parts.").at_most(3),
                      field<&W::words>("words", "Words."), field<&W::numbers>("numbers", "Numbers.").at_most(4));
  }
  bool operator==(const Whole&) const = default;
};

struct Must {
  Date day;
  WrittenTime moment;
  std::vector<Part> parts;
  std::optional<Decimal> weight;
  static constexpr auto fields() {
    return field_list(field<&Must::day>("day", "Day.").required(), field<&Must::moment>("moment", "Moment.").required(),
                      field<&Must::parts>("parts", "Parts.").required(),
                      field<&Must::weight>("weight", "Weight.").required());
  }
};

/// All faults as "kind pointer", sorted.
template <class T = Whole>
std::vector<std::string> faults_of(std::string_view text) {
  constexpr const char* kinds[] = {"malformed",    "duplicate", "unknown_field", "missing",  "wrong_type",
                                   "not_a_choice", "range",     "too_long",      "not_utf8", "too_deep"};
  T value;
  std::vector<std::string> out;
  for (const JsonFault& fault : read_json(text, value)) {
    CHECK(fault.detail.ends_with('.') + fault.detail.ends_with(").") > 0);
    out.push_back(std::string(kinds[static_cast<int>(fault.kind)]) + " " + fault.pointer);
  }
  std::sort(out.begin(), out.end());
  return out;
}
std::vector<std::string> fault_of_member(const std::string& member) {
  return faults_of("{\"code\":\"C\"," + member + "}");
}
using List = std::vector<std::string>;

Whole read(const std::string& text) {
  Whole value;
  for (const JsonFault& fault : read_json(text, value)) FAIL(fault.pointer << " " << fault.detail);
  return value;
}
const FieldShape& field_named(std::string_view name) { return *shape_of<Whole>().find(name); }

}  // namespace

TEST_CASE("JSON fills the struct of a field list") {
  const Whole value = read(R"( {"code":" C\u00e4\t1 ","is_held":true,"count":9,"small":255,"large":9223372036854775807,
      "made_on":"2026-11","sold_on":"2026-11-30","seen_at":"2026-03-02T09:15+01:00","colour":"green",
      "second_colour":"red","weight":"1.50","remark":"","spare":{"quantity":"2","name":"nut"},
      "parts":[{"name":"a","quantity":"1"},{"name":"b","quantity":"-0.5"}],"words":["x","y"],"numbers":[-1,0]} )");
  CHECK(value.code == "C\u00e4\t1");
  CHECK(value.note == "as before");
  CHECK(value.is_held);
  CHECK(value.count == 9);
  CHECK(value.small == 255);
  CHECK(value.large == INT64_MAX);
  CHECK(value.made_on == Date::of(2026, 11, 30));
  CHECK(value.sold_on == Date::of(2026, 11, 30));
  CHECK(value.seen_at.interval.length == microseconds_per_minute);
  CHECK(value.colour == Colour::green);
  CHECK(value.second_colour == Colour::red);
  CHECK(value.weight == Decimal::parse("1.5"));
  CHECK(value.remark == "");
  CHECK(value.spare.value().name == "nut");
  CHECK(value.parts == std::vector<Part>{{"a", Decimal::whole(1)}, {"b", Decimal::from_millionths(-500'000)}});
  CHECK(value.words == List{"x", "y"});
  CHECK(value.numbers == std::vector<std::int64_t>{-1, 0});
}

TEST_CASE("null means not given: defaults stay, what is needed is missing") {
  CHECK(read(R"({"code":"C","note":null,"count":null,"parts":null,"made_on":null,"sold_on":"","spare":null})") ==
        read(R"({"code":"C"})"));
  CHECK(faults_of(R"({"code":null})") == List{"missing /code"});
  CHECK(faults_of(R"({})") == List{"missing /code"});
  CHECK(faults_of(R"({"code":" \u2003 "})") == List{"missing /code"});
  const List all = {"missing /day", "missing /moment", "missing /parts", "missing /weight"};
  CHECK(faults_of<Must>("{}") == all);
  CHECK(faults_of<Must>(R"({"day":null,"moment":null,"parts":null,"weight":null})") == all);
  CHECK(faults_of<Must>(R"({"day":"","moment":"2026-01-01","parts":[],"weight":"0"})") ==
        List{"missing /day", "missing /parts"});
}

TEST_CASE("all faults are found at once, each with its pointer") {
  CHECK(faults_of(R"({"parts":[{"name":"toolong","quantity":1.5},{"nam/e~":1},7,null],"count":10,"colour":"blue",
      "weight":12,"is_held":"true","code":"C","code":"D"})") ==
        List{"duplicate /code", "missing /parts/1/name", "missing /parts/1/quantity", "not_a_choice /colour",
             "range /count", "range /parts/3", "too_long /parts/0/name", "unknown_field /parts/1/nam~1e~0",
             "wrong_type /is_held", "wrong_type /parts/0/quantity", "wrong_type /parts/2", "wrong_type /weight"});
}

TEST_CASE("a quantity is text and says so") {
  Whole value;
  const std::vector<JsonFault> faults = read_json(R"({"code":"C","weight":12.5})", value);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].detail == "Write quantities as text, for example \"12.5\".");
  CHECK(fault_of_member(R"("weight":"1,5")") == List{"wrong_type /weight"});
  CHECK(fault_of_member(R"("weight":"1.0000001")") == List{"wrong_type /weight"});
  CHECK(fault_of_member(R"("weight":" 1")") == List{"wrong_type /weight"});
}

TEST_CASE("integers are whole JSON numbers within the limits of the field and its type") {
  for (const char* bad : {"1.0", "1e0", "\"1\"", "true", "[1]", "{}"}) {
    INFO(bad);
    CHECK(fault_of_member("\"count\":" + std::string(bad)) == List{"wrong_type /count"});
  }
  for (const char* bad : {"0", "10", "-1", "9999999999", "18446744073709551615"}) {
    INFO(bad);
    CHECK(fault_of_member("\"count\":" + std::string(bad)) == List{"range /count"});
  }
  CHECK(fault_of_member("\"small\":256") == List{"range /small"});
  CHECK(fault_of_member("\"small\":-1") == List{"range /small"});
  CHECK(fault_of_member("\"large\":-1") == List{"range /large"});
  CHECK(fault_of_member("\"large\":9223372036854775808") == List{"range /large"});
  CHECK(fault_of_member("\"numbers\":[9,9223372036854775808]") == List{"range /numbers/1"});
  CHECK(read(R"({"code":"C","numbers":[9223372036854775807,-9223372036854775808]})").numbers.size() == 2);
}

TEST_CASE("other types than the field's are refused, once for each") {
  CHECK(fault_of_member(R"("note":7)") == List{"wrong_type /note"});
  CHECK(fault_of_member(R"("note":{"a":{"b":[1,{"c":2}]}})") == List{"wrong_type /note"});
  CHECK(fault_of_member(R"("spare":[{"name":"a"}])") == List{"wrong_type /spare"});
  CHECK(fault_of_member(R"("spare":"a")") == List{"wrong_type /spare"});
  CHECK(fault_of_member(R"("parts":{"name":"a"})") == List{"wrong_type /parts"});
  CHECK(fault_of_member(R"("parts":"a")") == List{"wrong_type /parts"});
  CHECK(fault_of_member(R"("parts":[[{"name":"a"}]])") == List{"wrong_type /parts/0"});
  CHECK(fault_of_member(R"("words":["a",1,null,"b",["c"]])") ==
        List{"wrong_type /words/1", "wrong_type /words/2", "wrong_type /words/4"});
  CHECK(fault_of_member(R"("made_on":"2026-02-30")") == List{"wrong_type /made_on"});
  CHECK(fault_of_member(R"("seen_at":"2026-02-03T10:00")") == List{"wrong_type /seen_at"});
  CHECK(fault_of_member(R"("is_held":null,"is_held":true)") == List{"duplicate /is_held"});
  CHECK(fault_of_member(R"("spare":{"name":"a","quantity":"1","name":"b"})") == List{"duplicate /spare/name"});
  for (const char* root : {"7", "\"a\"", "null", "true", "[]", "[{}]", "1.5"}) {
    INFO(root);
    CHECK(faults_of(root) == List{"wrong_type "});
  }
}

TEST_CASE("text is counted in characters and kept without U+0000") {
  CHECK(read(R"({"code":"\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4"})").code.size() == 20);
  CHECK(read(R"({"code":"  ten chars_  "})").code == "ten chars_");
  CHECK(read(R"({"code":"e\u0301"})").code == "\u00e9");
  CHECK(faults_of(R"({"code":"12345678901"})") == List{"too_long /code"});
  CHECK(faults_of(R"({"code":"a\u0000b"})") == List{"wrong_type /code"});
  CHECK(fault_of_member("\"words\":[\"" + std::string(200, 'x') + "\",\"" + std::string(201, 'x') + "\"]") ==
        List{"too_long /words/1"});
}

TEST_CASE("what is no JSON is refused as such and nothing else is said") {
  for (const char* bad : {"",
                          " ",
                          "{",
                          "}",
                          "{\"code\"}",
                          "{\"code\":}",
                          "{\"code\":\"a\",}",
                          "{'code':'a'}",
                          "{\"code\":\"a\"",
                          "{}x",
                          "{}{}",
                          "{\"code\":01}",
                          "{\"code\":+1}",
                          "{\"code\":.5}",
                          "{\"code\":1.}",
                          "{\"code\":NaN}",
                          "nul",
                          "// a\n{}",
                          "{\"code\":\"\\x\"}",
                          "{\"code\":\"a\tb\"}",
                          "{\"code\":\"\\ud800\"}",
                          "{\"code\":\"\\udc00\\ud800\"}",
                          "{\"wrong\":1,\"code\":2",
                          "\xef\xbb\xbf{}"}) {
    INFO(bad);
    CHECK(faults_of(bad) == List{"malformed "});
  }
  for (const char* bad : {"\xff", "{\"code\":\"\xc3\"}", "{\"\xed\xa0\x80\":1}"})
    CHECK(faults_of(bad) == List{"not_utf8 "});
  CHECK(faults_of(std::string_view("{\"code\":\"a\"}\0", 13)) == List{"malformed "});
}

TEST_CASE("64 levels are read, more are too deep") {
  const auto nested = [](std::size_t levels) {
    return "{\"code\":\"C\",\"note\":" + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}";
  };
  CHECK(faults_of(nested(64)) == List{"wrong_type /note"});
  CHECK(faults_of(nested(65)) == List{"too_deep "});
  CHECK(faults_of(std::string(100'000, '[')) == List{"too_deep "});
}

TEST_CASE("a hostile body does not make endless faults") {
  std::string text = "{\"code\":\"C\"";
  for (int i = 0; i < 50'000; ++i) text += ",\"z\":1";
  CHECK(faults_of(text + "}").size() == 1'000);
  std::string list = "{\"code\":\"C\",\"parts\":[";
  for (int i = 0; i < 5'000; ++i) list += "{\"name\":\"a\",\"quantity\":\"1\"},";
  CHECK(faults_of(list + "{}]}") == List{"range /parts/3"});
}

TEST_CASE("a struct is written compact, in the order of its list, unset days and moments as null") {
  CHECK(to_json(Part{"a\"b\\c\n\x01\u00e4", Decimal::parse("1.50").value()}) ==
        "{\"name\":\"a\\\"b\\\\c\\n\\u0001\u00e4\",\"quantity\":\"1.5\"}");
  CHECK(to_json(Whole{}) ==
        R"({"code":"","note":"as before","is_held":false,"count":3,"small":0,"large":0,"made_on":null,"sold_on":null,)"
        R"("seen_at":null,"colour":"red","second_colour":null,"weight":null,"remark":null,"spare":null,"parts":[],)"
        R"("words":[],"numbers":[]})");
}

TEST_CASE("whatever a struct holds comes back from its JSON, whole and field by field") {
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  const auto any = [&](std::uint64_t below) { return random() % below; };
  const auto some_text = [&](std::size_t longest) {
    const char* pieces[] = {"a", "Z", "\"", "\\", "/", "\u00e9", "\u4e2d", "\U0001F9C0", "-", "~", "\x7f", "\n"};
    std::string text = "x";
    for (std::uint64_t n = any(longest - 1); n > 0; --n) text += pieces[any(std::size(pieces))];
    return text + "x";
  };
  const auto some_decimal = [&] {
    return Decimal::from_millionths(static_cast<std::int64_t>(random() >> 1 >> any(63)) * (any(2) ? 1 : -1));
  };
  const auto some_day = [&] { return Date{static_cast<std::int32_t>(any(80'000)) - 20'000}; };
  const auto some_part = [&] { return Part{some_text(5), some_decimal()}; };
  for (int i = 0; i < 3'000; ++i) {
    Whole value;
    value.code = some_text(10), value.note = some_text(100), value.is_held = any(2);
    value.count = static_cast<std::int32_t>(1 + any(9)), value.small = static_cast<std::uint8_t>(any(256));
    value.large = random() >> 1;
    if (any(2)) value.made_on = some_day();
    if (any(2)) value.sold_on = some_day();
    if (any(2)) value.seen_at.day = some_day();
    value.colour = any(2) ? Colour::red : Colour::green;
    if (any(2)) value.second_colour = Colour::green;
    if (any(2)) value.weight = some_decimal();
    if (any(2)) value.remark = some_text(30);
    if (any(2)) value.spare = some_part();
    for (std::uint64_t n = any(4); n > 0; --n) value.parts.push_back(some_part());
    for (std::uint64_t n = any(4); n > 0; --n) value.words.push_back(some_text(20));
    for (std::uint64_t n = any(4); n > 0; --n) value.numbers.push_back(static_cast<std::int64_t>(random()));
    const std::string text = to_json(value);
    CAPTURE(text);
    REQUIRE(read(text) == value);
    Whole by_field, written;
    by_field.note = "other", by_field.parts.resize(2);
    for (const FieldShape& field : shape_of<Whole>().fields)
      REQUIRE(read_field_json(field_json(field, &value), field, &by_field));
    REQUIRE(by_field == value);
    REQUIRE(read_written_json(text, written));
    REQUIRE(written == value);
    // Cut anywhere it is refused, and a changed byte never does harm.
    REQUIRE_FALSE(read_json(text.substr(0, any(text.size())), by_field).empty());
    std::string changed = text;
    changed[any(text.size())] = static_cast<char>(random());
    read_json(changed, by_field);
  }
}

TEST_CASE("what was written is read without the limits of today") {
  Whole value;
  REQUIRE(read_written_json(R"({"code":" a code of other days ","count":77,"numbers":[1,2,3,4,5,6]})", value));
  CHECK(value.code == " a code of other days ");
  CHECK(value.count == 77);
  CHECK(value.numbers.size() == 6);
  CHECK(read_written_json("{}", value));
  for (const char* bad :
       {"[]", "", "{\"other\":1}", "{\"count\":\"1\"}", "{\"count\":99999999999}", "{\"colour\":\"blue\"}"})
    CHECK_FALSE(read_written_json(bad, value));
  CHECK(read_field_json("77", field_named("count"), &value));
  for (const char* bad : {"", "1,\"note\":\"x\"", "1}", "\"1\"", "1 1"}) {
    INFO(bad);
    CHECK_FALSE(read_field_json(bad, field_named("count"), &value));
  }
  CHECK(read_field_json("null", field_named("weight"), &value));
  CHECK_FALSE(value.weight);
}

TEST_CASE("plain text fills a field as flags and files give it") {
  Whole value;
  const auto expected = [&](std::string_view name, std::string_view text) {
    const FieldShape& field = field_named(name);
    return read_text(text, field, field.append(field.member(&value)));
  };
  CHECK_FALSE(expected("code", " C1 "));
  CHECK(value.code == "C1");
  CHECK_FALSE(expected("count", "7"));
  CHECK(value.count == 7);
  CHECK_FALSE(expected("is_held", "true"));
  CHECK(value.is_held);
  CHECK_FALSE(expected("weight", "12.5"));
  CHECK(value.weight->text() == "12.5");
  CHECK_FALSE(expected("made_on", "2026-02"));
  CHECK(value.made_on.text() == "2026-02-28");
  CHECK_FALSE(expected("colour", "green"));
  CHECK_FALSE(expected("spare", R"({"name":"a","quantity":"1"})"));
  CHECK_FALSE(expected("numbers", "-5"));
  CHECK(expected("count", "10") == "a number from 1 to 9");
  CHECK(expected("count", "99999999999999999999") == "a number from 1 to 9");
  CHECK(expected("small", "256") == "a number from 0 to 255");
  for (const char* bad : {"", "1.0", "+1", " 1", "1x", "0x1"}) CHECK(expected("count", bad) == "a whole number");
  CHECK(expected("is_held", "yes") == "true or false");
  CHECK(expected("colour", "blue") == "one of red, green");
  CHECK(expected("code", "12345678901") == "at most 10 characters");
  CHECK(expected("code", "\xff"));
  CHECK(expected("weight", "1e3"));
  CHECK(expected("made_on", "1.2.2026"));
  CHECK(expected("seen_at", "2026-02-03T10:00"));
  CHECK(expected("spare", R"({"name":"a"})").value().find("/quantity") != std::string::npos);
}

TEST_CASE("a JSON text that is one string is read as it stands") {
  std::string value;
  CHECK(json_string(R"( " a\n\u00e4" )", value));
  CHECK(value == " a\n\u00e4");
  CHECK(json_string("\"\"", value));
  CHECK(value.empty());
  for (const char* bad : {"", "1", "null", "[\"a\"]", "{\"a\":\"b\"}", "\"a", "\"a\"\"b\"", "\"a\" 1"}) {
    INFO(bad);
    CHECK_FALSE(json_string(bad, value));
  }
}

TEST_CASE("the schema says what is read and written") {
  CHECK(json_schema(shape_of<Part>()) ==
        R"({"type":"object","properties":{"name":{"description":"What it is called.","type":"string","minLength":1,)"
        R"("maxLength":5},"quantity":{"description":"How much.","type":"string",)"
        R"("pattern":"^-?[0-9]{1,13}(\\.[0-9]{1,6})?$","examples":["12.5"]}},"required":["name","quantity"],)"
        R"("additionalProperties":false})");
  const std::string schema = json_schema(shape_of<Whole>());
  for (const char* part :
       {R"("count":{"description":"How many.","type":"integer","minimum":1,"maximum":9})",
        R"("small":{"description":"A small number.","type":"integer","minimum":0,"maximum":255})",
        R"("made_on":{"description":"Day.","type":["string","null"],"format":"date"})",
        R"("colour":{"description":"Colour.","type":"string","enum":["red","green"]})",
        R"("second_colour":{"description":"Second colour.","type":["string","null"],"enum":["red","green",null]})",
        R"("spare":{"description":"Spare part.","type":["object","null"],"properties":{"name":{)",
        R"("words":{"description":"Words.","type":"array","maxItems":10000,"items":{"type":"string","maxLength":200}})",
        R"("numbers":{"description":"Numbers.","type":"array","maxItems":4,"items":{"type":"integer"}})"}) {
    INFO(part);
    CHECK(schema.find(part) != std::string::npos);
  }
}
