#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes the Debian package and the tarball out of a built program:  tools/package.sh BUILT/lotbook OUT
#
# The version is the one that the program itself tells, and what the package depends on is what the program links to.
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -eq 2 ] || { echo "usage: tools/package.sh BUILT/lotbook OUT" >&2; exit 2; }
built=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
version=$("$built" --version | awk '{ print $2 }')
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The same input gives the same bytes: every file is dated by the change log.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(stat -c %Y CHANGELOG.md)}
date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)

root=$work/root
place() { install -D -m "$1" "$2" "$root/$3"; }
place 755 "$built" usr/bin/lotbook
strip --strip-unneeded "$root/usr/bin/lotbook"
place 644 packaging/lotbook.service lib/systemd/system/lotbook.service
place 640 packaging/lotbook.toml etc/lotbook/lotbook.toml
place 644 packaging/grafana.json usr/share/lotbook/grafana.json
place 755 tools/verify_ledger.py usr/share/lotbook/verify_ledger.py
for page in operate ledger-format import-bundle; do place 644 docs/$page.md usr/share/doc/lotbook/$page.md; done
place 644 LICENSE usr/share/doc/lotbook/copyright
mkdir -p "$root/usr/share/man/man1" "$root/usr/share/bash-completion/completions"
"$built" man | gzip -9n >"$root/usr/share/man/man1/lotbook.1.gz"
gzip -9nc CHANGELOG.md >"$root/usr/share/doc/lotbook/changelog.gz"
"$built" completion bash >"$root/usr/share/bash-completion/completions/lotbook"

# What a bare machine needs to run it. dpkg-shlibdeps wants to stand in a source package.
mkdir -p "$work/debian"
printf 'Source: lotbook\n\nPackage: lotbook\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/lotbook 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo "package: dpkg-shlibdeps names no package" >&2; exit 1; }
depends="$depends, tzdata"

# The tarball is for machines without dpkg: the same files under one folder.
find "$root" -print0 | xargs -0 touch -h -d "$date"
tar -C "$work" --transform "s,^root,lotbook-$version," --sort=name --owner=0 --group=0 --numeric-owner -czf \
  "$out/lotbook-$version-$architecture.tar.gz" root

mkdir -p "$root/DEBIAN"
sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@DEPENDS@/$depends/" \
  -e "s/@SIZE@/$(du -sk "$root" | cut -f1)/" packaging/control >"$root/DEBIAN/control"
echo /etc/lotbook/lotbook.toml >"$root/DEBIAN/conffiles"
install -m 755 packaging/postinst packaging/prerm packaging/postrm "$root/DEBIAN/"
(cd "$root" && find usr lib -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -print0 | xargs -0 touch -h -d "$date"
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/lotbook_${version}_$architecture.deb" >/dev/null
ls -l "$out/lotbook_${version}_$architecture.deb" "$out/lotbook-$version-$architecture.tar.gz"
