// SPDX-License-Identifier: Apache-2.0
// A made-up food maker whose days are played through by chance, for make_bundle. What lies where is kept exactly, so
// that no row takes more than there is, neither in the order of the rows nor in the order of their times: every row of
// a lot is timed after all earlier ones of that lot, however vaguely it says so. The same seed plays the same history.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bundle_writer.h"
#include "times.h"

namespace plants {

using Number = std::uint32_t;
using Units = std::int64_t;  // of 10^-decimals of the item's base unit

struct Product {
  std::string code, unit;
  int decimals = 0;
  int level = 0;  // 0 bought; higher ones are made of lower ones
  bool by_issuer_lot = false;
  std::string maker;
  std::vector<Number> inputs;
  Number lots = 0;
};

struct Spot {
  Number place;
  Units amount;
};

struct Batch {
  Number product = 0;
  std::string code;  // empty: only its name can be used
  std::string name;  // empty if nobody named it or a second lot bears the name
  std::vector<Spot> spots;
  std::int64_t last = 0;  // nothing of it is timed after this
};

struct Line {
  Number batch;
  Units amount;
};

struct Shipment {
  std::string document, partner;
  Number site;
  std::vector<Line> lines;
  bool came_back = false;
};

class Plant {
 public:
  struct Size {
    Number lots;
    std::uint64_t seed;
    bool rough;
  };
  Plant(std::string folder, Size size);
  virtual ~Plant() = default;
  Plant(const Plant&) = delete;
  Plant& operator=(const Plant&) = delete;

  void play();

 protected:
  enum Spots : Number {
    dock,
    store,
    bin,
    second_bin,
    line,
    goods,
    quarantine,
    cage,
    returns,
    retained,
    external,
    places
  };

  virtual void one_act();
  virtual void opening() {}
  virtual void write_more_tables() {}

  // Chance.
  Number below(Number limit) { return static_cast<Number>(random_() % limit); }
  bool happens(Number percent) { return below(100) < percent; }
  template <typename T>
  const T& any(const std::vector<T>& of) {
    return of[below(static_cast<Number>(of.size()))];
  }

  // What is there.
  Number new_batch(Number product);
  Units amount_at(Number batch, Number place) const;
  void put(Number batch, Number place, Units amount);
  void take(Number batch, Number place, Units amount) { put(batch, place, -amount); }
  struct Found {
    Number batch, place;
    Units amount;
  };
  bool find(Number site, Number product, Found& found);
  bool find_any(Number site, Found& found);
  Number place(Number site, Number spot) const { return site * places + spot; }
  static Number site_of(Number place) { return place / places; }
  Units scale(Number product) const { return products_[product].decimals == 3 ? 1000 : 1; }

  // Acts that every plant knows.
  void receive(Number site, Number product);
  virtual void receive_lots(Number site, Number product);
  Found need(Number site, Number product);
  virtual void make(Number site, Number product);
  void ship(Number site);

  // Rows.
  std::string document_number(std::string_view prefix);
  virtual std::string time(Number site, std::span<const Number> batches);
  virtual void name_batch(Number batch);
  virtual void fill_quantity(Number product, Units amount);
  std::string exact_time(std::span<const Number> batches);
  void start_row(const char* what, const std::string& when);
  void start_row(const char* what, const std::string& when, Number batch, Units amount);
  void end_row() { events_.end_row(); }
  std::string place_code(Number place) const;
  static std::string number_text(Units amount, int decimals);
  std::string day_after(Number days) const { return day_text(now_ / 86400 + days); }

  std::string folder_;
  Size size_;
  std::mt19937_64 random_;
  EventsFile events_;
  Number sites_ = 1;
  std::int64_t now_ = 0, step_ = 0;
  std::vector<Product> products_;
  std::vector<Number> bought_, made_, finished_;
  std::vector<Batch> batches_;
  std::vector<std::vector<Number>> on_hand_;  // by site and product
  std::vector<std::string> suppliers_, customers_;
  std::vector<std::string> zones_{"UTC"};
  std::deque<Shipment> shipments_;

 private:
  void set_up();
  std::string next_code(Number product);
  void write_master();
  void write_seeds();
  Layout layout();
  Number documents_ = 0;
};

}  // namespace plants
