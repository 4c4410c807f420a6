// SPDX-License-Identifier: Apache-2.0
#include "http/password_rules.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "base/text.h"

namespace lotbook {

namespace {

constexpr std::size_t fewest_distinct = 5;
constexpr std::size_t fewest_unforeseen = 5;  ///< characters that are in no word, run, repetition or year

// Words that people think of first, when a program of a warehouse asks them for a password. Longer ones are found by
// their pieces.
constexpr std::array<std::string_view, 96> first_words{
    "password", "passwort", "passwd",   "passord",  "motdepasse",    "contrasena", "haslo",     "parola",
    "senha",    "secret",   "geheim",   "admin",    "administrator", "root",       "guest",     "user",
    "default",  "changeme", "letmein",  "welcome",  "willkommen",    "bienvenue",  "hello",     "hallo",
    "iloveyou", "loveyou",  "sunshine", "princess", "dragon",        "monkey",     "football",  "baseball",
    "master",   "superman", "batman",   "shadow",   "michael",       "jordan",     "charlie",   "thomas",
    "daniel",   "andrea",   "summer",   "winter",   "spring",        "autumn",     "sommer",    "herbst",
    "january",  "february", "march",    "april",    "june",          "july",       "august",    "september",
    "october",  "november", "december", "januar",   "februar",       "monday",     "tuesday",   "wednesday",
    "thursday", "friday",   "saturday", "sunday",   "company",       "factory",    "warehouse", "lager",
    "lotbook",  "batch",    "stock",    "quality",  "qualitaet",     "supervisor", "operator",  "viewer",
    "scanner",  "server",   "computer", "internet", "google",        "microsoft",  "windows",   "office",
    "test",     "temp",     "login",    "access",   "qwerty",        "qwertz",     "azerty",    "trustno"};

// What lies side by side on keyboards and in the alphabet; read in both directions.
constexpr std::array<std::string_view, 8> rows{"abcdefghijklmnopqrstuvwxyz",
                                               "01234567890",
                                               "qwertyuiop",
                                               "qwertzuiop",
                                               "azertyuiop",
                                               "asdfghjkl",
                                               "zxcvbnm",
                                               "yxcvbnm"};

/// Small letters, with figures and signs that stand for letters read as these.
std::string as_letters(std::string_view folded_text) {
  std::string letters(folded_text);
  for (char& c : letters) switch (c) {
      case '0': c = 'o'; break;
      case '1':
      case '!': c = 'i'; break;
      case '3': c = 'e'; break;
      case '4':
      case '@': c = 'a'; break;
      case '5':
      case '$': c = 's'; break;
      case '7': c = 't'; break;
      default: break;
    }
  return letters;
}

class Foreseen {
 public:
  explicit Foreseen(std::string_view text) : text_(text), is_foreseen_(text.size()) {}

  void words(std::string_view in, std::string_view word) {
    if (word.size() < 3) return;
    for (auto at = in.find(word); at != std::string_view::npos; at = in.find(word, at + 1)) mark(at, word.size());
  }
  void runs() {
    for (std::size_t at = 0; at + 3 <= text_.size(); ++at)
      for (const std::string_view row : rows) {
        mark_run(at, row);
        mark_run(at, std::string(row.rbegin(), row.rend()));
      }
  }
  /// The same piece again right behind itself: "aaa", "abcabc".
  void repetitions() {
    for (std::size_t length = 1; length <= text_.size() / 2; ++length)
      for (std::size_t at = 0; at + 2 * length <= text_.size(); ++at)
        if (text_.substr(at, length) == text_.substr(at + length, length) && (length > 1 || is_third(at)))
          mark(at + length, length);
  }
  void years() {
    for (std::size_t at = 0; at + 4 <= text_.size(); ++at) {
      const std::string_view four = text_.substr(at, 4);
      const bool is_number = std::all_of(four.begin(), four.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (is_number && (four.starts_with("19") || four.starts_with("20"))) mark(at, 4);
    }
  }
  std::size_t unforeseen() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text_.size(); ++i)
      count += !is_foreseen_[i] && (static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U;
    return count;
  }

 private:
  void mark(std::size_t at, std::size_t length) {
    std::fill_n(is_foreseen_.begin() + static_cast<std::ptrdiff_t>(at), length, true);
  }
  void mark_run(std::size_t at, std::string_view row) {
    const auto begin = row.find(text_[at]);
    if (begin == std::string_view::npos) return;
    std::size_t length = 0;
    while (at + length < text_.size() && begin + length < row.size() && text_[at + length] == row[begin + length])
      ++length;
    if (length >= 3) mark(at, length);
  }
  bool is_third(std::size_t at) const {
    return (at > 0 && text_[at - 1] == text_[at]) || (at + 2 < text_.size() && text_[at + 2] == text_[at]);
  }

  std::string_view text_;
  std::vector<bool> is_foreseen_;
};

}  // namespace

std::optional<std::string> password_form(std::string_view typed) { return trimmed_nfc(typed); }

std::optional<std::string> password_weakness(std::string_view password, std::span<const std::string> names) {
  if (length_in_characters(password) < shortest_password)
    return "A password has at least " + std::to_string(shortest_password) +
           " characters. Several words that have nothing to do with each other are easy to keep in mind.";
  const std::string text = folded(password), letters = as_letters(text);
  if (std::set<char>(text.begin(), text.end()).size() < fewest_distinct)
    return "It is made of very few different characters. Take several words instead.";
  Foreseen foreseen(text);
  for (const std::string_view word : first_words) foreseen.words(text, word), foreseen.words(letters, word);
  bool has_name = false;
  for (const std::string& name : names) {
    const std::string word = folded(name);
    has_name |= word.size() >= 3 && text.find(word) != std::string::npos;
    foreseen.words(text, word), foreseen.words(letters, word);
  }
  foreseen.runs(), foreseen.repetitions(), foreseen.years();
  if (foreseen.unforeseen() >= fewest_unforeseen) return std::nullopt;
  return has_name ? "It is hardly more than a name that everybody knows here. Take several words instead."
                  : "Others would try that first: it is made of common words, rows of keys, repetitions or years. Take "
                    "several words that have nothing to do with each other.";
}

}  // namespace lotbook
