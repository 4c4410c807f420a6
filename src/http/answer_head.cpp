// SPDX-License-Identifier: Apache-2.0
#include "http/answer_head.h"

#include <algorithm>
#include <array>

namespace lotbook {
namespace {

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

/// Headers that say how the message is sent; only the server knows.
bool is_of_the_message(std::string_view name) {
  return same_name(name, "Content-Length") || same_name(name, "Transfer-Encoding") || same_name(name, "Connection") ||
         same_name(name, "Date");
}

std::string http_date(std::time_t second) {
  std::tm utc{};
  gmtime_r(&second, &utc);
  std::array<char, 40> text;
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), size};
}

}  // namespace

AnswerHead::AnswerHead(Transport transport) : defaults_(security_headers(transport)) {
  for (const Header& header : defaults_) append_header(joined_defaults_, header.name, header.value);
}

void AnswerHead::write(std::string& out, const Response& response, std::string_view request_id, Framing framing,
                       Connection connection) {
  out.reserve(out.size() + 768);
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out.append(reason_of(response.status)).append("\r\n");
  append_header(out, "Date", date());
  append_header(out, "X-Request-Id", request_id);
  for (const Header& header : response.headers)
    if (!is_of_the_message(header.name)) append_header(out, header.name, header.value);
  write_defaults(out, response);
  if (framing.kind == Framing::Kind::length) append_header(out, "Content-Length", std::to_string(framing.length));
  if (framing.kind == Framing::Kind::chunks) append_header(out, "Transfer-Encoding", "chunked");
  if (connection == Connection::close) append_header(out, "Connection", "close");
  out += "\r\n";
}

void AnswerHead::write_defaults(std::string& out, const Response& response) const {
  const auto is_set = [&](const Header& one) { return response.header(one.name) != nullptr; };
  if (std::none_of(defaults_.begin(), defaults_.end(), is_set)) {
    out += joined_defaults_;
    return;
  }
  for (const Header& header : defaults_)
    if (!is_set(header)) append_header(out, header.name, header.value);
}

std::string_view AnswerHead::date() {
  const std::time_t now = std::time(nullptr);
  if (now != date_second_) {
    date_second_ = now;
    date_ = http_date(now);
  }
  return date_;
}

}  // namespace lotbook
