# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# The demonstration federation: sourced by ./dev, and by the journeys of the tests. Needs $root and the programs built in $root/build/$PRESET.
# Every site is a real gateway process on 127.0.0.1; machines are real QEMU processes. Process ids are in DIR/pids, one a line.

source "$root/resources/demo/realclouds.sh"

programs() { echo "$root/build/${PRESET:-dev}/app"; }
ctl() { "$(programs)/ctl/portulanctl" --federation "$federation_dir/federation.json" "$@"; }

# free_ports N: the first of N consecutive ports that nobody listens on, somewhere below those the kernel hands out.
free_ports() {
  python3 - "$1" <<'PYTHON'
import random, socket, sys
count = int(sys.argv[1])
for attempt in range(200):
    base, held = random.randrange(12000, 30000 - count), []
    try:
        for port in range(base, base + count):
            held.append(socket.socket())
            held[-1].bind(("127.0.0.1", port))
        print(base)
        break
    except OSError:
        pass
    finally:
        for s in held:
            s.close()
PYTHON
}

# lay_out DIR N [clouds]: authority, certificates, one folder a site, federation.json.
lay_out() {
  federation_dir=$1
  mkdir -p "$federation_dir"
  python3 "$root/resources/demo/layout.py" "$root/resources/demo/federation.json" "$2" "$federation_dir/template.json" ${3:-}
  "$(programs)/ctl/portulanctl" federation init --template "$federation_dir/template.json" --dir "$federation_dir" --base-port "$(free_ports "$(($2 + 3))")"
}

# start_site DIR SITE: one gateway, its process id added to DIR/pids.
start_site() {
  local site_dir=$1/sites/$2
  rm -f "$site_dir/state/endpoint"
  "$(programs)/site/portulan-site" --config "$site_dir/site.toml" </dev/null >>"$site_dir/gateway.log" 2>&1 &
  echo $! >"$site_dir/gateway.pid"
  echo $! >>"$1/pids"
}

# start_sites DIR: all of them, and waits until each listens.
start_sites() {
  local site
  : >"$1/pids"
  for site in "$1"/sites/*/; do start_site "$1" "$(basename "$site")"; done
  for site in "$1"/sites/*/; do await_site "$1" "$(basename "$site")"; done
}

# stop_sites DIR: gateways end, then the machines they ran (which would outlive them).
stop_sites() {
  local pid
  [ -e "$1/pids" ] || return 0
  while read -r pid; do kill "$pid" 2>/dev/null || true; done <"$1/pids"
  while read -r pid; do
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  done <"$1/pids"
  for pid in $(cat "$1"/sites/*/state/disks/machines/*/pid 2>/dev/null); do
    if [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q "^[^ ]*qemu.*$1/"; then kill "$pid" 2>/dev/null || true; fi
  done
  rm -f "$1/pids"
  stop_clouds "$1"
}

# The flaky site: its gateway is suspended for 20 s every two minutes, as a link that comes and goes would do.
flaky() {
  local pid=$1 parent=$2
  while kill -0 "$parent" 2>/dev/null && kill -0 "$pid" 2>/dev/null; do
    sleep 100
    kill -STOP "$pid" 2>/dev/null || return 0
    sleep 20
    kill -CONT "$pid" 2>/dev/null || return 0
  done
}

# A Debian guest's disk (downloads a kernel and busybox from Debian).
debian_guest() { bash "$root/resources/demo/debian-guest.sh" "$federation_dir/debian.qcow2"; }

# await_site DIR SITE: until its gateway listens; fails if it has died.
await_site() {
  local site_dir=$1/sites/$2 waited=0
  until [ -s "$site_dir/state/endpoint" ]; do
    kill -0 "$(cat "$site_dir/gateway.pid")" 2>/dev/null || { tail -5 "$site_dir/gateway.log" >&2; return 1; }
    [ $waited -lt 600 ] || { echo "demo: the gateway of $2 does not answer" >&2; return 1; }
    waited=$((waited + 1))
    sleep 0.1
  done
}

# stop_site DIR SITE: its gateway only; its machines go on.
stop_site() {
  local pid
  pid=$(cat "$1/sites/$2/gateway.pid")
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 200); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  sed -i "/^$pid\$/d" "$1/pids"
}

