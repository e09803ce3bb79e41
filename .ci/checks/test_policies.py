"""What holds for every role. That each function may do what it does and nothing else, `test_run` proves by running it."""

import unittest

from checks.project import AUTHORIZER, CANARY, FUNCTIONS, KEY_FUNCTIONS
from checks.template import granted, resources, table, table_ids, transformed

#: Writing its logs and its traces.
MANAGED_POLICIES = {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"}


class Policies(unittest.TestCase):
    def test_every_function_has_a_role_of_its_own_and_there_is_no_other_role(self):
        self.assertEqual(sorted(resources("AWS::IAM::Role")), sorted(f"{name}Role" for name in FUNCTIONS))
        for name, function in resources("AWS::Lambda::Function").items():
            with self.subTest(name):
                self.assertEqual(function["Role"], {"Fn::GetAtt": [f"{name}Role", "Arn"]})

    def test_managed_policies_are_for_logs_and_traces_only(self):
        for name, role in resources("AWS::IAM::Role").items():
            with self.subTest(name):
                self.assertEqual({arn.rsplit("/", 1)[-1] for arn in role["ManagedPolicyArns"]}, MANAGED_POLICIES)

    def test_only_lambda_may_assume_the_roles(self):
        for name, role in resources("AWS::IAM::Role").items():
            with self.subTest(name):
                (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
                self.assertEqual(statement["Principal"], {"Service": ["lambda.amazonaws.com"]})

    def test_no_policy_has_a_wildcard(self):
        for function in FUNCTIONS:
            for action, resource in granted(function):
                with self.subTest(function):
                    self.assertNotIn("*", action + resource, f"{function} has a wildcard: {action} on {resource}")

    def test_only_the_authorizer_the_key_functions_and_the_canary_touch_the_keys(self):
        users = {function for function in FUNCTIONS for _, resource in granted(function) if table(resource) == "ApiKeysTable"}
        self.assertEqual(users, {AUTHORIZER, *KEY_FUNCTIONS, CANARY})

    def test_a_function_knows_the_tables_that_it_may_use_and_no_other(self):
        tables = table_ids()
        for name, function in resources("AWS::Lambda::Function").items():
            with self.subTest(name):
                values = function["Environment"]["Variables"].values()
                known = {tables[value] for value in values if isinstance(value, str) and value in tables}
                self.assertEqual(known, {table(resource) for _, resource in granted(name)})

    def test_there_are_no_policies_beside_the_roles(self):
        kinds = {resource["Type"] for resource in transformed()["Resources"].values()}
        self.assertFalse({kind for kind in kinds if kind.startswith("AWS::IAM::")} - {"AWS::IAM::Role"})
