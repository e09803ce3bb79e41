"""What holds for every role. That each function may do what it does and nothing else, `test_run` proves by running it."""

import unittest

from checks.project import AUTHORIZER, CANARY, FUNCTIONS, HOOK, KEY_FUNCTIONS, ROUTES
from checks.template import granted, resources, table, table_ids, transformed

#: Writing its logs and its traces.
MANAGED_POLICIES = {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"}


#: Finds the accounts by their keys.
VERIFIER = "VerifyCountsFunction"
#: EventBridge's, which may send change events to the webhook.
WEBHOOK_ROLE = "WebhookRole"
#: CodeDeploy's, which shifts the aliases.
DEPLOYMENT_ROLE = "DeploymentRole"
#: API Gateway's, which writes the access log.
LOG_ROLE = "ApiGatewayLogRole"


def function_roles() -> dict[str, dict]:
    return {name: role for name, role in resources("AWS::IAM::Role").items() if name not in (WEBHOOK_ROLE, DEPLOYMENT_ROLE, LOG_ROLE)}


class Policies(unittest.TestCase):
    def test_every_function_has_a_role_of_its_own(self):
        self.assertEqual(sorted(function_roles()), sorted(f"{name}Role" for name in FUNCTIONS))
        for name, function in resources("AWS::Lambda::Function").items():
            with self.subTest(name):
                self.assertEqual(function["Role"], {"Fn::GetAtt": [f"{name}Role", "Arn"]})

    def test_managed_policies_are_for_logs_and_traces_only(self):
        for name, role in function_roles().items():
            with self.subTest(name):
                self.assertEqual({arn.rsplit("/", 1)[-1] for arn in role["ManagedPolicyArns"]}, MANAGED_POLICIES)

    def test_only_lambda_may_assume_the_roles(self):
        for name, role in function_roles().items():
            with self.subTest(name):
                (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
                self.assertEqual(statement["Principal"], {"Service": ["lambda.amazonaws.com"]})

    def test_no_policy_has_a_wildcard(self):
        for function in FUNCTIONS:
            for action, resource in granted(function):
                if action == "codedeploy:PutLifecycleEventHookExecutionStatus":
                    continue
                with self.subTest(function):
                    self.assertNotIn("*", action + resource, f"{function} has a wildcard: {action} on {resource}")

    def test_only_the_authorizer_the_key_functions_the_verifier_and_the_canary_touch_the_keys(self):
        users = {function for function in FUNCTIONS for _, resource in granted(function) if table(resource) == "ApiKeysTable"}
        self.assertEqual(users, {AUTHORIZER, *KEY_FUNCTIONS, VERIFIER, CANARY})

    def test_the_verifier_sees_accounts_and_no_hash_of_a_key(self):
        self.assertEqual(
            {(action, resource) for action, resource in granted(VERIFIER) if table(resource) == "ApiKeysTable"},
            {("dynamodb:Scan", "ApiKeysTable/index/by_account")})

    def test_a_function_knows_the_tables_that_it_may_use_and_no_other(self):
        tables = table_ids()
        for name, function in resources("AWS::Lambda::Function").items():
            with self.subTest(name):
                values = function["Environment"]["Variables"].values()
                known = {tables[value] for value in values if isinstance(value, str) and value in tables}
                self.assertEqual(known, {table(resource) for _, resource in granted(name)} & set(tables.values()))

    def test_eventbridge_may_call_the_webhook_and_nothing_else(self):
        role = resources("AWS::IAM::Role")[WEBHOOK_ROLE]
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        self.assertEqual(trust["Principal"], {"Service": "events.amazonaws.com"})
        (policy,) = role["Policies"]
        (statement,) = policy["PolicyDocument"]["Statement"]
        self.assertEqual(
            (statement["Action"], statement["Resource"]),
            ("events:InvokeApiDestination", {"Fn::GetAtt": ["WebhookDestination", "Arn"]}))
        self.assertNotIn("ManagedPolicyArns", role)

    def test_api_gateway_may_write_logs_and_nothing_else(self):
        role = resources("AWS::IAM::Role")[LOG_ROLE]
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        self.assertEqual(trust["Principal"], {"Service": "apigateway.amazonaws.com"})
        (policy,) = role["ManagedPolicyArns"]
        self.assertTrue(str(policy).endswith("AmazonAPIGatewayPushToCloudWatchLogs'}"), policy)
        self.assertNotIn("Policies", role)

    def test_the_hook_may_invoke_the_versions_that_it_checks_and_report_to_this_stack_s_deployments(self):
        versions = {str({"Ref": name}) for name, properties in resources("AWS::Lambda::Version").items()
                    if properties["FunctionName"]["Ref"] in {*ROUTES.values(), AUTHORIZER}}
        invoked = {resource for action, resource in granted(HOOK) if action == "lambda:InvokeFunction"}
        self.assertEqual(invoked, versions)
        (reported,) = [resource for action, resource in granted(HOOK) if action != "lambda:InvokeFunction"]
        self.assertIn(":deploymentgroup:${AWS::StackName}-ServerlessDeploymentApplication-*/*", reported)

    def test_codedeploy_may_shift_the_aliases_call_the_hook_and_read_alarms(self):
        role = resources("AWS::IAM::Role")[DEPLOYMENT_ROLE]
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        self.assertEqual(trust["Principal"], {"Service": "codedeploy.amazonaws.com"})
        self.assertNotIn("ManagedPolicyArns", role)
        (policy,) = role["Policies"]
        shift, invoke, read = policy["PolicyDocument"]["Statement"]
        self.assertEqual(shift["Action"], ["lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig", "lambda:UpdateAlias"])
        gradual = {*ROUTES.values(), AUTHORIZER}
        self.assertEqual(len(shift["Resource"]), 2 * len(gradual))
        for name in gradual:
            self.assertIn({"Fn::GetAtt": [name, "Arn"]}, shift["Resource"])
            self.assertIn({"Fn::Sub": f"${{{name}.Arn}}:live"}, shift["Resource"])
        self.assertEqual((invoke["Action"], invoke["Resource"]), (["lambda:InvokeFunction"], {"Fn::GetAtt": [HOOK, "Arn"]}))
        self.assertEqual(read["Action"], ["cloudwatch:DescribeAlarms"])

    def test_the_publisher_may_do_what_it_and_its_mapping_do(self):
        stream = str({"Fn::GetAtt": ["SegmentsTable", "StreamArn"]})
        self.assertEqual(
            granted("PublishChangesFunction"),
            {("events:PutEvents", "EventBus"), ("sqs:SendMessage", "FailedChangesQueue"),
             *((f"dynamodb:{action}", stream) for action in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"))})

    def test_queues_take_messages_from_their_own_rule_alone(self):
        for name, policy in resources("AWS::SQS::QueuePolicy").items():
            with self.subTest(name):
                (queue,) = policy["Queues"]
                (statement,) = policy["PolicyDocument"]["Statement"]
                self.assertEqual(statement["Resource"], {"Fn::GetAtt": [queue["Ref"], "Arn"]})
                self.assertTrue(statement["Condition"]["ArnEquals"]["aws:SourceArn"]["Fn::GetAtt"][0].endswith("Rule"))

    def test_there_are_no_policies_beside_the_roles(self):
        kinds = {resource["Type"] for resource in transformed()["Resources"].values()}
        self.assertFalse({kind for kind in kinds if kind.startswith("AWS::IAM::")} - {"AWS::IAM::Role"})
