"""What every event is made of: classified fields, the header around it, and its place in a stream.

Frozen before the first release (they shape stored bytes): the classes, the header and the form of a sealed field.
"""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, TypeVar

import msgspec

T = TypeVar("T")

FieldClass = Literal["public", "internal", "personal", "restricted"]

Public = Annotated[T, msgspec.Meta(extra={"class": "public"})]
"""Anyone may read it; it may appear on public pages and in open data."""

Internal = Annotated[T, msgspec.Meta(extra={"class": "internal"})]
"""For the city concerned and for staff; stored in clear."""


class Sealed(msgspec.Struct, frozen=True):
    """An encrypted text as it is stored and as views copy it. It is opened only when read, under authorisation.

    sealed: the class of the field. key: whose key opens it (a person's or an application's stream id).
    at: its place, `stream/version/field path/event name`; class, key and place are authenticated with the text.
    box: base64 of nonce ‖ AES-256-GCM ciphertext, padded to 64-byte steps.
    """

    sealed: Literal["personal", "restricted"]
    key: str
    at: str
    box: str


class Erased(msgspec.Struct, frozen=True):
    """What a sealed text reads as once its key is gone."""

    erased: Literal["personal", "restricted"]


Personal = Annotated[str | Sealed, msgspec.Meta(extra={"class": "personal"})]
"""A text about one person, sealed under the key of the person named in the event's `person` field."""

Restricted = Annotated[str | Sealed, msgspec.Meta(extra={"class": "restricted"})]
"""A text that could endanger someone, sealed under the key of the stream it is recorded in."""


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A fact: past tense, never changed. Subclasses give `name` (frozen, versioned) and `sentence` (a gettext message)."""

    name: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    sentence_if_late: ClassVar[str] = ""
    """Of a reminder that came late, and so put off what is due: tells `instead_of`."""

    @property
    def told(self) -> str:
        """The sentence of this one."""
        return self.sentence_if_late if getattr(self, "instead_of", None) else self.sentence

    @property
    def key_scope(self) -> str:
        """Under which key its restricted texts are sealed: that of the stream, or one of its own beside it, `stream/scope`."""
        return ""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds every event. *Frozen.*

    event_id: unique id. actor: `person-…`, `operator:<user>` or `machine:<process>`. on_behalf_of: who they act for, or None.
    at: aware UTC instant. command_id: the request it answers. content: keyed digest of that request, so that a repeat
    is told from a different request under the same id. correlation: the application or import it belongs to.
    causation: the event id that caused it, or None. policy: version of the programme in force for it. specimen: made by a demo.
    """

    event_id: str
    actor: str
    on_behalf_of: str | None = None
    at: datetime
    command_id: str
    content: str
    correlation: str | None = None
    causation: str | None = None
    policy: str
    specimen: bool = False

    @property
    def hands(self) -> frozenset[str]:
        """Everybody in whose name it was done."""
        return frozenset(filter(None, (self.actor, self.on_behalf_of)))


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An event in its place: `version` counts from 1 within `stream`. `index` is the ledger's gap-free position, 0 before it is saved."""

    stream: str
    version: int
    header: Header
    event: Event
    index: int = 0

    @property
    def originator_id(self) -> str:
        return self.stream

    @property
    def originator_version(self) -> int:
        return self.version
