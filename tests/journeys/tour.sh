#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# The demonstration federation and the console's main job on it, in one language: tour.sh SOURCE BUILD
set -euo pipefail
root=$1
PRESET=$(basename "$2")
export PRESET
source "$root/resources/demo/demo.sh"
say() { echo "$*"; }
work=$(mktemp -d)
trap 'stop_sites "$work"; rm -rf "$work"' EXIT
lay_out "$work" 10
start_sites "$work"
populate 0
time_passes "$work"
tour "$work" fr
# The migration the tour ordered has its certificate, at both ends the same; it is genuine, and not any more with one byte changed.
read -r operation arrived < <(ctl --output json operation list | python3 -c '
import json, sys
operations = json.load(sys.stdin)["items"]
moved = next(o for o in operations if o["kind"] == "migrate" and not o["part_of"])
print(moved["id"], next(o["id"] for o in operations if o["kind"] == "migrate.incoming" and o["migration"] == moved["migration"]))')
ctl certificate get "$operation" --file "$work/certificate.json"
ctl certificate get "$arrived" | cmp - "$work/certificate.json"
ctl certificate verify "$work/certificate.json"
sed 's/"signature": "./"signature": "*/' "$work/certificate.json" >"$work/changed.json"
! ctl certificate verify "$work/changed.json"
# Dublin is left: nothing is owned there any more, and each move has a certificate that verifies.
for certificate in "$work"/evacuation/*.json; do ctl certificate verify "$certificate"; done
python3 - "$work" <<'PYTHON'
import glob, json, sys
summary = json.load(open(sys.argv[1] + "/summary.json"))
pictures = glob.glob(sys.argv[1] + "/*.png")
assert summary["done"] and summary["sites"] == 10 and summary["instances"] >= 18, summary
assert len(pictures) >= 30, len(pictures)
assert len(glob.glob(sys.argv[1] + "/evacuation/*.json")) == 7 and glob.glob(sys.argv[1] + "/evacuation/evacuation.pdf")
PYTHON
