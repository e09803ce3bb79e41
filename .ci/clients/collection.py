"""The Postman collection of the API, made from `openapi.yaml`: `python collection.py`. With `--check` it fails where the file is out of date.

Its requests are in the order of a life, so that they run one after the other: `links` of the description say what hands its id on.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = yaml.safe_load((ROOT / "openapi.yaml").read_text())
COLLECTION = ROOT / "docs" / "market-segment-api.postman_collection.json"
METHODS = ["post", "get", "head", "patch", "delete"]


def resolved(node: Any) -> Any:
    """The node with what its references lead to in their place. What stands beside a reference is kept.

    Without the formats of numbers, which Postman's validator does not know.
    """
    if isinstance(node, list):
        return [resolved(item) for item in node]
    if not isinstance(node, dict):
        return node
    beside = {key: resolved(value) for key, value in node.items() if key != "$ref" and (key, node.get("type")) != ("format", "integer")}
    if "$ref" not in node:
        return beside
    target: Any = DESCRIPTION
    for key in node["$ref"].removeprefix("#/").split("/"):
        target = target[key]
    return {**resolved(target), **beside}


def parameter(described: dict) -> dict:
    return {"key": described["name"], "description": described["description"],
            "value": str(described.get("example", described["schema"].get("default", ""))), "disabled": True}


def headers(parameters: list[dict]) -> list[dict]:
    found = [parameter(described) for described in parameters if described["in"] == "header"]
    # A new key each time it is sent.
    return [{**header, "value": "{{$guid}}", "disabled": False} if header["key"] == "Idempotency-Key" else header for header in found]


def tests(status: str, response: dict) -> list[str]:
    lines = [f'pm.test("{status}", () => pm.response.to.have.status({status}));']
    for name, header in response["headers"].items():
        if header.get("required"):
            lines.append(f'pm.test("{name}", () => pm.response.to.have.header("{name}"));')
    if content := response.get("content"):
        schema = json.dumps(content["application/json"]["schema"])
        lines.append(f'pm.test("the body is as described", () => pm.response.to.have.jsonSchema({schema}));')
    if any(link.get("parameters") == {"id": "$response.body#/id"} for link in response.get("links", {}).values()):
        lines.append('pm.collectionVariables.set("id", pm.response.json().id);')
    return lines


def request(path: str, method: str, operation: dict, parameters: list[dict]) -> dict:
    query = [parameter(described) for described in parameters if described["in"] == "query"]
    status, response = next((status, response) for status, response in operation["responses"].items() if status.startswith("2"))
    made = {
        "method": method.upper(),
        "description": operation["description"],
        "header": headers(parameters),
        "url": {
            "raw": "{{baseUrl}}" + path.replace("{id}", ":id"),
            "host": ["{{baseUrl}}"],
            "path": re.sub(r"\{(\w+)\}", r":\1", path).strip("/").split("/"),
            "query": query,
            "variable": [{"key": "id", "value": "{{id}}"}] if "{id}" in path else [],
        },
    }
    if body := operation.get("requestBody"):
        (example,) = body["content"]["application/json"]["examples"].values()
        made["body"] = {"mode": "raw", "raw": json.dumps(example["value"], indent=2), "options": {"raw": {"language": "json"}}}
    return {
        "name": operation["summary"],
        "request": made,
        "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": tests(status, response)}}],
    }


def collection() -> dict:
    operations = [
        request(path, method, resolved(item[method]), resolved([*item.get("parameters", []), *item[method].get("parameters", [])]))
        for method in METHODS for path, item in DESCRIPTION["paths"].items() if method in item
    ]
    return {
        "info": {
            "name": DESCRIPTION["info"]["title"],
            "description": DESCRIPTION["info"]["summary"] + " Set the variables baseUrl and apiKey, then run the requests in their order.",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{apiKey}}", "type": "string"}]},
        "variable": [{"key": "baseUrl", "value": "http://127.0.0.1:3000"}, {"key": "apiKey", "value": ""}, {"key": "id", "value": ""}],
        "item": operations,
    }


def main() -> None:
    made = json.dumps(collection(), indent=2, ensure_ascii=False) + "\n"
    if "--check" not in sys.argv[1:]:
        COLLECTION.write_text(made)
    elif not COLLECTION.exists() or COLLECTION.read_text() != made:
        sys.exit(f"{COLLECTION.relative_to(ROOT)} is not what openapi.yaml says: '.ci/clients.sh --collection' makes it anew.")


if __name__ == "__main__":
    main()
