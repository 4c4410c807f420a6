// SPDX-License-Identifier: Apache-2.0
#include "measure.h"

#include <future>

#include "figures.h"

namespace lotbook {

Figure measure(ScratchPlant& plant, std::vector<Asked> commands, std::size_t clients) {
  const std::size_t count = commands.size();
  std::vector<std::int64_t> latencies;
  latencies.reserve(count);
  std::vector<Outcome> outcomes;
  outcomes.reserve(count);
  std::int64_t writer_cpu_first = 0, writer_cpu_last = 0;
  std::promise<void> all_done;
  Executor executor(plant.book(), plant.clock());
  executor.on_commit([&](const Head&) { writer_cpu_last = thread_nanoseconds(); });
  std::size_t next = 0;
  // Runs on the writer's thread but for the first round, which is over before the first batch begins: see `beside`.
  std::function<void()> send = [&] {
    const std::int64_t sent_at = nanoseconds_now();
    executor.submit(std::move(commands[next++]), [&, sent_at](Outcome outcome) {
      latencies.push_back(nanoseconds_now() - sent_at);
      outcomes.push_back(std::move(outcome));
      if (next < commands.size())
        send();
      else if (outcomes.size() == commands.size())
        all_done.set_value();
    });
  };
  std::int64_t start = 0;
  executor.beside([&](Transaction&) {
    start = nanoseconds_now(), writer_cpu_first = thread_nanoseconds();
    for (std::size_t i = 0; i < clients && next < commands.size(); ++i) send();
  });
  all_done.get_future().get();
  const std::int64_t spent = nanoseconds_now() - start;
  for (const Outcome& outcome : outcomes) plant.note(outcome);
  Figure figure;
  figure.per_second = static_cast<std::int64_t>(count) * 1'000'000'000 / spent;
  figure.p50_us = percentile(latencies, 50) / 1000, figure.p99_us = percentile(latencies, 99) / 1000;
  figure.cpu_ns = (writer_cpu_last - writer_cpu_first) / static_cast<std::int64_t>(count);
  return figure;
}

}  // namespace lotbook
