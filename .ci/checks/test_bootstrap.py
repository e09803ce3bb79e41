"""The role with which CloudFormation works may make what the template has, in its own environment. That AWS asks for these actions is from its
documentation; no call has been made."""

import re
import unittest
from fnmatch import fnmatchcase

from checks.project import ROOT
from checks.template import source, transformed

STACK = "market-segment-dev"
PSEUDO = {"AWS::Partition": "aws", "AWS::Region": "eu-central-1", "AWS::AccountId": "111122223333", "Environment": "dev"}

FUNCTION = f"lambda:eu-central-1:111122223333:function:{STACK}-CanaryFunction-X"
API = "apigateway:eu-central-1::/restapis"
DOMAINS = "apigateway:eu-central-1::/domainnames"
WEB_ACL = "wafv2:eu-central-1:111122223333:regional/webacl/RateLimitingWebAcl-X/1"

#: For each type, the call that makes one, and on what.
CALLS = {
    "AWS::ApiGateway::Account": ("apigateway:PATCH", "apigateway:eu-central-1::/account"),
    "AWS::ApiGateway::BasePathMapping": ("apigateway:POST", f"{DOMAINS}/api.example.com/basepathmappings"),
    "AWS::ApiGateway::Deployment": ("apigateway:POST", f"{API}/x/deployments"),
    "AWS::ApiGateway::DomainName": ("apigateway:POST", DOMAINS),
    "AWS::ApiGateway::RestApi": ("apigateway:POST", API),
    "AWS::ApiGateway::Stage": ("apigateway:POST", f"{API}/x/stages"),
    "AWS::CloudWatch::Alarm": ("cloudwatch:PutMetricAlarm", f"cloudwatch:eu-central-1:111122223333:alarm:{STACK}-ServerErrorsAlarm-X"),
    "AWS::CloudWatch::Dashboard": ("cloudwatch:PutDashboard", f"cloudwatch::111122223333:dashboard/{STACK}"),
    "AWS::CloudWatch::InsightRule": (
        "cloudwatch:PutInsightRule", f"cloudwatch:eu-central-1:111122223333:insight-rule/{STACK}-requests-by-account"),
    "AWS::CodeDeploy::Application": (
        "codedeploy:CreateApplication", f"codedeploy:eu-central-1:111122223333:application:{STACK}-ServerlessDeploymentApplication-X"),
    "AWS::CodeDeploy::DeploymentGroup": (
        "codedeploy:CreateDeploymentGroup",
        f"codedeploy:eu-central-1:111122223333:deploymentgroup:{STACK}-ServerlessDeploymentApplication-X/{STACK}-Group-X"),
    "AWS::DynamoDB::Table": ("dynamodb:CreateTable", f"dynamodb:eu-central-1:111122223333:table/{STACK}-segments"),
    "AWS::Events::ApiDestination": ("events:CreateApiDestination", "events:eu-central-1:111122223333:api-destination/WebhookDestination-X"),
    "AWS::Events::Archive": ("events:CreateArchive", "events:eu-central-1:111122223333:archive/ChangeArchive-X"),
    "AWS::Events::Connection": ("events:CreateConnection", "events:eu-central-1:111122223333:connection/WebhookConnection-X"),
    "AWS::Events::EventBus": ("events:CreateEventBus", f"events:eu-central-1:111122223333:event-bus/{STACK}-changes"),
    "AWS::Events::Rule": ("events:PutRule", f"events:eu-central-1:111122223333:rule/{STACK}-CanaryFunctionHourly-X"),
    "AWS::IAM::Role": ("iam:CreateRole", f"iam::111122223333:role/{STACK}-CanaryFunctionRole-X"),
    "AWS::Lambda::Alias": ("lambda:CreateAlias", FUNCTION),
    "AWS::Lambda::EventSourceMapping": ("lambda:CreateEventSourceMapping", "lambda:eu-central-1:111122223333:event-source-mapping:x"),
    "AWS::Lambda::Function": ("lambda:CreateFunction", FUNCTION),
    "AWS::Lambda::Permission": ("lambda:AddPermission", FUNCTION),
    "AWS::Lambda::Version": ("lambda:PublishVersion", FUNCTION),
    "AWS::Logs::LogGroup": ("logs:CreateLogGroup", f"logs:eu-central-1:111122223333:log-group:/{STACK}/functions"),
    "AWS::Logs::MetricFilter": ("logs:PutMetricFilter", f"logs:eu-central-1:111122223333:log-group:/{STACK}/access"),
    "AWS::Route53::RecordSet": ("route53:ChangeResourceRecordSets", "route53:::hostedzone/Z1"),
    "AWS::SQS::Queue": ("sqs:CreateQueue", f"sqs:eu-central-1:111122223333:{STACK}-FailedChangesQueue-X"),
    "AWS::SQS::QueuePolicy": ("sqs:SetQueueAttributes", f"sqs:eu-central-1:111122223333:{STACK}-FailedChangesQueue-X"),
    "AWS::WAFv2::WebACL": ("wafv2:CreateWebACL", WEB_ACL),
    "AWS::WAFv2::WebACLAssociation": ("wafv2:AssociateWebACL", WEB_ACL),
}

#: What CloudFormation asks of all that an account has, to see what it has made.
LISTS = {
    "cloudwatch:DescribeAlarms": "cloudwatch:eu-central-1:111122223333:alarm:*",
    "cloudwatch:DescribeInsightRules": "*",
    "codedeploy:GetDeploymentConfig": "codedeploy:eu-central-1:111122223333:deploymentconfig:CodeDeployDefault.LambdaAllAtOnce",
    "logs:DescribeLogGroups": "logs:eu-central-1:111122223333:log-group::log-stream:",
}


def statements() -> list[dict]:
    role = source(ROOT / ".github" / "bootstrap.yaml")["Resources"]["CloudFormationRole"]
    return [statement for policy in role["Properties"]["Policies"] for statement in policy["PolicyDocument"]["Statement"]]


def filled(resource) -> str:
    match resource:
        case {"Fn::Sub": str(text)}:
            return re.sub(r"\${([^}]+)}", lambda name: PSEUDO[name[1]], text)
        case _:
            return str(resource)


def allowed(action: str, resource: str) -> bool:
    return any(
        statement["Effect"] == "Allow"
        and any(fnmatchcase(action, pattern) for pattern in listed(statement["Action"]))
        and any(fnmatchcase(f"arn:aws:{resource}", filled(pattern)) for pattern in listed(statement["Resource"]))
        for statement in statements())


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


class Bootstrap(unittest.TestCase):
    def test_cloudformation_may_make_every_type_that_the_template_has(self):
        self.assertEqual({resource["Type"] for resource in transformed()["Resources"].values()}, set(CALLS))
        for kind, (action, resource) in CALLS.items():
            with self.subTest(kind):
                self.assertTrue(allowed(action, resource), f"{action} on {resource}")

    def test_it_may_make_nothing_of_another_environment_where_a_name_tells_them_apart(self):
        for kind, (action, resource) in CALLS.items():
            if STACK in resource:
                with self.subTest(kind):
                    self.assertFalse(allowed(action, resource.replace(STACK, "market-segment-prod")))

    def test_it_may_ask_what_there_is(self):
        for action, resource in LISTS.items():
            with self.subTest(action):
                self.assertTrue(allowed(action, resource), f"{action} on {resource}")
