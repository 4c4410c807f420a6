// SPDX-License-Identifier: Apache-2.0
#include "cli/man_page.h"

namespace lotbook {

namespace {

/// Text that man shows as it stands: a backslash, and a dot or quote at the start of a line, are its own signs.
std::string plain(const std::string& text) {
  std::string out;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
    at_start = c == '\n';
  }
  return out;
}

constexpr const char* head = R"(.TH LOTBOOK 1 "" "lotbook )" LOTBOOK_VERSION R"(" "User commands"
.SH NAME
lotbook \- the book of every lot: where it came from, where it is, where it went
.SH SYNOPSIS
.B lotbook
.I VERB
[\fIwords and flags\fR]
.SH DESCRIPTION
Lotbook keeps an append\-only book of lots: receipts, production, stock, holds, dispatches and recalls, each as an entry
that is never changed. One program serves it to browsers and other programs (\fBlotbook serve\fR) and answers on the
command line, of a book itself (\fB\-\-book\fR) or of a server that holds it (\fB\-\-url\fR).
.PP
Each verb tells all about itself with \fB\-\-help\fR.
)";

constexpr const char* foot = R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Refused, or something was found wrong.
.TP
.B 2
The command line, or a setting, cannot be understood.
.TP
.B 3
The book or the disk failed.
.TP
.B 4
The outcome is unknown: ask again with the same \fB\-\-key\fR.
.TP
.B 5
The book is older than it was, or another: see \fBaccept\-past\fR.
.SH ENVIRONMENT
.TP
.B LOTBOOK_BOOK
The book, where \fB\-\-book\fR is not given.
.TP
.B LOTBOOK_TOKEN
Token for \fB\-\-url\fR.
.TP
.B LOTBOOK_STATE
Folder of the newest head and the key of checkpoints, where they are not beside the book.
.SH FILES
.TP
.I /etc/lotbook/lotbook.toml
Settings of the server that the system starts.
.TP
.I /var/lib/lotbook
Its books.
.SH SEE ALSO
.I /usr/share/doc/lotbook/operate.md
)";

}  // namespace

std::string man_page(const std::vector<ManVerb>& verbs) {
  std::string out = head, group;
  for (const ManVerb& verb : verbs) {
    if (verb.group != group) {
      group = verb.group;
      out += ".SH " + plain(group) + "\n";
    }
    out += ".SS " + plain(verb.name) + "\n" + plain(verb.sentence) + "\n";
    for (const auto& [written, meaning] : verb.options)
      out += ".TP\n.B " + plain(written) + "\n" + plain(meaning) + "\n";
    if (!verb.help.empty()) out += ".PP\n.nf\n" + plain(verb.help) + ".fi\n";
  }
  return out + foot;
}

}  // namespace lotbook
