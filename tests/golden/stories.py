"""What the golden rows tell: together every event there is. A story is written once, under its name, and then stands for ever."""

from datetime import date

import msgspec

from fund.domain import events as e
from tests.domain import screening, small
from tests.domain import world as w
from tests.domain.world import did

GONE, LEFT, OLD = "person-gone", "city-left", "hub-south"
FAR = "application-far"
JOINING = "city-joining"

PEOPLE = did(
    w.ADA,
    e.PersonRegistered(person=GONE, full_name="Zoë Ünlü", email="zoe@example.org", language="fr"),
    e.RoleGranted(person=GONE, role="coordinator", scope="north"),
    e.RoleRevoked(person=GONE, role="coordinator", scope="north"),
    e.AffiliationRecorded(person=GONE, city=w.LAKESIDE),
    e.PersonErased(person=GONE, basis="Asked to"),
    on=GONE,
)
CITIES = did(
    w.CLERK,
    e.CityRegistered(
        name_en="Malé", name_local="މާލެ", kind="city", country="MV", region=None, relation="member", source="https://example.org/list",
        note="An island", identifiers={"geonames": "1282027", "latitude": "4.1748"},
    ),
    e.MembershipRecorded(basis="The list", joined="2024-05"),
    e.RepresentativeConfirmed(person=w.ALI, capacity="focal_point", proof="A letter"),
    e.RepresentativeEnded(person=w.ALI, reason="Moved away"),
    e.MembershipEnded(basis="Left"),
    on=LEFT,
)  # fmt: skip
ATTESTATION = e.PrinciplesAttested(
    catalogue="tides-2031",
    signatory=None,
    office="Mayor",
    signed_on=w.NOW.date(),
    commitments=(e.Commitment(principle="P1", committed=True, deed="لجنة من السكان"),),
    proof="A scan",
)
DETERMINATION = e.TerritoryDetermined(
    territory="unresolved", basis="Two maps", review_on=date(2032, 5, 5), due=w.due("second_look"), calendar=w.CALENDAR
)
MEMBERSHIP = (
    *w.city(JOINING, "Joining", None, False, {}),
    *did(w.ALI, e.RepresentativeRequested(person=w.ALI, capacity="signatory", proof="x", due=w.NOW, calendar=w.CALENDAR), on=JOINING),
    *did(w.ADA, e.RepresentativeRefused(person=w.ALI, reason="No such office"), on=JOINING),
    *did(w.ADA, e.MembershipAsked(proof="Letter", due=w.due("ask"), calendar=w.CALENDAR), on=JOINING),
    *did(w.ADA, e.MembershipAskWithdrawn(reason="Elections"), on=JOINING),
    *did(w.ADA, e.MembershipAsked(proof="Letter", due=w.due("ask"), calendar=w.CALENDAR), on=JOINING),
    *did(w.INES, e.MembershipDeclined(reason="Not yet"), on=JOINING),
    *did(w.ADA, e.MembershipAsked(proof="Letter", due=w.due("ask"), calendar=w.CALENDAR), ATTESTATION, on=JOINING),
    *did(w.OLGA, DETERMINATION, on=JOINING),
    *did(w.OMAR, msgspec.structs.replace(DETERMINATION, territory="meets", due=None, calendar=""), on=JOINING),
    *did(w.INES, e.MemberAdmitted(admitted_on=w.NOW.date()), on=JOINING),
    *did(w.INES, e.MembershipSuspended(reason="x", review_on=date(2032, 1, 1)), e.MembershipResumed(reason="y"), on=JOINING),
    *did(w.ADA, e.LeadershipChanged(since=w.NOW.date(), basis="Election", due=w.due("attest_again"), calendar=w.CALENDAR), on=JOINING),
)
HUBS = did(
    w.ADA,
    e.HubOpened(hub="south", regions=("coast",), opened="2030-02", basis="Launch"),
    e.HubClosed(hub="south", basis="Wound up"),
    on=OLD,
)
PROGRAMME = did(
    w.CLERK,
    e.ProgrammeAdopted(programme="river_towns", version="river-1", digest="1" * 64),
    e.SealedRead(stream=w.FILE, purpose="fund history --unseal"),
    on=w.ADOPTION,
)
NEXT_PROGRAMME = did(
    w.CLERK,
    e.ProgrammeProposed(programme="river_towns", version="river-2", digest="2" * 64, problems=0, reason="New tides"),
    e.ProposalWithdrawn(version="river-2", digest="2" * 64, reason="A fault in the letters"),
    e.ProgrammeAdopted(programme="river_towns", version="river-1", digest="1" * 64),
    e.ProgrammeSuperseded(version="river-1", digest="1" * 64, by="river-2"),
    e.PriorityRenumbered(catalogue="tides-2031", priority="FERRY", printed="3", reason="The printed strategy was found"),
    on=w.ADOPTION,
)

ASSIGNED_WITHOUT_HUB = (
    w.COMPLETE
    + did(w.TIMER, *w.MACHINE_CHECKS)
    + did(w.OLGA, w.check("P1"), w.check("P2"), w.FOUND_ELIGIBLE)
    + did(w.TIMER, w.DEEMED)
    + did(
        w.OLGA,
        e.AssessorAssigned(assessor=w.UMA),
        w.released(w.UMA),
        e.AssessorAssigned(assessor=w.EVA),
        e.AssessorAssigned(assessor=w.TOM),
    )
)
PROPOSED_WITH_CONDITION = (
    ASSIGNED_WITHOUT_HUB
    + did(w.EVA, w.BY_EVA)
    + did(w.TOM, w.BY_TOM, w.ALIGNED)
    + did(w.OLGA, msgspec.structs.replace(w.COORDINATION, mode="with_hub", reason="The hub was silent"))
    + did(w.OLGA, msgspec.structs.replace(w.PROPOSAL, peers=(), no_peers_reason="Nobody is free", conditions=(w.CONDITION,)))
)
APPROVED_WITH_CONDITION = e.ApprovedWithConditions(
    envelope=w.PURSE,
    amount=1_500_00,
    currency="EUR",
    reasons=w.REASONS,
    conditions=(w.CONDITION,),
    due=w.due("letter"),
    calendar=w.CALENDAR,
)
DECLINED = e.Declined(
    reasons=("It serves no priority.",), what_would_change=("Ask the quay dwellers",), due=w.due("letter"), calendar=w.CALENDAR
)
INELIGIBLE = e.FoundIneligible(checks=("M1", "P1"), reason="ليست عضوًا", due=w.due("letter"), calendar=w.CALENDAR)
WITHDRAWN = e.Withdrawn(city=w.LAKESIDE, reason="The council reorganises 市", due=w.due("letter"), calendar=w.CALENDAR)


