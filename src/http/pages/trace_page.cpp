// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "http/pages/pages.h"
#include "http/refusal_answer.h"
#include "queries/trace.h"

namespace lotbook {

namespace {

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

template <class Rows, class Name>
std::size_t distinct(const Rows& rows, Name name) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.push_back(name(row));
  std::sort(names.begin(), names.end());
  return static_cast<std::size_t>(std::unique(names.begin(), names.end()) - names.begin());
}

Markup summary(const TraceAnswer& trace) {
  std::string text =
      counted(trace.lots.size() - std::min<std::size_t>(1, trace.lots.size()), "other lot", "other lots");
  if (trace.way == Way::forward) {
    const auto partner = [](const TracedCustomer& row) { return row.partner; };
    const auto address_of = [](const TracedCustomer& row) { return row.partner + "\n" + row.address; };
    text += " and " + counted(distinct(trace.customers, partner), "customer", "customers") + " at " +
            counted(distinct(trace.customers, address_of), "address", "addresses");
  } else {
    const auto partner = [](const TracedSupplier& row) { return row.partner; };
    text += " and " + counted(distinct(trace.suppliers, partner), "supplier", "suppliers");
  }
  return markup("<p class=\"summary\">") + escaped(text) + markup(" could be affected. ") +
         markup(trace.complete ? "The trail is complete." : "<strong>The trail is not complete</strong>, see below.") +
         markup(" <span class=\"muted\">As of entry ") + escaped(std::to_string(trace.entry)) + markup(".</span></p>");
}

Markup customers(const Masters& masters, const TraceAnswer& trace) {
  std::vector<std::vector<Markup>> rows;
  for (const TracedCustomer& row : trace.customers) {
    Markup lots;
    std::vector<std::string> seen;
    for (const TracedDelivery& delivery : row.deliveries) {
      if (std::find(seen.begin(), seen.end(), delivery.lot) != seen.end()) continue;
      lots += (seen.empty() ? Markup{} : markup(", ")) + lot_link(row.item, delivery.lot);
      seen.push_back(delivery.lot);
    }
    rows.push_back({escaped(row.name.empty() ? row.partner : row.name) + markup(" <span class=\"muted\">") +
                        escaped(row.partner) + markup("</span>"),
                    address_text(masters, row.address), item_text(masters, row.item), lots,
                    amount(masters, row.item, row.dispatched), amount(masters, row.item, row.returned),
                    markup("<strong>") + amount(masters, row.item, row.quantity) + markup("</strong>")});
  }
  return section(
      "Customers",
      table("Customers",
            {{"Customer"}, {"Address"}, {"Item"}, {"Lots"}, {"Dispatched", true}, {"Returned", true}, {"Net", true}},
            rows, "None of it was dispatched."));
}

Markup ours(const Masters& masters, const TraceAnswer& trace) {
  if (trace.ours.empty()) return {};
  std::vector<std::vector<Markup>> rows;
  for (const TracedLoan& row : trace.ours)
    rows.push_back({partner_text(masters, row.partner), escaped(row.place), item_text(masters, row.item),
                    lot_link(row.item, row.lot), amount(masters, row.item, row.quantity)});
  return section(
      "Ours, at partners",
      table("Ours, at partners", {{"Partner"}, {"Location"}, {"Item"}, {"Lot"}, {"Lies there", true}}, rows, ""));
}

Markup suppliers(const Masters& masters, const TraceAnswer& trace) {
  std::vector<std::vector<Markup>> rows;
  for (const TracedSupplier& row : trace.suppliers) {
    std::string documents;
    for (const std::string& document : row.documents) documents += (documents.empty() ? "" : ", ") + document;
    rows.push_back({escaped(row.name.empty() ? row.partner : row.name) + markup(" <span class=\"muted\">") +
                        escaped(row.partner) + markup("</span>"),
                    item_text(masters, row.item), lot_link(row.item, row.lot), escaped(row.supplier_lot),
                    escaped(row.received_on.text()), escaped(documents), amount(masters, row.item, row.quantity)});
  }
  return section(
      "Suppliers",
      table("Suppliers",
            {{"Supplier"}, {"Item"}, {"Lot"}, {"Code on the label"}, {"Received on"}, {"Delivery"}, {"Received", true}},
            rows, "No delivery stands behind it."));
}

Markup lots(const Masters& masters, const TraceAnswer& trace) {
  std::vector<std::vector<Markup>> rows;
  for (const TracedLot& lot : trace.lots) {
    Markup stock;
    for (const TracedStock& at : lot.on_hand) {
      if (!stock.html.empty()) stock += markup("<br>");
      stock += amount(masters, lot.item, at.quantity) + markup(" ") + escaped(at.place);
    }
    rows.push_back({escaped(lot.level == 0 ? "start" : std::to_string(lot.level)), item_text(masters, lot.item),
                    lot_link(lot.item, lot.lot), escaped(words(name_of(lot.origin))), stock});
  }
  return section("Lots", table("Lots by level", {{"Steps"}, {"Item"}, {"Lot"}, {"Came by"}, {"On hand"}}, rows,
                               "No lot was reached."));
}

Markup lines(const Masters& masters, const std::vector<TracedLine>& of) {
  Markup out;
  for (const TracedLine& line : of) {
    if (!out.html.empty()) out += markup("<br>");
    out += markup(line.assumed ? "at most " : "") + amount(masters, line.item, line.quantity) + markup(" ") +
           escaped(line.item) + markup(" ") + lot_link(line.item, line.lot);
    if (!line.into.empty()) out += markup(" <span class=\"muted\">only into ") + escaped(line.into) + markup("</span>");
  }
  return out;
}

Markup transformations(const Masters& masters, const TraceAnswer& trace) {
  if (trace.transformations.empty()) return {};
  std::vector<std::vector<Markup>> rows;
  for (const TracedTransformation& row : trace.transformations)
    rows.push_back(
        {escaped(words(row.kind)), escaped(row.order), lines(masters, row.inputs), lines(masters, row.outputs)});
  return section("What was made of what", table("Transformations", {{"What"}, {"Order"}, {"In"}, {"Out"}}, rows, ""));
}

Markup ends(const Masters& masters, const TraceAnswer& trace) {
  if (trace.ends.empty()) return {};
  std::vector<std::vector<Markup>> rows;
  for (const TracedEnd& row : trace.ends)
    rows.push_back({escaped(words(name_of(row.kind))), item_text(masters, row.item), lot_link(row.item, row.lot),
                    escaped(row.partner + row.order), amount(masters, row.item, row.quantity)});
  return section(
      "Elsewhere",
      table("Where else it went", {{"Where"}, {"Item"}, {"Lot"}, {"Supplier or order"}, {"Quantity", true}}, rows, ""));
}

Markup withdrawn(const Masters& masters, const TraceAnswer& trace) {
  if (trace.withdrawn.empty()) return {};
  std::vector<std::vector<Markup>> rows;
  for (const TracedWithdrawal& row : trace.withdrawn)
    rows.push_back({markup("<s>") + escaped(words(row.kind)) + markup("</s>"), item_text(masters, row.item),
                    lot_link(row.item, row.lot), amount(masters, row.item, row.quantity),
                    partner_text(masters, row.partner), escaped(row.who), time_text(row.when), escaped(row.why)});
  return section(
      "Corrected away, in no total",
      table(
          "Corrected away",
          {{"What was said"}, {"Item"}, {"Lot"}, {"Quantity", true}, {"Partner"}, {"Taken back by"}, {"When"}, {"Why"}},
          rows, ""));
}

Markup gaps(const Masters& masters, const TraceAnswer& trace) {
  if (trace.incomplete.empty()) return {};
  std::vector<std::vector<Markup>> rows;
  for (const TraceGap& row : trace.incomplete)
    rows.push_back({escaped(words(row.why)), item_text(masters, row.item), escaped(row.lot), escaped(row.where)});
  return section("Where the trail ends",
                 table("Where the trail ends", {{"Why"}, {"Item"}, {"Lot"}, {"Where"}}, rows, ""));
}

template <class Question>
Result<TraceAnswer> asked(const Viewing& viewing) {
  Question question;
  question.item = viewing.parameter("item"), question.lot = viewing.parameter("lot");
  return ask(question, viewing.snapshot);
}

}  // namespace

