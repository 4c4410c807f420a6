// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"
#include "model/book_facts.h"
#include "model/finding.h"
#include "model/lot.h"
#include "model/record.h"
#include "model/trade_order.h"

// An entry is what one accepted command made true: a header, the lots it opened, the movement lines, and facts. Never
// changed. docs/ledger-format.md describes the bytes; names and order of fields below are frozen once released: add at
// the end, never rename.

namespace lotbook {

enum class EntryKind : std::uint8_t {
  set_up,
  set_record,
  receive,
  open_stock,
  move,
  transfer_out,
  transfer_in,
  release_order,
  consume,
  give_back,
  yield,
  close_order,
  produce,
  split,
  blend,
  relabel,
  disassemble,
  dispatch,
  void_dispatch,
  return_goods,
  return_to_supplier,
  count,
  adjust,
  found,
  sample,
  dispose,
  quarantine,
  release,
  reject,
  hold,
  lift_hold,
  change_dates,
  rename,
  add_name,
  join,
  correct,
  undo,
  erase,
  reopen_order,
  cancel_order,
  note,
  install,
  remove,
  set_order,
  release_pick,
  pick,
  put_back,
  record_complaint,
  change_complaint,
  close_complaint,
  record_defect,
  change_defect,
  close_defect,
  set_warranty,
  fill,
  empty,
  clean,
  pack,
  unpack,
  move_unit,
  nest_unit,
  accept_past,
  change_key,
  note_access,
  set_token,
  sign
};
template <>
struct Choices<EntryKind> {
  static constexpr std::array<std::string_view, 66> names{"set_up",
                                                          "set_record",
                                                          "receive",
                                                          "open_stock",
                                                          "move",
                                                          "transfer_out",
                                                          "transfer_in",
                                                          "release_order",
                                                          "consume",
                                                          "give_back",
                                                          "yield",
                                                          "close_order",
                                                          "produce",
                                                          "split",
                                                          "blend",
                                                          "relabel",
                                                          "disassemble",
                                                          "dispatch",
                                                          "void_dispatch",
                                                          "return_goods",
                                                          "return_to_supplier",
                                                          "count",
                                                          "adjust",
                                                          "found",
                                                          "sample",
                                                          "dispose",
                                                          "quarantine",
                                                          "release",
                                                          "reject",
                                                          "hold",
                                                          "lift_hold",
                                                          "change_dates",
                                                          "rename",
                                                          "add_name",
                                                          "join",
                                                          "correct",
                                                          "undo",
                                                          "erase",
                                                          "reopen_order",
                                                          "cancel_order",
                                                          "note",
                                                          "install",
                                                          "remove",
                                                          "set_order",
                                                          "release_pick",
                                                          "pick",
                                                          "put_back",
                                                          "record_complaint",
                                                          "change_complaint",
                                                          "close_complaint",
                                                          "record_defect",
                                                          "change_defect",
                                                          "close_defect",
                                                          "set_warranty",
                                                          "fill",
                                                          "empty",
                                                          "clean",
                                                          "pack",
                                                          "unpack",
                                                          "move_unit",
                                                          "nest_unit",
                                                          "accept_past",
                                                          "change_key",
                                                          "note_access",
                                                          "set_token",
                                                          "sign"};
};

/// A quantity of one lot that went from one place to another. Every quantity lives in lines, so nothing appears or
/// vanishes.
struct Line {
  Id<Lot> lot;
  Id<Place> from, to;
  Decimal quantity;
  Decimal quantity2;                ///< catch-weight items only (R18)
  std::uint32_t serial = 0;         ///< one unit of a serial-tracked item
  std::uint32_t handling_unit = 0;  ///< pallet or case it is on
  bool operator==(const Line&) const = default;
};

/// A lot that this entry opened, with the first name it bears.
struct LotOpened {
  Id<Lot> lot;
  Id<Item> item;
  std::string code;
  Id<Partner> issuer;
  std::string issued_code;
  Quality quality = Quality::released;
  Origin origin = Origin::received;
  bool expiry_calculated = false;
  Date received_on, produced_on, expires_on, best_before_on, retest_on;
  bool operator==(const LotOpened&) const = default;
};

// --- Facts: everything that is not a quantity. Ids stand as numbers so that one field list serves the bytes, the feed
// and the extract.

struct FieldChange {
  std::string which;
  std::string old_value;  ///< JSON text; empty at creation
  std::string new_value;
  static constexpr auto fields() {
    return field_list(
        field<&FieldChange::which>("field", "Field of the record."),
        field<&FieldChange::old_value>("old_value", "Value before, as JSON text; empty when the record is new.")
            .at_most(1 << 20),
        field<&FieldChange::new_value>("new_value",
                                       "Value since, as JSON text; a personal value stands as its salted hash.")
            .at_most(1 << 20));
  }
  bool operator==(const FieldChange&) const = default;
};
/// A record of master data was made or changed.
struct RecordSet {
  Noun noun = Noun::item;
  std::uint32_t id = 0;
  std::string code;
  std::vector<FieldChange> changes;
  static constexpr auto fields() {
    return field_list(field<&RecordSet::noun>("noun", "What kind of record."),
                      field<&RecordSet::id>("id", "Its number."), field<&RecordSet::code>("code", "Its code."),
                      field<&RecordSet::changes>("changes", "What changed."));
  }
  bool operator==(const RecordSet&) const = default;
};
enum class LotField : std::uint8_t {
  code,
  quality,
  received_on,
  produced_on,
  expires_on,
  best_before_on,
  retest_on,
  expiry_calculated
};
template <>
struct Choices<LotField> {
  static constexpr std::array<std::string_view, 8> names{"code",        "quality",          "received_on",
                                                         "produced_on", "expires_on",       "best_before_on",
                                                         "retest_on",   "expiry_calculated"};
};
/// One property of a lot changed. Values as text: a day, a name of a choice, a code, "true" or "false"; empty for none.
struct LotChanged {
  std::uint32_t lot = 0;
  LotField what = LotField::quality;
  std::string old_value, new_value;
  static constexpr auto fields() {
    return field_list(field<&LotChanged::lot>("lot", "Lot."), field<&LotChanged::what>("what", "Which property."),
                      field<&LotChanged::old_value>("old_value", "Value before."),
                      field<&LotChanged::new_value>("new_value", "Value since."));
  }
  bool operator==(const LotChanged&) const = default;
};
/// The lot bears a further (issuer, code) (R3).
struct LotNamed {
  std::uint32_t lot = 0, issuer = 0;
  std::string code;
  static constexpr auto fields() {
    return field_list(field<&LotNamed::lot>("lot", "Lot."), field<&LotNamed::issuer>("issuer", "Who gave the code."),
                      field<&LotNamed::code>("code", "The code."));
  }
  bool operator==(const LotNamed&) const = default;
};
struct HoldPlaced {
  std::uint32_t hold = 0;
  std::string number, reason, recall;
  Flow flow = Flow::lot;
  std::uint32_t place = 0;
  std::vector<std::uint32_t> lots;
  static constexpr auto fields() {
    using H = HoldPlaced;
    return field_list(
        field<&H::hold>("hold", "Number of the hold."), field<&H::number>("number", "What people call it."),
        field<&H::reason>("reason", "Why.").at_most(2000), field<&H::recall>("recall", "Recall case behind it."),
        field<&H::flow>("flow", "How it flows (R42)."),
        field<&H::place>("place", "Only what lies there; 0: everywhere."),
        field<&H::lots>("lots", "Lots it covers.").at_most(1 << 24));
  }
  bool operator==(const HoldPlaced&) const = default;
};
/// A hold that flows reached further lots.
struct HoldExtended {
  std::uint32_t hold = 0;
  std::vector<std::uint32_t> lots;
  static constexpr auto fields() {
    return field_list(field<&HoldExtended::hold>("hold", "Number of the hold."),
                      field<&HoldExtended::lots>("lots", "Lots it covers from now on."));
  }
  bool operator==(const HoldExtended&) const = default;
};
/// A hold was lifted: wholly, or from some of its lots only. `lots` names every lot set free.
struct HoldLifted {
  std::uint32_t hold = 0;
  bool wholly = true;
  std::vector<std::uint32_t> lots;
  static constexpr auto fields() {
    return field_list(field<&HoldLifted::hold>("hold", "Number of the hold."),
                      field<&HoldLifted::wholly>("wholly", "The hold is over; else it stands on for its other lots."),
                      field<&HoldLifted::lots>("lots", "Lots set free.").at_most(1 << 24));
  }
  bool operator==(const HoldLifted&) const = default;
};
struct RunOpened {
  std::uint32_t run = 0;
  std::string number;
  RunKind kind = RunKind::production;
  RunState state = RunState::open;
  std::uint32_t place = 0;
  std::string recipe;
  static constexpr auto fields() {
    using R = RunOpened;
    return field_list(field<&R::run>("run", "Number of the run."), field<&R::number>("number", "Its document number."),
                      field<&R::kind>("kind", "What it is."), field<&R::state>("state", "How far it is."),
                      field<&R::place>("place", "Where it runs."), field<&R::recipe>("recipe", "Recipe it follows."));
  }
  bool operator==(const RunOpened&) const = default;
};
struct RunChanged {
  std::uint32_t run = 0;
  RunState old_state = RunState::open, new_state = RunState::closed;
  static constexpr auto fields() {
    return field_list(field<&RunChanged::run>("run", "Number of the run."),
                      field<&RunChanged::old_state>("old_state", "State before."),
                      field<&RunChanged::new_state>("new_state", "State since."));
  }
  bool operator==(const RunChanged&) const = default;
};
/// What an order plans to use or make.
struct RunPlanned {
  std::uint32_t run = 0;
  Direction line = Direction::input;
  std::uint32_t item = 0;
  Decimal quantity;
  static constexpr auto fields() {
    return field_list(field<&RunPlanned::run>("run", "Number of the run."),
                      field<&RunPlanned::line>("line", "In or out."), field<&RunPlanned::item>("item", "Item."),
                      field<&RunPlanned::quantity>("quantity", "In the item's base unit."));
  }
  bool operator==(const RunPlanned&) const = default;
};
/// Loss or gain posted when a run is closed, or a component declared not used (quantity 0).
struct RunLoss {
  std::uint32_t run = 0, item = 0;
  Decimal quantity;
  bool gain = false;
  std::string reason;
  static constexpr auto fields() {
    return field_list(field<&RunLoss::run>("run", "Number of the run."), field<&RunLoss::item>("item", "Item."),
                      field<&RunLoss::quantity>("quantity", "In the item's base unit."),
                      field<&RunLoss::gain>("gain", "More came out than went in."),
                      field<&RunLoss::reason>("reason", "Why."));
  }
  bool operator==(const RunLoss&) const = default;
};
/// Input line `line` of this entry went only into that output lot; several for one line: into those (R66).
struct Assigned {
  std::uint32_t line = 0, output = 0;
  static constexpr auto fields() {
    return field_list(field<&Assigned::line>("line", "Position of the line in this entry, from 0."),
                      field<&Assigned::output>("output", "Output lot."));
  }
  bool operator==(const Assigned&) const = default;
};
/// A lot that may have gone into the run, with at least 0 (R69), or that an unknown lot may be (R63: `run` 0, `into`
/// the unknown lot).
struct Assumed {
  std::uint32_t run = 0, lot = 0, into = 0;
  Decimal at_most;
  static constexpr auto fields() {
    return field_list(field<&Assumed::run>("run", "Number of the run."),
                      field<&Assumed::lot>("lot", "Lot that may have been used."),
                      field<&Assumed::into>("into", "Lot it may have become, when there is no run."),
                      field<&Assumed::at_most>("at_most", "As much as it could have given."));
  }
  bool operator==(const Assumed&) const = default;
};
/// Two lots are one from now on (R12).
struct Joined {
  std::uint32_t lot = 0, with = 0;
  static constexpr auto fields() {
    return field_list(field<&Joined::lot>("lot", "Lot."), field<&Joined::with>("with", "The lot that it is."));
  }
  bool operator==(const Joined&) const = default;
};
/// A value of an attribute, or a process value, for a lot, a run, or (subject 0) this entry.
struct Reading {
  std::uint32_t subject = 0;
  std::string attribute, value, unit;
  static constexpr auto fields() {
    return field_list(field<&Reading::subject>("subject", "Lot or run; 0: this entry."),
                      field<&Reading::attribute>("attribute", "What was read."),
                      field<&Reading::value>("value", "What it was.").at_most(2000),
                      field<&Reading::unit>("unit", "Its unit."));
  }
  bool operator==(const Reading&) const = default;
};
/// What a person typed for the quantity of a line, when it was not in the base unit (R14).
struct Typed {
  std::uint32_t line = 0;
  std::string number, unit;
  static constexpr auto fields() {
    return field_list(field<&Typed::line>("line", "Position of the line in this entry, from 0."),
                      field<&Typed::number>("number", "Number typed."), field<&Typed::unit>("unit", "Unit typed."));
  }
  bool operator==(const Typed&) const = default;
};
/// Something worth a later look: a warning that an import kept (R93), a FEFO deviation or an override (R44), "I have it
/// here" (R60).
struct Noticed {
  std::string code, detail;
  std::uint32_t lot = 0;
  static constexpr auto fields() {
    return field_list(field<&Noticed::code>("code", "What kind of notice."),
                      field<&Noticed::detail>("detail", "One sentence.").at_most(2000),
                      field<&Noticed::lot>("lot", "Lot it is about."));
  }
  bool operator==(const Noticed&) const = default;
};
/// Goods refused at the dock: never stock, counted for supplier quality (R55).
struct DockRefused {
  std::uint32_t item = 0;
  std::string code, reason;
  Decimal quantity;
  static constexpr auto fields() {
    return field_list(field<&DockRefused::item>("item", "Item."),
                      field<&DockRefused::code>("code", "Code on the label."),
                      field<&DockRefused::reason>("reason", "Why."),
                      field<&DockRefused::quantity>("quantity", "In the item's base unit."));
  }
  bool operator==(const DockRefused&) const = default;
};
/// A header field of an earlier entry reads differently from now on (R33).
struct HeaderChanged {
  std::string which, old_value, new_value;
  static constexpr auto fields() {
    return field_list(field<&HeaderChanged::which>("field", "Header field."),
                      field<&HeaderChanged::old_value>("old_value", "Value before."),
                      field<&HeaderChanged::new_value>("new_value", "Value since."));
  }
  bool operator==(const HeaderChanged&) const = default;
};
/// Personal values were erased; what is left of them is their salted hash (R96).
struct Erased {
  std::vector<std::string> hashes;
  static constexpr auto fields() {
    return field_list(field<&Erased::hashes>("hashes", "Salted hashes of what was erased."));
  }
  bool operator==(const Erased&) const = default;
};
/// Counted in this place: so much, at the entry's settled instant (R59); the difference is in the lines.
struct Counted {
  std::uint32_t lot = 0, place = 0;
  Decimal quantity, quantity2;
  bool complete = false;
  static constexpr auto fields() {
    return field_list(field<&Counted::lot>("lot", "Lot; 0 when a complete count named none."),
                      field<&Counted::place>("place", "Where."),
                      field<&Counted::quantity>("quantity", "So much was there."),
                      field<&Counted::quantity2>("quantity2", "In the second unit."),
                      field<&Counted::complete>("complete", "Lots not named were set to zero."));
  }
  bool operator==(const Counted&) const = default;
};

/// Units that came into the book, by the codes they bear (R78). Their numbers follow each other.
struct SerialsOpened {
  std::uint32_t lot = 0, issuer = 0, first = 0;
  std::vector<std::string> codes;
  static constexpr auto fields() {
    using S = SerialsOpened;
    return field_list(field<&S::lot>("lot", "Lot they belong to."),
                      field<&S::issuer>("issuer", "Partner who gave the codes; 0: this book."),
                      field<&S::first>("first", "Number of the first; the others count on."),
                      field<&S::codes>("codes", "Their codes.").at_most(1 << 20));
  }
  bool operator==(const SerialsOpened&) const = default;
};
/// A unit is part of another one from now on (R79).
struct Installed {
  std::uint32_t serial = 0, into = 0;
  static constexpr auto fields() {
    return field_list(field<&Installed::serial>("serial", "Number of the component."),
                      field<&Installed::into>("into", "Number of the unit that it is part of."));
  }
  bool operator==(const Installed&) const = default;
};
/// It was taken out again.
struct Removed {
  std::uint32_t serial = 0, from = 0;
  static constexpr auto fields() {
    return field_list(field<&Removed::serial>("serial", "Number of the component."),
                      field<&Removed::from>("from", "Number of the unit that it was part of."));
  }
  bool operator==(const Removed&) const = default;
};
/// A purchase or sales order was made or changed: all that it says since.
struct OrderSet {
  std::uint32_t order = 0;
  TradeKind kind = TradeKind::sales;
  std::string number;
  std::uint32_t partner = 0, address = 0, site = 0;
  Date due_on;
  TradeState old_state = TradeState::open, state = TradeState::open;
  static constexpr auto fields() {
    using O = OrderSet;
    return field_list(field<&O::order>("order", "Number of the order in the book."),
                      field<&O::kind>("kind", "Who ordered."),
                      field<&O::number>("number", "Number that its owner gave it."),
                      field<&O::partner>("partner", "Customer or supplier."),
                      field<&O::address>("address", "Delivery address; 0: none."),
                      field<&O::site>("site", "Site that delivers, or is delivered to."),
                      field<&O::due_on>("due_on", "Day it is due."), field<&O::old_state>("old_state", "State before."),
                      field<&O::state>("state", "State since."));
  }
  bool operator==(const OrderSet&) const = default;
};
/// A line of an order was made, or its quantity changed; 0: it was taken out.
struct OrderLineSet {
  std::uint32_t order = 0, order_line = 0, item = 0;
  Decimal old_quantity, quantity;
  static constexpr auto fields() {
    using O = OrderLineSet;
    return field_list(field<&O::order>("order", "Number of the order."),
                      field<&O::order_line>("order_line", "Line of the order."), field<&O::item>("item", "Item."),
                      field<&O::old_quantity>("old_quantity", "Ordered before; 0: the line is new."),
                      field<&O::quantity>("quantity", "Ordered since, in the item's base unit."));
  }
  bool operator==(const OrderLineSet&) const = default;
};
/// So much of the lot in that place was chosen for a line of an order (R52).
struct Bound {
  std::uint32_t order = 0, order_line = 0, lot = 0, place = 0;
  Decimal quantity;
  static constexpr auto fields() {
    using B = Bound;
    return field_list(field<&B::order>("order", "Number of the order."),
                      field<&B::order_line>("order_line", "Line of the order."), field<&B::lot>("lot", "Lot."),
                      field<&B::place>("place", "Where it lies."), field<&B::quantity>("quantity", "How much of it."));
  }
  bool operator==(const Bound&) const = default;
};
/// So much of it is not chosen for that line any more: it was picked, or another lot was.
struct Unbound {
  std::uint32_t order = 0, order_line = 0, lot = 0, place = 0;
  Decimal quantity;
  static constexpr auto fields() {
    using U = Unbound;
    return field_list(field<&U::order>("order", "Number of the order."),
                      field<&U::order_line>("order_line", "Line of the order."), field<&U::lot>("lot", "Lot."),
                      field<&U::place>("place", "Where it lies."), field<&U::quantity>("quantity", "How much of it."));
  }
  bool operator==(const Unbound&) const = default;
};
enum class OrderStep : std::uint8_t { picked, put_back, dispatched, received };
template <>
struct Choices<OrderStep> {
  static constexpr std::array<std::string_view, 4> names{"picked", "put_back", "dispatched", "received"};
};
/// What line `line` of this entry moved was for a line of an order: into staging, out of it, to the customer, or in
/// from the supplier. Lot, place and quantity are those of the line, so that correcting it corrects the order.
struct ForOrder {
  std::uint32_t order = 0, order_line = 0, line = 0;
  OrderStep step = OrderStep::picked;
  static constexpr auto fields() {
    using F = ForOrder;
    return field_list(field<&F::order>("order", "Number of the order."),
                      field<&F::order_line>("order_line", "Line of the order."),
                      field<&F::line>("line", "Position of the line in this entry, from 0."),
                      field<&F::step>("step", "What the movement was for the order."));
  }
  bool operator==(const ForOrder&) const = default;
};

/// A hold covers these units alone; others of their lots stay free (R38).
struct UnitsHeld {
  std::uint32_t hold = 0;
  std::vector<std::uint32_t> serials;
  static constexpr auto fields() {
    return field_list(field<&UnitsHeld::hold>("hold", "Number of the hold."),
                      field<&UnitsHeld::serials>("serials", "Units it covers.").at_most(1 << 20));
  }
  bool operator==(const UnitsHeld&) const = default;
};
/// It does not cover them any more.
struct UnitsFreed {
  std::uint32_t hold = 0;
  std::vector<std::uint32_t> serials;
  static constexpr auto fields() {
    return field_list(field<&UnitsFreed::hold>("hold", "Number of the hold."),
                      field<&UnitsFreed::serials>("serials", "Units set free.").at_most(1 << 20));
  }
  bool operator==(const UnitsFreed&) const = default;
};
/// The warranty of a unit, where it is not what its item and its dispatch say.
struct WarrantySet {
  std::uint32_t serial = 0;
  Date starts_on;
  std::uint32_t months = 0;
  static constexpr auto fields() {
    using W = WarrantySet;
    return field_list(field<&W::serial>("serial", "Unit."), field<&W::starts_on>("starts_on", "First day."),
                      field<&W::months>("months", "Months it lasts."));
  }
  bool operator==(const WarrantySet&) const = default;
};
/// A complaint or a defect was recorded, changed or closed.
struct FindingSet {
  std::uint32_t finding = 0;
  FindingKind what = FindingKind::complaint;
  std::string number;
  std::uint32_t lot = 0, serial = 0;
  std::vector<FieldChange> changes;
  static constexpr auto fields() {
    using F = FindingSet;
    return field_list(
        field<&F::finding>("finding", "Its number in the book."), field<&F::what>("what", "Complaint or defect."),
        field<&F::number>("number", "What people call it."), field<&F::lot>("lot", "Lot it is about since."),
        field<&F::serial>("serial", "Unit."), field<&F::changes>("changes", "What changed."));
  }
  bool operator==(const FindingSet&) const = default;
};

/// A vessel was declared emptied or cleaned: what it held last clings to it no more, or less (R76).
struct VesselDeclared {
  std::uint32_t place = 0;
  bool is_clean = false;
  static constexpr auto fields() {
    return field_list(field<&VesselDeclared::place>("place", "Vessel."),
                      field<&VesselDeclared::is_clean>("is_clean", "Cleaned; else emptied only."));
  }
  bool operator==(const VesselDeclared&) const = default;
};

/// A pallet or case came into the book (R24).
struct HandlingUnitOpened {
  std::uint32_t handling_unit = 0;
  std::string sscc;
  std::uint32_t place = 0;
  static constexpr auto fields() {
    using F = HandlingUnitOpened;
    return field_list(field<&F::handling_unit>("handling_unit", "Its number."),
                      field<&F::sscc>("sscc", "Serial Shipping Container Code."),
                      field<&F::place>("place", "Where it is."));
  }
  bool operator==(const HandlingUnitOpened&) const = default;
};
/// A pallet or case is somewhere else, or stands on another one.
struct HandlingUnitMoved {
  std::uint32_t handling_unit = 0;
  std::uint32_t from = 0, to = 0, old_inside = 0, inside = 0;
  static constexpr auto fields() {
    using F = HandlingUnitMoved;
    return field_list(field<&F::handling_unit>("handling_unit", "Its number."),
                      field<&F::from>("from", "Where it was."), field<&F::to>("to", "Where it is."),
                      field<&F::old_inside>("old_inside", "The one it stood on; 0: none."),
                      field<&F::inside>("inside", "The one it stands on."));
  }
  bool operator==(const HandlingUnitMoved&) const = default;
};
/// Goods were put on a pallet or case, or taken off it; they lie where it is.
struct Packed {
  std::uint32_t handling_unit = 0, lot = 0, serial = 0;
  Decimal quantity, quantity2;
  bool is_off = false;
  static constexpr auto fields() {
    using F = Packed;
    return field_list(field<&F::handling_unit>("handling_unit", "Its number."), field<&F::lot>("lot", "Lot."),
                      field<&F::serial>("serial", "Unit; 0: none."),
                      field<&F::quantity>("quantity", "In the item's base unit."),
                      field<&F::quantity2>("quantity2", "Catch-weight items only."),
                      field<&F::is_off>("is_off", "Taken off; else put on."));
  }
  bool operator==(const Packed&) const = default;
};

/// A hold covers these pallets and cases, with whatever is on them (R38).
struct HandlingUnitsHeld {
  std::uint32_t hold = 0;
  std::vector<std::uint32_t> handling_units;
  static constexpr auto fields() {
    using F = HandlingUnitsHeld;
    return field_list(field<&F::hold>("hold", "Number of the hold."),
                      field<&F::handling_units>("handling_units", "Those it covers.").at_most(1 << 20));
  }
  bool operator==(const HandlingUnitsHeld&) const = default;
};
/// It does not cover them any more.
struct HandlingUnitsFreed {
  std::uint32_t hold = 0;
  std::vector<std::uint32_t> handling_units;
  static constexpr auto fields() {
    using F = HandlingUnitsFreed;
    return field_list(field<&F::hold>("hold", "Number of the hold."),
                      field<&F::handling_units>("handling_units", "Those set free.").at_most(1 << 20));
  }
  bool operator==(const HandlingUnitsFreed&) const = default;
};

using Fact = std::variant<RecordSet, LotChanged, LotNamed, HoldPlaced, HoldExtended, HoldLifted, RunOpened, RunChanged,
                          RunPlanned, RunLoss, Assigned, Assumed, Joined, Reading, Typed, Noticed, DockRefused,
                          HeaderChanged, Erased, Counted, SerialsOpened, Installed, Removed, OrderSet, OrderLineSet,
                          Bound, Unbound, ForOrder, UnitsHeld, UnitsFreed, WarrantySet, FindingSet, VesselDeclared,
                          HandlingUnitOpened, HandlingUnitMoved, Packed, HandlingUnitsHeld, HandlingUnitsFreed,
                          PastAccepted, KeyChanged, AccessNoted, TokenSet, Signed>;

/// The names of the facts, in the order of the variant; part of the format.
constexpr std::array<std::string_view, std::variant_size_v<Fact>> fact_names{"record_set",
                                                                             "lot_changed",
                                                                             "lot_named",
                                                                             "hold_placed",
                                                                             "hold_extended",
                                                                             "hold_lifted",
                                                                             "run_opened",
                                                                             "run_changed",
                                                                             "run_planned",
                                                                             "run_loss",
                                                                             "assigned",
                                                                             "assumed",
                                                                             "joined",
                                                                             "reading",
                                                                             "typed",
                                                                             "noticed",
                                                                             "dock_refused",
                                                                             "header_changed",
                                                                             "erased",
                                                                             "counted",
                                                                             "serials_opened",
                                                                             "installed",
                                                                             "removed",
                                                                             "order_set",
                                                                             "order_line_set",
                                                                             "bound",
                                                                             "unbound",
                                                                             "for_order",
                                                                             "units_held",
                                                                             "units_freed",
                                                                             "warranty_set",
                                                                             "finding_set",
                                                                             "vessel_declared",
                                                                             "handling_unit_opened",
                                                                             "handling_unit_moved",
                                                                             "packed",
                                                                             "handling_units_held",
                                                                             "handling_units_freed",
                                                                             "past_accepted",
                                                                             "key_changed",
                                                                             "access_noted",
                                                                             "token_set",
                                                                             "signed"};

struct Entry {
  std::uint64_t seq = 0;  ///< its place in the chain; not in the bytes
  EntryKind kind = EntryKind::note;
  Instant recorded_at;
  Interval occurred;
  Instant settled_at;     ///< its one place in past stock (R27)
  std::string who;        ///< account or token that asked
  std::string why;        ///< reason in words
  std::string document;   ///< the paper this is on
  std::string reference;  ///< the paper behind it
  Id<Partner> partner;
  Id<Address> address;
  Id<Run>
      run;  ///< transformation that the lines to and from `process` or `conversion` belong to; none: this entry alone
  std::string client;                     ///< whose key it is: keys of two clients never meet
  std::string key;                        ///< idempotency key
  Bytes digest;                           ///< first 16 bytes of the SHA-256 of the request
  std::vector<std::uint64_t> reverses;    ///< entries that are as if they never happened (R32)
  std::vector<std::uint64_t> reinstates;  ///< entries that an earlier correction reversed and that stand again
  std::vector<LotOpened> opened;
  std::vector<Line> lines;
  std::vector<Fact> facts;

  void clear();  ///< as new, but with the memory it has
};

/// The canonical bytes of an entry: deterministic CBOR, see docs/ledger-format.md.
void encode_entry(const Entry& entry, Bytes& out);
/// The reverse. Throws CborError when the bytes are not exactly one entry in its one form.
Entry decode_entry(ByteView bytes, std::uint64_t seq);
void decode_entry(ByteView bytes, std::uint64_t seq, Entry& into);  ///< reuses what `into` has allocated
/// The outputs that an input line is assigned to (R66), sorted, each once; none: all of its run.
std::vector<Id<Lot>> outputs_of_line(const Entry& entry, std::size_t line);

/// SHA-256(previous hash ‖ bytes).
Hash chain_hash(const Hash& previous, ByteView bytes);

}  // namespace lotbook
