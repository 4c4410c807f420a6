// SPDX-License-Identifier: Apache-2.0
#include "commands/receive.h"

#include <algorithm>
#include <map>

#include "commands/attributes.h"
#include "commands/correct.h"
#include "commands/hold.h"
#include "commands/pack.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// One delivery on its way into the book.
class Delivery {
 public:
  Delivery(const Receive& command, Look& look, Draft& draft)
      : command_(command), look_(look), view_(look.view()), draft_(draft) {}

  void take_in(std::size_t i);

 private:
  struct Label {
    Id<Partner> issuer;
    std::string code;
  };
  const std::string& issuer_of(const ReceiptLine& line, const Item& item) const;
  void refuse_at_dock(const ReceiptLine& line, const FoundItem& item, Decimal quantity);
  bool was_seen(const FoundItem& item, const Label& label) const;
  Id<Lot> known_lot(std::size_t i, const FoundItem& item, const Label& label, bool& goes_on);
  LotOpened* opened_here(Id<Item> item, const Label& label, const std::string& own_code);
  Id<Lot> open(std::size_t i, const FoundItem& item, const Label& label, Id<Place> to);
  void set_dates(const ReceiptLine& line, const Item& item, Id<Place> to, LotOpened& opened) const;
  void hold(Id<Lot> lot, const std::string& reason);
  void judge_life(const LotOpened& opened, const Item& item, Id<Place> to);
  void put_against_order(const FoundItem& item, Id<Lot> lot, Decimal quantity, std::size_t first);
  void note_fault(Id<Lot> lot, const Item& item, const std::string& reason);
  std::string at_line(std::size_t i, std::string_view field) const { return at("lines", i, field); }

  const Receive& command_;
  Look& look_;
  const View& view_;
  Draft& draft_;
  Id<Partner> supplier_ = view_.masters().partners.id_of(command_.supplier);
  const TradeOrder* order_ = view_.trade_order_numbered(TradeKind::purchase, command_.reference);
  std::map<std::uint32_t, Decimal> received_;  // in this delivery, by line of the order
};

/// Who gave the codes on the label (R3), and on the units.
const std::string& Delivery::issuer_of(const ReceiptLine& line, const Item& item) const {
  return !line.issuer.empty() ? line.issuer : !item.maker.empty() ? item.maker : command_.supplier;
}

bool Delivery::was_seen(const FoundItem& item, const Label& label) const {
  for (const Entry* entry : standing_under(view_, command_.document)) {
    if (entry->kind != EntryKind::receive || entry->partner != supplier_ || entry->document != command_.document)
      continue;
    for (const Line& line : entry->lines) {
      const LotState* state = view_.lot(line.lot);
      if (!state || state->lot.item != item.id) continue;
      if (label.code.empty()) return true;
      for (const LotName& name : view_.names_like(item.id, label.code))
        if (name.lot == line.lot && name.code == label.code) return true;
    }
  }
  return false;
}

/// The lot that this label adds to under `issuer_lot` (R4, R7); none: a new one is opened.
Id<Lot> Delivery::known_lot(std::size_t i, const FoundItem& item, const Label& label, bool& goes_on) {
  const ReceiptLine& line = command_.lines[i];
  const auto differs = [&](const Lot& lot) {
    return line.expires_on.is_set() && lot.expires_on.is_set() && lot.expires_on != line.expires_on;
  };
  bool is_known = false;
  const LotName* alike = nullptr;
  for (const LotName& name : view_.names_like(item.id, label.code)) {
    const bool same_issuer = name.kind == NameKind::issued && name.issuer == label.issuer;
    if (name.code != label.code) {
      if (same_issuer || name.kind == NameKind::own) alike = &name;
      continue;
    }
    if (!same_issuer) {
      is_known |= name.kind == NameKind::issued;
      continue;
    }
    is_known = true;
    const Lot& lot = view_.lot(name.lot)->lot;
    if (item.item->lot_per == LotPer::delivery) {
      if (differs(lot))
        draft_.notice(
            "expiry_differs",
            "Lot " + lot.code + " bears the same name " + label.code + " and expires on " + lot.expires_on.text() + ".",
            lot.id);
      continue;
    }
    if (!differs(lot)) return lot.id;
    if (command_.confirm_new_lot) continue;
    look_.refuse(Code::expiry_differs, at_line(i, "expires_on"),
                 "Lot " + label.code + " is known as " + lot.code + " with expiry " + lot.expires_on.text() +
                     ". Correct the typing, change the lot's date (quality), or confirm with confirm_new_lot that it "
                     "is another lot.");
    goes_on = false;
    return {};
  }
  if (!is_known && alike && !command_.confirm_new_lot) {
    look_.refuse(Code::lot_code_resembles, at_line(i, "supplier_lot"),
                 "\"" + label.code + "\" looks like " + alike->code + " of lot " + view_.lot(alike->lot)->lot.code +
                     ". Correct it, or confirm with confirm_new_lot that it is another lot.");
    goes_on = false;
  }
  return {};
}

