// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "random_commands.h"

// What each command may look like.

namespace lotbook::model {

namespace {
constexpr Amount whole = 1'000'000;
}

void RandomCommands::receive(Value& body) {
  body["supplier"] = one_of<std::string>({"MILL", "FARM", "MAKR"});
  body["document"] = happens(8) ? document_of("receive") : "D" + std::to_string(++documents_);
  body["to"] = one_of<std::string>({"DOCK", "ST1", "ST2", "BIN1", "PROD", "N1", "ST1"});
  Value lines = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(3); i < n; ++i) {
    Value line;
    const std::string item =
        one_of<std::string>({"FLOUR", "SUGAR", "MILK", "CHEESE", "SALT", "SPICE", "SPICE", "OIL", "FLOUR", "HAM"});
    line["item"] = item;
    much(line, item, {static_cast<Amount>(20 + below(200)) * whole, static_cast<Amount>(20 + below(200)) * whole});
    if (item != "SALT") {
      if (happens(60)) line["supplier_lot"] = "X" + std::to_string(below(60));
      if (happens(4)) line["supplier_lot"] = "x-" + std::to_string(below(60));
      if (happens(10)) line["lot"] = new_code();
      if (happens(3)) line["lot"] = "n/a";
      if (happens(item == "MILK" ? 85 : 60)) line["expires_on"] = day_near(happens(10) ? -3 : 3, 60);
      if (item == "OIL" && happens(60)) line["best_before_on"] = day_near(-2, 40);
      if (happens(10)) line["produced_on"] = day_near(-20, 0);
      if (happens(8)) line["retest_on"] = day_near(1, 20);
      if (happens(5)) line["hold_reason"] = "wet";
      if (happens(3)) line["refused_because"] = "torn";
    }
    if (happens(10)) line["sscc"] = happens(90) ? sscc(codes_ += 1) : some_sscc();
    lines.add(line);
  }
  body["lines"] = lines;
  if (happens(25)) body["confirm_new_lot"] = true;
  if (happens(25)) body["confirm_delivery"] = true;
}

void RandomCommands::open_stock(Value& body) {
  Value line;
  const std::string item = some_item(false);
  line["item"] = item, line["to"] = one_of<std::string>({"ST1", "N1", "QUAR"});
  much(line, item, {50 * whole, 50 * whole});
  if (item != "SALT") {
    if (happens(70)) line["lot"] = new_code();
    if (happens(50)) line["expires_on"] = day_near(5, 90);
    if (happens(20)) line["produced_on"] = day_near(-30, 10);
    if (happens(20)) line["supplier_lot"] = "X" + std::to_string(below(60)), line["issuer"] = "MILL";
    if (happens(10)) line["quality"] = one_of<std::string>({"quarantine", "rejected"});
  }
  body["lines"] = Value::list({line});
}

void RandomCommands::move(Value& body) {
  Value lines = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(2); i < n; ++i) {
    const Cell cell = goods();
    if (i > 0 && book_.site_of(cell.place) != book_.site_of(lines.each().front().at("from").text())) break;
    Value line = line_of(cell);
    line["to"] = happens(95) ? place_near(cell.place) : one_of<std::string>({"ST1", "N1"});
    lines.add(line);
  }
  body["lines"] = lines;
  if (happens(15)) body["confirm_here"] = true;
}

void RandomCommands::dispatch(Value& body) {
  const std::string customer_code = customer();
  body["customer"] = customer_code, body["address"] = address_of(customer_code);
  body["document"] = happens(10) ? document_of("dispatch") : "DN" + std::to_string(++documents_);
  Value lines = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(3); i < n; ++i) {
    const Cell cell = usable(happens(60) ? one_of<std::string>({"BREAD", "CAKE", "CHEESE", "DOUGH"}) : "");
    if (i > 0 && book_.site_of(cell.place) != book_.site_of(lines.each().front().at("from").text())) break;
    lines.add(line_of(cell));
  }
  body["lines"] = lines;
  if (happens(35)) {
    body["handling_units"] = Value::list({some_sscc()});
    if (happens(80)) body["lines"] = Value();
  }
  if (happens(15)) body["confirm_here"] = true;
  if (happens(20)) body["override_life"] = true, body["consent"] = happens(80) ? "mail" : "";
  if (happens(30)) body["override_best_before"] = true;
}

