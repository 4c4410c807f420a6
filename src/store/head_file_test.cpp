// SPDX-License-Identifier: Apache-2.0
#include "store/head_file.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "store/store.h"

using namespace lotbook;

namespace {

struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "lotbook-head-XXXXXX").string();
  Folder() {
    REQUIRE(::mkdtemp(path.data()) != nullptr);
    path += "/";
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

HeadFile::Head head(std::uint64_t seq) { return {seq, sha256({bytes_of(std::to_string(seq))})}; }

}  // namespace

TEST_CASE("the newest head is remembered, also one that is lower when it is accepted") {
  const Folder folder;
  const std::string state = folder.path + "a/b/";
  CHECK(!HeadFile::read(state));
  {
    HeadFile file(state);
    CHECK(!file.remembered());
    for (const std::uint64_t seq : {1, 2, 7, 1000}) CHECK(file.note(head(seq)));
  }
  CHECK(HeadFile::read(state) == head(1000));
  {
    HeadFile file(state);
    CHECK(file.remembered() == head(1000));
    CHECK(file.note(head(5)));
    CHECK(HeadFile::read(state) == head(5));
    CHECK(file.note(head(6)));
  }
  CHECK(HeadFile::read(state) == head(6));
  CHECK(head(6).text().substr(0, 2) == "6:");
}

TEST_CASE("a line that was torn leaves the other; when both are, nobody guesses") {
  const Folder folder;
  { HeadFile(folder.path).note(head(1)); }
  {
    HeadFile file(folder.path);
    file.note(head(2));
    file.note(head(3));
  }
  const std::string name = folder.path + "head";
  std::string text;
  std::getline(std::ifstream(name), text, '\0');
  const auto write = [&](const std::string& to) { std::ofstream(name, std::ios::trunc) << to; };
  const std::size_t newest = text.find(":" + hex(head(3).hash));
  REQUIRE(newest != std::string::npos);
  for (std::size_t i = 0; i < 100; ++i) {
    std::string torn = text;
    torn[newest - 20 + i] ^= 1;
    write(torn);
    CHECK(HeadFile::read(folder.path) == head(2));
  }
  write(text.substr(0, 50));
  CHECK_THROWS_AS(HeadFile::read(folder.path), StoreFailure);
  CHECK_THROWS_AS(HeadFile(folder.path), StoreFailure);
  write(std::string(206, '\0'));
  CHECK(!HeadFile::read(folder.path));
  HeadFile::forget(folder.path);
  CHECK(!HeadFile::read(folder.path));
}

TEST_CASE("the usual state folder lies beside a file, and names no password of an address") {
  CHECK(usual_state_folder("/x/a.book") == "/x/a.book-");
  const std::string folder = usual_state_folder("postgresql://ada:secret@db.example:5432/lots?book=main");
  CHECK(folder.find("secret") == std::string::npos);
  CHECK(folder.ends_with("/db.example_5432_lots_book_main/"));
}