/// R5: inside one delivery the same item, issuer and code is one lot.
LotOpened* Delivery::opened_here(Id<Item> item, const Label& label, const std::string& own_code) {
  for (LotOpened& opened : draft_.entry.opened) {
    if (opened.item != item) continue;
    const bool same_label = !label.code.empty() && opened.issuer == label.issuer && opened.issued_code == label.code;
    if (same_label && (own_code.empty() || own_code == opened.code)) return &opened;
    if (label.code.empty() && !own_code.empty() && own_code == opened.code) return &opened;
  }
  return nullptr;
}

void Delivery::set_dates(const ReceiptLine& line, const Item& item, Id<Place> to, LotOpened& opened) const {
  const Date today = look_.day(to);
  opened.received_on = today, opened.produced_on = line.produced_on, opened.expires_on = line.expires_on;
  opened.best_before_on = line.best_before_on, opened.retest_on = line.retest_on;
  if (opened.expires_on || opened.best_before_on || (item.shelf_life_days == 0 && item.shelf_life_months == 0)) return;
  const Date from = opened.produced_on ? opened.produced_on : today;  // R47
  opened.expires_on =
      item.shelf_life_days > 0 ? from.plus_days(item.shelf_life_days) : from.plus_months(item.shelf_life_months);
  opened.expiry_calculated = true;
}

Id<Lot> Delivery::open(std::size_t i, const FoundItem& item, const Label& label, Id<Place> to) {
  const ReceiptLine& line = command_.lines[i];
  if (!line.lot.empty() && (!look_.new_code(line.lot, at_line(i, "lot")) ||
                            !look_.free_code(item.id, line.lot, command_.confirm_new_lot, at_line(i, "lot"))))
    return {};
  LotOpened opened;
  opened.lot.value = draft_.new_id(), opened.item = item.id, opened.origin = Origin::received;
  if (!label.code.empty()) opened.issuer = label.issuer, opened.issued_code = label.code;
  const auto is_free = [&](const std::string& code) {
    const bool taken_here = std::any_of(draft_.entry.opened.begin(), draft_.entry.opened.end(),
                                        [&](const LotOpened& o) { return o.item == item.id && o.code == code; });
    return !taken_here && !view_.lot_called(item.id, code);
  };
  opened.code = line.lot;
  if (opened.code.empty() && item.item->lot_per == LotPer::issuer_lot && !label.code.empty() && is_free(label.code))
    opened.code = label.code;
  if (opened.code.empty()) opened.code = look_.series_code(item.id, opened.lot, to);
  set_dates(line, *item.item, to, opened);
  if (opened.produced_on && opened.expires_on && opened.expires_on < opened.produced_on) {
    look_.refuse(Code::dates_contradict, at_line(i, "expires_on"),
                 "It would expire before it was made. Check both days.");
    return {};
  }
  if (item.item->quarantine_on_receipt) opened.quality = Quality::quarantine;
  if (item.item->expiry_required && !opened.expires_on && !opened.best_before_on && !opened.retest_on) {
    opened.quality = Quality::quarantine;
    draft_.notice("date_missing",
                  "No date was given for " + item.item->code +
                      ", which needs one: quality must add it before the lot is released.",
                  opened.lot);
  }
  if (opened.issued_code.size() > 20)
    draft_.notice("code_is_long",
                  "\"" + opened.issued_code + "\" is longer than the 20 characters that GS1 labels hold.", opened.lot);
  draft_.entry.opened.push_back(opened);
  judge_life(opened, *item.item, to);
  return opened.lot;
}

