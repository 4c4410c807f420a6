// SPDX-License-Identifier: Apache-2.0
// What happens to goods besides being received, made and shipped.
#include <algorithm>
#include <utility>

#include "rough_plant.h"

namespace plants {

void RoughPlant::move(Number batch, Number from_place, Number to_place, Units amount) {
  start_row("move", time(site_of(from_place), std::span(&batch, 1)), batch, amount);
  events_[from] = place_code(from_place);
  events_[to] = place_code(to_place);
  end_row();
  take(batch, from_place, amount);
  put(batch, to_place, amount);
}

void RoughPlant::move_about(Number site) {
  Found found{};
  if (!find_any(site, found)) return;
  constexpr Number targets[]{store, bin, second_bin, goods, line, cage, cage, retained, external};
  const Number target = place(site, targets[below(9)]);
  if (target == found.place) return;
  const Units amount = happens(50) ? found.amount : 1 + static_cast<Units>(random_() % found.amount);
  move(found.batch, found.place, target, amount);
  if (target % places == cage) in_cage_[site].push_back(found.batch);
  if (target % places == external && happens(60)) move(found.batch, target, place(site, store), amount);
}

void RoughPlant::convert(Number site) {
  Found found{};
  if (!find_any(site, found) || found.amount < 10) return;
  const Number chance = below(10);
  if (chance < 3) return split(found);
  if (chance < 5) return blend(site, found);
  if (products_[batches_[found.batch].product].level == 0) return;
  if (chance < 9) return rework(site, found);
  take_apart(site, found);
}

// Into parts, or as one part with new labels.
void RoughPlant::split(const Found& found) {
  const auto product = batches_[found.batch].product;
  const auto run = document_number("SP-");
  const bool relabels = happens(40);
  const char* kind_text = relabels ? "relabel" : "split";
  use(site_of(found.place), run, found, kind_text);
  Units rest = found.amount;
  for (Number parts = relabels ? 1 : 2 + below(2); parts > 0; --parts) {
    const Units part = parts == 1 ? rest : rest / parts;
    yield(run, new_batch(product), found.place, part, kind_text);
    rest -= part;
  }
  close(run);
}

void RoughPlant::blend(Number site, const Found& found) {
  const auto product = batches_[found.batch].product;
  Found other{};
  for (int tries = 0; tries < 5 && (other.amount == 0 || other.batch == found.batch); ++tries)
    if (!find(site, product, other)) return;
  if (other.batch == found.batch) return;
  const auto run = document_number("BL-");
  use(site, run, found, "blend");
  use(site, run, other, "blend");
  yield(run, new_batch(product), found.place, found.amount + other.amount, "blend");
  close(run);
}

// Into the same lot; now and then two lots are worked into each other, which makes a loop.
void RoughPlant::rework(Number site, const Found& found) {
  Found other{};
  const auto& inputs = products_[batches_[found.batch].product].inputs;
  const auto product = happens(40) ? batches_[found.batch].product : any(inputs);
  if (!find(site, product, other) || other.batch == found.batch || other.amount < 10) return;
  const auto rounds = products_[batches_[other.batch].product].level > 0 ? 2 : 1;
  Found one = found, two = other;
  for (int round = 0; round < rounds; ++round) {
    one.amount = std::min(one.amount, amount_at(one.batch, one.place)) / 2;
    two.amount = std::min(two.amount, amount_at(two.batch, two.place)) / 2;
    if (one.amount == 0 || two.amount == 0) return;
    const auto run = document_number("RW-");
    use(site, run, one, "rework");
    use(site, run, two, "rework");
    yield(run, one.batch, place(site, goods), one.amount, "rework");
    if (happens(70)) close(run);
    std::swap(one, two);
  }
}

void RoughPlant::take_apart(Number site, const Found& found) {
  const auto run = document_number("DA-");
  use(site, run, found, "disassembly");
  for (const auto input : std::vector(products_[batches_[found.batch].product].inputs))
    yield(run, new_batch(input), place(site, store), (1 + below(20)) * scale(input), "disassembly");
  close(run);
}

void RoughPlant::leave_for(Number site) {
  Found found{};
  if (!find_any(site, found)) return;
  const Units amount = 1 + static_cast<Units>(random_() % found.amount);
  OnTheRoad transfer{document_number("TR-"), found.batch, (site + 1 + below(sites_ - 1)) % sites_, amount};
  start_row("move", time(site, std::span(&found.batch, 1)), found.batch, amount);
  events_[document] = transfer.document;
  events_[from] = place_code(found.place);
  end_row();
  take(found.batch, found.place, amount);
  if (happens(92)) on_the_road_.push_back(std::move(transfer));
}

// All of it, or in two parts, or short for ever.
void RoughPlant::arrive() {
  if (on_the_road_.empty()) return;
  const auto number = below(static_cast<Number>(on_the_road_.size()));
  const auto transfer = on_the_road_[number];
  on_the_road_.erase(on_the_road_.begin() + number);
  Units amount = transfer.amount;
  if (amount > 1 && happens(25)) amount -= 1 + static_cast<Units>(random_() % (amount - 1));
  start_row("move", time(transfer.to_site, std::span(&transfer.batch, 1)), transfer.batch, amount);
  events_[document] = transfer.document;
  events_[to] = place_code(place(transfer.to_site, dock));
  end_row();
  put(transfer.batch, place(transfer.to_site, dock), amount);
  if (amount < transfer.amount && happens(40)) {
    on_the_road_.push_back(transfer);
    on_the_road_.back().amount -= amount;
  }
}

void RoughPlant::void_shipment() {
  if (shipments_.empty() || shipments_.back().came_back) return;
  const auto shipment = shipments_.back();
  shipments_.pop_back();
  std::vector<Number> batches;
  for (const auto& one : shipment.lines) batches.push_back(one.batch);
  start_row("void", exact_time(batches));
  events_[document] = shipment.document;
  events_[to] = place_code(place(shipment.site, goods));
  events_[reason] = "truck broke down";
  end_row();
  for (const auto& one : shipment.lines) put(one.batch, place(shipment.site, goods), one.amount);
}

void RoughPlant::come_back() {
  if (shipments_.empty()) return;
  auto& shipment = shipments_[below(static_cast<Number>(shipments_.size()))];
  const auto number = document_number("RN-");
  for (auto& one : shipment.lines) {
    if (one.amount == 0 || happens(30)) continue;
    const Units amount = happens(40) ? one.amount : 1 + static_cast<Units>(random_() % one.amount);
    const auto where = place(shipment.site, returns);
    start_row("return", time(shipment.site, std::span(&one.batch, 1)), one.batch, amount);
    events_[document] = number;
    events_[to] = place_code(where);
    events_[partner] = shipment.partner;
    events_[reference] = shipment.document;
    events_[reason] = "too much, \"they say\"";
    end_row();
    put(one.batch, where, amount);
    one.amount -= amount;
    shipment.came_back = true;
    if (happens(50)) move(one.batch, where, place(shipment.site, goods), amount);
  }
}

void RoughPlant::give_back(Number site) {
  Found found{};
  if (!find(site, any(bought_), found) || !origins_.contains(found.batch)) return;
  const Units amount = 1 + static_cast<Units>(random_() % found.amount);
  start_row("return_to_supplier", time(site, std::span(&found.batch, 1)), found.batch, amount);
  events_[from] = place_code(found.place);
  events_[partner] = origins_[found.batch].partner;
  events_[reference] = origins_[found.batch].document;
  events_[reason] = "damp";
  end_row();
  take(found.batch, found.place, amount);
}

void RoughPlant::lose_some(Number site) {
  Found found{};
  if (!find_any(site, found)) return;
  const Units amount = std::min<Units>(found.amount, 1 + below(20));
  start_row(happens(50) ? "sample" : "dispose", time(site, std::span(&found.batch, 1)), found.batch, amount);
  events_[from] = place_code(found.place);
  events_[reason] = "laboratory\nor bin";
  end_row();
  take(found.batch, found.place, amount);
}

// Quality decides: quarantine and its end, numbered holds that are lifted one by one.
void RoughPlant::judge(Number site) {
  const Number chance = below(4);
  if (chance == 0 && !waiting_.empty()) {
    const auto batch = waiting_.back();
    waiting_.pop_back();
    start_row(happens(80) ? "release" : "reject", exact_time(std::span(&batch, 1)), batch, -1);
  } else if (chance == 1 && !holds_.empty()) {
    std::swap(holds_[below(static_cast<Number>(holds_.size()))], holds_.back());
    const auto hold = holds_.back();
    holds_.pop_back();
    start_row("release", exact_time(std::span(&hold.batch, 1)), hold.batch, -1);
    events_[document] = hold.document;
  } else {
    Found found{};
    if (!find_any(site, found)) return;
    const bool holds = chance > 1;
    start_row(holds ? "hold" : "quarantine", exact_time(std::span(&found.batch, 1)), found.batch, -1);
    if (holds) {
      events_[document] = document_number("QN-");
      holds_.push_back({events_[document], found.batch});
      constexpr const char* kinds[]{"", "lot", "descendants", "descendants_and_new"};
      events_[kind] = kinds[below(4)];
      if (happens(30)) events_[from] = place_code(found.place);
    } else {
      waiting_.push_back(found.batch);
    }
  }
  events_[reason] = "checked";
  end_row();
}

void RoughPlant::count_something(Number site) {
  Found found{};
  if (!find_any(site, found)) return;
  const bool more = happens(40);
  const Units difference = 1 + below(5);
  if (happens(50)) {
    const Units counted = happens(30) ? found.amount : more ? found.amount + difference : found.amount / 2;
    start_row("count", exact_time(std::span(&found.batch, 1)), found.batch, counted);
    events_[to] = place_code(found.place);
    put(found.batch, found.place, counted - found.amount);
  } else {
    const Units amount = more ? difference : std::min(found.amount, difference);
    start_row("adjust", time(site, std::span(&found.batch, 1)), found.batch, amount);
    events_[more ? to : from] = place_code(found.place);
    put(found.batch, found.place, more ? amount : -amount);
  }
  events_[document] = document_number("CN-");
  events_[reason] = "stocktaking";
  end_row();
}

// Every lot of the cage, one now and then not named although it should lie there.
void RoughPlant::count_cage(Number site) {
  const auto where = place(site, cage);
  auto there = std::exchange(in_cage_[site], {});
  std::sort(there.begin(), there.end());
  there.erase(std::unique(there.begin(), there.end()), there.end());
  std::erase_if(there, [&](Number batch) { return amount_at(batch, where) == 0; });
  if (there.size() < 2) {
    in_cage_[site] = there;
    return;
  }
  const auto number = document_number("CC-");
  const auto when = exact_time(there);
  const bool forgets = happens(60);
  for (const auto batch : there) {
    const Units held = amount_at(batch, where);
    if (forgets && batch == there.back()) {
      take(batch, where, held);
      continue;
    }
    const bool emptied = there.size() > 12 && happens(50);
    const Units counted = emptied ? 0 : happens(70) ? held : held / 3;
    start_row("count", when, batch, counted);
    events_[document] = number;
    events_[to] = place_code(where);
    events_[reason] = "yearly count";
    events_[kind] = "complete";
    end_row();
    put(batch, where, counted - held);
    if (counted > 0) in_cage_[site].push_back(batch);
  }
}

void RoughPlant::name_again(Number site) {
  Found found{};
  if (!find(site, any(bought_), found) || batches_[found.batch].code.empty()) return;
  const auto further = "ALSO/" + std::to_string(found.batch) + "-" + std::to_string(below(1000));
  start_row("name", exact_time(std::span(&found.batch, 1)));
  events_[item] = products_[batches_[found.batch].product].code;
  events_[lot] = batches_[found.batch].code;
  events_[supplier_lot] = further;
  events_[issuer] = any(suppliers_);
  end_row();
}

}  // namespace plants