void RandomCommands::return_goods(Value& body) {
  const Entry* sent = book_.entry(entry("dispatch"));
  body["customer"] = sent && !sent->partner.empty() && happens(90) ? sent->partner : customer();
  Value line;
  line["item"] = "BREAD", line["lot"] = "NOSUCH", line["quantity"] = "1";
  if (sent && !sent->lines.empty()) {
    const Line& left = one_of(sent->lines);
    line["item"] = item_of(left.lot);
    if (book_.lots[static_cast<std::size_t>(left.lot)].is_tracked) line["lot"] = code_of(left.lot);
    much(line, item_of(left.lot), left.quantity);
    if (happens(50)) body["reference"] = sent->document;
  }
  line["to"] = happens(92) ? one_of<std::string>({"RET", "RET", "QUAR", "NQ"}) : "ST1";
  body["lines"] = Value::list({line});
  if (happens(25)) body["confirm_unproven"] = true;
}

void RandomCommands::return_to_supplier(Value& body) {
  const Entry* came = book_.entry(entry("receive"));
  body["supplier"] = came && happens(90) ? came->partner : "FARM";
  if (came) body["reference"] = came->document;
  Cell cell = goods();
  if (came && !came->lines.empty())
    for (const auto& [at, quantity] : book_.stock())
      if (at.first == came->lines.front().lot && at.second != "in_transit") cell = {at.first, at.second, quantity};
  body["lines"] = Value::list({line_of(cell)});
  if (happens(20)) body["confirm_more"] = true;
}

void RandomCommands::transfer_out(Value& body) {
  const Cell cell = goods();
  body["to_site"] = (book_.site_of(cell.place) == "MAIN") != happens(5) ? "NORTH" : "MAIN";
  body["document"] = "T" + std::to_string(++documents_);
  body["lines"] = Value::list({line_of(cell)});
  if (happens(15)) body["confirm_here"] = true;
}

void RandomCommands::transfer_in(Value& body) {
  body["document"] = document_of("transfer_out");
  for (const Entry& entry : book_.entries) {
    if (entry.kind != "transfer_out" || entry.document != body.at("document").text() || entry.lines.empty()) continue;
    const Line& sent = entry.lines.front();
    Value line;
    line["item"] = item_of(sent.lot);
    if (book_.lots[static_cast<std::size_t>(sent.lot)].is_tracked) line["lot"] = code_of(sent.lot);
    much(line, item_of(sent.lot), sent.quantity);
    line["to"] = one_of<std::string>({"N1", "N2", "NQ", "ST1"});
    body["lines"] = Value::list({line});
    return;
  }
  Value line = line_of(goods());
  line["to"] = "ST1", line["from"] = Value();
  body["lines"] = Value::list({line});
}

void RandomCommands::sample(Value& body) {
  Cell cell = goods();
  cell.quantity = {std::min<Amount>(cell.quantity.first, 2 * whole), std::min<Amount>(cell.quantity.second, whole)};
  body["lines"] = Value::list({line_of(cell)});
  if (happens(40)) body["to"] = happens(90) ? "KEPT" : "ST1";
  if (happens(10)) body["confirm_here"] = true;
}

void RandomCommands::count(Value& body) {
  const std::string place = happens(70) ? goods().place : place_near("ST1");
  body["place"] = place;
  Value lines = Value::list();
  for (const auto& [at, quantity] : book_.stock()) {
    if (at.second != place || happens(60)) continue;
    Value line;
    line["item"] = item_of(at.first);
    if (book_.lots[static_cast<std::size_t>(at.first)].is_tracked) line["lot"] = book_.state(at.first).code;
    const int decimals = about(at.first).at("decimals").number();
    Amount seen = quantity.first;
    if (happens(50)) seen = rounded(seen * static_cast<Amount>(96 + below(9)) / 100, decimals);
    if (happens(10)) seen = 0;
    line["quantity"] = text_of_amount(seen);
    if (!about(at.first).at("unit2").text().empty() && (seen > 0 || happens(50)))
      line["quantity2"] = text_of_amount(seen == 0 ? 0 : std::max<Amount>(quantity.second, 1000));
    lines.add(line);
  }
  body["lines"] = lines;
  if (happens(25)) body["complete"] = true;
  if (happens(70)) body["confirmed_by"] = happens(90) ? "carol" : "anna";
}

void RandomCommands::adjust(Value& body) {
  const Cell cell = goods();
  Value line = line_of({cell.lot, cell.place, {cell.quantity.first / 10, cell.quantity.second / 10}});
  line["place"] = cell.place, line["from"] = Value(), line["found"] = happens(50) ? "more" : "less";
  body["lines"] = Value::list({line});
  if (happens(80)) body["confirmed_by"] = "carol";
}

void RandomCommands::found(Value& body) {
  const std::string item = some_item(happens(95));
  body["item"] = item, body["place"] = one_of<std::string>({"ST1", "ST2", "N1", "QUAR"});
  much(body, item, {20 * whole, 20 * whole});
  if (happens(50)) {
    body["unknown"] = true;
    if (happens(40)) body["candidates"] = Value::list({code_of(goods(item).lot)});
  } else if (happens(50)) {
    body["lot"] = new_code();
  }
  if (happens(30)) body["expires_on"] = day_near(1, 50);
}