OTHERWISE = e.DecidedOtherwise(differs=("recommendation",), reason="The council votes in May")
REFERRED = e.Referred(
    modality="ferry_club", turn_to="The club’s office, quay 3", passed_on="The description of the visits", reasons=w.REASONS,
    due=w.due("letter"), calendar=w.CALENDAR,
)  # fmt: skip
RETURNED_PROPOSAL = e.ProposalReturned(reason="Which quay?", due=w.due("proposal"), calendar=w.CALENDAR)
HAPPENED = e.AwaitedEventRecorded(awaited="The council votes", evidence="Minutes: 市")
BY_EVENT = e.Woken(cause="event", reason="", due=w.due("proposal"), calendar=w.CALENDAR)
LAPSED = w.PROPOSED_LARGE + did(w.INES, w.FIRST_APPROVAL) + did(w.IVO, e.ApprovalLapsed(), OTHERWISE, w.AWAITING)
ENDED = e.ReservationEnded(application="application-called")


def waited(file: str) -> w.History:
    """Woken by money that was held back for it, then withdrawn."""
    held = w.held_for(file)
    return w.elsewhere(w.LISTED + did(w.TIMER, w.WOKEN), file) + w.FILLED + did(w.TIMER, held, on=w.EMPTY) + did(w.AMINA, ENDED, on=w.EMPTY)


def committed(file: str) -> w.History:
    return did(w.INES, e.FundsCommitted(application=file, amount=1_500_00, currency="EUR"), on=w.PURSE)


CHEST = "envelope-chest"
EARMARK = e.Earmark(
    priorities=("FLOOD",), regions=("delta", "coast"), support_types=("T1",), countries=("XK",), spend_from=date(2031, 1, 1),
    spend_until=date(2031, 12, 31),
)  # fmt: skip
SOURCES = did(
    w.FINN,
    e.EnvelopeOpened(title="Chest", currency="EUR"),
    e.ContributionReceived(donor="harbour-guild", amount=5_000_00, currency="EUR", basis="Deed", earmark=EARMARK),
    e.ContributionReceived(
        donor="Hall", amount=900_00, currency="EUR", basis="Deed", kind="in_kind", valuation="Day rate", city=w.HILLTOWN
    ),
    e.ContributionReceived(
        donor="Lakeside",
        amount=400_00,
        currency="EUR",
        basis="Deed",
        kind="self_funded",
        city=w.LAKESIDE,
        earmark=e.Earmark(city=w.LAKESIDE),
    ),
    e.ContributionReduced(contribution=1, amount=1_000_00, currency="EUR", reason="The guild paid less"),
    on=CHEST,
)
SPENT = did(
    w.INES,
    e.FundsCommitted(
        application=FAR, amount=1_500_00, currency="EUR", allocations=(e.Allocation(contribution=1, amount=1_500_00),), on=w.NOW.date()
    ),
    e.FundsReleased(
        application=FAR, amount=200_00, currency="EUR", allocations=(e.Allocation(contribution=1, amount=200_00),), reason="Shorter visit"
    ),
    on=CHEST,
)
RATES = did(
    w.FINN, e.RateRecorded(base="EUR", quote="NOK", rate=117_512, digits=4, on=w.NOW.date(), source="Bank of the Delta"), on=w.RATES
)
EXCHANGED = w.proposed(
    envelope=w.KRONER, currency="NOK", amount=7_000_00, support_type="T1", giving_cities=(w.LAKESIDE,),
    exchange=e.Exchange(
        base="EUR", quote="NOK", rate=117_512, digits=4, on=w.NOW.date(), source="Bank of the Delta", limit=47_004_80
    ),
)  # fmt: skip
DRAWN = e.AssessorsDrawn(
    candidates=(e.Candidate(person=w.EVA, load=2), e.Candidate(person=w.TOM, load=0), e.Candidate(person=w.UMA, load=0)),
    as_of=40,
    day=w.NOW.date(),
    seed="5e" * 16,
    places=2,
    drawn=(w.UMA, w.TOM),
)
BY_HAND = e.AssessorAssigned(assessor=w.EVA, reason="لغتها لغة الملف")
LOTS = w.elsewhere(w.ADVISED + did("machine:lots", DRAWN) + did(w.OLGA, w.released(w.TOM), BY_HAND), "application-lots")
SHORT = w.elsewhere(w.SUBMITTED + did("machine:staffing", e.ShortageAnnounced(duties=("assessing", "deciding"))), "application-short")
ASKED = e.ExpertProposed(
    person="person-expert", part="expert", city=None, city_name="", purpose="Zwei Tage am Kai", due=w.NOW, calendar=w.CALENDAR
)
PEER = msgspec.structs.replace(ASKED, person="person-peer", part="peer", city=w.HILLTOWN, city_name="Hilltown", purpose="Une semaine")
HELPED = w.elsewhere(
    w.ASSESSED
    + did(w.OLGA, ASKED, PEER)
    + did("person-expert", e.ExpertAccepted(person="person-expert"), e.ExpertConflicted(person="person-expert", reason="أختي تعمل هناك"))
    + did("person-peer", e.ExpertDeclined(person="person-peer", reason="No time"))
    + did(w.OLGA, PEER)
    + did("machine:experts", e.ExpertLapsed(person="person-peer", due=w.NOW)),
    "application-helped",
)
AWAY = did(
    w.ADA,
    e.PersonRegistered(person="person-away", full_name="Ōe", email="oe@example.org", language="en"),
    e.AbsenceRecorded(person="person-away", first=date(2031, 5, 5), last=date(2031, 6, 5)),
    on="person-away",
)


