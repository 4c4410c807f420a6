// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "store/store.h"

namespace lotbook {

struct ServeOptions {
  std::string book = "lotbook.book";
  std::string state;
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string tls_certificate, tls_key;
  std::vector<std::string> allowed_host;
  int threads = 1;
  int workers = 4;
  bool quiet = false;
  static constexpr auto fields() {
    using O = ServeOptions;
    return field_list(
        field<&O::book>("book", "The book: a file.").at_most(4096),
        field<&O::state>("state", "Folder for what must not lie in the book: the newest head, the key of checkpoints.")
            .at_most(4096),
        field<&O::address>("address", "IPv4 or IPv6 address to listen at.").example("0.0.0.0"),
        field<&O::port>("port", "Port to listen at; 0: any that is free.").between(0, 65535),
        field<&O::tls_certificate>("tls_certificate", "PEM file of the certificate and its chain; none: no TLS.")
            .at_most(4096),
        field<&O::tls_key>("tls_key", "PEM file of its key.").at_most(4096),
        field<&O::allowed_host>("allowed_host", "Name by which clients may call; none: any.").at_most(100),
        field<&O::threads>("threads", "Threads that read and write connections.").between(1, 64),
        field<&O::workers>("workers", "Threads that answer questions.").between(1, 256),
        field<&O::quiet>("quiet", "Write no log line for each request."));
  }
};

/// Serves the book until SIGTERM or SIGINT, then finishes what runs. `say` prints a line for the person who started
/// it: the address, and once the administrator's password. Throws StoreFailure, or std::runtime_error that says what to
/// change.
void serve(Store& store, Clock& clock, const ServeOptions& options, const std::function<void(const std::string&)>& say);

}  // namespace lotbook
