"""What a form carries besides its answers: proof that it is ours, the version its writer saw, and an id so that it counts once."""

import re
from typing import Annotated
from urllib.parse import unquote_to_bytes

from fastapi import Depends, Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData

from fund.api.pages import guarding
from fund.api.pages.site import In
from fund.domain.refusal import Refusal

MOST_FIELDS = 300
MOST_BYTES = 256 * 1024
URLENCODED = b"application/x-www-form-urlencoded"
COMMAND = re.compile(r"[0-9a-f]{32}")


async def _form(request: Request) -> FormData:
    """Read before the page's own code runs: that one may block, this may not."""
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise Refusal("request.too_large")
    if not request.headers.get("content-type", "").startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        raise Refusal("command.malformed")
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise Refusal("request.too_large")
    _check_encoding(request.headers.get("content-type", ""), body)
    return await request.form(max_files=0, max_fields=MOST_FIELDS)


def _check_encoding(kind: str, body: bytes) -> None:
    """Refusal text.encoding: what reads the form would put other signs where it is no UTF-8, and nobody would notice."""
    name, options = parse_options_header(kind)
    typed = unquote_to_bytes(body.replace(b"+", b" ")) if name == URLENCODED else body
    try:
        typed.decode()
    except UnicodeDecodeError:
        raise Refusal("text.encoding") from None
    # A form sends signs beyond ASCII as %XX; as they are, they would be read as Latin-1.
    if options.get(b"charset", b"utf-8").lower() != b"utf-8" or (name == URLENCODED and not body.isascii()):
        raise Refusal("text.encoding")


def _ours(visit: In, form: Annotated[FormData, Depends(_form)]) -> FormData:
    """Refusal form.foreign unless it comes from a page of ours, made for this very reader."""
    guarding.check_origin(visit.request, visit.site.base_url)
    if visit.reader:
        guarding.check_proof(form, visit.reader.token)
    return form


Form = Annotated[FormData, Depends(_ours)]
"""The only way in which a page takes a form."""


def command_id(form: FormData) -> str:
    """A double click sends the same id twice, and counts once. Refusal command.malformed."""
    given = str(form.get("command") or "")
    if not COMMAND.fullmatch(given):
        raise Refusal("command.malformed")
    return f"form:{given}"


def expected(form: FormData) -> int:
    """The version of the file that the writer of the form saw. Refusal command.malformed."""
    given = str(form.get("expected") or "")
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise Refusal("command.malformed")
    return int(given)
