// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "commands/executor.h"

// Commands as a client sends and logs them, and the checks that hold for any book whatever happened to it.

namespace lotbook {

struct Sent {
  std::string key, name, json;
};

inline constexpr const char* crash_client = "crash";

/// As at the edge: reads the JSON. Throws when it is not well formed; tests send nothing like that.
Asked asked_of(const Sent& sent);
/// The answer in full when it was posted, else empty.
std::string posted_text(const Outcome& outcome);
/// "posted {…}", "unknown …" or "refused CODE: …", for logs and messages.
std::string outcome_text(const Outcome& outcome);

/// Master data and the lots that everybody draws from: lots SHARED-0 … SHARED-3 of FLOUR in ST1.
std::vector<Sent> set_up_commands();

/// Commands of one client at work: receives lots of its own, moves and dispatches from them and from the shared ones;
/// some are refused because too little is there.
class Work {
 public:
  Work(std::string prefix, std::uint64_t seed) : prefix_(std::move(prefix)), random_(seed) {}
  Sent next();

 private:
  Sent receive(const std::string& key);
  Sent take(const std::string& key, bool moves);
  std::string prefix_;
  std::mt19937_64 random_;
  std::uint64_t count_ = 0;
  std::vector<std::string> lots_;  ///< own ones, in ST1
};

/// The set-up and then `count` commands that are posted in whatever order they come.
std::vector<Sent> small_workload(std::size_t count);

/// What a book holds, and what is wrong with it.
struct BookState {
  std::vector<std::string> faults;
  struct Command {
    std::uint64_t seq;
    Bytes digest;
  };
  std::unordered_map<std::string, Command> commands;  ///< by idempotency key
  std::uint64_t last_seq = 0;
};
/// Reads every entry: numbers without gaps, the chain, each key once, and the tables as the entries alone make them.
BookState read_book(Store& store);

}  // namespace lotbook