MODERATED = (
    w.IN_MODERATION
    + did(w.OMAR, e.ModerationHeld(moderator=w.OMAR, scores=w.agreed(), reason="Les deux ont relu 市"), w.MARKED)
    + did(w.OMAR, msgspec.structs.replace(w.FILE_SCORED, by=(w.EVA, w.TOM, w.OMAR)), on=w.ROUND)
    + w.LINED[len(w.SCORED) :]
    + did(w.TIMER, w.PLACED)
)
"""A file of a round from its submission to its place."""
LEFT_A_ROUND = did(
    w.OLGA,
    msgspec.structs.replace(w.ROUND_OPENED, title="جولة الخريف"),
    w.ENTERED,
    e.FileLeft(application=w.FILE, why="withdrawn"),
    e.RoundCancelled(reason="No money"),
    on=w.OTHER_ROUND,
)


def in_a_round_of_its_own(history: w.History, name: str = "racing") -> w.History:
    """The file and its round under ids that no other story uses."""
    other = {w.FILE: f"application-{name}", w.ROUND: f"round-{name}"}
    told = (msgspec.structs.replace(one, stream=other.get(one.stream, one.stream)) for one in history)
    return tuple(told)


CONSULTED = w.elsewhere(
    w.UNANSWERED_BY_BOTH[len(w.SOUTH_IS_OPEN) :]
    + did(
        w.HANA,
        msgspec.structs.replace(w.OPINION, opinion="veto_request", accepts_delivery=False, sustainability="The school keeps it"),
        e.ConfidentialNoteAdded(hub="north", note="أخ رئيس البلدية يدرّب"),
    )
    + did(w.TIMER, e.OpinionDeemed(hub="south", due=w.due("hub_opinion"), meaning="agreement"))
    + did(w.OLGA, msgspec.structs.replace(w.COORDINATION, mode="with_hub", reason="Both are told"))
    + did(w.OLGA, e.OpinionAnswered(hub="north", answer="After the vote"), w.PROPOSAL)
    + did(w.INES, e.OpinionOverruled(hubs=("north",), reason="The need is urgent")),
    "application-consulted",
)


MOVED_WHERE_IT_STOOD = small.SMALL_SAFE + did(
    w.OLGA,
    e.TrackChangeAsked(reason="Two villages were forgotten"),
    small.left("officer", "eligibility", opinion_open=True),
)
SENT_BACK = (
    small.SMALL_PROPOSED
    + did(w.INES, e.CityCapReached(city=w.HILLTOWN, months=6))
    + did(w.INES, e.ApprovalWithheld(reason="One reading is not enough"), small.left("approver", "assessment", reassess=True))
)

HANDED_OVER = w.elsewhere(
    w.COMPLETE
    + did(w.HANA, e.CentralHelpAsked(hub="north", reason="Quarante dossiers"))
    + did(w.OLGA, e.HubAsked(hub="south", reason="Knows them", due=w.due("hub_opinion"), calendar=w.CALENDAR))
    + did(w.OLGA, e.HubReleased(hub="south", reason="انتقل"))
    + did(w.TIMER, e.OpinionTakenOver(hub="north", reason="", due=w.due("hub_opinion"), calendar=w.CALENDAR))
    + did(w.OMAR, e.CentralOpinionGiven(hub="north", opinion="support", reason="We read it")),
    "application-handed-over",
)
SUSPENDED_HUB = did(
    w.ADA,
    e.HubOpened(hub="west", regions=("steppe",), opened="2030-03", basis="Launch"),
    e.HubSuspended(hub="west", reason="Flooded"),
    e.HubResumed(hub="west", reason="Dry"),
    on="hub-west",
)


def _question(number: int, text: str) -> e.ClarificationRequested:
    due = w.due("moderation")
    return e.ClarificationRequested(number=number, question=text, due=due, calendar=w.CALENDAR, reminders=(w.due("completion"),))


