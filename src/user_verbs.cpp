// SPDX-License-Identifier: Apache-2.0
#include "user_verbs.h"

#include <array>
#include <iostream>

#include "base/json.h"
#include "cli/open_to_write.h"
#include "cli/print.h"
#include "cli/verb_flags.h"
#include "commands/access_entries.h"
#include "http/accounts.h"
#include "store/book_name.h"

namespace lotbook {

namespace {

using Arguments = std::vector<std::string>;

struct UserCreation : User {
  std::string book = "lotbook.book";
  static constexpr auto fields() {
    using U = UserCreation;
    return std::tuple_cat(User::fields(), field_list(book_field<&U::book>()));
  }
};
struct UserNamed {
  std::string code;
  std::string book = "lotbook.book";
  static constexpr auto fields() {
    using U = UserNamed;
    return field_list(field<&U::code>("code", "Name to sign in with.").required().at_most(60), book_field<&U::book>());
  }
};
struct UsersOf {
  std::string book = "lotbook.book";
  bool json = false;
  static constexpr auto fields() {
    using U = UsersOf;
    return field_list(book_field<&U::book>(), field<&U::json>("json", "Answer for programs."));
  }
};

int refused(const Refusals& refusals) {
  std::cerr << as_text(refusals);
  return 1;
}

/// Posts the record; 0, or the exit code of why not.
int set_user(Book& book, Clock& clock, const User& user) {
  const Outcome outcome = post_at_the_book(book, clock, *find_command("set_user"), std::make_shared<User>(user));
  if (const auto* refusals = std::get_if<Refusals>(&outcome)) return refused(*refusals);
  if (const auto* doubt = std::get_if<Unknown>(&outcome)) {
    std::cerr << doubt->detail << "\n";
    return 4;
  }
  return 0;
}

int renew(Book& book, Clock& clock, const std::string& code) {
  const std::optional<std::string> password = renew_password(book, clock, code);
  if (!password)
    return refused({{Code::unknown_user, "/code", "There is no user " + code + ". Set them up: lotbook user create."}});
  auto note = std::make_shared<NoteAccess>();
  note->notes.push_back({AccessEvent::password_set, code, "by cli", 1});
  post_at_the_book(book, clock, note_access_row(), std::move(note));
  std::cout << "\"" << code << "\" signs in with the password " << *password
            << " (shown this once), and then chooses another.\n";
  return 0;
}

int create(const OpenBook& open_book, const Arguments& arguments) {
  UserCreation asked;
  if (const auto code = read_verb_flags("user create", "Sets a user up, with a password for the first sign-in.",
                                        shape_of<UserCreation>(), &asked, arguments))
    return *code;
  const auto store = open_to_write(open_book, asked.book);
  SystemClock clock;
  Book book(*store);
  if (book.masters()->users.find(asked.code))
    return refused({{Code::code_taken, "/code", "There is a user of that name. Change them with lotbook set_user."}});
  if (const int code = set_user(book, clock, asked)) return code;
  return renew(book, clock, asked.code);
}

int list(const OpenBook& open_book, const Arguments& arguments) {
  UsersOf asked;
  if (const auto code = read_verb_flags("user list", "Lists the users.", shape_of<UsersOf>(), &asked, arguments))
    return *code;
  const auto store = open_book(asked.book, false);
  const auto reader = store->open_reader();
  reader->begin();
  Transaction transaction(*reader);
  const UserList users = list_users(transaction, *load_masters(transaction));
  std::cout << (asked.json ? to_json(users) + "\n" : as_text(shape_of<UserList>(), &users));
  return 0;
}

int named(const OpenBook& open_book, const Arguments& arguments, const std::string& verb) {
  UserNamed asked;
  const std::string sentence = verb == "password"  ? "Gives a user a new password, to be changed at the first sign-in."
                               : verb == "disable" ? "Keeps a user out from now on, and their tokens."
                                                   : "Lets a user in again.";
  if (const auto code = read_verb_flags("user " + verb, sentence, shape_of<UserNamed>(), &asked, arguments))
    return *code;
  const auto store = open_to_write(open_book, asked.book);
  SystemClock clock;
  Book book(*store);
  if (verb == "password") return renew(book, clock, asked.code);
  User user;
  book.beside([&](Transaction& transaction) {
    if (const User* known = book.masters()->users.find(asked.code)) user = with_plain_name(*known, transaction);
  });
  if (user.code.empty()) return refused({{Code::unknown_user, "/code", "There is no user " + asked.code + "."}});
  user.disabled = verb == "disable";
  return set_user(book, clock, user);
}

}  // namespace

int run_user(const OpenBook& open_book, const std::vector<std::string>& arguments) {
  const std::string what = arguments.empty() ? "" : arguments.front();
  const Arguments rest(arguments.begin() + (arguments.empty() ? 0 : 1), arguments.end());
  if (what == "create") return create(open_book, rest);
  if (what == "list") return list(open_book, rest);
  if (what == "disable" || what == "enable" || what == "password") return named(open_book, rest, what);
  std::cerr << "usage: lotbook user create NAME --role operator [--name \"Ana Kowalska\"] [--sites PLANT] | list | "
               "disable NAME | enable NAME | password NAME, with --book FILE\n"
               "While a server writes the book, ask it: POST /api/v1/set_user, GET /api/v1/users.\n";
  return 2;
}

namespace {

/// The newest hold in the book, signed by whoever judges lots there: something to look at.
void sign_a_hold(Book& book, Clock& clock, const std::string& signer) {
  std::uint64_t found = 0;
  book.beside([&](Transaction& transaction) {
    for (std::uint64_t seq = book.head().seq; seq > 0 && found == 0; --seq)
      if (decode_entry(transaction.entry(seq)->body, seq).kind == EntryKind::hold) found = seq;
  });
  if (found == 0) return;
  auto command = std::make_shared<SignEntry>();
  command->entry = found, command->meaning = SignatureMeaning::reviewed;
  execute_one(book, clock, {&sign_row(), std::move(command), Actor::with_all_rights(signer), "demo", {}, {}});
}

}  // namespace

void print_demo_users(Book& book, Clock& clock) {
  struct DemoUser {
    UserRole role;
    const char *code, *name;
  };
  constexpr std::array users{
      DemoUser{UserRole::viewer, "vera", "Vera Voss"}, DemoUser{UserRole::operator_, "oskar", "Oskar Obermann"},
      DemoUser{UserRole::supervisor, "selma", "Selma Sand"}, DemoUser{UserRole::quality, "quirin", "Quirin Quast"}};
  for (const DemoUser& one : users) {
    User user;
    user.code = one.code, user.name = one.name, user.role = one.role;
    if (set_user(book, clock, user) != 0) return;
    const std::string password = new_password(), hash = hashed(password);
    const Instant now = clock.now();
    book.beside([&](Transaction& transaction) { put_account(transaction, {user.code, hash, false, now, now}); });
    if (user.role == UserRole::quality) sign_a_hold(book, clock, user.code);
    std::cout << "  or as \"" << user.code << "\" (" << name_of(user.role) << ") with " << password << "\n";
  }
}

}  // namespace lotbook
