"""One application as its reader may see it, with what happened told in sentences."""

from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec

from fund.api import files
from fund.api.pages.posting import Form, expected
from fund.api.pages.site import Visit
from fund.border import issued
from fund.border.clocks import days_of
from fund.border.consents import Consent, consents_of
from fund.border.seeing import Sights
from fund.domain import events as e
from fund.domain import mitigation
from fund.domain.application import Application, Clarification, Stage, missing_sections
from fund.domain.clock import clock
from fund.domain.deciding import allowed_actions
from fund.domain.emergency import with_access
from fund.domain.event import Recorded
from fund.domain.facts import Facts
from fund.domain.programme import Programme, Track
from fund.domain.refusal import Refusal
from fund.domain.screen import Owed
from fund.domain.sections import SECTIONS, WHERE_ASKED, section_name
from fund.domain.streams import fold, hub_stream
from fund.domain.visibility import EMERGENCY, Sight
from fund.language import event_sentence, message
from fund.language.catalogues import N_
from fund.language.clocks import clock_told
from fund.projections import application_file

WAIT_SECONDS = 2.0
NOT_READABLE = N_("(not readable)")

BARE: dict[type[Any], str] = {
    e.AlignmentDetermined: N_("All assessments are in."),
    e.AssessmentRecorded: N_("An assessment is in."),
}
"""Events that some readers only know to have happened -> what they are told."""

S = Stage
WAY = (S.DRAFT, S.COMPLETENESS, S.ELIGIBILITY, S.ASSESSMENT, S.COORDINATION, S.PROPOSAL, S.DECISION, S.LETTER)
"""The stages on the way to a letter."""
BY_POINTS = (S.MODERATION, S.RANKING)
"""Those that lie on it besides, where applications compete."""


def way(track: Track) -> tuple[Stage, ...]:
    """The stages on the way of a track, in their order."""
    return tuple(stage for stage in Stage if stage in WAY or (track.judgement == "points" and stage in BY_POINTS))


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the timeline."""

    version: int
    sentence: str
    at: datetime


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One section of a draft. `returned`: the city was asked to complete it."""

    section: str
    done: bool
    returned: bool


class Owes(msgspec.Struct, frozen=True, kw_only=True):
    """What the lead city sees to against harm. text: as the reader may read it."""

    number: int
    text: object
    due: datetime
    calendar: str
    is_open: bool


