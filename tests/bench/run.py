#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""Runs the benchmarks of tests/bench, writes build/bench/NAME.json and prints one table.

A benchmark is an executable build/dev/tests/bench/bench_NAME or a script tests/bench/bench_NAME.sh that prints JSON lines:
  {"metric", "unit", "value"[, "peer", "theirs"][, "limit"][, "better": "higher"|"lower"]}
`limit` bounds the ratio to the peer if there is one, the value otherwise. The median over the runs is kept; ours and the peer's
alternate inside the benchmark. Exit status 1 if a limit is not kept, 3 if a benchmark did not run.
"""
import json
import os
import platform
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILT = os.path.join(ROOT, "build", "dev", "tests", "bench")
OUT = os.path.join(ROOT, "build", "bench")


def found():
    names = {}
    for folder in (BUILT, os.path.join(ROOT, "tests", "bench")):
        for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            path = os.path.join(folder, entry)
            stem, suffix = os.path.splitext(entry)
            runs = suffix == ".sh" or (suffix == "" and os.path.isfile(os.path.join(ROOT, "tests", "bench", stem + ".cpp")))  # not what is long gone
            if stem.startswith("bench_") and runs and os.path.isfile(path) and os.access(path, os.X_OK):
                names[stem[len("bench_"):]] = path
    return names


def machine():
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        for line in info:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f}"


def lines_of(path, env):
    ended = subprocess.run([path], stdout=subprocess.PIPE, env=env, check=False, text=True)
    if ended.returncode != 0:
        return None
    return [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]


def gather(rows):
    """Rows of one metric over all runs → one result."""
    first = rows[0]
    ours = statistics.median(row["value"] for row in rows)
    theirs = statistics.median(row["theirs"] for row in rows) if "theirs" in first else None
    ratio = ours / theirs if theirs else None
    better = first.get("better", "lower")
    result = {"metric": first["metric"], "unit": first["unit"], "ours": ours, "peer": first.get("peer"), "theirs": theirs, "ratio": ratio, "better": better}
    limit = first.get("limit")
    if limit is not None:
        measured = ours if ratio is None else ratio
        result["limit"] = limit
        result["kept"] = measured <= limit if better == "lower" else measured >= limit
    return result


def show(results):
    print(f"{'metric':52} {'ours':>12} {'unit':8} {'beside':22} {'theirs':>12} {'ratio':>7} {'limit':>8}")
    for r in results:
        number = lambda v: "" if v is None else f"{v:,.3f}" if abs(v) < 100 else f"{v:,.0f}"
        kept = "" if "kept" not in r else "  ok" if r["kept"] else "  MISSED"
        print(f"{r['metric']:52} {number(r['ours']):>12} {r['unit']:8} {r['peer'] or '':22} {number(r['theirs']):>12} {number(r['ratio']):>7} {number(r.get('limit')):>8}{kept}")


def main():
    benches = found()
    wanted = sys.argv[1:] or sorted(benches)
    unknown = [name for name in wanted if name not in benches]
    if unknown:
        sys.exit(f"bench: no such benchmark: {', '.join(unknown)}; there are: {', '.join(sorted(benches))}")
    os.makedirs(OUT, exist_ok=True)
    runs = int(os.environ.get("PORTULAN_BENCH_RUNS", "3"))
    env = dict(os.environ, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"), LC_ALL="C.UTF-8")
    missed = failed = 0
    for name in wanted:
        print(f"\n{name}", flush=True)
        by_metric, done = {}, 0
        for _ in range(runs if not benches[name].endswith(".sh") else 1):  # scripts alternate and repeat by themselves
            rows = lines_of(benches[name], env)
            if rows is None:
                break
            done += 1
            for row in rows:
                by_metric.setdefault(row["metric"], []).append(row)
        if not done:
            print("  did not run to its end")
            failed += 1
            continue
        results = [gather(rows) for rows in by_metric.values()]
        with open(os.path.join(OUT, name + ".json"), "w", encoding="utf-8") as out:
            json.dump({"name": name, "machine": machine(), "runs": max(len(r) for r in by_metric.values()), "results": results}, out, indent=1)
        show(results)
        missed += sum(1 for r in results if r.get("kept") is False)
    sys.exit(3 if failed else 1 if missed else 0)


if __name__ == "__main__":
    main()
