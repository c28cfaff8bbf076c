#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# A real gateway, and a client that knows nothing but proto/: node_client.sh SOURCE BUILD
set -euo pipefail
root=$1
export PRESET
PRESET=$(basename "$2")
source "$root/resources/demo/demo.sh"
work=$(mktemp -d)
trap 'stop_sites "$work"; rm -rf "$work"' EXIT
lay_out "$work" 1 >/dev/null
start_sites "$work"
echo '{"projects": [{"site": "lyon", "id": "open-data", "name": "Open data", "tenant_type": "public"}]}' >"$work/apply.json"
ctl --timeout 30 apply "$work/apply.json" >/dev/null
modules=$2/tests/journeys/node
mkdir -p "$modules"
cp "$root"/tests/journeys/node/package*.json "$modules/"
[ -d "$modules/node_modules/@grpc/grpc-js" ] || (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund --silent)
cd "$modules"
node "$root/tests/journeys/node/client.mjs" "$root/proto" "$work" lyon "$(cat "$work/sites/lyon/state/endpoint")"
