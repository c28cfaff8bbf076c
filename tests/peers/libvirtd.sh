#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# A real libvirtd of one's own, in a directory, without root's rights, systemd or D-Bus.
#   libvirtd.sh up DIR     starts it, prints its URI once it answers; again after a death: the machines it had are found again
#   libvirtd.sh kill DIR   kills the daemon only; machines go on
#   libvirtd.sh down DIR   ends every machine and the daemon
# DIR must be short: a socket's path has at most 107 bytes.
set -euo pipefail
verb=$1 dir=$(realpath -m "$2")
socket=$dir/run/libvirt/libvirt-sock
uri="qemu+unix:///session?socket=$socket"

up() {
  mkdir -p "$dir"/{run,config/libvirt,cache,data,home,images}
  [ -s "$dir/config/libvirt/libvirtd.conf" ] || {
    printf '%s\n' "log_outputs = \"3:file:$dir/libvirtd.log\"" "host_uuid = \"$(cat /proc/sys/kernel/random/uuid)\"" \
      "unix_sock_dir = \"$dir/run/libvirt\"" 'auth_unix_rw = "none"' 'auth_unix_ro = "none"' >"$dir/config/libvirt/libvirtd.conf"
    # virtlogd and the security drivers are the system's.
    printf '%s\n' 'stdio_handler = "file"' 'security_driver = "none"' >"$dir/config/libvirt/qemu.conf"
  }
  chmod 700 "$dir/run"
  local start=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$dir/home" XDG_RUNTIME_DIR="$dir/run" XDG_CONFIG_HOME="$dir/config"
    XDG_CACHE_HOME="$dir/cache" XDG_DATA_HOME="$dir/data")
  if [ "$(id -u)" = 0 ]; then
    chown -R nobody: "$dir"
    start=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups "${start[@]}")
  fi
  rm -f "$socket"
  setsid "${start[@]}" /usr/sbin/libvirtd --config "$dir/config/libvirt/libvirtd.conf" --pid-file "$dir/run/libvirtd.pid" >"$dir/libvirtd.out" 2>&1 </dev/null &
  echo $! >"$dir/daemon"
  for _ in $(seq 300); do
    [ -S "$socket" ] && virsh -q -c "$uri" version >/dev/null 2>&1 && { echo "$uri"; return; }
    kill -0 "$(cat "$dir/daemon")" 2>/dev/null || break
    sleep 0.1
  done
  cat "$dir/libvirtd.out" "$dir/libvirtd.log" >&2 2>/dev/null || true
  exit 1
}

end_daemon() {
  local pid
  pid=$(cat "$dir/daemon" 2>/dev/null) || return 0
  kill "-$1" "$pid" 2>/dev/null || true
  for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
  rm -f "$dir/daemon"
}

case $verb in
  up) up ;;
  kill) end_daemon KILL ;;
  down)
    for domain in $(virsh -q -c "$uri" list --uuid 2>/dev/null); do virsh -q -c "$uri" destroy "$domain" >/dev/null; done
    end_daemon TERM ;;
  *) echo "libvirtd.sh up|kill|down DIR" >&2; exit 2 ;;
esac
