// SPDX-License-Identifier: Apache-2.0
// Users, whoever is limited to sites, and signatures, as the ledger sees them.
#include <catch2/catch.hpp>

#include "commands/access_entries.h"
#include "commands/roles.h"
#include "commands/test_book.h"
#include "ledger/verify.h"

using namespace lotbook;

namespace {

struct Plant : TestBook {
  Plant() {
    post("set_user", "{'code':'boss','role':'admin'}");
    post("set_user", "{'code':'quirin','name':'Quirin Quast','role':'quality'}");
    receipt =
        post("receive",
             "{'supplier':'MILL','document':'D-1','to':'ST1','lines':[{'item':'FLOUR','lot':'F1','quantity':'100'}]}")
            .entry;
  }
  Outcome sign(const std::string& who, std::uint64_t seq) {
    auto command = std::make_shared<SignEntry>();
    command->entry = seq, command->meaning = SignatureMeaning::reviewed;
    return execute_one(book(), clock, {&sign_row(), std::move(command), Actor::with_all_rights(who), {}, {}, {}});
  }
  std::string hash_of(std::uint64_t seq) {
    return see([&](const View& view) { return hex(view.behind().entry(seq)->hash); });
  }
  std::uint64_t receipt = 0;
};

}  // namespace

TEST_CASE("roles have the rights that their table says, and no more rights than there are") {
  CHECK(rights_of(UserRole::viewer) == 1);
  CHECK(Actor{"", rights_of(UserRole::admin)}.may(Right::admin));
  for (const RoleRow& row : role_table()) {
    CHECK(Actor{"", row.rights}.may(Right::view));
    CHECK(row.rights >> Choices<Right>::names.size() == 0);
    if (row.role != UserRole::admin) CHECK_FALSE(Actor{"", row.rights}.may(Right::admin));
  }
}

TEST_CASE("a signature binds the entry that it names, and nothing else keeps the law") {
  Plant book;
  const Outcome signed_it = book.sign("quirin", book.receipt);
  REQUIRE(std::holds_alternative<Posted>(signed_it));
  const auto facts = book.facts<Signed>(std::get<Posted>(signed_it).entry);
  REQUIRE(facts.size() == 1);
  CHECK(facts.front().hash == book.hash_of(book.receipt));
  CHECK(facts.front().name.starts_with("sha256:"));
  CHECK(TestBook::refused(book.sign("quirin", book.receipt)) == "already_so /meaning");
  CHECK(TestBook::refused(book.sign("boss", book.receipt)) == "missing /name");
  CHECK(TestBook::refused(book.sign("nobody", book.receipt)) == "unknown_user ");
  CHECK(TestBook::refused(book.sign("quirin", 1'000)) == "unknown_entry /entry");

  const auto forged = [&](const std::function<void(Signed&, Entry&)>& change) {
    return book.broken_by([&](Entry& entry, const View& view) {
      Signed made = facts.front();
      entry.kind = EntryKind::sign, entry.who = "quirin";
      change(made, entry);
      entry.facts.emplace_back(made);
      (void)view;
    });
  };
  const std::string law = "signatures_bind_what_they_sign";
  CHECK(forged([](Signed&, Entry&) {}).empty());
  CHECK(forged([&](Signed& made, Entry&) { made.entry = 1; }).find(law) != std::string::npos);
  CHECK(forged([&](Signed& made, Entry&) { made.hash[0] ^= 1; }).find(law) != std::string::npos);
  CHECK(forged([&](Signed&, Entry& entry) { entry.who = "boss"; }).find(law) != std::string::npos);
  CHECK(forged([&](Signed& made, Entry& entry) { made.entry = static_cast<std::uint32_t>(entry.seq); }).find(law) !=
        std::string::npos);
  CHECK(verify(book.store(), std::nullopt).wrong.empty());
}

// proves: R96
TEST_CASE("a user's name can be erased, also from what they signed") {
  Plant book;
  REQUIRE(std::holds_alternative<Posted>(book.sign("quirin", book.receipt)));
  book.post("erase_personal", "{'user':'quirin','reason':'left the company'}");
  const std::string name = book.book().masters()->users.find("quirin")->name;
  REQUIRE(name.starts_with("sha256:"));
  const std::optional<Bytes> hash = from_hex(name.substr(7));
  Hash of{};
  std::copy(hash->begin(), hash->end(), of.begin());
  CHECK_FALSE(book.see([&](const View& view) { return view.behind().private_value(of).has_value(); }));
  CHECK(verify(book.store(), std::nullopt).wrong.empty());
}

TEST_CASE("whoever is limited to a site decides on lots that lie there alone") {
  Plant book;
  const auto lots = [](const char* lot) {
    return std::string("{'lots':[{'item':'FLOUR','lot':'") + lot + "'}],'reason':'look'}";
  };
  book.post("open_stock", "{'lines':[{'item':'FLOUR','lot':'F2','quantity':'5','to':'N1'}]}");
  book.post("transfer_out",
            "{'document':'T-1','to_site':'NORTH','lines':[{'item':'FLOUR','lot':'F1','quantity':'10','from':'ST1'}]}");
  book.actor.sites = {"MAIN"};
  CHECK(book.refused("quarantine", lots("F2")) == "not_at_your_sites ");
  CHECK(book.refused("hold", lots("F2")) == "not_at_your_sites ");
  CHECK(book.refused("transfer_in",
                     "{'document':'T-1','to':'N1','lines':[{'item':'FLOUR','lot':'F1','quantity':'10','to':'N1'}]}") ==
        "not_at_your_sites ");
  book.post("quarantine", lots("F1"));  // what is on its way lies nowhere
  book.actor.sites = {"NORTH"};
  book.post("transfer_in",
            "{'document':'T-1','to':'N1','lines':[{'item':'FLOUR','lot':'F1','quantity':'10','to':'N1'}]}");
  book.actor.sites = {"MAIN"};
  CHECK(book.refused("release", lots("F1")) == "not_at_your_sites ");
  book.actor.sites = {"MAIN", "NORTH"};
  book.post("release", lots("F1"));
  book.post("dispose", "{'reason':'old','lines':[{'item':'FLOUR','lot':'F2','quantity':'5','from':'N1'}]}");
  CHECK(book.refused("quarantine", lots("F2")) == "not_at_your_sites ");  // of which nothing is left
  // What an entry takes back is somewhere, too.
  book.actor.sites = {"NORTH"};
  CHECK(book.refused("undo", "{'entries':[" + std::to_string(book.receipt) + "],'reason':'x'}") != "posted");
}
