// SPDX-License-Identifier: Apache-2.0
#include "queries/scan.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "ledger/fefo.h"
#include "model/label.h"
#include "model/place_ends.h"
#include "queries/condition.h"
#include "queries/entry_card.h"
#include "queries/search.h"

namespace lotbook {

namespace {

constexpr int most_looked_at = 200;
constexpr std::size_t most_resembling = 10;

/// What a person is doing while scanning.
struct Work {
  const TradeOrder* trade = nullptr;
  const Run* run = nullptr;
  std::set<Id<Lot>> lots;  ///< on the paper, where it is no order
  Id<Place> where;
  bool is_open() const { return trade || run || !lots.empty(); }
  Purpose purpose() const {
    if (run) return Purpose::consume;
    return trade && trade->kind == TradeKind::sales ? Purpose::dispatch : Purpose::move;
  }
};

class Scan {
 public:
  Scan(const Snapshot& snapshot, const Work& work)
      : snapshot_(snapshot), view_(snapshot.view), masters_(view_.masters()), work_(work) {}

  void read_own_label(const Label& label);
  void find_all(const std::string& text);
  ScanAnswer answer(const std::string& code);

 private:
  struct Found {
    ScanCandidate card;
    bool is_goods = false, is_here = true, is_on_document = true;
  };
  /// How a code is borne: just so, or without regard to case (R9).
  enum class Bears : std::uint8_t { no, folded, exactly };
  Bears bears(const std::string& code) const {
    if (code == text_) return Bears::exactly;
    return !code.empty() && folded(code) == folded_ ? Bears::folded : Bears::no;
  }

  void put(Bears how, Found found);
  void put_lot(Bears how, const LotState& lot);
  void put_unit(Bears how, const Serial& unit);
  void put_item(Bears how, Id<Item> id);
  void put_place(Bears how, Id<Place> id);
  void put_plain(Bears how, ScanKind kind, std::uint64_t id, std::string code, std::string text,
                 std::vector<std::string> next);
  void find_orders(Bears how, const std::string& number);
  void find_units();
  void judge_goods(Found& found, const LotState& lot, Id<Place> place, bool is_held) const;
  bool is_on_document(Id<Item> item) const;
  bool is_on_document(const Lot& lot) const {
    return work_.lots.empty() ? is_on_document(lot.item) : work_.lots.contains(lot.id);
  }
  std::vector<std::string> next_with_goods(const LotState& lot, Id<Place> place, bool may_leave) const;
  void keep_what_fits();

