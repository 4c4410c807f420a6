// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql/wire.h"

#include <algorithm>
#include <cstring>
#include <endian.h>
#include <poll.h>
#include <unistd.h>

#include "base/check.h"

namespace lotbook {

namespace {

using Kind = StoreFailure::Kind;

constexpr Oid oid_of_bytes = 17, oid_of_number = 20, oid_of_text = 25;
/// The server ends statements after a minute by itself; one that says nothing for longer is not there any more.
constexpr int longest_silence_ms = 120'000;

std::string one_line(const char* message) {
  std::string text = message ? message : "";
  for (char& c : text)
    if (c == '\n') c = ' ';
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text ? text : "";
}

/// Statements are in English, and so are the words that we look for.
bool is_fatal(const PGresult* result) {
  const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity == "FATAL" || severity == "PANIC";
}

Kind kind_of_state(std::string_view state) {
  if (state == "53100" || state == "54000") return Kind::full;
  if (state == "25006") return Kind::read_only;
  if (state == "55P03") return Kind::in_use;
  if (state == "XX001" || state == "XX002") return Kind::damaged;
  return Kind::unavailable;
}

bool may_try_again(std::string_view state) {
  return state.starts_with("40") || state.starts_with("57P") || state.starts_with("08");
}

}  // namespace

Bound::Value& Bound::at(int parameter) {
  const auto count = static_cast<std::size_t>(parameter);
  if (values_.size() < count) values_.resize(count);
  return values_[count - 1];
}

void Bound::put(int parameter, std::int64_t number) {
  Value& value = at(parameter);
  value.type = oid_of_number, value.number = htobe64(static_cast<std::uint64_t>(number));
}

void Bound::put(int parameter, std::string_view bytes, bool is_text) {
  Value& value = at(parameter);
  value.type = is_text ? oid_of_text : oid_of_bytes;
  value.bytes = bytes.data() ? bytes : std::string_view("");
}

void Bound::put_array(int parameter, std::string_view array, char element) {
  Value& value = at(parameter);
  value.type = element == 'i' ? 1016 : element == 't' ? 1009 : 1001;  // int8[], text[], bytea[]
  value.bytes = array;
}

bool Bound::holds_nul() const {
  return std::any_of(values_.begin(), values_.end(), [](const Value& value) {
    return value.type == oid_of_text && value.bytes.find('\0') != std::string_view::npos;
  });
}

std::string Bound::key() const {
  std::string key;
  for (const Value& value : values_) {
    if (value.type == oid_of_number) {
      key.append(reinterpret_cast<const char*>(&value.number), sizeof value.number);
    } else {
      const std::uint64_t size = value.bytes.size();
      key.append(reinterpret_cast<const char*>(&size), sizeof size).append(value.bytes);
    }
  }
  return key;
}

Bound::Arguments Bound::arguments() const {
  Arguments arguments;
  for (const Value& value : values_) {
    check(value.type != 0, "every parameter of a statement is bound");
    const bool is_number = value.type == oid_of_number;
    arguments.types.push_back(value.type);
    arguments.values.push_back(is_number ? reinterpret_cast<const char*>(&value.number) : value.bytes.data());
    arguments.sizes.push_back(is_number ? static_cast<int>(sizeof value.number) : static_cast<int>(value.bytes.size()));
    arguments.formats.push_back(1);
  }
  return arguments;
}

Bound Bound::kept() const {
  Bound copy;
  copy.values_ = values_;
  for (Value& value : copy.values_)
    if (value.type != oid_of_number) value.own = value.bytes;
  for (Value& value : copy.values_)
    if (value.type != oid_of_number) value.bytes = value.own;
  return copy;
}

Wire::Wire(const PostgresqlAddress& address, const std::string& session_settings) : connection_(nullptr, PQfinish) {
  // Ours first: what the address says of the same things comes later and wins.
  const char* keys[] = {"connect_timeout",
                        "keepalives_idle",
                        "keepalives_interval",
                        "keepalives_count",
                        "tcp_user_timeout",
                        "target_session_attrs",
                        "fallback_application_name",
                        "client_encoding",
                        "dbname",
                        nullptr};
  const char* values[] = {"5",    "2", "1", "3", "10000", "read-write", "lotbook", "UTF8", address.connection.c_str(),
                          nullptr};
  connection_.reset(PQconnectdbParams(keys, values, 1));
  if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK)
    throw StoreFailure(Kind::unavailable,
                       "cannot reach " + address.shown + ": " + one_line(PQerrorMessage(connection_.get())));
  PQsetNoticeReceiver(connection_.get(), hear, this);
  const std::string settings = "set search_path to \"" + address.book + "\"; " + session_settings;
  const std::unique_ptr<PGresult, ResultEnd> set(PQexec(connection_.get(), settings.c_str()));
  if (PQresultStatus(set.get()) != PGRES_TUPLES_OK && PQresultStatus(set.get()) != PGRES_COMMAND_OK)
    throw StoreFailure(Kind::unavailable,
                       address.shown + " does not serve: " + one_line(PQerrorMessage(connection_.get())));
  if (PQenterPipelineMode(connection_.get()) != 1)
    throw StoreFailure(Kind::unavailable, address.shown + " does not take a pipeline of statements");
}

