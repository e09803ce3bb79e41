"""How soon a function answers: after a restore from its snapshot, primed and not, and after a plain start.

    python3 benchmarks/starts [--runs 9] [--memory 1769] [--cpus 1] [--tls] [--only NAME,...] [--write]

Each run is a new process of the real runtime interface client, against a stub of the Lambda Runtime API and the local stack's DynamoDB.
The subjects take turns, and the first turn does not count. `--write` puts the table into docs/performance.md.
"""

import argparse
import copy
import json
import os
import platform
import shutil
import ssl
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from packages import ROOT, WORK, build, java_home
from process import Function, FunctionFailed, cpu_s
from relay import Relay
from stack import Stack

FUNCTIONS = {
    "retrieve": "RetrieveMarketSegmentFunction",
    "list": "ListMarketSegmentsFunction",
    "create": "CreateMarketSegmentFunction",
    "update": "UpdateMarketSegmentFunction",
    "delete": "DeleteMarketSegmentFunction",
    "authorize": "AuthorizeFunction",
}
EVENTS = {
    "retrieve": "retrieve-market-segment", "list": "list-market-segments", "create": "create-market-segment",
    "update": "update-market-segment", "delete": "delete-market-segment", "authorize": "authorize",
}
PACKAGE = "dev.overplane.crm.function."
TABLES = {"SEGMENTS_TABLE": "market-segment-local-segments", "IDEMPOTENCY_TABLE": "market-segment-local-idempotency",
          "API_KEYS_TABLE": "market-segment-local-api-keys"}
BEGIN, END = "<!-- starts: begin -->\n", "<!-- starts: end -->"
SEGMENTS = 25
#: Between the last word of a function before its snapshot, and its restore.
PAUSE_S = 0.5
#: Share of a processor that others may use during a run that counts as undisturbed.
OTHERS = 0.1
CA_FILES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]


@dataclass(frozen=True)
class Subject:
    name: str
    package: str
    handler: str
    operation: str
    snap_start: bool


@dataclass(frozen=True)
class Run:
    first_ms: float
    warm_ms: float
    disturbed: bool


def subjects() -> list[Subject]:
    handler = "::handleRequest"
    plain = [Subject("plain: bare", "bare", "BareFunction" + handler, "retrieve", False),
             Subject("plain: raw SDK", "raw", "RawSdkFunction" + handler, "retrieve", False)]
    plain += [Subject(f"plain: {name}", "ours", PACKAGE + FUNCTIONS[name] + handler, name, False) for name in ("retrieve", "list")]
    restored = [Subject("restored: bare", "bare", "BareFunction" + handler, "retrieve", True)]
    for name, function in FUNCTIONS.items():
        restored.append(Subject(f"restored: {name}", "ours", PACKAGE + function + handler, name, True))
        restored.append(Subject(f"unprimed: {name}", "unprimed", "UnprimedFunction" + handler, name, True))
    return restored + plain


