// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "commands/executor.h"
#include "queries/question.h"
#include "story.h"
#include "values.h"

namespace lotbook::stories {

/// Makes an empty store for one book inside a folder of its own.

/// Plays a story on a new book and holds the book to it. Each accepted command is sent a second time under its key and
/// must give the same answer; at the end the book is made again from its entries and must be the same.
class Player {
 public:
  explicit Player(Store& store);
  /// Throws StoryFault.
  void play(const Story& story);

 private:
  void play_step(const Step& step);
  void use(const Step& step);
  void set_time(const Step& step);
  void set_actor(const Step& step);
  void ask(const Step& step, const QuestionRow& row);
  void command(const Step& step, const CommandRow& row);
  void keep_promises(const Step& step, const Posted& posted);
  void keep_promises(const Step& step, const Refusals& refusals);
  void hold_to(const Promise& promise, std::size_t word, const std::string& actual);

  Store& store_;
  SetClock clock_;
  std::unique_ptr<Book> book_;
  Actor actor_;
  Names names_;
  int commands_ = 0;
};

}  // namespace lotbook::stories
