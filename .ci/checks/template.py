"""The template as CloudFormation gets it: transformed by SAM, with the parameters' defaults filled in and conditions decided."""

import copy
import logging
import re
from functools import cache
from pathlib import Path

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from checks.project import ROOT

#: What `AWS::StackName` is filled in with.
STACK = "stack"


@cache
def source(path: Path = ROOT / "template.yaml") -> dict:
    """The template as it is written."""
    return yaml_parse(path.read_text())


@cache
def transformed(path: Path = ROOT / "template.yaml") -> dict:
    """What `sam deploy` would hand to CloudFormation, but for the addresses of the code."""
    return translated(source(path))


def translated(written: dict, **overrides: str) -> dict:
    """What SAM makes of a template, with other values than the defaults for some parameters."""
    parameters = _defaults(written) | overrides
    filler = _Filler({**parameters, "AWS::StackName": STACK}, written.get("Conditions", {}))
    return filler.filled(cloudformation(written, parameters))


def cloudformation(written: dict, parameters: dict | None = None) -> dict:
    """What SAM makes of a template, which refers to its parameters.

    SAM reads some of them itself: `parameters` has values that are not the defaults.
    """
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
    return translator.translate(template, _defaults(written) | (parameters or {}))


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
    tables = table_ids(template)
    allowed = set()
    for policy in role.get("Policies", []):
        for statement in policy["PolicyDocument"]["Statement"]:
            if set(statement) - {"Sid"} != {"Effect", "Action", "Resource"} or statement["Effect"] != "Allow":
                raise AssertionError(f"{function}: a statement must allow actions on resources, and no more: {statement}")
            for action in _listed(statement["Action"]):
                for resource in _listed(statement["Resource"]):
                    allowed.add((action, _resource_name(resource, tables)))
    return allowed


def table(resource: str) -> str:
    """The table of a resource that `granted` names: itself, or that of the index."""
    return resource.partition("/")[0]


def table_ids(template: dict | None = None) -> dict[str, str]:
    """The logical ids of the template's tables, by the tables' names."""
    return {properties["TableName"]: name for name, properties in resources("AWS::DynamoDB::Table", template).items()}


def _resource_name(resource, tables: dict[str, str]) -> str:
    match resource:
        case {"Fn::GetAtt": [table, "Arn"]}:
            return table
        case {"Fn::Sub": [str(arn), {"Table": str(name)}]}:
            return tables.get(name, name) + arn.partition(":table/${Table}")[2]
        case _:
            return str(resource)


def _listed(value) -> list:
    return value if isinstance(value, list) else [value]


def _defaults(written: dict) -> dict:
    return {name: parameter.get("Default") for name, parameter in written["Parameters"].items()}


class _Filler:
    """Puts in what CloudFormation knows when it gets the template, and leaves what it learns from the resources."""

    def __init__(self, parameters: dict, conditions: dict):
        self.parameters = parameters
        self.conditions = conditions

    def filled(self, node):
        match node:
            case {"Ref": name, **others} if name in self.parameters and not others:
                return self.parameters[name]
            case {"Fn::If": [condition, yes, no]}:
                return self.filled(yes if self.holds(self.conditions[condition]) else no)
            case {"Fn::Sub": str(text)} if set(re.findall(r"\${([^}]+)}", text)) <= set(self.parameters):
                return re.sub(r"\${([^}]+)}", lambda name: str(self.parameters[name[1]]), text)
            case dict():
                members = {key: self.filled(value) for key, value in node.items()}
                return {key: value for key, value in members.items() if value != {"Ref": "AWS::NoValue"}}
            case list():
                return [self.filled(value) for value in node]
            case _:
                return node

    def holds(self, condition) -> bool:
        match condition:
            case {"Fn::Equals": [one, other]}:
                return str(self.filled(one)) == str(self.filled(other))
            case {"Fn::Not": [negated]}:
                return not self.holds(negated)
            case {"Condition": name}:
                return self.holds(self.conditions[name])
            case _:
                raise AssertionError(f"no condition that is known here: {condition}")
