#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# Runs a program on a desktop of its own: keyring.sh unlocked|bus|none PROGRAM ARGUMENTS… – with a keyring that answers, with a bus alone, or
# with neither. Home and configuration are thrown away, so that nobody's own keyring is touched.
set -euo pipefail
kind=$1
shift
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_DATA_HOME=$home/share XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run
mkdir -p -m 700 "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME/keyrings" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"
unset DISPLAY WAYLAND_DISPLAY
case $kind in
  none) DBUS_SESSION_BUS_ADDRESS=unix:path=$home/no-bus "$@" ;;
  bus)
    # A bus that knows no services to start: the name stays the program's own.
    cat >"$home/bus.conf" <<XML
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=$home/run</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
XML
    dbus-run-session --config-file="$home/bus.conf" -- "$@" ;;
  unlocked)
    dbus-run-session -- bash -c '
      printf test | gnome-keyring-daemon --foreground --unlock --components=secrets >"$HOME/keyring.log" 2>&1 &
      keyring=$!
      for _ in $(seq 100); do
        dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null |
          grep -q true && break
        sleep 0.1
      done
      status=0
      "$@" || status=$?
      kill "$keyring" 2>/dev/null || true
      wait "$keyring" 2>/dev/null || true
      exit "$status"' _ "$@" ;;
  *) echo "keyring.sh: unknown desktop $kind" >&2; exit 2 ;;
esac
