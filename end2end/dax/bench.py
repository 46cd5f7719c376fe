"""How quickly cached items are read: `bench.py --dynamodb URL --footfall BINARY --go DRIVER --rust DRIVER`.

All in one run on one machine, server and client beside each other. "Per core" is answers a second of the server's own
processor time, so that what the client takes does not count; the map has no server, and its time is that of its process.
"""

import json
import os
import resource
import subprocess
import sys
import uuid
from pathlib import Path

import run
import table
from server import Server

ITEMS, SECONDS, ROUNDS = 1_000, 5, 3
MANY = 16
OURS = "our client, our server"


def main():
    arguments = run.parse()
    dynamodb = run.http_client.connect(arguments.dynamodb)
    name = f"{uuid.uuid4().hex[:8]}-bench"
    dynamodb.create_table(**table.create(name, [("pk", "S")]))
    for number in range(ITEMS):
        dynamodb.put_item(TableName=name, Item=item(number))
    clients = run.clients(arguments)
    rust = clients["rust"].command
    local = process_at(arguments.dynamodb)
    with Server(arguments.footfall, arguments.dynamodb) as server:
        dax, http, ours = f"dax://{server.address}", f"http://{server.address}", server.process.pid
        rows = {
            "in-process map": lambda callers: measure(rust, "map:", name, callers, None),
            OURS: lambda callers: measure(rust, dax, name, callers, ours),
            **{f"Amazon's client for {who.title()}, our server": lambda callers, who=who: measure(clients[who].command, dax, name, callers, ours) for who in ["python", "node", "go"]},
            "aws-sdk-dynamodb, our server over HTTP": lambda callers: measure(rust, http, name, callers, ours),
            "aws-sdk-dynamodb, DynamoDB Local": lambda callers: measure(rust, arguments.dynamodb, name, callers, local),
        }
        print(f"| {ITEMS:,} cached items of 400 bytes, median of {ROUNDS} rounds of {SECONDS} s | 1 caller: p50 / p99 µs | p50, of ours | {MANY} callers: answers/s | of ours | of the server, per core | of ours |")
        print("|---|---|---|---|---|---|---|")
        measured = {row: ([], []) for row in rows}
        # Round by round, so that what else the machine does meets all of them.
        for _ in range(ROUNDS):
            for row, ask in rows.items():
                for results, callers in zip(measured[row], [1, MANY]):
                    results.append(ask(callers))
        medians = {row: (median(one, "p50"), median(many, "rate")) for row, (one, many) in measured.items()}
        our_one, our_many = medians[OURS]
        for row, (one, many) in medians.items():
            ratios = [f"{mine / our:.3g} ×" for mine, our in [(one["p50"], our_one["p50"]), (many["rate"], our_many["rate"]), (many["core"], our_many["core"])]]
            print(f"| {row} | {one['p50']:,.1f} / {one['p99']:,.1f} | {ratios[0]} | {many['rate']:,.0f} | {ratios[1]} | {many['core']:,.0f} | {ratios[2]} |", flush=True)
    dynamodb.delete_table(TableName=name)


def item(number):
    """As `bench.rs` has them."""
    return {
        "pk": {"S": f"item {number}"}, "text": {"S": "x" * 200}, "count": {"N": str(number)}, "ratio": {"N": f"{number}.25"}, "yes": {"BOOL": True},
        "tags": {"SS": ["a", "b", "c"]}, "list": {"L": [{"N": "1"}, {"S": "two"}]}, "map": {"M": {"inner": {"S": "value"}, "other": {"N": "3.5"}}},
    }


def measure(command, endpoint, name, callers, server):
    before = spent(server)
    said = subprocess.run([*command, endpoint, "--bench", name, str(ITEMS), str(SECONDS), str(callers)], check=True, capture_output=True, text=True, timeout=300)
    result = json.loads(said.stdout)
    # Reading every item once beforehand is part of what the server spent.
    used = spent(server) - before
    return {**result, "rate": result["calls"] / result["seconds"], "core": (result["calls"] + ITEMS) / used}


def spent(process):
    """Processor seconds of a process, all its threads; of none, those of the children that have ended."""
    if process is None:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def process_at(url):
    """The process that listens at an address of this machine."""
    port = int(url.rsplit(":", 1)[1])
    inodes = {line.split()[9] for file in ["tcp", "tcp6"] for line in Path(f"/proc/net/{file}").read_text().splitlines()[1:]
              if line.split()[3] == "0A" and int(line.split()[1].rsplit(":", 1)[1], 16) == port}
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(link) in {f"socket:[{inode}]" for inode in inodes}:
                return int(link.parts[2])
        except OSError:
            pass
    sys.exit(f"nobody listens at {url}")


def median(results, by):
    return sorted(results, key=lambda result: result[by])[len(results) // 2]


if __name__ == "__main__":
    main()
