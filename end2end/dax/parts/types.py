"""Every type, and numbers, texts and bytes at their edges, as attributes and as keys."""

from .words import B, BS, FALSE, L, M, N, NS, NULL, S, SS, TRUE, item

NUMBERS = [
    "0", "-0", "1", "1.0", "1.50", "-1", "0.1", "-3.14", "3.141592653589793", "1e10", "1E+2", "1.50E+3", "1e-5", "00012", "0.10",
    "255", "256", "65536", "4294967296", "-4294967297", "9007199254740991", "9007199254740993", "-9007199254740993",
    "9223372036854775807", "-9223372036854775808", "18446744073709551615", "18446744073709551616", "-18446744073709551616",
    "-18446744073709551617", "100000000000000000000", "12345678901234567890123456789012345678",
    "-12345678901234567890123456789012345678", "0.12345678901234567890123456789012345678", "1.2345678901234567890123456789012345678E-100",
    "1E-130", "-1E-130", "9.9999999999999999999999999999999999999E+125", "-9.9999999999999999999999999999999999999E+125",
    "1.7976931348623157e+125", "5e-129", "123456789.123456789", "99999999999999999999999999999999999999", "0.000001", "1e21", "1e22",
]
# Those that are different numbers, in no order.
DISTINCT = ["0", "1.0", "-1", "0.1", "-3.14", "3.14159", "1e10", "1E-130", "-1E-130", "9.99E+125", "-9.99E+125", "42", "43", "1000", "999.5",
            "-999.5", "18446744073709551616", "-18446744073709551617", "12345678901234567890123456789012345678"]
TEXTS = ["a", "A", "é", "日本", "😀", "a b", "a#b", "\u0000", "\uffff", "line\nbreak", "x" * 300, "\"'\\", "%s", "0"]
BYTES = [b"\x00", b"\xff", b"\x80\x00", b"a", b"\x67J7yne5G", bytes(range(256)), b"\xff\xff\xff"]

EVERY = {
    "text": S("hello"), "empty": S(""), "wide": S("日本 😀 é"), "long": S("0123456789" * 100),
    "number": N(7), "binary": B(b"\x00\x01\xfe\xff"), "nothing": B(b""), "yes": TRUE, "no": FALSE, "null": NULL,
    "texts": SS("b", "a", "é"), "numbers": NS("3", "-1", "2.5", "1e3"), "binaries": BS(b"\x01", b"\xff\xfe"),
    "list": L("x", 1, None, True, b"\x05"), "no list": L(), "no map": M(),
    "map": M(a="x", b=N("1.5"), c=L(M(d="deep"), NS(1, 2)), e=M(f=M(g=M(h=SS("i"))))),
    "a name.with:odd#signs and spaces": S("v"), "ünï": S("code"), "0digit": N(0), "S": S("named as a type"), "N": N(1), "B": S("not binary"), "M": M(S="s"),
}


def write(script):
    script.begin("types")
    for n, number in enumerate(NUMBERS):
        script.put(f"put number {number}", "hs", item(pk=f"number {n}", v=N(number), list=L(N(number)), set=NS(number)))
        script.get(f"get number {number}", "hs", item(pk=f"number {n}"))
        script.get(f"get number {number} consistently", "hs", item(pk=f"number {n}"), ConsistentRead=True)
    script.put("put every type", "hs", {**item(pk="every"), **EVERY})
    script.get("get every type", "hs", item(pk="every"))
    script.get("get every type consistently", "hs", item(pk="every"), ConsistentRead=True)
    for n, name in enumerate(EVERY):
        script.get(f"get only {name!r}", "hs", item(pk="every"), ProjectionExpression="#n", ExpressionAttributeNames={"#n": name})
    deep = M(end="here")
    for _ in range(29):
        deep = {"L": [deep]}
    script.put("put nesting of 31", "hs", item(pk="deep", v=deep))
    script.get("get nesting of 31", "hs", item(pk="deep"))
    script.put("put many attributes", "hs", {**item(pk="many"), **{f"a{n:03}": N(n) for n in range(300)}})
    script.get("get many attributes", "hs", item(pk="many"))
    script.put("put a large item", "hs", item(pk="large", v="x" * 390_000))
    script.get("get a large item", "hs", item(pk="large"))
    script.put("put only a key", "hs", item(pk="bare"))
    script.get("get only a key", "hs", item(pk="bare"))
    script.get("get what is not there", "hs", item(pk="none"))
    script.get("get what is not there, consistently", "hs", item(pk="none"), ConsistentRead=True)
    script.get("get a projection of what is not there", "hs", item(pk="none"), ProjectionExpression="a")
    hash_keys(script)
    both_keys(script)


