// SPDX-License-Identifier: Apache-2.0
#include "commands/bundle/import.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "commands/run_content.h"
#include "ledger/book.h"
#include "store/sqlite/sqlite_store.h"

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
    store_ = open_sqlite({.file = folder + "/book", .create = true});
    write("items.csv", "item,name,unit\nFLOUR,Flour,KGM\nBREAD,Bread,EA\nCRUMBS,Crumbs,KGM\n");
    write("partners.csv", "partner,name,roles\nMILL,Mill,supplier\nSHOP,Shop,customer\n");
    write("locations.csv", "location,name,kind\nST1,Store,storage\nST2,Store 2,storage\nQ,Quarantine,quarantine\n");
  }
  ~Plant() {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Plant(const Plant&) = delete;
  Plant& operator=(const Plant&) = delete;

  void write(const std::string& file, const std::string& text) { std::ofstream(folder_ / file) << text; }
  /// Rows as "2026-03-02,receive,D-1,FLOUR,F1,100,,ST1,MILL,,".
  ImportReport import(const std::string& rows) {
    write("events.csv", "occurred_at,event,document,item,lot,quantity,from,to,partner,expires_on,into,reason\n" + rows);
    ImportOptions options;
    options.folder = folder_.string();
    SetClock clock{june};
    return import_bundle(*store_, clock, options);
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

}  // namespace
}  // namespace lotbook
