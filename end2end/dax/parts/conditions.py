"""Every form of a condition, seen through writes that it lets pass or not."""

from .words import B, L, M, N, NS, S, SS, item, names, values

KEY = item(pk="c", sk=1)
ITEM = {
    **KEY,
    **item(a=5, t="hello world", flag=True, nul=None, bin=b"\x01\x02", ss=SS("red", "green"), ns=NS(1, 2, 3), ll=L("x", 2, M(deep="yes")),
           mm=M(k="v", n=N("1.50"), inn=M(l=L(1, 2, 3))), emp=""),
    "a.b": S("dotted"), "size": N(3), "and": S("reserved"),
}

# Expression, names, values. Whether it holds, DynamoDB says.
FORMS = [
    ("a = :v", {}, dict(v=5)), ("a = :v", {}, dict(v=N("5.0"))), ("a = :v", {}, dict(v="5")), ("a <> :v", {}, dict(v=5)), ("a <> :v", {}, dict(v="x")),
    ("a < :v", {}, dict(v=6)), ("a < :v", {}, dict(v=5)), ("a <= :v", {}, dict(v=5)), ("a > :v", {}, dict(v=N("4.99"))), ("a >= :v", {}, dict(v=6)),
    ("t < :v", {}, dict(v="i")), ("t > :v", {}, dict(v="i")), ("bin = :v", {}, dict(v=b"\x01\x02")), ("bin < :v", {}, dict(v=b"\x02")),
    ("nul = :v", {}, dict(v=None)), ("flag = :v", {}, dict(v=True)), ("flag = :v", {}, dict(v=False)), ("emp = :v", {}, dict(v="")),
    ("ss = :v", {}, dict(v=SS("green", "red"))), ("ns = :v", {}, dict(v=NS("3.0", 1, 2))), ("ll = :v", {}, dict(v=L("x", 2, M(deep="yes")))),
    ("mm = :v", {}, dict(v=M(k="v", n=N("1.5"), inn=M(l=L(1, 2, 3))))), ("nope = :v", {}, dict(v=1)), ("nope <> :v", {}, dict(v=1)),
    (":v = a", {}, dict(v=5)), (":v < :w", {}, dict(v=1, w=2)), ("t = pk", {}, {}), ("pk < t", {}, {}), ("mm.k = :v", {}, dict(v="v")),
    ("mm.inn.l[1] = :v", {}, dict(v=2)), ("ll[2].deep = :v", {}, dict(v="yes")), ("ll[9] = :v", {}, dict(v="yes")), ("#d = :v", dict(d="a.b"), dict(v="dotted")),
    ("#s = :v AND #and = :w", {"s": "size", "and": "and"}, dict(v=3, w="reserved")),
    ("a BETWEEN :v AND :w", {}, dict(v=5, w=6)), ("a between :v and :w", {}, dict(v=6, w=7)), (":v BETWEEN a AND #s", dict(s="size"), dict(v=4)),
    ("a IN (:v)", {}, dict(v=5)), ("a IN (:v, :w, :x)", {}, dict(v=1, w="5", x=N("5.00"))), ("a in (:v,:w)", {}, dict(v=1, w=2)), ("t IN (pk, :v)", {}, dict(v="hello world")),
    ("attribute_exists(a)", {}, {}), ("attribute_exists(mm.inn.l[2])", {}, {}), ("attribute_exists(mm.inn.l[3])", {}, {}),
    ("attribute_not_exists(a)", {}, {}), ("attribute_not_exists(nope)", {}, {}),
    *[("attribute_type(#p, :v)", dict(p=path), dict(v=kind)) for path, kind in [("t", "S"), ("a", "N"), ("bin", "B"), ("flag", "BOOL"), ("nul", "NULL"), ("ss", "SS"),
                                                                              ("ns", "NS"), ("ll", "L"), ("mm", "M"), ("a", "S"), ("nope", "S")]],
    ("begins_with(t, :v)", {}, dict(v="hello")), ("begins_with(t, :v)", {}, dict(v="world")), ("begins_with(bin, :v)", {}, dict(v=b"\x01")),
    ("contains(t, :v)", {}, dict(v="o w")), ("contains(t, :v)", {}, dict(v="xyz")), ("contains(ss, :v)", {}, dict(v="red")), ("contains(ns, :v)", {}, dict(v=N("2.0"))),
    ("contains(ll, :v)", {}, dict(v=2)), ("contains(ll, :v)", {}, dict(v=3)), ("contains(:v, mm.k)", {}, dict(v="over")),
    ("size(t) = :v", {}, dict(v=11)), ("size(ss) > :v", {}, dict(v=1)), ("size(ll) <= :v", {}, dict(v=2)), ("size(mm) = :v", {}, dict(v=3)), ("size(bin) = :v", {}, dict(v=2)),
    ("size(nope) = :v", {}, dict(v=0)), ("size(t) BETWEEN :v AND :w", {}, dict(v=1, w=20)), ("size(emp) IN (:v, :w)", {}, dict(v=0, w=1)), ("size(t) > size(ss)", {}, {}),
    ("NOT a = :v", {}, dict(v=5)), ("NOT (a = :v)", {}, dict(v=6)), ("NOT NOT a = :v", {}, dict(v=5)), ("not attribute_exists(nope)", {}, {}),
    ("a = :v AND t = :w", {}, dict(v=5, w="hello world")), ("a = :v OR t = :w", {}, dict(v=6, w="no")), ("a = :v OR t = :w OR flag = :x", {}, dict(v=6, w="no", x=True)),
    # NOT before AND before OR.
    ("a = :y OR a = :n AND a = :n", {}, dict(y=5, n=6)), ("(a = :y OR a = :n) AND a = :n", {}, dict(y=5, n=6)), ("a = :n AND a = :n OR a = :y", {}, dict(y=5, n=6)),
    ("a = :n AND (a = :n OR a = :y)", {}, dict(y=5, n=6)), ("NOT a = :n AND a = :n", {}, dict(n=6)), ("NOT (a = :n AND a = :n)", {}, dict(n=6)),
    ("NOT a = :y OR a = :y", {}, dict(y=5)), ("NOT (a = :y OR a = :n)", {}, dict(y=5, n=6)),
    ("a = :y AND a = :y AND a = :y AND a = :n OR a = :y", {}, dict(y=5, n=6)), ("((a = :y) AND (NOT (a = :n)))", {}, dict(y=5, n=6)),
    ("(a = :y AND (t = :t OR (flag = :f AND NOT (attribute_exists(nope) OR size(ss) < :n)))) AND a BETWEEN :n AND :y", {}, dict(y=5, n=2, t="no", f=True)),
    ("a   =\n\t:v", {}, dict(v=5)), ("a=:v and(t=:w)", {}, dict(v=5, w="hello world")),
]