QUESTIONED = w.elsewhere(
    w.COMPLETE
    + did(w.OLGA, _question(1, "Quels quais ?"), _question(2, "كم شخصا؟"), _question(3, "Which law?"))
    + did(w.OLGA, e.ClarificationWithdrawn(number=3, reason="Trouvé", due=None, calendar=""))
    + did(w.TIMER, e.ClarificationReminded(number=1, reminder=1, due=w.due("moderation"), calendar=w.CALENDAR))
    + did(w.AMINA, e.ClarificationAnswered(number=1, answer="Les deux du bac", due=None, calendar=""))
    + did(w.TIMER, e.ClarificationLapsed(number=2, answer_due=w.due("moderation"), due=w.due("ranking"), calendar=w.CALENDAR)),
    "application-questioned",
)
REMINDED_LATE = (
    *w.elsewhere(
        w.UNANSWERED
        + did(w.OLGA, e.HubAsked(hub="south", reason="x", due=w.due("expert"), calendar=w.CALENDAR, remind_at=w.NOW))
        + did(w.TIMER, e.HubReminded(hub="south", due=w.in_days(30), calendar=w.CALENDAR, instead_of=w.due("expert")))
        + did(w.OLGA, _question(1, "Quels quais ?"))
        + did(
            w.TIMER,
            e.ClarificationReminded(number=1, reminder=1, due=w.in_days(31), calendar=w.CALENDAR, instead_of=w.due("moderation")),
        ),
        "application-remindedlate",
    ),
    *w.elsewhere(
        w.OFFERED
        + did(
            w.TIMER,
            e.AwardReminded(awaited="acceptance", reminder=2, due=w.in_days(32), calendar=w.CALENDAR, instead_of=w.ACCEPT_BY),
        ),
        "application-offeredlate",
    ),
)
OWN_DAYS = w.elsewhere(
    MOVED_WHERE_IT_STOOD[:-1]
    + did(
        w.OLGA,
        msgspec.structs.replace(
            small.left("officer", "eligibility", opinion_open=True),
            opinions=(e.OpinionDue(hub="north", due=w.due("deferral"), calendar="hills/2031"),),
        ),
    ),
    "application-own-days",
)
JOINT = w.elsewhere(
    w.AGREED
    + w.saved(w.with_(w.NEED, problem="It floods twice, 市"))
    + did(
        w.OLGA,
        e.AcceptanceRecorded(city=w.HILLTOWN, text="c" * 64, signatory=w.BELA, signed_on=w.NOW.date(), paper="f" * 64),
    )
    + did(
        w.BELA,
        e.PartnerLeft(
            city=w.HILLTOWN, reason="صوّت المجلس", fails=("text", "hubs"), checks=("M1",), accept_again=(w.OUTPOST,), hubs=("south",)
        ),
    ),
    "application-joint",
)  # fmt: skip
STANDING_INTEREST = e.InterestDeclared(
    person="person-tied", number=1, interest="family", effect="recuse", paid_to_deliver=False, city=w.HILLTOWN, hub=None, about="Ma sœur 市"
)
TIED = did(
    w.ADA,
    e.PersonRegistered(person="person-tied", full_name="تيد", email="tied@example.org", language="en"),
    STANDING_INTEREST,
    msgspec.structs.replace(
        STANDING_INTEREST, number=2, interest="employer", effect="disclose", paid_to_deliver=True, city=None, hub="north"
    ),
    e.InterestEnded(person="person-tied", number=1, reason="انتهى"),
    on="person-tied",
)
TOLD = did(
    w.ADA,
    e.PersonRegistered(person="person-told", full_name="سلمى", email="told@example.org", language="ar"),
    e.MessagesChosen(person="person-told", rhythm="weekly", language="fr"),
    e.MessagesChosen(person="person-told", rhythm="never", language=""),
    on="person-told",
)
_CONFLICT = e.ConflictDeclared(number=1, person=w.HANA, interest="employer", effect="disclose", paid_to_deliver=True, about="", standing=1)
_OF_EVA = e.ConflictDeclared(
    number=2, person=w.EVA, interest="gain", effect="recuse", paid_to_deliver=False, about="Elle vend les bouées", standing=None,
    tainted=(e.TaintedAct(version=25, event="application.assessment_recorded.v1", then="redone"),), redone="assessment",
    due=w.due("assessment"), calendar=w.CALENDAR,
)  # fmt: skip
_OF_OLGA = e.ConflictDeclared(
    number=3, person=w.OLGA, interest="family", effect="recuse", paid_to_deliver=False, about="أخي", standing=None,
    tainted=(e.TaintedAct(version=13, event="application.completeness_confirmed.v1", then="look_again"),),
)  # fmt: skip
STOOD_ASIDE = w.elsewhere(
    w.ELIGIBLE
    + did(w.HANA, _CONFLICT, w.OPINION)
    + w.ASSESSED[len(w.ADVISED) :]
    + did(w.INES, _OF_EVA)
    + did(w.OLGA, _OF_OLGA)
    + did(w.OMAR, e.LookedAgain(number=3, finding="Relu, rien à changer"), e.ConflictEnded(number=2, reason="Une autre Eva")),
    "application-stood-aside",
)
RANKED_UNDER_IT = did(
    w.INES,
    e.ConflictDeclared(
        number=1, person=w.OMAR, interest="family", effect="recuse", paid_to_deliver=False, about="Sa sœur dirige 港", standing=None,
        tainted=(e.TaintedAct(version=5, event="round.ranked.v1", then="look_again", on="round-ordered", by=(w.FINN, w.OMAR)),),
    ),
)  # fmt: skip
UNSCORED = did(w.EVA, e.FileUnscored(application=w.FILE), on="round-unscored")
DONOR = did(w.FINN, e.CityContributed(envelope=w.PURSE), on="city-donor")
_LOAN = e.RoleDelegated(
    person="person-standin", number=1, lender=w.OLGA, role="officer", scope=None, first=date(2031, 5, 5), last=date(2031, 5, 16),
    starts=w.NOW, ends=w.due("letter"), calendar=w.CALENDAR, reason="En congé 休暇",
)  # fmt: skip
STOOD_IN = (
    *did(w.ADA, e.PersonRegistered(person="person-standin", full_name="Stéphane 代", email="stand@example.org", language="fr"),
         on="person-standin"),
    *did(w.OLGA, _LOAN, on="person-standin"),
    *did(w.HANA, msgspec.structs.replace(_LOAN, number=2, lender=w.HANA, role="coordinator", scope="north"), on="person-standin"),
    *did(w.OLGA, e.DelegationEnded(person="person-standin", number=1, reason="عادت"), on="person-standin"),
    *(
        msgspec.structs.replace(told, by="person-standin", lender=w.OLGA) if told.by == w.OLGA else told
        for told in w.elsewhere(w.COMPLETE, "application-stood-in")
    ),
)  # fmt: skip
_ASIDE = e.OverrideProposed(checks=("P1",), reasons=("Le registre était périmé", "旧い"), due=w.due("decision"), calendar=w.CALENDAR)
SET_ASIDE = w.elsewhere(
    w.TURNED_DOWN
    + did(w.IVO, _ASIDE)
    + did(w.INES, e.OverrideDeclined(reason="السجل صحيح"))
    + did(w.IVO, _ASIDE)
    + did("person-third", e.EligibilityOverridden(checks=("P1",), reasons=("Périmé",), due=w.due("eligibility"), calendar=w.CALENDAR)),
    "application-set-aside",
)
_GLASS = e.EmergencyAccessAsked(
    number=1, person="person-night", role="officer", answer_by=w.due("letter"), reason="مهددون 脅迫; personne ne répond"
)  # fmt: skip
BROKE_GLASS = w.elsewhere(
    w.UNDER_WAY
    + did("person-night", _GLASS)
    + did(w.IVO, e.EmergencyAccessOpened(number=1, person="person-night", role="officer", open_until=w.due("letter")))
    + tuple(msgspec.structs.replace(told, lender=w.IVO) for told in did("person-night", w.STOPPED))
    + did("person-night", e.EmergencyAccessClosed(number=1, person="person-night", reason="Jemand ist zurück")),
    "application-glass",
)
TIERS = did(w.ADA, e.TierRecorded(within=("city-around", w.LAKESIDE), basis="Charter"), on="city-within")


