// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"

// Facts of an entry about the book itself and its people: what it is proved by, who came in, whose tokens there are,
// who signed. Names and order of fields are frozen as in entry.h.

namespace lotbook {

/// An administrator accepted that the book is older than it was, or another than it was: the newest entry that had been
/// acknowledged before is gone or differs.
struct PastAccepted {
  std::string remembered;
  static constexpr auto fields() {
    return field_list(
        field<&PastAccepted::remembered>("remembered", "Entry and hash that had been acknowledged, as NUMBER:HASH."));
  }
  bool operator==(const PastAccepted&) const = default;
};
/// Checkpoints are signed with another key from now on.
struct KeyChanged {
  std::string key;
  static constexpr auto fields() {
    return field_list(field<&KeyChanged::key>("key", "The public key, 32 bytes in hexadecimal."));
  }
  bool operator==(const KeyChanged&) const = default;
};

enum class AccessEvent : std::uint8_t {
  signed_in,
  sign_in_failed,
  sign_ins_slowed,
  right_refused,
  exported,
  password_set
};
template <>
struct Choices<AccessEvent> {
  static constexpr std::array<std::string_view, 6> names{"signed_in",     "sign_in_failed", "sign_ins_slowed",
                                                         "right_refused", "exported",       "password_set"};
};
/// Someone came in, was kept out, or took a copy away. What happens often stands once, with how many times.
struct AccessNoted {
  AccessEvent what = AccessEvent::signed_in;
  std::string name;
  std::string detail;
  std::uint32_t times = 1;
  static constexpr auto fields() {
    using A = AccessNoted;
    return field_list(field<&A::what>("what", "What happened."),
                      field<&A::name>("name", "User or token it is about; empty: no known one."),
                      field<&A::detail>("detail", "The right, the command or the export it is about."),
                      field<&A::times>("times", "How often, since it was noted last."));
  }
  bool operator==(const AccessNoted&) const = default;
};
/// A token was made for a program, or revoked. What the token is stands nowhere.
struct TokenSet {
  std::string name;
  std::string made_by;
  std::vector<std::string> rights, sites;
  std::string expires_at;
  bool is_revoked = false;
  static constexpr auto fields() {
    using T = TokenSet;
    return field_list(field<&T::name>("name", "Name of the token."),
                      field<&T::made_by>("made_by", "User whose token it is; empty: made at the book itself."),
                      field<&T::rights>("rights", "What it may do."),
                      field<&T::sites>("sites", "Sites at which it may; none: all."),
                      field<&T::expires_at>("expires_at", "When it runs out."),
                      field<&T::is_revoked>("is_revoked", "It was revoked; else made."));
  }
  bool operator==(const TokenSet&) const = default;
};
enum class SignatureMeaning : std::uint8_t { performed, reviewed, approved, released, rejected, witnessed };
template <>
struct Choices<SignatureMeaning> {
  static constexpr std::array<std::string_view, 6> names{"performed", "reviewed", "approved",
                                                         "released",  "rejected", "witnessed"};
};
/// Somebody signed an entry, as it is, by giving their password once more.
struct Signed {
  std::uint32_t entry = 0;
  std::string hash;
  SignatureMeaning meaning = SignatureMeaning::performed;
  std::uint32_t signer = 0;
  std::string name;
  static constexpr auto fields() {
    using S = Signed;
    return field_list(field<&S::entry>("entry", "Number of the entry signed."),
                      field<&S::hash>("hash", "Its hash in the chain, in hex."),
                      field<&S::meaning>("meaning", "What the signature says."),
                      field<&S::signer>("signer", "Number of the user who signed."),
                      field<&S::name>("name", "Name of that person then, as its salted hash."));
  }
  bool operator==(const Signed&) const = default;
};

}  // namespace lotbook
