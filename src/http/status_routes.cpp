// SPDX-License-Identifier: Apache-2.0
#include "http/status_routes.h"

#include "base/json.h"

namespace lotbook {

ReadyAnswer Readiness::look() {
  ReadyAnswer state;
  state.why_not = book_.stopped_because();
  if (!state.why_not.empty()) state.why_not = "Writing has stopped: " + state.why_not;
  try {
    state.entry = Readers::Reading(readers_).entry();
  } catch (const StoreFailure& failure) {
    state.why_not = std::string("The book cannot be read: ") + failure.what();
  }
  if (state.why_not.empty() && !writer_answers()) state.why_not = "The writer does not answer, or cannot write.";
  state.ready = state.why_not.empty();
  state.warnings = warns_();
  return state;
}

bool Readiness::writer_answers() {
  std::unique_lock lock(mutex_);
  const std::uint64_t mine = asked_ + 1;
  const bool put = prober_.submit([this, mine] {
    try {
      executor_.beside([](Transaction&) {});
    } catch (const std::exception&) {
      return;
    }
    const std::lock_guard inner(mutex_);
    answered_ = std::max(answered_, mine);
    heard_.notify_all();
  });
  if (put) asked_ = mine;
  // When a question is on its way already, its answer serves us too.
  return heard_.wait_for(lock, std::chrono::seconds(2), [&] { return answered_ >= (put ? mine : asked_); });
}

void add_status_routes(Routes& routes, Readiness& readiness, Workers& workers,
                       std::function<std::string()> metrics_text) {
  routes.add("GET", "/healthz", Need::nothing(),
             [](const Request&, Respond respond) { respond(json(200, to_json(AliveAnswer{}))); });
  routes.add("GET", "/readyz", Need::nothing(), on_workers(workers, [&](const Request&) {
               const ReadyAnswer state = readiness.look();
               return json(state.ready ? 200 : 503, to_json(state));
             }));
  routes.add("GET", "/metrics", Need::nothing(), on_workers(workers, [text = std::move(metrics_text)](const Request&) {
               return content(200, "text/plain; version=0.0.4; charset=utf-8", text());
             }));
}

}  // namespace lotbook
