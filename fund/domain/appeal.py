"""Rules of appeals: lodged by a city of the file, heard or not, decided by people who had no hand in it. Decision record 0022.

Whether an appeal can be heard is a matter of fact: it is recorded as it was when the appeal was lodged, and binds the person who says so.
Upheld, in whole or in part, the decision falls: the file is decided again, by others, with money held back for it. Where it stands, every
other city that was in time has its whole time again: one appeal is looked at after the other.
"""

from datetime import datetime

from fund.domain import commands as c
from fund.domain import delivery
from fund.domain import events as e
from fund.domain.application import Appeal, Application
from fund.domain.brevity import ANSWERED, check_brief
from fund.domain.deferral import left_for
from fund.domain.envelope import allocation, purpose_of
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.independence import competes
from fund.domain.programme import STANDARD_TRACK
from fund.domain.proposal import donors_among
from fund.domain.refusal import Refusal
from fund.domain.sections import Resources
from fund.domain.texts import says_something

Decided = tuple[Event | On, ...]
HEARD_OUT = ("upheld", "partly_upheld", "dismissed")
HEARD_BY: tuple[e.Duty, ...] = ("questioning", "deciding", "correcting", "overriding")
"""Duties, besides those that a decision is kept apart from, that whoever hears an appeal had no hand in."""


def letter_of(file: Application, facts: Facts) -> int | None:
    """The number of the letter that told the decision in force, where that can be appealed against."""
    rules, decision = facts.track(file).appeals, file.decision
    if rules is None or decision is None or decision.outcome not in rules.outcomes:
        return None
    telling = (number for number, letter in enumerate(file.letters, start=1) if letter.outcome == decision.outcome)
    return max(telling, default=None)


# ── Lodging ───────────────────────────────────────────────────────────────────


def may_lodge(file: Application, facts: Facts) -> None:
    if facts.track(file).appeals is None:
        raise Refusal("appeal.not_foreseen")
    letter = letter_of(file, facts)
    if letter is None:
        raise Refusal("appeal.nothing_to_appeal")
    if all(has_appealed(file, city, letter) for city in _spoken_for(file, facts)):
        raise Refusal("appeal.already_lodged")


def lodge(file: Application, command: c.LodgeAppeal, facts: Facts) -> tuple[Event, ...]:
    letter, cities = letter_of(file, facts), _spoken_for(file, facts)
    assert letter, "the guard saw it"
    city = command.city or cities[0]
    if city not in cities:
        raise Refusal("workflow.not_your_city", field="city", command=command.verb)
    if has_appealed(file, city, letter):
        raise Refusal("appeal.already_lodged", field="city")
    due, days = facts.due("appeal_admission", file)
    lodged = e.AppealLodged(
        number=len(file.appeals) + 1,
        city=city,
        letter=letter,
        grounds=command.grounds,
        against=_against(file, city, letter, facts),
        due=due,
        calendar=days,
    )
    return (lodged,)


def _against(file: Application, city: str, letter: int, facts: Facts) -> tuple[e.Inadmissible, ...]:
    until = delivery.appeal_until(file, letter, city, facts)
    found: dict[e.Inadmissible, bool] = {
        "not_a_party": city not in file.cities,
        "late": until is not None and facts.now > until,
    }
    return tuple(one for one, holds in found.items() if holds)


def has_appealed(file: Application, city: str, letter: int) -> bool:
    """Whether its one appeal is spent. Since a reason that was doubted stands, what was not heard before can be lodged again."""
    return any((one.city, one.letter) == (city, letter) and not _outdated(file, one) for one in file.appeals)


def _outdated(file: Application, lodged: Appeal) -> bool:
    since = file.corrections[lodged.corrections :]
    return any((one.letter, one.outcome) == (lodged.letter, "refused") for one in since)


def is_settled(file: Application, letter: int) -> bool:
    """Whether outsiders decided an appeal against what that letter told."""
    return any(one.letter == letter and one.outcome in HEARD_OUT for one in file.appeals)


def anew(file: Application, ended: Appeal, facts: Facts) -> tuple[tuple[str, ...], datetime | None, str]:
    """Cities whose time begins anew as an appeal ends and the decision stands, until when they can appeal, and by which calendar.

    Nobody could lodge another meanwhile: that must cost no city its time. What had run out before stays so.
    """
    cities = tuple(city for city in file.cities if _waited(file, city, ended, facts))
    return (cities, *delivery.anew(file, cities, facts)) if cities else ((), None, "")


def _waited(file: Application, city: str, ended: Appeal, facts: Facts) -> bool:
    until = delivery.appeal_until(file, ended.letter, city, facts)
    return not has_appealed(file, city, ended.letter) and (until is None or until >= ended.at)


def _spoken_for(file: Application, facts: Facts) -> tuple[str, ...]:
    """Cities of the form, also those that left, that the actor speaks for; the lead first."""
    return tuple(city for city in file.parties if facts.city(city).represented_by(facts.actor.id))


def may_withdraw(file: Application, facts: Facts) -> None:
    if _open(file).city not in _spoken_for(file, facts):
        raise Refusal("appeal.other_city")


