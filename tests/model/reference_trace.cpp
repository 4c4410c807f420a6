// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference.h"

// Where goods came from and went to (R65, R66, R68, R69, R85, R89).

namespace lotbook::model {

namespace {

bool is_end(const std::string& place) { return place == "process" || place == "conversion"; }

void read(const Entry& entry, Content& content) {
  for (const Line& line : entry.lines) {
    if (is_end(line.to)) {
      content.inputs[{line.lot, line.into}].add(line.quantity, 1);
    } else if (is_end(line.from) && entry.kind == "give_back") {
      content.inputs[{line.lot, line.into}].add(line.quantity, -1);
    } else if (is_end(line.from)) {
      content.outputs[line.lot].add(line.quantity, 1);
      const std::pair when{entry.earliest, entry.latest};
      auto& first = content.first_yield.try_emplace(line.lot, when).first->second;
      auto& last = content.last_yield.try_emplace(line.lot, when).first->second;
      first = std::min(first, when), last = std::max(last, when);
    }
  }
  content.assumed.insert(content.assumed.end(), entry.assumed.begin(), entry.assumed.end());
}

void links_of(const Content& content, std::set<Link>& links) {
  for (const auto& [input, quantity] : content.inputs) {
    if (quantity.first <= 0 && quantity.second <= 0) continue;  // R68
    for (const auto& [output, made] : content.outputs)
      if (input.second == none || input.second == output) links.insert({input.first, output});
  }
  for (const Assumed& assumed : content.assumed) {
    if (assumed.into != none) links.insert({assumed.lot, assumed.into});
    if (assumed.into == none)
      for (const auto& [output, made] : content.outputs) links.insert({assumed.lot, output});
  }
}

}  // namespace

Content Book::content(int run, int upto) const {
  Content content;
  for (const Entry* entry : standing(upto))
    if (entry->run == run) read(*entry, content);
  return content;
}

Content Book::content(const Entry& alone) const {
  Content content;
  read(alone, content);
  return content;
}

bool Book::has_content(int run) const {
  const Content all = content(run);
  return !all.outputs.empty() || !all.assumed.empty() ||
         std::any_of(all.inputs.begin(), all.inputs.end(), [](const auto& input) { return !input.second.is_zero(); });
}

std::set<Link> Book::links(int upto) const {
  std::set<Link> links;
  for (std::size_t run = 0; run < runs.size(); ++run) links_of(content(static_cast<int>(run), upto), links);
  for (const Entry* entry : standing(upto))
    if (entry->run == none) links_of(content(*entry), links);
  return links;
}

std::set<std::pair<int, int>> Book::joins(int upto) const {
  std::set<std::pair<int, int>> joined;
  const std::set<int> gone = taken_back(in_force(upto));
  for (const Entry& entry : entries)
    for (const auto& [lot, with] : entry.joined)
      if (entry.seq <= upto && !gone.contains(entry.seq)) joined.insert({lot, with}), joined.insert({with, lot});
  return joined;
}

std::set<int> Book::reached(const std::set<int>& seeds, bool forward, int upto) const {
  const std::set<Link> all = links(upto);
  const std::set<std::pair<int, int>> one = joins(upto);
  std::set<int> reached = seeds;
  for (bool grows = true; grows;) {
    grows = false;
    const auto reach = [&](int from, int to) {
      // What is not tracked has no history to follow (R90).
      if (reached.contains(from) && lots[static_cast<std::size_t>(to)].is_tracked) grows |= reached.insert(to).second;
    };
    for (const Link& link : all) forward ? reach(link.from, link.to) : reach(link.to, link.from);
    for (const auto& [lot, with] : one) reach(lot, with);
  }
  return reached;
}

Amount Book::net_dispatched(int lot, const std::string& customer, const Entry* with) const {
  const std::map<int, bool> force = force_with(with, INT_MAX);
  Amount net = 0;
  const auto add = [&](const Entry& entry) {
    if (entry.partner != customer) return;
    for (const Line& line : entry.lines) {
      if (line.lot == lot && line.to == "customer") net += line.quantity.first;
      if (line.lot == lot && line.from == "customer") net -= line.quantity.first;
    }
  };
  for (const Entry& entry : entries)
    if (force.at(entry.seq)) add(entry);
  if (with) add(*with);
  return net;
}

Balance Book::balance(int lot) const {
  Balance balance;
  for (const Entry* entry : standing())
    for (const Line& line : entry->lines) {
      if (line.lot != lot) continue;
      const Amount quantity = line.quantity.first;
      const bool gives_back = entry->kind == "give_back";
      if (line.from == "opening") balance.opened += quantity;
      if (line.from == "supplier") balance.received += quantity;
      if (line.from == "process")
        (gives_back ? balance.consumed : balance.yielded) += gives_back ? -quantity : quantity;
      if (line.from == "customer") balance.returned += quantity;
      if (line.from == "conversion") balance.converted_in += quantity;
      if (line.from == "count") balance.count_gains += quantity;
      if (line.to == "process") balance.consumed += quantity;
      if (line.to == "customer") balance.dispatched += quantity;
      if (line.to == "supplier") balance.back_to_supplier += quantity;
      if (line.to == "disposed") balance.disposed += quantity;
      if (line.to == "sampled") balance.sampled += quantity;
      if (line.to == "conversion") balance.converted_out += quantity;
      if (line.to == "count") balance.count_losses += quantity;
    }
  for (const auto& [cell, quantity] : stock())
    if (cell.first == lot) balance.on_hand += quantity.first;
  return balance;
}

/// R20, R40, R44, R49 without an order: whether the goods there may go to a customer today.
static bool may_leave(const Book& book, int lot, const std::string& place, Day today) {
  static const std::set<std::string> closed{"quarantine", "returns", "retained", "in_transit", "external"};
  const Dates& dates = book.state(lot).dates;
  const Day least =
      today + book.items.at(book.lots[static_cast<std::size_t>(lot)].item).at("minimum_life_at_dispatch_days").number();
  return !closed.contains(book.use_of(place)) && book.status(lot, place, today) == "released" &&
         (dates.best_before == no_day || today <= dates.best_before) &&
         (dates.expires == no_day || least <= dates.expires);
}

std::vector<Book::Use> Book::order_of_use(const std::string& item, Time now) const {
  std::map<std::pair<int, std::string>, Use> rows;
  for (const auto& [cell, much] : stock()) {
    const auto& [lot, place] = cell;
    if (lots[static_cast<std::size_t>(lot)].item != item || much.first == 0) continue;
    const std::string site = place == "in_transit" ? "" : site_of(place);
    Use& row = rows.try_emplace({lot, site}, Use{lot, site}).first->second;
    row.on_hand += much.first;
    if (may_leave(*this, lot, place, day_at(place, now))) row.available += much.first, row.is_usable = true;
  }
  std::vector<Use> order;
  for (const auto& [key, row] : rows) order.push_back(row);
  const bool is_fifo = items.at(item).at("picking").text() == "fifo";
  std::sort(order.begin(), order.end(), [&](const Use& a, const Use& b) {
    const LotState &one = state(a.lot), &other = state(b.lot);
    const auto key = [&](const LotState& of, const Use& use) {
      return std::tuple(is_fifo ? of.dates.came() : of.dates.governing(), of.dates.came(), use.available, of.code,
                        use.site);
    };
    return key(one, a) < key(other, b);
  });
  return order;
}

}  // namespace lotbook::model
