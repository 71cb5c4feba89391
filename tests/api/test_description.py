"""The description of the API is complete: every route, every command's body, every answer, the problem, the token."""

from collections.abc import Collection
from typing import Any

import pytest
from pydantic.json_schema import models_json_schema

from fund.api.entitlements import API_ACCESS
from fund.border.bodies import Body, body_of
from fund.domain.facts import Role
from fund.domain.workflow import WORKFLOW
from fund.language import field_name
from tests.api.desk import Desk

COMMANDS = [step for step in WORKFLOW if step.by is not Role.MACHINE]


@pytest.fixture(scope="module")
def described(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = desk.as_(None).get("/openapi.json").json()
    return found


def test_it_names_every_route_of_the_api(described: dict[str, Any]) -> None:
    named = {(method.upper(), path) for path, operations in described["paths"].items() for method in operations}
    assert named == {(row.method, row.path) for row in API_ACCESS}


@pytest.mark.parametrize("step", COMMANDS, ids=lambda step: step.command.__name__)
def test_it_names_the_body_of_every_command(step: Any, described: dict[str, Any]) -> None:
    operation = next(op for op in _operations(described) if op["operationId"] == step.command.__name__)
    name = f"{step.command.__name__}Body"
    assert operation["requestBody"]["content"]["application/json"]["schema"] == {"$ref": f"#/components/schemas/{name}"}
    schema = described["components"]["schemas"][name]
    assert set(schema["properties"]) == set(body_of(step.command).model_fields)
    assert schema["additionalProperties"] is False


def test_every_operation_has_its_own_name_words_answer_and_problem(described: dict[str, Any]) -> None:
    operations = _operations(described)
    assert len({op["operationId"] for op in operations}) == len(operations)
    for op in operations:
        assert op["summary"]
        assert "application/problem+json" in op["responses"]["default"]["content"]
        assert "422" not in op["responses"]


def test_it_says_where_a_token_is_needed(described: dict[str, Any]) -> None:
    for row in API_ACCESS:
        needs = described["paths"][row.path][row.method.lower()]["security"]
        assert ({} in needs) == row.who.public


def test_whatever_can_be_sent_has_a_word_to_refuse_it_with(described: dict[str, Any]) -> None:
    parameters = {one["name"] for operation in _operations(described) for one in operation.get("parameters", ())}
    bodies = {body_of(step.command) for step in COMMANDS}
    assert [name for name in sorted({*parameters, *_properties(bodies)}) if field_name("fr", name) == name] == []


def _properties(bodies: Collection[type[Body]]) -> set[str]:
    """Of bodies, and of all that stands in them."""
    _, schemas = models_json_schema([(body, "validation") for body in bodies], ref_template="{model}")
    return {name for schema in schemas["$defs"].values() for name in schema.get("properties", {})}


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for name in _references(described):
        assert name in schemas, name


def test_headers_of_commands_are_described(described: dict[str, Any]) -> None:
    given = described["paths"]["/api/v1/applications/{ref}/submit"]["post"]["parameters"]
    assert {(one["in"], one["name"].lower()) for one in given} >= {("path", "ref"), ("header", "if-match"), ("header", "idempotency-key")}


def _operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for operations in described["paths"].values() for operation in operations.values()]


def _references(part: object) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"].rsplit("/", 1)[1]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(_references, part.values()))
    return set().union(*map(_references, part)) if isinstance(part, list) else set()
