// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/id.h"

// Master data: what a book must know before goods can move. Each noun is a plain struct with one field list. A record
// is named by its `code`, which never changes; everything else may, by an entry that keeps old and new value.

namespace lotbook {

enum class Noun : std::uint8_t { item, partner, address, place, recipe, attribute, factor, book, user };
template <>
struct Choices<Noun> {
  static constexpr std::array<std::string_view, 9> names{"item",      "partner", "address", "place", "recipe",
                                                         "attribute", "factor",  "book",    "user"};
};

enum class Tracking : std::uint8_t { lot, serial, none };
template <>
struct Choices<Tracking> {
  static constexpr std::array<std::string_view, 3> names{"lot", "serial", "none"};
};
enum class LotPer : std::uint8_t { delivery, issuer_lot };
template <>
struct Choices<LotPer> {
  static constexpr std::array<std::string_view, 2> names{"delivery", "issuer_lot"};
};
enum class Picking : std::uint8_t { fefo, fifo };
template <>
struct Choices<Picking> {
  static constexpr std::array<std::string_view, 2> names{"fefo", "fifo"};
};

struct Gtin {
  std::string gtin;
  std::string level;
  static constexpr auto fields() {
    return field_list(
        field<&Gtin::gtin>("gtin", "Global Trade Item Number, 8, 12, 13 or 14 digits.").required().at_most(14),
        field<&Gtin::level>("level", "Packaging level that bears it, such as each, case or pallet.").at_most(20));
  }
};

struct Item {
  std::string code;
  std::string name;
  std::string unit = "EA";
  int decimals = 0;
  Tracking tracking = Tracking::lot;
  LotPer lot_per = LotPer::delivery;
  std::string maker;
  std::string unit2;
  int decimals2 = 3;
  std::vector<Gtin> gtins;
  int shelf_life_days = 0;
  int shelf_life_months = 0;
  int minimum_life_at_receipt_days = 0;
  int minimum_life_at_dispatch_days = 0;
  Picking picking = Picking::fefo;
  int fefo_tolerance_days = 0;
  bool expiry_required = false;
  bool expiry_capped_by_inputs = false;
  bool quarantine_on_receipt = false;
  bool quarantine_on_yield = false;
  bool use_at_risk = false;
  bool use_past_best_before = false;
  bool backflush = false;
  bool certificate_required = false;
  bool second_person = false;
  bool returns_become_new_lot = false;
  Decimal yield_tolerance_percent = Decimal::whole(2);
  Decimal receipt_tolerance_percent;
  Decimal unit_cost;
  int warranty_months = 0;
  std::string category;
  std::string hazards;
  std::string allergens;
  std::string storage_notes;
  int retention_years = 5;
  bool enforce_use_order = false;

