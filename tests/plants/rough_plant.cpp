// SPDX-License-Identifier: Apache-2.0
#include "rough_plant.h"

#include <algorithm>

#include "amount.h"

namespace plants {

RoughPlant::RoughPlant(std::string folder, Size size) : Plant(std::move(folder), size) {
  known_.resize(products_.size());
  in_cage_.resize(sites_);
  for (const auto product : bought_) {
    if (product < 3) continue;  // commodities stay plain
    if (product % 5 == 2) products_[product].by_issuer_lot = true;
    if (product % 4 == 1) products_[product].maker = suppliers_[product % suppliers_.size()];
  }
  factors_ = {{"item", "lot", "unit", "factor"}};
  for (const auto& product : products_)
    factors_.push_back(
        {product.code, "", product.decimals == 0 ? "XCT" : "XBG", product.decimals == 0 ? "12" : "25.5"});
}

void RoughPlant::write_more_tables() { write_table(folder_ + "/factors.csv", factors_); }

void RoughPlant::one_act() {
  now_ += step_ / 4 + below(static_cast<Number>(step_ / 2));
  const Number site = below(sites_);
  const Number chance = below(1000);
  if (chance < 150)
    receive_lots(site, any(bought_));
  else if (chance < 380)
    make(site, any(made_));
  else if (chance < 560)
    ship(site);
  else if (chance < 650 && !open_runs_.empty())
    go_on(below(static_cast<Number>(open_runs_.size())));
  else if (chance < 720)
    move_about(site);
  else if (chance < 760)
    convert(site);
  else if (chance < 800)
    leave_for(site);
  else if (chance < 840)
    arrive();
  else if (chance < 850)
    void_shipment();
  else if (chance < 880)
    come_back();
  else if (chance < 890)
    give_back(site);
  else if (chance < 920)
    lose_some(site);
  else if (chance < 960)
    judge(site);
  else if (chance < 980)
    count_something(site);
  else if (chance < 985)
    count_cage(site);
  else if (chance < 995)
    name_again(site);
  else
    use_water(site, document_number("DN-"));
}

void RoughPlant::opening() {
  for (Number site = 0; site < sites_; ++site) {
    start_row("open", exact_time({}));
    events_[item] = "WATER";
    events_[quantity] = "90000000.00";
    events_[to] = place_code(place(site, store));
    end_row();
    for (Number product = 0; product < products_.size(); product += 3) {
      const auto batch = new_batch(product);
      const Units amount = (50 + below(500)) * scale(product) + below(static_cast<Number>(scale(product)));
      const auto where = place(site, products_[product].level == 3 ? goods : store);
      start_row("open", time(site, std::span(&batch, 1)), batch, amount);
      events_[to] = place_code(where);
      events_[expires_on] = day_after(200 + below(200));
      if (happens(40)) {
        const auto name = "OLD " + std::to_string(batch);
        events_[supplier_lot] = name;
        events_[issuer] = any(suppliers_);
        bear(batch, name);
      }
      end_row();
      put(batch, where, amount);
    }
  }
}

// Vague only in ways that keep the order of each lot's rows: the minute must have begun after the lot's last row, a day
// settles at that row at the earliest (R27), a late row states a time after it.
std::string RoughPlant::time(Number site, std::span<const Number> batches) {
  std::int64_t last = now_ - 3 * 86400;
  for (const auto batch : batches) {
    now_ = std::max(now_, batches_[batch].last + 1);
    last = std::max(last, batches_[batch].last);
  }
  const Number chance = below(100);
  const auto minute = now_ / 60 * 60;
  if (chance < 8) {
    auto day = now_ / 86400 - 1;
    while (midnights_.of(zones_[site % zones_.size()], day + 1) <= now_) ++day;
    for (const auto batch : batches) batches_[batch].last = now_;
    return day_text(day);
  }
  std::int64_t stated = now_;
  if (chance < 16 && minute > last)
    stated = minute;
  else if (chance < 24 && last + 1 < now_)
    stated = now_ - below(static_cast<Number>(now_ - last));
  const bool to_the_minute = chance < 16 && minute > last;
  for (const auto batch : batches) batches_[batch].last = to_the_minute ? minute + 59 : stated;

  const std::int64_t offset_minutes = happens(40) ? 0 : site == 1 ? 330 : site == 2 ? -420 : 60;
  const auto local = stated + offset_minutes * 60;
  const auto two = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  auto text = day_text(local / 86400) + "T" + two(local / 3600 % 24) + ":" + two(local / 60 % 60);
  if (!to_the_minute) text += ":" + two(local % 60);
  if (offset_minutes == 0) return text + "Z";
  const auto minutes = std::abs(offset_minutes);
  return text + (offset_minutes < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
}

void RoughPlant::name_batch(Number batch) {
  const Batch& one = batches_[batch];
  if (one.code.empty() || (!one.name.empty() && happens(20)))
    events_[supplier_lot] = one.name;
  else
    events_[lot] = happens(3) ? " " + one.code + " " : one.code;  // outer blanks are no part of it
}

// The same amount in another unit, where it is a whole number of it or has a decimal form.
void RoughPlant::fill_quantity(Number product, Units amount) {
  const bool pieces = products_[product].decimals == 0;
  const Number chance = below(100);
  if (pieces && chance < 10 && amount % 12 == 0) {
    events_[quantity] = std::to_string(amount / 12);
    events_[unit] = chance < 5 ? "XCT" : "DZN";
  } else if (!pieces && chance < 5) {
    events_[quantity] = std::to_string(amount);
    events_[unit] = "GRM";
  } else if (!pieces && chance < 10) {
    events_[quantity] = number_text(amount, 6);
    events_[unit] = "TNE";
  } else {
    events_[quantity] = number_text(amount, products_[product].decimals);
    if (chance < 50) events_[unit] = products_[product].unit;
  }
}

void RoughPlant::bear(Number batch, const std::string& name) {
  const auto [first, is_new] = bearers_.try_emplace({batches_[batch].product, name}, batch);
  if (is_new)
    batches_[batch].name = name;
  else
    batches_[first->second].name.clear();
}

RoughPlant::Delivered RoughPlant::delivered(Number product, const std::string& partner) {
  auto& known = known_[product];
  const Product& of = products_[product];
  if (!known.empty() && happens(20)) {
    const Known& again = any(known);
    const auto batch = of.by_issuer_lot ? again.batch : new_batch(product);
    if (!of.by_issuer_lot) bear(batch, again.name);
    const auto issuer_text = of.maker == again.issuer && happens(50) ? std::string() : again.issuer;
    return {batch, again.name, issuer_text, again.expires, !of.by_issuer_lot || happens(50), false};
  }
  Delivered one{new_batch(product), "", "", day_after(60 + below(400)), true, happens(15)};
  one.name =
      (product % 2 == 0 ? "Q-" : "m/") + std::to_string(random_() % 1'000'000'007) + "." + std::to_string(one.batch);
  if (happens(30)) one.issuer_column = any(suppliers_);
  const auto issuer = !one.issuer_column.empty() ? one.issuer_column : !of.maker.empty() ? of.maker : partner;
  if (of.by_issuer_lot) {
    batches_[one.batch].code = one.name;
    one.writes_code = happens(60);
  } else if (happens(3)) {
    batches_[one.batch].code.clear();
    one.writes_code = false;
  }
  bear(one.batch, one.name);
  if (!one.by_best_before && !batches_[one.batch].code.empty())
    known.push_back({one.name, issuer, one.expires, one.batch});
  if (known.size() > 5) known.erase(known.begin());
  return one;
}

void RoughPlant::receive_lots(Number site, Number product) {
  std::vector<Number> products{product};
  for (Number more = below(3); more > 0; --more) products.push_back(any(bought_));
  std::sort(products.begin(), products.end());
  products.erase(std::unique(products.begin(), products.end()), products.end());
  const auto from_partner = suppliers_[(product * 7 + below(3)) % suppliers_.size()];
  const auto number = document_number("GR-");
  std::vector<Delivered> delivery;
  std::vector<Number> batches;
  for (const auto one : products) {
    delivery.push_back(delivered(one, from_partner));
    batches.push_back(delivery.back().batch);
  }
  const auto when = time(site, batches);
  for (const auto& one : delivery) {
    origins_[one.batch] = {from_partner, number};
    for (Number lines = happens(20) ? 2 : 1; lines > 0; --lines)
      receive_line(one, when, number, from_partner, place(site, happens(30) ? store : dock));
  }
}

void RoughPlant::receive_line(const Delivered& one, const std::string& when, const std::string& number,
                              const std::string& from_partner, Number where) {
  const auto product = batches_[one.batch].product;
  start_row("receive", when);
  events_[document] = number;
  events_[item] = products_[product].code;
  if (one.writes_code) events_[lot] = batches_[one.batch].code;
  const Units amount = received_quantity(one.batch, product);
  events_[to] = place_code(where);
  events_[partner] = from_partner;
  events_[supplier_lot] = one.name;
  events_[issuer] = one.issuer_column;
  events_[one.by_best_before ? best_before_on : expires_on] = one.expires;
  events_[reference] = "PO" + number.substr(2);
  end_row();
  put(one.batch, where, amount);
}

// Typed in a unit that must be converted and rounded, or in the base unit.
Units RoughPlant::received_quantity(Number batch, Number product) {
  const Units units = (product < 3 ? 20'000 + 3 * size_.lots : 300) + below(1000);
  if (products_[product].decimals == 3 && happens(20)) {
    const bool bags = happens(50);
    Ratio ratio = *same_dimension("LBR", "KGM");
    if (bags) {
      // One lot in three has bags of its own weight.
      const bool own = batch % 3 == 0 && !batches_[batch].code.empty();
      ratio = {*parse_exact(own ? "24.975" : "25.5"), {1, 0}};
      if (own && weighed_.insert(batch).second)
        factors_.push_back({products_[product].code, batches_[batch].code, "XBG", "24.975"});
    }
    const auto typed = number_text(bags ? units / 10 : units * 100 + below(100), bags ? 0 : 2);
    events_[quantity] = typed;
    events_[unit] = bags ? "XBG" : "LBR";
    return static_cast<Units>(in_base(*parse_exact(typed), ratio, 3) / 1000);
  }
  const Units amount = units * scale(product) + below(static_cast<Number>(scale(product)));
  fill_quantity(product, amount);
  return amount;
}

void RoughPlant::use(Number site, const std::string& run, const Found& found, const char* kind_text,
                     const std::string& into_code) {
  const bool exact = !into_code.empty();  // an assigned input is never later than its output
  const auto when = exact ? exact_time(std::span(&found.batch, 1)) : time(site, std::span(&found.batch, 1));
  start_row("consume", when, found.batch, found.amount);
  events_[document] = run;
  events_[from] = place_code(found.place);
  events_[into] = into_code;
  events_[kind] = kind_text;
  end_row();
  take(found.batch, found.place, found.amount);
}

void RoughPlant::yield(const std::string& run, Number batch, Number where, Units amount, const char* kind_text,
                       const std::string& expires) {
  start_row("produce", exact_time(std::span(&batch, 1)), batch, amount);
  events_[lot] = batches_[batch].code;
  events_[supplier_lot].clear();
  events_[document] = run;
  events_[to] = place_code(where);
  events_[kind] = kind_text;
  events_[expires_on] = expires;
  end_row();
  put(batch, where, amount);
}

void RoughPlant::make(Number site, Number product) {
  std::vector<Found> inputs;
  for (const auto input : std::vector(products_[product].inputs)) inputs.push_back(need(site, input));
  OpenRun run{document_number("MO-"), site, product, {new_batch(product)}};
  const auto expires = day_after(20 + below(200));
  const auto where = place(site, products_[product].level == 3 ? goods : store);
  const bool yields_first = happens(15);
  const Units amount = (60 + below(300)) * scale(product);
  if (yields_first) yield(run.document, run.outputs[0], where, amount, "", expires);
  const bool assigns = happens(15);
  if (assigns) run.outputs.push_back(new_batch(product));
  for (auto& input : inputs) {
    const Units there = amount_at(input.batch, input.place);
    const auto one = scale(batches_[input.batch].product);
    input.amount = std::min<Units>(there, (5 + below(40)) * one + below(static_cast<Number>(one)));
    if (input.amount == 0) continue;
    const bool assigned = assigns && &input == &inputs.back();
    use(site, run.document, input, "", assigned ? batches_[run.outputs[1]].code : std::string());
  }
  if (happens(40)) use_water(site, run.document);
  if (!yields_first) yield(run.document, run.outputs[0], where, amount, "", expires);
  if (assigns) yield(run.document, run.outputs[1], where, amount / 2 + 1, "", expires);
  if (!assigns && happens(10)) {
    const auto by_product = any(made_);
    run.outputs.push_back(new_batch(by_product));
    yield(run.document, run.outputs.back(), place(site, store), 10 * scale(by_product));
  }
  if (happens(60))
    close(run.document);
  else if (happens(90))
    open_runs_.push_back(std::move(run));
}

// A run goes on another day: more goes in, more comes out, or it is closed.
void RoughPlant::go_on(Number number) {
  const OpenRun run = open_runs_[number];  // what it needs may open other runs
  const Number chance = below(3);
  if (chance == 0) {
    Found found = need(run.site, any(products_[run.product].inputs));
    found.amount = std::min<Units>(found.amount, (1 + below(20)) * scale(batches_[found.batch].product));
    if (std::find(run.outputs.begin(), run.outputs.end(), found.batch) == run.outputs.end())
      use(run.site, run.document, found);
  } else if (chance == 1) {
    yield(run.document, run.outputs[0], place(run.site, happens(50) ? second_bin : goods),
          (5 + below(50)) * scale(run.product));
  } else {
    close(run.document);
    std::swap(open_runs_[number], open_runs_.back());
    open_runs_.pop_back();
  }
}

void RoughPlant::use_water(Number site, const std::string& number) {
  const bool dispatched = number.starts_with("DN");
  start_row(dispatched ? "dispatch" : "consume", exact_time({}));
  events_[document] = number;
  events_[item] = "WATER";
  events_[quantity] = number_text(100 + below(9000), 2);
  events_[from] = place_code(place(site, store));
  if (dispatched) events_[partner] = any(customers_);
  end_row();
}

void RoughPlant::close(const std::string& run) {
  start_row("close", exact_time({}));
  events_[document] = run;
  end_row();
}

}  // namespace plants
