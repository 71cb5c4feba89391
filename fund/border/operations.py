"""Operations: what running the fund needs to remember and no fact tells. So far, access tokens.

A token belongs to one person and can do what that person can do. Its secret is shown once and never kept: only its SHA-256 is.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from fund.border.operations_database import OperationsDatabase, open_database
from fund.border.text import clean
from fund.domain.refusal import Refusal

PREFIX = "fund_"
"""So that scanners of published code find a secret that got there."""

SECRET_BYTES = 32
LONGEST_DAYS = 90
LABEL_LIMIT = 200
NOTED_EVERY = timedelta(hours=1)
"""How exactly the last use is known: a write for every request would be a lock for every request."""

COLUMNS = "id, person, label, created_at, expires_at, last_used_at, revoked_at"


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a token. `last_used_at` to the hour."""

    id: str
    person: str
    label: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class Operations:
    """Open one per process with `Operations.open`. Every method may be called from any thread. Raises Unavailable."""

    def __init__(self, database: OperationsDatabase, random: Callable[[int], bytes] = os.urandom) -> None:
        self._database = database
        self._random = random

    @classmethod
    def open(cls, ledger_url: str, random: Callable[[int], bytes] = os.urandom) -> "Operations":
        """Those of a ledger: `operations.db` beside its file, schema `fund_operations` of its database. Unavailable within 5 s."""
        return cls(open_database(ledger_url), random)

    def close(self) -> None:
        self._database.close()

    def check(self) -> None:
        """Raises Unavailable unless the database answers."""
        self._database.rows("SELECT 1")

    # ── Tokens ────────────────────────────────────────────────────────────────

    def issue(self, person: str, label: str, days: int, now: datetime) -> str:
        """The secret of a new token, to be shown once. days: 1 to 90, else ValueError.

        Refusal person.unknown for any other id, and as for any text of one line for its label.
        """
        if not 1 <= days <= LONGEST_DAYS:
            raise ValueError(f"a token lives 1 to {LONGEST_DAYS} days")
        if not person.startswith("person-"):
            raise Refusal("person.unknown", field="person", person=person)
        secret = PREFIX + urlsafe_b64encode(self._random(SECRET_BYTES)).rstrip(b"=").decode()
        self._database.rows(
            "INSERT INTO tokens (id, person, digest, label, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
            f"token-{self._random(6).hex()}",
            person,
            _digest(secret),
            clean(label, "label", LABEL_LIMIT),
            _written(now),
            _written(now + timedelta(days=days)),
        )
        return secret

    def person_of(self, secret: str, now: datetime) -> str:
        """Whose token it is. Refusal token.unknown (also when revoked), token.expired.

        Found by its digest: how long that takes says nothing about any secret.
        """
        digest = _digest(secret)
        found = self._database.rows(
            "SELECT digest, id, person, expires_at, last_used_at FROM tokens WHERE digest = ? AND revoked_at IS NULL", digest
        )
        if not found or not hmac.compare_digest(found[0][0], digest):
            raise Refusal("token.unknown")
        _, id, person, expires_at, last_used_at = found[0]
        if _read(expires_at) <= now:
            raise Refusal("token.expired")
        if last_used_at is None or now - _read(last_used_at) >= NOTED_EVERY:
            self._database.rows("UPDATE tokens SET last_used_at = ? WHERE id = ?", _written(now), id)
        return str(person)

    def revoke(self, id: str, now: datetime) -> None:
        """From now on it opens nothing. Twice is the same as once. Refusal token.unknown."""
        if not self._database.rows("SELECT id FROM tokens WHERE id = ?", id):
            raise Refusal("token.unknown")
        self._database.rows("UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", _written(now), id)

    def revoke_all(self, person: str, now: datetime) -> None:
        """Every token of a person, as when they leave or are erased."""
        self._database.rows("UPDATE tokens SET revoked_at = ? WHERE person = ? AND revoked_at IS NULL", _written(now), person)

    def tokens(self, person: str | None = None) -> tuple[Token, ...]:
        """All, or a person's, oldest first."""
        statement = f"SELECT {COLUMNS} FROM tokens"  # noqa: S608  # our own column names
        order = " ORDER BY created_at, id"
        found = (
            self._database.rows(statement + order)
            if person is None
            else self._database.rows(statement + " WHERE person = ?" + order, person)
        )
        return tuple(_token(*row) for row in found)


def _token(id: str, person: str, label: str, created_at: str, expires_at: str, last_used_at: str | None, revoked_at: str | None) -> Token:
    return Token(
        id=id,
        person=person,
        label=label,
        created_at=_read(created_at),
        expires_at=_read(expires_at),
        last_used_at=_read(last_used_at) if last_used_at else None,
        revoked_at=_read(revoked_at) if revoked_at else None,
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)
