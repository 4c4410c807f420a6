// SPDX-License-Identifier: Apache-2.0
#include "queries/export_bundle.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unordered_map>
#include <unordered_set>

#include "base/flat_map.h"
#include "model/place_ends.h"
#include "queries/personal.h"
#include "trace/table_links.h"
#include "trace/walk.h"

namespace lotbook {

namespace {

/// One CSV file; fields are quoted where they must be.
class CsvFile {
 public:
  CsvFile(const std::filesystem::path& path, std::vector<std::string> columns)
      : path_(path), out_(path, std::ios::binary) {
    row(columns);
  }
  void row(const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) buffer_ += ',';
      const std::string& field = fields[i];
      if (field.find_first_of(",\"\r\n") == std::string::npos) {
        buffer_ += field;
        continue;
      }
      buffer_ += '"';
      for (const char c : field) buffer_ += c == '"' ? "\"\"" : std::string(1, c);
      buffer_ += '"';
    }
    buffer_ += '\n';
    if (buffer_.size() > 1 << 20) flush();
  }
  void finish() {
    flush();
    out_.close();
    if (!out_) throw StoreFailure(StoreFailure::Kind::full, "cannot write " + path_.string());
  }

 private:
  void flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }
  std::filesystem::path path_;
  std::ofstream out_;
  std::string buffer_;
};

enum Column {
  occurred_at,
  event,
  document,
  item,
  lot,
  serial,
  quantity,
  from,
  to,
  partner,
  supplier_lot,
  expires_on,
  produced_on,
  reference,
  reason,
  issuer,
  best_before_on,
  retest_on,
  into,
  sscc,
  quantity2,
  kind,
  columns
};
const std::vector<std::string> column_names{
    "occurred_at", "event",  "document",       "item",         "lot",        "serial",      "quantity",
    "from",        "to",     "partner",        "supplier_lot", "expires_on", "produced_on", "reference",
    "reason",      "issuer", "best_before_on", "retest_on",    "into",       "sscc",        "quantity2",
    "kind"};
using Fields = std::vector<std::string>;

/// A unit that is opened and closed again goes into the work and comes out of it (R79).
bool is_repair(const Entry& entry) { return entry.kind == EntryKind::install || entry.kind == EntryKind::remove; }

std::string number(std::int64_t value) { return value == 0 ? "" : std::to_string(value); }

/// Where an entry stands in the history as it reads now.
struct InOrder {
  std::int64_t settled = 0;
  std::uint64_t position = 0, seq = 0;
};

class Exporter {
 public:
  Exporter(const Snapshot& snapshot, const std::string& folder)
      : snapshot_(snapshot), view_(snapshot.view), masters_(view_.masters()), folder_(folder) {
    std::filesystem::create_directories(folder_);
    if (std::filesystem::exists(folder_ / "events.csv"))
      throw StoreFailure(StoreFailure::Kind::unavailable, folder + " holds a bundle already; give an empty folder");
  }
  ExportReport run() {
    write_masters();
    find_standing();
    CsvFile events(folder_ / "events.csv", column_names);
    for (const InOrder& at : order_) write_entry(*read(at.seq), events);
    events.finish();
    return std::move(report_);
  }

