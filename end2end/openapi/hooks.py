"""What every request of the tests carries beside what is generated for it, and a count of the answers."""

import atexit
import json
import os
from collections import Counter, defaultdict
from pathlib import Path

import schemathesis

answers = defaultdict(Counter)


@schemathesis.hook
def before_call(context, case, kwargs):
    # Forms are sent back by who was shown them; without their token each would be refused before it is read.
    if case.media_type == "application/x-www-form-urlencoded" and isinstance(case.body, dict):
        case.body["csrf"] = os.environ["FOOTFALL_CSRF"]


@schemathesis.hook
def after_call(context, case, response):
    answers[case.operation.label][response.status_code] += 1


@atexit.register
def say():
    Path(os.environ["FOOTFALL_ANSWERS"]).write_text(json.dumps(answers))
