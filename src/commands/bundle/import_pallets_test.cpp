// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "commands/bundle/import.h"
#include "ledger/book.h"
#include "ledger/verify.h"
#include "store/scratch_book.h"

namespace lotbook {
namespace {

const Instant june{1'780'300'800'000'000};  // 2026-06-01T08:00:00Z
const std::string pallet = "340063810000000018", other = "340063810000000025";

/// A book that histories with pallets come into.
class Ramp {
 public:
  Ramp() {
    std::string folder = (std::filesystem::temp_directory_path() / "lotbook-import-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    folder_ = folder;
    scratch_.emplace(folder + "/book");
    store_ = scratch_->open();
    write("items.csv", "item,name,unit\nFLOUR,Flour,KGM\n");
    write("partners.csv", "partner,name,roles\nMILL,Mill,supplier\nSHOP,Shop,customer\n");
    write("locations.csv", "location,name,kind\nST1,Store,storage\nST2,Store 2,storage\nBACK,Returns,returns\n");
  }
  ~Ramp() {
    store_.reset(), scratch_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Ramp(const Ramp&) = delete;
  Ramp& operator=(const Ramp&) = delete;

  void write(const std::string& file, const std::string& text) { std::ofstream(folder_ / file) << text; }
  ImportReport import(const std::string& rows) {
    write("events.csv", "occurred_at,event,document,item,lot,quantity,from,to,partner,reason,sscc\n" + rows);
    ImportOptions options;
    options.folder = folder_.string();
    SetClock clock{june};
    return import_bundle(*store_, clock, options);
  }
  std::vector<std::string> holds_on(const std::string& sscc) {
    Book book(*store_);
    const std::unique_ptr<Connection> reader = store_->open_reader();
    reader->begin();
    Transaction transaction(*reader);
    const View view = book.reading_view(transaction);
    std::vector<std::string> numbers;
    for (const Hold& hold : view.holds_on(view.handling_unit_called(sscc)->id)) numbers.push_back(hold.number);
    return numbers;
  }
  std::vector<std::string> wrong() { return verify(*store_, std::nullopt).wrong; }

 private:
  std::filesystem::path folder_;
  std::optional<ScratchBook> scratch_;
  std::unique_ptr<Store> store_;
};

const std::string came = "2026-03-02T08:00Z,receive,D-1,FLOUR,F1,60,,ST1,MILL,," + pallet +
                         "\n2026-03-02T08:00Z,receive,D-1,FLOUR,F2,40,,ST1,MILL,," + pallet +
                         "\n2026-03-02T08:00Z,receive,D-1,FLOUR,F3,10,,ST1,MILL,,\n";

}  // namespace

// proves: R38
TEST_CASE("A bundle holds a pallet once for all lots that its rows name, and lifts it, in one bundle or in two") {
  Ramp ramp;
  const std::string held = "2026-03-03T08:00Z,hold,H-1,FLOUR,F1,,,,,wet," + pallet +
                           "\n2026-03-03T08:00Z,hold,H-1,FLOUR,F2,,,,,wet," + pallet + "\n";
  const std::string lifted = "2026-03-04T08:00Z,release,H-1,FLOUR,F1,,,,,dry," + pallet + "\n";
  SECTION("in one") {
    REQUIRE(ramp.import(came + held + lifted).faults.empty());
    CHECK(ramp.holds_on(pallet).empty());
  }
  SECTION("in two") {
    REQUIRE(ramp.import(came + held).faults.empty());
    CHECK(ramp.holds_on(pallet) == std::vector<std::string>{"H-1"});
    REQUIRE(ramp.import(lifted).faults.empty());
    CHECK(ramp.holds_on(pallet).empty());
  }
  CHECK(ramp.wrong() == std::vector<std::string>());
}

// proves: R38
TEST_CASE("A bundle's hold on a pallet that is not there is a fault of its row") {
  Ramp ramp;
  const auto fault = [&](const std::string& row) {
    const ImportReport report = ramp.import(came + row);
    REQUIRE(report.faults.size() == 1);
    return report.faults[0].column + ": " + report.faults[0].reason;
  };
  CHECK(fault("2026-03-03T08:00Z,hold,H-1,FLOUR,F1,,,,,wet," + other + "\n") ==
        "sscc: no row before has brought anything on " + other);
  CHECK(fault("2026-03-03T08:00Z,dispatch,N-1,FLOUR,F1,60,ST1,,SHOP,," + pallet +
              "\n2026-03-04T08:00Z,hold,H-1,FLOUR,F1,,,,,wet," + pallet + "\n") ==
        "sscc: " + pallet + " has left before");
  CHECK(fault("2026-03-03T08:00Z,hold,H-1,FLOUR,F1,,ST1,,,wet," + pallet + "\n") ==
        "sscc: a hold on a pallet covers what is on it, and nothing else: leave from, serial and kind empty");
  CHECK(fault("2026-03-03T08:00Z,release,H-1,FLOUR,F1,,,,,dry," + pallet + "\n") ==
        "document: no hold H-1 stands on that pallet");
}

// proves: R24, R82
TEST_CASE("A pallet that came back in a bundle goes again; one that did not come back does not") {
  Ramp ramp;
  const std::string left = "2026-03-03T08:00Z,dispatch,N-1,FLOUR,F1,60,ST1,,SHOP,," + pallet +
                           "\n2026-03-03T08:00Z,dispatch,N-1,FLOUR,F2,40,ST1,,SHOP,," + pallet + "\n";
  const std::string back = "2026-03-04T08:00Z,return,R-1,FLOUR,F1,20,,BACK,SHOP,," + pallet + "\n";
  const std::string again = "2026-03-05T08:00Z,move,M-1,FLOUR,F1,20,BACK,ST1,,," + pallet +
                            "\n2026-03-06T08:00Z,dispatch,N-2,FLOUR,F1,20,ST1,,SHOP,," + pallet + "\n";
  SECTION("it did") {
    const ImportReport report = ramp.import(came + left + back + again);
    REQUIRE(report.faults.empty());
  }
  SECTION("it did not") {
    const ImportReport report = ramp.import(came + left + again);
    REQUIRE_FALSE(report.faults.empty());
  }
  CHECK(ramp.wrong() == std::vector<std::string>());
}

}  // namespace lotbook