 private:
  void write_masters();
  void find_standing();
  void write_entry(const Entry& entry, CsvFile& out);
  void write_line(const Entry& entry, std::size_t i, CsvFile& out);
  void write_fact(const Entry& entry, const Fact& fact, CsvFile& out);
  void opened_fields(const Entry& entry, Id<Lot> lot, Fields& row);
  std::vector<std::uint32_t> named_by(const Entry& entry, const HoldPlaced& hold) const;
  const Entry* read(std::uint64_t seq) {
    const std::optional<EntryRow> row = view_.behind().entry(seq);
    if (!row) return nullptr;
    decode_entry(row->body, seq, entry_);
    return &entry_;
  }
  std::string assigned_code(const Entry& entry, std::size_t line);
  const Serial* installed_into(const Entry& entry, std::uint32_t serial) const;
  bool is_given_back(const Entry& entry, const Line& line);
  const std::vector<Id<Lot>>& yielded_by(const Entry& entry);
  Fields start(const Entry& entry, std::string_view name) const {
    Fields row(columns);
    row[occurred_at] = entry.occurred.length == 0 ? entry.occurred.at.text() : time_text(entry);
    row[event] = name, row[document] = entry.document, row[reference] = entry.reference, row[reason] = entry.why;
    return row;
  }
  std::string time_text(const Entry& entry) const;
  void name_lot(const Lot& lot_row, Fields& row) const {
    row[item] = masters_.items.code_of(lot_row.item);
    row[lot] = lot_row.code;
  }
  void name_unit(std::uint32_t id, Fields& row) {
    const Serial* unit = view_.serial(Id<Serial>{id});
    if (unit) name_lot(lot_of(unit->lot.value), row), row[serial] = unit->code;
  }
  std::string place_text(Id<Place> place) const { return std::string(masters_.places.code_of(place)); }
  /// Rows tell of a pallet that came with goods; one that was packed here is in none.
  bool name_handling_unit(std::uint32_t id, Fields& row) {
    const HandlingUnit* unit = view_.handling_unit(Id<HandlingUnit>{id});
    const Entry* opener = unit ? view_.entry(unit->opened_in) : nullptr;
    for (std::size_t i = 0; opener && i < opener->lines.size(); ++i)
      if (const Line& line = opener->lines[i]; line.handling_unit == id) {
        name_lot(lot_of(line.lot.value), row), row[sscc] = unit->sscc;
        return true;
      }
    leave_out("holds on pallets that were packed here");
    return false;
  }
  void leave_out(const std::string& what) { ++report_.left_out[what]; }
  struct ExportedLot {
    Lot lot;
    bool written = false;
  };
  const Lot& lot_of(std::uint32_t id) {
    auto [card, is_new] = lots_.insert(id);
    if (is_new) {
      bool is_held = false;
      card->lot = *view_.behind().lot(Id<Lot>{id}, is_held);
    }
    return card->lot;
  }

  const Snapshot& snapshot_;
  const View& view_;
  const Masters& masters_;
  std::filesystem::path folder_;
  ExportReport report_;
  std::vector<InOrder> order_;
  Entry entry_;
  FlatMap<std::uint32_t, ExportedLot> lots_;
  std::unordered_map<std::uint32_t, LotOpened> opened_;  // until the row that opens the lot is written
  std::unordered_map<std::uint32_t, std::pair<Id<Partner>, std::string>> labels_;  // issuer and code that a lot bears
  struct WrittenHold {
    std::string number;
    Flow flow = Flow::lot;
    std::vector<std::uint32_t> lots;  // that have a row each
  };
  std::unordered_map<std::uint32_t, WrittenHold> holds_;
  std::unordered_set<std::uint64_t> reversed_;
  std::multimap<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> given_back_;  // by entry: run and unit
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> times_given_back_;
  std::unordered_set<std::uint32_t> closed_;
  std::unordered_map<std::uint32_t, std::vector<Id<Lot>>> yielded_;  // of runs that have assigned inputs
};

std::string Exporter::time_text(const Entry& entry) const {
  WrittenTime time{entry.occurred, std::nullopt};
  const std::int64_t length = entry.occurred.length;
  if (length == microseconds_per_second || length == microseconds_per_minute) return time.text();
  // A day: the calendar day of the place where it happened.
  Id<Place> where;
  for (const Line& line : entry.lines)
    for (const Id<Place> end : {line.from, line.to})
      if (masters_.places.find(end)) where = end;
  return masters_.zone_of(where).day_of(entry.occurred.at).text();
}

