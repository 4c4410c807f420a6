// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

// What a lot is called (R2, R3, R12). New labels on goods are a transformation and live elsewhere: `relabel`.

namespace lotbook {

/// An own code was typed wrongly: the same lot under the right one. The old code stays findable (R12).
struct Rename {
  std::string item, lot, code;
  bool confirm_new_lot = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Rename;
    return field_list(
        field<&C::item>("item", "Item.").required().at_most(60),
        field<&C::lot>("lot", "Own code as it stands in the book.").required().at_most(60),
        field<&C::code>("code", "Own code as it should be.").required().at_most(60),
        field<&C::confirm_new_lot>("confirm_new_lot", "It is another lot than the one whose code it resembles (R10)."),
        field<&C::occurred_at>("occurred_at", "When it was noticed; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const Rename& command, const Moment& moment, const View& view);

/// A lot bears a further code, given by a partner (R3).
struct AddName {
  std::string item, lot, issuer, code;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = AddName;
    return field_list(field<&C::item>("item", "Item.").required().at_most(60),
                      field<&C::lot>("lot", "Own code of the lot.").required().at_most(60),
                      field<&C::issuer>("issuer", "Partner who gave the code.").required().at_most(60),
                      field<&C::code>("code", "The code.").required().at_most(60),
                      field<&C::occurred_at>("occurred_at", "When it was noticed; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const AddName& command, const Moment& moment, const View& view);

/// Two lots are found to be one: traces treat them as one in both directions, past included, until it is undone (R12,
/// R63). Each keeps its stock, status and dates.
struct Join {
  std::string item, lot, with;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Join;
    return field_list(field<&C::item>("item", "Item of both.").required().at_most(60),
                      field<&C::lot>("lot", "Own code of the one lot.").required().at_most(60),
                      field<&C::with>("with", "Own code of the lot that it is.").required().at_most(60),
                      field<&C::occurred_at>("occurred_at", "When it was found; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "How it was found, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const Join& command, const Moment& moment, const View& view);

}  // namespace lotbook
