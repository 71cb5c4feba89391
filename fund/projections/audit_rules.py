"""What must hold over all history, whatever the deciders said at the time: separation of duties, money,
membership, and that no file waits for nobody.

Pure functions of the events in order of index. They fold what they need themselves, so that a fault in a decider or in its state
is found here and not repeated.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.facts import Role
from fund.domain.programme import Programme
from fund.domain.sections import Applicant
from fund.domain.step import Step
from fund.domain.workflow import APPLICATION_STEPS
from fund.projections.again_rules import Again
from fund.projections.appeal_rules import Appeals
from fund.projections.award_rules import Awards
from fund.projections.bound_rules import Bounds, Found
from fund.projections.conflict_rules import Conflicts
from fund.projections.consent_rules import Consents
from fund.projections.consultation_rules import Consultations
from fund.projections.decision_rules import Decisions
from fund.projections.hands import Breach, acting
from fund.projections.hold_rules import Holds
from fund.projections.incident_rules import Incidents
from fund.projections.lapse_rules import Lapses
from fund.projections.lot_rules import Lots
from fund.projections.membership_rules import Memberships
from fund.projections.mitigation_rules import Lessening
from fund.projections.pot_rules import Pots
from fund.projections.question_rules import Questions
from fund.projections.role_rules import Roles
from fund.projections.round_rules import Rounds
from fund.projections.safeguard_rules import Safeguarding
from fund.projections.track_rules import Tracks
from fund.projections.waiting_rules import Waits

Sum = tuple[str, int, str]
"""Envelope, minor units, currency."""

Entry = tuple[int, Sum]
"""An index, and what was approved or committed there."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, and where: a stream or a view, an index of the ledger. separation: somebody did what they may not have done."""

    where: str
    index: int
    what: str
    separation: bool = False


class Hands(msgspec.Struct):
    """Of one file: its cities, who did which duty, and who had done it before the present commit."""

    city: str = ""
    partners: tuple[str, ...] = ()
    done: frozenset[tuple[str, str]] = frozenset()
    before: frozenset[tuple[str, str]] = frozenset()
    commit: str = ""


class Duties:
    """Nobody acts for the fund after a duty that the step is kept apart from, nor for a city they belong to; nor does a machine."""

    def __init__(self) -> None:
        self._files: dict[str, Hands] = {}
        self._belongs: dict[str, set[str]] = {}
        self._speaks: dict[str, set[str]] = {}
        self._rounds: dict[str, list[str]] = {}
        """Round -> the files that entered it."""

    def see(self, one: Recorded) -> Iterator[Difference]:
        match one.event:
            case e.ApplicationEvent() as event:
                yield from self._file(one, event)
            case e.FileEntered() as event:
                self._rounds.setdefault(one.stream, []).append(event.application)
            case e.RoundRanked() | e.LineDrawn():
                yield from (Difference(where=one.stream, index=one.index, what=what, separation=True) for what in self._ordered(one))
            case e.AffiliationRecorded() as event:
                self._belongs.setdefault(event.person, set()).add(event.city)
            case e.RepresentativeConfirmed() as event:
                self._speaks.setdefault(event.person, set()).add(one.stream)
            case e.RepresentativeEnded() as event:
                self._speaks.get(event.person, set()).discard(one.stream)

    def _file(self, one: Recorded, event: e.ApplicationEvent) -> Iterator[Difference]:
        file = self._files.setdefault(one.stream, Hands())
        if file.commit != one.header.command_id:
            file.commit, file.before = one.header.command_id, file.done
        yield from (Difference(where=one.stream, index=one.index, what=what, separation=True) for what in self._breaches(file, one))
        if isinstance(event, e.ApplicationStarted):
            file.city = event.city
        if isinstance(event, e.SectionSaved) and isinstance(event.section, Applicant):
            file.partners = (*event.section.beneficiaries, *event.section.observers)
        if event.duty:
            file.done |= {(event.duty, hand) for hand in one.header.hands}

    def _ordered(self, one: Recorded) -> Iterator[str]:
        files = [self._files.get(id, Hands()) for id in self._rounds.get(one.stream, ())]
        cities = {city for file in files for city in (file.city, *file.partners)}
        for actor in acting(one):
            if cities & self._own(actor):
                yield f"{one.event.name} was done by {actor}, who belongs to a city of one of its files"

    def _own(self, actor: str) -> set[str]:
        return self._belongs.get(actor, set()) | self._speaks.get(actor, set())

    def _breaches(self, file: Hands, one: Recorded) -> Iterator[str]:
        name = one.event.name
        steps = [step for step in APPLICATION_STEPS if type(one.event) in step.records]
        if isinstance(one.event, e.TrackChanged):  # follows from an answer of the same commit, which is looked at
            return
        for actor in acting(one):
            yield from self._by_one(file, steps, actor, name)

    def _by_one(self, file: Hands, steps: list[Step], actor: str, name: str) -> Iterator[str]:
        if is_machine(actor):
            if not any(Role.MACHINE in step.roles for step in steps):
                yield f"{name} was done by {actor}: only a person may do it"
            return
        rows = (step for step in steps if step.by not in (Role.MACHINE, Role.REPRESENTATIVE))
        # What one row allows is no breach, though another that records the same would have ruled it out.
        yield from min((tuple(self._crossed(file, step, actor, name)) for step in rows), key=len, default=())

    def _crossed(self, file: Hands, step: Step, actor: str, name: str) -> Iterator[str]:
        for duty in step.apart:
            if (duty, actor) in file.before:
                yield f"{name} was done by {actor}, who did {duty} on the same file"
        for city in {file.city, *file.partners} & self._own(actor):
            yield f"{name} was done by {actor}, who belongs to {city}"


