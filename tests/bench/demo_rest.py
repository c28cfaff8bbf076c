#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""demo_rest.py DIR BEGAN: the demonstration federation in DIR, started at BEGAN (ns since 1970): machines running (DIR/instances.json), and what
gateways and machines together hold of memory and spend of a core while nobody asks them anything."""
import glob
import json
import os
import sys
import time

SETTLE, WATCH = 5, 15  # seconds


def processes(folder):
    files = [os.path.join(folder, "pids")] + glob.glob(os.path.join(folder, "sites/*/state/disks/machines/*/pid"))
    for name in files:
        with open(name, encoding="ascii") as file:
            yield from (int(word) for word in file.read().split())


def processor(pid):
    return time.clock_gettime((~pid << 3) | 2)


def proportional_set(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return next(int(line.split()[1]) * 1024 for line in rollup if line.startswith("Pss:"))


def report(metric, unit, value, **more):
    print(json.dumps({"metric": f"demo_18_machines_9_sites.{metric}", "unit": unit, "value": value, **more}), flush=True)


def main():
    folder, began = sys.argv[1], int(sys.argv[2])
    up = (time.time_ns() - began) / 1e9
    with open(os.path.join(folder, "instances.json"), encoding="utf-8") as file:
        running = [item for item in json.load(file)["items"] if item["state"] == "running"]
    sites = {item["id"].split("/")[0] for item in running}
    print(f"{len(running)} machines run on {len(sites)} sites", file=sys.stderr)
    if len(running) < 18 or len(sites) < 9:
        sys.exit("not all machines of the demonstration run")
    report("up", "s", up, limit=30)
    time.sleep(SETTLE)
    pids = list(processes(folder))
    before, since = sum(map(processor, pids)), time.monotonic()
    time.sleep(WATCH)
    spent, took = sum(map(processor, pids)) - before, time.monotonic() - since
    report("cpu_at_rest", "cores", spent / took, limit=1)
    report("memory_at_rest", "MiB", sum(map(proportional_set, pids)) / (1 << 20), limit=1024)


if __name__ == "__main__":
    main()