void Exporter::write_masters() {
  CsvFile items(folder_ / "items.csv", {"item", "name", "gtin", "unit", "tracking", "lot_per", "shelf_life_days",
                                        "category", "decimals", "unit2", "maker", "unit_cost", "warranty_months"});
  masters_.items.each([&](Id<Item>, const Item& i) {
    items.row({i.code, i.name, i.gtins.empty() ? "" : i.gtins.front().gtin, i.unit, std::string(name_of(i.tracking)),
               std::string(name_of(i.lot_per)), number(i.shelf_life_days), i.category, std::to_string(i.decimals),
               i.unit2, i.maker, i.unit_cost.is_zero() ? "" : i.unit_cost.text(), number(i.warranty_months)});
  });
  items.finish();
  CsvFile partners(folder_ / "partners.csv",
                   {"partner", "name", "roles", "gln", "email", "phone", "address", "country"});
  masters_.partners.each([&](Id<Partner>, const Partner& sealed) {
    const Partner p = shown(snapshot_, sealed);
    std::string roles;
    for (const Role role : p.roles) roles += (roles.empty() ? "" : " ") + std::string(name_of(role));
    partners.row({p.code, p.name, roles, p.gln, p.email, p.phone, p.address, p.country});
  });
  partners.finish();
  CsvFile places(folder_ / "locations.csv",
                 {"location", "name", "kind", "parent", "gln", "partner", "time_zone", "mixing"});
  masters_.places.each([&](Id<Place>, const Place& p) {
    if (!p.capacity.is_zero() || !p.residue.is_zero()) leave_out("capacity and residue of vessels");
    places.row({p.code, p.name, std::string(name_of(p.kind)), p.parent, p.gln, p.partner, p.time_zone,
                p.mixing == Mixing::none ? "" : std::string(name_of(p.mixing))});
  });
  places.finish();
  if (masters_.addresses.size() > 0) {
    CsvFile addresses(folder_ / "addresses.csv", {"address", "partner", "name", "street", "city", "country", "gln",
                                                  "transit_days", "contact", "phone", "email"});
    masters_.addresses.each([&](Id<Address>, const Address& sealed) {
      const Address a = shown(snapshot_, sealed);
      addresses.row({a.code, a.partner, a.name, a.street, a.city, a.country, a.gln, number(a.transit_days), a.contact,
                     a.phone, a.email});
    });
    addresses.finish();
  }
  if (masters_.factors.size() > 0) {
    CsvFile factors(folder_ / "factors.csv", {"item", "lot", "unit", "factor"});
    masters_.factors.each([&](Id<Factor>, const Factor& f) { factors.row({f.item, f.lot, f.unit, f.factor.text()}); });
    factors.finish();
  }
  if (masters_.recipes.size() > 0) {
    CsvFile recipes(folder_ / "recipes.csv", {"recipe", "line", "item", "quantity", "unit"});
    masters_.recipes.each([&](Id<Recipe>, const Recipe& r) {
      for (const RecipeLine& l : r.lines)
        recipes.row({r.code, std::string(name_of(l.line)), l.item, l.quantity.text(), l.unit});
    });
    recipes.finish();
  }
  if (masters_.users.size() > 0) report_.left_out["users"] = masters_.users.size();
  if (masters_.attributes.size() > 0) report_.left_out["attributes"] = masters_.attributes.size();
}

/// Which entries stand, in settled order: stock is then never below zero, as recorded or as it occurred.
void Exporter::find_standing() {
  std::unordered_map<std::uint64_t, std::uint64_t> positions;
  Entry entry;
  view_.behind().entries_from(1, [&](const EntryRow& row) {
    decode_entry(row.body, row.seq, entry);
    for (const std::uint64_t seq : entry.reverses) reversed_.insert(seq);
    for (const std::uint64_t seq : entry.reinstates) reversed_.erase(seq);
    std::uint64_t position = row.seq;
    if (!entry.reverses.empty() && entry.kind != EntryKind::void_dispatch && entry.kind != EntryKind::undo) {
      const auto earlier = positions.find(entry.reverses.front());
      position = positions[row.seq] = earlier == positions.end() ? entry.reverses.front() : earlier->second;
    }
    order_.push_back({entry.settled_at.microseconds, position, row.seq});
    if (entry.kind == EntryKind::sign) leave_out("signatures");
    if (entry.kind == EntryKind::give_back)
      for (const Line& line : entry.lines)
        if (line.serial != 0) given_back_.emplace(row.seq, std::pair{entry.run.value, line.serial});
    for (const LotOpened& o : entry.opened) {
      opened_.emplace(o.lot.value, o);
      if (!o.issued_code.empty()) labels_[o.lot.value] = {o.issuer, o.issued_code};
    }
    return true;
  });
  std::erase_if(order_, [&](const InOrder& at) { return reversed_.contains(at.seq); });
  for (const auto& [seq, unit] : given_back_)
    if (!reversed_.contains(seq)) ++times_given_back_[unit];
  std::stable_sort(order_.begin(), order_.end(), [](const InOrder& a, const InOrder& b) {
    return std::tie(a.settled, a.position) < std::tie(b.settled, b.position);
  });
}