def _delivered(city: str) -> e.LetterOpened:
    return e.LetterOpened(letter=1, city=city, appeal_until=w.last_of(5), calendar=w.CALENDAR)


APPEALED = w.elsewhere(
    w.REFUSED
    + did(w.AMINA, _delivered(w.LAKESIDE))
    + did(w.TIMER, e.LetterDeemedDelivered(letter=1, delivered=w.last_of(3), appeal_until=w.last_of(8), calendar=w.CALENDAR))
    + did(w.BELA, msgspec.structs.replace(w.LODGED, city=w.HILLTOWN, grounds="Les jauges 市", against=("late", "not_a_party")))
    + did(
        w.OMAR,
        e.AppealNotAdmitted(number=1, inadmissible=("late",), reason="Au neuvième jour", due=w.due("letter"), calendar=w.CALENDAR),
        msgspec.structs.replace(w.LETTER, outcome="appeal_not_admitted"),
    )
    + did(w.AMINA, msgspec.structs.replace(w.LODGED, number=2, grounds="أخطأتم"))
    + did(w.AMINA, e.AppealWithdrawn(number=2, reason="L’an prochain"))
    + did(w.ALI, msgspec.structs.replace(w.LODGED, number=3))
    + did(w.OMAR, msgspec.structs.replace(w.ADMITTED, number=3))
    + did(w.IVO, msgspec.structs.replace(w.UPHELD, number=3, appeal_outcome="partly_upheld", back_to="assessment", unfunded="Plus rien"))
    + did(w.TIMER, msgspec.structs.replace(w.LETTER, outcome="appeal_partly_upheld", due=w.due("assessment"))),
    "application-appealed",
)
WAITED = w.elsewhere(
    w.APPEALED
    + did(
        w.AMINA,
        e.AppealWithdrawn(number=1, reason="L’an prochain 市", waited=(w.HILLTOWN,), appeal_until=w.last_of(5), calendar=w.CALENDAR),
    )
    + did(w.OLGA, w.ERROR_FOUND)
    + did(w.UMA, w.LEFT_AS_IT_WAS)
    + did(w.AMINA, msgspec.structs.replace(w.LODGED, number=2))
    + did(w.OMAR, msgspec.structs.replace(w.ADMITTED, number=2))
    + did(w.IVO, msgspec.structs.replace(w.UPHELD, number=2, appeal_outcome="dismissed", back_to=None, envelope=None))
    + did(w.TIMER, msgspec.structs.replace(w.LETTER, outcome="appeal_dismissed", waited=(w.HILLTOWN,), appeal_until=w.last_of(5))),
    "application-waited",
)
REOPENED = w.elsewhere(
    w.TURNED_DOWN
    + did(w.AMINA, w.LODGED)
    + did(w.OMAR, w.ADMITTED)
    + did(w.IVO, msgspec.structs.replace(w.UPHELD, back_to="eligibility", checks=("P1",), envelope=None, unfunded="None is free"))
    + did(w.TIMER, msgspec.structs.replace(w.TOLD_UPHELD, due=w.due("eligibility"))),
    "application-reopened",
)


NEVER_CAME = w.elsewhere(
    w.ADVISED
    + did(w.OLGA, e.AssessorAssigned(assessor=w.EVA, reason="Lit le français 市", due=w.due("assessment"), calendar=w.CALENDAR))
    + did(w.TIMER, e.AssessorLapsed(assessor=w.EVA, missing="silent", due=w.due("assessment"))),
    "application-never-came",
)


MODERATOR_NEVER_CAME = did(
    w.OLGA, e.ModeratorAssigned(moderator="person-hugo", reason="N’y a pas pris part 市", due=w.due("moderation"), calendar=w.CALENDAR)
) + did(w.TIMER, e.ModeratorLapsed(moderator="person-hugo", missing="away", due=w.due("moderation")))


LEAD_HANDED_OVER = w.elsewhere(
    w.COORDINATED + did(w.OLGA, e.LeadHandedOver(hub_before="north", mode="no_hub", hub=None, reason="Centre fermé 市", days_released=0)),
    "application-lead-handed-over",
)


def of_the_file(history: w.History, file: str, *more: w.Told) -> w.History:
    """What the file itself remembers of it, on a file of its own."""
    return w.elsewhere((*(told for told in history if told.stream == w.FILE), *more), file)


