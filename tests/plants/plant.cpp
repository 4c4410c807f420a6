// SPDX-License-Identifier: Apache-2.0
#include "plant.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace plants {
namespace {

constexpr std::int64_t last_day = 20634;  // 2026-06-30: all that is written lies in the past

std::string padded(Number value, int width) {
  std::string text = std::to_string(value);
  if (text.size() < static_cast<std::size_t>(width)) text.insert(0, static_cast<std::size_t>(width) - text.size(), '0');
  return text;
}

}  // namespace

Plant::Plant(std::string folder, Size size)
    : folder_(std::move(folder)), size_(size), random_(size.seed), events_(folder_ + "/events.csv", layout()) {
  if (size_.rough) zones_ = {"Europe/Berlin", "Asia/Kolkata", "America/Phoenix"};
  sites_ = size_.rough ? 3 : std::clamp<Number>(size_.lots / 50'000, 1, 8);
  step_ = std::max<std::int64_t>(60, 10'000'000 / size_.lots);
  now_ = last_day * 86400 - step_ * 6 * size_.lots;
  set_up();
}

Layout Plant::layout() {
  Layout layout;
  for (unsigned column = 0; column < column_count; ++column) layout.order.push_back(static_cast<Column>(column));
  if (!size_.rough) {
    std::erase_if(layout.order, [](Column column) { return column > reason; });
    return layout;
  }
  // Three outfits of the same kind of file: as spreadsheets save it, as programs write it, and with columns shuffled.
  layout.byte_order_mark = layout.carriage_returns = size_.seed % 3 == 1;
  if (size_.seed % 3 == 2)
    for (auto i = layout.order.size() - 1; i > 0; --i)
      std::swap(layout.order[i], layout.order[below(static_cast<Number>(i + 1))]);
  return layout;
}

void Plant::set_up() {
  const Number count = std::clamp<Number>(size_.lots / 300, 30, 3000);
  for (Number i = 0; i < count; ++i) {
    Product product;
    const Number share = i * 100 / count;
    product.level = share < 50 ? 0 : share < 68 ? 1 : share < 80 ? 2 : 3;
    product.code = std::string(product.level == 0 ? "RAW-" : product.level == 3 ? "FIN-" : "MID-") + padded(i, 4);
    const bool pieces = product.level == 3 || i % 7 == 6;
    product.unit = pieces ? "EA" : "KGM";
    product.decimals = pieces ? 0 : 3;
    (product.level == 0 ? bought_ : made_).push_back(i);
    if (product.level == 3) finished_.push_back(i);
    if (product.level > 0) {
      // One input of the level below, a commodity, and some of any lower level.
      Number lower = below(i);
      while (products_[lower].level != product.level - 1) lower = below(i);
      product.inputs = {lower, below(3)};
      for (Number more = below(4); more > 0; --more) {
        const Number input = below(i);
        if (products_[input].level < product.level) product.inputs.push_back(input);
      }
      std::sort(product.inputs.begin(), product.inputs.end());
      product.inputs.erase(std::unique(product.inputs.begin(), product.inputs.end()), product.inputs.end());
    }
    products_.push_back(std::move(product));
  }
  for (Number i = 0; i < std::clamp<Number>(count / 6, 8, 300); ++i) suppliers_.push_back("S" + padded(i, 4));
  for (Number i = 0; i < std::clamp<Number>(count, 20, 5000); ++i) customers_.push_back("C" + padded(i, 4));
  on_hand_.resize(static_cast<std::size_t>(sites_) * count);
}

void Plant::play() {
  opening();
  while (batches_.size() < size_.lots) one_act();
  write_master();
  write_more_tables();
  write_seeds();
}

void Plant::one_act() {
  now_ += step_ / 2 + below(static_cast<Number>(step_));
  const Number site = below(sites_);
  const Number chance = below(100);
  if (chance < 20)
    receive_lots(site, any(bought_));
  else if (chance < 65)
    make(site, any(made_));
  else
    ship(site);
}

Number Plant::new_batch(Number product) {
  Batch batch;
  batch.product = product;
  batch.code = next_code(product);
  batches_.push_back(std::move(batch));
  return static_cast<Number>(batches_.size() - 1);
}

// Counted anew for each item, so that codes repeat across items on purpose.
std::string Plant::next_code(Number product) {
  const Number count = ++products_[product].lots;
  if (!size_.rough) return "B" + padded(count, 5);
  switch (product % 8) {
    case 0: return "L" + padded(count, 5);
    case 1: return "26-" + padded(count, 3) + "/" + std::to_string(count % 3 + 1);
    case 2: return "Käse " + padded(count, 4);
    case 3: return "批" + padded(count, 5);
    case 4: return std::to_string(count) + ",5\"x\" 12";
    case 5: return padded(count, 7);
    case 6: return "PLANT-1/LINE-2/2026/" + padded(count, 6);
    default: return "#" + std::to_string(count) + "&Söhne; 'b'";
  }
}

Units Plant::amount_at(Number batch, Number where) const {
  for (const auto& spot : batches_[batch].spots)
    if (spot.place == where) return spot.amount;
  return 0;
}

void Plant::put(Number batch, Number where, Units amount) {
  auto& spots = batches_[batch].spots;
  const auto spot = std::find_if(spots.begin(), spots.end(), [&](const Spot& one) { return one.place == where; });
  if (spot != spots.end()) {
    spot->amount += amount;
    if (spot->amount == 0) spots.erase(spot);
    return;
  }
  if (amount == 0) return;
  spots.push_back({where, amount});
  auto& list = on_hand_[static_cast<std::size_t>(site_of(where)) * products_.size() + batches_[batch].product];
  if (std::find(list.begin(), list.end(), batch) == list.end()) list.push_back(batch);
  if (list.size() > 40) list.erase(list.begin());  // what is forgotten stays in stock
}

bool Plant::find(Number site, Number product, Found& found) {
  auto& list = on_hand_[static_cast<std::size_t>(site) * products_.size() + product];
  while (!list.empty()) {
    const auto at = list.begin() + below(static_cast<Number>(std::min<std::size_t>(list.size(), 4)));
    for (const auto& spot : batches_[*at].spots)
      if (site_of(spot.place) == site && spot.place % places <= goods) {
        found = {*at, spot.place, spot.amount};
        return true;
      }
    list.erase(at);
  }
  return false;
}

bool Plant::find_any(Number site, Found& found) {
  for (int tries = 0; tries < 10; ++tries)
    if (find(site, below(static_cast<Number>(products_.size())), found)) return true;
  return false;
}

void Plant::receive(Number site, Number product) {
  const auto batch = new_batch(product);
  const bool commodity = product < 3;
  const Units amount =
      (commodity ? 20'000 + 3 * size_.lots : 300) * scale(product) + below(1000) * scale(product) + below(900);
  const auto when = exact_time(std::span(&batch, 1));
  start_row("receive", when, batch, amount);
  events_[document] = document_number("GR-");
  events_[to] = place_code(place(site, dock));
  events_[partner] = suppliers_[(product * 7 + below(3)) % suppliers_.size()];
  events_[supplier_lot] = "X" + std::to_string(random_() % 1'000'000'007);
  events_[expires_on] = day_after(60 + below(400));
  end_row();
  start_row("move", when, batch, amount);
  events_[from] = place_code(place(site, dock));
  events_[to] = place_code(place(site, store));
  end_row();
  put(batch, place(site, store), amount);
}

void Plant::receive_lots(Number site, Number product) { receive(site, product); }

Plant::Found Plant::need(Number site, Number product) {
  Found found{};
  while (!find(site, product, found)) {
    if (products_[product].level == 0)
      receive(site, product);
    else
      make(site, product);
  }
  return found;
}

void Plant::make(Number site, Number product) {
  std::vector<Found> inputs;
  for (const auto input : std::vector(products_[product].inputs)) inputs.push_back(need(site, input));
  const auto run = document_number("MO-");
  for (auto& input : inputs) {
    // Something found early may have gone into what had to be made for a later input.
    input.amount = amount_at(input.batch, input.place);
    if (input.amount == 0) continue;
    const Units wanted = (5 + below(40)) * scale(batches_[input.batch].product) +
                         below(static_cast<Number>(scale(batches_[input.batch].product)));
    const Units amount = std::min(input.amount, wanted);
    start_row("consume", exact_time(std::span(&input.batch, 1)), input.batch, amount);
    events_[document] = run;
    events_[from] = place_code(input.place);
    end_row();
    take(input.batch, input.place, amount);
  }
  const auto batch = new_batch(product);
  const Units amount = (60 + below(300)) * scale(product);
  const auto where = place(site, products_[product].level == 3 ? goods : store);
  start_row("produce", exact_time(std::span(&batch, 1)), batch, amount);
  events_[document] = run;
  events_[to] = place_code(where);
  events_[expires_on] = day_after(20 + below(200));
  end_row();
  put(batch, where, amount);
  start_row("close", exact_time({}));
  events_[document] = run;
  end_row();
}

void Plant::ship(Number site) {
  Shipment shipment{document_number("DN-"), any(customers_), site, {}};
  const auto address = happens(30) ? shipment.partner + "-R" + std::to_string(below(2)) : std::string();
  for (Number lines = 1 + below(5); lines > 0; --lines) {
    const auto found = need(site, any(finished_));
    const Units amount = std::min<Units>(found.amount, 1 + below(60));
    start_row("dispatch", time(site, std::span(&found.batch, 1)), found.batch, amount);
    events_[document] = shipment.document;
    events_[from] = place_code(found.place);
    events_[to] = address;
    events_[partner] = shipment.partner;
    events_[reference] = "SO" + shipment.document.substr(2);
    end_row();
    take(found.batch, found.place, amount);
    shipment.lines.push_back({found.batch, amount});
  }
  shipments_.push_back(std::move(shipment));
  if (shipments_.size() > 300) shipments_.pop_front();
}

std::string Plant::document_number(std::string_view prefix) { return std::string(prefix) + padded(++documents_, 7); }

std::string Plant::exact_time(std::span<const Number> batches) {
  for (const auto batch : batches) now_ = std::max(now_, batches_[batch].last + 1);
  for (const auto batch : batches) batches_[batch].last = now_;
  const auto second = static_cast<Number>(now_ % 86400);
  return day_text(now_ / 86400) + "T" + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" +
         padded(second % 60, 2) + "Z";
}

std::string Plant::time(Number, std::span<const Number> batches) { return exact_time(batches); }

void Plant::start_row(const char* what, const std::string& when) {
  events_[event] = what;
  events_[occurred_at] = when;
}

void Plant::start_row(const char* what, const std::string& when, Number batch, Units amount) {
  start_row(what, when);
  const auto product = batches_[batch].product;
  events_[item] = products_[product].code;
  name_batch(batch);
  if (amount >= 0) fill_quantity(product, amount);
}

void Plant::name_batch(Number batch) { events_[lot] = batches_[batch].code; }

void Plant::fill_quantity(Number product, Units amount) {
  events_[quantity] = number_text(amount, products_[product].decimals);
}

std::string Plant::number_text(Units amount, int decimals) {
  std::string text = std::to_string(amount);
  if (decimals == 0) return text;
  const auto width = static_cast<std::size_t>(decimals);
  if (text.size() <= width) text.insert(0, width + 1 - text.size(), '0');
  return text.insert(text.size() - width, 1, '.');
}

std::string Plant::place_code(Number where) const {
  constexpr std::array<std::string_view, places> codes{"DOCK", "STORE", "A-01", "A-02", "LINE", "GOODS",
                                                       "QUAR", "CAGE",  "RET",  "KEEP", "AWAY"};
  return "P" + std::to_string(site_of(where) + 1) + "-" + std::string(codes[where % places]);
}

void Plant::write_master() {
  std::vector<std::vector<std::string>> rows{
      {"item", "name", "unit", "tracking", "lot_per", "decimals", "maker", "shelf_life_days"}};
  for (const auto& product : products_)
    rows.push_back({product.code, "Article, " + product.code, product.unit, happens(50) ? "lot" : "",
                    product.by_issuer_lot ? "issuer_lot" : "", std::to_string(product.decimals), product.maker,
                    happens(50) ? std::to_string(30 + below(300)) : ""});
  if (size_.rough) rows.push_back({"WATER", "Town water", "LTR", "none", "", "2", "", ""});
  write_table(folder_ + "/items.csv", rows);

  rows = {{"name", "partner", "roles", "country"}};
  for (const auto& code : suppliers_) rows.push_back({"Supplier \"" + code + "\"", code, "supplier maker", "DE"});
  for (const auto& code : customers_) rows.push_back({"Kunde, " + code, code, "customer", ""});
  write_table(folder_ + "/partners.csv", rows);

  rows = {{"address", "partner", "name", "transit_days"}};
  for (const auto& code : customers_)
    for (const char* ramp : {"-R0", "-R1"}) rows.push_back({code + ramp, code, "Ramp " + code, "1"});
  write_table(folder_ + "/addresses.csv", rows);

  rows = {{"location", "name", "kind", "parent", "partner", "time_zone"}};
  for (Number site = 0; site < sites_; ++site) {
    const auto name = "P" + std::to_string(site + 1);
    rows.push_back({name, "Plant " + name, "site", "", "", zones_[site % zones_.size()]});
    rows.push_back({name + "-A", "Racks", "area", name + "-STORE", "", ""});
    constexpr std::array<const char*, places> kinds{"dock",       "storage",  "bin",        "bin",
                                                    "production", "storage",  "quarantine", "storage",
                                                    "returns",    "retained", "external"};
    for (Number spot = 0; spot < places; ++spot) {
      const bool in_racks = spot == bin || spot == second_bin;
      rows.push_back({place_code(place(site, spot)), "Place", kinds[spot], in_racks ? name + "-A" : name,
                      spot == external ? suppliers_.front() : "", ""});
    }
  }
  write_table(folder_ + "/locations.csv", rows);
}

void Plant::write_seeds() {
  std::array<std::vector<std::vector<std::string>>, 4> tables;
  for (auto& rows : tables) rows.push_back({"item", "lot"});
  std::map<std::pair<std::size_t, Number>, bool> taken;
  std::vector<Number> chosen;
  for (int tries = 0; tries < 2000; ++tries) chosen.push_back(below(static_cast<Number>(batches_.size())));
  for (Number number = 0; number < batches_.size(); ++number)
    if (batches_[number].product < 3) chosen.push_back(number);  // commodities, used in very many runs
  for (const auto number : chosen) {
    const Batch& batch = batches_[number];
    const Product& product = products_[batch.product];
    if (batch.code.empty()) continue;
    const auto kind = product.level == 3 ? 1u : product.level > 0 ? 2u : batch.product < 3 ? 3u : 0u;
    const auto most = kind == 3 ? 20u : 300u;
    if (tables[kind].size() > most || !taken.try_emplace({kind, number}, true).second) continue;
    tables[kind].push_back({product.code, batch.code});
  }
  constexpr std::array<const char*, 4> names{"raw", "fin", "odd", "heavy"};
  for (std::size_t kind = 0; kind < names.size(); ++kind)
    write_table(folder_ + "/seeds_" + names[kind] + ".csv", tables[kind]);
}

}  // namespace plants
