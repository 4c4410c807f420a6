// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/attributes.h"
#include "commands/run_content.h"
#include "commands/whole_units.h"

// Goods on their way into a run and out of it, as one entry says it. Used by every command that consumes or yields.

namespace lotbook {

struct InputLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string from, sscc, into, into_item, into_serial;
  static constexpr auto fields() {
    using L = InputLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity", "How much goes in. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::from>("from", "Location it is taken from.").required().at_most(60), off_unit_field<&L::sscc>(),
        field<&L::into>("into", "Own code of the one output lot it went into; left out: all outputs (R66).")
            .at_most(60),
        field<&L::into_item>("into_item", "Item of that output, where two outputs have the same code.").at_most(60),
        field<&L::into_serial>("into_serial",
                               "Serial number of the one unit that these units are built into (R66, R79).")
            .at_most(60));
  }
};

struct OutputLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string to;
  Date produced_on, expires_on, best_before_on, retest_on;
  std::vector<GivenAttribute> attributes;
  static constexpr auto fields() {
    using L = OutputLine;
    return field_list(
        field<&L::item>("item", "Item, the main one, a co-product or a by-product (R70).").required().at_most(60),
        field<&L::lot>("lot",
                       "Own code (batch number): taken ahead, yielded before by this order, or new; left out: the one "
                       "taken ahead, else one from the series.")
            .at_most(60),
        field<&L::quantity>("quantity", "How much came out. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::to>("to", "Location it is put.").required().at_most(60),
        field<&L::produced_on>("produced_on", "Day of production; left out: the day of the yield."),
        field<&L::expires_on>("expires_on", "Last day of use; left out: by the item's shelf life (R47)."),
        field<&L::best_before_on>("best_before_on", "Best-before day."),
        field<&L::retest_on>("retest_on", "Day after which quality tests again."),
        field<&L::attributes>("attributes", "What the book asks for at a yield.").at_most(100));
  }
};

struct ProcessValue {
  std::string name, value, unit;
  static constexpr auto fields() {
    using V = ProcessValue;
    return field_list(field<&V::name>("name", "What was read.").required().at_most(60).example("oven"),
                      field<&V::value>("value", "What it was.").required().example("212"),
                      field<&V::unit>("unit", "Its unit.").at_most(20).example("CEL"));
  }
};
/// Who and what made it, kept for later analysis (R72). People are named by their account or code, never by name.
struct ProcessNotes {
  std::string shift, machine, checked_by;
  std::vector<std::string> people;
  std::vector<ProcessValue> values;
  static constexpr auto fields() {
    using N = ProcessNotes;
    return field_list(
        field<&N::shift>("shift", "Shift.").at_most(60), field<&N::machine>("machine", "Line or machine.").at_most(60),
        field<&N::people>("people", "Accounts or codes of the people, not their names.").at_most(50),
        field<&N::values>("values", "Named values of the process.").at_most(200),
        field<&N::checked_by>("checked_by", "Account or code of the second person, where an item demands one (R72).")
            .at_most(60));
  }
};
/// Writes the notes down as readings of the run; 0: of the entry. Comes after the lines: an item of theirs may demand a
/// second person.
void note_process(Look& look, Draft& draft, const ProcessNotes& notes, Id<Run> run);

/// One posting to a run: what goes in is judged and taken, what comes out gets its lot, dates, status and holds.
class RunLines {
 public:
  struct Posting {
    Id<Run> run;  ///< none: this entry alone is the transformation
    RunKind kind = RunKind::production;
    Id<Place> place = {};  ///< where the order runs; none: where its first goods come from or go to
    std::optional<WrittenTime> occurred_at;
    bool confirm_here = false, confirm_new_lot = false, override_best_before = false, override_fefo = false;
    std::string reason;
  };
  RunLines(Look& look, Draft& draft, Posting posting) : look_(look), draft_(draft), posting_(std::move(posting)) {}

  /// What earlier entries of the run did; a new run has nothing.
  void go_on_from(RunContent content) { before_ = std::move(content); }
  void use(const std::vector<InputLine>& lines, std::string_view list);
  /// The one thing that goes in, whose fields are those of the command itself.
  void use_one(const InputLine& line) { use_line(line, ""); }
  /// Comes after `use` where one entry does both: what may be yielded into depends on what was consumed (R71).
  void make(const std::vector<OutputLine>& lines, std::string_view list);
  /// Once all lines are in: assignments, then status, dates and holds of the outputs, which follow from all their
  /// inputs (R40, R42, R47, R48, R66). The lists given above must still be there.
  void finish();

  /// Where it happened: its site's calendar counts.
  Id<Place> where() const { return where_; }
  /// Where an order runs that is opened here.
  Id<Place> order_place() const { return posting_.place; }
  const RunContent& before() const { return before_; }

 private:
  struct Used {
    const LotState* state;
    Id<Lot> into;
    Id<Place> from;
    bool at_risk;
    std::string field;  ///< of its lot
  };
  struct Assignment {
    std::size_t used, first_line, end_line;  ///< one line of the draft for each unit
    const InputLine* line;
    Id<Place> from;
    std::string here;
  };
  /// A unit of an output.
  struct Unit {
    Id<Serial> serial;
    Id<Lot> lot;
  };
  struct Made {
    Id<Lot> lot;
    const Item* item;
    const OutputLine* line;
    Id<Place> to;
    std::string field;
    bool is_first;  ///< its first yield: dates and status are set now
  };
  void make_line(const OutputLine& line, const std::string& here);
  void use_line(const InputLine& line, const std::string& here);
  Id<Lot> output_lot(const OutputLine& line, const FoundItem& item, Id<Place> to, const std::string& here);
  Id<Lot> open(const OutputLine& line, const FoundItem& item, Id<Place> to, const std::string& here);
  std::string code_of(Id<Lot> lot) const;
  void assign();
  Id<Lot> assigned_output(const InputLine& line, const std::string& here);
  std::optional<Unit> assigned_unit(const InputLine& line, const std::string& here);
  void judge_order_in_time(const InputLine& line, Id<Lot> into, Id<Place> from, const std::string& here);
  void begin_at(Id<Place> place);
  void judge_best_before(const FoundLot& lot, Id<Place> from, const std::string& here);
  bool is_own_output(Id<Lot> lot) const;
  bool is_used(Id<Lot> lot) const;
  bool is_rework() const { return posting_.kind == RunKind::rework || posting_.kind == RunKind::disassembly; }
  /// Lots that went into that output: those of this entry, or all.
  std::vector<const LotState*> inputs_of(Id<Lot> output, bool of_this_entry_only) const;
  void set_dates(const Made& made, LotOpened& dates);
  void write(const Made& made, const LotOpened& now);
  void settle_first_yield(const Made& made);
  void settle_earlier_output(Id<Lot> lot, bool by_this_entry_only);
  void judge_dates_again(const Made& made);
  void extend_holds();

  Look& look_;
  Draft& draft_;
  Posting posting_;
  RunContent before_;
  std::vector<Used> used_;
  std::vector<Assignment> assignments_;
  std::vector<Made> made_;
  Id<Place> where_;
};

}  // namespace lotbook
