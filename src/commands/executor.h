// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "base/time.h"
#include "commands/table.h"
#include "ledger/book.h"

// The second room: one write transaction for all commands that wait. Each is decided behind those before it; then all
// are written, committed, and only then answered. Knows no single command.

namespace lotbook {

/// A command as it came in.
struct Asked {
  const CommandRow* row = nullptr;
  std::shared_ptr<const void> command;
  Actor actor;
  std::string client;  ///< whose key it is (account, token, device)
  std::string key;     ///< idempotency key; empty only for callers that make one themselves for every call
  Bytes digest;        ///< first 16 bytes of SHA-256 over the command's name and canonical JSON
};

/// Fact of a refusal: the newest entry that it was decided behind.
inline constexpr const char* refused_behind = "as_of_entry";

/// Applied, certainly not applied, or unknown: the same key asks again (design §3, law 8).
struct Unknown {
  std::string detail;
};
using Outcome = std::variant<Posted, Refusals, Unknown>;
using Answer = std::function<void(Outcome)>;

struct Waiting {
  Asked asked;
  Answer answer;
};

/// Decides and posts all that wait, in order, in one commit; then answers each. Does not throw for trouble of the
/// store: that becomes an outcome.
void execute(Book& book, Clock& clock, std::vector<Waiting>& waiting);
/// The same for one command whose caller waits; for the command line and tests.
Outcome execute_one(Book& book, Clock& clock, Asked asked);

Bytes request_digest(std::string_view command_name, const Shape& shape, const void* command);

/// The writer's thread: takes all that wait, executes, takes again. `submit` may be called from any thread.
class Executor {
 public:
  Executor(Book& book, Clock& clock);
  ~Executor();  ///< finishes what waits
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  void submit(Asked asked, Answer answer);
  Outcome call(Asked asked);
  /// Work beside the ledger on the writer's connection (accounts, tokens), done between two batches; waits for it.
  void beside(std::function<void(Transaction&)> work);
  /// Called on the writer's thread after each commit, with the new head.
  void on_commit(std::function<void(const Head&)> hear) { hear_ = std::move(hear); }
  std::size_t waiting() const;

 private:
  void run();
  Book& book_;
  Clock& clock_;
  std::function<void(const Head&)> hear_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiting> queue_;
  std::vector<std::function<void()>> beside_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lotbook
