// SPDX-License-Identifier: Apache-2.0
#include "http/pages/pages.h"

#include "base/text.h"
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
    if (problem->code == text_of(Code::password_must_change).name) return see_other("/password");
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

Response take_sign_in(Door& door, const Request& request) {
  const Request form = form_of(request.body);
  // As JSON would be read: the name of a user is in one form.
  const SignIn asked{trimmed_nfc(text_of_field(form, "name")).value_or(""), text_of_field(form, "password")};
  const std::string next = own_address(form.parameter("next"));
  const auto outcome = door.desk.sign_in(request, asked);
  if (const auto* problem = std::get_if<Problem>(&outcome))
    return sign_in_page(next, asked.name, problem->title + " " + problem->detail, problem->status);
  return see_other(next).set("Set-Cookie",
                             session_cookie(std::get<Sessions::Opened>(outcome).token, door.access.transport()));
}

/// Whether a form was filled in on a page that we gave to this session.
bool is_our_form(const Door& door, const Request& request, const std::optional<Caller>& caller) {
  return !foreign_origin_fault(request, door.access.transport()) &&
         (!caller || same_secret(text_of_field(form_of(request.body), "csrf_token"), caller->csrf_token));
}

Response take_sign_out(Door& door, const Request& request) {
  if (!is_our_form(door, request, door.access.caller(request)))
    return fault_page({}, problem_of(Code::csrf, "Go back, load the page again, and sign out there."));
  door.desk.sign_out(request);
  return see_other("/sign-in").set("Set-Cookie", cleared_session_cookie(door.access.transport()));
}

Response show_password(Door& door, const Request& request) {
  const std::optional<Caller> caller = door.access.caller(request);
  if (!caller || !caller->is_user()) return see_other(address("/sign-in", {{"next", "/password"}}));
  return password_page(*caller, "", 200);
}

Response take_password(Door& door, const Request& request) {
  const std::optional<Caller> caller = door.access.caller(request);
  if (!caller || !caller->is_user()) return see_other(address("/sign-in", {{"next", "/password"}}));
  if (!is_our_form(door, request, caller))
    return fault_page({}, problem_of(Code::csrf, "Go back, load the page again, and send it from there."));
  const Request form = form_of(request.body);
  const std::string wanted = text_of_field(form, "new_password");
  if (wanted != text_of_field(form, "again")) return password_page(*caller, "The two new passwords differ.", 422);
  const auto changed = change_password(door, request, *caller, {text_of_field(form, "password"), wanted});
  if (const auto* problem = std::get_if<Problem>(&changed))
    return password_page(*caller, problem->title + " " + problem->detail, problem->status);
  return see_other("/").set("Set-Cookie",
                            session_cookie(std::get<Sessions::Opened>(changed).token, door.access.transport()));
}

}  // namespace

void add_page_routes(Routes& routes, Door& door, Workers& workers, Workers& waiting) {
  const Access& access = door.access;
  Readers& readers = door.readers;
  Clock& clock = door.clock;
  const auto add = [&](const char* path, PageOf page_of) {
    routes.add("GET", path, Need::of(Right::view), on_workers(workers, [&, page_of](const Request& request) {
                 return show(page_of, access, readers, clock, request);
               }));
  };
  add("/", home_page);
  add("/lots", lots_page);
  add("/lot", lot_page);
  add("/trace", trace_page);
  routes.add("GET", "/docs", Need::nothing(), on_workers(workers, [&](const Request& request) {
               Frame frame;
               if (const auto caller = access.caller(request))
                 frame.user = caller->actor.name, frame.csrf_token = caller->csrf_token;
               return docs_page(frame);
             }));
  routes.add("GET", "/sign-in", Need::nothing(), [](const Request& request, Respond respond) {
    respond(sign_in_page(own_address(request.parameter("next")), "", "", 200));
  });
  routes.add("POST", "/sign-in", Need::nothing(),
             on_workers(waiting, [&](const Request& request) { return take_sign_in(door, request); }));
  routes.add("POST", "/sign-out", Need::nothing(),
             on_workers(waiting, [&](const Request& request) { return take_sign_out(door, request); }));
  routes.add("GET", "/password", Need::sign_in(),
             on_workers(waiting, [&](const Request& request) { return show_password(door, request); }));
  routes.add("POST", "/password", Need::sign_in(),
             on_workers(waiting, [&](const Request& request) { return take_password(door, request); }));
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

Response password_page(const Caller& caller, const std::string& fault, int status) {
  Frame frame;
  frame.title = "Password", frame.user = caller.actor.name, frame.csrf_token = caller.csrf_token;
  Markup out = markup("<div class=\"sign-in\"><h1>Password</h1>");
  if (caller.must_change)
    out += markup("<p>Somebody else set your password. Choose one of your own before you go on.</p>");
  if (!fault.empty()) out += markup("<p class=\"fault\" role=\"alert\">") + escaped(fault) + markup("</p>");
  out += markup("<form method=\"post\" action=\"/password\"><input type=\"hidden\" name=\"csrf_token\" value=\"") +
         escaped(caller.csrf_token) +
         markup(
             "\"><label for=\"password\">Password so far</label><input id=\"password\" name=\"password\" "
             "type=\"password\" autocomplete=\"current-password\" required maxlength=\"256\"><label "
             "for=\"new_password\">New password</label><input id=\"new_password\" name=\"new_password\" "
             "type=\"password\" autocomplete=\"new-password\" required maxlength=\"256\"><label for=\"again\">New "
             "password again</label><input id=\"again\" name=\"again\" type=\"password\" "
             "autocomplete=\"new-password\" required maxlength=\"256\"><button>Set it</button></form><p "
             "class=\"muted\">12 characters or more; several words that have nothing to do with each other.</p></div>");
  return page(frame, out, status);
}

}  // namespace lotbook
