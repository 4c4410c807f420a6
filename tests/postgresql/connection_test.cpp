// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "store/scratch_book.h"
#include "store/shared_store.h"

namespace lotbook {

namespace {

/// A table of numbers from 1 to 10,000 in a book's schema.
class Numbers {
 public:
  static constexpr int count = 10'000;
  Numbers() : scratch_("/nonexistent/numbers"), store_(scratch_.open()), writer_(store_->open_writer()) {
    writer_->begin();
    writer_->run("create table number (n integer primary key, name text not null, bytes blob not null)");
    RowSink& rows = writer_->rows_into("insert into number (n, name, bytes) values", 3, "");
    for (int n = 1; n <= count; ++n) {
      const std::string name = "number " + std::to_string(n);
      rows.integer(n), rows.text(name), rows.blob(bytes_of(std::string_view("\0\xff", 2))), rows.end_row();
    }
    rows.finish();
    writer_->commit();
  }
  Store& store() { return *store_; }
  Connection& writer() { return *writer_; }

 private:
  ScratchBook scratch_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Connection> writer_;
};

std::int64_t sum_of(Statement& q, int most) {
  std::int64_t sum = 0;
  for (int rows = 0; rows < most && q.step(); ++rows) sum += q.integer(0);
  q.reset();
  return sum;
}

}  // namespace

TEST_CASE("a reading of any length gives each row once, and may end anywhere") {
  Numbers numbers;
  const auto reader = numbers.store().open_reader();
  reader->begin();
  Statement& range = reader->prepared("select n, name, bytes from number where n > $1 order by n");
  Statement& all = reader->prepared("select n from number");
  const auto sum_to = [](std::int64_t n) { return n * (n + 1) / 2; };
  for (const int most : {1, 255, 256, 257, 4352, 4353, 9000, Numbers::count + 1}) {
    INFO(most);
    range.bind(1, std::int64_t{0});
    CHECK(sum_of(range, most) == sum_to(std::min(most, Numbers::count)));
    CHECK(sum_of(all, most) <= sum_to(Numbers::count));
  }
  CHECK(sum_of(all, Numbers::count + 1) == sum_to(Numbers::count));
  range.bind(1, std::int64_t{9'743});
  CHECK(sum_of(range, 1000) == sum_to(Numbers::count) - sum_to(9'743));
  range.bind(1, std::int64_t{41});
  REQUIRE(range.step());
  CHECK(range.text(1) == "number 42");
  CHECK(text_of(range.blob(2)) == std::string_view("\0\xff", 2));
  reader->rollback();
}

TEST_CASE("a write that cannot be comes out at the next read or at the commit, and all of it is undone") {
  Numbers numbers;
  Connection& writer = numbers.writer();
  const auto insert = [&](std::int64_t n) {
    Statement& put = writer.prepared("insert into number (n, name, bytes) values ($1, $2, $3)");
    put.bind(1, n), put.bind(2, std::string_view("x")), put.bind_blob(3, {});
    put.step();
    put.reset();
  };
  const auto has = [&](std::int64_t n) {
    Statement& q = writer.prepared("select n from number where n = $1");
    q.bind(1, n);
    const bool found = q.step();
    q.reset();
    return found;
  };
  writer.begin();
  insert(20'000), insert(1);
  CHECK_THROWS_AS(writer.commit(), StoreFailure);
  writer.rollback();
  writer.begin();
  CHECK_FALSE(has(20'000));
  insert(20'001), insert(2);
  CHECK_THROWS_AS(has(3), StoreFailure);
  writer.rollback();
  writer.begin();
  insert(20'002);
  CHECK(has(20'002));
  writer.commit();
  writer.begin();
  CHECK(has(20'002));
  CHECK_FALSE(has(20'001));
  writer.rollback();
}

TEST_CASE("what is looked for ahead is fetched in one journey") {
  Numbers numbers;
  auto& writer = dynamic_cast<FarConnection&>(numbers.writer());
  writer.begin();
  Statement& one = writer.prepared("select name from number where n = $1");
  Statement& rare = writer.prepared("select name from number where n = $1 /* often none */");
  const auto look = [&](Statement& q, std::int64_t n) {
    q.bind(1, n);
    const std::string name = q.step() ? std::string(q.text(0)) : "none";
    q.reset();
    return name;
  };
  writer.looking_ahead(true);
  CHECK_THROWS_AS(look(one, 7), NotYetRead);
  one.reset();
  CHECK_THROWS_AS(look(one, 7), NotYetRead);
  one.reset();
  CHECK(look(rare, 8) == "none");
  writer.looking_ahead(false);
  CHECK(writer.read_noted() == 2);
  writer.looking_ahead(true);
  CHECK(look(one, 7) == "number 7");
  CHECK(look(rare, 8) == "number 8");
  writer.looking_ahead(false);
  CHECK(writer.read_noted() == 0);
  CHECK(look(one, 9) == "number 9");
  writer.rollback();
}

TEST_CASE("a reader sees one moment, and writes nothing") {
  Numbers numbers;
  const auto reader = numbers.store().open_reader();
  reader->begin();
  Statement& count = reader->prepared("select count(*) from number");
  REQUIRE(count.step());
  CHECK(count.integer(0) == Numbers::count);
  count.reset();
  numbers.writer().begin();
  numbers.writer().run("delete from number where n = 1");
  numbers.writer().commit();
  REQUIRE(count.step());
  CHECK(count.integer(0) == Numbers::count);
  count.reset();
  CHECK_THROWS_AS(reader->run("delete from number where n = 2"), StoreFailure);
  reader->rollback();
  reader->begin();
  REQUIRE(count.step());
  CHECK(count.integer(0) == Numbers::count - 1);
  count.reset();
  reader->rollback();
}

TEST_CASE("a book that is not there is not made by looking for it") {
  const std::string url = test_database() + "&book=nobody_made_this";
  CHECK_THROWS_AS(open_postgresql({.url = url}), StoreFailure);
}

}  // namespace lotbook
