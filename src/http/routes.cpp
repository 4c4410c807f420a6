// SPDX-License-Identifier: Apache-2.0
#include "http/routes.h"

#include <algorithm>

#include "http/problem.h"

namespace lotbook {

namespace {

std::vector<std::string> cut(std::string_view pattern) {
  std::vector<std::string> parts;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const auto end = pattern.find('/');
    parts.emplace_back(pattern.substr(0, end));
    pattern = end == std::string_view::npos ? std::string_view{} : pattern.substr(end);
  }
  return parts;
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
  return pattern.size() == segments.size() && std::equal(pattern.begin(), pattern.end(), segments.begin(),
                                                         [](const std::string& part, const std::string& segment) {
                                                           return part.starts_with('{') ? !segment.empty()
                                                                                        : part == segment;
                                                         });
}

std::string allowed(const Routes::Path& path) {
  std::string allow;
  for (const auto& [method, need, handler] : path.methods) {
    if (!allow.empty()) allow += ", ";
    allow += method;
    if (method == "GET") allow += ", HEAD";
  }
  return allow;
}

}  // namespace

void Routes::add(std::string method, std::string pattern, Need need, Handler handler) {
  const auto found =
      std::find_if(paths_.begin(), paths_.end(), [&](const Path& path) { return path.pattern == pattern; });
  if (found != paths_.end()) {
    found->methods.push_back({std::move(method), need, std::move(handler)});
    return;
  }
  if (pattern.find('{') == std::string::npos)
    exact_.emplace(pattern, paths_.size());
  else
    with_braces_.emplace_back(cut(pattern), paths_.size());
  Path& path = paths_.emplace_back();
  path.pattern = std::move(pattern);
  path.methods.push_back({std::move(method), need, std::move(handler)});
}

std::size_t Routes::index_of(const Request& request) const {
  if (const auto found = exact_.find(request.path); found != exact_.end()) return found->second;
  for (const auto& [pattern, index] : with_braces_)
    if (fits(pattern, request.segments)) return index;
  return paths_.size();
}

void Routes::handle(const Request& request, Respond respond) const {
  const std::size_t index = index_of(request);
  if (index == paths_.size())
    return respond(problem_response(
        problem_of(Code::not_found, "There is no such address. GET /docs lists those that there are.")));
  const Path& path = paths_[index];
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  for (const auto& [name, need, handler] : path.methods)
    if (name == method) return handler(request, std::move(respond));
  const std::string allow = allowed(path);
  respond(problem_response(problem_of(Code::method_not_allowed, "Use " + allow + " here.")).set("Allow", allow));
}

}  // namespace lotbook