Response trace_page(Viewing viewing) {
  const std::string item = viewing.parameter("item"), lot = viewing.parameter("lot");
  const bool back = viewing.parameter("way") == "back";
  const Result<TraceAnswer> trace = back ? asked<TraceBackQuestion>(viewing) : asked<TraceForwardQuestion>(viewing);
  if (!trace) {
    Problem problem = problem_of(trace.refusals());
    problem.status = 404;
    return fault_page(viewing.frame, problem);
  }
  const Masters& masters = viewing.masters();
  viewing.frame.title = std::string(back ? "Where it came from: " : "Where it went: ") + item + " " + lot;
  viewing.frame.here = "/lots";
  const auto way = [&](const char* name, const char* text, bool is_here) {
    return markup("<a class=\"button\" href=\"") +
           escaped(address("/trace", {{"item", item}, {"lot", lot}, {"way", name}})) +
           markup(is_here ? "\" aria-current=\"page\">" : "\">") + markup(text) + markup("</a> ");
  };
  Markup out = markup("<h1>") + markup(back ? "Where it came from: " : "Where it went: ") + item_text(masters, item) +
               markup(" ") + lot_link(item, lot) + markup("</h1><p class=\"actions\">") +
               way("back", "← Where it came from", back) + way("forward", "Where it went →", !back) + markup("</p>") +
               summary(*trace) + gaps(masters, *trace);
  out += back ? suppliers(masters, *trace) : customers(masters, *trace) + ours(masters, *trace);
  out += lots(masters, *trace) + ends(masters, *trace) + withdrawn(masters, *trace) + transformations(masters, *trace);
  return page(viewing.frame, out);
}

}  // namespace lotbook
