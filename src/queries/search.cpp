// SPDX-License-Identifier: Apache-2.0
#include "queries/search.h"

#include <algorithm>

#include "base/text.h"

namespace lotbook {

namespace {

class Finder {
 public:
  Finder(const Snapshot& snapshot, const std::string& text, std::size_t most)
      : view_(snapshot.view), text_(text), folded_(folded(text)), skeleton_(skeleton(text)), most_(most) {}

  SearchAnswer find() {
    const Masters& masters = view_.masters();
    find_records("item", masters.items);
    find_lots();
    find_records("partner", masters.partners);
    find_records("address", masters.addresses);
    find_records("place", masters.places);
    view_.behind().documents_with(text_, [&](std::string_view number) {
      return add({view_.run_numbered(number) ? "order" : "document", std::string(number), {}, {}, {}, {}});
    });
    // An order without entries on its number yet.
    if (const Run* run = view_.run_numbered(text_); run && !has("order", run->number))
      add({"order", run->number, {}, {}, {}, {}});
    return std::move(answer_);
  }

 private:
  bool add(Find found) {
    if (answer_.rows.size() == most_) return answer_.more = true, false;
    answer_.rows.push_back(std::move(found));
    return true;
  }
  bool has(std::string_view noun, std::string_view code) const {
    return std::any_of(answer_.rows.begin(), answer_.rows.end(),
                       [&](const Find& f) { return f.noun == noun && f.code == code; });
  }

  template <class T>
  void find_records(const char* noun, const Register<T>& records) {
    records.each([&](Id<T>, const T& record) {
      if (answer_.more) return;
      if (folded(record.code).find(folded_) != std::string::npos ||
          folded(record.name).find(folded_) != std::string::npos)
        add({noun, record.code, record.name, {}, {}, {}});
    });
  }

  void find_lots() {
    if (skeleton_.empty()) return;
    const Masters& masters = view_.masters();
    std::vector<LotName> names;
    view_.behind().names_with(skeleton_, [&](const LotName& name) {
      names.push_back(name);
      return names.size() <= most_;
    });
    std::sort(names.begin(), names.end(), [](const LotName& a, const LotName& b) {
      return std::tie(a.code, a.item, a.lot, a.kind) < std::tie(b.code, b.item, b.lot, b.kind);
    });
    for (const LotName& name : names) {
      const LotState* state = view_.lot(name.lot);
      if (!state) continue;
      Find found{"lot",
                 state->lot.code,
                 {},
                 std::string(masters.items.code_of(name.item)),
                 std::string(masters.partners.code_of(name.issuer)),
                 {}};
      if (name.kind != NameKind::own) found.bears = name.code;
      if (const Item* item = masters.items.find(name.item)) found.name = item->name;
      if (!add(std::move(found))) return;
    }
  }

  const View& view_;
  std::string text_, folded_, skeleton_;
  std::size_t most_;
  SearchAnswer answer_;
};

}  // namespace

Result<SearchAnswer> ask(const SearchQuestion& question, const Snapshot& snapshot) {
  if (length_in_characters(question.text) < 3)
    return Refusal{Code::out_of_range, "/text", "Give three characters of the code or name, or more."};
  return Finder(snapshot, question.text, rows_allowed(question.limit)).find();
}

}  // namespace lotbook
