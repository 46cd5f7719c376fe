"""Asks the table with every client and compares: `run.py --dynamodb URL --footfall BINARY --go DRIVER --rust DRIVER`.

The truth is boto3 straight to DynamoDB. Each client then asks the same of our server, on tables of its own: once where
nobody is asked for a key, once signing with a key, once signing in TLS. And at the wrong key, and at a server that is not
the one it trusts, it gets nothing.
"""

import argparse
import functools
import json
import subprocess
import sys
import tempfile
import uuid
from contextlib import nullcontext
from pathlib import Path

import table
from compare import Answers, compare
from doors import doors, knocks_at
from server import Server

DRIVERS = Path(__file__).parent / "drivers"
sys.path.insert(0, str(DRIVERS))
import http_client  # noqa: E402

# Seconds. A client that has not finished by then never will: the table takes about ten.
PATIENCE = 600


class Client:
    """A driver, and which of our server's two protocols it speaks."""

    def __init__(self, protocol, *command, as_written, by_address=False):
        self.protocol = protocol
        self.command = [str(word) for word in command]
        # Whether it looks for names in the DNS alone, which does not know this machine's own.
        self.by_address = by_address
        # Whether it shows numbers just as DynamoDB writes them. Amazon's print what they have decoded.
        self.as_written = as_written


def main():
    arguments = parse()
    with tempfile.TemporaryDirectory(prefix="footfall-dax-table-") as work:
        asked = Asked(arguments.dynamodb, Path(arguments.keep or work))
        truth = asked.by("truth", Client("http", sys.executable, DRIVERS / "http_client.py", as_written=False), arguments.dynamodb)
        foreseen(asked.steps, truth())
        failed = []
        for door in doors(work):
            if arguments.door not in (None, door.name):
                continue
            with Server(arguments.footfall, arguments.dynamodb, *door.arguments) as server:
                failed += through(door, server, asked, truth, arguments)
                failed += knocked(door, server, asked, arguments, work)
                if server.process.poll() is not None or "panicked at" in server.said():
                    print(server.said())
                    failed.append(f"the server, {door.name}")
    sys.exit(f"dax table: FAILED: {', '.join(failed)}" if failed else None)


def through(door, server, asked, truth, arguments):
    """Every client asks the table through a door; returns who got a wrong answer."""
    answers = {
        name: asked.by(name, client, door.endpoint(client, server.address), door.environment())
        for name, client in clients(arguments).items()
    }
    failed = []
    for name, theirs in answers.items():
        wrong, equal, known = compare(name, theirs(), truth(), asked.steps)
        if wrong:
            print("\n".join(wrong[: arguments.show]))
            failed.append(f"{name}, {door.name}")
        print(f"dax table, {door.name}: {name}: {equal} answers as DynamoDB's own, {known} different as known, {len(wrong)} wrong", flush=True)
    return failed


def knocked(door, server, asked, arguments, work):
    """Every client knocks in a right way, which must be answered, and in wrong ones, which must not; returns for whom it was
    otherwise."""
    if door.open:
        return []
    failed, knocks = [], 0
    for what, opens, way, more in knocks_at(door, work):
        same = way.arguments == door.arguments
        with nullcontext(server) if same else Server(arguments.footfall, arguments.dynamodb, *way.arguments) as knocked_at:
            said = {
                f"{name} with {what}, {door.name}": asked.knock(client, way.endpoint(client, knocked_at.address), way.environment(**more))
                for name, client in clients(arguments).items()
            }
            knocks += len(said)
            failed += [who for who, words in said.items() if ('"output"' in words()) != opens]
    for who in failed:
        print(f"{who}: let in and should not have been, or the other way round")
    print(f"dax table, {door.name}: {knocks} knocks, {len(failed)} answered otherwise than they should be", flush=True)
    return failed


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dynamodb", required=True, help="endpoint of a DynamoDB Local")
    parser.add_argument("--footfall", required=True, help="the binary with the server")
    parser.add_argument("--go", help="the built driver in drivers/go; left out, Go's client is not asked")
    parser.add_argument("--rust", help="the built example `table` of footfall-dax; left out, it is not asked")
    parser.add_argument("--only", help="one client")
    parser.add_argument("--door", help="one way in: `open`, `with keys`, `with keys in TLS`")
    parser.add_argument("--show", type=int, default=40, help="how many differences to print of a client")
    parser.add_argument("--keep", help="a folder that keeps the answers")
    return parser.parse_args()


def clients(arguments):
    made = {
        "http": Client("http", sys.executable, DRIVERS / "http_client.py", as_written=True),
        "python": Client("dax", sys.executable, DRIVERS / "dax_client.py", as_written=False),
        "node": Client("dax", "node", DRIVERS / "node" / "driver.js", as_written=False, by_address=True),
    }
    if arguments.go:
        made["go"] = Client("dax", arguments.go, as_written=False)
    if arguments.rust:
        made["rust"] = Client("dax", arguments.rust, as_written=True)
        made["rust-http"] = Client("http", arguments.rust, as_written=True)
    return {name: client for name, client in made.items() if arguments.only in (None, name)}


class Asked:
    """Makes tables for a client, and runs its driver over them."""

    def __init__(self, dynamodb, work):
        self.dynamodb = http_client.connect(dynamodb)
        self.work = work
        self.steps = table.steps("T-")
        self.behind_the_door = f"{uuid.uuid4().hex[:8]}-door"
        self.dynamodb.create_table(**table.create(self.behind_the_door, [("pk", "S")]))

    def by(self, name, client, endpoint, environment=None):
        """Begins to ask; what is returned waits for the answers."""
        prefix = f"{uuid.uuid4().hex[:8]}-"
        for each in table.tables(prefix):
            self.dynamodb.create_table(**each)
        run = self.run(f"{prefix}{name}", client, endpoint, table.steps(prefix), environment)

        def answers():
            status, said = run()
            assert status == 0, f"the driver of {name} ended with {status}"
            return Answers(said, prefix, client.as_written)

        return functools.cache(answers)

    def knock(self, client, endpoint, environment):
        """Begins to ask for one item; what is returned waits for what the driver says. It may fail as it likes."""
        get = {"name": "knock", "op": "GetItem", "input": {"TableName": self.behind_the_door, "Key": {"pk": {"S": "x"}}}, "twice": False, "paged": False}
        run = self.run(f"knock-{uuid.uuid4().hex}", client, endpoint, [get], environment)
        return lambda: run()[1]

    def run(self, name, client, endpoint, steps, environment):
        script, said = self.work / f"{name}.table.json", self.work / f"{name}.jsonl"
        script.write_text(json.dumps({"steps": steps}))
        with said.open("wb") as out:
            complaints = subprocess.DEVNULL if len(steps) == 1 else None
            driver = subprocess.Popen([*client.command, endpoint, script], stdout=out, stderr=complaints, env=environment)

        def ended():
            try:
                status = driver.wait(PATIENCE)
            finally:
                driver.kill()
            return status, said.read_text()

        return ended


def foreseen(steps, truth):
    """The table does what it says: what shall fail fails, and nothing else does but conditions."""
    for step in steps:
        error = truth.by_step[step["name"], 0].get("error", {})
        assert "client" not in error, f"{step['name']}: {error}"
        if not step["fails"]:
            assert error.get("code") in (None, "ConditionalCheckFailedException"), f"{step['name']}: {error}"
        else:
            assert error, f"{step['name']} does not fail"


if __name__ == "__main__":
    main()
