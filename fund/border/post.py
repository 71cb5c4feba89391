"""The post: follows the ledger, puts the messages that each new fact calls for into the outbox, and sends what is due.

Every message is made again when it goes, from the fact and the file as it stands then: it carries the address and the language of that
moment, and is dropped where it is overtaken or not for this person any more. Several may run: a message is put in once by its id, and one
mail is taken by one worker at a time.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from time import monotonic
from typing import Protocol

import msgspec
import structlog
from babel.dates import get_timezone

from fund.border.carrier import NotTaken, OutOfReach
from fund.border.choice import Choice, choice_of, rhythm_of
from fund.border.mail import Line, Sender, compose, spoken
from fund.border.outbox import Entry, Outbox, Rhythm
from fund.border.surroundings import Surroundings
from fund.domain.application import Application
from fund.domain.event import Event, Recorded
from fund.domain.events import AssessorsDrawn
from fund.domain.messages import Message, messages
from fund.domain.occasions import BY_EVENT, TOLD
from fund.domain.programme import Programme
from fund.domain.registers import Person
from fund.domain.streams import State
from fund.domain.visibility import Sight
from fund.language import terms_of, translations
from fund.language.forms import filled
from fund.language.telling import Telling
from fund.ledger.classes import field_classes
from fund.ledger.handler import Handler
from fund.ledger.keys import KeyStore
from fund.ledger.seal import unseal
from fund.projections import city_register, people
from fund.projections.database import Database

BATCH = 500
NEWS = timedelta(days=30)
"""How old a fact may be when it is first read here."""
PASS_SECONDS = 20.0
"""How long one pass sends. Timers come before mail: what is left goes in the next pass."""
DIGEST_AT = time(7)
"""Local time of the fund's office."""
MONDAY = 0
log = structlog.get_logger(__name__)


