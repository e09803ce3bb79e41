"""The API: its routes, its authorizer, and what the gateway answers by itself."""

import json
import re
import unittest

from checks.project import AUTHORIZER, CANARY, KEY_FUNCTIONS, ROUTES
from checks.template import resources, source, transformed, translated

INTERNAL = (500, "api_error", "internal_error")
KEY_INVALID = (401, "authentication_error", "api_key_invalid")
ROUTE_UNKNOWN = (404, "invalid_request_error", "route_unknown")
RATE_LIMITED = (429, "rate_limit_error", "rate_limited")

#: Every type that API Gateway has, with status, error type and code. No status: that of the fault stays as it is.
GATEWAY_RESPONSES = {
    "ACCESS_DENIED": KEY_INVALID,
    "API_CONFIGURATION_ERROR": INTERNAL,
    "AUTHORIZER_CONFIGURATION_ERROR": INTERNAL,
    "AUTHORIZER_FAILURE": (503, "api_error", "store_unavailable"),
    "BAD_REQUEST_BODY": (400, "invalid_request_error", "body_invalid"),
    "BAD_REQUEST_PARAMETERS": (400, "invalid_request_error", "parameter_invalid"),
    "DEFAULT_4XX": (None, "invalid_request_error", "parameter_invalid"),
    "DEFAULT_5XX": (None, "api_error", "internal_error"),
    "EXPIRED_TOKEN": KEY_INVALID,
    "INTEGRATION_FAILURE": (503, "api_error", "service_unavailable"),
    "INTEGRATION_TIMEOUT": (504, "api_error", "timeout"),
    "INVALID_API_KEY": KEY_INVALID,
    "INVALID_SIGNATURE": KEY_INVALID,
    "MISSING_AUTHENTICATION_TOKEN": ROUTE_UNKNOWN,
    "QUOTA_EXCEEDED": RATE_LIMITED,
    "REQUEST_TOO_LARGE": (413, "invalid_request_error", "body_too_large"),
    "RESOURCE_NOT_FOUND": ROUTE_UNKNOWN,
    "THROTTLED": RATE_LIMITED,
    "UNAUTHORIZED": (401, "authentication_error", "api_key_missing"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "invalid_request_error", "content_type_unsupported"),
    "WAF_FILTERED": (400, "invalid_request_error", "parameter_invalid"),
}


#: What the definition says where only the domain serves the API.
ENDPOINT_OFF = {"x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": True}}


def api() -> dict:
    (properties,) = resources("AWS::ApiGateway::RestApi").values()
    return properties


ANY = "x-amazon-apigateway-any-method"

#: Paths that lead nowhere: the root, the steps towards the collection, and all others.
UNKNOWN = ["/", "/api", "/api/crm", "/{proxy+}"]

#: The mock integrations, by path, with status and code.
REFUSALS = {**dict.fromkeys(UNKNOWN, (404, "route_unknown")), **{path: (405, "method_not_allowed") for _, path in ROUTES}}


def methods() -> dict[tuple[str, str], dict]:
    return {
        (method, path): operation
        for path, operations in api()["Body"]["paths"].items()
        for method, operation in operations.items()
    }


def predecessors(resource: dict) -> set[str]:
    """What CloudFormation makes before that resource."""
    found: set[str] = set()
    waiting = [resource]
    while waiting:
        names = referred(waiting.pop()) & set(transformed()["Resources"]) - found
        found |= names
        waiting += [transformed()["Resources"][name] for name in names]
    return found


def referred(node) -> set[str]:
    """The names that a resource depends on, by DependsOn or by reference."""
    match node:
        case {"Ref": str(name)}:
            return {name}
        case {"Fn::GetAtt": [name, *_]}:
            return {name}
        case dict():
            names = set().union(*(referred(value) for value in node.values()))
            depends = node.get("DependsOn", [])
            names |= {depends} if isinstance(depends, str) else set(depends)
            if "Fn::Sub" in node:
                names |= set(re.findall(r"\$\{(\w+)", json.dumps(node["Fn::Sub"])))
            return names
        case list():
            return set().union(*map(referred, node))
        case _:
            return set()


