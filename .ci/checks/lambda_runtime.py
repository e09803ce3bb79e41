"""A function's artifact on Lambda's Java runtime: AWS's runtime interface client, behind AWS's runtime interface emulator.

The emulator knows nothing of SnapStart, with which the runtime also asks when it may go on after the snapshot (`restore/next`), and
has its credentials from an address instead of the environment. These two are answered here, between the two.
"""

import http.client
import json
import platform
import socket
import subprocess
import threading
import time
from pathlib import Path

import samcli

from checks.project import CACHE, free_port, java
from checks.stand_in import Handler, StandIn

RESTORE = "/2018-06-01/runtime/restore/next"
CREDENTIALS = "/2021-04-23/credentials"
INVOCATIONS = "/2015-03-31/functions/function/invocations"
RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
REGION = "eu-central-1"
#: Share of a function's memory that Lambda gives to the heap.
HEAP_SHARE = 0.85
TIMEOUT_S = 60
#: What Lambda gives a function with SnapStart to initialise; the emulator lets its time count for the first request's.
#: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
SNAP_START_INIT_S = 130


class FunctionFailed(AssertionError):
    """The function did not start, or answered with an error; the message says which."""


class LambdaFunction:
    """A running function. It is started as its properties in the transformed template say, for one invocation at a time."""

    def __init__(self, name: str, properties: dict, artifact: Path, variables: dict[str, str]):
        self.name = name
        # The emulator crashes over an invocation while another runs.
        self.one_at_a_time = threading.Lock()
        self.port, runtime_port = free_port(), free_port()
        self.log_file = CACHE / f"{name}.log"
        self.log = open(self.log_file, "wb")
        snap_start = properties.get("SnapStart", {}).get("ApplyOn") == "PublishedVersions"
        self.relay = StandIn(_snap_start(name, runtime_port)) if snap_start else None
        runtime = [java(), *_flags(properties["MemorySize"], snap_start), "-cp", _class_path(), RUNTIME, properties["Handler"]]
        if self.relay:
            # The emulator puts keys and its own address into the environment. Lambda has neither there with SnapStart.
            keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
            runtime = ["/usr/bin/env", *(f"--unset={key}" for key in keys), f"AWS_LAMBDA_RUNTIME_API={self.relay.address}", *runtime]
        self.process = subprocess.Popen(
            [emulator(), "--log-level", "error", "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}",
             "--runtime-api-address", f"127.0.0.1:{runtime_port}", *runtime],
            cwd=artifact, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
            env={**self._environment(properties, artifact, snap_start), **variables})
        try:
            self._await_start()
        except BaseException:
            self.close()
            raise

    def invoke(self, event: dict) -> dict:
        """The function's answer to an event. Waits for one that is under way."""
        with self.one_at_a_time:
            return self._invoke(event)

    def _invoke(self, event: dict) -> dict:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        try:
            connection.request("POST", INVOCATIONS, json.dumps(event))
            response = connection.getresponse()
            body = response.read().decode(errors="replace")
        except OSError as e:
            raise FunctionFailed(f"{self.name}: {e}:\n{self._tail()}") from e
        finally:
            connection.close()
        try:
            answer = json.loads(body)
        except ValueError:
            # The emulator's own words, of a time-out for instance.
            raise FunctionFailed(f"{self.name}: {body}\n{self._tail()}") from None
        if response.status != 200 or isinstance(answer, dict) and "errorType" in answer:
            raise FunctionFailed(f"{self.name}: {body}\n{self._tail()}")
        return answer

    def close(self):
        # The emulator ends the runtime.
        self.process.terminate()
        self.process.wait()
        if self.relay:
            self.relay.close()
        self.log.close()

    def _await_start(self):
        give_up = time.monotonic() + TIMEOUT_S
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                if self.process.poll() is not None or time.monotonic() > give_up:
                    raise FunctionFailed(f"{self.name}: the emulator did not start:\n{self._tail()}") from None
                time.sleep(0.05)

    def _tail(self) -> str:
        return self.log_file.read_text(errors="replace")[-3000:]

    def _environment(self, properties: dict, artifact: Path, snap_start: bool) -> dict[str, str]:
        """What Lambda sets, and nothing of this machine."""
        credentials = (
            {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://{self.relay.address}{CREDENTIALS}",
             "AWS_CONTAINER_AUTHORIZATION_TOKEN": "token"}
            if self.relay
            else {"AWS_ACCESS_KEY_ID": self.name, "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"})
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "LAMBDA_TASK_ROOT": str(artifact),
            "AWS_EXECUTION_ENV": "AWS_Lambda_java25",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start" if snap_start else "on-demand",
            "AWS_LAMBDA_FUNCTION_NAME": self.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_TIMEOUT": str(properties["Timeout"] + (SNAP_START_INIT_S if snap_start else 0)),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(properties["MemorySize"]),
            "AWS_LAMBDA_LOG_FORMAT": properties.get("LoggingConfig", {}).get("LogFormat", "Text"),
            "AWS_LAMBDA_LOG_GROUP_NAME": "functions",
            "AWS_LAMBDA_LOG_STREAM_NAME": "stream",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            **credentials,
        }


