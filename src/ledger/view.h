// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/container/small_vector.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/flat_map.h"
#include "base/id_index.h"
#include "ledger/wanted_sums.h"
#include "model/entry.h"
#include "model/masters.h"
#include "store/sql/transaction.h"

// The part of a book that commands look at, as it stands behind the commands before them. Reading goes through to the
// open transaction and is remembered; `apply` makes an entry's changes; what changed is written by `append.cpp` once
// for the whole batch. Deciding never changes a view.
//
// A view without a transaction behind its state (`View::empty`) knows only what was applied to it: that is how `verify`
// makes a book again from its entries, and it is the same code that writes it.

namespace lotbook {

/// A lot, what is blocked of it, and where it lies.
struct LotState {
  struct Cell {
    Id<Place> place;
    bool is_stored = false;  ///< the stock table has a row for it
    bool is_dirty = false;
    Decimal quantity, quantity2;
    bool is_empty() const { return quantity.is_zero() && quantity2.is_zero(); }
  };
  boost::container::small_vector<Cell, 2> cells;  ///< most lots lie in one place, or on their way to another
  bool is_held = false;                           ///< at least one standing hold covers it, wholly or in one place
  bool is_dirty = false;                          ///< the row of the lot itself
  bool stock_is_dirty = false;                    ///< some cell, or all of them
  bool stored_blocked = false;
  std::int32_t stored_pick_day = Date::none_day;
  Lot lot;

  Decimal on_hand(Id<Place> place) const;
  Decimal on_hand2(Id<Place> place) const;
  Decimal on_hand() const;
  bool is_untracked() const { return lot.origin == Origin::untracked; }
};

/// A unit, and what is written of it.
struct SerialState {
  Serial serial;
  bool exists = true;      ///< the entry that opened it stands
  bool is_torn = false;    ///< its movements do not lead to one place; a law looks at it
  bool is_stored = false;  ///< the table has a row for it
  bool is_dirty = false;
};

/// All names with one skeleton among the lots of an item; rarely more than one.
using LotNames = boost::container::small_vector<LotName, 1>;

class View {
 public:
  /// State read through from `behind`.
  View(Transaction& behind, std::shared_ptr<const Masters> masters, const Head& head);
  /// Knows only what is applied; `entries` is asked for the entries that corrections point at.
  static View empty(Transaction& entries);
  View(View&&) = default;

  const Masters& masters() const { return *masters_; }
  std::shared_ptr<const Masters> masters_snapshot() const { return masters_; }
  const Head& head() const { return head_; }
  Transaction& behind() const { return *behind_; }

