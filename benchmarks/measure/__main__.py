"""How soon the API answers in an AWS account of your own: deploys it, measures, prints tables, and removes everything.

    sam build && python3 benchmarks/measure [--rate 100] [--duration 600] [--restores 100] [--yes] [--keep]

Needs Python 3.11, the AWS CLI and the SAM CLI, and an account set up for them. It says what it will do and about what that costs, and
asks. Ctrl-C removes everything, too. docs/performance.md says what is measured.
"""

import argparse
import json
import os
import platform
import resource
import signal
import sys
import time
from pathlib import Path

import load
import reports
import results
from cli import Cli, CommandFailed
from plan import Plan
from results import Phase
from stack import AUTHORIZER, OPERATIONS, Stack
from workload import EACH, MIX, Account, Workload

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "benchmarks" / "target"
#: Objects of each account before the measurement.
SEEDED = 40
#: The part of the load that counts as right after a deployment.
EARLY_S = 60
#: Threads for each request a second: so many seconds may the slowest take before requests wait for a thread.
THREADS_S = 5
LOAD = "load"
#: More than there are threads.
FILES = 4096
#: For the last lines of a phase to be written, and their time to be over.
PAUSE_S = 2
#: Between readings of the logs, until they are complete.
INGESTION_S, READINGS = 20, 6


class Measurement:
    def __init__(self, plan: Plan, stack: Stack, accounts: int, endpoint: str | None):
        self.plan, self.stack, self.endpoint = plan, stack, endpoint
        self.names = [f"acct_measure{number}" for number in range(accounts)]
        self.phases: list[Phase] = []

    def run(self, template: Path, parameters: dict[str, str]):
        say(f"Deploying {self.stack.name}")
        self.stack.deploy(template, parameters)
        known = self.stack.functions
        self.query = reports.insights(self.stack.cli, self.stack.resources("AWS::Logs::LogGroup")["FunctionsLogGroup"])
        self.connections = load.Connections(self.stack.url(self.endpoint))
        self.accounts = [Account(name, self.stack.issue_key(name)) for name in self.names]
        self.functions = {known[function]: name for name, function in OPERATIONS.items()} | {known[AUTHORIZER]: "authorizer"}
        self.operations = {known[function] for function in OPERATIONS.values()}
        try:
            self.seed()
            self.fresh_bursts()
            self.sustain()
            self.later_bursts()
        finally:
            self.connections.close()

    def results(self) -> dict:
        """Of what has been measured so far, for JSON."""
        return results.results(self.phases, self.functions, set(OPERATIONS))

    def seed(self):
        say("Creating objects")
        workload = Workload(self.accounts, ["create"])
        number = SEEDED * len(self.accounts)
        times = load.evenly(self.plan.rate, number / self.plan.rate)
        samples = load.run(times, self.threads(), workload.next_call, workload.done, self.connections)
        if not any(sample.succeeded for sample in samples):
            statuses = sorted({sample.status for sample in samples})
            raise CommandFailed(f"The API created no object: it answered {statuses} (0: nothing) at {self.connections.host}.")

    def fresh_bursts(self):
        for number in range(self.plan.rounds):
            self.publish()
            if self.burst(number, "after", self.plan.burst) >= self.plan.restores:
                return

    def later_bursts(self):
        for number in range(self.plan.rounds):
            size, silent = self.plan.later(number)
            if silent:
                say(f"Waiting for {self.plan.idle_s:g} s, for Lambda to give up warm copies")
                time.sleep(self.plan.idle_s)
            if self.burst(number, "later", size) >= self.plan.restores:
                return

    def burst(self, number: int, condition: str, size: int) -> int:
        """How many restores of operations all bursts in that condition have seen."""
        self.phases.append(self.phase(f"burst {number + 1}", condition, [0.0] * size, size, Workload(self.strangers(), EACH)))
        seen = results.restores((one for one in self.phases if one.condition == condition and one.name != LOAD), self.operations)
        say(f"  {seen} restores of operations, {results.CONDITIONS[condition]}")
        return seen

    def publish(self):
        say("Publishing new versions")
        self.stack.publish()

    def strangers(self) -> list[Account]:
        """The accounts with their objects, under keys that no authorizer has seen."""
        strangers = [Account(account.name, self.stack.issue_key(account.name)) for account in self.accounts]
        for stranger, account in zip(strangers, self.accounts):
            stranger.ids = account.ids
        return strangers

    def sustain(self):
        self.publish()
        times = load.evenly(self.plan.rate, self.plan.duration_s)
        self.phases += self.phase(LOAD, "after", times, self.threads(), Workload(self.accounts, MIX)).split(EARLY_S)

    def threads(self) -> int:
        return max(8, round(self.plan.rate * THREADS_S))

    def phase(self, name: str, condition: str, times: list[float], threads: int, workload: Workload) -> Phase:
        say(f"Sending {len(times):,} requests ({name}, {results.CONDITIONS[condition]})")
        self.connections.fill(min(threads, len(times)))
        since_s = time.time()
        samples = load.run(times, threads, workload.next_call, workload.done, self.connections)
        time.sleep(PAUSE_S)
        until_s = time.time()
        logs = self.read(since_s, until_s, sum(sample.succeeded for sample in samples))
        return Phase(name, condition, since_s, until_s, samples, logs)

    def read(self, since_s: float, until_s: float, expected: int) -> reports.Logs:
        """What was logged, once it is there: CloudWatch takes its time."""
        for reading in range(READINGS):
            logs = reports.read(reports.fetch(self.query, int(since_s), int(until_s) + 1))
            found = sum(report.function in self.operations and since_s <= report.at_s <= until_s for report in logs.reports)
            if found >= expected or (self.endpoint and not logs.reports):
                break
            if reading < READINGS - 1:
                time.sleep(INGESTION_S)
        say(f"  Lambda's reports of {found:,} runs, for {expected:,} requests that succeeded")
        return reports.Logs([one for one in logs.reports if since_s <= one.at_s <= until_s], logs.runs)


