#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""A 2 GiB disk with a real file system on it, from one volume of the embedded driver to another, beside rsync over ssh.

Both run in a network namespace of their own (what its lo counts is the wire), alternating; the clock stops when the copy is on
the disk; processor time is that of every process involved. Ours digests every byte at both ends, as rsync does.
Prints a JSON line per round and metric. Needs root or unprivileged user namespaces, rsync, ssh, sshd, mkfs.ext4.
"""
import ctypes
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ENDS = os.environ.get("PORTULAN_TRANSFER_ENDS", os.path.join(ROOT, "build", "dev", "tests", "bench", "transfer_ends"))
WORK = os.environ.get("PORTULAN_BENCH_DIR", os.path.join(ROOT, "build", "bench", "transfer.d"))
SIZE = 2 << 30
FILES = 1_200_000_000
PEER = "rsync -S, ssh aes128-gcm"
LIMITS = {"wall": 0.60, "cpu": 0.75, "wire": 0.62}


def path(*names):
    return os.path.join(WORK, *names)


def run(*words, **more):
    subprocess.run(words, check=True, **more)


def make_image():
    """Files of /usr in the order of their names until there are enough of them, in an ext4 file system."""
    if os.path.exists(path("real.qcow2")):
        return
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(path("tree"))
    total = 0
    for folder, folders, names in os.walk("/usr"):
        folders.sort()
        for name in sorted(names):
            source = os.path.join(folder, name)
            if os.path.islink(source) or not os.path.isfile(source) or total > FILES:
                continue
            total += os.path.getsize(source)
            target = path("tree") + folder
            os.makedirs(target, exist_ok=True)
            shutil.copyfile(source, os.path.join(target, name))
    with open(path("real.raw"), "wb") as image:
        image.truncate(SIZE)
    run("mkfs.ext4", "-q", "-F", "-d", path("tree"), path("real.raw"))
    shutil.rmtree(path("tree"))
    run(ENDS, "papers", WORK)
    run(ENDS, "import", path("real.raw"), path("real.qcow2.new"))
    os.rename(path("real.qcow2.new"), path("real.qcow2"))


def make_ssh():
    if os.path.exists(path("host")):
        return
    for key in ("user", "host"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(key))
    shutil.copy(path("user.pub"), path("authorized"))
    with open(path("sshd_config"), "w", encoding="utf-8") as config:
        config.write(f"ListenAddress 127.0.0.1\nHostKey {path('host')}\nAuthorizedKeysFile {path('authorized')}\nStrictModes no\n"
                     f"UsePAM no\nPidFile none\nPasswordAuthentication no\n")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wire():
    with open("/proc/net/dev", encoding="utf-8") as devices:
        for line in devices:
            if line.strip().startswith("lo:"):
                return int(line.split(":")[1].split()[0])
    return 0


def sync(name):
    file = os.open(name, os.O_RDONLY)
    os.fsync(file)
    os.close(file)


def ours():
    target = path("ours.qcow2")
    receiver = subprocess.Popen([ENDS, "receive", WORK, target, str(SIZE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port = receiver.stdout.readline().strip()
    began = time.monotonic()
    sent = subprocess.run([ENDS, "send", WORK, path("real.qcow2"), port], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    received, _ = receiver.communicate("verify\n")
    sync(target)
    took = time.monotonic() - began
    if sent != received.strip() or receiver.returncode != 0:
        sys.exit("the roots differ")
    return took


def theirs():
    target, port = path("theirs.raw"), free_port()
    os.makedirs("/run/sshd", exist_ok=True)
    server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", path("sshd_config"), "-p", str(port)], stderr=subprocess.DEVNULL)
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    ssh = (f"ssh -F none -p {port} -i {path('user')} -c aes128-gcm@openssh.com -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
           "-o LogLevel=ERROR")
    began = time.monotonic()
    run("rsync", "-a", "-S", "-e", ssh, path("real.raw"), f"127.0.0.1:{target}")
    sync(target)
    took = time.monotonic() - began
    server.send_signal(signal.SIGTERM)
    server.wait()
    return took


def one(which):
    """Inside the namespace: one transfer, its figures as JSON."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: whatever sshd leaves behind is counted too
    before = wire()
    took = {"ours": ours, "theirs": theirs}[which]()
    passed = wire() - before
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"wall": took, "cpu": used.ru_utime + used.ru_stime, "wire": passed}))


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        one(sys.argv[2])
        return
    make_image()
    make_ssh()
    isolated = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-r", "-n"]
    for _ in range(int(os.environ.get("PORTULAN_BENCH_ROUNDS", "3"))):
        figures = {}
        for which in ("ours", "theirs"):
            for name in ("ours.qcow2", "ours.qcow2.log", "theirs.raw"):
                if os.path.exists(path(name)):
                    os.unlink(path(name))
            with open(path("real.raw"), "rb") as warm, open(path("real.qcow2"), "rb") as warm2:
                for file in (warm, warm2):
                    while file.read(8 << 20):
                        pass
            os.sync()
            line = subprocess.run([*isolated, sys.executable, os.path.abspath(__file__), "--one", which], stdout=subprocess.PIPE, text=True, check=True).stdout
            figures[which] = json.loads(line.splitlines()[-1])
        for metric, unit, scale in (("wall", "s", 1), ("cpu", "s", 1), ("wire", "MiB", 1 << 20)):
            print(json.dumps({"metric": f"transfer.{metric}", "unit": unit, "value": figures["ours"][metric] / scale, "peer": PEER,
                              "theirs": figures["theirs"][metric] / scale, "limit": LIMITS[metric], "better": "lower"}), flush=True)
    for name in ("ours.qcow2", "ours.qcow2.log", "theirs.raw"):
        if os.path.exists(path(name)):
            os.unlink(path(name))


if __name__ == "__main__":
    main()