  const LotState* lot(Id<Lot> id) const;
  /// Every name that has the same skeleton as `code` among the lots of the item: equal codes and look-alikes (R10).
  const LotNames& names_like(Id<Item> item, std::string_view code) const;
  /// The lot whose own code is exactly this, or none.
  Id<Lot> lot_called(Id<Item> item, std::string_view own_code) const;
  /// The lot that stands for all stock of an untracked item.
  Id<Lot> untracked_lot(Id<Item> item) const { return lot_called(item, ""); }
  /// A unit by its number; null when it was never opened, or what opened it was taken back.
  const Serial* serial(Id<Serial> id) const;
  bool is_torn(Id<Serial> id) const;
  /// Units of the item that bear exactly this code, of any issuer.
  std::vector<const Serial*> serials_called(Id<Item> item, std::string_view code) const;
  /// Units that are part of another one now, in order of number.
  std::vector<Id<Serial>> components_of(Id<Serial> serial) const;
  /// Standing holds that cover this unit alone; those on its lot are not among them (R38, R39).
  std::vector<Hold> holds_on(Id<Serial> serial) const;
  std::vector<Id<Serial>> units_under(Id<Hold> hold) const;
  bool covers(const HeldUnit& held) const;
  /// How many units of the lot that lie there are held for themselves.
  Decimal held_units(const LotState& lot, Id<Place> place) const;
  /// What of the lot lies there and is held apart from the rest: such units, and what is on held pallets.
  Decimal held_apart(const LotState& lot, Id<Place> place) const;
  const Finding* finding(Id<Finding> id) const;
  const Finding* finding_numbered(FindingKind kind, std::string_view number) const;
  /// R19: whether anything of the item was ever moved.
  bool item_has_moved(Id<Item> item) const;
  const Run* run(Id<Run> id) const;
  const Run* run_numbered(std::string_view number) const;
  const Hold* hold(Id<Hold> id) const;
  std::vector<Hold> holds_numbered(std::string_view number) const;
  std::vector<Hold> holds_on(Id<Lot> lot) const;  ///< standing
  std::vector<Id<Lot>> lots_under(Id<Hold> hold) const;
  bool covers(Id<Hold> hold, Id<Lot> lot) const;
  std::vector<Id<Lot>> joined_with(Id<Lot> lot) const;
  const TradeOrder* trade_order(Id<TradeOrder> id) const;
  const TradeOrder* trade_order_numbered(TradeKind kind, std::string_view number) const;
  /// What is bound or picked for an order; in order of lot, line and place.
  const std::vector<Allotment>& allotments_for(Id<TradeOrder> order) const;
  /// What of a lot is bound or picked for orders, place by place.
  const std::vector<Allotted>& allotted_of(Id<Lot> lot) const;
  Allotted allotted(Id<Lot> lot, Id<Place> place) const;
  /// The same, order by order: reads through what stands for all of them, so only for saying whose it is.
  std::vector<Allotment> allotments_of(Id<Lot> lot) const;
  /// What the lines of sales orders made before this one still want of the item at the site (R51, R52).
  Decimal wanted_before(Id<TradeOrder> order, Id<Item> item, Id<Place> site) const;
  /// The sums behind `wanted_before`, when they outlive the view: right for the state behind it now, and for what the
  /// view has made of it after `settle_wanted`.
  void keep_wanted(WantedSums& sums) { wanted_ = &sums; }
  void settle_wanted() const;
  /// Stock of the item in the order of picking (R50), until `visit` says false; lots and places in order of number
  /// inside a day. Rows are read a few at a time: who has enough stops early, however many lots there are.
  void stock_in_order(Id<Item> item, std::int32_t from_day, const std::function<bool(const StockRow&)>& visit) const;
  /// What was read of a lot or run and stands.
  std::vector<ReadingRow> readings(std::uint32_t subject) const;
  /// Every lot of an item, also empty ones, in order of number.
  std::vector<Id<Lot>> lots_of(Id<Item> item) const;
  /// Lots of which something lies in exactly this place, in order of number.
  std::vector<Id<Lot>> lots_in(Id<Place> place) const;
  /// A pallet or case; null when it was never opened. One whose opening was taken back is there, and not known.
  const HandlingUnit* handling_unit(Id<HandlingUnit> id) const;
  const HandlingUnit* handling_unit_called(std::string_view sscc) const;
  /// Most books have none, and are asked at every command.
  bool has_handling_units() const;
  /// Those that are here and have something of the lot on them, in order of number; many more may have left.
  std::vector<Id<HandlingUnit>> handling_units_with(Id<Lot> lot) const;
  /// Those that stand on this one, in order of number.
  std::vector<Id<HandlingUnit>> handling_units_inside(Id<HandlingUnit> outer) const;
  /// Standing holds on a pallet or case, and on those that it stands on (R38).
  std::vector<Hold> holds_on(Id<HandlingUnit> id) const;
  std::vector<Id<HandlingUnit>> handling_units_under(Id<Hold> hold) const;
  bool covers(const HeldHandlingUnit& held) const;
  /// Whether any hold is on a pallet or case; most books have none.
  bool holds_handling_units() const;
  /// What lies in a vessel, in order of number.
  const std::vector<Id<Lot>>& lots_in_vessel(Id<Place> vessel) const;
  /// All notices by their entry and code, newest first, until `visit` says false.
  void noticed(const std::function<bool(std::uint64_t seq, const std::string& code)>& visit) const;
  /// Entries that speak of a subject, in order, including the one that opened a lot or run.
  std::vector<std::uint64_t> history(std::uint32_t subject) const;
  std::vector<std::uint64_t> documents(std::string_view number) const;
  /// The signatures on an entry, in order.
  std::vector<std::uint64_t> signatures(std::uint64_t entry) const;
  std::optional<std::uint64_t> idem(std::int64_t key) const;
  /// A posted entry, of this batch or before; null beyond the head. Valid as long as the view.
  const Entry* entry(std::uint64_t seq) const;
  /// Rows of stock of an item in picking order, with what this batch changed.
  std::vector<StockRow> stock_of_item(Id<Item> item) const;
  /// Whether the thing of that number was made in this batch, so that no table can know of it yet.
  bool is_new(std::uint32_t id) const { return !reads_state_ || id >= first_new_id_; }
  /// Stock of unblocked lots of the item whose picking day lies in [from, before), until `visit` says false. Days are
  /// not in order. Cheap where there is none, which is the rule when goods are used in order.
  void stock_to_use_before(Id<Item> item, std::int32_t from, std::int32_t before,
                           const std::function<bool(const LotState&, Id<Place>)>& visit) const;
  /// The number that the next new thing gets; a draft counts on from here.
  std::uint32_t next_id() const { return head_.next_id; }

