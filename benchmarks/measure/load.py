"""Sends requests at times that are set beforehand, whatever becomes of those before them: an open loop.

A latency counts from the time at which its request should have been sent. If the server stalls, the requests that had to wait for it show
their wait, which a loop that sends the next request after an answer would hide (coordinated omission).
"""

import http.client
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

#: Longer than API Gateway waits for a function, 29 s.
TIMEOUT_S = 35


@dataclass(frozen=True)
class Call:
    """A request to be sent; the path is below the API's address."""

    operation: str
    method: str
    path: str
    key: str
    body: bytes | None = None


@dataclass(frozen=True)
class Response:
    """`status` is 0 if there was no response."""

    status: int
    request_id: str
    body: bytes


@dataclass(frozen=True)
class Sample:
    """What became of a request.

    `intended_s` counts from the beginning of the run; `late_ms` is how much later it was sent, for want of a free thread or of
    processor time; `latency_ms` runs from the intended time to the last byte of the response.
    """

    operation: str
    intended_s: float
    late_ms: float
    latency_ms: float
    status: int
    request_id: str

    @property
    def succeeded(self) -> bool:
        return 200 <= self.status < 300


class Connections:
    """Connections to one server that are kept alive; the one used last is used next. Thread-safe."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        self.host, self.base, self.tls = parts.netloc, parts.path, ssl.create_default_context() if parts.scheme == "https" else None
        self.idle: deque[http.client.HTTPConnection] = deque()

    def fill(self, number: int):
        """Opens connections beforehand, so that no latency holds the time that opening one takes."""
        missing = max(0, number - len(self.idle))
        with ThreadPoolExecutor(max_workers=32) as pool:
            self.idle.extend(pool.map(lambda _: self._open(), range(missing)))

    def send(self, call: Call) -> Response:
        while True:
            try:
                connection, used = self.idle.pop(), True
            except IndexError:
                connection, used = None, False
            try:
                connection = connection or self._open()
                response, closed = self._exchange(connection, call)
            except (OSError, http.client.HTTPException) as failure:
                if connection:
                    connection.close()
                # A server closes connections that have been idle for some time, and does not read what comes on them.
                if used and isinstance(failure, (ConnectionResetError, BrokenPipeError)):
                    continue
                return Response(0, "", b"")
            if not closed:
                self.idle.append(connection)
            return response

    def close(self):
        while self.idle:
            self.idle.pop().close()

    def _open(self) -> http.client.HTTPConnection:
        connection = (http.client.HTTPSConnection(self.host, timeout=TIMEOUT_S, context=self.tls) if self.tls
                      else http.client.HTTPConnection(self.host, timeout=TIMEOUT_S))
        connection.connect()
        return connection

    def _exchange(self, connection: http.client.HTTPConnection, call: Call) -> tuple[Response, bool]:
        """The response, and whether the server has closed the connection after it."""
        headers = {"Authorization": f"Bearer {call.key}"}
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(call.method, self.base + call.path, call.body, headers)
        response = connection.getresponse()
        body = response.read()
        return Response(response.status, response.getheader("Request-Id", ""), body), response.will_close


def evenly(rate: float, duration_s: float) -> list[float]:
    """The times of so many requests a second, in seconds from the beginning."""
    return [number / rate for number in range(round(rate * duration_s))]


def run(times: Sequence[float], threads: int, next_call: Callable[[], Call], done: Callable[[Call, Response], None],
        connections: Connections) -> list[Sample]:
    """Sends a request at each of the times, which ascend, and waits for all responses."""
    samples: list[Sample] = []
    failures: list[BaseException] = []
    slots = iter(times)
    lock, stopped = threading.Lock(), threading.Event()
    # Time for the threads to start.
    begun = time.perf_counter() + 0.2 + threads * 0.0005

    def work():
        try:
            while not stopped.is_set():
                with lock:
                    intended_s = next(slots, None)
                if intended_s is None or stopped.wait(max(0.0, begun + intended_s - time.perf_counter())):
                    return
                call = next_call()
                sent = time.perf_counter()
                response = connections.send(call)
                ended = time.perf_counter()
                done(call, response)
                samples.append(Sample(
                    call.operation, intended_s, (sent - begun - intended_s) * 1000, (ended - begun - intended_s) * 1000,
                    response.status, response.request_id))
        except BaseException as failure:
            failures.append(failure)
            stopped.set()

    workers = [threading.Thread(target=work, daemon=True) for _ in range(min(threads, len(times)))]
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    finally:
        stopped.set()
    if failures:
        raise failures[0]
    return sorted(samples, key=lambda sample: sample.intended_s)
