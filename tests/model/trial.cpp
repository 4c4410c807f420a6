// SPDX-License-Identifier: Apache-2.0
#include "trial.h"

#include <algorithm>

#include "compare.h"
#include "product.h"
#include "queries/watch.h"
#include "random_commands.h"

namespace lotbook::model {

namespace {

constexpr Time start = 1'767'600'000'000'000;  // 2026-01-05T08:00Z

std::string joined(const std::set<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
  return all.empty() ? "accepted" : all;
}

class Trial {
 public:
  Trial() : product_(start) {
    for (const auto& [name, record] : plant()) {
      const Asked asked{name, record, "anna", {"master_data"}, start};
      const Product::Answered answered = product_.send(asked, "set-up " + std::to_string(++keys_));
      if (!answered.is_posted) throw Disagreement("the plant cannot be set up", record.json() + "\n" + answered.text);
      set_up(book_, name, record);
      last_seq_ = static_cast<int>(answered.posted.entry);
    }
    first_seq_ = last_seq_ + 1;
  }

  /// False when the rules leave the command open, so that it was not sent.
  bool step(const Asked& asked, RandomCommands& draw, Played& played) {
    Judged judged = judge(book_, asked);
    if (judged.is_open) return ++played.left_open, false;
    const std::string key = "key " + std::to_string(++keys_);
    const Product::Answered answered = product_.send(asked, key);
    ++(answered.is_posted ? played.posted : played.refused)[asked.name];
    played.seqs.push_back(static_cast<int>(answered.posted.entry));
    for (const std::string& code : answered.codes) ++played.codes[code];
    const std::string of = asked.name + " " + asked.body.json() + "\n" + answered.text;
    const bool agree = std::any_of(judged.refusals.begin(), judged.refusals.end(),
                                   [&](const std::string& code) { return answered.codes.contains(code); });
    if (answered.is_posted != judged.refusals.empty() || (!answered.is_posted && !agree))
      throw Disagreement(
          asked.name + ": the product says " + joined(answered.codes) + ", the rules " + joined(judged.refusals), of);
    if (draw.happens(5)) {  // the same again under its key: the same answer, and nothing twice
      const Product::Answered again = product_.send(asked, key);
      if (again.text != answered.text && answered.is_posted)
        throw Disagreement("the same key, another answer", of + again.text);
      Asked other = asked;
      other.body["reason"] = "another";
      if (answered.is_posted && asked.body.at("reason").text() != "another" &&
          !product_.send(other, key).codes.contains("key_reused"))
        throw Disagreement("one key for two requests", of);
    }
    product_.look(asked.now);
    if (answered.is_posted) {
      Given given;
      given.seq = static_cast<int>(answered.posted.entry), given.order = answered.posted.order;
      if (given.seq != ++last_seq_) throw Disagreement("a gap in the numbers", of);
      for (const PostedLot& lot : answered.posted.opened) given.codes.push_back(lot.lot);
      if (given.codes.size() != judged.lots.size()) throw Disagreement("other lots were opened", of);
      if (!judged.holds.empty()) given.holds = holds_of(answered.posted.entry);
      post(book_, std::move(judged), given);
    }
    compare(asked.now, draw);
    return true;
  }

  /// Everything there is.
  void finish(Time now) {
    product_.look(now);
    for (std::size_t lot = 0; lot < book_.lots.size(); ++lot) {
      compare_lot(product_, book_, static_cast<int>(lot), now);
      if (book_.lots[lot].is_tracked) compare_traces(product_, book_, static_cast<int>(lot));
    }
    for (std::size_t unit = 0; unit < book_.ssccs.size(); ++unit) compare_unit(product_, book_, static_cast<int>(unit));
    for (const auto& [place, rule] : book_.places)
      if (book_.is_vessel(place)) compare_vessel(product_, book_, place);
    for (const auto& [item, rule] : book_.items) {
      compare_order_of_use(product_, book_, item, now);
      for (int seq = first_seq_; seq <= last_seq_; seq += 17) compare_past_stock(product_, book_, item, seq);
    }
    if (const std::string wrong = product_.verify(); !wrong.empty()) throw Disagreement("verify", wrong);
  }

  const Book& book() const { return book_; }