class Seen:
    """`file` is the application as it stands; `read` as this reader may read it, its texts opened or held back."""

    def __init__(self, visit: Visit, opened: files.OpenFile) -> None:
        self.visit = visit
        self.actor = with_access(visit.signed_in.actor, opened.state)
        self.file = opened.state
        self.lead = opened.lead
        self.version = opened.version
        self.cities = opened.cities
        self._sights = Sights(visit.site.fund, self.actor, self.file, opened.cities)

    @property
    def reference(self) -> str:
        return self.file.reference

    @property
    def path(self) -> str:
        return self.visit.path("applications", self.reference)

    @cached_property
    def read(self) -> Application:
        return self._sights.state()

    @cached_property
    def title(self) -> str:
        return title(self.read)

    @cached_property
    def programme(self) -> Programme:
        handler = self.visit.site.fund.handler
        return handler.programme_of(self.file)

    @cached_property
    def timezone(self) -> str:
        """Where its due days are counted."""
        return self.programme.calendars[self.programme.track(self.file.track).calendar].timezone

    @cached_property
    def now(self) -> datetime:
        return self.visit.site.fund.now()

    @cached_property
    def clock(self) -> str:
        """Why its clock is where it is; empty where none runs."""
        days = days_of(self.visit.site.fund, self.file)
        reading = clock(self.file, self.now, days)
        return clock_told(self.visit.locale, reading, days.timezone) if reading else ""

    def days_of(self, stamp: str) -> str:
        """The place of the calendar that gave a date: `code/version` -> its time zone."""
        code = stamp.partition("/")[0]
        return self.programme.calendars[code].timezone if code in self.programme.calendars else self.timezone

    @property
    def questions(self) -> tuple[Clarification, ...]:
        """What the city was asked, with its answers, as far as the reader may know; the last first."""
        return self.read.clarifications[::-1]

    @cached_property
    def actions(self) -> frozenset[str]:
        """Verbs open to this reader now."""
        fund = self.visit.site.fund
        hubs = (hub_stream(hub.code) for hub in self.programme.catalogue.hubs)
        states = {id: fund.handler.load(id).state for id in (*self.file.parties, *hubs, *(lent.by for lent in self.actor.lent))}
        facts = Facts(now=fund.now(), actor=self.actor, programme=self.programme, states=states)
        return frozenset(step.verb for step in allowed_actions(self.file, facts))

    @property
    def is_ours(self) -> bool:
        """Whether the reader speaks for the lead city."""
        return self.lead.represented_by(self.actor.id)

    @property
    def is_signatory(self) -> bool:
        return self.lead.represented_by(self.actor.id, "signatory")

    @property
    def is_of_a_party(self) -> bool:
        """Whether the reader speaks for any city of the file."""
        return any(city.represented_by(self.actor.id) for city in self.cities)

    @property
    def signs_for(self) -> tuple[str, ...]:
        """Partner cities whose text the reader signs."""
        signed = {city.id for city in self.cities if city.represented_by(self.actor.id, "signatory")}
        return tuple(city for city in self.file.invited_partners if city in signed)

    @property
    def owing(self) -> tuple[str, ...]:
        """Those of them that have not accepted the text as it stands."""
        return tuple(city for city in self.signs_for if not self.file.has_accepted(city))

    @cached_property
    def consents(self) -> tuple[Consent, ...]:
        """What each partner city has accepted; for those who speak for a city of the file."""
        return consents_of(self.file) if self.is_of_a_party else ()

    def as_accepted(self, city: str) -> Application | None:
        """The file as this reader may read it, when that city last accepted its text; None where it never did."""
        told = [recorded for recorded, _ in self._sights.events()]
        accepted = [one.version for one in told if isinstance(one.event, e.TextAccepted | e.AcceptanceRecorded) and one.event.city == city]
        known = fold(self.file.id, (one for one in told if accepted and one.version <= accepted[-1]))
        return known if accepted and isinstance(known, Application) else None

    @cached_property
    def owes(self) -> tuple[Owes, ...]:
        """The first due first; for those who speak for the lead city."""
        if not self.is_ours:
            return ()
        texts = {one.event.number: one.event.text for one, _ in self._sights.events() if isinstance(one.event, e.MitigationAgreed)}
        citys = sorted((one for one in mitigation.owed(self.file) if one.asked.city), key=lambda one: one.asked.due)
        return tuple(_owes(one, texts.get(one.asked.number)) for one in citys)

    @property
    def has_letter(self) -> bool:
        """Whether there is one that this reader may open."""
        return self.file.letter is not None and self._sights.sees(e.LetterIssued)

    @cached_property
    def letters(self) -> list[issued.Issued]:
        """All that this reader may open, the newest first."""
        return issued.letters(self._sights)[::-1]

    @cached_property
    def track(self) -> str:
        """Empty until it is submitted."""
        return self.visit.term(f"track.{self.file.track}") if self.file.track else ""

    @cached_property
    def moves(self) -> list[issued.Move]:
        return issued.moves(self._sights, self.programme, self.visit.locale)

    @property
    def has_answers(self) -> bool:
        """Whether the reader may read what the city wrote."""
        return self._sights.sees(e.SectionSaved)

    @property
    def sections(self) -> tuple[str, ...]:
        """Those that the form has, in order."""
        asked = self.programme.safeguards is not None
        return tuple(section_name(kind) for kind in SECTIONS if asked or kind not in WHERE_ASKED)

    def tasks(self) -> list[Task]:
        missing = missing_sections(self.file, safeguards=self.programme.safeguards is not None)
        returned = self.read.returned.sections if self.read.returned else ()
        return [Task(section=name, done=name not in missing, returned=name in returned) for name in self.sections]

    def text(self, text: object) -> str:
        """A text of `read`: erased, sealed or withheld ones say so."""
        return text if isinstance(text, str) else message(self.visit.locale, NOT_READABLE)

    def happened(self, after: int = 0) -> list[Happened]:
        """Newest first, after a version."""
        return [self._told(one, sight) for one, sight in reversed(list(self._sights.events(after)))]

    @property
    def accesses(self) -> list[Happened]:
        """What the reader may know of emergency access to the file, for ever; the newest first."""
        return [self._told(one, sight) for one, sight in reversed(list(self._sights.events())) if isinstance(one.event, EMERGENCY)]

    def _told(self, one: Recorded, sight: Sight) -> Happened:
        bare = None if "internal" in sight.classes else BARE.get(type(one.event))
        locale, visit = self.visit.locale, self.visit
        sentence = visit.words(bare) if bare else event_sentence(locale, one, visit.names, visit.term, self.timezone)
        return Happened(version=one.version, sentence=sentence, at=one.header.at)


def _owes(one: Owed, text: object) -> Owes:
    asked = one.asked
    return Owes(number=asked.number, text=text, due=asked.due, calendar=asked.calendar, is_open=one.is_open)


def title(file: Application) -> str:
    """Empty until the first section is saved."""
    applicant = file.sections.get("applicant")
    named = getattr(applicant, "title", "")
    return named if isinstance(named, str) else ""


def since(seen: Seen, refused: Refusal, form: Form) -> list[Happened]:
    """What happened after the writer of a form had looked, where that is why it is refused."""
    return seen.happened(after=expected(form)) if refused.code == "stream.moved" else []


def found(visit: Visit, reference: str) -> Seen:
    """The file that a reference means, if the reader may see it. Refusal reference.unknown."""
    actor = visit.signed_in.actor
    return Seen(visit, files.find(visit.site.fund, actor, reference))


def awaited(visit: Visit) -> bool:
    """Whether this page shows what was just saved: right after a command it waits, for a while, until the views know it."""
    index, fund = visit.saved(), visit.site.fund
    if index is None or index > fund.ledger.head():
        return False
    return fund.runner.wait_for(application_file.VIEW.name, index, WAIT_SECONDS)


def check_open(seen: Seen, verb: str) -> None:
    """Refusal access.denied, workflow.not_now."""
    if verb not in seen.actions:
        raise Refusal("workflow.not_now", command=verb, stage=str(seen.file.stage)) if seen.is_of_a_party else Refusal("access.denied")
