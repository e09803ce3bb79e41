"""What `sam build` made runs: each function answers its sample event on Lambda's runtime, as its own policy allows."""

import copy
import json
import subprocess
import unittest
from functools import cache

from checks.api import Api
from checks.deployment import Deployment
from checks.dynamodb import DynamoDb
from checks.event_bridge import EventBridge
from checks.lambda_runtime import FunctionFailed, LambdaFunction, foreign_native_library
from checks.project import ARTIFACTS, AUTHORIZER, CACHE, CANARY, FUNCTIONS, HOOK, ROUTES, event_file
from checks.template import resources, table_ids, transformed

PUBLISHER, VERIFIER = "PublishChangesFunction", "VerifyCountsFunction"
#: One delete in so many looks at the item in which it was counted.
DELETES_FOR_A_LOOK = 8

_running: dict[str, LambdaFunction] = {}


def setUpModule():
    if jar := foreign_native_library():
        print(f"This machine is not arm64: {jar.name} stands in for its arm64 twin. All else is from the artifacts alone.")


def tearDownModule():
    for function in _running.values():
        function.close()
    if api.cache_info().currsize:
        api().close()
    if deployment.cache_info().currsize:
        deployment().close()
    if event_bridge.cache_info().currsize:
        event_bridge().close()
    if dynamodb.cache_info().currsize:
        dynamodb().close()


@cache
def template() -> dict:
    return transformed(ARTIFACTS / "template.yaml")


@cache
def dynamodb() -> DynamoDb:
    return DynamoDb(template(), FUNCTIONS)


@cache
def event_bridge() -> EventBridge:
    return EventBridge(dynamodb())


@cache
def deployment() -> Deployment:
    versions = resources("AWS::Lambda::Version", template())
    return Deployment(dynamodb(), {name: properties["FunctionName"]["Ref"] for name, properties in versions.items()}, invoke)


@cache
def api() -> Api:
    return Api(invoke, lambda name: copy.deepcopy(sample(name)))


def function(name: str) -> LambdaFunction:
    """That function, started if it is not running."""
    if name not in _running:
        properties = resources("AWS::Lambda::Function", template())[name]
        # DynamoDB Local has its tables under their logical ids.
        tables = table_ids(template())
        variables = properties["Environment"]["Variables"]
        variables = {key: tables.get(value, value) for key, value in variables.items() if isinstance(value, str)}
        if name == CANARY:
            variables["API_URL"] = api().url
        if name == HOOK:
            named = properties["Environment"]["Variables"]
            variables |= {key: value["Ref"] for key, value in named.items() if isinstance(value, dict)}
            variables |= {"AWS_ENDPOINT_URL_LAMBDA": deployment().url, "AWS_ENDPOINT_URL_CODEDEPLOY": deployment().url}
        if name == PUBLISHER:
            variables |= {"EVENT_BUS": "EventBus", "AWS_ENDPOINT_URL_EVENTBRIDGE": event_bridge().url}
        _running[name] = LambdaFunction(
            name, properties, ARTIFACTS / name, {**variables, "AWS_ENDPOINT_URL_DYNAMODB": dynamodb().url})
    return _running[name]


def sample(name: str) -> dict:
    return json.loads(event_file(name).read_text())


def invoke(name: str, event: dict | None = None) -> dict:
    try:
        return function(name).invoke(sample(name) if event is None else event)
    except FunctionFailed:
        if name in _running:
            _running.pop(name).close()
        raise


def created() -> str:
    """The id of a new market segment."""
    return json.loads(invoke("CreateMarketSegmentFunction")["body"])["id"]


def about(name: str, id: str) -> dict:
    """The sample event of an operation, about that market segment."""
    event = copy.deepcopy(sample(name))
    event["pathParameters"] = {"id": id}
    return event


def once(key: str, event: dict) -> dict:
    """The event with that idempotency key."""
    event = copy.deepcopy(event)
    event["headers"]["Idempotency-Key"] = key
    event["multiValueHeaders"]["Idempotency-Key"] = [key]
    return event