class Money:
    """No balance is ever below zero, and every approval has exactly one commitment, of the same amount, in the same commit."""

    def __init__(self) -> None:
        self._balances: dict[str, int] = {}
        self._in_kind: dict[str, list[bool]] = {}
        self._currencies: dict[str, str] = {}
        self._files: set[str] = set()
        self._approved: dict[tuple[str, str], Entry] = {}
        self._committed: dict[tuple[str, str], list[Entry]] = {}

    def see(self, one: Recorded) -> Iterator[Difference]:
        match one.event:
            case e.EnvelopeOpened() as event:
                self._currencies[one.stream] = event.currency
            case e.ContributionReceived() as event:
                self._in_kind.setdefault(one.stream, []).append(event.kind == "in_kind")
                yield from self._move(one, 0 if event.kind == "in_kind" else event.amount, event.currency)
            case e.ContributionReduced() as event:
                in_kind = self._in_kind.get(one.stream, [])[event.contribution - 1 : event.contribution] == [True]
                yield from self._move(one, 0 if in_kind else -event.amount, event.currency)
            case e.FundsReleased() as event:
                yield from self._move(one, event.amount, event.currency)
            case e.FundsCommitted() as event:
                yield from self._move(one, -event.amount, event.currency)
                amount = (one.stream, event.amount, event.currency)
                self._committed.setdefault((event.application, one.header.command_id), []).append((one.index, amount))
            case e.Approved() | e.ApprovedWithConditions() as event:
                if one.stream in self._files:
                    yield Difference(where=one.stream, index=one.index, what="approved more than once")
                self._files.add(one.stream)
                self._approved[one.stream, one.header.command_id] = one.index, (event.envelope, event.amount, event.currency)

    def end(self) -> Iterator[Difference]:
        for key in sorted(self._approved.keys() | self._committed.keys()):
            yield from self._unpaired(key[0], self._approved.get(key), self._committed.get(key, []))

    def _move(self, one: Recorded, amount: int, currency: str) -> Iterator[Difference]:
        if currency != self._currencies.get(one.stream):
            yield Difference(where=one.stream, index=one.index, what=f"{currency} in an envelope of {self._currencies.get(one.stream)}")
        balance = self._balances[one.stream] = self._balances.get(one.stream, 0) + amount
        if balance < 0:
            yield Difference(where=one.stream, index=one.index, what=f"the balance is {balance} minor units, below zero")

    def _unpaired(self, file: str, approved: Entry | None, committed: list[Entry]) -> Iterator[Difference]:
        if approved is None:
            for index, amount in committed:
                yield Difference(where=file, index=index, what=f"{_text(amount)} committed without an approval")
        elif len(committed) != 1:
            yield Difference(where=file, index=approved[0], what=f"approved {_text(approved[1])} with {len(committed)} commitments")
        elif committed[0][1] != approved[1]:
            yield Difference(where=file, index=approved[0], what=f"approved {_text(approved[1])} but committed {_text(committed[0][1])}")


class Adoptions:
    """A programme is adopted as it was proposed, and by nobody whose hands proposed it."""

    def __init__(self) -> None:
        self._proposed: dict[str, set[str]] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        hands = set(one.header.hands)
        match one.event:
            case e.ProgrammeProposed() as event:
                self._proposed[event.digest] = hands
            case e.ProposalWithdrawn() as event:
                self._proposed.pop(event.digest, None)
            case e.ProgrammeAdopted() as event:
                proposed_by = self._proposed.pop(event.digest, None)
                if proposed_by is None:
                    yield f"version {event.version} was adopted without a proposal"
                elif proposed_by & set(acting(one)):
                    yield Breach(f"version {event.version} was adopted by who proposed it")


def audited(recorded: Iterable[Recorded], programmes: Mapping[str, Programme] | None = None) -> Iterator[Difference]:
    """Everything that the whole history, from its first event, breaks. programmes: by version; their bounds are looked at."""
    duties, money, bounds, waits = Duties(), Money(), Bounds(programmes or {}), Waits()
    awards = Awards()
    others = (
        Memberships(),
        Pots(),
        Lots(),
        Consultations(),
        Consents(),
        Safeguarding(),
        Lessening(),
        Adoptions(),
        Decisions(),
        Tracks(),
        Rounds(),
        Questions(),
        Appeals(),
        Conflicts(),
        Again(),
        awards,
        Roles(),
        Holds(),
        Lapses(),
        incidents := Incidents(),
    )
    for one in recorded:
        yield from duties.see(one)
        yield from money.see(one)
        yield from map(_difference, (*bounds.see(one), *waits.see(one)))
        for rules in others:
            yield from (_difference(Found(one.stream, one.index, what)) for what in rules.see(one))
    yield from money.end()
    yield from map(_difference, (*bounds.end(), *waits.end(), *awards.end(), *incidents.end()))


def _difference(found: Found) -> Difference:
    return Difference(where=found.where, index=found.index, what=str(found.what), separation=isinstance(found.what, Breach))


def is_machine(actor: str) -> bool:
    return actor.startswith("machine:")


def _text(amount: Sum) -> str:
    return f"{amount[1]} {amount[2]} from {amount[0]}"
