"""HTTP servers at free ports of this machine, which stand in for a part of AWS."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class StandIn:
    """It serves until it is closed."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Handler(BaseHTTPRequestHandler):
    """Reads and answers whole bodies, over connections that stay open. Logs nothing."""

    protocol_version = "HTTP/1.1"

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def caller(self) -> str:
        """The access key that the request is signed with."""
        return re.search("Credential=([^/]+)/", self.headers["Authorization"])[1]

    def answer(self, status: int, headers: dict[str, str], body: bytes):
        """`headers` may be another server's: those of its connection are left out. After HEAD no body is sent."""
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer_json(self, status: int, body: dict):
        """Answers as the AWS JSON 1.1 protocol does."""
        self.answer(status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(body).encode())

    def log_message(self, *_):
        pass
