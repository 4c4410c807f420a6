// SPDX-License-Identifier: Apache-2.0
#include "http/pages/pages.h"
#include "queries/search.h"
#include "queries/stock.h"

namespace lotbook {

namespace {

/// Where a find leads: the lot itself, or what of it lies where.
Markup found_link(const Find& find) {
  const Markup code = markup("<bdi class=\"code\" dir=\"ltr\">") + escaped(find.code) + markup("</bdi>");
  if (find.noun == "lot") return lot_link(find.item, find.code);
  if (find.noun == "item") return link(address("/lots", {{"item", find.code}}), code);
  if (find.noun == "place") return link(address("/lots", {{"place", find.code}}), code);
  if (find.noun == "document") return link(address("/api/v1/document", {{"number", find.code}}), code);
  return code;
}

Markup results(const Viewing& viewing, const std::string& text) {
  SearchQuestion question;
  question.text = text, question.after = viewing.parameter("after");
  const Result<SearchAnswer> answer = ask(question, viewing.snapshot);
  if (!answer) return markup("<p class=\"fault\" role=\"alert\">") + escaped(answer.refusal().detail) + markup("</p>");
  std::vector<std::vector<Markup>> rows;
  for (const Find& find : answer->rows) {
    Markup also = escaped(find.bears);
    if (!find.issuer.empty()) also += markup(" <span class=\"muted\">by ") + escaped(find.issuer) + markup("</span>");
    rows.push_back({escaped(words(find.noun)), found_link(find),
                    find.noun == "lot" ? item_text(viewing.masters(), find.item) : escaped(find.name), also});
  }
  Markup out = table("Found", {{"What"}, {"Code"}, {"Name or item"}, {"Also called"}}, rows,
                     "Nothing has \"" + text + "\" in its code or name. Try fewer characters.");
  if (!answer->next.empty())
    out += markup("<p>") + link(address("/lots", {{"text", text}, {"after", answer->next}}), markup("More finds")) +
           markup(" <span class=\"muted\">or give more of the code.</span></p>");
  return out;
}

Markup stock(const Viewing& viewing) {
  StockQuestion question;
  question.item = viewing.parameter("item"), question.place = viewing.parameter("place"),
  question.after = viewing.parameter("after");
  const Result<StockAnswer> answer = ask(question, viewing.snapshot);
  if (!answer) return markup("<p class=\"fault\" role=\"alert\">") + escaped(answer.refusal().detail) + markup("</p>");
  std::vector<std::vector<Markup>> rows;
  for (const StockLine& line : answer->rows)
    rows.push_back({item_text(viewing.masters(), line.item), lot_link(line.item, line.lot), escaped(line.place),
                    amount(viewing.masters(), line.item, line.quantity), escaped(line.governing_day.text()),
                    chip(line.standing)});
  Markup out = table("Stock", {{"Item"}, {"Lot"}, {"Where"}, {"Quantity", true}, {"Use by"}, {"Status"}}, rows,
                     "Nothing lies here.");
  if (!answer->next.empty())
    out += markup("<p>") +
           link(address("/lots", {{"item", question.item}, {"place", question.place}, {"after", answer->next}}),
                markup("More lots")) +
           markup("</p>");
  return out;
}

}  // namespace

Response lots_page(Viewing viewing) {
  const std::string text = viewing.parameter("text");
  viewing.frame.here = "/lots", viewing.frame.search = text;
  if (!text.empty()) {
    viewing.frame.title = "Search: " + text;
    return page(viewing.frame, markup("<h1>Search: ") + escaped(text) + markup("</h1>") + results(viewing, text));
  }
  std::string title = "Lots in stock";
  if (const std::string item = viewing.parameter("item"); !item.empty()) title += " of " + item;
  if (const std::string place = viewing.parameter("place"); !place.empty()) title += " in " + place;
  viewing.frame.title = title;
  return page(viewing.frame, markup("<h1>") + escaped(title) + markup("</h1>") + stock(viewing));
}

}  // namespace lotbook
