"""What a stack costs a month, and where the money goes: `python3 benchmarks/costs.py` prints the tables of docs/cost.md, and
`--write` puts them there.

The capacity units are those of docs/listing.md, which the tests hold against what is measured. The prices are those of
docs/cost.md itself. What remains is assumed, below, and said there.
"""

import argparse
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "cost.md"
BEGIN, END = "<!-- computed: {} -->", "<!-- end -->"

#: Of an average month, in seconds.
MONTH = 730 * 3600
RATES = [1, 100, 10_000]
READ_SHARES = [0.9, 0.5]

# --- Assumed. None of it has been measured on AWS. --------------------------------------------------------------------

#: The mix of reads and of writes, each by the name that docs/listing.md has for it.
READS = {"retrieve": 0.5, "list": 0.5}
WRITES = {"create with an idempotency key": 0.5, "update": 0.25, "delete": 0.25}
#: Objects of the account that lists its first page.
LISTED = 1_000_000
#: Share of requests for which the authorizer runs: a key that sends one request a second is looked up once in 50 s.
AUTHORIZED = 1 / 50
#: Seconds for which a function runs, and for which it is billed.
RUN_S = 0.020
#: GB of each function, as the template has it.
MEMORY_GB = 1769 / 1024
#: Bytes that one run logs: our line, of a thousand, and three of Lambda's.
LOG_BYTES = 2_200
#: Bytes of a line of the gateway's access log.
ACCESS_LOG_BYTES = 600
#: Changes that the publisher gets at once, at most.
BATCH = 100
#: Requests that X-Ray traces: the first of each second, and this share of the others.
TRACED = 0.05
#: Bytes that a change event archives.
EVENT_BYTES = 600


def units(operation: str) -> tuple[float, float]:
    """Read and write units of an operation, by docs/listing.md."""
    document = (ROOT / "docs" / "listing.md").read_text()
    if operation == "list":
        (row,) = re.findall(rf"^\| {LISTED:,} \| none \| 347 \| ([0-9.]+) in ", document, flags=re.MULTILINE)
        return float(row), 0
    (row,) = re.findall(rf"^\| {re.escape(operation)} \| \d+ \| (.+) \|$", document, flags=re.MULTILINE)
    read, write = (re.search(rf"([0-9.]+) {kind}", row) for kind in ("read", "write"))
    return float(read[1]) if read else 0, float(write[1]) if write else 0


def prices() -> dict[str, float]:
    """The prices of docs/cost.md, by what they are for, in dollars for one."""
    table = re.findall(r"^\| ([^|]+) \| ([0-9.]+) \| (?:a|each) (million|thousand million|one) \|", DOCUMENT.read_text(), flags=re.MULTILINE)
    per = {"one": 1, "million": 10**6, "thousand million": 10**9}
    return {name.strip(): float(price) / per[unit] for name, price, unit in table}


def alarms() -> int:
    """Metrics that alarms watch, each of which is paid for."""
    blocks = re.findall(
        r"^    Type: AWS::CloudWatch::Alarm\n((?:    .*\n|\n)*)", (ROOT / "template.yaml").read_text(), flags=re.MULTILINE)
    # One without a MetricStat watches one metric, or one rule, which is paid for alike.
    return sum(len(re.findall(r"\bMetricStat:", block)) or 1 for block in blocks)


def dashboards() -> int:
    """Dashboards of the template."""
    return len(re.findall(r"^    Type: AWS::CloudWatch::Dashboard$", (ROOT / "template.yaml").read_text(), flags=re.MULTILINE))


def metrics() -> int:
    """Metrics of our own: those of a request for each operation and for all, those of the verification and the canary, and the filter's."""
    functions = ROOT / "functions/src/main/java/dev/overplane/crm/function"
    of_requests = re.findall(r'"\w+", Unit\.', (functions / "RequestLog.java").read_text())
    operations = [name for path in functions.glob("*.java") for name in re.findall(r'\.requestLog\("(\w+)"\)', path.read_text())]
    return len(of_requests) * (len(operations) + 1) + 4 + 1 + 1


def requests(count: float, price: dict[str, float]) -> float:
    """What API Gateway takes for so many requests: each tier its own price."""
    cost = 0.0
    for tier, size in (("first 333 million", 333e6), ("next 667 million", 667e6), ("next 19 billion", 19e9), ("further", float("inf"))):
        part = min(count, size)
        cost += part * price[f"API Gateway, {tier} requests"]
        count -= part
    return cost


