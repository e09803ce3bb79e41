"""benchmarks/measure without an account: its arithmetic, its generator of load, and its whole way with commands in the place of AWS's."""

import http.client
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

from checks.project import ROOT
from checks.stand_in import Handler, StandIn
from checks.template import source

MEASURE = ROOT / "benchmarks" / "measure"
sys.path.insert(0, str(MEASURE))

import load  # noqa: E402
import reports  # noqa: E402
import results  # noqa: E402
from cli import CommandFailed  # noqa: E402
from plan import Plan  # noqa: E402
from workload import EACH, KEPT, MIX, Account, Workload  # noqa: E402

STREAM = "2026/01/15/stack-RetrieveMarketSegmentFunction-1A2B[7][0123456789abcdef0123456789abcdef]"
FUNCTION = "stack-RetrieveMarketSegmentFunction-1A2B"


def json_report(**metrics: float) -> str:
    return json.dumps({"time": "2026-01-15T09:30:00.000Z", "type": "platform.report", "record": {
        "requestId": "1", "status": "success", "metrics": {"billedDurationMs": 999, "memorySizeMB": 1769, **metrics}}})


class Percentiles(unittest.TestCase):
    def test_a_percentile_is_the_smallest_value_that_so_many_percent_do_not_exceed(self):
        # The example of https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
        values = [20, 35, 15, 50, 40]
        for percent, value in ((5, 15), (30, 20), (40, 20), (50, 35), (100, 50)):
            with self.subTest(percent):
                self.assertEqual(results.percentile(values, percent), value)

    def test_of_a_hundred_values_the_99th_is_the_last_but_one(self):
        self.assertEqual(results.percentile(range(1, 101), 99), 99)
        self.assertEqual(results.percentile(range(1, 102), 99), 100)

    def test_of_one_value_every_percentile_is_that_value(self):
        self.assertEqual({results.percentile([7.5], percent) for percent in (1, 50, 99, 100)}, {7.5})

    def test_of_no_values_there_is_none(self):
        with self.assertRaises(ValueError):
            results.percentile([], 50)
        self.assertEqual(results.summary([]), {"count": 0})

    def test_what_is_no_percentage_is_refused(self):
        for percent in (0, 101):
            with self.subTest(percent), self.assertRaises(ValueError):
                results.percentile([1], percent)


