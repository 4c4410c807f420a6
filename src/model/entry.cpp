// SPDX-License-Identifier: Apache-2.0
#include "model/entry.h"

#include <algorithm>

#include "base/cbor.h"
#include "base/check.h"

namespace lotbook {

namespace {

constexpr std::int64_t format_version = 1;
constexpr std::size_t header_elements = 19;

void write_date(CborWriter& w, Date date) {
  if (date.is_set())
    w.integer(date.day);
  else
    w.null();
}
// Spans of time stand as decimal numbers of seconds: most are whole, and short so.
void write_span(CborWriter& w, std::int64_t microseconds) { w.decimal(Decimal::from_millionths(microseconds)); }
Instant read_after(CborReader& r, Instant start) {
  Instant instant;
  if (__builtin_add_overflow(start.microseconds, r.decimal().millionths(), &instant.microseconds))
    throw CborError("a moment outside the calendar");
  return instant;
}
Date read_date(CborReader& r) {
  if (r.is_null()) return {};
  const std::int64_t day = r.integer();
  if (day < -200'000 || day > 200'000) throw CborError("a day outside the calendar");
  return Date{static_cast<std::int32_t>(day)};
}
std::uint32_t read_id(CborReader& r) {
  const std::int64_t value = r.integer();
  if (value < 0 || value > UINT32_MAX) throw CborError("a number outside its range");
  return static_cast<std::uint32_t>(value);
}
template <class Enum>
Enum read_choice(CborReader& r) {
  const std::int64_t value = r.integer();
  if (value < 0 || value >= static_cast<std::int64_t>(Choices<Enum>::names.size()))
    throw CborError("an unknown choice");
  return static_cast<Enum>(value);
}
void expect_elements(std::size_t found, std::size_t expected) {
  if (found != expected) throw CborError("an array of another length than the format says");
}

void write_value(CborWriter& w, const FieldShape& field, void* value);

void write_object(CborWriter& w, const Shape& shape, void* object) {
  for (const FieldShape& field : shape.fields) {
    void* member = field.member(object);
    const std::size_t size = field.size(member);
    if (field.is_list) w.array(size);
    if (field.is_optional && size == 0) w.null();
    for (std::size_t i = 0; i < size; ++i) write_value(w, field, field.value(member, i));
  }
}

void write_value(CborWriter& w, const FieldShape& field, void* value) {
  switch (field.kind) {
    case FieldKind::text: return w.text(*static_cast<std::string*>(value));
    case FieldKind::boolean: return w.boolean(*static_cast<bool*>(value));
    case FieldKind::integer:
    case FieldKind::choice: return w.integer(field.get_integer(value));
    case FieldKind::decimal: return w.decimal(*static_cast<Decimal*>(value));
    case FieldKind::date: return write_date(w, *static_cast<Date*>(value));
    case FieldKind::object: w.array(field.object()->fields.size()); return write_object(w, *field.object(), value);
    case FieldKind::written_time: check(false, "facts hold no written times");
  }
}

void read_value(CborReader& r, const FieldShape& field, void* value);

void read_object(CborReader& r, const Shape& shape, void* object) {
  for (const FieldShape& field : shape.fields) {
    void* member = field.member(object);
    if (field.is_list) {
      const std::size_t size = r.array();
      for (std::size_t i = 0; i < size; ++i) read_value(r, field, field.append(member));
    } else if (!field.is_optional || !r.is_null()) {
      read_value(r, field, field.append(member));
    }
  }
}

void read_value(CborReader& r, const FieldShape& field, void* value) {
  switch (field.kind) {
    case FieldKind::text: *static_cast<std::string*>(value) = std::string(r.text()); return;
    case FieldKind::boolean: *static_cast<bool*>(value) = r.boolean(); return;
    case FieldKind::integer:
    case FieldKind::choice: {
      const std::int64_t number = r.integer();
      const bool fits = field.kind == FieldKind::choice
                            ? number >= 0 && number < static_cast<std::int64_t>(field.choices.size())
                            : number >= 0 && number <= UINT32_MAX;
      if (!fits) throw CborError("a number outside its range");
      field.set_integer(value, number);
      return;
    }
    case FieldKind::decimal: *static_cast<Decimal*>(value) = r.decimal(); return;
    case FieldKind::date: *static_cast<Date*>(value) = read_date(r); return;
    case FieldKind::object:
      expect_elements(r.array(), field.object()->fields.size());
      return read_object(r, *field.object(), value);
    case FieldKind::written_time: throw CborError("facts hold no written times");
  }
}

template <std::size_t I = 0>
void read_fact(CborReader& r, std::size_t tag, std::size_t elements, std::vector<Fact>& into) {
  if constexpr (I < std::variant_size_v<Fact>) {
    if (tag != I) return read_fact<I + 1>(r, tag, elements, into);
    using T = std::variant_alternative_t<I, Fact>;
    const Shape& shape = shape_of<T>();
    expect_elements(elements, shape.fields.size() + 1);
    T& fact = std::get<T>(into.emplace_back(std::in_place_index<I>));
    read_object(r, shape, &fact);
  } else {
    throw CborError("an unknown fact");
  }
}

// A line is [lot, from, to, quantity] and, only where one of them is set, [… quantity2, serial, handling unit].
void write_line(CborWriter& w, const Line& line) {
  const bool full = !line.quantity2.is_zero() || line.serial != 0 || line.handling_unit != 0;
  w.array(full ? 7 : 4);
  w.integer(line.lot.value), w.integer(line.from.value), w.integer(line.to.value), w.decimal(line.quantity);
  if (full) w.decimal(line.quantity2), w.integer(line.serial), w.integer(line.handling_unit);
}
Line read_line(CborReader& r) {
  const std::size_t elements = r.array();
  if (elements != 4 && elements != 7) throw CborError("a line of an unknown length");
  Line line;
  line.lot.value = read_id(r), line.from.value = read_id(r), line.to.value = read_id(r), line.quantity = r.decimal();
  if (elements == 7) {
    line.quantity2 = r.decimal(), line.serial = read_id(r), line.handling_unit = read_id(r);
    if (line.quantity2.is_zero() && line.serial == 0 && line.handling_unit == 0)
      throw CborError("a line that is not in its short form");
  }
  return line;
}

// A lot opened is [lot, item, code, issuer, issued code, state, received, produced, expires, best before, retest];
// state packs quality, origin and "expiry calculated" into one number.
void write_opened(CborWriter& w, const LotOpened& o) {
  w.array(11);
  w.integer(o.lot.value), w.integer(o.item.value), w.text(o.code), w.integer(o.issuer.value), w.text(o.issued_code);
  w.integer(static_cast<int>(o.quality) | static_cast<int>(o.origin) << 2 | (o.expiry_calculated ? 64 : 0));
  write_date(w, o.received_on), write_date(w, o.produced_on), write_date(w, o.expires_on),
      write_date(w, o.best_before_on), write_date(w, o.retest_on);
}
LotOpened read_opened(CborReader& r) {
  expect_elements(r.array(), 11);
  LotOpened o;
  o.lot.value = read_id(r), o.item.value = read_id(r), o.code = std::string(r.text()), o.issuer.value = read_id(r),
  o.issued_code = std::string(r.text());
  const std::int64_t state = r.integer();
  const std::int64_t quality = state & 3, origin = state >> 2 & 15;
  if (state < 0 || state > 127 || quality > 2 || origin >= static_cast<std::int64_t>(Choices<Origin>::names.size()))
    throw CborError("an unknown state of a lot");
  o.quality = static_cast<Quality>(quality), o.origin = static_cast<Origin>(origin),
  o.expiry_calculated = (state & 64) != 0;
  o.received_on = read_date(r), o.produced_on = read_date(r), o.expires_on = read_date(r),
  o.best_before_on = read_date(r), o.retest_on = read_date(r);
  return o;
}

void write_seqs(CborWriter& w, const std::vector<std::uint64_t>& seqs) {
  w.array(seqs.size());
  for (const std::uint64_t seq : seqs) w.integer(static_cast<std::int64_t>(seq));
}
/// [client, key, digest], or [] for an entry that nobody sent under a key.
void read_key(CborReader& r, Entry& e) {
  e.client.clear(), e.key.clear(), e.digest.clear();
  const std::size_t elements = r.array();
  if (elements == 0) return;
  expect_elements(elements, 3);
  e.client.assign(r.text()), e.key.assign(r.text());
  const ByteView digest = r.bytes();
  e.digest.assign(digest.begin(), digest.end());
  if (e.client.empty() && e.key.empty() && e.digest.empty()) throw CborError("a key that is not in its short form");
}
void read_seqs(CborReader& r, std::vector<std::uint64_t>& into) {
  const std::size_t count = r.array();
  into.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t seq = r.integer();
    if (seq <= 0) throw CborError("an entry number that is none");
    into.push_back(static_cast<std::uint64_t>(seq));
  }
}

}  // namespace