/// Dates and first name of a lot, on the first row that speaks of it.
void Exporter::opened_fields(const Entry& entry, Id<Lot> id, Fields& row) {
  const auto opened = opened_.find(id.value);
  if (opened == opened_.end()) return;
  const Lot& now = lot_of(id.value);
  row[expires_on] = now.expires_on.text(), row[produced_on] = now.produced_on.text(),
  row[best_before_on] = now.best_before_on.text(), row[retest_on] = now.retest_on.text();
  if (row[partner].empty() && row[event] == "receive") row[partner] = masters_.partners.code_of(entry.partner);
  opened_.erase(opened);
}

/// Tracked lots that the entry's run yielded, by what stands.
const std::vector<Id<Lot>>& Exporter::yielded_by(const Entry& entry) {
  const auto [known, is_new] = yielded_.try_emplace(entry.run.value);
  std::vector<Id<Lot>>& outputs = known->second;
  if (!is_new) return outputs;
  Entry of_run;
  for (const std::uint64_t seq : view_.history(entry.run.value)) {
    const std::optional<EntryRow> row = view_.behind().entry(seq);
    if (!row || reversed_.contains(seq)) continue;
    decode_entry(row->body, seq, of_run);
    if (of_run.run != entry.run || of_run.kind == EntryKind::give_back) continue;
    for (const Line& line : of_run.lines)
      if (line.from == ends::process || line.from == ends::conversion) outputs.push_back(line.lot);
  }
  std::sort(outputs.begin(), outputs.end());
  outputs.erase(std::unique(outputs.begin(), outputs.end()), outputs.end());
  return outputs;
}

/// The unit that the unit of a line was built into by the entry.
const Serial* Exporter::installed_into(const Entry& entry, std::uint32_t serial) const {
  if (serial == 0) return nullptr;
  for (const Fact& fact : entry.facts)
    if (const auto* installed = std::get_if<Installed>(&fact); installed && installed->serial == serial)
      return view_.serial(Id<Serial>{installed->into});
  return nullptr;
}

/// A unit that a run took and gave back was never in it, as the book reads now (R68).
bool Exporter::is_given_back(const Entry& entry, const Line& line) {
  if (line.serial == 0 || !entry.run) return false;
  if (entry.kind == EntryKind::give_back) return true;
  const auto times = times_given_back_.find({entry.run.value, line.serial});
  if (line.to != ends::process || times == times_given_back_.end() || times->second == 0) return false;
  --times->second;
  return true;
}

/// What `into` says of an input: every output of the run that has this code. Empty where that would say something else.
std::string Exporter::assigned_code(const Entry& entry, std::size_t line) {
  if (const Serial* whole = installed_into(entry, entry.lines[line].serial)) return whole->code;
  const std::vector<Id<Lot>> assigned = outputs_of_line(entry, line);
  if (assigned.empty() || !entry.run) return {};
  const std::string code = lot_of(assigned.front().value).code;
  std::vector<Id<Lot>> fitting, yielded;
  for (const Id<Lot> output : yielded_by(entry)) {
    if (lot_of(output.value).code == code) fitting.push_back(output);
    if (std::binary_search(assigned.begin(), assigned.end(), output)) yielded.push_back(output);
  }
  if (yielded.empty()) return leave_out("inputs assigned to an output that is not yielded yet"), std::string();
  if (fitting == yielded) return code;
  return leave_out("inputs assigned to outputs that one code does not tell (linked to all outputs)"), std::string();
}

/// What was in the vessel before more came to it.
bool is_heel(const Entry& entry, const Line& line) {
  return line.to == ends::conversion && line.from == entry.lines.back().to;
}

