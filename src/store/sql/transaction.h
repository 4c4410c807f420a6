// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/entry.h"
#include "model/finding.h"
#include "model/handling_unit.h"
#include "model/lot.h"
#include "model/masters.h"
#include "store/store.h"

// All SQL about a book, as functions of one open transaction. A writer's transaction sees its own rows; a reader's is a
// snapshot.

namespace lotbook {

struct Head {
  std::uint64_t seq = 0;
  Hash hash{};
  std::uint32_t next_id = 0;
  Instant settled_max{INT64_MIN};  ///< no entry is settled later: newer ones need no look at the past
};

struct EntryRow {
  std::uint64_t seq = 0;
  ByteView body;  ///< canonical bytes, valid until the next read
  Hash hash{};
};

/// What lies somewhere, as the FEFO order keeps it (R50, R53). `pick_day`: governing day, or the day it came for FIFO
/// items.
struct StockRow {
  Id<Item> item;
  std::int32_t pick_day = Date::none_day;
  Id<Lot> lot;
  Id<Place> place;
  bool blocked = false;  ///< repeats the lot's status so that a scan passes held lots without reading them
  Decimal quantity, quantity2;
};

struct RecordRow {
  std::uint32_t id = 0;
  Noun noun = Noun::item;
  std::string code, body;
};
struct ReadingRow {
  std::uint32_t subject = 0;
  std::string attribute;
  std::uint64_t seq = 0;
  std::string value, unit;
};
struct JoinedRow {
  Id<Lot> lot, with;
  std::uint64_t seq = 0;
};
/// Something that an entry noticed (`Noticed`), by its position among the entry's facts.
struct NoticedRow {
  std::uint64_t seq = 0;
  std::size_t position = 0;
  std::string code;
  Id<Lot> lot;
};
struct PrivateRow {
  Hash hash{};
  Bytes salt;
  std::string value;
};

class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}
  Connection& connection() { return connection_; }

  // --- reading
  std::optional<Head> head();
  /// Body and hash of one entry; nullopt beyond the head. The view is valid until the next read of an entry.
  std::optional<EntryRow> entry(std::uint64_t seq);
  /// Entries from `first` on in order, until `visit` says false or there are no more.
  void entries_from(std::uint64_t first, const std::function<bool(const EntryRow&)>& visit);
  std::optional<Lot> lot(Id<Lot> lot, bool& is_held);
  std::vector<StockCell> stock_of(const Lot& lot, std::int32_t pick_day);
  std::vector<LotName> names(Id<Item> item, std::string_view skeleton);
  bool has_lots(Id<Item> item);
  std::vector<LotName> names_of(Id<Item> item, Id<Lot> lot);
  /// Entries that speak of a subject (lot, run, hold, record), in order, without the one that opened a lot.
  std::vector<std::uint64_t> touches(std::uint32_t subject, std::uint64_t after, std::size_t limit);
  std::vector<std::uint64_t> documents(std::string_view number);
  /// Entries that sign this one, in order.
  std::vector<std::uint64_t> signatures(std::uint64_t entry);
  std::optional<std::uint64_t> idem(std::int64_t key);
  std::optional<Run> run(Id<Run> run);
  std::optional<Run> run_numbered(std::string_view number);
  std::optional<Serial> serial(Id<Serial> serial);
  std::vector<Serial> serials_called(Id<Item> item, std::string_view code);
  std::vector<Id<Serial>> components_of(Id<Serial> serial);
  /// Units of a lot in order of code, from the one after `after` on, until `visit` says false.
  void serials_of(const Lot& lot, std::string_view after, const std::function<bool(const Serial&)>& visit);
  std::optional<Hold> hold(Id<Hold> hold);
  std::vector<Hold> holds_numbered(std::string_view number);  ///< standing and lifted
  std::vector<Hold> holds_on(Id<Lot> lot);                    ///< standing ones that cover the lot
  std::vector<Id<Lot>> lots_under(Id<Hold> hold);
  std::vector<Id<Lot>> joined_with(Id<Lot> lot);  ///< both directions, one step
  std::vector<ReadingRow> readings(std::uint32_t subject);
  /// Stock of an item in the order of picking, until `visit` says false.
  void stock_of_item(Id<Item> item, const std::function<bool(const StockRow&)>& visit);
  /// Every lot, and all stock, in one scan: for the genealogy in memory.
  void all_lots(const std::function<void(Id<Lot>, Id<Item>, std::string_view code, Origin)>& visit);
  void all_stock(const std::function<void(const StockRow&)>& visit);
  /// Runs in order of number, from the one after `after` on, until `visit` says false.
  void runs_after(std::string_view after, const std::function<bool(const Run&)>& visit);
  /// Stock of the item of `after` in picking order, behind that row.
  void stock_after(const StockRow& after, const std::function<bool(const StockRow&)>& visit);
  std::vector<Id<Lot>> lots_of(Id<Item> item);
  void standing_holds(Id<Hold> after, const std::function<bool(const Hold&)>& visit);
  void noticed_after(std::uint64_t seq, std::size_t position, const std::function<bool(const NoticedRow&)>& visit);
  /// Names of lots whose skeleton holds this, in no order; reads all names unless told to stop.
  void names_with(std::string_view skeleton_part, const std::function<bool(const LotName&)>& visit);
  /// Every number of a paper, with the first entry on it, in order of number.
  void each_document(const std::function<bool(std::string_view number, std::uint64_t first)>& visit);
  /// Lots of which something lies in exactly this place.
  std::vector<Id<Lot>> lots_in(Id<Place> place);
  std::vector<Id<Lot>> lots_in_vessel(Id<Place> vessel);
  /// All notices by their entry and code, newest first, until `visit` says false.
  void noticed(const std::function<bool(std::uint64_t seq, const std::string& code)>& visit);
  /// The same from a picking day on.
  void stock_from(Id<Item> item, std::int32_t pick_day, const std::function<bool(const StockRow&)>& visit);
  void all_records(const std::function<void(const RecordRow&)>& visit);
  /// An order with its lines.
  std::optional<TradeOrder> trade_order(Id<TradeOrder> order);
  std::optional<Id<TradeOrder>> trade_order_numbered(TradeKind kind, std::string_view number);
  /// Orders of a kind in order of number, without their lines, from the one after `after` on, until `visit` says false.
  void trade_orders_after(TradeKind kind, std::string_view after, const std::function<bool(const TradeOrder&)>& visit);
  /// Lines of open sales orders that still want goods of the item at the site, in order of orders.
  void waiting_lines(Id<Item> item, Id<Place> site, const std::function<void(Id<TradeOrder>, const TradeLine&)>& visit);
  /// In order of lot, line and place.
  std::vector<Allotment> allotments_for(Id<TradeOrder> order);
  /// Reads through what stands for all orders; in their order.
  std::vector<Allotment> allotments_of(Id<Lot> lot);
  std::vector<Allotted> allotted_of(Id<Lot> lot);
  std::optional<PrivateRow> private_value(const Hash& hash);
  void all_private(const std::function<void(const PrivateRow&)>& visit);
  std::optional<std::string> setting(std::string_view name);

  /// Units of the lot that are held for themselves, in order.
  std::vector<HeldUnit> held_units(Id<Lot> lot);
  std::vector<HeldUnit> units_under(Id<Hold> hold);
  /// All pallets and cases under holds, in order.
  std::vector<HeldHandlingUnit> held_handling_units();
  /// Units in exactly this place, in order of item and code, from the one after that on, until `visit` says false.
  void serials_in(Id<Place> place, Id<Item> after_item, std::string_view after,
                  const std::function<bool(const Serial&)>& visit);
  /// Every unit that is there, in no order; for a search without an index.
  void all_serials(const std::function<void(Id<Serial>, std::string_view code)>& visit);
  /// Every pallet and case that was ever opened; likewise.
  void all_handling_units(const std::function<void(Id<HandlingUnit>, std::string_view sscc)>& visit);
  std::optional<Finding> finding(Id<Finding> finding);
  std::optional<Id<Finding>> finding_numbered(FindingKind kind, std::string_view number);
  /// Newest first, from the one before `before` on, until `visit` says false. A lot or unit narrows them.
  struct FindingsAbout {
    FindingKind kind = FindingKind::complaint;
    Id<Lot> lot;
    Id<Serial> serial;
  };
  void findings_before(const FindingsAbout& about, Id<Finding> before,
                       const std::function<bool(const Finding&)>& visit);

  // --- writing; rows sorted by key by the caller, where there are many
  void put_head(const Head& head);
  struct NewEntry {
    std::uint64_t seq;
    ByteView body;
    ByteView hash;
  };
  void add_entries(std::span<const NewEntry> rows);
  struct NewLot {
    const Lot* lot;
    bool is_held;
  };
  void put_lots(std::span<const NewLot> rows);
  struct NewName {
    const LotName* name;
    std::string skeleton;
  };
  void add_names(std::span<const NewName> rows);
  void drop_name(const LotName& name);
  void put_stock(std::span<const StockRow> rows);
  void drop_stock(std::span<const StockRow> keys);
  std::optional<HandlingUnit> handling_unit(Id<HandlingUnit> id);
  std::optional<Id<HandlingUnit>> handling_unit_called(std::string_view sscc);
  std::vector<Id<HandlingUnit>> handling_units_with(Id<Lot> lot);
  std::vector<Id<HandlingUnit>> handling_units_at(Id<Place> place, std::string_view after, std::size_t limit);
  std::vector<Id<HandlingUnit>> handling_units_inside(Id<HandlingUnit> outer);
  bool has_handling_units();
  /// The row, and all rows of what is on it anew.
  void put_handling_unit(const HandlingUnit& unit);
  void add_vessel_lot(Id<Place> vessel, Id<Lot> lot);
  void drop_vessel_lot(Id<Place> vessel, Id<Lot> lot);
  void add_touches(std::span<const std::pair<std::uint32_t, std::uint64_t>> rows);
  void add_documents(std::span<const std::pair<std::string_view, std::uint64_t>> rows);
  void add_idem(std::span<const std::pair<std::int64_t, std::uint64_t>> rows);
  void put_runs(std::span<const Run* const> runs);
  void put_serials(std::span<const Serial* const> serials);
  void drop_serial(Id<Serial> serial);
  void put_hold(const Hold& hold);
  void add_hold_lot(Id<Hold> hold, Id<Lot> lot);
  void drop_hold_lot(Id<Hold> hold, Id<Lot> lot);
  void add_joined(const JoinedRow& row);
  void drop_joined(const JoinedRow& row);
  void add_reading(const ReadingRow& row);
  void drop_readings(std::uint64_t seq, std::uint32_t subject, std::string_view attribute);
  void put_record(const RecordRow& row);
  void add_noticed(std::uint64_t seq, std::size_t position, std::string_view code, Id<Lot> lot);
  struct ChangedLine {
    const TradeOrder* order;
    const TradeLine* line;
  };
  /// The order alone, without its lines.
  void put_trade_order(const TradeOrder& order);
  void put_order_lines(std::span<const ChangedLine> rows);
  void put_allotments(std::span<const Allotment> rows);
  void drop_allotment(const Allotment& row);
  void put_allotted(Id<Lot> lot, const Allotted& row);
  void drop_allotted(Id<Lot> lot, Id<Place> place);
  void add_held_unit(const HeldUnit& row);
  void drop_held_unit(const HeldUnit& row);
  void add_held_handling_unit(const HeldHandlingUnit& row);
  void drop_held_handling_unit(const HeldHandlingUnit& row);
  void put_finding(const Finding& finding);
  void add_signature(std::uint64_t entry, std::uint64_t seq);
  void add_private(const PrivateRow& row);
  void drop_private(const Hash& hash);
  void put_setting(std::string_view name, std::string_view value);

 private:
  Connection& connection_;
};

}  // namespace lotbook
