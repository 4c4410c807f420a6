// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "random_commands.h"

// What is posted to orders, and what is made of lots.

namespace lotbook::model {

namespace {
constexpr Amount whole = 1'000'000;
}

void RandomCommands::release_order(Value& body) {
  if (happens(85)) body["document"] = happens(95) ? "P" + std::to_string(++documents_) : order("");
  body["place"] = happens(97) ? "PROD" : "NOWHERE";
  if (happens(20)) body["kind"] = "rework";
  if (happens(40)) {
    Value line;
    line["line"] = "input", line["item"] = one_of<std::string>({"FLOUR", "SUGAR", "SALT"}), line["quantity"] = "5";
    body["planned"] = Value::list({line});
  }
  if (happens(50)) {
    Value batch;
    batch["item"] = one_of<std::string>({"DOUGH", "BREAD", "CAKE"});
    if (happens(60)) batch["code"] = new_code();
    body["batches"] = Value::list({batch});
  }
}

void RandomCommands::consume(Value& body) {
  const std::string number =
      happens(80) ? order(happens(90) ? (happens(70) ? "open" : "released") : "") : "P" + std::to_string(++documents_);
  body["document"] = number;
  if (happens(70)) body["open_order"] = true;
  if (happens(15)) body["kind"] = "rework";
  Value lines = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(3); i < n; ++i) {
    const Cell cell =
        usable(happens(50) ? one_of<std::string>({"FLOUR", "SUGAR", "DOUGH", "SPICE", "OIL", "CAKE"}) : "");
    if (i > 0 && book_.site_of(cell.place) != book_.site_of(lines.each().front().at("from").text())) break;
    Value line = line_of(cell);
    if (happens(25))
      for (std::size_t lot = 0; lot < book_.lots.size(); ++lot) {
        const int run = book_.lots[lot].run;
        if (run != none && book_.runs[static_cast<std::size_t>(run)].number == number)
          line["into"] = book_.state(static_cast<int>(lot)).code;
      }
    lines.add(line);
  }
  body["lines"] = lines;
  if (happens(12)) body["confirm_here"] = true;
  if (happens(40)) body["override_best_before"] = true;
}

Value RandomCommands::output(const std::string& item, const std::string& to) {
  Value line;
  line["item"] = item, line["to"] = to;
  much(line, item, {static_cast<Amount>(5 + below(60)) * whole, static_cast<Amount>(5 + below(60)) * whole});
  if (happens(50)) line["lot"] = happens(80) ? new_code() : code_of(goods(item).lot);
  if (happens(10)) line["expires_on"] = day_near(2, 30);
  if (happens(5)) line["retest_on"] = day_near(2, 30);
  return line;
}

void RandomCommands::yield(Value& body) {
  body["document"] = happens(90) ? order(happens(85) ? "open" : "") : "P" + std::to_string(++documents_);
  if (happens(50)) body["open_order"] = true;
  if (happens(15)) body["kind"] = "rework";
  Value lines = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(2); i < n; ++i) {
    Value line = output(one_of<std::string>({"DOUGH", "BREAD", "CAKE", "DOUGH", "CHEESE", "HAM"}),
                        one_of<std::string>({"ST1", "PROD", "ST2"}));
    if (happens(35))  // more of what the order yielded, or what a rework order took
      for (const Entry& entry : book_.entries)
        if (entry.run != none && book_.runs[static_cast<std::size_t>(entry.run)].number == body.at("document").text() &&
            !entry.lines.empty() && happens(60)) {
          const int lot = entry.lines.front().lot;
          if (!book_.lots[static_cast<std::size_t>(lot)].is_tracked) continue;
          line = output(item_of(lot), "ST1");
          line["lot"] = book_.state(lot).code;
        }
    lines.add(line);
  }
  body["lines"] = lines;
}

void RandomCommands::produce(Value& body) {
  if (happens(90)) body["document"] = "P" + std::to_string(++documents_);
  const bool is_rework = happens(30);
  if (is_rework) body["kind"] = "rework";
  Value first = line_of(usable()), inputs = Value::list({first});
  const Cell more = usable();
  if (book_.site_of(more.place) == book_.site_of(first.at("from").text())) inputs.add(line_of(more));
  body["inputs"] = inputs;
  Value line = output(
      is_rework && happens(60) ? first.at("item").text() : one_of<std::string>({"DOUGH", "BREAD", "CAKE", "HAM"}),
      place_near(first.at("from").text(), "storage"));
  if (is_rework && line.at("item").text() == first.at("item").text() && happens(70)) line["lot"] = first.at("lot");
  if (line.at("item").text() == "SALT") line["lot"] = Value();
  body["outputs"] = Value::list({line});
  body["reason"] = "made";
}

