// SPDX-License-Identifier: Apache-2.0
// plant_closure BUNDLE --forward|--backward [--seeds CSV]   one JSON line for each seed (item, lot), else for each lot
// plant_closure BUNDLE --stock                              the final stock, runs, statuses and holds, one JSON line
// each
//
// plant_closure BUNDLE --check                              whether a lot is ever below zero, as recorded or as
// occurred
//
// What a trace of a bundle must say, found naively and with no line of the product's code. A lot is written
// ["ITEM","LOT"]; one whose own code only the book knows ["ITEM",null,"SUPPLIER_LOT","DOCUMENT"].
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <numeric>
#include <tuple>

#include "genealogy.h"
#include "json.h"
#include "stock.h"

namespace {

using namespace plants;

class Printer {
 public:
  Printer(const History& history, Genealogy& genealogy) : history_(history), genealogy_(genealogy) {
    texts_.reserve(history.lots.size());
    for (const auto& lot : history.lots) texts_.push_back(lot_text(history, lot));
    by_name_.resize(history.lots.size());
    std::iota(by_name_.begin(), by_name_.end(), 0u);
    const auto name = [&](std::uint32_t lot) {
      const Lot& it = history.lots[lot];
      return std::tuple(history.items[it.item].code, it.code, it.supplier_lot, it.document, lot);
    };
    std::sort(by_name_.begin(), by_name_.end(), [&](auto one, auto other) { return name(one) < name(other); });
    rank_.resize(by_name_.size());
    for (std::uint32_t i = 0; i < by_name_.size(); ++i) rank_[by_name_[i]] = i;
    dispatched_.resize(genealogy.customers.size());
    returned_.resize(genealogy.customers.size());
  }

  void print(std::uint32_t seed, Direction direction) {
    const auto reached = genealogy_.closure(seed, direction);
    std::vector<std::uint32_t> ranks;
    ranks.reserve(reached.size());
    for (const auto lot : reached) ranks.push_back(rank_[lot]);
    std::sort(ranks.begin(), ranks.end());
    line_ = "{\"seed\":" + texts_[seed] + ",\"lots\":[";
    for (const auto rank : ranks) line_.append(texts_[by_name_[rank]]).append(1, ',');
    line_.back() = ']';
    if (direction == Direction::forward)
      customers(reached);
    else
      suppliers(reached);
    line_ += "}\n";
    std::fwrite(line_.data(), 1, line_.size(), stdout);
  }

  const std::vector<std::uint32_t>& by_name() const { return by_name_; }

 private:
  void customers(const std::vector<std::uint32_t>& reached) {
    std::vector<std::uint32_t> met;
    for (const auto lot : reached)
      for (const auto i : genealogy_.sales_of[lot]) {
        const Sale& sale = genealogy_.sales[i];
        if (dispatched_[sale.customer] == 0) met.push_back(sale.customer);
        dispatched_[sale.customer] += sale.dispatched;
        returned_[sale.customer] += sale.returned;
      }
    const auto name = [&](std::uint32_t number) {
      const Customer& customer = genealogy_.customers[number];
      return std::tuple(history_.partners.text(customer.partner), customer.address, history_.items[customer.item].code);
    };
    std::sort(met.begin(), met.end(), [&](auto one, auto other) { return name(one) < name(other); });
    line_ += ",\"customers\":[";
    for (const auto number : met) {
      const auto [partner, address, item] = name(number);
      line_ += "{\"partner\":" + quoted(partner) + ",\"address\":" + quoted(address) + ",\"item\":" + quoted(item);
      line_ += ",\"unit\":" + quoted(history_.items[genealogy_.customers[number].item].unit);
      line_ += ",\"dispatched\":\"" + to_text(dispatched_[number]) + "\",\"returned\":\"" + to_text(returned_[number]);
      line_ += "\",\"net\":\"" + to_text(dispatched_[number] - returned_[number]) + "\"},";
      dispatched_[number] = returned_[number] = 0;
    }
    close_list();
  }

  void suppliers(const std::vector<std::uint32_t>& reached) {
    std::vector<std::tuple<std::uint32_t, std::string_view, std::string_view>> rows;
    for (const auto lot : reached)
      for (const auto i : genealogy_.receipts_of[lot]) {
        const Receipt& receipt = genealogy_.receipts[i];
        rows.emplace_back(rank_[lot], history_.partners.text(receipt.partner), receipt.supplier_lot);
      }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    line_ += ",\"suppliers\":[";
    for (const auto& [rank, partner, supplier_lot] : rows) {
      const Lot& lot = history_.lots[by_name_[rank]];
      line_ += "{\"partner\":" + quoted(partner) + ",\"item\":" + quoted(history_.items[lot.item].code) + ",\"lot\":";
      line_ += lot.code.empty() ? "null" : quoted(lot.code);
      line_ += ",\"supplier_lot\":" + quoted(supplier_lot) + "},";
    }
    close_list();
  }

  void close_list() {
    if (line_.back() == ',') line_.pop_back();
    line_ += ']';
  }

  const History& history_;
  Genealogy& genealogy_;
  std::vector<std::string> texts_;
  std::vector<std::uint32_t> by_name_, rank_;
  std::vector<Amount> dispatched_, returned_;
  std::string line_;
};

int traces(const std::string& bundle, Direction direction, const std::string& seeds) {
  History history(bundle);
  Genealogy genealogy(history);
  history.read([&](const Row& row) { genealogy.add(row); });
  genealogy.finish();
  Printer printer(history, genealogy);
  if (seeds.empty()) {
    for (const auto lot : printer.by_name()) printer.print(lot, direction);
    return 0;
  }
  CsvFile file(seeds);
  const int item = file.required("item"), lot = file.required("lot");
  while (file.next()) {
    const auto seed = history.find_lot(file[item], trimmed(file[lot]));
    if (seed == none) file.fail("lot", "is not in the bundle");
    printer.print(seed, direction);
  }
  return 0;
}

int run(const std::vector<std::string>& arguments) {
  std::string bundle, seeds, question;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i] == "--seeds" && i + 1 < arguments.size())
      seeds = arguments[++i];
    else if (arguments[i].starts_with("--"))
      question = arguments[i];
    else
      bundle = arguments[i];
  }
  if (!bundle.empty() && question == "--stock") return print_stock(bundle);
  if (!bundle.empty() && question == "--check") return check_stock(bundle);
  if (!bundle.empty() && question == "--forward") return traces(bundle, Direction::forward, seeds);
  if (!bundle.empty() && question == "--backward") return traces(bundle, Direction::backward, seeds);
  std::cerr << "usage: plant_closure BUNDLE --forward|--backward [--seeds CSV] | --stock | --check\n";
  return 2;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run({words, words + count});
  } catch (const std::exception& trouble) {
    std::cerr << trouble.what() << '\n';
    return 1;
  }
}
