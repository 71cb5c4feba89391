"""What a form carries besides its answers: proof that it is ours, the version its writer saw, and an id so that it counts once."""

import re
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from fund.api.pages import guarding
from fund.api.pages.site import In
from fund.domain.refusal import Refusal

MOST_FIELDS = 300
MOST_BYTES = 256 * 1024
COMMAND = re.compile(r"[0-9a-f]{32}")


async def _form(request: Request) -> FormData:
    """Read before the page's own code runs: that one may block, this may not."""
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise Refusal("request.too_large")
    if not request.headers.get("content-type", "").startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        raise Refusal("command.malformed")
    return await request.form(max_files=0, max_fields=MOST_FIELDS)


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
