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
operation=$(ctl --output json operation list | python3 -c 'import json, sys; print(next(o["id"] for o in json.load(sys.stdin)["items"] if o["kind"] == "migrate"))')
arrived=$(ctl --output json operation list | python3 -c 'import json, sys; print(next(o["id"] for o in json.load(sys.stdin)["items"] if o["kind"] == "migrate.incoming"))')
ctl certificate get "$operation" --file "$work/certificate.json"
ctl certificate get "$arrived" | cmp - "$work/certificate.json"
ctl certificate verify "$work/certificate.json"
sed 's/"signature": "./"signature": "*/' "$work/certificate.json" >"$work/changed.json"
! ctl certificate verify "$work/changed.json"
python3 - "$work" <<'PYTHON'
import glob, json, sys
summary = json.load(open(sys.argv[1] + "/summary.json"))
pictures = glob.glob(sys.argv[1] + "/*.png")
assert summary["done"] and summary["sites"] == 10 and summary["instances"] >= 18, summary
assert len(pictures) >= 24, len(pictures)
PYTHON
