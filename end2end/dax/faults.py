"""Our server is killed and started again under every client: `faults.py --dynamodb URL --footfall BINARY --go DRIVER --rust DRIVER`.

What must hold: no answer is ever wrong, every client goes on by itself, and no attribute is ever under another's name,
not even when the server has forgotten its attribute lists while clients remember the ids it gave them.
"""

import subprocess
import sys
import tempfile
import threading
import time
import uuid

import run
import table
from server import Server

KILLS = 5
# Answers after each start that show that a client goes on.
ENOUGH = 150
# Seconds. A client that has not gone on by then never will.
PATIENCE = 120


def main():
    arguments = run.parse()
    dynamodb = run.http_client.connect(arguments.dynamodb)
    name = f"{uuid.uuid4().hex[:8]}-faults"
    dynamodb.create_table(**table.create(name, [("pk", "S")]))
    clients = run.clients(arguments)
    with Server(arguments.footfall, arguments.dynamodb) as server:
        loads = {who: Load(client, server.address, name, who, "up") for who, client in clients.items()}
        try:
            killed(server, loads)
            forgotten(server, loads, clients, name)
        finally:
            for load in loads.values():
                load.stop()
        assert "panicked at" not in server.said(), server.said()
    attributes_are_right(dynamodb, name)
    dynamodb.delete_table(TableName=name)
    for who, load in loads.items():
        print(f"dax faults: {who}: {load.ok} answers right, {load.failed} failed while the server was away, 0 wrong")
        assert load.failed or who in ("http",), f"{who} never noticed: were the kills seen at all?"
    print(f"dax faults: {KILLS + 1} kills, once with the attribute lists lost: passed", flush=True)


def killed(server, loads):
    """Killed and started again, its list of attribute lists kept."""
    go_on(loads)
    for _ in range(KILLS):
        server.kill()
        notice(loads)
        server.start()
        go_on(loads)


def forgotten(server, loads, clients, name):
    """Started without what it knew; other clients register their lists first, in another order."""
    server.kill()
    notice(loads)
    server.forget()
    server.start()
    others = {f"{who} later": Load(client, server.address, name, f"{who} later", "down") for who, client in clients.items()}
    try:
        go_on(others)
        # Those from before hold ids that this server has learnt again from the others, the same ones.
        go_on(loads)
    finally:
        for load in others.values():
            load.stop()


def go_on(loads):
    """Every client gets answers."""
    wanted = {who: load.ok + ENOUGH for who, load in loads.items()}
    wait(loads, lambda who, load: load.ok >= wanted[who], "does not go on")


def notice(loads):
    """Every client has seen that the server is away."""
    before = {who: load.failed for who, load in loads.items()}
    wait(loads, lambda who, load: load.failed > before[who], "does not notice that the server is away")


def wait(loads, done, otherwise):
    until = time.monotonic() + PATIENCE
    for who, load in loads.items():
        while not done(who, load):
            load.check()
            assert time.monotonic() < until, f"{who} {otherwise}: {load.ok} answers, {load.failed} failed, the last: {load.last}"
            time.sleep(0.02)


def attributes_are_right(dynamodb, name):
    """Asked past the server: every value is under its own name."""
    items = [item for page in dynamodb.get_paginator("scan").paginate(TableName=name) for item in page["Items"]]
    assert items, "nothing was written"
    for item in items:
        for attribute, value in item.items():
            assert attribute == "pk" or value["S"].startswith(f"{attribute}="), item


class Load:
    """A client under load, and what it says."""

    def __init__(self, client, address, name, who, order):
        command = [*client.command, f"{client.protocol}://{address}", "--load", name, who, order]
        self.who = who
        self.complaints = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.complaints, text=True)
        self.ok = self.failed = 0
        self.last, self.wrong = "", None
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            if line.startswith("ok"):
                self.ok += 1
            elif line.startswith("failed"):
                self.failed += 1
                self.last = line.strip()
            else:
                self.wrong = self.wrong or line

    def check(self):
        assert self.wrong is None, f"{self.who}: {self.wrong}"
        if self.process.poll() is not None:
            self.complaints.seek(0)
            raise AssertionError(f"{self.who} ended: {self.complaints.read()}")

    def stop(self):
        self.process.kill()
        self.process.wait()


if __name__ == "__main__":
    try:
        main()
    except AssertionError as wrong:
        sys.exit(f"dax faults: FAILED: {wrong}")
