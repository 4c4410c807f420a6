// SPDX-License-Identifier: Apache-2.0
#include "commands/demo/plant.h"

#include <stdexcept>

#include "ledger/fefo.h"

namespace lotbook {

DemoPlant::DemoPlant(Book& book, Instant until)
    : book_(book),
      clock_(
          Instant{until.microseconds - until.microseconds % microseconds_per_day - weeks * 7 * microseconds_per_day}),
      start_(clock_.now()) {}

DemoIncident DemoPlant::run() {
  set_up_partners();
  set_up_places();
  set_up_items();
  for (int week = 0; week < weeks; ++week) live(week);
  plan_next_week();
  const std::string almonds = almond_label(incident_week);
  return {fmt::format("From: Quality, Sunrise Nuts — To: all customers\nOur almond lot {} was found to hold aflatoxin "
                      "above the limit. Please stop it, tell us where it went, and keep what you have left.",
                      almonds),
          almonds};
}

void DemoPlant::post(const CommandRow& row, std::shared_ptr<const void> command) {
  Asked asked;
  asked.row = &row, asked.command = std::move(command), asked.actor = Actor::with_all_rights(who_),
  asked.client = "demo";
  asked.key = fmt::format("demo-{}", ++posted_);
  asked.digest = request_digest(row.name, row.shape(), asked.command.get());
  waiting_.push_back({std::move(asked), [said = std::string(row.name)](Outcome outcome) {
                        if (std::holds_alternative<Posted>(outcome)) return;
                        const auto* refusals = std::get_if<Refusals>(&outcome);
                        throw std::runtime_error(
                            "the demonstration's " + said + " was refused: " +
                            (refusals ? refusals->front().field + " " + refusals->front().detail : "unknown"));
                      }});
}

void DemoPlant::at(int day, int hour, int minute) {
  clock_.set(
      Instant{start_.microseconds + day * microseconds_per_day + (hour * 60 + minute) * microseconds_per_minute});
  std::vector<Waiting> now;
  now.swap(waiting_);
  execute(book_, clock_, now);
}

std::vector<DemoPlant::Taken> DemoPlant::to_use(std::string_view item, Decimal quantity) {
  const std::unique_ptr<Connection> reader = book_.store().open_reader();
  reader->begin();
  Transaction transaction(*reader);
  const View view = book_.reading_view(transaction);
  const Masters& masters = view.masters();
  const Id<Place> site = masters.places.id_of("LANE");
  Want want;
  want.item = masters.items.id_of(item), want.site = site, want.quantity = quantity;
  want.use.purpose = Purpose::consume, want.use.day = masters.zone_of(site).day_of(clock_.now());
  std::vector<Taken> taken;
  for (const Proposed& p : plan_picks(view, want).take)
    taken.push_back({p.lot->lot.code, std::string(masters.places.code_of(p.place)), p.quantity});
  return taken;
}

std::vector<DemoPlant::Chosen> DemoPlant::to_pick(std::string_view order) {
  const std::unique_ptr<Connection> reader = book_.store().open_reader();
  reader->begin();
  Transaction transaction(*reader);
  const View view = book_.reading_view(transaction);
  std::vector<Chosen> chosen;
  for (const Allotment& a : view.allotments_for(view.trade_order_numbered(TradeKind::sales, order)->id))
    if (!a.is_picked)
      chosen.push_back(
          {a.line, {view.lot(a.lot)->lot.code, std::string(view.masters().places.code_of(a.place)), a.quantity}});
  return chosen;
}

DemoIncident build_demo(Book& book, Instant until) { return DemoPlant(book, until).run(); }

}  // namespace lotbook
