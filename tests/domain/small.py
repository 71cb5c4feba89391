# ruff: noqa: F405
"""The same world on its small track: a request for two days and 800.00, and how far it has come.

Every name of `world` with SMALL before it is the same point on the way, on this track.
"""

import msgspec

from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.programme import SafeguardLevel
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

KEPT, DRAWN = "11111111", "44444444"
"""Seeds that leave FILE and OTHER_FILE on the small track, and that draw both out of it."""


def small_due(clock: str, start: datetime = NOW) -> datetime:
    return due(clock, start, "small")


MODEST = (with_(SUPPORT, days=2), with_(RESOURCES, amount=800_00))
SMALL_DRAFTED = DRAFTED + saved(*MODEST)
SMALL_TEXT = text_of(APPLICANT, NEED, MODEST[0], ALIGNMENT, RESULTS, MODEST[1])
SMALL_ACCEPTED = msgspec.structs.replace(ACCEPTED, text=SMALL_TEXT)
SMALL_AGREED = SMALL_DRAFTED + did(BELA, SMALL_ACCEPTED)
FITS = e.TrackChosen(track="small", why="fits", seed=KEPT, percent=25, drawn=False)
SMALL_SUBMISSION = msgspec.structs.replace(SUBMISSION, track="small", amount=800_00, due=small_due("completeness"), text=SMALL_TEXT)
SMALL_SUBMITTED = SMALL_AGREED + did(AMINA, SMALL_SUBMISSION, FITS)
SMALL_CONFIRMED = msgspec.structs.replace(CONFIRMED, due=small_due("eligibility"))
SMALL_ASKED = msgspec.structs.replace(ASKED, due=small_due("hub_opinion"))
SMALL_COMPLETE = SMALL_SUBMITTED + did(OLGA, SMALL_CONFIRMED, SMALL_ASKED)
SMALL_COMPLETE_WITHOUT_HUB = SMALL_SUBMITTED + did(OLGA, SMALL_CONFIRMED)
SMALL_CHECKED = SMALL_COMPLETE + did(TIMER, *MACHINE_CHECKS) + did(OLGA, check("P1"), check("P2"))


def safeguards(level: SafeguardLevel = "green") -> e.SafeguardsRecorded:
    return e.SafeguardsRecorded(level=level, reason="Who could be harmed was asked")


SMALL_SAFE = SMALL_CHECKED + did(OLGA, safeguards())
SMALL_ELIGIBLE = SMALL_SAFE + did(OLGA, msgspec.structs.replace(FOUND_ELIGIBLE, due=small_due("assessment")))
SMALL_ASSIGNED = SMALL_ELIGIBLE + did(HANA, OPINION) + did(OLGA, e.AssessorAssigned(assessor=EVA))
SMALL_FINDINGS = tuple(msgspec.structs.replace(finding, unanimous=True) for finding in FINDINGS)
SMALL_ALIGNED = e.AlignmentDetermined(findings=SMALL_FINDINGS, due=small_due("coordination"), calendar=CALENDAR)
SMALL_ASSESSED = SMALL_ASSIGNED + did(EVA, BY_EVA, SMALL_ALIGNED)
SMALL_COORDINATED = SMALL_ASSESSED + did(OLGA, msgspec.structs.replace(COORDINATION, due=small_due("proposal")))
SMALL_PROPOSAL = msgspec.structs.replace(PROPOSAL, amount=700_00, due=small_due("decision"))
SMALL_PROPOSED = SMALL_COORDINATED + did(OLGA, SMALL_PROPOSAL)
SMALL_APPROVAL = msgspec.structs.replace(APPROVAL, amount=700_00, due=small_due("letter"))
SMALL_COMMITMENT = msgspec.structs.replace(COMMITMENT, amount=700_00, allocations=(e.Allocation(contribution=1, amount=700_00),))


def awarded(city: str = LAKESIDE, amount: int = 700_00, currency: str = "EUR", track: str = "small", at: datetime = NOW) -> History:
    """An award of another file to this city."""
    award = e.AwardRecorded(application=OTHER_FILE, track=track, amount=amount, currency=currency)
    return (Told(city, INES, award, at),)


SMALL_APPROVED = (
    SMALL_PROPOSED
    + did(INES, SMALL_APPROVAL)
    + did(INES, SMALL_COMMITMENT, on=PURSE)
    + tuple(
        told
        for city in (LAKESIDE, HILLTOWN)
        for told in did(INES, e.AwardRecorded(application=FILE, track="small", amount=700_00, currency="EUR"), on=city)
    )
)
SMALL_CLOSED = SMALL_APPROVED + did(TIMER, LETTER)

SMALL_REACHED: dict[Stage, History] = {
    Stage.COMPLETENESS: SMALL_SUBMITTED, Stage.ELIGIBILITY: SMALL_SAFE, Stage.ASSESSMENT: SMALL_ASSIGNED,
    Stage.COORDINATION: SMALL_ASSESSED, Stage.PROPOSAL: SMALL_COORDINATED, Stage.DECISION: SMALL_PROPOSED,
}  # fmt: skip
"""One history that leads a small file to each stage between submission and decision."""


def left(cause: e.TrackReason, clock: str, *, reassess: bool = False, opinion_open: bool = False, at: datetime = NOW) -> e.TrackChanged:
    """The change from the small track to the standard one."""
    return e.TrackChanged(
        from_track="small", to_track="standard", why=cause, reassess=reassess, due=due(clock, at), calendar=CALENDAR,
        opinions_due=due("hub_opinion", at) if opinion_open else None,
    )  # fmt: skip
