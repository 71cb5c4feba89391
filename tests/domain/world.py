"""A small world to test the rules in, and the words to do it: `given(*history).when(command, by=...).then(...)`.

The fund here is another network's: the River Towns Alliance. Its clocks all differ, its calendar has no days off, and it
expects what `programme` below says; nothing of it is the bundled programme.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.application import Application, Stage
from fund.domain.deciding import decide, in_whose_name
from fund.domain.event import Event, Header, Recorded
from fund.domain.facts import Facts, On, Role, actor
from fund.domain.refusal import Refusal
from fund.domain.rubric import ANCHORED, Criterion, Rubric
from fund.domain.sections import (
    Alignment,
    AnySection,
    Applicant,
    Argument,
    Indicator,
    Need,
    Resources,
    Results,
    Support,
    section_digest,
    section_name,
    text_digest,
)
from fund.domain.streams import State, fold, initial

# ── When ──────────────────────────────────────────────────────────────────────

NOW = datetime(2031, 5, 5, 9, 0, tzinfo=UTC)
DAYS = {
    "completeness": 1, "eligibility": 2, "assessment": 3, "hub_opinion": 4, "coordination": 5, "proposal": 6, "decision": 7,
    "letter": 8, "expert": 0, "completion": 9, "draft": 10, "moderation": 21, "ranking": 22, "deferral": 11, "waiting_list": 12,
    "appeal_admission": 26, "appeal": 27,
}  # fmt: skip
SMALL_DAYS = {
    "completeness": 11, "eligibility": 12, "assessment": 13, "hub_opinion": 14, "coordination": 15, "proposal": 16, "decision": 17,
    "letter": 18, "expert": 25, "completion": 19, "draft": 20, "deferral": 23, "waiting_list": 24,
    "appeal_admission": 28, "appeal": 29,
}  # fmt: skip
MEMBERSHIP_DAYS = {"ask": 11, "second_look": 12, "attest_again": 13, "representative": 14}
CALENDAR = "river/2031"
EXPIRED = datetime(2032, 1, 1, 0, 0, tzinfo=UTC)
"""The first instant after the strategy of this network."""
BEYOND_THE_CALENDAR = datetime(2032, 12, 31, 12, 0, tzinfo=UTC)


def due(clock: str, start: datetime = NOW, track: str = "standard") -> datetime:
    """When a step is due that starts now: the last second of the day, so many days on."""
    days = SMALL_DAYS if track == "small" else DAYS | MEMBERSHIP_DAYS
    return start.replace(hour=23, minute=59, second=59) + timedelta(days=days[clock])


def last_of(days: int, start: datetime = NOW) -> datetime:
    """The last second of the day, so many days on."""
    return start.replace(hour=23, minute=59, second=59) + timedelta(days=days)


# ── The programme ─────────────────────────────────────────────────────────────


def _said(text: str) -> dict[str, str]:
    return {"en": text, "fr": text}


def _entries(*codes: str) -> tuple[p.Entry, ...]:
    return tuple(p.Entry(code=code, titles=_said(code), source="test") for code in codes)


def _clocks(days: dict[str, int]) -> dict[str, p.Clock]:
    return {code: p.Clock(code=code, working_days=count, source="test") for code, count in days.items()}


def _criterion(code: str, weight: int) -> Criterion:
    anchors = {str(score): _said(f"{code} {score}") for score in ANCHORED}
    return Criterion(code=code, weight=weight, titles=_said(code), anchors=anchors, source="test")


def _check(code: str, fact: str | None = None) -> p.Check:
    return p.Check(code=code, titles=_said(code), decided_by="machine" if fact else "person", fact=fact, version="1", source="test")


EFFECTS: dict[str, p.Effect] = {
    "support": "none", "support_with_changes": "answer", "no_objection": "none", "concern": "overrule", "veto_request": "answer",
}  # fmt: skip
"""What an opinion of a hub asks for here: another network gives a concern more weight than a request for a veto."""
APPEALS = p.Appeals(lodge_days=5, deemed_days=3, outcomes=("declined", "ineligible"), source="test")
"""A letter that is not opened is delivered on the third day, and its city appeals within five."""
PROGRAMME = p.Programme(
    code="river_towns",
    version="river-1",
    digest="1" * 64,
    prefix="RTA",
    languages=("en", "fr"),
    titles=_said("River Help"),
    network=_said("River Towns Alliance"),
    office=_said("River Office"),
    catalogue=p.Catalogue(
        version="tides-2031",
        valid_from=date(2030, 1, 1),
        valid_to=date(2031, 12, 31),
        adopted="2029-12",
        source="test",
        principles=_entries("P1"),
        priorities=_entries("FLOOD", "FERRY", "FISH", "FLEET"),
        regions=_entries("delta", "coast", "steppe"),
        tags=(),
        support_types=_entries("T1", "T2"),
        results=(
            p.Entry(code="R1", titles=_said("R1"), source="test", level="output"),
            p.Entry(code="R2", titles=_said("R2"), source="test", level="outcome"),
            p.Entry(code="R3", titles=_said("R3"), source="test", level="impact"),
        ),
        formats=_entries("visit", "workshop"),
        bodies=_entries("council"),
        modalities=_entries("ferry_club", "tide_school"),
        hubs=(
            p.Hub(code="north", titles=_said("North Hub"), source="test", regions=("delta",)),
            p.Hub(code="south", titles=_said("South Hub"), source="test", regions=("coast",)),
            p.Hub(code="tides", titles=_said("Tide Office"), source="test", consulted="always"),
        ),
    ),
    checks=(
        _check("M1", "lead_is_member"),
        _check("M2", "beneficiaries_are_members"),
        _check("M3", "signatory_is_authorised"),
        _check("M4", "has_a_priority"),
        _check("M5", "is_complete"),
        _check("P1"),
        _check("P2"),
    ),
    tracks={
        "standard": p.Track(
            code="standard",
            titles=_said("Standard"),
            assessors=2,
            approvers=1,
            clocks=_clocks(DAYS),
            total_working_days=60,
            calendar="river",
            source="test",
            appeals=APPEALS,
        ),
        "small": p.Track(
            code="small",
            titles=_said("Small"),
            assessors=1,
            approvers=1,
            clocks=_clocks(SMALL_DAYS),
            total_working_days=90,
            calendar="river",
            source="test",
            appeals=APPEALS,
            fallback="standard",
            max_amount={"EUR": 1_000_00, "NOK": 10_000_00},
            max_days=2,
            max_hubs=1,
            safeguards="green",
            only_yes=True,
            lot_percent=25,
            city_cap=p.CityCap(months=6, max_awards=2, max_amount={"EUR": 1_500_00}, source="test"),
        ),
        "race": p.Track(
            code="race",
            titles=_said("Race"),
            assessors=2,
            approvers=1,
            judgement="points",
            clocks=_clocks(DAYS),
            total_working_days=90,
            calendar="river",
            source="test",
            appeals=APPEALS,
        ),
    },
    rubric=Rubric(
        version="oars-1",
        criteria=(_criterion("FIT", 50), _criterion("CREW", 30), _criterion("BOAT", 20)),
        pass_mark=55,
        decisive="FIT",
        minimum=2,
        gap_points=25,
        gap_score=3,
        ties=("least_served", "first_time", "earlier"),
        months=12,
        place_published=True,
        source="test",
    ),
    calendars={
        "river": p.Calendar(
            code="river",
            version="2031",
            timezone="UTC",
            weekend=(),
            holidays=frozenset(),
            covers=(date(2031, 1, 1), BEYOND_THE_CALENDAR.date()),
            source="test",
        )
    },
    limits=p.Limits(
        max_amount={"EUR": 9_000_00, "NOK": 90_000_00},
        max_days=20,
        max_partners=2,
        max_observers=3,
        two_approvers_from=p.TwoApprovers(amount={"EUR": 3_800_00, "NOK": 38_000_00}, source="test"),
    ),
    membership=p.Membership(
        clocks={code: p.Clock(code=code, working_days=days, source="test") for code, days in MEMBERSHIP_DAYS.items()},
        review_days=400,
        source="test",
    ),
    questions=p.Questions(answer_days=6, reminders=(2, 4), source="test"),
    consultation=p.Consultation(
        opinions={code: p.OpinionEffect(effect=effect, source="test") for code, effect in EFFECTS.items()},
        silence=p.SilenceRule(means="no_objection", source="test"),
    ),
    conflicts=p.Conflicts(
        declared={
            "employer": p.ConflictRule(effect="disclose", paid_to_deliver=True, source="test"),
            "family": p.ConflictRule(effect="recuse", source="test"),
            "gain": p.ConflictRule(effect="recuse", source="test"),
            "advice": p.ConflictRule(effect="disclose", source="test"),
            "former_post": p.ConflictRule(effect="recuse", source="test"),
        },
        donor_city=p.ConflictRule(effect="disclose", source="test"),
    ),
    separation=p.Separation(
        delegation=p.DelegationRule(roles=("officer", "approver", "finance", "coordinator"), longest_days=20, source="test"),
        emergency=p.EmergencyRule(roles=("officer",), opened_by=("officer", "approver"), hours=10, source="test"),
    ),
    terms={},
    letter={},
    intake_after_expiry=False,
    consent=p.ConsentRule(asked_of="beneficiaries", source="test"),
    awards=p.AwardRule(
        accept_days=15,
        accept_reminders=(3, 6),
        report_days=30,
        report_reminders=(10, 2),
        again_days=26,
        close_days=27,
        termination_days=28,
        suspend_days=100,
        source="test",
    ),
    exchange=p.ExchangePolicy(max_age_days=3, source="test"),
    drafts=p.DraftRule(lapse_days=12, source="test"),
    workload=p.Workload(max_assessments=9, source="test"),
)

# ── Who and where ─────────────────────────────────────────────────────────────

FILE, OTHER_FILE = "application-1", "application-2"
LAKESIDE, HILLTOWN, OUTPOST, NOWHERE = "city-lakeside", "city-hilltown", "city-outpost", "city-nowhere"
NORTH, SOUTH = "hub-north", "hub-south"
PURSE, KRONER, EMPTY = "envelope-purse", "envelope-kroner", "envelope-empty"
ADOPTION, RATES = "programme-adoption", "rates-exchange"

AMINA, ALI = "person-amina", "person-ali"  # signatory and focal point of Lakeside
BELA = "person-bela"  # signatory of Hilltown, which benefits too
NILS = "person-nils"  # signatory of Outpost, no member, in no region
OLGA, OMAR = "person-olga", "person-omar"  # officers
EVA, TOM, UMA = "person-eva", "person-tom", "person-uma"  # assessors
HANA, HUGO = "person-hana", "person-hugo"  # coordinators of the north and the south hub
INES, IVO = "person-ines", "person-ivo"  # approvers
FINN, AUDE, ADA = "person-finn", "person-aude", "person-ada"  # finance, auditor, administrator
STRANGER = "person-nobody"  # never registered
TIMER, CLERK = "machine:timer", "operator:root"

HELD: dict[str, tuple[Role, str | None] | None] = {
    AMINA: None, ALI: None, BELA: None, NILS: None,
    OLGA: (Role.OFFICER, None), OMAR: (Role.OFFICER, None),
    EVA: (Role.ASSESSOR, None), TOM: (Role.ASSESSOR, None), UMA: (Role.ASSESSOR, None),
    HANA: (Role.COORDINATOR, "north"), HUGO: (Role.COORDINATOR, "south"),
    INES: (Role.APPROVER, None), IVO: (Role.APPROVER, None),
    FINN: (Role.FINANCE, None), AUDE: (Role.AUDITOR, None), ADA: (Role.ADMINISTRATOR, None),
}  # fmt: skip
EVERYBODY = (*HELD, TIMER, CLERK)


class Told(msgspec.Struct, frozen=True):
    """One fact of a history: on which stream, by whom, what, and when."""

    stream: str
    by: str
    event: Event
    at: datetime = NOW
    lender: str | None = None
    """Whose role was used."""


History = tuple[Told, ...]


def did(by: str, *events: Event, on: str = FILE) -> History:
    """Someone's facts, on the file unless another stream is named."""
    return tuple(Told(on, by, event) for event in events)


