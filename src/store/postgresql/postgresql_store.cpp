// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql/postgresql_store.h"

#include <chrono>
#include <thread>

#include "store/postgresql/address.h"
#include "store/postgresql/postgresql_connection.h"

namespace lotbook {

namespace {

using Kind = StoreFailure::Kind;

class PostgresqlStore : public SharedStore {
 public:
  explicit PostgresqlStore(PostgresqlOptions options)
      : options_(std::move(options)), address_(PostgresqlAddress::of(options_.url)) {
    PostgresqlConnection connection(address_, PostgresqlConnection::Use::reads);
    Statement& encoding = connection.prepared("select current_setting('server_encoding')");
    if (encoding.step() && encoding.text(0) != "UTF8")
      throw StoreFailure(Kind::unavailable, "the database at " + address_.shown + " keeps texts in " +
                                                std::string(encoding.text(0)) +
                                                "; make one for books with: create database NAME encoding 'UTF8' "
                                                "template template0");
    Statement& there = connection.prepared("select 1 from pg_catalog.pg_namespace where nspname = $1");
    there.bind(1, address_.book);
    if (there.step()) return;
    if (options_.create)
      connection.run("create schema if not exists \"" + address_.book + "\"");
    else
      throw StoreFailure(Kind::unavailable, "there is no book \"" + address_.book + "\" at " + address_.shown +
                                                "; make it with lotbook create, or name another with ?book=NAME");
  }

  std::unique_ptr<Connection> open_writer() override { return open(PostgresqlConnection::Use::writes); }
  std::unique_ptr<Connection> open_reader() override { return open(PostgresqlConnection::Use::reads); }
  void backup(const std::string& /*to_file*/, const std::function<void(BackupProgress)>& /*progress*/) override {
    throw StoreFailure(
        Kind::unavailable,
        "a book in PostgreSQL is backed up with the database's own tools (pg_dump --schema=" + address_.book +
            ", or a base backup), or copied to a file: lotbook copy --from " + address_.shown + " --to FILE");
  }
  // The database checks its own pages; what is in the tables is compared anyway.
  std::vector<std::string> damage() override { return {}; }
  void note_address(const std::string& /*url*/) override {}
  std::unique_ptr<SearchIndex> open_search() override { return options_.search ? options_.search(name()) : nullptr; }
  std::string name() const override { return address_.shown; }

 private:
  std::unique_ptr<Connection> open(PostgresqlConnection::Use use) {
    return std::make_unique<PostgresqlConnection>(address_, use);
  }

  PostgresqlOptions options_;
  PostgresqlAddress address_;
};

}  // namespace

std::unique_ptr<Store> open_postgresql(PostgresqlOptions options) {
  return std::make_unique<PostgresqlStore>(std::move(options));
}

void drop_postgresql_book(const std::string& url) {
  const PostgresqlAddress address = PostgresqlAddress::of(url);
  PostgresqlConnection(address, PostgresqlConnection::Use::reads)
      .run("drop schema if exists \"" + address.book + "\" cascade");
}

}  // namespace lotbook
