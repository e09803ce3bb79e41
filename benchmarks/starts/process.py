"""A function on Lambda's Java runtime: the real runtime interface client, against a stub of the Lambda Runtime API.

Under SnapStart the runtime says when its snapshot may be taken (`restore/next`) and waits there until it is restored.
"""

import json
import os
import queue
import subprocess
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

API = "/2018-06-01/runtime/"
CREDENTIALS = "/credentials"
MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
REGION = "eu-central-1"
#: Share of a function's memory that Lambda gives to the heap.
HEAP_SHARE = 0.85
TIMEOUT_S = 120


class FunctionFailed(Exception):
    """The function did not start, or answered with an error; the message says which."""


class Function:
    """A process of one function. `started` is when it was begun, by time.perf_counter()."""

    def __init__(self, java: str, runtime: list[Path], package: Path, handler: str, variables: dict[str, str], memory_mb: int,
                 snap_start: bool, log: Path, prefix: list[str], share: "CpuShare | None"):
        self.calls: queue.SimpleQueue[tuple[str, float, bytes]] = queue.SimpleQueue()
        self.events: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.restored = threading.Event()
        self.credentials = "BEFORE"
        self.log = log
        self.server = _Server(("127.0.0.1", 0), _runtime_api(self))
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        address = f"127.0.0.1:{self.server.server_address[1]}"
        flags = [
            "-XX:+UseSerialGC", "-XX:+TieredCompilation", f"-XX:MaxRAM={memory_mb}m", f"-Xmx{int(memory_mb * HEAP_SHARE)}m",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            # Without SnapStart, the runtime leaves out the optimising compiler.
            *([] if snap_start else ["-XX:TieredStopAtLevel=1"]),
        ]
        credentials = (
            {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://{address}{CREDENTIALS}", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "token"}
            if snap_start
            else {"AWS_ACCESS_KEY_ID": "PLAIN", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"})
        environment = {
            "PATH": os.environ["PATH"], "LANG": "en_US.UTF-8", "TZ": ":UTC", "_HANDLER": handler, "LAMBDA_TASK_ROOT": str(package),
            "AWS_EXECUTION_ENV": "AWS_Lambda_java25", "AWS_LAMBDA_RUNTIME_API": address,
            "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start" if snap_start else "on-demand",
            "AWS_LAMBDA_FUNCTION_NAME": "starts", "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory_mb), "AWS_LAMBDA_LOG_FORMAT": "JSON",
            "AWS_LAMBDA_LOG_GROUP_NAME": "starts", "AWS_LAMBDA_LOG_STREAM_NAME": "stream",
            "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, **credentials, **variables,
        }
        command = [*prefix, java, *flags, "-cp", os.pathsep.join(map(str, runtime)), MAIN, handler]
        with open(log, "wb") as output:
            self.started = time.perf_counter()
            self.process = subprocess.Popen(
                command, cwd=package, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                preexec_fn=share.join if share else None)

    def expect(self, wanted: str) -> tuple[float, bytes]:
        """Waits for the runtime's next call, which must be that one: when it came, and its body."""
        give_up = time.monotonic() + TIMEOUT_S
        while True:
            try:
                call, at, body = self.calls.get(timeout=0.2)
            except queue.Empty:
                if self.process.poll() is not None or time.monotonic() > give_up:
                    raise FunctionFailed(f"no '{wanted}': {self.log}\n{self.log.read_text(errors='replace')[-3000:]}") from None
                continue
            if call != wanted:
                raise FunctionFailed(f"'{call}' instead of '{wanted}': {body.decode(errors='replace')[:2000]}")
            return at, body

    def invoke(self, event: bytes) -> tuple[float, bytes]:
        """Hands an event out: when the answer was in, and the answer."""
        self.events.put(event)
        return self.expect("response")

    def restore(self) -> float:
        """Lets the process go on after its snapshot, with other credentials: the moment."""
        self.credentials = "AFTER"
        at = time.perf_counter()
        self.restored.set()
        return at

    def close(self):
        self.process.kill()
        self.process.wait()
        self.events.put(None)
        self.restored.set()
        self.server.shutdown()
        self.server.server_close()


class CpuShare:
    """A control group whose processes together get that share of one processor, or no more than all of it."""

    PERIOD_US = 20_000

    def __init__(self, share: float):
        unified = Path("/sys/fs/cgroup/cgroup.controllers").exists()
        self.folder = Path("/sys/fs/cgroup" if unified else "/sys/fs/cgroup/cpu") / f"starts-{os.getpid()}-{share:.3f}"
        self.folder.mkdir()
        quota = int(self.PERIOD_US * share)
        if unified:
            (self.folder / "cpu.max").write_text(f"{quota} {self.PERIOD_US}")
        else:
            (self.folder / "cpu.cfs_period_us").write_text(str(self.PERIOD_US))
            (self.folder / "cpu.cfs_quota_us").write_text(str(quota))

    def join(self):
        """Puts this process into the group."""
        (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.rmdir()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """The process that was at the other end has been killed."""


def cpu_s(process: int) -> float:
    """Processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _runtime_api(function: Function) -> type[BaseHTTPRequestHandler]:
    class RuntimeApi(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self):
            at = time.perf_counter()
            if self.path == CREDENTIALS:
                self.answer(200, json.dumps({
                    "AccessKeyId": function.credentials, "SecretAccessKey": "secret", "Token": "token",
                    "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 6 * 3600)),
                }).encode())
            elif self.path == API + "restore/next":
                function.calls.put(("restore", at, b""))
                function.restored.wait()
                self.answer(200, b"{}")
            elif self.path == API + "invocation/next":
                function.calls.put(("next", at, b""))
                event = function.events.get()
                if event is None:
                    self.close_connection = True
                    return
                self.answer(200, event, {
                    "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()),
                    "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 15_000),
                    "Lambda-Runtime-Invoked-Function-Arn": f"arn:aws:lambda:{REGION}:123456789012:function:starts:live",
                    "Lambda-Runtime-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
                })
            else:
                self.answer(404, b"{}")

        def do_POST(self):
            body = self.body()
            path = self.path.removeprefix(API).split("/")
            function.calls.put((path[-1] if path[0] == "invocation" else "/".join(path), time.perf_counter(), body))
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
            head = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
            lines = [f"HTTP/1.1 {status} -", *(f"{name}: {value}" for name, value in head.items()), "", ""]
            self.wfile.write("\r\n".join(lines).encode() + body)

        def log_message(self, *_):
            pass

    return RuntimeApi
