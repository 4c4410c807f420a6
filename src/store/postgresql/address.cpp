// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql/address.h"

#include <algorithm>
#include <libpq-fe.h>
#include <memory>

#include "store/postgresql/postgresql_store.h"

namespace lotbook {

namespace {

using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

bool is_name(const std::string& text) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= 60 && text[0] >= 'a' && text[0] <= 'z' && !text.starts_with("pg_") &&
         std::all_of(text.begin(), text.end(), is_plain);
}

/// Takes the parameter `book` out of the URL.
std::string take_book(std::string& url) {
  std::size_t at = url.find('?');
  while (at != std::string::npos && url.compare(at + 1, 5, "book=") != 0) at = url.find('&', at + 1);
  if (at == std::string::npos) return "lotbook";
  const std::size_t end = std::min(url.find('&', at + 1), url.size());
  std::string book = url.substr(at + 6, end - at - 6);
  // "?book=x&y" leaves "?y", "?y&book=x" leaves "?y".
  if (url[at] == '?' && end < url.size())
    url.erase(at + 1, end - at);
  else
    url.erase(at, end - at);
  return book;
}

}  // namespace

bool is_postgresql_address(const std::string& book) {
  return book.starts_with("postgresql://") || book.starts_with("postgres://");
}

PostgresqlAddress PostgresqlAddress::of(const std::string& url) {
  PostgresqlAddress address;
  address.connection = url;
  address.book = take_book(address.connection);
  if (!is_name(address.book))
    throw StoreFailure(
        StoreFailure::Kind::unavailable,
        "the name of a book in PostgreSQL begins with a letter a-z and has at most 60 characters of a-z, "
        "0-9 and _ (not \"pg_\" first): postgresql://HOST/DATABASE?book=NAME");
  char* fault = nullptr;
  const Options options(PQconninfoParse(address.connection.c_str(), &fault), PQconninfoFree);
  PQfreemem(fault);  // it repeats the address, and the password with it
  if (!options)
    throw StoreFailure(StoreFailure::Kind::unavailable,
                       "the address of the database is not readable; write "
                       "postgresql://USER@HOST:PORT/DATABASE?book=NAME, with %XX for special characters");
  std::string host, port, database;
  for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
    if (!option->val) continue;
    const std::string key = option->keyword;
    if (key == "host" || (key == "hostaddr" && host.empty())) host = option->val;
    if (key == "port") port = option->val;
    if (key == "dbname") database = option->val;
  }
  address.shown = "postgresql://" + host + (port.empty() ? "" : ":" + port) + "/" + database + "?book=" + address.book;
  return address;
}

}  // namespace lotbook
