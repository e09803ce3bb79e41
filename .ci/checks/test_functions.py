"""How the functions run."""

import copy
import json
import re
import unittest

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from checks.project import AUTHORIZER, CANARY, EVENT_FUNCTIONS, FUNCTIONS, HOOK, KEY_FUNCTIONS, ROUTES
from checks.template import resources, source, transformed, translated

#: API Gateway gives up on an integration after this many seconds.
GATEWAY_TIMEOUT = 29
#: The alarms that take a release back.
RELEASE_ALARMS = {"ServerErrorsAlarm", "OperationErrorsAlarm", "AuthorizerErrorsAlarm", "CanaryFailedAlarm"}


def version(function: str, template: dict | None = None) -> tuple[str, str | None]:
    """What tells a function's version from another one to CloudFormation: its logical id and its description."""
    (version,) = [
        (name, properties.get("Description"))
        for name, properties in resources("AWS::Lambda::Version", template).items()
        if properties["FunctionName"] == {"Ref": function}
    ]
    return version


def versioned(function: dict) -> dict:
    """The properties that a version holds."""
    return {name: value for name, value in function.items() if name not in ("ReservedConcurrentExecutions", "Tags")}


def another_value(parameter: dict) -> str:
    allowed = [str(value) for value in parameter.get("AllowedValues", ["other", "7"])]
    return next(value for value in reversed(allowed) if value != str(parameter["Default"]))


