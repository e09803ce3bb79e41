"""Which requests are sent: in turns from several accounts, since the creates of one share a counter."""

import json
import random
import threading
from collections import deque

from load import Call, Response

PATH = "/api/crm/market-segment"
#: Of ten requests in a row. That of AWS's samples is about a third each of writes, reads and deletions, and a listing in thirteen;
#: this one has updates too, and lets the collections grow.
MIX = ["create", "retrieve", "list", "create", "retrieve", "update", "delete", "create", "retrieve", "delete"]
#: For requests that want each function once.
EACH = ["create", "retrieve", "list", "update", "delete"]
#: Objects of an account that are never deleted, so that nothing asks for what is being deleted meanwhile.
KEPT = 10


class Account:
    def __init__(self, name: str, key: str):
        self.name, self.key = name, key
        self.ids: deque[str] = deque()


class Workload:
    """Requests in the order of `operations`, again and again. Thread-safe."""

    def __init__(self, accounts: list[Account], operations: list[str], seed: int = 1):
        self.accounts, self.operations = accounts, operations
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.number = 0

    def next_call(self) -> Call:
        with self.lock:
            # A round of operations for each account.
            account = self.accounts[self.number // len(self.operations) % len(self.accounts)]
            operation = self.operations[self.number % len(self.operations)]
            self.number += 1
            return self._call(operation, account)

    def done(self, call: Call, response: Response):
        if call.operation == "create" and response.status == 201:
            id = json.loads(response.body)["id"]
            with self.lock:
                next(account for account in self.accounts if account.key == call.key).ids.append(id)

    def _call(self, operation: str, account: Account) -> Call:
        name = json.dumps({"market_segment": f"Segment {self.number}"}).encode()
        if operation == "create" or (operation != "list" and len(account.ids) < (KEPT + 1 if operation == "delete" else 1)):
            return Call("create", "POST", PATH, account.key, name)
        if operation == "list":
            return Call(operation, "GET", PATH, account.key)
        if operation == "delete":
            return Call(operation, "DELETE", f"{PATH}/{account.ids.popleft()}", account.key)
        # One of the newest: the oldest are deleted.
        id = account.ids[-self.random.randint(1, min(KEPT, len(account.ids)))]
        if operation == "retrieve":
            return Call(operation, "GET", f"{PATH}/{id}", account.key)
        return Call(operation, "PATCH", f"{PATH}/{id}", account.key, name)
