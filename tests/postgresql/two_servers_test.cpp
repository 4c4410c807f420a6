// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "base/test_seed.h"
#include "ledger/verify.h"
#include "sent.h"
#include "store/scratch_book.h"

// Two servers of one book, each with what it keeps in memory: whichever is asked, the answer is the book's.

namespace lotbook {

namespace {

struct Server {
  explicit Server(const ScratchBook& book) : store(book.open()), ledger(*store) {}
  Outcome send(const Sent& sent) { return execute_one(ledger, clock, asked_of(sent)); }
  SystemClock clock;
  std::unique_ptr<Store> store;
  Book ledger;
};

class TwoServers {
 public:
  TwoServers() : scratch_("/nonexistent/lotbook") {
    SystemClock clock;
    Book::create(*scratch_.open(), {}, clock.now());
    first.emplace(scratch_), second.emplace(scratch_);
  }
  Server& of(std::size_t number) { return number % 2 == 0 ? *first : *second; }
  const ScratchBook& book() const { return scratch_; }

 private:
  ScratchBook scratch_;

 public:
  std::optional<Server> first, second;
};

}  // namespace

TEST_CASE("what one server wrote, the other knows at its next command") {
  TwoServers servers;
  std::size_t turn = 0;
  // Each makes master data that the other needs for its own next command.
  for (const Sent& sent : set_up_commands()) {
    const Outcome outcome = servers.of(turn++).send(sent);
    INFO(sent.name << " " << sent.json << ": " << outcome_text(outcome));
    REQUIRE_FALSE(posted_text(outcome).empty());
  }
  CHECK(read_book(*servers.first->store).faults.empty());
}

TEST_CASE("a key that one server has answered is answered the same by the other") {
  TwoServers servers;
  const std::vector<Sent> commands = small_workload(40);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::string answer = posted_text(servers.of(i).send(commands[i]));
    INFO(commands[i].name << " " << commands[i].json);
    REQUIRE_FALSE(answer.empty());
    CHECK(posted_text(servers.of(i + 1).send(commands[i])) == answer);
  }
  const BookState state = read_book(*servers.second->store);
  CHECK(state.faults.empty());
  CHECK(state.commands.size() == commands.size());
  CHECK(verify(*servers.first->store, std::nullopt).wrong.empty());
}

TEST_CASE("servers that write at the same time make one chain, and nothing is taken twice") {
  const TestSeed given;
  INFO(given.text());
  const std::uint64_t seed = given.generator()();
  TwoServers servers;
  for (const Sent& sent : set_up_commands()) REQUIRE_FALSE(posted_text(servers.first->send(sent)).empty());
  constexpr int commands_each = 150;
  const auto work = [&](Server& server, const std::string& name, std::uint64_t its_seed) {
    Work its_work(name, its_seed);
    for (int i = 0; i < commands_each; ++i) server.send(its_work.next());
  };
  std::thread other([&] { work(*servers.second, "b", seed + 1); });
  work(*servers.first, "a", seed);
  other.join();
  CHECK(read_book(*servers.first->store).faults.empty());
  CHECK(verify(*servers.second->store, std::nullopt).wrong.empty());
}

TEST_CASE("a reader of one server sees the master data of its own snapshot") {
  TwoServers servers;
  for (const Sent& sent : set_up_commands()) REQUIRE_FALSE(posted_text(servers.first->send(sent)).empty());
  // The second has written nothing since: its own memory is of the beginning.
  const std::unique_ptr<Connection> reader = servers.second->store->open_reader();
  reader->begin();
  Transaction transaction(*reader);
  const std::optional<Head> head = transaction.head();
  REQUIRE(head);
  const std::shared_ptr<const Masters> masters = servers.second->ledger.masters_at(transaction, *head);
  CHECK(masters->items.find("FLOUR") != nullptr);
  CHECK(servers.second->ledger.masters()->items.find("FLOUR") == nullptr);
}

TEST_CASE("a book whose entries were cut off is written by nobody who knew them") {
  TwoServers servers;
  for (const Sent& sent : set_up_commands()) REQUIRE_FALSE(posted_text(servers.first->send(sent)).empty());
  const std::unique_ptr<Connection> other = servers.book().open()->open_writer();
  other->begin();
  other->run("update head set seq = 3");
  other->commit();
  const Sent next = Work("c", 1).next();
  const Outcome outcome = servers.first->send(next);
  INFO(outcome_text(outcome));
  CHECK(posted_text(outcome).empty());
  CHECK_FALSE(servers.first->ledger.stopped_because().empty());
}

}  // namespace lotbook