  static constexpr auto fields() {
    using I = Item;
    return field_list(
        field<&I::code>("code", "What the item is called in this book; never changes.")
            .required()
            .at_most(60)
            .example("FLOUR"),
        field<&I::name>("name", "Name for people.").required().at_most(200).example("Wheat flour"),
        field<&I::unit>("unit", "Base unit, a UN/CEFACT code; fixed by the first movement (R19).")
            .at_most(3)
            .example("KGM"),
        field<&I::decimals>("decimals", "Decimals that quantities keep, 0 to 6; fixed by the first movement.")
            .between(0, 6),
        field<&I::tracking>("tracking", "Whether stock is kept by lot, by serial, or without either."),
        field<&I::lot_per>("lot_per",
                           "Whether every delivery opens a lot, or a known issuer's code adds to its lot (R4)."),
        field<&I::maker>("maker", "Partner who makes it, the issuer of its lot codes where none is named (R3).")
            .at_most(60),
        field<&I::unit2>("unit2", "Second unit of a catch-weight item (R18).").at_most(3),
        field<&I::decimals2>("decimals2", "Decimals in the second unit.").between(0, 6),
        field<&I::gtins>("gtins", "Trade item numbers by packaging level.").at_most(20),
        field<&I::shelf_life_days>("shelf_life_days", "Days from production to expiry, 0 if unknown (R47).")
            .between(0, 36500),
        field<&I::shelf_life_months>("shelf_life_months", "Months from production to expiry, instead of days.")
            .between(0, 1200),
        field<&I::minimum_life_at_receipt_days>("minimum_life_at_receipt_days", "Days a delivery must still have.")
            .between(0, 36500),
        field<&I::minimum_life_at_dispatch_days>("minimum_life_at_dispatch_days",
                                                 "Days goods must still have on arrival at a customer (R49).")
            .between(0, 36500),
        field<&I::picking>("picking", "Order in which lots are used: first expired or first in (R50, R53)."),
        field<&I::fefo_tolerance_days>("fefo_tolerance_days",
                                       "Days by which a later-expiring lot may be taken first (R51).")
            .between(0, 3650),
        field<&I::expiry_required>("expiry_required", "No lot is released without a date."),
        field<&I::expiry_capped_by_inputs>("expiry_capped_by_inputs",
                                           "A produced lot expires no later than its earliest input (R48)."),
        field<&I::quarantine_on_receipt>("quarantine_on_receipt", "Received lots wait for quality."),
        field<&I::quarantine_on_yield>("quarantine_on_yield", "Produced lots wait for quality."),
        field<&I::use_at_risk>("use_at_risk", "May be consumed while in quarantine; the output is quarantined (R40)."),
        field<&I::use_past_best_before>("use_past_best_before",
                                        "A passed best-before may be overridden with the right to (R44)."),
        field<&I::backflush>("backflush", "Consumption may be posted without naming lots (R69)."),
        field<&I::certificate_required>("certificate_required", "Release needs a certificate."),
        field<&I::second_person>("second_person", "Who recorded a result may not release on it (R43)."),
        field<&I::returns_become_new_lot>("returns_become_new_lot",
                                          "Restocked returns become a lot of their own (R82)."),
        field<&I::yield_tolerance_percent>("yield_tolerance_percent",
                                           "Loss that needs no reason when an order is closed, in percent (R67)."),
        field<&I::receipt_tolerance_percent>("receipt_tolerance_percent",
                                             "Over-delivery taken without a hold, in percent (R55)."),
        field<&I::unit_cost>("unit_cost", "Cost of one base unit, in the book's currency."),
        field<&I::warranty_months>("warranty_months", "Warranty in months.").between(0, 1200),
        field<&I::category>("category", "Group of items that share attributes and rules.").at_most(60),
        field<&I::hazards>("hazards", "Hazard notes.").at_most(2000),
        field<&I::allergens>("allergens", "Allergen notes.").at_most(2000),
        field<&I::storage_notes>("storage_notes", "How it must be kept.").at_most(2000),
        field<&I::retention_years>("retention_years", "Years for which its records are kept (R95).").between(0, 100),
        field<&I::enforce_use_order>("enforce_use_order",
                                     "Consumption that passes over the lot that goes first is refused, not only "
                                     "recorded (R53)."));
  }
};

enum class Role : std::uint8_t { supplier, customer, maker };
template <>
struct Choices<Role> {
  static constexpr std::array<std::string_view, 3> names{"supplier", "customer", "maker"};
};

struct Partner {
  std::string code;
  std::string name;
  std::vector<Role> roles;
  std::string gln;
  std::string email;
  std::string phone;
  std::string address;
  std::string country;
  int minimum_life_days = 0;

  static constexpr auto fields() {
    using P = Partner;
    return field_list(field<&P::code>("code", "What the partner is called in this book; never changes.")
                          .required()
                          .at_most(60)
                          .example("MILL"),
                      field<&P::name>("name", "Name of the company.").required().at_most(200).example("Mill & Co"),
                      field<&P::roles>("roles", "What the partner is to us.").at_most(3),
                      field<&P::gln>("gln", "Global Location Number, 13 digits.").at_most(13),
                      field<&P::email>("email", "E-mail address.").personal().at_most(200),
                      field<&P::phone>("phone", "Telephone number.").personal().at_most(60),
                      field<&P::address>("address", "Postal address.").at_most(400),
                      field<&P::country>("country", "Country, ISO 3166 alpha-2.").at_most(2),
                      field<&P::minimum_life_days>("minimum_life_days",
                                                   "Days that goods must still have on arrival at this customer (R49).")
                          .between(0, 36500));
  }
};

/// A place that goods are delivered to, with whom to reach in a recall.
struct Address {
  std::string code;
  std::string partner;
  std::string name;
  std::string street;
  std::string city;
  std::string country;
  std::string gln;
  int transit_days = 0;
  std::string contact;
  std::string phone;
  std::string email;

