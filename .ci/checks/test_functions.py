"""How the functions run."""

import copy
import unittest

from checks.project import EVENT_FUNCTIONS, FUNCTIONS
from checks.template import resources, source, translated

#: API Gateway gives up on an integration after this many seconds.
GATEWAY_TIMEOUT = 29


class Functions(unittest.TestCase):
    def setUp(self):
        self.functions = resources("AWS::Lambda::Function")

    def test_there_are_those_that_the_checks_know(self):
        self.assertEqual(sorted(self.functions), FUNCTIONS)

    def test_they_run_on_java_25_and_arm64(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertEqual((function["Runtime"], function["Architectures"]), ("java25", ["arm64"]))

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
                if name not in EVENT_FUNCTIONS:
                    self.assertLess(function["Timeout"], GATEWAY_TIMEOUT)

    def test_the_publisher_gets_changes_of_segments_in_order_and_gives_up_only_what_it_must(self):
        (mapping,) = resources("AWS::Lambda::EventSourceMapping").values()
        self.assertEqual(mapping["EventSourceArn"], {"Fn::GetAtt": ["SegmentsTable", "StreamArn"]})
        self.assertEqual(mapping["FunctionName"], {"Ref": "PublishChangesFunctionAliaslive"})
        self.assertEqual(mapping["StartingPosition"], "TRIM_HORIZON")
        self.assertEqual(mapping["FunctionResponseTypes"], ["ReportBatchItemFailures"])
        self.assertIs(mapping["BisectBatchOnFunctionError"], True)
        self.assertGreaterEqual(mapping["MaximumRetryAttempts"], 5)
        self.assertEqual(mapping["MaximumRecordAgeInSeconds"], 24 * 60 * 60)
        self.assertEqual(mapping["DestinationConfig"]["OnFailure"]["Destination"], {"Fn::GetAtt": ["FailedChangesQueue", "Arn"]})
        self.assertEqual(
            resources("AWS::DynamoDB::Table")["SegmentsTable"]["StreamSpecification"],
            {"StreamViewType": "NEW_AND_OLD_IMAGES"})

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

    def test_they_hold_no_secret(self):
        for name in FUNCTIONS:
            for variable, value in source()["Resources"][name]["Properties"]["Environment"]["Variables"].items():
                with self.subTest(name, variable=variable):
                    self.assertIsInstance(value, dict, "it is written in the template, rather than referred to")
