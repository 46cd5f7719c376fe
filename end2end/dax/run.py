"""Asks the table with every client and compares: `run.py --dynamodb URL --footfall BINARY --go DRIVER --rust DRIVER`.

The truth is boto3 straight to DynamoDB. Each client then asks the same of our server, on tables of its own.
"""

import argparse
import functools
import json
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import table
from compare import Answers, compare
from server import Server

DRIVERS = Path(__file__).parent / "drivers"
sys.path.insert(0, str(DRIVERS))
import http_client  # noqa: E402

# Seconds. A client that has not finished by then never will: the table takes about ten.
PATIENCE = 600


class Client:
    """A driver, and which of our server's two protocols it speaks."""

    def __init__(self, scheme, *command, as_written):
        self.scheme = scheme
        self.command = [str(word) for word in command]
        # Whether it shows numbers just as DynamoDB writes them. Amazon's print what they have decoded.
        self.as_written = as_written


def main():
    arguments = parse()
    with tempfile.TemporaryDirectory(prefix="footfall-dax-table-") as work, Server(arguments.footfall, arguments.dynamodb) as server:
        asked = Asked(arguments.dynamodb, Path(arguments.keep or work))
        truth = asked.by("truth", Client("http", sys.executable, DRIVERS / "http_client.py", as_written=False), arguments.dynamodb)
        foreseen(asked.steps, truth())
        answers = {name: asked.by(name, client, f"{client.scheme}://{server.address}") for name, client in clients(arguments).items()}
        failed = []
        for name, theirs in answers.items():
            wrong, equal, known = compare(name, theirs(), truth(), asked.steps)
            if wrong:
                print("\n".join(wrong[: arguments.show]))
                failed.append(name)
            print(f"dax table: {name}: {equal} answers as DynamoDB's own, {known} different as known, {len(wrong)} wrong", flush=True)
        if server.process.poll() is not None or "panicked at" in server.said():
            print(server.said())
            failed.append("the server")
    sys.exit(f"dax table: FAILED: {', '.join(failed)}" if failed else None)


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dynamodb", required=True, help="endpoint of a DynamoDB Local")
    parser.add_argument("--footfall", required=True, help="the binary with the server")
    parser.add_argument("--go", help="the built driver in drivers/go; left out, Go's client is not asked")
    parser.add_argument("--rust", help="the built example `table` of footfall-dax; left out, it is not asked")
    parser.add_argument("--only", help="one client")
    parser.add_argument("--show", type=int, default=40, help="how many differences to print of a client")
    parser.add_argument("--keep", help="a folder that keeps the answers")
    return parser.parse_args()


def clients(arguments):
    made = {
        "http": Client("http", sys.executable, DRIVERS / "http_client.py", as_written=True),
        "python": Client("dax", sys.executable, DRIVERS / "dax_client.py", as_written=False),
        "node": Client("dax", "node", DRIVERS / "node" / "driver.js", as_written=False),
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

    def by(self, name, client, endpoint):
        """Begins to ask; what is returned waits for the answers."""
        prefix = f"{uuid.uuid4().hex[:8]}-"
        tables = table.tables(prefix)
        for each in tables:
            self.dynamodb.create_table(**each)
        script = self.work / f"{name}.table.json"
        script.write_text(json.dumps({"steps": table.steps(prefix)}))
        said = self.work / f"{name}.jsonl"
        with said.open("wb") as out:
            driver = subprocess.Popen([*client.command, endpoint, script], stdout=out)

        def answers():
            try:
                status = driver.wait(PATIENCE)
            finally:
                driver.kill()
            assert status == 0, f"the driver of {name} ended with {status}"
            return Answers(said.read_text(), prefix, client.as_written)

        return functools.cache(answers)


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
