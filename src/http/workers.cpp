// SPDX-License-Identifier: Apache-2.0
#include "http/workers.h"

#include <algorithm>
#include <spdlog/spdlog.h>

#include "http/problem.h"

namespace lotbook {
namespace {

void answer_on_worker(const BlockingHandler& handler, Respond respond) {
  // Dropped by an exception, `respond` answers 500 by itself.
  try {
    respond(handler(respond.request()));
  } catch (const std::exception& failure) {
    spdlog::error("request {} failed: {}", respond.request().id, failure.what());
  } catch (...) {
    spdlog::error("request {} failed", respond.request().id);
  }
}

void supply_on_worker(const PieceMaker& next_piece, Supply supply) {
  try {
    if (auto piece = next_piece())
      supply.more(std::move(*piece));
    else
      supply.end({});
  } catch (const std::exception& failure) {
    spdlog::error("a long answer failed half-way: {}", failure.what());
  } catch (...) {
    spdlog::error("a long answer failed half-way");
  }
}

}  // namespace

Workers::Workers(Size size) : most_waiting_(size.waiting) {
  for (unsigned i = 0; i < std::max(1U, size.threads); ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  has_work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Workers::put(std::unique_ptr<AnyJob> job) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(std::move(job));
  }
  has_work_.notify_one();
  return true;
}

void Workers::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    has_work_.wait(lock, [&] { return is_stopping_ || !waiting_.empty(); });
    if (is_stopping_) return;
    std::unique_ptr<AnyJob> job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    job->run();
    job.reset();
    lock.lock();
  }
}

Handler on_workers(Workers& workers, BlockingHandler handler) {
  // Shared, since a job may still run it when the server that held it is gone.
  auto shared = std::make_shared<const BlockingHandler>(std::move(handler));
  return [&workers, shared](const Request&, Respond respond) {
    // Kept outside the job so that the refusal of a full queue can still use it.
    auto kept = std::make_shared<Respond>(std::move(respond));
    if (!workers.submit([shared, kept] { answer_on_worker(*shared, std::move(*kept)); }))
      (*kept)(problem_response(problem_of(Code::busy, "Try again in a moment.")).set("Retry-After", "1"));
  };
}

Stream on_workers(Workers& workers, PieceMaker next_piece) {
  auto shared = std::make_shared<const PieceMaker>(std::move(next_piece));
  return [&workers, shared](Supply supply) {
    // A full queue drops the supply, and the answer breaks off.
    workers.submit([shared, given = std::move(supply)]() mutable { supply_on_worker(*shared, std::move(given)); });
  };
}

}  // namespace lotbook
