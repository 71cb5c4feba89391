"""What would be mailed, shown as it would go: on a specimen whose mail has no server. Anywhere else the page is not there.

Those who get it, their addresses and all their mail stand here open to anybody, and all of it is made up.
"""

from email.message import EmailMessage
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Response

from fund.api.pages.failing import PageRoute
from fund.api.pages.site import HEADERS, In, Visit
from fund.border.outbox import Entry, Rhythm
from fund.domain.refusal import Refusal
from fund.language import direction

PAGE = 40
"""Messages looked at for one page."""
INLINE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"}
"""Mail carries its looks with it; programs that show mail know no stylesheet of ours."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One mail. id: of its first message."""

    id: str
    to: str
    subject: str
    text: str
    language: str
    direction: str
    rhythm: Rhythm
    entry: Entry


router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/dev/outbox")
@router.get("/{locale:locale}/dev/outbox")
def outbox_page(visit: In, after: Annotated[int, Query(ge=0, le=10**6)] = 0) -> Response:
    """Newest first. after: how many messages to pass over."""
    _check_shown(visit)
    found = visit.site.fund.outbox.listed("queued", limit=PAGE, skipped=after)
    mails = [shown for entries in _in_mails(visit, found) if (shown := _shown(visit, entries))]
    older = after + PAGE if len(found) == PAGE else None
    return visit.page("outbox.html", mails=mails, older=older, counts=visit.site.fund.outbox.counts(), timezone=_timezone(visit))


@router.get("/dev/outbox/{message}")
def mail_page(visit: In, message: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]) -> Response:
    """A mail as a program shows it that can show HTML."""
    _check_shown(visit)
    outbox = visit.site.fund.outbox
    if (made := _made(visit, outbox.with_it(outbox.entry(message)))) is None:
        raise Refusal("message.unknown", field="message")
    return Response(_part(made[0], "html"), headers=HEADERS | INLINE, media_type="text/html; charset=utf-8")


def _check_shown(visit: Visit) -> None:
    fund = visit.site.fund
    if not fund.specimen or fund.settings.smtp_url:
        raise Refusal("request.not_found")


def _in_mails(visit: Visit, entries: list[Entry]) -> list[list[Entry]]:
    """Each mail once, where the newest of its messages stands."""
    seen: set[str] = set()
    found = []
    for entry in entries:
        if entry.id not in seen:
            found.append(visit.site.fund.outbox.with_it(entry))
            seen |= {one.id for one in found[-1]}
    return found


def _made(visit: Visit, entries: list[Entry]) -> tuple[EmailMessage, str, str] | None:
    """The mail, its address and its language; None where it would not go any more."""
    post = visit.site.fund.post
    letter, _ = post.letter(entries)
    return (post.mail(letter, entries[0]), letter.to, letter.locale) if letter else None


def _shown(visit: Visit, entries: list[Entry]) -> Shown | None:
    made = _made(visit, entries)
    if made is None:
        return None
    mail, to, language = made
    return Shown(
        id=entries[0].id,
        to=to,
        subject=str(mail["Subject"]),
        text=_part(mail, "plain"),
        language=language,
        direction=direction(language),
        rhythm=entries[0].rhythm,
        entry=entries[0],
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part, "a mail is both plain and HTML"
    return str(part.get_content())


def _timezone(visit: Visit) -> str:
    programme = visit.site.programme
    return programme.calendars[programme.track().calendar].timezone
