// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/door.h"
#include "http/pages/html.h"
#include "http/routes.h"
#include "http/workers.h"
#include "queries/question.h"

// A few plain pages, made on the server from the same questions that programs ask: find a lot, see what is known of it,
// trace it. They need no script.

namespace lotbook {

/// Signing in waits on `waiting`, so that slow questions never keep anybody out.
void add_page_routes(Routes& routes, Door& door, Workers& workers, Workers& waiting);
/// GET /assets/…: style, script and icon, as they were when the program was built.
void add_asset_routes(Routes& routes);

/// What one page is made from.
struct Viewing {
  const Request& request;
  const Caller& caller;
  const Snapshot& snapshot;
  Transaction& transaction;
  Frame frame;

  const Masters& masters() const { return snapshot.view.masters(); }
  std::string parameter(std::string_view name) const;
};
Response home_page(Viewing viewing);
Response lots_page(Viewing viewing);
Response lot_page(Viewing viewing);
Response trace_page(Viewing viewing);
Response docs_page(const Frame& frame);
Response sign_in_page(const std::string& next, const std::string& name, const std::string& fault, int status);
Response password_page(const Caller& caller, const std::string& fault, int status);
/// Title, what is so, and what to do next.
Response fault_page(Frame frame, const Problem& problem);

}  // namespace lotbook
