// SPDX-License-Identifier: Apache-2.0
#include "http/message.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace lotbook {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

enum class Plus { is_plus, is_blank };

/// Nullopt for a wrong percent code, a control character, written plainly or in code, or what is not UTF-8.
std::optional<std::string> decoded(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus == Plus::is_blank) {
      c = ' ';
    }
    if (is_control(c)) return std::nullopt;
    out += c;
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

std::string_view cut(std::string_view& rest, char at) {
  const auto end = rest.find(at);
  const auto piece = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return piece;
}

bool read_query(std::string_view rest, Request& request) {
  while (!rest.empty()) {
    std::string_view pair = cut(rest, '&');
    if (pair.empty()) continue;
    const auto name = decoded(cut(pair, '='), Plus::is_blank);
    const auto value = decoded(pair, Plus::is_blank);
    if (!name || !value) return false;
    request.query.emplace_back(*name, *value);
  }
  return true;
}

const std::string* find(const std::vector<Header>& headers, std::string_view name) {
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const Header& header) { return same_name(header.name, name); });
  return found == headers.end() ? nullptr : &found->value;
}

void check_header(std::string_view name, std::string_view value) {
  check(!name.empty() && std::none_of(name.begin(), name.end(), is_control) &&
            std::none_of(value.begin(), value.end(), is_control),
        "a header of an answer holds no control character");
}

}  // namespace

bool same_name(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

const std::string* Request::header(std::string_view name) const { return find(headers, name); }

const std::string* Request::parameter(std::string_view name) const {
  const auto found = std::find_if(query.begin(), query.end(), [&](const auto& pair) { return pair.first == name; });
  return found == query.end() ? nullptr : &found->second;
}

void Request::clear() {
  method.clear();
  target.clear();
  path.clear();
  segments.clear();
  query.clear();
  headers.clear();
  // A large body was an exception; an idle connection should not hold its memory.
  if (body.capacity() > 64 * 1024) body = std::string();
  body.clear();
  id.clear();
}

std::optional<std::string> read_target(std::string_view target, Request& request) {
  if (target.empty() || target.front() != '/')
    return "The target must be a path that begins with a slash; a whole URL, a host name or * is not served here.";
  for (const char c : target)
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '#' || c == '\\')
      return "The target holds a character that must be percent-encoded.";
  request.target = target;
  const auto question_mark = target.find('?');
  request.path = target.substr(0, question_mark);
  std::string_view rest = std::string_view(request.path).substr(1);
  bool more = !rest.empty();
  while (more) {
    more = rest.find('/') != std::string_view::npos;
    auto segment = decoded(cut(rest, '/'), Plus::is_plus);
    if (!segment) return "The path holds a wrong percent code, a control character, or is not UTF-8.";
    if (*segment == "." || *segment == "..") return "The path holds a dot segment; write it out.";
    request.segments.push_back(std::move(*segment));
  }
  if (question_mark != std::string_view::npos && !read_query(target.substr(question_mark + 1), request))
    return "The query holds a wrong percent code, a control character, or is not UTF-8.";
  return std::nullopt;
}

Response& Response::set(std::string_view name, std::string_view value) {
  check_header(name, value);
  for (Header& header : headers)
    if (same_name(header.name, name)) {
      header.value = value;
      return *this;
    }
  headers.push_back({std::string(name), std::string(value)});
  return *this;
}

Response& Response::add(std::string_view name, std::string_view value) {
  check_header(name, value);
  headers.push_back({std::string(name), std::string(value)});
  return *this;
}

const std::string* Response::header(std::string_view name) const { return find(headers, name); }

Response content(int status, std::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.set("Content-Type", content_type);
  return response;
}

Response json(int status, std::string body) { return content(status, "application/json", std::move(body)); }

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 423: return "Locked";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 507: return "Insufficient Storage";
    default: return "";
  }
}

}  // namespace lotbook
