"""Who sends a form, and from where: the session cookie, and the proof that a form is our own.

The cookie holds the access token itself, out of reach of scripts and of other sites. Nothing of it is stored on the server.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import Request, Response

from fund.domain.refusal import Refusal

SAFE = frozenset({"GET", "HEAD"})
OUR_PAGE = frozenset({"same-origin", "none"})
NONCE = 8
FIELD = "form"
"""Name of the hidden field that proves that a form is ours."""


def cookie_name(base_url: str) -> str:
    """`__Host-` binds it to this very host; browsers accept that on https only."""
    return "__Host-fund" if _is_https(base_url) else "fund"


def keep_token(response: Response, token: str, base_url: str) -> None:
    response.set_cookie(cookie_name(base_url), token, path="/", httponly=True, secure=_is_https(base_url), samesite="strict")


def forget_token(response: Response, base_url: str) -> None:
    response.delete_cookie(cookie_name(base_url), path="/", httponly=True, secure=_is_https(base_url), samesite="strict")


def check_origin(request: Request, base_url: str) -> None:
    """An unsafe request must come from a page of ours. Refusal form.foreign."""
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    ours = site in OUR_PAGE if site else request.headers.get("origin") == _origin(base_url)
    if not ours:
        raise Refusal("form.foreign")


def form_proof(token: str) -> str:
    """Different on every page, so that compression tells nothing of it."""
    nonce = secrets.token_hex(NONCE)
    return nonce + _sealed(token, nonce)


def check_proof(posted: Mapping[str, object], token: str) -> None:
    """Refusal form.foreign unless the form was made for whoever holds this token."""
    given = str(posted.get(FIELD) or "")
    nonce, proof = given[: 2 * NONCE], given[2 * NONCE :]
    if not hmac.compare_digest(proof.encode(), _sealed(token, nonce).encode()):
        raise Refusal("form.foreign")


def local_path(wanted: str, otherwise: str) -> str:
    """Where to go after signing in: a path of ours and nothing else."""
    plain = wanted.startswith("/") and not wanted.startswith("//") and wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    return wanted if plain else otherwise


def _sealed(token: str, nonce: str) -> str:
    return hmac.new(token.encode(), b"form\0" + nonce.encode(), hashlib.sha256).hexdigest()[:32]


def _origin(base_url: str) -> str:
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_https(base_url: str) -> bool:
    return base_url.startswith("https://")
