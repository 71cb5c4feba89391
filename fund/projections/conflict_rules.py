"""Nobody with a conflict that keeps them out does anything to the file, what they did before is listed whole, and somebody looked again
before the city got its answer. From the events alone, and written independently of the deciders."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.sections import Applicant
from fund.projections.hands import Breach, acting
from fund.projections.serving import Serving

ANSWERS = (
    e.FoundIneligible | e.ApprovalGiven | e.Approved | e.ApprovedWithConditions | e.Declined | e.Deferred | e.Referred | e.PutOnWaitingList
)
TERMS = (
    e.CoordinationClosed | e.LeadHandedOver | e.OpinionAnswered | e.ProposalMade | e.OpinionOverruled | e.ApprovalGiven | e.Approved
    | e.ApprovedWithConditions
    | e.CityCapReached | e.PutOnWaitingList | e.ActivityHeld | e.AwardClosed | e.AwardTerminated
)  # fmt: skip
"""What sets the form of the support or its cost."""
CHOOSING = (e.CoordinationClosed, e.LeadHandedOver)
"""What chooses among hubs."""


class Tied(msgspec.Struct):
    """Of one person: standing declarations by number."""

    interests: dict[int, e.InterestDeclared] = msgspec.field(default_factory=dict)


class Ordered(msgspec.Struct):
    """Of one round: the files that entered it, those that were given a place, and who gave it."""

    entered: list[str] = msgspec.field(default_factory=list)
    placed: set[str] = msgspec.field(default_factory=set)
    acts: list[tuple[int, frozenset[str]]] = msgspec.field(default_factory=list)


class Touched(msgspec.Struct):
    """Of one file: the cities and hubs that have a part in it, the hub that delivers, who did what, and the conflicts that stand."""

    lead: str = ""
    round: str = ""
    """The one whose order speaks for it."""
    others: tuple[str, ...] = ()
    asked: set[str] = msgspec.field(default_factory=set)
    released: set[str] = msgspec.field(default_factory=set)
    spoke: dict[str, frozenset[str]] = msgspec.field(default_factory=dict)
    """Hub -> everybody in whose name it gave its opinion."""
    closed: e.CoordinationClosed | None = None
    acts: list[tuple[int, frozenset[str], type[e.ApplicationEvent]]] = msgspec.field(default_factory=list)
    conflicts: dict[int, tuple[str, e.ConflictDeclared]] = msgspec.field(default_factory=dict)
    """Number -> who declared it, and what."""
    of_terms: set[int] = msgspec.field(default_factory=set)
    """Conflicts under which the form or the cost of the support was set."""
    hands: dict[int, frozenset[str]] = msgspec.field(default_factory=dict)
    """Conflict -> whose hands are in what is looked at again: another's, and of a signature theirs who recorded the level."""
    waits: set[int] = msgspec.field(default_factory=set)
    looked: set[int] = msgspec.field(default_factory=set)

    @property
    def cities(self) -> set[str]:
        return {self.lead, *self.others}

    @property
    def delivering(self) -> set[str]:
        if self.closed:
            return {self.closed.hub} if self.closed.hub else set()
        return self.choice

    @property
    def choice(self) -> set[str]:
        """Hubs of which one comes to deliver."""
        return self.asked - self.released


