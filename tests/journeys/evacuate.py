#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""evacuate.py DIR BUILD: fills Dublin with thirty-one things, empties it with `portulanctl evacuate`, kills Nuremberg in the middle and starts it again.

Everything must be somewhere else, owned there alone, with the bytes it had; and of each move there is a certificate that verifies, and
does not once a byte of it was changed.
"""
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time

WORK, BUILD = sys.argv[1], sys.argv[2]
SITE = "dublin"
MACHINES, VOLUMES, DATASETS, IMAGES = 4, 14, 12, 1
THINGS = MACHINES + VOLUMES + DATASETS + IMAGES
KINDS = ("instance", "volume", "dataset", "image")
DEADLINE = time.monotonic() + 400


def ctl(*arguments, code=0):
    line = [os.path.join(BUILD, "app", "ctl", "portulanctl"), "--federation", os.path.join(WORK, "federation.json"), "--output", "json", "--lang", "en",
            "--timeout", "30", *arguments]
    ended = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, timeout=300)
    if ended.returncode != code:
        sys.exit(f"evacuate: {' '.join(arguments)} ended with {ended.returncode} instead of {code}:\n{ended.stdout}\n{ended.stderr}")
    return json.loads(ended.stdout) if ended.stdout.strip().startswith(("{", "[")) else ended.stdout


def expect(condition, what):
    if not condition:
        sys.exit("evacuate: " + what)


def until(condition, what):
    """Asks again and again; every question is a program that starts and ends."""
    while time.monotonic() < DEADLINE:
        answer = condition()
        if answer:
            return answer
    sys.exit("evacuate: not in time: " + what)


def noise(name, size):
    path = os.path.join(WORK, name)
    with open(path, "wb") as out:
        out.write(random.Random(name).randbytes(size))
    return path


def fill():
    projects = [{"site": "*", "id": "vendor", "name": "Vendor", "tenant_type": "private"}]
    machines = [{"site": SITE, "id": f"machine-{n}", "name": f"Machine {n}", "project": "vendor", "image": "nano", "vcpus": 1, "ram": "32MiB",
                 "class": "open"} for n in range(MACHINES)]
    machines[1]["labels"] = {"move-after": "machine-0", "affinity": "pair"}
    machines[0]["labels"] = {"affinity": "pair"}
    machines[2]["labels"] = machines[3]["labels"] = {"anti-affinity": "replicas"}
    sets = [{"site": SITE, "id": f"set-{n}", "name": f"Set {n}", "project": "vendor", "class": "internal",
             "objects": [{"key": f"k{i}", "file": noise(f"object-{n}-{i}", 200_000)} for i in range(2)]} for n in range(DATASETS)]
    images = [{"site": SITE, "id": "nano", "name": "Nano", "project": "vendor", "file": os.path.join(BUILD, "nano", "nano.raw"), "format": "raw", "os": "nano"}]
    with open(os.path.join(WORK, "fill.json"), "w", encoding="utf-8") as out:
        json.dump({"projects": projects, "images": images, "instances": machines, "datasets": sets}, out)
    ctl("--timeout", "120", "apply", os.path.join(WORK, "fill.json"))
    for n in range(VOLUMES):
        ctl("volume", "import", "--file", noise(f"disk-{n}", 3 << 20), "--site", SITE, "--id", f"disk-{n}", "--name", f"Disk {n}", "--project", "vendor",
            "--class", "open", "--format", "raw")


def owned():
    """Of everything that moves, what owns it: {"volume/disk-1": ["lyon/volume/disk-1"]}; disks of machines are their machines'."""
    places = {}
    for kind in KINDS:
        for item in ctl(kind, "list")["items"]:
            if item.get("custody") in ("owner", "leaving") and not item.get("instance"):
                places.setdefault(f"{kind}/{item['id'].split('/')[-1]}", []).append(item["id"])
    return places


def sites_of(places):
    return {thing: [name.split("/")[0] for name in names] for thing, names in places.items()}


def contents(places):
    found = {}
    for thing, names in places.items():
        kind = thing.split("/")[0]
        if kind == "dataset":
            found[thing] = ctl("dataset", "show", names[0])["digest"]
        elif kind in ("volume", "image"):
            path = os.path.join(WORK, "exported")
            ctl(kind, "export", names[0], "--file", path, "--format", "raw")
            with open(path, "rb") as exported:
                found[thing] = hashlib.sha256(exported.read()).hexdigest()
            os.remove(path)
    return found


def check_plan(plan):
    expect(len(plan["items"]) == THINGS, f"the plan has {len(plan['items'])} things")
    expect(plan["unplaced"] == 0 and len(plan["waves"]) >= 3, "not everything has a place, in waves")
    expect(plan["gap"] < 0.05, f"gap {plan['gap']}")
    to = {item["object"].split("/")[-1]: item for item in plan["items"]}
    expect(to["machine-0"]["to"] == to["machine-1"]["to"], "what goes together does not")
    expect(to["machine-2"]["to"] != to["machine-3"]["to"], "what stays apart does not")
    expect(all({a["site"] for a in item["alternatives"]} == {"lyon", "nuremberg", "groningen"} for item in plan["items"]), "sites without a why")


