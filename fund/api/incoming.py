"""What a request brings: its body as plain values, the version its sender saw, the id under which it may be repeated, how fresh the
answer must be."""

import re
from typing import Annotated

import msgspec
from fastapi import Depends, Header, Query, Request

from fund.border.application_file import parse
from fund.border.opening import Fund
from fund.border.text import clean
from fund.domain.refusal import Refusal
from fund.language import negotiate

JSON = "application/json"
VERSION = re.compile(r'(?:W/)?"(\d{1,15})"|(\d{1,15})')
KEY_LIMIT = 200
KEY_PREFIX = "http:"
"""Keys from outside stand apart from the ids that machines derive from causes: nobody can use one up beforehand."""

STREAM_ID = re.compile(r"[a-z]+-[a-z0-9][a-z0-9_-]{0,63}")
NAMED = {
    "city": "city", "person": "person", "assessor": "person", "envelope": "envelope", "beneficiaries": "city", "observers": "city",
    "round": "round",
}  # fmt: skip
"""Field of a command -> kind of the stream it names."""

PATIENCE = 2.0


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """content: what the body says, `{}` where there is none. expected: the version in If-Match. key: command id, if one was given."""

    content: object
    expected: int | None = None
    key: str | None = None


async def _incoming(
    request: Request,
    if_match: Annotated[
        str | None, Header(description='Version that was seen, as in `ETag`: `"7"`. Refused with 412 if it has moved.')
    ] = None,
    idempotency_key: Annotated[
        str | None,
        Header(description="Any text of yours, new for every command. The same request again gets the same answer, and happens once."),
    ] = None,
) -> Incoming:
    """Refusal request.too_large, upload.unsupported, text.encoding, json.malformed, version.malformed."""
    body = await request.body()
    return Incoming(
        content=_json(request.headers.get("content-type"), body) if body.strip() else {},
        expected=_version(if_match),
        key=_key(idempotency_key),
    )


Sent = Annotated[Incoming, Depends(_incoming)]


def _json(kind: str | None, body: bytes) -> object:
    # A simple type would let other sites send forms at us.
    if (kind or "").partition(";")[0].strip().lower() != JSON:
        raise Refusal("upload.unsupported")
    try:
        return parse(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal("text.encoding") from None


def _version(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = VERSION.fullmatch(if_match.strip())
    if not found:
        raise Refusal("version.malformed", field="If-Match")
    return int(found[1] or found[2])


def _key(given: str | None) -> str | None:
    if given is None:
        return None
    key = clean(given, "Idempotency-Key", KEY_LIMIT)
    if not key:
        raise Refusal("text.empty", field="Idempotency-Key")
    return KEY_PREFIX + key


# ── Ids ───────────────────────────────────────────────────────────────────────


def stream_id(kind: str, id: str) -> str | None:
    """An id from outside, if it looks like one of that kind."""
    return id if STREAM_ID.fullmatch(id) and id.startswith(f"{kind}-") else None


def check_ids(content: object, path: str = "") -> None:
    """Ids that a body names must look like ids of their kind: Refusal city.unknown, person.unknown, envelope.unknown."""
    if not isinstance(content, dict):
        return
    for name, value in content.items():
        if isinstance(value, dict):
            check_ids(value, f"{value.get('section', name)}.")
        elif name in NAMED:
            for id in value if isinstance(value, list | tuple) else (value,):
                _check_id(NAMED[name], id, path + name)


def _check_id(kind: str, id: object, field: str) -> None:
    if isinstance(id, str) and id and not stream_id(kind, id):
        raise Refusal(f"{kind}.unknown", field=field, **{kind: id})


# ── Waiting ───────────────────────────────────────────────────────────────────


class Wanted(msgspec.Struct, frozen=True):
    """How fresh an answer must be: the index that an earlier command replied with."""

    index: int | None

    def wait(self, fund: Fund, *views: str) -> None:
        """Until the views have taken it in, at most 2 s. Refusal ledger.busy. An index that is not there yet is not waited for."""
        if self.index is None or self.index > fund.ledger.head():
            return
        for view in views:
            if not fund.runner.wait_for(view, self.index, PATIENCE):
                raise Refusal("ledger.busy")


async def _wanted(
    wait: Annotated[int | None, Query(ge=0, le=2**53, description="Index from the reply to a command: answer when it is taken in.")] = None,
    fund_index: Annotated[int | None, Header(ge=0, le=2**53, description="The same as a header.")] = None,
) -> Wanted:
    return Wanted(wait if wait is not None else fund_index)


Fresh = Annotated[Wanted, Depends(_wanted)]


async def _locale(request: Request) -> str:
    return negotiate(request.headers.get("accept-language"), request.app.state.fund.programme.languages)


Locale = Annotated[str, Depends(_locale)]
