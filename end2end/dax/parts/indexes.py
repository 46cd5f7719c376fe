"""Global and local indexes."""

from .words import N, S, item, names, values

QUERIES = [
    ("by-group", "group = :g", dict(g="even")), ("by-group", "group = :g AND rank > :r", dict(g="odd", r=N("4.0"))), ("by-blob", "bin = :b", dict(b=b"\x01")),
    ("by-rank", "rank = :r", dict(r=N("3.00"))), ("by-rank", "rank = :r AND begins_with(pk, :p)", dict(r=3, p="i")), ("by-local", "pk = :p", dict(p="i1")),
    ("by-local", "pk = :p AND rank BETWEEN :a AND :b", dict(p="i1", a=2, b=6)), ("by-local-group", "pk = :p AND group = :g", dict(p="i1", g="odd")),
]


def write(script):
    script.begin("index")
    script.put("put with capacity and metrics", "index", item(pk="i1", sk=0, group="even", rank=0, bin=b"\x00", a="a0", z="z0"), ReturnConsumedCapacity="INDEXES", ReturnItemCollectionMetrics="SIZE")
    for n in range(1, 20):
        script.put(f"put {n}", "index", item(pk=f"i{n % 3}", sk=n, group=["even", "odd"][n % 2], rank=N(f"{n % 8}.0"), bin=bytes([n % 3]), a=f"a{n}", z=f"z{n}"))
    script.put("put without index keys", "index", item(pk="i1", sk=100, a="none"))
    script.put("put with some index keys", "index", item(pk="i1", sk=101, rank=5))
    script.update("update with capacity", "index", item(pk="i1", sk=101), "SET #g = :g", ReturnConsumedCapacity="INDEXES", ReturnItemCollectionMetrics="SIZE", **names(g="group"), **values(g="late"))
    script.delete("delete with metrics", "index", item(pk="i1", sk=100), ReturnConsumedCapacity="TOTAL", ReturnItemCollectionMetrics="SIZE")
    script.put("put a wrong type of index key", "index", item(pk="i1", sk=102, rank="text"), fails=True)
    for n, (index, text, given) in enumerate(QUERIES):
        text = text.replace("group", "#g").replace("rank", "#r")
        those = {"#g": "group", "#r": "rank"}
        asked = {"IndexName": index, **values(**given)}
        used = {"ExpressionAttributeNames": {name: those[name] for name in those if name in text}} if "#" in text else {}
        script.query(f"{index} {n}", "index", text, **asked, **used)
        script.query(f"{index} {n} backward", "index", text, ScanIndexForward=False, **asked, **used)
        script.query(f"{index} {n} count", "index", text, Select="COUNT", **asked, **used)
        script.query(f"{index} {n} all projected", "index", text, Select="ALL_PROJECTED_ATTRIBUTES", **asked, **used)
        script.query(f"{index} {n} projection", "index", text, ProjectionExpression="sk, a", **asked, **used, fails=index == "by-blob")
        script.query(f"{index} {n} pages", "index", text, Limit=2, paged=True, **asked, **used)
        script.query(f"{index} {n} pages backward", "index", text, Limit=3, ScanIndexForward=False, paged=True, **asked, **used)
        script.query(f"{index} {n} consistently", "index", text, ConsistentRead=True, **asked, **used, fails=not index.startswith("by-local"))
    script.query("all attributes of a local index", "index", "pk = :p", IndexName="by-local", Select="ALL_ATTRIBUTES", **values(p="i2"))
    script.query("all attributes of a global index", "index", "bin = :b", IndexName="by-blob", Select="ALL_ATTRIBUTES", **values(b=b"\x01"), fails=True)
    script.query("filter on an index", "index", "#g = :g", IndexName="by-group", FilterExpression="z < :z", **names(g="group"), **values(g="odd", z="z2"))
    script.query("capacity of an index", "index", "pk = :p", IndexName="by-local", ConsistentRead=True, ReturnConsumedCapacity="INDEXES", **values(p="i2"))
    for index in ["by-group", "by-blob", "by-rank", "by-local"]:
        script.scan(f"scan {index}", "index", IndexName=index)
        script.scan(f"scan {index} pages", "index", IndexName=index, Limit=4, paged=True)
        script.scan(f"scan {index} count", "index", IndexName=index, Select="COUNT")
    for segment in range(2):
        script.scan(f"scan by-group segment {segment}", "index", IndexName="by-group", Segment=segment, TotalSegments=2, Limit=3, paged=True)
    script.query("an index that is not there", "index", "pk = :p", IndexName="nowhere", **values(p="i1"), fails=True)
