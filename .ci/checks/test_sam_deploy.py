"""`sam deploy` of what `sam build` made, into LocalStack: the life of a stack, in the order of the tests' names."""

import datetime
import json
import os
import subprocess
import time
import tomllib
import unittest
import urllib.request
from collections.abc import Callable
from pathlib import Path

import boto3

from checks.project import ARTIFACTS, BUILD_COPY, ROOT
from checks.template import cloudformation, source

ENDPOINT = os.environ["LOCALSTACK_ENDPOINT"]
#: Every operation. Not what the gateway refuses by itself: those bodies are LocalStack's own.
HAPPY_PATHS = ["CreateTest", "RetrieveTest", "ListTest", "UpdateTest", "DeleteTest", "IdempotencyTest", "IfMatchTest"]
#: Many requests at once start a JVM for each; and LocalStack has the API below a path that the functions do not see.
NOT_HERE = ["IdempotencyTest#*at_once*", "IfMatchTest#*many_writers*", "CreateTest#tells_the_location*"]
#: On LocalStack its random operations take minutes, and are left out.
LISTING = "dev.overplane.crm.segment.store.ListingOnLocalStackTest"
#: A key lives as long as the step may take.
KEY_LIFE = datetime.timedelta(hours=1)

PATH = "/api/crm/market-segment"
#: For an event on its way. The first waits for two functions to start.
EVENT_TIMEOUT_S = 120
#: Of a batch of changes. LocalStack waits longer before each.
RETRIES = 3

#: Beside samconfig.toml, where SAM looks for it.
DEPLOYED = BUILD_COPY / "deployed.json"
SAM = tomllib.loads((ROOT / "samconfig.toml").read_text())["default"]
STACK = SAM["deploy"]["parameters"]["stack_name"]
REGION = SAM["global"]["parameters"]["region"]
PARAMETERS = dict(pair.split("=") for pair in SAM["deploy"]["parameters"]["parameter_overrides"].split())


def aws(service: str):
    return boto3.client(service, endpoint_url=ENDPOINT, region_name=REGION)


