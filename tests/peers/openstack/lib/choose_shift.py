# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""Prints a number that, added to OpenStack's usual ports, gives ports nobody listens on."""
import random
import socket
import sys

PORTS = (5000, 6200, 6201, 6202, 8080, 8774, 8776, 8778, 9292, 9696)


def is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind(('127.0.0.1', port))
        except OSError:
            return False
    return True


for _ in range(1000):
    shift = random.randrange(10000, 22000)          # below the ports the kernel hands out
    if all(is_free(port + shift) for port in PORTS):
        print(shift)
        sys.exit(0)
sys.exit('no free ports')