  /// Makes the changes of a numbered entry. Throws BrokenLaw when a law would break.
  void apply(const Entry& entry);
  /// Remembers an entry of this batch so that later ones can look at it.
  void remember(Entry entry);
  /// Where entries are found that were posted and not yet written.
  using Pending = std::function<ByteView(std::uint64_t seq)>;
  void set_pending(Pending pending) { pending_ = std::move(pending); }
  void set_hash(const Hash& hash) { head_.hash = hash; }

  /// What the batch changed, for append.cpp and verify.cpp.
  struct Changes {
    std::vector<LotState*> lots;
    std::vector<SerialState*> serials;
    std::vector<LotName> names, names_dropped;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> touches;
    std::vector<std::pair<std::string, std::uint64_t>> documents;
    std::vector<std::pair<std::int64_t, std::uint64_t>> idem;
    std::vector<std::uint32_t> runs, holds, records;
    std::vector<std::pair<Id<Hold>, Id<Lot>>> hold_lots, hold_lots_dropped;
    std::vector<JoinedRow> joined, joined_dropped;
    std::vector<ReadingRow> readings, readings_dropped;
    struct Notice {
      std::uint64_t seq;
      std::size_t position;
      std::string code;
      Id<Lot> lot;
    };
    std::vector<Notice> noticed;
    std::vector<std::uint32_t> trade_orders, handling_units;
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        order_lines;                                         ///< of orders that are not in `trade_orders`, too
    std::vector<std::pair<Id<Place>, Id<Lot>>> vessel_lots;  ///< what counts is what lies there in the end
    std::vector<HeldUnit> held_units;                        ///< keys alone, as with allotments
    std::vector<HeldHandlingUnit> held_handling_units;       ///< keys alone
    std::vector<std::uint32_t> findings;
    std::vector<Allotment> allotments;                    ///< keys alone: what counts is what stands in the end
    std::vector<std::pair<Id<Lot>, Id<Place>>> allotted;  ///< the same
    std::vector<Hash> erased;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> signatures;  ///< entry signed, entry of the signature
    bool masters_changed = false;
  };
  Changes& changes() { return changes_; }
  const Changes& changes() const { return changes_; }
  /// Every lot that the view holds; for verify.
  void each_lot(const std::function<void(const LotState&)>& visit) const;
  /// Every name and every run that the view holds; for verify.
  void each_name(const std::function<void(const LotName&)>& visit) const;
  void each_run(const std::function<void(const Run&)>& visit) const;
  void each_serial(const std::function<void(const Serial&)>& visit) const;
  void each_held_unit(const std::function<void(const HeldUnit&)>& visit) const;
  void each_held_handling_unit(const std::function<void(const HeldHandlingUnit&)>& visit) const;
  void each_finding(const std::function<void(const Finding&)>& visit) const;
  void each_handling_unit(const std::function<void(const HandlingUnit&)>& visit) const;
  void each_vessel(const std::function<void(Id<Place>, const std::vector<Id<Lot>>&)>& visit) const;
  void each_trade_order(const std::function<void(const TradeOrder&)>& visit) const;
  void each_allotment(const std::function<void(const Allotment&)>& visit) const;
  void each_allotted(const std::function<void(Id<Lot>, const Allotted&)>& visit) const;
  /// The secret that turns (client, key) into the 8 bytes of the idem table; empty in a view that does not keep it.
  void set_key_secret(Bytes secret) { key_secret_ = std::move(secret); }
  std::int64_t idem_key(std::string_view client, std::string_view key) const;

