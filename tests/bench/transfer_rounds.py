#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""Disks from one volume of the embedded driver to another, beside what people use for that, on the same images.

Every transfer runs in a network namespace of its own (what its lo counts is the wire), ours and the others' alternating; the clock
stops when the copy is on the disk; processor time is that of every process involved. Ours digests every byte at both ends.
Prints a JSON line per round and metric. Needs root or unprivileged user namespaces, rsync, ssh, sshd, qemu-nbd, nbdcopy, socat, tc,
mkfs.ext4, openssl. Words choose among the comparisons: real, random, delta, slow, fast.
"""
import ctypes
import json
import os
import random
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
MIB = 1 << 20
SIZE = 2048 * MIB
FILES = 1_200_000_000
# comparison: the tools, ours first, and for each of the others what ours may take of what it takes
COMPARISONS = {
    "real": ["ours:real", {"rsync:real": {"wall": 0.40, "cpu": 0.55, "wire": 0.61}, "nbdcopy:real": {"wall": 1.0, "cpu": 1.35}, "cp:real": {"wall": 2.3}}],
    "random": ["ours:random", {"socat:random": {"wall": 1.0}}],
    "delta": ["delta:real", {"rsyncdelta:real": {"wall": 0.15, "cpu": 0.35, "wire": 0.13}}],
    "slow": ["ours:text:slow", {"plain:text:slow": {"wall": 0.5}}],
    "fast": ["ours:text", {"plain:text": {"wall": 1.1}}],
}
NAMES = {"rsync": "rsync -aS, ssh aes128-gcm", "nbdcopy": "nbdcopy, TLS", "cp": "cp --sparse, fsync", "socat": "socat, TLS",
         "rsyncdelta": "rsync --inplace, ssh", "plain": "ours, no compression"}


def path(*names):
    return os.path.join(WORK, *names)


def run(*words, **more):
    subprocess.run(words, check=True, **more)


def files_of_usr(limit):
    """Files of /usr in the order of their names until there are enough of them."""
    total = 0
    for folder, folders, names in os.walk("/usr"):
        folders.sort()
        for name in sorted(names):
            source = os.path.join(folder, name)
            if os.path.islink(source) or not os.path.isfile(source):
                continue
            if total > limit:
                return
            total += os.path.getsize(source)
            yield folder, name, source


def make_real():
    """They lie in an ext4 file system."""
    os.makedirs(path("tree"))
    for folder, name, source in files_of_usr(FILES):
        target = path("tree") + folder
        os.makedirs(target, exist_ok=True)
        shutil.copyfile(source, os.path.join(target, name))
    with open(path("real.raw"), "wb") as image:
        image.truncate(SIZE)
    run("mkfs.ext4", "-q", "-F", "-d", path("tree"), path("real.raw"))
    shutil.rmtree(path("tree"))


def make_random():
    with open(path("random.raw"), "wb") as image:
        for _ in range(1024):
            image.write(os.urandom(MIB))


def make_text():
    """What compresses: the texts among them, one after the other."""
    with open(path("text.raw"), "wb") as image:
        for _, name, source in files_of_usr(1 << 40):
            if name.endswith((".h", ".py", ".txt", ".hpp", ".pl", ".pm", ".xml", ".svg", ".html")):
                with open(source, "rb") as text:
                    image.write(text.read())
            if image.tell() > 160 * MIB:
                break
        image.truncate(160 * MIB)


def make_changed():
    """One block in a hundred is another, wherever there is data."""
    run("cp", "--sparse=always", path("real.raw"), path("changed.raw"))
    choice = random.Random(7)
    with open(path("real.raw"), "rb") as image:
        data = [block for block in range(SIZE // 4096) if any(image.read(4096))]
    blocks = sorted(choice.sample(data, SIZE // 4096 // 100))
    with open(path("changed.raw"), "r+b") as image, open(path("changed.extents"), "w", encoding="utf-8") as extents:
        for block in blocks:
            image.seek(block * 4096)
            image.write(choice.randbytes(4096))
            extents.write(f"{block * 4096} 4096\n")


def make_images():
    if not os.path.exists(path("papers")):
        shutil.rmtree(WORK, ignore_errors=True)
        os.makedirs(WORK)
        run(ENDS, "papers", WORK)
        make_certificates()
        make_ssh()
        open(path("papers"), "w", encoding="utf-8").close()
    for name, make in (("real", make_real), ("random", make_random), ("text", make_text), ("changed", make_changed)):
        if not os.path.exists(path(name + ".qcow2")):
            make()
            run(ENDS, "import", path(name + ".raw"), path(name + ".new"))
            os.rename(path(name + ".new"), path(name + ".qcow2"))


def make_certificates():
    """Of the peers: an authority, a server that is localhost, a client, as each of them wants to find them."""
    def openssl(*words):
        run("openssl", *words, stderr=subprocess.DEVNULL)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *curve, "-keyout", path("ca.key"), "-out", path("ca.crt"), "-subj", "/CN=bench", "-days", "30")
    for who in ("server", "client"):
        os.makedirs(path("nbd-" + who), exist_ok=True)
        openssl("req", *curve, "-keyout", path(who + ".key"), "-out", path(who + ".csr"), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
        openssl("x509", "-req", "-in", path(who + ".csr"), "-CA", path("ca.crt"), "-CAkey", path("ca.key"), "-CAcreateserial", "-days", "30",
                "-copy_extensions", "copy", "-out", path(who + ".crt"))
        shutil.copy(path("ca.crt"), path("nbd-" + who, "ca-cert.pem"))
        shutil.copy(path(who + ".crt"), path("nbd-" + who, who + "-cert.pem"))
        shutil.copy(path(who + ".key"), path("nbd-" + who, who + "-key.pem"))
        with open(path(who + ".all"), "w", encoding="utf-8") as both:
            for part in (".key", ".crt"):
                with open(path(who + part), encoding="utf-8") as one:
                    both.write(one.read())


def make_ssh():
    for key in ("user", "host"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(key))
    shutil.copy(path("user.pub"), path("authorized"))
    with open(path("sshd_config"), "w", encoding="utf-8") as config:
        config.write(f"ListenAddress 127.0.0.1\nHostKey {path('host')}\nAuthorizedKeysFile {path('authorized')}\nStrictModes no\n"
                     f"UsePAM no\nPidFile none\nPasswordAuthentication no\n")


def listening(port):
    with open("/proc/net/tcp", encoding="utf-8") as sockets:
        return any(line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A" for line in sockets.readlines()[1:])


def server(port, *words):
    """Started, and listening; nobody connects to it to see that, for some serve only one. It ends with whoever started it, however that ends."""
    started = subprocess.Popen(words, stderr=subprocess.DEVNULL, preexec_fn=lambda: ctypes.CDLL(None).prctl(1, signal.SIGTERM))
    for _ in range(1000):
        if listening(port):
            return started
        time.sleep(0.01)
    sys.exit(f"{words[0]} does not listen")


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


class Clock:
    """From when everything is ready until the copy is on the disk."""

    def __init__(self):
        self.began, self.wire, self.cpu = time.monotonic(), wire(), None

    def stop(self, copy):
        sync(copy)
        self.wall, self.passed = time.monotonic() - self.began, wire() - self.wire


def ours(image, plain=False):
    copy, size = path("copy"), os.path.getsize(path(image + ".raw"))
    receiver = subprocess.Popen([ENDS, "receive", WORK, copy, str(size)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port = receiver.stdout.readline().strip()
    clock = Clock()
    sent = subprocess.run([ENDS, "send", WORK, path(image + ".qcow2"), port, *(["plain"] if plain else [])], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    receiver.stdin.write("verify\n")
    receiver.stdin.flush()
    root = receiver.stdout.readline()
    clock.stop(copy)
    receiver.communicate()
    if sent.stdout.splitlines()[0] != root.strip() or receiver.returncode != 0:
        sys.exit("the roots differ")
    return clock


def delta(image):
    """The pass after the first one; that is not measured."""
    def say(process, *lines):
        process.stdin.write("".join(line + "\n" for line in lines))
        process.stdin.flush()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    copy = path("copy")
    receiver = subprocess.Popen([ENDS, "receive", WORK, copy, str(SIZE)], **pipes)
    sender = subprocess.Popen([ENDS, "send", WORK, path(image + ".qcow2"), receiver.stdout.readline().strip()], **pipes)
    first = sender.stdout.readline()
    say(receiver, "verify")
    if first != receiver.stdout.readline() or not first:
        sys.exit("the roots differ")
    clock = Clock()
    say(sender, f"pass {path('changed.qcow2')} {path('changed.extents')}")
    say(receiver, sender.stdout.readline().strip())
    say(sender, receiver.stdout.readline().strip(), receiver.stdout.readline().strip())
    second = sender.stdout.readline()
    say(receiver, "verify")
    root = receiver.stdout.readline()
    clock.stop(copy)
    if second != root or first == second or not root:
        sys.exit("the roots differ")
    clock.cpu = sum(float(process.communicate()[0].split()[-1]) for process in (sender, receiver))
    return clock


def rsync(image, *how):
    port = 22022
    os.makedirs("/run/sshd", exist_ok=True)
    sshd = server(port, "/usr/sbin/sshd", "-D", "-f", path("sshd_config"), "-p", str(port))
    ssh = (f"ssh -F none -p {port} -i {path('user')} -c aes128-gcm@openssh.com -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
           "-o LogLevel=ERROR")
    clock = Clock()
    run("rsync", "-a", *(how or ["-S"]), "-e", ssh, path(image + ".raw"), f"127.0.0.1:{path('copy')}")
    clock.stop(path("copy"))
    sshd.send_signal(signal.SIGTERM)
    sshd.wait()
    return clock


def nbdcopy(image):
    copy = path("copy")
    with open(copy, "wb") as made:
        made.truncate(os.path.getsize(path(image + ".raw")))
    nbd = server(10809, "qemu-nbd", "-f", "raw", "-e", "8", "-b", "127.0.0.1", "--discard=unmap", "--detect-zeroes=unmap", "--object",
                 f"tls-creds-x509,id=t0,endpoint=server,dir={path('nbd-server')}", "--tls-creds", "t0", copy)
    clock = Clock()
    run("nbdcopy", "--flush", path(image + ".raw"), f"nbds://localhost:10809/?tls-certificates={path('nbd-client')}")
    clock.stop(copy)
    nbd.send_signal(signal.SIGTERM)
    nbd.wait()
    return clock


def socat(image):
    end = server(22443, "socat", "-u", "-b", "262144", f"OPENSSL-LISTEN:22443,bind=127.0.0.1,cert={path('server.all')},cafile={path('ca.crt')},verify=1",
                 f"CREATE:{path('copy')}")
    clock = Clock()
    run("socat", "-u", "-b", "262144", f"FILE:{path(image + '.raw')}", f"OPENSSL:localhost:22443,cert={path('client.all')},cafile={path('ca.crt')},verify=1")
    end.wait()
    clock.stop(path("copy"))
    return clock


def cp(image):
    clock = Clock()
    run("cp", "--sparse=always", path(image + ".raw"), path("copy"))
    clock.stop(path("copy"))
    return clock


TOOLS = {"ours": ours, "plain": lambda image: ours(image, True), "delta": delta, "rsync": rsync, "nbdcopy": nbdcopy, "socat": socat, "cp": cp,
         "rsyncdelta": lambda _: rsync("changed", "--inplace", "--no-whole-file")}


def one(which):
    """Inside the namespace: one transfer, its figures as JSON."""
    tool, image, *link = which.split(":")
    run("ip", "link", "set", "lo", "up")
    if link == ["slow"]:
        run("ip", "link", "set", "lo", "mtu", "1500")
        run("tc", "qdisc", "add", "dev", "lo", "root", "tbf", "rate", "200mbit", "burst", "256k", "latency", "50ms")
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: whatever sshd leaves behind is counted too
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = TOOLS[tool](image)
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"wall": clock.wall, "cpu": cpu if clock.cpu is None else clock.cpu, "wire": clock.passed}))


def ready(which):
    """What was copied before is gone, what will be copied is in memory."""
    tool, image = which.split(":")[:2]
    for name in ("copy", "copy.log"):
        if os.path.exists(path(name)):
            os.unlink(path(name))
    if tool == "rsyncdelta":
        run("cp", "--sparse=always", path(image + ".raw"), path("copy"))
    names = [image, "changed"] if tool in ("delta", "rsyncdelta") else [image]
    for name in names:
        with open(path(name + (".qcow2" if tool in ("ours", "plain", "delta") else ".raw")), "rb") as file:
            while file.read(8 * MIB):
                pass
    os.sync()


def measure(which):
    ready(which)
    isolated = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-r", "-n"]
    line = subprocess.run([*isolated, sys.executable, os.path.abspath(__file__), "--one", which], stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(line.splitlines()[-1])


def compare(name):
    which, others = COMPARISONS[name]
    figures = {each: measure(each) for each in (which, *others)}
    for other, limits in others.items():
        peer = other.split(":")[0]
        for metric, unit, scale in (("wall", "s", 1), ("cpu", "s", 1), ("wire", "MiB", MIB)):
            if peer == "cp" and metric == "wire":
                continue
            row = {"metric": f"{name}.{metric} beside {peer}", "unit": unit, "value": figures[which][metric] / scale, "peer": NAMES[peer],
                   "theirs": figures[other][metric] / scale, "better": "lower"}
            if metric in limits:
                row["limit"] = limits[metric]
            print(json.dumps(row), flush=True)


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        one(sys.argv[2])
        return
    make_images()
    for _ in range(int(os.environ.get("PORTULAN_BENCH_ROUNDS", "3"))):
        for name in sys.argv[1:] or COMPARISONS:
            compare(name)
    for name in ("copy", "copy.log"):
        if os.path.exists(path(name)):
            os.unlink(path(name))


if __name__ == "__main__":
    main()
