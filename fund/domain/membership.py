"""Rules of membership: asking, attesting the principles, determining the territory, admitting, suspending; and who may speak for a city.

Sources: strategy 2023-2025, members and guiding principles. A city commits in word and in deed, and lies on no territory that is contested
under international law. The second is never looked up in a list of countries: a person determines it for one city, another admits.
"""

from datetime import date, datetime, timedelta

from fund.domain import calendar
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.domain.texts import says_something


def due(clock: str, facts: Facts) -> tuple[datetime, str]:
    """When a step of membership that starts now is due, and `code/version` of the calendar that says so."""
    days = facts.programme.calendars[facts.track().calendar]
    instant = calendar.due(facts.now, facts.programme.membership.clocks[clock].working_days, days)
    return instant, f"{days.code}/{days.version}"


# ── Asking ────────────────────────────────────────────────────────────────────


def may_ask(city: City, facts: Facts) -> None:
    if city.membership:
        raise Refusal("membership.already_recorded")
    if city.asked:
        raise Refusal("membership.already_asked")


def ask(city: City, command: c.AskMembership, facts: Facts) -> tuple[Event, ...]:
    _check_proof(city, command.proof, facts)
    instant, days = due("ask", facts)
    return (e.MembershipAsked(proof=command.proof, due=instant, calendar=days),)


def is_asked(city: City, facts: Facts) -> None:
    if city.asked is None:
        raise Refusal("membership.not_asked")


def withdraw_ask(city: City, command: c.WithdrawMembershipAsk, facts: Facts) -> tuple[Event, ...]:
    return (e.MembershipAskWithdrawn(reason=command.reason),)


def _check_proof(city: City, proof: str, facts: Facts) -> None:
    """Whoever does not represent the city says on what proof they speak for it."""
    if not city.represented_by(facts.actor.id) and not says_something(proof):
        raise Refusal("membership.proof_needed", field="proof")


# ── The guiding principles ────────────────────────────────────────────────────


def may_attest(city: City, facts: Facts) -> None:
    """A city's own word is its signatory's; any other representative prepares it."""
    if city.representatives and not city.represented_by(facts.actor.id, "signatory"):
        raise Refusal("attestation.signatory_needed")


def attest(city: City, command: c.AttestPrinciples, facts: Facts) -> tuple[Event, ...]:
    """One answer to each principle of the catalogue in force, whatever the answer is."""
    _check_proof(city, command.proof, facts)
    signed_on = command.signed_on or facts.today
    if signed_on > facts.today:
        raise Refusal("date.in_future", field="signed_on")
    answered = [one.principle for one in command.commitments]
    if sorted(answered) != sorted(principle.code for principle in facts.programme.catalogue.principles):
        raise Refusal("attestation.principles_differ", field="commitments")
    return (
        e.PrinciplesAttested(
            catalogue=facts.programme.catalogue.version,
            signatory=facts.actor.id if city.represented_by(facts.actor.id) else None,
            office=command.office,
            signed_on=signed_on,
            commitments=command.commitments,
            proof=command.proof,
        ),
    )


def record_new_leadership(city: City, command: c.RecordNewLeadership, facts: Facts) -> tuple[Event, ...]:
    if command.since > facts.today:
        raise Refusal("date.in_future", field="since")
    if city.leadership and command.since <= city.leadership.since:
        raise Refusal("leadership.already_recorded", field="since")
    instant, days = due("attest_again", facts)
    return (e.LeadershipChanged(since=command.since, basis=command.basis, due=instant, calendar=days),)


# ── The territory ─────────────────────────────────────────────────────────────


def may_determine(city: City, facts: Facts) -> None:
    """Of a city that is or asks to be a member; what one person left unresolved, another decides."""
    if not (city.membership or city.asked):
        raise Refusal("membership.not_asked")
    found = city.determination
    if found and found.said.territory == "unresolved" and facts.actor.id in found.by:
        raise Refusal("determination.second_person")


def determine(city: City, command: c.DetermineTerritory, facts: Facts) -> tuple[Event, ...]:
    _check_review(command.review_on, facts)
    instant, days = (None, "") if command.territory == "meets" else due("second_look", facts)
    return (
        e.TerritoryDetermined(
            territory=command.territory, basis=command.basis, review_on=command.review_on, due=instant, calendar=days
        ),
    )  # fmt: skip


def _check_review(day: date, facts: Facts) -> None:
    last = facts.today + timedelta(days=facts.programme.membership.review_days)
    if not facts.today < day <= last:
        raise Refusal("review.out_of_range", field="review_on", last=last)


# ── Admitting, declining, suspending ──────────────────────────────────────────


def may_admit(city: City, facts: Facts) -> None:
    """The city has asked, stands by every principle, and a person found that its territory meets the rule."""
    is_asked(city, facts)
    if not city.has_attested(facts.programme.catalogue.version):
        raise Refusal("attestation.not_current")
    if not city.meets_on(facts.today):
        raise Refusal("determination.needed")


def admit(city: City, command: c.AdmitMember, facts: Facts) -> tuple[Event, ...]:
    return (e.MemberAdmitted(admitted_on=facts.today),)


def decline(city: City, command: c.DeclineMembership, facts: Facts) -> tuple[Event, ...]:
    return (e.MembershipDeclined(reason=command.reason),)


def may_suspend(city: City, facts: Facts) -> None:
    """Also what is suspended: when its review is due, a person may suspend it anew."""
    if city.membership is None:
        raise Refusal("membership.not_a_member")


def suspend(city: City, command: c.SuspendMembership, facts: Facts) -> tuple[Event, ...]:
    _check_review(command.review_on, facts)
    return (e.MembershipSuspended(reason=command.reason, review_on=command.review_on),)


def may_resume(city: City, facts: Facts) -> None:
    if city.membership is None or city.membership.suspended is None:
        raise Refusal("membership.not_suspended")


def resume(city: City, command: c.ResumeMembership, facts: Facts) -> tuple[Event, ...]:
    return (e.MembershipResumed(reason=command.reason),)


# ── Who speaks for a city ─────────────────────────────────────────────────────


def request_representative(city: City, command: c.RequestRepresentative, facts: Facts) -> tuple[Event, ...]:
    """People ask for themselves; a city asks for others through whoever represents it already."""
    facts.person(command.person)
    if facts.actor.id != command.person and not city.represented_by(facts.actor.id):
        raise Refusal("representative.not_yours", field="person")
    if city.represented_by(command.person):
        raise Refusal("representative.already_confirmed", field="person")
    if command.person in city.requests:
        raise Refusal("representative.already_requested", field="person")
    instant, days = due("representative", facts)
    return (
        e.RepresentativeRequested(person=command.person, capacity=command.capacity, proof=command.proof, due=instant, calendar=days),
    )  # fmt: skip


def refuse_representative(city: City, command: c.RefuseRepresentative, facts: Facts) -> tuple[Event, ...]:
    if command.person not in city.requests:
        raise Refusal("representative.not_requested", field="person")
    return (e.RepresentativeRefused(person=command.person, reason=command.reason),)