def killed_and_back(operation):
    """Kills Nuremberg while something moves there, lets the evacuation notice, and starts it again."""
    def moving_there():
        operations = ctl("operation", "list", "--running")["items"]
        return [o for o in operations if o["part_of"] == operation and o["to_site"] == "nuremberg" and o["bytes_done"] > 0]
    until(moving_there, "something moves to Nuremberg")
    folder = os.path.join(WORK, "sites", "nuremberg")
    with open(os.path.join(folder, "gateway.pid"), encoding="utf-8") as file:
        os.kill(int(file.read()), signal.SIGKILL)
    os.remove(os.path.join(folder, "state", "endpoint"))
    before = ctl("operation", "show", operation)["parts"]["done"]
    until(lambda: ctl("operation", "show", operation)["parts"]["done"] > before or None, "moves elsewhere go on while Nuremberg is down")
    with open(os.path.join(folder, "gateway.log"), "a", encoding="utf-8") as log:
        again = subprocess.Popen([os.path.join(BUILD, "app", "site", "portulan-site"), "--config", os.path.join(folder, "site.toml")],
                                 stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    for name, mode in ((os.path.join(folder, "gateway.pid"), "w"), (os.path.join(WORK, "pids"), "a")):
        with open(name, mode, encoding="utf-8") as file:
            file.write(f"{again.pid}\n")
    return again


def check_changed(path, dice):
    """One byte of it is another: of what was signed, and of the layout around it."""
    with open(path, "rb") as file:
        text = file.read()
    layout = [at for at, byte in enumerate(text) if byte in b" \n"]
    for at in (dice.randrange(len(text)), dice.choice(layout)):
        changed = bytearray(text)
        changed[at] = dice.choice([byte for byte in b"\t AZaz09" if byte != text[at]])
        with open(path + ".changed", "wb") as file:
            file.write(changed)
        refused = ctl("certificate", "verify", path + ".changed", code=1)
        expect(refused["valid"] is False, f"a certificate that verifies although its byte {at} was changed")


def check_certificates(operation):
    moves = [o for o in ctl("operation", "list")["items"] if o["part_of"] == operation and o["state"] == "done"]
    expect(len(moves) == THINGS, f"{len(moves)} moves are done")
    for number, move in enumerate(moves):
        path = os.path.join(WORK, "certificate.json")
        until(lambda: subprocess.run([os.path.join(BUILD, "app", "ctl", "portulanctl"), "--federation", os.path.join(WORK, "federation.json"), "certificate",
                                      "get", move["id"], "--file", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                     check=False).returncode == 0, "the certificate of " + move["object"])
        checked = ctl("certificate", "verify", path)
        expect(checked["valid"], "a certificate that does not verify")
        check_changed(path, random.Random(number))
    return len(moves)


def moves_of(operation):
    return [o for o in ctl("operation", "list")["items"] if o["part_of"] == operation]


def across_sites():
    """What Lyon moves after something of Groningen's waits until Groningen has moved it, whoever is ordered first."""
    for site, name in (("lyon", "late"), ("groningen", "early")):
        ctl("volume", "import", "--file", noise(name, 3 << 20), "--site", site, "--id", name, "--name", name, "--project", "vendor", "--class", "open",
            "--format", "raw")
    def ordered(site, name, after):
        path = os.path.join(WORK, site + ".json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump({"site": site, "items": [{"object": f"{site}/volume/{name}", "to": SITE, "after": after}]}, out)
        return ctl("evacuate", site, "--plan", path)["id"]
    lyon = ordered("lyon", "late", ["groningen/volume/early"])
    expect(ctl("operation", "show", lyon)["state"] == "running" and not moves_of(lyon), "Lyon did not wait")
    groningen = ordered("groningen", "early", [])
    ended = {}
    for operation in (groningen, lyon):
        over = until(lambda: (lambda o: o if o["state"] in ("done", "failed") else None)(ctl("operation", "show", operation)), "both sites' moves")
        expect(over["state"] == "done" and over["parts"]["total"] == 1, f"it ended so: {over}")
        ended[operation] = moves_of(operation)
    expect(ended[lyon][0]["started_at"] >= ended[groningen][0]["started_at"], "Lyon did not wait for Groningen")


def main():
    fill()
    before = owned()
    expect(len(before) == THINGS and all(sites == [SITE] for sites in sites_of(before).values()), f"not filled: {before}")
    digests = contents(before)
    check_plan(ctl("evacuate", SITE, "--dry-run", "--wave-size", "10"))
    expect(owned() == before, "a dry run moved something")
    expect(ctl("evacuate", SITE, "--to", SITE, "--dry-run", code=1)["unplaced"] > 0, "nowhere to go, and yet it goes")
    operation = ctl("evacuate", SITE, "--wave-size", "10", "--bandwidth", "1MB/s")["id"]
    killed_and_back(operation)
    over = until(lambda: (lambda o: o if o["state"] in ("done", "failed", "cancelled") else None)(ctl("operation", "show", operation)), "its end")
    expect(over["state"] == "done", f"it ended so: {over}")
    after = owned()
    expect(after.keys() == before.keys(), f"lost: {before.keys() - after.keys()}")
    expect(all(len(sites) == 1 and sites != [SITE] for sites in sites_of(after).values()), f"owned twice, or still there: {after}")
    expect(contents(after) == digests, "not the bytes it had")
    count = check_certificates(operation)
    across_sites()
    print(f"{count} things moved in {over['parts']['waves']} waves, {count} certificates verified, each refused after one changed byte")


main()
