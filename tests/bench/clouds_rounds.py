#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""clouds_rounds.py DIR OPENSTACK_SH PROGRAMS COUNT: a gateway before an OpenStack of COUNT servers, beside the bare pages of its API.

DIR/os is an OpenStack that runs. Alternating: the pages that a listing needs, fetched one after the other by a client that throws them away; and a
gateway with an empty state, from its start until a client of it has the last server. Then one server changes, and is awaited at the client.
Prints a JSON line per round and metric. The gateway's memory is the most it ever had (VmHWM).
"""
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse

ROUNDS = int(os.environ.get("PORTULAN_BENCH_ROUNDS", "2"))
PATIENCE = 1800
INTERVAL = 2


class Api:
    """A bare client: one connection for each service, a token, no parsing beyond what the next page needs."""

    def __init__(self, folder):
        with open(os.path.join(folder, "endpoint"), encoding="ascii") as file:
            url = file.read().strip()
        with open(os.path.join(folder, "member.json"), encoding="utf-8") as file:
            account = json.load(file)
        scope = {"project": {"name": account["project"], "domain": {"id": "default"}}}
        user = {"name": account["user"], "domain": {"id": "default"}, "password": account["password"]}
        question = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}}
        self.token, self.lines, self.urls = "", {}, {}
        headers, answer = self.ask("POST", url + "/auth/tokens", question)
        self.token = headers["X-Subject-Token"]
        self.urls = {service["type"]: next(e["url"] for e in service["endpoints"] if e["interface"] == "public")
                     for service in json.loads(answer)["token"]["catalog"] if service["endpoints"]}

    def ask(self, method, url, body=None):
        where = urllib.parse.urlsplit(url)
        line = self.lines.setdefault(where.netloc, http.client.HTTPConnection(where.netloc, timeout=300))
        headers = {"X-Auth-Token": self.token, "Content-Type": "application/json"}
        if self.urls and url.startswith(self.urls["compute"]):
            headers["OpenStack-API-Version"] = "compute 2.87"
        line.request(method, where.path + ("?" + where.query if where.query else ""), json.dumps(body) if body else None, headers)
        answer = line.getresponse()
        content = answer.read()
        if answer.status >= 300:
            sys.exit(f"{method} {url}: {answer.status} {content[:300]}")
        return answer.headers, content

    def pages(self):
        """Bytes of all pages of a first listing."""
        total = 0
        for service, path, key in (("compute", "/servers/detail?limit=1000", "servers"), ("volumev3", "/volumes/detail?limit=1000", "volumes"),
                                   ("image", "/v2/images?limit=500", "images"), ("network", "/v2.0/networks?limit=1000", "networks")):
            base, question = self.urls[service], path
            while question:
                content = self.ask("GET", base + question)[1]
                total += len(content)
                page = json.loads(content)
                link = next((each["href"] for each in page.get(key + "_links", []) if each["rel"] == "next"), None) if page[key] else None
                question = path.split("?")[0] + "?" + urllib.parse.urlsplit(link).query if link else None
        return total

    def first_server(self):
        flavor = json.loads(self.ask("GET", self.urls["compute"] + "/flavors")[1])["flavors"][0]["id"]
        images = json.loads(self.ask("GET", self.urls["image"] + "/v2/images?limit=100")[1])["images"]
        form = {"name": "first", "flavorRef": flavor, "imageRef": images[0]["id"], "networks": "none"}
        server = json.loads(self.ask("POST", self.urls["compute"] + "/servers", {"server": form})[1])["server"]["id"]
        until = time.monotonic() + 120
        while json.loads(self.ask("GET", f"{self.urls['compute']}/servers/{server}")[1])["server"]["status"] != "ACTIVE":
            if time.monotonic() > until:
                sys.exit("the first server does not come up")
            time.sleep(0.5)
        return server


class Gateway:
    def __init__(self, work, programs, number):
        self.ctl = os.path.join(programs, "ctl", "portulanctl")
        self.folder = os.path.join(work, f"federation-{number}")
        root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        with open(os.path.join(root, "resources", "examples", "federation-template.json"), encoding="utf-8") as file:
            template = json.load(file)
        template["sites"] = template["sites"][:1]
        path = os.path.join(work, "template.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(template, file)
        subprocess.run([self.ctl, "federation", "init", "--template", path, "--dir", self.folder], check=True, stdout=subprocess.DEVNULL)
        self.config = os.path.join(self.folder, "sites", "lyon", "site.toml")
        with open(os.path.join(work, "os", "endpoint"), encoding="ascii") as file:
            url = file.read().strip()
        section = (f'[driver]\nname = "openstack"\n[openstack]\nauth_url = "{url}"\ncredentials = "{work}/os/member.json"\n'
                   f"interval_seconds = {INTERVAL}\n")
        with open(self.config, encoding="utf-8") as file:
            text = file.read()
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(text.replace('[driver]\nname = "embedded"\n', section))
        self.program = subprocess.Popen([os.path.join(programs, "site", "portulan-site"), "--config", self.config], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def on_record(self):
        for base, _, files in os.walk(os.path.dirname(self.config)):
            if "cloud.db" in files:
                with sqlite3.connect(f"file:{base}/cloud.db?mode=ro", uri=True, timeout=5) as record:
                    return record.execute("SELECT count(*) FROM things WHERE kind = 'instance'").fetchone()[0]
        return 0

    def listed(self, *words):
        answer = subprocess.run([self.ctl, "--federation", os.path.join(self.folder, "federation.json"), "--output", "json", "instance", *words],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        return json.loads(answer.stdout) if answer.returncode == 0 and answer.stdout else None

    def await_all(self, count):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                there = self.on_record()
            except sqlite3.OperationalError:
                there = 0
            if there >= count and len(self.listed("list") or []) >= count:
                return
            if self.program.poll() is not None or time.monotonic() > until:
                sys.exit("the gateway does not list them")
            time.sleep(0.25)

    def processor(self):
        return time.clock_gettime((~self.program.pid << 3) | 2)

    def memory(self):
        with open(f"/proc/{self.program.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))

    def end(self):
        self.program.send_signal(signal.SIGTERM)
        self.program.wait(60)


def tell(metric, unit, value, **more):
    print(json.dumps({"metric": metric, "unit": unit, "value": value, **more}), flush=True)


def leave(*_):
    sys.exit("ended from outside")


def measure(gateway, api, server, count, began, bare, number):
    gateway.await_all(count)
    tell(f"first_listing_{count}", "s", time.monotonic() - began, peer="bare pages of the API", theirs=bare, limit=1.3)
    first = gateway.processor()
    tell("first_listing_cpu", "s", first)
    idle = gateway.processor()
    time.sleep(10 * INTERVAL)  # refreshes of nothing, measured, not awaited
    tell("idle_refreshes_cpu_share_of_first", "", (gateway.processor() - idle) / first, limit=0.1)
    wanted, order = ("stopped", "os-stop") if number % 2 == 0 else ("running", "os-start")
    began = time.monotonic()
    api.ask("POST", f"{api.urls['compute']}/servers/{server}/action", {order: None})
    while wanted not in (each["state"] for each in gateway.listed("list", "--query", "first") or [] if each["name"] == "first"):
        if time.monotonic() - began > 120:
            sys.exit("the change is not seen")
        time.sleep(0.2)
    tell("a_change_is_seen_after", "s", time.monotonic() - began, limit=4 * INTERVAL)
    tell("gateway_memory", "MB", gateway.memory() / 1e6, limit=150)


def main():
    signal.signal(signal.SIGTERM, leave)
    work, openstack, programs, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    api = Api(os.path.join(work, "os"))
    server = api.first_server()
    subprocess.run(["bash", openstack, "servers", os.path.join(work, "os"), str(count - 1)], check=True, stdout=sys.stderr)
    api.pages()  # caches are warm for both
    for number in range(ROUNDS):
        began = time.monotonic()
        api.pages()
        bare = time.monotonic() - began
        began = time.monotonic()
        gateway = Gateway(work, programs, number)
        try:
            measure(gateway, api, server, count, began, bare, number)
        finally:
            gateway.end()


if __name__ == "__main__":
    main()
