"""Pages of every kind: by limit, and by size."""

from .words import N, S, item, values


def write(script):
    script.begin("pages")
    # Four of these are over the megabyte that ends a page.
    for n in range(8):
        script.put(f"prepare large {n}", "pages", item(pk="large", sk=n, v="x" * 300_000, n=n))
    for n in range(30):
        script.put(f"prepare {n}", "pages", item(pk=f"p{n % 3}", sk=N(f"{n}.5"), n=n))
    script.query("by size", "pages", "pk = :p", paged=True, **values(p="large"))
    script.query("by size, consistently", "pages", "pk = :p", paged=True, ConsistentRead=True, **values(p="large"))
    script.query("by size, counted", "pages", "pk = :p", paged=True, Select="COUNT", **values(p="large"))
    script.query("by size, projected", "pages", "pk = :p", paged=True, ProjectionExpression="n", **values(p="large"))
    for limit in [1, 4, 10, 11]:
        script.query(f"of {limit}", "pages", "pk = :p", paged=True, Limit=limit, **values(p="p1"))
        script.query(f"of {limit}, backward", "pages", "pk = :p", paged=True, Limit=limit, ScanIndexForward=False, **values(p="p1"))
        script.query(f"of {limit}, filtered", "pages", "pk = :p", paged=True, Limit=limit, FilterExpression="n > :n", **values(p="p1", n=15))
    script.scan("of a scan by size", "pages", paged=True)
    script.scan("of a scan by 7", "pages", paged=True, Limit=7, ProjectionExpression="pk, sk")
    script.scan("of a scan by 7, consistently", "pages", paged=True, Limit=7, ProjectionExpression="n", ConsistentRead=True)
    script.query("from a start that cannot be", "pages", "pk = :p", ExclusiveStartKey=item(pk="p2", sk=1), **values(p="p1"), fails=True)
    script.scan("from half a start", "pages", ExclusiveStartKey=item(pk="p2"), fails=True)
