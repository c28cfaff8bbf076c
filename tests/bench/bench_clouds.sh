#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# 20 000 servers of a real OpenStack, listed by a gateway that knows nothing yet, beside the bare pages of its API; then what a refresh costs.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d /tmp/portulan-XXXXXX)
openstack="$root/tests/peers/openstack/openstack.sh"
trap 'bash "$openstack" gone "$work/os" >&2; rm -rf "$work"' EXIT
bash "$openstack" up "$work/os" >&2
python3 "$root/tests/bench/clouds_rounds.py" "$work" "$openstack" "$root/build/${PRESET:-dev}/app" "${PORTULAN_BENCH_SERVERS:-20000}"
