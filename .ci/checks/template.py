"""The template as CloudFormation gets it: transformed by SAM, with the parameters' defaults filled in."""

import copy
import logging
from functools import cache
from pathlib import Path

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from checks.project import ROOT


@cache
def source(path: Path = ROOT / "template.yaml") -> dict:
    """The template as it is written."""
    return yaml_parse(path.read_text())


@cache
def transformed(path: Path = ROOT / "template.yaml") -> dict:
    """What `sam deploy` would hand to CloudFormation, but for the addresses of the code."""
    return translated(source(path))


def translated(written: dict) -> dict:
    """What SAM makes of a template, with the parameters' defaults filled in."""
    return _filled(cloudformation(written), _defaults(written))


def cloudformation(written: dict) -> dict:
    """What SAM makes of a template, which refers to its parameters."""
    # The translator complains of a feature switch that only AWS has.
    logging.disable(logging.WARNING)
    template = copy.deepcopy(written)
    # `sam deploy` puts the address of the upload here.
    for properties in [template.get("Globals", {}).get("Function", {})] + [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    ]:
        if "CodeUri" in properties:
            properties["CodeUri"] = "s3://bucket/code.zip"
    translator = Translator({}, Parser(), boto_session=boto3.session.Session(region_name="eu-central-1"))
    return translator.translate(template, _defaults(written))


def resources(kind: str, template: dict | None = None) -> dict[str, dict]:
    """The properties of the template's resources of a type, by logical id."""
    return {
        name: resource.get("Properties", {})
        for name, resource in (template or transformed())["Resources"].items()
        if resource["Type"] == kind
    }


def granted(function: str, template: dict | None = None) -> set[tuple[str, str]]:
    """What a function's own policies allow, as (action, resource); a resource reads `Table` or `Table/index/name`."""
    role = resources("AWS::IAM::Role", template)[f"{function}Role"]
    allowed = set()
    for policy in role.get("Policies", []):
        for statement in policy["PolicyDocument"]["Statement"]:
            if set(statement) - {"Sid"} != {"Effect", "Action", "Resource"} or statement["Effect"] != "Allow":
                raise AssertionError(f"{function}: a statement must allow actions on resources, and no more: {statement}")
            for action in _listed(statement["Action"]):
                for resource in _listed(statement["Resource"]):
                    allowed.add((action, _resource_name(resource)))
    return allowed


def _resource_name(resource) -> str:
    match resource:
        case {"Fn::GetAtt": [table, "Arn"]}:
            return table
        case {"Fn::Sub": str(text)}:
            return text.replace("${", "").replace(".Arn}", "")
        case _:
            return str(resource)


def _listed(value) -> list:
    return value if isinstance(value, list) else [value]


def _defaults(written: dict) -> dict:
    return {name: parameter.get("Default") for name, parameter in written["Parameters"].items()}


def _filled(node, parameters: dict):
    match node:
        case {"Ref": name, **others} if name in parameters and not others:
            return parameters[name]
        case dict():
            return {key: _filled(value, parameters) for key, value in node.items()}
        case list():
            return [_filled(value, parameters) for value in node]
        case _:
            return node
