// SPDX-License-Identifier: Apache-2.0
#include "plain_sqlite.h"

#include "base/text.h"
#include "figures.h"
#include "store/migrations/schema.h"

namespace lotbook {

namespace {

/// The rows of commands, each kind of row as the ledger would write it.
class PlainWriter {
 public:
  PlainWriter(Connection& connection, std::size_t entry_bytes)
      : connection_(connection), rows_(connection), body_(entry_bytes, 0x5a) {}

  void write(Job job) {
    ++seq_;
    connection_.begin();
    const Transaction::NewEntry entry{seq_, body_, hash_};
    rows_.add_entries({&entry, 1});
    const std::string number = std::to_string(1'000'000 + seq_);
    if (job == Job::receipt) receive(number);
    if (job == Job::production) take(6), open({next_lot_++, "P", number, false}), run(number);
    if (job == Job::dispatch) take(5);
    if (job == Job::pick || job == Job::send) step_of_order(job == Job::pick);
    const std::string note = "LS" + number, order = "PO" + number;
    const std::pair<std::string_view, std::uint64_t> documents[] = {{note, seq_}, {order, seq_}};
    rows_.add_documents({documents, job == Job::production ? 1u : 2u});
    const std::pair<std::int64_t, std::uint64_t> key{static_cast<std::int64_t>(seq_ * 0x9e3779b97f4a7c15u), seq_};
    rows_.add_idem({&key, 1});
    rows_.put_head({.seq = seq_, .hash = hash_, .next_id = next_lot_, .settled_max = {}});
    connection_.commit();
  }

 private:
  struct NewLot {
    std::uint32_t id;
    const char* prefix;
    std::string number;
    bool has_issuer;
  };
  static Lot lot_of(std::uint32_t id) {
    Lot lot;
    lot.id = {id}, lot.item = {1 + id % 200}, lot.expires_on = {20'800 + static_cast<std::int32_t>(id % 90)};
    return lot;
  }
  void open(const NewLot& opened) {
    Lot lot = lot_of(opened.id);
    lot.code = "L" + std::to_string(opened.id), lot.opened_in = seq_;
    const Transaction::NewLot row{&lot, false};
    rows_.put_lots({&row, 1});
    const LotName own{lot.item, lot.id, NameKind::own, {}, lot.code};
    const LotName issued{lot.item, lot.id, NameKind::issued, {7}, opened.prefix + opened.number};
    const Transaction::NewName names[] = {{&own, skeleton(own.code)}, {&issued, skeleton(issued.code)}};
    rows_.add_names({names, opened.has_issuer ? 2u : 1u});
    put_stock(lot, Decimal::whole(500'000));
  }
  void put_stock(const Lot& lot, Decimal quantity) {
    const StockRow row{lot.item, lot.expires_on.day, lot.id, {2}, false, quantity, {}};
    rows_.put_stock({&row, 1});
  }
  void receive(const std::string& number) {
    for (int i = 0; i < 5; ++i) open({next_lot_++, "S", number + "-" + std::to_string(i), true});
  }
  void take(int lots) {
    std::vector<std::pair<std::uint32_t, std::uint64_t>> touches;
    for (int i = 0; i < lots; ++i) {
      const std::uint32_t id = 1000 + static_cast<std::uint32_t>(random_() % 200 + seq_ / 800 * 200);  // lots in use
      put_stock(lot_of(id), Decimal::whole(499'990));
      touches.emplace_back(id, seq_);
    }
    std::sort(touches.begin(), touches.end());
    touches.erase(std::unique(touches.begin(), touches.end()), touches.end());
    rows_.add_touches(touches);
  }
  /// Five lines of an order go into staging, or out of it.
  void step_of_order(bool is_pick) {
    TradeOrder order;
    order.id = {100'000 + static_cast<std::uint32_t>(seq_)}, order.number = "SO" + std::to_string(seq_);
    std::vector<std::pair<std::uint32_t, std::uint64_t>> touches{{order.id.value, seq_}};
    for (std::uint32_t line = 1; line <= 5; ++line) {
      const Lot lot = lot_of(1000 + static_cast<std::uint32_t>(random_() % 200));
      if (is_pick) put_stock(lot, Decimal::whole(499'990));
      const StockRow staged{lot.item, lot.expires_on.day, lot.id, {3}, false, Decimal::whole(7), {}};
      rows_.put_stock({&staged, 1});
      const Allotment allotment{lot.id, order.id, line, {3}, true, Decimal::whole(1), {}};
      if (is_pick)
        rows_.put_allotments({&allotment, 1}), rows_.put_allotted(lot.id, {{2}, Decimal::whole(7), {}, {}});
      else
        rows_.drop_allotment(allotment);
      rows_.put_allotted(lot.id, {{3}, {}, Decimal::whole(7), {}});
      order.lines.push_back({line, lot.item, Decimal::whole(1), {}, Decimal::whole(1), {}});
      touches.emplace_back(lot.id.value, seq_);
    }
    std::vector<Transaction::ChangedLine> lines;
    for (const TradeLine& line : order.lines) lines.push_back({&order, &line});
    rows_.put_order_lines(lines);
    std::sort(touches.begin(), touches.end());
    touches.erase(std::unique(touches.begin(), touches.end()), touches.end());
    rows_.add_touches(touches);
  }
  void run(const std::string& number) {
    Run made;
    made.id = {next_lot_++}, made.number = "PO" + number, made.opened_in = made.closed_in = seq_;
    const Run* const row = &made;
    rows_.put_runs({&row, 1});
  }

  Connection& connection_;
  Transaction rows_;
  Bytes body_;
  Hash hash_{};
  std::uint64_t seq_ = 0;
  std::uint32_t next_lot_ = 1000;
  std::mt19937_64 random_{7};
};

}  // namespace

PlainFigure write_plainly(const std::string& file, Job job, std::uint64_t count, std::size_t entry_bytes) {
  const auto store = new_book_at(file);
  const std::unique_ptr<Connection> connection = store->open_writer();
  migrate(*connection);
  PlainWriter writer(*connection, entry_bytes);
  const std::int64_t start = nanoseconds_now(), cpu = thread_nanoseconds();
  for (std::uint64_t i = 0; i < count; ++i) writer.write(job);
  return {nanoseconds_now() - start, thread_nanoseconds() - cpu};
}

}  // namespace lotbook