def say(text: str):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def remove(stack: Stack) -> bool:
    """Whether everything is gone; says what is not. Ctrl-C does not interrupt it."""
    on_signals(lambda *_: say("Still removing the stack: please wait."))
    stack.cli.shielded = True
    say(f"Removing {stack.name}")
    try:
        problems = stack.remove()
    except CommandFailed as failure:
        problems = [str(failure), f"Delete the stack {stack.name}, its tables and its logs by hand, as the README says."]
    for problem in problems:
        say(problem)
    for kept in stack.kept:
        say(f"Kept, as the template says: {kept}")
    return not problems


def on_signals(handler):
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, handler)


def allow_connections():
    """Lets this process have as many files open as it may. Some systems begin with 256."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES if most == resource.RLIM_INFINITY else min(FILES, most), most))


def region(cli: Cli, given: str | None) -> str:
    found = given or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or cli.region()
    if not found:
        raise SystemExit("No Region is set: give --region.")
    # For both commands, whatever else they would read.
    os.environ["AWS_REGION"] = os.environ["AWS_DEFAULT_REGION"] = found
    return found


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stack-name", default="market-segment-measure", help="a name that no stack and no table has")
    parser.add_argument("--region", help="that of the AWS CLI, if it is not given")
    parser.add_argument("--template", type=Path, default=ROOT / ".aws-sam" / "build" / "template.yaml", help="what `sam build` made")
    parser.add_argument("--architecture", choices=["arm64", "x86_64"], default="arm64", help="the one that `sam build` made it for")
    parser.add_argument("--rate", type=float, default=100, help="requests a second")
    parser.add_argument("--duration", type=float, default=600, help="seconds of it")
    parser.add_argument("--restores", type=int, default=100, help="wanted in each of the two conditions")
    parser.add_argument("--rounds", type=int, default=30, help="at most, to reach them")
    parser.add_argument("--idle", type=float, default=900, help="seconds of silence before a burst that cannot be larger than the last")
    parser.add_argument("--accounts", type=int, default=10, help="that the requests come from, each with a key")
    parser.add_argument("--output", type=Path, help="file for the results in JSON; benchmarks/target/measure-….json, if it is not given")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--keep", action="store_true", help="do not remove the stack")
    arguments = parser.parse_args()
    if min(arguments.rate, arguments.duration, arguments.restores, arguments.rounds, arguments.accounts) <= 0 or arguments.idle < 0:
        parser.error("numbers must be above 0")
    return arguments


def main() -> int:
    arguments = options()
    cli = Cli()
    if not arguments.template.exists():
        raise SystemExit(f"There is no {arguments.template}: run `sam build` first.")
    where = region(cli, arguments.region)
    stack = Stack(cli, arguments.stack_name)
    try:
        stack.check_name()
        plan = Plan(stack.name, where, arguments.rate, arguments.duration, arguments.restores, stack.concurrency(), arguments.rounds,
                    arguments.idle)
    except CommandFailed as failure:
        raise SystemExit(str(failure))
    print(plan)
    if not arguments.yes and input("Go on? [y/N] ").strip().lower() not in ("y", "yes"):
        return 1
    # No throttling by the API itself: what it refuses cannot be measured.
    limit = str(max(1000, round(10 * plan.rate), plan.largest_burst))
    # And no traffic that CodeDeploy shifts: the versions to measure get all of it at once.
    parameters = {"Architecture": arguments.architecture, "TableDeletionProtection": "false", "LogRetentionDays": "1", "GradualDeployment": "false",
                  **{f"{prefix}Throttling{kind}Limit": limit for prefix in ("", "Create") for kind in ("Rate", "Burst")}}
    measurement = Measurement(plan, stack, arguments.accounts, os.environ.get("AWS_ENDPOINT_URL"))
    allow_connections()
    # A `kill` and a closed terminal remove the stack, too.
    on_signals(signal.default_int_handler)
    status = 1
    try:
        measurement.run(arguments.template, parameters)
        status = 0
    except (CommandFailed, OSError) as failure:
        say(str(failure))
    except KeyboardInterrupt:
        say("Interrupted")
        status = 130
    finally:
        if arguments.keep:
            say(f"{stack.name} is kept.")
        elif not remove(stack):
            status = status or 1
    if measurement.phases:
        report(measurement.results(), status == 0, arguments, where)
    return status


def report(measured: dict, complete: bool, arguments: argparse.Namespace, where: str):
    output = arguments.output or OUTPUT / f"measure-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps({
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "region": where, "rate": arguments.rate,
        "duration_s": arguments.duration, "architecture": arguments.architecture, "client": platform.platform(),
        "endpoint": os.environ.get("AWS_ENDPOINT_URL"), "complete": complete, "percentiles": "nearest rank", "mix": MIX,
        "results": measured}, indent=2) + "\n")
    print(results.tables(measured))
    if not complete:
        print("This is not the whole measurement: see what was said above.")
    print(f"In JSON: {output}")


if __name__ == "__main__":
    sys.exit(main())
