"""How `sam` deploys each environment. SAM CLI passes over what it does not know in samconfig.toml, so this does not."""

import tomllib
import unittest

from samcli.commands.build.command import cli as build
from samcli.commands.deploy.command import cli as deploy
from samcli.commands.local.invoke.cli import cli as local_invoke
from samcli.commands.local.start_api.cli import cli as local_start_api
from samcli.commands.validate.validate import cli as validate

from checks.project import ROOT
from checks.template import source

COMMANDS = {
    "build": build, "deploy": deploy, "local_invoke": local_invoke, "local_start_api": local_start_api, "validate": validate}
ENVIRONMENTS = ["dev", "staging", "prod"]


class SamConfig(unittest.TestCase):
    def setUp(self):
        self.config = tomllib.loads((ROOT / "samconfig.toml").read_text())

    def deployment(self, environment: str) -> dict:
        return self.config[environment]["deploy"]["parameters"]

    def overrides(self, environment: str) -> dict[str, str]:
        return dict(pair.split("=") for pair in self.deployment(environment)["parameter_overrides"].split())

    def test_the_environments_are_these_and_default_is_dev(self):
        self.assertEqual(sorted(self.config), sorted(["version", "default", *ENVIRONMENTS]))
        self.assertEqual(self.config["default"], self.config["dev"])

    def test_every_setting_is_one_that_the_command_has(self):
        known = {name: {parameter.name for parameter in command.params} for name, command in COMMANDS.items()}
        known["global"] = set.intersection(*known.values())
        for environment in ENVIRONMENTS:
            for command, section in self.config[environment].items():
                with self.subTest(environment, command=command):
                    self.assertEqual(list(section), ["parameters"])
                    self.assertFalse(set(section["parameters"]) - known[command])

    def test_each_has_a_stack_of_its_own_with_tags_that_say_so(self):
        for environment in ENVIRONMENTS:
            with self.subTest(environment):
                deployment = self.deployment(environment)
                self.assertEqual(deployment["stack_name"], f"market-segment-{environment}")
                self.assertEqual(deployment["tags"], f"service=market-segment stage={environment}")
                self.assertEqual(deployment["capabilities"], "CAPABILITY_IAM")
                self.assertIs(deployment["resolve_s3"], True)
                self.assertIn("region", self.config[environment]["global"]["parameters"])

    def test_parameters_are_the_template_s_and_have_values_that_it_allows(self):
        parameters = source()["Parameters"]
        for environment in ENVIRONMENTS:
            for name, value in self.overrides(environment).items():
                with self.subTest(environment, parameter=name):
                    self.assertIn(name, parameters)
                    allowed = parameters[name].get("AllowedValues")
                    if allowed:
                        self.assertIn(value, [str(one) for one in allowed])

    def test_only_development_data_may_be_deleted(self):
        self.assertEqual(
            {environment: self.overrides(environment)["TableDeletionProtection"] for environment in ENVIRONMENTS},
            {"dev": "false", "staging": "true", "prod": "true"})

    def test_only_development_gets_new_versions_all_at_once(self):
        self.assertEqual(
            {environment: self.overrides(environment)["GradualDeployment"] for environment in ENVIRONMENTS},
            {"dev": "false", "staging": "true", "prod": "true"})

    def test_production_asks_before_it_changes_anything(self):
        self.assertIs(self.deployment("prod")["confirm_changeset"], True)
