"""Load that knows what it must read: `driver ENDPOINT --load TABLE WHO ORDER` writes items and reads them back without end.

Each answer is a line: `ok`, `failed WHY`, or `wrong WHAT`. The value of every attribute begins with the attribute's
name, so that one under another's name is seen at once. ORDER is `up` or `down`: in which order the shapes of items come.
"""

import sys
import time

# Items have seven sets of names; some are parts of others.
SHAPES = [[f"n{(shape * 3 + n) % 10}" for n in range(1 + shape % 4)] for shape in range(7)]
KEYS = 20


def run(client, table, who, order):
    # What may be there, by key: one item, or several after a write with an unknown end.
    possible = {}
    number = 0
    while True:
        shape = number % 7 if order == "up" else 6 - number % 7
        pk = f"{who} {number % KEYS}"
        item = {"pk": {"S": pk}, **{name: {"S": f"{name}={number}"} for name in SHAPES[shape]}}
        try:
            client.put_item(TableName=table, Item=item)
            possible[pk] = [item]
            say("ok")
        except Exception as error:
            possible.setdefault(pk, [None]).append(item)
            failed(error)
        try:
            found = client.get_item(TableName=table, Key={"pk": {"S": pk}}).get("Item")
            say("ok" if found in possible[pk] else f"wrong {found}, not {possible[pk]}")
        except Exception as error:
            failed(error)
        number += 1


def failed(error):
    say(f"failed {type(error).__name__} {error}")
    time.sleep(0.02)


def say(line):
    sys.stdout.write(line.replace("\n", " ") + "\n")
    sys.stdout.flush()