def hash_keys(script):
    script.begin("hash key")
    for table, keys in [("hs", [S(text) for text in TEXTS]), ("hn", [N(number) for number in DISTINCT]), ("hb", [B(data) for data in BYTES])]:
        for n, key in enumerate(keys):
            label = f"{table} {n}"
            script.put(f"put {label}", table, {"pk": key, "v": N(n), "w": S("other")})
            script.get(f"get {label}", table, {"pk": key})
            script.get(f"get {label} consistently", table, {"pk": key}, ConsistentRead=True)
            script.get(f"get some of {label}", table, {"pk": key}, ProjectionExpression="pk, v")
    # One number, written otherwise: the same item.
    for n, (written, other) in enumerate([("1.0", "1"), ("1e10", "10000000000"), ("1000", "1.000E3"), ("0", "-0.00")]):
        script.get(f"get {written} as {other}", "hn", {"pk": N(other)})
        script.update(f"update {written} as {other}", "hn", {"pk": N(other)}, "SET u = :u", ExpressionAttributeValues={":u": N(n)}, ReturnValues="ALL_NEW")
        script.get(f"get {written} after it changed as {other}", "hn", {"pk": N(written)})
        script.get(f"get {other} after it changed as {other}", "hn", {"pk": N(other)})
    script.delete("delete 1000 as 1E3", "hn", {"pk": N("1E3")}, ReturnValues="ALL_OLD")
    script.get("get 1000 after it was deleted as 1E3", "hn", {"pk": N("1000")})
    for table in ["hs", "hn", "hb"]:
        script.scan(f"scan {table} consistently", table, ConsistentRead=True, ProjectionExpression="pk, v")


def both_keys(script):
    script.begin("two keys")
    kinds = {"s": [S(text) for text in TEXTS if text], "n": [N(number) for number in DISTINCT], "b": [B(data) for data in BYTES]}
    for hash_kind, hashes in kinds.items():
        for sort_kind, sorts in kinds.items():
            table = hash_kind + sort_kind
            one = hashes[3]
            for n, sort in enumerate(sorts):
                script.put(f"put {table} {n}", table, {"pk": one, "sk": sort, "v": N(n)})
            for n, other in enumerate(hashes):
                script.put(f"put {table} hash {n}", table, {"pk": other, "sk": sorts[1], "v": N(n), "h": NULL})
            for n, sort in enumerate(sorts):
                script.get(f"get {table} {n}", table, {"pk": one, "sk": sort})
            script.delete(f"delete {table}", table, {"pk": one, "sk": sorts[0]}, ReturnValues="ALL_OLD")
            script.get(f"get {table} deleted", table, {"pk": one, "sk": sorts[0]})
            key = {"ExpressionAttributeValues": {":p": one}}
            script.query(f"query {table}", table, "pk = :p", **key)
            script.query(f"query {table} backward", table, "pk = :p", ScanIndexForward=False, **key)
            script.query(f"query {table} consistently", table, "pk = :p", ConsistentRead=True, **key)
            middle = {"ExpressionAttributeValues": {":p": one, ":s": sorts[4]}}
            for sign in ["=", "<", "<=", ">", ">="]:
                script.query(f"query {table} sk {sign}", table, f"pk = :p AND sk {sign} :s", **middle)
            low, high = {"s": (sorts[2], sorts[4]), "n": (N("-3.14"), N("1000.00")), "b": (sorts[4], sorts[2])}[sort_kind]
            script.query(f"query {table} between", table, "pk = :p AND sk BETWEEN :a AND :b", ExpressionAttributeValues={":p": one, ":a": low, ":b": high})
            script.query(f"query {table} pages", table, "pk = :p", Limit=2, paged=True, **key)
            script.query(f"query {table} pages backward", table, "pk = :p", Limit=3, ScanIndexForward=False, paged=True, **key)
            script.scan(f"scan {table} pages", table, Limit=4, paged=True)
    for table in ["ss", "sb"]:
        start = S("a") if table == "ss" else B(b"\xff")
        one = kinds["s"][3]
        script.query(f"query {table} begins_with", table, "pk = :p and begins_with(sk, :s)", ExpressionAttributeValues={":p": one, ":s": start})