void RandomCommands::give_back(Value& body) {
  const Entry* used = book_.entry(entry("consume"));
  Value line;
  line["item"] = "FLOUR", line["lot"] = "NOSUCH", line["quantity"] = "1", line["to"] = "ST1";
  body["document"] = order("open");
  if (used && !used->lines.empty()) {
    body["document"] = used->document;
    const Line& taken = one_of(used->lines);
    line["item"] = item_of(taken.lot);
    if (book_.lots[static_cast<std::size_t>(taken.lot)].is_tracked) line["lot"] = book_.state(taken.lot).code;
    much(line, item_of(taken.lot), taken.quantity);
    if (happens(40)) {
      line["quantity"] = text_of_amount(taken.quantity.first), line["unit"] = Value();
      if (line.at("quantity2").is_set()) line["quantity2"] = text_of_amount(taken.quantity.second);
    }
    if (taken.into != none && happens(70)) line["into"] = book_.state(taken.into).code;
    line["to"] = place_near(book_.places.contains(taken.from) ? taken.from : "ST1");
  }
  body["lines"] = Value::list({line});
}

void RandomCommands::backflush(Value& body) {
  const std::string item = happens(90) ? "SPICE" : "FLOUR";
  const Cell cell = goods(item);
  body["document"] = order(happens(80) ? "open" : "released"), body["item"] = item, body["from"] = cell.place;
  body["quantity"] = amount(item, cell.quantity.first * (happens(50) ? 2 : 1));
}

void RandomCommands::split(Value& body) {
  const Cell cell = goods();
  body["item"] = cell.lot == none ? "FLOUR" : item_of(cell.lot), body["lot"] = code_of(cell.lot),
  body["from"] = cell.place;
  const std::string item = body.at("item").text();
  const bool is_catch = !book_.items.at(item).at("unit2").text().empty();
  if (happens(40)) {
    body["equal_parts"] = static_cast<int>(2 + below(4));
    if (happens(50)) much(body, item, cell.quantity);
    return;
  }
  Value parts = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(3); i < n; ++i) {
    Value part = Value::object();
    if (happens(50)) part["lot"] = new_code();
    if (happens(30)) part["to"] = place_near(cell.place);
    if (i + 1 < n || happens(50)) much(part, item, {cell.quantity.first / 4, cell.quantity.second / 4});
    parts.add(part);
  }
  body["parts"] = parts;
  if (happens(20)) {
    body["quantity"] = amount(item, cell.quantity.first);
    if (is_catch) body["quantity2"] = amount("SUGAR", cell.quantity.second);
  }
}

void RandomCommands::blend(Value& body) {
  const Cell first = usable();
  const std::string item = first.lot == none ? "FLOUR" : item_of(first.lot);
  body["item"] = item, body["to"] = place_near(first.place, "storage");
  Value lines = Value::list();
  for (int i = 0; i < 2; ++i) {
    Value line = line_of(i == 0 ? first : usable(item));
    line["item"] = Value();
    lines.add(line);
  }
  body["lines"] = lines;
  if (happens(50)) body["new_lot"] = new_code();
}

void RandomCommands::relabel(Value& body) {
  const Cell cell = goods();
  body["item"] = cell.lot == none ? "FLOUR" : item_of(cell.lot), body["lot"] = code_of(cell.lot),
  body["from"] = cell.place;
  if (happens(50)) body["new_lot"] = new_code();
  if (happens(30)) body["to"] = place_near(cell.place);
  if (happens(50)) much(body, body.at("item").text(), cell.quantity);
}

void RandomCommands::disassemble(Value& body) {
  const Cell cell = usable();
  const Value line = line_of(cell);
  for (const char* field : {"item", "lot", "quantity", "unit", "quantity2", "from"})
    if (line.at(field).is_set()) body[field] = line.at(field);
  Value part = output(one_of<std::string>({"FLOUR", "CAKE", "CHEESE"}), place_near(cell.place));
  body["parts"] = Value::list({part});
}

}  // namespace lotbook::model