Wire::~Wire() = default;

void Wire::hear(void* wire, const PGresult* notice) {
  // "The transaction has already committed locally, but might not have been replicated to the standby." It has no state
  // of its own; other warnings there are none at a commit.
  const std::string state = field(notice, PG_DIAG_SQLSTATE);
  if (field(notice, PG_DIAG_SEVERITY_NONLOCALIZED) == "WARNING" && (state == "01000" || state == "57P01"))
    static_cast<Wire*>(wire)->commit_is_local_ = true;
}

bool Wire::has_ended() {
  // Twice: before a server hangs up, it says why.
  for (int i = 0; i < 2; ++i)
    if (!is_lost_ && PQconsumeInput(connection_.get()) == 0) is_lost_ = true;
  return is_lost_ |= PQstatus(connection_.get()) == CONNECTION_BAD;
}

void Wire::lose() {
  is_lost_ = true;
  for (const Awaited& awaited : awaited_)
    if (awaited.rows) awaited.rows->reset();
}

void Wire::sent(int is_sent, Awaited awaited) {
  // Also what was not sent is awaited: `settle` says of all that they came to nothing.
  if (is_sent != 1) is_lost_ = true;
  awaited_.push_back(awaited);
}

void Wire::send(Prepared& statement, const Bound& bound, Rows* rows) {
  const Bound::Arguments a = bound.arguments();
  if (statement.state == Prepared::State::unknown) {
    statement.name = "s" + std::to_string(++names_);
    sent(PQsendPrepare(connection_.get(), statement.name.c_str(), statement.sql.c_str(), a.count(), a.types.data()),
         {Awaited::What::prepare, &statement, nullptr});
    statement.state = Prepared::State::sent;
  }
  sent(PQsendQueryPrepared(connection_.get(), statement.name.c_str(), a.count(), a.values.data(), a.sizes.data(),
                           a.formats.data(), 1),
       {Awaited::What::statement, nullptr, rows});
}

void Wire::send(const std::string& sql, const Bound& bound, Rows* rows) {
  const Bound::Arguments a = bound.arguments();
  sent(PQsendQueryParams(connection_.get(), sql.c_str(), a.count(), a.types.data(), a.values.data(), a.sizes.data(),
                         a.formats.data(), 1),
       {Awaited::What::statement, nullptr, rows});
}

void Wire::send_commit() {
  commit_is_local_ = false;
  sent(PQsendQueryParams(connection_.get(), "commit", 0, nullptr, nullptr, nullptr, nullptr, 1),
       {Awaited::What::commit});
}

void Wire::forget_outcome() {
  for (Awaited& awaited : awaited_) awaited.matters = false;
  sent(PQpipelineSync(connection_.get()), {Awaited::What::sync, nullptr, nullptr, false});
}

