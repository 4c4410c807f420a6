// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/container/small_vector.hpp>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/flat_map.h"
#include "base/text.h"
#include "commands/bundle/import.h"
#include "commands/bundle/masters_in.h"
#include "commands/bundle/stock_in_order.h"
#include "ledger/view.h"
#include "model/handling_unit.h"
#include "model/minimum_life.h"
#include "model/usable.h"

// The history of a bundle, row by row, into entries. Rows of one document and instant become one entry. Whole plants
// come in, so everything that a row needs is at hand in memory; the entries go through the same projection as any
// other.

namespace lotbook {

/// Columns of events.csv, in the order of the list in history_in.cpp.
enum class EventColumn : std::size_t {
  occurred_at,
  event,
  document,
  item,
  lot,
  serial,
  quantity,
  unit,
  from,
  to,
  partner,
  supplier_lot,
  expires_on,
  produced_on,
  reference,
  reason,
  issuer,
  best_before_on,
  retest_on,
  into,
  sscc,
  quantity2,
  kind
};
const CsvColumns& event_columns();

enum class Event : std::uint8_t {
  open,
  receive,
  name,
  move,
  consume,
  produce,
  close,
  dispatch,
  void_dispatch,
  return_goods,
  return_to_supplier,
  fill,
  empty,
  clean,
  dispose,
  sample,
  count,
  adjust,
  hold,
  quarantine,
  reject,
  release
};

class HistoryIn {
 public:
  /// May number the entry; it stays the caller's.
  using Post = std::function<void(Entry&)>;
  /// `faults` may hold some already: then nothing is posted, rows are only judged.
  HistoryIn(View& view, Instant now, const ImportOptions& options, std::vector<BundleFault>& faults,
            ImportReport& report, Post post);

  /// Opening stock to post before the first row (R93), as a run with `tolerates_want` found it.
  void open_first(const std::vector<ProposedOpening>& openings, Instant at);
  void read(const BundleFiles::File& events, std::size_t skip_bytes);
  /// Whether want of goods is noted as opening stock to propose, instead of being a fault.
  bool tolerates_want = false;
  std::vector<ProposedOpening> wants() const;

 private:
  struct Cell;
  struct HoldRec;
  struct LotRec;
  struct Row;
  struct RunRec;
  struct Move;
  struct Planned;
  struct UnitRec;
  struct VesselRec;
  struct PalletRec;
  struct Dispatched;

