"""How soon a function answers: after a restore from its snapshot, primed and not, and after a plain start.

    python3 benchmarks/starts [--runs 9] [--tls | --memory 512,1024,1769] [--only NAME,...] [--built] [--write]

Each run is a new process of the real runtime interface client, against a stub of the Lambda Runtime API and the local stack's DynamoDB.
The subjects take turns, and the first turn does not count. `--write` puts the table into docs/performance.md. With more than one size of
memory, each function gets the share of a processor that Lambda gives to its memory (Linux, root).
"""

import argparse
import contextlib
import copy
import json
import math
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
from process import CpuShare, Function, FunctionFailed, cpu_s
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
#: Memory at which Lambda gives one whole processor.
#: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
WHOLE_PROCESSOR_MB = 1769
#: Dollars for a GB-second and for a request, arm64, us-east-1, first tier: https://aws.amazon.com/lambda/pricing/
GB_SECOND, REQUEST = 0.0000133334, 0.0000002
MEMORY_SUBJECTS = ["restored: retrieve", "restored: authorize", "plain: retrieve"]
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
    against: str = ""


@dataclass(frozen=True)
class Run:
    first_ms: float
    warm_ms: float
    disturbed: bool


def subjects() -> list[Subject]:
    yardstick = "plain: raw SDK"
    plain = [Subject("plain: bare", "bare", "BareFunction", "retrieve", False, yardstick),
             Subject(yardstick, "raw", "RawSdkFunction", "retrieve", False)]
    plain += [Subject(f"plain: {name}", "ours", PACKAGE + FUNCTIONS[name], name, False, yardstick) for name in ("retrieve", "list")]
    restored = [Subject("restored: bare", "bare", "BareFunction", "retrieve", True)]
    for name, function in FUNCTIONS.items():
        restored.append(Subject(f"restored: {name}", "ours", PACKAGE + function, name, True, f"unprimed: {name}"))
        restored.append(Subject(f"unprimed: {name}", "unprimed", "UnprimedFunction", name, True))
    powertools = [Subject(f"{kind}: retrieve with Powertools", "powertools", "PowertoolsFunction", "retrieve", kind == "restored",
                          f"{kind}: retrieve") for kind in ("restored", "plain")]
    exchanged = [("restored", "retrieve"), ("restored", "create"), ("restored", "authorize"), ("plain", "retrieve")]
    url_connection = [Subject(f"{kind}: {name} by url-connection", "url-connection", PACKAGE + FUNCTIONS[name], name, kind == "restored",
                              f"{kind}: {name}") for kind, name in exchanged]
    return restored + plain + powertools + url_connection


class Bench:
    def __init__(self, arguments, packages: dict[str, Path], stack: Stack):
        self.arguments, self.packages, self.stack = arguments, packages, stack
        self.tls, self.prefix, self.trust = certificate() if arguments.tls else (None, [], {})
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

    def run(self, subject: Subject, memory_mb: int, share: CpuShare | None) -> Run:
        event = self.event(subject.operation)
        relay = Relay(self.stack.port, self.tls) if subject.snap_start or self.tls else None
        variables = {
            **TABLES, "STACK_NAME": "market-segment-local", "ERROR_REFERENCE_URL": "/docs/errors",
            "AWS_ENDPOINT_URL_DYNAMODB": relay.url if relay else f"http://127.0.0.1:{self.stack.port}",
            "UNPRIMED_FUNCTION": PACKAGE + FUNCTIONS[subject.operation], **self.trust,
        }
        log = WORK / (subject.name.replace(": ", "-").replace(" ", "-") + ".log")
        before = self.others_s(), time.perf_counter()
        function = Function(
            str(java_home() / "bin" / "java"), sorted(self.packages["runtime"].glob("*.jar")), self.packages[subject.package],
            subject.handler, variables, memory_mb, subject.snap_start, log, self.prefix, share)
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


def certificate() -> tuple[ssl.SSLContext, list[str], dict[str, str]]:
    """A certificate for this machine's name, and by what a process trusts it. The CRT: the command that starts the process, with a file
    of its own where the system keeps the authorities that it trusts. Java: environment variables, by which it has one more than usual."""
    authorities = next((path for path in CA_FILES if Path(path).exists()), None)
    if not authorities or not shutil.which("openssl") or not shutil.which("unshare"):
        raise SystemExit("--tls wants openssl, unshare, and a file of trusted authorities")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", WORK / "key.pem", "-out", WORK / "certificate.pem"],
        check=True, capture_output=True)
    shutil.copyfile(java_home() / "lib" / "security" / "cacerts", WORK / "authorities")
    subprocess.run(
        [java_home() / "bin" / "keytool", "-importcert", "-noprompt", "-alias", "starts", "-file", WORK / "certificate.pem",
         "-keystore", WORK / "authorities", "-storepass", "changeit"], check=True, stdout=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(WORK / "certificate.pem", WORK / "key.pem")
    mount = WORK / "trusting.sh"
    mount.write_text(f"mount --bind '{WORK / 'certificate.pem'}' {authorities} && exec \"$@\"\n")
    return (context, ["unshare", "--map-root-user", "--mount", "sh", str(mount)],
            {"JAVA_TOOL_OPTIONS": f"-Djavax.net.ssl.trustStore='{WORK / 'authorities'}' -Djavax.net.ssl.trustStorePassword=changeit"})


def table(chosen: list[Subject], results: dict[str, list[Run]], sizes: dict[str, int], tls: bool) -> str:
    medians = {name: statistics.median(run.first_ms for run in runs) for name, runs in results.items()}
    lines = ["| | first answer, ms: median | least to most | against | warm, ms: median |", "| --- | ---: | ---: | ---: | ---: |"]
    for subject in chosen:
        name, other, runs = subject.name, subject.against, results[subject.name]
        ratio = f"{medians[name] / medians[other]:.2f} × {other}" if other in medians else ""
        lines.append(f"| {name} | {medians[name]:.0f} | {spread(runs)} | {ratio} | {warm(runs):.2f} |")
    lines += ["", conditions(list(results.values()), tls), "",
              "Packages: " + ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items()) + "."]
    return "\n".join(lines) + "\n"


