"""DynamoDB Local behind a small IAM: a caller may do what its policy in the template says, and nothing else."""

import http.client
import json
import os
import subprocess
import time

from checks.project import CACHE, free_port, java
from checks.stand_in import Handler, StandIn
from checks.template import granted

START_TIMEOUT_S = 60


class DynamoDb:
    """The tables of a transformed template, each named after its logical id.

    A caller's access key is the name of a function. `denied` holds what was asked for and refused, `used` what was asked for and
    allowed, both as (function, action, resource).
    """

    def __init__(self, template: dict, functions: list[str]):
        self.granted = {function: granted(function, template) for function in functions}
        self.used: set[tuple[str, str, str]] = set()
        self.denied: set[tuple[str, str, str]] = set()
        self.port = free_port()
        self.log = open(CACHE / "dynamodb.log", "wb")
        self.process = subprocess.Popen(
            [java(), "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC",
             "-cp", str(CACHE / "runtime" / "dynamodb" / "*"),
             "software.amazon.dynamodb.services.local.main.ServerRunner",
             "-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
            env={**os.environ, "DDB_LOCAL_TELEMETRY": "0"})
        try:
            self._await_start()
            for name, resource in template["Resources"].items():
                if resource["Type"] == "AWS::DynamoDB::Table":
                    self._create(name, resource["Properties"])
            self._warm_up()
            self.gate = StandIn(_gate(self))
        except BaseException:
            self._stop()
            raise

    @property
    def url(self) -> str:
        return self.gate.url

    def close(self):
        self.gate.close()
        self._stop()

    def allows(self, function: str, wanted: set[tuple[str, str]]) -> bool:
        """Whether the function may do all that, which is noted down."""
        allowed = wanted & self.granted.get(function, set())
        self.used |= {(function, *one) for one in allowed}
        self.denied |= {(function, *one) for one in wanted - allowed}
        return allowed == wanted

    def call(self, operation: str, body: dict) -> dict:
        """Calls DynamoDB behind the functions' back. Its answer."""
        status, _, answer = self.forward(
            {
                "Content-Type": "application/x-amz-json-1.0",
                "X-Amz-Target": f"DynamoDB_20120810.{operation}",
                "Authorization": "AWS4-HMAC-SHA256 Credential=setup/20260101/eu-central-1/dynamodb/aws4_request, "
                                 "SignedHeaders=host, Signature=0",
            },
            json.dumps(body).encode())
        if status != 200:
            raise RuntimeError(f"{operation}: {answer.decode()}")
        return json.loads(answer)

    def forward(self, headers, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", "/", body, headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def _create(self, name: str, properties: dict):
        members = ["AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode"]
        self.call("CreateTable", {"TableName": name, **{m: properties[m] for m in members if m in properties}})

    def _warm_up(self):
        """Lets its first, slow answers go to nobody: the functions give up on one after a second."""
        table = "WarmUp"
        self._create(table, {
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "BillingMode": "PAY_PER_REQUEST",
        })
        key = {"id": {"S": "1"}}
        update = {
            "TableName": table, "Key": key, "UpdateExpression": "ADD #n :one", "ConditionExpression": "attribute_not_exists(gone)",
            "ExpressionAttributeNames": {"#n": "n"}, "ExpressionAttributeValues": {":one": {"N": "1"}},
        }
        for _ in range(20):
            self.call("TransactWriteItems", {"TransactItems": [{"Update": update}]})
            self.call("UpdateItem", update)
            self.call("GetItem", {"TableName": table, "Key": key})
            self.call("Query", {
                "TableName": table, "KeyConditionExpression": "id = :id", "ExpressionAttributeValues": {":id": {"S": "1"}}})
            self.call("PutItem", {"TableName": table, "Item": key})

    def _await_start(self):
        give_up = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                return self.call("ListTables", {})
            except OSError:
                if self.process.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError(f"DynamoDB Local does not answer, see {self.log.name}") from None
                time.sleep(0.1)

    def _stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def needs(operation: str, request: dict) -> set[tuple[str, str]]:
    """The (action, resource) pairs for which IAM asks, see DynamoDB's service authorization reference."""
    match operation:
        case "TransactWriteItems":
            actions = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
            return {
                (f"dynamodb:{actions[kind]}", part["TableName"])
                for item in request["TransactItems"]
                for kind, part in item.items()
            }
        case "TransactGetItems":
            return {("dynamodb:GetItem", item["Get"]["TableName"]) for item in request["TransactItems"]}
        case "BatchGetItem" | "BatchWriteItem":
            return {(f"dynamodb:{operation}", table) for table in request["RequestItems"]}
        case _:
            index = f"/index/{request['IndexName']}" if "IndexName" in request else ""
            return {(f"dynamodb:{operation}", request["TableName"] + index)}


def _gate(dynamodb: DynamoDb) -> type[Handler]:
    class Gate(Handler):
        def do_POST(self):
            body = self.body()
            operation = self.headers["X-Amz-Target"].rpartition(".")[2]
            if self.headers["Authorization"] is None:
                # What primes a function before its snapshot.
                status, headers = 400, {"Content-Type": "application/x-amz-json-1.0"}
                answer = b'{"__type":"com.amazon.coral.service#MissingAuthenticationTokenException"}'
            elif dynamodb.allows(self.caller(), needs(operation, json.loads(body))):
                status, headers, answer = dynamodb.forward(dict(self.headers.items()), body)
            else:
                status, headers = 400, {"Content-Type": "application/x-amz-json-1.0"}
                answer = json.dumps({
                    "__type": "com.amazon.coral.service#AccessDeniedException",
                    "Message": f"{self.caller()} is not authorized to perform: {operation}",
                }).encode()
            self.answer(status, headers, answer)

    return Gate