  // history_in.cpp: rows and entries
  void take(const Row& row);
  bool read_row(CsvReader& csv, Row& row);
  void begin_entry(const Row& row, EntryKind kind);
  void finish_entry();
  void settle_entry();
  void read_ahead(const BundleFiles::File& events);
  void check_past();
  void close_runs();
  // history_rows.cpp: what each event does
  void open_or_receive(const Row& row);
  void add_name(const Row& row);
  void move_goods(const Row& row);
  void consume(const Row& row);
  void produce(const Row& row);
  void know_past_of(LotRec& output, const RunRec& run);
  void close(const Row& row);
  void dispatch(const Row& row);
  void void_dispatch(const Row& row);
  void return_goods(const Row& row);
  void leave(const Row& row);
  void count(const Row& row);
  void adjust(const Row& row);
  void change_quality(const Row& row);
  void hold(const Row& row);
  void release(const Row& row);
  // history_pallets.cpp: handling units (R24)
  PalletRec& pallet_of(const std::string& sscc, Id<Place> place);
  void carry_pallets();
  void carry_pallet(const std::string& sscc, const std::vector<std::size_t>& lines);
  void take_off_what_left();
  PalletRec* known_pallet(const Row& row);
  void hold_pallet(const Row& row);
  void release_pallet(const Row& row);
  void bring_back_pallets(const Dispatched& dispatch, Id<Place> to);
  // history_vessels.cpp: tanks and silos (R74-R76)
  VesselRec& vessel_of(Id<Place> place);
  void keep_in_vessel(const Row& row, LotRec& lot, Id<Place> vessel, Decimal came, bool lies_there);
  bool draws_unnamed(const Row& row) const;
  void draw(const Row& row);
  void act(const Row& row);
  void fill(const Row& row);
  void mix(const Row& row, LotRec& lot, Id<Place> from, Id<Place> vessel, Decimal much, Decimal much2);
  LotRec& open_mixture(const Row& row, const std::vector<LotRec*>& inputs, Id<Place> vessel);
  void declare(const Row& row);
  // history_use.cpp: what the rules of use would have said
  void judge_use(const Row& row, const LotRec& lot, Id<Place> from, const Asking& asking);
  void judge_order_of_use();
  bool passes_over(const LotRec& lot, std::uint32_t site, Date today, const LifeAsked& asked) const;
  void keep_in_order(const LotRec& lot, Id<Place> place, std::int64_t was, std::int64_t is);
  std::uint32_t picking_site(std::uint32_t place);
  // history_serials.cpp: units of serial-tracked items
  UnitRec& put_unit(UnitRec unit);
  UnitRec* load_unit(Id<Serial> id);
  UnitRec& open_unit(const LotRec& lot, Id<Partner> issuer, const std::string& code);
  std::vector<UnitRec*> units_called(Id<Item> item, std::string_view code);
  LotRec* lot_of_unit(const Row& row, Id<Item> item);
  LotRec* lot_of_newcomer(const Row& row, Id<Item> item, std::uint64_t delivery);
  void keep_lot_of_newcomers(const LotRec& lot, std::uint64_t delivery);
  bool bring_unit(const Row& row, LotRec& lot, Id<Partner> issuer, Id<Place> from);
  bool move_unit(const Row& row, LotRec& lot, Id<Place>& from, Id<Place> to);
  void install_unit(const Row& row, const LotRec& target, const std::string& code, Id<Run> run);
  static void time_unit(UnitRec& unit, Id<Run> run);
  std::optional<Decimal> quantity_of_unit(const Row& row, const LotRec& lot, bool may_be_zero);
  std::string unit_whereabouts(const UnitRec& unit) const;
  Id<Place> unit_place_at(const UnitRec& unit, std::int64_t instant) const;
  void count_unit(const Row& row, LotRec& lot, Id<Place> where, bool is_there, std::int64_t instant, bool is_complete);
  void hold_unit(const Row& row);
  void release_unit(const Row& row);
  void note_step(UnitRec& unit);
  void link_step(UnitRec& unit, std::uint32_t move);
  UnitRec* unit_of_move(std::uint32_t move);
  void check_units_past();
  // history_state.cpp: look-ups and stock
  LotRec* find_lot(std::uint32_t item, std::string_view code);
  LotRec& add_lot(LotOpened opened);
  LotRec* load_lot(Id<Lot> id);
  LotRec* named_lot(const Row& row);
  LotRec* stock_lot(const Row& row);
  void load_history(LotRec& lot);
  RunRec* run_of(const Row& row, bool make);
  Id<Place> place(const Row& row, EventColumn column);
  Id<Partner> partner(const Row& row, EventColumn column);
  std::optional<Decimal> quantity(const Row& row, const LotRec& lot, bool may_be_zero);
  std::optional<Decimal> quantity2(const Row& row, const LotRec& lot);
  void line(const Row& row, LotRec& lot, Id<Place> from, Id<Place> to, Decimal quantity, Decimal quantity2);
  void change_stock(const Row& row, LotRec& lot, Id<Place> place, Decimal quantity, Decimal quantity2);
  Cell& cell_of(LotRec& lot, Id<Place> place);
  void cover(HoldRec& hold, LotRec& lot);
  void cover_descendants(LotRec& lot, std::vector<std::uint32_t>& lots);
  void fault(const Row& row, EventColumn column, std::string reason);
  void warn(std::string code, std::string detail, Id<Lot> lot);
  Date day(const Row& row, Id<Place> place) const;
  void date(const Row& row, EventColumn column, Date& into);
  void calculate_expiry(const Row& row, const Item& item, Id<Place> place, LotOpened& opened) const;
  std::string series_code(std::uint32_t item, Id<Lot> lot, Id<Place> place);
  std::string item_code(const LotRec& lot) const;

  View& view_;
  Instant now_;
  const ImportOptions& options_;
  std::vector<BundleFault>& faults_;
  ImportReport& report_;
  Post post_;
  const Masters& masters_;
  std::uint32_t next_id_;
  std::uint64_t first_seq_;  // of this import
  std::uint64_t next_seq_;
  std::string file_;

