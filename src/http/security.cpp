// SPDX-License-Identifier: Apache-2.0
#include "http/security.h"

#include <array>
#include <sodium.h>

#include "base/sha256.h"

namespace lotbook {
namespace {

// As long as a session can last; the server decides when it ends before.
constexpr std::string_view seven_days_in_seconds = "604800";

std::string_view cookie_name(Transport transport) {
  return transport == Transport::tls ? "__Host-lotbook_session" : "lotbook_session";
}

std::string cookie(std::string_view value, std::string_view max_age, Transport transport) {
  std::string out(cookie_name(transport));
  out.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax; Max-Age=").append(max_age);
  if (transport == Transport::tls) out += "; Secure";
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::vector<Header> make_security_headers(Transport transport) {
  std::vector<Header> headers = {
      {"Content-Security-Policy",
       "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(self), geolocation=(), microphone=()"},
      // What the book answers is for who asked, now; pages and assets say otherwise themselves.
      {"Cache-Control", "no-store"},
  };
  if (transport == Transport::tls) headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
  return headers;
}

/// Host and port without the port that the scheme implies, so that what Origin and Host say can be compared.
std::string_view without_default_port(std::string_view authority, std::string_view scheme) {
  const std::string_view port = scheme == "https" ? ":443" : ":80";
  if (authority.ends_with(port)) authority.remove_suffix(port.size());
  return authority;
}

bool is_own_origin(std::string_view origin, std::string_view host, Transport transport) {
  const auto colon = origin.find("://");
  if (colon == std::string_view::npos) return false;
  const std::string_view scheme = origin.substr(0, colon);
  // Without TLS of our own a proxy may add it: there the scheme that the browser saw is not known to us.
  if (scheme != "https" && (scheme != "http" || transport == Transport::tls)) return false;
  return same_name(without_default_port(origin.substr(colon + 3), scheme), without_default_port(host, scheme));
}

}  // namespace

const std::vector<Header>& security_headers(Transport transport) {
  static const std::vector<Header> plain = make_security_headers(Transport::plain);
  static const std::vector<Header> tls = make_security_headers(Transport::tls);
  return transport == Transport::tls ? tls : plain;
}

std::string new_token() {
  const Bytes bytes = random_bytes(32);
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text;
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

std::string token_hash(std::string_view token) { return hex(sha256({bytes_of(token)})); }

bool same_secret(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string session_cookie(std::string_view token, Transport transport) {
  return cookie(token, seven_days_in_seconds, transport);
}

std::string cleared_session_cookie(Transport transport) { return cookie("", "0", transport); }

std::optional<std::string> session_token(const Request& request, Transport transport) {
  const std::string* cookies = request.header("Cookie");
  if (cookies == nullptr) return std::nullopt;
  std::optional<std::string> found;
  std::string_view rest = *cookies;
  while (!rest.empty()) {
    const auto end = rest.find(';');
    const std::string_view pair = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != cookie_name(transport)) continue;
    if (found) return std::nullopt;
    found = pair.substr(equals + 1);
  }
  if (found && found->empty()) return std::nullopt;
  return found;
}

std::optional<std::string> bearer_token(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string* credentials = request.header("Authorization");
  if (credentials == nullptr || credentials->size() <= scheme.size()) return std::nullopt;
  if (!same_name(std::string_view(*credentials).substr(0, scheme.size()), scheme)) return std::nullopt;
  return std::string(trimmed(std::string_view(*credentials).substr(scheme.size())));
}

bool is_safe_method(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

std::optional<std::string> csrf_fault(const Request& request, std::string_view session_csrf_token,
                                      Transport transport) {
  if (auto fault = foreign_origin_fault(request, transport)) return fault;
  const std::string* token = request.header("X-CSRF-Token");
  if (token == nullptr) return "Send the session's CSRF token in the header X-CSRF-Token.";
  if (session_csrf_token.empty() || !same_secret(*token, session_csrf_token))
    return "The header X-CSRF-Token is not this session's; load the page again.";
  return std::nullopt;
}

std::optional<std::string> foreign_origin_fault(const Request& request, Transport transport) {
  const std::string* site = request.header("Sec-Fetch-Site");
  if (site != nullptr && *site != "same-origin") return "The request was made by a page of another site.";
  const std::string* origin = request.header("Origin");
  if (origin == nullptr) return std::nullopt;
  const std::string* host = request.header("Host");
  if (host == nullptr || !is_own_origin(*origin, *host, transport))
    return "The request was made by a page of another origin than the host it was sent to.";
  return std::nullopt;
}

}  // namespace lotbook
