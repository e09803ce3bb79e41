"""The workflows run what others have written: each action is pinned to a commit, which nobody can move."""

import json
import re
import tomllib
import unittest

import yaml

from checks.project import ROOT
from checks.template import source

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


class Workflows(unittest.TestCase):
    def test_every_action_is_pinned_to_a_commit_that_says_its_version(self):
        for file in WORKFLOWS:
            for line in re.findall(r"uses: *(.+)", file.read_text()):
                with self.subTest(f"{file.name}: {line}"):
                    self.assertRegex(line, r"^(\./\.github/workflows/\S+|\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")

    def test_an_action_has_one_version(self):
        pins = {pin for file in WORKFLOWS for pin in re.findall(r"uses: *([^.]\S+@\S+)", file.read_text())}
        self.assertEqual(len(pins), len({pin.partition("@")[0] for pin in pins}), pins)

    def test_nothing_is_permitted_that_a_job_does_not_ask_for(self):
        for file in WORKFLOWS:
            workflow = yaml.safe_load(file.read_text())
            with self.subTest(file.name):
                self.assertEqual(workflow["permissions"], {})
                for name, job in workflow["jobs"].items():
                    self.assertIn(job["permissions"].get("contents"), (None, "read"), name)
                    self.assertLessEqual(set(job["permissions"]), {"contents", "id-token"}, name)

    def test_prod_comes_after_dev_comes_after_the_checks(self):
        jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "pipeline.yml").read_text())["jobs"]
        self.assertEqual({name: job.get("needs") for name, job in jobs.items()}, {"check": None, "dev": "check", "prod": "dev"})
        self.assertIn(".ci/run", [step.get("run") for step in jobs["check"]["steps"]])

    def deployment(self) -> list[dict]:
        return yaml.safe_load((ROOT / ".github" / "workflows" / "deploy.yml").read_text())["jobs"]["deploy"]["steps"]

    def test_a_deployment_is_no_step_back_is_tested_and_is_undone_if_a_test_fails(self):
        steps = [step["run"].split() for step in self.deployment() if "run" in step]
        commands = [" ".join(words[:2]) for words in steps]
        self.assertEqual(
            commands[-6:],
            [".ci/release.sh check-descent", ".ci/release.sh save", "sam deploy", ".ci/release.sh smoke-test", ".ci/contract.sh",
             ".ci/release.sh restore"])
        conditions = {step.get("run", "").split()[0:2][-1]: step["if"] for step in self.deployment() if "if" in step}
        self.assertEqual(
            conditions,
            {".ci/contract.sh": "inputs.environment == 'dev'", "restore": "failure() && steps.deploy.outcome == 'success'"})

    def test_the_contract_suite_leaves_nothing_on_prod(self):
        (contract,) = [step for step in self.deployment() if step.get("run") == ".ci/contract.sh"]
        self.assertEqual(contract["if"], "inputs.environment == 'dev'")

    def test_a_deployment_needs_what_the_bootstrap_template_gives(self):
        bootstrap = source(ROOT / ".github" / "bootstrap.yaml")
        variables = set(re.findall(r"vars\.(\w+)", (ROOT / ".github" / "workflows" / "deploy.yml").read_text()))
        self.assertEqual(variables, {output["Description"].split()[1] for output in bootstrap["Outputs"].values()})
        self.assertEqual(
            bootstrap["Resources"]["DeployRole"]["Properties"]["AssumeRolePolicyDocument"]["Statement"][0]["Condition"],
            {"StringEquals": {
                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                "token.actions.githubusercontent.com:sub": {"Fn::Sub": "repo:${Repository}:environment:${Environment}"}}})

    def test_the_deploying_role_may_invoke_what_the_tests_invoke_and_nothing_else(self):
        bootstrap = json.dumps(source(ROOT / ".github" / "bootstrap.yaml")["Resources"]["DeployRole"])
        scripts = (ROOT / ".ci" / "contract.sh").read_text() + (ROOT / ".ci" / "release.sh").read_text()
        self.assertEqual(set(re.findall(r"-(\w+Function)-\*", bootstrap)), set(re.findall(r"\b(\w+Function)\b", scripts)))

    def test_deployments_look_where_sam_deploys_to(self):
        deploy = (ROOT / ".github" / "workflows" / "deploy.yml").read_text()
        regions = set(re.findall(r"aws-region: *(\S+)", deploy))
        config = tomllib.loads((ROOT / "samconfig.toml").read_text())
        self.assertEqual({config[name]["global"]["parameters"]["region"] for name in ("dev", "prod")}, regions)
