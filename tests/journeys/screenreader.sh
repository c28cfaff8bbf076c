#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# The real console on a private X server and accessibility bus, over a federation of three gateways, read and driven as a screen reader
# does: screenreader.sh SOURCE BUILD
set -euo pipefail
root=$1
PRESET=$(basename "$2")
export PRESET
here=$(cd "$(dirname "$0")" && pwd)
source "$root/resources/demo/demo.sh"
say() { echo "$*"; }
work=$(mktemp -d)
server=
cleanup() {
  stop_sites "$work"
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
lay_out "$work" 3
start_sites "$work"

export HOME=$work/home XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/home/config XDG_CACHE_HOME=$work/home/cache
mkdir -p -m 700 "$HOME" "$XDG_RUNTIME_DIR"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$work/display" >/dev/null 2>&1 &
server=$!
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$work/display")
export DISPLAY QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_ACCESSIBILITY=1 LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY AT_SPI_BUS_ADDRESS
dbus-run-session -- bash -c '
  /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
  bus=$!
  "$1" --demo --lang fr --theme light --federation "$2/federation.json" >"$2/console.log" 2>&1 &
  console=$!
  status=0
  # Debian packages pyatspi for its own python3 only.
  timeout 120 /usr/bin/python3 "$3/screenreader.py" "$console" || status=$?
  [ $status = 0 ] || cat "$2/console.log"
  # Settings that are to be forgotten are written nowhere: root could replace a device by a file of its name.
  [ -c /dev/null ] || { echo "screenreader: /dev/null is no device any more"; status=1; }
  kill $console $bus 2>/dev/null || true
  wait $console $bus 2>/dev/null || true
  exit $status' _ "$(programs)/console/portulan" "$work" "$here"