void Exporter::write_line(const Entry& entry, std::size_t i, CsvFile& out) {
  const Line& line = entry.lines[i];
  if (is_given_back(entry, line)) return;
  const Lot& lot_row = lot_of(line.lot.value);
  const bool conversion_in = line.to == ends::conversion, conversion_out = line.from == ends::conversion;
  const Run* run = entry.run ? view_.run(entry.run) : nullptr;
  std::string_view name = "move";
  if (entry.kind == EntryKind::fill && (conversion_out || is_heel(entry, line))) return;  // the fill row says it
  if (entry.kind == EntryKind::fill)
    name = "fill";
  else if (line.from == ends::supplier)
    name = "receive";
  else if (line.from == ends::opening)
    name = "open";
  else if (line.to == ends::customer)
    name = "dispatch";
  else if (line.from == ends::customer)
    name = "return";
  else if (line.to == ends::supplier)
    name = "return_to_supplier";
  else if (line.to == ends::process || conversion_in)
    name = "consume";
  else if (line.from == ends::process || conversion_out)
    name = "produce";
  else if (line.to == ends::disposed)
    name = "dispose";
  else if (line.to == ends::sampled)
    name = "sample";
  else if (line.from == ends::count || line.to == ends::count)
    name = "adjust";
  Fields row = start(entry, name);
  // A lot that was counted in before any row opened it enters as opening stock of that moment.
  if (name == "adjust" && line.from == ends::count && opened_.contains(line.lot.value) && !lot_row.code.empty()) {
    row[event] = "open";
    leave_out("found lots (written as opening stock)");
  }
  if (entry.kind == EntryKind::give_back && line.from == ends::process) {
    leave_out("material given back from runs (written as adjustments)");
    row[event] = "adjust";
  }
  name_lot(lot_row, row);
  row[quantity] = line.quantity.text();
  const Serial* unit = view_.serial(Id<Serial>{line.serial});
  if (unit) row[serial] = unit->code;
  if (const HandlingUnit* pallet = view_.handling_unit(Id<HandlingUnit>{line.handling_unit})) row[sscc] = pallet->sscc;
  if (!line.quantity2.is_zero()) row[quantity2] = line.quantity2.text();
  if (line.from.value >= ends::first_free_id) row[from] = place_text(line.from);
  if (line.to.value >= ends::first_free_id) row[to] = place_text(line.to);
  if (name == "receive" || name == "dispatch" || name == "return" || name == "return_to_supplier" || name == "open")
    row[partner] = masters_.partners.code_of(entry.partner);
  if (name == "dispatch") row[to] = masters_.addresses.code_of(entry.address);
  if (name == "fill" && conversion_in) {
    const Line& mixed = entry.lines.back();
    row[to] = place_text(mixed.to), row[into] = lot_of(mixed.lot.value).code;
    opened_.erase(mixed.lot.value);
    // Rows of one fill are one entry only under a document of their own.
    if (row[document].empty()) row[document] = "entry-" + std::to_string(entry.seq);
  }
  if (name == "consume" || name == "produce") {
    const RunKind run_kind = run                                    ? run->kind
                             : entry.kind == EntryKind::split       ? RunKind::split
                             : entry.kind == EntryKind::blend       ? RunKind::blend
                             : entry.kind == EntryKind::relabel     ? RunKind::relabel
                             : entry.kind == EntryKind::disassemble ? RunKind::disassembly
                             : is_repair(entry)                     ? RunKind::rework
                                                                    : RunKind::production;
    if (run_kind != RunKind::production) row[kind] = name_of(run_kind);
    // A transformation without a number of its own is known by its entry.
    row[document] = run                      ? run->number
                    : entry.document.empty() ? "entry-" + std::to_string(entry.seq)
                                             : entry.document + "/" + std::to_string(entry.seq);
    if (name == "consume") row[into] = assigned_code(entry, i);
  }
  if ((row[event] == "dispose" || row[event] == "sample" || row[event] == "adjust") && row[reason].empty())
    row[reason] = "not said";
  if (row[event] == "move" && (row[from].empty() || row[to].empty()) && row[document].empty())
    row[document] = "entry-" + std::to_string(entry.seq);
  if (row[event] == "receive" || row[event] == "open" || row[event] == "produce") opened_fields(entry, line.lot, row);
  // Every receipt names the label that it bore: the one given in this entry, else the first.
  if (row[event] == "receive" || row[event] == "open") {
    auto& [label_issuer, label] = labels_[line.lot.value];
    for (const Fact& fact : entry.facts)
      if (const auto* named = std::get_if<LotNamed>(&fact); named && named->lot == line.lot.value)
        label_issuer.value = named->issuer, label = named->code;
    row[supplier_lot] = label;
    if (!label.empty()) row[issuer] = masters_.partners.code_of(label_issuer);
    if (unit && unit->issuer) row[issuer] = masters_.partners.code_of(unit->issuer);
  }
  out.row(row);
  ++report_.events;
}

