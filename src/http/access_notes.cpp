// SPDX-License-Identifier: Apache-2.0
#include "http/access_notes.h"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace lotbook {

namespace {

constexpr auto look_again = std::chrono::seconds(1);
constexpr int looks_between_uses = 60;  // when tokens were used last is written once a minute

bool is_counted(AccessEvent what) {
  return what == AccessEvent::sign_in_failed || what == AccessEvent::sign_ins_slowed ||
         what == AccessEvent::right_refused;
}

}  // namespace

void NoteQueue::add(AccessEvent what, std::string name, std::string detail) {
  Key key{what, std::move(name), std::move(detail)};
  if (counts_.size() >= limits_.most_kinds && !counts_.contains(key)) key = {what, {}, "many others"};
  Count& count = counts_[std::move(key)];
  if (count.times == 0) ++waiting_;
  if (count.times < UINT32_MAX) ++count.times;
}

void NoteQueue::refill(Instant now) {
  if (refilled_at_.microseconds == INT64_MIN) refilled_at_ = now;
  const std::int64_t came = (now.microseconds - refilled_at_.microseconds) / limits_.refill_microseconds;
  if (came <= 0) return;
  tokens_ = static_cast<unsigned>(std::min<std::int64_t>(limits_.burst, tokens_ + came));
  refilled_at_.microseconds += came * limits_.refill_microseconds;
}

std::vector<AccessNoted> NoteQueue::take(Instant now) {
  refill(now);
  std::vector<AccessNoted> facts;
  if (tokens_ == 0) return facts;
  const auto is_quiet = [&](const Key& key, const Count& count) {
    return is_counted(std::get<0>(key)) && count.written_at.microseconds != INT64_MIN &&
           now.microseconds - count.written_at.microseconds < limits_.quiet_microseconds;
  };
  for (auto at = counts_.begin(); at != counts_.end() && facts.size() < limits_.most_facts;) {
    auto& [key, count] = *at;
    const bool quiet = is_quiet(key, count);
    if (count.times > 0 && !quiet) {
      facts.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count.times});
      count = {0, now}, --waiting_;
    }
    at = count.times == 0 && !is_quiet(key, count) ? counts_.erase(at) : std::next(at);
  }
  if (!facts.empty()) --tokens_;
  return facts;
}

std::vector<AccessNoted> NoteQueue::take_all() {
  std::vector<AccessNoted> facts;
  for (const auto& [key, count] : counts_)
    if (count.times > 0) facts.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count.times});
  counts_.clear(), waiting_ = 0;
  return facts;
}

void AccessNotes::note(AccessEvent what, std::string name, std::string detail) {
  {
    const std::lock_guard lock(mutex_);
    queue_.add(what, std::move(name), std::move(detail));
    is_new_ = true;
  }
  wake_.notify_one();
}

void AccessNotes::token_used(const std::string& hash) {
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  uses_[hash] = now;
}

Instant AccessNotes::last_use(const std::string& hash) const {
  const std::lock_guard lock(mutex_);
  const auto found = uses_.find(hash);
  return found == uses_.end() ? Instant{0} : found->second;
}

AccessNoteWriter::AccessNoteWriter(AccessNotes& notes, Writers writers)
    : notes_(notes), writers_(std::move(writers)), thread_([this] { run(); }) {}

AccessNoteWriter::~AccessNoteWriter() {
  {
    const std::lock_guard lock(notes_.mutex_);
    notes_.is_stopping_ = true;
  }
  notes_.wake_.notify_one();
  thread_.join();
}

void AccessNoteWriter::run() {
  for (int looks = 1;; ++looks) {
    std::vector<AccessNoted> facts;
    std::unordered_map<std::string, Instant> uses;
    bool is_last = false;
    {
      std::unique_lock lock(notes_.mutex_);
      notes_.wake_.wait_for(lock, look_again, [&] { return notes_.is_stopping_ || notes_.is_new_; });
      notes_.is_new_ = false, is_last = notes_.is_stopping_;
      facts = is_last ? notes_.queue_.take_all() : notes_.queue_.take(notes_.clock_.now());
      if (is_last || looks % looks_between_uses == 0) uses.swap(notes_.uses_);
    }
    try {
      if (!facts.empty()) writers_.post(std::move(facts));
      if (!uses.empty()) writers_.keep_uses(uses);
    } catch (const std::exception& error) {
      spdlog::warn("who came in could not be noted: {}", error.what());
    }
    if (is_last) return;
  }
}

}  // namespace lotbook
