"""Answers as JSON, each in UTF-8 and saying so."""

import msgspec
from fastapi import Response

JSON_TYPE = "application/json; charset=utf-8"


def json(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(body), status, headers, media_type=JSON_TYPE)


def etag(version: int) -> str:
    return f'"{version}"'