  static constexpr auto fields() {
    using A = Address;
    return field_list(
        field<&A::code>("code", "What the delivery address is called in this book; never changes.")
            .required()
            .at_most(60)
            .example("SHOP-1"),
        field<&A::partner>("partner", "Partner it belongs to.").required().at_most(60),
        field<&A::name>("name", "Name for people.").required().at_most(200),
        field<&A::street>("street", "Street and number.").at_most(200),
        field<&A::city>("city", "Postal code and town.").at_most(100),
        field<&A::country>("country", "Country, ISO 3166 alpha-2.").at_most(2),
        field<&A::gln>("gln", "Global Location Number, 13 digits.").at_most(13),
        field<&A::transit_days>("transit_days", "Days from dispatch to arrival (R49).").between(0, 365),
        field<&A::contact>("contact", "Person to reach in a recall, day and night.").personal().at_most(200),
        field<&A::phone>("phone", "Telephone number of that person.").personal().at_most(60),
        field<&A::email>("email", "E-mail address of that person.").personal().at_most(200));
  }
};

enum class PlaceKind : std::uint8_t {
  site,
  area,
  bin,
  dock,
  storage,
  quarantine,
  production,
  staging,
  returns,
  retained,
  vessel,
  external,
  in_transit,
  outside
};
template <>
struct Choices<PlaceKind> {
  static constexpr std::array<std::string_view, 14> names{
      "site",    "area",    "bin",      "dock",   "storage",  "quarantine", "production",
      "staging", "returns", "retained", "vessel", "external", "in_transit", "outside"};
};
enum class Mixing : std::uint8_t { none, mixes, fifo };
template <>
struct Choices<Mixing> {
  static constexpr std::array<std::string_view, 3> names{"none", "mixes", "fifo"};
};

/// A location: a tree of site > area > bin. Kinds say what may happen there (R20).
struct Place {
  std::string code;
  std::string name;
  PlaceKind kind = PlaceKind::storage;
  std::string parent;
  std::string gln;
  std::string partner;
  std::string time_zone;
  Mixing mixing = Mixing::none;
  std::string series_prefix;
  Decimal capacity, residue;

  static constexpr auto fields() {
    using P = Place;
    return field_list(
        field<&P::code>("code", "What the location is called in this book; never changes.")
            .required()
            .at_most(60)
            .example("ST1"),
        field<&P::name>("name", "Name for people.").required().at_most(200).example("Store"),
        field<&P::kind>("kind", "What the location is for.").required(),
        field<&P::parent>("parent", "Location it lies in; empty for a site.").at_most(60),
        field<&P::gln>("gln", "Global Location Number, 13 digits.").at_most(13),
        field<&P::partner>("partner", "Partner who holds our goods there, for an external location (R22).").at_most(60),
        field<&P::time_zone>("time_zone", "IANA time zone of a site (R25); empty: the book's.")
            .at_most(60)
            .example("Europe/Berlin"),
        field<&P::mixing>("mixing", "How a vessel keeps what is filled into it (R74, R75)."),
        field<&P::series_prefix>("series_prefix", "What own codes given at this site begin with (R2).").at_most(10),
        field<&P::capacity>("capacity",
                            "Most that a vessel holds, in the base unit of what is in it; 0: not known (R76)."),
        field<&P::residue>("residue", "What clings to a vessel that was declared emptied, until it is cleaned (R76)."));
  }
};

enum class Direction : std::uint8_t { input, output };
template <>
struct Choices<Direction> {
  static constexpr std::array<std::string_view, 2> names{"input", "output"};
};
struct RecipeLine {
  Direction line = Direction::input;
  std::string item;
  Decimal quantity;
  std::string unit;
  static constexpr auto fields() {
    using L = RecipeLine;
    return field_list(field<&L::line>("line", "Whether it goes in or comes out.").required(),
                      field<&L::item>("item", "Item.").required().at_most(60),
                      field<&L::quantity>("quantity", "Quantity for one run of the recipe.").required(),
                      field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3));
  }
};
struct Recipe {
  std::string code;
  std::string name;
  std::vector<RecipeLine> lines;
  Decimal expected_yield_percent = Decimal::whole(100);
  static constexpr auto fields() {
    using R = Recipe;
    return field_list(
        field<&R::code>("code", "What the recipe is called in this book; never changes.").required().at_most(60),
        field<&R::name>("name", "Name for people.").required().at_most(200),
        field<&R::lines>("lines", "What goes in and what comes out.").required().at_most(500),
        field<&R::expected_yield_percent>("expected_yield_percent",
                                          "Yield that is normal, in percent of the planned output."));
  }
};

enum class AttributeKind : std::uint8_t { text, number, day, yes_no, choice };
template <>
struct Choices<AttributeKind> {
  static constexpr std::array<std::string_view, 5> names{"text", "number", "day", "yes_no", "choice"};
};
enum class AskedAt : std::uint8_t { receipt, production, yield, dispatch };
template <>
struct Choices<AskedAt> {
  static constexpr std::array<std::string_view, 4> names{"receipt", "production", "yield", "dispatch"};
};
/// A named field as data: what a plant wants to know of its goods beyond what every plant does.
struct Attribute {
  std::string code;
  std::string name;
  AttributeKind kind = AttributeKind::text;
  std::string unit;
  std::optional<Decimal> minimum;
  std::optional<Decimal> maximum;
  std::vector<std::string> choices;
  bool required = false;
  std::string category;
  std::vector<AskedAt> asked_at;
  static constexpr auto fields() {
    using A = Attribute;
    return field_list(field<&A::code>("code", "What the attribute is called in this book; never changes.")
                          .required()
                          .at_most(60)
                          .example("vehicle_temperature"),
                      field<&A::name>("name", "Name for people.").required().at_most(200),
                      field<&A::kind>("kind", "What a value looks like.").required(),
                      field<&A::unit>("unit", "Unit of a number, for people.").at_most(20),
                      field<&A::minimum>("minimum", "Lowest number accepted."),
                      field<&A::maximum>("maximum", "Highest number accepted."),
                      field<&A::choices>("choices", "The values of a choice.").at_most(100),
                      field<&A::required>("required", "Refuse the step when it is not given."),
                      field<&A::category>("category", "Category of items that it is asked of; empty: all.").at_most(60),
                      field<&A::asked_at>("asked_at", "Steps at which it is asked.").at_most(4));
  }
};

