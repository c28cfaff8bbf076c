#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# The demonstration federation: how soon its machines run, what it costs at rest, and the longest stall of the window's event loop while the
# console is driven through its main job in both languages.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/resources/demo/demo.sh"
say() { :; }
work=$(mktemp -d)
trap 'stop_sites "$work"; rm -rf "$work"' EXIT
lay_out "$work" 10 >&2
began=$(date +%s%N)
start_sites "$work" >&2
populate 0 >&2
ctl --output json instance list >"$work/instances.json"
python3 "$root/tests/bench/demo_rest.py" "$work" "$began"
time_passes "$work" >&2
tour "$work" "" >&2
python3 - "$work/summary.json" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    summary = json.load(file)
print(json.dumps({"metric": "demo_headless.longest_stall_of_event_loop", "unit": "CPU ms", "value": summary["longest_stall_cpu_ms"], "limit": 50}))
print(json.dumps({"metric": "demo_headless.main_job", "unit": "s", "value": summary["seconds"]}))
print(f"the longest stall was in {summary['longest_stall_in']}", file=sys.stderr)
PYTHON
