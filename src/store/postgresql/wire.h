// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/postgresql/address.h"
#include "store/shared_store.h"

// One connection to PostgreSQL, used as a pipeline: statements are sent without waiting for the answers of those before
// them, and `settle` waits once for all.

namespace lotbook {

struct ResultEnd {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Rows = std::shared_ptr<PGresult>;  // shared: what was read ahead is kept while a statement shows it

/// The values of a statement's parameters, in the order of its `$`s.
class Bound {
 public:
  void put(int parameter, std::int64_t number);
  void put(int parameter, std::string_view bytes, bool is_text);
  /// An array as the protocol writes it; of i numbers, t texts, b bytes.
  void put_array(int parameter, std::string_view array, char element);
  /// Whether a text has a NUL in it, which no text in PostgreSQL has.
  bool holds_nul() const;
  std::string key() const;  ///< tells these values from any other

  struct Arguments {
    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> sizes, formats;
    int count() const { return static_cast<int>(values.size()); }
  };
  Arguments arguments() const;
  /// The same in a memory of their own.
  Bound kept() const;

 private:
  struct Value {
    Oid type = 0;
    std::uint64_t number = 0;  // as it is sent
    std::string_view bytes;
    std::string own;
  };
  Value& at(int parameter);
  std::vector<Value> values_;
};

/// A statement that the server knows by a name, once it was sent.
struct Prepared {
  std::string sql, name;
  enum class State { unknown, sent, known } state = State::unknown;
};

/// What became of the statements before a `settle`.
struct Trouble {
  std::string what;
  std::string state;       ///< SQLSTATE; empty when the connection was lost
  bool is_lost = false;    ///< the connection is
  bool at_commit = false;  ///< at the commit or behind it
};

class Wire {
 public:
  /// Connects and makes the book's schema the one that is meant. Throws StoreFailure.
  Wire(const PostgresqlAddress& address, const std::string& session_settings);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Sends a statement. Its rows come into `rows` at the next `settle`, which must find it there.
  void send(Prepared& statement, const Bound& bound, Rows* rows = nullptr);
  void send(const std::string& sql, const Bound& bound, Rows* rows = nullptr);
  void send(const std::string& sql) { send(sql, Bound()); }
  /// Sends "commit". What is wrong from here on leaves in doubt whether it happened.
  void send_commit();
  /// Starts the journey of what was sent, and leaves its answers to a later `settle`; what goes wrong is nobody's
  /// concern.
  void forget_outcome();

  /// Waits for all answers. The first trouble of statements whose outcome matters, or none.
  std::optional<Trouble> settle();
  /// The same; throws it as a StoreFailure.
  void settled();
  bool is_lost() const { return is_lost_; }
  /// Also when the server has gone while nobody waited for it, as far as that is known here.
  bool has_ended();
  /// Statements sent since the last `settle`.
  std::size_t waiting() const { return awaited_.size(); }

 private:
  struct Awaited {
    enum class What { statement, prepare, commit, sync } what = What::statement;
    Prepared* prepares = nullptr;
    Rows* rows = nullptr;
    bool matters = true;
  };
  void sent(int is_sent, Awaited awaited);
  PGresult* next_result();
  void lose();
  static void hear(void* wire, const PGresult* notice);

  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
  std::deque<Awaited> awaited_;
  bool is_lost_ = false;
  bool commit_is_local_ = false;  // no standby has it, the database warned
  std::size_t names_ = 0;
};

/// As an exception; of what is certain.
[[noreturn]] void fail(const Trouble& trouble);

}  // namespace lotbook
