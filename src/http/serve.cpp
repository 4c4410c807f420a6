// SPDX-License-Identifier: Apache-2.0
#include "http/serve.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include "commands/access_entries.h"
#include "http/accounts.h"
#include "http/api_routes.h"
#include "http/log.h"
#include "http/others.h"
#include "http/pages/pages.h"
#include "http/rights.h"
#include "http/status_routes.h"
#include "ledger/backups.h"
#include "ledger/checkpoint_follower.h"
#include "queries/search_follower.h"

namespace lotbook {

namespace {

constexpr auto grace = std::chrono::seconds(10);

/// Stopping is asked for by a signal; the thread that serves waits for it, all others never see it.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  void wait() {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_{}, before_{};
};

/// As many open files as the system lets us have: each connection is one.
std::size_t raise_open_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<std::size_t>(limit.rlim_cur);
}

/// A page of another site that points its own name at this machine (DNS rebinding) sends that name: only names that are
/// ours are answered.
std::vector<std::string> hosts_of(const ServeOptions& options) {
  const std::vector<std::string>& allowed = options.allowed_host;
  if (std::find(allowed.begin(), allowed.end(), "*") != allowed.end()) return {};
  if (!allowed.empty()) return allowed;
  std::vector<std::string> hosts{"localhost", std::string(any_address)};
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) == 0 && name.front() != '\0') hosts.emplace_back(name.data());
  return hosts;
}

ServerOptions server_options(const ServeOptions& options) {
  constexpr std::size_t kept_for_the_book = 256, most_connections = 20'000;
  ServerOptions server;
  server.address = options.address, server.port = static_cast<std::uint16_t>(options.port);
  server.certificate_file = options.tls_certificate, server.key_file = options.tls_key;
  server.threads = static_cast<unsigned>(options.threads), server.hosts = hosts_of(options);
  const std::size_t files = raise_open_files();
  server.connections =
      std::min(most_connections, files > 2 * kept_for_the_book ? files - kept_for_the_book : files / 2);
  return server;
}

/// What was wanted, for the ledger: no more than an address without its query.
std::string refused_at(const Request& request, Right right) {
  constexpr std::size_t path_kept = 100;
  return std::string(name_of(right)) + ": " + request.method + " " + request.path.substr(0, path_kept);
}

AccessNoteWriter::Writers writers_of_notes(Executor& executor) {
  return {[&](std::vector<AccessNoted> facts) {
            const auto is_same = [&](const AccessNoted& note) { return note.name == facts.front().name; };
            const bool is_of_one = !facts.front().name.empty() && std::all_of(facts.begin(), facts.end(), is_same);
            const std::string who = is_of_one ? facts.front().name : "lotbook";
            auto command = std::make_shared<NoteAccess>();
            command->notes = std::move(facts);
            const Outcome outcome =
                executor.call({&note_access_row(), std::move(command), Actor::with_all_rights(who), {}, {}, {}});
            if (const auto* refusals = std::get_if<Refusals>(&outcome))
              spdlog::warn("who came in could not be noted: {}", refusals->front().detail);
          },
          [&](const std::unordered_map<std::string, Instant>& uses) {
            executor.beside([&](Transaction& transaction) {
              for (const auto& [hash, at] : uses) note_token_used(transaction, hash, at);
            });
          }};
}

std::string url_of(const ServeOptions& options, const Server& server) {
  const std::string scheme = server.transport() == Transport::tls ? "https://" : "http://";
  const bool is_v6 = options.address.find(':') != std::string::npos;
  std::string host = is_v6 ? "[" + options.address + "]" : options.address;
  if (options.address == "0.0.0.0" || options.address == "127.0.0.1" || options.address == "::") host = "localhost";
  return scheme + host + ":" + std::to_string(server.port());
}

/// What /readyz tells beside being ready: nobody is kept out for it, but somebody should look.
std::vector<std::string> warnings(const Book& book, const CheckpointFollower& checkpoints, const Backups& backups) {
  std::vector<std::string> all;
  if (std::string why = book.not_remembered_because(); !why.empty()) all.push_back(std::move(why));
  if (std::string why = checkpoints.reached().trouble; !why.empty()) all.push_back("No checkpoints: " + why);
  if (std::string why = backups.state().trouble; !why.empty()) all.push_back("The last backup failed: " + why);
  if (backups.is_late()) all.push_back("The newest backup is older than twice the time planned.");
  return all;
}

}  // namespace