def city(id: str, name: str, region: str | None, member: bool, representatives: dict[str, e.Capacity]) -> History:
    registered = e.CityRegistered(
        name_en=name, name_local=name, kind="city", country="XK", region=region, relation="listed", source="test", note="", identifiers={}
    )
    membership = (e.MembershipRecorded(basis="charter", joined=None),) if member else ()
    confirmed = (e.RepresentativeConfirmed(person=who, capacity=capacity, proof="letter") for who, capacity in representatives.items())
    return did(ADA, registered, *membership, *confirmed, on=id)


def hub_opened(stream: str, code: str, *regions: str) -> History:
    return did(ADA, e.HubOpened(hub=code, regions=regions, opened="2030-01", basis="launch"), on=stream)


def hub_closed(stream: str = NORTH, code: str = "north") -> History:
    return did(ADA, e.HubClosed(hub=code, basis="wound up"), on=stream)


def envelope(id: str, currency: str, *amounts: int) -> History:
    received = (e.ContributionReceived(donor="Ferry Guild", amount=amount, currency=currency, basis="pledge") for amount in amounts)
    return did(FINN, e.EnvelopeOpened(title=id, currency=currency), *received, on=id)


def _person(id: str, held: tuple[Role, str | None] | None) -> History:
    role = (e.RoleGranted(person=id, role=str(held[0]), scope=held[1]),) if held else ()
    return did(ADA, e.PersonRegistered(person=id, full_name=id, email=f"{id}@example.org", language="en"), *role, on=id)


