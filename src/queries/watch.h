// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lot.h"
#include "queries/find.h"

// What waits for someone: holds that stand, and notices that want a second look.

namespace lotbook {

struct HoldsQuestion {
  std::uint32_t after = 0;
  int limit = 100;
  static constexpr auto fields() {
    return field_list(field<&HoldsQuestion::after>("after", "Where the page begins: \"next\" of the answer before."),
                      field<&HoldsQuestion::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct HoldLine {
  std::string number, reason, author, recall, place, placed_at;
  Flow flow = Flow::lot;
  std::uint64_t entry = 0, lots_covered = 0;
  std::vector<LotAsked> lots;
  std::uint64_t units_covered = 0;
  std::vector<std::string> units;
  std::uint64_t handling_units_covered = 0;
  std::vector<std::string> handling_units;
  static constexpr auto fields() {
    using H = HoldLine;
    return field_list(
        field<&H::number>("number", "Number of the hold."), field<&H::reason>("reason", "Why.").at_most(2000),
        field<&H::author>("author", "Who placed it."), field<&H::recall>("recall", "Recall case behind it."),
        field<&H::flow>("flow", "How it flows (R42)."),
        field<&H::place>("place", "Only what lies there; empty: everywhere."),
        field<&H::placed_at>("placed_at", "When it was recorded."), field<&H::entry>("entry", "Entry that placed it."),
        field<&H::lots_covered>("lots_covered", "How many lots it covers."),
        field<&H::lots>("lots", "The first hundred of them."),
        field<&H::units_covered>("units_covered", "How many single units it covers."),
        field<&H::units>("units", "The first hundred of them, each with its item."),
        field<&H::handling_units_covered>("handling_units_covered", "How many pallets and cases it covers."),
        field<&H::handling_units>("handling_units", "The SSCCs of the first hundred of them."));
  }
};
struct HoldsAnswer {
  std::vector<HoldLine> rows;
  std::uint32_t next = 0;
  static constexpr auto fields() {
    return field_list(field<&HoldsAnswer::rows>("rows", "Holds that stand, oldest first."),
                      field<&HoldsAnswer::next>("next", "Where the next page begins; 0 when this is the last."));
  }
};
Result<HoldsAnswer> ask(const HoldsQuestion& question, const Snapshot& snapshot);

struct ReviewsQuestion {
  std::string after, code;
  int limit = 100;
  static constexpr auto fields() {
    using Q = ReviewsQuestion;
    return field_list(
        field<&Q::after>("after", "Where the page begins: \"next\" of the answer before, or an entry.").at_most(40),
        field<&Q::code>("code", "Only this kind of notice.").at_most(60),
        field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct ReviewLine {
  std::uint64_t entry = 0;
  std::string code, detail, item, lot, kind, who, recorded_at;
  static constexpr auto fields() {
    using R = ReviewLine;
    return field_list(field<&R::entry>("entry", "Entry that noticed it."),
                      field<&R::code>("code", "What kind of notice."),
                      field<&R::detail>("detail", "One sentence.").at_most(2000), field<&R::item>("item", "Item."),
                      field<&R::lot>("lot", "Own code."), field<&R::kind>("kind", "What was done."),
                      field<&R::who>("who", "Who did it."), field<&R::recorded_at>("recorded_at", "When."));
  }
};
struct ReviewsAnswer {
  std::vector<ReviewLine> rows;
  std::string next;
  static constexpr auto fields() {
    return field_list(field<&ReviewsAnswer::rows>("rows", "Notices, in order of entries."),
                      field<&ReviewsAnswer::next>("next", "Where the next page begins; empty when this is the last."));
  }
};
Result<ReviewsAnswer> ask(const ReviewsQuestion& question, const Snapshot& snapshot);

/// What R44 let somebody pass over, for a day's or an audit's review.
struct OverridesQuestion {
  std::string after;
  int limit = 100;
  static constexpr auto fields() {
    using Q = OverridesQuestion;
    return field_list(
        field<&Q::after>("after", "Where the page begins: \"next\" of the answer before, or an entry.").at_most(40),
        field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct OverrideLine {
  std::uint64_t entry = 0;
  std::string code, detail, item, lot, partner, document, kind, who, why, recorded_at;
  static constexpr auto fields() {
    using L = OverrideLine;
    return field_list(field<&L::entry>("entry", "Entry that passed over it."),
                      field<&L::code>("code", "Which rule: override_fefo, override_life, override_best_before."),
                      field<&L::detail>("detail", "What was so.").at_most(2000), field<&L::item>("item", "Item."),
                      field<&L::lot>("lot", "Lot that was taken all the same."),
                      field<&L::partner>("partner", "For whom."), field<&L::document>("document", "Document it is on."),
                      field<&L::kind>("kind", "What was done."), field<&L::who>("who", "Who did it."),
                      field<&L::why>("why", "The reason given.").at_most(500),
                      field<&L::recorded_at>("recorded_at", "When it was recorded."));
  }
};
struct OverridesAnswer {
  std::vector<OverrideLine> rows;
  std::string next;
  static constexpr auto fields() {
    using A = OverridesAnswer;
    return field_list(field<&A::rows>("rows", "Overrides, oldest first."),
                      field<&A::next>("next", "Where the next page begins; empty when this is the last."));
  }
};
Result<OverridesAnswer> ask(const OverridesQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