class Functions(unittest.TestCase):
    def setUp(self):
        self.functions = resources("AWS::Lambda::Function")

    def test_there_are_those_that_the_checks_know(self):
        self.assertEqual(sorted(self.functions), FUNCTIONS)

    def test_they_run_on_java_25_and_unless_told_otherwise_on_arm64(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertEqual((function["Runtime"], function["Architectures"]), ("java25", ["arm64"]))

    def test_when_deployed_they_call_aws(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertFalse([variable for variable in function["Environment"]["Variables"] if "ENDPOINT" in variable])

    def test_each_has_the_handler_of_its_name(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                self.assertEqual(function["Handler"], f"dev.overplane.crm.function.{name}")

    def test_the_live_alias_is_the_newest_version(self):
        versions = resources("AWS::Lambda::Version")
        aliases = resources("AWS::Lambda::Alias")
        for name in self.functions:
            with self.subTest(name):
                alias = aliases[f"{name}Aliaslive"]
                self.assertEqual((alias["Name"], alias["FunctionName"]), ("live", {"Ref": name}))
                version = alias["FunctionVersion"]["Fn::GetAtt"][0]
                self.assertEqual(versions[version]["FunctionName"], {"Ref": name})

    def test_snapstart_is_on_where_a_client_waits(self):
        # The snapshot of a version that nobody has called for 14 days is made anew at the next call, which fails.
        for name, function in self.functions.items():
            with self.subTest(name):
                expected = "None" if name in [*KEY_FUNCTIONS, "VerifyCountsFunction", CANARY, HOOK] else "PublishedVersions"
                self.assertEqual(function.get("SnapStart"), {"ApplyOn": expected})

    def test_a_change_of_configuration_publishes_a_version_too(self):
        changed = copy.deepcopy(source())
        changed["Globals"]["Function"]["MemorySize"] += 1
        self.assertFalse(
            set(resources("AWS::Lambda::Version")) & set(resources("AWS::Lambda::Version", translated(changed))),
            "the live alias would stay with the old configuration, which its snapshot holds")

    def test_another_value_of_a_parameter_publishes_a_version_of_every_function_that_depends_on_it(self):
        # SAM's hash of the properties does not see it: https://github.com/aws/serverless-application-model/issues/3820
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("eu-central-1", "AWS::Lambda::Version").schema
        self.assertIn("/properties/Description", schema["createOnlyProperties"], "another description would not make a version")
        for parameter, definition in source()["Parameters"].items():
            changed = translated(source(), **{parameter: another_value(definition)})
            for name, function in resources("AWS::Lambda::Function", changed).items():
                if versioned(function) != versioned(self.functions[name]):
                    with self.subTest(parameter, function=name):
                        self.assertNotEqual(version(name, changed), version(name))

    def test_a_restored_table_takes_the_place_of_the_stack_s_own(self):
        for parameter, variable in (("SegmentsTableName", "SEGMENTS_TABLE"), ("ApiKeysTableName", "API_KEYS_TABLE")):
            changed = resources("AWS::Lambda::Function", translated(source(), **{parameter: "restored"}))
            users = [name for name, function in self.functions.items() if variable in function["Environment"]["Variables"]]
            self.assertTrue(users)
            for name in users:
                self.assertEqual(changed[name]["Environment"]["Variables"][variable], "restored")

    def test_no_function_holds_a_table_by_reference(self):
        # A reference is the same text before and after the table is replaced: no version would be published, and the live alias
        # would go on with the old one.
        for name, resource in source()["Resources"].items():
            if resource["Type"] == "AWS::Serverless::Function":
                with self.subTest(name):
                    written = json.dumps(resource["Properties"].get("Environment", {}))
                    for table in resources("AWS::DynamoDB::Table"):
                        self.assertNotIn(f'"{table}"', written)

    def test_they_end_before_the_gateway_gives_up(self):
        for name, function in self.functions.items():
            with self.subTest(name):
                if name not in [*EVENT_FUNCTIONS, HOOK]:
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

    def test_the_canary_calls_every_snapshot_long_before_it_goes_inactive(self):
        canary = {"Ref": f"{CANARY}Aliaslive"}
        (rule,) = (rule for rule in resources("AWS::Events::Rule").values() if rule["Targets"][0]["Arn"] == canary)
        self.assertEqual(rule["ScheduleExpression"], "rate(1 hour)")

    def test_traffic_shifts_gradually_to_what_a_request_meets_after_a_check_and_goes_back_when_an_alarm_goes_off(self):
        groups = resources("AWS::CodeDeploy::DeploymentGroup")
        gradual = {*ROUTES.values(), AUTHORIZER}
        self.assertEqual(set(groups), {f"{name}DeploymentGroup" for name in gradual})
        shifting = source()["Parameters"]["TrafficShifting"]["Default"]
        for name, group in groups.items():
            with self.subTest(name):
                self.assertEqual({alarm["Name"]["Ref"] for alarm in group["AlarmConfiguration"]["Alarms"]}, RELEASE_ALARMS)
                self.assertIn("DEPLOYMENT_STOP_ON_ALARM", group["AutoRollbackConfiguration"]["Events"])
                text, values = group["DeploymentConfigName"]["Fn::Sub"]
                self.assertEqual(re.sub(r"\${(\w+)}", lambda name: values[name[1]], text), f"CodeDeployDefault.Lambda{shifting}")
        for name, resource in transformed()["Resources"].items():
            if resource["Type"] == "AWS::Lambda::Alias":
                with self.subTest(name):
                    policy = resource.get("UpdatePolicy", {}).get("CodeDeployLambdaAliasUpdate", {})
                    expected = {"Ref": HOOK} if name.removesuffix("Aliaslive") in gradual else None
                    self.assertEqual(policy.get("BeforeAllowTrafficHook"), expected)

    def test_by_parameter_new_versions_get_all_traffic_at_once(self):
        template = translated(source(), GradualDeployment="false")
        self.assertFalse([name for name, one in template["Resources"].items() if one["Type"].startswith("AWS::CodeDeploy")])
        self.assertFalse([name for name, one in template["Resources"].items() if "UpdatePolicy" in one])

    def test_the_check_before_traffic_uses_the_versions_that_the_aliases_are_about_to_get(self):
        aliases = resources("AWS::Lambda::Alias")
        newest = {aliases[f"{name}Aliaslive"]["FunctionVersion"]["Fn::GetAtt"][0] for name in {*ROUTES.values(), AUTHORIZER}}
        variables = self.functions[HOOK]["Environment"]["Variables"]
        self.assertEqual({value["Ref"] for value in variables.values() if isinstance(value, dict) and value["Ref"] != "AWS::StackName"}, newest)

    def test_no_alarm_that_takes_a_release_back_waits_for_the_api(self):
        # The API refers to the aliases, and these to the alarms: CloudFormation would find a circle.
        for name in RELEASE_ALARMS:
            self.assertNotIn('"Api', json.dumps(resources("AWS::CloudWatch::Alarm")[name]).replace("AWS/ApiGateway", "").replace('"ApiName"', ""))

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
        for name, resource in source()["Resources"].items():
            if resource["Type"] == "AWS::Serverless::Function":
                for variable, value in resource["Properties"]["Environment"]["Variables"].items():
                    with self.subTest(name, variable=variable):
                        self.assertIsInstance(value, dict, "it is written in the template, rather than referred to")
