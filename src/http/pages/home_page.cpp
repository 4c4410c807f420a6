// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "http/pages/pages.h"
#include "queries/history.h"
#include "queries/stock.h"
#include "queries/watch.h"

namespace lotbook {

namespace {

constexpr int rows_shown = 8;

Markup alert(Viewing& viewing) {
  const std::string text = viewing.transaction.setting("incident_text").value_or("");
  if (text.empty()) return {};
  const std::string search = viewing.transaction.setting("incident_search").value_or("");
  const Markup next = search.empty() ? markup("Search for the lot that it names.")
                                     : link(address("/lots", {{"text", search}}),
                                            markup("Find ") + escaped(search) + markup(" in this book"));
  return markup("<section class=\"alert\" aria-labelledby=\"alert\"><h2 id=\"alert\">Supplier alert</h2><p>") +
         escaped(text) + markup("</p><p>") + next + markup("</p></section>");
}

Markup expiring(const Viewing& viewing) {
  constexpr int rows_looked_at = 1000;
  ExpiringQuestion question;
  question.limit = rows_looked_at;
  const Result<ExpiringAnswer> answer = ask(question, viewing.snapshot);
  if (!answer) return {};
  // What has expired already is said in one sentence, or it would fill the list for good.
  std::set<std::pair<std::string, std::string>> passed;
  std::vector<std::vector<Markup>> rows;
  for (const ExpiringLine& line : answer->rows) {
    if (line.days_left < 0) passed.emplace(line.item, line.lot);
    if (line.days_left < 0 || rows.size() == rows_shown) continue;
    rows.push_back({escaped(line.governing_day.text()), escaped(std::to_string(line.days_left)),
                    item_text(viewing.masters(), line.item), lot_link(line.item, line.lot), escaped(line.place),
                    amount(viewing.masters(), line.item, line.quantity), chip(line.standing)});
  }
  Markup out = table("Next to expire",
                     {{"Day"}, {"Days left", true}, {"Item"}, {"Lot"}, {"Where"}, {"Quantity", true}, {"Status"}}, rows,
                     "Nothing else expires within 30 days.");
  if (!passed.empty())
    out += markup("<p>") + escaped(std::to_string(passed.size())) + markup(answer->next.empty() ? "" : " or more") +
           markup(passed.size() == 1 ? " lot has passed its day and is still in stock.</p>"
                                     : " lots have passed their day and are still in stock.</p>");
  return section("Next to expire", out);
}

Markup holds(const Viewing& viewing) {
  HoldsQuestion question;
  question.limit = rows_shown;
  const Result<HoldsAnswer> answer = ask(question, viewing.snapshot);
  if (!answer) return {};
  std::vector<std::vector<Markup>> rows;
  for (const HoldLine& hold : answer->rows) {
    Markup lots;
    for (std::size_t i = 0; i < hold.lots.size() && i < 3; ++i)
      lots += (i == 0 ? Markup{} : markup(", ")) + lot_link(hold.lots[i].item, hold.lots[i].lot);
    if (hold.lots_covered > 3) lots += escaped(" and " + std::to_string(hold.lots_covered - 3) + " more");
    rows.push_back({escaped(hold.number), escaped(hold.reason), escaped(hold.author), lots, time_text(hold.placed_at)});
  }
  return section("On hold",
                 table("On hold", {{"Hold"}, {"Why"}, {"By"}, {"Lots"}, {"Since"}}, rows, "No hold stands."));
}

Markup newest(const Viewing& viewing) {
  EntriesQuestion question;
  const std::uint64_t head = viewing.snapshot.view.head().seq;
  question.after = head > rows_shown ? head - rows_shown : 0;
  const Result<EntriesAnswer> answer = ask(question, viewing.snapshot);
  if (!answer) return {};
  std::vector<std::vector<Markup>> rows;
  for (auto entry = answer->entries.rbegin(); entry != answer->entries.rend(); ++entry) {
    Markup lots;
    std::vector<std::string> seen;
    for (const EntryLine& line : entry->lines) {
      if (seen.size() == 3 || std::find(seen.begin(), seen.end(), line.item + "/" + line.lot) != seen.end()) continue;
      lots += (seen.empty() ? Markup{} : markup(", ")) + lot_link(line.item, line.lot);
      seen.push_back(line.item + "/" + line.lot);
    }
    rows.push_back({escaped(std::to_string(entry->entry)), escaped(words(entry->kind)), lots, escaped(entry->document),
                    partner_text(viewing.masters(), entry->partner), escaped(entry->who),
                    time_text(entry->recorded_at)});
  }
  return section(
      "Newest entries",
      table("Newest entries", {{"Entry", true}, {"What"}, {"Lots"}, {"Document"}, {"Partner"}, {"Who"}, {"Recorded"}},
            rows, "Nothing was recorded yet."));
}

}  // namespace

Response home_page(Viewing viewing) {
  viewing.frame.title = "Home", viewing.frame.here = "/";
  const Markup find = markup(
      "<form class=\"find\" role=\"search\" action=\"/lots\"><label for=\"find\">Find a lot, an item, a partner "
      "or a document</label><div><input id=\"find\" type=\"search\" name=\"text\" minlength=\"3\" "
      "maxlength=\"60\" autocomplete=\"off\" required aria-describedby=\"hint\"><button>Search</button></div><p "
      "id=\"hint\" class=\"muted\">Any part of a code or name, three characters or more.</p></form>");
  return page(viewing.frame, markup("<h1>") + escaped(viewing.frame.company) + markup("</h1>") + alert(viewing) + find +
                                 expiring(viewing) + holds(viewing) + newest(viewing));
}

}  // namespace lotbook
