// SPDX-License-Identifier: Apache-2.0
#include "genealogy.h"

#include <iostream>

namespace plants {
namespace {

std::vector<Lists::Pair> turned(const std::vector<Lists::Pair>& pairs) {
  std::vector<Lists::Pair> result;
  result.reserve(pairs.size());
  for (const auto& [one, other] : pairs) result.emplace_back(other, one);
  return result;
}

}  // namespace

Lists::Lists(std::size_t size, const std::vector<Pair>& pairs) : starts_(size + 2), targets_(pairs.size()) {
  for (const auto& pair : pairs) ++starts_[pair.first + 2];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  for (const auto& pair : pairs) targets_[starts_[pair.first + 1]++] = pair.second;
}

void Genealogy::add(const Row& row) {
  switch (row.event) {
    case Event::consume:
      if (row.lot == none) break;
      if (row.into.empty())
        used_in_.emplace_back(row.lot, row.document);
      else
        assigned_.push_back({row.lot, row.document, row.into});
      break;
    case Event::produce:
      if (row.lot != none) yielded_by_.emplace_back(row.lot, row.document);
      break;
    case Event::receive:
      if (row.lot != none) receipts.push_back({row.lot, row.partner, row.supplier_lot});
      break;
    case Event::dispatch: dispatch(row); break;
    case Event::void_dispatch:
      if (row.document >= dispatches_of_document_.size()) break;
      for (auto at = dispatches_of_document_[row.document]; at != none; at = dispatches_[at].next)
        dispatches_[at].is_void = true;
      break;
    case Event::come_back:
      if (row.lot != none) returns_.push_back({row.lot, row.partner, row.reference, row.quantity});
      break;
    default: break;
  }
}

void Genealogy::dispatch(const Row& row) {
  if (row.lot == none) return;
  std::uint32_t next = none;
  if (row.document != none) {
    if (row.document >= dispatches_of_document_.size()) dispatches_of_document_.resize(row.document + 1, none);
    next = dispatches_of_document_[row.document];
    dispatches_of_document_[row.document] = static_cast<std::uint32_t>(dispatches_.size());
  }
  dispatches_.push_back({row.lot, row.partner, next, false, row.to, row.quantity});
}

void Genealogy::finish() {
  const auto lots = history_.lots.size();
  const auto runs = history_.documents.size();
  runs_using_ = Lists(lots, used_in_);
  inputs_ = Lists(runs, turned(used_in_));
  runs_yielding_ = Lists(lots, yielded_by_);
  outputs_ = Lists(runs, turned(yielded_by_));
  link_assigned();
  sum_sales();
  std::vector<Lists::Pair> pairs;
  for (std::uint32_t i = 0; i < receipts.size(); ++i) pairs.emplace_back(receipts[i].lot, i);
  receipts_of = Lists(lots, pairs);
  seen_lot_.assign(lots, 0);
  seen_run_.assign(runs, 0);
}

void Genealogy::link_assigned() {
  std::vector<Lists::Pair> links;
  for (const auto& input : assigned_) {
    std::uint32_t first_item = none;
    bool linked = false;
    for (const auto output : outputs_[input.run]) {
      if (history_.lots[output].code != input.into) continue;
      links.emplace_back(input.lot, output);
      linked = true;
      const auto item = history_.lots[output].item;
      if (first_item == none) first_item = item;
      if (item != first_item)
        std::cerr << "note: run " << history_.documents.text(input.run) << " yields lots of two items with the code "
                  << input.into << ", an input is assigned to both\n";
    }
    if (!linked)
      std::cerr << "note: run " << history_.documents.text(input.run) << " never yields " << input.into
                << ", to which an input is assigned\n";
  }
  assigned_outputs_ = Lists(history_.lots.size(), links);
  assigned_inputs_ = Lists(history_.lots.size(), turned(links));
}

std::uint32_t Genealogy::customer_of(std::uint32_t partner, std::uint32_t item, std::string_view address) {
  const auto pair = partner_items_.add(partner, history_.items[item].code);
  const auto number = customer_names_.add(pair, address);
  if (number == customers.size()) customers.push_back({partner, item, address});
  return number;
}

void Genealogy::sum_sales() {
  std::vector<Lists::Pair> by_lot;
  for (std::uint32_t i = 0; i < dispatches_.size(); ++i)
    if (!dispatches_[i].is_void) by_lot.emplace_back(dispatches_[i].lot, i);
  const Lists dispatches_of(history_.lots.size(), by_lot);
  sale_of_dispatch_.assign(dispatches_.size(), none);
  std::vector<Lists::Pair> sales_by_lot;
  for (std::uint32_t lot = 0; lot < history_.lots.size(); ++lot) {
    const auto first = sales.size();
    for (const auto i : dispatches_of[lot]) {
      const auto customer = customer_of(dispatches_[i].partner, history_.lots[lot].item, dispatches_[i].address);
      auto sale = first;
      while (sale < sales.size() && sales[sale].customer != customer) ++sale;
      if (sale == sales.size()) {
        sales.push_back({customer, 0, 0});
        sales_by_lot.emplace_back(lot, static_cast<std::uint32_t>(sale));
      }
      sales[sale].dispatched += dispatches_[i].quantity;
      sale_of_dispatch_[i] = static_cast<std::uint32_t>(sale);
    }
  }
  sales_of = Lists(history_.lots.size(), sales_by_lot);
  for (const auto& back : returns_)
    if (const auto sale = sale_of_return(back); sale != none) sales[sale].returned += back.quantity;
}

std::uint32_t Genealogy::sale_of_return(const Return& back) const {
  if (back.reference < dispatches_of_document_.size())
    for (auto at = dispatches_of_document_[back.reference]; at != none; at = dispatches_[at].next)
      if (dispatches_[at].lot == back.lot && dispatches_[at].partner == back.partner && !dispatches_[at].is_void)
        return sale_of_dispatch_[at];
  std::uint32_t only = none;
  for (const auto sale : sales_of[back.lot]) {
    if (customers[sales[sale].customer].partner != back.partner) continue;
    if (only != none)
      only = none - 1;
    else
      only = sale;
  }
  if (only < sales.size()) return only;
  std::cerr << "note: a return of " << history_.lots[back.lot].code << " by " << history_.partners.text(back.partner)
            << " fits no delivery place, or several\n";
  return none;
}

std::vector<std::uint32_t> Genealogy::closure(std::uint32_t seed, Direction direction) {
  const bool forward = direction == Direction::forward;
  const Lists& runs_of = forward ? runs_using_ : runs_yielding_;
  const Lists& far_side = forward ? outputs_ : inputs_;
  const Lists& direct = forward ? assigned_outputs_ : assigned_inputs_;
  ++stamp_;
  std::vector<std::uint32_t> reached{seed};
  seen_lot_[seed] = stamp_;
  const auto reach = [&](std::span<const std::uint32_t> lots) {
    for (const auto lot : lots) {
      if (seen_lot_[lot] == stamp_) continue;
      seen_lot_[lot] = stamp_;
      reached.push_back(lot);
    }
  };
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const auto lot = reached[i];
    for (const auto run : runs_of[lot]) {
      if (seen_run_[run] == stamp_) continue;
      seen_run_[run] = stamp_;
      reach(far_side[run]);
    }
    reach(direct[lot]);
  }
  return reached;
}

}  // namespace plants
