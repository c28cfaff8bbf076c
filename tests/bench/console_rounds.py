#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""console_rounds.py DIR CONSOLE BARE: what a program spends until its window is usable, the console's beside a bare window's.

Both under one Xvfb with Qt's xcb platform, as users have it, alternating. Usable: the window is on the screen, painted, and its event loop is
idle: its thread has used less than half a millisecond in sixty. What every thread of the program has used by then is counted. Memory is the
proportional set at that moment. DIR holds a federation.json whose sites do not answer.
Prints a JSON line per round and metric.
"""
import json
import os
import subprocess
import sys
import time

from xwindows import Display

ROUNDS = 5
BEAT = 0.005
QUIET_BEATS, QUIET_SECONDS = 12, 0.0005
PEER = "bare Qt Widgets window"
LIMITS = {"cpu": 3, "memory": 2.5}


def processor(pid):
    return time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid() has it: every thread, also those that have ended


def event_loop(pid):
    """Processor seconds of the first thread, whose loop delivers the window's events."""
    with open(f"/proc/{pid}/task/{pid}/schedstat", encoding="ascii") as counted:
        return int(counted.read().split()[0]) / 1e9


def proportional_set(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return next(int(line.split()[1]) * 1024 for line in rollup if line.startswith("Pss:"))


def start(words, display, screen, home):
    """Processor seconds, wall seconds and memory until the window is usable."""
    env = dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8", HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home)
    env.pop("DBUS_SESSION_BUS_ADDRESS", None)
    began = time.monotonic()
    program = subprocess.Popen(words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        spent = []  # (when, processor seconds of the program, of its event loop), one a beat
        while True:
            time.sleep(BEAT)
            spent.append((time.monotonic() - began, processor(program.pid), event_loop(program.pid)))
            if len(spent) <= QUIET_BEATS:
                continue
            when, _, before = spent[-1 - QUIET_BEATS]
            if spent[-1][2] - before < QUIET_SECONDS and screen.shows(600, 400):
                return {"cpu": spent[-1][1], "wall": when, "memory": proportional_set(program.pid)}
            if spent[-1][0] > 30:
                sys.exit(f"{words[0]} does not become idle")
    finally:
        program.kill()
        program.wait()


def main():
    folder, console, bare = sys.argv[1:4]
    home = os.path.join(folder, "home")
    os.makedirs(home, exist_ok=True)
    readable, writable = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writable), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"], pass_fds=[writable],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writable)
    try:
        with os.fdopen(readable, encoding="ascii") as told:
            display = ":" + told.readline().strip()
        screen = Display(display)
        commands = {"ours": [console, "--federation", os.path.join(folder, "federation.json"), "--demo", "--lang", "en"], "theirs": [bare]}
        for words in commands.values():
            start(words, display, screen, home)  # caches are warm for both
        for _ in range(ROUNDS):
            figures = {which: start(words, display, screen, home) for which, words in commands.items()}
            for metric, unit, scale in (("cpu", "ms", 1e-3), ("memory", "MiB", 1 << 20), ("wall", "ms", 1e-3)):
                row = {"metric": f"console_start_to_usable_window.{metric}", "unit": unit, "value": figures["ours"][metric] / scale, "peer": PEER,
                       "theirs": figures["theirs"][metric] / scale}
                if metric in LIMITS:
                    row["limit"] = LIMITS[metric]
                print(json.dumps(row), flush=True)
        screen.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
