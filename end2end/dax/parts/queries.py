"""Queries and scans of one table: filters, projections, Select, consistency, capacity."""

from .conditions import FORMS, ITEM
from .words import L, M, N, S, SS, item, names, values

P = values(p="q")["ExpressionAttributeValues"]


def write(script):
    script.begin("projection")
    script.put("prepare", "work", {**ITEM, **item(pk="proj", sk=1)})
    paths = [
        ("a", {}), ("a, t, flag", {}), ("pk", {}), ("sk, pk", {}), ("mm", {}), ("mm.k", {}), ("mm.k, mm.n", {}), ("mm.inn.l[0]", {}),
        ("mm.inn.l[2], mm.inn.l[0]", {}), ("ll[2].deep", {}), ("ll[0], ll[2]", {}), ("ll[9]", {}), ("nope", {}), ("nope, a", {}), ("mm.nope.x", {}),
        ("#d", dict(d="a.b")), ("#s, #and", {"s": "size", "and": "and"}), ("#m.#i.#l[1], a", dict(m="mm", i="inn", l="l")), ("emp, nul, ss, ns, bin", {}), ("a.x", {}), ("a[0]", {}),
        ("mm.k, ll[0], a", {}), ("ll[1], mm.inn", {}),
    ]
    for text, those in paths:
        for consistent in [False, True]:
            asked = {"ProjectionExpression": text, **(names(**those) if those else {})}
            script.get(f"{text}{' consistently' if consistent else ''}", "work", item(pk="proj", sk=1), ConsistentRead=consistent, **asked)
    script.get("overlapping paths", "work", item(pk="proj", sk=1), ProjectionExpression="mm, mm.k", fails=True)
    script.get("the same path twice", "work", item(pk="proj", sk=1), ProjectionExpression="a, a", fails=True)

    script.begin("query")
    for n in range(12):
        script.put(f"prepare {n}", "work", {**ITEM, **item(pk="q", sk=n, a=n, t=f"text {n}", tag=SS("even" if n % 2 == 0 else "odd", f"t{n}"))})
    for n, (text, those, given) in enumerate(FORMS):
        if "pk" in text:
            continue
        asked = {"FilterExpression": text, **(names(**those) if those else {})}
        asked["ExpressionAttributeValues"] = {**P, **(values(**given)["ExpressionAttributeValues"] if given else {})}
        script.query(f"filter {n} {text}", "work", "pk = :p", ProjectionExpression="sk", **asked)
    reads(script)


def reads(script):
    query = lambda name, **more: script.query(name, "work", "pk = :p", **{"ExpressionAttributeValues": P, **more})
    query("all")
    query("consistently", ConsistentRead=True)
    query("eventually, said", ConsistentRead=False)
    query("forward, said", ScanIndexForward=True, Limit=3)
    query("backward", ScanIndexForward=False, Limit=3)
    query("count", Select="COUNT")
    query("count, consistently", Select="COUNT", ConsistentRead=True)
    query("count with a filter", Select="COUNT", FilterExpression="a > :f", ExpressionAttributeValues={**P, ":f": N(6)})
    query("all attributes, said", Select="ALL_ATTRIBUTES", Limit=2)
    query("some attributes, said", Select="SPECIFIC_ATTRIBUTES", ProjectionExpression="a, mm.k", Limit=2)
    query("projection", ProjectionExpression="a, t")
    query("projection of keys", ProjectionExpression="pk, sk", Limit=4)
    query("projection of paths", ProjectionExpression="mm.inn.l[1], ll[2].deep, ll[0]")
    query("projection of nothing", ProjectionExpression="nope", Limit=3)
    query("limit 1", Limit=1)
    query("limit of exactly all", Limit=12)
    query("limit beyond all", Limit=100)
    query("filter with a limit", Limit=5, FilterExpression="contains(tag, :f)", ExpressionAttributeValues={**P, ":f": S("odd")})
    query("filter that keeps nothing", FilterExpression="a < :f", ExpressionAttributeValues={**P, ":f": N(-1)})
    query("filter that keeps nothing, limit", Limit=3, FilterExpression="a < :f", ExpressionAttributeValues={**P, ":f": N(-1)})
    query("filter and projection by names", FilterExpression="#a >= :f AND #m.#k = :v", ProjectionExpression="#a, #m", ExpressionAttributeValues={**P, ":f": N(10), ":v": S("v")}, **names(a="a", m="mm", k="k"))
    query("from a start", ExclusiveStartKey=item(pk="q", sk=7))
    query("from a start that is not there", ExclusiveStartKey=item(pk="q", sk=N("7.5")))
    query("backward from a start", ExclusiveStartKey=item(pk="q", sk=3), ScanIndexForward=False)
    query("from the end", ExclusiveStartKey=item(pk="q", sk=11))
    script.query("nothing there", "work", "pk = :p", **values(p="none"))
    script.query("nothing there, count", "work", "pk = :p", Select="COUNT", **values(p="none"))
    script.query("by names", "work", "#p = :p AND #s < :s", **names(p="pk", s="sk"), **values(p="q", s=3))
    script.query("the other way round", "work", "sk > :s AND pk = :p", **values(p="q", s=9))
    script.query("value first", "work", ":p = pk AND :s = sk", **values(p="q", s=9))
    script.query("in brackets", "work", "(pk = :p) AND (sk = :s)", **values(p="q", s=9))
    script.query("between", "work", "pk = :p AND sk BETWEEN :a AND :b", **values(p="q", a=N("2.5"), b=5))
    script.query("between nothing", "work", "pk = :p AND sk BETWEEN :a AND :b", **values(p="q", a=100, b=200))
    for kind in ["TOTAL", "INDEXES", "NONE"]:
        script.query(f"capacity {kind}", "work", "pk = :p", ConsistentRead=True, ReturnConsumedCapacity=kind, Select="COUNT", **values(p="q"))
        script.get(f"get with capacity {kind}", "work", item(pk="q", sk=1), ConsistentRead=True, ReturnConsumedCapacity=kind)
    scan = lambda name, **more: script.scan(name, "ns", **more)
    script.begin("scan")
    scan("all")
    scan("consistently", ConsistentRead=True)
    scan("count", Select="COUNT")
    scan("projection", ProjectionExpression="v, pk")
    scan("filter", FilterExpression="v > :v", **values(v=5))
    scan("filter by a key", FilterExpression="pk = :v OR begins_with(sk, :a)", **values(v=N("1.0"), a="a"))
    scan("limit", Limit=3)
    scan("capacity", ConsistentRead=True, ReturnConsumedCapacity="TOTAL", Select="COUNT")
    for total in [1, 3]:
        for segment in range(total):
            scan(f"segment {segment} of {total}", Segment=segment, TotalSegments=total)
    for segment in range(2):
        scan(f"pages of segment {segment} of 2", Segment=segment, TotalSegments=2, Limit=2, paged=True)
