"""The scripted table: every operation, type, expression form, page, error and cancelled transaction, in order.

`tables(prefix)` gives what to create, `steps(prefix)` what to ask. A step is

    {"name": ..., "op": "GetItem", "input": DynamoDB JSON, "twice": bool, "paged": bool}

`twice`: asked again at once, so that a cache answers first from DynamoDB and then from memory. `paged`: asked again from
every LastEvaluatedKey to the end. Binary values are base64 text, as in DynamoDB JSON.

A cache of queries may be stale after a write. What this table compares are the answers of a quiet table, so nothing
is written to a table after the first eventual Query or Scan on it: `steps` checks that.
"""

import json
import sys

from parts import batches, conditions, errors, indexes, legacy, paging, queries, transactions, types, updates
from parts.words import Script

PARTS = [types, updates, conditions, batches, transactions, queries, indexes, paging, legacy, errors]


def tables(prefix):
    """CreateTable inputs."""
    made = []
    for kind in "SNB":
        made.append(create(prefix + "h" + kind.lower(), [("pk", kind)]))
        for sort in "SNB":
            made.append(create(prefix + kind.lower() + sort.lower(), [("pk", kind), ("sk", sort)]))
    for name in ["work", "pages", "old"]:
        made.append(create(prefix + name, [("pk", "S"), ("sk", "N")]))
    made.append(indexed(prefix + "index"))
    return made


def create(name, key):
    return {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": attribute, "AttributeType": kind} for attribute, kind in key],
        "KeySchema": schema(*[attribute for attribute, _ in key]),
    }


def indexed(name):
    """A table with global and local indexes of each projection."""
    table = create(name, [("pk", "S"), ("sk", "N")])
    table["AttributeDefinitions"] += [
        {"AttributeName": "group", "AttributeType": "S"},
        {"AttributeName": "rank", "AttributeType": "N"},
        {"AttributeName": "bin", "AttributeType": "B"},
    ]
    table["GlobalSecondaryIndexes"] = [
        index("by-group", ["group", "rank"], {"ProjectionType": "ALL"}),
        index("by-blob", ["bin"], {"ProjectionType": "KEYS_ONLY"}),
        index("by-rank", ["rank", "pk"], {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["a"]}),
    ]
    table["LocalSecondaryIndexes"] = [
        index("by-local", ["pk", "rank"], {"ProjectionType": "KEYS_ONLY"}),
        index("by-local-group", ["pk", "group"], {"ProjectionType": "ALL"}),
    ]
    return table


def index(name, key, projection):
    return {"IndexName": name, "KeySchema": schema(*key), "Projection": projection}


def schema(*attributes):
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(attributes, ["HASH", "RANGE"])]


def steps(prefix):
    """Every step, for tables whose names begin with the prefix."""
    script = Script(prefix)
    for part in PARTS:
        part.write(script)
    quiet(script.steps)
    return script.steps


def quiet(steps):
    """No step has the name of another, and none writes to a table that has been queried."""
    names, queried = set(), {}
    for step in steps:
        assert step["name"] not in names, f"two steps are called {step['name']}"
        names.add(step["name"])
        text = json.dumps(step["input"])
        if step["op"] in ("Query", "Scan") and not step["input"].get("ConsistentRead") and not step["fails"]:
            queried.setdefault(step["input"]["TableName"], step["name"])
        if step["op"] not in ("Query", "Scan", "GetItem", "BatchGetItem", "TransactGetItems") and not step["fails"]:
            for table, by in queried.items():
                assert f'"{table}"' not in text, f"{step['name']} writes to {table}, which {by} has queried"


if __name__ == "__main__":
    json.dump({"tables": tables(sys.argv[1]), "steps": steps(sys.argv[1])}, sys.stdout, indent=1)
