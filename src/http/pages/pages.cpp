// SPDX-License-Identifier: Apache-2.0
#include "http/pages/pages.h"

#include "http/refusal_answer.h"

namespace lotbook {

namespace {

using PageOf = Response (*)(Viewing viewing);

Response see_other(const std::string& to) { return content(303, "text/plain", "").set("Location", to); }

/// Only an address of our own: what is left of a link that somebody sent may point anywhere.
std::string own_address(const std::string* given) {
  const bool is_own = given != nullptr && given->starts_with('/') && !given->starts_with("//") &&
                      given->find('\\') == std::string::npos && given->find_first_of("\r\n\t") == std::string::npos;
  return is_own ? *given : "/";
}

/// The fields of a form, "a=b&c=d", read as a query is.
Request form_of(const std::string& body) {
  Request form;
  if (read_target("/?" + body, form)) form.clear();
  return form;
}

std::string text_of_field(const Request& form, std::string_view name) {
  const std::string* value = form.parameter(name);
  return value ? *value : std::string();
}

Response show(PageOf page_of, const Access& access, Readers& readers, Clock& clock, const Request& request) {
  const std::variant<Caller, Problem> admitted = access.admit(request, Right::view);
  if (const auto* problem = std::get_if<Problem>(&admitted)) {
    if (problem->status == 401) return see_other(address("/sign-in", {{"next", request.target}}));
    return fault_page({}, *problem);
  }
  const Caller& caller = std::get<Caller>(admitted);
  try {
    Readers::Reading reading(readers);
    const Snapshot snapshot = reading.snapshot(clock.now(), caller.actor);
    Frame frame;
    frame.company = reading.view().masters().book.name, frame.user = caller.actor.name,
    frame.csrf_token = caller.csrf_token;
    return page_of({request, caller, snapshot, reading.transaction(), std::move(frame)});
  } catch (const StoreFailure& failure) {
    return fault_page({}, problem_of(Code::unavailable, std::string("The book cannot be read now: ") + failure.what()));
  }
}

Response take_sign_in(SignInDesk& desk, const Access& access, const Request& request) {
  const Request form = form_of(request.body);
  const SignIn asked{text_of_field(form, "name"), text_of_field(form, "password")};
  const std::string next = own_address(form.parameter("next"));
  const auto outcome = desk.sign_in(request, asked);
  if (const auto* problem = std::get_if<Problem>(&outcome))
    return sign_in_page(next, asked.name, problem->title + " " + problem->detail, problem->status);
  return see_other(next).set("Set-Cookie",
                             session_cookie(std::get<Sessions::Opened>(outcome).token, access.transport()));
}

Response take_sign_out(SignInDesk& desk, const Access& access, const Request& request) {
  const std::optional<Caller> caller = access.caller(request);
  const bool is_ours = !foreign_origin_fault(request, access.transport()) &&
                       (!caller || same_secret(text_of_field(form_of(request.body), "csrf_token"), caller->csrf_token));
  if (!is_ours) return fault_page({}, problem_of(Code::csrf, "Go back, load the page again, and sign out there."));
  desk.sign_out(request);
  return see_other("/sign-in").set("Set-Cookie", cleared_session_cookie(access.transport()));
}

}  // namespace

void add_page_routes(Routes& routes, const Access& access, SignInDesk& desk, Readers& readers, Clock& clock,
                     Workers& workers, Workers& door) {
  const auto add = [&](const char* path, PageOf page_of) {
    routes.add("GET", path, on_workers(workers, [&, page_of](const Request& request) {
                 return show(page_of, access, readers, clock, request);
               }));
  };
  add("/", home_page);
  add("/lots", lots_page);
  add("/lot", lot_page);
  add("/trace", trace_page);
  routes.add("GET", "/docs", on_workers(workers, [&](const Request& request) {
               Frame frame;
               if (const auto caller = access.caller(request))
                 frame.user = caller->actor.name, frame.csrf_token = caller->csrf_token;
               return docs_page(frame);
             }));
  routes.add("GET", "/sign-in", [](const Request& request, Respond respond) {
    respond(sign_in_page(own_address(request.parameter("next")), "", "", 200));
  });
  routes.add("POST", "/sign-in",
             on_workers(door, [&](const Request& request) { return take_sign_in(desk, access, request); }));
  routes.add("POST", "/sign-out",
             on_workers(door, [&](const Request& request) { return take_sign_out(desk, access, request); }));
}

std::string Viewing::parameter(std::string_view name) const {
  const std::string* value = request.parameter(name);
  return value ? *value : std::string();
}

Response fault_page(Frame frame, const Problem& problem) {
  frame.title = problem.title;
  return page(frame,
              markup("<h1>") + escaped(problem.title) + markup("</h1><p>") + escaped(problem.detail) +
                  markup("</p><p><a href=\"/\">To the first page</a></p>"),
              problem.status);
}

Response sign_in_page(const std::string& next, const std::string& name, const std::string& fault, int status) {
  Markup out = markup("<div class=\"sign-in\"><h1>Sign in</h1>");
  if (!fault.empty()) out += markup("<p class=\"fault\" role=\"alert\">") + escaped(fault) + markup("</p>");
  out += markup("<form method=\"post\" action=\"/sign-in\"><input type=\"hidden\" name=\"next\" value=\"") +
         escaped(next) +
         markup(
             "\"><label for=\"name\">Name</label><input id=\"name\" name=\"name\" autocomplete=\"username\" "
             "autocapitalize=\"none\" required maxlength=\"60\" value=\"") +
         escaped(name) + markup("\"") + markup(name.empty() ? " autofocus" : "") +
         markup(
             "><label for=\"password\">Password</label><input id=\"password\" name=\"password\" type=\"password\" "
             "autocomplete=\"current-password\" required maxlength=\"256\"") +
         markup(name.empty() ? "" : " autofocus") +
         markup(
             "><button>Sign in</button></form><p class=\"muted\">The first password was shown when the book was "
             "made or first served. A new one: <code>lotbook password --book FILE</code></p></div>");
  return page({"Sign in", {}, {}, {}, {}, {}}, out, status);
}

}  // namespace lotbook
