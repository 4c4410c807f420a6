// SPDX-License-Identifier: Apache-2.0
#include "player.h"

#include <algorithm>

#include "base/check.h"
#include "base/json.h"
#include "queries/table.h"
#include "see.h"
#include "soundness.h"

namespace lotbook::stories {

namespace {

constexpr Instant first_day{1'767'225'600'000'000};  // 2026-01-01T00:00Z, until a story says otherwise

std::string as_text(const Refusals& refusals) {
  std::string text;
  for (const Refusal& refusal : refusals) {
    text += "\n    refused " + std::string(text_of(refusal.code).name) + " " + refusal.field + "  " + refusal.detail;
    for (const auto& [name, value] : refusal.facts) text += " " + name + "=" + value;
  }
  return text;
}

/// One "-> refused …" line, and whether a refusal is the one it means.
struct ExpectedRefusal {
  std::string code, field, text;
  std::vector<std::pair<std::string, std::string>> facts;

  bool is(const Refusal& refusal) const {
    return text_of(refusal.code).name == code && refusal.field == field &&
           refusal.detail.find(text) != std::string::npos &&
           std::all_of(facts.begin(), facts.end(), [&](const auto& fact) {
             return std::find(refusal.facts.begin(), refusal.facts.end(), fact) != refusal.facts.end();
           });
  }
};

ExpectedRefusal expected_of(const Promise& promise, const Names& names) {
  ExpectedRefusal expected;
  for (std::size_t i = 1; i < promise.words.size(); ++i) {
    const std::string word = with_names(promise.words[i], names, promise.spot);
    const std::size_t equals = word.find('=');
    if (i == 1) {
      expected.code = word;
      if (!code_named(word)) throw StoryFault(promise.spot, "there is no refusal \"" + word + "\"");
    } else if (word.starts_with('"')) {
      expected.text = word.substr(1, word.size() - 2);
    } else if (word.starts_with('/')) {
      expected.field = word;
    } else if (equals != std::string::npos) {
      expected.facts.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    } else {
      throw StoryFault(promise.spot, "\"" + word + "\" is neither a field, a fact nor a quoted text");
    }
  }
  if (expected.code.empty()) throw StoryFault(promise.spot, "say which refusal");
  return expected;
}

bool is_refusal(const Promise& promise) { return !promise.words.empty() && promise.words.front() == "refused"; }

}  // namespace

Player::Player(Store& store) : store_(store), clock_(first_day), actor_(Actor::with_all_rights("tester")) {
  Book::create(store_, {}, first_day);
  book_ = std::make_unique<Book>(store_);
}

void Player::play(const Story& story) {
  for (const Step& step : story.steps) play_step(step);
  try {
    check_book(store_);
  } catch (const BrokenLaw& law) {
    throw StoryFault({story.file, 0}, std::string("at the end the book is not sound: ") + law.what());
  }
}

void Player::play_step(const Step& step) {
  if (step.verb == "use") return use(step);
  if (step.verb == "at") return set_time(step);
  if (step.verb == "as") return set_actor(step);
  if (step.verb == "ask" || step.verb == "see") {
    if (step.words.size() != 1) throw StoryFault(step.spot, "say what to " + step.verb);
    const QuestionRow* row = step.verb == "ask" ? find_question(step.words[0]) : find_sight(step.words[0]);
    if (!row) throw StoryFault(step.spot, "there is no question \"" + step.words[0] + "\"");
    return ask(step, *row);
  }
  const CommandRow* row = find_command(step.verb);
  if (!row) throw StoryFault(step.spot, "there is no command \"" + step.verb + "\"");
  if (!step.words.empty()) throw StoryFault(step.spot, "\"" + step.words[0] + "\" is not field=value");
  command(step, *row);
}

void Player::use(const Step& step) {
  if (step.words.size() != 1) throw StoryFault(step.spot, "say which set to use");
  for (const Step& inner : read_story(STORY_SETS "/" + step.words[0] + ".story").steps) play_step(inner);
}

void Player::set_time(const Step& step) {
  const std::optional<WrittenTime> time = step.words.size() == 1 ? WrittenTime::parse(step.words[0]) : std::nullopt;
  if (!time || time->day) throw StoryFault(step.spot, "write a time as 2026-03-02T08:00Z");
  // Recorded times never run backwards, so a story that does would not mean what it says.
  if (time->interval.at < clock_.now()) throw StoryFault(step.spot, "the clock does not go back; use occurred_at");
  clock_.set(time->interval.at);
}

void Player::set_actor(const Step& step) {
  if (step.words.empty()) throw StoryFault(step.spot, "say who");
  std::string name = step.words[0];
  if (name.ends_with(':')) name.pop_back();
  actor_ = step.words.size() == 1 ? Actor::with_all_rights(name) : Actor{name, 0};
  for (std::size_t i = 1; i < step.words.size(); ++i) {
    std::string right = step.words[i];
    if (right.ends_with(',')) right.pop_back();
    if (right == "nothing") continue;
    const std::optional<Right> known = choice_of<Right>(right);
    if (!known) throw StoryFault(step.spot, "there is no right \"" + right + "\"");
    actor_ = actor_.with(*known);
  }
}

void Player::ask(const Step& step, const QuestionRow& row) {
  Step question = step;  // what is said below a question is about its answer
  question.said.clear(), question.tables.clear();
  const std::shared_ptr<void> value = row.make();
  if (const Refusals refusals = fill(question, names_, row.shape(), value.get()); !refusals.empty())
    return keep_promises(step, refusals);
  const std::unique_ptr<Connection> connection = store_.open_reader();
  connection->begin();
  Transaction transaction(*connection);
  const View view(transaction, load_masters(transaction), *transaction.head());
  const Result<AnyAnswer> answer = row.ask(value.get(), {view, clock_.now(), true});
  if (!answer) return keep_promises(step, answer.refusals());
  if (!step.promises.empty())
    throw StoryFault(step.promises.front().spot, "expected a refusal, but there is an answer");
  compare(step, names_, *answer->shape, const_cast<void*>(answer->value.get()));
}

void Player::command(const Step& step, const CommandRow& row) {
  const std::shared_ptr<void> value = row.make();
  if (const Refusals refusals = fill(step, names_, row.shape(), value.get()); !refusals.empty())
    return keep_promises(step, refusals);
  const Asked asked{&row,
                    value,
                    actor_,
                    "story",
                    "key " + std::to_string(++commands_),
                    request_digest(row.name, row.shape(), value.get())};
  const Outcome outcome = execute_one(*book_, clock_, asked);
  if (const auto* refusals = std::get_if<Refusals>(&outcome)) return keep_promises(step, *refusals);
  const auto* posted = std::get_if<Posted>(&outcome);
  if (!posted) throw StoryFault(step.spot, "the outcome is unknown");
  const Outcome again = execute_one(*book_, clock_, asked);
  const auto* posted_again = std::get_if<Posted>(&again);
  if (!posted_again || to_json(*posted) != to_json(*posted_again))
    throw StoryFault(step.spot, "sent again under the same key, the command had another answer");
  keep_promises(step, *posted);
}

void Player::keep_promises(const Step& step, const Refusals& refusals) {
  std::vector<bool> met(refusals.size());
  const bool any = std::any_of(step.promises.begin(), step.promises.end(), is_refusal);
  if (!any) throw StoryFault(step.spot, "expected that this is accepted, but" + as_text(refusals));
  for (const Promise& promise : step.promises) {
    if (!is_refusal(promise))
      throw StoryFault(promise.spot, "this is promised of what is refused:" + as_text(refusals));
    const ExpectedRefusal expected = expected_of(promise, names_);
    std::size_t i = 0;
    while (i < refusals.size() && (met[i] || !expected.is(refusals[i]))) ++i;
    std::string said;
    for (const std::string& word : promise.words) said += word + " ";
    if (i == refusals.size())
      throw StoryFault(promise.spot,
                       "refused otherwise\n    expected" + ("\n    " + said) + "\n    actual" + as_text(refusals));
    met[i] = true;
  }
  for (std::size_t i = 0; i < refusals.size(); ++i)
    if (!met[i]) throw StoryFault(step.spot, "refused for more than the story says:" + as_text({refusals[i]}));
}

/// Word `word` of the promise is what the answer should hold, or the $NAME it gets in the story.
void Player::hold_to(const Promise& promise, std::size_t word, const std::string& actual) {
  if (word >= promise.words.size()) throw StoryFault(promise.spot, "say what it should be, or a $NAME for it");
  const std::string& expected = promise.words[word];
  if (expected.starts_with('$') && !names_.contains(expected.substr(1))) {
    names_[expected.substr(1)] = actual;
    return;
  }
  const std::string value = with_names(expected, names_, promise.spot);
  if (value != actual)
    throw StoryFault(promise.spot, promise.words[0] + " differs\n    expected  " + value + "\n    actual    " + actual);
}

void Player::keep_promises(const Step& step, const Posted& posted) {
  std::size_t lots = 0, units = 0;
  for (const Promise& promise : step.promises) {
    const std::string what = promise.words.empty() ? "" : promise.words[0];
    if (what == "posted") continue;
    if (what == "refused")
      throw StoryFault(promise.spot,
                       "expected a refusal, but it was accepted as entry " + std::to_string(posted.entry));
    if (what == "lot") {
      if (lots == posted.opened.size()) throw StoryFault(promise.spot, "no further lot was opened");
      hold_to(promise, 1, posted.opened[lots].item);
      hold_to(promise, 2, posted.opened[lots++].lot);
    } else if (what == "entry") {
      hold_to(promise, 1, std::to_string(posted.entry));
    } else if (what == "kind") {
      hold_to(promise, 1, posted.kind);
    } else if (what == "hold") {
      hold_to(promise, 1, posted.hold);
    } else if (what == "order") {
      hold_to(promise, 1, posted.order);
    } else if (what == "handling_unit") {
      if (units == posted.handling_units.size()) throw StoryFault(promise.spot, "no further handling unit was opened");
      hold_to(promise, 1, posted.handling_units[units++]);
    } else if (what == "document") {
      hold_to(promise, 1, posted.document);
    } else if (what == "warning" || what == "warnings") {
      std::string codes;
      for (const Warning& warning : posted.warnings) codes += (codes.empty() ? "" : ", ") + warning.code;
      const std::string code = promise.words.size() > 1 ? promise.words[1] : "";
      const bool none = what == "warnings" && code == "none";
      const bool found = std::any_of(posted.warnings.begin(), posted.warnings.end(),
                                     [&](const Warning& warning) { return warning.code == code; });
      if (none ? !posted.warnings.empty() : !found)
        throw StoryFault(promise.spot, "warnings differ\n    expected  " + code + "\n    actual    " + codes);
    } else {
      throw StoryFault(promise.spot, "\"" + what + "\" is nothing that an answer to a command holds");
    }
  }
  if (lots != 0 && lots != posted.opened.size())
    throw StoryFault(step.spot, "more lots were opened than the story says, first " + posted.opened[lots].item + " " +
                                    posted.opened[lots].lot);
}

}  // namespace lotbook::stories
