// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

#include "product.h"
#include "reference.h"

// Product and reference side by side. The first difference is thrown.

namespace lotbook::model {

struct Disagreement : std::runtime_error {
  Disagreement(std::string what_differs, const std::string& detail)
      : std::runtime_error(what_differs + "\n" + detail), what(std::move(what_differs)) {}
  std::string what;  ///< what kind of difference, without the names in it
};

void compare_stock(Product& product, const Book& book, Time now);
void compare_past_stock(Product& product, const Book& book, const std::string& item, int at_entry);
void compare_stock_at(Product& product, const Book& book, const std::string& item, Time at);
void compare_lot(Product& product, const Book& book, int lot, Time now);
void compare_order_of_use(Product& product, const Book& book, const std::string& item, Time now);
void compare_orders(Product& product, const Book& book);
/// What is on a pallet, and what stands in a place (R24).
void compare_unit(Product& product, const Book& book, int unit);
void compare_units_in(Product& product, const Book& book, const std::string& place);
/// What a tank or silo holds (R74–R76).
void compare_vessel(Product& product, const Book& book, const std::string& vessel);
void compare_traces(Product& product, const Book& book, int lot);
void compare_past_traces(Product& product, const Book& book, int lot, int at_entry);

}  // namespace lotbook::model
