#!/bin/bash
# Checks how an installed program was compiled and linked, and runs it in a Debian 12 that has nothing but the packages
# of its libraries: no Swift, no tools.
#
#   check-install.sh FOLDER    FOLDER is what `make install DESTDIR=FOLDER` filled. Needs root, for chroot(8).
set -euo pipefail

installed=$(realpath "$1")
program=$installed/usr/local/bin/rollcall
debian=$(mktemp -d)
trap 'umount "$debian/proc" 2>/dev/null; rm -rf --one-file-system "$debian"' EXIT

# One line for each check: found TEXT PATTERN, or missing TEXT PATTERN, in standard input.
faults=0
line() { printf '%-9s%s\n' "$1" "$2"; [ "$1" = ok ] || faults=$((faults + 1)); }
found() { if grep -qE -- "$2"; then line ok "$1"; else line FAILED "$1"; fi; }
missing() { if grep -E -- "$2" | sort -u | head -5 | grep .; then line FAILED "$1"; else line ok "$1"; fi; }

missing "no search path for libraries (RPATH, RUNPATH)" '\((RPATH|RUNPATH)\)' < <(readelf -dW "$program")
found "bound before it runs (BIND_NOW)" '\(FLAGS_1\).* NOW' < <(readelf -dW "$program")
found "read-only once bound (GNU_RELRO)" '^ *GNU_RELRO ' < <(readelf -lW "$program")
found "at a random place (PIE)" '\(FLAGS_1\).* PIE' < <(readelf -dW "$program")
found "the stack's permissions are declared (GNU_STACK)" '^ *GNU_STACK ' < <(readelf -lW "$program")
missing "no executable stack" '^ *GNU_STACK .* RWE ' < <(readelf -lW "$program")
missing "no memory that is writable and executable" '^ *LOAD .* RWE ' < <(readelf -lW "$program")
found "stack protector (__stack_chk_fail)" ' __stack_chk_fail@' < <(readelf -W --dyn-syms "$program")
found "checked C functions (_FORTIFY_SOURCE)" ' __(mem|str|v?sn?printf|read|poll)[a-z]*_chk@' < <(readelf -W --dyn-syms "$program")
missing "no debug information, no symbols" ' \.(debug_[a-z]+|symtab) ' < <(readelf -SW "$program")
repository=$(cd "$(dirname "$0")/.." && pwd)
missing "no path of the build" "$(printf %s "$repository/" | sed 's/[][\.*^$+?(){}|]/\\&/g')" < <(strings -a "$program")
[ "$faults" = 0 ] || { echo "$program: $faults of these failed; see RELEASE in the Makefile, and Package.swift."; exit 1; }

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
mkdir "$debian/practice"
cp -a "$(dirname "$0")/../samples" "$debian/practice/samples"
chown -R 65534:65534 "$debian/practice"
# Swift finds a program's arguments there, and takes it that there are none where it is missing.
mount -t proc proc "$debian/proc"
chroot --userspec=65534:65534 "$debian" env -i HOME=/practice PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 sh -euc '
  cd /practice
  rollcall --version
  rollcall invite samples/invites.csv --sandbox --yes
  rollcall review --sandbox --out reviews/practice
  rollcall verify reviews/practice
  test -s samples/invites.practice.results.csv
  test "$(rollcall help exit-status | grep -c "^  130 ")" = 1
  test -s /usr/local/share/man/man1/rollcall-invite.1
  bash -c ". /usr/local/share/bash-completion/completions/rollcall"
'
echo "The program works on Debian 12 with these packages alone."