/// R55: goods on the dock can always be booked in; what is wrong with them becomes a hold.
void Delivery::judge_life(const LotOpened& opened, const Item& item, Id<Place> to) {
  if (!opened.expires_on) return;
  const Date today = look_.day(to);
  if (opened.expires_on < today)
    hold(opened.lot, "expired on arrival (" + opened.expires_on.text() + ")");
  else if (opened.expires_on.day - today.day < item.minimum_life_at_receipt_days)
    hold(opened.lot, "too short-lived: " + std::to_string(opened.expires_on.day - today.day) + " days left, " +
                         std::to_string(item.minimum_life_at_receipt_days) + " asked");
}

void Delivery::hold(Id<Lot> lot, const std::string& reason) {
  HoldPlaced placed;
  placed.hold = draft_.new_id(), placed.number = hold_series_number(look_.view(), placed.hold), placed.reason = reason,
  placed.lots = {lot.value};
  draft_.fact(std::move(placed));
  draft_.notice("received_on_hold", "Received onto a hold: " + reason + ".", lot);
}

/// What is wrong with goods that are tracked becomes a hold; of others it is written down.
void Delivery::note_fault(Id<Lot> lot, const Item& item, const std::string& reason) {
  if (item.tracking != Tracking::none) return hold(lot, reason);
  draft_.notice("received_with_fault", item.code + ": " + reason + ".", lot);
}

/// R55: over what was ordered and tolerated, or not ordered at all: received onto a hold. Less than ordered leaves the
/// order open.
void Delivery::put_against_order(const FoundItem& item, Id<Lot> lot, Decimal quantity, std::size_t first) {
  if (!order_) return;
  if (order_->partner != supplier_)
    return note_fault(lot, *item.item, "order " + order_->number + " was given to another supplier");
  if (order_->state != TradeState::open)
    return note_fault(lot, *item.item,
                      "order " + order_->number + " is " + std::string(name_of(order_->state)) + " already");
  const TradeLine* line = nullptr;
  Decimal ordered, got = quantity;
  for (const TradeLine& l : order_->lines) {
    if (l.item != item.id || !l.quantity.is_positive()) continue;
    const auto here = received_.find(l.line);
    const Decimal more = here == received_.end() ? Decimal() : here->second;
    ordered += l.quantity, got += l.done + more;
    if (!line || line->done + received_[line->line] >= line->quantity) line = &l;
  }
  if (!line) return note_fault(lot, *item.item, "not ordered with " + order_->number);
  received_[line->line] += quantity;
  for (std::size_t i = first; i < draft_.entry.lines.size(); ++i)  // each unit of a serial-tracked item has its own
    draft_.fact(ForOrder{order_->id.value, line->line, static_cast<std::uint32_t>(i), OrderStep::received});
  const std::optional<Decimal> tolerated = scaled(ordered, item.item->receipt_tolerance_percent.millionths(),
                                                  Decimal::whole(100).millionths(), Decimal::scale);
  if (got > ordered + tolerated.value_or(Decimal()))
    note_fault(lot, *item.item,
               "over-delivered: " + got.text() + " came of " + ordered.text() + " ordered with " + order_->number);
}

void Delivery::refuse_at_dock(const ReceiptLine& line, const FoundItem& item, Decimal quantity) {
  draft_.fact(DockRefused{item.id.value, line.supplier_lot.empty() ? line.lot : line.supplier_lot, line.refused_because,
                          quantity});
}

