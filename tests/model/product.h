// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>

#include "commands/executor.h"
#include "queries/question.h"
#include "queries/table.h"
#include "reference.h"
#include "store/scratch_book.h"

// The product as a caller sees it: commands as JSON through the table of commands, questions through the table of
// questions, on a book of its own whose clock stands where the test puts it.

namespace lotbook::model {

class Product {
 public:
  Product(Time start);
  ~Product();
  Product(const Product&) = delete;
  Product& operator=(const Product&) = delete;

  struct Answered {
    bool is_posted = false;
    std::set<std::string> codes;  ///< of the refusals
    std::string text;             ///< the whole answer, for people and to be compared
    Posted posted;
  };
  Answered send(const Asked& asked, const std::string& key);
  /// Everything between two calls is asked of one snapshot.
  void look(Time now);

  template <class A, class Q>
  A ask(std::string_view name, const Q& question) {
    const QuestionRow* row = find_question(name);
    Result<AnyAnswer> answer = row->ask(&question, {*view_, clock_.now(), true});
    if (!answer) throw std::runtime_error(std::string(name) + " is refused: " + answer.refusal().detail);
    return *static_cast<const A*>(answer->value.get());
  }
  /// What `verify` finds; empty: nothing.
  std::string verify();

 private:
  std::string folder_;
  SetClock clock_;
  std::optional<ScratchBook> scratch_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<lotbook::Book> book_;
  std::unique_ptr<Connection> reader_;
  std::unique_ptr<Transaction> transaction_;
  std::unique_ptr<View> view_;
};

}  // namespace lotbook::model