/// How many base units are in one of another unit, across dimensions (R17). Its code is made of item, lot and unit.
struct Factor {
  std::string code;
  std::string item;
  std::string lot;
  std::string unit;
  Decimal factor;
  static constexpr auto fields() {
    using F = Factor;
    return field_list(
        field<&F::code>("code", "Made by the book of item, lot and unit.").at_most(200),
        field<&F::item>("item", "Item.").required().at_most(60),
        field<&F::lot>("lot", "Own code of the one lot it holds for; empty: all lots of the item.").at_most(60),
        field<&F::unit>("unit", "The other unit, a UN/CEFACT code.").required().at_most(3),
        field<&F::factor>("factor", "Base units in one of that unit, above zero.").required());
  }
};

/// What a user is in the company; what each may do is in commands/roles.cpp.
enum class UserRole : std::uint8_t { viewer, operator_, supervisor, quality, admin };
template <>
struct Choices<UserRole> {
  static constexpr std::array<std::string_view, 5> names{"viewer", "operator", "supervisor", "quality", "admin"};
};

/// A person who uses the book. The password is kept beside the ledger, and nowhere else.
struct User {
  std::string code;
  std::string name;
  UserRole role = UserRole::viewer;
  std::vector<std::string> sites;
  bool disabled = false;
  static constexpr auto fields() {
    using U = User;
    return field_list(field<&U::code>("code", "Name to sign in with; entries bear it; never changes.")
                          .required()
                          .at_most(60)
                          .example("ana"),
                      field<&U::name>("name", "The person's name; needed to sign entries.").personal().at_most(200),
                      field<&U::role>("role", "What the user may do.").required(),
                      field<&U::sites>("sites", "Sites at which the user may act; none: all.").at_most(1000),
                      field<&U::disabled>("disabled", "Cannot come in any more."));
  }
};

/// What holds for the whole book. One record, with the code "book".
struct BookSettings {
  std::string code = "book";
  std::string name = "Lotbook";
  std::string time_zone = "UTC";
  std::string currency = "EUR";
  std::string series_prefix = "L";
  int backdate_days = 7;
  int time_slack_seconds = 0;
  int confirmations_per_day = 20;
  Decimal count_tolerance_percent = Decimal::whole(5);
  std::vector<std::string> placeholder_codes = {"0", "none", "n/a", "na", "unknown", "-"};
  std::vector<std::string> defect_codes;
  std::string gs1_company_prefix;

  static constexpr auto fields() {
    using B = BookSettings;
    return field_list(
        field<&B::code>("code", "Always \"book\".").at_most(4),
        field<&B::name>("name", "Name of the company that keeps the book.").at_most(200),
        field<&B::time_zone>("time_zone", "IANA time zone of sites that name none (R25).").at_most(60),
        field<&B::currency>("currency", "Currency of unit costs, ISO 4217.").at_most(3),
        field<&B::series_prefix>("series_prefix", "What own codes begin with where the site names nothing (R2).")
            .at_most(10),
        field<&B::backdate_days>("backdate_days",
                                 "Days back that anyone may post; older needs the right to backdate (R29).")
            .between(0, 3650),
        field<&B::time_slack_seconds>("time_slack_seconds", "Slack added on both sides of typed times (R26).")
            .between(0, 86400),
        field<&B::confirmations_per_day>("confirmations_per_day", "\"I have it here\" per person and day (R60).")
            .between(0, 10000),
        field<&B::count_tolerance_percent>("count_tolerance_percent",
                                           "Count differences above this need a second person (R59)."),
        field<&B::placeholder_codes>("placeholder_codes", "Texts that are no lot code, without regard to case (R6).")
            .at_most(100),
        field<&B::defect_codes>("defect_codes", "Codes that complaints and defects may have; left out: any.")
            .at_most(1000),
        field<&B::gs1_company_prefix>("gs1_company_prefix",
                                      "GS1 company prefix under which the book makes SSCCs, 6 to 12 digits (R24).")
            .at_most(12));
  }
};

}  // namespace lotbook
