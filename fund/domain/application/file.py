"""One application: all that its history says of it, and what follows from that alone."""

from datetime import datetime
from typing import TypeVar

import msgspec

from fund.domain import events as e
from fund.domain.application.matters import (
    Act,
    Appeal,
    Clarification,
    Conflict,
    Correction,
    Decision,
    Demand,
    EmergencyAccess,
    FirstApproval,
    Held,
    HubOpinion,
    Invitation,
    Override,
    Partner,
    ReturnedProposal,
    RunningAward,
    StageClock,
)
from fund.domain.application.stage import DECIDING_LETTERS, Stage
from fund.domain.screen import Help, Owed, Screen
from fund.domain.sections import SECTIONS, WHERE_ASKED, AnySection, Applicant, Section, section_name, text_digest

S = TypeVar("S", bound=Section)


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """One application. `hands` keeps who did which duty.

    `due` and `calendar`: when the present stage is due; while a question to the city is open, when the first answer is.
    """

    id: str = ""
    stage: Stage = Stage.NEW
    reference: str = ""
    city: str = ""
    language: str = "en"
    sections: dict[str, AnySection] = {}
    digests: dict[str, str] = {}
    """Section -> the digest of it as it stands."""
    written_at: datetime | None = None
    """Since when the form reads as it does."""
    papers: dict[str, str] = {}
    """Photograph of a signed paper -> the text that was accepted by it."""
    partners: dict[str, Partner] = {}
    """City -> what was asked of it, in the order of asking."""
    submission: e.ApplicationSubmitted | None = None
    submitted_at: datetime | None = None
    submissions: int = 0
    track: str | None = None
    """The way it takes through the fund; None before it is submitted."""
    round: str | None = None
    """The competitive round it is in."""
    sealed_until: datetime | None = None
    """When that round closes: nobody assesses the file before."""
    track_chosen: e.TrackChosen | None = None
    track_changes: tuple[e.TrackChanged, ...] = ()
    safeguards: e.SafeguardsRecorded | None = None
    screen: Screen | None = None
    """The same with all that was said to it since; None where no questions were asked."""
    screen_again: bool = False
    """A decision fell, by an appeal or by two people: whatever was recorded before is looked at anew."""
    safeguard_help: Help | None = None
    """What was asked for the city, which could not answer every question."""
    returned: e.ReturnedForCompletion | None = None
    reminded: bool = False
    """Whether its city was told that what it does not submit lapses."""
    due: datetime | None = None
    calendar: str = ""
    clock: StageClock | None = None
    held: Held | None = None
    """While it is suspended, before any decision."""
    clarifications: tuple[Clarification, ...] = ()
    """In the order of asking: the number of a question is its place, from 1."""
    opinions: dict[str, HubOpinion] = {}
    """Hub code -> what was asked of that hub, in the order of asking."""
    checks: dict[str, e.CheckRecorded] = {}
    assessors: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    """Assessors who made room for others."""
    draws: int = 0
    announced_short: tuple[Demand, ...] = ()
    """For which it was announced that people are missing to finish it."""
    assessments: tuple[e.AssessmentRecorded, ...] = ()
    assessors_clocks: dict[str, StageClock] = {}
    """Assessor -> since when they are asked, by when they assess, and by whose days."""
    findings: tuple[e.Finding, ...] = ()
    scores: tuple[e.ScoresRecorded, ...] = ()
    moderation: e.ModerationCalled | None = None
    moderator: str = ""
    """Who was asked by name to hold the moderation; empty while it is any officer's work."""
    moderator_clock: StageClock | None = None
    """Since when that person is asked, by when they hold it, and by whose days; None where nobody said."""
    lapsed_moderators: tuple[str, ...] = ()
    """Who was asked and did not come, as often as that was."""
    moderated: e.ModerationHeld | None = None
    scored: e.Scored | None = None
    placed: e.Placed | None = None
    invited: tuple[Invitation, ...] = ()
    """Experts and peers, in the order in which they were asked."""
    coordination: e.CoordinationClosed | None = None
    """As it was closed, and by whom it is led since."""
    led_before: tuple[str, ...] = ()
    """Hubs that led it and were not open any more, in order."""
    proposal: e.ProposalMade | None = None
    returned_proposals: tuple[ReturnedProposal, ...] = ()
    otherwise: e.DecidedOtherwise | None = None
    """Why the decision that is being taken departs from the proposal."""
    approval: FirstApproval | None = None
    """Given by one person and not yet confirmed by a second."""
    decision: Decision | None = None
    """The one in force; None again once the file is taken up anew."""
    earlier: tuple[Decision, ...] = ()
    """Decisions that others took the place of, oldest first."""
    anew_since: int = 0
    """The fact by which it was last taken up anew, with no decision in force any more: its version; 0 where that never happened."""
    letters: tuple[e.LetterIssued, ...] = ()
    opened: tuple[e.LetterOpened, ...] = ()
    deemed: tuple[e.LetterDeemedDelivered, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    """In the order of lodging: the number of an appeal is its place, from 1."""
    corrections: tuple[Correction, ...] = ()
    """In the order of asking: the number of a correction is its place, from 1."""
    override: Override | None = None
    """Of a finding of ineligibility: proposed, and neither confirmed nor declined."""
    overturned: frozenset[str] = frozenset()
    """Who took decisions that an appeal overturned, or two people set aside: they decide nothing of the file any more."""
    set_aside: frozenset[str] = frozenset()
    """Checks that a person records, whatever the facts on file say: what was found on them did not stand."""
    award: RunningAward | None = None
    """Since the letter of its approval; None where that letter asked nothing more of the city."""
    reserved: str | None = None
    """The envelope that holds money back for this file, which was woken, or is decided again, for it."""
    hands: frozenset[tuple[str, str]] = frozenset()
    acts: tuple[Act, ...] = ()
    """What people did for the fund, in order."""
    conflicts: tuple[Conflict, ...] = ()
    """In the order of declaring: the number of a conflict is its place, from 1."""
    emergencies: tuple[EmergencyAccess, ...] = ()
    """In the order of asking, for ever."""

    @property
    def stands_at(self) -> Stage:
        """The stage that it is in; while it is suspended, the one in which it goes on."""
        return self.held.stage if self.held else self.stage

    @property
    def policy(self) -> str | None:
        """The version the file is judged under; None before it is submitted."""
        return self.submission.policy if self.submission else None

    @property
    def cities(self) -> tuple[str, ...]:
        """The lead city, then the other beneficiaries that have not left."""
        applicant = self.section(Applicant)
        return (self.city, *self._staying(applicant.beneficiaries if applicant else ()))

    @property
    def named(self) -> tuple[str, ...]:
        """The lead city and every other that would benefit, those that left included."""
        applicant = self.section(Applicant)
        return (self.city, *(applicant.beneficiaries if applicant else ()))

    @property
    def observers(self) -> tuple[str, ...]:
        """Cities that take part in activities and do not benefit."""
        applicant = self.section(Applicant)
        return self._staying(applicant.observers if applicant else ())

    @property
    def parties(self) -> tuple[str, ...]:
        """Every city that has a part in it, or had until it left: whoever belongs to one decides nothing of it."""
        applicant = self.section(Applicant)
        return (self.city, *(applicant.beneficiaries + applicant.observers if applicant else ()))

    @property
    def left(self) -> tuple[str, ...]:
        """Cities that the form names and that left."""
        return tuple(city for city in self.parties if self._has_left(city))

    @property
    def invited_partners(self) -> tuple[str, ...]:
        """Cities that were asked to accept the text, are still named in it and have not left."""
        return tuple(city for city in self.partners if city in self.parties and not self._has_left(city))

    @property
    def text(self) -> str:
        """Digest of the form as it stands: what a partner city accepts. Empty while nothing is saved."""
        return text_digest(self.digests)

    @property
    def still_owed(self) -> tuple[Owed, ...]:
        """What lessens the risks of an award that runs, done or not: another look at its safeguards ends none of it."""
        return self.screen.owed if self.screen and self.award and self.award.runs else ()

    def has_accepted(self, city: str) -> bool:
        """The text exactly as it stands."""
        return city in self.invited_partners and self.partners[city].text == self.text

    def changed_since(self, city: str) -> tuple[str, ...]:
        """Names of the sections that differ from what the city accepted, in the order of the form: all where it accepted nothing."""
        accepted = self.partners[city].accepted if city in self.partners else {}
        names = map(section_name, SECTIONS)
        return tuple(name for name in names if self.digests.get(name) != accepted.get(name))

    def _staying(self, cities: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(city for city in cities if not self._has_left(city))

    def _has_left(self, city: str) -> bool:
        partner = self.partners.get(city)
        return partner is not None and partner.left is not None

    @property
    def letter(self) -> e.LetterIssued | None:
        """The last one issued."""
        return self.letters[-1] if self.letters else None

    def opened_by(self, letter: int, city: str) -> e.LetterOpened | None:
        return next((one for one in self.opened if (one.letter, one.city) == (letter, city)), None)

    def deemed_delivered(self, letter: int) -> e.LetterDeemedDelivered | None:
        return next((one for one in self.deemed if one.letter == letter), None)

    def is_superseded(self, letter: int) -> bool:
        """Whether what this letter told is in force no more. Every decision that others took the place of has had its letter."""
        telling = [number for number, one in enumerate(self.letters, start=1) if one.outcome in DECIDING_LETTERS]
        return letter in telling[: len(self.earlier)]

    @property
    def answered_appeal(self) -> Appeal | None:
        """The appeal that was answered and whose letter is still to be issued."""
        return next((one for one in self.appeals if one.outcome and not one.told), None)

    @property
    def is_open(self) -> bool:
        return self.stage not in (Stage.NEW, Stage.CLOSED)

    @property
    def open_clarifications(self) -> tuple[Clarification, ...]:
        """Questions that the city has not answered, the first due first. While there is one, the clock of the stage stands still."""
        return tuple(sorted((asked for asked in self.clarifications if asked.is_open), key=lambda asked: (asked.due, asked.number)))

    @property
    def open_opinions(self) -> tuple[HubOpinion, ...]:
        """Those still waited for, the first due first."""
        return tuple(sorted((asked for asked in self.opinions.values() if asked.is_open), key=lambda asked: asked.due))

    def invitation(self, person: str) -> Invitation | None:
        """What this person is still asked or has accepted."""
        return next((one for one in self.invited if one.person == person and not one.ended), None)

    @property
    def accepted_peers(self) -> tuple[str, ...]:
        """The cities of peers who agreed to take part, by name: a person is never named to an applicant."""
        return tuple(dict.fromkeys(one.city_name for one in self.invited if one.accepted and one.part == "peer"))

    def conflicts_of(self, person: str) -> tuple[Conflict, ...]:
        """Those that stand."""
        return tuple(one for one in self.conflicts if one.said.person == person and not one.ended)

    @property
    def recused(self) -> frozenset[str]:
        """Who has no part in it any more, by what was declared on this very file."""
        return frozenset(one.said.person for one in self.conflicts if one.keeps_out)

    @property
    def to_look_at_again(self) -> tuple[Conflict, ...]:
        return tuple(one for one in self.conflicts if one.waits)

    @property
    def people(self) -> tuple[str, ...]:
        """Whoever did something for the fund on it, or was asked to."""
        asked = (*self.assessors, self.moderator, *(one.person for one in self.invited if not one.ended))
        return tuple(dict.fromkeys(filter(None, (*(hand for act in self.acts for hand in act.by), *asked))))

    @property
    def assessed_by(self) -> frozenset[str]:
        return frozenset(one.assessor for one in self.assessments) | frozenset(one.assessor for one in self.scores)

    @property
    def demand(self) -> Demand:
        asked = self.screen.signatures if self.screen else ()
        return Demand(
            submission=self.submissions,
            conflicts=len(self.conflicts),
            waiting=len(self.to_look_at_again),
            fallen=len(self.earlier),
            screen=asked[0].asked.screen if asked else "",
            signed=sum(one.signed is not None for one in asked),
            moderated=self.moderated is not None,
            made_way=len(self.released),
            appeals=len(self.appeals),
            corrections=len(self.corrections),
        )

    def is_to_judge(self, person: str) -> bool:
        """Whether they were asked to assess or to moderate it, and have not yet."""
        assesses = person in self.assessors and person not in self.assessed_by
        return assesses or (person == self.moderator and self.moderated is None)

    def assessment_due(self, assessor: str) -> datetime | None:
        """By when this person judges, as queues show it; None where nobody said. Not before the stage is due.

        Days that a question to the city took are given back by their own days (`replacement.missing`), which may be more.
        """
        own = self.assessors_clocks.get(assessor)
        return max(own.due, self.due or own.due) if own else None

    @property
    def moderation_due(self) -> datetime | None:
        """By when the moderation is held, as queues show it: with the step, and not before the whole clock of whoever was asked by name."""
        own = self.moderator_clock if self.moderator else None
        return max(own.due, self.due or own.due) if own else self.due

    @property
    def assessors_due(self) -> dict[str, datetime]:
        """Assessor -> by when they assess, if nothing stops their clock."""
        return {assessor: clock.due for assessor, clock in self.assessors_clocks.items()}

    def section(self, kind: type[S]) -> S | None:
        found = self.sections.get(section_name(kind))
        return found if isinstance(found, kind) else None

    def did(self, actor: str, duty: str) -> bool:
        return (duty, actor) in self.hands

    def verdict(self, priority: str) -> e.Verdict | None:
        return next((finding.verdict for finding in self.findings if finding.priority == priority), None)


def missing_sections(file: Application, *, safeguards: bool = False) -> tuple[str, ...]:
    """Names of the sections that were never saved, in the order of the form. safeguards: whether the programme asks about them."""
    asked = (kind for kind in SECTIONS if safeguards or kind not in WHERE_ASKED)
    return tuple(name for name in map(section_name, asked) if name not in file.sections)
