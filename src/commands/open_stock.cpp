// SPDX-License-Identifier: Apache-2.0
#include "commands/open_stock.h"

#include <algorithm>

#include "model/place_ends.h"

namespace lotbook {

namespace {

bool has_dates(const OpenStockLine& line) {
  return line.received_on || line.produced_on || line.expires_on || line.best_before_on || line.retest_on;
}

/// Further stock of a lot must not tell other dates than the lot has.
template <class LotLike>
bool dates_agree(const OpenStockLine& line, const LotLike& lot) {
  const auto agree = [](Date typed, Date known) { return !typed || typed == known; };
  return agree(line.received_on, lot.received_on) && agree(line.produced_on, lot.produced_on) &&
         agree(line.expires_on, lot.expires_on) && agree(line.best_before_on, lot.best_before_on) &&
         agree(line.retest_on, lot.retest_on);
}

class Opening {
 public:
  Opening(Look& look, Draft& draft, const OpenStock& command) : look_(look), draft_(draft), command_(command) {
    if (!command.supplier.empty()) supplier_ = look.partner(command.supplier, Role::supplier, "/supplier");
  }
  Id<Partner> supplier() const { return supplier_; }
  Id<Place> where() const { return where_; }

  void line(std::size_t i) {
    const OpenStockLine& line = command_.lines[i];
    const FoundItem item = look_.item(line.item, at("lines", i, "item"));
    const Id<Place> to = look_.place(line.to, at("lines", i, "to"));
    if (!item || !to) return;
    const std::optional<Decimal> quantity =
        quantity_asked(look_, serials_asked(line, *item.item, "/lines/" + std::to_string(i)));
    const std::optional<Decimal> quantity2 = look_.quantity2(line.quantity2, *item.item, at("lines", i, "quantity2"));
    if (!quantity || !quantity2) return;
    const Id<Lot> lot = item.item->tracking == Tracking::none ? untracked(i, item) : tracked(i, item, to);
    if (!lot) return;
    draft_.line(lot, ends::opening, to, *quantity, *quantity2);
    look_.into(draft_, to, at("lines", i, "to"));
    Look::typed(draft_, line.quantity, line.unit, *item.item);
    const Masters& masters = look_.masters();
    const Id<Partner> maker = masters.partners.id_of(line.issuer.empty() ? item.item->maker : line.issuer);
    name_new_serials(look_, draft_, serials_asked(line, *item.item, "/lines/" + std::to_string(i)),
                     maker ? maker : supplier_);
    if (!where_) where_ = to;
  }

 private:
  Id<Lot> untracked(std::size_t i, const FoundItem& item) {
    const OpenStockLine& line = command_.lines[i];
    if (!line.lot.empty() || !line.supplier_lot.empty() || has_dates(line)) {
      look_.refuse(Code::lot_unwanted, at("lines", i, "lot"),
                   line.item + " is not tracked by lot: leave lot, codes and dates out.");
      return {};
    }
    return look_.view().untracked_lot(item.id);
  }

  Id<Lot> tracked(std::size_t i, const FoundItem& item, Id<Place> to) {
    const OpenStockLine& line = command_.lines[i];
    if (!line.lot.empty()) {
      // The same lot may lie in several places, named by several lines or commands.
      for (const LotOpened& opened : draft_.entry.opened)
        if (opened.item == item.id && opened.code == line.lot) return further(i, line, opened, opened.lot);
      const LotState* known = look_.view().lot(look_.view().lot_called(item.id, line.lot));
      if (known && known->lot.origin == Origin::opened) return further(i, line, known->lot, known->lot.id);
      if (!look_.new_code(line.lot, at("lines", i, "lot"))) return {};
      if (!look_.free_code(item.id, line.lot, line.confirm_new_lot, at("lines", i, "lot"))) return {};
    }
    if (line.produced_on &&
        std::min({line.expires_on, line.best_before_on, line.retest_on, line.received_on}) < line.produced_on) {
      look_.refuse(
          Code::dates_contradict, at("lines", i, "produced_on"),
          "It cannot have been made on " + line.produced_on.text() + ", after it came or ran out. Check the dates.");
      return {};
    }
    LotOpened opened;
    opened.issuer = issuer(i, *item.item);
    if (look_.refused()) return {};
    opened.lot.value = draft_.new_id(), opened.item = item.id, opened.origin = Origin::opened;
    opened.code = line.lot.empty() ? look_.series_code(item.id, opened.lot, to) : line.lot;
    opened.issued_code = line.supplier_lot, opened.quality = line.quality;
    opened.received_on = line.received_on, opened.produced_on = line.produced_on, opened.expires_on = line.expires_on;
    opened.best_before_on = line.best_before_on, opened.retest_on = line.retest_on;
    const bool is_dated = line.expires_on || line.best_before_on || line.retest_on;
    if (item.item->expiry_required && !is_dated && opened.quality == Quality::released) {
      opened.quality = Quality::quarantine;  // R50: without a date it cannot be released
      draft_.notice(
          "expiry_needed",
          "Lot " + opened.code + " of " + line.item + " has no date, so it waits in quarantine until it has one.",
          opened.lot);
    }
    draft_.entry.opened.push_back(std::move(opened));
    return draft_.entry.opened.back().lot;
  }

  template <class LotLike>
  Id<Lot> further(std::size_t i, const OpenStockLine& line, const LotLike& lot, Id<Lot> id) {
    if (dates_agree(line, lot)) return id;
    look_.refuse(Code::expiry_differs, at("lines", i, "lot"),
                 "Lot " + line.lot + " is opened already with other dates. Correct the dates, or give another code.");
    return {};
  }

  Id<Partner> issuer(std::size_t i, const Item& item) {
    const OpenStockLine& line = command_.lines[i];
    if (line.supplier_lot.empty()) return {};
    const Masters& masters = look_.masters();
    if (!look_.new_code(line.supplier_lot, at("lines", i, "supplier_lot"))) return {};
    if (line.issuer.empty()) {
      const Id<Partner> maker = masters.partners.id_of(item.maker), issuer = maker ? maker : supplier_;
      if (!issuer)
        look_.refuse(Code::missing, at("lines", i, "issuer"),
                     "Say who gave the code " + line.supplier_lot + ": the maker, or the supplier.");
      return issuer;
    }
    const Id<Partner> issuer = masters.partners.id_of(line.issuer);
    if (!issuer)
      look_.refuse(Code::unknown_partner, at("lines", i, "issuer"),
                   "There is no partner " + line.issuer + ". Check the code, or set it up first.");
    return issuer;
  }

  Look& look_;
  Draft& draft_;
  const OpenStock& command_;
  Id<Partner> supplier_;
  Id<Place> where_;
};

}  // namespace

Result<Draft> decide(const OpenStock& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::open_stock, view);
  Opening opening(look, draft, command);
  for (std::size_t i = 0; i < command.lines.size(); ++i) opening.line(i);
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, opening.where());
  draft.entry.partner = opening.supplier();
  return draft;
}

}  // namespace lotbook
