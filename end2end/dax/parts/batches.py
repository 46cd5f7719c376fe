"""Batches."""

from .words import L, M, N, S, item, names


def put(given):
    return {"PutRequest": {"Item": given}}


def delete(key):
    return {"DeleteRequest": {"Key": key}}


def write(script):
    script.begin("batch")

    def writes(name, fails=False, **more):
        those = more.pop("those")
        script.step(name, "BatchWriteItem", fails=fails, RequestItems={script.table(table): requests for table, requests in those.items()}, **more)

    def gets(name, those, fails=False, **more):
        script.step(name, "BatchGetItem", fails=fails, RequestItems={script.table(table): asked for table, asked in those.items()}, **more)

    def key(n):
        return item(pk="batch", sk=n)

    writes("write one", those={"work": [put({**key(0), **item(v=0)})]})
    writes("write 25", those={"work": [put({**key(n), **item(v=n, m=M(x=n, l=L(n, "t")))}) for n in range(1, 26)]})
    writes("write to two tables, with deletes", those={
        "work": [put({**key(26), **item(v="x")}), delete(key(3)), delete(key(404))],
        "hs": [put(item(pk="batch", v=1)), delete(item(pk="batch gone"))],
    })
    writes("write with capacity and metrics", those={"work": [put({**key(27), **item(v="x")})]}, ReturnConsumedCapacity="TOTAL", ReturnItemCollectionMetrics="SIZE")
    gets("get one", {"work": {"Keys": [key(1)]}})
    gets("get some, one missing", {"work": {"Keys": [key(0), key(3), key(4), key(404)]}})
    gets("get 27", {"work": {"Keys": [key(n) for n in range(28)]}})
    gets("get from two tables", {"work": {"Keys": [key(26)]}, "hs": {"Keys": [item(pk="batch"), item(pk="every")]}})
    gets("get consistently", {"work": {"Keys": [key(1), key(2)], "ConsistentRead": True}})
    gets("get a projection", {"work": {"Keys": [key(1), key(2), key(404)], "ProjectionExpression": "v, m.l[1]"}})
    gets("get a projection by names", {"work": {"Keys": [key(1), key(5)], "ProjectionExpression": "#v, #m.#x, sk", **names(v="v", m="m", x="x")}})
    gets("get a projection of nothing", {"work": {"Keys": [key(1)], "ProjectionExpression": "nothing"}})
    gets("get consistently and not", {"work": {"Keys": [key(7)], "ConsistentRead": True, "ProjectionExpression": "pk"}, "hs": {"Keys": [item(pk="bare")]}})
    # DynamoDB refuses this; DynamoDB Local does not.
    gets("get one number written in two ways", {"work": {"Keys": [key(1), item(pk="batch", sk=N("1.0"))]}})
    gets("get only missing", {"work": {"Keys": [key(405), key(406)]}})
    gets("get with capacity", {"work": {"Keys": [key(8)], "ConsistentRead": True}}, ReturnConsumedCapacity="TOTAL")
    writes("write again", those={"work": [put({**key(1), **item(v="second")}), delete(key(2))]})
    gets("get after it", {"work": {"Keys": [key(1), key(2)]}})
    script.get("get one after it", "work", key(1))
    script.get("get a deleted one after it", "work", key(2))

    script.begin("batch refused")
    gets("twice the same key", {"work": {"Keys": [key(1), key(1)]}}, fails=True)
    gets("101 keys", {"work": {"Keys": [key(n) for n in range(101)]}}, fails=True)
    gets("no keys", {"work": {"Keys": []}}, fails=True)
    gets("a table that is not there", {"nowhere": {"Keys": [key(1)]}}, fails=True)
    gets("half a key", {"work": {"Keys": [item(pk="batch")]}}, fails=True)
    writes("twice the same key, written", those={"work": [put(key(1)), delete(key(1))]}, fails=True)
    writes("26 writes", those={"work": [put(key(n)) for n in range(26)]}, fails=True)
    writes("no writes", those={"work": []}, fails=True)
    writes("no table", those={}, fails=True)
    writes("a table that is not there, written", those={"nowhere": [put(key(1))]}, fails=True)
