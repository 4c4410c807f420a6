// SPDX-License-Identifier: Apache-2.0
#include "serve_verbs.h"

#include <iostream>

#include "base/json.h"
#include "cli/open_to_write.h"
#include "cli/print.h"
#include "cli/verb_flags.h"
#include "commands/demo/demo.h"
#include "http/accounts.h"
#include "http/openapi.h"
#include "http/rights.h"
#include "http/serve.h"
#include "http/tokens.h"
#include "store/book_name.h"
#include "user_verbs.h"

// Beside main.cpp, since these verbs join what the command line and the server know.

namespace lotbook {

namespace {

using Arguments = std::vector<std::string>;

struct BookOption {
  std::string book = "lotbook.book";
  bool json = false;
  static constexpr auto fields() {
    using B = BookOption;
    return field_list(book_field<&B::book>(), field<&B::json>("json", "Answer for programs."));
  }
};
/// The fields of a command, with the book that it is for.
template <class Command>
struct AtBook : Command {
  std::string book = "lotbook.book";
  bool json = false;
  static constexpr auto fields() {
    using T = AtBook<Command>;
    return std::tuple_cat(Command::fields(),
                          field_list(book_field<&T::book>(), field<&T::json>("json", "Answer for programs.")));
  }
};
struct TokenNamed {
  std::string name;
  std::string book = "lotbook.book";
  static constexpr auto fields() {
    using T = TokenNamed;
    return field_list(field<&T::name>("name", "Name of the token.").required().at_most(60), book_field<&T::book>());
  }
};

struct NoOptions {
  static constexpr auto fields() { return field_list(); }
};

template <class T>
void print(const T& answer, bool as_json) {
  std::cout << (as_json ? to_json(answer) + "\n" : as_text(shape_of<T>(), &answer));
}
int print_refused(const Refusals& refusals) {
  std::cerr << as_text(refusals);
  return 1;
}

int run_serve(const OpenBook& open_book, const Arguments& arguments) {
  ServeOptions options;
  if (const auto code = read_verb_flags("serve", "Serves a book to browsers and programs.", shape_of<ServeOptions>(),
                                        &options, arguments))
    return *code;
  const auto store = open_to_write(open_book, options.book);
  if (!options.state.empty()) store->keep_state_in(options.state + "/");
  SystemClock clock;
  const auto open_copy = [&](const std::string& file) { return open_book(file, false); };
  serve(*store, open_copy, clock, options, [](const std::string& line) { std::cout << line << std::endl; });
  return 0;
}

int run_token_create(const OpenBook& open_book, const Arguments& arguments) {
  AtBook<CreateToken> asked;
  if (const auto code = read_verb_flags("token create", "Makes a token for a program or device.",
                                        shape_of<AtBook<CreateToken>>(), &asked, arguments))
    return *code;
  const auto store = open_to_write(open_book, asked.book);
  SystemClock clock;
  Book book(*store);
  const Actor creator = Actor::with_all_rights("cli");
  std::optional<Result<CreatedToken>> created;
  book.beside([&](Transaction& transaction) {
    created = create_token(transaction, *book.masters(), asked, {creator, {}}, clock.now());
  });
  if (!*created) return print_refused(created->refusals());
  post_at_the_book(book, clock, set_token_row(), std::make_shared<TokenSet>(token_fact(**created, {})));
  print(**created, asked.json);
  return 0;
}

int run_token_list(const OpenBook& open_book, const Arguments& arguments) {
  BookOption asked;
  if (const auto code = read_verb_flags("token list", "Lists the tokens.", shape_of<BookOption>(), &asked, arguments))
    return *code;
  const auto store = open_book(asked.book, false);
  const auto reader = store->open_reader();
  reader->begin();
  Transaction transaction(*reader);
  print(list_tokens(all_tokens(transaction)), asked.json);
  return 0;
}

int run_token_revoke(const OpenBook& open_book, const Arguments& arguments) {
  TokenNamed asked;
  if (const auto code =
          read_verb_flags("token revoke", "Ends a token at once.", shape_of<TokenNamed>(), &asked, arguments))
    return *code;
  const auto store = open_to_write(open_book, asked.book);
  Book book(*store);
  std::optional<Refusal> refusal;
  book.beside([&](Transaction& transaction) { refusal = revoke_token(transaction, asked.name); });
  if (refusal) return print_refused({*refusal});
  SystemClock clock;
  auto fact = std::make_shared<TokenSet>();
  fact->name = asked.name, fact->is_revoked = true;
  post_at_the_book(book, clock, set_token_row(), std::move(fact));
  return 0;
}

int run_token(const OpenBook& open_book, const Arguments& arguments) {
  const std::string what = arguments.empty() ? "" : arguments.front();
  const Arguments rest(arguments.begin() + (arguments.empty() ? 0 : 1), arguments.end());
  if (what == "create") return run_token_create(open_book, rest);
  if (what == "list") return run_token_list(open_book, rest);
  if (what == "revoke") return run_token_revoke(open_book, rest);
  std::cerr
      << "usage: lotbook token create NAME --rights view,operate [--days N] | list | revoke NAME, with --book FILE\n"
         "While a server writes the book, ask it: POST, GET and DELETE /api/v1/tokens.\n";
  return 2;
}

int run_password(const OpenBook& open_book, const Arguments& arguments) {
  BookOption asked;
  if (const auto code = read_verb_flags("password", "Gives the administrator a new password.", shape_of<BookOption>(),
                                        &asked, arguments))
    return *code;
  const auto store = open_to_write(open_book, asked.book);
  SystemClock clock;
  Book book(*store);
  std::cout << "Sign in as \"admin\" with the password " << renew_admin(book, clock) << " (shown this once).\n";
  return 0;
}

int run_demo(const OpenBook& open_book, const Arguments& arguments) {
  BookOption asked;
  if (const auto code = read_verb_flags("demo", "Makes a book with a year of history to try things on.",
                                        shape_of<BookOption>(), &asked, arguments))
    return *code;
  const auto store = open_book(asked.book, true);
  SystemClock clock;
  const Instant now = clock.now();
  BookSettings settings;
  settings.name = "Harvest Lane Granola", settings.time_zone = "Europe/Berlin";
  Book::create(*store, settings, Instant{now.microseconds - 366 * microseconds_per_day});
  Book book(*store);
  if (book.head().seq > 1) {
    std::cerr << "lotbook: " << store->name() << " holds a book already; name another place.\n";
    return 1;
  }
  const DemoIncident incident = build_demo(book, now);
  book.beside([&](Transaction& transaction) {
    transaction.put_setting("incident_text", incident.text);
    transaction.put_setting("incident_search", incident.search);
  });
  std::cout << "Sign in as \"admin\" with the password " << renew_admin(book, clock) << "\n";
  print_demo_users(book, clock);
  return 0;
}

}  // namespace

std::vector<Verb> serve_verbs(const OpenBook& open_book) {
  return {{"demo", "Makes a book with a year of history to try things on.", with_book(open_book, run_demo)},
          {"serve", "Serves a book to browsers and programs.", with_book(open_book, run_serve)},
          {"token",
           "Makes, lists and revokes tokens of programs and devices.",
           with_book(open_book, run_token),
           {"create", "list", "revoke"}},
          {"user",
           "Sets up, lists, disables users and renews their passwords.",
           with_book(open_book, run_user),
           {"create", "list", "disable", "enable", "password"}},
          {"rights", "Prints which role may do what.",
           [](const Arguments&) {
             std::cout << rights_document();
             return 0;
           }},
          {"password", "Gives the administrator a new password.", with_book(open_book, run_password)},
          {"openapi", "Prints the OpenAPI document of the server.", [](const Arguments& arguments) {
             NoOptions none;
             if (const auto code = read_verb_flags("openapi", "Prints the OpenAPI document of the server.",
                                                   shape_of<NoOptions>(), &none, arguments))
               return *code;
             std::cout << openapi_document();
             return 0;
           }}};
}

}  // namespace lotbook
