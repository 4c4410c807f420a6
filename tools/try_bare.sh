#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Tries the committed state on a bare Debian 12, as a newcomer has it: a minimal root made by debootstrap.
# Needs root, debootstrap and git.  tools/try_bare.sh [--install-only | --package=FILE] [--keep] [FOLDER]
#   --install-only  try the installation of packages, do not build
#   --package=FILE  instead: install this Lotbook package, and go through docs/operate.md with it
#   --keep          leave the root there, to look at or to use again; it is reused if FOLDER has one
#   FOLDER          where to make it (default: a temporary folder)
# Where packages come from is read from this machine's own apt settings; no address is written down here.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
suite=bookworm

refuse() { printf 'try_bare: %s\n' "$1" >&2; exit 1; }
step() { printf '\n== %s (%d s)\n' "$1" "$SECONDS"; }

install_only=no keep=no folder= package=
for argument in "$@"; do
  case $argument in
    --install-only) install_only=yes ;;
    --package=*) package=$(realpath "${argument#*=}") ;;
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

try_package() {
  step "the package is installed"
  cp "$package" "$root/srv/lotbook.deb"
  inside 'export DEBIAN_FRONTEND=noninteractive; apt-get -qq update
    apt-get -qq -y --no-install-recommends install --reinstall /srv/lotbook.deb 2>&1 | tail -3; lotbook --version; id lotbook'
  step "a book is made, served, backed up, and a restore rehearsed"
  inside 'cd /; rm -rf /var/lib/lotbook/*; runuser -u lotbook -- lotbook create /var/lib/lotbook/lotbook.book --name "Bare" --time-zone Europe/Berlin
    setpriv --reuid lotbook --regid lotbook --init-groups lotbook serve --config /etc/lotbook/lotbook.toml >/tmp/said 2>/tmp/log & server=$!
    for _ in $(seq 100); do grep -q Serving /tmp/said && break; sleep .1; done
    exec 3<>/dev/tcp/127.0.0.1/8080; printf "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" >&3
    grep -q "\"ready\":true" <&3; exec 3>&-
    runuser -u lotbook -- lotbook backup /var/lib/lotbook/by-hand.book --book /var/lib/lotbook/lotbook.book
    kill $server; wait $server
    ls /var/lib/lotbook/backups/lotbook-*Z.book
    runuser -u lotbook -- lotbook rehearse-restore --book /var/lib/lotbook/lotbook.book --from /var/lib/lotbook/by-hand.book'
  step "the book is lost, restored, and its past accepted"
  inside 'cd /; as() { runuser -u lotbook -- lotbook "$@" --book /var/lib/lotbook/lotbook.book; }
    as set-place LATER Later --kind site; mv /var/lib/lotbook/lotbook.book /var/lib/lotbook/lotbook.broken
    rm -f /var/lib/lotbook/lotbook.book-wal /var/lib/lotbook/lotbook.book-shm
    runuser -u lotbook -- lotbook restore --from /var/lib/lotbook/by-hand.book --to /var/lib/lotbook/lotbook.book
    code=0; as set-place X X --kind site || code=$?; [ $code = 5 ]
    as accept-past --reason "disk replaced"; as set-place X X --kind site; as verify'
  step "an older book is upgraded"
  python3 -c 'import sqlite3, sys; b = sqlite3.connect(sys.argv[1]); b.executescript("drop table checkpoint; delete from schema_version where version = 2; delete from setting where name = \x27checkpoint_key\x27")' \
    "$root/var/lib/lotbook/lotbook.book"
  inside 'cd /; runuser -u lotbook -- lotbook set-place Y Y --kind site --book /var/lib/lotbook/lotbook.book
    ls /var/lib/lotbook/lotbook.book.before-schema-*; runuser -u lotbook -- lotbook verify --book /var/lib/lotbook/lotbook.book'
  step "it is installed again, and purged: the book stays"
  inside 'export DEBIAN_FRONTEND=noninteractive; apt-get -qq -y install --reinstall /srv/lotbook.deb 2>&1 | tail -1
    apt-get -qq -y purge lotbook 2>&1 | tail -2; [ ! -e /usr/bin/lotbook ]; [ ! -e /etc/lotbook/lotbook.toml ]; ls -l /var/lib/lotbook/lotbook.book'
}

if [ -n "$package" ]; then
  try_package
  step "all is well"
  exit 0
fi

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