BASE: History = (
    *(told for id, held in HELD.items() for told in _person(id, held)),
    *city(LAKESIDE, "Lakeside", "delta", True, {AMINA: "signatory", ALI: "focal_point"}),
    *city(HILLTOWN, "Hilltown", "coast", True, {BELA: "signatory"}),
    *city(OUTPOST, "Outpost", None, False, {NILS: "signatory"}),
    *hub_opened(NORTH, "north", "delta"),
    *envelope(PURSE, "EUR", 5_000_00, 3_000_00),
    *envelope(KRONER, "NOK", 8_000_00),
    *envelope(EMPTY, "EUR"),
)
"""Lakeside and Hilltown are members, Outpost is not. The north hub is open, the south hub never was. The purse holds 8,000.00."""

POOLED, SPARE = "person-pia", "person-sid"
POOL: History = tuple(told for who in (POOLED, SPARE) for told in _person(who, (Role.EXPERT, None)))
"""Two experts of the pool. They are not among those who are there from the beginning."""

# ── What a good application says ──────────────────────────────────────────────

APPLICANT = Applicant(title="Safe quays", beneficiaries=(HILLTOWN,), office="Harbour office")
NEED = Need(problem="Floods", evidence="Gauges", affected="Quay dwellers", mandate="Harbour law")
SUPPORT = Support(
    design=True, delivery=False, formats=("visit", "workshop"), days=5, participants=12, languages=("en",),
    starts_on=date(2031, 9, 1), ends_on=date(2031, 9, 5), description="Two visits",
)  # fmt: skip
ALIGNMENT = Alignment(
    primary=Argument(priority="FLOOD", reason="It floods"), secondary=(Argument(priority="FERRY", reason="It ferries"),), results=("R1",)
)
RESULTS = Results(
    indicators=(Indicator(name="Dry days", baseline="10", target="20", measured_by="Gauge"),), sustainability="Yearly", sharing="A note"
)
RESOURCES = Resources(amount=4_000_00, currency="EUR", own_contribution="Rooms", other_funders="None", publication=True)
FORM: tuple[AnySection, ...] = (APPLICANT, NEED, SUPPORT, ALIGNMENT, RESULTS, RESOURCES)


def started(city: str = LAKESIDE) -> e.ApplicationStarted:
    return e.ApplicationStarted(reference="RTA-0000-0000", city=city, language="fr", due=due("draft"), calendar=CALENDAR)


def with_(section: AnySection, **changes: object) -> AnySection:
    """The same section, but for these answers."""
    return msgspec.structs.replace(section, **changes)


def saved_as(section: AnySection) -> e.SectionSaved:
    return e.SectionSaved(section=section, digest=section_digest(section))


def saved(*sections: AnySection) -> History:
    return did(ALI, *map(saved_as, sections))


def text_of(*sections: AnySection) -> str:
    """What a partner city accepts of a form."""
    return text_digest({section_name(section): section_digest(section) for section in sections})


def judged(flood: e.Verdict = "aligned", ferry: e.Verdict = "partly") -> tuple[e.Judgement, ...]:
    return (e.Judgement(priority="FLOOD", verdict=flood, reason="Seen"), e.Judgement(priority="FERRY", verdict=ferry, reason="Half seen"))


# ── Histories: how far a file has come ────────────────────────────────────────

STARTED = did(AMINA, started())
INVITED_PARTNER = e.PartnerInvited(city=HILLTOWN)
TEXT = text_of(*FORM)
ACCEPTED = e.TextAccepted(city=HILLTOWN, text=TEXT)
DRAFTED = STARTED + saved(APPLICANT) + did(ALI, INVITED_PARTNER) + saved(*FORM[1:])
AGREED = DRAFTED + did(BELA, ACCEPTED)
"""Hilltown accepted the text as it stands."""
SUBMISSION = e.ApplicationSubmitted(
    city=LAKESIDE, beneficiaries=(HILLTOWN,), members=(LAKESIDE, HILLTOWN), signatory=AMINA, authorised=True, policy="river-1",
    catalogue="tides-2031", track="standard", region="delta", priorities=("FLOOD", "FERRY"), amount=4_000_00, currency="EUR",
    due=due("completeness"), calendar=CALENDAR, regions=("delta", "coast"), hubs=("north",), text=TEXT, consents=(HILLTOWN,),
)  # fmt: skip
CHOSEN = e.TrackChosen(track="standard", why="amount")
SUBMITTED = AGREED + did(AMINA, SUBMISSION, CHOSEN)
RETURNED = e.ReturnedForCompletion(sections=("need", "results"), reason="Say who is affected", due=due("completion"), calendar=CALENDAR)
CONFIRMED = e.CompletenessConfirmed(due=due("eligibility"), calendar=CALENDAR)
ASKED = e.OpinionRequested(hub="north", due=due("hub_opinion"), calendar=CALENDAR)
COMPLETE = SUBMITTED + did(OLGA, CONFIRMED, ASKED)
COMPLETE_WITHOUT_HUB = SUBMITTED + did(OLGA, CONFIRMED)