void Entry::clear() {
  seq = 0, kind = EntryKind::note, recorded_at = {}, occurred = {}, settled_at = {};
  partner = {}, address = {}, run = {};
  for (std::string* text : {&who, &why, &document, &reference, &client, &key}) text->clear();
  digest.clear(), reverses.clear(), reinstates.clear(), opened.clear(), lines.clear(), facts.clear();
}

void encode_entry(const Entry& e, Bytes& out) {
  CborWriter w(out);
  w.array(header_elements);
  w.integer(format_version), w.integer(static_cast<int>(e.kind));
  w.integer(e.recorded_at.microseconds);
  // Differences are small or zero in daily work and keep the bytes short.
  write_span(w, e.occurred.at.microseconds - e.recorded_at.microseconds), write_span(w, e.occurred.length);
  write_span(w, e.settled_at.microseconds - e.occurred.at.microseconds);
  w.text(e.who), w.text(e.why), w.text(e.document), w.text(e.reference);
  w.integer(e.partner.value), w.integer(e.address.value), w.integer(e.run.value);
  const bool has_key = !e.client.empty() || !e.key.empty() || !e.digest.empty();
  w.array(has_key ? 3 : 0);
  if (has_key) w.text(e.client), w.text(e.key), w.bytes(e.digest);
  write_seqs(w, e.reverses), write_seqs(w, e.reinstates);
  w.array(e.opened.size());
  for (const LotOpened& opened : e.opened) write_opened(w, opened);
  w.array(e.lines.size());
  for (const Line& line : e.lines) write_line(w, line);
  w.array(e.facts.size());
  for (const Fact& fact : e.facts) {
    std::visit(
        [&]<class T>(const T& f) {
          const Shape& shape = shape_of<T>();
          w.array(shape.fields.size() + 1);
          w.integer(static_cast<std::int64_t>(fact.index()));
          write_object(w, shape, const_cast<T*>(&f));  // the walk reads only; shapes have one kind of pointer
        },
        fact);
  }
}

