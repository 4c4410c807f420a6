// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace lotbook {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

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

/// Letters of other scripts that print like a Latin one, after folding.
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
    case 0x456:
    case 0x3B9:
    case 0x131: return '1';
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
    case 0x3C5: return 'y';
    case 0x3B6: return 'z';
    default: return point;
  }
}

}  // namespace

bool is_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  for (std::size_t at = 0; at < text.size();)
    if (next(text, at) < 0) return false;
  return true;
}

std::optional<std::string> trimmed_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(trimmed(text));
  if (!is_utf8(text)) return std::nullopt;
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
    // Default ignorable characters that are letters or marks by category.
    const bool is_invisible = point == 0x34F || point == 0x115F || point == 0x1160 || point == 0x17B4 ||
                              point == 0x17B5 || (point >= 0x180B && point <= 0x180F) || point == 0x3164 ||
                              (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFFA0 ||
                              (point >= 0xE0100 && point <= 0xE01EF);
    if (is_invisible) return true;
  }
  return false;
}

std::string folded(std::string_view utf8) {
  if (is_ascii(utf8)) {
    std::string out(utf8);
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return out;
  }
  return mapped(utf8, UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE)
      .value_or(std::string(utf8));
}

std::string skeleton(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  const std::string plain = folded(utf8);
  for (std::size_t at = 0; at < plain.size();) {
    const char c = plain[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++at;
      if (c == ' ' || c == '-' || c == '_' || (c >= '\t' && c <= '\r')) continue;
      out += c == 'o' ? '0' : c == 'i' || c == 'l' || c == '|' ? '1' : c;
      continue;
    }
    const std::int32_t point = next(plain, at);
    if (point < 0) continue;
    const utf8proc_category_t category = utf8proc_category(point);
    if (category == UTF8PROC_CATEGORY_PD || is_blank(point) || point == 0x2212) continue;
    append(out, plain_letter(point));
  }
  // A code of dashes alone still needs a place of its own.
  return out.empty() ? plain : out;
}

}  // namespace lotbook