def machine_check(code: str, fact: str, holds: bool = True) -> e.CheckRecorded:
    return e.CheckRecorded(check=code, result="pass" if holds else "fail", evidence=f"{fact}: {holds}", rule="1")


def check(code: str, result: e.CheckResult = "pass") -> e.CheckRecorded:
    return e.CheckRecorded(check=code, result=result, evidence="Read", rule="1")


MACHINE_CHECKS = tuple(machine_check(one.code, one.fact) for one in PROGRAMME.checks if one.fact)
MACHINE_CHECKED = COMPLETE + did(TIMER, *MACHINE_CHECKS)
CHECKED = MACHINE_CHECKED + did(OLGA, check("P1"), check("P2"))
FOUND_ELIGIBLE = e.FoundEligible(due=due("assessment"), calendar=CALENDAR)
ELIGIBLE = CHECKED + did(OLGA, FOUND_ELIGIBLE)
OPINION = e.OpinionGiven(hub="north", opinion="support", accepts_delivery=True, reason="We know them")
DEEMED = e.OpinionDeemed(hub="north", due=due("hub_opinion"))
ADVISED = ELIGIBLE + did(HANA, OPINION)
ASSIGNED = ADVISED + did(OLGA, e.AssessorAssigned(assessor=EVA), e.AssessorAssigned(assessor=TOM))
BY_EVA = e.AssessmentRecorded(assessor=EVA, judgements=judged())
BY_TOM = e.AssessmentRecorded(assessor=TOM, judgements=judged(ferry="not"))
HALF_ASSESSED = ASSIGNED + did(EVA, BY_EVA)
FINDINGS = (e.Finding(priority="FLOOD", verdict="aligned", unanimous=True), e.Finding(priority="FERRY", verdict="partly", unanimous=False))
ALIGNED = e.AlignmentDetermined(findings=FINDINGS, due=due("coordination"), calendar=CALENDAR)
ASSESSED = HALF_ASSESSED + did(TOM, BY_TOM, ALIGNED)
COORDINATION = e.CoordinationClosed(mode="via_hub", hub="north", reason="", due=due("proposal"), calendar=CALENDAR)
COORDINATED = ASSESSED + did(OLGA, COORDINATION)
CONDITION = e.Condition(text="Name a quay warden", owner="Harbour office", due_on=date(2031, 8, 1), proof="Letter")
PROPOSAL = e.ProposalMade(
    recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Port of Elm",), no_peers_reason="", conditions=(),
    reason="It serves the quays", due=due("decision"), calendar=CALENDAR,
)  # fmt: skip
PROPOSED = COORDINATED + did(OLGA, PROPOSAL)
REASONS = ("It serves the priority.",)
APPROVAL = e.Approved(
    envelope=PURSE, amount=3_500_00, currency="EUR", reasons=REASONS, due=due("letter"), calendar=CALENDAR
)  # fmt: skip
COMMITMENT = e.FundsCommitted(
    application=FILE, amount=3_500_00, currency="EUR", allocations=(e.Allocation(contribution=1, amount=3_500_00),), on=NOW.date()
)  # fmt: skip
AWARD = e.AwardRecorded(application=FILE, track="standard", amount=3_500_00, currency="EUR")
AWARDS = (On(LAKESIDE, AWARD), On(HILLTOWN, AWARD))


def awards(amount: int) -> tuple[On, ...]:
    """Told to every city of the file with its approval."""
    return tuple(On(one.stream, msgspec.structs.replace(AWARD, amount=amount)) for one in AWARDS)


APPROVED = PROPOSED + did(INES, APPROVAL) + did(INES, COMMITMENT, on=PURSE) + did(INES, AWARD, on=LAKESIDE) + did(INES, AWARD, on=HILLTOWN)
DAY_OF_REVIEW = date(2031, 6, 4)
"""Thirty days on."""
ISSUE = c.IssueLetter(
    application=FILE, issued_on=NOW.date(), template="t1", renderer="r1", sha256="a" * 64, blob="b" * 64, size=1234
)  # fmt: skip
LETTER = e.LetterIssued(
    outcome="approved", language="fr", issued_on=NOW.date(), template="t1", renderer="r1", sha256="a" * 64, blob="b" * 64, size=1234,
    deemed=last_of(APPEALS.deemed_days), calendar=CALENDAR,
)  # fmt: skip
CLOSED = APPROVED + did(TIMER, LETTER)
"""As a file was closed before an award had a life of its own: its letter asked for nothing."""


def end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


def in_days(days: int, start: datetime = NOW) -> datetime:
    """The last second of the day so many days on: this calendar has no days off."""
    return end_of((start + timedelta(days=days)).date())


PUT_ASIDE = e.ApplicationSuspended(
    stage="proposal", reason="A flood", review_on=in_days(9).date(), left=6, due=in_days(9), calendar=CALENDAR
)  # fmt: skip
"""On the day on which its proposal was asked for, by six days on."""
ON_HOLD = COORDINATED + did(OLGA, PUT_ASIDE)
ACCEPT_BY, REPORT_BY = in_days(15), end_of(date(2031, 10, 5))
"""Fifteen days after the letter, and thirty after the last day of the support."""
OFFER = msgspec.structs.replace(
    LETTER, due=ACCEPT_BY, calendar=CALENDAR, reminders=(in_days(3), in_days(6)), report_due=REPORT_BY
)  # fmt: skip
KEPT_FREE = e.HubDaysReserved(application=FILE, days=5)
OFFERED = APPROVED + did(TIMER, OFFER) + did(TIMER, KEPT_FREE, on=NORTH)
REMINDING = (REPORT_BY - timedelta(days=10), REPORT_BY - timedelta(days=2))
TAKEN_ON = e.AwardAccepted(city=LAKESIDE, due=REPORT_BY, calendar=CALENDAR, reminders=REMINDING)
UNDER_WAY = OFFERED + did(AMINA, TAKEN_ON)
WITH_CONDITIONS = e.ApprovedWithConditions(conditions=(CONDITION, CONDITION), **msgspec.structs.asdict(APPROVAL))


