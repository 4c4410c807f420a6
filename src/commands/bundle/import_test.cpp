// SPDX-License-Identifier: Apache-2.0
#include "commands/bundle/import.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "commands/run_content.h"
#include "ledger/book.h"
#include "store/scratch_book.h"

namespace lotbook {
namespace {

const Instant june{1'780'300'800'000'000};  // 2026-06-01T08:00:00Z

/// A small plant's bundle, imported into a book of its own.
class Plant {
 public:
  Plant() {
    std::string folder = (std::filesystem::temp_directory_path() / "lotbook-import-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    folder_ = folder;
    scratch_.emplace(folder + "/book");
    store_ = scratch_->open();
    write("items.csv", "item,name,unit\nFLOUR,Flour,KGM\nBREAD,Bread,EA\nCRUMBS,Crumbs,KGM\n");
    write("partners.csv", "partner,name,roles\nMILL,Mill,supplier\nSHOP,Shop,customer\n");
    write("locations.csv", "location,name,kind\nST1,Store,storage\nST2,Store 2,storage\nQ,Quarantine,quarantine\n");
  }
  ~Plant() {
    store_.reset(), scratch_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Plant(const Plant&) = delete;
  Plant& operator=(const Plant&) = delete;

  void write(const std::string& file, const std::string& text) { std::ofstream(folder_ / file) << text; }
  /// Rows as "2026-03-02T08:00Z,receive,D-1,FLOUR,F1,100,,ST1,MILL,,," and perhaps a kind.
  ImportReport import(const std::string& rows) {
    std::string text = "occurred_at,event,document,item,lot,quantity,from,to,partner,expires_on,into,reason,kind\n";
    std::istringstream lines(rows);
    for (std::string line; std::getline(lines, line);)
      text += line + (std::count(line.begin(), line.end(), ',') < 12 ? ",\n" : "\n");
    write("events.csv", text);
    ImportOptions options;
    options.folder = folder_.string();
    SetClock clock{june};
    return import_bundle(*store_, clock, options);
  }
  void ask_for_life(const std::string& partner, int days) {
    Book book(*store_);
    Book::Batch batch(book);
    const Register<Partner>& partners = batch.view().masters().partners;
    Partner after = *partners.find(partner);
    after.minimum_life_days = days;
    Entry entry;
    entry.kind = EntryKind::set_record, entry.recorded_at = june, entry.occurred.at = june, entry.settled_at = june;
    entry.facts.push_back(RecordSet{Noun::partner, partners.id_of(partner).value, partner,
                                    differences<Partner>(partners.find(partner), after)});
    batch.post(entry);
    batch.commit();
  }
  template <class Look>
  auto see(Look look) {
    Book book(*store_);
    const std::unique_ptr<Connection> reader = store_->open_reader();
    reader->begin();
    Transaction transaction(*reader);
    auto answer = look(View(transaction, book.masters(), book.head()));
    reader->rollback();
    return answer;
  }
  /// Links of a run, as "F1>BREAD B1 F1>CRUMBS B1".
  std::string links(const std::string& run) {
    return see([&](const View& view) {
      const auto spoken = [&](Id<Lot> lot) {
        const Lot& row = view.lot(lot)->lot;
        return std::string(view.masters().items.code_of(row.item)) + " " + row.code;
      };
      std::string all;
      for (const RunLink& link : links_of(content_of(view, view.run_numbered(run)->id)))
        all += (all.empty() ? "" : ", ") + spoken(link.from) + ">" + spoken(link.to);
      return all;
    });
  }

 private:
  std::filesystem::path folder_;
  std::optional<ScratchBook> scratch_;
  std::unique_ptr<Store> store_;
};

std::string faults(const ImportReport& report) {
  std::string all;
  for (const BundleFault& fault : report.faults)
    all += std::to_string(fault.line) + " " + fault.column + ": " + fault.reason + "\n";
  return all;
}

// proves: R8, R66
TEST_CASE("an imported input whose output has two items' code goes into both of them and no other", "[import]") {
  Plant plant;
  const ImportReport report = plant.import(
      "2026-03-02T08:00Z,receive,D-1,FLOUR,F1,100,,ST1,MILL,,,\n"
      "2026-03-02T09:00Z,consume,R-1,FLOUR,F1,10,ST1,,,,B1,\n"
      "2026-03-02T10:00Z,produce,R-1,BREAD,B1,8,,ST1,,,,\n"
      "2026-03-02T10:00Z,produce,R-1,CRUMBS,B1,1,,ST1,,,,\n"
      "2026-03-02T10:00Z,produce,R-1,BREAD,B2,8,,ST1,,,,\n");
  INFO(faults(report));
  REQUIRE(report.faults.empty());
  CHECK(report.warnings.at("into_fits_several") == 1);
  CHECK(plant.links("R-1") == "FLOUR F1>BREAD B1, FLOUR F1>CRUMBS B1");
}

// proves: R66
TEST_CASE("an imported output is not earlier than what is assigned to it, in one bundle or in two", "[import]") {
  const std::string received = "2026-03-02T08:00Z,receive,D-1,FLOUR,F1,100,,ST1,MILL,,,\n",
                    late = "2026-03-02T11:00Z,consume,R-1,FLOUR,F1,10,ST1,,,,B1,\n",
                    made = "2026-03-02T10:00Z,produce,R-1,BREAD,B1,8,,ST1,,,,\n";
  SECTION("the input first") {
    Plant plant;
    CHECK(faults(plant.import(received + late + made)).find("4 occurred_at: ") == 0);
  }
  SECTION("the output first") {
    Plant plant;
    CHECK(faults(plant.import(received + made + late)).find("4 into: ") == 0);
  }
  SECTION("the output in an earlier bundle") {
    Plant plant;
    REQUIRE(plant.import(received + made).faults.empty());
    CHECK(faults(plant.import(received + made + late)).find("4 into: ") == 0);
  }
  SECTION("of a lot that another run made before") {
    Plant plant;
    const std::string rework =
        "2026-03-03T08:00Z,consume,RW-1,BREAD,B1,2,ST1,,,,,,rework\n"
        "2026-03-03T09:00Z,consume,RW-1,FLOUR,F1,1,ST1,,,,B1,,rework\n"
        "2026-03-03T10:00Z,produce,RW-1,BREAD,B1,2,,ST1,,,,,rework\n";
    CHECK(faults(plant.import(received + made + rework)).empty());
  }
  SECTION("the input in an earlier bundle, its batch number taken ahead") {
    Plant plant;
    const std::string other = "2026-03-02T12:00Z,produce,R-1,BREAD,B1,8,,ST1,,,,\n";
    REQUIRE(plant.import(received + late + other).faults.empty());
    CHECK(faults(plant.import(received + late + other + made)).find("5 occurred_at: ") == 0);
  }
}

// proves: R49, R51, R53, R93
TEST_CASE("an import keeps what was used out of order, or lived too short, as warnings", "[import]") {
  Plant plant;
  const std::string stock =
      "2026-03-02T08:00Z,receive,D-1,FLOUR,F1,100,,ST1,MILL,2026-03-20,,\n"
      "2026-03-02T08:00Z,receive,D-1,FLOUR,F2,100,,ST2,MILL,2026-03-10,,\n"
      "2026-03-02T08:00Z,receive,D-1,FLOUR,F3,100,,Q,MILL,2026-03-05,,\n"
      "2026-03-02T08:00Z,receive,D-1,FLOUR,F4,100,,ST2,MILL,2026-03-04,,\n"
      "2026-03-02T08:30Z,hold,H-1,FLOUR,F4,,,,,,,wet\n";
  SECTION("consumed and dispatched while an earlier one lay usable at the site") {
    const ImportReport report = plant.import(stock +
                                             "2026-03-02T09:00Z,consume,R-1,FLOUR,F1,10,ST1,,,,,\n"
                                             "2026-03-02T09:00Z,produce,R-1,BREAD,B1,8,,ST1,,,,\n"
                                             "2026-03-03T09:00Z,dispatch,N-1,FLOUR,F1,10,ST1,,SHOP,,,\n"
                                             "2026-03-03T10:00Z,dispatch,N-2,FLOUR,F2,10,ST2,,SHOP,,,\n");
    INFO(faults(report));
    REQUIRE(report.faults.empty());
    CHECK(report.warnings.at("used_out_of_order") == 1);
    CHECK(report.warnings.at("dispatched_out_of_order") == 1);
    const std::string code = plant.see([](const View& view) {
      for (const std::uint64_t seq : view.documents("N-1"))
        for (const Fact& fact : view.entry(seq)->facts)
          if (const auto* noticed = std::get_if<Noticed>(&fact)) return noticed->code;
      return std::string();
    });
    CHECK(code == "dispatched_out_of_order");
  }
  SECTION("neither when the earlier one goes to the last gram on the same paper, nor once it has expired") {
    const ImportReport report = plant.import(stock +
                                             "2026-03-03T09:00Z,dispatch,N-1,FLOUR,F1,10,ST1,,SHOP,,,\n"
                                             "2026-03-03T09:00Z,dispatch,N-1,FLOUR,F2,60,ST2,,SHOP,,,\n"
                                             "2026-03-03T09:00Z,dispatch,N-1,FLOUR,F2,40,ST2,,SHOP,,,\n"
                                             "2026-03-11T09:00Z,open,,FLOUR,F5,1,,ST2,,2026-03-10,,\n"
                                             "2026-03-11T10:00Z,dispatch,N-2,FLOUR,F1,10,ST1,,SHOP,,,\n");
    INFO(faults(report));
    REQUIRE(report.faults.empty());
    CHECK(report.warnings.count("dispatched_out_of_order") == 0);
  }
  SECTION("goods put back count again") {
    const ImportReport report = plant.import(stock +
                                             "2026-03-03T09:00Z,dispatch,N-1,FLOUR,F2,100,ST2,,SHOP,,,\n"
                                             "2026-03-03T10:00Z,void,N-1,,,,,ST2,,,,\n"
                                             "2026-03-03T11:00Z,dispatch,N-2,FLOUR,F1,10,ST1,,SHOP,,,\n");
    INFO(faults(report));
    REQUIRE(report.faults.empty());
    CHECK(report.warnings.at("dispatched_out_of_order") == 1);
  }
  SECTION("too short-lived for whom the book knows to ask for more") {
    REQUIRE(plant.import(stock).faults.empty());
    plant.ask_for_life("SHOP", 30);
    const ImportReport report = plant.import(stock + "2026-03-03T09:00Z,dispatch,N-1,FLOUR,F1,10,ST1,,SHOP,,,\n");
    INFO(faults(report));
    REQUIRE(report.faults.empty());
    CHECK(report.warnings.at("too_short_lived") == 1);
    CHECK(report.warnings.count("dispatched_out_of_order") == 0);  // the earlier one would not have done either
  }
}

// proves: R42
TEST_CASE("a hold that flows reaches what an earlier bundle made, and nothing that its lots did not go into",
          "[import]") {
  Plant plant;
  const std::string made =
      "2026-03-02T08:00Z,receive,D-1,FLOUR,F1,100,,ST1,MILL,,,\n"
      "2026-03-02T08:00Z,receive,D-1,FLOUR,F2,100,,ST1,MILL,,,\n"
      "2026-03-02T09:00Z,consume,R-1,FLOUR,F1,10,ST1,,,,B1,\n"
      "2026-03-02T09:00Z,consume,R-1,FLOUR,F2,10,ST1,,,,,\n"
      "2026-03-02T10:00Z,produce,R-1,BREAD,B1,8,,ST1,,,,\n"
      "2026-03-02T10:00Z,produce,R-1,BREAD,B2,8,,ST1,,,,\n";
  REQUIRE(plant.import(made).faults.empty());
  const ImportReport report = plant.import(made + "2026-03-03T09:00Z,hold,H-1,FLOUR,F1,,,,,,,glass,descendants\n");
  INFO(faults(report));
  REQUIRE(report.faults.empty());
  const auto is_held = [&](const char* item, const char* lot) {
    return plant.see(
        [&](const View& view) { return view.lot(view.lot_called(view.masters().items.id_of(item), lot))->is_held; });
  };
  CHECK(is_held("FLOUR", "F1"));
  CHECK(is_held("BREAD", "B1"));
  CHECK_FALSE(is_held("BREAD", "B2"));
  CHECK_FALSE(is_held("FLOUR", "F2"));
}

}  // namespace
}  // namespace lotbook
