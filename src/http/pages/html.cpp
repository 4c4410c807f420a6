// SPDX-License-Identifier: Apache-2.0
#include "http/pages/html.h"

#include <array>

#include "model/unit.h"

namespace lotbook {

namespace {

struct StandingLook {
  std::string_view word, icon;  ///< icon: path in a square of 16
};
// In the order of Standing.
constexpr std::array<StandingLook, 7> looks{
    StandingLook{"Recalled", "M8 1 15.5 15H.5z"},
    StandingLook{"Rejected", "M3 3l10 10M13 3 3 13"},
    StandingLook{"On hold", "M5 3v10M11 3v10"},
    StandingLook{"Quarantine: waiting for quality", "M8 4v4l3 2M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z"},
    StandingLook{"Expired", "M4 2h8M4 14h8M5 2c0 5 6 7 6 12M11 2c0 5-6 7-6 12"},
    StandingLook{"Released", "M3 8.5 6.5 12 13 4"},
    StandingLook{"None left", "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z"}};

bool is_unreserved(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(byte))
      out += c;
    else
      out += '%', out += digits[byte >> 4], out += digits[byte & 15];
  }
  return out;
}

Markup attribute(std::string_view name, std::string_view value) {
  return markup(" ") + markup(name) + markup("=\"") + escaped(value) + markup("\"");
}

Markup menu(const Frame& frame) {
  Markup out = markup("<nav aria-label=\"Main\"><ul>");
  for (const auto& [to, name] : {std::pair{"/", "Home"}, {"/lots", "Lots"}, {"/docs", "API"}})
    out += markup("<li><a") + attribute("href", to) + markup(frame.here == to ? " aria-current=\"page\">" : ">") +
           markup(name) + markup("</a></li>");
  return out + markup("</ul></nav>");
}

Markup person(const Frame& frame) {
  Markup out = markup("<div class=\"person\"><span>") + escaped(frame.user) + markup("</span>");
  if (!frame.csrf_token.empty())
    out += markup(
               " <a href=\"/password\">Password</a><form method=\"post\" action=\"/sign-out\"><input type=\"hidden\" "
               "name=\"csrf_token\"") +
           attribute("value", frame.csrf_token) + markup("><button class=\"quiet\">Sign out</button></form>");
  return out + markup("</div>");
}

Markup search_field(const Frame& frame) {
  return markup(
             "<form class=\"search\" role=\"search\" action=\"/lots\"><input type=\"search\" name=\"text\" "
             "id=\"search\" "
             "aria-label=\"Search\" placeholder=\"Search lots, items, documents\" autocomplete=\"off\" minlength=\"3\" "
             "maxlength=\"60\"") +
         attribute("value", frame.search) + markup("><button>Search</button></form>");
}

Markup header_of(const Frame& frame) {
  Markup out = markup("<header><a class=\"brand\" href=\"/\">Lotbook</a>");
  if (!frame.user.empty()) {
    out += menu(frame);
    if (frame.here != "/") out += search_field(frame);  // the first page has a larger one of its own
    out += person(frame);
  }
  return out + markup("</header>");
}

}  // namespace

Markup escaped(std::string_view text) {
  Markup out;
  out.html.reserve(text.size());
  for (const char c : text) switch (c) {
      case '&': out.html += "&amp;"; break;
      case '<': out.html += "&lt;"; break;
      case '>': out.html += "&gt;"; break;
      case '"': out.html += "&quot;"; break;
      case '\'': out.html += "&#39;"; break;
      default: out.html += c;
    }
  return out;
}

std::string address(std::string_view path, const std::vector<std::pair<std::string_view, std::string>>& parameters) {
  std::string out(path);
  char before = '?';
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    out += before, out += name, out += '=', out += percent_encoded(value);
    before = '&';
  }
  return out;
}

Markup link(std::string_view to, const Markup& text) {
  return markup("<a") + attribute("href", to) + markup(">") + text + markup("</a>");
}

Markup lot_link(std::string_view item, std::string_view lot) {
  const std::string to = address("/lot", {{"item", std::string(item)}, {"lot", std::string(lot)}});
  if (lot.empty()) return link(to, markup("not tracked by lot"));
  return link(to, markup("<bdi class=\"code\" dir=\"ltr\">") + escaped(lot) + markup("</bdi>"));
}

