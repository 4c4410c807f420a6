// SPDX-License-Identifier: Apache-2.0
#include "queries/export_ledger.h"

#include "base/json.h"
#include "ledger/book.h"
#include "ledger/checkpoints.h"

namespace lotbook {

namespace {

/// The members of one JSON object, in the order in which they are given.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) { out_ += '{'; }
  ~Members() { out_ += '}'; }
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;
  std::string& named(std::string_view name) {
    if (std::exchange(has_some_, true)) out_ += ',';
    append_json_string(out_, name);
    return out_ += ':';
  }
  void text(std::string_view name, std::string_view value) {
    if (!value.empty()) append_json_string(named(name), value);
  }
  void number(std::string_view name, std::uint64_t value) {
    if (value != 0) named(name) += std::to_string(value);
  }

 private:
  std::string& out_;
  bool has_some_ = false;
};

template <class Rows, class Write>
void write_list(std::string& out, const Rows& rows, const Write& write) {
  out += '[';
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) out += ',';
    write(rows[i]);
  }
  out += ']';
}

void write_opened(std::string& out, const LotOpened& o) {
  Members m(out);
  m.number("lot", o.lot.value), m.number("item", o.item.value), m.text("code", o.code);
  m.number("issuer", o.issuer.value), m.text("issued_code", o.issued_code);
  m.text("quality", name_of(o.quality)), m.text("origin", name_of(o.origin));
  m.text("received_on", o.received_on.text()), m.text("produced_on", o.produced_on.text());
  m.text("expires_on", o.expires_on.text()), m.text("best_before_on", o.best_before_on.text());
  m.text("retest_on", o.retest_on.text());
  if (o.expiry_calculated) m.named("expiry_calculated") += "true";
}

void write_line(std::string& out, const Line& line) {
  Members m(out);
  m.number("lot", line.lot.value), m.number("from", line.from.value), m.number("to", line.to.value);
  m.text("quantity", line.quantity.text());
  if (!line.quantity2.is_zero()) m.text("quantity2", line.quantity2.text());
  m.number("serial", line.serial), m.number("handling_unit", line.handling_unit);
}

void write_fact(std::string& out, const Fact& fact) {
  std::visit(
      [&]<class T>(const T& f) {
        const std::string fields = to_json(f);
        out += "{\"fact\":\"" + std::string(fact_names[fact.index()]) + "\"";
        if (fields != "{}") out += "," + fields.substr(1, fields.size() - 2);
        out += '}';
      },
      fact);
}

/// What an entry says, for reading; its bytes alone count.
void write_said(std::string& out, const Entry& e) {
  Members m(out);
  m.text("kind", name_of(e.kind)), m.text("recorded_at", e.recorded_at.text());
  m.text("occurred_from", e.occurred.earliest().text()), m.text("occurred_to", e.occurred.latest().text());
  m.text("settled_at", e.settled_at.text()), m.text("who", e.who), m.text("why", e.why);
  m.text("document", e.document), m.text("reference", e.reference), m.number("partner", e.partner.value);
  m.number("address", e.address.value), m.number("run", e.run.value);
  m.text("client", e.client), m.text("key", e.key), m.text("digest", hex(e.digest));
  const auto write_number = [&](std::uint64_t seq) { out += std::to_string(seq); };
  if (!e.reverses.empty()) write_list(m.named("reverses"), e.reverses, write_number);
  if (!e.reinstates.empty()) write_list(m.named("reinstates"), e.reinstates, write_number);
  if (!e.opened.empty())
    write_list(m.named("opened"), e.opened, [&](const LotOpened& opened) { write_opened(out, opened); });
  if (!e.lines.empty()) write_list(m.named("lines"), e.lines, [&](const Line& line) { write_line(out, line); });
  if (!e.facts.empty()) write_list(m.named("facts"), e.facts, [&](const Fact& fact) { write_fact(out, fact); });
}

}  // namespace

LedgerExtract export_ledger(Transaction& snapshot, bool with_personal, std::ostream& out) {
  LedgerExtract done;
  const std::optional<Head> head = snapshot.head();
  if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "this file holds no book yet");
  const std::optional<Hash> key = checkpoint_key(snapshot);
  std::string line;
  const auto write = [&] {
    line += '\n';
    out << line;
    if (!out) throw StoreFailure(StoreFailure::Kind::full, "cannot write the extract");
    line.clear();
  };
  {
    Members object(line);
    Members m(object.named("ledger"));
    m.number("format", 1), m.text("book", load_masters(snapshot)->book.name), m.number("entries", head->seq);
    m.text("hash", hex(head->hash)), m.text("key", key ? hex(*key) : "");
  }
  write();
  Entry entry;
  snapshot.entries_from(1, [&](const EntryRow& row) {
    if (row.seq > head->seq) return false;
    decode_entry(row.body, row.seq, entry);
    {
      Members m(line);
      m.number("entry", row.seq), m.text("body", hex(row.body)), m.text("hash", hex(row.hash));
      write_said(m.named("says"), entry);
    }
    write();
    return ++done.entries, true;
  });
  if (with_personal)
    snapshot.all_private([&](const PrivateRow& row) {
      {
        Members object(line);
        Members m(object.named("personal"));
        m.text("hash", hex(row.hash)), m.text("salt", hex(row.salt)), m.text("value", row.value);
      }
      write();
      ++done.personal;
    });
  checkpoints_after(snapshot, 0, [&](const Checkpoint& checkpoint) {
    line = "{\"checkpoint\":" + to_json(row_of(checkpoint)) + "}";
    write();
    return ++done.checkpoints, true;
  });
  line = "{\"end\":{\"entries\":" + std::to_string(done.entries) +
         ",\"checkpoints\":" + std::to_string(done.checkpoints) + ",\"personal\":" + std::to_string(done.personal) +
         "}}";
  write();
  return done;
}

}  // namespace lotbook