HELD = e.ActivityHeld(
    format="workshop", first_day=date(2031, 5, 1), last_day=date(2031, 5, 3), days=3, participants=24, hub="north",
    experts=("person-kofi",), note="Les deux quais 市 · الرصيف",
)  # fmt: skip
GIVEN_BACK = {"released": 3_500_00, "currency": "EUR", "days_released": 5}
LIVED = of_the_file(
    w.conditional(w.OFFERED),
    "application-awarded",
    *did(w.TIMER, e.AwardReminded(awaited="acceptance", reminder=1, due=w.ACCEPT_BY, calendar=w.CALENDAR)),
    *did(w.AMINA, w.TAKEN_ON),
    *did(w.OLGA, e.ConditionMet(number=2, met_on=date(2031, 5, 4), evidence="Lettre du port"), HELD),
    *did(w.TIMER, e.ReportMissed(due=w.REPORT_BY)),
    *did(w.ALI, msgspec.structs.replace(w.REPORT, report="Trois jours, vingt-quatre personnes")),
    *did(w.OLGA, e.ReportReturned(reason="Et la suite ?", due=w.REPORT_BY, calendar=w.CALENDAR, reminders=w.REMINDING)),
    *did(w.OLGA, w.STOPPED, e.AwardResumed(reason="L’eau baisse", due=w.REPORT_BY, calendar=w.CALENDAR, reminders=w.REMINDING)),
    *did(w.OLGA, w.END_ASKED),
    *did(w.INES, e.TerminationRefused(reason="Un autre service", due=w.REPORT_BY, calendar=w.CALENDAR)),
    *did(w.ALI, w.REPORT),
    *did(w.OLGA, e.AwardClosed(spent=1_000_00, released=2_500_00, currency="EUR", days_released=2)),
)
NOT_TAKEN = (
    *of_the_file(
        w.OFFERED, "application-turneddown", *did(w.AMINA, e.AwardTurnedDown(city=w.LAKESIDE, reason="Nouveau maire", **GIVEN_BACK))
    ),
    *of_the_file(w.OFFERED, "application-lapsedaward", *did(w.TIMER, e.AwardLapsed(due=w.ACCEPT_BY, **GIVEN_BACK))),
)
ENDED_EARLY = of_the_file(
    w.TO_TERMINATE,
    "application-terminated",
    *did(w.INES, e.AwardTerminated(reasons=("Plus de service",), spent=0, due=w.due("letter"), calendar=w.CALENDAR, **GIVEN_BACK)),
    *did(w.TIMER, msgspec.structs.replace(w.LETTER, outcome="terminated")),
)
STEPPED_BACK = of_the_file(
    w.UNDER_WAY,
    "application-steppedback",
    *did(w.OLGA, e.ExpertProposed(
        person="person-kofi", part="expert", city=None, city_name="", purpose="Deux jours 市", due=w.due("expert"), calendar=w.CALENDAR,
    )),
    *did("person-kofi", e.ExpertAccepted(person="person-kofi"), e.ExpertDeclined(person="person-kofi", reason="Plus le temps · الوقت")),
)  # fmt: skip
GIVEN_UP = of_the_file(
    w.UNDER_WAY,
    "application-relinquished",
    *did(w.AMINA, msgspec.structs.replace(w.RELINQUISHED, reason="Plus de service 市 · المدينة")),
    *did(w.INES, e.AwardTerminated(reasons=("La ville y renonce",), spent=0, due=w.due("letter"), calendar=w.CALENDAR, **GIVEN_BACK)),
    *did(w.TIMER, msgspec.structs.replace(w.LETTER, outcome="terminated")),
)
LATER_DAYS = of_the_file(
    w.COORDINATED,
    "application-laterdays",
    *did(w.OLGA, msgspec.structs.replace(
        w.PROPOSAL, reason="Les jours demandés sont passés 市 · الأيام",
        window=e.Window(starts_on=date(2031, 11, 3), ends_on=date(2031, 11, 28)),
    )),
)  # fmt: skip
TAKEN_BACK = of_the_file(
    w.TO_TERMINATE,
    "application-takenback",
    *did(w.OLGA, e.TerminationWithdrawn(reason="Un service de nouveau 市", due=w.REPORT_BY, calendar=w.CALENDAR)),
)
LEFT_LYING = (
    *w.elsewhere(
        w.DRAFTED
        + did(
            w.TIMER, e.DraftReminded(due=w.in_days(12), calendar=w.CALENDAR), e.Lapsed(waited_until=w.in_days(12), due=None, calendar="")
        ),
        "application-lapseddraft",
    ),
    *w.elsewhere(
        w.SUBMITTED
        + did(w.OLGA, w.RETURNED)
        + did(w.TIMER, e.DraftReminded(due=w.in_days(12), calendar=w.CALENDAR))
        + did(w.TIMER, e.Lapsed(waited_until=w.in_days(12), due=w.due("letter"), calendar=w.CALENDAR))
        + did(w.TIMER, msgspec.structs.replace(w.LETTER, outcome="lapsed")),
        "application-lapsed",
    ),
)
_NAMED = msgspec.structs.replace(w.ERROR_NAMED, instead="Les jauges ont été lues en mai – 五月")
CORRECTED = (
    *w.elsewhere(
        w.REFUSAL_READ
        + did(w.AMINA, _NAMED)
        + did(w.IVO, w.LEFT_AS_IT_WAS)
        + did(w.BELA, _delivered(w.HILLTOWN), msgspec.structs.replace(_NAMED, number=2, city=w.HILLTOWN))
        + did("person-third", msgspec.structs.replace(w.CORRECTED, number=2, envelope=None, unfunded="Plus rien"))
        + did(w.OLGA, w.DECLINING)
        + did(w.IVO, w.REFUSAL)
        + w.TOLD_REFUSAL,
        "application-corrected",
    ),
    *w.elsewhere(
        w.CHECK_NAMED
        + did(
            w.IVO,
            msgspec.structs.replace(
                w.CORRECTED, back_to="eligibility", checks=("P1",), envelope=None, unfunded="x", due=w.due("eligibility")
            ),
        ),
        "application-wrongcheck",
    ),
)
HELD = (
    *w.elsewhere(
        w.ON_HOLD
        + did(
            w.TIMER, e.ApplicationResumed(stage="proposal", reason="", due=w.in_days(6), calendar=w.CALENDAR),
        ),
        "application-held",
    ),
    *w.elsewhere(
        w.UNANSWERED
        + did(w.OMAR, msgspec.structs.replace(w.PUT_ASIDE, stage="coordination", left=5))
        + did(
            w.OMAR,
            e.ApplicationResumed(
                stage="coordination", reason="x", due=w.in_days(5), calendar=w.CALENDAR,
                opinions=(e.OpinionDue(hub="north", due=w.in_days(5), calendar=w.CALENDAR),), help_due=w.in_days(5),
                invitations_due=w.in_days(2), assessors_due=w.in_days(3),
            ),
        ),
        "application-heldopinion",
    ),
)  # fmt: skip
OWING, KEEPING = "city-owing", "hub-keeping"
OWED = (
    *w.city(OWING, "Owing", None, True, {}),
    *did(w.INES, msgspec.structs.replace(w.AWARD, application="application-awarded"), on=OWING),
    *did(w.TIMER, e.CityReportMissed(application="application-awarded", due=w.REPORT_BY), on=OWING),
    *did(w.ALI, e.CityReportReceived(application="application-awarded"), on=OWING),
    *did(w.OLGA, e.CityAwardEnded(application="application-awarded", ending="closed"), on=OWING),
    *did(w.ADA, e.TierInsideRecorded(city=JOINING), on=OWING),
    *did(w.TIMER, e.HubDaysReserved(application="application-awarded", days=5), on=KEEPING),
    *did(w.OLGA, e.HubDaysReleased(application="application-awarded", days=2), on=KEEPING),
)
AWAITED = w.elsewhere(
    w.UNANSWERED
    + did(w.OLGA, e.HubAsked(hub="south", reason="Ils la connaissent", due=w.due("expert"), calendar=w.CALENDAR, remind_at=w.NOW))
    + did(w.TIMER, e.HubReminded(hub="south", due=w.due("expert"))),
    "application-awaited",
)
SCREENED = (
    *w.elsewhere(screening.answering(w.CHECKED, screening.form(NAMES="unknown")), "application-screened"),
    *did(
        w.OLGA,
        e.SafeguardHelpAsked(hub="north", questions=("NAMES",), due=w.NOW, calendar=w.CALENDAR),
        on="application-screened",
    ),
    *did(
        w.HANA,
        e.SafeguardHelpGiven(hub="north", answers=(screening.said("NAMES", "yes", "أسماء"),), digest="0" * 64, salt="0f" * 16),
        on="application-screened",
    ),
    *did(
        w.OLGA,
        e.SafeguardsRecorded(
            level="amber", reason="Vu 市", questions="banks-1", proposed="amber", digest="0" * 64, text="1" * 64,
            cities=(w.LAKESIDE, w.HILLTOWN), track="standard", valid_until=w.NOW, calendar=w.CALENDAR,
        ),
        e.MitigationAgreed(number=1, text="Names stay with the school", owner="School office", due_on=date(2031, 9, 1)),
        on="application-screened",
    ),
)  # fmt: skip
SIGNED = (
    *w.elsewhere(screening.to_sign(w.CHECKED).history, "application-signed"),
    *did(
        w.HANA,
        e.SafeguardsSigned(
            role="coordinator", hub="north", screen=screening.screen_of(screening.to_sign(w.CHECKED)), reason="اطّلعنا عليه"
        ),
        on="application-signed",
    ),
)  # fmt: skip

