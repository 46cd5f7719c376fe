"""The words the parts of the table are written in."""

import base64

READS = {"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"}


class Script:
    """Collects steps."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.part = ""
        self.steps = []

    def begin(self, part):
        """What follows belongs to this part: its name comes before the steps'."""
        self.part = part

    def table(self, name):
        return self.prefix + name

    def step(self, name, op, table=None, fails=False, paged=False, **request):
        """One request. `fails`: DynamoDB refuses it."""
        if table is not None:
            request = {"TableName": self.table(table), **request}
        twice = op in READS and not paged
        self.steps.append({"name": f"{self.part}: {name}", "op": op, "input": request, "twice": twice, "paged": paged, "fails": fails})

    def put(self, name, table, item, **more):
        self.step(name, "PutItem", table, Item=item, **more)

    def get(self, name, table, key, **more):
        self.step(name, "GetItem", table, Key=key, **more)

    def update(self, name, table, key, expression, **more):
        self.step(name, "UpdateItem", table, Key=key, UpdateExpression=expression, **more)

    def delete(self, name, table, key, **more):
        self.step(name, "DeleteItem", table, Key=key, **more)

    def query(self, name, table, condition, **more):
        self.step(name, "Query", table, KeyConditionExpression=condition, **more)

    def scan(self, name, table, **more):
        self.step(name, "Scan", table, **more)


def N(number):
    return {"N": str(number)}


def S(text):
    return {"S": text}


def B(data):
    return {"B": base64.b64encode(data).decode()}


def SS(*texts):
    return {"SS": list(texts)}


def NS(*numbers):
    return {"NS": [str(number) for number in numbers]}


def BS(*data):
    return {"BS": [base64.b64encode(each).decode() for each in data]}


def L(*values):
    return {"L": [value(each) for each in values]}


def M(**values):
    return {"M": {name: value(each) for name, each in values.items()}}


TRUE, FALSE, NULL = {"BOOL": True}, {"BOOL": False}, {"NULL": True}


def value(plain):
    """A plain Python value as an attribute value; one that is one already stays."""
    if isinstance(plain, dict):
        return plain
    if isinstance(plain, bool):
        return {"BOOL": plain}
    if plain is None:
        return NULL
    if isinstance(plain, int):
        return N(plain)
    if isinstance(plain, bytes):
        return B(plain)
    return S(plain)


def item(**values):
    """Names and plain values."""
    return {name: value(each) for name, each in values.items()}


def values(**those):
    """`a=1` as the expression's value `:a`."""
    return {"ExpressionAttributeValues": {":" + name: value(each) for name, each in those.items()}}


def names(**those):
    """`a="x"` as the expression's name `#a`."""
    return {"ExpressionAttributeNames": {"#" + name: each for name, each in those.items()}}
