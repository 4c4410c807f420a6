// SPDX-License-Identifier: Apache-2.0
#include "ledger/backups.h"

#include <algorithm>
#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

#include "ledger/verify.h"

namespace lotbook {

namespace {

namespace fs = std::filesystem;
constexpr std::int64_t microseconds_per_hour = 3600 * microseconds_per_second;
constexpr std::string_view ending = ".book";

std::string stem_of(const Store& store) {
  std::string stem = fs::path(store.name()).filename().string();
  if (stem.ends_with(ending)) stem.resize(stem.size() - ending.size());
  for (char& c : stem)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') c = '_';
  return stem + "-";
}

/// 20261125T134000Z: names in order of time, on every file system.
std::string compact(Instant instant) {
  std::string text = Instant{instant.microseconds / microseconds_per_second * microseconds_per_second}.text();
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::optional<Instant> time_in(const std::string& name, const std::string& stem) {
  if (!name.starts_with(stem) || !name.ends_with(ending) || name.size() != stem.size() + 16 + ending.size())
    return std::nullopt;
  std::string t = name.substr(stem.size(), 16);
  t.insert(13, ":"), t.insert(11, ":"), t.insert(6, "-"), t.insert(4, "-");
  const std::optional<WrittenTime> time = WrittenTime::parse(t);
  if (!time || time->day) return std::nullopt;
  return time->interval.at;
}

/// Sound ones, oldest first.
std::vector<std::pair<Instant, fs::path>> backups_in(const std::string& folder, const std::string& stem) {
  std::vector<std::pair<Instant, fs::path>> found;
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(folder, error))
    if (const std::optional<Instant> time = time_in(file.path().filename().string(), stem))
      found.emplace_back(*time, file.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

Backups::Backups(Store& store, OpenCopy open_copy, Clock& clock, BackupPlan plan, Say say)
    : store_(store),
      open_copy_(std::move(open_copy)),
      clock_(clock),
      plan_(std::move(plan)),
      say_(std::move(say)),
      started_at_(clock.now()) {
  if (plan_.folder.empty()) return;
  fs::create_directories(plan_.folder);
  if (const auto found = backups_in(plan_.folder, stem_of(store_)); !found.empty()) state_.made_at = found.back().first;
  thread_ = std::thread([this] { run(); });
}

Backups::~Backups() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Backups::State Backups::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

bool Backups::is_late() const {
  if (plan_.folder.empty()) return false;
  const std::lock_guard lock(mutex_);
  const Instant since = state_.made_at.value_or(started_at_);
  return clock_.now().microseconds - since.microseconds > 2 * plan_.every_hours * microseconds_per_hour;
}

void Backups::run() {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);
  // The clock of the wall decides, since a machine may sleep; so it is looked at now and then.
  constexpr auto look_every = std::chrono::seconds(30), after_trouble = std::chrono::seconds(600);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const bool is_due = !state_.made_at || clock_.now().microseconds - state_.made_at->microseconds >=
                                               plan_.every_hours * microseconds_per_hour;
    std::string trouble;
    if (is_due) {
      lock.unlock();
      try {
        make();
      } catch (const std::exception& error) {
        trouble = error.what();
        say_("the backup failed: " + trouble);
      }
      lock.lock();
      state_.trouble = trouble;
    }
    wake_.wait_for(lock, trouble.empty() ? look_every : after_trouble, [&] { return stopping_; });
  }
}

void Backups::make() {
  const Instant now = clock_.now();
  const std::string file = plan_.folder + "/" + stem_of(store_) + compact(now) + std::string(ending);
  const std::string unsound = file + ".unsound";
  store_.backup(unsound, {});
  const std::unique_ptr<Store> copy = open_copy_(unsound);
  copy->keep_state_in("");  // the book has gone on since, and may
  const Verified verified = verify(*copy, std::nullopt);
  if (!verified.wrong.empty())
    throw StoreFailure(StoreFailure::Kind::damaged, unsound + " is not sound: " + verified.wrong.front());
  fs::rename(unsound, file);
  say_("backup made: " + file + " up to entry " + std::to_string(verified.entries));
  {
    const std::lock_guard lock(mutex_);
    state_.made_at = now;
  }
  remove_old();
}

void Backups::remove_old() {
  const auto found = backups_in(plan_.folder, stem_of(store_));
  for (std::size_t i = 0; i + plan_.keep < found.size(); ++i) fs::remove(found[i].second);
}

}  // namespace lotbook
