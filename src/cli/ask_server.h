// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "base/fields.h"
#include "cli/server_client.h"
#include "model/refusal.h"

// Commands and questions put to a server that holds the book, with the same outcomes as asking the book itself.

namespace lotbook {

/// Whose server, and how it is asked.
struct ServerAsked {
  ServerAddress address;
  std::string url;    ///< as the person gave it
  std::string token;  ///< empty: the server will say that nobody is signed in
  std::chrono::seconds patience{60};
};

struct ServerSaid {
  std::string json;  ///< an answer, as the server wrote it
};
struct ServerRefused {
  Refusals refusals;
};
/// Certainly not applied: there was nobody to apply it, or nothing that can be understood came back.
struct ServerFailed {
  std::string why;
};
/// Sent, and nobody knows what became of it; the same key asks again.
struct ServerUnknown {
  std::string why;
};
using ServerOutcome = std::variant<ServerSaid, ServerRefused, ServerFailed, ServerUnknown>;

/// A command, under its key. A connection that is lost after sending is tried once more: the key makes sure that it is
/// done once.
ServerOutcome ask_for_command(const ServerAsked& server, std::string_view name, const std::string& json,
                              const std::string& key);
ServerOutcome ask_question(const ServerAsked& server, std::string_view name, const std::string& json);

}  // namespace lotbook
