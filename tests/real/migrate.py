# SPDX-License-Identifier: GPL-2.0-or-later
"""Migrations between QEMU binaries against what `qcompat matrix` says.

migrate.py QCOMPAT BINARY FACTS [BINARY FACTS]

FACTS is a snapshot of the source that BINARY was built from (`qcompat facts
-o FILE.json`).  Each device is started with its clock stopped, saved, and
loaded by the other binary, or by the same where one alone is given, in both
directions.  A line for each says "ok" or "not ok"; what a binary cannot start
is left out, and counted.
"""
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 60
VERDICTS = ["same", "differs", "may-fail", "fails", "refused"]
BLANK = "-blockdev null-co,node-name=disk,size=1048576,read-zeroes=on"
DEVICES = {
    "none": "",
    "e1000e": "-device e1000e",
    "virtio-net-pci": "-device virtio-net-pci",
    "virtio-blk-pci": BLANK + " -device virtio-blk-pci,drive=disk",
    "virtio-scsi-pci": "-device virtio-scsi-pci",
    "virtio-rng-pci": "-device virtio-rng-pci",
    "virtio-balloon-pci": "-device virtio-balloon-pci",
    "virtio-gpu-pci": "-device virtio-gpu-pci",
    "pcie-root-port": "-device pcie-root-port,chassis=1,slot=1",
    "qemu-xhci": "-device qemu-xhci",
    "usb-tablet": "-device qemu-xhci -device usb-tablet",
    "ich9-ahci": "-device ich9-ahci",
    "vmxnet3": "-device vmxnet3",
    "VGA": "-device VGA",
    "am53c974": "-device am53c974",
}


class Machine:
    """A QEMU whose clock stands still, and its monitor."""

    def __init__(self, binary, machine, arguments, scratch, more=()):
        path = os.path.join(scratch, "monitor")
        if os.path.exists(path):
            os.unlink(path)
        command = [binary, "-M", machine + ",accel=tcg", "-m", "64", "-S",
                   "-nodefaults", "-display", "none", "-vga", "none", "-nic",
                   "none", "-qmp", f"unix:{path},server=on,wait=off"]
        self.process = subprocess.Popen(
            command + arguments.split() + list(more),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        self.file = self.connect(path)

    def connect(self, path):
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            monitor = socket.socket(socket.AF_UNIX)
            try:
                monitor.connect(path)
            except OSError:
                monitor.close()
                time.sleep(0.02)
                continue
            file = monitor.makefile("rw")
            monitor.close()
            try:
                file.readline()
                self.file = file
                self.ask("qmp_capabilities")
            except OSError:
                return None
            return file
        return None

    def ask(self, command, **arguments):
        """What `return` says, None where there is an error."""
        self.file.write(json.dumps({"execute": command,
                                    "arguments": arguments}) + "\n")
        self.file.flush()
        while True:
            line = self.file.readline()
            if not line:
                raise OSError("QEMU is gone")
            answer = json.loads(line)
            if "return" in answer or "error" in answer:
                return answer.get("return")

    def wait(self, done, failed, command):
        """True where `status` of COMMAND becomes one of DONE."""
        end = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < end:
                status = (self.ask(command) or {}).get("status")
                if status in done:
                    return True
                if status in failed:
                    return False
                time.sleep(0.02)
        except OSError:
            pass
        return False

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def save(binary, machine, arguments, scratch, stream):
    qemu = Machine(binary, machine, arguments, scratch)
    try:
        return bool(qemu.file) and \
            qemu.ask("migrate", uri=f"exec:cat >{stream}") is not None and \
            qemu.wait(["completed"], ["failed"], "query-migrate")
    except OSError:
        return False
    finally:
        qemu.end()


def load(binary, machine, arguments, scratch, stream):
    """None where it does not even start."""
    qemu = Machine(binary, machine, arguments, scratch)
    started = bool(qemu.file)
    qemu.end()
    if not started:
        return None
    qemu = Machine(binary, machine, arguments, scratch,
                   ["-incoming", f"exec:cat {stream}"])
    try:
        return bool(qemu.file) and \
            qemu.wait(["paused", "prelaunch"], ["internal-error"],
                      "query-status")
    finally:
        qemu.end()


def machines(binary):
    listed = subprocess.run([binary, "-M", "help"], capture_output=True,
                            text=True, check=True).stdout
    return set(re.findall(r"^(pc-q35-\d+\.\d+) ", listed, re.M))


def newest(names):
    if not names:
        sys.exit("migrate: there is no pc-q35-X.Y that all have")
    return max(names, key=lambda name: [int(part) for part in
                                        re.findall(r"\d+", name)])


def told(qcompat, machine, facts, names):
    """(from, to, device) → "same", "fails" …; numbers of FACTS."""
    found = {}
    for name in names:
        device = [] if name == "none" else ["--device", name]
        run = subprocess.run([qcompat, "matrix", "-M", machine, "-f", "json",
                              *device, *facts], capture_output=True,
                             text=True)
        if run.returncode > 1:
            continue                 # no such device
        for number, hop in enumerate(json.loads(run.stdout)["hops"]):
            verdict = hop["verdict"]
            if name == "none":       # the machine itself, not what it may have
                verdict = max((r["verdict"] for r in hop["reasons"]
                               if not r["devices"]), default="same",
                              key=VERDICTS.index)
            found[number, name] = verdict
    return found


def judge(verdict, loads):
    if verdict in ("same", "differs"):
        return loads
    return verdict == "may-fail" or not loads


def main():
    qcompat, pairs = sys.argv[1], sys.argv[2:]
    sides = list(zip(pairs[::2], pairs[1::2]))
    if len(sides) == 1:
        sides *= 2
    (a, facts_a), (b, facts_b) = sides
    machine = newest(machines(a) & machines(b))
    verdicts = told(qcompat, machine, [facts_a, facts_b], DEVICES)
    counts = {True: 0, False: 0}
    left_out = 0
    with tempfile.TemporaryDirectory() as scratch:
        stream = os.path.join(scratch, "stream")
        hops = [(0, a, b)] if a == b else [(0, a, b), (1, b, a)]
        for number, source, destination in hops:
            for name, arguments in DEVICES.items():
                loads = None
                if (number, name) in verdicts and \
                   save(source, machine, arguments, scratch, stream):
                    loads = load(destination, machine, arguments, scratch,
                                 stream)
                if loads is None:
                    left_out += 1
                    continue
                verdict = verdicts[number, name]
                good = judge(verdict, loads)
                counts[good] += 1
                print("ok:" if good else "not ok:", machine, name,
                      "there:" if number == 0 else "and back:",
                      "loads," if loads else "is refused,", "told:", verdict,
                      flush=True)
    print(f"migrations of {machine}: {counts[True]} as told, "
          f"{counts[False]} not, {left_out} left out")
    sys.exit(1 if counts[False] or not counts[True] else 0)


main()
