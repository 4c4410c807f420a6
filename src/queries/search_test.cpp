// SPDX-License-Identifier: Apache-2.0
#include "queries/search.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "base/test_seed.h"
#include "base/text.h"
#include "queries/search_follower.h"
#include "queries/test_ledger.h"

namespace lotbook {
namespace {

using testing::instant;
using testing::Making;
using testing::TestLedger;

/// A store where lots come in, with the three ways of being searched.
struct Names : TestLedger {
  Id<Place> plant = place("PLANT", PlaceKind::site), store = place("ST1", PlaceKind::storage, "PLANT");
  Id<Partner> mill = partner("MILL");
  Id<Item> flour = item("FLOUR"), disk = item("DISK", Tracking::serial);
  std::vector<std::string> units;
  std::vector<std::pair<Id<Lot>, std::string>> borne;  // every code that a lot bears

  Id<Lot> receive(const std::string& code, const std::string& issued = {}, const std::string& document = {}) {
    const Id<Lot> lot{next_id()};
    Making making(EntryKind::receive);
    making.opens(lot, flour, code, Origin::received).line(lot, ends::supplier, store, 5);
    making.entry.opened[0].issuer = mill, making.entry.opened[0].issued_code = issued;
    making.entry.document = document;
    post(making.entry);
    borne.emplace_back(lot, code);
    if (!issued.empty()) borne.emplace_back(lot, issued);
    return lot;
  }
  std::uint64_t receive_units(const std::string& lot_code, const std::vector<std::string>& codes) {
    const Id<Lot> lot{next_id()};
    Making making(EntryKind::receive);
    making.opens(lot, disk, lot_code, Origin::received);
    SerialsOpened opened{lot.value, mill.value, lot.value + 1, codes};
    for (std::uint32_t i = 0; i < codes.size(); ++i)
      making.entry.lines.push_back({lot, ends::supplier, store, Decimal::whole(1), {}, opened.first + i, 0});
    making.entry.facts.emplace_back(std::move(opened));
    borne.emplace_back(lot, lot_code);
    units.insert(units.end(), codes.begin(), codes.end());
    return post(making.entry);
  }
  void rename(Id<Lot> lot, const std::string& from, const std::string& to) {
    Making making(EntryKind::rename);
    making.entry.facts.push_back(LotChanged{lot.value, LotField::code, from, to});
    post(making.entry);
    borne.emplace_back(lot, to);
  }
  std::uint64_t name(Id<Lot> lot, const std::string& code) {
    Making making(EntryKind::add_name);
    making.entry.facts.push_back(LotNamed{lot.value, mill.value, code});
    borne.emplace_back(lot, code);
    return post(making.entry);
  }
  void catch_up(SearchIndex& index) {
    SearchCatchUp catch_up(book().store(), index);
    while (catch_up.step()) {
    }
  }
  Result<SearchAnswer> search(const std::string& text, SearchIndex* index, int limit = 100, std::string after = {}) {
    Reading reading(*this);
    SearchQuestion question;
    question.text = text, question.limit = limit, question.after = std::move(after);
    return ask(question, {reading.view(), instant(60), true, [index] { return index; }});
  }
  /// Codes that are found, in order, with what they are.
  std::vector<std::string> found(const std::string& text, SearchIndex* index, int page = 100) {
    std::vector<std::string> rows;
    for (std::string after;;) {
      const Result<SearchAnswer> answer = search(text, index, page, after);
      if (!answer) return {"refused"};
      CHECK(answer->entry == book().head().seq);
      CHECK(answer->rows.size() <= static_cast<std::size_t>(page));
      for (const Find& find : answer->rows)
        rows.push_back(find.noun + " " + find.code + (find.bears.empty() ? "" : " as " + find.bears));
      if (answer->next.empty()) return rows;
      REQUIRE(after != answer->next);
      after = answer->next;
    }
  }
};

using Rows = std::vector<std::string>;

TEST_CASE("A search shows what is called so, then what begins so, then what has it further in; newest first") {
  Names b;
  const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
  REQUIRE(index);
  b.item("L-100 sacks");
  for (const char* code : {"L-100", "XL-1001", "L-1002", "L-1003"}) b.receive(code);
  const Rows expected{"lot L-100", "item L-100 sacks", "lot L-1003", "lot L-1002", "lot XL-1001"};
  CHECK(b.found("l100", nullptr) == expected);
  CHECK(b.found("l100", index.get()) == expected);  // empty as yet: all is read
  b.catch_up(*index);
  CHECK(b.found("l100", index.get()) == expected);
  CHECK(b.found("L 1-00", index.get(), 2) == expected);
  b.receive("L100A");
  const Rows with_newest{"lot L-100", "item L-100 sacks", "lot L100A", "lot L-1003", "lot L-1002", "lot XL-1001"};
  for (const int page : {1, 2, 3, 100}) CHECK(b.found("l100", index.get(), page) == with_newest);
  CHECK(b.search("L-100", index.get(), 5, "7.1").refusal().code == Code::malformed);
}

TEST_CASE("A search finds pieces of any script, and takes every sign as it is") {
  Names b;
  b.receive("MÜLLER-7"), b.receive("ПАРТИЯ-81"), b.receive("批号二〇二六甲"), b.receive("a\"b*c"),
      b.receive("50%_OFF!"), b.receive("A NEAR B OR C"), b.receive("(x:y)^z"), b.receive("----");
  const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
  b.catch_up(*index);
  for (SearchIndex* with : {index.get(), static_cast<SearchIndex*>(nullptr)}) {
    CHECK(b.found("üll", with) == Rows{"lot MÜLLER-7"});
    CHECK(b.found("U\u0308LL", with) == Rows{"lot MÜLLER-7"});  // the same letter, written as two
    CHECK(b.found("ullr", with).empty());
    CHECK(b.found("артия", with) == Rows{"lot ПАРТИЯ-81"});
    CHECK(b.found("二〇二", with) == Rows{"lot 批号二〇二六甲"});
    CHECK(b.found("\"b*", with) == Rows{"lot a\"b*c"});
    CHECK(b.found("a*c", with).empty());
    CHECK(b.found("%_o", with) == Rows{"lot 50%_OFF!"});
    CHECK(b.found("%%%", with).empty());
    CHECK(b.found("5__", with).empty());
    CHECK(b.found("b OR c", with) == Rows{"lot A NEAR B OR C"});
    CHECK(b.found("flour OR x", with).empty());
    CHECK(b.found("NEAR(", with).empty());
    CHECK(b.found("x:y", with) == Rows{"lot (x:y)^z"});
    CHECK(b.found("^z\"", with).empty());
    CHECK(b.found("----", with) == Rows{"lot ----"});
    CHECK(b.found(std::string("ab\0c", 4), with).empty());
    CHECK(b.found("mill ltd", with) == Rows{"partner MILL"});
  }
}

TEST_CASE("A code of one or two characters is found as a whole; else three are asked for") {
  Names b;
  b.receive("A1"), b.receive("A12"), b.receive("7");
  const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
  b.catch_up(*index);
  for (SearchIndex* with : {index.get(), static_cast<SearchIndex*>(nullptr)}) {
    CHECK(b.found("a1", with) == Rows{"lot A1"});
    CHECK(b.found("a-1", with) == Rows{"lot A1"});
    CHECK(b.found("7", with) == Rows{"lot 7"});
    CHECK(b.search("A2", with).refusal().field == "/text");
  }
}

TEST_CASE("A name that was taken back is found no more, and former codes are") {
  Names b;
  const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
  const Id<Lot> lot = b.receive("TYPO-1", "MILL-77", "DN-500");
  const std::uint64_t named = b.name(lot, "ALSO-9");
  b.catch_up(*index);
  CHECK(b.found("also", index.get()) == Rows{"lot TYPO-1 as ALSO-9"});
  Making undo(EntryKind::undo);
  undo.entry.reverses = {named};
  b.post(undo.entry);
  b.rename(lot, "TYPO-1", "RIGHT-1");
  for (int round = 0; round < 2; ++round) {
    CHECK(b.found("also-9", index.get()).empty());
    CHECK(b.found("typo", index.get()) == Rows{"lot RIGHT-1 as TYPO-1"});
    CHECK(b.found("ght-1", index.get()) == Rows{"lot RIGHT-1"});
    CHECK(b.found("dn-500", index.get()) == Rows{"document DN-500"});
    CHECK(b.found("mill", index.get()) == Rows{"partner MILL", "lot RIGHT-1 as MILL-77"});
    b.catch_up(*index);
  }
  CHECK(b.search("mill-77", index.get())->rows.at(0).issuer == "MILL");
}

TEST_CASE("Units are found behind lots, by a piece of their number, as long as they are there") {
  Names b;
  const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
  b.receive("SN-77");
  b.receive_units("D1", {"SN-7701", "SN-7702"});
  const std::uint64_t wrong = b.receive_units("D2", {"SN-7703"});
  const Rows three{"lot SN-77", "unit SN-7703", "unit SN-7702", "unit SN-7701"};
  CHECK(b.found("sn77", nullptr) == three);
  b.catch_up(*index);
  CHECK(b.found("sn77", index.get(), 2) == three);
  Making undo(EntryKind::undo);
  undo.entry.reverses = {wrong};
  b.post(undo.entry);
  const Rows two{"lot SN-77", "unit SN-7702", "unit SN-7701"};
  CHECK(b.found("sn77", nullptr) == two);
  CHECK(b.found("sn77", index.get()) == two);
  b.catch_up(*index);
  CHECK(b.found("sn77", index.get()) == two);
}

TEST_CASE("An order is found once, whichever entry named it first") {
  Names b;
  const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
  const auto open = [&](const std::string& number) {
    const Id<Run> run{b.next_id()};
    Making making(EntryKind::release_order);
    making.entry.run = run;
    making.entry.facts.push_back(RunOpened{run.value, number, RunKind::production, RunState::open, b.store.value, ""});
    b.post(making.entry);
  };
  open("PO-7001");
  b.receive("A-1", {}, "PO-7002"), b.receive("A-2", {}, "DN-7003");
  b.catch_up(*index);
  b.receive("A-3", {}, "PO-7001"), open("PO-7002"), open("PO-7004"), b.receive("A-4", {}, "PO-7004");
  b.receive("A-5", {}, "DN-7003"), b.receive("A-6", {}, "DN-7005"), b.receive("A-7", {}, "DN-7005");
  const Rows expected{"document DN-7005", "order PO-7004", "document DN-7003", "order PO-7002", "order PO-7001"};
  for (int round = 0; round < 2; ++round) {
    for (const int page : {1, 2, 100}) CHECK(b.found("-700", index.get(), page) == expected);
    b.catch_up(*index);
  }
  const Rows read = b.found("-700", nullptr);
  CHECK(std::set<std::string>(read.begin(), read.end()) == std::set<std::string>(expected.begin(), expected.end()));
  CHECK(read.size() == expected.size());
}

TEST_CASE("Whatever the index knows, the answer is that of reading through all names") {
  const TestSeed seed;
  INFO(seed.text());
  auto random = seed.generator();
  const auto draw = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  static const std::vector<std::string> letters{"A",  "b",  "0", "O", "1",  "l", "-", " ", "Ü", "u", "Д", "д",
                                                "批", "次", "%", "_", "\"", "*", "'", "!", "(", ":", "^", "ﬁ"};
  Names b;
  const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
  std::set<std::string> taken;
  const auto code = [&] {
    for (;;) {
      std::string text = letters[draw(6)];
      for (std::size_t length = draw(7); length > 0; --length) text += letters[draw(letters.size())];
      text = *trimmed_nfc(text + letters[draw(6)]);
      if (taken.insert(text).second) return text;
    }
  };
  std::vector<std::pair<Id<Lot>, std::string>> lots;
  for (int round = 0; round < 120; ++round) {
    switch (draw(7)) {
      case 0: b.catch_up(*index); break;
      case 6: {
        std::vector<std::string> units;
        for (std::size_t count = 1 + draw(3); count > 0; --count) units.push_back(code());
        b.receive_units(code(), units);
        break;
      }
      case 1:
        if (lots.empty()) break;
        {
          auto& [lot, own] = lots[draw(lots.size())];
          const std::string to = code();
          b.rename(lot, own, to), own = to;
        }
        break;
      case 2:
        if (!lots.empty()) b.name(lots[draw(lots.size())].first, code());
        break;
      default: {
        const std::string own = code(), issued = draw(2) ? code() : "", paper = "DN" + std::to_string(draw(9));
        lots.emplace_back(b.receive(own, issued, paper), own);
      }
    }
    if (round % 4 != 0 || b.borne.empty()) continue;
    // A piece of some code, by characters.
    const std::string& whole = b.borne[draw(b.borne.size())].second;
    std::vector<std::string> characters;
    for (const char c : whole)
      if ((static_cast<unsigned char>(c) & 0xC0) == 0x80)
        characters.back() += c;
      else
        characters.emplace_back(1, c);
    const std::size_t from = draw(characters.size());
    std::string piece;
    for (std::size_t i = from; i < characters.size() && i < from + 3 + draw(3); ++i) piece += characters[i];
    INFO("round " << round << ", \"" << piece << "\" of \"" << whole << "\"");
    const Rows found = b.found(piece, index.get());
    CHECK(found == b.found(piece, nullptr));
    CHECK(found == b.found(piece, index.get(), static_cast<int>(1 + draw(4))));
    if (length_in_characters(piece) < 3 || length_in_characters(skeleton(piece)) < 3) continue;
    std::set<std::string> expected;
    for (const auto& [lot, borne] : b.borne)
      if (skeleton(borne).find(skeleton(piece)) != std::string::npos) {
        Names::Reading reading(b);
        const std::string own = reading.view().lot(lot)->lot.code;
        expected.insert("lot " + own + (own == borne ? "" : " as " + borne));
      }
    std::set<std::string> seen;
    for (const std::string& unit : b.units)
      if (skeleton(unit).find(skeleton(piece)) != std::string::npos) expected.insert("unit " + unit);
    for (const std::string& row : found)
      if (row.starts_with("lot ") || row.starts_with("unit ")) CHECK(seen.insert(row).second);
    CHECK(seen == expected);
  }
}

TEST_CASE("An index that is damaged, missing or of another book is made anew") {
  if (tests_use_postgresql()) return;  // the file is the same, and not named as the book is
  Names b, other;
  const std::string file = b.book().store().name() + "-search";
  b.receive("HERE-1"), other.receive("THERE-1"), other.receive("THERE-2");
  const Rows here{"lot HERE-1"};
  {
    const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
    b.catch_up(*index);
    CHECK(index->reached().entry == b.book().head().seq);
  }
  SECTION("damaged") {
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).write(std::string(8192, 'x').data(), 8192);
    const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
    CHECK(b.found("here", index.get()) == here);
    index->distrust();
    b.catch_up(*index);
    CHECK(index->reached().entry == b.book().head().seq);
    CHECK(b.found("here", index.get()) == here);
  }
  SECTION("missing") {
    std::filesystem::remove(file);
    const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
    CHECK(b.found("here", index.get()) == here);
    b.catch_up(*index);
    CHECK(b.found("here", index.get()) == here);
  }
  SECTION("of another book, longer or shorter") {
    const std::string its_file = other.book().store().name() + "-search";
    { other.catch_up(*other.book().store().open_search()); }
    std::filesystem::rename(file, file + ".kept");
    std::filesystem::rename(its_file, file);
    std::filesystem::rename(file + ".kept", its_file);
    const std::unique_ptr<SearchIndex> index = b.book().store().open_search();
    b.catch_up(*index);
    CHECK(b.found("here", index.get()) == here);
    CHECK(b.found("there", index.get()).empty());
    const std::unique_ptr<SearchIndex> its = other.book().store().open_search();
    CHECK(other.found("there", its.get()) == Rows{"lot THERE-2", "lot THERE-1"});
    other.catch_up(*its);
    CHECK(other.found("there", its.get()) == Rows{"lot THERE-2", "lot THERE-1"});
  }
}

TEST_CASE("The follower comes after each entry, and one process alone keeps an index") {
  Names b;
  const std::chrono::seconds enough(60);
  std::vector<std::string> said;
  SearchFollower follower(b.book().store(), [&](const std::string& line) { said.push_back(line); });
  REQUIRE(follower.wait_for(b.book().head().seq, enough));
  for (int i = 0; i < 20; ++i) {
    b.receive("LOT-" + std::to_string(i));
    follower.wake();
    CHECK(b.found("lot-" + std::to_string(i), follower.index()).at(0) == "lot LOT-" + std::to_string(i));
  }
  REQUIRE(follower.wait_for(b.book().head().seq, enough));
  CHECK(follower.reached() == b.book().head().seq);
  CHECK(b.found("lot-19", follower.index()) == Rows{"lot LOT-19"});
  // Another program reads the index that is kept here, and does not write it.
  const std::unique_ptr<SearchIndex> elsewhere =
      open_caught_up(b.book().store(), std::chrono::duration_cast<std::chrono::milliseconds>(enough));
  REQUIRE(elsewhere);
  CHECK_THROWS_AS(elsewhere->reached(), StoreFailure);
  CHECK(b.found("lot-19", elsewhere.get()) == Rows{"lot LOT-19"});
  CHECK(said.empty());
}

}  // namespace
}  // namespace lotbook
