"""Compares a driver's answers with DynamoDB's own.

Both are lines of JSON, one an answer. What differs must be listed in `known.json` with its reason, together with the
answer the client gives: an entry that is no longer true fails the run, so that the list cannot rot.
"""

import fnmatch
import json
import re
from decimal import Context, Decimal
from pathlib import Path

KNOWN = Path(__file__).with_name("known.json")
# Absent or empty: the same, and the clients do not agree which.
EMPTY = {"UnprocessedItems", "UnprocessedKeys", "ItemCollectionMetrics", "ConsumedCapacity", "Items", "Attributes"}
# More digits than a number has.
WIDE = Context(prec=50)
SETS = {"SS", "NS", "BS"}


class Answers:
    """What a driver said, by step and time."""

    def __init__(self, text, prefix, as_written=False):
        """`as_written`: numbers stay as the driver wrote them. Otherwise they become what DynamoDB would write."""
        write = str if as_written else number
        self.by_step = {}
        for line in text.replace(prefix, "T-").splitlines():
            answer = json.loads(line)
            key = (answer.pop("step"), answer.pop("time"))
            self.by_step[key] = normal(answer, write)


def normal(given, write):
    """The same for answers that mean the same."""
    if isinstance(given, list):
        return [normal(each, write) for each in given]
    if isinstance(given, float) and given.is_integer():
        return int(given)
    if not isinstance(given, dict):
        return given
    if len(given) == 1:
        (kind, data), = given.items()
        if kind == "N" and isinstance(data, str):
            return {"N": write(data)}
        if kind in SETS and isinstance(data, list):
            return {kind: sorted(map(write, data) if kind == "NS" else data)}
    same = {name: normal(each, write) for name, each in given.items() if not nothing(name, each)}
    if "Responses" in same and isinstance(same["Responses"], dict):
        # A batch answers in no order.
        same["Responses"] = {table: sorted(items, key=canonical) for table, items in same["Responses"].items()}
    if isinstance(same.get("ConsumedCapacity"), list):
        same["ConsumedCapacity"] = sorted(same["ConsumedCapacity"], key=canonical)
    return same


def nothing(name, each):
    return each is None or (name in EMPTY and each in ({}, [])) or (name == "message" and each == "")


def number(text):
    """All digits, and none too many. (DynamoDB Local does so on the top level only.)"""
    try:
        value = Decimal(text).normalize(WIDE)
    except ArithmeticError:
        return f"no number of DynamoDB's: {text}"
    return format(value, "f") if value else "0"


def canonical(given):
    return json.dumps(given, sort_keys=True, ensure_ascii=False)


def differences(theirs, truth, at=""):
    """Where two answers differ, each in a line."""
    if isinstance(theirs, dict) and isinstance(truth, dict) and theirs.keys() & truth.keys():
        for name in sorted(theirs.keys() | truth.keys()):
            yield from differences(theirs.get(name), truth.get(name), f"{at}.{name}")
    elif isinstance(theirs, list) and isinstance(truth, list) and len(theirs) == len(truth):
        for place, (one, other) in enumerate(zip(theirs, truth)):
            yield from differences(one, other, f"{at}[{place}]")
    elif canonical(theirs) != canonical(truth):
        yield f"    {at.lstrip('.')} is {brief(theirs)}, should be {brief(truth)}"


def brief(given, room=300):
    text = canonical(given)
    return text if len(text) <= room else f"{text[:room]}… ({len(text)} characters)"


class Known:
    """The list of differences that are known, for one client.

    An entry names the `clients`, the `steps` (patterns), `why`, who is `wrong`, and one of these: what the client `gives`,
    in which "…" stands for anything; the fields that are not as they should be where all `but` them is; or the numbers it
    `reads` as others, everything else being as it should be.
    """

    def __init__(self, client):
        self.entries = [entry for entry in json.loads(KNOWN.read_text()) if client in entry["clients"]]
        self.met = [0 for _ in self.entries]

    def excuses(self, name, theirs, truth):
        """Whether an entry says just this of the step."""
        for n in self.of(name):
            if self.fits(self.entries[n], theirs, truth):
                self.met[n] += 1
                return True
        return False

    def fits(self, entry, theirs, truth):
        if "gives" in entry:
            return like(entry["gives"], theirs)
        if "but" in entry:
            return canonical(without(truth, entry["but"])) == canonical(without(theirs, entry["but"]))
        return canonical(misread(truth, entry["reads"])) == canonical(theirs)

    def of(self, name):
        return [n for n, entry in enumerate(self.entries) if any(fnmatch.fnmatchcase(name, pattern) for pattern in entry["steps"])]


def without(given, fields):
    if isinstance(given, list):
        return [without(each, fields) for each in given]
    if not isinstance(given, dict):
        return given
    return {name: without(each, fields) for name, each in given.items() if name not in fields}


def misread(given, numbers):
    """The same, with other numbers in the place of some."""
    if isinstance(given, list):
        return [misread(each, numbers) for each in given]
    if not isinstance(given, dict):
        return given
    if given.keys() == {"N"}:
        as_written = {number(text): number(other) for text, other in numbers.items()}
        return {"N": as_written.get(given["N"], given["N"])}
    return {name: misread(each, numbers) for name, each in given.items()}


def like(template, given):
    """Equal, but for what the template leaves open by "…"."""
    if template == "…":
        return True
    if isinstance(template, str) and isinstance(given, str):
        return re.fullmatch(".*".join(map(re.escape, template.split("…"))), given, re.DOTALL) is not None
    if isinstance(template, dict) and isinstance(given, dict):
        return template.keys() == given.keys() and all(like(each, given[name]) for name, each in template.items())
    if isinstance(template, list) and isinstance(given, list):
        return len(template) == len(given) and all(map(like, template, given))
    return template == given


def compare(client, answers, truth, steps):
    """What is wrong, in words; and how many answers were equal, and how many differ as known."""
    # DynamoDB Local tells it now and then without being asked.
    capacity = {step["name"] for step in steps if "ReturnConsumedCapacity" in step["input"]}
    known, wrong, equal, excused = Known(client), [], 0, 0
    for key in sorted(truth.by_step.keys() | answers.by_step.keys(), key=str):
        name, time = key
        right, theirs = (each.by_step.get(key) for each in (truth, answers))
        if name not in capacity:
            right, theirs = (without(each, ["ConsumedCapacity"]) for each in (right, theirs))
        label = f"{client}: {name}" + (" (asked again)" if time else "")
        if right is None or theirs is None:
            wrong.append(f"{label}: {'an answer too many' if right is None else 'no answer'}")
        elif canonical(right) == canonical(theirs):
            equal += 1
            wrong += [f"{label}: known.json says that this differs, and it does not: {known.entries[n]['why']}" for n in known.of(name)]
        elif known.excuses(name, theirs, right):
            excused += 1
        else:
            wrong.append("\n".join([label, *list(differences(theirs, right))[:3]]))
    wrong += [f"{client}: known.json: nothing is like this, take it out: {entry['why']}" for entry, met in zip(known.entries, known.met) if not met]
    return wrong, equal, excused
