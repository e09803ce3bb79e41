"""A stand-in for API Gateway, for the function that calls the API: hands each request to the function of its route."""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from checks.project import AUTHORIZER, ROUTES
from checks.stand_in import Handler, StandIn

Invoke = Callable[[str, dict], dict]
#: The sample event of a function, to be changed.
Sample = Callable[[str], dict]


class Api(StandIn):
    """It serves one request at a time to each function, as those that it invokes do."""

    def __init__(self, invoke: Invoke, sample: Sample):
        super().__init__(_gateway(invoke, sample))


def route(method: str, path: str) -> tuple[int, str, dict | None]:
    """The function and the path parameters, or the status of what no function serves."""
    on_path = [(known, route) for known, route in ROUTES if re.fullmatch(route.replace("{id}", "[^/]+"), path)]
    for known, template in on_path:
        if known == method.lower():
            return 200, ROUTES[known, template], {"id": path.rsplit("/", 1)[1]} if "{id}" in template else None
    return (405 if on_path else 404), "", None


def _gateway(invoke: Invoke, sample: Sample) -> type[Handler]:
    class Gateway(Handler):
        def handle_request(self):
            url = urlsplit(self.path)
            body = self.body().decode()
            status, function, parameters = route(self.command, url.path)
            if not function:
                return self.answer(status, {}, b"{}")
            headers = dict(self.headers.items())
            authorizer = sample(AUTHORIZER)
            authorizer["headers"] = headers
            authorizer["multiValueHeaders"] = {name: [value] for name, value in headers.items()}
            policy = invoke(AUTHORIZER, authorizer)
            (statement,) = policy["policyDocument"]["Statement"]
            if statement["Effect"] != "Allow":
                return self.answer(401, {}, b"{}")
            event = sample(function)
            event["httpMethod"] = self.command
            event["path"] = url.path
            event["requestContext"]["path"] = url.path
            event["headers"] = headers
            event["multiValueHeaders"] = {name: [value] for name, value in headers.items()}
            event["multiValueQueryStringParameters"] = parse_qs(url.query) or None
            event["pathParameters"] = parameters
            event["body"] = body or None
            event["requestContext"]["authorizer"] = {
                name: value if isinstance(value, str) else json.dumps(value) for name, value in policy["context"].items()}
            answer = invoke(function, event)
            self.answer(answer["statusCode"], answer["headers"], answer["body"].encode())

        do_GET = do_HEAD = do_POST = do_PATCH = do_DELETE = do_PUT = handle_request

    return Gateway
