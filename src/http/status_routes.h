// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>

#include "base/fields.h"
#include "commands/executor.h"
#include "http/metrics.h"
#include "http/readers.h"
#include "http/routes.h"
#include "http/workers.h"

// What machines ask about the server itself: is the process there, can it work, how is it doing.

namespace lotbook {

struct AliveAnswer {
  bool alive = true;
  std::string version = LOTBOOK_VERSION;
  static constexpr auto fields() {
    using A = AliveAnswer;
    return field_list(field<&A::alive>("alive", "The process lives."),
                      field<&A::version>("version", "Of the program."));
  }
};
struct ReadyAnswer {
  bool ready = false;
  std::uint64_t entry = 0;
  std::string why_not;
  std::vector<std::string> warnings;
  static constexpr auto fields() {
    using R = ReadyAnswer;
    return field_list(field<&R::ready>("ready", "The book can be read and written."),
                      field<&R::entry>("entry", "Number of the newest entry."),
                      field<&R::why_not>("why_not", "What is in the way."),
                      field<&R::warnings>("warnings", "What wants to be looked at, though the server works."));
  }
};

/// Whether the server can do its work: the book is readable, its writer answers, and no law was broken.
class Readiness {
 public:
  /// `warns` tells what else is not as it should be.
  using Warns = std::function<std::vector<std::string>()>;
  Readiness(Book& book, Executor& executor, Readers& readers, Warns warns)
      : book_(book), executor_(executor), readers_(readers), warns_(std::move(warns)) {}

  /// Blocks for two seconds at most.
  ReadyAnswer look();

 private:
  bool writer_answers();

  Book& book_;
  Executor& executor_;
  Readers& readers_;
  Warns warns_;
  std::mutex mutex_;
  std::condition_variable heard_;
  std::uint64_t asked_ = 0, answered_ = 0;
  Workers prober_{{1, 1}};  // waits for the writer in place of whoever asks; last, so that it ends first
};

/// GET /healthz, /readyz and /metrics; `metrics_text` says what the last one answers.
void add_status_routes(Routes& routes, Readiness& readiness, Workers& workers,
                       std::function<std::string()> metrics_text);

}  // namespace lotbook