def foreign_native_library() -> Path | None:
    """The jar that the class path has on top of the artifact, because this machine is not Lambda's arm64."""
    if platform.machine() == "aarch64":
        return None
    (jar,) = (CACHE / "runtime" / "crt").glob("aws-crt-*.jar")
    return jar


def _class_path() -> str:
    """The runtime's own jars; what the function has, the runtime loads itself, from the task root and its lib folder."""
    jars = [*sorted((CACHE / "runtime" / "lambda").glob("*.jar")), foreign_native_library()]
    return ":".join(str(jar) for jar in jars if jar)


def _flags(memory_mb: int, snap_start: bool) -> list[str]:
    return [
        "-XX:+UseSerialGC",
        "-XX:+TieredCompilation",
        # Without SnapStart, the runtime leaves out the optimising compiler.
        *([] if snap_start else ["-XX:TieredStopAtLevel=1"]),
        f"-XX:MaxRAM={memory_mb}m",
        f"-Xmx{int(memory_mb * HEAP_SHARE)}m",
        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
    ]


def _snap_start(access_key: str, runtime_port: int) -> type[Handler]:
    """Answers what SnapStart adds to the Runtime API, and hands everything else on to the emulator."""

    class SnapStart(Handler):
        def do_GET(self):
            if self.path == RESTORE:
                self.answer(200, {}, b"{}")
            elif self.path == CREDENTIALS:
                self.answer(200, {"Content-Type": "application/json"}, json.dumps({
                    "AccessKeyId": access_key,
                    "SecretAccessKey": "secret",
                    "Token": "token",
                    "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600)),
                }).encode())
            else:
                self.hand_on(None)

        def do_POST(self):
            self.hand_on(self.body())

        def hand_on(self, body: bytes | None):
            connection = http.client.HTTPConnection("127.0.0.1", runtime_port)
            try:
                kept = {name: value for name, value in self.headers.items() if name.lower().startswith(("lambda-", "content-type"))}
                connection.request(self.command, self.path, body, kept)
                response = connection.getresponse()
                self.answer(response.status, dict(response.getheaders()), response.read())
            except (OSError, http.client.HTTPException):
                # The emulator has ended, or the runtime.
                self.close_connection = True
            finally:
                connection.close()

    return SnapStart


def emulator() -> str:
    """AWS's runtime interface emulator for this machine, which the SAM CLI brings for its containers."""
    machine = "arm64" if platform.machine() == "aarch64" else "x86_64"
    return str(Path(samcli.__file__).parent / "local" / "rapid" / f"aws-lambda-rie-{machine}")
