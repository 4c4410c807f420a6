// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/usable.h"
#include "queries/entry_card.h"
#include "queries/find.h"
#include "queries/finding.h"
#include "trace/balance.h"

namespace lotbook {

/// Everything about one lot on one card.
struct LotQuestion {
  std::string item, lot;
  static constexpr auto fields() {
    return field_list(field<&LotQuestion::item>("item", "Item.").required().at_most(60),
                      field<&LotQuestion::lot>("lot", "Own code; left out for untracked items.").at_most(60));
  }
};
struct LotPlace {
  std::string place, name, kind, site, why_not;
  Decimal quantity, quantity2;
  Standing standing = Standing::released;
  static constexpr auto fields() {
    using P = LotPlace;
    return field_list(field<&P::place>("place", "Location."), field<&P::name>("name", "Its name."),
                      field<&P::kind>("kind", "What it is used as."), field<&P::site>("site", "Site it lies in."),
                      field<&P::quantity>("quantity", "On hand there."),
                      field<&P::quantity2>("quantity2", "In the second unit."),
                      field<&P::standing>("standing", "Status there today."),
                      field<&P::why_not>("why_not", "Why it cannot be dispatched from there; empty: it can."));
  }
};
struct LotNameRow {
  NameKind kind = NameKind::own;
  std::string issuer, code;
  static constexpr auto fields() {
    using N = LotNameRow;
    return field_list(field<&N::kind>("kind", "Own code, former own code, or code of an issuer."),
                      field<&N::issuer>("issuer", "Who gave it."), field<&N::code>("code", "The code."));
  }
};
struct LotHold {
  std::string number, reason, author, recall, place;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using H = LotHold;
    return field_list(field<&H::number>("number", "Number of the hold."),
                      field<&H::reason>("reason", "Why.").at_most(2000), field<&H::author>("author", "Who placed it."),
                      field<&H::recall>("recall", "Recall case behind it."),
                      field<&H::place>("place", "Only what lies there; empty: everywhere."),
                      field<&H::entry>("entry", "Entry that placed it."));
  }
};
struct LotReading {
  std::string attribute, value, unit;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using R = LotReading;
    return field_list(field<&R::attribute>("attribute", "What was read."),
                      field<&R::value>("value", "What it was.").at_most(2000), field<&R::unit>("unit", "Its unit."),
                      field<&R::entry>("entry", "Entry that says so."));
  }
};
struct LotAnswer {
  std::string item, item_name, lot, traceability_code, unit, unit2;
  std::uint32_t id = 0;
  Quality quality = Quality::released;
  Standing standing = Standing::released;
  Origin origin = Origin::received;
  Date expires_on, best_before_on, retest_on, produced_on, received_on, governing_day;
  bool expiry_calculated = false;
  Decimal on_hand, on_hand2;
  std::vector<LotPlace> places;
  std::vector<LotHold> holds;
  std::vector<LotNameRow> names;
  std::vector<LotAsked> joined;
  std::vector<LotReading> readings;
  Balance balance;
  std::vector<EntryCard> history;
  std::uint64_t history_next = 0, entry = 0;
  std::vector<FindingRow> complaints, defects;
  std::uint64_t units_held = 0;
  Decimal held_apart;
  static constexpr auto fields() {
    using A = LotAnswer;
    return field_list(
        field<&A::item>("item", "Item."), field<&A::item_name>("item_name", "Name of the item."),
        field<&A::lot>("lot", "Own code."), field<&A::id>("id", "Number of the lot in this book."),
        field<&A::traceability_code>("traceability_code",
                                     "What it is called outside: the issuer's code, or the own one of goods that were "
                                     "made here (R11)."),
        field<&A::quality>("quality", "Decision of quality."),
        field<&A::standing>("standing", "Status that is shown, by the calendar of the book (R39)."),
        field<&A::origin>("origin", "How it came into the book."),
        field<&A::expires_on>("expires_on", "Last day of use."),
        field<&A::best_before_on>("best_before_on", "Best before."),
        field<&A::retest_on>("retest_on", "To be tested again."),
        field<&A::produced_on>("produced_on", "Day of production."),
        field<&A::received_on>("received_on", "Day of receipt."),
        field<&A::governing_day>("governing_day", "The day that counts (R46)."),
        field<&A::expiry_calculated>("expiry_calculated", "The expiry comes from the shelf life, not from a label."),
        field<&A::on_hand>("on_hand", "How much there is, everywhere."), field<&A::unit>("unit", "Base unit."),
        field<&A::on_hand2>("on_hand2", "In the second unit."), field<&A::unit2>("unit2", "Second unit."),
        field<&A::places>("places", "Where it lies."), field<&A::holds>("holds", "Holds that stand on it."),
        field<&A::names>("names", "All codes that it bears or bore."),
        field<&A::joined>("joined", "Lots that it is one with."),
        field<&A::readings>("readings", "Values of its attributes, newest last."),
        field<&A::balance>("balance", "In and out (R89)."),
        field<&A::history>("history", "The first entries that speak of it."),
        field<&A::history_next>("history_next", "More history is asked after this entry; 0: that was all."),
        field<&A::entry>("entry", "Entry that the answer reflects."),
        field<&A::complaints>("complaints", "What customers complained about, newest first."),
        field<&A::defects>("defects", "Faults that were found, newest first."),
        field<&A::units_held>("units_held", "How many of its units are held for themselves."),
        field<&A::held_apart>(
            "held_apart", "How much of it is held while the rest is not: such units, and what is on held pallets."));
  }
};
/// R11: receiving goods gives them no new name outside; making them does.
std::string traceability_code(const View& view, const Lot& lot);
Result<LotAnswer> ask(const LotQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
