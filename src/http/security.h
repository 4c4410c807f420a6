// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

// What keeps a browser that talks to us from being used against its owner: headers on every answer, the session
// cookie, and the proof that a write comes from our own pages. Tokens and their hashes are here too; passwords are in
// passwords.h.

namespace lotbook {

/// How the server is reached: over TLS of its own, or not (a loopback address, or behind a proxy that does TLS).
enum class Transport { plain, tls };

/// Sent with every answer unless the answer sets the same header itself.
const std::vector<Header>& security_headers(Transport transport);

/// 32 random bytes, base64url without padding (43 characters).
std::string new_token();
/// What is stored in place of a token: SHA-256 in hex. A random token needs no salt.
std::string token_hash(std::string_view token);
/// Takes the same time wherever the two differ; only their lengths may show.
bool same_secret(std::string_view left, std::string_view right);

/// `__Host-lotbook_session` over TLS: the browser then never takes it from another host, path or plain connection.
/// Without TLS that prefix is not possible, and it is `lotbook_session`.
std::string session_cookie(std::string_view token, Transport transport);
std::string cleared_session_cookie(Transport transport);
/// The token in the request's cookie. Nullopt if there is none, or more than one: somebody else has planted one.
std::optional<std::string> session_token(const Request& request, Transport transport);
/// The token in "Authorization: Bearer …".
std::optional<std::string> bearer_token(const Request& request);

/// GET, HEAD and OPTIONS change nothing and need no proof.
bool is_safe_method(std::string_view method);
/// For a write that a cookie speaks for: why it is not believed to come from our own pages, or nullopt. Those send the
/// session's CSRF token in X-CSRF-Token; browsers say in Sec-Fetch-Site and Origin where a request was made.
std::optional<std::string> csrf_fault(const Request& request, std::string_view session_csrf_token, Transport transport);
/// The part of that check that needs no session: for the sign-in itself.
std::optional<std::string> foreign_origin_fault(const Request& request, Transport transport);

}  // namespace lotbook
