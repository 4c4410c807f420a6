// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql/address.h"

#include <catch2/catch.hpp>

#include "store/postgresql/postgresql_store.h"

namespace lotbook {
namespace {

std::string refused(const std::string& url) {
  try {
    PostgresqlAddress::of(url);
  } catch (const StoreFailure& failure) {
    return failure.what();
  }
  return "";
}

TEST_CASE("an address names the book, and its password stays with the connection") {
  const PostgresqlAddress plain = PostgresqlAddress::of("postgresql://anna:s3cret@db.example:5433/plant");
  CHECK(plain.book == "lotbook");
  CHECK(plain.shown == "postgresql://db.example:5433/plant?book=lotbook");
  CHECK(plain.connection == "postgresql://anna:s3cret@db.example:5433/plant");

  const PostgresqlAddress named = PostgresqlAddress::of("postgresql://h/d?book=bakery&sslmode=require&password=s3cret");
  CHECK(named.book == "bakery");
  CHECK(named.connection == "postgresql://h/d?sslmode=require&password=s3cret");
  CHECK(named.shown == "postgresql://h/d?book=bakery");
  CHECK(PostgresqlAddress::of("postgresql://h/d?sslmode=require&book=b2").connection ==
        "postgresql://h/d?sslmode=require");
  CHECK(PostgresqlAddress::of("postgres://a,b:1/d?book=x").shown == "postgresql://a,b:,1/d?book=x");
  CHECK(is_postgresql_address("postgres://h/d"));
  CHECK_FALSE(is_postgresql_address("lotbook.book"));
}

TEST_CASE("what is wrong with an address is said without its password") {
  for (const char* url : {"postgresql://anna:s3cret@[::1/plant", "postgresql://anna:s3cret@h/d?nonsense=1",
                          "postgresql://anna:s3cret@h/d?book=Nope", "postgresql://anna:s3cret@h/d?book=pg_x",
                          "postgresql://anna:s3cret@h/d?book=", "postgresql://anna:s3cret@h/d?book=a%22b"}) {
    INFO(url);
    const std::string said = refused(url);
    CHECK_FALSE(said.empty());
    CHECK(said.find("s3cret") == std::string::npos);
  }
}

}  // namespace
}  // namespace lotbook
