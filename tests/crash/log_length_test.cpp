// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <filesystem>

#include "scratch.h"

namespace lotbook {

TEST_CASE("the log is brought home at commits, also when what was read before was not read to its end") {
  Scratch scratch;
  constexpr int checkpoint_pages = 50;
  const auto store = open_sqlite({.file = scratch.file("book"), .create = true, .checkpoint_pages = checkpoint_pages});
  const auto writer = store->open_writer();
  writer->run("create table paper (page text)");
  const std::string page(4000, 'x');
  for (int i = 0; i < 400; ++i) {
    writer->begin();
    RowSink& sink = writer->rows_into("insert into paper (page) values", 1, "");
    sink.text(page), sink.end_row(), sink.finish();
    REQUIRE(writer->prepared("select page from paper").step());  // not read to its end, nor reset
    writer->commit();
    REQUIRE(std::filesystem::file_size(scratch.file("book-wal")) < 2 * checkpoint_pages * 4120);
  }
}

}  // namespace lotbook
