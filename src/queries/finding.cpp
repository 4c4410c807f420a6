// SPDX-License-Identifier: Apache-2.0
#include "queries/finding.h"

#include "queries/entry_card.h"
#include "queries/personal.h"

namespace lotbook {

namespace {

constexpr std::size_t most_about = 100;

/// What a question narrows the rows to, by numbers.
struct Narrowed {
  Transaction::FindingsAbout about;
  std::uint32_t item = 0, partner = 0;
};

template <FindingKind kind>
Result<Narrowed> narrowed(const FindingsQuestion<kind>& question, const View& view) {
  Narrowed to;
  to.about.kind = kind;
  if (!question.item.empty()) {
    const Result<Id<Item>> item = find_item(view, question.item, "/item");
    if (!item) return item.refusals();
    to.item = item->value;
  } else if (!question.lot.empty() || !question.serial.empty()) {
    return Refusal{Code::missing, "/item", "Say of which item the lot or unit is."};
  }
  if (!question.lot.empty()) {
    const Result<const LotState*> lot = find_lot(view, {question.item, question.lot}, "");
    if (!lot) return lot.refusals();
    to.about.lot = (*lot)->lot.id;
  }
  if (!question.serial.empty()) {
    const std::vector<const Serial*> units = view.serials_called(Id<Item>{to.item}, question.serial);
    for (const Serial* unit : units)
      if (!to.about.lot || unit->lot == to.about.lot) to.about.serial = unit->id;
    if (!to.about.serial)
      return Refusal{Code::unknown_serial, "/serial",
                     "There is no unit " + question.serial + " of " + question.item + ". Check the number."};
  }
  if (!question.partner.empty()) {
    to.partner = view.masters().partners.id_of(question.partner).value;
    if (to.partner == 0)
      return Refusal{Code::unknown_partner, "/partner",
                     "There is no partner " + question.partner + ". Check the code."};
  }
  return to;
}

template <FindingKind kind>
Result<FindingsAnswer> answer(const FindingsQuestion<kind>& question, const Snapshot& snapshot) {
  const Result<Narrowed> to = narrowed(question, snapshot.view);
  if (!to) return to.refusals();
  const std::size_t most = rows_allowed(question.limit);
  std::vector<Finding> found;  // read first: a row asks the book for more
  FindingsAnswer answer;
  snapshot.view.behind().findings_before(
      to->about, Id<Finding>{static_cast<std::uint32_t>(question.after)}, [&](const Finding& finding) {
        const bool fits = (!question.state || finding.state == *question.state) &&
                          (!question.severity || finding.severity == *question.severity) &&
                          (to->item == 0 || finding.item == to->item) &&
                          (to->partner == 0 || finding.partner == to->partner) &&
                          (question.document.empty() || finding.document == question.document) &&
                          (question.code.empty() || finding.code == question.code) &&
                          (question.number.empty() || finding.number == question.number);
        if (!fits) return true;
        if (found.size() == most) {
          answer.next = found.back().id.value;
          return false;
        }
        found.push_back(finding);
        return true;
      });
  for (const Finding& finding : found) answer.rows.push_back(finding_row(snapshot, finding));
  return answer;
}

}  // namespace

FindingRow finding_row(const Snapshot& snapshot, const Finding& finding) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  FindingRow row;
  row.number = finding.number, row.state = finding.state, row.severity = finding.severity;
  row.code = finding.code, row.text = finding.text, row.document = finding.document, row.outcome = finding.outcome;
  row.contact = personal_text(snapshot, finding.contact);
  row.quantity = finding.quantity, row.found_on = finding.found_on, row.entry = finding.opened_in;
  if (const Item* item = masters.items.find(Id<Item>{finding.item})) row.item = item->code, row.unit = item->unit;
  if (const LotState* lot = view.lot(Id<Lot>{finding.lot})) row.lot = lot->lot.code;
  if (const Serial* unit = view.serial(Id<Serial>{finding.serial})) row.serial = unit->code;
  row.partner = masters.partners.code_of(Id<Partner>{finding.partner});
  row.place = end_code(masters, Id<Place>{finding.place});
  if (const Run* run = view.run(Id<Run>{finding.run})) row.order = run->number;
  return row;
}

std::vector<FindingRow> findings_about(const Snapshot& snapshot, FindingKind kind, Id<Lot> lot, Id<Serial> serial) {
  std::vector<Finding> found;
  snapshot.view.behind().findings_before({kind, lot, serial}, {}, [&](const Finding& finding) {
    found.push_back(finding);
    return found.size() < most_about;
  });
  std::vector<FindingRow> rows;
  for (const Finding& finding : found) rows.push_back(finding_row(snapshot, finding));
  return rows;
}

Result<FindingsAnswer> ask(const FindingsQuestion<FindingKind::complaint>& question, const Snapshot& snapshot) {
  return answer(question, snapshot);
}
Result<FindingsAnswer> ask(const FindingsQuestion<FindingKind::defect>& question, const Snapshot& snapshot) {
  return answer(question, snapshot);
}

}  // namespace lotbook
