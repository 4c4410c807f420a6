// SPDX-License-Identifier: Apache-2.0
#include "see.h"

#include <array>
#include <map>

#include "ledger/timeline.h"
#include "model/place_ends.h"
#include "model/usable.h"

namespace lotbook::stories {

namespace {

std::string place_name(const Masters& masters, Id<Place> place) {
  constexpr std::array<std::string_view, 10> ends{"",      "supplier", "customer", "process", "conversion",
                                                  "count", "opening",  "disposed", "sampled", "in_transit"};
  if (place.value < ends.size()) return std::string(ends[place.value]);
  return std::string(masters.places.code_of(place));
}

/// Every lot of the book that the filter lets through, in the order in which they were opened.
template <class Visit>
void each_lot(const View& view, const std::string& item, const std::string& code, Visit visit) {
  for (std::uint32_t id = ends::first_free_id; id < view.next_id(); ++id) {
    const LotState* state = view.lot(Id<Lot>{id});
    if (!state) continue;
    if (!item.empty() && view.masters().items.code_of(state->lot.item) != item) continue;
    if (!code.empty() && state->lot.code != code) continue;
    visit(*state);
  }
}

// --- stock: every lot in every place, now, or as it was

struct SeeStock {
  std::string item, lot, place;
  std::optional<WrittenTime> as_of;
  std::uint64_t known_at = 0;
  static constexpr auto fields() {
    using S = SeeStock;
    return field_list(field<&S::item>("item", "Only this item."), field<&S::lot>("lot", "Only this lot."),
                      field<&S::place>("place", "Only this place."),
                      field<&S::as_of>("as_of", "As it was at this instant, in settled order."),
                      field<&S::known_at>("known_at", "As the book had it after this entry."));
  }
};
struct StockSeen {
  std::string item, lot, place;
  Decimal quantity, quantity2;
  static constexpr auto fields() {
    using S = StockSeen;
    return field_list(field<&S::item>("item", "Item."), field<&S::lot>("lot", "Own code."),
                      field<&S::place>("place", "Place."), field<&S::quantity>("quantity", "How much."),
                      field<&S::quantity2>("quantity2", "In the second unit."));
  }
};
struct AllStockSeen {
  std::vector<StockSeen> stock;
  static constexpr auto fields() { return field_list(field<&AllStockSeen::stock>("stock", "What lies where.")); }
};

Result<AllStockSeen> ask(const SeeStock& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  AllStockSeen answer;
  const auto add = [&](const Lot& lot, Id<Place> place, Decimal quantity, Decimal quantity2) {
    const std::string name = place_name(view.masters(), place);
    if ((quantity.is_zero() && quantity2.is_zero()) || (!question.place.empty() && question.place != name)) return;
    answer.stock.push_back({std::string(view.masters().items.code_of(lot.item)), lot.code, name, quantity, quantity2});
  };
  const bool is_past = question.as_of || question.known_at != 0;
  const std::uint64_t upto = question.known_at == 0 ? UINT64_MAX : question.known_at;
  each_lot(view, question.item, question.lot, [&](const LotState& state) {
    if (!is_past) {
      for (const LotState::Cell& cell : state.cells) add(state.lot, cell.place, cell.quantity, cell.quantity2);
      return;
    }
    std::map<Id<Place>, std::pair<Decimal, Decimal>> cells;
    for (const Happening& h : timeline(view, state.lot.id, upto)) {
      if (question.as_of && h.settled_at > question.as_of->at(Zone::utc()).latest()) continue;
      cells[h.line.from].first -= h.line.quantity, cells[h.line.from].second -= h.line.quantity2;
      cells[h.line.to].first += h.line.quantity, cells[h.line.to].second += h.line.quantity2;
    }
    for (const auto& [place, sums] : cells)
      if (ends::holds_stock(place)) add(state.lot, place, sums.first, sums.second);
  });
  return answer;
}

// --- lots: what the book says of each

struct SeeLots {
  std::string item, lot, place;
  static constexpr auto fields() {
    using S = SeeLots;
    return field_list(field<&S::item>("item", "Only this item."), field<&S::lot>("lot", "Only this lot."),
                      field<&S::place>("place", "Place in which the status is judged; left out: all holds count."));
  }
};
struct LotSeen {
  std::string item, lot;
  Standing status = Standing::released;
  Quality quality = Quality::released;
  Origin origin = Origin::received;
  Decimal on_hand;
  std::vector<std::string> holds, names;
  bool expiry_calculated = false;
  Date received_on, produced_on, expires_on, best_before_on, retest_on;
  static constexpr auto fields() {
    using L = LotSeen;
    return field_list(
        field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code."),
        field<&L::status>("status", "Status that is shown (R39)."),
        field<&L::quality>("quality", "Quality status (R37)."), field<&L::origin>("origin", "How it came to be."),
        field<&L::on_hand>("on_hand", "All that is there."), field<&L::holds>("holds", "Numbers of its holds."),
        field<&L::names>("names", "Further names, with issuer (R3)."),
        field<&L::expiry_calculated>("expiry_calculated", "Expiry from shelf life."),
        field<&L::received_on>("received_on", "Day it came."),
        field<&L::produced_on>("produced_on", "Day it was made."),
        field<&L::expires_on>("expires_on", "Last day of use."),
        field<&L::best_before_on>("best_before_on", "Best-before day."),
        field<&L::retest_on>("retest_on", "Retest day."));
  }
};
struct LotsSeen {
  std::vector<LotSeen> lots;
  static constexpr auto fields() { return field_list(field<&LotsSeen::lots>("lots", "Lots.")); }
};

Result<LotsSeen> ask(const SeeLots& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  const Id<Place> where = masters.places.id_of(question.place);
  LotsSeen answer;
  each_lot(view, question.item, question.lot, [&](const LotState& state) {
    if (state.is_untracked()) return;
    const Lot& lot = state.lot;
    LotSeen seen;
    seen.item = masters.items.code_of(lot.item), seen.lot = lot.code, seen.quality = lot.quality;
    seen.origin = lot.origin, seen.on_hand = state.on_hand(), seen.expiry_calculated = lot.expiry_calculated;
    seen.received_on = lot.received_on, seen.produced_on = lot.produced_on, seen.expires_on = lot.expires_on;
    seen.best_before_on = lot.best_before_on, seen.retest_on = lot.retest_on;
    Condition condition{lot.quality, false, false, lot.expires_on, lot.best_before_on, lot.retest_on, {}, {}};
    for (const Hold& hold : view.holds_on(lot.id)) {
      seen.holds.push_back(hold.number);
      if (where && hold.place && !masters.lies_in(where, hold.place)) continue;
      condition.is_held = true, condition.is_recalled |= !hold.recall.empty();
    }
    for (const LotName& name : view.behind().names_of(lot.item, lot.id))
      if (name.kind != NameKind::own)
        seen.names.push_back(name.issuer ? std::string(masters.partners.code_of(name.issuer)) + ":" + name.code
                                         : name.code);
    const Id<Place> first = where ? where : state.cells.empty() ? Id<Place>{} : state.cells.front().place;
    condition.day = masters.zone_of(first).day_of(snapshot.now);
    condition.is_gone = state.on_hand().is_zero();
    seen.status = standing_of(condition);
    answer.lots.push_back(std::move(seen));
  });
  return answer;
}

// --- entry: one entry of the ledger, the newest unless numbered

struct SeeEntry {
  std::uint64_t number = 0;
  static constexpr auto fields() {
    return field_list(field<&SeeEntry::number>("number", "Number of the entry; left out: the newest."));
  }
};
struct LineSeen {
  std::string item, lot, from, to;
  Decimal quantity, quantity2;
  static constexpr auto fields() {
    using L = LineSeen;
    return field_list(field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code."),
                      field<&L::from>("from", "Where it was."), field<&L::to>("to", "Where it went."),
                      field<&L::quantity>("quantity", "How much."),
                      field<&L::quantity2>("quantity2", "In the second unit."));
  }
};
struct FactSeen {
  std::string fact, detail;
  static constexpr auto fields() {
    return field_list(field<&FactSeen::fact>("fact", "What kind of fact."),
                      field<&FactSeen::detail>("detail", "The part that a story looks at."));
  }
};
struct EntrySeen {
  std::uint64_t entry = 0;
  EntryKind kind = EntryKind::note;
  std::string who, why, document, reference, partner, address, order, settled_at, earliest, latest, recorded_at;
  std::vector<std::uint64_t> reverses, reinstates;
  std::vector<LineSeen> lines;
  std::vector<FactSeen> facts;
  static constexpr auto fields() {
    using E = EntrySeen;
    return field_list(
        field<&E::entry>("entry", "Its number."), field<&E::kind>("kind", "What was done."),
        field<&E::who>("who", "Who asked."), field<&E::why>("why", "Reason."),
        field<&E::document>("document", "Paper it is on."), field<&E::reference>("reference", "Paper behind it."),
        field<&E::partner>("partner", "Partner."), field<&E::address>("address", "Delivery address."),
        field<&E::order>("order", "Order it belongs to."),
        field<&E::settled_at>("settled_at", "Settled instant (R27)."),
        field<&E::earliest>("earliest", "First instant at which it may have happened."),
        field<&E::latest>("latest", "Last such instant."), field<&E::recorded_at>("recorded_at", "When recorded."),
        field<&E::reverses>("reverses", "Entries that are as if they never happened."),
        field<&E::reinstates>("reinstates", "Entries that stand again."), field<&E::lines>("lines", "Movements."),
        field<&E::facts>("facts", "Facts."));
  }
};

std::string detail_of(const Fact& fact) {
  if (const auto* f = std::get_if<RecordSet>(&fact)) return f->code;
  if (const auto* f = std::get_if<LotChanged>(&fact))
    return std::string(name_of(f->what)) + " " + f->old_value + " -> " + f->new_value;
  if (const auto* f = std::get_if<LotNamed>(&fact)) return f->code;
  if (const auto* f = std::get_if<HoldPlaced>(&fact)) return f->number;
  if (const auto* f = std::get_if<Typed>(&fact)) return f->number + " " + f->unit;
  if (const auto* f = std::get_if<Noticed>(&fact)) return f->code;
  if (const auto* f = std::get_if<DockRefused>(&fact)) return f->quantity.text() + " " + f->reason;
  if (const auto* f = std::get_if<RunOpened>(&fact)) return f->number;
  if (const auto* f = std::get_if<RunLoss>(&fact)) return (f->gain ? "gain " : "loss ") + f->quantity.text();
  if (const auto* f = std::get_if<Reading>(&fact)) return f->attribute + " " + f->value;
  if (const auto* f = std::get_if<HeaderChanged>(&fact)) return f->which + " " + f->old_value + " -> " + f->new_value;
  if (const auto* f = std::get_if<Counted>(&fact)) return f->quantity.text();
  if (const auto* f = std::get_if<OrderSet>(&fact)) return f->number + " " + std::string(name_of(f->state));
  if (const auto* f = std::get_if<OrderLineSet>(&fact)) return std::to_string(f->order_line) + " " + f->quantity.text();
  if (const auto* f = std::get_if<Bound>(&fact)) return std::to_string(f->order_line) + " " + f->quantity.text();
  if (const auto* f = std::get_if<Unbound>(&fact)) return std::to_string(f->order_line) + " " + f->quantity.text();
  if (const auto* f = std::get_if<ForOrder>(&fact))
    return std::to_string(f->order_line) + " " + std::string(name_of(f->step));
  return {};
}

Result<EntrySeen> ask(const SeeEntry& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  const std::uint64_t number = question.number ? question.number : view.head().seq;
  const Entry* entry = view.entry(number);
  if (!entry) return Refusal{Code::unknown_entry, "/number", "There is no such entry."};
  EntrySeen seen;
  seen.entry = entry->seq, seen.kind = entry->kind, seen.who = entry->who, seen.why = entry->why;
  seen.document = entry->document, seen.reference = entry->reference;
  seen.partner = masters.partners.code_of(entry->partner), seen.address = masters.addresses.code_of(entry->address);
  if (const Run* run = view.run(entry->run)) seen.order = run->number;
  seen.settled_at = entry->settled_at.text(), seen.recorded_at = entry->recorded_at.text();
  seen.earliest = entry->occurred.earliest().text(), seen.latest = entry->occurred.latest().text();
  seen.reverses = entry->reverses, seen.reinstates = entry->reinstates;
  for (const Line& line : entry->lines) {
    const LotState* state = view.lot(line.lot);
    seen.lines.push_back({state ? std::string(masters.items.code_of(state->lot.item)) : "?",
                          state ? state->lot.code : "?", place_name(masters, line.from), place_name(masters, line.to),
                          line.quantity, line.quantity2});
  }
  for (const Fact& fact : entry->facts) seen.facts.push_back({std::string(fact_names[fact.index()]), detail_of(fact)});
  return seen;
}

template <class Q, class A>
constexpr QuestionRow row(std::string_view name, std::string_view sentence) {
  return {name,
          sentence,
          []() -> const Shape& { return shape_of<Q>(); },
          []() -> const Shape& { return shape_of<A>(); },
          []() -> std::shared_ptr<void> { return std::make_shared<Q>(); },
          []() -> std::shared_ptr<void> { return std::make_shared<A>(); },
          [](const void* question, const Snapshot& snapshot) -> Result<AnyAnswer> {
            Result<A> answer = ask(*static_cast<const Q*>(question), snapshot);
            if (!answer) return answer.refusals();
            return AnyAnswer{&shape_of<A>(), std::make_shared<const A>(std::move(*answer))};
          }};
}

const std::array sights{
    row<SeeStock, AllStockSeen>("stock", "What lies where."),
    row<SeeLots, LotsSeen>("lots", "What the book says of each lot."),
    row<SeeEntry, EntrySeen>("entry", "What an entry holds."),
};

}  // namespace

const QuestionRow* find_sight(std::string_view name) {
  for (const QuestionRow& sight : sights)
    if (sight.name == name) return &sight;
  return nullptr;
}

}  // namespace lotbook::stories