class Routes(unittest.TestCase):
    def routes(self) -> dict[tuple[str, str], dict]:
        return {route: operation for route, operation in methods().items() if route[0] != ANY}

    def test_the_routes_are_those_of_the_contract(self):
        self.assertEqual(sorted(self.routes()), sorted(ROUTES))

    def test_every_route_wants_a_key(self):
        for (method, path), operation in self.routes().items():
            with self.subTest(f"{method} {path}"):
                self.assertEqual(
                    operation.get("security"),
                    [{"ApiKeyAuthorizer": []}],
                    f"{method.upper()} {path} is open to everyone: it is without the authorizer",
                )

    def test_every_route_calls_the_live_alias_of_its_function(self):
        for route, operation in self.routes().items():
            with self.subTest(route):
                integration = operation["x-amazon-apigateway-integration"]
                self.assertEqual(integration["type"], "aws_proxy")
                self.assertIn(f"/functions/${{{ROUTES[route]}Aliaslive}}/", integration["uri"]["Fn::Sub"])

    def test_the_gateway_may_invoke_each_route_s_function_on_that_route_alone(self):
        permissions = resources("AWS::Lambda::Permission").values()
        for (method, path), function in ROUTES.items():
            with self.subTest(function):
                own = [p for p in permissions if p["FunctionName"] == {"Ref": f"{function}Aliaslive"}]
                self.assertEqual(len(own), list(ROUTES.values()).count(function))
                self.assertEqual({permission["Principal"] for permission in own}, {"apigateway.amazonaws.com"})
                route = f"/{method.upper()}{path.replace('{id}', '*')}"
                self.assertEqual(len([p for p in own if p["SourceArn"]["Fn::Sub"][0].endswith(route)]), 1)

    def test_nothing_but_iam_lets_anyone_invoke_the_key_functions(self):
        names = json.dumps([p["FunctionName"] for p in resources("AWS::Lambda::Permission").values()])
        for function in KEY_FUNCTIONS:
            self.assertNotIn(function, names, f"{function} can be invoked by another service")
        self.assertFalse(resources("AWS::Lambda::Url"), "a function has an address of its own, past the authorizer")


def common_headers(code: str) -> dict[str, str]:
    """The headers of every answer that is not a function's."""
    return {
        "Content-Type": "'application/json; charset=utf-8'",
        "Request-Id": "context.extendedRequestId",
        "Cache-Control": "'no-store'",
        "X-Content-Type-Options": "'nosniff'",
        "Link": f"""'</docs/errors#{code}>; rel="help"'""",
    }


class Refusals(unittest.TestCase):
    """What API Gateway answers without a function: to paths that nobody serves, and to methods that a path does not have."""

    def setUp(self):
        self.operations = {path: operation for (method, path), operation in methods().items() if method == ANY}

    def test_there_is_one_for_each_path_and_one_for_all_others(self):
        self.assertEqual(sorted(self.operations), sorted(REFUSALS))

    def test_they_want_no_key(self):
        # `NONE` is SAM's word for no authorizer: to an empty list it would add the default one.
        for path, operation in self.operations.items():
            with self.subTest(path):
                self.assertEqual(operation["security"], [{"NONE": []}])

    def test_they_are_answered_by_the_gateway_itself_for_every_usual_type_of_body(self):
        for path, operation in self.operations.items():
            with self.subTest(path):
                integration = operation["x-amazon-apigateway-integration"]
                self.assertEqual((integration["type"], integration["passthroughBehavior"]), ("mock", "never"))
                status = REFUSALS[path][0]
                self.assertEqual(
                    {json.loads(template)["statusCode"] for template in integration["requestTemplates"].values()}, {status})
                self.assertLessEqual(
                    {"application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"},
                    set(integration["requestTemplates"]))

    def test_each_has_the_status_the_envelope_and_the_headers_of_the_contract(self):
        for path, operation in self.operations.items():
            with self.subTest(path):
                status, code = REFUSALS[path]
                (response,) = operation["x-amazon-apigateway-integration"]["responses"].values()
                self.assertEqual(response["statusCode"], str(status))
                (body,) = response["responseTemplates"].values()
                error = json.loads(body)["error"]
                self.assertEqual((error["type"], error["code"]), ("invalid_request_error", code))
                self.assertEqual(error["request_id"], "$context.extendedRequestId")
                headers = {
                    name.removeprefix("method.response.header."): value
                    for name, value in response["responseParameters"].items()
                }
                allow = headers.pop("Allow", None)
                self.assertEqual(headers, common_headers(code))
                if status == 405:
                    known = sorted(method.upper() for method, other in ROUTES if other == path)
                    self.assertEqual(allow, f"'{', '.join(known)}'")
                else:
                    self.assertIsNone(allow)
                # API Gateway drops a header that the method does not declare.
                self.assertLessEqual(set(headers) | ({"Allow"} if allow else set()), set(operation["responses"][str(status)]["headers"]))


