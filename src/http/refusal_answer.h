// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/executor.h"
#include "http/message.h"
#include "http/problem.h"

namespace lotbook {

/// All refusals of one request in one problem; its code and status are those of the first.
Problem problem_of(const Refusals& refusals);
Response refused(const Refusals& refusals);
/// What became of a command: done, certainly not done, or unknown.
Response outcome_answer(const Outcome& outcome);
/// The book could not be reached.
Response store_failed(const StoreFailure& failure);

}  // namespace lotbook
