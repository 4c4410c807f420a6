// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/time.h"
#include "store/store.h"

namespace lotbook {

struct BackupPlan {
  std::string folder;
  int every_hours = 24;
  std::size_t keep = 14;
};

/// Makes a backup of a served book every so many hours, in a thread of its own: copied while work goes on, then opened
/// and verified as a whole. What is not sound does not count, and keeps its name with `.unsound` behind it. The time of
/// the last one is read from the folder, so a restart does not start the hours anew.
class Backups {
 public:
  using OpenCopy = std::function<std::unique_ptr<Store>(const std::string& file)>;
  using Say = std::function<void(const std::string&)>;
  struct State {
    std::optional<Instant> made_at;  ///< of the newest sound one
    std::string trouble;             ///< why the last attempt failed; empty while all is well
  };

  Backups(Store& store, OpenCopy open_copy, Clock& clock, BackupPlan plan, Say say);
  ~Backups();
  Backups(const Backups&) = delete;
  Backups& operator=(const Backups&) = delete;

  State state() const;
  /// Twice the time planned has passed since the newest one, or since the start.
  bool is_late() const;

 private:
  void run();
  void make();
  void remove_old();

  Store& store_;
  OpenCopy open_copy_;
  Clock& clock_;
  BackupPlan plan_;
  Say say_;
  Instant started_at_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  State state_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lotbook