 private:
  std::vector<std::string> holds_of(std::uint64_t seq) {
    HoldsQuestion question;
    question.limit = 1000;
    std::vector<std::string> numbers;
    for (const auto& hold : product_.ask<HoldsAnswer>("holds", question).rows)
      if (hold.entry == seq) numbers.push_back(hold.number);
    std::sort(numbers.begin(), numbers.end(), [](const std::string& a, const std::string& b) {
      return std::pair(a.size(), a) < std::pair(b.size(), b);
    });
    return numbers;
  }

  void compare(Time now, RandomCommands& draw) {
    compare_stock(product_, book_, now);
    compare_orders(product_, book_);
    if (book_.lots.empty() || last_seq_ < first_seq_) return;
    const auto some_item = [&] {
      return std::next(book_.items.begin(), static_cast<std::ptrdiff_t>(draw.below(book_.items.size())))->first;
    };
    const auto some_lot = [&] { return static_cast<int>(draw.below(book_.lots.size())); };
    const std::uint64_t die = draw.below(10);
    if (die < 3)
      compare_past_stock(
          product_, book_, some_item(),
          first_seq_ + static_cast<int>(draw.below(static_cast<std::uint64_t>(last_seq_ - first_seq_ + 1))));
    if (die >= 3 && die < 6)
      compare_stock_at(product_, book_, some_item(), now - static_cast<Time>(draw.below(15 * day_long)));
    if (die == 6) compare_order_of_use(product_, book_, some_item(), now);
    compare_lot(product_, book_, some_lot(), now);
    if (const int lot = some_lot(); die >= 7 && book_.lots[static_cast<std::size_t>(lot)].is_tracked)
      compare_traces(product_, book_, lot);
    if (!book_.ssccs.empty()) compare_unit(product_, book_, static_cast<int>(draw.below(book_.ssccs.size())));
    const std::string place =
        std::next(book_.places.begin(), static_cast<std::ptrdiff_t>(draw.below(book_.places.size())))->first;
    compare_units_in(product_, book_, place);
    if (book_.is_vessel(place)) compare_vessel(product_, book_, place);
    const int lot = some_lot(), opened = book_.lots[static_cast<std::size_t>(lot)].opened_in;
    if (die == 9 && opened > 0)
      compare_past_traces(product_, book_, lot,
                          opened + static_cast<int>(draw.below(static_cast<std::uint64_t>(last_seq_ - opened + 1))));
  }

  Product product_;
  Book book_;
  int keys_ = 0, first_seq_ = 0, last_seq_ = 0;
};

template <class Next>
Played play_with(std::uint64_t seed, std::size_t commands, Next next) {
  Played played;
  try {
    Trial trial;
    RandomCommands draw(seed, trial.book());
    Time now = start;
    for (std::size_t i = 0; i < commands; ++i) {
      const Asked asked = next(i, draw, now);
      played.sent.push_back(asked);
      if (!trial.step(asked, draw, played)) played.sent.pop_back();
      now = asked.now;
    }
    trial.finish(now);
  } catch (const Disagreement& disagreement) {
    played.disagreement = disagreement.std::runtime_error::what(), played.what = disagreement.what;
  } catch (const std::exception& error) {
    played.disagreement = played.what = error.what();
  }
  return played;
}

}  // namespace

Played play_random(std::uint64_t seed, int commands) {
  return play_with(seed, static_cast<std::size_t>(commands), [](std::size_t, RandomCommands& draw, Time now) {
    return draw.next(now + static_cast<Time>(1 + draw.below(180)) * minute +
                     static_cast<Time>(draw.below(60)) * second_long);
  });
}

Played play(const std::vector<Asked>& commands) {
  return play_with(0, commands.size(), [&](std::size_t i, RandomCommands&, Time) { return commands[i]; });
}

Played shrink(const Played& played) {
  Played best = played;
  for (std::size_t part = best.sent.size() / 2; part > 0; part /= 2)
    for (std::size_t at = 0; at + part < best.sent.size();) {
      std::vector<Asked> fewer = best.sent;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at),
                  fewer.begin() + static_cast<std::ptrdiff_t>(at + part));
      const Played again = play(fewer);
      if (again.what == played.what)
        best = again;
      else
        at += part;
    }
  return best;
}

}  // namespace lotbook::model
