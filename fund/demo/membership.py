"""How cities become members and stay so: one joins and applies, one has a new mayor, one only takes part; others stop on the way."""

from datetime import date

from fund.border.naming import city_called
from fund.demo.cast import OPERATOR, Cast, person
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain import events as e

REVIEW = date(2027, 3, 1)
SAW = "Example: letter of the local government, seen by an administrator"
UNCONTESTED = "Example: no claim to this territory is known to the people who looked at it"


def play(stage: Stage, cast: Cast) -> None:
    for tell in (joins_and_applies, attests_again, takes_part_as_observer, asks_and_thinks_better, is_declined, is_suspended):
        tell(stage, cast)


def commitments(stage: Stage, deed: str, *, declined: str | None = None) -> tuple[e.Commitment, ...]:
    """One answer per guiding principle; `declined`: the one that the city does not commit to."""
    principles = stage.fund.programme.catalogue.principles
    return tuple(e.Commitment(principle=one.code, committed=one.code != declined, deed=deed) for one in principles)


def joins_and_applies(stage: Stage, cast: Cast) -> None:
    """Not a member at first: asked for by its own people, determined by an officer, admitted by the approver. Then it applies."""
    city = city_called(stage.fund, "Saida", "LB")
    voice = person(stage, "voice-saida", "Focal point of Saida", language="ar")
    asked = c.RequestRepresentative(city=city, person=voice, capacity="focal_point", proof=SAW)
    stage.do("saida:ask-focal-point", asked, by=voice)
    confirmed = c.ConfirmRepresentative(city=city, person=voice, capacity="focal_point", proof=SAW)
    stage.do("saida:focal-point", confirmed, by=OPERATOR)
    stage.do("saida:ask", c.AskMembership(city=city), by=voice)
    file = File(stage, cast, "saida")
    deeds = commitments(stage, "لجنة السلم الأهلي في المجلس البلدي")
    stage.do("saida:attest", c.AttestPrinciples(city=city, office="رئيس البلدية", commitments=deeds), by=file.signatory)
    stage.days(3)
    determined = c.DetermineTerritory(city=city, territory="meets", basis=UNCONTESTED, review_on=REVIEW)
    stage.do("saida:determine", determined, by=cast.officer)
    stage.do("saida:admit", c.AdmitMember(city=city), by=cast.approver)
    file.draft().submit().complete().eligible()
    file.opinion("support", "يعرف المركز اللجنة ويمكنه تنفيذ التدريب.", accepts_delivery=True)


def attests_again(stage: Stage, cast: Cast) -> None:
    """A member known from a source puts its commitment on file; a new governor takes office, and it is given again."""
    city = city_called(stage.fund, "Kakamega", "KE")
    signatory = person(stage, "governor-kakamega", "Governor of Kakamega")
    confirmed = c.ConfirmRepresentative(city=city, person=signatory, capacity="signatory", proof=SAW)
    stage.do("kakamega:governor", confirmed, by=OPERATOR)
    deeds = commitments(stage, "Ward meetings with elders, young people and traders")
    attested = c.AttestPrinciples(city=city, office="Governor", commitments=deeds)
    stage.do("kakamega:attest", attested, by=signatory)
    stage.days(1)
    elected = stage.clock.now.date()
    stage.do("kakamega:mayor", c.RecordNewLeadership(city=city, since=elected, basis="Example: the county’s own news"), by=OPERATOR)
    stage.days(6)
    stage.do("kakamega:attest-again", attested, by=signatory)


def takes_part_as_observer(stage: Stage, cast: Cast) -> None:
    """Elbasan is no member: it sits in on the activities and does not benefit, so no check asks whether it is one."""
    file = File(stage, cast, "strumica")
    file.content["sections"]["applicant"]["observers"] = [city_called(stage.fund, "Elbasan", "AL")]
    file.draft().submit().complete().eligible()
    file.opinion("no_objection", "The hub follows rumours in three other cities and sees no overlap.")
    stage.days(4)
    file.assess(0, "aligned", "What is learned is built with another city at the table.").assess(
        1, "aligned", "The council already keeps the log."
    )
    file.coordinate("with_hub", "The hub is kept informed; the central team delivers.")
    file.propose(6_000_00, peers=("A crisis officer of a member city",))
    stage.days(1)
    file.approve("The council answers rumours in hours instead of days, and a neighbour sees how.")


def asks_and_thinks_better(stage: Stage, cast: Cast) -> None:
    """Nobody represents Lamu yet, so an administrator asks for it; and refuses somebody who cannot speak for it."""
    city = city_called(stage.fund, "Lamu", "KE")
    stranger = person(stage, "visitor-lamu", "Somebody who visited Lamu")
    asked = c.RequestRepresentative(city=city, person=stranger, capacity="signatory", proof="Example: a visiting card")
    stage.do("lamu:ask-signatory", asked, by=stranger)
    refused = c.RefuseRepresentative(city=city, person=stranger, reason="The county does not know this person.")
    stage.do("lamu:refuse-signatory", refused, by=OPERATOR)
    stage.do("lamu:ask", c.AskMembership(city=city, proof=SAW), by=OPERATOR)
    stage.do("lamu:withdraw", c.WithdrawMembershipAsk(city=city, reason="The county executive decides after its elections."), by=OPERATOR)


def is_declined(stage: Stage, cast: Cast) -> None:
    """One officer leaves the case unresolved, a second one decides it; the city does not commit to one principle, and is told so."""
    city = city_called(stage.fund, "Stellenbosch", "ZA")
    stage.do("stellenbosch:ask", c.AskMembership(city=city, proof=SAW), by=OPERATOR)
    last = stage.fund.programme.catalogue.principles[-1].code
    deeds = commitments(stage, "Example: the safety plan of the municipality", declined=last)
    paper = c.AttestPrinciples(city=city, office="Municipal manager", commitments=deeds, proof=SAW)
    stage.do("stellenbosch:attest", paper, by=OPERATOR)
    unresolved = c.DetermineTerritory(
        city=city, territory="unresolved", basis="Example: the letter names two authorities", review_on=REVIEW
    )  # fmt: skip
    stage.do("stellenbosch:unresolved", unresolved, by=cast.officer)
    stage.days(2)
    settled = c.DetermineTerritory(city=city, territory="meets", basis=UNCONTESTED, review_on=REVIEW)
    stage.do("stellenbosch:determine", settled, by=cast.second_officer)
    reason = "One principle is not shared yet. The city can ask again, free of charge, once it is."
    stage.do("stellenbosch:decline", c.DeclineMembership(city=city, reason=reason), by=cast.approver)


def is_suspended(stage: Stage, cast: Cast) -> None:
    """While it lasts the city counts as no member."""
    city = city_called(stage.fund, "Edmonton", "CA")
    reason = "Example: nobody of the city can be reached"
    stage.do("edmonton:suspend", c.SuspendMembership(city=city, reason=reason, review_on=date(2025, 12, 1)), by=cast.approver)
    stage.days(1)
    stage.do("edmonton:resume", c.ResumeMembership(city=city, reason="Example: the city named its representatives"), by=cast.approver)
