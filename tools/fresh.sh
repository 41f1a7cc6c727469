#!/bin/sh
# Follows the README word by word in an empty Debian 12: needs root, debootstrap and the network of this machine.
#   tools/fresh.sh [FOLDER]   FOLDER: where the new system is made (default: under /var/tmp); it is removed at the end
# FRESH_TARGETS: what to make there (default: demo test).
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo "make fresh needs root (chroot)" >&2; exit 2; }
command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap >/dev/null; }
root=${1:-$(mktemp -d /var/tmp/casefile-fresh.XXXXXX)}
chmod 755 "$root"
cleanup() {
  for mount in proc sys dev/pts dev/shm dev .; do umount -l "$root/$mount" 2>/dev/null || true; done
  rm -rf --one-file-system "$root" "$root.log"
}
trap cleanup EXIT INT TERM
[ -e "$root/bin/sh" ] || debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$root.log" 2>&1 || { tail "$root.log"; exit 1; }
mount --bind "$root" "$root" # a mount point of its own: Java asks for the one its files are on
for mount in proc sys dev dev/pts dev/shm; do mkdir -p "$root/$mount"; mount --bind "/$mount" "$root/$mount"; done
# How this machine reaches its package registries, and nothing else of it.
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp -r /etc/apt/sources.list.d/debian.sources "$root/etc/apt/sources.list.d/" 2>/dev/null && : > "$root/etc/apt/sources.list" || true
if ls /usr/local/share/ca-certificates/*.crt >/dev/null 2>&1; then
  cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
  chroot "$root" update-ca-certificates >/dev/null 2>&1
  printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n' > "$root/etc/pip.conf"
fi
# README, "Try it": the first line and two commands, from a clone of what is committed here.
run() { echo "fresh: $*"; chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 CI="${CI:-}" sh -euc "$*"; }
run 'apt-get update -qq && apt-get install -y git make >/dev/null'
git -C "$here" bundle create -q "$root/root/casefile.bundle" HEAD
run 'cd /root && rm -rf casefile && git clone -q casefile.bundle casefile && cd casefile && git log --oneline -1'
for target in ${FRESH_TARGETS:-demo test}; do
  start=$(date +%s)
  run "cd /root/casefile && make $target"
  echo "fresh: make $target took $(( $(date +%s) - start )) s"
done