class Bench:
    def __init__(self, arguments, packages: dict[str, Path], stack: Stack):
        self.arguments, self.packages, self.stack = arguments, packages, stack
        self.cpus = {int(cpu) for cpu in arguments.cpus.split(",")} if arguments.cpus else None
        self.tls, self.prefix = certificate() if arguments.tls else (None, [])
        self.ids = [stack.create() for _ in range(SEGMENTS)]
        # Lets the compiler of DynamoDB's process settle.
        for _ in range(300):
            stack.list()

    def event(self, operation: str) -> bytes:
        event = copy.deepcopy(json.loads((ROOT / "events" / f"{EVENTS[operation]}.json").read_text()))
        if event.get("pathParameters"):
            event["pathParameters"] = {"id": self.stack.create() if operation == "delete" else self.ids[0]}
        if operation == "authorize":
            bearer = f"Bearer {self.stack.issue_key()}"
            event["headers"]["Authorization"] = bearer
            event["multiValueHeaders"]["Authorization"] = [bearer]
        return json.dumps(event).encode()

    def run(self, subject: Subject) -> Run:
        event = self.event(subject.operation)
        relay = Relay(self.stack.port, self.tls) if subject.snap_start or self.tls else None
        variables = {
            **TABLES, "ERROR_REFERENCE_URL": "/docs/errors",
            "AWS_ENDPOINT_URL_DYNAMODB": relay.url if relay else f"http://127.0.0.1:{self.stack.port}",
            "UNPRIMED_FUNCTION": PACKAGE + FUNCTIONS[subject.operation],
        }
        log = WORK / (subject.name.replace(": ", "-").replace(" ", "-") + ".log")
        before = self.others_s(), time.perf_counter()
        function = Function(
            str(java_home() / "bin" / "java"), sorted(self.packages["runtime"].glob("*.jar")), self.packages[subject.package],
            subject.handler, variables, self.arguments.memory, subject.snap_start, log, self.prefix, self.cpus)
        try:
            begun = function.started
            if subject.snap_start:
                function.expect("restore")
                relay.restore()
                time.sleep(PAUSE_S)
                begun = function.restore()
            function.expect("next")
            answered, answer = function.invoke(event)
            check(subject, answer)
            disturbed = self.others_s() - before[0] - cpu_s(function.process.pid) > OTHERS * (time.perf_counter() - before[1]) + 0.1
            function.expect("next")
            return Run((answered - begun) * 1000, self.warm(function, subject), disturbed)
        finally:
            function.close()
            if relay:
                relay.close()

    def others_s(self) -> float:
        """Processor time that has been used on this machine, but for this program and DynamoDB."""
        ticks = [int(number) for number in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        user, nice, system, _, _, irq, softirq, steal = ticks
        busy = (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
        return busy - time.process_time() - cpu_s(self.stack.process.pid)

    def warm(self, function: Function, subject: Subject) -> float:
        laps = []
        event = self.event(subject.operation)
        for _ in range(self.arguments.warm):
            begun = time.perf_counter()
            answered, _ = function.invoke(event)
            laps.append((answered - begun) * 1000)
            function.expect("next")
        return statistics.median(laps)


def check(subject: Subject, answer: bytes):
    response = json.loads(answer)
    good = "Allow" in answer.decode() if subject.operation == "authorize" and subject.package != "bare" else (
        response.get("statusCode") in (200, 201))
    if not good:
        raise FunctionFailed(f"{subject.name}: {answer.decode()[:1000]}")


def certificate() -> tuple[ssl.SSLContext, list[str]]:
    """A certificate for this machine's name, and the command that starts a process which trusts it: with a file of its own where the
    system keeps the authorities that it trusts, as the CRT reads no other."""
    authorities = next((path for path in CA_FILES if Path(path).exists()), None)
    if not authorities or not shutil.which("openssl") or not shutil.which("unshare"):
        raise SystemExit("--tls wants openssl, unshare, and a file of trusted authorities")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", WORK / "key.pem", "-out", WORK / "certificate.pem"],
        check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(WORK / "certificate.pem", WORK / "key.pem")
    mount = WORK / "trusting.sh"
    mount.write_text(f"mount --bind '{WORK / 'certificate.pem'}' {authorities} && exec \"$@\"\n")
    return context, ["unshare", "--map-root-user", "--mount", "sh", str(mount)]


def table(results: dict[str, list[Run]], sizes: dict[str, int], arguments) -> str:
    medians = {name: statistics.median(run.first_ms for run in runs) for name, runs in results.items()}
    lines = ["| | first answer, ms: median | least to most | against | warm, ms: median |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, runs in results.items():
        kind, _, operation = name.partition(": ")
        other = f"unprimed: {operation}" if kind == "restored" else "plain: raw SDK" if kind == "plain" else name
        ratio = f"{medians[name] / medians[other]:.2f} × {other}" if other in medians and other != name else ""
        first = sorted(run.first_ms for run in runs)
        lines.append(f"| {name} | {medians[name]:.0f} | {first[0]:.0f} to {first[-1]:.0f} | {ratio} | "
                     f"{statistics.median(run.warm_ms for run in runs):.2f} |")
    disturbed = sum(run.disturbed for runs in results.values() for run in runs)
    count = sum(map(len, results.values()))
    lines += ["", f"{arguments.runs} runs each, in turns; {arguments.memory} MB; {'HTTPS' if arguments.tls else 'HTTP'} to DynamoDB Local; "
              f"{'processors ' + arguments.cpus if arguments.cpus else str(os.cpu_count()) + ' processors'}, {platform.machine()}. "
              f"Other programs used the machine during {disturbed} of {count} runs.", "",
              "Packages: " + ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items()) + "."]
    return "\n".join(lines) + "\n"


def write(text: str):
    page = ROOT / "docs" / "performance.md"
    head, _, rest = page.read_text().partition(BEGIN)
    page.write_text(head + BEGIN + text + END + rest.partition(END)[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--warm", type=int, default=200, help="invocations after the first")
    parser.add_argument("--memory", type=int, default=1769, help="the function's memory in MB")
    parser.add_argument("--cpus", help="pin the functions to these processors, such as 1")
    parser.add_argument("--tls", action="store_true", help="HTTPS to DynamoDB; subjects but ours are left out")
    parser.add_argument("--only", help="names of subjects, separated by commas")
    parser.add_argument("--built", action="store_true", help="take the packages of the measurement before")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    arguments = parser.parse_args()
    packages, sizes = build(anew=not arguments.built)
    chosen = [subject for subject in subjects() if not arguments.tls or subject.package in ("ours", "unprimed")]
    if arguments.only:
        chosen = [subject for subject in chosen if subject.name in arguments.only.split(",")]
    results = {subject.name: [] for subject in chosen}
    stack = Stack()
    try:
        bench = Bench(arguments, packages, stack)
        for turn in range(arguments.runs + 1):
            for subject in chosen:
                run = bench.run(subject)
                print(f"{turn}/{arguments.runs} {subject.name}: {run.first_ms:.0f} ms{', disturbed' if run.disturbed else ''}",
                      file=sys.stderr)
                if turn:
                    results[subject.name].append(run)
    finally:
        stack.close()
    report = table(results, sizes, arguments)
    print(report)
    if arguments.write:
        write(report)


if __name__ == "__main__":
    main()
