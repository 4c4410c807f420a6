// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql/postgresql_connection.h"

#include <chrono>
#include <cstring>
#include <endian.h>
#include <thread>

#include "base/check.h"
#include "store/postgresql/dialect.h"

namespace lotbook {

namespace {

constexpr int rows_of_a_range = 256, rows_of_a_page = 4096;
/// So many statements are sent before their answers are read, so that neither side waits with full buffers.
constexpr std::size_t most_unanswered = 1000;

constexpr auto patience = std::chrono::seconds(3);

/// Reads are the same whatever the tables' statistics say: by an index wherever there is one, in its order.
constexpr const char* settings_of_all =
    "set jit = off; set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off; "
    "set plan_cache_mode = force_generic_plan; set statement_timeout = '60s'; set tcp_keepalives_idle = 5; "
    "set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set client_min_messages = warning; ";
/// An acknowledged commit survives a power cut: where that is switched off, it is switched on for us. Who waits for
/// another writer, or is stopped in mid-work, keeps nobody else for ever.
constexpr const char* settings_of_writer =
    "set lock_timeout = '20s'; set idle_in_transaction_session_timeout = '10min'; "
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', "
    "'local')";

bool says(std::string_view sql, std::string_view words) { return sql.find(words) != std::string_view::npos; }

std::string statement_text(const char* sql, bool is_range) {
  return is_range ? std::string(sql) + " limit " + std::to_string(rows_of_a_range) : std::string(sql);
}

}  // namespace

PostgresqlStatement::PostgresqlStatement(PostgresqlConnection& connection, const char* sql)
    : connection_(connection), reads_([&] {
        const std::string_view text(sql);
        if (!text.starts_with("select") && !text.starts_with("with") && !says(text, "returning")) return Reads::nothing;
        if (says(text, "/* often none */")) return Reads::rare;
        if (says(text, "limit") || says(text, "count(") || says(text, "max(")) return Reads::key;
        if (!says(text, "$")) return says(text, "where") ? Reads::key : Reads::all;
        // What is found by less or more than a value may be any number of rows, and who reads often stops early.
        const bool is_ordered = says(text, "order by");
        if (says(text, "> $") || says(text, ">= $") || says(text, "< $") || says(text, "> ($"))
          return is_ordered ? Reads::range : Reads::all;
        return says(text, " like ") ? Reads::all : Reads::key;
      }()) {
  prepared_.sql = statement_text(sql, reads_ == Reads::range);
}

bool PostgresqlStatement::step() {
  if (reads_ == Reads::nothing) {
    connection_.write(prepared_, bound_);
    return false;
  }
  if (!is_open_ && !start()) return false;
  for (;;) {
    if (rows_ && ++row_ < PQntuples(rows_.get())) return true;
    if (!has_more_ || !next_page()) return false;
  }
}

bool PostgresqlStatement::start() {
  if (bound_.holds_nul()) return false;
  if (reads_ == Reads::all && connection_.in_transaction_) {
    if (connection_.looks_ahead_) throw NotYetRead{};
    is_open_ = true, has_more_ = true, row_ = -1;
    return true;
  }
  const std::string key = connection_.hand_key(*this);
  const auto at_hand = connection_.at_hand_.find(key);
  if (at_hand != connection_.at_hand_.end() && at_hand->second.rows) {
    rows_ = at_hand->second.rows;
  } else if (connection_.looks_ahead_) {
    PostgresqlConnection::AtHand& noted = connection_.at_hand_[key];
    if (!noted.is_noted) {
      noted.statement = &prepared_, noted.bound = bound_.kept(), noted.is_noted = true;
      connection_.noted_.push_back(&noted);
    }
    if (reads_ != Reads::rare) throw NotYetRead{};
    return false;
  } else {
    connection_.wire_->send(prepared_, bound_, &rows_);
    connection_.wire_->settled();
  }
  is_open_ = true, row_ = -1;
  has_more_ = reads_ == Reads::range && rows_ && PQntuples(rows_.get()) == rows_of_a_range;
  return true;
}

/// What the first page did not hold is read through a cursor: the rows are those of one moment, and few are read too
/// many.
void PostgresqlStatement::open_cursor() {
  if (connection_.looks_ahead_) throw NotYetRead{};
  check(connection_.in_transaction_, "long readings happen inside a transaction");
  cursor_ = "c" + std::to_string(++connection_.cursors_), cursor_of_ = connection_.transactions_;
  std::string sql = prepared_.sql;
  if (reads_ == Reads::range) sql.resize(sql.rfind(" limit "));
  connection_.wire_->send("declare " + cursor_ + " no scroll cursor for " + sql, bound_);
  if (reads_ == Reads::range)
    connection_.wire_->send("move forward " + std::to_string(rows_of_a_range) + " in " + cursor_);
}

bool PostgresqlStatement::next_page() {
  if (cursor_.empty()) open_cursor();
  connection_.wire_->send("fetch " + std::to_string(rows_of_a_page) + " from " + cursor_, Bound(), &rows_);
  connection_.wire_->settled();
  row_ = -1;
  const int count = rows_ ? PQntuples(rows_.get()) : 0;
  has_more_ = count == rows_of_a_page;
  return count > 0;
}

std::int64_t PostgresqlStatement::integer(int column) const {
  const char* bytes = PQgetvalue(rows_.get(), row_, column);
  switch (PQgetlength(rows_.get(), row_, column)) {
    case 8: {
      std::uint64_t value;
      std::memcpy(&value, bytes, sizeof value);
      return static_cast<std::int64_t>(be64toh(value));
    }
    case 4: {
      std::uint32_t value;
      std::memcpy(&value, bytes, sizeof value);
      return static_cast<std::int32_t>(be32toh(value));
    }
    default: return 0;  // null
  }
}

std::string_view PostgresqlStatement::text(int column) const {
  return {PQgetvalue(rows_.get(), row_, column), static_cast<std::size_t>(PQgetlength(rows_.get(), row_, column))};
}

void PostgresqlStatement::reset() {
  if (!cursor_.empty() && connection_.in_transaction_ && cursor_of_ == connection_.transactions_ &&
      !connection_.wire_->is_lost())
    connection_.wire_->send("close " + cursor_);
  cursor_.clear();
  rows_.reset();
  row_ = -1, is_open_ = false, has_more_ = false;
}

PostgresqlRowSink::PostgresqlRowSink(PostgresqlConnection& connection, const char* insert, int columns,
                                     const char* on_conflict)
    : connection_(connection),
      insert_(insert),
      on_conflict_(on_conflict),
      columns_(static_cast<std::size_t>(columns)) {}

namespace {

void put_32(std::string& bytes, std::uint32_t number) {
  const std::uint32_t sent = htobe32(number);
  bytes.append(reinterpret_cast<const char*>(&sent), sizeof sent);
}

}  // namespace

PostgresqlRowSink::Column& PostgresqlRowSink::next(char type) {
  Column& column = columns_[at_++];
  if (column.type == 0) column.type = type;
  check(column.type == type, "a column has one type in all rows");
  return column;
}

void PostgresqlRowSink::integer(std::int64_t value) {
  std::string& elements = next('i').elements;
  put_32(elements, sizeof value);
  const std::uint64_t sent = htobe64(static_cast<std::uint64_t>(value));
  elements.append(reinterpret_cast<const char*>(&sent), sizeof sent);
  size_ += 12;
}

void PostgresqlRowSink::add(char type, std::string_view bytes) {
  std::string& elements = next(type).elements;
  put_32(elements, static_cast<std::uint32_t>(bytes.size()));
  elements.append(bytes);
  size_ += bytes.size() + 4;
}

void PostgresqlRowSink::end_row() {
  constexpr std::uint32_t most_rows = 4096;
  constexpr std::size_t most_bytes = 1 << 20;
  at_ = 0;
  if (++rows_ == most_rows || size_ > most_bytes) write();
}

void PostgresqlRowSink::finish() {
  if (rows_ > 0) write();
}

void PostgresqlRowSink::drop() {
  for (Column& column : columns_) column.elements.clear();
  at_ = size_ = 0, rows_ = 0;
}

void PostgresqlRowSink::write() {
  if (prepared_.sql.empty()) {
    std::string types;
    for (const Column& column : columns_) types += column.type;
    prepared_.sql = insert_of_arrays(insert_, types, on_conflict_);
  }
  Bound bound;
  std::vector<std::string> arrays;
  arrays.reserve(columns_.size());
  for (const Column& column : columns_) {
    // One dimension, no nulls, the type of elements, how many, counted from 1.
    std::string& array = arrays.emplace_back();
    put_32(array, 1), put_32(array, 0), put_32(array, column.type == 'i' ? 20 : column.type == 't' ? 25 : 17);
    put_32(array, rows_), put_32(array, 1);
    array += column.elements;
    bound.put_array(static_cast<int>(arrays.size()), array, column.type);
  }
  connection_.write(prepared_, bound);
  drop();
}

PostgresqlConnection::PostgresqlConnection(const PostgresqlAddress& address, Use use) : address_(address), use_(use) {
  connect();
}

void PostgresqlConnection::connect() {
  wire_ =
      std::make_unique<Wire>(address_, std::string(settings_of_all) + (use_ == Use::writes ? settings_of_writer : ""));
}

/// A server that is started anew, or a standby that takes over, needs a moment.
void PostgresqlConnection::connect_anew() {
  for (auto& [sql, statement] : statements_) statement->prepared_.state = Prepared::State::unknown;
  for (auto& [sql, sink] : sinks_) sink->prepared_.state = Prepared::State::unknown;
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    try {
      return connect();
    } catch (const StoreFailure&) {
      if (std::chrono::steady_clock::now() > until) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

void PostgresqlConnection::begin() {
  // Nothing of ours can be in doubt here: who was in the middle of a commit does not use the connection again.
  if (wire_->has_ended()) connect_anew();
  ++transactions_;
  at_hand_.clear(), noted_.clear();
  if (use_ == Use::reads) {
    wire_->send("begin isolation level repeatable read read only");
    in_transaction_ = true;
    return;
  }
  wire_->send("begin");
  in_transaction_ = true;
  if (!has_head_) {
    Rows there;
    wire_->send("select to_regclass('head') is not null", Bound(), &there);
    wire_->settled();
    has_head_ = there && PQgetvalue(there.get(), 0, 0)[0] != 0;
  }
  // Whoever holds the row of the head writes; all others wait here for their turn.
  if (has_head_) wire_->send("select seq from head where book = 1 for update");
}

void PostgresqlConnection::end_readings() noexcept {
  for (auto& [sql, statement] : statements_) statement->cursor_.clear(), statement->reset();
  for (auto& [sql, sink] : sinks_) sink->drop();
  at_hand_.clear(), noted_.clear();
  looks_ahead_ = false;
}

void PostgresqlConnection::commit() {
  if (use_ == Use::reads) return rollback();
  end_readings();
  wire_->send_commit();
  in_transaction_ = false;
  const std::optional<Trouble> trouble = wire_->settle();
  if (!trouble) return;
  if (!trouble->is_lost) wire_->send("rollback"), wire_->forget_outcome();
  // An error of a statement before it, or one that says the transaction was taken back, is certain. A connection that
  // was lost may have carried the commit there.
  const bool is_certain = !trouble->is_lost &&
                          (!trouble->at_commit || trouble->state.starts_with("40") || trouble->state.starts_with("23"));
  if (is_certain) fail(*trouble);
  throw OutcomeUnknown(StoreFailure::Kind::unavailable,
                       "the database could not say whether the commit is durable: " + trouble->what);
}

void PostgresqlConnection::rollback() noexcept {
  end_readings();
  if (!in_transaction_) return;
  in_transaction_ = false;
  try {
    wire_->send("rollback");
    wire_->forget_outcome();
  } catch (...) {
  }
}

void PostgresqlConnection::run(std::string_view sql) {
  for (const std::string& statement : postgresql_statements(sql)) wire_->send(statement);
  wire_->settled();
}

Statement& PostgresqlConnection::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<PostgresqlStatement>(*this, sql);
  return *statement;
}

RowSink& PostgresqlConnection::rows_into(const char* insert, int columns, const char* on_conflict) {
  auto& sink = sinks_[insert];
  if (!sink) sink = std::make_unique<PostgresqlRowSink>(*this, insert, columns, on_conflict);
  return *sink;
}

void PostgresqlConnection::write(Prepared& statement, const Bound& bound) {
  if (!at_hand_.empty()) at_hand_.clear(), noted_.clear();
  wire_->send(statement, bound);
  if (wire_->waiting() >= most_unanswered) wire_->settled();
}

std::string PostgresqlConnection::hand_key(const PostgresqlStatement& statement) const {
  const auto* address = &statement;
  return std::string(reinterpret_cast<const char*>(&address), sizeof address) + statement.bound_.key();
}

std::size_t PostgresqlConnection::read_noted() {
  const std::size_t count = noted_.size();
  for (std::size_t i = 0; i < count; ++i) {
    AtHand& noted = *noted_[i];
    wire_->send(*noted.statement, noted.bound, &noted.rows);
    if (wire_->waiting() >= most_unanswered) wire_->settled();
  }
  noted_.clear();
  if (count > 0) wire_->settled();
  return count;
}

}  // namespace lotbook