def write(script):
    script.begin("condition")
    script.put("prepare", "work", ITEM)
    for n, (text, those, given) in enumerate(FORMS):
        asked = {"ConditionExpression": text, **(names(**those) if those else {}), **(values(**given) if given else {})}
        # A failed one is an answer like any other; the comparison needs no forecast.
        script.put(f"{n} put if {text}", "work", ITEM, **asked)
    script.get("get at the end", "work", KEY)
    used(script)


def used(script):
    """A condition on every kind of write, failed and passed."""
    gone = item(pk="c", sk=404)
    fail = dict(ConditionExpression="attribute_not_exists(pk)")
    for kind in ["NONE", "ALL_OLD"]:
        script.put(f"put fails, {kind}", "work", item(pk="c", sk=1, v=1), ReturnValuesOnConditionCheckFailure=kind, **fail)
        script.delete(f"delete fails, {kind}", "work", KEY, ReturnValuesOnConditionCheckFailure=kind, **fail)
        script.update(f"update fails, {kind}", "work", KEY, "SET v = :v", ReturnValuesOnConditionCheckFailure=kind, **fail, **values(v=1))
        script.get(f"get after failures, {kind}", "work", KEY)
    script.update("update nothing fails", "work", gone, "SET v = :v", ConditionExpression="attribute_exists(pk)", **values(v=1))
    script.get("get nothing", "work", gone)
    script.delete("delete nothing fails", "work", gone, ConditionExpression="a = :v", **values(v=1))
    script.update("update passes", "work", KEY, "SET #v = :v", ConditionExpression="#v <> :v AND a = :five", ReturnValues="UPDATED_NEW", **names(v="size"), **values(v=1, five=5))
    script.get("get after the update", "work", KEY)
    script.delete("delete passes", "work", KEY, ConditionExpression="a = :five", ReturnValues="ALL_OLD", **values(five=5))
    script.get("get after the delete", "work", KEY)
    script.put("put passes", "work", item(pk="c", sk=1), **fail)
    script.get("get after the put", "work", KEY)
