// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>

#include "ledger/upgrade.h"
#include "ledger/verify.h"
#include "small_run.h"
#include "store/migrations/schema.h"

// The power fails at every operation of an upgrade: the book is the old one or the new one, never between.

namespace lotbook {

namespace {

constexpr int cuts_per_operation = 3;

void make_older(Store& store) {
  const std::unique_ptr<Connection> writer = store.open_writer();
  writer->run("drop table checkpoint; delete from schema_version where version > 1");
}

bool has_checkpoints(Store& store) {
  const std::unique_ptr<Connection> reader = store.open_reader();
  Statement& found = reader->prepared("select 1 from sqlite_schema where name = 'checkpoint'");
  const bool is_there = found.step();
  found.reset();
  return is_there;
}

}  // namespace

TEST_CASE("an upgrade that is cut short leaves the old book or the new one") {
  const std::uint64_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  Scratch disk, after;
  FaultVfs vfs("lotbook-upgrade");
  vfs.remembers = true, vfs.syncs_for_real = false;
  {
    SmallRun run(disk.file("book"), "lotbook-upgrade");
    run.create(), run.open();
    for (std::size_t first = 0; first < run.commands.size(); first += SmallRun::batch_at(first))
      run.send(first, SmallRun::batch_at(first));
  }
  const auto store = open_sqlite({.file = disk.file("book"), .vfs = "lotbook-upgrade", .checkpoint_pages = 2});
  make_older(*store);
  const BookState whole = read_book(*store);
  int cuts = 0, old_ones = 0;
  const auto cut = [&] {
    for (int i = 0; i < cuts_per_operation; ++i, ++cuts) {
      DiskImage image = vfs.cut_power(random);
      std::erase_if(image, [](const auto& file) { return file.first.find(".before-") != std::string::npos; });
      after.restore(image);
      const auto found = open_sqlite({.file = after.file("book")});
      const int schema = schema_seen(*found->open_reader());
      CHECK((schema == 1 || schema == newest_schema()));
      CHECK(has_checkpoints(*found) == (schema == newest_schema()));
      CHECK(wrong_with_chain(*found).empty());
      old_ones += schema == 1;
      const auto open = [](const std::string& file) { return open_sqlite({.file = file}); };
      CHECK(upgrade(*found, open).empty() == (schema != 1));
      CHECK(verify(*found, std::nullopt).wrong == std::vector<std::string>());
      CHECK(read_book(*found).last_seq == whole.last_seq);
    }
  };
  vfs.before = [&](const DiskStep& step) {
    if (step.changes_disk() && step.file.find(".before-") == std::string::npos) cut();
    return 0;
  };
  CHECK_FALSE(upgrade(*store, [](const std::string& file) { return open_sqlite({.file = file}); }).empty());
  vfs.before = nullptr;
  cut();
  CHECK(cuts > 10);
  CHECK(old_ones > 0);
  CHECK(old_ones < cuts);
}

}  // namespace lotbook
