// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "base/check.h"
#include "ledger/book.h"
#include "model/place_ends.h"
#include "queries/table.h"
#include "store/scratch_book.h"

// A book in a temporary folder whose entries a test writes itself: for questions, which must not depend on what
// commands happen to post.

namespace lotbook::testing {

inline Instant instant(std::int64_t minute) {
  return {Date::of(2026, 3, 2).day * microseconds_per_day + minute * microseconds_per_minute};
}

class TestLedger {
 public:
  TestLedger() {
    // Only this process's own folder: tests run side by side.
    std::string name = (std::filesystem::temp_directory_path() / "lotbook-questions-XXXXXX").string();
    check(mkdtemp(name.data()) != nullptr, "a temporary folder can be made");
    folder_ = name;
    scratch_.emplace((folder_ / "book").string());
    store_ = scratch_->open();
    BookSettings settings;
    settings.code = "book", settings.name = "Test", settings.time_zone = "Etc/UTC";
    Book::create(*store_, settings, instant(0));
    book_ = std::make_unique<Book>(*store_);
  }
  ~TestLedger() {
    book_.reset(), store_.reset(), scratch_.reset();
    std::filesystem::remove_all(folder_);
  }
  TestLedger(const TestLedger&) = delete;
  TestLedger& operator=(const TestLedger&) = delete;

  Book& book() { return *book_; }
  std::uint32_t next_id() { return book_->head().next_id; }

  std::uint64_t post(Entry entry) {
    Book::Batch batch(*book_);
    const std::uint64_t seq = batch.view().head().seq + 1;
    entry.recorded_at = instant(static_cast<std::int64_t>(seq));
    if (entry.occurred.at.microseconds == 0) entry.occurred.at = entry.recorded_at;
    if (entry.settled_at.microseconds == 0) entry.settled_at = entry.occurred.at;
    if (entry.who.empty()) entry.who = "anna";
    batch.post(std::move(entry));
    batch.commit();
    return seq;
  }

  template <class T>
  Id<T> record(Noun noun, const T& value) {
    Entry entry;
    entry.kind = EntryKind::set_record;
    const Id<T> id{next_id()};
    entry.facts.push_back(RecordSet{noun, id.value, value.code, differences<T>(nullptr, value)});
    post(std::move(entry));
    return id;
  }
  Id<Item> item(const std::string& code, Tracking tracking = Tracking::lot) {
    Item item;
    item.code = code, item.name = code, item.unit = "KGM", item.decimals = 3, item.tracking = tracking;
    return record(Noun::item, item);
  }
  Id<Place> place(const std::string& code, PlaceKind kind, const std::string& parent = {}) {
    Place place;
    place.code = code, place.name = code, place.kind = kind, place.parent = parent;
    return record(Noun::place, place);
  }
  Id<Partner> partner(const std::string& code) {
    Partner partner;
    partner.code = code, partner.name = code + " Ltd", partner.roles = {Role::supplier, Role::customer};
    return record(Noun::partner, partner);
  }
  Id<Address> address(const std::string& code, const std::string& partner) {
    Address address;
    address.code = code, address.partner = partner, address.name = code;
    return record(Noun::address, address);
  }

  /// A snapshot for as long as this lives.
  class Reading {
   public:
    explicit Reading(TestLedger& ledger) : connection_(ledger.store_->open_reader()), transaction_(*connection_) {
      connection_->begin();
      view_ = std::make_unique<View>(transaction_, ledger.book_->masters(), *transaction_.head());
    }
    ~Reading() { connection_->rollback(); }
    Transaction& transaction() { return transaction_; }
    const View& view() const { return *view_; }

   private:
    std::unique_ptr<Connection> connection_;
    Transaction transaction_;
    std::unique_ptr<View> view_;
  };

 private:
  std::filesystem::path folder_;
  std::optional<ScratchBook> scratch_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Book> book_;
};

/// An entry under construction.
struct Making {
  Entry entry;
  explicit Making(EntryKind kind) { entry.kind = kind; }
  Making& line(Id<Lot> lot, Id<Place> from, Id<Place> to, std::int64_t quantity) {
    entry.lines.push_back({lot, from, to, Decimal::whole(quantity), {}, 0, 0});
    return *this;
  }
  Making& opens(Id<Lot> lot, Id<Item> item, const std::string& code, Origin origin) {
    LotOpened opened;
    opened.lot = lot, opened.item = item, opened.code = code, opened.origin = origin;
    entry.opened.push_back(opened);
    return *this;
  }
};

}  // namespace lotbook::testing
