// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// When the rules say no. A refusal is a value: a stable code, the field it belongs to, and a sentence that says what is
// so and what to do next. One closed list of codes, one table to title and HTTP status; nobody maps errors anywhere
// else.

namespace lotbook {

enum class Code {
  // what was sent cannot be read
  malformed,
  unknown_field,
  missing,
  wrong_type,
  not_a_choice,
  out_of_range,
  too_long,
  not_text,
  too_deep,
  // what was sent does not name something
  not_found,
  unknown_item,
  unknown_lot,
  unknown_place,
  unknown_partner,
  unknown_address,
  unknown_unit,
  unknown_order,
  unknown_hold,
  unknown_entry,
  unknown_recipe,
  unknown_attribute,
  unknown_zone,
  ambiguous_lot,
  unknown_serial,
  // codes and names (R2-R12)
  not_a_code,
  placeholder_code,
  lot_code_taken,
  lot_code_resembles,
  code_taken,
  expiry_differs,
  already_named,
  already_joined,
  // quantities and units (R14-R19)
  quantity_not_positive,
  too_many_decimals,
  quantity_too_large,
  no_factor,
  second_quantity_needed,
  second_quantity_unwanted,
  item_is_fixed,
  // places, time (R20-R31)
  place_not_allowed,
  same_place,
  not_the_same_site,
  in_the_future,
  too_old,
  not_enough,
  before_goods_arrived,
  time_not_a_moment,
  // state of lots (R37-R46)
  lot_is_recalled,
  lot_is_rejected,
  lot_is_on_hold,
  lot_is_in_quarantine,
  lot_has_expired,
  best_before_has_passed,
  place_is_blocked,
  needs_release,
  hold_is_lifted,
  already_so,
  dates_contradict,
  expiry_needed,
  second_person_needed,
  hold_scope,
  // receiving, production, dispatch (R54-R83)
  lot_needed,
  lot_unwanted,
  serials_needed,
  serials_unwanted,
  serials_miscounted,
  serial_taken,
  serial_repeated,
  serial_elsewhere,
  delivery_seen,
  order_not_open,
  order_exists,
  component_missing,
  loss_needs_reason,
  yields_consumed_lot,
  not_an_input,
  later_than_output,
  backflush_not_allowed,
  more_than_dispatched,
  more_than_received,
  not_dispatched,
  more_than_in_transit,
  wrong_item,
  more_than_consumed,
  document_needed,
  attribute_needed,
  attribute_out_of_limits,
  too_short_lived,
  order_still_open,
  order_has_begun,
  more_than_ordered,
  picked_for_order,
  reserved_for_others,
  not_first_to_go,
  nothing_to_pick,
  not_picked,
  // vessels (R74-R76)
  no_vessel,
  vessel_has_content,
  vessel_is_not_clean,
  not_the_oldest_layer,
  // handling units (R24)
  not_an_sscc,
  unknown_handling_unit,
  sscc_used,
  not_on_handling_unit,
  on_handling_unit,
  handling_unit_is_held,
  // corrections (R32-R36)
  already_corrected,
  cannot_be_corrected,
  in_the_way,
  goods_confirmed_too_often,
  // who asks
  right_needed,
  signed_out,
  wrong_password,
  too_many_attempts,
  csrf,
  not_at_your_sites,
  weak_password,
  password_must_change,
  sign_in_again,
  unknown_user,
  // the same request again
  key_needed,
  key_reused,
  key_collision,
  // the server and the book
  outcome_unknown,
  book_is_read_only,
  past_is_older,
  book_is_full,
  busy,
  too_large,
  method_not_allowed,
  unavailable,
  internal
};

struct CodeText {
  Code code;
  std::string_view name;   ///< the stable wire name
  int status;              ///< HTTP status
  std::string_view title;  ///< a short sentence that holds for every case of this code
};
const CodeText& text_of(Code code);
std::optional<Code> code_named(std::string_view name);

struct Refusal {
  Code code;
  std::string field;   ///< JSON pointer into what was sent ("/lines/0/lot"), empty when it concerns the whole
  std::string detail;  ///< what is so, and what to do next
  std::vector<std::pair<std::string, std::string>> facts = {};  ///< for programs: entry numbers, lots, quantities
};
using Refusals = std::vector<Refusal>;

/// A value, or the reasons why there is none (at least one).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}
  Result(Refusal refusal) : content_(Refusals{std::move(refusal)}) {}
  Result(Refusals refusals) : content_(std::move(refusals)) {}

  explicit operator bool() const { return content_.index() == 0; }
  T& operator*() { return std::get<0>(content_); }
  const T& operator*() const { return std::get<0>(content_); }
  T* operator->() { return &std::get<0>(content_); }
  const T* operator->() const { return &std::get<0>(content_); }
  const Refusals& refusals() const { return std::get<1>(content_); }
  const Refusal& refusal() const { return std::get<1>(content_).front(); }

 private:
  std::variant<T, Refusals> content_;
};

}  // namespace lotbook
