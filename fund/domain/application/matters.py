"""What a file remembers of each matter: an opinion, a question, a conflict, a decision, an award."""

from datetime import date, datetime
from typing import Literal

import msgspec

from fund.domain import events as e
from fund.domain import notice
from fund.domain.application.stage import Stage
from fund.domain.event import Sealed
from fund.domain.programme import Calendar

AnsweredBy = Literal["hub", "hub_or_centre", "centre"]


class HubOpinion(msgspec.Struct, frozen=True, kw_only=True):
    """The opinion asked of one hub: open until given or deemed."""

    hub: str
    due: datetime
    asked: int = 1
    """How often it was asked."""
    remind_at: datetime | None = None
    """When it is reminded, once until another day is set; None: never."""
    reminded: bool = False
    given: e.OpinionGiven | None = None
    by: frozenset[str] = frozenset()
    """Everybody in whose name the hub ever spoke of the file."""
    deemed: e.OpinionDeemed | None = None
    answered_by: AnsweredBy = "hub"
    central: e.CentralOpinionGiven | None = None
    """Given by the central team in its place."""
    released: bool = False
    """Nothing is asked of it any more."""
    note: e.ConfidentialNoteAdded | None = None
    answer: e.OpinionAnswered | None = None
    """What the proposal said to it."""

    @property
    def is_open(self) -> bool:
        return not (self.given or self.deemed or self.central or self.released)

    def to_remind(self, now: datetime) -> bool:
        return notice.passed(self._reminders, now) > self.reminded

    def is_late(self, now: datetime) -> bool:
        """Whether its silence counts."""
        return notice.is_late(self.due, self._reminders, self.reminded, now)

    def due_if_reminded(self, now: datetime, days: Calendar) -> datetime:
        return notice.due_after(self._reminders, 1, self.due, now, days)

    @property
    def _reminders(self) -> tuple[datetime, ...]:
        """The central team is not reminded of what it took over."""
        return (self.remind_at,) if self.remind_at and self.answered_by != "centre" else ()

    @property
    def opinion(self) -> e.Opinion | None:
        """What was said, by the hub or in its place; None where nothing was."""
        said = self.given or self.central
        return said.opinion if said else None

    @property
    def accepts_delivery(self) -> bool:
        return self.given is not None and self.given.accepts_delivery


class StageClock(msgspec.Struct, frozen=True, kw_only=True):
    """How the clock of the present stage was set, when nothing had stopped it: counted from `since`, due at `due` by `calendar`."""

    since: datetime
    due: datetime
    calendar: str


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """What decides whom a file still needs, so that it is looked at anew whether there are people enough once any of it changes."""

    submission: int
    conflicts: int
    """That were declared on it."""
    waiting: int
    """Of these, for somebody who looks again."""
    fallen: int
    """Decisions that others took, or are to take, the place of."""
    screen: str
    """`screen.screen_digest` that others sign than those who recorded it; empty where nobody does."""
    signed: int
    """How many of them have."""
    moderated: bool
    """Whether somebody has brought the judgements of it together, and decides no more."""
    made_way: int = 0
    """Assessors who made room for others, and are not drawn for it again."""
    appeals: int = 0
    corrections: int = 0
    """That were lodged or named: each is answered by people who had no hand in the file."""


QuestionEnd = Literal["answered", "withdrawn", "lapsed", "overtaken"]
"""`overtaken`: the file left the stages in which it can be asked."""


