"""How the functions run."""

import copy
import unittest

from checks.project import FUNCTIONS, ROUTES
from checks.template import resources, source, translated

#: API Gateway gives up on an integration after this many seconds.
GATEWAY_TIMEOUT = 29


class Functions(unittest.TestCase):
    def setUp(self):
        self.functions = resources("AWS::Lambda::Function")

    def test_there_is_one_per_operation_one_authorizer_and_three_for_keys(self):
        self.assertEqual(sorted(self.functions), FUNCTIONS)

    def test_they_run_on_java_25_and_unless_told_otherwise_on_arm64(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertEqual((function["Runtime"], function["Architectures"]), ("java25", ["arm64"]))

    def test_when_deployed_they_call_the_dynamodb_of_aws(self):
        self.assertEqual(source()["Parameters"]["DynamoDbEndpoint"]["Default"], "")
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertEqual(
                    function["Environment"]["Variables"]["AWS_ENDPOINT_URL_DYNAMODB"],
                    {"Fn::If": ["HasDynamoDbEndpoint", "", {"Ref": "AWS::NoValue"}]})

    def test_each_has_the_handler_of_its_name(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertEqual(function["Handler"], f"dev.overplane.crm.function.{name}::handleRequest")

    def test_snapstart_is_on_and_the_live_alias_is_the_version_that_it_snapshots(self):
        versions = resources("AWS::Lambda::Version")
        aliases = resources("AWS::Lambda::Alias")
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertEqual(function.get("SnapStart"), {"ApplyOn": "PublishedVersions"})
                alias = aliases[f"{name}Aliaslive"]
                self.assertEqual((alias["Name"], alias["FunctionName"]), ("live", {"Ref": name}))
                version = alias["FunctionVersion"]["Fn::GetAtt"][0]
                self.assertEqual(versions[version]["FunctionName"], {"Ref": name})

    def test_a_change_of_configuration_publishes_a_version_too(self):
        changed = copy.deepcopy(source())
        changed["Globals"]["Function"]["MemorySize"] += 1
        self.assertFalse(
            set(resources("AWS::Lambda::Version")) & set(resources("AWS::Lambda::Version", translated(changed))),
            "the live alias would stay with the old configuration, which its snapshot holds")

    def test_they_end_before_the_gateway_gives_up(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertLess(function["Timeout"], GATEWAY_TIMEOUT)

    def test_they_are_traced(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertEqual(function.get("TracingConfig"), {"Mode": "Active"})

    def test_they_log_json_to_the_one_log_group(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                logging = function.get("LoggingConfig", {})
                self.assertEqual(logging.get("LogFormat"), "JSON")
                self.assertEqual(logging.get("LogGroup"), {"Ref": "FunctionsLogGroup"})

    def test_they_know_the_tables_that_they_use_and_hold_no_secret(self):
        tables = {
            "SEGMENTS_TABLE": {"Ref": "SegmentsTable"},
            "IDEMPOTENCY_TABLE": {"Ref": "IdempotencyTable"},
            "API_KEYS_TABLE": {"Ref": "ApiKeysTable"},
        }
        for name, function in self.functions.items():
            with self.subTest(name):
                wanted = (
                    {"SEGMENTS_TABLE", "IDEMPOTENCY_TABLE"} if name == "CreateMarketSegmentFunction"
                    else {"SEGMENTS_TABLE"} if name in ROUTES.values()
                    else {"API_KEYS_TABLE"})
                variables = function["Environment"]["Variables"]
                self.assertEqual({key: variables.get(key) for key in wanted}, {key: tables[key] for key in wanted})
                self.assertFalse(set(variables) & (set(tables) - wanted), "it knows a table that it has no business with")
