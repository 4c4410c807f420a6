// SPDX-License-Identifier: Apache-2.0
#include "http/pages/pages.h"
#include "http/refusal_answer.h"
#include "queries/lot.h"

namespace lotbook {

namespace {

Markup title_of(const LotAnswer& lot) {
  return markup("<div class=\"title\"><h1>") + escaped(lot.item_name.empty() ? lot.item : lot.item_name) +
         markup(" <bdi class=\"code\" dir=\"ltr\">") + escaped(lot.lot.empty() ? "(not tracked by lot)" : lot.lot) +
         markup("</bdi></h1>") + chip(lot.standing) + markup("</div>");
}

Markup actions(const LotAnswer& lot) {
  const auto trace = [&](const char* way) {
    return address("/trace", {{"item", lot.item}, {"lot", lot.lot}, {"way", way}});
  };
  return markup("<p class=\"actions\"><a class=\"button\" href=\"") + escaped(trace("back")) +
         markup("\">← Where it came from</a> <a class=\"button\" href=\"") + escaped(trace("forward")) +
         markup("\">Where it went →</a></p>");
}

Markup facts(const Viewing& viewing, const LotAnswer& lot) {
  const auto day = [](Date date) { return escaped(date.text()); };
  Markup expires = day(lot.expires_on);
  if (lot.expires_on && lot.expiry_calculated) expires += markup(" <span class=\"muted\">calculated</span>");
  return pairs(
      {{"On hand", markup("<strong>") + amount(viewing.masters(), lot.item, lot.on_hand) + markup("</strong>")},
       {"Item", link(address("/lots", {{"item", lot.item}}), escaped(lot.item))},
       {"Known outside as", escaped(lot.traceability_code)},
       {"Expires on", expires},
       {"Best before", day(lot.best_before_on)},
       {"Test again after", day(lot.retest_on)},
       {"Produced on", day(lot.produced_on)},
       {"Received on", day(lot.received_on)},
       {"Came into the book", escaped(words(name_of(lot.origin)))},
       {"Decision of quality", escaped(words(name_of(lot.quality)))}});
}

Markup where(const Viewing& viewing, const LotAnswer& lot) {
  std::vector<std::vector<Markup>> rows;
  for (const LotPlace& place : lot.places) {
    const std::string name = place.name.empty() || place.name == place.place ? "" : place.name;
    rows.push_back({escaped(place.place) + markup(name.empty() ? "" : " <span class=\"muted\">") + escaped(name) +
                        markup(name.empty() ? "" : "</span>"),
                    escaped(place.site), amount(viewing.masters(), lot.item, place.quantity), chip(place.standing),
                    place.why_not.empty() ? markup("yes") : escaped(place.why_not)});
  }
  return section("Where it is",
                 table("Where it is", {{"Place"}, {"Site"}, {"Quantity", true}, {"Status"}, {"May be dispatched"}},
                       rows, "Nothing of it is left."));
}

Markup holds(const LotAnswer& lot) {
  if (lot.holds.empty()) return {};
  std::vector<std::vector<Markup>> rows;
  for (const LotHold& hold : lot.holds)
    rows.push_back({escaped(hold.number), escaped(hold.reason), escaped(hold.author),
                    hold.place.empty() ? markup("everywhere") : escaped(hold.place)});
  return section("Holds", table("Holds", {{"Hold"}, {"Why"}, {"By"}, {"Where"}}, rows, ""));
}

Markup names(const Viewing& viewing, const LotAnswer& lot) {
  std::vector<std::vector<Markup>> rows;
  for (const LotNameRow& name : lot.names)
    rows.push_back({markup("<bdi class=\"code\" dir=\"ltr\">") + escaped(name.code) + markup("</bdi>"),
                    escaped(words(name_of(name.kind))), partner_text(viewing.masters(), name.issuer)});
  Markup out = table("Names", {{"Code"}, {"Kind"}, {"Who gave it"}}, rows, "It has no code.");
  for (const LotAsked& other : lot.joined)
    out += markup("<p>The same lot as ") + lot_link(other.item, other.lot) + markup(".</p>");
  return section("Codes it bears", out);
}

Markup balance(const Viewing& viewing, const LotAnswer& lot) {
  const Balance& b = lot.balance;
  const auto rows_of = [&](const std::vector<std::pair<std::string_view, Decimal>>& sums) {
    std::vector<std::vector<Markup>> rows;
    for (const auto& [name, sum] : sums)
      if (!sum.is_zero()) rows.push_back({escaped(name), amount(viewing.masters(), lot.item, sum)});
    return rows;
  };
  const auto in = rows_of({{"Opening stock", b.opened},
                           {"Received", b.received},
                           {"Produced", b.yielded},
                           {"Returned by customers", b.returned},
                           {"From other lots", b.converted_in},
                           {"Found by counts", b.count_gains},
                           {"Sum", b.total_in}});
  const auto out = rows_of({{"Used in production", b.consumed},
                            {"Dispatched", b.dispatched},
                            {"Back to suppliers", b.back_to_supplier},
                            {"Destroyed", b.disposed},
                            {"Taken for testing", b.sampled},
                            {"Into other lots", b.converted_out},
                            {"Missed by counts", b.count_losses},
                            {"On hand", b.on_hand},
                            {"Sum", b.total_out}});
  const Markup verdict =
      b.difference.is_zero()
          ? markup("<p class=\"good\">In and out agree to the last decimal.</p>")
          : markup("<p class=\"fault\">In and out differ: the book is damaged. Run lotbook verify.</p>");
  return section("In and out", verdict + markup("<div class=\"two\">") +
                                   table("In", {{"In"}, {"Quantity", true}}, in, "Nothing came in.") +
                                   table("Out", {{"Out"}, {"Quantity", true}}, out, "Nothing went out.") +
                                   markup("</div>"));
}

Markup history(const Viewing& viewing, const LotAnswer& lot) {
  std::vector<std::vector<Markup>> rows;
  for (const EntryCard& entry : lot.history) {
    Markup moved;
    for (const EntryLine& line : entry.lines) {
      if (line.item != lot.item || line.lot != lot.lot) continue;
      if (!moved.html.empty()) moved += markup("<br>");
      moved += amount(viewing.masters(), line.item, line.quantity) + markup(" ") + escaped(line.from) + markup(" → ") +
               escaped(line.to);
    }
    Markup what = escaped(words(entry.kind));
    if (entry.taken_back_by != 0)
      what = markup("<s>") + what + markup("</s> <span class=\"muted\">taken back by entry ") +
             escaped(std::to_string(entry.taken_back_by)) + markup("</span>");
    rows.push_back({time_text(entry.occurred_from), what, moved, escaped(entry.document),
                    partner_text(viewing.masters(), entry.partner), escaped(entry.who), escaped(entry.why),
                    escaped(std::to_string(entry.entry))});
  }
  Markup out = table("History",
                     {{"When"}, {"What"}, {"Quantities"}, {"Document"}, {"Partner"}, {"Who"}, {"Why"}, {"Entry", true}},
                     rows, "Nothing was recorded.");
  if (lot.history_next != 0)
    out +=
        markup("<p>There is more: ") +
        link(address(
                 "/api/v1/history",
                 {{"noun", "lot"}, {"item", lot.item}, {"code", lot.lot}, {"after", std::to_string(lot.history_next)}}),
             markup("the rest, as the API gives it")) +
        markup(".</p>");
  return section("History", out);
}

}  // namespace

Response lot_page(Viewing viewing) {
  const LotQuestion question{viewing.parameter("item"), viewing.parameter("lot")};
  const Result<LotAnswer> lot = ask(question, viewing.snapshot);
  if (!lot) {
    Problem problem = problem_of(lot.refusals());
    problem.status = 404;
    return fault_page(viewing.frame, problem);
  }
  viewing.frame.title = lot->item + " " + lot->lot, viewing.frame.here = "/lots";
  return page(viewing.frame, title_of(*lot) + facts(viewing, *lot) + actions(*lot) + where(viewing, *lot) +
                                 holds(*lot) + balance(viewing, *lot) + names(viewing, *lot) + history(viewing, *lot));
}

}  // namespace lotbook
