"""Least privilege: what each function may do, and nothing else."""

import unittest

from checks.project import AUTHORIZER, FUNCTIONS, KEY_FUNCTIONS
from checks.template import granted, resources, transformed

POLICIES = {
    "CreateMarketSegmentFunction": {
        "SegmentsTable": {"PutItem", "UpdateItem"},
        "IdempotencyTable": {"PutItem"},
    },
    "RetrieveMarketSegmentFunction": {"SegmentsTable": {"GetItem"}},
    "ListMarketSegmentsFunction": {
        "SegmentsTable": {"Query"},
        "SegmentsTable/index/by_created_at": {"Query"},
    },
    "UpdateMarketSegmentFunction": {"SegmentsTable": {"GetItem", "UpdateItem"}},
    "DeleteMarketSegmentFunction": {"SegmentsTable": {"DeleteItem", "UpdateItem"}},
    "AuthorizeFunction": {"ApiKeysTable": {"GetItem"}},
    "IssueApiKeyFunction": {"ApiKeysTable": {"PutItem"}},
    "ListApiKeysFunction": {"ApiKeysTable/index/by_account": {"Query"}},
    "RevokeApiKeyFunction": {"ApiKeysTable": {"UpdateItem"}},
}

#: Writing its logs and its traces.
MANAGED_POLICIES = {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"}


class Policies(unittest.TestCase):
    def test_every_function_has_a_role_of_its_own_and_there_is_no_other_role(self):
        self.assertEqual(sorted(resources("AWS::IAM::Role")), sorted(f"{name}Role" for name in FUNCTIONS))
        for name, function in resources("AWS::Lambda::Function").items():
            with self.subTest(name):
                self.assertEqual(function["Role"], {"Fn::GetAtt": [f"{name}Role", "Arn"]})

    def test_a_function_may_do_exactly_what_the_table_says(self):
        for function in FUNCTIONS:
            with self.subTest(function):
                wanted = {
                    (f"dynamodb:{action}", resource)
                    for resource, actions in POLICIES[function].items()
                    for action in actions
                }
                allowed = granted(function)
                lacking = ", ".join(f"{action} on {resource}" for action, resource in sorted(wanted - allowed))
                surplus = ", ".join(f"{action} on {resource}" for action, resource in sorted(allowed - wanted))
                self.assertFalse(lacking, f"{function} may no longer do: {lacking}")
                self.assertFalse(surplus, f"{function} may do more than it needs: {surplus}")

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

    def test_only_create_touches_the_idempotency_table(self):
        self.assertEqual(self.users_of("IdempotencyTable"), {"CreateMarketSegmentFunction"})

    def test_only_the_authorizer_and_the_key_functions_touch_the_keys(self):
        self.assertEqual(self.users_of("ApiKeysTable"), {AUTHORIZER, *KEY_FUNCTIONS})

    def test_there_are_no_policies_beside_the_roles(self):
        kinds = {resource["Type"] for resource in transformed()["Resources"].values()}
        self.assertFalse({kind for kind in kinds if kind.startswith("AWS::IAM::")} - {"AWS::IAM::Role"})

    @staticmethod
    def users_of(table: str) -> set[str]:
        return {
            function
            for function in FUNCTIONS
            for _, resource in granted(function)
            if resource.split("/")[0] == table
        }
