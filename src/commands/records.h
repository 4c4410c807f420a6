// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

// Master data is set as it should be: the record named by `code` is made or changed to exactly what is given, fields
// left out take their defaults. Sending the same again is refused as `already_so`, which a synchronising program may
// take for success.

Result<Draft> decide(const Item& item, const Moment& moment, const View& view);
Result<Draft> decide(const Partner& partner, const Moment& moment, const View& view);
Result<Draft> decide(const Address& address, const Moment& moment, const View& view);
Result<Draft> decide(const Place& place, const Moment& moment, const View& view);
Result<Draft> decide(const Recipe& recipe, const Moment& moment, const View& view);
Result<Draft> decide(const Attribute& attribute, const Moment& moment, const View& view);
Result<Draft> decide(const Factor& factor, const Moment& moment, const View& view);
Result<Draft> decide(const BookSettings& book, const Moment& moment, const View& view);
Result<Draft> decide(const User& user, const Moment& moment, const View& view);

/// Erases personal values of a partner or a delivery address; their salted hashes stay in the ledger (R96).
struct ErasePersonal {
  std::string partner, address, reason, complaint, user;
  static constexpr auto fields() {
    using C = ErasePersonal;
    return field_list(
        field<&C::partner>("partner", "Partner whose e-mail addresses and telephone numbers go.").at_most(60),
        field<&C::address>("address", "Delivery address whose contact goes.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").required().at_most(500),
        field<&C::complaint>("complaint", "Complaint whose contact goes.").at_most(60),
        field<&C::user>("user", "User whose name goes; what they signed names them no more.").at_most(60));
  }
};
Result<Draft> decide(const ErasePersonal& command, const Moment& moment, const View& view);

/// Puts the salted hash in place of every personal value that a draft holds, and the value beside it (R96). Salts are
/// random, so `execute` does this, not the deciding.
void seal_personal(Draft& draft);
/// Whether the JSON text of a sealed value ("\"sha256:…\"") stands for this plain value.
bool is_sealed_as(const View& view, std::string_view sealed_json, std::string_view value);

}  // namespace lotbook
