// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Which passwords are taken: long ones that nobody would try first. Nothing is asked about kinds of characters, since
// such rules make passwords that are hard to remember and easy to guess.

namespace lotbook {

constexpr std::size_t shortest_password = 12;  ///< characters, not bytes

/// A password in the one form that is hashed: NFC, without blanks at its ends, so that it is the same from every
/// keyboard. Nullopt for what is no text.
std::optional<std::string> password_form(std::string_view typed);

/// Why the password is too easy to guess, and what to do; nullopt when it is taken. `names` are words that an attacker
/// would try first for this very user: their name, the company's.
std::optional<std::string> password_weakness(std::string_view password, std::span<const std::string> names);

}  // namespace lotbook
