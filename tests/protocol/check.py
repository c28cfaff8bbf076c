#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""Searches every state of the migration protocol (migration.pml), and of what is believed of bytes in passes (passes.pml), with spin; says how many.

usage: check.py SOURCE_TREE SCRATCH_DIRECTORY STEPS_PROGRAM

Fails if a property does not hold, if a search was cut short, if a rule taken away (mutants.pml) goes unnoticed, or if the model has other
steps, ways or calls than the code.
"""
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys

MEMORY = 2 << 30
DEPTH = 200_000


class Program:
    """The searching program that spin makes of the model, for safety or for liveness."""

    def __init__(self, scratch, model, liveness, name="migration"):
        self.where = scratch / (name + ("-liveness" if liveness else "-safety"))
        self.how = ["-a", "-f"] if liveness else []
        shutil.copytree(model, self.where)
        run(["spin", "-a", *(["-DLIVENESS"] if liveness else []), f"{name}.pml"], self.where)
        # Without partial-order reduction: it does not go with the crashes, and the whole fits.
        options = ["-O2", "-w", "-DCOLLAPSE", "-DNOREDUCE", f"-DMEMLIM={MEMORY >> 20}"] + ([] if liveness else ["-DSAFETY", "-DNOCLAIM"])
        run(["gcc", *options, "-o", "pan", "pan.c"], self.where)


class Search:
    """One exhaustive search, of the protocol as it is or without one of its rules."""

    def __init__(self, program, without="0", live=False):
        self.where = program.where
        self.live = live
        self.said = run(["./pan", f"-m{DEPTH}", *program.how], self.where, without, live)

    def number(self, pattern):
        found = re.search(pattern, self.said)
        return int(float(found.group(1))) if found else -1

    @property
    def errors(self):
        return self.number(r"errors: (\d+)")

    @property
    def states(self):
        return self.number(r"(\d\S*) states, stored")

    @property
    def violated(self):
        found = re.search(r"^pan:\d+: (.*) \(at depth", self.said, re.M)
        return found.group(1) if found else ""

    def check_complete(self, name):
        cut = [line for line in self.said.splitlines() if re.search(r"too small|not completed|truncat|out of memory|memory limit", line)]
        if self.errors or cut or self.states < 1000:
            trail = subprocess.run(["./pan", "-r"], cwd=self.where, capture_output=True, text=True, env=environment("0", self.live)).stdout[-6000:] if self.errors > 0 else ""
            fail(f"{name}: {self.violated or cut or 'no answer'}\n{self.said[-3000:]}\n{trail}")


def environment(without, live):
    return os.environ | {"WITHOUT": without} | ({"LIVE": "1"} if live else {})


def run(command, where, without=None, live=False):
    limit = (lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))) if without else None
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, preexec_fn=limit, env=environment(without or "0", live))
    if done.returncode and not without:
        fail(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def fail(why):
    print(f"FAILED: {why}")
    sys.exit(1)


def same(what, model, code):
    if model != code:
        fail(f"{what}: only in the model {sorted(model - code)}, only in the code {sorted(code - model)}")
    print(f"{what}: {len(code)}, the same in the model and in the code")


def compare_calls(tree, model):
    service = re.search(r"service Peer \{(.*?)\n\}", (tree / "proto/peer.proto").read_text(), re.S).group(1)
    preflight = {"Greet", "Assess", "ListFingerprints", "Certify"}  # change nothing of who owns what: before it, a question, or once it is over
    text = (model / "network.pml").read_text()
    calls = set(re.findall(r"#define (\w+)", text[text.index("// Peer's calls") : text.index("#define nobody")])) - {"Data", "Memory"}
    same("calls", calls | {"GetDecision", "Receive"}, set(re.findall(r"rpc (\w+)\(", service)) - preflight)
    words = set(re.findall(r"#define (\w+)", text[text.index("// What GetDecision answers") : text.index("bool said")]))
    same("decisions", words, words & set(re.findall(r'"(\w+)"', "".join(p.read_text() for p in (tree / "site").glob("mover*")))))


def compare_ways(steps, said):
    names = {int(n): name for name, n in re.findall(r"#define (\w+) (\d+)", steps)}
    gone = {(int(side), names[int(f)], names[int(t)]) for side, f, t in re.findall(r"^went (\d) (\d+) (\d+)", said, re.M)}
    allowed = set()
    for side, macro in enumerate(["mayFollow", "mayFollowThere"]):
        line = re.search(rf"#define {macro}\(.*", steps).group(0)
        allowed |= {(side, f, t) for f, t in re.findall(r"\(from\) == (\w+) && \(to\) == (\w+)", line)}
    # What was never written down counts as planned, as it does in the code.
    gone = {(s, "Planned" if f == "Unheard" else f, t) for s, f, t in gone} - {(1, "Planned", "Planned")}
    same("ways from step to step", gone, allowed)


def main():
    tree, scratch, steps_program = map(pathlib.Path, sys.argv[1:4])
    model = scratch / "model"
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(tree / "tests/protocol", model)
    steps = run([str(steps_program.resolve())], tree)
    (model / "steps.pml").write_text(steps)
    compare_calls(tree, model)

    program = {liveness: Program(scratch, model, liveness) for liveness in (False, True)}
    passes = Program(scratch, model, False, "passes")
    searched = 0
    for name, of, live in [
        ("safety", program[False], False),
        ("liveness", program[True], False),
        ("safety, live", program[False], True),
        ("liveness, live", program[True], True),
        ("passes", passes, False),
    ]:
        search = Search(of, live=live)
        search.check_complete(name)
        print(f"Counted: protocol, {name}: {search.states} states, all of them, no error", flush=True)
        searched += search.states
        if name == "safety":
            compare_ways(steps, search.said)

    rules = [(program[int(number) >= 40], name, number, what) for name, number, what in rules_of(model / "mutants.pml")]
    rules += [(passes, name, number, what) for name, number, what in rules_of(model / "passes.pml")]
    for of, name, number, what in rules:
        search = Search(of, number, what.startswith("live:"))
        if search.errors < 1:
            fail(f"unnoticed: {what} ({name})\n{search.said[-2000:]}")
        print(f"noticed: {what}\n    {search.violated}", flush=True)
    print(f"Counted: protocol: {searched} states searched, {len(rules)} of {len(rules)} faulty protocols found out")


def rules_of(file):
    return re.findall(r"^#define (\w+) (\d+) // (.*)", file.read_text(), re.M)


if __name__ == "__main__":
    main()
