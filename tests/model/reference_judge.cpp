// SPDX-License-Identifier: Apache-2.0
#include "reference_judge.h"

// Which rules judge which command, and how an accepted one is written down.

namespace lotbook::model {

Judged Judge::go() {
  static const std::map<std::string, std::pair<const char*, void (Judge::*)()>> commands{
      {"receive", {"operate", &Judge::receive}},
      {"open_stock", {"operate", &Judge::open_stock}},
      {"move", {"operate", &Judge::move}},
      {"dispatch", {"operate", &Judge::dispatch}},
      {"void_dispatch", {"correct_genealogy", &Judge::void_dispatch}},
      {"return_goods", {"operate", &Judge::return_goods}},
      {"return_to_supplier", {"operate", &Judge::return_to_supplier}},
      {"transfer_out", {"operate", &Judge::transfer_out}},
      {"transfer_in", {"operate", &Judge::transfer_in}},
      {"sample", {"operate", &Judge::sample}},
      {"dispose", {"operate", &Judge::dispose}},
      {"count", {"operate", &Judge::count}},
      {"adjust", {"operate", &Judge::adjust}},
      {"found", {"operate", &Judge::found}},
      {"release_order", {"operate", &Judge::release_order}},
      {"consume", {"operate", &Judge::consume}},
      {"backflush", {"operate", &Judge::backflush}},
      {"give_back", {"operate", &Judge::give_back}},
      {"yield", {"operate", &Judge::yield}},
      {"produce", {"operate", &Judge::produce}},
      {"close_order", {"operate", &Judge::close_order}},
      {"reopen_order", {"operate", &Judge::reopen_order}},
      {"cancel_order", {"operate", &Judge::cancel_order}},
      {"pack", {"operate", &Judge::pack}},
      {"unpack", {"operate", &Judge::unpack}},
      {"move_unit", {"operate", &Judge::move_unit}},
      {"nest_unit", {"operate", &Judge::nest_unit}},
      {"fill", {"operate", &Judge::fill}},
      {"split", {"operate", &Judge::split}},
      {"blend", {"operate", &Judge::blend}},
      {"relabel", {"operate", &Judge::relabel}},
      {"disassemble", {"operate", &Judge::disassemble}},
      {"hold", {"quality", &Judge::place_hold}},
      {"lift_hold", {"quality", &Judge::lift_hold}},
      {"change_dates", {"operate", &Judge::change_dates}},
      {"rename", {"operate", &Judge::rename}},
      {"add_name", {"operate", &Judge::add_name}},
      {"join", {"quality", &Judge::join}},
      {"undo", {"operate", &Judge::undo}},
      {"correct", {"operate", &Judge::correct}},
      {"replace", {"operate", &Judge::replace}},
  };
  static const std::map<std::string, const char*> qualities{
      {"quarantine", "quarantine"}, {"release", "released"}, {"reject", "rejected"}};
  const auto quality = qualities.find(asked_.name);
  const auto command = commands.find(asked_.name);
  const char* right = quality != qualities.end()  ? "quality"
                      : command == commands.end() ? "operate"
                                                  : command->second.first;
  if (!has(right)) {
    no("right_needed");
    if (entry_.why.empty() || asked_.body.has_empty_text()) no("missing");  // that would be said first
  } else if (quality != qualities.end())
    change_quality(quality->second);
  else if (asked_.name == "empty" || asked_.name == "clean")
    declare(asked_.name == "clean");
  else
    (this->*command->second.second)();
  for (Run& run : judged_.runs) run.place = order_place_;
  return std::move(judged_);
}

Judged judge(const Book& book, const Asked& asked) {
  Asked named = asked;
  name_layers(book, named.body);
  return Judge(book, named).go();
}

void post(Book& book, Judged judged, const Given& given) {
  Entry& entry = judged.entry;
  if (entry.position == entry.seq) entry.position = given.seq;
  entry.seq = given.seq;
  for (std::size_t i = 0; i < judged.lots.size(); ++i) {
    Lot& lot = judged.lots[i];
    lot.opened_in = given.seq, lot.run = entry.run;
    if (i < given.codes.size()) lot.code = given.codes[i];
    book.lots.push_back(lot);
  }
  for (std::size_t i = 0; i < judged.holds.size(); ++i) {
    if (i < given.holds.size()) judged.holds[i].number = given.holds[i];
    book.holds.push_back(judged.holds[i]);
  }
  book.ssccs.insert(book.ssccs.end(), judged.ssccs.begin(), judged.ssccs.end());
  for (Run& run : judged.runs) {
    run.number = given.order, entry.document = given.order;
    book.runs.push_back(run);
  }
  book.entries.push_back(std::move(entry));
}

}  // namespace lotbook::model