// --- quality, holds, corrections

Value RandomCommands::some_lots(int most, const std::string& quality) {
  Value lots = Value::list();
  for (std::uint64_t i = 0, n = 1 + below(static_cast<std::uint64_t>(most)); i < n; ++i) {
    Cell cell = goods();
    for (int tries = 0; tries < 20 && cell.lot != none && !quality.empty() && happens(90); ++tries)
      if (book_.state(cell.lot).quality != quality) cell = goods();
    Value named;
    named["item"] = cell.lot == none ? "FLOUR" : item_of(cell.lot);
    named["lot"] = code_of(cell.lot).empty() ? "NOSUCH" : code_of(cell.lot);
    lots.add(named);
  }
  return lots;
}

void RandomCommands::hold(Value& body) {
  body["lots"] = some_lots(2);
  const std::uint64_t die = below(100);
  if (die < 25) body["place"] = goods().place;
  if (die >= 20 && die < 50) body["flow"] = one_of<std::string>({"descendants", "descendants_and_new"});
  if (happens(10)) body["recall"] = "RC1";
  if (happens(30)) body["number"] = "HOLD" + std::to_string(below(60));
}

void RandomCommands::lift_hold(Value& body) {
  body["number"] = book_.holds.empty() ? "H0" : one_of(book_.holds).number;
  if (happens(30)) body["lots"] = some_lots(1);
  if (happens(20)) body["flow"] = "descendants";
}

void RandomCommands::change_dates(Value& body) {
  const Cell cell = goods();
  body["item"] = cell.lot == none ? "FLOUR" : item_of(cell.lot), body["lot"] = code_of(cell.lot);
  if (happens(70)) body["expires_on"] = day_near(-5, 60);
  if (happens(20)) body["best_before_on"] = day_near(-5, 60);
  if (happens(20)) body["retest_on"] = day_near(-2, 40);
  if (happens(15)) body["produced_on"] = day_near(-20, 2);
}

void RandomCommands::correct(Value& body) {
  const Entry* wrong = book_.entry(entry());
  body["entry"] = wrong ? wrong->seq : 1;
  if (!wrong) return;
  if (!wrong->lines.empty() && happens(80)) {
    const std::size_t at = static_cast<std::size_t>(below(wrong->lines.size()));
    const Line& old = wrong->lines[at];
    Value line;
    line["line"] = static_cast<int>(at);
    const std::uint64_t die = below(100);
    if (die < 55) {
      line["quantity"] = amount(item_of(old.lot), old.quantity.first * 2);
      if (old.quantity.second > 0 && happens(50)) line["quantity2"] = amount("SUGAR", old.quantity.second * 2);
    } else if (die < 75 && book_.places.contains(old.from)) {
      line["from"] = place_near(old.from);
    } else if (die < 85 && book_.places.contains(old.to)) {
      line["to"] = place_near(old.to);
    } else if (book_.places.contains(old.from) && book_.lots[static_cast<std::size_t>(old.lot)].is_tracked) {
      const Cell other = goods(item_of(old.lot));
      if (other.lot != none) line["lot"] = book_.state(other.lot).code;
    } else {
      line["remove"] = true;
    }
    body["lines"] = Value::list({line});
  }
  if (wrong->kind == "dispatch" && happens(30)) {
    body["partner"] = customer();
    if (happens(50)) body["address"] = address_of(body.at("partner").text());
  }
  if (wrong->kind == "dispatch" && happens(20)) body["document"] = "DN" + std::to_string(++documents_);
  if (!wrong->packing.empty() && happens(60))
    body["lines"] = Value(), body["document"] = "U" + std::to_string(++documents_);
  if (wrong->kind == "receive" && happens(20)) body["partner"] = one_of<std::string>({"MILL", "FARM"});
}

void RandomCommands::replace(Value& body) {
  const Entry* wrong = book_.entry(entry(happens(80) ? one_of<std::string>({"consume", "dispatch", "move"}) : ""));
  body["entry"] = wrong ? wrong->seq : 1, body["item"] = "FLOUR", body["lot"] = "NOSUCH", body["with"] = "NOSUCH";
  if (!wrong || wrong->lines.empty()) return;
  const Line& line = one_of(wrong->lines);
  body["item"] = item_of(line.lot), body["lot"] = code_of(line.lot),
  body["with"] = code_of(goods(item_of(line.lot)).lot);
}

}  // namespace lotbook::model
