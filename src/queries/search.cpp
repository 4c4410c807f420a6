// SPDX-License-Identifier: Apache-2.0
#include "queries/search.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <unordered_set>

#include "base/text.h"
#include "queries/search_terms.h"

namespace lotbook {

namespace {

constexpr std::array fits{Fit::whole, Fit::beginning, Fit::within};
// Looking at so many entries takes some milliseconds; reading through all names of a large book takes hundreds.
constexpr std::uint64_t most_tail = 5'000;

/// Where a page ends: how the last find fits, and its place.
struct Cursor {
  Fit fit = Fit::whole;
  std::int64_t place = INT64_MAX;

  std::string text() const { return std::to_string(static_cast<int>(fit)) + "." + std::to_string(place); }
  static std::optional<Cursor> parse(std::string_view text) {
    Cursor cursor;
    if (text.empty()) return cursor;
    if (text.size() < 3 || text[0] < '0' || text[0] > '2' || text[1] != '.') return std::nullopt;
    cursor.fit = static_cast<Fit>(text[0] - '0');
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + 2, end, cursor.place);
    if (read.ec != std::errc() || read.ptr != end || cursor.place < 0) return std::nullopt;
    return cursor;
  }
  std::int64_t below(Fit asked) const { return asked == fit ? place : INT64_MAX; }
  bool is_before(Fit f, std::int64_t p) const { return f > fit || (f == fit && p < place); }
};

struct Candidate {
  Fit fit;
  std::int64_t place;
  std::string text;
  bool operator<(const Candidate& other) const {
    return std::tie(fit, other.place, text) < std::tie(other.fit, place, other.text);
  }
  bool operator==(const Candidate& other) const { return place == other.place && text == other.text; }
};

/// Turns what may fit into finds, as the book has it now, until the page is full.
class Page {
 public:
  Page(const View& view, std::string key, std::size_t most) : view_(view), key_(std::move(key)), most_(most) {
    answer_.entry = view_.head().seq;
  }

  /// Candidates in the order of showing; false when the page is full and there is more.
  bool consider(Fit fit, std::int64_t place, std::string_view text) {
    std::optional<Find> find = find_at(fit, place, text);
    if (!find) return true;
    if (answer_.rows.size() == most_) {
      answer_.next = last_.text();
      return false;
    }
    answer_.rows.push_back(std::move(*find));
    last_ = {fit, place};
    return true;
  }
  SearchAnswer take() { return std::move(answer_); }

 private:
  std::optional<Find> find_at(Fit fit, std::int64_t place, std::string_view text) const {
    const Masters& masters = view_.masters();
    const std::uint64_t id = id_at_place(place);
    switch (group_at(place)) {
      case SearchGroup::item: return record("item", masters.items, id, fit, text);
      case SearchGroup::partner: return record("partner", masters.partners, id, fit, text);
      case SearchGroup::address: return record("address", masters.addresses, id, fit, text);
      case SearchGroup::place: return record("place", masters.places, id, fit, text);
      case SearchGroup::lot: return lot(Id<Lot>{static_cast<std::uint32_t>(id)}, text);
      case SearchGroup::unit: return unit(Id<Serial>{static_cast<std::uint32_t>(id)});
      case SearchGroup::handling_unit: return handling_unit(Id<HandlingUnit>{static_cast<std::uint32_t>(id)});
      case SearchGroup::paper: break;
    }
    // The index may be ahead of what this question sees.
    if (id > view_.head().seq) return std::nullopt;
    return Find{view_.run_numbered(text) ? "order" : "document", std::string(text), {}, {}, {}, {}};
  }

  /// A record is found once, by whichever of its code and name fits better.
  template <class T>
  std::optional<Find> record(const char* noun, const Register<T>& records, std::uint64_t id, Fit fit,
                             std::string_view text) const {
    const T* found = records.find(Id<T>{static_cast<std::uint32_t>(id)});
    if (!found || (text != found->code && text != found->name)) return std::nullopt;
    const std::optional<Fit> by_code = fit_of(key_, skeleton(found->code));
    const std::optional<Fit> by_name = fit_of(key_, skeleton(found->name));
    const bool code_is_better = by_code && (!by_name || *by_code <= *by_name);
    if (text != (code_is_better ? found->code : found->name) || fit != (code_is_better ? by_code : by_name))
      return std::nullopt;
    return Find{noun, found->code, found->name, {}, {}, {}};
  }

