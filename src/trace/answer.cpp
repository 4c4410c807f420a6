// SPDX-License-Identifier: Apache-2.0
#include "trace/answer.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/flat_map.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

class Writer {
 public:
  Writer(Links& links, const Masters& masters, const Walk& walk, Way way, Detail detail)
      : links_(links), masters_(masters), walk_(walk), detail_(detail) {
    answer_.way = way, answer_.entry = links.upto();
    // Items in order of code, so that lots are ordered by comparing numbers.
    std::uint32_t rank = 0;
    masters.items.each([&](Id<Item> id, const Item&) { item_rank_[id.value] = ++rank; });
    for (const Walk::Reached& reached : walk.lots) reached_.insert(reached.lot.value);
  }

  TraceAnswer write() {
    write_lots();
    if (detail_ == Detail::full) write_transformations();
    write_withdrawn();
    write_gaps();
    if (answer_.way == Way::back) write_suppliers();
    if (answer_.way == Way::forward) write_customers();
    if (answer_.way == Way::forward && detail_ == Detail::full) write_ends();
    answer_.complete = answer_.incomplete.empty();
    return std::move(answer_);
  }

 private:
  std::string item(Id<Lot> lot) { return std::string(masters_.items.code_of(links_.lot(lot).item)); }
  std::string code(Id<Lot> lot) { return std::string(links_.lot(lot).code); }
  std::string unit(Id<Item> id) const {
    const Item* found = masters_.items.find(id);
    return found ? found->unit : std::string();
  }
  std::string unit(Id<Lot> lot) { return unit(links_.lot(lot).item); }

