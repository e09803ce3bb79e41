"""The local stack, for its DynamoDB with the template's tables, and for data in them."""

import json
import os
import re
import subprocess
import threading
import urllib.request
from collections import deque

from packages import ROOT, WORK, java_home, stack_class_path

#: The account of the sample events.
ACCOUNT = "acct_local"
PATH = "/api/crm/market-segment"


class Stack:
    def __init__(self):
        self.process = subprocess.Popen(
            [java_home() / "bin" / "java", "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", stack_class_path(),
             "dev.overplane.crm.local.Main", "--end-with-parent"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(WORK / "stack.log", "wb"), text=True,
            env={**os.environ, "PORT": "0", "LAMBDA_PORT": "0", "DYNAMODB_PORT": "0", "DATA_DIR": ":memory:"})
        banner = {}
        for line in self.process.stdout:
            if found := re.match(r"(API|Lambda|DynamoDB|API key)  +(\S+)$", line):
                banner[found[1]] = found[2]
            if line.startswith("Press"):
                break
        else:
            raise SystemExit(f"The local stack did not start: see {WORK / 'stack.log'}")
        # It logs each request there, and stops where nobody reads.
        threading.Thread(target=deque, args=(self.process.stdout, 0), daemon=True).start()
        self.api, self.invoke_api, self.key = banner["API"], banner["Lambda"], banner["API key"]
        self.port = int(banner["DynamoDB"].rpartition(":")[2].strip("/"))

    def create(self) -> str:
        """The id of a new market segment."""
        return self._call(self.api + PATH, {"Authorization": f"Bearer {self.key}"}, b"")["id"]

    def list(self):
        return self._call(self.api + PATH, {"Authorization": f"Bearer {self.key}"}, None)

    def issue_key(self) -> str:
        """A key that has never been used."""
        url = f"{self.invoke_api}/2015-03-31/functions/IssueApiKeyFunction/invocations"
        return self._call(url, {}, json.dumps({"account": ACCOUNT, "livemode": False, "scope": "read_write"}).encode())["secret"]

    def close(self):
        self.process.terminate()
        self.process.wait()

    @staticmethod
    def _call(url: str, headers: dict[str, str], body: bytes | None):
        request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers})
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)
