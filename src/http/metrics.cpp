// SPDX-License-Identifier: Apache-2.0
#include "http/metrics.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/resource.h>
#include <unistd.h>

namespace lotbook {

namespace {

constexpr auto relaxed = std::memory_order_relaxed;

void head_of(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}
void gauge(std::string& out, std::string_view name, std::string_view help, std::uint64_t value) {
  head_of(out, name, "gauge", help);
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}
double seconds(std::uint64_t microseconds) { return static_cast<double>(microseconds) / 1e6; }

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto micro = [](const timeval& t) { return static_cast<std::uint64_t>(t.tv_sec * 1'000'000 + t.tv_usec); };
  return seconds(micro(used.ru_utime) + micro(used.ru_stime));
}

std::uint64_t open_files() {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  return error ? 0 : static_cast<std::uint64_t>(std::distance(begin(files), end(files)));
}

}  // namespace

Metrics::Metrics(std::vector<std::string> routes) : routes_(std::move(routes)), of_route_(routes_.size() + 1) {}

void Metrics::request_done(std::size_t route, int status, std::int64_t microseconds) {
  OfRoute& counts = of_route_[std::min(route, routes_.size())];
  const auto known = std::find(statuses.begin(), statuses.end() - 1, status);
  counts.by_status[static_cast<std::size_t>(known - statuses.begin())].fetch_add(1, relaxed);
  const auto bound = std::lower_bound(bounds.begin(), bounds.end(), microseconds);
  counts.by_time[static_cast<std::size_t>(bound - bounds.begin())].fetch_add(1, relaxed);
  counts.microseconds.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds, 0)), relaxed);
}

void Metrics::committed(const Head& head) {
  const std::uint64_t entries = head.seq - head_.exchange(head.seq, relaxed);
  const auto bound = std::lower_bound(batch_bounds.begin(), batch_bounds.end(), entries);
  batches_[static_cast<std::size_t>(bound - batch_bounds.begin())].fetch_add(1, relaxed);
  batched_entries_.fetch_add(entries, relaxed);
}

std::string Metrics::text(const Gauges& gauges) const {
  std::string out;
  append_routes(out);
  append_batches(out);
  gauge(out, "lotbook_entries", "Number of the newest entry of the ledger.", head_.load(relaxed));
  gauge(out, "lotbook_commands_waiting", "Commands that wait for the writer.", gauges.queue);
  gauge(out, "lotbook_connections", "Open connections.", gauges.connections);
  gauge(out, "lotbook_sessions", "People signed in.", gauges.sessions);
  gauge(out, "lotbook_ready", "1 while the book can be read and written.", gauges.is_ready ? 1 : 0);
  gauge(out, "lotbook_search_entry", "Entry that the search index has come to.", gauges.search);
  gauge(out, "lotbook_checkpoint_entry", "Newest entry that a signed checkpoint covers.", gauges.checkpoint);
  const auto age = [&](std::string_view name, std::string_view help, const std::optional<Instant>& made_at) {
    if (!made_at) return;
    const std::int64_t passed = gauges.now.microseconds - made_at->microseconds;
    gauge(out, name, help, static_cast<std::uint64_t>(std::max<std::int64_t>(passed, 0) / microseconds_per_second));
  };
  age("lotbook_checkpoint_age_seconds", "Age of the newest signed checkpoint; grows while nothing is posted.",
      gauges.checkpoint_made_at);
  age("lotbook_backup_age_seconds", "Age of the newest sound backup that the server made.", gauges.backup_made_at);
  gauge(out, "lotbook_backups_planned", "1 when the server makes backups by itself.", gauges.backups_are_planned);
  gauge(out, "lotbook_warnings", "Warnings that /readyz tells.", gauges.warnings);
  head_of(out, "lotbook_build_info", "gauge", "Version of the program.");
  out += "lotbook_build_info{version=\"" LOTBOOK_VERSION "\"} 1\n";
  gauge(out, "process_start_time_seconds", "When the process started, in seconds since 1970.", started_at_);
  head_of(out, "process_cpu_seconds_total", "counter", "Processor time used.");
  fmt::format_to(std::back_inserter(out), "process_cpu_seconds_total {}\n", processor_seconds());
  gauge(out, "process_open_fds", "Open files.", open_files());
  gauge(out, "process_resident_memory_bytes", "Resident memory.", resident_bytes());
  return out;
}

void Metrics::append_routes(std::string& out) const {
  const auto name_of = [&](std::size_t i) {
    return i < routes_.size() ? std::string_view(routes_[i]) : std::string_view("other");
  };
  head_of(out, "lotbook_requests_total", "counter", "Requests by route and status.");
  for (std::size_t i = 0; i < of_route_.size(); ++i)
    for (std::size_t s = 0; s < statuses.size(); ++s) {
      const std::uint64_t count = of_route_[i].by_status[s].load(relaxed);
      if (count == 0) continue;
      const std::string status = statuses[s] == 0 ? "other" : std::to_string(statuses[s]);
      fmt::format_to(std::back_inserter(out), "lotbook_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", name_of(i),
                     status, count);
    }
  head_of(out, "lotbook_request_seconds", "histogram", "Time from the header of a request to its answer being sent.");
  for (std::size_t i = 0; i < of_route_.size(); ++i) {
    std::array<std::uint64_t, bounds.size() + 1> counts{};
    std::uint64_t so_far = 0;
    for (std::size_t b = 0; b < counts.size(); ++b) so_far += of_route_[i].by_time[b].load(relaxed), counts[b] = so_far;
    if (so_far == 0) continue;
    for (std::size_t b = 0; b < bounds.size(); ++b)
      fmt::format_to(std::back_inserter(out), "lotbook_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                     name_of(i), seconds(static_cast<std::uint64_t>(bounds[b])), counts[b]);
    fmt::format_to(
        std::back_inserter(out),
        "lotbook_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
        "lotbook_request_seconds_sum{{route=\"{0}\"}} {2}\nlotbook_request_seconds_count{{route=\"{0}\"}} {1}\n",
        name_of(i), so_far, seconds(of_route_[i].microseconds.load(relaxed)));
  }
}

void Metrics::append_batches(std::string& out) const {
  head_of(out, "lotbook_batch_entries", "histogram", "Entries that one commit made durable.");
  std::uint64_t so_far = 0;
  for (std::size_t b = 0; b < batch_bounds.size(); ++b) {
    so_far += batches_[b].load(relaxed);
    fmt::format_to(std::back_inserter(out), "lotbook_batch_entries_bucket{{le=\"{}\"}} {}\n", batch_bounds[b], so_far);
  }
  so_far += batches_.back().load(relaxed);
  fmt::format_to(std::back_inserter(out),
                 "lotbook_batch_entries_bucket{{le=\"+Inf\"}} {0}\nlotbook_batch_entries_sum {1}\n"
                 "lotbook_batch_entries_count {0}\n",
                 so_far, batched_entries_.load(relaxed));
}

}  // namespace lotbook
