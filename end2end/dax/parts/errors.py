"""What DynamoDB refuses, and in which words."""

from .words import B, L, M, N, NS, S, SS, item, names, values

KEY = item(pk="e", sk=1)


def write(script):
    script.begin("refused")
    nowhere(script)
    keys(script)
    sizes(script)
    numbers(script)
    expressions(script)
    reads(script)
    script.get("and nothing was written", "work", KEY)


def nowhere(script):
    script.get("get, no such table", "nowhere", KEY, fails=True)
    script.put("put, no such table", "nowhere", KEY, fails=True)
    script.update("update, no such table", "nowhere", KEY, "SET a = :a", fails=True, **values(a=1))
    script.delete("delete, no such table", "nowhere", KEY, fails=True)
    script.query("query, no such table", "nowhere", "pk = :p", fails=True, **values(p="e"))
    script.scan("scan, no such table", "nowhere", fails=True)


def keys(script):
    for name, key in [("half a key", item(pk="e")), ("a wrong type of hash", item(pk=1, sk=1)), ("a wrong type of range", item(pk="e", sk="1")),
                      ("a key too many", item(pk="e", sk=1, x=1)), ("another name", item(pk="e", other=1)), ("an empty hash", item(pk="", sk=1))]:
        script.get(f"get, {name}", "work", key, fails=True)
        script.delete(f"delete, {name}", "work", key, fails=True)
        script.update(f"update, {name}", "work", key, "SET a = :a", fails=True, **values(a=1))
        if name != "a key too many":
            script.put(f"put, {name}", "work", key, fails=True)
    script.put("put, an empty range", "ss", item(pk="e", sk=""), fails=True)
    script.put("put, an empty binary key", "hb", item(pk=b""), fails=True)
    script.put("put, a set as a key", "hs", item(pk=SS("a")), fails=True)
    script.put("put, a long hash", "hs", item(pk="x" * 2049), fails=True)
    script.put("put, a long range", "ss", item(pk="e", sk="x" * 1025), fails=True)
    script.update("update of a key", "work", KEY, "SET sk = :a", fails=True, **values(a=1))


def sizes(script):
    script.put("put over 400 KB", "hs", item(pk="e", v="x" * 410_000), fails=True)
    script.put("put an empty set", "work", {**KEY, "s": {"SS": []}}, fails=True)
    script.put("put a set with twice the same", "work", {**KEY, "s": SS("a", "a")}, fails=True)
    script.put("put a number set with twice the same", "work", {**KEY, "s": NS("1", "1.0")}, fails=True)
    deep = N(1)
    for _ in range(33):
        deep = {"L": [deep]}
    script.put("put nesting of 33", "work", {**KEY, "d": deep}, fails=True)


def numbers(script):
    for number in ["", "abc", "1e126", "-1e126", "1e-131", "123456789012345678901234567890123456789", "1.2.3", "NaN", "Infinity", "0x10", "1 2", "--1"]:
        script.put(f"put number {number!r}", "work", {**KEY, "n": N(number)}, fails=True)


