// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "store/postgresql/wire.h"
#include "store/store.h"

// A connection of a book in PostgreSQL: statements, cursors and rows in bulk over one pipeline.

namespace lotbook {

class PostgresqlConnection;

/// Reading waits for its rows at the first step: all of them for a look at one key, a page at a time for a range, so
/// that who has enough early has not read to the end. Writing is sent and not waited for.
class PostgresqlStatement : public Statement {
 public:
  PostgresqlStatement(PostgresqlConnection& connection, const char* sql);
  void bind(int parameter, std::int64_t value) override { bound_.put(parameter, value); }
  void bind(int parameter, std::string_view text) override { bound_.put(parameter, text, true); }
  void bind_blob(int parameter, ByteView bytes) override { bound_.put(parameter, text_of(bytes), false); }
  bool step() override;
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  ByteView blob(int column) const override { return bytes_of(text(column)); }
  void reset() override;

 private:
  friend class PostgresqlConnection;
  enum class Reads { nothing, key, rare, range, all };
  bool start();
  void open_cursor();
  bool next_page();

  PostgresqlConnection& connection_;
  const Reads reads_;
  Prepared prepared_;
  Bound bound_;
  Rows rows_;
  int row_ = -1;
  bool is_open_ = false;   ///< rows are being read
  bool has_more_ = false;  ///< perhaps, behind these
  std::string cursor_;     ///< its name while it is open
  std::uint64_t cursor_of_ = 0;
};

class PostgresqlRowSink : public RowSink {
 public:
  PostgresqlRowSink(PostgresqlConnection& connection, const char* insert, int columns, const char* on_conflict);
  void integer(std::int64_t value) override;
  void text(std::string_view value) override { add('t', value); }
  void blob(ByteView value) override { add('b', text_of(value)); }
  void end_row() override;
  void finish() override;
  void drop();

 private:
  friend class PostgresqlConnection;
  struct Column {
    char type = 0;
    std::string elements;  ///< as an array holds them
  };
  Column& next(char type);
  void add(char type, std::string_view bytes);
  void write();
  PostgresqlConnection& connection_;
  const std::string insert_, on_conflict_;
  std::vector<Column> columns_;
  std::size_t at_ = 0, size_ = 0;
  std::uint32_t rows_ = 0;
  Prepared prepared_;
};

class PostgresqlConnection : public FarConnection {
 public:
  enum class Use { writes, reads };
  /// `address` outlives it.
  PostgresqlConnection(const PostgresqlAddress& address, Use use);

  void begin() override;
  void commit() override;
  void rollback() noexcept override;
  void run(std::string_view sql) override;
  Statement& prepared(const char* sql) override;
  RowSink& rows_into(const char* insert, int columns, const char* on_conflict) override;
  void looking_ahead(bool on) override { looks_ahead_ = on; }
  std::size_t read_noted() override;

 private:
  friend class PostgresqlStatement;
  friend class PostgresqlRowSink;
  struct AtHand {
    Prepared* statement = nullptr;
    Bound bound;
    Rows rows;
    bool is_noted = false;
  };
  void connect();
  void connect_anew();
  void end_readings() noexcept;
  void write(Prepared& statement, const Bound& bound);
  std::string hand_key(const PostgresqlStatement& statement) const;

  const PostgresqlAddress& address_;
  const Use use_;
  std::unique_ptr<Wire> wire_;
  bool in_transaction_ = false, has_head_ = false, looks_ahead_ = false;
  std::uint64_t transactions_ = 0, cursors_ = 0;
  std::unordered_map<std::string, AtHand> at_hand_;
  std::vector<AtHand*> noted_;
  std::unordered_map<const char*, std::unique_ptr<PostgresqlStatement>> statements_;
  std::unordered_map<const char*, std::unique_ptr<PostgresqlRowSink>> sinks_;
};

}  // namespace lotbook
