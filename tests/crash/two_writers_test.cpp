// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"

namespace lotbook {

TEST_CASE("a second process is refused the writing of a book and may read it") {
  Scratch scratch;
  SystemClock clock;
  const auto store = open_sqlite({.file = scratch.file("book"), .create = true});
  Book::create(*store, {}, clock.now());

  int ready[2], done[2];
  REQUIRE(::pipe(ready) == 0);
  REQUIRE(::pipe(done) == 0);
  const pid_t other = ::fork();
  if (other == 0) {
    // The other process writes, and stays until it is told to go.
    const auto its_store = open_sqlite({.file = scratch.file("book")});
    Book book(*its_store);
    bool all_posted = true;
    for (const Sent& sent : set_up_commands())
      all_posted &= !posted_text(execute_one(book, clock, asked_of(sent))).empty();
    const char said = all_posted ? 'y' : 'n';
    char heard = 0;
    if (::write(ready[1], &said, 1) != 1 || ::read(done[0], &heard, 1) != 1) ::_exit(1);
    ::raise(SIGKILL);
  }
  char said = 0;
  REQUIRE(::read(ready[0], &said, 1) == 1);
  CHECK(said == 'y');

  try {
    Book book(*store);
    FAIL("two processes write one book");
  } catch (const StoreFailure& failure) {
    CHECK(failure.kind == StoreFailure::Kind::in_use);
  }
  BookState state = read_book(*store);
  CHECK(state.faults.empty());
  CHECK(state.last_seq == 1 + set_up_commands().size());

  REQUIRE(::write(done[1], "g", 1) == 1);
  int status = 0;
  REQUIRE(::waitpid(other, &status, 0) == other);
  CHECK(WIFSIGNALED(status));
  // A killed writer leaves no lock behind.
  Book book(*store);
  CHECK_FALSE(posted_text(execute_one(book, clock, asked_of(set_up_commands().back()))).empty());
  for (const int end : {ready[0], ready[1], done[0], done[1]}) ::close(end);
}

TEST_CASE("one process opens a book for writing once") {
  Scratch scratch;
  SystemClock clock;
  const auto store = open_sqlite({.file = scratch.file("book"), .create = true});
  Book::create(*store, {}, clock.now());
  Book book(*store);
  CHECK_THROWS_AS(Book(*store), StoreFailure);
}

}  // namespace lotbook
