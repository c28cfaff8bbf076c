#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# The console's start, with a federation of ten sites none of which answers, beside a bare Qt Widgets window.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/resources/demo/demo.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lay_out "$work" 10 >&2
python3 "$root/tests/bench/console_rounds.py" "$work" "$(programs)/console/portulan" "$root/build/${PRESET:-dev}/tests/bench/bare_window"