def of_account(account: str, event: dict) -> dict:
    """The event, as if a key of that account had come with it."""
    event = copy.deepcopy(event)
    event["requestContext"]["authorizer"]["account"] = account
    return event


def group_of_many_pages(tenant: str) -> dict:
    """Counts, for a new tenant, one deletion from each of so many pages that a look at them archives. The key of their archive."""
    pages, created = 64, 64 * 256
    for item in (
        {"id": {"S": "#"}, "c": {"N": str(created)}},
        {"id": {"S": "#p000"}, "n": {"N": str(pages)}, **{str(page): {"N": "1"} for page in range(pages)}},
    ):
        dynamodb().call("PutItem", {"TableName": "SegmentsTable", "Item": {"tenant": {"S": tenant}, **item}})
    return {"tenant": {"S": tenant}, "id": {"S": "archive#000"}}


def with_key(secret: str) -> dict:
    event = copy.deepcopy(sample("AuthorizeFunction"))
    event["headers"]["Authorization"] = f"Bearer {secret}"
    event["multiValueHeaders"]["Authorization"] = [f"Bearer {secret}"]
    return event


class Answers(unittest.TestCase):
    def segment(self, answer: dict, status: int) -> dict:
        self.assertEqual(answer["statusCode"], status, answer)
        body = json.loads(answer["body"])
        self.assertEqual(list(body), ["id", "created_at", "updated_at", "market_segment"])
        return body

    def missing(self, answer: dict):
        self.assertEqual(answer["statusCode"], 404, answer)
        error = json.loads(answer["body"])["error"]
        self.assertEqual((error["type"], error["code"]), ("invalid_request_error", "resource_missing"))

    def test_create(self):
        body = self.segment(invoke("CreateMarketSegmentFunction"), 201)
        self.assertEqual(body["market_segment"], "Mid-Market")

    def test_create_once_for_an_idempotency_key(self):
        event = once("create", sample("CreateMarketSegmentFunction"))
        first = self.segment(invoke("CreateMarketSegmentFunction", event), 201)
        self.assertEqual(self.segment(invoke("CreateMarketSegmentFunction", event), 201), first)

    def test_retrieve(self):
        self.missing(invoke("RetrieveMarketSegmentFunction"))
        id = created()
        body = self.segment(invoke("RetrieveMarketSegmentFunction", about("RetrieveMarketSegmentFunction", id)), 200)
        self.assertEqual(body["id"], id)

    def test_list(self):
        id = created()
        answer = invoke("ListMarketSegmentsFunction")
        self.assertEqual(answer["statusCode"], 200, answer)
        body = json.loads(answer["body"])
        self.assertEqual(list(body), ["data", "has_more", "total"])
        self.assertEqual(body["data"][0]["id"], id)

    def test_update(self):
        self.missing(invoke("UpdateMarketSegmentFunction"))
        event = about("UpdateMarketSegmentFunction", created())
        body = self.segment(invoke("UpdateMarketSegmentFunction", event), 200)
        self.assertEqual(body["market_segment"], "Enterprise")
        event["body"] = "{}"
        self.assertEqual(self.segment(invoke("UpdateMarketSegmentFunction", event), 200), body)

    def test_update_once_for_an_idempotency_key(self):
        event = once("update", about("UpdateMarketSegmentFunction", created()))
        first = self.segment(invoke("UpdateMarketSegmentFunction", event), 200)
        self.assertEqual(self.segment(invoke("UpdateMarketSegmentFunction", event), 200), first)

    def test_delete_once_for_an_idempotency_key(self):
        event = once("delete", about("DeleteMarketSegmentFunction", created()))
        for _ in range(2):
            answer = invoke("DeleteMarketSegmentFunction", event)
            self.assertEqual((answer["statusCode"], json.loads(answer["body"])["deleted"]), (200, True))

    def test_delete(self):
        self.missing(invoke("DeleteMarketSegmentFunction"))
        id = created()
        answer = invoke("DeleteMarketSegmentFunction", about("DeleteMarketSegmentFunction", id))
        self.assertEqual((answer["statusCode"], json.loads(answer["body"])), (200, {"id": id, "deleted": True}))

    def test_deletes_archive_what_they_have_counted_and_a_listing_reads_it(self):
        account = "acct_large"
        id = group_of_many_pages(f"{account}/test")
        for _ in range(DELETES_FOR_A_LOOK):
            made = json.loads(invoke("CreateMarketSegmentFunction", of_account(account, sample("CreateMarketSegmentFunction")))["body"])
            answer = invoke("DeleteMarketSegmentFunction", of_account(account, about("DeleteMarketSegmentFunction", made["id"])))
            self.assertEqual(answer["statusCode"], 200, answer)
        self.assertIn("Item", dynamodb().call("GetItem", {"TableName": "SegmentsTable", "Key": id}))
        deep = of_account(account, sample("ListMarketSegmentsFunction"))
        deep["queryStringParameters"] = {"offset": "8000"}
        deep["multiValueQueryStringParameters"] = {"offset": ["8000"]}
        answer = invoke("ListMarketSegmentsFunction", deep)
        self.assertEqual(answer["statusCode"], 200, answer)

    def test_issue_list_and_revoke_a_key(self):
        key = invoke("IssueApiKeyFunction")
        self.assertRegex(key["secret"], "^sk_test_[0-9A-Za-z]{32,}$")
        listed = next(one for one in invoke("ListApiKeysFunction")["data"] if one["id"] == key["id"])
        self.assertNotIn("secret", listed)
        self.assertIsNone(listed["revoked_at"])
        self.assertIsNotNone(invoke("RevokeApiKeyFunction", {**sample("RevokeApiKeyFunction"), "id": key["id"]})["revoked_at"])

    def test_rotate_a_key(self):
        key = invoke("IssueApiKeyFunction")
        rotated = invoke("RotateApiKeyFunction", {**sample("RotateApiKeyFunction"), "id": key["id"]})
        self.assertEqual(rotated["predecessor"]["successor"], rotated["successor"]["id"])
        self.assertIsNotNone(rotated["predecessor"]["expires_at"])
        for secret in (key["secret"], rotated["successor"]["secret"]):
            self.assertEqual(self.effect(invoke("AuthorizeFunction", with_key(secret))), "Allow")

    def test_authorize(self):
        self.assertEqual(self.effect(invoke("AuthorizeFunction")), "Deny")
        key = invoke("IssueApiKeyFunction")
        answer = invoke("AuthorizeFunction", with_key(key["secret"]))
        self.assertEqual(self.effect(answer), "Allow")
        self.assertEqual(
            answer["context"],
            {"account": key["account"], "livemode": False, "scope": "read_write", "key_id": key["id"]})

    def test_the_canary_uses_every_route(self):
        # Its requests wait for no JVM to start, which Lambda's snapshots spare them.
        for name in {*ROUTES.values(), AUTHORIZER}:
            invoke(name)
        self.assertEqual(invoke(CANARY), {"passed": True})

    def test_the_hook_uses_the_new_versions_and_lets_their_deployment_go_on(self):
        self.assertEqual(invoke(HOOK), {"passed": True})
        self.assertEqual(deployment().reported, {sample(HOOK)["DeploymentId"]: "Succeeded"})

    def test_publish_changes(self):
        self.assertEqual(invoke(PUBLISHER), {"batchItemFailures": []})
        self.assertEqual(
            [entry["DetailType"].rpartition(".")[2] for entry in event_bridge().taken], ["created", "updated", "deleted"])

    def test_verify_and_repair_the_counters(self):
        tenant = sample(PUBLISHER)["Records"][0]["dynamodb"]["Keys"]["tenant"]
        dynamodb().call("DeleteItem", {"TableName": "SegmentsTable", "Key": {"tenant": tenant, "id": {"S": created()}}})
        for verified in ({"drifted": 1, "repaired": 1}, {"drifted": 0, "repaired": 0}):
            answer = invoke(VERIFIER)
            self.assertEqual(answer | {"tenants": 2, **verified, "complete": True}, answer)
        everybody = invoke(VERIFIER, {**sample(VERIFIER), "detail": {}})
        self.assertEqual(everybody | {"drifted": 0, "complete": True}, everybody)

    @staticmethod
    def effect(answer: dict) -> str:
        (statement,) = answer["policyDocument"]["Statement"]
        return statement["Effect"]