class Clarification(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the city: open until it is answered, withdrawn or lapsed, or the file has moved past it."""

    number: int
    by: str
    question: str | Sealed
    asked_at: datetime
    due: datetime
    """Of the answer, by `calendar`, the city's."""
    calendar: str
    reminders: tuple[datetime, ...] = ()
    reminded: int = 0
    answer: str | Sealed = ""
    end: QuestionEnd | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.end is None

    def to_remind(self, now: datetime) -> bool:
        return notice.passed(self.reminders, now) > self.reminded

    def is_late(self, now: datetime) -> bool:
        """Whether an answer would come too late."""
        return notice.is_late(self.due, self.reminders, self.reminded, now)

    def stopped_until(self, now: datetime) -> datetime:
        """How long it stopped the clock, as of now: as long as it could be answered."""
        until = self.ended_at or now
        return min(until, self.due) if self.is_late(until) else until


class ReturnedProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that the approver gave back, and why."""

    proposal: e.ProposalMade | None
    by: str
    reason: str | Sealed


class FirstApproval(msgspec.Struct, frozen=True, kw_only=True):
    """What a first person approved, for a second to confirm. `by`: whose rights and duties counted. `hands`: everybody in whose name."""

    by: str
    hands: tuple[str, ...] = ()
    given: e.ApprovalGiven


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was asked to take part in the support: open until answered or lapsed."""

    person: str
    part: e.Part
    city_name: str
    due: datetime
    calendar: str = ""
    """`code/version` of the days by which that is."""
    accepted: bool = False
    ended: bool = False
    left_at: datetime | None = None
    """When somebody who had agreed stepped back: what they delivered until then was delivered."""

    @property
    def is_open(self) -> bool:
        return not self.accepted and not self.ended


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Something that people did for the fund: the event at this version, and whose hands it was."""

    version: int
    event: str
    by: tuple[str, ...]


class EmergencyAccess(msgspec.Struct, frozen=True, kw_only=True):
    """A role on this file that somebody asked for. `until`: of the answer while it is asked; once it is open, of the access."""

    number: int
    asker: str
    role: str
    asked_at: datetime
    until: datetime
    opener: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    acts: tuple[int, ...] = ()
    """Versions of what was done with it."""

    @property
    def people(self) -> tuple[str, ...]:
        return (self.asker, *((self.opener,) if self.opener else ()))

    def is_alive(self, now: datetime) -> bool:
        """Asked or open, and not over."""
        return self.closed_at is None and now <= self.until

    def is_asked(self, now: datetime) -> bool:
        return self.opener is None and self.is_alive(now)

    def is_open(self, now: datetime) -> bool:
        return self.opener is not None and self.is_alive(now)


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict of interest that stands on file. `by`: who declared it. `settled`: somebody looked again at what it tainted."""

    by: str
    said: e.ConflictDeclared
    settled: bool = False
    ended: bool = False
    counts_again: bool = False
    """Whether the decision after which its acts were only listed has fallen: another is built on them."""

    @property
    def keeps_out(self) -> bool:
        return self.said.effect == "recuse" and not self.ended

    @property
    def waits(self) -> bool:
        """Whether somebody else is to look again at what was done, before anything is decided."""
        looked_at = ("look_again", "listed") if self.counts_again else ("look_again",)
        return not self.ended and not self.settled and any(act.then in looked_at for act in self.said.tainted)


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """A city that was invited to accept the text: what it accepted last, if anything, and whether it left."""

    city: str
    text: str = ""
    accepted: dict[str, str] = {}
    """Section -> its digest in the text that was accepted."""
    on_paper: bool = False
    left: e.PartnerLeft | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided, by whom and when; what was granted or is waited for, if anything."""

    outcome: e.Outcome
    by: str
    hands: tuple[str, ...] = ()
    """Everybody in whose name it was taken: two where a role was lent."""
    at: datetime
    reasons: tuple[str, ...] = ()
    conditions: tuple[e.Condition, ...] = ()
    checks: tuple[str, ...] = ()
    what_would_change: tuple[str, ...] = ()
    reason: str | Sealed = ""
    """Given with a finding of ineligibility."""
    envelope: str | None = None
    amount: int = 0
    currency: str = ""
    until: date | None = None
    awaits: str = ""
    review: datetime | None = None
    """When a file that was put off or waits is looked at again at the latest, by `calendar`."""
    calendar: str = ""
    modality: str = ""
    turn_to: str = ""
    passed_on: str = ""
    otherwise: e.DecidedOtherwise | None = None
    first: FirstApproval | None = None


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Of a file that is suspended: since when, and how it was told."""

    at: datetime
    suspended: e.ApplicationSuspended
    back_to: Stage | None = None
    """An earlier stage, which is done again because of a conflict that was declared meanwhile; then it has all the days of that one."""

    @property
    def stage(self) -> Stage:
        """Where it goes on: where it was, unless that is done again from further back."""
        return self.back_to or Stage(self.suspended.stage)


AppealEnd = Literal["upheld", "partly_upheld", "dismissed", "not_admitted", "withdrawn"]


class Appeal(msgspec.Struct, frozen=True, kw_only=True):
    """One city's appeal against the decision that `letter` told, and what became of it. `back_to`: where the file is decided again from."""

    number: int
    city: str
    letter: int
    at: datetime
    grounds: str | Sealed
    against: tuple[e.Inadmissible, ...]
    outcome: AppealEnd | None = None
    reasons: tuple[str, ...] = ()
    answered_at: datetime | None = None
    back_to: e.BackTo | None = None
    told: bool = False
    """Whether its letter is issued."""
    corrections: int = 0
    """How many corrections of the file came before it."""
    waited: tuple[str, ...] = ()
    """Cities that could not lodge their own while it was open: their time began anew when it ended and the decision stood."""
    appeal_until: datetime | None = None
    """Until when these can appeal."""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that is said to be wrong in the decision that `letter` told: a check or the number of a reason; and the answer to it."""

    number: int
    city: str
    """That says so; empty where the central team found it."""
    letter: int
    at: datetime
    check: str
    reason: int
    instead: str | Sealed
    outcome: Literal["corrected", "refused"] | None = None
    reasons: tuple[str, ...] = ()
    answered_at: datetime | None = None
    appeal_until: datetime | None = None
    """Until when the decision can be appealed against after it was left as it was."""


class Screening(msgspec.Struct, frozen=True, kw_only=True):
    """A look at the safeguards that is awaited, by `calendar`."""

    due: datetime
    calendar: str


class RunningAward(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an award since its letter offered it.

    report_due: as it stands; it moves when the award goes on or a report goes back. reminders, reminded: of what the city is awaited for.
    """

    report_due: datetime
    reminders: tuple[datetime, ...]
    reminded: int = 0
    accepted: e.AwardAccepted | None = None
    accepted_at: datetime | None = None
    met: tuple[e.ConditionMet, ...] = ()
    activities: tuple[e.ActivityHeld, ...] = ()
    missed: bool = False
    """Whether the report that is awaited is overdue."""
    report: e.ReportReceived | None = None
    suspended: e.AwardSuspended | None = None
    stopped_at: datetime | None = None
    """Since when it stands still: the first of its suspensions, or its end asked for."""
    termination: e.TerminationAsked | None = None
    given_up: e.AwardRelinquished | None = None
    """By its city: what was used is to be settled, and it does not go on."""
    incidents: tuple[e.IncidentReported, ...] = ()
    """In the order of reporting: the number of an incident is its place, from 1."""
    screening: Screening | None = None
    """While the safeguards wait to be looked at again."""
    looked_again: bool = False
    """Whether their level was recorded since the award was accepted."""
    ending: e.Ending | None = None

    def to_remind(self, now: datetime) -> bool:
        """Of what the city is awaited for; not of a report that is overdue."""
        return not self.missed and notice.passed(self.reminders, now) > self.reminded

    def is_late(self, due: datetime, now: datetime) -> bool:
        """With what is due then."""
        return notice.is_late(due, self.reminders, self.reminded, now)

    @property
    def ends(self) -> bool:
        """Whether its early end is asked for or, where its city gave it up, certain."""
        return self.termination is not None or self.given_up is not None

    @property
    def runs(self) -> bool:
        """Accepted, and not over."""
        return self.accepted is not None and self.ending is None

    @property
    def stage(self) -> Stage:
        """Where it goes on once nobody asks for its end any more."""
        if self.suspended:
            return Stage.SUSPENDED
        return Stage.REPORTED if self.report else Stage.DELIVERY


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody proposed to set aside, for somebody else to confirm by `due`, by `calendar`."""

    by: str
    checks: tuple[str, ...]
    reasons: tuple[str, ...]
    due: datetime
    calendar: str
