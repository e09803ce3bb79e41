"""A stack that lives as long as the measurement: deployed under a name that nothing has yet, and removed whole."""

import functools
import json
import re
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cli import Cli, CommandFailed

ALIAS = "live"
#: The functions of a request: those behind the five operations, by operation, and the one before them.
OPERATIONS = {
    "create": "CreateMarketSegmentFunction", "retrieve": "RetrieveMarketSegmentFunction", "list": "ListMarketSegmentsFunction",
    "update": "UpdateMarketSegmentFunction", "delete": "DeleteMarketSegmentFunction",
}
AUTHORIZER = "AuthorizeFunction"
#: For a key: longer than a measurement takes.
KEY_LIFE_S = 24 * 3600
#: What CloudFormation keeps, and we delete: how, by type.
LEFTOVERS = {
    "AWS::DynamoDB::Table": ["dynamodb", "delete-table", "--table-name"],
    "AWS::Logs::LogGroup": ["logs", "delete-log-group", "--log-group-name"],
}
#: What the template keeps, and goes all the same: with its function.
GOES_WITH_ANOTHER = {"AWS::Lambda::Version"}


class Stack:
    def __init__(self, cli: Cli, name: str):
        self.cli, self.name = cli, name
        self.ours = False
        #: What CloudFormation has kept because the template says so, and others may use.
        self.kept: list[str] = []

    def check_name(self):
        """Refuses a name that belongs to a stack or to tables, which would be removed in the end."""
        if self._describe():
            raise SystemExit(f"There is a stack {self.name} already: give another --stack-name.")
        taken = [table for table in self.cli.aws("dynamodb", "list-tables")["TableNames"] if table.startswith(f"{self.name}-")]
        if taken:
            raise SystemExit(f"There are tables of that name already ({', '.join(taken)}): give another --stack-name.")

    def deploy(self, template: Path, parameters: dict[str, str]):
        self.ours = True
        self.cli.sam(
            "deploy", "--template-file", str(template), "--stack-name", self.name, "--resolve-s3", "--s3-prefix", self.name,
            "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-fail-on-empty-changeset",
            "--tags", "service=market-segment stage=measure",
            "--parameter-overrides", " ".join(f"{name}={value}" for name, value in parameters.items()))

    def url(self, endpoint: str | None) -> str:
        """The API's address. Where there is an endpoint, it is LocalStack's, which has every API below its own address."""
        (stack,) = self.cli.aws("cloudformation", "describe-stacks", "--stack-name", self.name)["Stacks"]
        url = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}["ApiUrl"]
        if not endpoint:
            return url
        api, stage = re.fullmatch(r"https://(\w+)\.execute-api\.[^/]+/(\w+)", url).groups()
        return f"{endpoint}/_aws/execute-api/{api}/{stage}"

    def resources(self, kind: str) -> dict[str, str]:
        """Physical names by logical ones."""
        return {resource["LogicalResourceId"]: resource["PhysicalResourceId"]
                for resource in self._resources(self.name) if resource["ResourceType"] == kind}

    @functools.cached_property
    def functions(self) -> dict[str, str]:
        """Physical names of the functions by logical ones, once they are deployed."""
        return self.resources("AWS::Lambda::Function")

    def concurrency(self) -> int:
        """How many requests the account's functions may serve at one time. New accounts start with 10."""
        return self.cli.aws("lambda", "get-account-settings")["AccountLimit"]["UnreservedConcurrentExecutions"]

    def issue_key(self, account: str) -> str:
        """The secret of a key that API Gateway has never seen."""
        with tempfile.TemporaryDirectory() as folder:
            request, answer = Path(folder) / "request", Path(folder) / "answer"
            request.write_text(json.dumps({
                "account": account, "livemode": False, "scope": "read_write", "name": "measurement",
                "expires_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + KEY_LIFE_S))}))
            # As bytes: versions 1 and 2 of the AWS CLI read a payload that is given as text differently.
            done = self.cli.aws(
                "lambda", "invoke", "--function-name", self.functions["IssueApiKeyFunction"],
                "--qualifier", ALIAS, "--payload", f"fileb://{request}", str(answer))
            said = answer.read_text()
        if "FunctionError" in done:
            raise CommandFailed(f"No key was issued: {said}")
        return json.loads(said)["secret"]

    def publish(self):
        """A new version of each function of a request, with a snapshot that nothing has restored yet, as after a deployment."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(self._publish, [self.functions[function] for function in [*OPERATIONS.values(), AUTHORIZER]]))

    def _publish(self, function: str):
        # Lambda publishes no version that is equal to the last.
        self.cli.aws("lambda", "update-function-configuration", "--function-name", function, "--description", f"Measured at {time.time_ns()}.")
        self.cli.aws("lambda", "wait", "function-updated-v2", "--function-name", function)
        version = self.cli.aws("lambda", "publish-version", "--function-name", function)["Version"]
        self.cli.aws("lambda", "wait", "published-version-active", "--function-name", function, "--qualifier", version)
        self.cli.aws("lambda", "update-alias", "--function-name", function, "--name", ALIAS, "--function-version", version)

    def remove(self) -> list[str]:
        """Removes the stack, its tables and its logs. What has failed, in words."""
        if not self.ours:
            return []
        stack = self._describe()
        if not stack:
            return []
        identifier = stack["StackId"]
        # Before anything is created there is only a change set.
        before = [] if stack["StackStatus"] == "REVIEW_IN_PROGRESS" else self._resources(identifier)
        problems = []
        try:
            self.cli.sam("delete", "--no-prompts", "--stack-name", self.name)
        except CommandFailed as failure:
            problems.append(str(failure))
        if self._describe():
            # What `sam delete` does not know how to delete, such as a stack whose creation was interrupted.
            try:
                self.cli.aws("cloudformation", "delete-stack", "--stack-name", self.name)
                self.cli.aws("cloudformation", "wait", "stack-delete-complete", "--stack-name", identifier)
                problems.clear()
            except CommandFailed as failure:
                return [*problems, str(failure), f"The stack {self.name} is still there, and its tables: delete them by hand."]
        for resource in before:
            if delete := LEFTOVERS.get(resource["ResourceType"]):
                try:
                    self.cli.aws(*delete, resource["PhysicalResourceId"])
                except CommandFailed as failure:
                    if "ResourceNotFoundException" not in str(failure):
                        problems.append(str(failure))
        self.kept = [
            f"{resource['ResourceType']} {resource['PhysicalResourceId']}" for resource in self._resources(identifier)
            if resource["ResourceStatus"] == "DELETE_SKIPPED" and resource["ResourceType"] not in LEFTOVERS.keys() | GOES_WITH_ANOTHER]
        return problems

    def _describe(self) -> dict | None:
        """The stack, unless it is gone."""
        try:
            (stack,) = self.cli.aws("cloudformation", "describe-stacks", "--stack-name", self.name)["Stacks"]
        except CommandFailed as failure:
            if "does not exist" in str(failure):
                return None
            raise
        return None if stack["StackStatus"] == "DELETE_COMPLETE" else stack

    def _resources(self, stack: str) -> list[dict]:
        summaries = self.cli.aws("cloudformation", "list-stack-resources", "--stack-name", stack)["StackResourceSummaries"]
        # One whose creation has failed has no name, or the name of something that was there before.
        return [summary for summary in summaries if summary.get("PhysicalResourceId") and summary["ResourceStatus"] != "CREATE_FAILED"]
