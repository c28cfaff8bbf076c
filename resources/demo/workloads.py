#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""workloads.py DIR REAL_VMS: what `portulanctl apply` is to make in the demonstration federation laid out in DIR.

A hospital (health data), a local authority (civil registry, schools), a prefecture, a software vendor, open data. Chosen so that every verdict
occurs: the hospital's triage machine stands where it may not, a vault stands under a certificate that its operator's ownership contradicts, a
register stands where nobody has declared enough to judge.
"""
import json
import os
import random
import sys

PUBLIC = {"workload.key_country": "FR", "workload.encrypted_at_rest": "true", "workload.key_custody": "customer_hyok", "dataset.dpia_ref": "DPIA-2026-07"}


def projects(sites):
    everywhere = [
        {"id": "hospital", "name": "Centre hospitalier du Confluent (fictif)", "tenant_type": "hospital", "labels": PUBLIC},
        {"id": "town-hall", "name": "Mairie de Port-Portulan (fictive)", "tenant_type": "public", "labels": PUBLIC},
        {"id": "schools", "name": "Écoles de Port-Portulan (fictives)", "tenant_type": "public", "labels": PUBLIC},
        {"id": "prefecture", "name": "Préfecture du Littoral (fictive)", "tenant_type": "fr_state", "labels": PUBLIC,
         "policy": {"require_secnumcloud": True, "forbid_us_exposure": True}},
        {"id": "vendor", "name": "Logiciels Boussole (fictif)", "tenant_type": "private", "labels": PUBLIC},
        {"id": "open-data", "name": "Données ouvertes / Open data", "tenant_type": "public", "labels": PUBLIC},
    ]
    quota = {"vcpus": 32, "ram": "64GiB", "storage": "200GiB", "instances": 50, "volumes": 100}
    return [dict(project, site=sites, quota=quota) for project in everywhere]


MACHINES = [  # site, id, name, project, class
    ("lyon", "dossier-patient-1", "Dossier patient 1", "hospital", "health_fr"),
    ("lyon", "imagerie-1", "Imagerie médicale 1", "hospital", "health_fr"),
    ("nuremberg", "befundarchiv-1", "Befundarchiv 1", "hospital", "health_de"),
    ("nuremberg", "portail-vendeur-1", "Portail éditeur 1", "vendor", "personal"),
    ("groningen", "coffre-1", "Coffre numérique 1", "prefecture", "sren_sensitive"),
    ("groningen", "webshop-1", "Webshop 1", "vendor", "internal"),
    ("poznan", "rejestr-1", "Rejestr mieszkańców 1", "town-hall", "personal"),
    ("poznan", "statystyka-1", "Statystyka 1", "open-data", "open"),
    ("ljubljana", "telemedecine-1", "Télémédecine 1", "hospital", "health_fr"),
    ("ljubljana", "sola-1", "Šola 1", "schools", "personal"),
    ("zagreb", "skola-1", "Škola 1", "schools", "personal"),
    ("zagreb", "integration-1", "Intégration continue 1", "vendor", "internal"),
    ("mondragon", "udala-1", "Udala 1", "town-hall", "personal"),
    ("mondragon", "catalogo-1", "Catálogo abierto 1", "open-data", "open"),
    ("brest", "capteurs-port-1", "Capteurs du port 1", "open-data", "open"),
    ("brest", "cantine-1", "Cantines scolaires 1", "schools", "personal"),
    ("dublin", "triage-1", "Triage des urgences 1", "hospital", "health_fr"),
    ("dublin", "vitrine-1", "Site vitrine 1", "vendor", "open"),
    ("dublin", "catalogue-1", "Catalogue produits 1", "vendor", "internal"),
]
VOLUMES = [
    ("lyon", "archives-imagerie", "Archives d'imagerie", "hospital", "health_fr", "256MiB"),
    ("nuremberg", "sicherung", "Sicherung", "hospital", "health_de", "128MiB"),
    ("dublin", "journaux", "Journaux applicatifs", "vendor", "internal", "64MiB"),
    ("dublin", "sauvegardes", "Sauvegardes du catalogue", "vendor", "internal", "32MiB"),
    ("mondragon", "copias", "Copias", "town-hall", "personal", "128MiB"),
]
DATASETS = [  # site, id, name, project, class, objects, bytes each
    ("lyon", "etat-civil", "État civil 1900–2026", "town-hall", "personal", 12, 400_000),
    ("lyon", "imagerie-2025", "Imagerie 2025", "hospital", "health_fr", 6, 1_500_000),
    ("zagreb", "upisi", "Upisi u škole", "schools", "personal", 5, 150_000),
    ("quimper", "marees", "Marées et houle", "open-data", "open", 8, 200_000),
    ("mondragon", "catastro", "Catastro abierto", "open-data", "open", 8, 300_000),
    ("poznan", "rozklady", "Rozkłady jazdy", "open-data", "open", 4, 120_000),
    ("dublin", "telemetry", "Product telemetry", "vendor", "internal", 4, 250_000),
    ("dublin", "brochures", "Brochures", "vendor", "open", 3, 200_000),
]
LABELS = {  # (site, id): what an evacuation heeds – the shop window after the catalogue it shows, the logs last
    ("dublin", "vitrine-1"): {"move-after": "instance/catalogue-1"},
    ("dublin", "sauvegardes"): {"move-after": "instance/catalogue-1"},
    ("dublin", "journaux"): {"move-after": "instance/vitrine-1"},
}


def objects_of(folder, name, count, size):
    """Files with content that compresses a little, the same in every run."""
    chance = random.Random(name)
    made = []
    for number in range(1, count + 1):
        path = os.path.join(folder, f"{name}-{number:03d}.csv")
        with open(path, "w", encoding="utf-8") as out:
            written = 0
            while written < size:
                line = f"{number};{written};{chance.random():.9f};{chance.randrange(1 << 40):x}\n"
                out.write(line)
                written += len(line)
        made.append({"key": f"{name}/{number:03d}.csv", "file": os.path.abspath(path)})
    return made


def main():
    directory, real = sys.argv[1], sys.argv[2] == "1"
    sites = sorted(os.listdir(os.path.join(directory, "sites")))
    here = lambda rows: [row for row in rows if row[0] in sites]
    folder = os.path.join(directory, "objects")
    os.makedirs(folder, exist_ok=True)
    takes_disks = [site for site in sites if site != "rennes"]  # a vCenter takes none in
    images = [{"site": takes_disks, "id": "nano", "name": "Nano (amorce de démonstration)", "project": "open-data", "format": "raw", "os": "nano", "file": os.path.abspath(os.path.join(directory, "images", "nano.raw"))}]
    instances = [{"site": s, "id": i, "name": n, "project": p, "class": c, "image": "nano", "flavor": "nano", "vcpus": 1, "ram": "8MiB", "start": True, "labels": LABELS.get((s, i), {})}
                 for s, i, n, p, c in here(MACHINES)]
    for site, machine, name, disk in (("nantes", "front-nantes", "Portail du musée", {"image": "nano", "ram": "64MiB"}),
                                      ("le-mans", "front-le-mans", "Portail des archives", {"image": "nano", "ram": "8MiB"}),
                                      ("rennes", "legacy-app", "Ancienne application", {"disk": "1GiB", "ram": "256MiB"})):
        if site in sites:
            instances.append({"site": site, "id": machine, "name": name, "project": "open-data", "class": "open", "vcpus": 1, "start": True, **disk})
    if real:
        images.append({"site": ["lyon"], "id": "debian", "name": "Debian 12 (noyau cloud)", "project": "vendor", "format": "qcow2", "os": "debian-12", "file": os.path.abspath(os.path.join(directory, "debian.qcow2"))})
        instances.append({"site": "lyon", "id": "debian-1", "name": "Debian 1", "project": "vendor", "class": "internal", "image": "debian", "flavor": "small", "vcpus": 1, "ram": "128MiB", "start": True})
    json.dump({
        "projects": projects(sites),
        "images": images,
        "volumes": [{"site": s, "id": i, "name": n, "project": p, "class": c, "size": size, "labels": LABELS.get((s, i), {})} for s, i, n, p, c, size in here(VOLUMES)],
        "instances": instances,
        "datasets": [{"site": s, "id": i, "name": n, "project": p, "class": c, "objects": objects_of(folder, i, count, size)} for s, i, n, p, c, count, size in here(DATASETS)],
    }, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