  const Snapshot& snapshot_;
  const View& view_;
  const Masters& masters_;
  const Work& work_;
  std::string text_, folded_;
  std::vector<std::pair<Bears, Found>> found_;
  std::set<std::pair<ScanKind, std::uint64_t>> seen_;
  std::vector<ScanCandidate> resembling_;
};

void Scan::put(Bears how, Found found) {
  if (how == Bears::no) {
    if (resembling_.size() < most_resembling) resembling_.push_back(std::move(found.card));
    return;
  }
  if (!seen_.emplace(found.card.kind, found.card.id).second) return;
  found_.emplace_back(how, std::move(found));
}

bool Scan::is_on_document(Id<Item> item) const {
  if (work_.trade)
    return std::any_of(work_.trade->lines.begin(), work_.trade->lines.end(),
                       [&](const TradeLine& line) { return line.item == item && line.quantity.is_positive(); });
  if (!work_.lots.empty())
    return std::any_of(work_.lots.begin(), work_.lots.end(), [&](Id<Lot> id) {
      const LotState* lot = view_.lot(id);
      return lot && lot->lot.item == item;
    });
  if (!work_.run) return true;
  bool any_planned = false;
  for (const std::uint64_t seq : view_.history(work_.run->id.value))
    for (const Fact& fact : view_.entry(seq)->facts)
      if (const auto* planned = std::get_if<RunPlanned>(&fact); planned && planned->run == work_.run->id.value) {
        any_planned = true;
        if (planned->item == item.value) return true;
      }
  return !any_planned;  // without a plan anything may go in
}

void Scan::judge_goods(Found& found, const LotState& lot, Id<Place> place, bool is_held) const {
  ScanCandidate& card = found.card;
  const Purpose purpose = work_.purpose();
  Condition condition = condition_of(view_, lot, place, snapshot_.now);
  condition.is_held |= is_held;
  std::optional<Code> code;
  if (!lot.is_untracked()) code = refused_by_status(condition, {.purpose = purpose});
  if (!code && place && purpose != Purpose::move && !place_allows(masters_.use_of(place), purpose))
    code = Code::place_is_blocked;
  if (!code && purpose == Purpose::dispatch && condition.best_before_on && condition.day > condition.best_before_on)
    code = Code::best_before_has_passed;
  if (!found.is_here)
    card.why_not = "not_here";
  else if (code)
    card.why_not = text_of(*code).name;
  card.is_usable = card.why_not.empty();
}

std::vector<std::string> Scan::next_with_goods(const LotState& lot, Id<Place> place, bool may_leave) const {
  if (!place || !ends::holds_stock(place))
    return place == ends::customer ? std::vector<std::string>{"return_goods"} : std::vector<std::string>{};
  if (work_.trade && work_.trade->kind == TradeKind::purchase) return {"receive"};
  if (work_.run) return may_leave ? std::vector<std::string>{"consume"} : std::vector<std::string>{"move"};
  if (work_.trade) {
    if (masters_.use_of(place) == PlaceKind::staging) return {"dispatch_order", "put_back"};
    return may_leave ? std::vector<std::string>{"pick"} : std::vector<std::string>{"move"};
  }
  std::vector<std::string> next{"move", "count"};
  const Condition condition = condition_of(view_, lot, place, snapshot_.now);
  const auto allows = [&](Purpose purpose) {
    return may_leave && !refused_by_status(condition, {.purpose = purpose}) &&
           place_allows(masters_.use_of(place), purpose);
  };
  if (allows(Purpose::consume)) next.push_back("consume");
  if (allows(Purpose::dispatch)) next.push_back("dispatch");
  next.push_back(condition.is_held ? "lift_hold" : "hold");
  return next;
}

void Scan::put_lot(Bears how, const LotState& lot) {
  Found found;
  found.is_goods = true;
  const Item* item = masters_.items.find(lot.lot.item);
  ScanCandidate& card = found.card;
  card.kind = ScanKind::lot, card.id = lot.lot.id.value, card.code = lot.lot.code;
  card.item = masters_.items.code_of(lot.lot.item);
  // Where one stands, with all below it; else the place where all of it lies, if that is one.
  Decimal here;
  Id<Place> place;
  int places = 0;
  for (const LotState::Cell& cell : lot.cells) {
    if (!cell.quantity.is_positive() || (work_.where && !masters_.lies_in(cell.place, work_.where))) continue;
    here += cell.quantity, place = cell.place, ++places;
  }
  found.is_here = !work_.where || here.is_positive();
  found.is_on_document = is_on_document(lot.lot);
  card.text = "Lot " + card.code + " of " + card.item + (item ? " (" + item->name + ")" : "") + ", " + here.text() +
              (item ? " " + item->unit : "") + (work_.where ? " here" : " on hand");
  judge_goods(found, lot, places == 1 ? place : work_.where, false);
  card.next = next_with_goods(lot, place, card.is_usable || work_.purpose() == Purpose::move);
  put(how, std::move(found));
}

void Scan::put_unit(Bears how, const Serial& unit) {
  const LotState* lot = view_.lot(unit.lot);
  if (!lot) return;
  Found found;
  found.is_goods = true;
  ScanCandidate& card = found.card;
  card.kind = ScanKind::unit, card.id = unit.id.value, card.code = unit.code;
  card.item = masters_.items.code_of(unit.item);
  found.is_here = work_.where ? masters_.places.find(unit.place) && masters_.lies_in(unit.place, work_.where)
                              : ends::holds_stock(unit.place) || !work_.is_open();
  found.is_on_document = is_on_document(lot->lot);
  const std::string place = end_code(masters_, unit.place);
  card.text = "Unit " + unit.code + " of " + card.item + ", lot " + lot->lot.code;
  if (const Serial* inside = view_.serial(unit.inside))
    card.text += ", built into " + inside->code;
  else
    card.text += masters_.places.find(unit.place) ? ", in " + place
                 : unit.place == ends::customer   ? ", with a customer"
                 : unit.place == ends::supplier   ? ", back with its supplier"
                 : unit.place == ends::in_transit ? ", in transit"
                 : unit.place                     ? ", gone: " + place
                                                  : ", not there yet";
  const bool is_held = !view_.holds_on(unit.id).empty();
  judge_goods(found, *lot, unit.place, is_held);
  card.next = next_with_goods(*lot, unit.place, card.is_usable && !is_held);
  if (masters_.places.find(unit.place) && !work_.is_open())
    for (const char* repair : {"install", "remove"}) card.next.emplace_back(repair);
  put(how, std::move(found));
}

void Scan::put_item(Bears how, Id<Item> id) {
  const Item* item = masters_.items.find(id);
  if (!item) return;
  Found found;
  found.card.kind = ScanKind::item, found.card.id = id.value, found.card.code = item->code;
  found.card.text = "Item " + item->code + " (" + item->name + ")";
  found.is_on_document = is_on_document(id);
  const bool is_purchase = work_.trade && work_.trade->kind == TradeKind::purchase;
  found.card.next = is_purchase ? std::vector<std::string>{"receive"} : std::vector<std::string>{"receive", "count"};
  put(how, std::move(found));
}

void Scan::put_place(Bears how, Id<Place> id) {
  const Place* place = masters_.places.find(id);
  if (!place) return;
  put_plain(how, ScanKind::place, id.value, place->code, "Location " + place->code + " (" + place->name + ")",
            {"move", "count"});
}

void Scan::put_plain(Bears how, ScanKind kind, std::uint64_t id, std::string code, std::string text,
                     std::vector<std::string> next) {
  Found found;
  found.card.kind = kind, found.card.id = id, found.card.code = std::move(code), found.card.text = std::move(text);
  found.card.next = std::move(next);
  put(how, std::move(found));
}

/// Orders and papers of that number; a paper only where it is no order.
void Scan::find_orders(Bears how, const std::string& number) {
  const std::size_t before = found_.size();
  if (const TradeOrder* order = view_.trade_order_numbered(TradeKind::sales, number))
    put_plain(how, ScanKind::sales_order, order->id.value, number,
              "Sales order " + number + " of " + std::string(masters_.partners.code_of(order->partner)),
              order->state == TradeState::open ? std::vector<std::string>{"release_pick", "pick", "dispatch_order"}
                                               : std::vector<std::string>{});
  if (const TradeOrder* order = view_.trade_order_numbered(TradeKind::purchase, number))
    put_plain(how, ScanKind::purchase_order, order->id.value, number,
              "Purchase order " + number + " to " + std::string(masters_.partners.code_of(order->partner)),
              order->state == TradeState::open ? std::vector<std::string>{"receive"} : std::vector<std::string>{});
  if (const Run* run = view_.run_numbered(number))
    put_plain(how, ScanKind::order, run->id.value, number,
              "Production order " + number + ", " + std::string(name_of(run->state)),
              run->state == RunState::closed || run->state == RunState::cancelled
                  ? std::vector<std::string>{}
                  : std::vector<std::string>{"consume", "yield", "close_order"});
  if (found_.size() != before) return;
  if (const std::vector<std::uint64_t> seqs = view_.documents(number); !seqs.empty()) {
    const Entry* first = view_.entry(*std::min_element(seqs.begin(), seqs.end()));
    put_plain(how, ScanKind::document, first->seq, number,
              "Document " + number + ", first of " + std::string(name_of(first->kind)), {});
  }
}

void Scan::find_units() {
  masters_.items.each([&](Id<Item> id, const Item& item) {
    if (item.tracking != Tracking::serial) return;
    for (const Serial* unit : view_.serials_called(id, text_)) put_unit(Bears::exactly, *unit);
  });
}

/// Whatever bears the text as a code. What it says of lots comes from the search, which finds without regard to case
/// and by look-alikes; which of these bear just this code is told here.
void Scan::find_all(const std::string& text) {
  text_ = text, folded_ = folded(text);
  masters_.items.each([&](Id<Item> id, const Item& item) {
    const bool is_gtin =
        std::any_of(item.gtins.begin(), item.gtins.end(), [&](const Gtin& gtin) { return gtin.gtin == text_; });
    if (const Bears how = is_gtin ? Bears::exactly : bears(item.code); how != Bears::no) put_item(how, id);
  });
  masters_.places.each([&](Id<Place> id, const Place& place) {
    if (const Bears how = bears(place.code); how != Bears::no) put_place(how, id);
  });
  masters_.partners.each([&](Id<Partner> id, const Partner& partner) {
    if (const Bears how = bears(partner.code); how != Bears::no)
      put_plain(how, ScanKind::partner, id.value, partner.code, "Partner " + partner.code + " (" + partner.name + ")",
                {});
  });
  masters_.addresses.each([&](Id<Address> id, const Address& address) {
    if (const Bears how = bears(address.code); how != Bears::no)
      put_plain(how, ScanKind::address, id.value, address.code, "Delivery address " + address.code, {});
  });
  if (const HandlingUnit* unit = view_.handling_unit_called(text_); unit && unit->is_known)
    put_plain(Bears::exactly, ScanKind::handling_unit, unit->id.value, unit->sscc,
              "Handling unit " + unit->sscc + " in " + std::string(masters_.places.code_of(unit->place)),
              {"move_unit", "unpack", "dispatch"});
  find_units();
  find_orders(Bears::exactly, text_);
  SearchQuestion search;
  search.text = text, search.limit = most_looked_at;
  const Result<SearchAnswer> found = ask(search, snapshot_);
  if (!found) return;  // a short text that nothing bears
  for (const Find& find : found->rows) {
    const std::string& code = find.bears.empty() ? find.code : find.bears;
    const Bears how = bears(code);
    if (find.noun == "lot") {
      const Id<Item> item = masters_.items.id_of(find.item);
      if (const LotState* lot = view_.lot(view_.lot_called(item, find.code))) put_lot(how, *lot);
    } else if (find.noun == "unit") {
      for (const Serial* unit : view_.serials_called(masters_.items.id_of(find.item), find.code)) put_unit(how, *unit);
    } else if (find.noun == "order" || find.noun == "document") {
      if (how == Bears::folded) find_orders(how, find.code);
    } else if (how == Bears::no && skeleton(code) == skeleton(text)) {
      if (find.noun == "item") put_item(how, masters_.items.id_of(find.code));
      if (find.noun == "place") put_place(how, masters_.places.id_of(find.code));
    }
  }
}

void Scan::read_own_label(const Label& label) {
  const auto code = [&](std::size_t i) { return i < label.codes.size() ? label.codes[i] : std::string(); };
  const Id<Item> item = masters_.items.id_of(code(0));
  constexpr Bears how = Bears::exactly;
  text_ = code(label.codes.size() - 1), folded_ = folded(text_);
  if (label.kind == "item") return put_item(how, item);
  if (label.kind == "place") return put_place(how, masters_.places.id_of(code(0)));
  if (label.kind == "lot") {
    if (const LotState* lot = item ? view_.lot(view_.lot_called(item, code(1))) : nullptr) put_lot(how, *lot);
  } else if (label.kind == "unit") {
    for (const Serial* unit : view_.serials_called(item, code(1))) put_unit(how, *unit);
  } else if (label.kind == "order" || label.kind == "sales" || label.kind == "purchase") {
    find_orders(how, code(0));
    const ScanKind wanted = label.kind == "order"   ? ScanKind::order
                            : label.kind == "sales" ? ScanKind::sales_order
                                                    : ScanKind::purchase_order;
    std::erase_if(found_, [&](const auto& found) { return found.second.card.kind != wanted; });
  } else if (label.kind == "do") {
    const auto& names = Choices<EntryKind>::names;
    if (std::find(names.begin(), names.end(), code(0)) != names.end())
      put_plain(how, ScanKind::command, 0, code(0), "Do: " + code(0), {code(0)});
  }
}

/// Just so before without regard to case; then the place and the open document narrow what is left (R8, R9).
void Scan::keep_what_fits() {
  const bool any_exactly =
      std::any_of(found_.begin(), found_.end(), [](const auto& found) { return found.first == Bears::exactly; });
  if (any_exactly)
    for (auto& [how, found] : found_)
      if (how == Bears::folded && resembling_.size() < most_resembling) resembling_.push_back(found.card);
  if (any_exactly) std::erase_if(found_, [](const auto& found) { return found.first != Bears::exactly; });
}

ScanAnswer Scan::answer(const std::string& code) {
  ScanAnswer answer;
  answer.code = code, answer.entry = view_.head().seq;
  keep_what_fits();
  const auto narrow = [&](bool Found::*fits) {
    if (std::none_of(found_.begin(), found_.end(), [&](const auto& found) { return found.second.*fits; })) return;
    for (auto& [how, found] : found_)
      if (!(found.*fits)) answer.elsewhere.push_back(std::move(found.card));
    std::erase_if(found_, [&](const auto& found) { return !(found.second.*fits); });
  };
  if (work_.where) narrow(&Found::is_here);
  if (work_.is_open()) narrow(&Found::is_on_document);
  if (found_.size() == 1) {
    answer.text = found_.front().second.card.text + ".";
    answer.meaning = std::move(found_.front().second.card);
  } else if (!found_.empty()) {
    answer.text = std::to_string(found_.size()) + " things bear the code " + code + ": choose one.";
    for (auto& [how, found] : found_) answer.candidates.push_back(std::move(found.card));
  } else {
    answer.text = "Nothing in this book bears the code " + code + (resembling_.empty() ? "." : "; these look like it.");
    answer.resembling = std::move(resembling_);
  }
  return answer;
}

/// The open document, by its number; of two kinds of order with one number, neither is guessed.
Result<Work> work_of(const ScanQuestion& question, const View& view) {
  Work work;
  const Result<Id<Place>> where = find_place(view, question.where, "/where");
  if (!where) return where.refusals();
  work.where = *where;
  if (question.doing.empty()) return work;
  std::vector<const TradeOrder*> orders;
  for (const TradeKind kind : {TradeKind::sales, TradeKind::purchase})
    if (const TradeOrder* order = view.trade_order_numbered(kind, question.doing)) orders.push_back(order);
  work.run = view.run_numbered(question.doing);
  if (orders.size() + (work.run ? 1 : 0) > 1)
    return Refusal{Code::unknown_order, "/doing",
                   "Several orders bear the number " + question.doing + ". Leave the document out."};
  if (!orders.empty()) work.trade = orders.front();
  if (!work.is_open())
    for (const std::uint64_t seq : view.documents(question.doing))
      for (const Line& line : view.entry(seq)->lines) work.lots.insert(line.lot);
  if (!work.is_open())
    return Refusal{Code::unknown_order, "/doing",
                   "There is no order and no paper " + question.doing + ". Check the number."};
  return work;
}

}  // namespace

Result<ScanAnswer> ask(const ScanQuestion& question, const Snapshot& snapshot) {
  const Result<Work> work = work_of(question, snapshot.view);
  if (!work) return work.refusals();
  const std::optional<std::string> text = trimmed_nfc(question.code);
  if (!text || text->empty())
    return Refusal{Code::malformed, "/code", "That is no text that a code can be. Scan it again."};
  Scan scan(snapshot, *work);
  if (const std::optional<Label> label = read_label(*text))
    scan.read_own_label(*label);
  else if (length_in_characters(*text) <= 60)
    scan.find_all(*text);
  return scan.answer(*text);
}

}  // namespace lotbook
