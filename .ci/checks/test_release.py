"""What release.sh does around a deployment, with an AWS CLI that answers from a file: what AWS would do is not shown."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checks.project import ROOT

# Answers with what is recorded for the command, as its --query and --output want it, and notes the command.
AWS = f"""#!{sys.executable}
import json, os, sys
import jmespath
here = os.path.dirname(os.path.abspath(__file__))
arguments = sys.argv[1:]
with open(here + "/commands", "a") as commands:
    commands.write(json.dumps(arguments) + "\\n")
with open(here + "/answers.json") as file:
    answer = json.load(file)[" ".join(arguments[:2])]
if arguments[:2] == ["lambda", "invoke"]:
    open(arguments[-1], "w").write("{{}}")
if "--query" in arguments:
    answer = jmespath.search(arguments[arguments.index("--query") + 1], answer)
text = "text" in arguments
print(answer if text else json.dumps(answer))
"""


class Release(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "bin").mkdir()
        aws = self.folder / "bin" / "aws"
        aws.write_text(AWS)
        aws.chmod(0o755)
        for command in ("init -q", "commit -q --allow-empty -m one", "commit -q --allow-empty -m two", "checkout -q HEAD~1",
                        "commit -q --allow-empty -m aside"):
            self.git(*command.split())
        self.aside, self.one, self.two = self.git("rev-parse", "HEAD", "HEAD~1", "@{-1}").split()

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        return subprocess.run(["git", *identity, *arguments], cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def release(self, *arguments: str, **answers) -> subprocess.CompletedProcess:
        (self.folder / "bin" / "answers.json").write_text(json.dumps({name.replace("__", " ").replace("_", "-"): answer
                                                                      for name, answer in answers.items()}))
        environment = os.environ | {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "STACK": "api",
            "CLOUDFORMATION_ROLE_ARN": "role", "ARTIFACTS_BUCKET": "bucket"}
        return subprocess.run([ROOT / ".ci" / "release.sh", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True)

    def commands(self) -> list[list[str]]:
        return [json.loads(line) for line in (self.folder / "bin" / "commands").read_text().splitlines()]

    @staticmethod
    def stacks(commit: str | None, status="UPDATE_COMPLETE") -> dict:
        tags = [{"Key": "commit", "Value": commit}, {"Key": "team", "Value": "a b"}] if commit else []
        parameters = [{"ParameterKey": "Name", "ParameterValue": "x y", "ResolvedValue": "z"},
                      {"ParameterKey": "GradualDeployment", "ParameterValue": "true"}]
        return {"Stacks": [{"StackName": "other", "StackStatus": status, "Tags": [{"Key": "commit", "Value": "0"}]},
                           {"StackName": "api", "StackStatus": status, "Tags": tags, "Parameters": parameters}]}

    def descent(self, of: str, stacks: dict) -> int:
        return self.release("check-descent", of, cloudformation__describe_stacks=stacks).returncode

    def test_a_commit_may_follow_its_ancestor_and_itself_and_no_other(self):
        self.assertEqual(self.descent(self.aside, self.stacks(self.one)), 0)
        self.assertEqual(self.descent(self.aside, self.stacks(self.aside)), 0)
        self.assertNotEqual(self.descent(self.one, self.stacks(self.aside)), 0)
        self.assertNotEqual(self.descent(self.aside, self.stacks(self.two)), 0)

    def test_any_commit_may_be_the_first(self):
        self.assertEqual(self.descent(self.one, self.stacks(None)), 0)
        self.assertEqual(self.descent(self.one, self.stacks(self.aside, "REVIEW_IN_PROGRESS")), 0)
        self.assertEqual(self.descent(self.one, {"Stacks": []}), 0)

    @staticmethod
    def canary(error: str | None) -> dict:
        return {"cloudformation__describe_stack_resource": {"StackResourceDetail": {"PhysicalResourceId": "canary-1"}},
                "lambda__invoke": {"StatusCode": 200, **({"FunctionError": error} if error else {})}}

    def test_what_is_kept_is_deployed_again_with_its_tags_and_parameters_but_at_once_since_an_alarm_would_stop_its_steps(self):
        for template in ("Transform: x\n", {"Transform": "x"}):
            saved = self.release(
                "save", "kept", cloudformation__describe_stacks=self.stacks(self.one), cloudformation__get_template={"TemplateBody": template})
            self.assertEqual(saved.returncode, 0, saved.stderr)
            self.assertIn("Transform", (self.folder / "kept" / "template.yaml").read_text())
        restored = self.release("restore", "kept", cloudformation__deploy="", **self.canary(None))
        self.assertEqual(restored.returncode, 0, restored.stderr)
        (deploy,) = [command for command in self.commands() if command[:2] == ["cloudformation", "deploy"]]
        self.assertEqual(deploy[deploy.index("--tags") + 1:], [f"commit={self.one}", "team=a b"])
        parameters = json.loads((self.folder / deploy[deploy.index("--parameter-overrides") + 1].removeprefix("file://")).read_text())
        self.assertEqual(
            parameters,
            [{"ParameterKey": "Name", "ParameterValue": "x y"}, {"ParameterKey": "GradualDeployment", "ParameterValue": "false"}])

    def test_what_is_deployed_again_is_used_which_ends_the_canary_s_alarm(self):
        self.release("save", "kept", cloudformation__describe_stacks=self.stacks(self.one),
                     cloudformation__get_template={"TemplateBody": "Transform: x"})
        for error, red in ((None, False), ("Unhandled", True)):
            restored = self.release("restore", "kept", cloudformation__deploy="", **self.canary(error))
            self.assertEqual(restored.returncode != 0, red)
            self.assertEqual([command[:2] for command in self.commands()[-3:]],
                             [["cloudformation", "deploy"], ["cloudformation", "describe-stack-resource"], ["lambda", "invoke"]])

    def test_before_the_first_deployment_there_is_nothing_to_go_back_to(self):
        self.assertEqual(self.release("save", "kept", cloudformation__describe_stacks={"Stacks": []}).returncode, 0)
        self.assertNotEqual(self.release("restore", "kept").returncode, 0)

    def test_the_smoke_test_is_red_if_the_canary_is(self):
        for error, red in ((None, False), ("Unhandled", True)):
            self.assertEqual(self.release("smoke-test", **self.canary(error)).returncode != 0, red)
            self.assertIn("canary-1", self.commands()[-1])

    def test_anything_else_is_refused(self):
        self.assertEqual(self.release("deploy").returncode, 2)