void Exporter::write_fact(const Entry& entry, const Fact& fact, CsvFile& out) {
  const auto put = [&](Fields row) {
    out.row(row);
    ++report_.events;
  };
  const auto with_reason = [](Fields row) {
    if (row[reason].empty()) row[reason] = "not said";
    return row;
  };
  if (const auto* changed = std::get_if<LotChanged>(&fact); changed && changed->what == LotField::quality) {
    Fields row = with_reason(start(entry, changed->new_value == "quarantine" ? "quarantine"
                                          : changed->new_value == "rejected" ? "reject"
                                                                             : "release"));
    row[document].clear();
    name_lot(lot_of(changed->lot), row);
    put(std::move(row));
  } else if (const auto* named = std::get_if<LotNamed>(&fact)) {
    Fields row = start(entry, "name");
    name_lot(lot_of(named->lot), row);
    row[supplier_lot] = named->code, row[issuer] = masters_.partners.code_of(Id<Partner>{named->issuer});
    put(std::move(row));
  } else if (const auto* hold = std::get_if<HoldPlaced>(&fact)) {
    Fields row = with_reason(start(entry, "hold"));
    WrittenHold& written = holds_[hold->hold];
    written = {hold->number.empty() ? "H" + std::to_string(hold->hold) : hold->number, hold->flow,
               named_by(entry, *hold)};
    row[document] = written.number, row[from] = place_text(Id<Place>{hold->place});
    row[reason] = hold->reason.empty() ? "not said" : hold->reason;
    if (hold->flow != Flow::lot) row[kind] = name_of(hold->flow);
    if (!hold->recall.empty()) leave_out("recall cases behind holds");
    for (const std::uint32_t id : written.lots) name_lot(lot_of(id), row), put(row);
  } else if (const auto* units = std::get_if<UnitsHeld>(&fact)) {
    Fields row = with_reason(start(entry, "hold"));
    row[document] = holds_[units->hold].number;
    if (const Hold* placed = view_.hold(Id<Hold>{units->hold}); placed && !placed->reason.empty())
      row[reason] = placed->reason;
    for (const std::uint32_t id : units->serials) name_unit(id, row), put(row);
  } else if (const auto* freed = std::get_if<UnitsFreed>(&fact)) {
    Fields row = with_reason(start(entry, "release"));
    row[document] = holds_[freed->hold].number;
    for (const std::uint32_t id : freed->serials) name_unit(id, row), put(row);
  } else if (const auto* pallets = std::get_if<HandlingUnitsHeld>(&fact)) {
    Fields row = with_reason(start(entry, "hold"));
    row[document] = holds_[pallets->hold].number;
    if (const Hold* placed = view_.hold(Id<Hold>{pallets->hold}); placed && !placed->reason.empty())
      row[reason] = placed->reason;
    for (const std::uint32_t id : pallets->handling_units)
      if (name_handling_unit(id, row)) put(row);
  } else if (const auto* let_go = std::get_if<HandlingUnitsFreed>(&fact)) {
    Fields row = with_reason(start(entry, "release"));
    row[document] = holds_[let_go->hold].number;
    for (const std::uint32_t id : let_go->handling_units)
      if (name_handling_unit(id, row)) put(row);
  } else if (const auto* lifted = std::get_if<HoldLifted>(&fact)) {
    Fields row = with_reason(start(entry, "release"));
    const WrittenHold& written = holds_[lifted->hold];
    row[document] = written.number;
    // A row lifts the hold that its lot was named for, and with it what that one flowed to.
    const bool is_part = written.flow != Flow::lot && !lifted->wholly;
    if (is_part) leave_out("holds that flow, lifted in part (written as lifted)");
    for (const std::uint32_t id : written.flow == Flow::lot ? lifted->lots : written.lots)
      name_lot(lot_of(id), row), put(row);
  } else if (const auto* run = std::get_if<RunChanged>(&fact);
             run && run->new_state == RunState::closed && closed_.insert(run->run).second) {
    Fields row = start(entry, "close");
    row[document] = view_.run(Id<Run>{run->run})->number;
    put(std::move(row));
  } else if (std::holds_alternative<Joined>(fact)) {
    leave_out("joined lots");
  } else if (std::holds_alternative<Packed>(fact)) {
    if (entry.kind == EntryKind::pack || entry.kind == EntryKind::unpack)
      leave_out("what was put on pallets, and taken off (what leaves on one says so)");
  } else if (const auto* declared = std::get_if<VesselDeclared>(&fact)) {
    Fields row = start(entry, declared->is_clean ? "clean" : "empty");
    row[to] = place_text(Id<Place>{declared->place});
    put(std::move(row));
  } else if (std::holds_alternative<Assumed>(fact)) {
    if (entry.kind != EntryKind::fill) leave_out("assumed links");  // a vessel not emptied tells it again
  } else if (const auto* reading = std::get_if<Reading>(&fact); reading && reading->attribute != "import") {
    leave_out("readings of attributes");
  } else if (std::holds_alternative<OrderSet>(fact)) {
    leave_out("sales and purchase orders (what was picked is written as moves)");
  } else if (std::holds_alternative<DockRefused>(fact)) {
    leave_out("goods refused at the dock");
  } else if (std::holds_alternative<FindingSet>(fact)) {
    leave_out("complaints and defects");
  } else if (std::holds_alternative<WarrantySet>(fact)) {
    leave_out("warranties that were agreed");
  }
}