OWING = (
    *w.elsewhere(screening.to_be_reminded(w.CHECKED).history, "application-owing"),
    *did(
        w.OLGA,
        e.SafeguardHelpAsked(hub="north", questions=("NAMES",), due=w.NOW, calendar=w.CALENDAR, remind_at=w.NOW),
        on="application-owing",
    ),
    *did(w.TIMER, e.SafeguardsReminded(about="help", hub="north", due=w.NOW), on="application-owing"),
)

INCIDENTS = w.elsewhere(
    w.UNDER_WAY
    + did(
        w.HANA,
        e.IncidentReported(
            number=1, by="hub", happened_on=w.NOW.date(), account="Quelqu’un a été suivi 市", due=w.NOW, calendar=w.CALENDAR
        ),
        e.AwardSuspended(reason="", review_on=w.NOW.date(), due=w.NOW, calendar=w.CALENDAR, cause="safeguards"),
    )
    + did(w.OLGA, e.SafeguardsRecorded(level="green", reason="لا خطر", questions="banks-1", valid_until=w.NOW))
    + did(w.TIMER, e.ScreeningAsked(due=w.NOW, calendar=w.CALENDAR)),
    "application-incident",
)
_CITYS, _HUBS, _CENTRES = screening.LESSENING
LESSENED = (
    w.UNDER_WAY
    + screening.LOOKED_AT
    + did(w.TIMER, *screening.LESSENING)
    + did(w.TIMER, e.MitigationReminded(number=3, city=None, hub=None, due=_CENTRES.due))
    + did(w.TIMER, e.MitigationMissed(number=3, city=None, hub=None, due=_CENTRES.due))
    + did(w.AMINA, e.MitigationReported(number=1, city=_CITYS.city, hub=None, done="La liste reste à l’école 市"))
    + did(w.OLGA, e.MitigationRecorded(number=3, city=None, hub=None, done="Lu"))
    + did(w.OMAR, e.MitigationGivenUp(number=2, city=None, hub=_HUBS.hub, reason="Formés par le ministère"))
)
"""What lessens a risk: done, given up, reminded of, overdue."""


