// SPDX-License-Identifier: Apache-2.0
#include "model/refusal.h"

#include <algorithm>
#include <array>

namespace lotbook {

namespace {

// One row a code, in the order of the enum (checked below).
constexpr std::array texts{
    CodeText{Code::malformed, "malformed", 400, "What was sent cannot be read."},
    CodeText{Code::unknown_field, "unknown_field", 400, "There is no such field."},
    CodeText{Code::missing, "missing", 422, "Something that is needed is missing."},
    CodeText{Code::wrong_type, "wrong_type", 400, "A value of another kind is needed here."},
    CodeText{Code::not_a_choice, "not_a_choice", 422, "Only certain values are possible here."},
    CodeText{Code::out_of_range, "out_of_range", 422, "The value is outside its limits."},
    CodeText{Code::too_long, "too_long", 422, "The text is too long."},
    CodeText{Code::not_text, "not_text", 400, "The text is not UTF-8."},
    CodeText{Code::too_deep, "too_deep", 400, "What was sent is nested too deeply."},
    CodeText{Code::not_found, "not_found", 404, "There is nothing here."},
    CodeText{Code::unknown_item, "unknown_item", 422, "The book knows no such item."},
    CodeText{Code::unknown_lot, "unknown_lot", 422, "The book knows no such lot."},
    CodeText{Code::unknown_place, "unknown_place", 422, "The book knows no such location."},
    CodeText{Code::unknown_partner, "unknown_partner", 422, "The book knows no such partner."},
    CodeText{Code::unknown_address, "unknown_address", 422, "The partner has no such delivery address."},
    CodeText{Code::unknown_unit, "unknown_unit", 422, "There is no such unit."},
    CodeText{Code::unknown_order, "unknown_order", 422, "The book knows no such order."},
    CodeText{Code::unknown_hold, "unknown_hold", 422, "The book knows no such hold."},
    CodeText{Code::unknown_entry, "unknown_entry", 422, "The book has no such entry."},
    CodeText{Code::unknown_recipe, "unknown_recipe", 422, "The book knows no such recipe."},
    CodeText{Code::unknown_attribute, "unknown_attribute", 422, "The book knows no such attribute."},
    CodeText{Code::unknown_zone, "unknown_zone", 422, "There is no such time zone."},
    CodeText{Code::ambiguous_lot, "ambiguous_lot", 409, "Several lots fit."},
    CodeText{Code::unknown_serial, "unknown_serial", 422, "The book knows no such unit."},
    CodeText{Code::not_a_code, "not_a_code", 422, "This is not a code."},
    CodeText{Code::placeholder_code, "placeholder_code", 422, "This stands for \"no code\"."},
    CodeText{Code::lot_code_taken, "lot_code_taken", 409, "The item has a lot of that code already."},
    CodeText{Code::lot_code_resembles, "lot_code_resembles", 409, "The code resembles that of another lot."},
    CodeText{Code::code_taken, "code_taken", 409, "The code is taken."},
    CodeText{Code::expiry_differs, "expiry_differs", 409, "The lot is known with another expiry."},
    CodeText{Code::already_named, "already_named", 409, "The lot bears that name already."},
    CodeText{Code::already_joined, "already_joined", 409, "The lots are one already."},
    CodeText{Code::quantity_not_positive, "quantity_not_positive", 422, "A quantity is above zero."},
    CodeText{Code::too_many_decimals, "too_many_decimals", 422, "The quantity has too many decimals."},
    CodeText{Code::quantity_too_large, "quantity_too_large", 422, "The quantity is too large."},
    CodeText{Code::no_factor, "no_factor", 422, "The unit cannot be turned into the base unit."},
    CodeText{Code::second_quantity_needed, "second_quantity_needed", 422, "A catch-weight item needs both quantities."},
    CodeText{Code::second_quantity_unwanted, "second_quantity_unwanted", 422, "The item has no second unit."},
    CodeText{Code::item_is_fixed, "item_is_fixed", 409, "This cannot be changed any more."},
    CodeText{Code::place_not_allowed, "place_not_allowed", 422, "The location does not fit."},
    CodeText{Code::same_place, "same_place", 422, "The goods are there already."},
    CodeText{Code::not_the_same_site, "not_the_same_site", 422, "The locations belong to different sites."},
    CodeText{Code::in_the_future, "in_the_future", 422, "The time lies in the future."},
    CodeText{Code::too_old, "too_old", 403, "The time lies too far back."},
    CodeText{Code::not_enough, "not_enough", 409, "There is not enough there."},
    CodeText{Code::before_goods_arrived, "before_goods_arrived", 409, "The goods were not there at that time."},
    CodeText{Code::time_not_a_moment, "time_not_a_moment", 422, "This is not a time."},
    CodeText{Code::lot_is_recalled, "lot_is_recalled", 409, "The lot is recalled."},
    CodeText{Code::lot_is_rejected, "lot_is_rejected", 409, "The lot was rejected."},
    CodeText{Code::lot_is_on_hold, "lot_is_on_hold", 409, "There is a hold on the lot."},
    CodeText{Code::lot_is_in_quarantine, "lot_is_in_quarantine", 409, "The lot is not released."},
    CodeText{Code::lot_has_expired, "lot_has_expired", 409, "The lot has expired."},
    CodeText{Code::best_before_has_passed, "best_before_has_passed", 409, "The best-before day has passed."},
    CodeText{Code::place_is_blocked, "place_is_blocked", 409, "Goods in that location are not for use."},
    CodeText{Code::needs_release, "needs_release", 409, "The lot must be released first."},
    CodeText{Code::hold_is_lifted, "hold_is_lifted", 409, "The hold was lifted already."},
    CodeText{Code::already_so, "already_so", 409, "It is so already."},
    CodeText{Code::dates_contradict, "dates_contradict", 422, "The dates contradict each other."},
    CodeText{Code::expiry_needed, "expiry_needed", 422, "The lot needs a date."},
    CodeText{Code::second_person_needed, "second_person_needed", 403, "A second person is needed."},
    CodeText{Code::hold_scope, "hold_scope", 422, "A hold covers a lot, wholly or in one location."},
    CodeText{Code::lot_needed, "lot_needed", 422, "The item is tracked by lot."},
    CodeText{Code::lot_unwanted, "lot_unwanted", 422, "The item is not tracked by lot."},
    CodeText{Code::serials_needed, "serials_needed", 422, "The item is tracked by serial number."},
    CodeText{Code::serials_unwanted, "serials_unwanted", 422, "The item is not tracked by serial number."},
    CodeText{Code::serials_miscounted, "serials_miscounted", 422, "Quantity and serial numbers differ."},
    CodeText{Code::serial_taken, "serial_taken", 409, "The item has a unit of that serial number already."},
    CodeText{Code::serial_repeated, "serial_repeated", 422, "A serial number is given twice."},
    CodeText{Code::serial_elsewhere, "serial_elsewhere", 409, "The unit is somewhere else."},
    CodeText{Code::delivery_seen, "delivery_seen", 409, "The delivery was booked already."},
    CodeText{Code::order_not_open, "order_not_open", 409, "The order is not open."},
    CodeText{Code::order_exists, "order_exists", 409, "The order is there already."},
    CodeText{Code::component_missing, "component_missing", 409, "A planned component is missing."},
    CodeText{Code::loss_needs_reason, "loss_needs_reason", 422, "The loss needs a reason."},
    CodeText{Code::yields_consumed_lot, "yields_consumed_lot", 409, "The run consumed that lot."},
    CodeText{Code::not_an_input, "not_an_input", 422, "The lot is no input of the order."},
    CodeText{Code::later_than_output, "later_than_output", 409, "The input lies after its output."},
    CodeText{Code::backflush_not_allowed, "backflush_not_allowed", 409, "The item is consumed by lot."},
    CodeText{Code::more_than_dispatched, "more_than_dispatched", 409, "More than was dispatched."},
    CodeText{Code::more_than_received, "more_than_received", 409, "More than the receipt brought."},
    CodeText{Code::not_dispatched, "not_dispatched", 409, "The goods were not dispatched."},
    CodeText{Code::more_than_in_transit, "more_than_in_transit", 409, "More than is in transit."},
    CodeText{Code::wrong_item, "wrong_item", 422, "That is another item."},
    CodeText{Code::more_than_consumed, "more_than_consumed", 409, "More than was consumed."},
    CodeText{Code::document_needed, "document_needed", 422, "A document number is needed."},
    CodeText{Code::attribute_needed, "attribute_needed", 422, "An attribute is needed."},
    CodeText{Code::attribute_out_of_limits, "attribute_out_of_limits", 422, "An attribute is outside its limits."},
    CodeText{Code::too_short_lived, "too_short_lived", 409, "The goods expire too soon."},
    CodeText{Code::order_still_open, "order_still_open", 409, "The order is still open."},
    CodeText{Code::order_has_begun, "order_has_begun", 409, "The order is being worked on already."},
    CodeText{Code::more_than_ordered, "more_than_ordered", 409, "More than was ordered."},
    CodeText{Code::picked_for_order, "picked_for_order", 409, "The goods are picked for an order."},
    CodeText{Code::reserved_for_others, "reserved_for_others", 409, "The goods are reserved for other orders."},
    CodeText{Code::not_first_to_go, "not_first_to_go", 409, "Another lot is to be picked first."},
    CodeText{Code::nothing_to_pick, "nothing_to_pick", 409, "Nothing can be picked for the order."},
    CodeText{Code::not_picked, "not_picked", 409, "The goods are not picked for the order."},
    CodeText{Code::no_vessel, "no_vessel", 422, "That is no vessel."},
    CodeText{Code::vessel_has_content, "vessel_has_content", 409, "Something else is in the vessel."},
    CodeText{Code::vessel_is_not_clean, "vessel_is_not_clean", 409, "Something may still cling to the vessel."},
    CodeText{Code::not_the_oldest_layer, "not_the_oldest_layer", 409, "An older layer comes out first."},
    CodeText{Code::not_an_sscc, "not_an_sscc", 422, "That is no SSCC."},
    CodeText{Code::unknown_handling_unit, "unknown_handling_unit", 404, "There is no such handling unit."},
    CodeText{Code::sscc_used, "sscc_used", 409, "The SSCC was used before."},
    CodeText{Code::not_on_handling_unit, "not_on_handling_unit", 409, "That is not on the handling unit."},
    CodeText{Code::on_handling_unit, "on_handling_unit", 409, "The goods are on a handling unit."},
    CodeText{Code::handling_unit_is_held, "handling_unit_is_held", 409, "There is a hold on the handling unit."},
    CodeText{Code::already_corrected, "already_corrected", 409, "The entry was corrected already."},
    CodeText{Code::cannot_be_corrected, "cannot_be_corrected", 409, "The entry cannot be corrected like this."},
    CodeText{Code::in_the_way, "in_the_way", 409, "Later entries are in the way."},
    CodeText{Code::goods_confirmed_too_often, "goods_confirmed_too_often", 429,
             "Too many goods were confirmed by hand today."},
    CodeText{Code::right_needed, "right_needed", 403, "This needs a right."},
    CodeText{Code::signed_out, "signed_out", 401, "Nobody is signed in."},
    CodeText{Code::wrong_password, "wrong_password", 401, "Name or password is wrong."},
    CodeText{Code::too_many_attempts, "too_many_attempts", 429, "Too many attempts."},
    CodeText{Code::csrf, "csrf", 403, "The request did not come from our own page."},
    CodeText{Code::key_needed, "key_needed", 400, "The request needs an idempotency key."},
    CodeText{Code::key_reused, "key_reused", 422, "The key was used for another request."},
    CodeText{Code::key_collision, "key_collision", 409, "The key meets another one by chance."},
    CodeText{Code::outcome_unknown, "outcome_unknown", 503, "It is not known whether this was applied."},
    CodeText{Code::book_is_read_only, "book_is_read_only", 503, "Nothing can be written now."},
    CodeText{Code::past_is_older, "past_is_older", 503, "The book is older than it was, or another."},
    CodeText{Code::book_is_full, "book_is_full", 507, "The disk is full."},
    CodeText{Code::busy, "busy", 503, "Too much is going on."},
    CodeText{Code::too_large, "too_large", 413, "What was sent is too large."},
    CodeText{Code::method_not_allowed, "method_not_allowed", 405, "This address does not take that method."},
    CodeText{Code::unavailable, "unavailable", 503, "The book cannot be reached."},
    CodeText{Code::internal, "internal", 500, "Something went wrong on our side."},
};

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (static_cast<std::size_t>(texts[i].code) != i) return false;
  return texts.size() == static_cast<std::size_t>(Code::internal) + 1;
}
static_assert(rows_are_in_order(), "every refusal code has its row, in the order of the enum");

}  // namespace

const CodeText& text_of(Code code) { return texts[static_cast<std::size_t>(code)]; }

std::optional<Code> code_named(std::string_view name) {
  const auto found = std::find_if(texts.begin(), texts.end(), [&](const CodeText& text) { return text.name == name; });
  if (found == texts.end()) return std::nullopt;
  return found->code;
}

}  // namespace lotbook