def conditional(history: History) -> History:
    """The same award, on two conditions."""
    return tuple(msgspec.structs.replace(told, event=WITH_CONDITIONS) if told.event == APPROVAL else told for told in history)


REPORT = e.ReportReceived(city=LAKESIDE, report="Dry quays", due=in_days(27), calendar=CALENDAR)
REPORTED = UNDER_WAY + did(ALI, REPORT)
STOPPED = e.AwardSuspended(reason="A flood", review_on=DAY_OF_REVIEW, due=end_of(DAY_OF_REVIEW), calendar=CALENDAR)
HALTED = UNDER_WAY + did(OLGA, STOPPED)
END_ASKED = e.TerminationAsked(reason="The office was closed", due=in_days(28), calendar=CALENDAR)
TO_TERMINATE = UNDER_WAY + did(OLGA, END_ASKED)
RELINQUISHED = e.AwardRelinquished(city=LAKESIDE, reason="The office was closed", due=in_days(28), calendar=CALENDAR)
LARGE = msgspec.structs.replace(PROPOSAL, amount=4_000_00)
PROPOSED_LARGE = COORDINATED + did(OLGA, LARGE)
FIRST_APPROVAL = e.ApprovalGiven(envelope=PURSE, amount=4_000_00, currency="EUR", reasons=REASONS, conditions=())
HALF_APPROVED = PROPOSED_LARGE + did(INES, FIRST_APPROVAL)
DECLINING = msgspec.structs.replace(PROPOSAL, recommendation="decline", envelope=None, amount=0, currency="", peers=())
NOT_ALIGNED = (
    HALF_ASSESSED
    + did(TOM, BY_TOM, msgspec.structs.replace(ALIGNED, findings=(e.Finding(priority="FLOOD", verdict="not", unanimous=True),)))
    + did(OLGA, COORDINATION, DECLINING)
)
DAY = date(2031, 5, 9)
"""Until when the decision on a file is put off."""
PUT_OFF = e.ProposalMade(
    recommendation="defer", envelope=None, amount=0, currency="", peers=(), no_peers_reason="", conditions=(), reason="The vote is near",
    due=due("decision"), calendar=CALENDAR, until=DAY,
)  # fmt: skip
DEFERRAL = e.Deferred(
    reasons=REASONS, until=DAY, awaits="", review=datetime(2031, 5, 9, 23, 59, 59, tzinfo=UTC), due=due("letter"), calendar=CALENDAR
)
AWAITING = msgspec.structs.replace(DEFERRAL, until=None, awaits="The council votes", review=due("deferral"))
LINED_UP = msgspec.structs.replace(PROPOSAL, recommendation="wait", envelope=EMPTY)
IN_LINE = e.PutOnWaitingList(
    envelope=EMPTY, amount=3_500_00, currency="EUR", reasons=REASONS, review=due("waiting_list"), due=due("letter"), calendar=CALENDAR
)


def answered(event: e.Event, outcome: e.Outcome, proposal: e.ProposalMade = PUT_OFF) -> History:
    """Decided this way, with its letter."""
    return COORDINATED + did(OLGA, proposal) + did(INES, event) + did(TIMER, msgspec.structs.replace(LETTER, outcome=outcome))


DEFERRED = answered(DEFERRAL, "deferred")
WAITING_FOR_AN_EVENT = answered(AWAITING, "deferred", msgspec.structs.replace(PUT_OFF, until=None, awaits="The council votes"))
LISTED = answered(IN_LINE, "waiting_list", LINED_UP)
WOKEN = e.Woken(cause="money", reason="", due=due("proposal"), calendar=CALENDAR)
RESERVED = e.FundsReserved(application=FILE, amount=3_500_00, currency="EUR", allocations=(e.Allocation(contribution=1, amount=3_500_00),))
FILLED = did(FINN, e.ContributionReceived(donor="Ferry Guild", amount=3_500_00, currency="EUR", basis="pledge"), on=EMPTY)
"""A contribution that covers one file that waits."""


def held_for(file: str, contribution: int = 1) -> e.FundsReserved:
    drawn = (e.Allocation(contribution=contribution, amount=3_500_00),)
    return msgspec.structs.replace(RESERVED, application=file, allocations=drawn)


def paid(amount: int = 3_500_00, *, file: str = FILE, contribution: int = 1) -> e.FundsCommitted:
    drawn = (e.Allocation(contribution=contribution, amount=amount),)
    return msgspec.structs.replace(COMMITMENT, application=file, amount=amount, allocations=drawn)


TAKEN_UP = LISTED + FILLED + did(TIMER, WOKEN) + did(TIMER, RESERVED, on=EMPTY)

# ── A competitive round, and the same file in it ──────────────────────────────

ROUND, OTHER_ROUND = "round-spring", "round-autumn"
OPENS, CLOSES = datetime(2031, 4, 1, 8, 0, tzinfo=UTC), datetime(2031, 5, 5, 12, 0, tzinfo=UTC)
AFTER = datetime(2031, 5, 6, 9, 0, tzinfo=UTC)
"""The day after the round closed."""
ROUND_OPENED = e.RoundOpened(
    title="Spring regatta", opens_at=OPENS, closes_at=CLOSES, envelope=PURSE, currency="EUR", priorities=("FLOOD", "FISH"), rubric="oars-1"
)  # fmt: skip
OPENED = did(OMAR, ROUND_OPENED, on=ROUND)
RACING = msgspec.structs.replace(SUBMISSION, track="race", round=ROUND, sealed_until=CLOSES)
RACED = e.TrackChosen(track="race", why="round")
ENTERED = e.FileEntered(application=FILE, cities=(LAKESIDE, HILLTOWN), region="delta")


