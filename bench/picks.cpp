// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <iostream>

#include "figures.h"
#include "ledger/fefo.h"
#include "measure.h"
#include "plain_sqlite.h"

// Picks and dispatches of orders of 5 lines, first expired first over 50,000 open lots; the choice of lots for 1,000
// lines; 10,000 serial numbers received at once. Beside hand-written SQL that writes the same rows, in the same run.
//   bench_picks [--in FOLDER] [--seconds S | --orders N]

namespace lotbook {
namespace {

constexpr std::uint64_t lots_per_item = 250;

void post_all(ScratchPlant& plant, std::vector<Waiting>& waiting) {
  execute(plant.book(), plant.clock(), waiting);
  waiting.clear();
}

void set_up(ScratchPlant& plant) {
  std::vector<Waiting> waiting;
  const auto post = [&](const char* name, const std::string& json) {
    waiting.push_back({plant.asked(ScratchPlant::quoted(name, json)), [&](const Outcome& o) { plant.note(o); }});
  };
  post("set_place", "{'code':'STAGE','name':'Staging','kind':'staging','parent':'MAIN'}");
  for (std::uint64_t delivery = 0; delivery < lots_per_item; ++delivery) {
    std::string lines;
    for (std::uint64_t item = 0; item < ScratchPlant::raw_items; ++item)
      lines += std::string(item == 0 ? "" : ",") + "{'item':'R" + std::to_string(item) +
               "','quantity':'900000','supplier_lot':'" + std::to_string(delivery) + "-" + std::to_string(item) +
               "','expires_on':'" + Date{21'800 + static_cast<std::int32_t>(delivery)}.text() + "'}";
    post("receive",
         "{'supplier':'S0','document':'OPEN" + std::to_string(delivery) + "','to':'ST1','lines':[" + lines + "]}");
    if (delivery % 25 == 24) post_all(plant, waiting);
  }
}

/// What orders ask for, so that the picks know.
struct Ordered {
  std::string number;
  std::vector<std::uint64_t> items;
};

std::vector<Ordered> take_orders(ScratchPlant& plant, std::uint64_t count, std::mt19937_64& random) {
  static std::uint64_t number = 0;
  std::vector<Ordered> orders;
  std::vector<Waiting> waiting;
  for (std::uint64_t i = 0; i < count; ++i) {
    Ordered order{"SO" + std::to_string(++number), {}};
    std::string lines;
    for (int line = 0; line < 5; ++line) {
      order.items.push_back(random() % ScratchPlant::raw_items);
      lines +=
          std::string(line == 0 ? "" : ",") + "{'item':'R" + std::to_string(order.items.back()) + "','quantity':'1'}";
    }
    const std::string customer = std::to_string(number % ScratchPlant::customers);
    waiting.push_back(
        {plant.asked(ScratchPlant::quoted("set_sales_order", "{'number':'" + order.number + "','customer':'C" +
                                                                 customer + "','address':'A" + customer +
                                                                 "','site':'MAIN','lines':[" + lines + "]}")),
         [&](const Outcome& o) { plant.note(o); }});
    orders.push_back(std::move(order));
    if (waiting.size() == 1000) post_all(plant, waiting);
  }
  post_all(plant, waiting);
  return orders;
}

Asked release_of(ScratchPlant& plant, const Ordered& order) {
  return plant.asked(ScratchPlant::quoted("release_pick", "{'order':'" + order.number + "'}"));
}

Asked pick_of(ScratchPlant& plant, const Ordered& order) {
  std::string lines;
  for (std::size_t i = 0; i < order.items.size(); ++i)
    lines += std::string(i == 0 ? "" : ",") + "{'line':" + std::to_string(i + 1) + ",'lot':'" +
             plant.lots_of(order.items[i]).front() + "','quantity':'1','from':'ST1'}";
  return plant.asked(
      ScratchPlant::quoted("pick", "{'order':'" + order.number + "','to':'STAGE','lines':[" + lines + "]}"));
}
Asked dispatch_of(ScratchPlant& plant, const Ordered& order) {
  return plant.asked(
      ScratchPlant::quoted("dispatch_order", "{'order':'" + order.number + "','document':'DN-" + order.number + "'}"));
}

void show(Job job, std::size_t clients, const Figure& figure, std::int64_t plain_rate) {
  std::cout << padded(text_of(job), 22) << padded(std::to_string(clients), 8)
            << padded(std::to_string(figure.per_second), 12) << padded(hundredths_text(figure.p50_us), 9)
            << padded(hundredths_text(figure.p99_us), 9) << padded(hundredths_text(figure.cpu_ns), 15)
            << padded(hundredths_text(figure.per_second * 1000 / plain_rate), 12) << std::endl;
}

/// How many orders for each number of clients: so many, or as many as take so long.
struct Length {
  std::uint64_t orders = 0, seconds = 2;
};

void orders_in_time(ScratchPlant& plant, const ScratchFolder& folder, Length length) {
  std::cout
      << "                       clients  commands/s   p50 ms   p99 ms  writer CPU us  x plain SQLite, 1 client\n";
  std::mt19937_64 random{11};
  std::int64_t plain_rates[2] = {};
  for (const Job job : {Job::pick, Job::send}) {
    constexpr std::uint64_t count = 2000;
    const PlainFigure plain = write_plainly(folder.file(std::string("plain") + text_of(job)), job, count, 180);
    std::int64_t& rate = plain_rates[job == Job::send];
    rate = static_cast<std::int64_t>(count) * 1'000'000'000 / plain.nanoseconds;
    std::cout << padded(text_of(job), 22) << padded("plain", 8) << padded(std::to_string(rate), 12)
              << padded(hundredths_text(plain.cpu_nanoseconds / static_cast<std::int64_t>(count)), 33) << "\n";
  }
  std::uint64_t rate = 1000;
  for (const std::size_t clients : {std::size_t{1}, std::size_t{16}, std::size_t{256}}) {
    const std::uint64_t count = length.orders ? length.orders : std::max<std::uint64_t>(500, length.seconds * rate);
    const std::vector<Ordered> orders = take_orders(plant, count, random);
    std::vector<Asked> releases, picks, dispatches;
    for (const Ordered& order : orders) releases.push_back(release_of(plant, order));
    const Figure released = measure(plant, std::move(releases), clients);
    std::cout << padded("release of 5 lines", 22) << padded(std::to_string(clients), 8)
              << padded(std::to_string(released.per_second), 12) << padded(hundredths_text(released.p50_us), 9)
              << padded(hundredths_text(released.p99_us), 9) << padded(hundredths_text(released.cpu_ns), 15)
              << std::endl;
    for (const Ordered& order : orders) picks.push_back(pick_of(plant, order));
    const Figure picked = measure(plant, std::move(picks), clients);
    show(Job::pick, clients, picked, plain_rates[0]);
    for (const Ordered& order : orders) dispatches.push_back(dispatch_of(plant, order));
    show(Job::send, clients, measure(plant, std::move(dispatches), clients), plain_rates[1]);
    rate = static_cast<std::uint64_t>(picked.per_second) * 2;
  }
}

void choice_of_lots(ScratchPlant& plant) {
  const std::unique_ptr<Connection> reader = plant.store().open_reader();
  for (int round = 0; round < 3; ++round) {
    reader->begin();
    Transaction transaction(*reader);
    const View view = plant.book().reading_view(transaction);
    const std::int64_t start = nanoseconds_now();
    std::size_t chosen = 0;
    for (std::uint64_t line = 0; line < 1000; ++line) {
      Want want;
      want.item = view.masters().items.id_of("R" + std::to_string(line % ScratchPlant::raw_items));
      want.site = view.masters().places.id_of("MAIN"), want.quantity = Decimal::whole(5);
      want.use.day = Date{21'000};
      chosen += plan_picks(view, want).take.size();
    }
    const std::int64_t spent = nanoseconds_now() - start;
    reader->rollback();
    std::cout << "lots chosen for 1,000 lines: " << hundredths_text(spent / 1000) << " ms (" << chosen << " lots)\n";
  }
}

void many_serials(ScratchPlant& plant) {
  std::vector<Waiting> waiting;
  waiting.push_back(
      {plant.asked(ScratchPlant::quoted("set_item", "{'code':'UNIT','name':'Unit','unit':'EA','tracking':'serial'}")),
       [&](const Outcome& o) { plant.note(o); }});
  post_all(plant, waiting);
  std::string serials;
  for (int i = 0; i < 10'000; ++i)
    serials += std::string(i == 0 ? "'" : ",'") + "U-" + std::to_string(100'000 + i) + "'";
  Asked receipt = plant.asked(ScratchPlant::quoted(
      "receive", "{'supplier':'S0','document':'UNITS','to':'ST1','lines':[{'item':'UNIT','lot':'U1','serials':[" +
                     serials + "]}]}"));
  const std::int64_t start = nanoseconds_now();
  const Outcome outcome = execute_one(plant.book(), plant.clock(), std::move(receipt));
  std::cout << "10,000 serial numbers received in " << (nanoseconds_now() - start) / 1'000'000 << " ms\n";
  if (!std::holds_alternative<Posted>(outcome)) throw std::runtime_error("the units were not received");
}

}  // namespace
}  // namespace lotbook

int main(int argc, char** argv) {
  std::string where = ".";
  lotbook::Length length;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--in") == 0) where = argv[i + 1];
    if (std::strcmp(argv[i], "--seconds") == 0) length.seconds = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--orders") == 0) length.orders = std::strtoull(argv[i + 1], nullptr, 10);
  }
  try {
    const lotbook::ScratchFolder folder(where);
    lotbook::ScratchPlant plant(folder.file("book"));
    lotbook::set_up(plant);
    lotbook::orders_in_time(plant, folder, length);
    lotbook::choice_of_lots(plant);
    lotbook::many_serials(plant);
  } catch (const std::exception& error) {
    std::cerr << "bench_picks: " << error.what() << "\n";
    return 1;
  }
}