  std::int32_t pick_day(const Lot& lot) const;
  bool is_blocked(const LotState& state) const { return state.is_held || state.lot.quality != Quality::released; }

 private:
  explicit View(Transaction& behind);
  struct SameLook;
  SameLook& names_looking_like(Id<Item> item, std::string_view code) const;
  void add_name(SameLook& names, LotName name);
  LotState* mutable_lot(Id<Lot> id) const;
  LotState& known_lot(Id<Lot> id);
  void note_changed(LotState& state);
  void dirty(LotState& state);
  void dirty_stock(LotState& state);
  void move(Id<Lot> lot, Id<Place> place, Decimal quantity, Decimal quantity2);
  void apply_for_handling_units(const Entry& entry, bool forwards);
  HandlingUnit& changed_handling_unit(std::uint32_t id);
  void note_in_vessel(Id<Place> vessel, Id<Lot> lot, bool lies_there);
  void apply_lines(const Entry& entry, bool forwards);
  void open_lot(const LotOpened& opened, std::uint64_t seq);
  void add_name(LotName name);
  void drop_name(const LotName& name);
  void apply_for_orders(const Entry& entry, bool forwards);
  void apply_facts(const Entry& entry, const Entry& posted_in);
  void reverse_facts(const Entry& entry, const Entry& posted_in);
  void change_lot(const LotChanged& change, bool forwards);
  void set_held(Id<Lot> lot);
  SerialState* mutable_serial(Id<Serial> id) const;
  SerialState& known_serial(std::uint32_t id);
  SerialState& put_serial(Serial serial) const;
  void dirty(SerialState& state);
  void open_serials(const SerialsOpened& opened, std::uint64_t seq);
  void take_back_serials(const SerialsOpened& opened);
  void settle_serials();
  void set_inside(SerialState& state, Id<Serial> inside);
  std::vector<HeldUnit>& known_held_units(Id<Lot> lot) const;
  std::vector<Id<Serial>> units_held_in(const LotState& lot, Id<Place> place) const;
  void cover_units(Id<Hold> hold, std::span<const std::uint32_t> serials, bool covered);
  std::vector<HeldHandlingUnit>& known_held_handling_units() const;
  void cover_handling_units(std::uint32_t hold, std::span<const std::uint32_t> handling_units, bool covered);
  Finding* mutable_finding(Id<Finding> id) const;
  void set_finding(const FindingSet& set, std::uint64_t seq, bool forwards);
  using SerialCodes = std::unordered_map<std::string, boost::container::small_vector<std::uint32_t, 1>>;
  SerialCodes::mapped_type& serials_named(Id<Item> item, std::string_view code) const;
  void cover(Id<Hold> hold, std::span<const std::uint32_t> lots, bool covered);
  Run& mutable_run(Id<Run> id);
  TradeOrder& mutable_trade_order(Id<TradeOrder> id, std::uint32_t changed_line);
  void note_order_changes(const TradeOrder& order);
  void add_to_wanted(const TradeOrder& order, int times) const;
  std::vector<Allotment>& known_allotments(Id<TradeOrder> order) const;
  std::vector<Allotted>& known_allotted(Id<Lot> lot) const;
  void allot(const Allotment& change);
  Hold& mutable_hold(Id<Hold> id);
  Masters& mutable_masters();
  void note_ids(const Entry& entry);
  void note_touches(const Entry& entry);
  void collect_subjects(const Entry& entry, std::vector<std::uint32_t>& subjects) const;
  Run& put_run(Run run);

