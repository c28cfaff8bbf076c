#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
exec python3 "$(dirname "$0")/transfer_rounds.py" "$@"
