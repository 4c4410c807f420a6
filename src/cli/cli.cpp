// SPDX-License-Identifier: Apache-2.0
#include "cli/cli.h"

#include <CLI/CLI.hpp>
#include <deque>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "base/json.h"
#include "cli/arguments.h"
#include "cli/ask_server.h"
#include "cli/completion.h"
#include "cli/man_page.h"
#include "cli/open_to_write.h"
#include "cli/print.h"
#include "commands/executor.h"
#include "queries/search_follower.h"
#include "queries/table.h"

namespace lotbook {

namespace {

enum Exit { done = 0, refused = 1, misunderstood = 2, failed = 3, unknown = 4, older_past = 5 };

struct Common {
  std::string book = "lotbook.book";
  bool json = false;
  std::string input, key, as;
  std::string url, token;
  int wait = 60;
};

/// One verb made from a row of a table: its options, and what was given for them.
struct TableVerb {
  GivenFlags given;
  Common common;
};

std::string read_all(const std::string& file) {
  if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(file, std::ios::binary);
  if (!in) throw StoreFailure(StoreFailure::Kind::unavailable, "cannot read " + file);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string dashed(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

void add_fields(CLI::App& verb, const Shape& shape, TableVerb& into) {
  // The first fields that are needed may be given as plain words, in order: `lotbook lot FLOUR 88A1`.
  bool words = true;
  for (const FieldShape& field : shape.fields) {
    words = words && (field.required || field.name == "lot") && !field.is_list;
    const std::string name = (words ? std::string(field.name) + "," : std::string()) + flag_of(field.name);
    std::vector<std::string>& texts = into.given[std::string(field.name)];
    CLI::Option* option = nullptr;
    if (field.is_list) {
      option = verb.add_option(name, texts, std::string(field.sentence))->expected(1, 100'000)->take_all();
    } else {
      // A yes-or-no field is set by its name alone.
      const auto keep = [&texts](const std::string& text) { texts.push_back(text.empty() ? "true" : text); };
      option = verb.add_option_function<std::string>(name, keep, std::string(field.sentence));
      if (field.kind == FieldKind::boolean) option->expected(0, 1);
    }
    option->type_name(field.kind == FieldKind::object ? "FIELD=VALUE,…" : "");
  }
}

void add_common(CLI::App& verb, Common& common, bool writes) {
  verb.add_option("--book", common.book, "The book: a file, or postgresql://HOST/DATABASE?book=NAME")
      ->capture_default_str()
      ->envname("LOTBOOK_BOOK");
  verb.add_option("--url", common.url, "Ask the server there that holds the book: http://HOST:PORT");
  verb.add_option("--token", common.token, "Token for that server; better in LOTBOOK_TOKEN, where nobody looks on")
      ->envname("LOTBOOK_TOKEN");
  verb.add_option("--wait", common.wait, "Seconds to wait for its answer")
      ->capture_default_str()
      ->check(CLI::Range(1, 3600));
  verb.add_flag("--json", common.json, "Answer for programs");
  if (!writes) return;
  verb.add_option("--input", common.input, "Read the whole command as JSON from this file, or from - (standard input)");
  verb.add_option("--key", common.key, "Idempotency key: the same key gives the same answer and one entry");
  verb.add_option("--as", common.as, "Name that the entry gives for who did it (cli); a server has it from the token");
}

int print_refusals(const Refusals& refusals, bool json) {
  if (json)
    std::cout << as_json(refusals) << "\n";
  else
    std::cerr << as_text(refusals);
  return refused;
}

void print_answer(const Shape& shape, const void* value, bool json) {
  if (!json) {
    std::cout << as_text(shape, value);
    return;
  }
  std::string out;
  write_json(out, shape, value);
  std::cout << out << "\n";
}

Refusals fill(const Shape& shape, void* value, const TableVerb& verb) {
  if (!verb.common.input.empty()) {
    Refusals refusals = fill_from_json(shape, value, read_all(verb.common.input));
    if (!refusals.empty()) return refusals;
    return fill_from_flags(shape, value, verb.given);
  }
  Refusals refusals = fill_from_flags(shape, value, verb.given);
  for (const FieldShape& field : shape.fields)
    if (field.required && verb.given.at(std::string(field.name)).empty())
      refusals.push_back({Code::missing, "/" + std::string(field.name),
                          "This is needed (" + flag_of(field.name) + "): " + std::string(field.sentence)});
  return refusals;
}

/// Nullopt when what was given cannot be so; the reason is printed.
std::optional<ServerAsked> server_of(const Common& common) {
  std::optional<ServerAddress> address = ServerAddress::parse(common.url);
  const auto is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
  const char* wrong = !address             ? "Write --url as http://HOST:PORT or https://HOST:PORT."
                      : !common.as.empty() ? "Leave out --as: the server takes the name from the token."
                      : !std::all_of(common.token.begin(), common.token.end(), is_visible) ? "This is no token."
                      : !std::all_of(common.key.begin(), common.key.end(), is_visible)
                          ? "Write --key in visible ASCII characters."
                          : nullptr;
  if (!wrong) return ServerAsked{std::move(*address), common.url, common.token, std::chrono::seconds(common.wait)};
  std::cerr << wrong << "\n";
  return std::nullopt;
}

/// What a server said, printed as if the book itself had been asked; `answer` is an empty one of the shape.
int print_said(const ServerOutcome& outcome, const Shape& shape, void* answer, bool json) {
  if (const auto* refusal = std::get_if<ServerRefused>(&outcome)) return print_refusals(refusal->refusals, json);
  if (const auto* failure = std::get_if<ServerFailed>(&outcome)) {
    std::cerr << "lotbook: " << failure->why << "\n";
    return failed;
  }
  if (const auto* said = std::get_if<ServerSaid>(&outcome)) {
    // Of a newer server, an answer may have more than this program knows: then it stays as it came.
    if (json || !read_written_json(said->json, shape, answer))
      std::cout << said->json << "\n";
    else
      print_answer(shape, answer, false);
    return done;
  }
  return unknown;
}

int send_command(const CommandRow& row, const TableVerb& verb, const void* command) {
  const std::optional<ServerAsked> server = server_of(verb.common);
  if (!server) return misunderstood;
  std::string json;
  write_json(json, row.shape(), command);
  const std::string key = verb.common.key.empty() ? hex(random_bytes(16)) : verb.common.key;
  const ServerOutcome outcome = ask_for_command(*server, row.name, json, key);
  if (const auto* doubt = std::get_if<ServerUnknown>(&outcome))
    std::cerr << "outcome_unknown  " << doubt->why << "\nSend the same again with --key " << key
              << ": it will say whether it was applied.\n";
  Posted posted;
  return print_said(outcome, shape_of<Posted>(), &posted, verb.common.json);
}

int send_question(const QuestionRow& row, const TableVerb& verb, const void* question) {
  const std::optional<ServerAsked> server = server_of(verb.common);
  if (!server) return misunderstood;
  std::string json;
  write_json(json, row.shape(), question);
  return print_said(ask_question(*server, row.name, json), row.answer_shape(), row.make_answer().get(),
                    verb.common.json);
}

int run_command(const CommandRow& row, const TableVerb& verb, const OpenBook& open_book) {
  const std::shared_ptr<void> command = row.make();
  if (Refusals refusals = fill(row.shape(), command.get(), verb); !refusals.empty())
    return print_refusals(refusals, verb.common.json);
  if (!verb.common.url.empty()) return send_command(row, verb, command.get());
  const std::unique_ptr<Store> store = open_to_write(open_book, verb.common.book);
  Book book(*store);
  SystemClock clock;
  Asked asked{&row,  command,         Actor::with_all_rights(verb.common.as.empty() ? "cli" : verb.common.as),
              "cli", verb.common.key, request_digest(row.name, row.shape(), command.get())};
  if (asked.key.empty()) asked.key = hex(random_bytes(16));
  const Outcome outcome = execute_one(book, clock, std::move(asked));
  if (const auto* refusals = std::get_if<Refusals>(&outcome)) return print_refusals(*refusals, verb.common.json);
  if (const auto* doubt = std::get_if<Unknown>(&outcome)) {
    std::cerr << "outcome_unknown  " << doubt->detail << "\n";
    return unknown;
  }
  print_answer(shape_of<Posted>(), &std::get<Posted>(outcome), verb.common.json);
  return done;
}

int run_question(const QuestionRow& row, const TableVerb& verb, const OpenBook& open_book) {
  const std::shared_ptr<void> question = row.make();
  if (Refusals refusals = fill(row.shape(), question.get(), verb); !refusals.empty())
    return print_refusals(refusals, verb.common.json);
  if (!verb.common.url.empty()) return send_question(row, verb, question.get());
  const std::unique_ptr<Store> store = open_book(verb.common.book, false);
  const std::unique_ptr<Connection> connection = store->open_reader();
  connection->begin();
  Transaction transaction(*connection);
  const std::optional<Head> head = transaction.head();
  if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "there is no book here yet");
  const View view(transaction, load_masters(transaction), *head);
  SystemClock clock;
  // Kept by a server where one runs; else brought up to date here, as far as a short wait allows.
  std::unique_ptr<SearchIndex> index;
  const auto search = [&] { return (index = open_caught_up(*store, std::chrono::seconds(2))).get(); };
  const Result<AnyAnswer> answer = row.ask(question.get(), {view, clock.now(), true, search});
  if (!answer) return print_refusals(answer.refusals(), verb.common.json);
  print_answer(*answer->shape, answer->value.get(), verb.common.json);
  return done;
}

/// The help that a verb with its own arguments prints.
std::string help_of(const Verb& verb, const std::string& word) {
  std::ostringstream out;
  std::streambuf* const before = std::cout.rdbuf(out.rdbuf());
  try {
    verb.run(word.empty() ? std::vector<std::string>{"--help"} : std::vector<std::string>{word, "--help"});
  } catch (...) {
    std::cout.rdbuf(before);
    throw;
  }
  std::cout.rdbuf(before);
  return out.str();
}

int print_completion(const CLI::App& app, const std::vector<Verb>& verbs) {
  std::vector<CompletedVerb> all;
  for (const CLI::App* made : app.get_subcommands([](const CLI::App*) { return true; })) {
    CompletedVerb& verb = all.emplace_back();
    verb.name = made->get_name();
    for (const CLI::Option* option : made->get_options())
      for (const std::string& name : option->get_lnames()) verb.flags.push_back("--" + name);
  }
  for (CompletedVerb& verb : all) {
    if (verb.name == "completion") verb.words = {"bash"};
    for (const CommandRow& row : command_table())
      if (dashed(row.name) == verb.name) verb.shape = &row.shape();
    for (const QuestionRow& row : question_table())
      if (dashed(row.name) == verb.name) verb.shape = &row.shape();
    for (const Verb& other : verbs) {
      if (other.name != verb.name) continue;
      verb.words = other.words;
      // Theirs are said in one place only: where they are parsed.
      if (other.words.empty()) verb.flags = flags_in(help_of(other, ""));
      for (const std::string& word : other.words)
        for (std::string& flag : flags_in(help_of(other, word)))
          if (std::find(verb.flags.begin(), verb.flags.end(), flag) == verb.flags.end())
            verb.flags.push_back(std::move(flag));
    }
  }
  std::cout << bash_completion(all);
  return done;
}

int print_man_page(const CLI::App& app, const std::vector<Verb>& verbs) {
  std::vector<ManVerb> all;
  for (const CLI::App* made : app.get_subcommands([](const CLI::App*) { return true; })) {
    ManVerb& verb = all.emplace_back();
    verb.group = made->get_group(), verb.name = made->get_name(), verb.sentence = made->get_description();
    for (const CLI::Option* option : made->get_options())
      if (!option->get_lnames().empty() && option->get_lnames().front() != "help")
        verb.options.emplace_back(option->get_name(), option->get_description());
    for (const Verb& other : verbs)
      if (other.name == verb.name) {
        verb.options.clear();
        if (other.words.empty()) verb.help = help_of(other, "");
        for (const std::string& word : other.words) verb.help += help_of(other, word);
      }
  }
  std::cout << man_page(all);
  return done;
}

}  // namespace

std::optional<int> parse_words(CLI::App& app, const std::vector<std::string>& arguments) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, std::cout, std::cerr) == 0 ? done : misunderstood;
  }
  return std::nullopt;
}