class Carries(Protocol):
    """Something that takes mail."""

    def send(self, mail: EmailMessage) -> None: ...

    def rest(self) -> None: ...


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What a mail is made of: whose it is, and the messages in it that still hold."""

    to: str
    locale: str
    lines: tuple[Line, ...]


class Post:
    """`carrier`: None where no server is set; then messages stay in the outbox."""

    def __init__(
        self, handler: Handler, keys: KeyStore, views: Database, outbox: Outbox, carrier: Carries | None, sender: Sender,
        clock: Callable[[], float] = monotonic,
    ) -> None:  # fmt: skip
        self.outbox = outbox
        self._handler = handler
        self._keys = keys
        self._views = views
        self._carrier = carrier
        self._sender = sender
        self._clock = clock
        self._read = 0
        """How far this process has read; the outbox learns of it with the next message."""

    def deliver(self) -> bool:
        """Put in what is new and send what is due; whether more waits than one pass sends. Raises OutOfReach, once that is noted."""
        self.collect()
        return self._carrier is not None and self._send(self._carrier)

    # ── From facts to the outbox ──────────────────────────────────────────────

    def collect(self) -> None:
        """Up to where the views of people and cities stand: who holds which role is known from them."""
        head = self._handler.ledger.head()
        if self._read >= head or (position := max(self._read, self.outbox.position())) >= head:
            return
        with self._views.reading() as reading:
            until = min(reading.position(view.name) for view in (people.VIEW, city_register.VIEW))
            around = Surroundings(self._handler, reading)
            while position < until and (batch := self._handler.ledger.read(position, BATCH, until)):
                position = batch[-1].index
                entries = [entry for recorded in batch for entry in self._entries(recorded, around)]
                if entries or len(batch) == BATCH:
                    self.outbox.put(entries, position)
                self._read = position

    def _entries(self, recorded: Recorded, around: Surroundings) -> Iterator[Entry]:
        now = self._handler.sources.clock()
        # What is older was told, or is nobody's news any more: an outbox that was lost and begins anew floods nobody.
        if type(recorded.event) not in BY_EVENT or now - recorded.header.at > NEWS:
            return
        state = self._handler.load(recorded.stream).state
        for one in messages(recorded, state, around.of(recorded, state)):
            rhythm = rhythm_of(one.occasion.urgency, self._choice(one.person).rhythm)
            if rhythm == "never":
                continue
            due = self._due(rhythm, now)
            yield Entry(
                id=one.id,
                event_index=recorded.index,
                stream=recorded.stream,
                person=one.person,
                kind=str(one.occasion.kind),
                rhythm=rhythm,
                queued_at=now,
                due_at=due,
                try_at=due,
            )

    def _choice(self, id: str) -> Choice:
        person = self._handler.load(id).state
        return choice_of(person, self._keys) if isinstance(person, Person) else Choice()

    def _due(self, rhythm: Rhythm, now: datetime) -> datetime:
        if rhythm == "at_once":
            return now
        programme = self._handler.in_force
        return next_digest(now, programme.calendars[programme.track().calendar].timezone, weekly=rhythm == "weekly")

    # ── From the outbox to the server ─────────────────────────────────────────

    def _send(self, carrier: Carries) -> bool:
        for late in self.outbox.expire(self._handler.sources.clock()):
            log.warning("message.given_up", message=late.id, reason="too_late")
        end = self._clock() + PASS_SECONDS
        try:
            while taken := self.outbox.take(self._handler.sources.clock()):
                self._send_one(carrier, taken)
                if self._clock() > end:
                    return True
        finally:
            carrier.rest()
        return False

    def _send_one(self, carrier: Carries, taken: Sequence[Entry]) -> None:
        now = self._handler.sources.clock()
        letter, holding = self.letter(taken)
        if gone := [entry for entry in taken if entry not in holding]:
            self.outbox.dropped(gone, "overtaken", now)
        if letter is None:
            return
        try:
            mail = self.mail(letter, taken[0])
        except ValueError:
            self._gave_up(holding, "no address", now)
            return
        try:
            carrier.send(mail)
        except NotTaken as refused:
            if refused.for_good:
                self._gave_up(holding, refused.reason, now)
            else:
                self.outbox.failed(holding, refused.reason, now)
        except OutOfReach as error:
            self.outbox.failed(holding, error.reason, now)
            raise
        else:
            self.outbox.sent(holding, now)

    def _gave_up(self, entries: Sequence[Entry], reason: str, now: datetime) -> None:
        self.outbox.given_up(entries, reason, now)
        log.warning("message.given_up", message=entries[0].id, messages=len(entries), reason=reason)

    # ── Making a mail ─────────────────────────────────────────────────────────

    def letter(self, entries: Sequence[Entry]) -> tuple[Letter | None, list[Entry]]:
        """What goes to the person of these messages as things stand now, and the messages that are in it; None where nothing is left."""
        person = self._handler.load(entries[0].person).state
        if not isinstance(person, Person) or not person.is_active or person.registered is None:
            return None, []
        address, choice = unseal(person.registered.email, self._keys), choice_of(person, self._keys)
        locale = spoken(choice.language or person.registered.language, self._handler.in_force)
        with self._views.reading() as reading:
            around = Surroundings(self._handler, reading)
            found = [(entry, line) for entry in entries if (line := self._line(entry, around, locale, choice))]
        if not found or not isinstance(address, str):
            return None, []
        lines = tuple(dict.fromkeys(line for _, line in found))
        return Letter(to=address, locale=locale, lines=lines), [entry for entry, _ in found]

    def mail(self, letter: Letter, first: Entry) -> EmailMessage:
        """ValueError where the address is none."""
        now = self._handler.sources.clock()
        return compose(self._sender, self._handler.in_force, letter.locale, letter.to, letter.lines, first.mail or first.id, now)

    def _line(self, entry: Entry, around: Surroundings, locale: str, choice: Choice) -> Line | None:
        found = self._handler.ledger.read(entry.event_index - 1, 1)
        if not found:
            return None
        (recorded,) = found
        state = self._handler.load(recorded.stream).state
        made = next((one for one in messages(recorded, state, around.of(recorded, state)) if one.id == entry.id), None)
        if made is None or rhythm_of(made.occasion.urgency, choice.rhythm) == "never":
            return None
        return self._told(made, recorded, state, locale)

    def _told(self, made: Message, recorded: Recorded, state: State, locale: str) -> Line:
        programme = self._handler.programmes.get(recorded.header.policy, self._handler.in_force)
        terms = terms_of(programme, locale)
        event = recorded.event.asked_of(made.person) if isinstance(recorded.event, AssessorsDrawn) else recorded.event
        values = Telling(locale, lambda id: id, terms, _timezone(event, programme)).fields(_readable(event, made.sight))
        reference = state.reference if isinstance(state, Application) else ""
        page = f"applications/{reference}" if reference else ""
        return Line(
            kind=made.occasion.kind,
            text=filled(translations(locale).gettext(made.occasion.text), values, terms),
            reference=reference,
            url=f"{self._sender.base_url.rstrip('/')}/{locale}/{page}",
            optional=made.occasion.urgency not in ("always", "daily"),
        )


def _readable(event: Event, sight: Sight) -> dict[str, object]:
    classes = field_classes(type(event))
    return {name: getattr(event, name) for name in TOLD if classes.get(name) in sight.classes}


def _timezone(event: Event, programme: Programme) -> str:
    """Where its due day is counted: the place of the calendar that gave it."""
    code = str(getattr(event, "calendar", "")).partition("/")[0]
    return programme.calendars[code].timezone if code in programme.calendars else "UTC"


def next_digest(now: datetime, timezone: str, *, weekly: bool = False) -> datetime:
    """The next morning of the office after now; of a weekly digest, of a Monday."""
    local = now.astimezone(get_timezone(timezone))
    day = local.date() + timedelta(days=0 if local.time() < DIGEST_AT else 1)
    if weekly:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return datetime.combine(day, DIGEST_AT, local.tzinfo).astimezone(now.tzinfo)
