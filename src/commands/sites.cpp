// SPDX-License-Identifier: Apache-2.0
#include "commands/sites.h"

#include <algorithm>

#include "model/place_ends.h"

namespace lotbook {

namespace {

/// Finds the first thing an entry names that lies elsewhere. Every kind of fact is named here, so that a new one does
/// not compile until somebody has said where it belongs.
class Elsewhere {
 public:
  Elsewhere(const View& view, const Actor& actor) : view_(view), actor_(actor) {}

  /// What lies elsewhere, for people; empty: nothing.
  const std::string& found() const { return found_; }

  void place(Id<Place> id) {
    if (id.value < ends::first_free_id) return;  // ends of movements belong to no site
    const std::string_view site = view_.masters().places.code_of(view_.masters().site_of(id));
    if (!is_own(site)) note("Location " + std::string(view_.masters().places.code_of(id)));
  }

  void entry(const Entry& entry) {
    const Entry* before = entry_;
    entry_ = &entry;
    for (const Line& line : entry.lines) place(line.from), place(line.to);
    if (entry.run) run(entry.run.value);
    for (const Fact& fact : entry.facts) std::visit([this](const auto& f) { at(f); }, fact);
    for (const auto* seqs : {&entry.reverses, &entry.reinstates})
      for (const std::uint64_t seq : *seqs) this->entry(*view_.entry(seq));
    entry_ = before;
  }

 private:
  bool is_own(std::string_view site) const {
    return std::find(actor_.sites.begin(), actor_.sites.end(), site) != actor_.sites.end();
  }
  void note(std::string what) {
    if (found_.empty()) found_ = std::move(what);
  }
  void everywhere() { note("This"); }

  /// A decision on a lot holds wherever it lies.
  void lot(std::uint32_t id) {
    const auto is_it = [&](const LotOpened& opened) { return opened.lot.value == id; };
    if (std::any_of(entry_->opened.begin(), entry_->opened.end(), is_it)) return;
    const LotState* state = view_.lot(Id<Lot>{id});
    if (!state) return note("A lot");
    bool is_here = false;
    for (const LotState::Cell& cell : state->cells) {
      if (cell.is_empty() || cell.place.value < ends::first_free_id) continue;
      if (!is_own(view_.masters().places.code_of(view_.masters().site_of(cell.place))))
        return note("Some of lot " + state->lot.code);
      is_here = true;
    }
    if (!is_here) note("Lot " + state->lot.code);
  }
  void lots(const std::vector<std::uint32_t>& ids) {
    for (const std::uint32_t id : ids) lot(id);
  }
  void run(std::uint32_t id) {
    for (const Fact& fact : entry_->facts)
      if (const auto* opened = std::get_if<RunOpened>(&fact); opened && opened->run == id) return at(*opened);
    const Run* run = view_.run(Id<Run>{id});
    if (run) at_site(run->place, "Order " + run->number);
  }
  void order(std::uint32_t id) {
    for (const Fact& fact : entry_->facts)
      if (const auto* set = std::get_if<OrderSet>(&fact); set && set->order == id) return;
    const TradeOrder* order = view_.trade_order(Id<TradeOrder>{id});
    if (order) at_site(order->site, "Order " + order->number);
  }
  void at_site(Id<Place> id, std::string what) {
    if (!is_own(view_.masters().places.code_of(view_.masters().site_of(id)))) note(std::move(what));
  }
  void unit(std::uint32_t id) {
    if (const Serial* serial = view_.serial(Id<Serial>{id})) place(serial->place);
  }
  void handling_unit(std::uint32_t id) {
    if (const HandlingUnit* pallet = view_.handling_unit(Id<HandlingUnit>{id})) place(pallet->place);
  }
  void hold(std::uint32_t id, const std::vector<std::uint32_t>& its_lots) {
    const Hold* hold = view_.hold(Id<Hold>{id});
    return hold && hold->place ? place(hold->place) : lots(its_lots);
  }

