// SPDX-License-Identifier: Apache-2.0
// The same food maker as it really writes: vague and late times, several lines to a lot, other units, names instead of
// codes, runs over days, conversions, goods on the road, returns, stocktaking and quality's decisions.
#pragma once

#include <map>
#include <set>
#include <unordered_map>

#include "plant.h"

namespace plants {

class RoughPlant : public Plant {
 public:
  RoughPlant(std::string folder, Size size);

 private:
  struct Known {  // a maker's lot that may be delivered again
    std::string name, issuer, expires;
    Number batch;
  };
  struct Delivered {
    Number batch;
    std::string name, issuer_column, expires;
    bool writes_code, by_best_before;
  };
  struct Origin {
    std::string partner, document;
  };
  struct OpenRun {
    std::string document;
    Number site, product;
    std::vector<Number> outputs;
  };
  struct OnTheRoad {
    std::string document;
    Number batch, to_site;
    Units amount;
  };
  struct Numbered {
    std::string document;
    Number batch;
  };

  void one_act() override;
  void opening() override;
  void write_more_tables() override;
  void receive_lots(Number site, Number product) override;
  void make(Number site, Number product) override;
  std::string time(Number site, std::span<const Number> batches) override;
  void name_batch(Number batch) override;
  void fill_quantity(Number product, Units amount) override;

  // rough_plant.cpp
  Delivered delivered(Number product, const std::string& partner);
  void receive_line(const Delivered& one, const std::string& when, const std::string& document_text,
                    const std::string& partner_text, Number where);
  Units received_quantity(Number batch, Number product);
  void bear(Number batch, const std::string& name);
  void use(Number site, const std::string& run, const Found& found, const char* kind_text = "",
           const std::string& into_code = {});
  void yield(const std::string& run, Number batch, Number where, Units amount, const char* kind_text = "",
             const std::string& expires = {});
  void use_water(Number site, const std::string& run);
  void go_on(Number number);
  void close(const std::string& run);

  // rough_acts.cpp
  void convert(Number site);
  void split(const Found& found);
  void blend(Number site, const Found& found);
  void rework(Number site, const Found& found);
  void take_apart(Number site, const Found& found);
  void move_about(Number site);
  void leave_for(Number site);
  void arrive();
  void void_shipment();
  void come_back();
  void give_back(Number site);
  void lose_some(Number site);
  void judge(Number site);
  void count_something(Number site);
  void count_cage(Number site);
  void name_again(Number site);
  void move(Number batch, Number from_place, Number to_place, Units amount);

  std::vector<std::vector<Known>> known_;  // by product
  std::map<std::pair<Number, std::string>, Number> bearers_;
  std::unordered_map<Number, Origin> origins_;
  std::vector<OpenRun> open_runs_;
  std::vector<OnTheRoad> on_the_road_;
  std::vector<Numbered> holds_;
  std::vector<Number> waiting_;               // in quarantine
  std::vector<std::vector<Number>> in_cage_;  // by site
  std::vector<std::vector<std::string>> factors_;
  std::set<Number> weighed_;  // lots with a factor of their own
  Midnights midnights_;
};

}  // namespace plants