  std::deque<LotRec> lots_;
  FlatMap<std::uint32_t, LotRec*> by_id_;
  FlatMap<std::uint64_t, LotRec*> by_code_;
  std::unordered_set<std::uint32_t> new_items_;
  struct Cell {
    std::uint32_t place = 0;
    std::int64_t quantity = 0, quantity2 = 0;
    std::int64_t lowest = 0;
  };
  std::vector<Move> moves_;
  std::unordered_map<std::string, RunRec, TextHash, std::equal_to<>> runs_;
  RunRec* newest_run_ = nullptr;
  FlatMap<std::uint64_t, std::uint32_t> dispatch_heads_;
  struct Dispatched {
    std::uint64_t seq;
    std::uint32_t previous;
    Id<Address> address;
    bool is_void = false;
    std::vector<std::uint32_t> moves;
    std::vector<std::pair<PalletRec*, Id<Place>>> pallets;  // that left, and from where
  };
  std::deque<Dispatched> dispatched_;
  std::map<std::string, PalletRec> pallets_;  // by SSCC
  // Those that stand somewhere with something on them: few at any time, and every line is held against them.
  std::map<std::string, PalletRec*> loaded_pallets_;
  std::map<std::string, std::vector<std::size_t>> entry_pallets_;     // lines of the entry in the making
  std::vector<std::pair<PalletRec*, Id<Place>>> entry_pallets_gone_;  // that its lines carry out of stock
  FlatMap<std::uint64_t, std::int64_t> customers_;                    // (lot, partner) -> net dispatched
  FlatMap<std::uint32_t, std::vector<std::uint32_t>> lots_at_;        // place -> lots that ever lay there
  std::unordered_map<std::string, std::vector<Planned>> assigned_outputs_;
  StockInOrder in_order_;
  std::unordered_map<std::uint32_t, VesselRec> vessels_;  // by place
  /// While a row that names no lot is carried out for one layer of a vessel.
  struct Layer {
    LotRec* lot = nullptr;
    std::optional<Decimal> quantity;  // none: all that the row says
  };
  Layer drawn_;
  FlatMap<std::uint32_t, std::uint32_t> picking_sites_;  // by place
  bool holds_flow_ = false, new_holds_flow_ = false;
  struct HoldRec {
    std::uint32_t hold;
    Flow flow;
    std::vector<std::uint32_t> lots;
    bool is_lifted = false;
    std::uint32_t unit = 0;           // it covers this one alone
    std::uint32_t handling_unit = 0;  // it covers this one, with what is on it
  };
  std::deque<HoldRec> holds_;
  std::unordered_map<std::string, std::vector<HoldRec*>> holds_by_number_;

  // Units of serial-tracked items; all of it stays empty without them.
  std::deque<UnitRec> units_;
  FlatMap<std::uint32_t, UnitRec*> unit_by_id_;
  FlatMap<std::uint64_t, UnitRec*> unit_by_code_;  // the first of those whose item and code hash alike
  FlatMap<std::uint32_t, std::vector<UnitRec*>> units_of_lot_;
  struct UnitStep {
    std::uint32_t move, previous;
  };
  std::vector<UnitStep> unit_steps_;
  FlatMap<std::uint32_t, std::uint32_t> unit_of_move_;       // by position of the move, from 1
  FlatMap<std::uint64_t, std::uint32_t> lots_of_newcomers_;  // by item and delivery or run: units without a lot
  UnitRec* unit_ = nullptr;                                  // that the row at hand names
  std::vector<std::pair<UnitRec*, std::uint32_t>> entry_steps_;

