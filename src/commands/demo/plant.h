// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/demo/demo.h"
#include "commands/executor.h"

// A small maker of granola and its year, told through the commands that people give. It uses and ships what the
// book proposes, first expired first.

namespace lotbook {

class DemoPlant {
 public:
  DemoPlant(Book& book, Instant until);
  DemoIncident run();

 private:
  static constexpr int weeks = 52;
  static constexpr int incident_week = 46;  ///< the almonds of this week are those that the alert names

  // plant.cpp
  /// Keeps a command for the next moment of the story.
  template <class Command>
  void post(std::string_view name, Command command) {
    const CommandRow* row = find_command(name);
    post(*row, std::make_shared<Command>(std::move(command)));
  }
  void post(const CommandRow& row, std::shared_ptr<const void> command);
  /// Posts what waits, as of a moment of the story.
  void at(int day, int hour, int minute = 0);
  /// What the book proposes to use of an item today, over as many lots as it takes.
  struct Taken {
    std::string lot, place;
    Decimal quantity;
  };
  std::vector<Taken> to_use(std::string_view item, Decimal quantity);
  /// What is chosen for an order that was released for picking.
  struct Chosen {
    std::uint32_t line = 0;
    Taken taken;
  };
  std::vector<Chosen> to_pick(std::string_view order);
  static Decimal much(std::int64_t whole) { return Decimal::whole(whole); }
  static std::string code(std::string_view prefix, int week) { return fmt::format("{}{:03}", prefix, week + 1); }
  static std::string almond_label(int week) { return fmt::format("SN-41{:02}", week) + (week % 2 ? "B" : "A"); }

  // set_up.cpp
  void set_up_partners();
  void set_up_places();
  void set_up_items();
  // weeks.cpp
  void live(int week);
  void receive(int week);
  void make(int week);
  void rework(int week);
  void take_orders(int week);
  void ship(int week);
  void plan_next_week();
  // extras.cpp
  void fill_tank(int week);
  std::string pack_pallet(int week, const std::vector<Chosen>& picked);
  void sell_honeycomb(int week);
  void complain(int week);
  // dispensers.cpp
  void build_dispensers(int week);
  void repair_dispenser(int week);

  Book& book_;
  SetClock clock_;
  Instant start_;
  std::string who_ = "lena";
  std::vector<Waiting> waiting_;
  int posted_ = 0;
  Taken most_sent_;  ///< of the granola that went to the customer who sends some back
};

}  // namespace lotbook