void serve(Store& store, const OpenCopy& open_copy, Clock& clock, const ServeOptions& options,
           const std::function<void(const std::string&)>& say) {
  if (options.tls_certificate.empty() != options.tls_key.empty())
    throw std::runtime_error("give both --tls-certificate and --tls-key, or neither");
  StopSignals stop;
  const Log log(options.log_format);
  Book book(store);
  if (const std::optional<std::string> password = ensure_admin(book, clock))
    say("Sign in as \"admin\" with the password " + *password + " (shown this once; keep it).");

  const Transport transport = options.tls_certificate.empty() ? Transport::plain : Transport::tls;
  Sessions::Limits session_limits;
  session_limits.idle_microseconds = options.idle_minutes * microseconds_per_minute;
  session_limits.longest_microseconds = options.session_hours * 60 * microseconds_per_minute;
  Sessions sessions{session_limits};
  Access access(sessions, clock, transport, [&] { return book.masters(); });
  book.beside([&](Transaction& transaction) { access.hold(all_accounts(transaction), all_tokens(transaction)); });
  SearchFollower follower(store, [](const std::string& line) { spdlog::warn("{}", line); });
  const auto warn = [](const std::string& line) { spdlog::warn("{}", line); };
  CheckpointFollower checkpoints(store, clock, warn);
  const Backups backups(store, open_copy, clock,
                        {options.backup_to, options.backup_every, static_cast<std::size_t>(options.backup_keep)}, warn);
  Readers readers(book, follower.index());
  std::optional<Metrics> metrics;  // made when the routes are known
  AccessNotes notes(clock);        // the executor's last answers may note something
  Executor executor(book, clock);
  const AccessNoteWriter note_writer(notes, writers_of_notes(executor));
  access.on_token_used([&](const std::string& hash) { notes.token_used(hash); });
  access.on_refused([&](const Caller& caller, const Request& request, Right right) {
    notes.note(AccessEvent::right_refused, caller.actor.name, refused_at(request, right));
  });
  SignInDesk desk(access, sessions, clock,
                  [&](AccessEvent what, const std::string& name) { notes.note(what, name, {}); });
  Door door{access, sessions, desk, notes, executor, readers, clock};
  const Others others(book, executor, access, [&] { follower.wake(); });
  Readiness readiness(book, executor, readers, [&] { return warnings(book, checkpoints, backups); });
  std::optional<Server> server;
  // Three queues, so that slow questions keep nobody out and hide nothing of how the server is. They end before what
  // their jobs use.
  Workers workers({static_cast<unsigned>(options.workers), 10'000}), waiting({4, 1'000}), watch({1, 100});

  Routes routes;
  add_command_routes(routes, door);
  add_question_routes(routes, door, workers);
  add_account_routes(routes, door, waiting);
  add_rights_route(routes, access);
  add_openapi_route(routes);
  add_page_routes(routes, door, workers, waiting);
  add_asset_routes(routes);
  add_status_routes(routes, readiness, watch, [&] {
    const ReadyAnswer ready = readiness.look();
    const CheckpointFollower::Reached proven = checkpoints.reached();
    Metrics::Gauges gauges;
    gauges.queue = executor.waiting(), gauges.connections = server->connections(), gauges.sessions = sessions.count();
    gauges.is_ready = ready.ready, gauges.warnings = ready.warnings.size(), gauges.search = follower.reached();
    gauges.checkpoint = proven.entry, gauges.checkpoint_made_at = proven.made_at, gauges.now = clock.now();
    gauges.backups_are_planned = !options.backup_to.empty(), gauges.backup_made_at = backups.state().made_at;
    return metrics->text(gauges);
  });

  std::vector<std::string> names;
  for (const Routes::Path& path : routes.paths()) names.push_back(path.pattern);
  metrics.emplace(std::move(names));
  metrics->start_from(book.head(), clock.now());
  executor.on_commit([&](const Head& head) { metrics->committed(head), follower.wake(), checkpoints.wake(head.seq); });
  checkpoints.start([&](std::function<void(Transaction&)> work) {
    executor.beside(std::move(work));
    book.sync_remembered();
  });

  ServerOptions server_is = server_options(options);
  server_is.on_done = [&](const Request& request, int status, std::int64_t microseconds) {
    metrics->request_done(routes.index_of(request), status, microseconds);
    if (!options.quiet) log.request_done(request, status, microseconds);
  };
  server.emplace(std::move(server_is),
                 [&](const Request& request, Respond respond) { routes.handle(request, std::move(respond)); });
  store.note_address(url_of(options, *server));
  say("Serving " + store.name() + " at " + url_of(options, *server));
  spdlog::info("serving book={} entry={} url={}", store.name(), book.head().seq, url_of(options, *server));
  stop.wait();
  spdlog::info("stopping");
  server->stop(grace);
  checkpoints.stop();
  spdlog::info("stopped entry={}", book.head().seq);
}

}  // namespace lotbook