class EventsOfAwsTools(unittest.TestCase):
    """What `sam local generate-event` makes, with no more changed than belongs to our API."""

    @staticmethod
    def generated(*command: str) -> dict:
        return json.loads(subprocess.run(
            [CACHE / "venv" / "bin" / "sam", "local", "generate-event", *command],
            check=True, capture_output=True, text=True).stdout)

    def request(self, method: str, path: str, body: str = "", id: str | None = None) -> dict:
        function = ROUTES[method, path]
        event = self.generated("apigateway", "aws-proxy", "--method", method.upper(), "--body", body)
        event["resource"] = event["requestContext"]["resourcePath"] = path
        event["path"] = path.replace("{id}", id or "")
        event["requestContext"]["path"] = "/v1" + event["path"]
        event["pathParameters"] = {"id": id} if id else None
        event["queryStringParameters"] = event["multiValueQueryStringParameters"] = None
        event["requestContext"]["authorizer"] = sample(function)["requestContext"]["authorizer"]
        return invoke(function, event)

    def test_every_operation_answers_a_proxy_event(self):
        collection, item = "/api/crm/market-segment", "/api/crm/market-segment/{id}"
        made = self.request("post", collection, '{"market_segment":"generated"}')
        self.assertEqual(made["statusCode"], 201, made)
        id = json.loads(made["body"])["id"]
        self.assertEqual(made["headers"]["Location"], f"/v1{collection}/{id}")
        self.assertEqual(json.loads(made["body"])["market_segment"], "generated")
        self.assertEqual(self.request("get", item, id=id)["statusCode"], 200)
        self.assertEqual(self.request("head", item, id=id)["statusCode"], 200)
        self.assertEqual(json.loads(self.request("get", collection)["body"])["data"][0]["id"], id)
        self.assertEqual(self.request("patch", item, '{"market_segment":null}', id)["statusCode"], 200)
        self.assertEqual(self.request("delete", item, id=id)["statusCode"], 200)

    def test_the_authorizer_answers_the_event_of_a_request_authorizer(self):
        event = self.generated("apigateway", "request-authorizer")
        self.assertNotIn("multiValueHeaders", event)
        self.assertEqual(Answers.effect(invoke(AUTHORIZER, event)), "Deny")
        event["headers"]["Authorization"] = f"Bearer {invoke('IssueApiKeyFunction')['secret']}"
        self.assertEqual(Answers.effect(invoke(AUTHORIZER, event)), "Allow")

    def test_the_canary_answers_the_event_of_a_schedule(self):
        self.assertEqual(invoke(CANARY, self.generated("cloudwatch", "scheduled-event")), {"passed": True})


class LeastPrivilege(unittest.TestCase):
    """What the answers above took, recorded call by call, is exactly what the policies grant. Runs after them."""

    @classmethod
    def setUpClass(cls):
        print("\nrecorded:")
        for caller, action, resource in sorted(dynamodb().used):
            print(f"  {caller:30} {action.removeprefix('dynamodb:'):12} {resource}")

    def test_no_function_was_refused_anything(self):
        refused = [f"{caller} needs {action} on {resource}" for caller, action, resource in sorted(dynamodb().denied)]
        self.assertFalse(refused, "; ".join(refused))

    def test_no_function_may_do_what_it_never_does(self):
        allowed = {(name, *pair) for name, pairs in dynamodb().granted.items() for pair in pairs}
        # What Lambda does in its name, which `test_policies` says.
        allowed = {(name, action, resource) for name, action, resource in allowed if name != PUBLISHER or action == "events:PutEvents"}
        idle = [f"{caller} never needs {action} on {resource}" for caller, action, resource in sorted(allowed - dynamodb().used)]
        self.assertFalse(idle, "; ".join(idle))
