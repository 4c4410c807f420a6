// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>

#include "trial.h"

// Thousands of random commands against a naive book written from the rules.
// proves: R28, R32, R40, R65, R85, R89

namespace lotbook::model {

namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::string as_text(const Played& played) {
  std::string all;
  for (std::size_t i = 0; i < played.sent.size(); ++i) {
    const Asked& asked = played.sent[i];
    const std::string seq = i < played.seqs.size() && played.seqs[i] ? std::to_string(played.seqs[i]) : "-";
    all += seq + " " + text_of_time(asked.now) + " " + asked.who + " " + asked.name + " " + asked.body.json() + "\n";
  }
  return all;
}

}  // namespace

/// LOTBOOK_SEED plays that seed, alone or as the first of those that LOTBOOK_COMMANDS takes; LOTBOOK_SHOW prints the
/// commands, LOTBOOK_SHRINK looks for fewer that show the same disagreement.
TEST_CASE("random commands: the book says what the rules say") {
  constexpr int per_history = 400;
  const bool is_one = std::getenv("LOTBOOK_SEED") != nullptr;
  const std::uint64_t commands = number_from("LOTBOOK_COMMANDS", is_one ? per_history : 8000);
  const std::uint64_t first = number_from("LOTBOOK_SEED", 1);
  const std::uint64_t seeds = (commands + per_history - 1) / per_history;
  std::map<std::string, int> posted, refused, codes;
  int left_open = 0;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    const Played played = play_random(seed, commands < per_history ? static_cast<int>(commands) : per_history);
    for (const auto& [name, times] : played.posted) posted[name] += times;
    for (const auto& [name, times] : played.refused) refused[name] += times;
    for (const auto& [code, times] : played.codes) codes[code] += times;
    left_open += played.left_open;
    if (std::getenv("LOTBOOK_SHOW")) std::cout << as_text(played);
    if (played.disagreement.empty()) continue;
    const Played shorter = std::getenv("LOTBOOK_SHRINK") ? shrink(played) : Played();
    FAIL_CHECK("seed " << seed << ", command " << played.sent.size() << ": " << played.disagreement << "\n"
                       << (shorter.sent.empty() ? "LOTBOOK_SHRINK=1 looks for fewer commands."
                                                : as_text(shorter) + shorter.disagreement));
  }
  if (commands >= 8000) CHECK(posted.size() > 42);  // nearly every command there is
  std::string all;
  for (const auto& [name, times] : posted)
    all += " " + name + " " + std::to_string(times) + "/" + std::to_string(refused[name]);
  all += "\nrefusals:";
  for (const auto& [code, times] : codes) all += " " + code + " " + std::to_string(times);
  std::cout << "posted/refused:" << all << "\nleft open by the rules: " << left_open << "\n";
}

}  // namespace lotbook::model