def environment(**variables: str) -> dict[str, str]:
    return {**os.environ, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", **variables}


def sam(*arguments: str) -> str:
    done = subprocess.run(
        ["sam", *arguments], cwd=BUILD_COPY, env=environment(AWS_ENDPOINT_URL=ENDPOINT), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
    return done.stdout


def physical_names(kind: str) -> dict[str, str]:
    return {
        resource["LogicalResourceId"]: resource["PhysicalResourceId"]
        for page in aws("cloudformation").get_paginator("list_stack_resources").paginate(StackName=STACK)
        for resource in page["StackResourceSummaries"] if resource["ResourceType"] == kind
    }


def api_url() -> str:
    (api,) = physical_names("AWS::ApiGateway::RestApi").values()
    (stage,) = physical_names("AWS::ApiGateway::Stage").values()
    return f"{ENDPOINT}/_aws/execute-api/{api}/{stage}"


def issue(account: str, livemode: bool, scope: str) -> str:
    """The secret of a new key."""
    expires_at = (datetime.datetime.now(datetime.timezone.utc) + KEY_LIFE).strftime("%Y-%m-%dT%H:%M:%SZ")
    answer = aws("lambda").invoke(
        FunctionName=physical_names("AWS::Lambda::Function")["IssueApiKeyFunction"], Qualifier="live",
        Payload=json.dumps({
            "account": account, "livemode": livemode, "scope": scope, "expires_at": expires_at, "name": "contract suite"}))
    payload = json.load(answer["Payload"])
    assert "FunctionError" not in answer, payload
    return payload["secret"]


def deploy(**overrides: str) -> str:
    return sam("deploy", "--template-file", str(DEPLOYED), "--parameter-overrides",
               " ".join(f"{name}={value}" for name, value in {**PARAMETERS, **overrides}.items()))


def setUpModule():
    """What LocalStack needs otherwise. Its own SAM transform sees a change where there is none: the SAM CLI's does its work beforehand."""
    template = cloudformation(source(ARTIFACTS / "template.yaml"), PARAMETERS)
    for name, function in template["Resources"].items():
        if function["Type"] == "AWS::Lambda::Function":
            function["Properties"]["Code"] = str(ARTIFACTS / name)
    for resource in template["Resources"].values():
        # It keeps what says Retain, and deletes what says RetainExceptOnCreate.
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
            resource["DeletionPolicy"] = "Retain"
    template["Resources"]["ChangesMapping"]["Properties"]["MaximumRetryAttempts"] = RETRIES
    DEPLOYED.write_text(json.dumps(template))


class SamDeploy(unittest.TestCase):
    def setUp(self):
        if self.broken:
            self.skipTest("what came before has failed")
        SamDeploy.broken = True

    def tearDown(self):
        outcome = self._outcome.result
        SamDeploy.broken = any(test is self for test, _ in outcome.failures + outcome.errors)

    broken = False

    def test_1_it_creates_the_stack(self):
        deploy()
        self.assertEqual(self.status(), "CREATE_COMPLETE")
        functions = {
            name for name, resource in source()["Resources"].items() if resource["Type"] == "AWS::Serverless::Function"}
        self.assertEqual(set(physical_names("AWS::Lambda::Function")), functions)

    def test_2_it_changes_nothing_when_nothing_has_changed(self):
        self.assertIn("No changes to deploy", deploy())

    def test_3_a_changed_parameter_changes_its_resources_alone(self):
        before = {event["EventId"] for event in self.events()}
        days = "14"
        self.assertNotEqual(PARAMETERS["LogRetentionDays"], days)
        deploy(LogRetentionDays=days)
        changed = {
            event["LogicalResourceId"] for event in self.events()
            if event["EventId"] not in before and event["ResourceStatus"] == "UPDATE_COMPLETE"}
        # That it did change cannot be seen: LocalStack's log groups tell no retention.
        self.assertEqual(changed - {STACK}, {"AccessLogGroup", "FunctionsLogGroup"})

    def test_4_each_change_becomes_an_event_that_a_rule_sends_on(self):
        id = self.created("As it was")
        self.api("PATCH", f"{PATH}/{id}", {"market_segment": "As it is"})
        renamed = self.request_id
        self.api("DELETE", f"{PATH}/{id}")
        events = {event["type"]: event for event in self.events_of(id, 3)}
        self.assertEqual(set(events), {"market_segment.created", "market_segment.updated", "market_segment.deleted"})
        self.assertEqual(events["market_segment.updated"]["data"]["previous_attributes"]["market_segment"], "As it was")
        self.assertEqual(events["market_segment.updated"]["request"], {"id": renamed})

    def test_5_its_filter_lets_segments_through_and_no_counters(self):
        self.assertTrue(any(not id.startswith("market-segment_") for id in self.streamed()), "there was nothing to filter")
        batches = self.batches()
        self.assertTrue(batches)
        self.assertFalse([id for batch in batches for id in batch if not id.startswith("market-segment_")])

    def test_6_a_record_that_cannot_be_understood_goes_to_the_failure_queue_and_blocks_nobody(self):
        table = physical_names("AWS::DynamoDB::Table")["SegmentsTable"]
        id = self.created("Before the broken one")
        self.events_of(id, 1)
        broken = {"tenant": {"S": "acct_events/test"}, "id": {"S": "market-segment_broken"}}
        # One transaction, so that they are in one batch.
        aws("dynamodb").transact_write_items(TransactItems=[
            {"Update": {
                "TableName": table, "Key": {**broken, "id": {"S": id}},
                "UpdateExpression": "SET market_segment = :name ADD version :one",
                "ExpressionAttributeValues": {":name": {"S": "In the batch of the broken one"}, ":one": {"N": "1"}}}},
            {"Put": {"TableName": table, "Item": broken}},
        ])
        failure = json.loads(self.received("FailedChangesQueue", lambda body: True)[0])
        self.assertEqual(failure["requestContext"]["condition"], "RetryAttemptsExhausted")
        # Once behind the other, which is reported as done, then alone.
        batches = [batch for batch in self.batches() if "market-segment_broken" in batch]
        self.assertEqual(batches, [[id, "market-segment_broken"], *[["market-segment_broken"]] * RETRIES])
        info = failure["DDBStreamBatchInfo"]
        self.assertEqual((info["batchSize"], info["startSequenceNumber"]), (1, info["endSequenceNumber"]))
        (updated,) = self.events_of(id, 1)
        self.assertEqual(updated["type"], "market_segment.updated")
        later = self.created("After the broken one")
        (created,) = self.events_of(later, 1)
        self.assertEqual(created["type"], "market_segment.created")

    def test_7_the_contract_holds_through_its_gateway(self):
        self.maven(
            [f"dev.overplane.crm.contract.{name}" for name in HAPPY_PATHS],
            [f"dev.overplane.crm.contract.{name}" for name in NOT_HERE],
            API_URL=api_url(),
            API_KEY=issue("acct_contract", False, "read_write"),
            API_KEY_READ_ONLY=issue("acct_contract", False, "read_only"),
            API_KEY_LIVE=issue("acct_contract", True, "read_write"),
            API_KEY_OTHER_ACCOUNT=issue("acct_contractother", False, "read_write"))

    def test_8_the_store_works_on_its_dynamodb(self):
        self.maven([LISTING], [f"{LISTING}#*through_random_operations*"])

    def test_9_deleting_it_leaves_the_tables_and_nothing_else(self):
        tables = set(physical_names("AWS::DynamoDB::Table").values())
        groups = set(physical_names("AWS::Logs::LogGroup").values())
        sam("delete", "--no-prompts", "--stack-name", STACK, "--region", REGION)
        self.assertLessEqual(tables, set(aws("dynamodb").list_tables()["TableNames"]))
        self.assertEqual(len(tables), 3)
        self.assertEqual(aws("lambda").list_functions()["Functions"], [])
        self.assertEqual(aws("apigateway").get_rest_apis()["items"], [])
        self.assertEqual(aws("sqs").list_queues().get("QueueUrls", []), [])
        self.assertFalse(groups & {group["logGroupName"] for group in aws("logs").describe_log_groups()["logGroups"]})

    def created(self, name: str) -> str:
        return self.api("POST", PATH, {"market_segment": name})["id"]

    def api(self, method: str, path: str, body: dict | None = None) -> dict:
        SamDeploy.key = SamDeploy.key or issue("acct_events", False, "read_write")
        request = urllib.request.Request(
            api_url() + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=EVENT_TIMEOUT_S) as response:
            SamDeploy.request_id = response.headers["Request-Id"]
            return json.load(response)

    key: str | None = None
    #: Of the last response.
    request_id = ""

    def events_of(self, id: str, number: int) -> list[dict]:
        """So many events of an object, in any order: EventBridge promises none."""
        bodies = self.received("RecentChangesQueue", lambda body: json.loads(body)["data"]["object"]["id"] == id, number)
        return [json.loads(body) for body in bodies]

    def received(self, queue: str, wanted: Callable[[str], bool], number: int = 1) -> list[str]:
        """Messages of a queue, of which others are dropped."""
        url = physical_names("AWS::SQS::Queue")[queue]
        found = []
        give_up = time.monotonic() + EVENT_TIMEOUT_S
        while len(found) < number:
            self.assertLess(time.monotonic(), give_up, f"{queue} got {found} and no more")
            for message in aws("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5).get("Messages", []):
                aws("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                if wanted(message["Body"]):
                    found.append(message["Body"])
        return found

    @staticmethod
    def batches() -> list[list[str]]:
        """The ids in the records of each batch that the function was sent."""
        name = physical_names("AWS::Lambda::Function")["PublishChangesFunction"]
        lines = (Path(os.environ["PAYLOADS"]) / name).read_text().splitlines()
        return [[record["dynamodb"]["Keys"]["id"]["S"] for record in json.loads(line)["Records"]] for line in lines]

    @staticmethod
    def streamed() -> list[str]:
        """The ids in the first records of the table's stream."""
        streams = aws("dynamodbstreams")
        table = physical_names("AWS::DynamoDB::Table")["SegmentsTable"]
        (stream,) = streams.list_streams(TableName=table)["Streams"]
        ids = []
        for shard in streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]["Shards"]:
            iterator = streams.get_shard_iterator(
                StreamArn=stream["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
            ids += [record["dynamodb"]["Keys"]["id"]["S"] for record in streams.get_records(ShardIterator=iterator)["Records"]]
        return ids

    def maven(self, classes: list[str], without: list[str], **variables: str):
        done = subprocess.run(
            ["mvn", "-q", "-B", "-ntp", "-pl", "tests", "-am", "test", f"-Dtest={','.join([*classes, *('!' + one for one in without)])}",
             "-Dsurefire.failIfNoSpecifiedTests=false"],
            cwd=ROOT, env=environment(**variables), text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)
        for name in classes:
            report = (ROOT / "tests" / "target" / "surefire-reports" / f"{name}.txt").read_text()
            print(f"\n  {report.splitlines()[3]}", end="")
            self.assertNotRegex(report, r"Tests run: (\d+), Failures: 0, Errors: 0, Skipped: \1,", "all were skipped")
        print()

    @staticmethod
    def status() -> str:
        (stack,) = aws("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        return stack["StackStatus"]

    @staticmethod
    def events() -> list[dict]:
        pages = aws("cloudformation").get_paginator("describe_stack_events").paginate(StackName=STACK)
        return [event for page in pages for event in page["StackEvents"]]