void decode_entry(ByteView bytes, std::uint64_t seq, Entry& e) {
  CborReader r(bytes);
  expect_elements(r.array(), header_elements);
  if (r.integer() != format_version) throw CborError("an entry of a newer format");
  e.seq = seq;
  e.kind = read_choice<EntryKind>(r);
  e.recorded_at.microseconds = r.integer();
  e.occurred.at = read_after(r, e.recorded_at);
  e.occurred.length = r.decimal().millionths();
  e.settled_at = read_after(r, e.occurred.at);
  e.who.assign(r.text()), e.why.assign(r.text()), e.document.assign(r.text()), e.reference.assign(r.text());
  e.partner.value = read_id(r), e.address.value = read_id(r), e.run.value = read_id(r);
  read_key(r, e);
  read_seqs(r, e.reverses), read_seqs(r, e.reinstates);
  e.opened.clear(), e.lines.clear(), e.facts.clear();
  for (std::size_t i = r.array(); i > 0; --i) e.opened.push_back(read_opened(r));
  for (std::size_t i = r.array(); i > 0; --i) e.lines.push_back(read_line(r));
  for (std::size_t i = r.array(); i > 0; --i) {
    const std::size_t elements = r.array();
    read_fact(r, static_cast<std::size_t>(read_id(r)), elements, e.facts);
  }
  r.expect_end();
}

Entry decode_entry(ByteView bytes, std::uint64_t seq) {
  Entry entry;
  decode_entry(bytes, seq, entry);
  return entry;
}

std::vector<Id<Lot>> outputs_of_line(const Entry& entry, std::size_t line) {
  std::vector<Id<Lot>> outputs;
  for (const Fact& fact : entry.facts)
    if (const auto* assigned = std::get_if<Assigned>(&fact); assigned && assigned->line == line)
      outputs.push_back(Id<Lot>{assigned->output});
  std::sort(outputs.begin(), outputs.end());
  outputs.erase(std::unique(outputs.begin(), outputs.end()), outputs.end());
  return outputs;
}

Hash chain_hash(const Hash& previous, ByteView bytes) { return sha256({previous, bytes}); }

}  // namespace lotbook
