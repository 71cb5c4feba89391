"""Passwords, taken out of whatever is printed: settings, the texts of errors, logs."""

import re
from typing import Any
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

HIDDEN = "***"
IN_ADDRESS = re.compile(r"(\w+://[^\s:/@]*:)\S*(?=@)")
NAMED = re.compile(r"((?:^|[?&\s])(?:password|sslpassword|passfile)=)[^&\s]*")
SHORTEST = 3
"""A password of two letters would take them out of every word."""

_passwords: set[str] = set()


def remember(url: str) -> dict[str, Any]:
    """The parts of a database address, whose passwords are masked from now on. psycopg.Error or ValueError if it is none."""
    parts = conninfo_to_dict(url)
    secret = {str(parts[name]) for name in ("password", "sslpassword") if parts.get(name)}
    _passwords.update(form for text in secret for form in (text, quote(text, safe="")) if len(form) >= SHORTEST)
    return parts


def masked(text: str) -> str:
    """`text` without any password: of an address in it, named in it, or known."""
    text = NAMED.sub(rf"\1{HIDDEN}", IN_ADDRESS.sub(rf"\1{HIDDEN}", text))
    for password in sorted(_passwords, key=len, reverse=True):
        text = text.replace(password, HIDDEN)
    return text
