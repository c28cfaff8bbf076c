#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""layout.py TEMPLATE N OUT: the demonstration's template with its first N sites and its dates resolved against today.

"@+45d@" in the template is the day in 45 days, so that certificates are always as old or as near their end as the story needs.
Beyond the sites of the template, further edge micro-sites of the same operator are laid out along the coast of Brittany.
"""
import copy
import datetime
import json
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


def main():
    template, count, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with open(template, encoding="utf-8") as source:
        federation = json.loads(resolved(source.read(), datetime.datetime.now(datetime.timezone.utc).date()))
    known = federation["sites"]
    edge = next(site for site in known if site["id"] == "quimper")
    federation["sites"] = known[:count] + [micro_site(edge, n) for n in range(1, count - len(known) + 1)]
    with open(out, "w", encoding="utf-8") as target:
        json.dump(federation, target, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
