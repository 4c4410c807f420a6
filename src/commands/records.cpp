// SPDX-License-Identifier: Apache-2.0
#include "commands/records.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "commands/users.h"
#include "model/handling_unit.h"
#include "model/place_ends.h"
#include "model/sealed.h"
#include "model/unit.h"

namespace lotbook {

namespace {

const Shape& shape_of_noun(Noun noun) {
  switch (noun) {
    case Noun::item: return shape_of<Item>();
    case Noun::partner: return shape_of<Partner>();
    case Noun::address: return shape_of<Address>();
    case Noun::place: return shape_of<Place>();
    case Noun::recipe: return shape_of<Recipe>();
    case Noun::attribute: return shape_of<Attribute>();
    case Noun::factor: return shape_of<Factor>();
    case Noun::user: return shape_of<User>();
    case Noun::book: break;
  }
  return shape_of<BookSettings>();
}

/// Turns sealed personal values of a record back into what they say, as far as they are not erased.
template <class T>
T unsealed(T record, const View& view) {
  for (const FieldShape& field : shape_of<T>().fields) {
    if (!field.is_personal) continue;
    auto& text = *static_cast<std::string*>(field.member(&record));
    if (const std::optional<Hash> hash = sealed_hash(text))
      if (const std::optional<PrivateRow> row = view.behind().private_value(*hash)) text = row->value;
  }
  return record;
}

bool is_gs1_key(std::string_view text, std::initializer_list<std::size_t> lengths) {
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && std::find(lengths.begin(), lengths.end(), text.size()) != lengths.end() &&
         text.back() == gs1_check_digit(text.substr(0, text.size() - 1));
}

void judge_code(Look& look, const std::string& code) {
  if (length_in_characters(code) < 1 || length_in_characters(code) > 60 || has_forbidden_character(code))
    look.refuse(Code::not_a_code, "/code",
                "A code has 1 to 60 visible characters, without control, invisible or direction characters.");
}
void judge_gln(Look& look, const std::string& gln) {
  if (!gln.empty() && !is_gs1_key(gln, {13}))
    look.refuse(Code::not_a_code, "/gln", "A GLN has 13 digits, the last of them a check digit. Check the number.");
}
void judge_unit(Look& look, const std::string& unit, std::string field) {
  if (!find_unit(unit))
    look.refuse(Code::unknown_unit, std::move(field),
                "There is no unit " + unit + ". Give a UN/CEFACT code such as KGM, GRM, LTR or EA.");
}

/// Every personal value that the record ever had: what it was before a change is kept, too, until it is erased.
std::vector<Hash> sealed_values(const View& view, std::uint32_t record) {
  std::set<Hash> hashes;
  for (const std::uint64_t seq : view.history(record))
    for (const Fact& fact : view.entry(seq)->facts) {
      const auto* set = std::get_if<RecordSet>(&fact);
      const auto* found = std::get_if<FindingSet>(&fact);
      const bool is_of_it = (set && set->id == record) || (found && found->finding == record);
      if (!is_of_it) continue;
      std::string value;
      for (const FieldChange& change : set ? set->changes : found->changes)
        if (json_string(change.new_value, value))
          if (const std::optional<Hash> hash = sealed_hash(value)) hashes.insert(*hash);
    }
  return {hashes.begin(), hashes.end()};
}

/// Whether a value can still be read. What was sealed for commands that wait together with this one is in no table yet.
bool is_kept(const View& view, std::uint32_t record, const Hash& hash) {
  const View::Changes& waiting = view.changes();
  const auto has = [](const auto& list, const auto& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  if (has(waiting.erased, hash)) return false;
  return view.behind().private_value(hash).has_value() || has(waiting.records, record) || has(waiting.findings, record);
}

template <class T>
Result<Draft> set_record(Look& look, Noun noun, Id<T> known, const T* before, const T& after) {
  if (look.refused()) return look.refusals();
  Draft draft(EntryKind::set_record, look.view());
  std::vector<FieldChange> changes;
  if (before) {
    const T plain = unsealed(*before, look.view());
    changes = differences<T>(&plain, after);
    // What was sealed stays sealed in the record of what changed.
    for (FieldChange& change : changes)
      if (const FieldShape* field = shape_of<T>().find(change.which); field && field->is_personal)
        change.old_value = field_json(*field, before);
  } else {
    changes = differences<T>(nullptr, after);
  }
  if (changes.empty())
    return Refusal{Code::already_so, "",
                   std::string(name_of(noun)) + " " + after.code + " is exactly so already; nothing was written."};
  const std::uint32_t id = known ? known.value : draft.new_id();
  draft.fact(RecordSet{noun, id, after.code, std::move(changes)});
  return draft;
}

}  // namespace

Result<Draft> decide(const Item& item, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Masters& masters = view.masters();
  const Id<Item> known = masters.items.id_of(item.code);
  const Item* before = masters.items.find(known);
  judge_code(look, item.code);
  judge_unit(look, item.unit, "/unit");
  if (!item.unit2.empty()) judge_unit(look, item.unit2, "/unit2");
  if (item.tracking == Tracking::serial && (item.decimals != 0 || !item.unit2.empty()))
    look.refuse(Code::not_a_choice, "/tracking",
                "What has serial numbers is counted in whole units, without decimals and a second unit. Track it by "
                "lot, or take these out.");
  if (item.tracking == Tracking::serial && item.returns_become_new_lot)
    look.refuse(Code::not_a_choice, "/returns_become_new_lot",
                "A unit comes back as the unit it was, in its own lot. Leave this out.");
  if (!item.maker.empty() && !masters.partners.id_of(item.maker))
    look.refuse(Code::unknown_partner, "/maker", "There is no partner " + item.maker + ". Set the maker up first.");
  for (std::size_t i = 0; i < item.gtins.size(); ++i)
    if (!is_gs1_key(item.gtins[i].gtin, {8, 12, 13, 14}))
      look.refuse(Code::not_a_code, at("gtins", i, "gtin"),
                  "A GTIN has 8, 12, 13 or 14 digits, the last of them a check digit. Check the number.");
  if (item.shelf_life_days > 0 && item.shelf_life_months > 0)
    look.refuse(Code::dates_contradict, "/shelf_life_months", "Give the shelf life in days or in months, not both.");
  if (before && view.item_has_moved(known) &&
      (before->unit != item.unit || before->decimals != item.decimals || before->tracking != item.tracking ||
       before->unit2 != item.unit2 || before->decimals2 != item.decimals2))
    look.refuse(Code::item_is_fixed, "/unit",
                "Units, decimals and tracking of " + item.code +
                    " are fixed since its first movement (R19). Set up a new item.");
  Result<Draft> draft = set_record(look, Noun::item, known, before, item);
  if (draft && item.tracking == Tracking::none && !(before && view.untracked_lot(known))) {
    const auto& set = std::get<RecordSet>(draft->entry.facts.front());
    LotOpened opened;
    opened.lot.value = draft->new_id(), opened.item.value = set.id, opened.origin = Origin::untracked;
    draft->entry.opened.push_back(std::move(opened));
  }
  return draft;
}

Result<Draft> decide(const Partner& partner, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  judge_code(look, partner.code);
  judge_gln(look, partner.gln);
  const Id<Partner> known = view.masters().partners.id_of(partner.code);
  return set_record(look, Noun::partner, known, view.masters().partners.find(known), partner);
}

Result<Draft> decide(const Address& address, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  judge_code(look, address.code);
  judge_gln(look, address.gln);
  const Id<Address> known = view.masters().addresses.id_of(address.code);
  const Address* before = view.masters().addresses.find(known);
  if (!view.masters().partners.id_of(address.partner))
    look.refuse(Code::unknown_partner, "/partner", "There is no partner " + address.partner + ". Set it up first.");
  if (before && before->partner != address.partner)
    look.refuse(Code::item_is_fixed, "/partner",
                "A delivery address stays with its partner, since past deliveries name it. Set up a new address.");
  return set_record(look, Noun::address, known, before, address);
}

Result<Draft> decide(const Place& place, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Masters& masters = view.masters();
  judge_code(look, place.code);
  judge_gln(look, place.gln);
  const Id<Place> known = masters.places.id_of(place.code), parent = masters.places.id_of(place.parent);
  const Place* before = masters.places.find(known);
  if (place.kind == PlaceKind::in_transit || place.kind == PlaceKind::outside)
    look.refuse(Code::not_a_choice, "/kind",
                "Goods in transit and outside are kept by the book itself. Choose another kind.");
  if (!place.parent.empty() && !parent)
    look.refuse(Code::unknown_place, "/parent", "There is no location " + place.parent + ". Set it up first.");
  if (place.kind == PlaceKind::site && parent)
    look.refuse(Code::place_not_allowed, "/parent", "A site lies in nothing.");
  if (place.kind != PlaceKind::site && place.parent.empty())
    look.refuse(Code::missing, "/parent", "Say in which site or location it lies.");
  if (parent && known && masters.lies_in(parent, known))
    look.refuse(Code::place_not_allowed, "/parent", "A location cannot lie in itself.");
  if (!place.time_zone.empty() && !Zone::find(place.time_zone))
    look.refuse(Code::unknown_zone, "/time_zone",
                "There is no time zone " + place.time_zone + ". Give an IANA name such as Europe/Berlin.");
  if (!place.partner.empty() && !masters.partners.id_of(place.partner))
    look.refuse(Code::unknown_partner, "/partner", "There is no partner " + place.partner + ". Set it up first.");
  if (before && known && parent && masters.site_of(known) != masters.site_of(parent) && before->kind != PlaceKind::site)
    look.refuse(Code::place_not_allowed, "/parent",
                "A location stays at its site, since past movements name it. Set up a new location.");
  if (before && (before->kind != place.kind || before->mixing != place.mixing) &&
      (before->kind == PlaceKind::vessel || place.kind == PlaceKind::vessel) && !view.lots_in(known).empty())
    look.refuse(Code::vessel_has_content, before->kind != place.kind ? "/kind" : "/mixing",
                "Goods lie there. Take them out first: what a vessel is tells how its content is kept.");
  if (place.mixing != Mixing::none && place.kind != PlaceKind::vessel)
    look.refuse(Code::no_vessel, "/mixing", "Only a vessel mixes or keeps layers. Choose the kind \"vessel\".");
  if (place.capacity.is_negative() || place.residue.is_negative())
    look.refuse(Code::quantity_not_positive, place.capacity.is_negative() ? "/capacity" : "/residue",
                "That cannot be below zero.");
  return set_record(look, Noun::place, known, before, place);
}

Result<Draft> decide(const Recipe& recipe, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  judge_code(look, recipe.code);
  for (std::size_t i = 0; i < recipe.lines.size(); ++i) {
    const RecipeLine& line = recipe.lines[i];
    const FoundItem item = look.item(line.item, at("lines", i, "item"));
    if (item) look.quantity(line.quantity, line.unit, *item.item, "", at("lines", i, "quantity"));
  }
  const Id<Recipe> known = view.masters().recipes.id_of(recipe.code);
  return set_record(look, Noun::recipe, known, view.masters().recipes.find(known), recipe);
}

Result<Draft> decide(const Attribute& attribute, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  judge_code(look, attribute.code);
  if (attribute.minimum && attribute.maximum && *attribute.minimum > *attribute.maximum)
    look.refuse(Code::out_of_range, "/minimum", "The lowest number accepted is above the highest.");
  if (attribute.kind == AttributeKind::choice && attribute.choices.empty())
    look.refuse(Code::missing, "/choices", "A choice needs its values.");
  const Id<Attribute> known = view.masters().attributes.id_of(attribute.code);
  return set_record(look, Noun::attribute, known, view.masters().attributes.find(known), attribute);
}

Result<Draft> decide(const Factor& factor, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const FoundItem item = look.item(factor.item, "/item");
  if (item && !factor.lot.empty()) look.lot(factor.item, factor.lot, "/item", "/lot");
  judge_unit(look, factor.unit, "/unit");
  if (!factor.factor.is_positive()) look.refuse(Code::quantity_not_positive, "/factor", "A factor is above zero.");
  if (item && factor.unit == item.item->unit) look.refuse(Code::already_so, "/unit", "That is the item's base unit.");
  const Unit* of = find_unit(factor.unit);
  const Unit* base = item ? find_unit(item.item->unit) : nullptr;
  if (of && base && of->code != base->code && of->dimension == base->dimension && of->dimension != Dimension::pack)
    look.refuse(Code::already_so, "/unit",
                "One " + factor.unit + " is exactly so many " + item.item->unit +
                    " everywhere, so a factor would never be used (R15). Give one for a pack or another dimension.");
  Factor named = factor;
  named.code = factor_code(factor.item, factor.lot, factor.unit);
  const Id<Factor> known = view.masters().factors.id_of(named.code);
  return set_record(look, Noun::factor, known, view.masters().factors.find(known), named);
}

Result<Draft> decide(const BookSettings& book, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  if (!Zone::find(book.time_zone))
    look.refuse(Code::unknown_zone, "/time_zone",
                "There is no time zone " + book.time_zone + ". Give an IANA name such as Europe/Berlin.");
  if (book.code != "book") look.refuse(Code::not_a_code, "/code", "The book's settings have the code \"book\".");
  const std::string& prefix = book.gs1_company_prefix;
  if (!prefix.empty() &&
      (prefix.size() < 6 || !std::all_of(prefix.begin(), prefix.end(), [](char c) { return c >= '0' && c <= '9'; })))
    look.refuse(Code::not_a_code, "/gs1_company_prefix",
                "A GS1 company prefix has 6 to 12 digits, as GS1 gave it to the company.");
  return set_record(look, Noun::book, view.masters().book_id, &view.masters().book, book);
}

Result<Draft> decide(const User& user, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Id<User> known = view.masters().users.id_of(user.code);
  judge_user(look, user, known);
  return set_record(look, Noun::user, known, view.masters().users.find(known), user);
}

Result<Draft> decide(const ErasePersonal& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Erased erased;
  bool any_named = false, any_sealed = false;
  const auto collect_of = [&](std::uint32_t record) {
    for (const Hash& hash : sealed_values(view, record)) {
      any_sealed = true;
      if (is_kept(view, record, hash)) erased.hashes.push_back(hex(hash));
    }
  };
  const auto collect = [&]<class T>(const Register<T>& records, const std::string& code, Code unknown,
                                    std::string field_name) {
    if (code.empty()) return;
    any_named = true;
    const Id<T> id = records.id_of(code);
    if (!id) return look.refuse(unknown, std::move(field_name), "There is no record " + code + ".");
    collect_of(id.value);
  };
  collect(view.masters().partners, command.partner, Code::unknown_partner, "/partner");
  collect(view.masters().addresses, command.address, Code::unknown_address, "/address");
  collect(view.masters().users, command.user, Code::unknown_user, "/user");
  if (!command.complaint.empty()) {
    any_named = true;
    const Finding* complaint = view.finding_numbered(FindingKind::complaint, command.complaint);
    if (!complaint)
      look.refuse(Code::not_found, "/complaint", "There is no complaint " + command.complaint + ". Check the number.");
    if (complaint) collect_of(complaint->id.value);
  }
  if (!any_named) look.refuse(Code::missing, "/partner", "Say which partner, delivery address, complaint or user.");
  if (!look.refused() && erased.hashes.empty())
    look.refuse(Code::already_so, "",
                any_sealed ? "What was kept there of people is erased already; nothing is left to erase."
                           : "Nothing personal is kept there.");
  if (look.refused()) return look.refusals();
  Draft draft(EntryKind::erase, view);
  draft.entry.why = command.reason;
  draft.fact(std::move(erased));
  return draft;
}

bool is_sealed_as(const View& view, std::string_view sealed_json, std::string_view value) {
  std::string sealed;
  if (!json_string(sealed_json, sealed)) return false;
  const std::optional<Hash> hash = sealed_hash(sealed);
  const std::optional<PrivateRow> row = hash ? view.behind().private_value(*hash) : std::nullopt;
  return row && row->value == value;
}

static void seal(Draft& draft, const Shape& shape, std::vector<FieldChange>& changes) {
  for (FieldChange& change : changes) {
    const FieldShape* field = shape.find(change.which);
    if (!field || !field->is_personal || change.new_value == "\"\"") continue;
    // Any record with this field reads the value: all of them hold plain strings.
    PrivateRow row;
    row.salt = random_bytes(16);
    if (!json_string(change.new_value, row.value)) continue;
    row.hash = sha256({row.salt, bytes_of(row.value)});
    change.new_value.clear();
    append_json_string(change.new_value, sealed_text(row.hash));
    draft.privates.push_back(std::move(row));
  }
}

void seal_personal(Draft& draft) {
  for (Fact& fact : draft.entry.facts) {
    if (auto* set = std::get_if<RecordSet>(&fact)) seal(draft, shape_of_noun(set->noun), set->changes);
    if (auto* set = std::get_if<FindingSet>(&fact)) seal(draft, shape_of<Finding>(), set->changes);
  }
}

}  // namespace lotbook
