"""Every action of an update, and what writes give back."""

from .words import B, BS, L, M, N, NS, S, SS, item, names, values

RETURNS = ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"]


def write(script):
    script.begin("update")

    def update(name, expression, **more):
        script.update(name, "work", key, expression, ReturnValues="ALL_NEW", **more)
        script.get(f"get after {name}", "work", key)

    key = item(pk="u", sk=1)
    update("makes an item", "SET a = :a", **values(a="x"))
    update("set two", "SET b = :b, c = :c", **values(b=1, c=L(1, 2, 3)))
    update("set by name", "SET #n = :v, #m.#i = :v", **names(n="size", m="odd", i="y.z"), **values(v="v"), fails=True)
    update("set a map", "SET m = :m", **values(m=M(x=1, y=M(z="deep"), l=L("p", "q", "r"))))
    update("set within a map", "SET m.x = :v, m.y.z = :w", **values(v=2, w="deeper"))
    update("set a name with a dot", "SET #d = :v, m.#d = :v", **names(d="y.z"), **values(v="dot"))
    update("set an element", "SET m.l[1] = :v", **values(v="Q"))
    update("set beyond the end", "SET m.l[9] = :v", **values(v="end"))
    update("plus", "SET b = b + :n", **values(n=N("2.5")))
    update("minus", "SET b = b - :n", **values(n=N("1e1")))
    update("plus of two values", "SET b = :n + :m", **values(n=3, m=4))
    update("plus of a missing one", "SET w = nope + :n", **values(n=3), fails=True)
    update("if_not_exists there", "SET b = if_not_exists(b, :z)", **values(z=0))
    update("if_not_exists missing", "SET fresh = if_not_exists(fresh, :z)", **values(z=0))
    update("if_not_exists plus", "SET hits = if_not_exists(hits, :z) + :n", **values(z=0, n=5))
    update("if_not_exists plus again", "SET hits = if_not_exists(hits, :z) + :n", **values(z=0, n=5))
    update("if_not_exists of another", "SET w = if_not_exists(a, :z)", **values(z=0))
    update("if_not_exists within", "SET m.n = if_not_exists(m.nope, m.x)")
    update("list_append", "SET c = list_append(c, :l)", **values(l=L(4)))
    update("list_append before", "SET c = list_append(:l, c)", **values(l=L(0, "mixed")))
    update("list_append to a missing", "SET d = list_append(if_not_exists(d, :e), :l)", **values(e=L(), l=L(1)))
    update("copy", "SET e = a, f = m.y")
    update("remove", "REMOVE e")
    update("remove two", "REMOVE f, m.x")
    update("remove elements", "REMOVE c[0], c[2]")
    update("remove what is not there", "REMOVE nothing")
    update("add to a number", "ADD b :n", **values(n=N("0.1")))
    update("add to nothing", "ADD newborn :n", **values(n=-3))
    update("add to a text set", "ADD ss :s", **values(s=SS("a", "b")))
    update("add to a text set again", "ADD ss :s", **values(s=SS("b", "c")))
    update("add to number and binary sets", "ADD ns :n, bs :b", **values(n=NS(1, "1.0e1"), b=BS(b"\x01", b"\x02")))
    update("delete from a set", "DELETE ss :s", **values(s=SS("a")))
    update("delete from two sets", "DELETE ns :n, bs :b", **values(n=NS("1.00"), b=BS(b"\x02", b"\x09")))
    update("delete all of a set", "DELETE bs :b", **values(b=BS(b"\x01")))
    update("all four", "SET a = :a REMOVE d ADD b :n DELETE ss :s", **values(a="y", n=1, s=SS("b")))
    update("in another order, small letters", "delete ss :s add b :n remove w set a = :a", **values(a="z", n=1, s=SS("nope")))
    update("every type", "SET t = :t, u = :u, v = :v, w = :w, x = :x", **values(t=True, u=None, v=B(b"\x00"), w="", x=NS("-0.0")))
    script.update("without an expression", "work", item(pk="u", sk=2), "SET a = :a", **values(a=1))
    script.step("no expression makes an item", "UpdateItem", "work", Key=item(pk="u", sk=3), ReturnValues="ALL_NEW")
    script.get("get what no expression made", "work", item(pk="u", sk=3))
    returned(script)


def returned(script):
    script.begin("returned")
    for n, kind in enumerate(RETURNS):
        key = item(pk="returned", sk=n)
        script.put(f"prepare {kind}", "work", {**key, **item(a=1, b="b", m=M(x=1, y=2), s=SS("p", "q"), l=L(1, 2, 3))})
        given = dict(**values(one=1, x=9), ReturnValues=kind)
        script.update(f"update {kind}", "work", key, "SET a = a + :one, m.x = :x, fresh = :x", **given)
        script.update(f"update {kind} again", "work", key, "SET a = a + :one REMOVE b, l[0] ADD n :x", **given)
        script.update(f"update {kind} of a new item", "work", item(pk="returned new", sk=n), "SET a = :x, b = :one", **given)
        script.update(f"remove only, {kind}", "work", key, "REMOVE fresh, nothing", ReturnValues=kind)
        script.get(f"get after update {kind}", "work", key)
        bad = kind not in ("NONE", "ALL_OLD")
        script.put(f"put {kind}", "work", {**key, **item(b="new")}, ReturnValues=kind, fails=bad)
        script.get(f"get after put {kind}", "work", key)
        script.delete(f"delete {kind}", "work", key, ReturnValues=kind, fails=bad)
        script.get(f"get after delete {kind}", "work", key)
        script.delete(f"delete what is not there, {kind}", "work", item(pk="returned none", sk=n), ReturnValues=kind, fails=bad)
        script.put(f"put anew, {kind}", "work", item(pk="returned anew", sk=n), ReturnValues=kind, fails=bad)