IN_ZARQA = "person-zarqa"
OWN_PLACES = (
    *did(
        w.ADA,
        e.PersonRegistered(person=IN_ZARQA, full_name="رنا", email="rana@example.org", language="ar", country="JO"),
        on=IN_ZARQA,
    ),
    *w.elsewhere(
        w.ADVISED
        + did(
            "machine:lots",
            msgspec.structs.replace(
                DRAWN, due=w.due("assessment"), calendar=w.CALENDAR,
                own=(e.AssessorDue(person=w.UMA, due=w.in_days(6), calendar="hills/2031"),),
            ),
        ),
        "application-own-places",
    ),
    *w.elsewhere(
        MOVED_WHERE_IT_STOOD[:-1]
        + did(
            w.OLGA,
            msgspec.structs.replace(
                small.left("officer", "eligibility", opinion_open=True),
                opinions=(e.OpinionDue(hub="north", due=w.due("deferral"), calendar="hills/2031", remind_at=w.in_days(7)),),
                opinions_remind_at=w.in_days(2),
            ),
        ),
        "application-own-reminders",
    ),
    *w.elsewhere(
        w.UNANSWERED
        + did(w.OMAR, msgspec.structs.replace(w.PUT_ASIDE, stage="coordination", left=5))
        + did(
            w.OMAR,
            e.ApplicationResumed(
                stage="coordination", reason="x", due=w.in_days(5), calendar=w.CALENDAR,
                opinions=(e.OpinionDue(hub="north", due=w.in_days(5), calendar=w.CALENDAR, remind_at=w.in_days(3)),),
                help_due=w.in_days(5), help_remind_at=w.in_days(3),
            ),
        ),
        "application-own-resumed",
    ),
)  # fmt: skip
STORIES: dict[str, w.History] = {
    "registers": w.BASE,
    "people": PEOPLE,
    "cities": CITIES,
    "hubs": HUBS,
    "programme": PROGRAMME,
    "approved": w.CLOSED,
    "conditions": w.elsewhere(PROPOSED_WITH_CONDITION + did(w.INES, APPROVED_WITH_CONDITION), FAR) + committed(FAR),
    "declined": w.elsewhere(w.proposed(recommendation="decline", envelope=None, amount=0) + did(w.INES, DECLINED), "application-declined"),
    "ineligible": w.elsewhere(w.CHECKED + did(w.OMAR, INELIGIBLE), "application-ineligible"),
    "sources": SOURCES + SPENT,
    "rates": RATES,
    "exchanged": w.elsewhere(EXCHANGED, "application-exchanged"),
    "referred": w.elsewhere(
        w.COORDINATED
        + did(w.OLGA, w.PROPOSAL)
        + did(w.INES, RETURNED_PROPOSAL)
        + did(w.OLGA, w.PUT_OFF)
        + did(w.INES, OTHERWISE, REFERRED),
        "application-referred",
    ),
    "deferred": w.elsewhere(
        LAPSED + did(w.TIMER, msgspec.structs.replace(w.LETTER, outcome="deferred")) + did(w.OLGA, HAPPENED, BY_EVENT),
        "application-deferred",
    ),
    "waiting": waited("application-called"),
    "withdrawn": w.elsewhere(w.SUBMITTED + did(w.OLGA, w.RETURNED) + did(w.AMINA, WITHDRAWN), "application-withdrawn"),
    "membership": MEMBERSHIP,
    "lots": LOTS,
    "short": SHORT,
    "helped": HELPED,
    "away": AWAY,
    "round": in_a_round_of_its_own(MODERATED),
    "moderator never came": in_a_round_of_its_own(w.IN_MODERATION + MODERATOR_NEVER_CAME, "unmoderated"),
    "moderator": in_a_round_of_its_own(
        w.IN_MODERATION + did(w.OLGA, e.ModeratorAssigned(moderator="person-hugo", reason="N’y a pas pris part 市")), "moderated"
    ),
    "round left": LEFT_A_ROUND,
    "consulted": CONSULTED,
    "next programme": NEXT_PROGRAMME,
    "small": w.elsewhere(small.SMALL_CLOSED, "application-small"),
    "moved": w.elsewhere(MOVED_WHERE_IT_STOOD, "application-moved"),
    "sentback": w.elsewhere(SENT_BACK, "application-sentback"),
    "handed over": HANDED_OVER,
    "hub suspended": SUSPENDED_HUB,
    "questioned": QUESTIONED,
    "own days": OWN_DAYS,
    "joint": JOINT,
    "tiers": TIERS,
    "appealed": APPEALED,
    "reopened": REOPENED,
    "waited": WAITED,
    "tied": TIED,
    "stood aside": STOOD_ASIDE,
    "ranked under it": in_a_round_of_its_own(w.TO_PROPOSE + RANKED_UNDER_IT, "ordered"),
    "unscored": UNSCORED,
    "donor": DONOR,
    "never came": NEVER_CAME,
    "lived": LIVED,
    "reminded late": REMINDED_LATE,
    "not taken": NOT_TAKEN,
    "ended early": ENDED_EARLY,
    "owed": OWED,
    "told": TOLD,
    "stood in": STOOD_IN,
    "set aside": SET_ASIDE,
    "left lying": LEFT_LYING,
    "corrected": CORRECTED,
    "broke glass": BROKE_GLASS,
    "screened": SCREENED,
    "awaited": AWAITED,
    "held": HELD,
    "signed": SIGNED,
    "owing": OWING,
    "lessened": w.elsewhere(LESSENED, "application-lessened"),
    "doubted": w.elsewhere(w.DOUBTED, "application-doubted"),
    "incidents": INCIDENTS,
    "taken back": TAKEN_BACK,
    "given up": GIVEN_UP,
    "stepped back": STEPPED_BACK,
    "own places": OWN_PLACES,
    "lead handed over": LEAD_HANDED_OVER,
    "later days": LATER_DAYS,
}
"""Add a story for an event that none of these tells; change none."""
