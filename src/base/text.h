// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

// Text as people type it (R9, R10): Unicode in NFC, compared exactly, found without regard to case.

namespace lotbook {

/// For maps keyed by text that are asked with views.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// True when `text` is well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text);
/// NFC, outer blanks (Unicode white space) trimmed. Ill-formed UTF-8, and more than thirty combining marks in a row,
/// give nullopt. Plain ASCII takes a fast path.
std::optional<std::string> trimmed_nfc(std::string_view text);
/// Number of code points.
std::size_t length_in_characters(std::string_view utf8);
/// True when the text holds a control, invisible (default ignorable, zero-width, format) or direction character,
/// or an unassigned or private one. Such text is never a code (R9).
bool has_forbidden_character(std::string_view utf8);
/// Case folded (Unicode NFKC_Casefold-like), for finding without regard to case.
std::string folded(std::string_view utf8);
/// The skeleton by which codes resemble each other (R10): folded, without blanks and dashes of any kind, accents kept
/// but taken apart, O as 0, I, l and | as 1, look-alike Latin/Greek/Cyrillic letters as one. Two codes with the same
/// skeleton resemble each other.
std::string skeleton(std::string_view utf8);

}  // namespace lotbook