/// The next answer, when it comes within the time that a living server needs; null when the connection is lost, or at
/// the end of the answers of one statement.
PGresult* Wire::next_result() {
  while (PQisBusy(connection_.get()) != 0) {
    pollfd ready{PQsocket(connection_.get()), POLLIN, 0};
    const int unsent = PQflush(connection_.get());
    if (unsent > 0) ready.events |= POLLOUT;
    const int got = unsent < 0 ? -1 : ::poll(&ready, 1, longest_silence_ms);
    if (got == 0 || (got < 0 && errno != EINTR) || (got > 0 && PQconsumeInput(connection_.get()) == 0)) {
      // What the server said before it went may lie there still.
      if (PQisBusy(connection_.get()) != 0) return lose(), nullptr;
    }
  }
  return PQgetResult(connection_.get());
}

std::optional<Trouble> Wire::settle() {
  sent(PQpipelineSync(connection_.get()), {Awaited::What::sync});
  std::optional<Trouble> first;
  bool commit_seen = false;
  std::string last_words = is_lost_ ? one_line(PQerrorMessage(connection_.get())) : "";
  const auto note = [&](Trouble trouble) {
    if (!first) first = std::move(trouble);
  };
  while (!awaited_.empty() && !is_lost_) {
    const Awaited awaited = awaited_.front();
    commit_seen |= awaited.what == Awaited::What::commit;
    std::unique_ptr<PGresult, ResultEnd> result(next_result());
    if (!result) {
      last_words = one_line(PQerrorMessage(connection_.get()));
      break;
    }
    awaited_.pop_front();
    const ExecStatusType status = PQresultStatus(result.get());
    if (awaited.what == Awaited::What::sync) {
      if (status != PGRES_PIPELINE_SYNC) {
        last_words = one_line(PQresultErrorMessage(result.get())), is_lost_ = true;
        break;
      }
      continue;
    }
    const bool is_good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (awaited.prepares) awaited.prepares->state = is_good ? Prepared::State::known : Prepared::State::unknown;
    if (!is_good && status != PGRES_PIPELINE_ABORTED && awaited.matters) {
      const std::string state = field(result.get(), PG_DIAG_SQLSTATE);
      const bool lost = is_fatal(result.get()) || PQstatus(connection_.get()) == CONNECTION_BAD;
      note({one_line(PQresultErrorMessage(result.get())), state, lost, commit_seen});
    }
    // "commit" of a transaction that failed before is answered "rollback".
    if (is_good && awaited.what == Awaited::What::commit && std::string_view(PQcmdStatus(result.get())) != "COMMIT")
      note({"the database rolled back what was to be committed", "40000", false, false});
    if (awaited.rows && is_good) *awaited.rows = Rows(result.release(), PQclear);
    // Each statement's answers end with a null.
    while (!is_lost_) {
      const std::unique_ptr<PGresult, ResultEnd> end(next_result());
      if (!end) break;
    }
  }
  if (PQstatus(connection_.get()) == CONNECTION_BAD || !awaited_.empty()) is_lost_ = true;
  if (is_lost_) {
    for (const Awaited& awaited : awaited_) commit_seen |= awaited.what == Awaited::What::commit;
    awaited_.clear();
    if (!first) first = Trouble{"the connection to the database was lost: " + last_words, "", true, commit_seen};
    first->is_lost = true, first->at_commit |= commit_seen;
  }
  if (!first && commit_is_local_) {
    commit_is_local_ = false;
    first = Trouble{"the database committed, but no standby is known to have it", "", false, true};
  }
  return first;
}

void Wire::settled() {
  if (const std::optional<Trouble> trouble = settle()) fail(*trouble);
}

void fail(const Trouble& trouble) {
  const std::string what = trouble.state == "42P01" ? "there is no book here yet (" + trouble.what + ")"
                           : trouble.state == "55P03"
                               ? "another program writes this book, and has not come to an end for 20 seconds"
                               : "the database failed: " + trouble.what;
  if (trouble.is_lost || may_try_again(trouble.state)) throw Interrupted(what);
  throw StoreFailure(kind_of_state(trouble.state), what);
}

}  // namespace lotbook