Markup table(std::string_view label, const std::vector<Column>& columns, const std::vector<std::vector<Markup>>& rows,
             std::string_view when_empty) {
  if (rows.empty()) return markup("<p class=\"muted\">") + escaped(when_empty) + markup("</p>");
  Markup out = markup("<div class=\"scroll\" role=\"region\" tabindex=\"0\"") + attribute("aria-label", label) +
               markup("><table><thead><tr>");
  for (const Column& column : columns)
    out += markup(column.is_number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">") +
           escaped(column.title) + markup("</th>");
  out += markup("</tr></thead><tbody>");
  for (const std::vector<Markup>& row : rows) {
    out += markup("<tr>");
    for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i)
      out += markup("<td class=\"") + markup(columns[i].is_number ? "number" : "") +
             markup(row[i].html.empty() ? " none\"" : "\"") + attribute("data-label", columns[i].title) +
             markup("><div>") + row[i] + markup("</div></td>");
    out += markup("</tr>");
  }
  return out + markup("</tbody></table></div>");
}

Markup pairs(const std::vector<std::pair<std::string, Markup>>& rows) {
  Markup out = markup("<dl>");
  for (const auto& [name, value] : rows)
    if (!value.html.empty())
      out += markup("<div><dt>") + escaped(name) + markup("</dt><dd>") + value + markup("</dd></div>");
  return out + markup("</dl>");
}

Markup section(std::string_view title, const Markup& content) {
  return markup("<section><h2>") + escaped(title) + markup("</h2>") + content + markup("</section>");
}

Markup chip(Standing standing) {
  const StandingLook& look = looks[static_cast<std::size_t>(standing)];
  return markup("<span class=\"chip ") + markup(name_of(standing)) +
         markup("\"><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"") + markup(look.icon) +
         markup("\"/></svg>") + markup(look.word) + markup("</span>");
}

std::string words(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c == '_') c = ' ';
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

Markup time_text(std::string_view instant) {
  constexpr std::size_t to_the_minute = 16;
  if (instant.size() < to_the_minute) return escaped(instant);
  std::string shown(instant.substr(0, to_the_minute));
  shown[10] = ' ';
  return markup("<time") + attribute("datetime", instant) + markup(">") + escaped(shown + " UTC") + markup("</time>");
}

Markup amount(const Masters& masters, std::string_view item, Decimal quantity) {
  const Item* known = masters.items.find(item);
  const Unit* unit = known ? find_unit(known->unit) : nullptr;
  std::string text = quantity.text(known ? known->decimals : 0);
  if (unit) text.append("\u00a0").append(unit->symbol.empty() ? unit->code : unit->symbol);
  return markup("<bdi dir=\"ltr\">") + escaped(text) + markup("</bdi>");
}

Markup item_text(const Masters& masters, std::string_view item) {
  const Item* known = masters.items.find(item);
  if (!known || known->name.empty() || known->name == item) return escaped(item);
  return escaped(known->name) + markup(" <span class=\"muted\">") + escaped(item) + markup("</span>");
}

Markup address_text(const Masters& masters, std::string_view address_code) {
  const Address* known = masters.addresses.find(address_code);
  if (!known || known->name.empty() || known->name == address_code) return escaped(address_code);
  return escaped(known->name) + markup(" <span class=\"muted\">") + escaped(address_code) + markup("</span>");
}

Markup partner_text(const Masters& masters, std::string_view partner) {
  const Partner* known = masters.partners.find(partner);
  if (!known || known->name.empty() || known->name == partner) return escaped(partner);
  return escaped(known->name) + markup(" <span class=\"muted\">") + escaped(partner) + markup("</span>");
}

Response page(const Frame& frame, const Markup& content_of_it, int status) {
  const std::string company = frame.company.empty() ? "Lotbook" : frame.company;
  const Markup out =
      markup(
          "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
          "content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">"
          "<link rel=\"icon\" href=\"/assets/lotbook.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" "
          "href=\"/assets/lotbook.css\"><script src=\"/assets/lotbook.js\" defer></script><title>") +
      escaped(frame.title) + markup(" · ") + escaped(company) +
      markup("</title></head><body><a class=\"skip\" href=\"#content\">Skip to content</a>") + header_of(frame) +
      markup("<main id=\"content\" tabindex=\"-1\">") + content_of_it + markup("</main></body></html>\n");
  return content(status, "text/html; charset=utf-8", out.html);
}

}  // namespace lotbook
