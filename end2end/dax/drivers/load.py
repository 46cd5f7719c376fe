"""Load that knows what it must read: `driver ENDPOINT --load TABLE WHO ORDER` writes items and reads them back without end.

Each answer is a line: `ok`, `failed WHY`, or `wrong WHAT`. The value of every attribute begins with the attribute's
name, so that one under another's name is seen at once. ORDER is `up` or `down`: in which order the shapes of items come.
"""

import sys
import threading
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


def bench(client, table, items, seconds, callers):
    """How quickly items that are cached are read; latencies in microseconds."""
    key = [{"pk": {"S": f"item {number}"}} for number in range(items)]
    for one in key:
        assert client.get_item(TableName=table, Key=one)["Item"]
    took = []

    def ask(caller):
        number, until = caller, begin + seconds
        while True:
            # A prime: every item comes up before one comes again.
            number = (number + 7919) % items
            before = time.perf_counter()
            client.get_item(TableName=table, Key=key[number])
            after = time.perf_counter()
            took.append((after - before) * 1e6)
            if after >= until:
                return

    begin = time.perf_counter()
    threads = [threading.Thread(target=ask, args=[caller]) for caller in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begin
    took.sort()
    return {"calls": len(took), "seconds": elapsed, "p50": took[len(took) // 2], "p99": took[int(len(took) * 0.99)]}


def failed(error):
    say(f"failed {type(error).__name__} {error}")
    time.sleep(0.02)


def say(line):
    sys.stdout.write(line.replace("\n", " ") + "\n")
    sys.stdout.flush()