def in_the_round(history: History) -> History:
    """The same history of a file that was submitted to the round."""
    there = ((SUBMISSION, RACING), (CHOSEN, RACED))
    events = (next((other for event, other in there if told.event == event), told.event) for told in history)
    return tuple(msgspec.structs.replace(told, event=event) for told, event in zip(history, events, strict=True))


def scored_by(who: str, fit: int = 4, crew: int = 4, boat: int = 4) -> e.ScoresRecorded:
    return e.ScoresRecorded(assessor=who, scores=scores(fit, crew, boat))


def scores(fit: int = 4, crew: int = 4, boat: int = 4) -> tuple[e.Score, ...]:
    return tuple(
        e.Score(criterion=code, score=score, reason="Seen") for code, score in (("FIT", fit), ("CREW", crew), ("BOAT", boat))
    )  # fmt: skip


def agreed(fit: int = 4, crew: int = 4, boat: int = 4) -> tuple[e.Agreed, ...]:
    return tuple(e.Agreed(criterion=code, score=score) for code, score in (("FIT", fit), ("CREW", crew), ("BOAT", boat)))


RACE = OPENED + in_the_round(SUBMITTED) + did(AMINA, ENTERED, on=ROUND)
RACE_TO_SCORE = OPENED + in_the_round(ASSIGNED) + did(AMINA, ENTERED, on=ROUND)
HALF_SCORED = RACE_TO_SCORE + did(EVA, scored_by(EVA))
CALLED = e.ModerationCalled(gap=40_00, criteria=("FIT",), due=due("moderation"), calendar=CALENDAR)
IN_MODERATION = HALF_SCORED + did(TOM, scored_by(TOM, fit=0), CALLED)
MARKED = e.Scored(
    rubric="oars-1",
    marks=(
        e.Mark(criterion="FIT", mark=4_00, points=40_00),
        e.Mark(criterion="CREW", mark=4_00, points=24_00),
        e.Mark(criterion="BOAT", mark=4_00, points=16_00),
    ),
    points=80_00, passed=True, short=(), due=due("coordination"), calendar=CALENDAR,
)  # fmt: skip
FILE_SCORED = e.FileScored(application=FILE, points=80_00, passed=True, by=(EVA, TOM))
SCORED = HALF_SCORED + did(TOM, scored_by(TOM), MARKED) + did(TOM, FILE_SCORED, on=ROUND)
TO_RANK = SCORED + did(OLGA, msgspec.structs.replace(COORDINATION, due=due("ranking")))
ROUND_CLOSED = e.RoundClosed(standings=(e.Standing(application=FILE, first_time=True, served=0),))
RANKED = e.RoundRanked(
    places=(e.Place(application=FILE, points=80_00, passed=True, first_time=True, served=0),), equity_note="One file of the delta.",
    ties=("least_served", "first_time", "earlier"),
)  # fmt: skip
LINE = e.LineDrawn(places=1, reasons=("The purse holds it.",))
LINED = TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND) + did(OMAR, RANKED, on=ROUND) + did(INES, LINE, on=ROUND)
BELOW_LINE = (
    TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND) + did(OMAR, RANKED, on=ROUND) + did(INES, e.LineDrawn(places=0, reasons=("x",)), on=ROUND)
)
PLACED = e.Placed(round=ROUND, place=1, files=1, above=True, envelope=PURSE, due=due("proposal"), calendar=CALENDAR)
TO_PROPOSE = LINED + did(TIMER, PLACED)
RACE_PROPOSED = TO_PROPOSE + did(OLGA, PROPOSAL)
REFUSAL_PROPOSED = (
    BELOW_LINE
    + did(TIMER, msgspec.structs.replace(PLACED, above=False))
    + did(OLGA, msgspec.structs.replace(PROPOSAL, recommendation="decline", envelope=None, amount=0))
)
ASSESSMENTS = did(EVA, BY_EVA) + did(TOM, BY_TOM, ALIGNED)
ASSIGNMENTS = did(OLGA, e.AssessorAssigned(assessor=EVA), e.AssessorAssigned(assessor=TOM))
UNANSWERED = ELIGIBLE + ASSIGNMENTS + ASSESSMENTS
TO_BE_REMINDED: History = tuple(
    msgspec.structs.replace(told, event=msgspec.structs.replace(ASKED, remind_at=NOW - timedelta(days=1))) if told.event == ASKED else told
    for told in UNANSWERED
)
"""The hub has not answered, and the day of its reminder has come."""
"""Assessed, and the hub has not said a word."""
WITHOUT_HUB = COMPLETE_WITHOUT_HUB + did(OLGA, FOUND_ELIGIBLE) + ASSIGNMENTS + ASSESSMENTS
SOUTH_IS_OPEN = hub_opened(SOUTH, "south", "coast")
SUBMITTED_TO_BOTH = SOUTH_IS_OPEN + AGREED + did(AMINA, msgspec.structs.replace(SUBMISSION, hubs=("north", "south")))
ASKED_SOUTH = msgspec.structs.replace(ASKED, hub="south")
ASKED_BOTH = SOUTH_IS_OPEN + COMPLETE + did(OLGA, ASKED_SOUTH)
OF_SOUTH = msgspec.structs.replace(OPINION, hub="south")
UNANSWERED_BY_BOTH = ASKED_BOTH + did(OLGA, FOUND_ELIGIBLE) + ASSIGNMENTS + ASSESSMENTS

# ── Refused, and an appeal against it ─────────────────────────────────────────

