"""A stand-in for an EventBridge bus, behind the same small IAM as DynamoDB: it takes every event, and keeps it."""

import json

from checks.dynamodb import DynamoDb
from checks.stand_in import Handler, StandIn


class EventBridge(StandIn):
    """`taken` holds the entries of PutEvents."""

    def __init__(self, iam: DynamoDb):
        self.taken: list[dict] = []
        super().__init__(_put_events(iam, self.taken))


def _put_events(iam: DynamoDb, taken: list[dict]) -> type[Handler]:
    class PutEvents(Handler):
        def do_POST(self):
            entries = json.loads(self.body())["Entries"]
            caller = self.caller()
            action = "events:" + self.headers["X-Amz-Target"].removeprefix("AWSEvents.")
            if iam.allows(caller, {(action, entry["EventBusName"]) for entry in entries}):
                taken.extend(entries)
                return self.answer_json(200, {"FailedEntryCount": 0, "Entries": [{"EventId": str(n)} for n in range(len(entries))]})
            self.answer_json(400, {"__type": "AccessDeniedException", "message": f"{caller} is not authorized to perform: {action}"})

    return PutEvents
