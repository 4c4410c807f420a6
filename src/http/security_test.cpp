// SPDX-License-Identifier: Apache-2.0
#include "http/security.h"

#include <catch2/catch.hpp>
#include <set>

using namespace lotbook;

namespace {

Request with(std::vector<Header> headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

}  // namespace

TEST_CASE("tokens are long, distinct and safe in a URL") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = new_token();
    REQUIRE(token.size() == 43);
    REQUIRE(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
            std::string::npos);
    REQUIRE(seen.insert(token).second);
  }
  CHECK(token_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("secrets are compared as a whole") {
  CHECK(same_secret("abc", "abc"));
  CHECK_FALSE(same_secret("abc", "abd"));
  CHECK_FALSE(same_secret("abc", "ab"));
  CHECK(same_secret("", ""));
}

TEST_CASE("the session cookie is bound to this host where TLS allows it") {
  const std::string tls = session_cookie("t", Transport::tls);
  CHECK(tls == "__Host-lotbook_session=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure");
  CHECK(session_cookie("t", Transport::plain) == "lotbook_session=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800");
  CHECK(cleared_session_cookie(Transport::tls).find("Max-Age=0; Secure") != std::string::npos);
}

TEST_CASE("the session token is found among other cookies, once") {
  const auto token = [](const char* cookies, Transport transport) {
    return session_token(with({{"Cookie", cookies}}), transport).value_or("none");
  };
  CHECK(token("a=b; lotbook_session=tok; c=d", Transport::plain) == "tok");
  CHECK(token("lotbook_session=tok", Transport::plain) == "tok");
  CHECK(token("__Host-lotbook_session=tok", Transport::tls) == "tok");
  CHECK(token("lotbook_session=tok", Transport::tls) == "none");
  CHECK(token("xlotbook_session=tok", Transport::plain) == "none");
  CHECK(token("lotbook_session=", Transport::plain) == "none");
  CHECK(token("lotbook_session", Transport::plain) == "none");
  CHECK(token("lotbook_session=a; lotbook_session=b", Transport::plain) == "none");
  CHECK_FALSE(session_token(Request{}, Transport::plain));
}

TEST_CASE("a bearer token is found in Authorization") {
  CHECK(bearer_token(with({{"authorization", "bearer  abc"}})) == "abc");
  CHECK_FALSE(bearer_token(with({{"Authorization", "Basic abc"}})));
  CHECK_FALSE(bearer_token(with({{"Authorization", "Bearer "}})));
  CHECK_FALSE(bearer_token(Request{}));
}

TEST_CASE("a write by cookie needs the session's token from a page of ours") {
  const auto passes = [](std::vector<Header> headers, Transport transport) {
    headers.push_back({"Host", "lots.example:8080"});
    return !csrf_fault(with(std::move(headers)), "right", transport);
  };
  const Header token{"X-CSRF-Token", "right"};
  const Transport plain = Transport::plain;
  CHECK(passes({token}, plain));
  CHECK(passes({token, {"Origin", "http://lots.example:8080"}, {"Sec-Fetch-Site", "same-origin"}}, plain));
  CHECK(passes({token, {"Origin", "https://lots.example:8080"}}, plain));
  CHECK_FALSE(passes({token, {"Origin", "http://lots.example:8080"}}, Transport::tls));
  CHECK_FALSE(passes({}, plain));
  CHECK_FALSE(passes({{"X-CSRF-Token", "wrong"}}, plain));
  CHECK_FALSE(passes({{"X-CSRF-Token", ""}}, plain));
  CHECK_FALSE(passes({token, {"Origin", "http://evil.example"}}, plain));
  CHECK_FALSE(passes({token, {"Origin", "http://lots.example"}}, plain));
  CHECK_FALSE(passes({token, {"Origin", "null"}}, plain));
  CHECK_FALSE(passes({token, {"Sec-Fetch-Site", "same-site"}}, plain));
  CHECK_FALSE(passes({token, {"Sec-Fetch-Site", "cross-site"}}, plain));
  CHECK_FALSE(passes({token, {"Sec-Fetch-Site", "none"}}, plain));
  CHECK(csrf_fault(with({{"Host", "x"}, {"X-CSRF-Token", ""}}), "", plain));
}

TEST_CASE("the port that a scheme implies may be left out of Host or Origin") {
  const auto passes = [](const char* origin, const char* host) {
    return !foreign_origin_fault(with({{"Origin", origin}, {"Host", host}}), Transport::plain);
  };
  CHECK(passes("https://a.example", "a.example"));
  CHECK(passes("https://a.example", "A.example:443"));
  CHECK(passes("http://a.example:80", "a.example"));
  CHECK_FALSE(passes("https://a.example", "a.example:80"));
  CHECK_FALSE(passes("ftp://a.example", "a.example"));
}

TEST_CASE("only reading methods are safe") {
  CHECK(is_safe_method("GET"));
  CHECK(is_safe_method("HEAD"));
  CHECK_FALSE(is_safe_method("get"));
  CHECK_FALSE(is_safe_method("POST"));
  CHECK_FALSE(is_safe_method("PATCH"));
}
