"""What Lambda says of each run of a function, in its REPORT line, fetched by CloudWatch Logs Insights."""

import calendar
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from cli import Cli, CommandFailed

#: Rows that a query returns at most: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
LIMIT = 10_000
#: Of one query: what a hundred requests a second log in it is well below the limit.
SLICE_S = 20
#: Lambda's reports, and the lines of ours that say which request of the API a run belongs to. By the text alone: which fields Insights
#: finds in a line depends on the format of the log.
QUERY = ('fields @timestamp, @logStream, @message'
         ' | filter @message like /"platform.report"|REPORT RequestId|"lambda_request_id"/ | sort @timestamp asc')


@dataclass(frozen=True)
class Report:
    """One run of a function; times in milliseconds.

    `started_ms` is how long it took beforehand to restore the snapshot or, without one, to start; None if the function was warm.
    """

    function: str
    request_id: str
    at_s: float
    duration_ms: float
    started_ms: float | None
    restored: bool

    @property
    def total_ms(self) -> float:
        """As AWS counts: https://docs.aws.amazon.com/lambda/latest/dg/snapstart-monitoring.html"""
        return self.duration_ms + (self.started_ms or 0)


@dataclass(frozen=True)
class Logs:
    """`runs` names the runs behind a request, by Lambda's ids, for each id of a request that the API has told its client."""

    reports: list[Report]
    runs: dict[str, set[str]]

    def cold(self) -> set[str]:
        """Ids of the requests that met a function which had to be restored or started."""
        started = {report.request_id for report in self.reports if report.started_ms is not None}
        return {request for request, runs in self.runs.items() if runs & started}

    def known(self) -> set[str]:
        """Ids of the requests of which a report tells."""
        reported = {report.request_id for report in self.reports}
        return {request for request, runs in self.runs.items() if runs & reported}


def parse(stream: str, message: str, at_s: float) -> Report | None:
    """A report in either of Lambda's formats; None for any other line.

    https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html describes that in JSON, `platform.report`.
    """
    if message.startswith("REPORT RequestId: "):
        request_id = message.split()[2]
        times = {name: float(ms) for name, ms in re.findall(r"((?:Billed |Init |Restore )*)Duration: ([0-9.]+) ms", message)}
        restore_ms, init_ms, duration_ms = times.get("Restore "), times.get("Init "), times.get("")
    else:
        try:
            event = json.loads(message)
        except ValueError:
            return None
        if not isinstance(event, dict) or event.get("type") != "platform.report":
            return None
        record = event["record"]
        request_id, metrics = record["requestId"], record["metrics"]
        restore_ms, init_ms, duration_ms = (metrics.get(name) for name in ("restoreDurationMs", "initDurationMs", "durationMs"))
    if duration_ms is None:
        return None
    started_ms = restore_ms if restore_ms is not None else init_ms
    return Report(function_of(stream), request_id, at_s, duration_ms, started_ms, restore_ms is not None)


def function_of(stream: str) -> str:
    """The function of a log stream, which a log group for several functions names so: `2026/01/15/NAME[7][0123...]`.

    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
    """
    found = re.match(r"\d{4}/\d\d/\d\d/([^\[]+)\[", stream)
    return found[1] if found else stream


def read(rows: list[dict[str, str]]) -> Logs:
    """What the rows of a query say; a row that comes twice counts once."""
    reports, runs = {}, {}
    for row in rows:
        message = row.get("@message", "").strip()
        if report := parse(row.get("@logStream", ""), message, _seconds(row["@timestamp"])):
            reports[report.function, report.request_id] = report
        elif '"lambda_request_id"' in message:
            try:
                line = json.loads(message)
            except ValueError:
                continue
            if line.get("request_id"):
                runs.setdefault(line["request_id"], set()).add(line["lambda_request_id"])
    return Logs(sorted(reports.values(), key=lambda report: report.at_s), runs)


def fetch(query: Callable[[int, int], list[dict[str, str]]], since_s: int, until_s: int) -> list[dict[str, str]]:
    """All rows between two times, both included, by as many queries as their limit asks for."""
    rows = []
    for begin in range(since_s, until_s, SLICE_S):
        rows += _slice(query, begin, min(begin + SLICE_S, until_s))
    return rows


def _slice(query: Callable[[int, int], list[dict[str, str]]], since_s: int, until_s: int) -> list[dict[str, str]]:
    rows = query(since_s, until_s)
    if len(rows) < LIMIT:
        return rows
    if until_s - since_s < 2:
        raise CommandFailed(f"More than {LIMIT} lines were logged within a second: lower the --rate.")
    middle = (since_s + until_s) // 2
    return _slice(query, since_s, middle) + _slice(query, middle, until_s)


def insights(cli: Cli, group: str) -> Callable[[int, int], list[dict[str, str]]]:
    """Queries a log group."""

    def query(since_s: int, until_s: int) -> list[dict[str, str]]:
        started = cli.aws(
            "logs", "start-query", "--log-group-name", group, "--start-time", str(since_s), "--end-time", str(until_s),
            "--limit", str(LIMIT), "--query-string", QUERY)
        while True:
            answer = cli.aws("logs", "get-query-results", "--query-id", started["queryId"])
            if answer["status"] == "Complete":
                return [{field["field"]: field["value"] for field in row} for row in answer["results"]]
            if answer["status"] not in ("Scheduled", "Running"):
                raise CommandFailed(f"A query of the logs ended as {answer['status']}.")
            time.sleep(1)

    return query


def _seconds(timestamp: str) -> float:
    """Insights tells UTC as `2026-01-15 09:30:00.123`; LocalStack milliseconds since 1970."""
    if timestamp.isdigit():
        return int(timestamp) / 1000
    whole, _, fraction = timestamp.partition(".")
    return calendar.timegm(time.strptime(whole, "%Y-%m-%d %H:%M:%S")) + float(f"0.{fraction or 0}")