  Transaction* behind_;
  bool reads_state_ = true;
  std::shared_ptr<const Masters> masters_;
  std::shared_ptr<Masters> own_masters_;  // the copy that this batch changes; readers keep theirs
  Head head_;
  std::uint32_t first_new_id_ = 0;
  Bytes key_secret_;
  Pending pending_;

  // Deques: what is handed out stays where it is while more is read.
  mutable std::deque<LotState> lot_store_;
  mutable IdIndex<LotState> lots_;
  struct SameLook {
    Id<Item> item;
    std::string skeleton;
    LotNames names;
    SameLook* next = nullptr;  // of those whose hash is the same
  };
  mutable std::deque<SameLook> name_store_;
  mutable FlatMap<std::uint64_t, SameLook*> names_;  // by hash of item and skeleton
  mutable std::deque<Run> run_store_;
  mutable IdIndex<Run> runs_;
  mutable std::unordered_map<std::string, std::uint32_t> run_numbers_;
  mutable std::unordered_map<std::uint32_t, HandlingUnit> handling_units_;
  mutable std::unordered_map<std::string, std::uint32_t> ssccs_;
  mutable std::optional<bool> had_handling_units_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> packed_here_,
      nested_here_;                                                          // in this batch, by lot and by outer one
  mutable std::unordered_map<std::uint32_t, std::vector<Id<Lot>>> vessels_;  // what lies there
  mutable std::unordered_map<std::uint32_t, Hold> holds_;
  mutable std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> lot_holds_;  // standing, by lot
  mutable std::unordered_map<std::uint32_t, TradeOrder> trade_orders_;
  mutable std::map<std::pair<TradeKind, std::string>, std::uint32_t> trade_numbers_;
  mutable std::unordered_map<std::uint32_t, std::vector<Allotment>> allotments_;  // by order
  mutable std::unordered_map<std::uint32_t, std::vector<Allotted>> allotted_;     // by lot
  mutable std::unique_ptr<WantedSums> own_wanted_;                                // when nobody else keeps them
  mutable WantedSums* wanted_ = nullptr;
  mutable std::unordered_set<std::uint32_t> out_of_wanted_;  // orders that change: taken out until somebody asks
  mutable std::unordered_map<std::uint64_t, std::unique_ptr<Entry>> entries_;
  mutable std::deque<SerialState> serial_store_;
  mutable IdIndex<SerialState> serials_;
  mutable SerialCodes serial_codes_;  // by number of the item and code
  // Units that are, or were in this batch, part of another one, by that one.
  mutable std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> parts_;
  mutable std::unordered_map<std::uint32_t, std::vector<HeldUnit>> held_units_;  // by lot
  mutable std::optional<std::vector<HeldHandlingUnit>> held_handling_units_;     // all that stand, once asked for
  mutable std::unordered_map<std::uint32_t, Finding> findings_;
  mutable std::map<std::pair<FindingKind, std::string>, std::uint32_t> finding_numbers_;
  /// Units that the entry at hand moves, with how often each comes to a place less how often it leaves it.
  struct SerialMove {
    std::uint32_t serial;
    Id<Place> place;
    int times;
  };
  std::vector<SerialMove> serial_moves_;
  // Made of changes_.touches when somebody asks: a whole plant may come in before anyone does.
  mutable std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> new_touches_;
  mutable std::size_t touches_sorted_in_ = 0;
  std::vector<std::uint32_t> subjects_, opened_here_;  // of the entry at hand
  std::unordered_map<std::uint32_t, std::vector<const LotState*>> changed_of_item_;
  /// First picking day of unblocked stored stock, by item number and the day counted from: one query for each in a
  /// batch.
  mutable std::unordered_map<std::uint64_t, std::int32_t> first_stored_day_;
  Changes changes_;
};

}  // namespace lotbook
