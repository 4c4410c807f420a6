// SPDX-License-Identifier: Apache-2.0
#include "commands/access_entries.h"

#include <algorithm>

#include "commands/look.h"

namespace lotbook {

namespace {

Result<Draft> decide(const NoteAccess& command, const Moment&, const View& view) {
  Draft draft(EntryKind::note_access, view);
  for (const AccessNoted& note : command.notes) draft.fact(note);
  return draft;
}

Result<Draft> decide(const TokenSet& command, const Moment&, const View& view) {
  Draft draft(EntryKind::set_token, view);
  draft.fact(command);
  return draft;
}

/// Who signed an entry with what meaning, once.
bool has_signed(const View& view, std::uint64_t entry, Id<User> signer, SignatureMeaning meaning) {
  const std::vector<std::uint64_t> signatures = view.signatures(entry);
  return std::any_of(signatures.begin(), signatures.end(), [&](std::uint64_t seq) {
    for (const Fact& fact : view.entry(seq)->facts)
      if (const auto* made = std::get_if<Signed>(&fact))
        if (made->signer == signer.value && made->meaning == meaning) return true;
    return false;
  });
}

Result<Draft> decide(const SignEntry& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  // What waits together with this in one commit has no place in the chain yet.
  const std::optional<EntryRow> row = view.behind().entry(command.entry);
  if (!row || command.entry > UINT32_MAX)
    return Refusal{Code::unknown_entry, "/entry",
                   "There is no entry " + std::to_string(command.entry) + ". Look its number up in the history."};
  const Hash hash = row->hash;
  const Id<User> signer = view.masters().users.id_of(moment.actor.name);
  const User* user = view.masters().users.find(signer);
  if (!user) return Refusal{Code::unknown_user, "", "Only a user signs. Sign in as yourself, not with a token."};
  if (user->name.empty())
    return Refusal{Code::missing, "/name",
                   "A signature shows the name of the person, and the book knows none of \"" + user->code +
                       "\". Have an administrator set it."};
  if (view.entry(command.entry)->kind == EntryKind::note_access)
    return Refusal{Code::cannot_be_corrected, "/entry", "That is a note of the server's own. Nobody signs it."};
  if (has_signed(view, command.entry, signer, command.meaning))
    return Refusal{Code::already_so, "/meaning",
                   "You signed entry " + std::to_string(command.entry) + " as \"" +
                       std::string(name_of(command.meaning)) + "\" already."};
  Draft draft(EntryKind::sign, view);
  draft.fact(Signed{static_cast<std::uint32_t>(command.entry), hex(hash), command.meaning, signer.value, user->name});
  draft.entry.why = command.reason;
  return draft;
}

template <class C>
const CommandRow& row(std::string_view name, std::string_view sentence, Right right) {
  static const CommandRow made{name,
                               sentence,
                               right,
                               []() -> const Shape& { return shape_of<C>(); },
                               []() -> std::shared_ptr<void> { return std::make_shared<C>(); },
                               [](const void* command, const Moment& moment, const View& view) {
                                 return decide(*static_cast<const C*>(command), moment, view);
                               }};
  return made;
}

}  // namespace

const CommandRow& note_access_row() {
  return row<NoteAccess>("note_access", "Notes who came in or was kept out.", Right::admin);
}
const CommandRow& set_token_row() { return row<TokenSet>("set_token", "Notes that a token is there.", Right::admin); }
const CommandRow& sign_row() { return row<SignEntry>("sign", "Signs an entry.", Right::sign); }

}  // namespace lotbook
