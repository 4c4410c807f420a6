// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "compare.h"
#include "queries/handling_unit.h"
#include "queries/vessel.h"

namespace lotbook::model {

namespace {

std::string goods_row(const std::string& sscc, const std::string& item, const std::string& lot, Amount first,
                      Amount second) {
  return sscc + " " + item + " " + lot + " " + text_of_amount(first) + "/" + text_of_amount(second);
}

std::string joined(const std::vector<std::string>& rows) {
  std::string all;
  for (const std::string& row : rows) all += "\n  " + row;
  return all;
}

void same(const std::string& what, const std::string& of, std::vector<std::string> product,
          std::vector<std::string> reference, bool in_order = false) {
  if (!in_order) std::sort(product.begin(), product.end()), std::sort(reference.begin(), reference.end());
  if (product != reference)
    throw Disagreement(what, of + "\nproduct" + joined(product) + "\nreference" + joined(reference));
}

}  // namespace

void compare_unit(Product& product, const Book& book, int unit) {
  const std::vector<HandlingUnit> units = book.units();
  const HandlingUnit& known = units[static_cast<std::size_t>(unit)];
  if (!known.is_known) return;
  const auto sscc = [&](int one) { return one == none ? std::string() : book.ssccs[static_cast<std::size_t>(one)]; };
  const auto answer = product.ask<HandlingUnitAnswer>("handling_unit", HandlingUnitQuestion{sscc(unit)});
  std::vector<std::string> seen{"in " + answer.place, "on " + answer.inside};
  std::vector<std::string> expected{"in " + known.place, "on " + sscc(known.inside)};
  for (const PackedRow& row : answer.goods)
    seen.push_back(goods_row(row.sscc, row.item, row.lot, row.quantity.millionths(), row.quantity2.millionths()));
  for (const std::string& carried : answer.carries) seen.push_back("carries " + carried);
  for (const int one : book.with_nested(unit, units)) {
    const HandlingUnit& on_it = units[static_cast<std::size_t>(one)];
    if (on_it.inside == unit) expected.push_back("carries " + sscc(one));
    for (const auto& [lot, much] : on_it.goods)
      expected.push_back(goods_row(sscc(one), book.lots[static_cast<std::size_t>(lot)].item, book.state(lot).code,
                                   much.first, much.second));
  }
  same("what is on a pallet (R24)", sscc(unit), seen, expected);
}

void compare_units_in(Product& product, const Book& book, const std::string& place) {
  HandlingUnitsQuestion question;
  question.place = place, question.limit = 1000;
  std::vector<std::string> seen, expected;
  for (const HandlingUnitRow& row : product.ask<HandlingUnitsAnswer>("handling_units", question).rows)
    seen.push_back(row.sscc);
  const std::vector<HandlingUnit> units = book.units();
  for (std::size_t i = 0; i < units.size(); ++i)
    if (units[i].is_known && book.lies_in(units[i].place, place)) expected.push_back(book.ssccs[i]);
  same("pallets in a place (R24)", place, seen, expected);
}

void compare_vessel(Product& product, const Book& book, const std::string& place) {
  const auto answer = product.ask<VesselAnswer>("vessel", VesselQuestion{place});
  const Vessel vessel = book.vessel(place);
  const auto code = [&](int lot) { return lot == none ? std::string() : book.state(lot).code; };
  std::vector<std::string> seen{"last " + answer.last_lot, "clings " + text_of_amount(answer.may_cling.millionths())};
  const Amount clings = book.residue(place);
  std::vector<std::string> expected{"last " + (clings > 0 ? code(vessel.last) : ""),
                                    "clings " + text_of_amount(clings)};
  for (const VesselLayer& layer : answer.layers)
    seen.push_back(layer.item + " " + layer.lot + " " + text_of_amount(layer.quantity.millionths()));
  for (const int lot : vessel.layers)
    expected.push_back(book.lots[static_cast<std::size_t>(lot)].item + " " + code(lot) + " " +
                       text_of_amount(book.on_hand(lot, place).first));
  same("what a vessel holds (R74, R75, R76)", place, seen, expected, true);
}

}  // namespace lotbook::model