  void write_lots() {
    struct Row {
      Id<Lot> lot;
      std::uint32_t level, rank;
      LotCard card;
    };
    std::vector<Row> rows;
    rows.reserve(walk_.lots.size());
    for (const Walk::Reached& reached : walk_.lots) {
      const LotCard card = links_.lot(reached.lot);
      rows.push_back({reached.lot, reached.level, item_rank_[card.item.value], card});
    }
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
      return std::tie(a.level, a.rank, a.card.code, a.lot) < std::tie(b.level, b.rank, b.card.code, b.lot);
    });
    answer_.lots.reserve(rows.size());
    order_.reserve(rows.size());
    for (const Row& row : rows) {
      order_.push_back(row.lot);
      TracedLot& lot = answer_.lots.emplace_back();
      lot.item = masters_.items.code_of(row.card.item), lot.lot = row.card.code, lot.id = row.lot.value;
      lot.level = row.level, lot.origin = row.card.origin, lot.unit = unit(row.card.item);
      for (const StockCell& cell : links_.stock(row.lot)) {
        const bool is_moving = cell.place == ends::in_transit;
        lot.on_hand.push_back({is_moving ? "in_transit" : std::string(masters_.places.code_of(cell.place)),
                               std::string(name_of(masters_.use_of(cell.place))), cell.quantity, cell.quantity2});
        if (answer_.way == Way::forward) write_loan(lot, cell);
      }
    }
    std::stable_sort(answer_.ours.begin(), answer_.ours.end(),
                     [](const TracedLoan& a, const TracedLoan& b) { return a.partner < b.partner; });
  }

  void write_loan(const TracedLot& lot, const StockCell& cell) {
    const Id<Place> external = masters_.external_place_of(cell.place);
    if (!external) return;
    TracedLoan& loan = answer_.ours.emplace_back();
    loan.partner = masters_.places.find(external)->partner;
    const Partner* partner = masters_.partners.find(masters_.partners.id_of(loan.partner));
    if (partner) loan.name = partner->name;
    loan.place = masters_.places.code_of(cell.place), loan.item = lot.item, loan.lot = lot.lot, loan.unit = lot.unit;
    loan.quantity = cell.quantity, loan.quantity2 = cell.quantity2;
  }

  void write_transformations() {
    for (const Walk::Passed& passed : walk_.transformations) {
      TracedTransformation& written = answer_.transformations.emplace_back();
      const Transformation what = links_.transformation(passed.transformation);
      written.level = passed.level;
      if (what.run) {
        const Run& run = links_.run(what.run);
        written.order = run.number, written.kind = name_of(run.kind);
      } else {
        written.kind = name_of(what.kind);
      }
      write_lines(passed.transformation, written);
    }
    std::sort(answer_.transformations.begin(), answer_.transformations.end(),
              [](const TracedTransformation& a, const TracedTransformation& b) {
                return std::tie(a.level, a.order, a.entries) < std::tie(b.level, b.order, b.entries);
              });
  }

  void write_lines(std::uint32_t transformation, TracedTransformation& written) {
    // Key: output or input, rank of the item, code, lot, into which outputs, assumed.
    using Key = std::tuple<bool, std::uint32_t, std::string_view, std::uint32_t, std::uint32_t, bool>;
    struct Sum {
      Decimal quantity, quantity2;
    };
    std::map<Key, Sum> sums;
    for (const std::uint32_t number : links_.of_transformation(transformation)) {
      const Crossing& crossing = links_.at(number);
      if (!crossing.stands || !reached_.find(crossing.lot.value)) continue;
      written.entries.push_back(crossing.seq);
      const bool is_output = crossing.passage == Passage::yielded || crossing.passage == Passage::assumed_out;
      const bool is_assumed = crossing.passage == Passage::assumed_in || crossing.passage == Passage::assumed_out;
      const LotCard card = links_.lot(crossing.lot);
      Sum& sum =
          sums[{is_output, item_rank_[card.item.value], card.code, crossing.lot.value, crossing.other, is_assumed}];
      const bool is_minus = crossing.passage == Passage::given_back;
      sum.quantity += is_minus ? -crossing.quantity : crossing.quantity;
      sum.quantity2 += is_minus ? -crossing.quantity2 : crossing.quantity2;
    }
    std::sort(written.entries.begin(), written.entries.end());
    written.entries.erase(std::unique(written.entries.begin(), written.entries.end()), written.entries.end());
    for (const auto& [key, sum] : sums) {
      const Id<Lot> lot{std::get<3>(key)};
      const bool is_assumed = std::get<5>(key);
      if (sum.quantity.is_zero() && sum.quantity2.is_zero() && !is_assumed) continue;
      auto& lines = std::get<0>(key) ? written.outputs : written.inputs;
      lines.push_back(
          {item(lot), code(lot), sum.quantity, sum.quantity2, is_assumed, spoken_outputs(std::get<4>(key))});
    }
  }

  /// One output by its code, as people say it inside one order; several with their items, since codes may be alike.
  std::string spoken_outputs(std::uint32_t assigned) {
    const std::vector<Id<Lot>> outputs = links_.output_sets().outputs(assigned);
    if (outputs.size() == 1) return code(outputs.front());
    std::vector<std::string> names;
    for (const Id<Lot> output : outputs) names.push_back(item(output) + " " + code(output));
    std::sort(names.begin(), names.end());
    std::string spoken;
    for (const std::string& name : names) spoken += (spoken.empty() ? "" : ", ") + name;
    return spoken;
  }

  std::string place_of(std::uint32_t transformation) {
    if (transformation == no_transformation) return {};
    const Transformation what = links_.transformation(transformation);
    if (what.run) return "order " + links_.run(what.run).number;
    return "entry " + std::to_string(what.seq);
  }

  void write_withdrawn() {
    for (const std::uint32_t number : walk_.withdrawn) {
      const Crossing& crossing = links_.at(number);
      if (is_repeated(crossing, number)) continue;
      TracedWithdrawal& row = answer_.withdrawn.emplace_back();
      row.entry = crossing.seq, row.by_entry = links_.taken_back_by(crossing.seq);
      row.kind = name_of(crossing.passage), row.item = item(crossing.lot), row.lot = code(crossing.lot);
      row.quantity = crossing.quantity;
      row.partner = masters_.partners.code_of(crossing.partner), row.document = links_.text(crossing.document);
      if (crossing.stands) row.by_entry = last_given_back(crossing);
      if (row.by_entry == 0) continue;
      const Entry by = links_.entry(row.by_entry);
      row.who = by.who, row.when = by.recorded_at.text(), row.why = by.why;
    }
    std::sort(answer_.withdrawn.begin(), answer_.withdrawn.end(),
              [](const TracedWithdrawal& a, const TracedWithdrawal& b) {
                return std::tie(a.entry, a.kind, a.item, a.lot, a.quantity) <
                       std::tie(b.entry, b.kind, b.item, b.lot, b.quantity);
              });
  }

  /// Whether a correction took the entry back and says the same of these goods: then nothing was withdrawn, whatever
  /// else of the entry it changed.
  bool is_repeated(const Crossing& gone, std::uint32_t number) {
    if (gone.stands) return false;
    const auto is_same = [&](const Crossing& other) {
      const auto run = [&](const Crossing& c) {
        return c.transformation == no_transformation ? Id<Run>{} : links_.transformation(c.transformation).run;
      };
      return other.passage == gone.passage && other.quantity == gone.quantity && other.quantity2 == gone.quantity2 &&
             other.other == gone.other && other.partner == gone.partner && other.address == gone.address &&
             run(other) == run(gone);
    };
    std::set<std::uint64_t> corrections;
    for (std::uint64_t by = links_.taken_back_by(gone.seq); by != 0 && corrections.insert(by).second;)
      by = links_.taken_back_by(by);
    std::size_t before = 0, repeated = 0;  // the same line may be there twice, and be repeated once
    for (const std::uint32_t n : links_.of_lot(gone.lot)) {
      const Crossing& other = links_.at(n);
      if (other.seq == gone.seq && n < number && is_same(other)) ++before;
      if (other.stands && corrections.contains(other.seq) && is_same(other)) ++repeated;
    }
    return before < repeated;
  }

  /// A link that went because all of it was given back (R68).
  std::uint64_t last_given_back(const Crossing& input) {
    std::uint64_t last = 0;
    for (const std::uint32_t number : links_.of_lot(input.lot)) {
      const Crossing& crossing = links_.at(number);
      if (crossing.stands && crossing.passage == Passage::given_back && crossing.transformation == input.transformation)
        last = crossing.seq;
    }
    return last;
  }

  void write_gaps() {
    for (const Walk::Ended& ended : walk_.untracked)
      answer_.incomplete.push_back({"not_tracked", item(ended.lot), "", place_of(ended.transformation)});
    for (const Id<Lot> lot : order_) {
      const Origin origin = links_.lot(lot).origin;
      if (origin != Origin::unknown && origin != Origin::found) continue;
      if (answer_.way == Way::back)
        answer_.incomplete.push_back({std::string(name_of(origin)), item(lot), code(lot), opened_where(lot)});
    }
    const auto key = [](const TraceGap& g) { return std::tie(g.why, g.item, g.lot, g.where); };
    std::sort(answer_.incomplete.begin(), answer_.incomplete.end(),
              [&](const TraceGap& a, const TraceGap& b) { return key(a) < key(b); });
    answer_.incomplete.erase(std::unique(answer_.incomplete.begin(), answer_.incomplete.end(),
                                         [&](const TraceGap& a, const TraceGap& b) { return key(a) == key(b); }),
                             answer_.incomplete.end());
  }

  std::string opened_where(Id<Lot> lot) {
    for (const std::uint32_t number : links_.of_lot(lot))
      if (const Crossing& crossing = links_.at(number); crossing.stands) return "entry " + std::to_string(crossing.seq);
    return {};
  }

  void write_customers() {
    struct Key {
      std::string_view partner, address, item;
      auto operator<=>(const Key&) const = default;
    };
    std::map<Key, TracedCustomer> rows;
    for (const Id<Lot> lot : order_)
      for (const std::uint32_t number : links_.of_lot(lot)) {
        const Crossing& crossing = links_.at(number);
        const bool is_return = crossing.passage == Passage::returned;
        if (!crossing.stands || (crossing.passage != Passage::dispatched && !is_return)) continue;
        const Id<Address> address = is_return ? address_of_return(crossing) : crossing.address;
        const LotCard card = links_.lot(lot);
        const Key key{masters_.partners.code_of(crossing.partner), masters_.addresses.code_of(address),
                      masters_.items.code_of(card.item)};
        const auto [at, is_new] = rows.try_emplace(key);
        TracedCustomer& row = at->second;
        if (is_new) {
          row.partner = key.partner, row.address = key.address, row.item = key.item, row.unit = unit(card.item);
          if (const Partner* partner = masters_.partners.find(crossing.partner)) row.name = partner->name;
        }
        (is_return ? row.returned : row.dispatched) += crossing.quantity;
        row.quantity = row.dispatched - row.returned;
        row.quantity2 += is_return ? -crossing.quantity2 : crossing.quantity2;
        if (detail_ == Detail::brief) continue;
        TracedDelivery& delivery = row.deliveries.emplace_back();
        delivery.lot = card.code, delivery.entry = crossing.seq, delivery.document = links_.text(crossing.document);
        (is_return ? delivery.returned : delivery.dispatched) = crossing.quantity;
      }
    for (auto& [key, row] : rows) answer_.customers.push_back(std::move(row));
  }

  /// Where goods that came back had gone: to the place of the delivery that the return names, else the only place of
  /// this customer that the lot went to.
  Id<Address> address_of_return(const Crossing& back) {
    if (back.address) return back.address;
    Id<Address> only;
    bool is_only = true;
    for (const std::uint32_t number : links_.of_lot(back.lot)) {
      const Crossing& out = links_.at(number);
      if (!out.stands || out.passage != Passage::dispatched || out.partner != back.partner) continue;
      if (back.other != 0 && out.document == back.other) return out.address;
      if (only && out.address != only) is_only = false;
      only = out.address;
    }
    return is_only ? only : Id<Address>{};
  }

  void write_ends() {
    for (const Id<Lot> lot : order_) {
      std::map<std::tuple<EndKind, std::uint32_t>, TracedEnd> rows;
      for (const std::uint32_t number : links_.of_lot(lot)) {
        const Crossing& crossing = links_.at(number);
        if (!crossing.stands) continue;
        const auto add = [&](EndKind kind, std::uint32_t which, bool plus) -> TracedEnd& {
          TracedEnd& row = rows[{kind, which}];
          row.kind = kind;
          row.quantity += plus ? crossing.quantity : -crossing.quantity;
          row.quantity2 += plus ? crossing.quantity2 : -crossing.quantity2;
          return row;
        };
        switch (crossing.passage) {
          case Passage::disposed: add(EndKind::disposed, 0, true); break;
          case Passage::sampled: add(EndKind::sampled, 0, true); break;
          case Passage::to_supplier:
            add(EndKind::returned_to_supplier, crossing.partner.value, true).partner =
                masters_.partners.code_of(crossing.partner);
            break;
          case Passage::consumed:
          case Passage::given_back: {
            const Transformation what = links_.transformation(crossing.transformation);
            if (!what.run) break;
            const Run& run = links_.run(what.run);
            if (run.state != RunState::open) break;
            add(EndKind::in_process, what.run.value, crossing.passage == Passage::consumed).order = run.number;
            break;
          }
          default: break;
        }
      }
      for (auto& [key, row] : rows) {
        if (row.quantity.is_zero() && row.quantity2.is_zero()) continue;
        row.item = item(lot), row.lot = code(lot), row.unit = unit(lot);
        answer_.ends.push_back(std::move(row));
      }
    }
    std::stable_sort(answer_.ends.begin(), answer_.ends.end(),
                     [](const TracedEnd& a, const TracedEnd& b) { return a.kind < b.kind; });
  }

  void write_suppliers() {
    std::map<std::tuple<std::string, std::string, std::string, std::string>, TracedSupplier> rows;
    for (const Id<Lot> lot : order_)
      for (const std::uint32_t number : links_.of_lot(lot)) {
        const Crossing& crossing = links_.at(number);
        if (!crossing.stands || crossing.passage != Passage::received) continue;
        const std::string partner(masters_.partners.code_of(crossing.partner));
        const std::string label = label_of(crossing);
        const auto [at, is_new] = rows.try_emplace({partner, item(lot), code(lot), label});
        TracedSupplier& row = at->second;
        if (is_new) {
          row.partner = partner, row.item = item(lot), row.lot = code(lot), row.supplier_lot = label;
          row.unit = unit(lot);
          if (const Partner* found = masters_.partners.find(crossing.partner)) row.name = found->name;
        }
        row.quantity += crossing.quantity;
        row.received_on = std::min(row.received_on, day_of_receipt(links_.entry(crossing.seq), lot));
        if (row.entries.empty() || row.entries.back() != crossing.seq) row.entries.push_back(crossing.seq);
        std::string document(links_.text(crossing.document));
        if (!document.empty() && std::find(row.documents.begin(), row.documents.end(), document) == row.documents.end())
          row.documents.push_back(std::move(document));
      }
    for (auto& [key, row] : rows) answer_.suppliers.push_back(std::move(row));
  }

  /// The calendar day at the site that took the goods in (R25).
  Date day_of_receipt(const Entry& entry, Id<Lot> lot) const {
    for (const Line& line : entry.lines)
      if (line.lot == lot && line.from == ends::supplier) return masters_.zone_of(line.to).day_of(entry.occurred.at);
    return {};
  }

  /// The code that stood on the goods: the name that the receipt itself gave, else the lot's name known before it.
  std::string label_of(const Crossing& receipt) {
    std::string_view before, of_partner;
    for (const std::uint32_t number : links_.of_lot(receipt.lot)) {
      const Crossing& name = links_.at(number);
      if (!name.stands || name.passage != Passage::named) continue;
      if (name.seq == receipt.seq) return std::string(links_.text(name.other));
      if (name.seq > receipt.seq && !before.empty()) continue;
      if (before.empty()) before = links_.text(name.other);
      if (of_partner.empty() && name.partner == receipt.partner) of_partner = links_.text(name.other);
    }
    return std::string(of_partner.empty() ? before : of_partner);
  }

  Links& links_;
  const Masters& masters_;
  const Walk& walk_;
  Detail detail_;
  TraceAnswer answer_;
  std::vector<Id<Lot>> order_;  // lots as the answer lists them
  FlatMap<std::uint32_t, std::uint32_t> item_rank_;
  FlatMap<std::uint32_t, bool> reached_;
};

TraceAnswer trace(Links& links, const Masters& masters, std::span<const Id<Lot>> seeds, Way way, Detail detail) {
  const Walk walked = walk(links, seeds, way);
  return Writer(links, masters, walked, way, detail).write();
}

}  // namespace

TraceAnswer trace_back(Links& links, const Masters& masters, std::span<const Id<Lot>> seeds, Detail detail) {
  return trace(links, masters, seeds, Way::back, detail);
}

TraceAnswer trace_forward(Links& links, const Masters& masters, std::span<const Id<Lot>> seeds, Detail detail) {
  return trace(links, masters, seeds, Way::forward, detail);
}

}  // namespace lotbook
