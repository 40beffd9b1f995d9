#!/bin/bash
# Runs an installed program in a Debian 12 that has nothing but the packages of its libraries: no Swift, no tools.
#
#   check-install.sh FOLDER    FOLDER is what `make install DESTDIR=FOLDER` filled. Needs root, for chroot(8).
set -euo pipefail

installed=$(realpath "$1")
program=$installed/usr/local/bin/rollcall
debian=$(mktemp -d)
trap 'umount "$debian/proc" 2>/dev/null; rm -rf --one-file-system "$debian"' EXIT

# The libraries that the program itself names; apt knows what those need in turn.
libraries=$(objdump -p "$program" | awk '/NEEDED/ { print $2 }')
packages=$(for library in $libraries; do
  file=$(ldd "$program" | awk -v name="$library" 'index($1, name) { print ($3 ? $3 : $1); exit }')
  dpkg -S "*/$(basename "$(realpath "$file")")" | cut -d: -f1
done | sort -u)
echo "Size: $(du -h "$program" | cut -f1). Packages: $(echo $packages), and ca-certificates for HTTPS."

debootstrap --variant=minbase --include="$(echo ca-certificates $packages | tr ' ' ,)" bookworm "$debian" >"$debian.log" \
  || { cat "$debian.log"; exit 1; }
rm -f "$debian.log"
cp -a "$installed/." "$debian/"
mkdir -m 777 "$debian/practice"
cp -a "$(dirname "$0")/../samples" "$debian/practice/samples"
chmod -R a+rwX "$debian/practice"
# Swift finds a program's arguments there, and takes it that there are none where it is missing.
mount -t proc proc "$debian/proc"
chroot --userspec=65534:65534 "$debian" env -i HOME=/practice PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 sh -euc '
  cd /practice
  rollcall --version
  rollcall invite samples/invites.csv --sandbox --yes
  rollcall review --sandbox --out reviews/practice
  rollcall verify reviews/practice
  test -s samples/invites.results.csv
  test "$(rollcall help exit-status | grep -c "^  130 ")" = 1
  test -s /usr/local/share/man/man1/rollcall-invite.1
  bash -c ". /usr/local/share/bash-completion/completions/rollcall"
'
echo "The program works on Debian 12 with these packages alone."