def month(rate: int, reads: float) -> dict[str, float]:
    """What each service costs a month at so many requests a second, by its name in the table."""
    price = prices()
    mix = {operation: reads * share for operation, share in READS.items()}
    mix |= {operation: (1 - reads) * share for operation, share in WRITES.items()}
    count = rate * MONTH
    read = sum(share * units(operation)[0] for operation, share in mix.items()) + AUTHORIZED * units("retrieve")[0]
    write = sum(share * units(operation)[1] for operation, share in mix.items())
    changes = count * (1 - reads)
    # A batch for each second with a change in it, or for each hundred changes.
    publications = max(changes / BATCH, min(changes, MONTH))
    runs = count * (1 + AUTHORIZED) + publications
    run_price = price["Lambda, requests"] + RUN_S * MEMORY_GB * price["Lambda, GB-seconds on arm64"]
    return {
        "API Gateway": requests(count, price),
        "Lambda": (count + publications) * run_price,
        "authorizer": count * AUTHORIZED * run_price,
        "DynamoDB reads": count * read * price["DynamoDB, read units"],
        "DynamoDB writes": count * write * price["DynamoDB, write units"],
        "events": changes * (price["EventBridge, events"] + price["SQS, requests"] + EVENT_BYTES / 1e9 * price["EventBridge, GB archived"]),
        "logs": (runs * LOG_BYTES + count * ACCESS_LOG_BYTES) / 1e9 * price["CloudWatch, GB of logs"],
        "traces": (min(rate, 1) + TRACED * max(rate - 1, 0)) * MONTH * price["X-Ray, traces"],
        "metrics": metrics() * price["CloudWatch, metrics"],
        "dashboard": dashboards() * price["CloudWatch, dashboards"],
        "alarms": alarms() * price["CloudWatch, alarms"] + price["CloudWatch, Contributor Insights rules"]
                  + count * price["CloudWatch, events that match a rule"],
    }


def dollars(amount: float) -> str:
    return f"{amount:,.2f}" if amount < 100 else f"{amount:,.0f}"


def months() -> list[str]:
    columns = [(rate, reads, month(rate, reads)) for reads in READ_SHARES for rate in RATES]
    lines = ["| | " + " | ".join(f"{rate:,}/s, {reads:.0%} reads" for rate, reads, _ in columns) + " |",
             "| --- |" + " ---: |" * len(columns)]
    for name in columns[0][2]:
        lines.append(f"| {name} | " + " | ".join(dollars(costs[name]) for _, _, costs in columns) + " |")
    totals = [(rate, sum(costs.values())) for rate, _, costs in columns]
    lines.append("| **together** | " + " | ".join(f"**{dollars(total)}**" for _, total in totals) + " |")
    lines.append("| a million requests | " + " | ".join(dollars(total / (rate * MONTH) * 1e6) for rate, total in totals) + " |")
    return lines


def listings() -> list[str]:
    """The listings of docs/benchmark.md and docs/listing.md, at the first page and in the middle.

    The naive way was run on up to 100,000 objects; what docs/benchmark.md says of a million is computed.
    """
    price = prices()["DynamoDB, read units"]
    benchmark = (ROOT / "docs" / "benchmark.md").read_text()
    listing = (ROOT / "docs" / "listing.md").read_text()
    lines = ["| objects | first page, ours: units | naive: units | ours: $ a million | naive: $ a million | naive, middle page: units |",
             "| ---: | ---: | ---: | ---: | ---: | ---: |"]
    measured = {}
    for size, offset, cost in re.findall(r"^\| ([\d,]+) \| ([\d,]+) \| naive \| ([\d,.]+) \|", benchmark, flags=re.MULTILINE):
        measured[int(size.replace(",", "")), int(offset.replace(",", ""))] = float(cost.replace(",", ""))
    for size in (10_000, 1_000_000, 10_000_000):
        # docs/benchmark.md ends at a million, and a count grows with what it reads.
        base, factor = (1_000_000, 10) if size > 1_000_000 else (size, 1)
        first, middle = measured[base, 0] * factor, measured[base, base // 2] * factor
        # The published size next to it, where this one has none: a first page costs the same.
        row = re.search(rf"^\| {size:,} \| none \| 347 \| ([0-9.]+) in ", listing, flags=re.MULTILINE)
        ours = float((row or re.search(r"^\| 100,000 \| none \| 347 \| ([0-9.]+) in ", listing, flags=re.MULTILINE))[1])
        lines.append(f"| {size:,} | {ours:g} | {first:,.0f} | {dollars(ours * price * 1e6)} | {dollars(first * price * 1e6)} | {middle:,.0f} |")
    return lines


TABLES = {"months": months, "listings": listings}


def written() -> str:
    """The document with the tables as they are computed."""
    document = DOCUMENT.read_text()
    for name, table in TABLES.items():
        before, mark, rest = document.partition(BEGIN.format(name) + "\n")
        if not mark:
            raise SystemExit(f"docs/cost.md has no mark for the table {name}.")
        document = before + mark + "\n".join(table()) + "\n" + END + rest.partition(END)[2]
    return document


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--write", action="store_true", help="puts the tables into docs/cost.md")
    if parser.parse_args().write:
        DOCUMENT.write_text(written())
    else:
        for table in TABLES.values():
            print("\n".join(table()) + "\n")


if __name__ == "__main__":
    main()
