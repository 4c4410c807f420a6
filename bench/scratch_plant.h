// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "commands/executor.h"
#include "store/store.h"

// A plant at work on a book of its own: commands as they come in from a floor, ready to be asked.

namespace lotbook {

/// A new book: in a file, or at an address of PostgreSQL, where one of that name is thrown away first.
std::unique_ptr<Store> new_book_at(const std::string& place);

enum class Job { receipt, production, dispatch, pick, send };
inline constexpr Job all_jobs[] = {Job::receipt, Job::production, Job::dispatch};
const char* text_of(Job job);

/// A folder under `where` that goes away.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& where);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string file(const std::string& name) const { return folder_ + "/" + name; }

 private:
  std::string folder_;
};

class ScratchPlant {
 public:
  static constexpr std::uint64_t raw_items = 200, products = 20, suppliers = 20, customers = 50;

  explicit ScratchPlant(const std::string& file);
  Book& book() { return *book_; }
  Store& store() { return *store_; }
  Clock& clock() { return clock_; }
  /// Whether the commands of this job are there.
  bool can(Job job) const;
  /// A command as a client writes it.
  struct Written {
    const char* name;
    std::string json;
  };
  /// A command that has not been asked before. Productions and dispatches use lots up as a plant does: of every item
  /// one lot is in use, and after twenty takings the next one is.
  Written written(Job job);
  Asked next(Job job) { return asked(written(job)); }
  Asked asked(const Written& command);
  /// JSON whose quotation marks were written as apostrophes.
  static Written quoted(const char* name, std::string json);
  /// Lots of a raw item, in the order in which they came.
  const std::vector<std::string>& lots_of(std::uint64_t item) const { return supply_[item].lots; }
  std::string new_key();
  /// Lets go of the book, so that a server can have it.
  void leave_book() { book_.reset(), store_.reset(); }
  /// Remembers the lots that a receipt opened, so that later commands take them.
  void note(const Outcome& outcome);
  /// Posts `entries` entries of all jobs in turn, in large batches.
  void grow(std::uint64_t entries, const std::function<void(std::uint64_t done)>& after_million = {});

 private:
  struct Stocked {
    std::string item, lot;
  };
  Stocked lot_in_use();
  std::string lines(std::size_t count, const char* rest);
  std::unique_ptr<Store> store_;
  std::unique_ptr<Book> book_;
  SystemClock clock_;
  std::mt19937_64 random_{20};
  std::uint64_t count_ = 0, papers_ = 0;
  struct Supply {
    std::vector<std::string> lots;
    std::size_t takings = 0;
  };
  std::vector<Supply> supply_{raw_items};  ///< by item
  std::uint64_t lots_ = 0;
};

}  // namespace lotbook
