// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"
#include "model/refusal.h"

// Refusals and failures as clients get them: RFC 9457, application/problem+json. Plain arguments, so that the server
// can use it for what it refuses before any command is known.

namespace lotbook {

struct ProblemError {
  std::string pointer;  ///< JSON pointer into what was sent, e.g. "/lines/0/lot"; empty when it concerns the whole
  std::string code;
  std::string detail;
  std::vector<std::pair<std::string, std::string>> facts = {};  ///< left out when empty
};

struct Problem {
  int status = 500;
  std::string code;    ///< stable, for programs
  std::string title;   ///< the same for every case of this code
  std::string detail;  ///< this case, and what to do next
  std::vector<ProblemError> errors = {};
};

/// With the code's own status and title.
Problem problem_of(Code code, std::string detail);

std::string problem_json(const Problem& problem);
Response problem_response(const Problem& problem);

}  // namespace lotbook