class Authorizer(unittest.TestCase):
    def setUp(self):
        self.schemes = api()["Body"]["components"]["securitySchemes"]
        self.authorizer = self.schemes["ApiKeyAuthorizer"]["x-amazon-apigateway-authorizer"]

    def test_there_is_one(self):
        self.assertEqual(list(self.schemes), ["ApiKeyAuthorizer"])

    def test_it_is_keyed_by_the_authorization_header(self):
        self.assertEqual(self.authorizer["type"], "request")
        self.assertEqual(self.authorizer["identitySource"], "method.request.header.Authorization")

    def test_a_revoked_key_stops_working_within_60_seconds(self):
        self.assertLessEqual(self.authorizer["authorizerResultTtlInSeconds"], 60)

    def test_the_gateway_calls_the_live_alias_and_may(self):
        alias = {"Fn::Sub": f"${{{AUTHORIZER}.Arn}}:live"}
        text, variables = self.authorizer["authorizerUri"]["Fn::Sub"]
        self.assertIn("/functions/${__FunctionArn__}/", text)
        self.assertEqual(variables["__FunctionArn__"], alias)
        (permission,) = [p for p in resources("AWS::Lambda::Permission").values() if p["FunctionName"] == alias]
        self.assertEqual(permission["Principal"], "apigateway.amazonaws.com")
        self.assertTrue(permission["SourceArn"]["Fn::Sub"][0].endswith("/authorizers/*"))

    def test_the_alias_is_there_before_the_permission_that_names_it_by_its_arn(self):
        (permission,) = [
            resource for resource in transformed()["Resources"].values()
            if resource["Type"] == "AWS::Lambda::Permission" and "Fn::Sub" in resource["Properties"]["FunctionName"]]
        self.assertIn(
            f"{AUTHORIZER}Aliaslive", predecessors(permission),
            "a first deployment may ask for the permission before there is an alias: the API must depend on the alias")


class GatewayResponses(unittest.TestCase):
    def setUp(self):
        self.responses = api()["Body"]["x-amazon-apigateway-gateway-responses"]

    def test_every_type_that_the_gateway_has_is_answered_by_us(self):
        missing = sorted(set(GATEWAY_RESPONSES) - set(self.responses))
        self.assertFalse(missing, f"gateway responses are missing: {', '.join(missing)}")
        self.assertEqual(sorted(self.responses), sorted(GATEWAY_RESPONSES))

    def test_each_has_the_status_and_the_envelope_of_the_contract(self):
        for name, response in self.responses.items():
            with self.subTest(name):
                status, kind, code = GATEWAY_RESPONSES[name]
                self.assertEqual(response.get("statusCode"), str(status) if status else None)
                self.assertEqual(list(response["responseTemplates"]), ["application/json"])
                body = json.loads(response["responseTemplates"]["application/json"])
                self.assertEqual(list(body), ["error"])
                error = body["error"]
                self.assertEqual(list(error), ["type", "code", "message", "request_id"])
                self.assertEqual((error["type"], error["code"]), (kind, code))
                self.assertEqual(error["request_id"], "$context.extendedRequestId")
                self.assertTrue(error["message"].endswith("."), "the message is no sentence")
                self.assertNotIn("$", error["message"])

    def test_each_has_the_headers_of_the_contract(self):
        for name, response in self.responses.items():
            with self.subTest(name):
                status, _, code = GATEWAY_RESPONSES[name]
                wanted = common_headers(code)
                if status == 401:
                    wanted["WWW-Authenticate"] = "'Bearer'"
                headers = {
                    key.removeprefix("gatewayresponse.header."): value
                    for key, value in response["responseParameters"].items()
                }
                retry_after = headers.pop("Retry-After", None)
                self.assertEqual(headers, wanted)
                if status in (429, 503):
                    self.assertRegex(retry_after or "", r"^'\d+'$", "no Retry-After")
                else:
                    self.assertIsNone(retry_after)


    def test_a_create_that_failed_on_the_way_may_be_repeated(self):
        for name in ("INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT"):
            message = json.loads(self.responses[name]["responseTemplates"]["application/json"])["error"]["message"]
            self.assertIn("with the same Idempotency-Key", message)


