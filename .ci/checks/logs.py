"""What the functions logged while the tests ran: in the line of a request nothing but what it may have, each in its form.

So no body, no name, no key and no value of a header: `python3 -m checks.logs FILE...`, which names the lines that have more.
"""

import json
import re
import sys

from checks.project import AUTHORIZER, ROUTES

OPERATIONS = {function.removesuffix("Function") for function in {*ROUTES.values(), AUTHORIZER}}
#: What each of them reports of every request.
METRICS = ["ClientErrors", "DamagedItems", "Duration", "ServerErrors", "StoreUnavailable", "TransactionConflicts"]
DIMENSIONS = [["Stack", "Operation"], ["Stack"]]

NUMBER, FLAG = r"\d+(\.\d+)?", "True|False"
#: Of API Gateway, Lambda and X-Ray, as the local stack and the samples of AWS's own tools have them.
IDENTIFIER = r"[0-9A-Za-z=;:/+-]*"
ALLOWED = {
    "timestamp": r"[0-9T:.-]+Z", "level": "INFO", "event": "request|authorization",
    "request_id": IDENTIFIER, "gateway_request_id": IDENTIFIER, "lambda_request_id": IDENTIFIER, "trace_id": IDENTIFIER,
    "account": r"acct_[0-9A-Za-z]+", "livemode": FLAG, "key_id": r"key_[0-9A-Za-z]+",
    "method": "GET|HEAD|POST|PATCH|DELETE", "path": r"(/[a-z0-9.-]+)*/api/crm/market-segment(/\{id\})?",
    "id": "market-segment_[0-9a-z]{36}", "status": r"\d{3}", "error_code": "[a-z_]+", "start": "cold|restored|warm",
    "attempts": NUMBER, "capacity_units": NUMBER,
    **dict.fromkeys(METRICS, NUMBER), "Stack": "[a-z-]+", "Operation": "[A-Za-z]+",
}


def is_metric(line: dict) -> bool:
    """Whether it says in CloudWatch's form which of its members are metrics, the ones that alarms watch."""
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    return (directive["Namespace"], directive["Dimensions"], [metric["Name"] for metric in directive["Metrics"]]) == (
        "MarketSegment", DIMENSIONS, METRICS)


def excess(line: dict) -> list[str]:
    """Members that a request's line may not have, or not so."""
    return [name for name, value in line.items() if name != "_aws" and not re.fullmatch(ALLOWED.get(name, "(?!)"), str(value))]


def main(files: list[str]) -> None:
    requests, wrong, operations = 0, [], set()
    for file in files:
        with open(file, errors="replace") as lines:
            for text in lines:
                if text.startswith('{"timestamp"') and '"_aws"' in text and (line := json.loads(text))["event"] in ("request", "authorization"):
                    requests += 1
                    operations.add(line["Operation"])
                    wrong += [f"{file}: {name}: {text}" for name in excess(line)]
                    wrong += [] if is_metric(line) else [f"{file}: no metrics: {text}"]
    print(f"{requests} requests in the logs")
    if wrong or operations != OPERATIONS:
        sys.exit("\n".join(wrong[:20]) or f"These have logged no request, or are no operations: {sorted(operations ^ OPERATIONS)}")


if __name__ == "__main__":
    main(sys.argv[1:])