REFUSAL = e.Declined(reasons=REASONS, what_would_change=("Ask the quay dwellers",), due=due("letter"), calendar=CALENDAR)
TOLD_REFUSAL = did(TIMER, msgspec.structs.replace(LETTER, outcome="declined"))
REFUSED = COORDINATED + did(OLGA, DECLINING) + did(INES, REFUSAL) + TOLD_REFUSAL
"""Declined by Ines on a proposal of Olga, with its letter: both cities can appeal."""
FAILED = CHECKED + did(OLGA, check("P1", "fail"))
FOUND_INELIGIBLE = e.FoundIneligible(checks=("P1",), reason="It does not serve", due=due("letter"), calendar=CALENDAR)
TURNED_DOWN = FAILED + did(OMAR, FOUND_INELIGIBLE) + did(TIMER, msgspec.structs.replace(LETTER, outcome="ineligible"))
LODGED = e.AppealLodged(
    number=1, city=LAKESIDE, letter=1, grounds="The gauges were not read", against=(), due=due("appeal_admission"), calendar=CALENDAR
)
APPEALED = REFUSED + did(AMINA, LODGED)
LATE = REFUSED + did(AMINA, msgspec.structs.replace(LODGED, against=("late",)))
ADMITTED = e.AppealAdmitted(number=1, due=due("appeal"), calendar=CALENDAR)
HEARD = APPEALED + did(OMAR, ADMITTED)
UPHELD = e.AppealDecided(
    number=1, appeal_outcome="upheld", reasons=("The gauges say otherwise.",), back_to="proposal", checks=(), envelope=PURSE, unfunded="",
    due=due("letter"), calendar=CALENDAR,
)  # fmt: skip
HELD = e.FundsReserved(application=FILE, amount=4_000_00, currency="EUR", allocations=(e.Allocation(contribution=1, amount=4_000_00),))
OVERTURNED = HEARD + did(IVO, UPHELD) + did(IVO, HELD, on=PURSE)
TOLD_UPHELD = msgspec.structs.replace(LETTER, outcome="appeal_upheld", due=due("proposal"))
DECIDED_AGAIN = OVERTURNED + did(TIMER, TOLD_UPHELD)
"""The letter on the appeal is issued: the file waits for another proposal."""


RACE_REFUSED = REFUSAL_PROPOSED + did(INES, REFUSAL) + TOLD_REFUSAL
"""Below the line that Ines drew in the round that Omar ranked."""
RACE_HEARD = RACE_REFUSED + did(AMINA, LODGED) + did(IVO, ADMITTED)


READ_BY_LAKESIDE = e.LetterOpened(letter=1, city=LAKESIDE, appeal_until=last_of(APPEALS.lodge_days), calendar=CALENDAR)
REFUSAL_READ = REFUSED + did(AMINA, READ_BY_LAKESIDE)
ERROR_NAMED = e.CorrectionAsked(
    number=1, city=LAKESIDE, letter=1, check="", reason=1, instead="The gauges were read in May", due=due("appeal_admission"),
    calendar=CALENDAR,
)  # fmt: skip
ERROR_FOUND = e.CorrectionProposed(
    number=1, letter=1, reason=1, instead="The gauges were read in May", due=due("appeal_admission"), calendar=CALENDAR
)
DOUBTED = REFUSED + did(OLGA, ERROR_FOUND)
"""The officer who proposed the refusal finds that its one reason is wrong."""
TO_CORRECT = REFUSAL_READ + did(AMINA, ERROR_NAMED)
"""Lakeside opened the letter of the refusal and says that its one reason is wrong."""
CHECK_NAMED = TURNED_DOWN + did(AMINA, READ_BY_LAKESIDE, msgspec.structs.replace(ERROR_NAMED, check="P1", reason=0))
LEFT_AS_IT_WAS = e.CorrectionRefused(number=1, reasons=("They were not.",), appeal_until=last_of(APPEALS.lodge_days), calendar=CALENDAR)
CORRECTED = e.DecisionCorrected(
    number=1, letter=1, reasons=("They were.",), back_to="proposal", checks=(), envelope=PURSE, unfunded="", due=due("proposal"),
    calendar=CALENDAR,
)  # fmt: skip


def with_a_letter(history: History) -> History:
    """The same history of a file that has had a letter before."""
    first = next(at for at, told in enumerate(history, start=1) if told.stream == FILE)
    return (*history[:first], *did(TIMER, LETTER), *map(_counted_on, history[first:]))


def _counted_on(told: Told) -> Told:
    """What was opened is the next letter."""
    opened = isinstance(told.event, e.LetterOpened)
    return msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, letter=told.event.letter + 1)) if opened else told


REACHED: dict[Stage, History] = {
    Stage.NEW: (), Stage.DRAFT: AGREED, Stage.COMPLETENESS: SUBMITTED, Stage.ELIGIBILITY: COMPLETE, Stage.ASSESSMENT: ASSIGNED,
    Stage.MODERATION: IN_MODERATION, Stage.RANKING: LINED, Stage.COORDINATION: ASSESSED,
    Stage.PROPOSAL: COORDINATED, Stage.DECISION: PROPOSED, Stage.ON_HOLD: ON_HOLD, Stage.LETTER: APPROVED, Stage.CLOSED: CLOSED,
    Stage.DEFERRED: DEFERRED, Stage.WAITING_LIST: LISTED, Stage.APPEAL_LODGED: APPEALED, Stage.APPEAL: HEARD,
    Stage.CORRECTION: TO_CORRECT,
    Stage.DEFERRED: DEFERRED, Stage.WAITING_LIST: LISTED, Stage.OFFER: OFFERED, Stage.DELIVERY: UNDER_WAY, Stage.REPORTED: REPORTED,
    Stage.SUSPENDED: HALTED, Stage.TERMINATION: TO_TERMINATE,
}  # fmt: skip
"""One history that leads to each stage."""


def proposed(**changes: object) -> History:
    return COORDINATED + did(OLGA, msgspec.structs.replace(PROPOSAL, **changes))


def released(assessor: str) -> e.AssessorReleased:
    return e.AssessorReleased(assessor=assessor, reason="Ill until autumn")


def elsewhere(history: History, file: str = OTHER_FILE) -> History:
    """The same history on another file; what other streams were told of the one is told of the other."""
    return tuple(
        msgspec.structs.replace(told, stream=file)
        if told.stream == FILE
        else msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, application=file))
        if getattr(told.event, "application", None) == FILE
        else told
        for told in history
    )


# ── given, when, then ─────────────────────────────────────────────────────────

Expected = type[Event] | Event | On


