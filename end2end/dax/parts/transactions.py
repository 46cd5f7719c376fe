"""Transactions: done, cancelled, repeated."""

from .words import L, M, N, S, SS, item, names, values


def write(script):
    script.begin("transaction")

    def writes(name, *those, fails=False, **more):
        script.step(name, "TransactWriteItems", fails=fails, TransactItems=[{kind: {"TableName": script.table(table), **rest}} for kind, table, rest in those], **more)

    def gets(name, *those, fails=False, **more):
        script.step(name, "TransactGetItems", fails=fails, TransactItems=[{"Get": {"TableName": script.table(table), **rest}} for table, rest in those], **more)

    def key(n):
        return item(pk="tx", sk=n)

    def put(n, **more):
        return ("Put", "work", {"Item": {**key(n), **item(v=n, m=M(l=L(n, "t")))}, **more})

    gone = {"ConditionExpression": "attribute_not_exists(pk)"}
    old = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    writes("put three", put(1), put(2), put(3))
    script.get("get one", "work", key(1))
    writes("of each kind", put(4, **gone), ("Update", "work", {"Key": key(1), "UpdateExpression": "SET v = v + :n ADD s :s", **values(n=10, s=SS("p"))}),
           ("Delete", "work", {"Key": key(2), "ConditionExpression": "v = :v", **values(v=2)}),
           ("ConditionCheck", "work", {"Key": key(3), "ConditionExpression": "#v = :v AND attribute_exists(m.l[1])", **names(v="v"), **values(v=3)}))
    for n in range(1, 5):
        script.get(f"get {n} after it", "work", key(n), ConsistentRead=True)
    writes("in two tables", put(5), ("Put", "hs", {"Item": item(pk="tx", v="there")}), ("Put", "hn", {"Item": item(pk=N("77.70"), v="there")}))
    script.get("get in the other table", "hs", item(pk="tx"), ConsistentRead=True)
    gets("read three", ("work", {"Key": key(1)}), ("work", {"Key": key(404)}), ("hs", {"Key": item(pk="tx")}))
    gets("read projections", ("work", {"Key": key(1), "ProjectionExpression": "m.l[0], s"}), ("work", {"Key": key(3), "ProjectionExpression": "#v, pk", **names(v="v")}),
         ("work", {"Key": key(404), "ProjectionExpression": "v"}), ("work", {"Key": key(4), "ProjectionExpression": "nothing"}))
    gets("read one", ("hn", {"Key": item(pk=N("77.7"))}))
    token = script.prefix + "token"
    add = ("Update", "work", {"Key": key(1), "UpdateExpression": "ADD v :n", **values(n=1)})
    writes("with a token", add, ClientRequestToken=token)
    writes("with the token again", add, ClientRequestToken=token)
    script.get("applied once", "work", key(1), ConsistentRead=True)
    writes("with the token and another request", put(6), ClientRequestToken=token, fails=True)
    writes("with metrics", put(7), ReturnItemCollectionMetrics="SIZE", ReturnConsumedCapacity="NONE")

    script.begin("transaction cancelled")
    writes("the first condition", put(1, **gone), put(8), fails=True)
    writes("with what was there", put(1, **gone, **old), put(8), fails=True)
    writes("the second condition", put(8), put(3, **gone, **old), fails=True)
    writes("two conditions", put(1, **gone), put(8), ("Delete", "work", {"Key": key(3), "ConditionExpression": "v = :v", **old, **values(v=0)}), fails=True)
    writes("a check", put(8), ("ConditionCheck", "work", {"Key": key(404), "ConditionExpression": "attribute_exists(pk)", **old}), fails=True)
    writes("an update's condition", ("Update", "work", {"Key": key(1), "UpdateExpression": "SET v = :z", "ConditionExpression": "v = :z", **old, **values(z=0)}), put(8), fails=True)
    writes("an update that cannot be", ("Update", "work", {"Key": key(1), "UpdateExpression": "SET v = v + :t", **values(t="text")}), put(8), fails=True)
    script.get("nothing of it is there", "work", key(8))
    script.get("nothing of it has changed", "work", key(1), ConsistentRead=True)

    script.begin("transaction refused")
    writes("one item twice", put(1), ("Delete", "work", {"Key": key(1)}), fails=True)
    writes("101 items", *[put(n) for n in range(101)], fails=True)
    writes("no items", fails=True)
    writes("a table that is not there", ("Put", "nowhere", {"Item": key(1)}), fails=True)
    writes("a wrong key", ("Put", "work", {"Item": item(pk=1, sk=1)}), fails=True)
    gets("no gets", fails=True)
    gets("a get of a table that is not there", ("nowhere", {"Key": key(1)}), fails=True)
    gets("a get with half a key", ("work", {"Key": item(pk="tx")}), fails=True)
