#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Tries the committed state on a bare Debian 12, as a newcomer has it: a minimal root made by debootstrap.
# Needs root, debootstrap and git.  tools/try_bare.sh [--install-only] [--keep] [FOLDER]
#   --install-only  try the installation of packages, do not build
#   --keep          leave the root there, to look at or to use again; it is reused if FOLDER has one
#   FOLDER          where to make it (default: a temporary folder)
# Where packages come from is read from this machine's own apt settings; no address is written down here.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
suite=bookworm

refuse() { printf 'try_bare: %s\n' "$1" >&2; exit 1; }
step() { printf '\n== %s (%d s)\n' "$1" "$SECONDS"; }

install_only=no keep=no folder=
for argument in "$@"; do
  case $argument in
    --install-only) install_only=yes ;;
    --keep) keep=yes ;;
    -*) refuse "unknown option $argument" ;;
    *) folder=$argument ;;
  esac
done
[ "$(id -u)" -eq 0 ] || refuse "only root may make a system root; run it with sudo"
for tool in debootstrap git chroot; do command -v $tool >/dev/null || refuse "$tool is missing: apt-get install $tool"; done
if [ -n "$folder" ]; then mkdir -p "$folder" && root=$(cd "$folder" && pwd); else root=$(mktemp -d); fi
[ "$root" != / ] || refuse "not into the root of this machine"
if [ -n "$(ls -A "$root")" ] && [ ! -f "$root/.lotbook-bare" ]; then refuse "$root is not empty and not made by this script"; fi

clean() {
  umount "$root/proc" 2>/dev/null || true
  if mountpoint -q "$root/proc"; then echo "try_bare: $root/proc is still in use; left in place" >&2; return; fi
  [ $keep = yes ] || rm -rf --one-file-system "$root"
}
trap clean EXIT
trap 'exit 130' INT TERM

# "address suite component" of each package list that this machine's apt knows, the distribution's own first.
sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
  awk -v suite=$suite '$2 == suite || $2 == suite "-updates" || $2 == suite "-security"' | sort -u)
mirror=$(awk -v suite=$suite '$2 == suite && $3 == "main" { print $1; exit }' <<<"$sources")
[ -n "$mirror" ] || refuse "apt here knows no source of $suite"
proxy=$(apt-config shell value Acquire::http::Proxy | sed -n "s/^value='\(.*\)'$/\1/p")
[ -z "$proxy" ] || [ "$proxy" = DIRECT ] || export http_proxy=$proxy

step "a bare Debian 12"
if [ ! -f "$root/.lotbook-bare" ]; then
  debootstrap --variant=minbase $suite "$root" "$mirror" >"$root.log" 2>&1 || { tail -5 "$root.log" >&2; refuse "debootstrap failed"; }
  rm -f "$root.log"
  awk '{ print "deb", $1, $2, $3 }' <<<"$sources" >"$root/etc/apt/sources.list"
  touch "$root/.lotbook-bare"
fi
cp /etc/resolv.conf /etc/hosts "$root/etc/"
[ -z "${http_proxy:-}" ] || printf 'Acquire::http::Proxy "%s";\n' "$http_proxy" >"$root/etc/apt/apt.conf.d/90proxy"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"

inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CI=true chroot "$root" /bin/bash -euc "$1" </dev/null; }

step "git and a clone"
inside 'command -v git >/dev/null || { export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update && apt-get -qq -y --no-install-recommends install git >/dev/null 2>&1; }'
git -C "$here" bundle create -q "$root/srv/lotbook.bundle" HEAD
inside 'rm -rf /srv/lotbook && git -c advice.detachedHead=false clone -q /srv/lotbook.bundle /srv/lotbook'

if [ $install_only = yes ]; then
  for what in build test build\ test; do
    step "tools/install.sh $what"
    inside "cd /srv/lotbook && tools/install.sh $what"
  done
else
  step "./run --check-only"
  inside 'cd /srv/lotbook && ./run --check-only --port 18080'
  step "./run --check-only, the second time"
  inside 'cd /srv/lotbook && ./run --check-only --port 18080'
  step "./test"
  inside 'cd /srv/lotbook && ./test'
fi
step "all is well"
