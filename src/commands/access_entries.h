// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/table.h"

// What the book keeps of who came in, who may, and who signed. The server and the command line post these themselves;
// they are no commands that anybody sends, so they stand in no table, and what they hold was judged before.

namespace lotbook {

/// Who came in, was kept out, or took a copy away; what happens often stands once.
struct NoteAccess {
  std::vector<AccessNoted> notes;
  static constexpr auto fields() { return field_list(field<&NoteAccess::notes>("notes", "What happened.").required()); }
};
const CommandRow& note_access_row();

const CommandRow& set_token_row();  ///< takes a TokenSet

/// Signs an entry as it stands in the chain. That the signer gave their password is known to whoever posts this.
struct SignEntry {
  std::uint64_t entry = 0;
  SignatureMeaning meaning = SignatureMeaning::performed;
  std::string reason;
  static constexpr auto fields() {
    using S = SignEntry;
    return field_list(field<&S::entry>("entry", "Number of the entry.").required(),
                      field<&S::meaning>("meaning", "What the signature says.").required(),
                      field<&S::reason>("reason", "In words, if there is more to say.").at_most(500));
  }
};
const CommandRow& sign_row();

}  // namespace lotbook
