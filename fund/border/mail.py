"""A mail as it goes: plain text and HTML in the reader's language, headers that say what it is, and no name of anybody.

The subject holds the reference of the file and the kind of thing, and nothing else. The body says what is to be done and by when, with a
link to the page. Mail lies open on its way and in many places after it.
"""

from collections.abc import Sequence
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fund.domain.occasions import SUBJECTS, Kind
from fund.domain.programme import Programme, titled
from fund.language import direction, isolated, message, plural, terms_of, worded
from fund.language.catalogues import N_
from fund.resources import resource

SPECIMEN = N_("SPECIMEN")
NO_DETAILS = N_("This message names no details. They stand on the page, for those who may read them.")
WHY = N_("You receive it because of your part in this application or in the fund.")
OPEN = N_("Open the page")
CHOOSE = N_("Choose how messages come")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One message in words. reference: of its file; empty where it has none. url: the page that tells the rest. optional: whether the
    reader may choose not to get it."""

    kind: Kind
    text: str
    reference: str
    url: str
    optional: bool = False


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who the mail is from. base_url: of the portal."""

    address: str
    base_url: str
    specimen: bool = False

    @property
    def host(self) -> str:
        return host_of(self.base_url)

    def choices(self, locale: str) -> str:
        """Where somebody chooses how messages come."""
        return f"{self.base_url.rstrip('/')}/{locale}/messages"


def host_of(base_url: str) -> str:
    """The host as mail names it: an IP address stands in brackets (RFC 5321, 4.1.3)."""
    host = urlsplit(base_url).hostname or "localhost"
    try:
        number = ip_address(host)
    except ValueError:
        return host
    return f"[IPv6:{number}]" if number.version == 6 else f"[{number}]"


def spoken(language: str, programme: Programme) -> str:
    """The language that somebody is written to in: theirs where the fund speaks it, else its first."""
    return language if language in programme.languages else programme.languages[0]


def compose(sender: Sender, programme: Programme, locale: str, to: str, lines: Sequence[Line], mail: str, at: datetime) -> EmailMessage:
    """to: one address. mail: the id that its Message-ID is made of. ValueError if the address is none."""
    made = EmailMessage()
    made["From"] = Address(display_name=titled(programme.titles, locale), addr_spec=sender.address)
    made["To"] = check_address(to)
    made["Subject"] = subject(sender, programme, locale, lines)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{mail}@{sender.host}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text(sender, programme, locale, lines))
    made.add_alternative(html(sender, programme, locale, lines), subtype="html")
    # Last: content that is set takes headers about content away.
    made["Content-Language"] = locale
    if all(line.optional for line in lines):
        made["List-Unsubscribe"] = f"<{sender.choices(locale)}>"
    return made


def check_address(address: str) -> Address:
    """One, and nobody else: a name beside the address could be read as a second one. ValueError, which never quotes it."""
    try:
        return Address(addr_spec=address)
    except (ValueError, IndexError, HeaderParseError):
        raise ValueError("no address of the form name@host") from None


def subject(sender: Sender, programme: Programme, locale: str, lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        kind = worded(locale, SUBJECTS[lines[0].kind], terms_of(programme, locale))
        told = f"{lines[0].reference} · {kind}" if lines[0].reference else kind
    else:
        told = plural(locale, "{n} message from the fund", "{n} messages from the fund", len(lines))
    return f"{message(locale, SPECIMEN)} · {told}" if sender.specimen else told


def text(sender: Sender, programme: Programme, locale: str, lines: Sequence[Line]) -> str:
    """Each line begins with a word of the language, so that it runs in its direction."""
    begun = [message(locale, SPECIMEN)] if sender.specimen else []
    told = [f"{line.text}{f' ({isolated(locale, line.reference)})' if line.reference else ''}\n{line.url}" for line in lines]
    signed = f"-- \n{titled(programme.titles, locale)}\n{titled(programme.office, locale)}"
    notes = f"{message(locale, NO_DETAILS)}\n{message(locale, WHY)}\n{message(locale, CHOOSE)}: {sender.choices(locale)}"
    return "\n\n".join([*begun, *told, notes, signed]) + "\n"


def html(sender: Sender, programme: Programme, locale: str, lines: Sequence[Line]) -> str:
    values: dict[str, Any] = {
        "locale": locale,
        "direction": direction(locale),
        "title": titled(programme.titles, locale),
        "office": titled(programme.office, locale),
        "specimen": message(locale, SPECIMEN) if sender.specimen else "",
        "lines": lines,
        "open": message(locale, OPEN),
        "choose": message(locale, CHOOSE),
        "choices": sender.choices(locale),
        "notes": (message(locale, NO_DETAILS), message(locale, WHY)),
    }
    return _environment().get_template("mail/message.html").render(values)


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource("templates")), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
