"""Is the API as its description says? `run.py --footfall BINARY`.

The description must be valid OpenAPI 3.1 (openapi-spec-validator). Then schemathesis asks a running server everything it
describes: what the examples show, what lies at the edges of every schema, and random requests, right and wrong ones. What
an answer must be like is in `schemathesis.toml`. At last: every operation was reached, not only refused, and the server
has met nothing that it did not expect.
"""

import argparse
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

from house import DOMAIN, OTHER, House
from openapi_spec_validator import OpenAPIV31SpecValidator

HERE = Path(__file__).parent
PEOPLE = ["Pages", "Forms", "Exports"]
SIGN_OUT = "/logout"
EVERYWHERE = "/account/sign-out-everywhere"

# So many of the random queries make sense at the least.
REPORTS = 50

# What nothing generated gets through, and why.
UNREACHED = {
    "GET /setup": "the link is good as long as nobody has an account",
    "POST /setup": "the link is good as long as nobody has an account",
    "POST /login": "takes a password, and after five wrong ones nothing for a while",
    "POST /account/password": "takes the present password, and after five wrong ones nothing for a while",
    "POST /{domain}/settings/reset": "wants the domain written once more",
    "POST /{domain}/settings/remove": "wants the domain written once more",
    "GET /join": "the link of an invitation is told once",
    "POST /join": "the link of an invitation is told once",
    "POST /share/{domain}/authenticate": "takes the password of a link",
    "POST /teams/{id}/role": "nobody is in the team but who asks",
    "POST /teams/{id}/remove": "nobody is in the team but who asks",
    "GET /api/openapi.json": "is asked already to read the description",
    "GET /assets/{file}": "the names of files are hashes",
    "GET /js/{name}": "there are few such names",
}


def main():
    arguments = parse()
    with House(arguments.footfall) as house:
        described = json.load(urllib.request.urlopen(f"{house.url}/api/openapi.json"))
        OpenAPIV31SpecValidator(described).validate()
        operations = [(f"{method.upper()} {path}", said) for path, item in described["paths"].items() for method, said in item.items()]
        print(f"openapi: {len(operations)} operations, valid OpenAPI {described['openapi']}", flush=True)
        people = [word for tag in PEOPLE for word in ("tag", tag)]
        answers = Answers()
        rounds = {
            # First what needs the key: a form of a page can take it away.
            "programs": flags("exclude", people),
            "people": flags("include", people) + ["--exclude-path", SIGN_OUT, "--exclude-path", EVERYWHERE],
            # Last, for it ends the sign-in it comes with.
            "signing out": ["--include-path", SIGN_OUT],
            "signing out everywhere": ["--include-path", EVERYWHERE],
        }
        # All at once, before the tests send so many wrong passwords that nobody gets in for a while.
        sign_ins = {name: house.sign_in() for name in [*rounds, "left"]}
        sign_ins["signing out everywhere"] = house.sign_in(OTHER)
        failed = []
        for name, chosen in rounds.items():
            house.give_roles()
            if not asked(house, name, sign_ins[name], [*chosen, *arguments.more], answers):
                failed.append(name)
        if not arguments.more:
            failed += answers.unreached(operations) + left(house, sign_ins["left"])
    sys.exit("".join(f"openapi: FAILED: {what}\n" for what in failed) or None)


def asked(house, name, sign_in, chosen, answers):
    """One run of schemathesis with a sign-in of its own; whether it found nothing."""
    cookie, csrf = sign_in
    said = Path(house.folder.name) / "answers.json"
    secrets = {"FOOTFALL_KEY": house.key, "FOOTFALL_SIGN_IN": cookie, "FOOTFALL_CSRF": csrf, "FOOTFALL_LINK": house.link, "FOOTFALL_ANSWERS": str(said), "FOOTFALL_HOOKS": str(HERE / "hooks.py")}
    print(f"openapi: {name}", flush=True)
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run", f"{house.url}/api/openapi.json"]
    done = subprocess.run([*command, "--no-color", *chosen], cwd=house.folder.name, env={**os.environ, **secrets})
    answers.add(json.loads(said.read_text()))
    return done.returncode == 0


class Answers:
    """How often each operation answered with each status."""

    def __init__(self):
        self.by_operation = {}

    def add(self, more):
        for operation, statuses in more.items():
            known = self.by_operation.setdefault(operation, {})
            for status, times in statuses.items():
                known[int(status)] = known.get(int(status), 0) + times

    def unreached(self, operations):
        """Those that refused everything although they do not say so."""
        missed = []
        for name, said in operations:
            promised = any(int(status) < 400 for status in said["responses"])
            found = self.by_operation.get(name, {})
            reached = any(status < 400 for status in found)
            if promised and not reached and name not in UNREACHED:
                missed.append(f"{name} refused everything: {found}")
            if reached and name in UNREACHED and name.startswith("POST"):
                missed.append(f"{name} was reached: it need not be excused")
        requests = sum(sum(statuses.values()) for statuses in self.by_operation.values())
        reports = self.by_operation.get("POST /api/v2/query", {}).get(200, 0)
        print(f"openapi: {requests} requests, {reports} reports on queries of the v2 API", flush=True)
        if reports < REPORTS:
            missed.append(f"only {reports} queries were answered with a report")
        return missed


def left(house, sign_in):
    """What is not there any more, and what the server did not expect."""
    troubles = [line for line in house.said().splitlines() if "panicked" in line or " ERROR " in line]
    if house.process.poll() is not None:
        troubles.append("the server has ended")
    if DOMAIN not in house.command("site", "list"):
        troubles.append("the site is gone")
    if not house.knows(sign_in):
        troubles.append("a sign-in that nobody ended has ended")
    return troubles


def flags(what, words):
    return [word for at in range(0, len(words), 2) for word in (f"--{what}-{words[at]}", words[at + 1])]


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--footfall", required=True)
    parser.add_argument("more", nargs="*", help="for schemathesis: such as -- --include-path /api/v2/query")
    return parser.parse_args()


if __name__ == "__main__":
    main()