# What has happened since the workloads came: two operators changed hands, a certificate was revoked. Their gateways restart with it and
# find their machines running.
time_passes() {
  local later site
  for later in "$1"/after/*.json; do
    site=$(basename "$later" .json)
    [ -d "$1/sites/$site" ] || continue
    stop_site "$1" "$site"
    cp "$later" "$1/sites/$site/identity.json"
    start_site "$1" "$site"
    await_site "$1" "$site"
  done
}

populate() {
  local images=$federation_dir/images
  mkdir -p "$images"
  cp "$root/build/${PRESET:-dev}/nano/nano.raw" "$images/nano.raw"
  python3 "$root/resources/demo/workloads.py" "$federation_dir" "$1" >"$federation_dir/workloads.json"
  ctl --timeout 120 apply "$federation_dir/workloads.json"
}

demo() {
  local dir='' sites=10 headless= keep= stop= lang='' real_vms= real_clouds=
  while [ $# -gt 0 ]; do
    case $1 in
      --headless) headless=1 ;;
      --keep) keep=1 ;;
      --stop) stop=1 ;;
      --real-vms) real_vms=1 ;;
      --real-clouds) real_clouds=clouds ;;
      --sites) sites=${2:?--sites needs a number}; shift ;;
      --dir) dir=${2:?--dir needs a folder}; shift ;;
      --lang) lang=${2:?--lang needs fr or en}; shift ;;
      *) echo "demo: unknown option $1" >&2; return 2 ;;
    esac
    shift
  done
  [[ $sites =~ ^[0-9]+$ ]] && [ "$sites" -ge 1 ] && [ "$sites" -le 200 ] || { echo "demo: --sites takes a number from 1 to 200" >&2; return 2; }
  [ -z "$headless" ] || [ "$sites" -ge 2 ] || { echo "demo: the main job needs two sites at least: one to leave, one to go to" >&2; return 2; }
  [ -z "$lang" ] || [ "$lang" = fr ] || [ "$lang" = en ] || { echo "demo: --lang takes fr or en" >&2; return 2; }
  dir=$(realpath -m "${dir:-$root/build/demo}")
  if [ -n "$stop" ]; then stop_sites "$dir"; return; fi
  [ -n "$headless" ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || { echo "demo: no display; use --headless" >&2; return 2; }
  build dev
  stop_sites "$dir"
  rm -rf "$dir/sites" "$dir/federation.json" "$dir/users" "$dir"/authority.*
  lay_out "$dir" "$sites" $real_clouds
  trap 'stop_sites "'"$dir"'"' EXIT INT TERM
  if [ -n "$real_clouds" ]; then
    say "Starting real clouds: OpenStack, libvirt, a simulated vCenter"
    start_clouds "$dir"
  fi
  say "Starting $sites gateways"
  start_sites "$dir"
  say "Filling them with demonstration data"
  [ -z "$real_vms" ] || debian_guest
  populate "${real_vms:-0}"
  time_passes "$dir"
  local result=0
  if [ -n "$headless" ]; then
    tour "$dir" "$lang" || result=$?
  else
    if [ -e "$dir/sites/quimper/gateway.pid" ]; then flaky "$(cat "$dir/sites/quimper/gateway.pid")" $$ & fi
    "$(programs)/console/portulan" --federation "$dir/federation.json" --demo ${lang:+--lang "$lang"} || result=$?
  fi
  if [ -n "$keep" ]; then trap - EXIT INT TERM; say "Left running: $dir/pids. End it with ./dev demo --stop --dir $dir"; fi
  return $result
}

tour() {
  local flaky_site=()
  if [ -e "$1/sites/quimper/gateway.pid" ]; then flaky_site=(--flaky-site quimper --flaky-process "$(cat "$1/sites/quimper/gateway.pid")"); fi
  say "Driving the console through its main job"
  QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 "$root/build/${PRESET:-dev}/tests/journeys/portulan-tour" --federation "$1/federation.json" --dir "$1" "${flaky_site[@]}" ${2:+--lang "$2"}
}
