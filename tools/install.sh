#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing of the packages in tools/packages.txt:  tools/install.sh build [test]
#
# Nothing is downloaded when nothing is missing, and nothing that is installed is ever removed for it.
# The one question a person may meet is sudo's own, for the password, and only at a terminal.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
refuse() { say "install: $1"; shift; for line in "$@"; do say "  $line"; done; exit 1; }
installed_of() { dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | awk '$1 == "installed" { print $2 }' || true; }

[ $# -gt 0 ] || refuse "say what for: tools/install.sh build [test]"
wanted=()
for section in "$@"; do
  mapfile -t found < <(awk -v want="[$section]" \
    '/^\[/ { here = ($1 == want); next } here && NF && !/^#/ { print $1 }' tools/packages.txt)
  [ ${#found[@]} -gt 0 ] || refuse "tools/packages.txt has no section [$section]"
  wanted+=("${found[@]}")
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  refuse "this is no Debian, so the packages cannot be installed from here." \
    "Install what these are called on your system, then start with LOTBOOK_NO_INSTALL=1 set:" "${wanted[*]}"
fi

installed=$(installed_of "${wanted[@]}")
missing=()
for package in "${wanted[@]}"; do
  grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
by_hand="apt-get install --no-install-recommends ${missing[*]}"

if [[ " ${missing[*]} " == *" libboost1.81-dev "* ]]; then
  in_the_way=$(installed_of 'libboost1.*-dev' bjam boost-build |
    awk '/^(libboost1\.[0-9]+-dev|bjam|boost-build)$/ { printf "%s%s", gap, $1; gap = " " }')
  [ -z "$in_the_way" ] || refuse "another Boost is installed ($in_the_way), and Debian allows only one at a time." \
    "Lotbook needs 1.81. If nothing else on this machine needs the other, remove it and start again:" \
    "  apt-get remove $in_the_way" \
    "Otherwise build Lotbook in a container of its own."
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || refuse "packages are missing, and there is no sudo to install them with. As root:" "$by_hand"
  if sudo -n true 2>/dev/null; then as_root=(sudo -n)
  elif [ -t 0 ] && [ -z "${CI:-}" ]; then as_root=(sudo)
  else refuse "packages are missing, and sudo wants a password here. As root:" "$by_hand"
  fi
fi

apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a apt-get -qq -y \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@" </dev/null
}

say "Installing ${#missing[@]} packages: ${missing[*]}"
# A dead source of something else must not stop us: if the lists at hand are good enough, go on with them.
apt update || say "install: some package lists could not be read; trying with those at hand."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! apt --no-remove --no-install-recommends install "${missing[@]}" >"$log" 2>&1; then
  cat "$log" >&2
  system=$(. /etc/os-release 2>/dev/null && printf '%s' "${PRETTY_NAME:-}" || true)
  refuse "the packages could not be installed (see above)." \
    "Lotbook is built with the packages of Debian 12; this is ${system:-another system}." "By hand, to see more:" "$by_hand"
fi
