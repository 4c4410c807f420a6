// SPDX-License-Identifier: Apache-2.0
// Runs the unit and property tests that sit beside their sources.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
