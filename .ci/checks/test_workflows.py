"""The workflows run what others have written: each action is pinned to a commit, which nobody can move."""

import re
import tomllib
import unittest

import yaml

from checks.project import ROOT

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

    def test_deployments_look_where_sam_deploys_to(self):
        deploy = (ROOT / ".github" / "workflows" / "deploy.yml").read_text()
        regions = set(re.findall(r"aws-region: *(\S+)", deploy))
        config = tomllib.loads((ROOT / "samconfig.toml").read_text())
        self.assertEqual({config[name]["global"]["parameters"]["region"] for name in ("dev", "prod")}, regions)