class Conflicts:
    """Give it every event in order; each difference comes with what is wrong."""

    def __init__(self) -> None:
        self._people: dict[str, Tied] = {}
        self._files: dict[str, Touched] = {}
        self._rounds: dict[str, Ordered] = {}
        self._serving = Serving()

    def see(self, one: Recorded) -> Iterator[str]:
        self._serving.see(one.event)
        match one.event:
            case e.ApplicationEvent() as event:
                yield from self._file(self._files.setdefault(one.stream, Touched()), one, event)
            case e.FileEntered() as event:
                self._round(one.stream).entered.append(event.application)
            case e.RoundRanked() | e.LineDrawn() as event:
                yield from self._order(self._round(one.stream), one, event)
            case e.InterestDeclared() as event:
                self._person(event.person).interests[event.number] = event
            case e.InterestEnded() as event:
                self._person(event.person).interests.pop(event.number, None)
                if event.person in one.header.hands:
                    yield Breach(f"{event.person} ended an interest of their own")

    def _person(self, id: str) -> Tied:
        return self._people.setdefault(id, Tied())

    def _file(self, file: Touched, one: Recorded, event: e.ApplicationEvent) -> Iterator[str]:
        for by in acting(one):
            if event.duty not in (None, "drafting") and self._is_out(file, by):
                yield Breach(f"{event.name} was done by {by}, who has no part in the file")
            if isinstance(event, TERMS) and self._is_paid(file, by, one.header.at):
                yield Breach(f"{event.name} was done by {by}, who would be paid to deliver")
        given = (id for id in _given(event) if self._is_out(file, id))
        yield from (Breach(f"{id} was given a task on the file, and has no part in it") for id in given)
        if isinstance(event, ANSWERS) and file.waits:
            yield Breach(f"{event.name} before anybody had looked again at conflict {min(file.waits)}")
        if isinstance(event, e.LookedAgain):
            yield from (Breach(what) for by in acting(one) for what in self._looked(file, event, by, one.header.at))
        if isinstance(event, e.ConflictDeclared):
            yield from map(Breach, self._listed(file, event, one.stream))
        yield from map(Breach, _said(file, one, event))
        _remember(file, one, event)

    def _round(self, id: str) -> Ordered:
        return self._rounds.setdefault(id, Ordered())

    def _order(self, round: Ordered, one: Recorded, event: e.RoundRanked | e.LineDrawn) -> Iterator[str]:
        """Which file it is stays unsaid: for some readers it is not there."""
        for by in acting(one):
            if any(self._is_out(self._files.setdefault(id, Touched()), by) for id in round.entered):
                yield Breach(f"{event.name} was done by {by}, who has no part in one of its files")
        round.acts.append((one.version, one.header.hands))
        if isinstance(event, e.RoundRanked):
            round.placed = {place.application for place in event.places}

    def _looked(self, file: Touched, event: e.LookedAgain, by: str, at: datetime) -> Iterator[str]:
        if event.number in file.of_terms and self._is_paid(file, by, at):
            yield f"what set the terms was looked at again by {by}, who would be paid to deliver"
        elif by in file.hands.get(event.number, frozenset()):
            yield f"conflict {event.number} was looked at again by {by}, who had a hand in it"

    def _listed(self, file: Touched, event: e.ConflictDeclared, id: str) -> Iterator[str]:
        """All of who has no part in it any more, in the order of its round too; of who is paid to deliver, what they would have been kept
        from."""
        theirs = [(version, kind) for version, hands, kind in file.acts if event.person in hands]
        if event.effect == "disclose":
            theirs = [(version, kind) for version, kind in theirs if issubclass(kind, TERMS) and self._pays_for(file, event, kind)]
        expected = [("", version, frozenset[str]()) for version, _ in theirs]
        if event.effect == "recuse" and id in (round := self._round(file.round)).placed:
            expected += [(file.round, version, hands) for version, hands in round.acts if event.person in hands]
        if [(act.on, act.version, frozenset(act.by)) for act in event.tainted] != expected:
            yield f"conflict {event.number} does not list exactly what {event.person} had done"

    def _pays_for(self, file: Touched, event: e.ConflictDeclared, kind: type[e.ApplicationEvent]) -> bool:
        standing = self._person(event.person).interests.get(event.standing or 0)
        if standing is None or standing.hub is None:
            return event.paid_to_deliver
        return event.paid_to_deliver and standing.hub in (file.choice if issubclass(kind, CHOOSING) else file.delivering)

    def _is_out(self, file: Touched, person: str) -> bool:
        on_file = any(said.person == person and said.effect == "recuse" for _, said in file.conflicts.values())
        return on_file or any(known.effect == "recuse" for known in self._concerning(file, person))

    def _is_paid(self, file: Touched, person: str, at: datetime) -> bool:
        if any(said.person == person and said.paid_to_deliver for _, said in file.conflicts.values()):
            return True
        paid = [known for known in self._concerning(file, person) if known.paid_to_deliver]
        hubs = self._serving.own(person) | self._serving.lent(person, at) | {hub for hub, hands in file.spoke.items() if person in hands}
        return any(known.city or known.hub in file.delivering for known in paid) or bool(hubs & file.delivering)

    def _concerning(self, file: Touched, person: str) -> list[e.InterestDeclared]:
        return [known for known in self._person(person).interests.values() if known.city in file.cities or known.hub in file.asked]


