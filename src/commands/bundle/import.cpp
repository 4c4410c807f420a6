// SPDX-License-Identifier: Apache-2.0
#include "commands/bundle/import.h"

#include <algorithm>

#include "commands/bundle/history_in.h"
#include "commands/bundle/masters_in.h"
#include "ledger/book.h"

namespace lotbook {

namespace {

/// How far an earlier import read its events: a later bundle that begins with the same bytes goes on behind them.
constexpr std::string_view read_attribute = "import";

struct ReadBefore {
  std::size_t bytes = 0;
  std::string hash;
};

std::string digest_of(const BundleFiles& files) {
  std::string sum;
  for (const BundleFiles::File* file :
       {&files.items, &files.partners, &files.places, &files.events, &files.factors, &files.recipes, &files.addresses})
    sum += hex(sha256({bytes_of(file->text)}));
  return hex(sha256({bytes_of(sum)}));
}

/// Bytes of this events file that an earlier import brought in.
std::size_t bytes_known(View& view, const BundleFiles::File& events) {
  std::size_t known = 0;
  for (const std::uint64_t seq : view.documents("import")) {
    const Entry* entry = view.entry(seq);
    if (!entry || entry->kind != EntryKind::note) continue;
    ReadBefore before;
    for (const Fact& fact : entry->facts)
      if (const auto* reading = std::get_if<Reading>(&fact); reading && reading->attribute == read_attribute)
        before = {static_cast<std::size_t>(std::stoull(reading->unit)), reading->value};
    if (before.bytes <= known || before.bytes > events.text.size()) continue;
    if (hex(sha256({bytes_of(std::string_view(events.text).substr(0, before.bytes))})) == before.hash)
      known = before.bytes;
  }
  return known;
}

/// The entry that ends an import; its key makes the same bundle come in once.
Entry import_note(const BundleFiles& files, const ImportReport& report, const ImportOptions& options,
                  const std::string& digest, Instant now) {
  Entry note;
  note.kind = EntryKind::note, note.recorded_at = now, note.occurred = {now, 0}, note.settled_at = now,
  note.who = options.who, note.document = "import";
  note.why = "Imported " + std::to_string(report.events) + " events.";
  note.client = "import", note.key = digest;
  note.facts.emplace_back(Reading{0, std::string(read_attribute), hex(sha256({bytes_of(files.events.text)})),
                                  std::to_string(files.events.text.size())});
  return note;
}

Instant first_instant(const BundleFiles::File& events) {
  std::vector<BundleFault> ignored;
  CsvReader csv(events.name, events.text, event_columns(), ignored);
  Instant first{INT64_MAX};
  while (csv.next())
    if (const std::optional<WrittenTime> time = WrittenTime::parse(csv.field(0)))
      first = std::min(
          first, time->day ? Instant{(std::int64_t{time->day->day} - 1) * microseconds_per_day} : time->interval.at);
  return first.microseconds == INT64_MAX ? Instant{} : first;
}

}  // namespace

ImportReport import_bundle(Store& store, Clock& clock, const ImportOptions& options) {
  ImportReport report;
  const BundleFiles files = read_bundle(options.folder, report.faults);
  if (!report.faults.empty()) return report;
  Book::create(store, {}, clock.now());
  Book book(store);
  const std::string digest = digest_of(files);
  const Instant now = std::max(clock.now(), book.last_recorded());
  const auto run = [&](const std::vector<ProposedOpening>& openings, bool tolerates_want) {
    report = ImportReport{};
    Book::Batch batch(book, Book::Batch::Size::bulk);
    View& view = batch.view();
    if (view.idem(view.idem_key("import", digest))) {
      report.changed_nothing = true;
      return;
    }
    import_masters(files, view, now, options.who, report.faults, [&](Draft draft) {
      for (PrivateRow& row : draft.privates) batch.keep_private(std::move(row));
      batch.post(std::move(draft.entry));
      ++report.entries;
    });
    if (!report.faults.empty()) return;
    HistoryIn history(view, now, options, report.faults, report, [&](Entry& entry) { batch.post_kept(entry); });
    history.tolerates_want = tolerates_want;
    const std::size_t known = bytes_known(view, files.events);
    if (!openings.empty()) history.open_first(openings, first_instant(files.events));
    history.read(files.events, known);
    report.openings = tolerates_want ? history.wants() : openings;
    if (!report.faults.empty() || tolerates_want || options.dry_run) return;
    batch.post(import_note(files, report, options, digest, now));
    batch.commit();
  };
  std::vector<ProposedOpening> openings;
  if (options.open_missing) {
    run({}, true);
    if (!report.faults.empty() || report.changed_nothing) return report;
    openings = report.openings;
    if (options.dry_run) return report;
  }
  run(openings, false);
  return report;
}

}  // namespace lotbook
