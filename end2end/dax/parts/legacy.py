"""The parameters from before expressions. DAX's clients rewrite them; over HTTP they pass as they are."""

from .words import N, S, SS, item, value


def compare(operator, *given):
    return {"ComparisonOperator": operator, "AttributeValueList": [value(each) for each in given]}


def write(script):
    script.begin("old style")
    key = item(pk="old", sk=1)
    script.put("put expects nothing", "old", {**key, **item(v=1, t="text", s=SS("p"), gone=1)}, Expected={"pk": {"Exists": False}})
    script.put("put expects nothing and fails", "old", key, Expected={"pk": {"Exists": False}})
    script.put("put expects a value", "old", {**key, **item(v=1, t="text", s=SS("p"), gone=1)}, Expected={"v": {"Value": N(1)}})
    script.put("put expects, compared", "old", key, Expected={"v": compare("GT", 5), "t": compare("EQ", "no")}, ConditionalOperator="OR")
    script.get("get attributes", "old", key, AttributesToGet=["v", "s"])
    script.step("update attributes", "UpdateItem", "old", Key=key, ReturnValues="ALL_NEW", AttributeUpdates={
        "v": {"Action": "ADD", "Value": N(2)}, "t": {"Action": "PUT", "Value": S("new")}, "s": {"Action": "ADD", "Value": SS("q")}, "gone": {"Action": "DELETE"}})
    script.get("get after the update", "old", key)
    script.delete("delete expects and fails", "old", key, Expected={"v": {"Value": N(1)}})
    script.delete("delete expects", "old", key, Expected={"v": compare("GE", 3)}, ReturnValues="ALL_OLD")
    script.step("batch get attributes", "BatchGetItem", RequestItems={script.table("work"): {"Keys": [item(pk="q", sk=1), item(pk="q", sk=2)], "AttributesToGet": ["sk", "t"]}})
    script.step("query conditions", "Query", "work", KeyConditions={"pk": compare("EQ", "q"), "sk": compare("LT", 4)}, AttributesToGet=["sk", "a"])
    script.step("query filter", "Query", "work", KeyConditions={"pk": compare("EQ", "q"), "sk": compare("BETWEEN", 2, 9)},
                QueryFilter={"a": compare("NE", 5), "t": compare("CONTAINS", "text"), "missing": compare("NULL")}, ConditionalOperator="AND")
    script.step("scan filter", "Scan", "ns", ScanFilter={"v": compare("IN", 1, 2, 3)}, AttributesToGet=["pk", "v"])
