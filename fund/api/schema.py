"""The description of the API (OpenAPI 3.1), made from what serves it: workflow table, bodies, answers, access table."""

from functools import cache
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from fund import __version__
from fund.api.entitlements import ACCESS
from fund.api.problems import Problem
from fund.border.bodies import Body, body_of
from fund.domain.commands import Command
from fund.domain.facts import Role
from fund.domain.workflow import WORKFLOW

REF = "#/components/schemas/{name}"
SCHEME = "token"
NOT_OURS = frozenset({"HTTPValidationError", "ValidationError"})
"""The framework's own form of a refusal, which nothing answers with."""

_ANSWERS: dict[str, type[msgspec.Struct]] = {}


def body_reference(command: type[Command]) -> dict[str, Any]:
    """The part of an operation that names its body. Commands without required fields may come without one."""
    body = body_of(command)
    required = any(field.is_required() for field in body.model_fields.values())
    schema = {"$ref": REF.format(name=body.__name__)}
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}


def answers(kind: type[msgspec.Struct], status: int = 200) -> dict[int | str, dict[str, Any]]:
    """The part of an operation that names its answer."""
    _ANSWERS[kind.__name__] = kind
    schema = {"$ref": REF.format(name=kind.__name__)}
    return {status: {"description": (kind.__doc__ or "").split("\n")[0], "content": {"application/json": {"schema": schema}}}}


def describe(app: FastAPI) -> dict[str, Any]:
    """The whole description."""
    found = get_openapi(title=app.title, version=__version__, openapi_version="3.1.0", routes=app.routes)
    components = found.setdefault("components", {})
    of_parameters = {name: schema for name, schema in components.get("schemas", {}).items() if name not in NOT_OURS}
    components["schemas"] = dict(sorted((of_parameters | _schemas()).items()))
    components["securitySchemes"] = {
        SCHEME: {"type": "http", "scheme": "bearer", "description": "A token of one person, at most 90 days old."}
    }
    public = {(row.method.lower(), row.path) for row in ACCESS if row.who.public}
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = _problem()
            operation["security"] = [{}, {SCHEME: []}] if (method, path) in public else [{SCHEME: []}]
    return found


def _problem() -> dict[str, Any]:
    schema = {"$ref": REF.format(name="Problem")}
    return {"description": "Refused, and why (RFC 9457).", "content": {"application/problem+json": {"schema": schema}}}


@cache
def _schemas() -> dict[str, Any]:
    bodies: list[type[Body]] = [body_of(step.command) for step in WORKFLOW if step.by is not Role.MACHINE]
    _, of_bodies = models_json_schema([(body, "validation") for body in bodies], ref_template=REF.format(name="{model}"))
    _, of_answers = msgspec.json.schema_components([Problem, *_ANSWERS.values()], ref_template=REF)
    return {**of_bodies["$defs"], **of_answers}