/// Lots that the bundle names for a hold: those that it does not reach from the ones before them, by what was known
/// when it was placed. What it flowed to is reached again when the bundle comes in.
std::vector<std::uint32_t> Exporter::named_by(const Entry& entry, const HoldPlaced& hold) const {
  if (hold.flow == Flow::lot) return hold.lots;
  TableLinks links(view_.behind(), entry.seq);
  std::vector<std::uint32_t> named;
  std::unordered_set<std::uint32_t> reached;
  for (const std::uint32_t id : hold.lots) {
    // What no row has opened yet, an assigned input went into: the hold reaches it by that.
    if (reached.contains(id) || opened_.contains(id)) continue;
    named.push_back(id);
    const Id<Lot> seed{id};
    for (const Walk::Reached& lot : walk(links, std::span(&seed, 1), Way::forward).lots) reached.insert(lot.lot.value);
  }
  return named;
}

void Exporter::write_entry(const Entry& entry, CsvFile& out) {
  if (entry.kind == EntryKind::set_record || entry.kind == EntryKind::set_up || entry.kind == EntryKind::note ||
      entry.kind == EntryKind::erase)
    return;
  // A lot that quarantine waits for from its first moment needs a row of its own.
  std::vector<LotOpened> waiting;
  for (const LotOpened& o : entry.opened)
    if (o.quality != Quality::released) waiting.push_back(o);
  for (std::size_t i = 0; i < entry.lines.size(); ++i) write_line(entry, i, out);
  for (const LotOpened& o : waiting) {
    Fields row = start(entry, o.quality == Quality::quarantine ? "quarantine" : "reject");
    row[document].clear();
    if (row[reason].empty()) row[reason] = "on arrival";
    name_lot(lot_of(o.lot.value), row);
    out.row(row);
    ++report_.events;
  }
  // Facts of a closing entry come last.
  for (const Fact& fact : entry.facts) write_fact(entry, fact, out);
}

}  // namespace

ExportReport export_bundle(const Snapshot& snapshot, const std::string& folder) {
  return Exporter(snapshot, folder).run();
}

}  // namespace lotbook
