// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "model/entry.h"

// Who came in and who was kept out becomes entries of the ledger, behind the request and on a thread of its own: it
// slows nobody down, and nobody can fill the book with it. What happens again and again is counted and stands once;
// all together there are only so many entries a minute, the first at once.

namespace lotbook {

/// What waits to be noted. Not thread-safe.
class NoteQueue {
 public:
  struct Limits {
    std::int64_t quiet_microseconds = 15 * microseconds_per_minute;  ///< for the same failure of the same name
    std::int64_t refill_microseconds = 10 * microseconds_per_second;
    unsigned burst = 30;             ///< entries at once
    std::size_t most_kinds = 1'000;  ///< different things in memory; others are counted together
    std::size_t most_facts = 200;    ///< of one entry
  };
  explicit NoteQueue(Limits limits) : limits_(limits), tokens_(limits.burst) {}

  void add(AccessEvent what, std::string name, std::string detail);
  /// The facts of one entry that may be written now; none: nothing waits, or not yet.
  std::vector<AccessNoted> take(Instant now);
  /// All that waits, whatever the limits: the server stops.
  std::vector<AccessNoted> take_all();
  bool is_empty() const { return waiting_ == 0; }

 private:
  using Key = std::tuple<AccessEvent, std::string, std::string>;
  struct Count {
    std::uint32_t times = 0;
    Instant written_at{INT64_MIN};
  };
  void refill(Instant now);

  const Limits limits_;
  unsigned tokens_;
  Instant refilled_at_{INT64_MIN};
  std::size_t waiting_ = 0;  // keys with something to write
  std::map<Key, Count> counts_;
};

/// What waits, for all threads. Takes notes as long as it lives, written or not.
class AccessNotes {
 public:
  explicit AccessNotes(Clock& clock) : clock_(clock) {}

  /// From any thread, quickly.
  void note(AccessEvent what, std::string name, std::string detail);
  void token_used(const std::string& hash);
  /// When a token was used last, as far as it is not written yet.
  Instant last_use(const std::string& hash) const;

 private:
  friend class AccessNoteWriter;

  Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  NoteQueue queue_{{}};
  std::unordered_map<std::string, Instant> uses_;
  bool is_new_ = false, is_stopping_ = false;
};

/// The thread that writes them. Ends with what waits written.
class AccessNoteWriter {
 public:
  struct Writers {
    std::function<void(std::vector<AccessNoted>)> post;                              ///< posts one entry; may block
    std::function<void(const std::unordered_map<std::string, Instant>&)> keep_uses;  ///< of tokens, by hash
  };
  AccessNoteWriter(AccessNotes& notes, Writers writers);
  ~AccessNoteWriter();
  AccessNoteWriter(const AccessNoteWriter&) = delete;
  AccessNoteWriter& operator=(const AccessNoteWriter&) = delete;

 private:
  void run();

  AccessNotes& notes_;
  const Writers writers_;
  std::thread thread_;
};

}  // namespace lotbook