  std::optional<Find> unit(Id<Serial> id) const {
    const Serial* unit = view_.serial(id);
    if (!unit) return std::nullopt;
    const Item* item = view_.masters().items.find(unit->item);
    return Find{"unit",
                unit->code,
                item ? item->name : std::string(),
                item ? item->code : std::string(),
                std::string(view_.masters().partners.code_of(unit->issuer)),
                {}};
  }

  std::optional<Find> handling_unit(Id<HandlingUnit> id) const {
    const HandlingUnit* unit = view_.handling_unit(id);
    if (!unit || !unit->is_known) return std::nullopt;
    return Find{"handling_unit", unit->sscc, {}, {}, {}, {}};
  }

  std::optional<Find> lot(Id<Lot> id, std::string_view text) const {
    const LotState* state = view_.lot(id);
    if (!state) return std::nullopt;
    const LotName* borne = nullptr;
    for (const LotName& name : view_.names_like(state->lot.item, text))
      if (name.lot == id && name.code == text && (!borne || name.kind < borne->kind)) borne = &name;
    if (!borne) return std::nullopt;
    const Masters& masters = view_.masters();
    Find find{"lot",
              state->lot.code,
              {},
              std::string(masters.items.code_of(state->lot.item)),
              std::string(masters.partners.code_of(borne->issuer)),
              {}};
    if (borne->kind != NameKind::own) find.bears = borne->code;
    if (const Item* item = masters.items.find(state->lot.item)) find.name = item->name;
    return find;
  }

  const View& view_;
  std::string key_;
  std::size_t most_;
  SearchAnswer answer_;
  Cursor last_;
};

/// The best candidates behind a cursor, kept while all are seen in no order.
class BestCandidates {
 public:
  BestCandidates(std::string key, const Cursor& from, std::size_t most)
      : key_(std::move(key)), from_(from), most_(most) {}

  void see(SearchGroup group, std::uint64_t id, std::string_view text) {
    see(search_place(group, id, text), text, skeleton(text));
  }
  void see(std::int64_t place, std::string_view text, std::string_view key) {
    const std::optional<Fit> fit = fit_of(key_, key);
    if (!fit || !from_.is_before(*fit, place)) return;
    found_.push_back({*fit, place, std::string(text)});
    if (found_.size() >= 2 * most_ + 1000) keep_best();
  }
  const std::vector<Candidate>& in_order() {
    keep_best();
    return found_;
  }

