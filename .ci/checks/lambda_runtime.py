"""A function's artifact on Lambda's Java runtime: the real runtime interface client, against a stub of what it talks to.

The protocol is that of the Lambda Runtime API, https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html; with SnapStart the
runtime also asks when it may go on after the snapshot (`restore/next`), and has its credentials from an address instead of the
environment.
"""

import json
import platform
import queue
import subprocess
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import samcli

from checks.project import CACHE, java

API = "/2018-06-01/runtime/"
CREDENTIALS = "/2021-04-23/credentials"
RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
REGION = "eu-central-1"
#: Share of a function's memory that Lambda gives to the heap.
HEAP_SHARE = 0.85
TIMEOUT_S = 60


class FunctionFailed(AssertionError):
    """The function did not start, or answered with an error; the message says which."""


class LambdaFunction:
    """A running function. It is started as its properties in the transformed template say, for one invocation at a time."""

    def __init__(self, name: str, properties: dict, artifact: Path, variables: dict[str, str]):
        self.name = name
        self.calls: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.events: queue.Queue[bytes | None] = queue.Queue()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _runtime_api(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.log_file = CACHE / f"{name}.log"
        self.log = open(self.log_file, "wb")
        snap_start = properties.get("SnapStart", {}).get("ApplyOn") == "PublishedVersions"
        self.process = subprocess.Popen(
            [java(), *_flags(properties["MemorySize"], snap_start), "-cp", _class_path(), RUNTIME, properties["Handler"]],
            cwd=artifact, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
            env={**self._environment(properties, artifact, snap_start), **variables})
        try:
            self._expect("next")
        except BaseException:
            self.close()
            raise

    def invoke(self, event: dict) -> dict:
        """The function's answer to an event."""
        self.events.put(json.dumps(event).encode())
        answer = self._expect("response")
        self._expect("next")
        return json.loads(answer)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.events.put(None)
        self.server.shutdown()
        self.server.server_close()
        self.log.close()

    def _expect(self, wanted: str) -> bytes:
        give_up = time.monotonic() + TIMEOUT_S
        while True:
            try:
                call, body = self.calls.get(timeout=0.2)
            except queue.Empty:
                if self.process.poll() is not None:
                    raise FunctionFailed(f"{self.name} ended before '{wanted}':\n{self._tail()}") from None
                if time.monotonic() > give_up:
                    raise FunctionFailed(f"{self.name}: no '{wanted}' within {TIMEOUT_S} s:\n{self._tail()}") from None
                continue
            if call != wanted:
                raise FunctionFailed(f"{self.name}: {call}: {body.decode(errors='replace')}\n{self._tail()}")
            return body

    def _tail(self) -> str:
        return self.log_file.read_text(errors="replace")[-3000:]

    def _environment(self, properties: dict, artifact: Path, snap_start: bool) -> dict[str, str]:
        """What Lambda sets, and nothing of this machine."""
        address = f"127.0.0.1:{self.server.server_address[1]}"
        credentials = (
            {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://{address}{CREDENTIALS}", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "token"}
            if snap_start
            else {"AWS_ACCESS_KEY_ID": self.name, "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"})
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "_HANDLER": properties["Handler"],
            "LAMBDA_TASK_ROOT": str(artifact),
            "AWS_EXECUTION_ENV": "AWS_Lambda_java25",
            "AWS_LAMBDA_RUNTIME_API": address,
            "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start" if snap_start else "on-demand",
            "AWS_LAMBDA_FUNCTION_NAME": self.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
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


def _runtime_api(function: LambdaFunction) -> type[BaseHTTPRequestHandler]:
    class RuntimeApi(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            match self.path.removeprefix(API):
                case "invocation/next":
                    function.calls.put(("next", b""))
                    event = function.events.get()
                    if event is None:
                        self.close_connection = True
                        return
                    self.answer(200, event, {
                        "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()),
                        "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 15_000),
                        "Lambda-Runtime-Invoked-Function-Arn": f"arn:aws:lambda:{REGION}:123456789012:function:{function.name}:live",
                        "Lambda-Runtime-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
                    })
                case "restore/next":
                    self.answer(200, b"{}")
                case path if path == CREDENTIALS:
                    self.answer(200, json.dumps({
                        "AccessKeyId": function.name,
                        "SecretAccessKey": "secret",
                        "Token": "token",
                        "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600)),
                    }).encode())
                case _:
                    self.answer(404, b"{}")

        def do_POST(self):
            body = self.body()
            # invocation/{id}/response, invocation/{id}/error, init/error, restore/error
            path = self.path.removeprefix(API).split("/")
            function.calls.put((path[-1] if path[0] == "invocation" else "/".join(path), body))
            self.answer(202, b"{}")

        def body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None):
            self.send_response_only(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return RuntimeApi


def emulator() -> str:
    """AWS's runtime interface emulator for this machine, which the SAM CLI brings for its containers."""
    machine = "arm64" if platform.machine() == "aarch64" else "x86_64"
    return str(Path(samcli.__file__).parent / "local" / "rapid" / f"aws-lambda-rie-{machine}")