  void at(const RecordSet&) { everywhere(); }
  void at(const Joined&) { everywhere(); }
  void at(const Erased&) { everywhere(); }
  void at(const HeaderChanged&) {}  // of an entry that is taken back
  void at(const LotChanged& f) { lot(f.lot); }
  void at(const LotNamed& f) { lot(f.lot); }
  void at(const HoldPlaced& f) { f.place != 0 ? place(Id<Place>{f.place}) : lots(f.lots); }
  void at(const HoldExtended& f) { hold(f.hold, f.lots); }
  void at(const HoldLifted& f) { hold(f.hold, f.lots); }
  void at(const RunOpened& f) { at_site(Id<Place>{f.place}, "Order " + f.number); }
  void at(const RunChanged& f) { run(f.run); }
  void at(const RunPlanned& f) { run(f.run); }
  void at(const RunLoss& f) { run(f.run); }
  void at(const Assigned&) {}  // of a line
  void at(const Assumed& f) {
    if (f.run != 0) run(f.run);
  }
  void at(const Reading& f) {
    if (f.subject == 0) return;
    if (view_.run(Id<Run>{f.subject})) return run(f.subject);
    if (view_.lot(Id<Lot>{f.subject})) lot(f.subject);
  }
  void at(const Typed&) {}  // of a line
  void at(const Noticed&) {}
  void at(const DockRefused&) {}  // at the draft's place
  void at(const Counted& f) { place(Id<Place>{f.place}); }
  void at(const SerialsOpened&) {}  // of lines
  void at(const Installed& f) { unit(f.into); }
  void at(const Removed& f) { unit(f.from); }
  void at(const OrderSet& f) { at_site(Id<Place>{f.site}, "Order " + f.number); }
  void at(const OrderLineSet& f) { order(f.order); }
  void at(const Bound& f) { place(Id<Place>{f.place}); }
  void at(const Unbound& f) { place(Id<Place>{f.place}); }
  void at(const ForOrder& f) { order(f.order); }
  void at(const UnitsHeld& f) {
    for (const std::uint32_t id : f.serials) unit(id);
  }
  void at(const UnitsFreed& f) {
    for (const std::uint32_t id : f.serials) unit(id);
  }
  void at(const WarrantySet&) {}
  void at(const FindingSet&) {}
  void at(const VesselDeclared& f) { place(Id<Place>{f.place}); }
  void at(const HandlingUnitOpened& f) { place(Id<Place>{f.place}); }
  void at(const HandlingUnitMoved& f) { place(Id<Place>{f.from}), place(Id<Place>{f.to}); }
  void at(const Packed& f) { handling_unit(f.handling_unit); }
  void at(const HandlingUnitsHeld& f) {
    for (const std::uint32_t id : f.handling_units) handling_unit(id);
  }
  void at(const HandlingUnitsFreed& f) {
    for (const std::uint32_t id : f.handling_units) handling_unit(id);
  }
  void at(const PastAccepted&) { everywhere(); }
  void at(const KeyChanged&) { everywhere(); }
  void at(const AccessNoted&) {}
  void at(const TokenSet&) {}
  void at(const Signed& f) { entry(*view_.entry(f.entry)); }

  const View& view_;
  const Actor& actor_;
  const Entry* entry_ = nullptr;
  std::string found_;
};

}  // namespace

std::optional<Refusal> refused_by_sites(const View& view, const Actor& actor, const Draft& draft) {
  if (actor.sites.empty()) return std::nullopt;
  Elsewhere elsewhere(view, actor);
  elsewhere.place(draft.place);
  elsewhere.entry(draft.entry);
  if (elsewhere.found().empty()) return std::nullopt;
  std::string own;
  for (const std::string& site : actor.sites) own += (own.empty() ? "" : ", ") + site;
  return Refusal{Code::not_at_your_sites,
                 "",
                 elsewhere.found() + " is not at your sites alone, and you may act only at " + own +
                     ". Ask somebody who may act there, or an administrator.",
                 {{"sites", own}}};
}

}  // namespace lotbook
