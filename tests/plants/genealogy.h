// SPDX-License-Identifier: Apache-2.0
// Links and ends of a history, drawn from its rows by R65, R66 and R86 and nothing else, and the closure over them.
//
// Readings:
// - All consume and produce rows of one document are one run, whatever their kind and order: every input to every
// output,
//   except an input whose `into` names an output: that one links to the outputs of the run that bear this code.
// - A customer row is (partner, `to` of the dispatch, item). A void takes back the dispatches of its document above it.
// - A return belongs to the delivery place of the dispatch it refers to, else to the only one of that customer and lot.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "history.h"

namespace plants {

// For each of n things a list of numbers, in one block.
class Lists {
 public:
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  Lists() = default;
  Lists(std::size_t size, const std::vector<Pair>& pairs);
  std::span<const std::uint32_t> operator[](std::uint32_t of) const {
    return {targets_.data() + starts_[of], targets_.data() + starts_[of + 1]};
  }

 private:
  std::vector<std::uint64_t> starts_;
  std::vector<std::uint32_t> targets_;
};

enum class Direction { forward, backward };

struct Customer {
  std::uint32_t partner, item;
  std::string_view address;
};
struct Sale {  // what one lot gave one customer row
  std::uint32_t customer;
  Amount dispatched = 0, returned = 0;
};
struct Receipt {
  std::uint32_t lot, partner;
  std::string_view supplier_lot;
};

class Genealogy {
 public:
  explicit Genealogy(const History& history) : history_(history) {}
  void add(const Row& row);
  void finish();

  // The lots reached, the seed included, in no order.
  std::vector<std::uint32_t> closure(std::uint32_t seed, Direction direction);

  std::vector<Customer> customers;
  std::vector<Sale> sales;
  std::vector<Receipt> receipts;
  Lists sales_of, receipts_of;

 private:
  struct Assigned {
    std::uint32_t lot, run;
    std::string_view into;
  };
  struct Dispatch {
    std::uint32_t lot, partner, next;
    bool is_void;
    std::string_view address;
    Amount quantity;
  };
  struct Return {
    std::uint32_t lot, partner, reference;
    Amount quantity;
  };

  void dispatch(const Row& row);
  void link_assigned();
  void sum_sales();
  std::uint32_t customer_of(std::uint32_t partner, std::uint32_t item, std::string_view address);
  std::uint32_t sale_of_return(const Return& back) const;

  const History& history_;
  std::vector<Lists::Pair> used_in_, yielded_by_;
  std::vector<Assigned> assigned_;
  std::vector<Dispatch> dispatches_;
  std::vector<std::uint32_t> dispatches_of_document_;
  std::vector<Return> returns_;
  Names partner_items_, customer_names_;
  std::vector<std::uint32_t> sale_of_dispatch_;

  Lists runs_using_, runs_yielding_, inputs_, outputs_, assigned_outputs_, assigned_inputs_;
  std::vector<std::uint32_t> seen_lot_, seen_run_;
  std::uint32_t stamp_ = 0;
};

}  // namespace plants
