// SPDX-License-Identifier: Apache-2.0
#include "http/etag.h"

#include <algorithm>

#include "base/sha256.h"

namespace lotbook {
namespace {

std::string_view without_weakness(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

}  // namespace

std::string etag_of(std::string_view content) { return "\"" + hex(sha256({bytes_of(content)})).substr(0, 32) + "\""; }

bool names_etag(std::string_view header_value, std::string_view etag) {
  std::string_view rest = header_value;
  while (true) {
    const auto begin = rest.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) return false;
    rest.remove_prefix(begin);
    if (rest.front() == '*') return true;
    const auto quote = rest.find('"');
    const auto end = quote == std::string_view::npos ? quote : rest.find('"', quote + 1);
    if (end == std::string_view::npos) return false;
    if (without_weakness(rest.substr(0, end + 1)) == without_weakness(etag)) return true;
    rest.remove_prefix(end + 1);
  }
}

Response with_etag(const Request& request, Response response) {
  if (response.status != 200 || (request.method != "GET" && request.method != "HEAD")) return response;
  if (response.header("ETag") == nullptr) response.set("ETag", etag_of(response.body));
  if (response.header("Cache-Control") == nullptr) response.set("Cache-Control", "no-cache");
  const std::string* known = request.header("If-None-Match");
  if (known == nullptr || !names_etag(*known, *response.header("ETag"))) return response;
  response.status = 304;
  response.body.clear();
  response.stream = nullptr;
  std::erase_if(response.headers, [](const Header& header) { return same_name(header.name, "Content-Type"); });
  return response;
}

}  // namespace lotbook
