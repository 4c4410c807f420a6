#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Looks for inputs that break a parser: tests/fuzz/run.sh TARGET|all [SECONDS]. Needs clang-16 and libclang-rt-16-dev.
# What is new goes to build/fuzz/TARGET; the corpora in the project get the smallest set of it by --keep.
set -euo pipefail
cd "$(dirname "$0")/../.."
case ${1:-} in all) targets="decimal time json csv http entry label" ;; "" | -h | --help) sed -n 3,4p "$0"; exit 0 ;; *) targets=$1 ;; esac
seconds=${2:-3600}
keep=${3:-}
build=build/fuzz
mkdir -p $build
flags="-std=c++20 -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -Isrc
  -DHAS_STRING_VIEW=1 -DONLY_C_LOCALE=1 -DUSE_OS_TZDB=1 $(pkg-config --cflags libutf8proc libsodium)"
sources="$(ls src/base/*.cpp src/model/*.cpp | grep -v _test.cpp) src/commands/bundle/csv.cpp
  src/http/parser.cpp src/http/message.cpp src/http/problem.cpp tests/fuzz/targets.cpp"
objects=
for source in $sources; do
  object=$build/${source//\//_}.o
  objects+=" $object"
  # Whatever a header changed: these few are quickly made anew.
  [ "$object" -nt "$source" ] && [ -z "$(find src -name '*.h' -newer "$object" -print -quit)" ] ||
    clang++-16 $flags -fsanitize=fuzzer-no-link -c "$source" -o "$object"
done
clang++-16 $flags -fsanitize=fuzzer tests/fuzz/fuzz.cpp $objects -o $build/fuzz \
  -lfmt -ldate-tz -lcrypto -lboost_json $(pkg-config --libs libutf8proc libsodium) -lpthread
for target in $targets; do
  mkdir -p $build/$target tests/fuzz/corpora/$target
  echo "== $target, $seconds s"
  $build/fuzz --target=$target $build/$target tests/fuzz/corpora/$target -max_total_time=$seconds -timeout=10 \
    -rss_limit_mb=2048 -max_len=65536 -artifact_prefix=$build/found-$target- -print_final_stats=1 2>&1 |
    grep -E "ERROR|SUMMARY|broken|stat::number_of_executed|cov:.*DONE|Test unit|runtime error" || true
  if compgen -G "$build/found-$target-*" >/dev/null; then echo "found: $(ls $build/found-$target-*)"; exit 1; fi
  [ "$keep" != --keep ] || $build/fuzz --target=$target -merge=1 tests/fuzz/corpora/$target $build/$target 2>&1 | tail -1
done