class Stage(unittest.TestCase):
    def setUp(self):
        (self.stage,) = resources("AWS::ApiGateway::Stage").values()

    def test_it_is_traced_metered_and_throttled(self):
        self.assertIs(self.stage["TracingEnabled"], True)
        everything, creates = self.stage["MethodSettings"]
        self.assertEqual((everything["HttpMethod"], everything["ResourcePath"]), ("*", "/*"))
        # CloudFormation's spelling of a path: a slash within is ~1.
        self.assertEqual((creates["HttpMethod"], creates["ResourcePath"]), ("POST", "/~1api~1crm~1market-segment"))
        for settings in (everything, creates):
            self.assertIs(settings["MetricsEnabled"], True)
        for limit in ("ThrottlingRateLimit", "ThrottlingBurstLimit"):
            self.assertGreater(everything[limit], creates[limit])
            self.assertGreater(creates[limit], 0)

    def test_request_bodies_are_not_logged(self):
        for settings in self.stage["MethodSettings"]:
            self.assertFalse(settings.get("DataTraceEnabled"))

    def test_the_api_is_regional(self):
        self.assertEqual(api()["EndpointConfiguration"], {"Types": ["REGIONAL"]})

    def test_its_address_is_an_output(self):
        self.assertIn("ApiUrl", transformed()["Outputs"])


class Domain(unittest.TestCase):
    """A domain of one's own, by parameters."""

    def test_without_it_aws_s_address_serves_the_api(self):
        self.assertEqual(api()["Body"]["servers"], [{"x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": False}}])

    def test_with_it_aws_s_address_is_off_and_the_canary_uses_the_domain(self):
        for base, url in (("", "https://api.example.com"), ("crm", "https://api.example.com/crm")):
            with self.subTest(base):
                template = translated(source(), DomainName="api.example.com", CertificateArn="arn", DomainBasePath=base)
                (rest_api,) = resources("AWS::ApiGateway::RestApi", template).values()
                self.assertEqual(rest_api["Body"]["servers"], [ENDPOINT_OFF])
                canary = resources("AWS::Lambda::Function", template)[CANARY]["Environment"]["Variables"]
                self.assertEqual(canary["API_URL"], url)
                (mapping,) = resources("AWS::ApiGateway::BasePathMapping", template).values()
                self.assertEqual(mapping.get("BasePath"), base or None)

    def test_every_policy_that_may_be_chosen_begins_at_tls_1_2(self):
        for policy in source()["Parameters"]["DomainSecurityPolicy"]["AllowedValues"]:
            self.assertRegex(policy, r"^SecurityPolicy_TLS13_1_[23]_\d{4}_\d{2}$")

    def test_the_domain_and_the_api_have_the_same_policy_and_the_access_mode_that_it_wants(self):
        # API Gateway negotiates by the API's, whatever domain is mapped to it.
        for policy in source()["Parameters"]["DomainSecurityPolicy"]["AllowedValues"]:
            template = translated(source(), DomainName="api.example.com", CertificateArn="arn", DomainSecurityPolicy=policy)
            for kind in ("AWS::ApiGateway::RestApi", "AWS::ApiGateway::DomainName"):
                with self.subTest(kind, policy=policy):
                    (properties,) = resources(kind, template).values()
                    self.assertEqual((properties.get("SecurityPolicy"), properties.get("EndpointAccessMode")), (policy, "BASIC"))

    def test_without_a_domain_the_api_has_aws_s_own_policy(self):
        self.assertFalse({"SecurityPolicy", "EndpointAccessMode"} & set(api()))


class Accounts(unittest.TestCase):
    """They share the stage's rate: the template says who uses it."""

    def test_requests_are_counted_by_account(self):
        (rule,) = resources("AWS::CloudWatch::InsightRule").values()
        body = json.loads(rule["RuleBody"]["Fn::Sub"])
        self.assertEqual(body["Contribution"]["Keys"], ["$.account"])
        (log_group,) = body["LogGroupNames"]
        self.assertIn(log_group.strip("${}"), resources("AWS::Logs::LogGroup"))

    def test_the_alarm_reads_that_rule_and_is_about_the_stage_s_rate(self):
        alarm = resources("AWS::CloudWatch::Alarm")["AccountShareExceededAlarm"]
        (rule,) = resources("AWS::CloudWatch::InsightRule").values()
        requests, share = alarm["Metrics"]
        # AWS::StackName is filled in for both.
        self.assertIn(f"'{rule['RuleName']}'", requests["Expression"])
        rate = source()["Parameters"]["ThrottlingRateLimit"]["Default"]
        self.assertEqual(share["Expression"], f"100 * requests / (60 * {rate})")
