// SPDX-License-Identifier: Apache-2.0
#include "queries/records.h"

#include "queries/personal.h"

namespace lotbook {

namespace {

template <class T>
Result<RecordsAnswer<T>> page(const Register<T>& records, const ListQuestion& question, const Snapshot& snapshot) {
  RecordsAnswer<T> answer;
  const std::size_t most = rows_allowed(question.limit);
  bool is_more = false;
  records.each([&](Id<T>, const T& record) {
    if (is_more || record.code <= question.after || !record.code.starts_with(question.starts_with)) return;
    if (answer.rows.size() == most) {
      is_more = true;
      return;
    }
    answer.rows.push_back(shown(snapshot, record));
  });
  if (is_more) answer.next = answer.rows.back().code;
  return answer;
}

}  // namespace

Result<RecordsAnswer<Item>> ask(const RecordsQuestion<Item>& question, const Snapshot& snapshot) {
  return page(snapshot.view.masters().items, question, snapshot);
}
Result<RecordsAnswer<Partner>> ask(const RecordsQuestion<Partner>& question, const Snapshot& snapshot) {
  return page(snapshot.view.masters().partners, question, snapshot);
}
Result<RecordsAnswer<Address>> ask(const RecordsQuestion<Address>& question, const Snapshot& snapshot) {
  return page(snapshot.view.masters().addresses, question, snapshot);
}
Result<RecordsAnswer<Place>> ask(const RecordsQuestion<Place>& question, const Snapshot& snapshot) {
  return page(snapshot.view.masters().places, question, snapshot);
}
Result<RecordsAnswer<Recipe>> ask(const RecordsQuestion<Recipe>& question, const Snapshot& snapshot) {
  return page(snapshot.view.masters().recipes, question, snapshot);
}
Result<RecordsAnswer<Attribute>> ask(const RecordsQuestion<Attribute>& question, const Snapshot& snapshot) {
  return page(snapshot.view.masters().attributes, question, snapshot);
}
Result<RecordsAnswer<Factor>> ask(const RecordsQuestion<Factor>& question, const Snapshot& snapshot) {
  return page(snapshot.view.masters().factors, question, snapshot);
}

Result<BookSettings> ask(const BookQuestion&, const Snapshot& snapshot) { return snapshot.view.masters().book; }

}  // namespace lotbook