class Reports(unittest.TestCase):
    def test_a_restore_is_cold_and_counts_with_the_run(self):
        text = ("REPORT RequestId: 1\tDuration: 12.34 ms\tBilled Duration: 100 ms\tMemory Size: 1769 MB\tMax Memory Used: 200 MB\t"
                "Restore Duration: 345.60 ms\tBilled Restore Duration: 50 ms\t")
        for message in (text, json_report(durationMs=12.34, restoreDurationMs=345.6, billedRestoreDurationMs=50)):
            with self.subTest(message):
                report = reports.parse(STREAM, message, 5)
                self.assertEqual(report, reports.Report(FUNCTION, "1", 5, 12.34, 345.6, True))
                self.assertAlmostEqual(report.total_ms, 357.94)

    def test_a_start_without_a_snapshot_is_cold_and_no_restore(self):
        text = ("REPORT RequestId: 1\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 1769 MB\tMax Memory Used: 2 MB\t"
                "Init Duration: 900.5 ms\t")
        for message in (text, json_report(durationMs=12.34, initDurationMs=900.5)):
            with self.subTest(message):
                self.assertEqual(reports.parse(STREAM, message, 5), reports.Report(FUNCTION, "1", 5, 12.34, 900.5, False))

    def test_a_run_without_either_is_warm(self):
        text = "REPORT RequestId: 1\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 1769 MB\tMax Memory Used: 200 MB\t"
        for message in (text, json_report(durationMs=12.34)):
            with self.subTest(message):
                report = reports.parse(STREAM, message, 5)
                self.assertIsNone(report.started_ms)
                self.assertEqual(report.total_ms, 12.34)

    def test_a_restore_that_took_no_time_is_cold_all_the_same(self):
        self.assertEqual(reports.parse(STREAM, json_report(durationMs=1, restoreDurationMs=0), 5).started_ms, 0)

    def test_every_other_line_is_none(self):
        restore = {"time": "…", "type": "platform.restoreReport", "record": {"metrics": {"durationMs": 300}, "status": "success"}}
        for message in ("RESTORE_REPORT Restore Duration: 300.00 ms", "INIT_REPORT Init Duration: 3000.00 ms\tPhase: init", "START RequestId: 1",
                        json.dumps(restore), '{"event":"request"}', "[1]", "{", "", json_report()):
            with self.subTest(message):
                self.assertIsNone(reports.parse(STREAM, message, 5))

    def test_a_request_of_the_client_is_cold_if_the_function_behind_it_was(self):
        def row(at: str, message: str) -> dict[str, str]:
            return {"@timestamp": at, "@logStream": STREAM, "@message": message + "\n"}

        def ours(request: str, run: str) -> str:
            return json.dumps({"event": "request", "request_id": request, "lambda_request_id": run})

        logs = reports.read([
            row("2026-01-15 09:30:00.250", ours("a", "1")), row("2026-01-15 09:30:00.500", json_report(durationMs=1, restoreDurationMs=300)),
            # Of the overlap of two queries.
            row("2026-01-15 09:30:00.500", json_report(durationMs=1, restoreDurationMs=300)),
            row("2026-01-15 09:30:01.000", ours("b", "2")), row("2026-01-15 09:30:01.000", "REPORT RequestId: 2\tDuration: 3 ms\t"),
            row("2026-01-15 09:30:01.000", ours("c", "3")), row("2026-01-15 09:30:01.000", '{"lambda_request_id"'),
        ])
        self.assertEqual([(report.request_id, report.at_s) for report in logs.reports], [("1", 1768469400.5), ("2", 1768469401.0)])
        self.assertEqual((logs.cold(), logs.known()), ({"a"}, {"a", "b"}))

    def test_more_lines_than_a_query_returns_are_read_by_several(self):
        lines = [{"at": second} for second in range(40) for _ in range(reports.LIMIT // 8)]

        def query(since_s: int, until_s: int) -> list[dict]:
            return [line for line in lines if since_s <= line["at"] <= until_s][:reports.LIMIT]

        rows = reports.fetch(query, 0, 40)
        self.assertEqual({id(row) for row in rows}, {id(line) for line in lines})

    def test_more_lines_than_a_query_returns_within_a_second_are_a_failure(self):
        with self.assertRaises(CommandFailed):
            reports.fetch(lambda since_s, until_s: [{}] * reports.LIMIT, 0, 4)


class Server(StandIn):
    """Answers each request, but stalls at one of them, with all that follow it until it goes on.

    Answers none of `gathers` requests before all of them have come.
    """

    def __init__(self, stalls_at: int = -1, stall_s: float = 0.0, refuses: bool = False, gathers: int = 1):
        self.seen, self.connections = [], set()
        gate, gathering = threading.Lock(), threading.Barrier(gathers, timeout=30)

        class Stalling(Handler):
            def do_GET(handler):
                self.connections.add(handler.client_address)
                gathering.wait()
                with gate:
                    self.seen.append(handler.path)
                    if handler.path == f"/{stalls_at}":
                        time.sleep(stall_s)
                handler.answer(503 if refuses else 200, {"Request-Id": handler.path}, b"{}")

        super().__init__(Stalling)


class OpenLoop(unittest.TestCase):
    RATE, STALLS_AT, STALL_S = 20, 5, 0.6

    def samples(self, server: Server, times: list[float], threads: int) -> list[load.Sample]:
        self.addCleanup(server.close)
        connections = load.Connections(server.url)
        self.addCleanup(connections.close)
        lock, numbers = threading.Lock(), iter(range(len(times)))

        def next_call() -> load.Call:
            with lock:
                return load.Call("retrieve", "GET", f"/{next(numbers)}", "key")

        return load.run(times, threads, next_call, lambda *_: None, connections)

    def test_requests_are_meant_for_even_times(self):
        self.assertEqual(load.evenly(4, 1), [0, 0.25, 0.5, 0.75])
        self.assertEqual(len(load.evenly(100, 600)), 60_000)

    def test_a_stall_shows_in_the_latency_of_every_request_that_was_meant_for_its_time(self):
        for threads in (1, 12):
            with self.subTest(threads=threads):
                server = Server(self.STALLS_AT, self.STALL_S)
                samples = self.samples(server, load.evenly(self.RATE, 1), threads)
                self.assertEqual(len(samples), self.RATE)
                stalled = next(one for one in samples if one.request_id == f"/{self.STALLS_AT}")
                until_s = stalled.intended_s + self.STALL_S
                meanwhile = [one for one in samples if stalled.intended_s < one.intended_s < until_s
                             and server.seen.index(one.request_id) > server.seen.index(stalled.request_id)]
                self.assertGreater(len(meanwhile), 5)
                for one in meanwhile:
                    self.assertGreaterEqual(one.latency_ms, (until_s - one.intended_s) * 1000 - 1)

    def test_the_time_from_sending_alone_would_hide_it(self):
        samples = self.samples(Server(self.STALLS_AT, self.STALL_S), load.evenly(self.RATE, 1), threads=1)
        stalled = samples[self.STALLS_AT]
        ended_s = stalled.intended_s + stalled.latency_ms / 1000
        for one in samples[self.STALLS_AT + 1:]:
            # One thread cannot have sent it before: the wait is in `late_ms`, and in no time that begins with sending.
            self.assertGreaterEqual(one.late_ms, (ended_s - one.intended_s) * 1000 - 0.001)

    def test_a_burst_is_sent_without_waiting_for_answers(self):
        server = Server(gathers=10)
        samples = self.samples(server, [0.0] * 10, threads=10)
        self.assertEqual(len(server.connections), 10)
        self.assertEqual([one.status for one in samples], [200] * 10)

    def test_connections_are_kept_for_the_next_request(self):
        server = Server()
        self.samples(server, load.evenly(50, 0.4), threads=1)
        self.assertEqual((len(server.seen), len(server.connections)), (20, 1))

    def test_a_refused_request_has_its_status_and_has_not_succeeded(self):
        samples = self.samples(Server(refuses=True), [0.0], threads=1)
        self.assertEqual([(one.status, one.succeeded) for one in samples], [(503, False)])

    def test_a_server_that_is_gone_is_no_response(self):
        server = Server()
        connections = load.Connections(server.url)
        server.close()
        self.assertEqual(connections.send(load.Call("list", "GET", "/", "key")).status, 0)

    def test_a_connection_that_the_server_has_closed_meanwhile_is_replaced(self):
        server = Server()
        self.addCleanup(server.close)
        connections = load.Connections(server.url)
        self.addCleanup(connections.close)
        gone = http.client.HTTPConnection(server.address)
        gone.connect()
        gone.sock.close()
        gone.sock = Closed()
        connections.idle.append(gone)
        self.assertEqual(connections.send(load.Call("list", "GET", "/", "key")).status, 200)

    def test_a_fault_of_the_generator_ends_the_run(self):
        server = Server()
        self.addCleanup(server.close)

        def broken() -> load.Call:
            raise RuntimeError("no call")

        with self.assertRaisesRegex(RuntimeError, "no call"):
            load.run([0.0] * 4, 2, broken, lambda *_: None, load.Connections(server.url))


class Closed:
    """What writing to a connection says that the other end has reset."""

    def sendall(self, *_):
        raise ConnectionResetError

    def close(self):
        pass


class Operations(unittest.TestCase):
    def test_the_mix_is_kept_in_each_account_and_nothing_is_asked_for_that_is_being_deleted(self):
        accounts = [Account(name, name) for name in "ab"]
        for account in accounts:
            account.ids.extend(f"{account.name}{number}" for number in range(2 * KEPT))
        workload = Workload(accounts, MIX)
        calls = [workload.next_call() for _ in range(8 * len(MIX))]
        for account in accounts:
            own = [call for call in calls if call.key == account.key]
            self.assertEqual([call.operation for call in own], MIX * 4)
            deleted = {call.path for call in own if call.operation == "delete"}
            self.assertEqual(len(deleted), 8)
            self.assertFalse(deleted & {call.path for call in own if call.operation in ("retrieve", "update")})

    def test_an_object_that_was_created_is_used_later(self):
        account = Account("a", "key")
        workload = Workload([account], EACH)
        call = workload.next_call()
        workload.done(call, load.Response(503, "", b"no JSON"))
        self.assertFalse(account.ids)
        workload.done(call, load.Response(201, "", b'{"id":"market-segment_1"}'))
        self.assertEqual((workload.next_call().method, list(account.ids)), ("GET", ["market-segment_1"]))

    def test_where_there_is_nothing_to_use_something_is_created(self):
        workload = Workload([Account("a", "key")], EACH)
        self.assertEqual([workload.next_call().operation for _ in EACH], ["create", "create", "list", "create", "create"])


class Plans(unittest.TestCase):
    def plan(self, concurrency: int) -> Plan:
        return Plan("measure", "eu-central-1", 100, 600, 100, concurrency, 30, 900)

    def test_later_bursts_grow_as_long_as_the_account_allows_and_then_wait(self):
        self.assertEqual([self.plan(255).later(number) for number in range(4)], [(100, False), (200, False), (250, False), (250, True)])

    def test_a_new_account_takes_small_bursts(self):
        plan = self.plan(10)
        self.assertEqual((plan.burst, plan.later(0), plan.later(1)), (5, (5, False), (5, True)))
        self.assertGreater(plan.minutes, 10 * self.plan(1000).minutes)

    def test_it_says_what_it_will_do_and_what_that_costs(self):
        said = str(self.plan(1000))
        for part in ("eu-central-1", "the stack measure", "100 requests a second for 600 s", "delete the stack, its tables and its logs",
                     "60,600 requests", "$0."):
            with self.subTest(part):
                self.assertIn(part, said)


class Tables(unittest.TestCase):
    def measured(self, logs: reports.Logs) -> dict:
        samples = [load.Sample("retrieve", number, 0.1, 500.0 if number == 0 else 20.0, 200, f"r{number}") for number in range(3)]
        samples.append(load.Sample("retrieve", 70, 0.1, 30.0, 503, "r3"))
        phase = results.Phase("load", "after", 1000, 1100, samples, logs)
        return results.results(phase.split(60), {FUNCTION: "retrieve", "authorizer-1": "authorizer"}, {"retrieve"})

    def test_each_run_is_counted_once_in_its_condition(self):
        logs = reports.Logs([
            reports.Report(FUNCTION, "1", 1000, 10, 400, True), reports.Report(FUNCTION, "2", 1001, 5, None, False),
            reports.Report("authorizer-1", "3", 1000, 8, 300, True), reports.Report("canary", "4", 1000, 900, 900, False),
            reports.Report(FUNCTION, "5", 1060, 6, 700, False),
        ], {"r0": {"1"}, "r1": {"2"}})
        measured = self.measured(logs)
        after, later = measured["after"], measured["later"]
        self.assertEqual(after["lambda"]["operations"]["cold"], {"count": 1, "p50": 410, "p90": 410, "p99": 410, "max": 410})
        self.assertEqual(after["lambda"]["operations"]["warm"]["p50"], 5)
        self.assertEqual(after["lambda"]["authorizer"]["cold"]["max"], 308)
        self.assertEqual((later["lambda"]["operations"]["restores"], later["lambda"]["operations"]["starts without a snapshot"]), (0, 1))
        self.assertEqual((after["client"]["cold"]["p50"], after["client"]["warm"]["p50"], after["client"]["without a report"]), (500, 20, 1))
        self.assertEqual((later["client"]["all"], later["client"]["statuses"]), ({"count": 0}, {"503": 1}))
        table = results.tables(measured)
        self.assertIn("| operations | 1 | 410 | 410 | 410 | 410 | 1 | 5.0 | 5.0 | 5.0 | 5.0 |", table)
        self.assertIn("1 of the cold ones were starts without a snapshot.", table)
        self.assertIn("Statuses: 1 × 503.", table)

    def test_what_was_not_seen_is_a_dash_and_no_figure(self):
        table = results.tables(self.measured(reports.Logs([], {})))
        self.assertIn("| operations | 0 | – | – | – | – | 0 | – | – | – | – |", table)
        self.assertIn("| requests | 0 | – | – | – | – | 0 | – | – | – | – |", table)
        self.assertIn("3 of them are neither cold nor warm", table)

    def test_published_figures_have_their_source(self):
        table = results.tables(self.measured(reports.Logs([], {})))
        self.assertIn("| Quarkus, SnapStart, Java 17 | 487 | 587 | 733 | 932 | 7.4 | 11.9 | 25.2 | 147 | https://github.com/aws-samples/", table)
        self.assertTrue(all(one.source.startswith("https://") for one in results.PUBLISHED))


# Both commands: what exists stands in a file, and each command that changes it notes itself.
COMMAND = f"""#!{sys.executable}
import fcntl, json, os, sys, time
here = os.path.dirname(os.path.abspath(__file__))
name, arguments = os.path.basename(sys.argv[0]), sys.argv[1:]
command = " ".join([name, *arguments[:2]]) if name == "aws" else "sam " + arguments[0]
def after(option): return arguments[arguments.index(option) + 1]
def fail(text):
    print(text, file=sys.stderr)
    sys.exit(255)
lock = open(here + "/lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
state = json.load(open(here + "/state.json"))
with open(here + "/commands", "a") as commands:
    commands.write(json.dumps([name, *arguments]) + "\\n")
if command in state["failing"]:
    fail(command + ": not today")
answer = None
stack = state["stack"]
if command == "sam deploy":
    state["stack"] = after("--stack-name")
    state["tables"] += [state["stack"] + "-segments"]
    if state["fails_midway"]:
        json.dump(state, open(here + "/state.json", "w"))
        fail("CREATE_FAILED")
elif command in ("sam delete", "aws cloudformation delete-stack"):
    state["stack"] = None
elif command == "aws cloudformation describe-stacks":
    if not stack or after("--stack-name") not in (stack, "arn"):
        fail("An error occurred (ValidationError): Stack does not exist")
    answer = {{"Stacks": [{{"StackId": "arn", "StackStatus": "CREATE_COMPLETE", "Outputs": [
        {{"OutputKey": "ApiUrl", "OutputValue": "https://abc.execute-api.eu-central-1.amazonaws.com/v1"}}]}}]}}
elif command == "aws cloudformation list-stack-resources":
    def resource(type, logical, physical, status="CREATE_COMPLETE"):
        return {{"ResourceType": type, "LogicalResourceId": logical, "PhysicalResourceId": physical, "ResourceStatus": status}}
    kept = "CREATE_COMPLETE" if stack else "DELETE_SKIPPED"
    answer = {{"StackResourceSummaries": [
        *[resource("AWS::Lambda::Function", one, "stack-" + one) for one in state["functions"]],
        resource("AWS::Logs::LogGroup", "FunctionsLogGroup", "/measure/functions"),
        resource("AWS::DynamoDB::Table", "SegmentsTable", state["tables"][-1] if state["tables"] else "gone", kept),
        resource("AWS::Lambda::Version", "Version", "a-version", kept),
        resource("AWS::DynamoDB::Table", "ApiKeysTable", "someone-elses", "CREATE_FAILED"),
        *[resource("AWS::IAM::Role", "Kept", "a-role", kept) for _ in range(state["keeps_a_role"])]]}}
elif command == "aws dynamodb list-tables":
    answer = {{"TableNames": state["tables"]}}
elif command == "aws dynamodb delete-table":
    state["tables"].remove(after("--table-name"))
elif command == "aws logs delete-log-group":
    fail("An error occurred (ResourceNotFoundException): The specified log group does not exist.")
elif command == "aws lambda get-account-settings":
    answer = {{"AccountLimit": {{"UnreservedConcurrentExecutions": 1000}}}}
elif command == "aws lambda invoke":
    open(arguments[arguments.index("--payload") + 2], "w").write(json.dumps({{"secret": "sk_test_%d" % time.time_ns()}}))
    answer = {{"StatusCode": 200, **({{"FunctionError": "Unhandled"}} if state["no_keys"] else {{}})}}
elif command == "aws lambda publish-version":
    answer = {{"Version": "2"}}
elif command == "aws logs start-query":
    answer = {{"queryId": after("--start-time") + " " + after("--end-time")}}
elif command == "aws logs get-query-results":
    since, until = map(int, after("--query-id").split())
    rows = [json.loads(line) for line in open(here + "/rows")]
    answer = {{"status": "Complete", "results": [
        [{{"field": field, "value": value}} for field, value in row.items()] for row in rows if since <= int(row["@timestamp"]) / 1000 <= until]}}
json.dump(state, open(here + "/state.json", "w"))
if answer is not None:
    print(json.dumps(answer))
"""


class LoggingApi(StandIn):
    """The API behind LocalStack's kind of address. It logs as Lambda does; every second run is a restore."""

    def __init__(self, rows: Path):
        self.requests = 0
        lock = threading.Lock()
        functions = {"GET": "RetrieveMarketSegmentFunction", "POST": "CreateMarketSegmentFunction", "PATCH": "UpdateMarketSegmentFunction",
                     "DELETE": "DeleteMarketSegmentFunction"}

        class Api(Handler):
            def handle_request(handler):
                handler.body()
                with lock:
                    self.requests += 1
                    number = self.requests
                    metrics = {"durationMs": 7, **({"restoreDurationMs": 300} if number % 2 else {})}
                    run = {"requestId": f"run{number}", "status": "success", "metrics": metrics}
                    lines = [{"event": "request", "request_id": f"request{number}", "lambda_request_id": f"run{number}"},
                             {"type": "platform.report", "record": run}]
                    with rows.open("a") as file:
                        for line in lines:
                            file.write(json.dumps({
                                "@timestamp": str(time.time_ns() // 10**6), "@logStream": f"2026/01/15/stack-{functions[handler.command]}[2][0]",
                                "@message": json.dumps(line)}) + "\n")
                prefix = "/_aws/execute-api/abc/v1/api/crm/market-segment"
                known = handler.path.startswith(prefix) and handler.headers["Authorization"].startswith("Bearer sk_test_")
                status = (201 if handler.command == "POST" else 200) if known else 404
                handler.answer(status, {"Request-Id": f"request{number}"}, json.dumps({"id": f"market-segment_{number}"}).encode())

            do_GET = do_POST = do_PATCH = do_DELETE = handle_request

        super().__init__(Api)


class Command(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name in ("aws", "sam"):
            (self.folder / name).write_text(COMMAND)
            (self.folder / name).chmod(stat.S_IRWXU)
        (self.folder / "rows").touch()
        (self.folder / "commands").touch()
        (self.folder / "template.yaml").touch()
        self.api = LoggingApi(self.folder / "rows")
        self.addCleanup(self.api.close)
        functions = [f"{name}Function" for name in (
            "CreateMarketSegment", "RetrieveMarketSegment", "ListMarketSegments", "UpdateMarketSegment", "DeleteMarketSegment", "Authorize",
            "IssueApiKey")]
        self.state(stack=None, tables=["another"], functions=functions, failing=[], fails_midway=False, no_keys=False, keeps_a_role=False)

    def state(self, **changes) -> dict:
        file = self.folder / "state.json"
        state = {**(json.loads(file.read_text()) if file.exists() else {}), **changes}
        file.write_text(json.dumps(state))
        return state

    def start(self, *arguments: str) -> subprocess.Popen:
        environment = {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "AWS_ENDPOINT_URL": self.api.url, "AWS_REGION": "eu-central-1"}
        return subprocess.Popen(
            [sys.executable, "-B", MEASURE, "--template", self.folder / "template.yaml", "--output", self.folder / "results.json", "--accounts", "1",
             "--restores", "5", "--rounds", "3", "--rate", "40", "--duration", "1", *arguments],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def measure(self, *arguments: str, answer: str = "") -> tuple[int, str]:
        process = self.start(*arguments)
        said, _ = process.communicate(answer, timeout=120)
        return process.returncode, said

    def commands(self) -> list[list[str]]:
        return [json.loads(line) for line in (self.folder / "commands").read_text().splitlines()]

    def ran(self, *words: str) -> int:
        return sum(command[:len(words)] == list(words) for command in self.commands())

    def assert_all_gone(self):
        state = self.state()
        self.assertEqual((state["stack"], state["tables"]), (None, ["another"]))

    def test_it_measures_prints_writes_and_removes_everything(self):
        status, said = self.measure("--yes")
        self.assertEqual(status, 0, said)
        self.assert_all_gone()
        written = json.loads((self.folder / "results.json").read_text())
        self.assertTrue(written["complete"])
        after, later = written["results"]["after"], written["results"]["later"]
        # Every second run is a restore: of two bursts of five and the load's forty, then of a burst of five and one of ten.
        self.assertEqual((sum(after["client"]["statuses"].values()), sum(later["client"]["statuses"].values())), (50, 15))
        for condition in (after, later):
            client = condition["client"]
            self.assertEqual(client["cold"]["count"] + client["warm"]["count"], client["all"]["count"])
            self.assertEqual(client["cold"]["count"], condition["lambda"]["operations"]["restores"])
            self.assertGreaterEqual(condition["lambda"]["operations"]["restores"], 5)
            self.assertEqual(condition["lambda"]["operations"]["cold"]["p50"], 307)
            self.assertEqual(condition["lambda"]["operations"]["warm"]["max"], 7)
        self.assertIn("### As the client sees it, right after a deployment", said)
        self.assertNotIn("sk_test_", said)
        self.assertNotIn("sk_test_", (self.folder / "results.json").read_text())

    def test_each_burst_right_after_a_deployment_and_the_load_have_versions_of_their_own(self):
        self.measure("--yes")
        bursts = (self.ran("aws", "lambda", "publish-version") // 6) - 1
        self.assertGreaterEqual(bursts, 2)
        self.assertEqual(self.ran("aws", "lambda", "update-alias"), 6 * (bursts + 1))
        self.assertEqual(self.ran("aws", "lambda", "wait", "published-version-active"), 6 * (bursts + 1))

    def test_the_stack_is_a_throw_away_one_and_only_of_parameters_that_the_template_has(self):
        self.measure("--yes")
        (deploy,) = [command for command in self.commands() if command[:2] == ["sam", "deploy"]]
        parameters = dict(pair.split("=") for pair in deploy[deploy.index("--parameter-overrides") + 1].split())
        self.assertEqual((parameters["TableDeletionProtection"], parameters["GradualDeployment"]), ("false", "false"))
        # SAM drops any other in silence.
        self.assertLessEqual(set(parameters), set(source()["Parameters"]))

    def test_it_asks_first_and_without_a_yes_changes_nothing(self):
        for answer in ("n\n", "\n"):
            with self.subTest(answer):
                status, said = self.measure(answer=answer)
                self.assertEqual(status, 1)
                self.assertIn("cost about $", said)
                self.assertEqual(self.ran("sam"), 0)

    def test_a_stack_or_tables_of_that_name_are_left_alone(self):
        for state in ({"stack": "market-segment-measure"}, {"stack": None, "tables": ["market-segment-measure-segments"]}):
            with self.subTest(state):
                before = self.state(**state)
                status, said = self.measure("--yes")
                self.assertEqual(status, 1)
                self.assertIn("already", said)
                self.assertEqual(self.state(), before)
                self.assertEqual(self.ran("sam"), 0)

    def test_what_a_failure_leaves_is_removed(self):
        for state in ({"fails_midway": True}, {"no_keys": True}, {"failing": ["aws lambda publish-version"]}, {"failing": ["aws logs start-query"]},
                      {"failing": ["sam deploy"]}):
            with self.subTest(state):
                self.state(**{"fails_midway": False, "no_keys": False, "failing": [], **state})
                status, said = self.measure("--yes")
                self.assertEqual(status, 1, said)
                self.assert_all_gone()
                self.assertNotIn("Traceback", said)

    def test_where_nothing_was_measured_nothing_is_printed_or_written(self):
        self.state(failing=["aws lambda update-alias"])
        status, said = self.measure("--yes")
        self.assertEqual(status, 1)
        self.assertNotIn("###", said)
        self.assertFalse((self.folder / "results.json").exists())

    def test_ctrl_c_and_a_kill_remove_everything(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 130)):
            with self.subTest(number):
                process = self.start("--yes", "--duration", "100")
                watchdog = threading.Timer(120, process.kill)
                watchdog.start()
                self.addCleanup(watchdog.cancel)
                self.addCleanup(process.stdout.close)
                self.addCleanup(process.stdin.close)
                self.wait_for(process, "(load,")
                process.send_signal(number)
                # Impatience does not stop the removal.
                self.wait_for(process, "Removing")
                process.send_signal(number)
                said = process.stdout.read()
                self.assertEqual(process.wait(), code, said)
                self.assertIn("This is not the whole measurement", said)
                self.assertFalse(json.loads((self.folder / "results.json").read_text())["complete"])
                self.assert_all_gone()

    def wait_for(self, process: subprocess.Popen, text: str):
        for line in process.stdout:
            if text in line:
                return
        self.fail(f"It ended without saying {text}")

    def test_a_stack_that_sam_cannot_delete_is_deleted_without_it(self):
        self.state(failing=["sam delete", "sam deploy"], stack=None)
        self.state(fails_midway=True, failing=["sam delete"])
        status, said = self.measure("--yes")
        self.assertEqual(status, 1, said)
        self.assertEqual(self.ran("aws", "cloudformation", "delete-stack"), 1)
        self.assert_all_gone()

    def test_what_cannot_be_removed_is_named(self):
        for state, named in (({"failing": ["sam delete", "aws cloudformation delete-stack"]}, "market-segment-measure is still there"),
                             ({"failing": ["aws dynamodb delete-table"]}, "not today"),
                             ({"failing": ["aws cloudformation list-stack-resources"]}, "by hand")):
            with self.subTest(named):
                self.state(**{"stack": None, "tables": ["another"], "keeps_a_role": False, "fails_midway": True, **state})
                status, said = self.measure("--yes")
                self.assertEqual(status, 1)
                self.assertIn(named, said)

    def test_what_the_template_keeps_for_others_is_named_and_no_failure(self):
        self.state(keeps_a_role=True)
        status, said = self.measure("--yes")
        self.assertEqual(status, 0, said)
        self.assertIn("Kept, as the template says: AWS::IAM::Role a-role", said)
        self.assertNotIn("a-version", said)
        self.assert_all_gone()

    def test_kept_is_what_was_asked_to_be_kept(self):
        self.state(fails_midway=True)
        self.measure("--yes", "--keep")
        self.assertEqual(self.state()["stack"], "market-segment-measure")
        self.assertEqual(self.ran("sam", "delete"), 0)

    def test_missing_commands_and_a_missing_template_are_named(self):
        (self.folder / "template.yaml").unlink()
        status, said = self.measure("--yes")
        self.assertEqual((status, "run `sam build` first" in said), (1, True))
        done = subprocess.run([sys.executable, "-B", MEASURE], env={"PATH": "/nowhere"}, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("There is no `aws` command", done.stderr)
        self.assertIn("There is no `sam` command", done.stderr)
