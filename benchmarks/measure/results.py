"""Percentiles, and the tables that show them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from load import Sample
from reports import Logs, Report

CONDITIONS = {"after": "right after a deployment", "later": "later"}
PERCENTILES = [50, 90, 99]


@dataclass(frozen=True)
class Published:
    """Figures of others, in milliseconds; `cold` and `warm` are p50, p90, p99 and the largest, as far as they were published."""

    subject: str
    cold: tuple[float | None, ...]
    warm: tuple[float | None, ...]
    source: str


_SAMPLES = "https://github.com/aws-samples/serverless-java-frameworks-samples"
_NONE = (None, None, None, None)
#: AWS's are from Lambda's REPORT lines, of four functions with 1,024 MB at 100 requests a second, without an authorizer.
PUBLISHED = [
    Published("Quarkus, SnapStart, Java 17", (487.31, 586.87, 732.67, 932.17), (7.38, 11.91, 25.20, 147.26), _SAMPLES),
    Published("Quarkus, native", (467.27, 599.77, 802.43, 1348.78), (6.7, 11.63, 24.03, 168.47), _SAMPLES),
    Published("Micronaut, SnapStart, Java 17", (726.11, 815.37, 931.30, 1047.49), (7.68, 12.30, 28.18, 244.82), _SAMPLES),
    Published("Spring Boot, SnapStart, Java 17", (1047.87, 1200.45, 1597.68, 1779.53), (7.62, 13.01, 27.73, 262.25), _SAMPLES),
    # Each restore there is the first of a version that was published for it. 1,024 MB, invoked directly.
    Published("right after a deployment: Quarkus, SnapStart, Java 25", (5463, None, None, None), _NONE,
              "https://github.com/k-i-soft/lambda-coldstart-bench"),
]


def percentile(values: Sequence[float], percent: int) -> float:
    """By nearest rank: the smallest of the values that at least so many percent of them do not exceed. It is always one of them."""
    if not values or not 0 < percent <= 100:
        raise ValueError("a percentile above 0, up to 100, of at least one value")
    rank = -(-len(values) * percent // 100)
    return sorted(values)[rank - 1]


def summary(values: Sequence[float]) -> dict[str, float]:
    """How many they are, and the percentiles and the largest of them where there are any."""
    if not values:
        return {"count": 0}
    return {"count": len(values), **{f"p{percent}": round(percentile(values, percent), 2) for percent in PERCENTILES},
            "max": round(max(values), 2)}


@dataclass(frozen=True)
class Phase:
    """What was sent in one condition, a key of CONDITIONS, and what Lambda logged meanwhile.

    `since_s` and `until_s` are in seconds since 1970.
    """

    name: str
    condition: str
    since_s: float
    until_s: float
    samples: list[Sample]
    logs: Logs

    def split(self, early_s: float) -> list["Phase"]:
        """The first seconds, right after a deployment, and the others."""
        at_s = self.since_s + early_s
        early = Phase(self.name, "after", self.since_s, at_s, [one for one in self.samples if one.intended_s < early_s],
                      Logs([one for one in self.logs.reports if one.at_s < at_s], self.logs.runs))
        rest = Phase(self.name, "later", at_s, self.until_s, [one for one in self.samples if one.intended_s >= early_s],
                     Logs([one for one in self.logs.reports if one.at_s >= at_s], self.logs.runs))
        return [early, rest]


def restores(phases: Iterable[Phase], functions: set[str]) -> int:
    return sum(report.restored for phase in phases for report in phase.logs.reports if report.function in functions)


def results(phases: Sequence[Phase], functions: dict[str, str], operations: set[str]) -> dict:
    """Everything that the tables show, for JSON.

    `functions` are those of a request, short names by the names that Lambda knows; `operations` are the short names of the ones behind
    the API's routes, which AWS's samples count together.
    """
    return {condition: _condition([phase for phase in phases if phase.condition == condition], functions, operations)
            for condition in CONDITIONS}


def _condition(phases: Sequence[Phase], functions: dict[str, str], operations: set[str]) -> dict:
    reports = [report for phase in phases for report in phase.logs.reports if report.function in functions]
    samples = [sample for phase in phases for sample in phase.samples]
    cold_ids = {request for phase in phases for request in phase.logs.cold()}
    known_ids = {request for phase in phases for request in phase.logs.known()}
    good = [sample for sample in samples if sample.succeeded]
    known = [sample for sample in good if sample.request_id in known_ids]
    return {
        "lambda": {
            "operations": _cold_and_warm([one for one in reports if functions[one.function] in operations]),
            **{name: _cold_and_warm([one for one in reports if functions[one.function] == name]) for name in functions.values()},
        },
        "client": {
            "cold": summary([one.latency_ms for one in known if one.request_id in cold_ids]),
            "warm": summary([one.latency_ms for one in known if one.request_id not in cold_ids]),
            "all": summary([one.latency_ms for one in good]),
            "without a report": len(good) - len(known),
            "statuses": {str(status): number for status, number in sorted(Counter(one.status for one in samples).items())},
            "sent late": summary([one.late_ms for one in samples]),
        },
    }


def _cold_and_warm(reports: Sequence[Report]) -> dict:
    cold = [one for one in reports if one.started_ms is not None]
    return {
        "cold": summary([one.total_ms for one in cold]),
        "restores": sum(one.restored for one in cold),
        "starts without a snapshot": sum(not one.restored for one in cold),
        "warm": summary([one.duration_ms for one in reports if one.started_ms is None]),
    }


def tables(measured: dict) -> str:
    """In Markdown."""
    lines = ["All in milliseconds. A percentile is one of the values: the smallest that so many percent do not exceed (nearest rank).", ""]
    for condition, title in CONDITIONS.items():
        of = measured[condition]
        lines += [f"### As Lambda reports, {title}", "", *_head("cold: restore + first run", "warm")]
        lines += [_row(name, one["cold"], one["warm"]) for name, one in of["lambda"].items()]
        starts = sum(one["starts without a snapshot"] for name, one in of["lambda"].items() if name != "operations")
        if starts:
            lines += ["", f"{starts} of the cold ones were starts without a snapshot."]
        client = of["client"]
        lines += ["", f"### As the client sees it, {title}", "", "Gateway, authorizer and network included.", "", *_head("cold", "warm")]
        lines += [_row("requests", client["cold"], client["warm"]), "", _line("All that succeeded", client["all"]), _statuses(client)]
        if client["without a report"]:
            lines += [f"{client['without a report']} of them are neither cold nor warm: Lambda's report of them was not found."]
        lines += [_line("Sent later than intended by", client["sent late"]), ""]
    lines += ["### As others have published", "", *_head("cold", "warm", counted=False, more=" source |", rule=" --- |")]
    lines += [f"| {one.subject} |{''.join(_cell(value) for value in (*one.cold, *one.warm))} {one.source} |" for one in PUBLISHED]
    return "\n".join(lines) + "\n"


def _head(cold: str, warm: str, counted: bool = True, more: str = "", rule: str = "") -> list[str]:
    names = [*(["number"] if counted else []), *_columns()]
    cells = [f"{kind}: {names[0]}" if position == 0 else name for kind in (cold, warm) for position, name in enumerate(names)]
    return [f"| | {' | '.join(cells)} |{more}", "| --- |" + " ---: |" * len(cells) + rule]


def _row(name: str, *summaries: dict) -> str:
    cells = (cell for one in summaries for cell in (f" {one['count']:,} |", *(_cell(one.get(column)) for column in _columns())))
    return f"| {name} |" + "".join(cells)


def _columns() -> list[str]:
    return [*(f"p{percent}" for percent in PERCENTILES), "max"]


def _cell(value: float | None) -> str:
    return " – |" if value is None else f" {value:,.0f} |" if value >= 100 else f" {value:.1f} |"


def _line(title: str, one: dict) -> str:
    if not one["count"]:
        return f"{title}: none."
    return f"{title}: " + ", ".join(f"{name} {value:,.1f}" for name, value in one.items() if name != "count") + f", of {one['count']:,}."


def _statuses(client: dict) -> str:
    said = ", ".join(f"{number:,} × {'no response' if status == '0' else status}" for status, number in client["statuses"].items())
    return f"Statuses: {said or 'none'}."
