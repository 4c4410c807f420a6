// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "store/sql/transaction.h"

// Counts for Prometheus, as its text format wants them. Counting takes no lock: every I/O thread does it for every
// request.

namespace lotbook {

class Metrics {
 public:
  /// One row for each route; an index of `routes.size()` means "no such address".
  explicit Metrics(std::vector<std::string> routes);

  void request_done(std::size_t route, int status, std::int64_t microseconds);
  /// Called on the writer's thread after each commit.
  void committed(const Head& head);
  void start_from(const Head& head, Instant now) {
    head_ = head.seq;
    started_at_ = static_cast<std::uint64_t>(now.microseconds / microseconds_per_second);
  }

  struct Gauges {
    std::size_t queue = 0;        ///< commands that wait for the writer
    std::size_t connections = 0;  ///< open ones
    std::size_t sessions = 0;
    bool is_ready = false;
    std::uint64_t search = 0;      ///< entry that the search index has come to
    std::uint64_t checkpoint = 0;  ///< entry of the newest checkpoint
    std::optional<Instant> checkpoint_made_at, backup_made_at;
    bool backups_are_planned = false;
    std::size_t warnings = 0;  ///< that /readyz tells
    Instant now;
  };
  std::string text(const Gauges& gauges) const;

 private:
  static constexpr std::array<int, 20> statuses{200, 201, 204, 303, 304, 400, 401, 403, 404, 405,
                                                409, 413, 422, 429, 431, 500, 503, 507, 408, 0};  // 0: any other
  static constexpr std::array<std::int64_t, 10> bounds{500,    1'000,   2'500,   5'000,     10'000,
                                                       25'000, 100'000, 500'000, 1'000'000, 5'000'000};  // microseconds
  static constexpr std::array<std::uint64_t, 8> batch_bounds{1, 4, 16, 64, 256, 1024, 4096, 16384};
  using Count = std::atomic<std::uint64_t>;
  struct OfRoute {
    std::array<Count, statuses.size()> by_status{};
    std::array<Count, bounds.size() + 1> by_time{};
    Count microseconds{0};
  };

  void append_routes(std::string& out) const;
  void append_batches(std::string& out) const;

  const std::vector<std::string> routes_;
  std::deque<OfRoute> of_route_;  // never moves: atomics cannot
  Count head_{0};
  std::uint64_t started_at_ = 0;
  std::array<Count, batch_bounds.size() + 1> batches_{};
  Count batched_entries_{0};
};

}  // namespace lotbook
