# SPDX-License-Identifier: Apache-2.0
# Short names for what the scripts and presets do. Nothing is decided here.
.PHONY: build test check dev fmt api rules package

build:
	@tools/configure.sh dev
	cmake --build build/dev

test:
	./test

# All that continuous integration runs.
check:
	.ci/run

# The dev build, serving the demo company that ./run made.
dev: build
	build/dev/lotbook serve --book demo/demo.book --address 127.0.0.1 --port 8080

fmt:
	find src tests bench -name '*.h' -o -name '*.cpp' 2>/dev/null | xargs -r clang-format-14 -i

# What the program says of itself, generated and committed.
api: build
	build/dev/lotbook openapi > build/openapi.json
	mv build/openapi.json docs/openapi.json
	build/dev/lotbook rights > build/rights.md
	mv build/rights.md docs/rights.md

# Which test proves which rule, generated and committed.
rules:
	tools/rules_tested.py --write

# The Debian package and the tarball of the release, in dist/.
package:
	@tools/configure.sh release
	cmake --build build/release --target lotbook
	tools/package.sh build/release/lotbook dist
