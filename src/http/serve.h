// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "store/book_name.h"
#include "store/store.h"

namespace lotbook {

enum class LogFormat : std::uint8_t { text, json };
template <>
struct Choices<LogFormat> {
  static constexpr std::array<std::string_view, 2> names{"text", "json"};
};

struct ServeOptions {
  std::string config;
  std::string book = "lotbook.book";
  std::string state;
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string tls_certificate, tls_key;
  std::vector<std::string> allowed_host;
  int threads = 1;
  int workers = 4;
  int idle_minutes = 60, session_hours = 24;
  bool quiet = false;
  LogFormat log_format = LogFormat::text;
  std::string backup_to;
  int backup_every = 24, backup_keep = 14;
  static constexpr auto fields() {
    using O = ServeOptions;
    return field_list(
        field<&O::config>("config", "TOML file with any of these settings, under these names with _ for -; flags win.")
            .at_most(4096),
        book_field<&O::book>(),
        field<&O::state>("state", "Folder for what must not lie in the book: the newest head, the key of checkpoints.")
            .at_most(4096),
        field<&O::address>("address", "IPv4 or IPv6 address to listen at.").example("0.0.0.0"),
        field<&O::port>("port", "Port to listen at; 0: any that is free.").between(0, 65535),
        field<&O::tls_certificate>("tls_certificate", "PEM file of the certificate and its chain; none: no TLS.")
            .at_most(4096),
        field<&O::tls_key>("tls_key", "PEM file of its key.").at_most(4096),
        field<&O::allowed_host>(
            "allowed_host",
            "Name by which clients may call, without port, or * for any; left out: localhost, the name of this "
            "machine, and addresses.")
            .at_most(100),
        field<&O::threads>("threads", "Threads that read and write connections.").between(1, 64),
        field<&O::workers>("workers", "Threads that answer questions.").between(1, 256),
        field<&O::idle_minutes>("idle_minutes", "Minutes without a request after which a session ends.")
            .between(1, 24 * 60),
        field<&O::session_hours>("session_hours", "Hours after which a session ends at the latest.").between(1, 7 * 24),
        field<&O::quiet>("quiet", "Write no log line for each request."),
        field<&O::log_format>("log_format", "Log lines for people, or one JSON object a line."),
        field<&O::backup_to>("backup_to", "Folder for backups that the server makes by itself; none: it makes none.")
            .at_most(4096),
        field<&O::backup_every>("backup_every", "Hours from one backup to the next.").between(1, 8760),
        field<&O::backup_keep>("backup_keep", "Newest backups to keep; older ones are removed.").between(1, 10'000));
  }
};

/// Opens a copy of the book that the server made, to verify it.
using OpenCopy = std::function<std::unique_ptr<Store>(const std::string& file)>;

/// Serves the book until SIGTERM or SIGINT, then finishes what runs. `say` prints a line for the person who started
/// it: the address, and once the administrator's password. Throws StoreFailure, or std::runtime_error that says what to
/// change.
void serve(Store& store, const OpenCopy& open_copy, Clock& clock, const ServeOptions& options,
           const std::function<void(const std::string&)>& say);

}  // namespace lotbook
