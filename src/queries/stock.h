// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/usable.h"
#include "queries/find.h"

namespace lotbook {

/// What lies where: now, at an instant (as known now), or as known at an entry.
struct StockQuestion {
  std::string item, lot, place;
  std::optional<WrittenTime> at;
  std::uint64_t at_entry = 0;
  std::string after;
  int limit = 100;
  static constexpr auto fields() {
    using Q = StockQuestion;
    return field_list(field<&Q::item>("item", "Only this item.").at_most(60),
                      field<&Q::lot>("lot", "Only this lot.").at_most(60),
                      field<&Q::place>("place", "Only what lies here, or below.").at_most(60),
                      field<&Q::at>("at", "At this instant, as known now (R27); name the item. A day: at its end."),
                      field<&Q::at_entry>("at_entry", "As known at this entry (R30); name the item."),
                      field<&Q::after>("after", "Where the page begins: \"next\" of the answer before.").at_most(200),
                      field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct StockLine {
  std::string item, lot, place, unit;
  Decimal quantity, quantity2;
  Date governing_day;
  Standing standing = Standing::released;
  static constexpr auto fields() {
    using L = StockLine;
    return field_list(field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code; empty for untracked items."),
                      field<&L::place>("place", "Location; \"in_transit\" between sites."),
                      field<&L::quantity>("quantity", "How much."), field<&L::unit>("unit", "Base unit."),
                      field<&L::quantity2>("quantity2", "In the second unit."),
                      field<&L::governing_day>("governing_day", "The day that counts (R46)."),
                      field<&L::standing>("standing", "Status there today."));
  }
};
struct StockAnswer {
  std::vector<StockLine> rows;
  std::string next;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using A = StockAnswer;
    return field_list(field<&A::rows>("rows", "By item, in picking order."),
                      field<&A::next>("next", "Where the next page begins; empty when this is the last."),
                      field<&A::entry>("entry", "Entry that the answer reflects."));
  }
};
Result<StockAnswer> ask(const StockQuestion& question, const Snapshot& snapshot);

/// Lots whose governing day comes within so many days, and what is left of them (R46).
struct ExpiringQuestion {
  int days = 30;
  std::string item, place, after;
  int limit = 100;
  static constexpr auto fields() {
    using Q = ExpiringQuestion;
    return field_list(
        field<&Q::days>("days", "Within so many days from today, by the day at the site.").between(0, 36500),
        field<&Q::item>("item", "Only this item.").at_most(60),
        field<&Q::place>("place", "Only what lies here, or below.").at_most(60),
        field<&Q::after>("after", "Where the page begins: \"next\" of the answer before.").at_most(200),
        field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct ExpiringLine {
  std::string item, lot, place, unit;
  Date governing_day;
  int days_left = 0;
  Decimal quantity;
  Standing standing = Standing::released;
  static constexpr auto fields() {
    using L = ExpiringLine;
    return field_list(field<&L::governing_day>("governing_day", "The day that counts."),
                      field<&L::days_left>("days_left", "Days from today; below 0: it has passed."),
                      field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code."),
                      field<&L::place>("place", "Location."), field<&L::quantity>("quantity", "How much."),
                      field<&L::unit>("unit", "Base unit."), field<&L::standing>("standing", "Status there today."));
  }
};
struct ExpiringAnswer {
  std::vector<ExpiringLine> rows;
  std::string next;
  static constexpr auto fields() {
    return field_list(field<&ExpiringAnswer::rows>("rows", "Earliest day first."),
                      field<&ExpiringAnswer::next>("next", "Where the next page begins; empty when this is the last."));
  }
};
Result<ExpiringAnswer> ask(const ExpiringQuestion& question, const Snapshot& snapshot);

/// In which order the lots of an item are to be used at a site (R50, R53), and which of them may be.
struct FefoQuestion {
  std::string item, site;
  int limit = 100;
  static constexpr auto fields() {
    using Q = FefoQuestion;
    return field_list(field<&Q::item>("item", "Item.").required().at_most(60),
                      field<&Q::site>("site", "Site; left out: all sites.").at_most(60),
                      field<&Q::limit>("limit", "Most lots to answer with.").between(1, 1000));
  }
};
struct FefoLine {
  std::string lot, site, unit, why_not;
  Date governing_day, came_on;
  Decimal available, on_hand;
  bool usable = false;
  std::vector<std::string> places;
  static constexpr auto fields() {
    using L = FefoLine;
    return field_list(field<&L::lot>("lot", "Own code."), field<&L::site>("site", "Site it lies at."),
                      field<&L::governing_day>("governing_day", "The day that counts (R46)."),
                      field<&L::came_on>("came_on", "Received or produced, whichever was first."),
                      field<&L::available>("available", "In places from which it may be dispatched."),
                      field<&L::on_hand>("on_hand", "At the site altogether."), field<&L::unit>("unit", "Base unit."),
                      field<&L::usable>("usable", "May be dispatched today."),
                      field<&L::why_not>("why_not", "Why not, if it may not."),
                      field<&L::places>("places", "Where it lies."));
  }
};
struct FefoAnswer {
  Picking picking = Picking::fefo;
  std::vector<FefoLine> rows;
  bool more = false;
  static constexpr auto fields() {
    return field_list(field<&FefoAnswer::picking>("picking", "First expired or first in."),
                      field<&FefoAnswer::rows>("rows", "Lots in the order of use."),
                      field<&FefoAnswer::more>("more", "There are more lots than were asked for."));
  }
};
Result<FefoAnswer> ask(const FefoQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
