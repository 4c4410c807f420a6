// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utf8proc.h>

namespace lotbook {

namespace {

constexpr int most_marks = 30;  // on one letter, as Unicode's Stream-Safe Text Format; no script needs more

bool is_ascii(std::string_view text) {
  const auto eight_at = [&](std::size_t at) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    return eight;
  };
  constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;
  if (text.size() < 8) {
    unsigned seen = 0;
    for (const char c : text) seen |= static_cast<unsigned char>(c);
    return seen < 0x80;
  }
  for (std::size_t at = 0; at + 8 <= text.size(); at += 8)
    if (eight_at(at) & high_bits) return false;
  return (eight_at(text.size() - 8) & high_bits) == 0;  // the last ones, some of them again
}
bool is_ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Next code point, or -1 when the bytes are not UTF-8; moves `at` on.
std::int32_t next(std::string_view text, std::size_t& at) {
  utf8proc_int32_t point = -1;
  const utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                                   static_cast<utf8proc_ssize_t>(text.size() - at), &point);
  if (length <= 0) return -1;
  at += static_cast<std::size_t>(length);
  return point;
}

void append(std::string& out, std::int32_t point) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t length = utf8proc_encode_char(point, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

std::optional<std::string> mapped(std::string_view text, int options) {
  utf8proc_uint8_t* bytes = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &bytes, static_cast<utf8proc_option_t>(options));
  if (length < 0) return std::nullopt;
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  std::free(bytes);
  return out;
}

bool is_blank(std::int32_t point) {
  if (point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85) return true;
  const utf8proc_category_t category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

std::string_view trimmed(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t at = begin;
    if (!is_blank(next(text, at))) break;
    begin = at;
  }
  std::size_t end = begin;
  for (std::size_t at = begin; at < text.size();) {
    if (!is_blank(next(text, at))) end = at;
  }
  return text.substr(begin, end - begin);
}

std::string_view trimmed_ascii(std::string_view text) {
  while (!text.empty() && is_ascii_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Well-formed, and no letter carries so many marks that bringing them into order would take for ever.
bool can_be_normalized(std::string_view text) {
  int marks = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::int32_t point = next(text, at);
    if (point < 0) return false;
    marks = utf8proc_get_property(point)->combining_class == 0 ? 0 : marks + 1;
    if (marks > most_marks) return false;
  }
  return true;
}

constexpr int fold_options = UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

/// Letters of other scripts that print like a Latin letter or a digit, in capitals or small, after folding.
std::int32_t plain_letter(std::int32_t point) {
  switch (point) {
    case 0x430:
    case 0x3B1: return 'a';
    case 0x432:
    case 0x3B2: return 'b';
    case 0x441: return 'c';
    case 0x435:
    case 0x3B5: return 'e';
    case 0x43D:
    case 0x3B7: return 'h';
    case 0x4BB: return 'h';
    case 0x456:
    case 0x4CF:
    case 0x3B9:
    case 0x131: return '1';
    case 0x437: return '3';
    case 0x501: return 'd';
    case 0x261: return 'g';
    case 0x51B: return 'q';
    case 0x51D: return 'w';
    case 0x458: return 'j';
    case 0x43A:
    case 0x3BA: return 'k';
    case 0x43C:
    case 0x3BC: return 'm';
    case 0x3BD: return 'n';
    case 0x43E:
    case 0x3BF: return '0';
    case 0x440:
    case 0x3C1: return 'p';
    case 0x455: return 's';
    case 0x442:
    case 0x3C4: return 't';
    case 0x445:
    case 0x3C7: return 'x';
    case 0x443:
    case 0x4AF:
    case 0x3C5: return 'y';
    case 0x3B6: return 'z';
    default: return point;
  }
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// One folded ASCII character.
void append_skeleton(std::string& out, char c) {
  if (is_ascii_blank(c) || c == '-') return;
  out += c == 'o' ? '0' : c == 'i' || c == 'l' || c == '|' ? '1' : c;
}

bool is_dash(std::int32_t point) {
  // The minus, the hyphen bullet and the modifier minus are dashes to the eye, not by category.
  return utf8proc_category(point) == UTF8PROC_CATEGORY_PD || point == 0x2212 || point == 0x2043 || point == 0x2D7;
}

}  // namespace

bool is_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  for (std::size_t at = 0; at < text.size();)
    if (next(text, at) < 0) return false;
  return true;
}

std::optional<std::string> trimmed_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(trimmed_ascii(text));
  if (!can_be_normalized(text)) return std::nullopt;
  std::optional<std::string> composed = mapped(text, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  if (!composed) return std::nullopt;
  return std::string(trimmed(*composed));
}

std::size_t length_in_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool has_forbidden_character(std::string_view utf8) {
  if (is_ascii(utf8)) return std::any_of(utf8.begin(), utf8.end(), [](char c) { return c < 0x20 || c == 0x7f; });
  for (std::size_t at = 0; at < utf8.size();) {
    const std::int32_t point = next(utf8, at);
    if (point < 0) return true;
    switch (utf8proc_category(point)) {
      case UTF8PROC_CATEGORY_CC:
      case UTF8PROC_CATEGORY_CF:
      case UTF8PROC_CATEGORY_CS:
      case UTF8PROC_CATEGORY_CO:
      case UTF8PROC_CATEGORY_CN:
      case UTF8PROC_CATEGORY_ZL:
      case UTF8PROC_CATEGORY_ZP: return true;
      default: break;
    }
    // Default ignorable characters that are letters or marks by category, such as fillers and variation selectors.
    if (utf8proc_get_property(point)->ignorable) return true;
  }
  return false;
}

std::string folded(std::string_view utf8) {
  if (is_ascii(utf8)) {
    std::string out(utf8);
    for (char& c : out) c = lower(c);
    return out;
  }
  if (!can_be_normalized(utf8)) return std::string(utf8);
  return mapped(utf8, UTF8PROC_STABLE | UTF8PROC_COMPOSE | fold_options).value_or(std::string(utf8));
}

std::string skeleton(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  if (is_ascii(utf8)) {
    for (const char c : utf8) append_skeleton(out, lower(c));
    return out.empty() ? std::string(utf8) : out;  // a code of dashes alone still needs a place of its own
  }
  // Taken apart, so that a look-alike letter is found under its accent too.
  std::string plain(utf8);
  if (can_be_normalized(utf8))
    plain = mapped(utf8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | fold_options).value_or(plain);
  for (std::size_t at = 0; at < plain.size();) {
    if (static_cast<unsigned char>(plain[at]) < 0x80) {
      append_skeleton(out, plain[at++]);
      continue;
    }
    const std::int32_t point = next(plain, at);
    if (point < 0) break;
    if (!is_blank(point) && !is_dash(point)) append(out, plain_letter(point));
  }
  return out.empty() ? plain : out;
}

}  // namespace lotbook
