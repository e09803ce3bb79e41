"""A stand-in for an EventBridge bus, behind the same small IAM as DynamoDB: it takes every event, and keeps it."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from checks.dynamodb import DynamoDb


class EventBridge:
    """`taken` holds the entries of PutEvents."""

    def __init__(self, iam: DynamoDb):
        self.taken: list[dict] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _put_events(iam, self.taken))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def _put_events(iam: DynamoDb, taken: list[dict]) -> type[BaseHTTPRequestHandler]:
    class PutEvents(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            entries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["Entries"]
            caller = re.search("Credential=([^/]+)/", self.headers["Authorization"])[1]
            action = "events:" + self.headers["X-Amz-Target"].removeprefix("AWSEvents.")
            if iam.allows(caller, {(action, entry["EventBusName"]) for entry in entries}):
                taken.extend(entries)
                return self.answer(200, {"FailedEntryCount": 0, "Entries": [{"EventId": str(n)} for n in range(len(entries))]})
            self.answer(400, {"__type": "AccessDeniedException", "message": f"{caller} is not authorized to perform: {action}"})

        def answer(self, status: int, body: dict):
            content = json.dumps(body).encode()
            self.send_response_only(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    return PutEvents
