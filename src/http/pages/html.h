// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"
#include "model/masters.h"
#include "model/usable.h"

// Pages as text. `Markup` is text that is HTML already; whatever comes from the book or from a request becomes Markup
// only by `escaped`, so that nothing a person typed is ever read as HTML.

namespace lotbook {

struct Markup {
  std::string html;
  Markup& operator+=(const Markup& more) {
    html += more.html;
    return *this;
  }
};
Markup escaped(std::string_view text);
/// Ours, written here.
inline Markup markup(std::string_view html) { return {std::string(html)}; }
inline Markup operator+(Markup left, const Markup& right) { return left += right; }

/// "/lot?item=…&lot=…", with what needs it percent-encoded.
std::string address(std::string_view path, const std::vector<std::pair<std::string_view, std::string>>& parameters);
Markup link(std::string_view to, const Markup& text);
/// A lot's code that leads to its page; "untracked" for a lot without one.
Markup lot_link(std::string_view item, std::string_view lot);

struct Column {
  std::string title;
  bool is_number = false;
};
/// A table that can be scrolled with the keyboard, and on a phone stands as one card for each row. Without rows it says
/// `when_empty`.
Markup table(std::string_view label, const std::vector<Column>& columns, const std::vector<std::vector<Markup>>& rows,
             std::string_view when_empty);
/// Names and values; pairs with an empty value are left out.
Markup pairs(const std::vector<std::pair<std::string, Markup>>& rows);
Markup section(std::string_view title, const Markup& content);

/// Status as icon, word and colour.
Markup chip(Standing standing);
/// "void_dispatch" is "Void dispatch".
std::string words(std::string_view name);
/// "2026-11-24 08:15 UTC", from an instant's own text.
Markup time_text(std::string_view instant);
/// "12.50 kg", with the item's decimals.
Markup amount(const Masters& masters, std::string_view item, Decimal quantity);
Markup item_text(const Masters& masters, std::string_view item);
Markup address_text(const Masters& masters, std::string_view address_code);
Markup partner_text(const Masters& masters, std::string_view partner);

/// What stands around every page.
struct Frame {
  std::string title;
  std::string company;
  std::string user;        ///< empty: nobody is signed in
  std::string csrf_token;  ///< for the form that signs out; empty when a token asks
  std::string search;      ///< what stands in the search field
  std::string here;        ///< address of the entry of the menu that is current
};
Response page(const Frame& frame, const Markup& content, int status = 200);

}  // namespace lotbook
