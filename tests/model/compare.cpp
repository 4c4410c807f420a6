// SPDX-License-Identifier: Apache-2.0
#include "compare.h"

#include <algorithm>

#include "queries/lot.h"
#include "queries/order.h"
#include "queries/stock.h"
#include "queries/trace.h"

namespace lotbook::model {

namespace {

using Rows = std::set<std::string>;

std::string amounts(Amount first, Amount second) { return text_of_amount(first) + "/" + text_of_amount(second); }
std::string amounts(const Sum& sum) { return amounts(sum.first, sum.second); }
std::string amounts(Decimal first, Decimal second) { return amounts(first.millionths(), second.millionths()); }
std::string name(const Book& book, int lot) {
  return book.lots[static_cast<std::size_t>(lot)].item + " " + book.state(lot).code;
}

void same(const std::string& what, const std::string& of, const Rows& product, const Rows& reference) {
  if (product == reference) return;
  std::string detail = of;
  for (const std::string& row : product)
    if (!reference.contains(row)) detail += "\n  only the product:   " + row;
  for (const std::string& row : reference)
    if (!product.contains(row)) detail += "\n  only the reference: " + row;
  throw Disagreement(what, detail);
}

std::vector<StockLine> all_rows(Product& product, StockQuestion question) {
  std::vector<StockLine> rows;
  question.limit = 1000;
  do {
    StockAnswer answer = product.ask<StockAnswer>("stock", question);
    rows.insert(rows.end(), answer.rows.begin(), answer.rows.end());
    question.after = answer.next;
  } while (!question.after.empty());
  return rows;
}

Rows rows_of(const Book& book, const Book::Stock& stock, const std::string& item) {
  Rows rows;
  for (const auto& [cell, much] : stock)
    if (item.empty() || book.lots[static_cast<std::size_t>(cell.first)].item == item)
      rows.insert(name(book, cell.first) + " in " + cell.second + " " + amounts(much));
  return rows;
}

Rows rows_of(const std::vector<StockLine>& lines) {
  Rows rows;
  for (const StockLine& line : lines)
    rows.insert(line.item + " " + line.lot + " in " + line.place + " " + amounts(line.quantity, line.quantity2));
  return rows;
}

}  // namespace

void compare_stock(Product& product, const Book& book, Time now) {
  const std::vector<StockLine> lines = all_rows(product, {});
  same("stock now", "", rows_of(lines), rows_of(book, book.stock(), ""));
  Rows seen, expected;
  for (const StockLine& line : lines)
    if (!line.lot.empty())
      seen.insert(line.item + " " + line.lot + " in " + line.place + " " + std::string(name_of(line.standing)) + " " +
                  line.governing_day.text());
  for (const auto& [cell, much] : book.stock())
    if (book.lots[static_cast<std::size_t>(cell.first)].is_tracked)
      expected.insert(name(book, cell.first) + " in " + cell.second + " " +
                      book.status(cell.first, cell.second, book.day_at(cell.second, now)) + " " +
                      text_of_day(book.state(cell.first).dates.governing()));
  same("status where goods lie (R39, R46)", "", seen, expected);
}

void compare_past_stock(Product& product, const Book& book, const std::string& item, int at_entry) {
  StockQuestion question;
  question.item = item, question.at_entry = static_cast<std::uint64_t>(at_entry);
  same("stock as known at an entry (R30)", item + " at entry " + std::to_string(at_entry),
       rows_of(all_rows(product, question)), rows_of(book, book.stock(at_entry, INT64_MAX), item));
}

void compare_stock_at(Product& product, const Book& book, const std::string& item, Time at) {
  StockQuestion question;
  question.item = item, question.at = WrittenTime::parse(text_of_time(at));
  same("stock at an instant (R27)", item + " at " + text_of_time(at), rows_of(all_rows(product, question)),
       rows_of(book, book.stock(INT_MAX, at / second_long * second_long + second_long - 1), item));
}

void compare_lot(Product& product, const Book& book, int lot, Time now) {
  const LotState& state = book.state(lot);
  LotQuestion question;
  question.item = book.lots[static_cast<std::size_t>(lot)].item, question.lot = state.code;
  const LotAnswer answer = product.ask<LotAnswer>("lot", question);
  const std::string of = name(book, lot);
  if (book.lots[static_cast<std::size_t>(lot)].is_tracked) {
    const Rows seen{"quality " + std::string(name_of(answer.quality)),
                    "status " + std::string(name_of(answer.standing)),
                    "received " + answer.received_on.text(),
                    "produced " + answer.produced_on.text(),
                    "expires " + answer.expires_on.text(),
                    "best before " + answer.best_before_on.text(),
                    "retest " + answer.retest_on.text()};
    const Rows expected{"quality " + state.quality,
                        "status " + book.status(lot, "", book.day_at("", now)),
                        "received " + text_of_day(state.dates.received),
                        "produced " + text_of_day(state.dates.produced),
                        "expires " + text_of_day(state.dates.expires),
                        "best before " + text_of_day(state.dates.best_before),
                        "retest " + text_of_day(state.dates.retest)};
    same("what is known of a lot (R37, R47, R48)", of, seen, expected);
  }
  Rows holds, expected_holds, names, expected_names{"own  " + state.code}, joined, expected_joined;
  for (const LotHold& hold : answer.holds) holds.insert(hold.number + " in " + hold.place);
  for (const int hold : book.holds_on(lot))
    expected_holds.insert(book.holds[static_cast<std::size_t>(hold)].number + " in " +
                          book.holds[static_cast<std::size_t>(hold)].place);
  same("holds on a lot (R37, R42)", of, holds, expected_holds);
  for (const LotNameRow& row : answer.names)
    names.insert(std::string(name_of(row.kind)) + " " + row.issuer + " " + row.code);
  for (const std::string& code : state.former) expected_names.insert("former  " + code);
  for (const auto& [issuer, code] : state.issued) expected_names.insert("issued " + issuer + " " + code);
  if (book.lots[static_cast<std::size_t>(lot)].is_tracked) same("names of a lot (R3, R12)", of, names, expected_names);
  for (const LotAsked& other : answer.joined) joined.insert(other.item + " " + other.lot);
  for (const auto& [one, other] : book.joins())
    if (one == lot) expected_joined.insert(name(book, other));
  same("joined lots (R12)", of, joined, expected_joined);

  const Balance balance = book.balance(lot);
  const auto& had = answer.balance;
  const auto row = [](const char* what, Amount amount) { return what + std::string(" ") + text_of_amount(amount); };
  const Rows seen{row("opened", had.opened.millionths()),
                  row("received", had.received.millionths()),
                  row("yielded", had.yielded.millionths()),
                  row("returned", had.returned.millionths()),
                  row("converted in", had.converted_in.millionths()),
                  row("gains", had.count_gains.millionths()),
                  row("consumed", had.consumed.millionths()),
                  row("dispatched", had.dispatched.millionths()),
                  row("to supplier", had.back_to_supplier.millionths()),
                  row("disposed", had.disposed.millionths()),
                  row("sampled", had.sampled.millionths()),
                  row("converted out", had.converted_out.millionths()),
                  row("losses", had.count_losses.millionths()),
                  row("on hand", had.on_hand.millionths()),
                  row("difference", had.difference.millionths())};
  const Rows expected{row("opened", balance.opened),
                      row("received", balance.received),
                      row("yielded", balance.yielded),
                      row("returned", balance.returned),
                      row("converted in", balance.converted_in),
                      row("gains", balance.count_gains),
                      row("consumed", balance.consumed),
                      row("dispatched", balance.dispatched),
                      row("to supplier", balance.back_to_supplier),
                      row("disposed", balance.disposed),
                      row("sampled", balance.sampled),
                      row("converted out", balance.converted_out),
                      row("losses", balance.count_losses),
                      row("on hand", balance.on_hand),
                      row("difference", 0)};
  same("mass balance of a lot (R89)", of, seen, expected);
}

void compare_order_of_use(Product& product, const Book& book, const std::string& item, Time now) {
  FefoQuestion question;
  question.item = item, question.limit = 1000;
  Rows seen, expected;
  std::string seen_order, expected_order;
  for (const FefoLine& line : product.ask<FefoAnswer>("fefo", question).rows) {
    seen.insert(line.lot + " at " + line.site + " " + amounts(line.available, line.on_hand) +
                (line.usable ? " usable" : ""));
    seen_order += "\n  " + line.lot + " at " + line.site;
  }
  for (const Book::Use& use : book.order_of_use(item, now)) {
    expected.insert(book.state(use.lot).code + " at " + use.site + " " + amounts(use.available, use.on_hand) +
                    (use.is_usable ? " usable" : ""));
    expected_order += "\n  " + book.state(use.lot).code + " at " + use.site;
  }
  same("what may be used (R40, R49, R51)", item, seen, expected);
  if (seen_order != expected_order)
    throw Disagreement("order of use (R50, R53)", item + "\nproduct" + seen_order + "\nreference" + expected_order);
}

void compare_orders(Product& product, const Book& book) {
  OrdersQuestion question;
  question.limit = 1000;
  Rows seen, expected;
  for (const OrderRow& row : product.ask<OrdersAnswer>("orders", question).rows)
    seen.insert(row.number + " " + std::string(name_of(row.kind)) + " " + std::string(name_of(row.state)));
  for (std::size_t run = 0; run < book.runs.size(); ++run)
    expected.insert(book.runs[run].number + " " + book.runs[run].kind + " " + book.run_state(static_cast<int>(run)));
  same("states of orders (R64)", "", seen, expected);
}

namespace {

void compare_customers(const TraceAnswer& answer, const Book& book, const std::set<int>& reached,
                       const std::string& of) {
  // Where a return belongs among a customer's addresses the rules do not say: returns are compared per customer.
  std::map<std::string, Amount> seen, expected;
  for (const TracedCustomer& row : answer.customers) {
    seen["dispatched " + row.partner + " " + row.address + " " + row.item] += row.dispatched.millionths();
    seen["returned " + row.partner + " " + row.item] += row.returned.millionths();
    seen["net " + row.partner + " " + row.item] += row.quantity.millionths();
  }
  for (const Entry* entry : book.standing())
    for (const Line& line : entry->lines) {
      if (!reached.contains(line.lot)) continue;
      const std::string item = book.lots[static_cast<std::size_t>(line.lot)].item;
      const bool is_out = line.to == "customer";
      if (!is_out && line.from != "customer") continue;
      if (is_out) expected["dispatched " + entry->partner + " " + entry->address + " " + item] += line.quantity.first;
      expected["returned " + entry->partner + " " + item] += is_out ? 0 : line.quantity.first;
      expected["net " + entry->partner + " " + item] += is_out ? line.quantity.first : -line.quantity.first;
    }
  Rows seen_rows, expected_rows;
  for (const auto& [row, amount] : seen)
    if (amount != 0 || !row.starts_with("dispatched")) seen_rows.insert(row + " " + text_of_amount(amount));
  for (const auto& [row, amount] : expected)
    if (amount != 0 || !row.starts_with("dispatched")) expected_rows.insert(row + " " + text_of_amount(amount));
  same("customers of a trace (R86)", of, seen_rows, expected_rows);
}

/// R36: what a correction took away and did not say again must be listed; what stands must not be.
void compare_withdrawn(const TraceAnswer& answer, const Book& book, const std::set<int>& reached,
                       const std::string& of) {
  const std::map<int, bool> force = book.in_force();
  std::set<std::pair<int, std::string>> listed;
  for (const TracedWithdrawal& row : answer.withdrawn) {
    listed.insert({static_cast<int>(row.entry), row.item + " " + row.lot});
    const auto known = force.find(static_cast<int>(row.entry));
    if (known != force.end() && known->second && row.kind != "consumed" && row.kind != "assumed_in")
      throw Disagreement("withdrawn that stands (R36)", of + ": entry " + std::to_string(row.entry) + " " + row.lot);
  }
  for (const Entry& entry : book.entries) {
    if (force.at(entry.seq)) continue;
    // Entries in force that correct it, over any number of steps.
    std::set<int> chain{entry.seq};
    for (const Entry& later : book.entries)
      for (const int target : later.targets)
        if (chain.contains(target)) chain.insert(later.seq);
    for (const Line& line : entry.lines) {
      if (!reached.contains(line.lot) || (line.to != "customer" && line.to != "process" && line.to != "conversion"))
        continue;
      bool is_said_again = false;
      for (const Entry& later : book.entries)
        if (later.seq != entry.seq && chain.contains(later.seq) && force.at(later.seq))
          for (const Line& again : later.lines) is_said_again |= again.lot == line.lot && again.to == line.to;
      if (!is_said_again && !listed.contains({entry.seq, name(book, line.lot)}))
        throw Disagreement("withdrawn that is not listed (R36)",
                           of + ": entry " + std::to_string(entry.seq) + " " + name(book, line.lot) + " to " + line.to);
    }
  }
}

void compare_transformations(const TraceAnswer& answer, const Book& book, const std::set<int>& reached,
                             const std::string& of) {
  for (const TracedTransformation& passed : answer.transformations) {
    if (passed.order.empty()) continue;
    int run = none;
    for (std::size_t i = 0; i < book.runs.size(); ++i)
      if (book.runs[i].number == passed.order) run = static_cast<int>(i);
    if (run == none) throw Disagreement("an order that nobody opened", passed.order);
    Rows seen, expected;
    for (const TracedLine& line : passed.inputs)
      if (!line.assumed)
        seen.insert("in " + line.item + " " + line.lot + " into " + line.into + " " +
                    amounts(line.quantity, line.quantity2));
    for (const TracedLine& line : passed.outputs)
      seen.insert("out " + line.item + " " + line.lot + " " + amounts(line.quantity, line.quantity2));
    const Content content = book.content(run);
    for (const auto& [input, much] : content.inputs)
      if (reached.contains(input.first) && !much.is_zero())
        expected.insert("in " + name(book, input.first) + " into " +
                        (input.second == none ? "" : book.state(input.second).code) + " " + amounts(much));
    for (const auto& [output, much] : content.outputs)
      if (reached.contains(output)) expected.insert("out " + name(book, output) + " " + amounts(much));
    same("quantities of an order's links (R65, R66, R68)", of + " through " + passed.order, seen, expected);
  }
}

}  // namespace

void compare_traces(Product& product, const Book& book, int lot) {
  for (const bool forward : {true, false}) {
    TraceQuestion question;
    question.item = book.lots[static_cast<std::size_t>(lot)].item, question.lot = book.state(lot).code;
    TraceForwardQuestion to_customers{question};
    TraceBackQuestion to_origins{question};
    const TraceAnswer answer = forward ? product.ask<TraceAnswer>("trace_forward", to_customers)
                                       : product.ask<TraceAnswer>("trace_back", to_origins);
    const std::set<int> reached = book.reached({lot}, forward);
    const std::string of = name(book, lot) + (forward ? " forward" : " back");
    Rows seen, expected, suppliers, expected_suppliers;
    for (const TracedLot& row : answer.lots) seen.insert(row.item + " " + row.lot);
    for (const int one : reached) expected.insert(name(book, one));
    same("lots of a trace (R65, R85)", of, seen, expected);
    compare_transformations(answer, book, reached, of);
    if (forward) {
      compare_customers(answer, book, reached, of);
      compare_withdrawn(answer, book, reached, of);
      continue;
    }
    std::map<std::string, Amount> received;
    for (const Entry* entry : book.standing())
      for (const Line& line : entry->lines)
        if (reached.contains(line.lot) && line.from == "supplier")
          received[entry->partner + " " + name(book, line.lot)] += line.quantity.first;
    std::map<std::string, Amount> said;
    for (const TracedSupplier& row : answer.suppliers)
      said[row.partner + " " + row.item + " " + row.lot] += row.quantity.millionths();
    for (const auto& [row, amount] : said) suppliers.insert(row + " " + text_of_amount(amount));
    for (const auto& [row, amount] : received) expected_suppliers.insert(row + " " + text_of_amount(amount));
    same("suppliers of a trace (R85)", of, suppliers, expected_suppliers);
  }
}

void compare_past_traces(Product& product, const Book& book, int lot, int at_entry) {
  for (const bool forward : {true, false}) {
    TraceQuestion question;
    question.item = book.lots[static_cast<std::size_t>(lot)].item, question.lot = book.state(lot).code;
    question.at_entry = static_cast<std::uint64_t>(at_entry);
    const TraceAnswer answer = forward ? product.ask<TraceAnswer>("trace_forward", TraceForwardQuestion{question})
                                       : product.ask<TraceAnswer>("trace_back", TraceBackQuestion{question});
    Rows seen, expected;
    for (const TracedLot& row : answer.lots) seen.insert(row.item + " " + row.lot);
    for (const int one : book.reached({lot}, forward, at_entry)) expected.insert(name(book, one));
    same("lots of a trace as known at an entry (R30)",
         name(book, lot) + (forward ? " forward" : " back") + " at " + std::to_string(at_entry), seen, expected);
  }
}

}  // namespace lotbook::model
