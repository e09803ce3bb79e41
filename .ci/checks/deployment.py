"""Stand-ins for Lambda's Invoke and for CodeDeploy, behind the same small IAM as DynamoDB."""

import json
import re
from collections.abc import Callable
from urllib.parse import unquote

from checks.dynamodb import DynamoDb
from checks.stand_in import Handler, StandIn


class Deployment(StandIn):
    """`reported` holds what hooks have said, by the deployment's id. Versions are named by their logical ids."""

    def __init__(self, iam: DynamoDb, functions: dict[str, str], invoke: Callable[[str, dict], dict]):
        """`functions` has the function of each version."""
        self.reported: dict[str, str] = {}
        super().__init__(_calls(iam, functions, invoke, self.reported))


def _calls(iam: DynamoDb, functions: dict[str, str], invoke: Callable[[str, dict], dict], reported: dict[str, str]) -> type[Handler]:
    class Calls(Handler):
        def do_POST(self):
            body = json.loads(self.body())
            if path := re.fullmatch(r"/2015-03-31/functions/([^/]+)/invocations", self.path):
                version = unquote(path[1])
                if self.may("lambda:InvokeFunction", str({"Ref": version})):
                    self.answer_json(200, invoke(functions[version], body))
            elif self.headers["X-Amz-Target"] == "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus":
                action = "codedeploy:PutLifecycleEventHookExecutionStatus"
                # Every deployment is one of the groups that the policy names.
                resource = next((where for what, where in iam.granted[self.caller()] if what == action), "")
                if self.may(action, resource):
                    reported[body["deploymentId"]] = body["status"]
                    self.answer_json(200, {"lifecycleEventHookExecutionId": body["lifecycleEventHookExecutionId"]})
            else:
                self.answer_json(400, {"__type": "UnknownOperationException"})

        def may(self, action: str, resource: str) -> bool:
            """Whether the caller may; if not, it has been answered."""
            if iam.allows(self.caller(), {(action, resource)}):
                return True
            self.answer_json(403, {"__type": "AccessDeniedException", "message": f"{self.caller()} may not {action} on {resource}"})
            return False

    return Calls
