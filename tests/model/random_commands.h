// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <utility>
#include <vector>

#include "reference.h"

// A plausible plant and what its people might record: mostly sensible, some of it late, some of it wrong.

namespace lotbook::model {

/// Records of the plant, as commands.
std::vector<std::pair<std::string, Value>> plant();
/// The same told to the reference.
void set_up(Book& book, const std::string& name, const Value& record);

class RandomCommands {
 public:
  RandomCommands(std::uint64_t seed, const Book& book) : random_(seed), book_(book) {}
  /// The next command at that time; what it names is drawn from the book as it stands.
  Asked next(Time now);
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  bool happens(int percent) { return static_cast<int>(below(100)) < percent; }

 private:
  template <class T>
  const T& one_of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(below(values.size()))];
  }
  struct Cell {
    int lot;
    std::string place;
    Sum quantity;
  };
  /// Some goods that lie in a place at one of our sites; none: an empty item.
  Cell goods(const std::string& item = {});
  /// The same, mostly such as may be used today.
  Cell usable(const std::string& item = {});
  std::string item_of(int lot) const { return book_.lots[static_cast<std::size_t>(lot)].item; }
  const Value& about(int lot) const { return book_.items.at(item_of(lot)); }
  std::string code_of(int lot);
  std::string place_near(const std::string& place, const std::string& use = {});
  std::string amount(const std::string& item, Amount most);
  std::string some_item(bool tracked);
  std::string new_code();
  Value line_of(const Cell& cell);
  void much(Value& line, const std::string& item, Sum most);
  std::string day_near(int from, int to);
  std::string order(const std::string& state);
  std::string customer() { return one_of<std::string>({"SHOP", "SHOP", "CAFE"}); }
  std::string address_of(const std::string& customer);
  std::string document_of(const std::string& kind);
  int entry(const std::string& kind = {});
  void when(Value& body);
  void spoil(Value& body);
  void spoil_line(Value& line);

  void receive(Value& body);
  void open_stock(Value& body);
  void move(Value& body);
  void dispatch(Value& body);
  void return_goods(Value& body);
  void return_to_supplier(Value& body);
  void transfer_out(Value& body);
  void transfer_in(Value& body);
  void sample(Value& body);
  void count(Value& body);
  void adjust(Value& body);
  void found(Value& body);
  void release_order(Value& body);
  void consume(Value& body);
  void yield(Value& body);
  void produce(Value& body);
  void give_back(Value& body);
  void backflush(Value& body);
  std::string sscc(int number);
  std::string sscc_in(const std::string& place);
  std::string some_sscc();
  void pack(Value& body);
  void unpack(Value& body);
  void move_unit(Value& body);
  void nest_unit(Value& body);
  void fill(Value& body);
  void declare(Value& body);
  void split(Value& body);
  void blend(Value& body);
  void relabel(Value& body);
  void disassemble(Value& body);
  void hold(Value& body);
  void lift_hold(Value& body);
  void change_dates(Value& body);
  void correct(Value& body);
  void replace(Value& body);
  Value output(const std::string& item, const std::string& to);
  Value some_lots(int most, const std::string& quality = {});

  std::mt19937_64 random_;
  const Book& book_;
  Time now_ = 0;
  int codes_ = 0, documents_ = 0;
};

}  // namespace lotbook::model