  // The entry in the making.
  Entry entry_;
  bool is_open_ = false, is_day_ = false;
  /// What rows of one entry have in common.
  struct Group {
    EntryKind kind = EntryKind::note;
    std::array<std::string, 7> fields;
  };
  Group group_;
  Id<Place> entry_place_;
  WrittenTime entry_time_;
  std::uint32_t entry_line_ = 0;
  std::vector<std::uint32_t> entry_moves_;
  /// A complete count: its rows share document and place, perhaps with others between them.
  struct Counting {
    std::uint64_t last_line = 0;
    std::unordered_set<std::uint32_t> named;
  };
  std::unordered_map<std::string, Counting> countings_;
  static std::string counting_key(const Row& row);
  /// Key of a document (of one partner, where its number is his) in the maps of this import; never zero.
  static std::uint64_t document_hash(std::string_view document, std::string_view partner = {});
  void finish_counting(const Counting& counting, Id<Place> where);
  void finish_counting_units(LotRec& lot, const Counting& counting, Id<Place> where);
};

/// A lot while the history comes in.
struct HistoryIn::LotRec {
  Id<Lot> id;
  Id<Item> item;
  const Item* kind = nullptr;
  std::string code;
  Date expires_on, retest_on, best_before_on, received_on, produced_on;
  Quality quality = Quality::released;
  std::uint32_t holds = 0;
  boost::container::small_vector<Cell, 2> cells;  // where it lies, or ever lay
  std::vector<HoldRec*> flowing;                  // holds on it that reach what is made of it
  bool is_untracked = false, is_loaded = true, is_out_of_order = false, flows_to_new = false, lacks = false,
       knows_past = false;
  std::int64_t last_settled = INT64_MIN;
  std::uint32_t newest_move = UINT32_MAX;
  std::uint64_t opened_by_row = 0;  // hash of document and partner that opened it: one delivery has one expiry (R5)
  std::uint32_t opened_by_run = 0, used_by_run = 0;
  std::int32_t pick_day = Date::none_day;
  std::uint32_t timed_by_run = 0;          // the run that the next two are of
  std::int64_t last_assigned = INT64_MIN;  // earliest instant of the latest input assigned to it
  Interval first_yield{Instant{INT64_MAX}, 0};
};

/// A pallet or case, and what is on it.
struct HistoryIn::PalletRec {
  HandlingUnit unit;
  bool came_back = false;  ///< goods that had left on it did, as a row said
};

/// What lies in a vessel, the oldest first, and what lay there last.
struct HistoryIn::VesselRec {
  struct Content {
    LotRec* lot;
    Decimal came_in;
  };
  std::vector<Content> layers;
  LotRec* last = nullptr;  // while it is empty and not cleaned
  Decimal last_came_in;
  bool is_emptied = false;
};

struct HistoryIn::Move {
  std::int64_t settled = 0;
  std::int64_t quantity = 0, quantity2 = 0;
  std::uint32_t lot = 0, from = 0, to = 0, previous = UINT32_MAX, line = 0;
  bool is_dead = false;
};

struct HistoryIn::RunRec {
  Id<Run> id;
  std::string number;
  RunKind kind = RunKind::production;
  bool is_closed = false, is_new = true, has_output = false;
  Id<Place> place;                                            // where it runs
  std::vector<std::uint32_t> inputs, outputs;                 // lots; for the checks of R71
  std::vector<std::pair<std::uint32_t, std::uint32_t>> uses;  // input, output it is assigned to or 0; when holds flow
};

/// A unit while the history comes in.
struct HistoryIn::UnitRec {
  Id<Serial> id, inside;
  Id<Item> item;
  Id<Lot> lot;
  Id<Partner> issuer;
  Id<Place> place;  // none: opened ahead, and not made yet
  std::string code;
  UnitRec* next_like = nullptr;
  std::uint32_t newest_step = UINT32_MAX, timed_by_run = 0, holds = 0;
  std::int64_t last_assigned = INT64_MIN,
               yielded_by = INT64_MAX;  // in that run: what is built into it; when it was made
};

struct HistoryIn::Planned {
  Id<Item> item;
  Date produced_on, expires_on, best_before_on, retest_on;
  std::string place;
  std::string_view time;
  std::string lot;  // own code; may be empty for a unit
  bool is_unit = false;
};

struct HistoryIn::Row {
  CsvReader* csv = nullptr;
  std::uint32_t line = 0;
  Event event = Event::open;
  WrittenTime time;
  std::string_view get(EventColumn column) const { return csv->field(static_cast<std::size_t>(column)); }
  bool has(EventColumn column) const { return !get(column).empty(); }
};

}  // namespace lotbook
