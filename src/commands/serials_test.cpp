// SPDX-License-Identifier: Apache-2.0
#include "commands/serials.h"

#include "commands/test_book.h"
#include "ledger/verify.h"

// proves: R78

namespace lotbook {

namespace {

/// A book with disks D-1 to D-3 in ST1.
struct Disks : TestBook {
  Disks() {
    post("set_item", "{'code':'DISK','name':'Disk','unit':'EA','tracking':'serial'}");
    receive("D-1", "'D-1','D-2','D-3'");
  }
  Posted receive(const std::string& document, const std::string& serials) {
    return post("receive", "{'supplier':'FARM','document':'" + document +
                               "','to':'ST1','lines':[{'item':'DISK','lot':'" + document + "','serials':[" + serials +
                               "]}]}");
  }
  std::string unit_list(int count) {
    std::string list;
    for (int i = 0; i < count; ++i) list += (i == 0 ? "'S" : ",'S") + std::to_string(i) + "'";
    return list;
  }
  /// What the laws say to an entry that moves D-1 to ST2, after `spoil` has had its way with it.
  std::string broken_by(const std::function<void(Entry&, const View&)>& spoil) {
    return TestBook::broken_by([&](Entry& entry, const View& view) {
      const Serial& unit = *view.serials_called(view.masters().items.id_of("DISK"), "D-1").front();
      const Id<Place> to = view.masters().places.id_of("ST2");
      entry.lines.push_back({unit.lot, unit.place, to, Decimal::whole(1), {}, unit.id.value, 0});
      spoil(entry, view);
    });
  }
};

bool names(const std::string& said, std::string_view law) { return said.find(law) != std::string::npos; }

}  // namespace

TEST_CASE("a line names one unit of its lot, and only of an item that has units", "[serials]") {
  Disks book;
  book.post("receive",
            "{'supplier':'MILL','document':'F','to':'ST1','lines':[{'item':'FLOUR','lot':'F1','quantity':'5'}]}");
  book.receive("D-2", "'E-1'");
  constexpr std::string_view law = "lines_name_one_serial";
  CHECK(names(book.broken_by([](Entry& e, const View&) { e.lines[0].serial = 0; }), law));
  CHECK(names(book.broken_by([](Entry& e, const View&) { e.lines[0].serial = 4'000'000; }), law));
  CHECK(names(book.broken_by([](Entry& e, const View&) { e.lines[0].quantity = Decimal::whole(2); }), law));
  CHECK(names(book.broken_by([](Entry& e, const View& view) {
    const Id<Item> flour = view.masters().items.id_of("FLOUR");
    e.lines[0].lot = view.lot_called(flour, "F1");
  }),
              law));
  CHECK(names(book.broken_by([](Entry& e, const View& view) {
    e.lines[0].lot = view.lot_called(view.masters().items.id_of("DISK"), "D-2");
  }),
              law));
}

TEST_CASE("a unit lies in one place and is no part of itself", "[serials]") {
  Disks book;
  constexpr std::string_view law = "serials_lie_in_one_place";
  CHECK(names(book.broken_by([](Entry& e, const View& view) { e.lines[0].from = view.masters().places.id_of("QUAR"); }),
              law));
  CHECK(names(book.broken_by([](Entry& e, const View& view) {
    e.lines.push_back(e.lines[0]);
    e.lines[1].to = view.masters().places.id_of("QUAR");
  }),
              law));
  CHECK(names(book.broken_by([](Entry& e, const View&) {
    e.facts.emplace_back(Installed{e.lines[0].serial, e.lines[0].serial});
  }),
              law));
}

TEST_CASE("a serial number that the item has already is not opened again", "[serials]") {
  Disks book;
  const std::string said = book.broken_by([](Entry& e, const View& view) {
    const Id<Partner> farm = view.masters().partners.id_of("FARM");
    e.facts.emplace_back(SerialsOpened{e.lines[0].lot.value, farm.value, view.next_id(), {"D-2"}});
  });
  CHECK(names(said, "belongs to one unit"));
}

TEST_CASE("ten thousand units come in one receipt, move together, and are taken back together", "[serials]") {
  Disks book;
  const std::string all = book.unit_list(10'000);
  const Posted received = book.receive("D-9", all);
  CHECK(book.on_hand("DISK", "D-9", "ST1") == "10000");
  const Posted moved = book.post(
      "move", "{'lines':[{'item':'DISK','from':'ST1','to':'ST2','quantity':'10000','serials':[" + all + "]}]}");
  CHECK(book.entry(moved.entry).lines.size() == 10'000);
  CHECK(book.on_hand("DISK", "D-9", "ST2") == "10000");
  CHECK(book.refused("undo", "{'entries':[" + std::to_string(received.entry) + "],'reason':'wrong'}") == "in_the_way ");
  book.post("undo", "{'entries':[" + std::to_string(moved.entry) + "," + std::to_string(received.entry) +
                        "],'reason':'wrong'}");
  CHECK(book.on_hand("DISK", "D-9", "ST1") == "0");
  const bool is_known = book.see(
      [](const View& view) { return !view.serials_called(view.masters().items.id_of("DISK"), "S17").empty(); });
  CHECK_FALSE(is_known);
  const Verified verified = verify(book.store(), std::nullopt);
  CHECK(verified.wrong == std::vector<std::string>());
}

TEST_CASE("what waits in one batch sees units taken back and opened before it", "[serials]") {
  Disks book;
  const Posted wrong = book.receive("D-4", "'X'");
  const std::string again =
      "{'supplier':'FARM','document':'D-5','to':'ST1','lines':[{'item':'DISK','lot':'D-5','serials':['X']}]}";
  const std::vector<Outcome> outcomes =
      book.together({{"receive", again},
                     {"undo", "{'entries':[" + std::to_string(wrong.entry) + "],'reason':'wrong'}"},
                     {"receive", again},
                     {"move", "{'lines':[{'item':'DISK','from':'ST1','to':'ST2','serials':['X']}]}"}});
  CHECK(TestBook::refused(outcomes[0]) == "serial_taken /lines/0/serials/0");
  CHECK(TestBook::refused(outcomes[2]) == "posted");
  CHECK(TestBook::refused(outcomes[3]) == "posted");
  CHECK(book.on_hand("DISK", "D-5", "ST2") == "1");
  CHECK(verify(book.store(), std::nullopt).wrong == std::vector<std::string>());
}

}  // namespace lotbook
