"""What the Python drivers have in common: DynamoDB JSON in, one line of JSON a call out."""

import base64
import json
import os
import re
import sys

import load

KEY = {"aws_access_key_id": "AKIDUMMY", "aws_secret_access_key": os.environ.get("DRIVER_SECRET", "SECRETDUMMY")}


def plain(given):
    """DynamoDB JSON as the clients of Python want it: bytes for base64 text."""
    if isinstance(given, list):
        return [plain(each) for each in given]
    if not isinstance(given, dict):
        return given
    if len(given) == 1:
        (kind, data), = given.items()
        if kind == "B" and isinstance(data, str):
            return {"B": base64.b64decode(data)}
        if kind == "BS" and isinstance(data, list):
            return {"BS": [base64.b64decode(each) for each in data]}
    return {name: plain(each) for name, each in given.items()}


def method(op):
    """`GetItem` as `get_item`."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", op).lower()


def base64_text(data):
    return base64.b64encode(bytes(data)).decode()


def run(client, refusal, steps, out):
    """Asks every step; `refusal` makes an answer of an exception."""
    for step in steps:
        for time in range(2 if step["twice"] else 1):
            try:
                answer = ask(client, step)
            except Exception as error:
                answer = {"error": refusal(error)}
            answer = {"step": step["name"], "time": time, **answer}
            out.write(json.dumps(answer, default=base64_text) + "\n")


def ask(client, step):
    call = getattr(client, method(step["op"]))
    request = plain(step["input"])
    pages = []
    while True:
        page = call(**request)
        page.pop("ResponseMetadata", None)
        pages.append(page)
        if not step["paged"]:
            return {"output": page}
        if "LastEvaluatedKey" not in page:
            return {"pages": pages}
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def service_error(error):
    """An error in botocore's shape."""
    response = getattr(error, "response", None)
    if not isinstance(response, dict) or "Error" not in response:
        return {"client": type(error).__name__, "message": str(error)}
    told = {"code": response["Error"].get("Code"), "message": response["Error"].get("Message")}
    for name, key in [("reasons", "CancellationReasons"), ("item", "Item")]:
        if response.get(key):
            told[key if name == "item" else name] = response[key]
    # Where Amazon's DAX client keeps them: codes, messages and items in one row.
    flat = getattr(error, "cancellation_reasons", None) or []
    if flat:
        told["reasons"] = [dict(zip(["Code", "Message", "Item"], flat[n : n + 3])) for n in range(0, len(flat), 3)]
    return told


def main(connect):
    """`driver ENDPOINT TABLE`, `driver ENDPOINT --load TABLE WHO ORDER`, or `driver ENDPOINT --bench TABLE ITEMS SECONDS
    CALLERS`: lines on standard output."""
    endpoint, table = sys.argv[1:3]
    if table == "--bench":
        print(json.dumps(load.bench(connect(endpoint), sys.argv[3], *map(int, sys.argv[4:7]))), flush=True)
        return
    if table == "--load":
        load.run(connect(endpoint), *sys.argv[3:6])
    with open(table) as file:
        steps = json.load(file)["steps"]
    run(connect(endpoint), service_error, steps, sys.stdout)