def recorded(history: Iterable[Told]) -> list[Recorded]:
    """The facts in their places, as a ledger would give them back."""
    versions: Counter[str] = Counter()
    found: list[Recorded] = []
    for index, told in enumerate(history, start=1):
        versions[told.stream] += 1
        found.append(_recorded(told, versions[told.stream], index))
    return found


def _recorded(told: Told, version: int, index: int) -> Recorded:
    header = Header(
        event_id=f"e{index}", actor=told.by, on_behalf_of=told.lender, at=told.at, command_id=f"c{index}", content="",
        policy=PROGRAMME.version,
    )  # fmt: skip
    return Recorded(stream=told.stream, version=version, header=header, event=told.event, index=index)


def in_two_names(history: History) -> History:
    """The same, and what Olga recorded of checks Finn had with the role that she lent him."""
    checked = (isinstance(one.event, e.CheckRecorded) and one.by == OLGA for one in history)
    return tuple(
        msgspec.structs.replace(one, by=FINN, lender=OLGA) if by_olga else one for one, by_olga in zip(history, checked, strict=True)
    )


def folded(history: Iterable[Told]) -> dict[str, State]:
    streams: dict[str, list[Recorded]] = {}
    for one in recorded(history):
        streams.setdefault(one.stream, []).append(one)
    return {stream: fold(stream, facts) for stream, facts in streams.items()}


class Past(msgspec.Struct):
    """The base world and what happened in it up to some fact. What histories have in common is folded once: most tests begin alike."""

    states: dict[str, State]
    versions: dict[str, int]
    index: int
    later: dict[int, tuple[Told, "Past"]] = {}
    """By the identity of the next fact, which is held so that no other can take that identity."""

    def and_(self, told: Told) -> "Past":
        version, state = self.versions.get(told.stream, 0) + 1, self.states.get(told.stream)
        one = _recorded(told, version, self.index + 1)
        states = self.states | {told.stream: fold(told.stream, (one,), state)}
        return Past(states, self.versions | {told.stream: version}, self.index + 1)


BASE_STATES = folded(BASE)
BEGINNING = Past(BASE_STATES, dict(Counter(told.stream for told in BASE)), len(BASE))
KEPT, kept = 20_000, count()
"""So many pasts are kept; a random life leaves thousands that nobody asks for again."""


def past(history: Iterable[Told]) -> Past:
    """What the history makes of the base world."""
    found = BEGINNING
    for told in history:
        if id(told) not in found.later:
            if not next(kept) % KEPT:
                BEGINNING.later.clear()
            found.later[id(told)] = (told, found.and_(told))
        _, found = found.later[id(told)]
    return found


class Scenario(msgspec.Struct, frozen=True):
    """A world with a history, and the programme that the file is judged under."""

    history: History
    programme: p.Programme = PROGRAMME

    def under(self, **changes: object) -> "Scenario":
        """The same history in a fund whose programme says something else."""
        return msgspec.structs.replace(self, programme=msgspec.structs.replace(self.programme, **changes))

    def and_(self, *history: Told) -> "Scenario":
        return msgspec.structs.replace(self, history=(*self.history, *history))

    def states(self) -> Mapping[str, State]:
        return past(self.history).states

    def state(self, stream: str) -> State:
        return self.states().get(stream, initial(stream))

    def file(self, stream: str = FILE) -> Application:
        found = self.state(stream)
        assert isinstance(found, Application)
        return found

    def facts(self, by: str, at: datetime = NOW) -> Facts:
        states = self.states()
        person = states.get(by)
        asking = actor(by, person if isinstance(person, type(BASE_STATES[ADA])) else None, at)  # type: ignore[arg-type]  # a Person, or None
        return Facts(now=at, actor=asking, programme=self.programme, states=states)

    def when(self, command: c.Command, by: str, at: datetime = NOW) -> "Outcome":
        try:
            facts = in_whose_name(self.state(command.stream), command, self.facts(by, at))
            lender = facts.actor.id if facts.hands else None
            events: tuple[Event | On, ...] = decide(self.state(command.stream), command, facts)
            refusal = None
        except Refusal as no:
            events, refusal, lender = (), no, None
        outcome = Outcome(self, command, by, at, events, refusal, lender)
        OBSERVED.append(outcome)
        return outcome


class Outcome(msgspec.Struct, frozen=True):
    """What came of a command: events, or the one refusal."""

    scenario: Scenario
    command: c.Command
    by: str
    at: datetime
    events: tuple[Event | On, ...]
    refusal: Refusal | None
    lender: str | None = None
    """Whose role was used."""

    @property
    def code(self) -> str | None:
        return self.refusal.code if self.refusal else None

    @property
    def recorded(self) -> History:
        """The events as told, each on its stream."""
        homes = ((one.stream, one.event) if isinstance(one, On) else (self.command.stream, one) for one in self.events)
        return tuple(Told(stream, self.by, event, self.at, self.lender) for stream, event in homes)

    @property
    def after(self) -> Scenario:
        return self.scenario.and_(*self.recorded)

    def then(self, *expected: Expected | str, field: str | None = None) -> "Outcome":
        """These events, whole or by kind and in this order; or the refusal with this code, and with this field if one is given."""
        match expected:
            case (str() as code,):
                assert self.refusal is not None, f"expected {code}, but it was recorded: {self.events}"
                assert self.refusal.code == code, repr(self.refusal)
                assert field is None or self.refusal.field == field, repr(self.refusal)
            case _:
                assert self.refusal is None, repr(self.refusal)
                assert len(self.events) == len(expected), self.events
                for event, wanted in zip(self.events, expected, strict=True):
                    assert type(event) is wanted if isinstance(wanted, type) else event == wanted, (event, wanted)
        return self


OBSERVED: list[Outcome] = []
"""Every outcome of this run, in order; `proof` reads it to see that a test shows what its mark says."""


def given(*history: Told) -> Scenario:
    """The base world, and then this."""
    return Scenario(history)


def consented(*history: Told, file: str = FILE) -> History:
    """The history, and then Hilltown accepts the text as it stands."""
    text = given(*history).file(file).text
    return (*history, *did(BELA, e.TextAccepted(city=HILLTOWN, text=text), on=file))
