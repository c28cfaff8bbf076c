#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""layout.py TEMPLATE N OUT [clouds]: the demonstration's template with its first N sites and its dates resolved against today.

"@+45d@" in the template is the day in 45 days, so that certificates are always as old or as near their end as the story needs.
A site's "identity_before" is what it was when its workloads came; "identity" is what has become of it since (its operator was bought, a certificate
was revoked). The gateway starts with the former; the latter is left in OUT's folder, after/SITE.json, for the demonstration to put in its place.
With "clouds", three more sites that stand before real clouds: OpenStack, libvirt, and a simulated vCenter.
Beyond the sites of the template, further edge micro-sites of the same operator are laid out along the coast of Brittany.
"""
import copy
import datetime
import json
import os
import re
import sys


def resolved(text, today):
    return re.sub(r"@([+-]\d+)d@", lambda m: (today + datetime.timedelta(days=int(m.group(1)))).isoformat(), text)


def micro_site(pattern, number):
    site = copy.deepcopy(pattern)
    site["id"] = f"edge-{number:03d}"
    site["name"] = site["identity"]["name"] = f"Micro-site {number:03d}"
    site["identity"]["place"]["latitude"] = 47.6 + (number * 37 % 100) / 100
    site["identity"]["place"]["longitude"] = -4.4 + (number * 53 % 100) / 40
    return site


# What is simulated there says so on the map: the machines of that OpenStack, and all of that vCenter.
CLOUDS = (("nantes", "Nantes OpenStack (sim.)", "Nantes", 47.218, -1.554, "FR-44"), ("le-mans", "Le Mans libvirt", "Le Mans", 48.006, 0.199, "FR-72"),
          ("rennes", "Rennes VMware (sim.)", "Rennes", 48.117, -1.678, "FR-35"))


def cloud_site(pattern, cloud):
    site = copy.deepcopy(pattern)
    site["id"], site["name"], city, latitude, longitude, subdivision = cloud
    identity = site["identity"]
    identity["name"] = site["name"]
    identity["place"] = {"latitude": latitude, "longitude": longitude, "country": "FR", "subdivision": subdivision, "city": city}
    identity.pop("capacity", None)  # measured
    return site


def main():
    template, count, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with open(template, encoding="utf-8") as source:
        federation = json.loads(resolved(source.read(), datetime.datetime.now(datetime.timezone.utc).date()))
    # The story needs these two, however few there are: where the offender stands and where it may go.
    known = sorted(federation["sites"], key=lambda site: site["id"] not in ("lyon", "dublin"))
    edge = next(site for site in known if site["id"] == "quimper")
    federation["sites"] = known[:count] + [micro_site(edge, n) for n in range(1, count - len(known) + 1)]
    if sys.argv[4:] == ["clouds"]:
        lyon = next(site for site in known if site["id"] == "lyon")
        federation["sites"] += [cloud_site(lyon, cloud) for cloud in CLOUDS]
    after = os.path.join(os.path.dirname(os.path.abspath(out)), "after")
    os.makedirs(after, exist_ok=True)
    for site in federation["sites"]:
        before = site.pop("identity_before", None)
        if before is not None:
            with open(os.path.join(after, site["id"] + ".json"), "w", encoding="utf-8") as later:
                json.dump(site["identity"], later, ensure_ascii=False, indent=1)
            site["identity"] = before
    with open(out, "w", encoding="utf-8") as target:
        json.dump(federation, target, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