def withdraw_appeal(file: Application, command: c.WithdrawAppeal, facts: Facts) -> tuple[Event, ...]:
    waited, until, days = anew(file, _open(file), facts)
    return (e.AppealWithdrawn(number=_open(file).number, reason=command.reason, waited=waited, appeal_until=until, calendar=days),)


# ── Hearing ───────────────────────────────────────────────────────────────────


def may_admit(file: Application, facts: Facts) -> None:
    if (lodged := _open(file)).against:
        raise Refusal("appeal.inadmissible", inadmissible=lodged.against)
    _check_outsider(file, facts)


def admit(file: Application, command: c.AdmitAppeal, facts: Facts) -> tuple[Event, ...]:
    due, days = facts.due("appeal", file)
    return (e.AppealAdmitted(number=_open(file).number, due=due, calendar=days),)


def may_turn_away(file: Application, facts: Facts) -> None:
    if not _open(file).against:
        raise Refusal("appeal.admissible")
    _check_outsider(file, facts)


def turn_away(file: Application, command: c.TurnAwayAppeal, facts: Facts) -> tuple[Event, ...]:
    lodged = _open(file)
    due, days = facts.due("letter", file)
    check_brief("reason", ANSWERED, command.reason)
    return (e.AppealNotAdmitted(number=lodged.number, inadmissible=lodged.against, reason=command.reason, due=due, calendar=days),)


def may_decide(file: Application, facts: Facts) -> None:
    _check_outsider(file, facts)


def decide_appeal(file: Application, command: c.DecideAppeal, facts: Facts) -> Decided:
    if not command.reasons:
        raise Refusal("decision.reason_needed", field="reasons")
    check_brief("reasons", ANSWERED, *command.reasons)
    _check_way_back(file, command)
    due, days = facts.due("letter", file)
    decided = e.AppealDecided(
        number=_open(file).number,
        appeal_outcome=command.outcome,
        reasons=command.reasons,
        back_to=command.back_to,
        checks=command.checks,
        envelope=command.envelope or None,
        unfunded=command.unfunded,
        due=due,
        calendar=days,
    )
    if command.back_to is None:
        return (decided,)
    return (decided, *out_of_the_round(file, "appeal", due, days, facts), *held(file, command, facts))


def _open(file: Application) -> Appeal:
    """The one that is being heard: its stage has one."""
    return file.appeals[-1]


def _check_outsider(file: Application, facts: Facts) -> None:
    """Other cities of its round have a stake in it."""
    if has_a_rival(file, facts):
        raise Refusal("appeal.competes_with_you")
    if ordered(file, facts):
        raise Refusal("appeal.ordered_by_you")


def ordered(file: Application, facts: Facts) -> bool:
    """Whether the actor ordered the round, drew its line, or scored in it: a hand in every file of it."""
    round = facts.round(file.round) if file.round else None
    return round is not None and facts.actor.id in {*round.scorers, *round.moderators, *round.ordered_by}


def has_a_rival(file: Application, facts: Facts) -> bool:
    """Whether a city of its round is the actor's own, or they have declared an interest in one that keeps them out."""
    tied = {one.city for one in facts.actor.interests if one.effect == "recuse"}
    return file.round is not None and (bool(tied & facts.round(file.round).cities) or competes(facts.actor, file, facts))


def _check_way_back(file: Application, command: c.DecideAppeal) -> None:
    """A dismissed appeal leads nowhere; any other to a step that the file came to, and to the checks that it failed."""
    failed = file.decision.checks if file.decision else ()
    ways = {None} if command.outcome == "dismissed" else {"eligibility"} if failed else {"assessment", "proposal"}
    if command.back_to not in ways:
        raise Refusal("appeal.way_back", field="back_to")
    if not set(command.checks) <= set(failed) or bool(command.checks) != (command.back_to == "eligibility"):
        raise Refusal("appeal.checks", field="checks", checks=failed)


# ── What follows for a file that is decided again ─────────────────────────────


def out_of_the_round(file: Application, why: e.TrackReason, due: datetime, days: str, facts: Facts) -> tuple[Event, ...]:
    """The round is over for it: it goes on by itself, on the standard track."""
    if file.round is None or file.track == STANDARD_TRACK:
        return ()
    left = facts.track(file).code
    return (
        e.TrackChanged(
            from_track=left, to_track=STANDARD_TRACK, why=why, reassess=False, due=due, calendar=days, opinions_due=None,
        ),
    )  # fmt: skip


def held(file: Application, command: c.DecideAppeal | c.CorrectDecision, facts: Facts) -> tuple[On, ...]:
    """What the file asked for, or less, held back for it so that nobody else is granted it meanwhile."""
    if bool(command.envelope) == bool(says_something(command.unfunded)):
        raise Refusal("appeal.money_needed", field="envelope")
    if not command.envelope:
        return ()
    donors_among(file, command.envelope, facts)
    envelope, asked = facts.envelope(command.envelope), file.section(Resources)
    if asked and (envelope.currency != asked.currency or not 1 <= command.amount <= asked.amount):
        raise Refusal("proposal.exceeds_request", field="amount", requested=asked.amount, currency=asked.currency)
    held = allocation(left_for(file.id, envelope), purpose_of(file, facts), command.amount, facts.today)
    reserved = e.FundsReserved(application=file.id, amount=command.amount, currency=envelope.currency, allocations=held)
    return (On(command.envelope, reserved),)
