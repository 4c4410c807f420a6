#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Configures a preset if that was not done yet, or was done for another folder (a clone that was moved or mounted
# elsewhere):  tools/configure.sh PRESET. Later changes of CMakeLists.txt are noticed by the build itself.
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/$1
if [ -f "$build/build.ninja" ] && grep -qxsF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "$build/CMakeCache.txt"; then exit 0; fi
# What goes wrong is said on the error output; the rest is of no interest here.
cmake --fresh --preset "$1" >/dev/null
