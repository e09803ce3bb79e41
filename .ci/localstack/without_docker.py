"""What LocalStack's community edition needs to run this stack without Docker.

- Functions are processes of this machine, behind AWS's runtime interface emulator (RIE_COMMAND, without its addresses and the handler).
- What functions are sent is kept, a line for each, in files of their names (PAYLOADS): the proof of what an event source filters.
- DynamoDB Local comes from Maven (DYNAMODB_COMMAND), not from LocalStack's downloads.
- API Gateway calls REQUEST authorizers, which only LocalStack's paid editions do. This part is ours, not LocalStack's.
"""

import fnmatch
import json
import os
import shlex
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from localstack.aws.connect import connect_to
from localstack.runtime import hooks
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor
from localstack.utils.net import get_free_tcp_port

START_TIMEOUT_S = 20


class EmulatorPlugin(RuntimeExecutorPlugin):
    name = "rie"

    def load(self, *_, **__):
        return Emulator


class Emulator(RuntimeExecutor):
    """One execution environment of a version of a function."""

    process: subprocess.Popen | None = None

    def start(self, env_vars: dict[str, str]) -> None:
        config = self.function_version.config
        code = str(config.code.get_unzipped_code_location())
        self.port = get_free_tcp_port()
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [*shlex.split(os.environ["RIE_COMMAND"].replace("PORT_1", str(self.port)).replace("PORT_2", str(get_free_tcp_port()))),
             config.handler],
            cwd=code, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
            env={"PATH": os.environ["PATH"], **{name: str(value) for name, value in env_vars.items() if value is not None},
                 "LAMBDA_TASK_ROOT": code})
        give_up = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                if self.process.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError(f"The emulator did not start: {self.get_logs()}") from None
                time.sleep(0.05)

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        with open(os.path.join(os.environ["PAYLOADS"], self.function_version.id.function_name), "a") as payloads:
            payloads.write(json.dumps(json.loads(payload["payload"])) + "\n")
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/2015-03-31/functions/function/invocations", payload["payload"].encode())
        try:
            with urllib.request.urlopen(request) as response:
                answer, failed = response.read(), False
        except urllib.error.HTTPError as error:
            answer, failed = error.read(), True
        # The emulator answers with a function's error as with its result.
        failed = failed or answer.startswith(b'{"errorMessage":')
        return InvocationResult(payload["invoke-id"], answer, is_error=failed, logs=self.get_logs())

    def stop(self) -> None:
        if self.process:
            # It ends the function, which has a process group of its own.
            self.process.terminate()
            self.process.wait()
            self.log.close()

    def get_logs(self) -> str:
        return os.pread(self.log.fileno(), 1 << 20, 0).decode(errors="replace")

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        return "http://127.0.0.1"

    @classmethod
    def prepare_version(cls, function_version) -> None:
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version) -> None:
        pass


@hooks.on_infra_start()
def use_maven_s_dynamodb_local():
    from localstack.services.dynamodb.server import DynamodbServer
    from localstack.utils.common import TMP_THREADS, ShellCommandThread

    def start(server):
        thread = ShellCommandThread([*shlex.split(os.environ["DYNAMODB_COMMAND"]), "-port", str(server.port)])
        TMP_THREADS.append(thread)
        thread.start()
        return thread

    DynamodbServer.do_start_thread = start


@hooks.on_infra_start()
def call_authorizers():
    from localstack.services.apigateway.next_gen.execute_api import handlers

    handlers.preprocess_request.append(authorize)


def authorize(_chain, context, _response):
    """Answers as API Gateway does without a key, to a Deny, and to an authorizer that fails; else hands on what it said."""
    from localstack.services.apigateway.next_gen.execute_api import gateway_response

    if context.resource_method.get("authorizationType") != "CUSTOM":
        return
    aws = connect_to(region_name=context.region, aws_access_key_id=context.account_id)
    authorizer = aws.apigateway.get_authorizer(
        restApiId=context.api_id, authorizerId=context.resource_method["authorizerId"])
    request = context.invocation_request
    headers = {name.lower(): value for name, value in request["headers"].items()}
    if not headers.get(authorizer["identitySource"].removeprefix("method.request.header.").lower()):
        raise gateway_response.UnauthorizedError("Unauthorized")
    arn = (f"arn:aws:execute-api:{context.region}:{context.account_id}:{context.api_id}/{context.stage}/"
           f"{request['http_method']}{request['path']}")
    answer = aws.lambda_.invoke(
        FunctionName=authorizer["authorizerUri"].split("/functions/")[1].removesuffix("/invocations"),
        Payload=json.dumps({
            "type": "REQUEST", "methodArn": arn, "resource": context.resource["path"], "path": request["path"],
            "httpMethod": request["http_method"], "headers": dict(request["headers"]),
            "multiValueHeaders": {name: [value] for name, value in request["headers"].items()},
            "queryStringParameters": request["query_string_parameters"],
            "multiValueQueryStringParameters": request["multi_value_query_string_parameters"],
            "pathParameters": request["path_parameters"], "stageVariables": {},
            "requestContext": context.context_variables,
        }, default=str))
    said = json.load(answer["Payload"])
    if "FunctionError" in answer:
        raise gateway_response.AuthorizerFailureError("Internal server error")
    effects = {statement["Effect"] for statement in said["policyDocument"]["Statement"]
               if any(fnmatch.fnmatchcase(arn, resource) for resource in _listed(statement["Resource"]))}
    if effects != {"Allow"}:
        raise gateway_response.AccessDeniedError("User is not authorized to access this resource")
    context.context_variables["authorizer"] = {
        "principalId": said["principalId"],
        **{name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in said["context"].items()}}


def _listed(value):
    return value if isinstance(value, list) else [value]