def _given(event: e.ApplicationEvent) -> tuple[str, ...]:
    match event:
        case e.AssessorAssigned():
            return (event.assessor,)
        case e.AssessorsDrawn():
            return event.drawn
        case e.ModeratorAssigned():
            return (event.moderator,)
        case e.ExpertProposed():
            return (event.person,)
    return ()


def _said(file: Touched, one: Recorded, event: e.ApplicationEvent) -> Iterator[str]:
    match event:
        case e.ConflictEnded():
            by, said = file.conflicts.get(event.number, ("", None))
            if said is None:
                yield f"conflict {event.number} ended, which did not stand"
            else:
                yield from (
                    f"conflict {event.number} was ended by {own}, whose own it is" for own in acting(one) if own in (by, said.person)
                )
        case e.LookedAgain() if event.number not in file.waits:
            yield f"conflict {event.number} was looked at again, and nothing waited for that"


def _remember(file: Touched, one: Recorded, event: e.ApplicationEvent) -> None:
    if event.duty not in (None, "drafting", "declaring", "emergency") and any(not hand.startswith("machine:") for hand in one.header.hands):
        file.acts.append((one.version, one.header.hands, type(event)))
    match event:
        case e.ApplicationStarted():
            file.lead = event.city
        case e.ApplicationSubmitted(round=round):
            file.round = round or ""
        case e.SectionSaved(section=Applicant() as section):
            file.others = (*section.beneficiaries, *section.observers)
        case e.OpinionRequested(hub=hub) | e.HubAsked(hub=hub):
            file.asked.add(hub)
            file.released.discard(hub)
        case e.OpinionGiven(hub=hub):
            file.spoke[hub] = file.spoke.get(hub, frozenset()) | one.header.hands
        case e.HubReleased(hub=hub):
            file.released.add(hub)
        case e.CoordinationClosed():
            file.closed = event
        case e.LeadHandedOver() if file.closed:
            file.closed = msgspec.structs.replace(file.closed, mode=event.mode, hub=event.hub)
        case e.TrackChanged(reassess=True):
            file.closed = None
        case e.ConflictDeclared():
            _stands(file, event, one.header.on_behalf_of or one.header.actor)
        case e.ConflictEnded(number=number):
            file.conflicts.pop(number, None)
            file.waits.discard(number)
        case e.LookedAgain(number=number):
            file.waits.discard(number)
            file.looked.add(number)
        case e.AppealDecided(back_to=str()) | e.EligibilityOverridden() | e.DecisionCorrected():
            # What was only listed after the decision that fell is what another is built on.
            listed = {number for number, (_, said) in file.conflicts.items() if any(act.then == "listed" for act in said.tainted)}
            file.waits |= listed - file.looked
            file.round = ""
            if getattr(event, "back_to", "") == "assessment":
                file.closed = None


def _whose(file: Touched, version: int) -> frozenset[str]:
    hands, level = frozenset[str](), frozenset[str]()
    for number, by, kind in file.acts:
        level = by if issubclass(kind, e.SafeguardsRecorded) and number < version else level
        hands = by if number == version else hands
        if number == version and issubclass(kind, e.SafeguardsSigned):
            hands |= level
    return hands


def _stands(file: Touched, event: e.ConflictDeclared, by: str) -> None:
    file.conflicts[event.number] = by, event
    if any(act.then == "look_again" for act in event.tainted):
        file.waits.add(event.number)
    again = [act for act in event.tainted if act.then != "redone"]
    # Whose hands were in the order of its round, the list says; that it says so rightly was looked at.
    file.hands[event.number] = frozenset().union(*(frozenset(act.by) if act.on else _whose(file, act.version) for act in again))
    if any(issubclass(kind, TERMS) for version, _, kind in file.acts if version in {act.version for act in event.tainted if not act.on}):
        file.of_terms.add(event.number)
    if event.redone in ("assessment", "moderation"):
        file.closed = None
