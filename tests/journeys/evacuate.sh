#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# Four real gateways; one of them is emptied while another is killed and comes back: evacuate.sh SOURCE BUILD
set -euo pipefail
root=$1
export PRESET
PRESET=$(basename "$2")
source "$root/resources/demo/demo.sh"
work=$(mktemp -d)
trap 'stop_sites "$work"; rm -rf "$work"' EXIT
lay_out "$work" 4 >/dev/null
start_sites "$work"
python3 "$root/tests/journeys/evacuate.py" "$work" "$2"
