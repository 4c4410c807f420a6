// SPDX-License-Identifier: Apache-2.0
#include "targets.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "base/cbor.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/time.h"
#include "commands/bundle/csv.h"
#include "http/parser.h"
#include "http/server.h"
#include "model/entry.h"
#include "model/label.h"
#include "model/record.h"

namespace lotbook {

namespace {

void promise(bool is_kept, const char* what) {
  if (is_kept) return;
  std::cerr << "broken: " << what << "\n";
  std::abort();
}

void decimal(std::string_view text) {
  const std::optional<Decimal> value = Decimal::parse(text);
  if (!value) return;
  promise(Decimal::parse(value->text()) == value, "a decimal is read as it was written");
}

void time(std::string_view text) {
  for (const std::optional<Date>& day : {Date::parse(text), Date::parse_last_of_month(text)})
    if (day) promise(Date::parse(day->text()) == day, "a day is read as it was written");
  if (const std::optional<WrittenTime> written = WrittenTime::parse(text))
    promise(WrittenTime::parse(written->text()) == written, "a time is read as it was written");
}

void json(std::string_view text) {
  Item read;
  if (!read_json(text, read).empty()) return;
  std::string first, second;
  write_json(first, shape_of<Item>(), &read);
  Item again;
  promise(read_written_json(first, again), "what was read can be written and read");
  write_json(second, shape_of<Item>(), &again);
  promise(first == second, "a record is the same after writing and reading it");
}

void csv(std::string_view text) {
  std::vector<BundleFault> faults;
  const CsvColumns columns{{"item", "lot", "quantity"}, {"item"}};
  CsvReader reader("fuzz.csv", text, columns, faults);
  std::size_t before = 0;
  while (reader.next()) {
    promise(reader.offset() > before && reader.offset() <= text.size(), "each row takes some of the text");
    before = reader.offset();
    for (std::size_t column = 0; column < columns.known.size(); ++column)
      promise(reader.field(column).size() <= CsvReader::longest_field, "a field has an end");
  }
  for (const BundleFault& fault : faults) promise(!fault.text().empty(), "a fault says something");
}

struct Read {
  std::size_t used = 0;
  std::string method, path, body;
  bool operator==(const Read&) const = default;
};

/// The request, or nothing: whether it is refused or waited for depends on how much of it has come.
std::optional<Read> read_request(std::string_view bytes, std::size_t piece) {
  static const ServerOptions options;
  Request request;
  RequestParser parser(options);
  parser.begin(request);
  Read read;
  std::size_t shown = std::min(piece, bytes.size());
  while (true) {
    const auto [step, used] = parser.feed(bytes.substr(read.used, shown - read.used));
    promise(used <= shown - read.used, "no more is used than was shown");
    read.used += used;
    if (step == RequestParser::Step::refused) return std::nullopt;
    if (step == RequestParser::Step::done) break;
    if (step == RequestParser::Step::head_read) continue;
    if (shown == bytes.size()) return std::nullopt;
    shown = std::min(bytes.size(), shown + piece);
  }
  read.method = request.method, read.path = request.path, read.body = request.body;
  return read;
}

void http(std::string_view bytes) {
  const std::optional<Read> whole = read_request(bytes, std::max<std::size_t>(bytes.size(), 1));
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}})
    promise(read_request(bytes, piece) == whole, "a request is the same however its bytes arrive");
}

void entry(std::string_view text) {
  const ByteView bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  Entry read;
  try {
    decode_entry(bytes, 1, read);
  } catch (const CborError&) {
    return;
  }
  Bytes written;
  encode_entry(read, written);
  promise(written.size() == bytes.size() && std::equal(written.begin(), written.end(), bytes.begin()),
          "an entry has one form");
}

void label(std::string_view text) {
  const std::optional<Label> read = read_label(text);
  if (!read) return;
  const std::optional<Label> again = read_label(label_text(*read));
  promise(again && again->kind == read->kind && again->codes == read->codes, "a label is read as it was written");
}

}  // namespace

FuzzTarget fuzz_target(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, FuzzTarget>, 7> targets{{{"decimal", decimal},
                                                                            {"time", time},
                                                                            {"json", json},
                                                                            {"csv", csv},
                                                                            {"http", http},
                                                                            {"entry", entry},
                                                                            {"label", label}}};
  for (const auto& [known, target] : targets)
    if (known == name) return target;
  return nullptr;
}

}  // namespace lotbook
