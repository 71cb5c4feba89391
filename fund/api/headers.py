"""What every answer carries, errors included: no guessing of types, no framing, nothing loaded from elsewhere, no trace of the reader."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fund.api.problems import answer
from fund.domain.refusal import Refusal

LARGEST_BODY = 1024 * 1024
"""Bytes. The longest application is below 100 KiB."""

ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000; includeSubDomains"


class Outermost:
    """Around everything, the framework's own error answers included. A page may say more precisely what it needs."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.always = ALWAYS | ({"Strict-Transport-Security": HSTS} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), asked)
            await send(message)

        if _is_too_large(asked):
            refused = await answer(Request(scope), Refusal("request.too_large"), {"Connection": "close"})
            await refused(scope, receive, completed)
            return
        if scope["method"] == "HEAD":
            # Who watches whether a page is there asks with HEAD: what GET would answer, without its body.
            await self.app({**scope, "method": "GET"}, receive, _without_body(completed))
            return
        await self.app(scope, receive, completed)

    def _complete(self, headers: MutableHeaders, asked: Headers) -> None:
        for name, value in self.always.items():
            headers.setdefault(name, value)
        if "authorization" in asked or "cookie" in asked:
            headers.setdefault("Cache-Control", "no-store")


def _without_body(send: Send) -> Send:
    async def sent(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sent


def _is_too_large(asked: Headers) -> bool:
    """By its own word. Who sends more than they say, or does not say, is stopped while reading."""
    length = asked.get("content-length", "")
    return length.isdecimal() and int(length[:20]) > LARGEST_BODY
