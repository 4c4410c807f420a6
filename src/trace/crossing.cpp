// SPDX-License-Identifier: Apache-2.0
#include "trace/crossing.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "model/place_ends.h"
#include "model/standing.h"

namespace lotbook {

std::uint32_t Texts::number(std::string_view text) {
  const auto [at, is_new] = numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(texts_.size()));
  if (is_new) texts_.push_back(&at->first);
  return at->second;
}

std::uint32_t OutputSets::number(std::vector<Id<Lot>> outputs) {
  if (outputs.empty()) return 0;
  check(outputs.back().value < several, "a lot's number leaves room to tell sets of lots from lots");
  if (outputs.size() == 1) return outputs.front().value;
  const auto [at, is_new] =
      numbers_.try_emplace(std::move(outputs), static_cast<std::uint32_t>(sets_.size()) | several);
  if (is_new) sets_.push_back(&at->first);
  return at->second;
}

bool OutputSets::has(std::uint32_t number, Id<Lot> output) const {
  if (number == 0 || number == output.value) return true;
  if ((number & several) == 0) return false;
  const std::vector<Id<Lot>>& set = *sets_[number & ~several];
  return std::binary_search(set.begin(), set.end(), output);
}

std::vector<Id<Lot>> OutputSets::outputs(std::uint32_t number) const {
  if (number == 0) return {};
  if ((number & several) == 0) return {Id<Lot>{number}};
  return *sets_[number & ~several];
}

std::uint32_t CrossingReader::transformation_of(Id<Run> run, const Entry& entry, Own& own) {
  const auto next = static_cast<std::uint32_t>(transformations_.size());
  std::uint32_t& number = run ? by_run_.try_emplace(run.value, no_transformation).first->second : own.number;
  if (number == no_transformation) number = next, transformations_.push_back({run, entry.seq, entry.kind});
  return number;
}

bool CrossingReader::gives_back(const Entry& entry) const {
  if (entry.kind == EntryKind::give_back) return true;
  // A corrected give-back is still one.
  if (entry.kind == EntryKind::yield || entry.kind == EntryKind::produce) return false;
  for (const std::uint64_t seq : entry.reverses)
    if (const Entry* found = earlier_(seq)) {
      const Entry before = *found;
      if (gives_back(before)) return true;
    }
  return false;
}

bool CrossingReader::leaves_facts(std::uint64_t by, std::uint64_t seq) const {
  const Entry* taker = earlier_(by);
  return taker && lotbook::leaves_facts(Entry(*taker), seq, earlier_);
}

void CrossingReader::read(const Entry& entry, const std::function<void(const Crossing&)>& take) {
  Own own;
  read_lines(entry, own, take);
  read_facts(entry, own, take);
}

namespace {

/// The passage of a line, but for what a transformation gives out; nullopt for a move inside the book.
std::optional<Passage> passage_of(const Line& line) {
  if (line.from == ends::supplier) return Passage::received;
  if (line.from == ends::customer) return Passage::returned;
  if (line.from == ends::opening) return Passage::opened;
  if (line.from == ends::count) return Passage::found;
  if (line.from == ends::process || line.from == ends::conversion) return Passage::yielded;
  if (line.to == ends::supplier) return Passage::to_supplier;
  if (line.to == ends::customer) return Passage::dispatched;
  if (line.to == ends::count) return Passage::lost;
  if (line.to == ends::disposed) return Passage::disposed;
  if (line.to == ends::sampled) return Passage::sampled;
  if (line.to == ends::process || line.to == ends::conversion) return Passage::consumed;
  return std::nullopt;
}

}  // namespace

/// For each line the number of the outputs that it is assigned to; empty when none is.
std::vector<std::uint32_t> CrossingReader::assignments_of(const Entry& entry) {
  std::vector<std::uint32_t> numbers;
  for (const Fact& fact : entry.facts) {
    const auto* assigned = std::get_if<Assigned>(&fact);
    if (!assigned || assigned->line >= entry.lines.size()) continue;
    numbers.resize(entry.lines.size());
    if (numbers[assigned->line] == 0)
      numbers[assigned->line] = output_sets_.number(outputs_of_line(entry, assigned->line));
  }
  return numbers;
}

void CrossingReader::read_lines(const Entry& entry, Own& own, const std::function<void(const Crossing&)>& take) {
  const std::vector<std::uint32_t> assigned = assignments_of(entry);
  std::optional<bool> returns_inputs;
  for (std::size_t i = 0; i < entry.lines.size(); ++i) {
    const Line& line = entry.lines[i];
    const std::optional<Passage> passage = passage_of(line);
    if (!passage) continue;
    Crossing crossing;
    crossing.seq = entry.seq, crossing.lot = line.lot, crossing.passage = *passage;
    crossing.quantity = line.quantity, crossing.quantity2 = line.quantity2;
    if (*passage == Passage::consumed || *passage == Passage::yielded) {
      crossing.is_conversion = line.from == ends::conversion || line.to == ends::conversion;
      crossing.transformation = transformation_of(entry.run, entry, own);
      if (*passage == Passage::yielded) {
        if (!returns_inputs) returns_inputs = gives_back(entry);
        if (*returns_inputs) crossing.passage = Passage::given_back;
      }
      if (!assigned.empty() && crossing.passage != Passage::yielded) crossing.other = assigned[i];
    } else if (*passage == Passage::received || *passage == Passage::dispatched || *passage == Passage::returned ||
               *passage == Passage::to_supplier) {
      crossing.partner = entry.partner, crossing.address = entry.address;
      crossing.document = texts_.number(entry.document);
      if (*passage == Passage::returned) crossing.other = texts_.number(entry.reference);
    }
    take(crossing);
  }
}

void CrossingReader::read_facts(const Entry& entry, Own& own, const std::function<void(const Crossing&)>& take) {
  const auto named = [&](Id<Lot> lot, Id<Partner> issuer, std::string_view code) {
    Crossing crossing;
    crossing.seq = entry.seq, crossing.lot = lot, crossing.passage = Passage::named;
    crossing.partner = issuer, crossing.other = texts_.number(code);
    take(crossing);
  };
  for (const LotOpened& opened : entry.opened)
    if (!opened.issued_code.empty()) named(opened.lot, opened.issuer, opened.issued_code);
  for (const Fact& fact : entry.facts) {
    if (const auto* name = std::get_if<LotNamed>(&fact))
      named(Id<Lot>{name->lot}, Id<Partner>{name->issuer}, name->code);
    if (const auto* joined = std::get_if<Joined>(&fact)) {
      Crossing crossing;
      crossing.seq = entry.seq, crossing.passage = Passage::joined;
      crossing.lot = Id<Lot>{joined->lot}, crossing.other = joined->with;
      take(crossing);
      crossing.lot = Id<Lot>{joined->with}, crossing.other = joined->lot;
      take(crossing);
    }
    if (const auto* assumed = std::get_if<Assumed>(&fact)) {
      Crossing crossing;
      crossing.seq = entry.seq, crossing.passage = Passage::assumed_in, crossing.quantity = assumed->at_most;
      crossing.lot = Id<Lot>{assumed->lot}, crossing.other = assumed->into;
      crossing.transformation = transformation_of(Id<Run>{assumed->run}, entry, own);
      take(crossing);
      if (assumed->into == 0) continue;
      crossing.passage = Passage::assumed_out, crossing.lot = Id<Lot>{assumed->into}, crossing.other = 0;
      take(crossing);
    }
  }
}

}  // namespace lotbook