def memory_table(results: dict[int, dict[str, list[Run]]]) -> str:
    """Beside each size what a million warm retrievals cost, each with its authorizer not asked again."""
    lines = ["| memory, MB | processor | " + " | ".join(f"{name}, ms" for name in MEMORY_SUBJECTS) + " | warm retrieve, ms | $ for a million |",
             "| ---: | ---: |" + " ---: |" * (len(MEMORY_SUBJECTS) + 2)]
    for memory_mb, runs in results.items():
        firsts = " | ".join(f"{statistics.median(run.first_ms for run in runs[name]):.0f}" for name in MEMORY_SUBJECTS)
        retrieve_ms = warm(runs["restored: retrieve"])
        dollars = 1e6 * (REQUEST + GB_SECOND * memory_mb / 1024 * math.ceil(retrieve_ms) / 1000)
        lines.append(f"| {memory_mb:,} | {memory_mb / WHOLE_PROCESSOR_MB:.2f} | {firsts} | {retrieve_ms:.1f} | {dollars:.2f} |")
    return "\n".join([*lines, "", conditions([runs for group in results.values() for runs in group.values()], False)]) + "\n"


def spread(runs: list[Run]) -> str:
    first = sorted(run.first_ms for run in runs)
    return f"{first[0]:.0f} to {first[-1]:.0f}"


def warm(runs: list[Run]) -> float:
    return statistics.median(run.warm_ms for run in runs)


def conditions(groups: list[list[Run]], tls: bool) -> str:
    runs = [run for group in groups for run in group]
    return (f"{len(groups[0])} runs each, in turns; {'HTTPS' if tls else 'HTTP'} to DynamoDB Local; {os.cpu_count()} processors, "
            f"{platform.machine()}. Other programs used the machine during {sum(run.disturbed for run in runs)} of {len(runs)} runs.")


def write(section: str, text: str):
    begin, end = f"<!-- {section}: begin -->\n", f"<!-- {section}: end -->"
    page = ROOT / "docs" / "performance.md"
    head, _, rest = page.read_text().partition(begin)
    page.write_text(head + begin + text + end + rest.partition(end)[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--warm", type=int, default=200, help="invocations after the first")
    parser.add_argument("--memory", default=str(WHOLE_PROCESSOR_MB), help="the functions' memory in MB; several, separated by commas")
    parser.add_argument("--tls", action="store_true", help="HTTPS to DynamoDB; without the subjects that are bare or have Powertools")
    parser.add_argument("--only", help="names of subjects, separated by commas")
    parser.add_argument("--built", action="store_true", help="take the packages of the measurement before")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    arguments = parser.parse_args()
    memories = [int(memory) for memory in arguments.memory.split(",")]
    several = len(memories) > 1
    packages, sizes = build(anew=not arguments.built)
    chosen = [subject for subject in subjects() if not arguments.tls or subject.package not in ("bare", "powertools")]
    if several:
        chosen = [subject for subject in chosen if subject.name in MEMORY_SUBJECTS]
    elif arguments.only:
        chosen = [subject for subject in chosen if subject.name in arguments.only.split(",")]
    results = {memory_mb: {subject.name: [] for subject in chosen} for memory_mb in memories}
    with contextlib.ExitStack() as open_things:
        shares = {memory_mb: open_things.enter_context(CpuShare(memory_mb / WHOLE_PROCESSOR_MB)) if several else None for memory_mb in memories}
        bench = Bench(arguments, packages, open_things.enter_context(contextlib.closing(Stack())))
        for turn in range(arguments.runs + 1):
            for memory_mb in memories:
                for subject in chosen:
                    run = bench.run(subject, memory_mb, shares[memory_mb])
                    print(f"{turn}/{arguments.runs} {memory_mb} MB, {subject.name}: {run.first_ms:.0f} ms{', disturbed' if run.disturbed else ''}",
                          file=sys.stderr)
                    if turn:
                        results[memory_mb][subject.name].append(run)
    report = memory_table(results) if several else table(chosen, results[memories[0]], sizes, arguments.tls)
    print(report)
    if arguments.write:
        write("memory" if several else "https" if arguments.tls else "http", report)


if __name__ == "__main__":
    main()