 private:
  void keep_best() {
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    if (found_.size() > most_) found_.resize(most_);
  }
  std::string key_;
  Cursor from_;
  std::size_t most_;
  std::vector<Candidate> found_;
};

struct Search {
  const View& view;
  std::string key;
  bool only_whole;  ///< too short to be looked for inside of codes
  Cursor from;
  std::size_t most;
};

/// Nullopt when the index cannot answer: it is of another book, or far behind.
std::optional<SearchAnswer> find_by_index(const Search& search, SearchIndex& index) {
  const std::unique_ptr<SearchReading> reading = index.read();
  const SearchReached reached = reading->reached();
  const std::uint64_t head = search.view.head().seq;
  Transaction& book = search.view.behind();
  if (reached.entry == 0 || head > reached.entry + most_tail) return std::nullopt;
  if (reached.entry <= head) {
    const std::optional<EntryRow> row = book.entry(reached.entry);
    if (!row || row->hash != reached.hash) return std::nullopt;
  }
  std::vector<SearchTerm> terms;
  if (reached.entry < head) {
    Entry entry;
    book.entries_from(reached.entry + 1, [&](const EntryRow& row) {
      decode_entry(row.body, row.seq, entry);
      add_search_terms(entry, terms);
      return true;
    });
    // A number that the index has is found there; of those that it has not, the first entry counts.
    std::unordered_set<std::string> numbers;
    std::erase_if(terms, [&](const SearchTerm& term) {
      if (!fit_of(search.key, term.key)) return true;
      if (group_at(term.place) != SearchGroup::paper) return false;
      if (!numbers.insert(term.text).second) return true;
      const std::uint64_t here = id_at_place(term.place);
      const std::vector<std::uint64_t> papers = book.documents(term.text);
      const Run* run = search.view.run_numbered(term.text);
      return (!papers.empty() && papers.front() < here) || (run && run->opened_in < here);
    });
  }
  BestCandidates tail(search.key, search.from, terms.size() + 1);
  for (const SearchTerm& term : terms) tail.see(term.place, term.text, term.key);
  const std::vector<Candidate>& newest = tail.in_order();

  Page page(search.view, search.key, search.most);
  auto next = newest.begin();
  for (const Fit fit : fits) {
    if (fit < search.from.fit || (search.only_whole && fit != Fit::whole)) continue;
    bool there_is_room = true;
    const auto newest_above = [&](std::int64_t place) {
      for (; there_is_room && next != newest.end() && next->fit == fit && next->place > place; ++next)
        there_is_room = page.consider(fit, next->place, next->text);
      return there_is_room;
    };
    reading->terms(fit, search.key, search.from.below(fit), [&](std::int64_t place, std::string_view text) {
      if (!newest_above(place)) return false;
      if (next != newest.end() && next->fit == fit && next->place == place && next->text == text) ++next;
      return there_is_room = page.consider(fit, place, text);
    });
    if (!newest_above(-1)) break;
  }
  return page.take();
}

template <class T>
void see_records(SearchGroup group, const Register<T>& records, BestCandidates& best) {
  records.each([&](Id<T> id, const T& record) {
    best.see(group, id.value, record.code), best.see(group, id.value, record.name);
  });
}

/// Reads through everything that has a code or name.
SearchAnswer find_by_reading(const Search& search) {
  // Room for those that turn out to be the same record by its other name.
  BestCandidates best(search.key, search.from, 2 * search.most + 2);
  const Masters& masters = search.view.masters();
  see_records(SearchGroup::item, masters.items, best);
  see_records(SearchGroup::partner, masters.partners, best);
  see_records(SearchGroup::address, masters.addresses, best);
  see_records(SearchGroup::place, masters.places, best);
  Transaction& book = search.view.behind();
  book.names_with(search.key, [&](const LotName& name) {
    best.see(SearchGroup::lot, name.lot.value, name.code);
    return true;
  });
  book.all_serials([&](Id<Serial> id, std::string_view code) { best.see(SearchGroup::unit, id.value, code); });
  book.all_handling_units(
      [&](Id<HandlingUnit> id, std::string_view sscc) { best.see(SearchGroup::handling_unit, id.value, sscc); });
  // An order may have no entries on its number yet, or only later ones.
  std::map<std::string, std::uint64_t, std::less<>> orders;
  book.runs_after("", [&](const Run& run) {
    if (fit_of(search.key, skeleton(run.number))) orders.emplace(run.number, run.opened_in);
    return true;
  });
  for (const auto& [number, opened_in] : orders) best.see(SearchGroup::paper, opened_in, number);
  book.each_document([&](std::string_view number, std::uint64_t first) {
    if (!orders.contains(number)) best.see(SearchGroup::paper, first, number);
    return true;
  });
  Page page(search.view, search.key, search.most);
  for (const Candidate& found : best.in_order()) {
    if (search.only_whole && found.fit != Fit::whole) break;
    if (!page.consider(found.fit, found.place, found.text)) break;
  }
  return page.take();
}

SearchAnswer find(const Search& search, SearchIndex* index) {
  if (index) {
    try {
      if (std::optional<SearchAnswer> answer = find_by_index(search, *index)) return std::move(*answer);
    } catch (const StoreFailure& failure) {
      // Whether it was the index or the book: the book is asked once more.
      if (failure.kind == StoreFailure::Kind::damaged) index->distrust();
    }
  }
  return find_by_reading(search);
}

}  // namespace

Result<SearchAnswer> ask(const SearchQuestion& question, const Snapshot& snapshot) {
  const std::optional<Cursor> from = Cursor::parse(question.after);
  if (!from) return Refusal{Code::malformed, "/after", "Give the `next` of an earlier answer, or leave it out."};
  const std::string key = skeleton(question.text);
  const bool is_short = length_in_characters(question.text) < 3 || length_in_characters(key) < 3;
  const Search search{snapshot.view, key, is_short, *from, rows_allowed(question.limit)};
  SearchAnswer answer = find(search, snapshot.search ? snapshot.search() : nullptr);
  if (is_short && answer.rows.empty() && question.after.empty())
    return Refusal{Code::out_of_range, "/text",
                   "Nothing is called just so. Give three characters of the code or name, or more."};
  return answer;
}

}  // namespace lotbook