int run_command_line(const std::vector<std::string>& arguments, const OpenBook& open_book,
                     const std::vector<Verb>& verbs) {
  CLI::App app("Lotbook keeps the book of every lot: where it came from, where it is, where it went.", "lotbook");
  app.require_subcommand(1);
  app.set_version_flag("--version", "lotbook " LOTBOOK_VERSION);
  app.get_formatter()->column_width(34);
  std::deque<TableVerb> states;
  std::function<int()> chosen;
  for (const CommandRow& row : command_table()) {
    TableVerb& state = states.emplace_back();
    CLI::App* verb =
        app.add_subcommand(dashed(row.name), std::string(row.sentence))->group("What may be asked to be done");
    add_fields(*verb, row.shape(), state);
    add_common(*verb, state.common, true);
    verb->callback([&] { chosen = [&] { return run_command(row, state, open_book); }; });
  }
  for (const QuestionRow& row : question_table()) {
    TableVerb& state = states.emplace_back();
    CLI::App* verb =
        app.add_subcommand(dashed(row.name), std::string(row.sentence))->group("What may be asked to be known");
    if (row.name == "scans") verb->alias("scan");  // a person scans once
    add_fields(*verb, row.shape(), state);
    add_common(*verb, state.common, false);
    verb->callback([&] { chosen = [&] { return run_question(row, state, open_book); }; });
  }
  for (const Verb& other : verbs) {
    CLI::App* verb = app.add_subcommand(other.name, other.sentence)->group("The book itself");
    verb->prefix_command()->set_help_flag();
    verb->callback([&, verb] {
      const std::vector<std::string> rest = verb->remaining();
      chosen = [&other, rest] { return other.run(rest); };
    });
  }
  CLI::App* completion = app.add_subcommand("completion",
                                            "Prints a script that completes commands in a shell: source "
                                            "<(lotbook completion bash).")
                             ->group("The book itself");
  std::string shell;
  completion->add_option("shell", shell, "bash")->required()->check(CLI::IsMember({"bash"}));
  completion->callback([&] { chosen = [&] { return print_completion(app, verbs); }; });
  CLI::App* man = app.add_subcommand("man", "Prints the manual page.")->group("The book itself");
  man->callback([&] { chosen = [&] { return print_man_page(app, verbs); }; });
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, std::cout, std::cerr);
    return code == 0 ? done : misunderstood;
  }
  try {
    return chosen();
  } catch (const StoreFailure& failure) {
    std::cerr << "lotbook: " << failure.what() << "\n";
    return failure.kind == StoreFailure::Kind::older_past ? older_past : failed;
  } catch (const OutcomeUnknown& doubt) {
    std::cerr << "lotbook: " << doubt.what() << "\n";
    return unknown;
  }
}

}  // namespace lotbook