def expressions(script):
    bad = [
        ("a name that is not given", "#x = :v", {}, dict(v=1)), ("a value that is not given", "a = :x", {}, {}), ("a name that is not used", "a = :v", dict(x="x"), dict(v=1)),
        ("a value that is not used", "attribute_exists(a)", {}, dict(v=1)), ("a reserved word", "size = :v", {}, dict(v=1)), ("another reserved word", "data = :v", {}, dict(v=1)),
        ("no sense", "a = = :v", {}, dict(v=1)), ("an end too early", "a = :v AND", {}, dict(v=1)), ("brackets", "(a = :v", {}, dict(v=1)), ("empty", "", {}, {}),
        ("an unknown function", "exists(a)", {}, {}), ("too few arguments", "contains(a)", {}, dict()), ("a value as a condition", ":v", {}, dict(v=True)),
        ("twice in brackets", "((a = :v))", {}, dict(v=1)), ("between backward", "a BETWEEN :v AND :w", {}, dict(v=2, w=1)), ("between two types", "a BETWEEN :v AND :w", {}, dict(v=2, w="1")),
        ("size alone", "size(a)", {}, {}), ("a type that is none", "attribute_type(a, :v)", {}, dict(v="X")), ("begins_with a number", "begins_with(a, :v)", {}, dict(v=1)),
        ("less than a list", "a < :v", {}, dict(v=L(1))), ("if_not_exists in a condition", "if_not_exists(a, :v) = :v", {}, dict(v=1)),
        ("one path with itself", "a = a", {}, {}), ("a function in large letters", "ATTRIBUTE_EXISTS(a)", {}, {}),
    ]
    for name, text, those, given in bad:
        asked = {"ConditionExpression": text, **(names(**those) if those else {}), **(values(**given) if given else {})}
        script.put(f"condition: {name}", "work", KEY, fails=True, **asked)
    bad = [
        ("nothing", "", {}), ("no action", "a = :v", dict(v=1)), ("twice SET", "SET a = :v SET b = :v", dict(v=1)), ("one path twice", "SET a = :v, a = :v", dict(v=1)),
        ("paths that overlap", "SET a = :v, a.b = :v", dict(v=1)), ("add a text", "ADD a :v", dict(v="x")), ("add a path", "ADD a b", {}), ("delete a number", "DELETE a :v", dict(v=1)),
        ("plus a text", "SET a = :v + :w", dict(v="x", w=1)), ("list_append of no list", "SET a = list_append(:v, :w)", dict(v=1, w=L())), ("a value that is not used", "REMOVE a", dict(v=1)),
        ("an unknown function", "SET a = size(b)", {}), ("within nothing", "SET nothing.x = :v", dict(v=1)), ("three terms", "SET a = :v + :v + :v", dict(v=1)),
        ("a number with a text", "SET pq = pq + :v", dict(v=1)),
    ]
    for name, text, given in bad:
        script.update(f"update: {name}", "work", KEY, text, fails=True, **(values(**given) if given else {}))
    script.get("projection: no sense", "work", KEY, ProjectionExpression="a,", fails=True)
    script.get("projection: empty", "work", KEY, ProjectionExpression="", fails=True)
    script.get("projection: a name that is not given", "work", KEY, ProjectionExpression="#x", fails=True)
    script.get("projection: a name that is not used", "work", KEY, ProjectionExpression="a", fails=True, **names(x="x"))
    script.get("projection: a reserved word", "work", KEY, ProjectionExpression="a, name", fails=True)
    script.get("projection: names without one", "work", KEY, fails=True, **names(x="x"))
    script.put("both styles", "work", KEY, ConditionExpression="attribute_exists(a)", Expected={"pk": {"Exists": False}}, fails=True)
    script.put("values without an expression", "work", KEY, fails=True, **values(v=1))


def reads(script):
    query = lambda name, text, **more: script.query(f"query: {name}", "work", text, fails=True, **more)
    query("no hash", "sk = :s", **values(s=1))
    query("a hash that is not equal", "pk > :p", **values(p="e"))
    query("another attribute", "pk = :p AND a = :a", **values(p="e", a=1))
    query("OR", "pk = :p OR sk = :s", **values(p="e", s=1))
    query("NOT", "pk = :p AND NOT sk = :s", **values(p="e", s=1))
    query("not equal", "pk = :p AND sk <> :s", **values(p="e", s=1))
    query("two of the range", "pk = :p AND sk > :s AND sk < :t", **values(p="e", s=1, t=2))
    query("a wrong type", "pk = :p", **values(p=1))
    query("a wrong type of range", "pk = :p AND sk = :s", **values(p="e", s="1"))
    query("begins_with a number", "pk = :p AND begins_with(sk, :s)", **values(p="e", s=1))
    query("a filter on the key", "pk = :p", FilterExpression="sk > :s", **values(p="e", s=1))
    query("limit 0", "pk = :p", Limit=0, **values(p="e"))
    query("limit below 0", "pk = :p", Limit=-1, **values(p="e"))
    query("projection of a count", "pk = :p", Select="COUNT", ProjectionExpression="a", **values(p="e"))
    query("some attributes, none said", "pk = :p", Select="SPECIFIC_ATTRIBUTES", **values(p="e"))
    query("all projected of a table", "pk = :p", Select="ALL_PROJECTED_ATTRIBUTES", **values(p="e"))
    query("all attributes and some", "pk = :p", Select="ALL_ATTRIBUTES", ProjectionExpression="a", **values(p="e"))
    query("a start with another hash", "pk = :p", ExclusiveStartKey=item(pk="f", sk=1), **values(p="e"))
    query("half a start", "pk = :p", ExclusiveStartKey=item(pk="e"), **values(p="e"))
    query("a reserved word", "pk = :p", FilterExpression="name = :p", **values(p="e"))
    script.step("query: no condition", "Query", "work", fails=True)
    script.scan("scan: a segment without a total", "work", Segment=0, fails=True)
    script.scan("scan: a total without a segment", "work", TotalSegments=2, fails=True)
    script.scan("scan: a segment beyond", "work", Segment=2, TotalSegments=2, fails=True)
    script.scan("scan: limit 0", "work", Limit=0, fails=True)
    script.scan("scan: an index that is not there", "work", IndexName="nowhere", fails=True)
