// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <catch2/catch.hpp>
#include <libpq-fe.h>
#include <random>
#include <thread>
#include <unistd.h>
#include <unordered_map>

#include "base/test_seed.h"
#include "ledger/verify.h"
#include "sent.h"
#include "store/scratch_book.h"

// Somebody ends the book's connections at any moment: while a command is decided, written, committed, answered.

namespace lotbook {

namespace {

using Server = std::unique_ptr<PGconn, decltype(&PQfinish)>;

/// Ends connections of this test, and of no other, until it goes away.
class Killer {
 public:
  Killer(const std::string& application, std::uint64_t seed)
      : thread_([this, application, seed] {
          std::mt19937_64 random(seed);
          const Server server(PQconnectdb(test_database().c_str()), PQfinish);
          const std::string sql =
              "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + application + "'";
          while (!ends_) {
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
            // On a busy machine the server may have no room for one connection more just now.
            if (PQstatus(server.get()) != CONNECTION_OK) PQreset(server.get());
            PGresult* result = PQexec(server.get(), sql.c_str());
            killed_ += PQntuples(result);
            PQclear(result);
          }
        }) {}
  ~Killer() { stop(); }
  int killed() const { return killed_; }
  int stop() {
    ends_ = true;
    if (thread_.joinable()) thread_.join();
    return killed_;
  }

 private:
  std::atomic<bool> ends_ = false;
  std::atomic<int> killed_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_CASE("whenever a connection is ended, each command is done once and answered truly") {
  const TestSeed given;
  INFO(given.text());
  const std::uint64_t seed = given.generator()();
  static int runs = 0;
  const std::string application = "kill" + std::to_string(::getpid()) + "_" + std::to_string(++runs);
  const std::string url = test_database() + "&book=" + application + "&application_name=" + application;
  SystemClock clock;
  std::unordered_map<std::string, std::string> answers;
  std::vector<Sent> sent;
  std::unordered_map<std::string, int> told;
  {
    const std::unique_ptr<Store> store = open_postgresql({.url = url, .create = true});
    Book::create(*store, {}, clock.now());
    Book book(*store);
    for (const Sent& command : set_up_commands())
      REQUIRE_FALSE(posted_text(execute_one(book, clock, asked_of(command))).empty());
    Killer killer(application, seed);
    Work work("k", seed);
    for (int batch = 0; batch < 120 || (killer.killed() <= 20 && batch < 10'000); ++batch) {
      std::vector<Sent> together;
      for (int i = 0; i < 1 + batch % 5; ++i) together.push_back(work.next());
      sent.insert(sent.end(), together.begin(), together.end());
      // Whoever got no certain answer asks again under the same key.
      for (int attempt = 0; !together.empty() && attempt < 1000; ++attempt) {
        std::vector<Outcome> outcomes(together.size(), Refusals{});
        std::vector<Waiting> waiting;
        for (std::size_t i = 0; i < together.size(); ++i)
          waiting.push_back({asked_of(together[i]), [&outcomes, i](Outcome o) { outcomes[i] = std::move(o); }});
        execute(book, clock, waiting);
        std::vector<Sent> again;
        for (std::size_t i = 0; i < together.size(); ++i) {
          const std::string text = outcome_text(outcomes[i]);
          ++told[text.substr(0, text.find_first_of(":{"))];
          if (const std::string answer = posted_text(outcomes[i]); !answer.empty())
            answers[together[i].key] = answer;
          else if (text.starts_with("unknown") || text.starts_with("refused unavailable"))
            again.push_back(together[i]);
        }
        together = std::move(again);
      }
      REQUIRE(together.empty());
    }
    const int killed = killer.stop();
    for (const auto& [what, count] : told) UNSCOPED_INFO(what << " " << count << " times");
    CHECK(killed > 20);
  }
  const std::unique_ptr<Store> store = open_postgresql({.url = url});
  const BookState state = read_book(*store);
  for (const std::string& fault : state.faults) UNSCOPED_INFO(fault);
  CHECK(state.faults.empty());
  CHECK(state.commands.size() == answers.size() + set_up_commands().size());
  for (const auto& [key, answer] : answers) CHECK(state.commands.contains(key));
  Book book(*store);
  for (const Sent& command : sent)
    if (const auto answer = answers.find(command.key); answer != answers.end())
      CHECK(posted_text(execute_one(book, clock, asked_of(command))) == answer->second);
  CHECK(verify(*store, std::nullopt).wrong.empty());
  drop_postgresql_book(url);
}

}  // namespace lotbook