void Delivery::take_in(std::size_t i) {
  const ReceiptLine& line = command_.lines[i];
  const FoundItem item = look_.item(line.item, at_line(i, "item"));
  const bool own_place = !line.to.empty();
  const Id<Place> to = look_.place(own_place ? line.to : command_.to, own_place ? at_line(i, "to") : "/to");
  if (!item || !to) return;
  const std::optional<Decimal> quantity =
      quantity_asked(look_, serials_asked(line, *item.item, "/lines/" + std::to_string(i)));
  const std::optional<Decimal> quantity2 = look_.quantity2(line.quantity2, *item.item, at_line(i, "quantity2"));
  if (!quantity || !quantity2) return;
  if (!line.refused_because.empty()) return refuse_at_dock(line, item, *quantity);
  Id<Lot> lot;
  if (item.item->tracking == Tracking::none) {
    if (!line.lot.empty() || !line.supplier_lot.empty())
      return look_.refuse(Code::lot_unwanted, at_line(i, "lot"),
                          line.item + " is not tracked by lot: leave the lot out.");
    lot = view_.untracked_lot(item.id);
  } else {
    Label label{{}, line.supplier_lot};
    if (!label.code.empty()) {
      if (!look_.new_code(label.code, at_line(i, "supplier_lot"))) return;
      const std::string& issuer = issuer_of(line, *item.item);
      label.issuer = view_.masters().partners.id_of(issuer);
      if (!label.issuer)
        return look_.refuse(Code::unknown_partner, at_line(i, "issuer"),
                            "There is no partner " + issuer + ". Check the code, or set it up first.");
    }
    if (!command_.confirm_delivery && was_seen(item, label))
      return look_.refuse(
          Code::delivery_seen, at_line(i, label.code.empty() ? "item" : "supplier_lot"),
          "Delivery " + command_.document + " of " + command_.supplier +
              " with this lot is in the book already. If it is another delivery, confirm with confirm_delivery.");
    if (const LotOpened* same = opened_here(item.id, label, line.lot)) {
      if (line.expires_on && same->expires_on != line.expires_on && !same->expiry_calculated)
        return look_.refuse(Code::expiry_differs, at_line(i, "expires_on"),
                            "Another line of this delivery gives the same lot with expiry " + same->expires_on.text() +
                                ". One lot has one expiry: correct one of them.");
      lot = same->lot;
    } else {
      bool goes_on = true;
      if (!label.code.empty()) lot = known_lot(i, item, label, goes_on);
      if (!goes_on) return;
      if (!lot) lot = lot_that_left(view_, item.id, line.serials);
      if (!lot) lot = open(i, item, label, to);
      if (!lot) return;
    }
  }
  draft_.line(lot, ends::supplier, to, *quantity, *quantity2);
  look_.into(draft_, to, own_place ? at_line(i, "to") : "/to");
  Look::typed(draft_, line.quantity, line.unit, *item.item);
  const std::size_t first = draft_.entry.lines.size() - 1;
  if (item.item->tracking == Tracking::serial)
    name_new_serials(look_, draft_, serials_asked(line, *item.item, "/lines/" + std::to_string(i)),
                     view_.masters().partners.id_of(issuer_of(line, *item.item)));
  pack_here(look_, draft_, line.sscc, first, to, at_line(i, "sscc"));
  put_against_order(item, lot, *quantity, first);
  if (!line.hold_reason.empty()) hold(lot, line.hold_reason);
  note_attributes(look_, draft_, {AskedAt::receipt, item, lot.value, at_line(i, "attributes")}, line.attributes);
}

}  // namespace

Result<Draft> decide(const Receive& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::receive, view);
  draft.entry.partner = look.partner(command.supplier, Role::supplier, "/supplier");
  Delivery delivery(command, look, draft);
  for (std::size_t i = 0; i < command.lines.size(); ++i) delivery.take_in(i);
  if (look.refused()) return look.refusals();
  Id<Place> where;
  for (const Line& line : draft.entry.lines) where = line.to;
  if (!where) where = view.masters().places.id_of(command.to);
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
