// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "reference.h"

// One command on its way through the rules. Refusals are gathered in a set: their order says nothing.

namespace lotbook::model {

/// R10: whether one code may be a typing of the other.
bool code_resembles(const std::string& one, const std::string& other);
/// R47: the last day of goods made on that day; no_day when the item has no shelf life.
Day end_of_life(const Value& item, Day made);

/// R75: lines that draw from layers without naming a lot name each that they cut.
void name_layers(const Book& book, Value& body);

class Judge {
 public:
  Judge(const Book& book, const Asked& asked);
  Judged go();

 private:
  // --- reading (reference_read.cpp)
  void no(const std::string& code) { judged_.refusals.insert(code); }
  bool has(const std::string& right) const { return asked_.rights.contains(right); }
  const Value& body(const std::string& name) const { return asked_.body.at(name); }
  std::string text(const std::string& name) const { return body(name).text(); }
  bool is_refused() const { return !judged_.refusals.empty(); }
  void leave_open() { judged_.is_open = true; }

  bool item(const std::string& code);
  int lot(const std::string& item, const std::string& code, bool must_be_tracked = false);
  bool place(const std::string& code);
  bool partner(const std::string& code, const std::string& role);
  bool address(const std::string& code, const std::string& partner);
  std::optional<Amount> in_base(const Value& line, const std::string& item);
  /// Both quantities of a line (R14–R18).
  std::optional<Sum> quantity(const Value& line, const std::string& item, bool may_be_zero = false);
  std::optional<Amount> second(const Value& line, const std::string& item);
  const Value& about(int lot) const;  ///< the lot's item
  Lot& lot_at(int lot);
  LotState state_of(int lot) const;
  bool is_tracked(int lot) const;

  Day day(const std::string& place) const;  ///< R25, R29
  bool is_new_code(const std::string& code);
  bool is_free_code(const std::string& item, const std::string& code, bool confirmed, int renamed = none);
  struct Using {
    std::string purpose;
    bool at_risk_allowed = false, is_rework = false;
    bool is_order_there = false;  ///< R22: an order of whoever holds the goods
  };
  bool allow(int lot, const std::string& place, const Using& using_it);
  void restock(int lot, const std::string& from, const std::string& to);
  void best_before(int lot, const std::string& place);
  Sum left(int lot, const std::string& place) const;  ///< by the book and the lines so far
  void take(int lot, const std::string& from, const std::string& to, Sum quantity, int into = none);
  /// Lines of goods that leave a place; true when all could be read.
  void take_lines(const std::string& purpose, const std::string& to);
  int open(Lot lot);
  int put_hold(const std::string& reason_place, const std::string& flow, std::set<int> lots);
  void line(int lot, const std::string& from, const std::string& to, Sum quantity);
  // --- pallets (reference_packing.cpp), tanks and silos (reference_filling.cpp)
  void pack();
  void unpack();
  void move_unit();
  void nest_unit();
  int unit_named(const std::string& sscc);
  void pack_on(const std::string& sscc, const std::string& where, int lot, Sum quantity);
  void carry(int unit, const std::string& to);
  void judge_units();
  void fill();
  void declare(bool is_clean);
  void judge_vessels();
  bool is_vessel_named(const std::string& code);
  /// R26–R29: when it happened, and R28.
  void settle(const std::string& place);
  Time settled_on(Day day, const std::string& place) const;

  // --- goods (reference_goods.cpp, reference_counts.cpp)
  void receive();
  int receive_lot(const Value& line, const std::string& item, const std::string& to);
  int known_lot(const Value& line, const std::string& item, const std::string& issuer, bool& goes_on);
  void open_stock();
  int opening_lot(const Value& line);
  void move();
  void dispatch();
  void judge_leaving(int lot, const std::string& from);
  void void_dispatch();
  void return_goods();
  void return_to_supplier();
  void transfer_out();
  void transfer_in();
  void sample();
  void dispose();
  void count();
  void adjust();
  void judge_difference(const std::string& who, Sum had, Sum now);
  void found();
  Sum could_give(int lot, const std::string& site, Time since) const;

  // --- orders and conversions (reference_runs.cpp, reference_outputs.cpp)
  int order_to_post_to(bool may_open);
  int new_order(const std::string& number, const std::string& kind, const std::string& state);
  std::vector<int> lots_of_run() const;
  bool is_rework() const;
  void use_lines(const Value& lines);
  void use_line(const Value& line);
  void make_lines(const Value& lines);
  int output_lot(const Value& line, const std::string& item);
  void finish_run();
  void judge_second_person();
  void assign();
  void settle_first(int lot, const Value& line);
  void settle_earlier(int lot);
  std::set<int> inputs_of(int output, bool of_this_entry_only) const;
  bool has_waiting_input(int output, bool but_itself) const;
  void close_accounts();
  void release_order();
  void consume();
  void give_back();
  void yield();
  void produce();
  void close_order();
  void reopen_order();
  void cancel_order();
  void backflush();
  void disassemble();
  void split();
  void blend();
  void relabel();
  int child_of(int parent, const std::string& code, const std::string& place);
  void hold_children(int parent, const std::string& from, const std::vector<std::pair<int, std::string>>& children);
  std::optional<Sum> given_or_all(int lot, const std::string& from);

  // --- states, names, corrections (reference_states.cpp, reference_corrections.cpp)
  void change_quality(const std::string& to);
  void judge_flow(const std::set<int>& lots);
  void place_hold();
  void lift_hold();
  void change_dates();
  void rename();
  void add_name();
  void join();
  const Entry* correctable(int seq);
  void undo();
  void correct();
  void replace();
  void in_place_of(const Entry& wrong);
  void judge_genealogy(const Entry& wrong);
  void judge_after_correction(const std::vector<int>& wrong);
  void settle_correction(const Entry& wrong, const std::string& where);
  void judge_assignments();
  void judge_orders_after();

  struct Input {
    int lot, line;
    std::string into, into_item, from;
    bool at_risk;
    int into_lot = none;
  };
  struct Output {
    int lot;
    const Value* line;
    bool is_first;
  };
  const Book& book_;
  const Asked& asked_;
  Judged judged_;
  Entry& entry_;
  std::vector<Input> used_;
  std::vector<Output> made_;
  Content before_;
  std::string run_kind_, order_place_;
  bool confirm_here_ = false;
  bool keeps_time_ = false;  ///< a correction: the time is that of what it corrects
};

}  // namespace lotbook::model
