"""Rules of a factual error in a refusal: one fact that its letter told, and what is so instead.

A city names it before it appeals, once it has opened the letter: its own file and the reasons stand before it. Or the central team finds
it in its own decision. People who had no hand in the file look at that one fact. Where it was wrong the decision falls: another follows
it and none takes its place. Where it was not, the city has its whole time to appeal again, from the answer on. Days are those in which a
matter of fact is settled for an appeal. Decision record 0030.
"""

from fund.domain import appeal, delivery
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Correction
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.refusal import Refusal

# ── Asking ────────────────────────────────────────────────────────────────────


def may_ask(file: Application, facts: Facts) -> None:
    letter = appeal.letter_of(file, facts)
    if letter is None:
        raise Refusal("correction.nothing_to_correct")
    if appeal.is_settled(file, letter):
        raise Refusal("correction.appealed")
    readers = _readers(file, letter, facts)
    if not readers:
        raise Refusal("correction.letter_unopened", letter=letter)
    if not (cities := [city for city in readers if not appeal.has_appealed(file, city, letter)]):
        raise Refusal("correction.appealed")
    if not (waiting := [city for city in cities if not _has_asked(file, city, letter)]):
        raise Refusal("correction.already_asked")
    if all(_is_late(file, city, letter, facts) for city in waiting):
        raise Refusal("correction.too_late")


def ask(file: Application, command: c.AskCorrection, facts: Facts) -> tuple[Event, ...]:
    letter = appeal.letter_of(file, facts)
    assert letter, "the guard saw it"
    _check_fact(file, command)
    due, days = facts.due("appeal_admission", file)
    asked = e.CorrectionAsked(
        number=len(file.corrections) + 1,
        city=_asking(file, command, letter, facts),
        letter=letter,
        check=command.check,
        reason=command.reason,
        instead=command.instead,
        due=due,
        calendar=days,
    )
    return (asked,)


def _asking(file: Application, command: c.AskCorrection, letter: int, facts: Facts) -> str:
    cities = _readers(file, letter, facts)
    city = command.city or cities[0]
    if city not in cities:
        raise Refusal("workflow.not_your_city", field="city", command=command.verb)
    if appeal.has_appealed(file, city, letter):
        raise Refusal("correction.appealed", field="city")
    if _has_asked(file, city, letter):
        raise Refusal("correction.already_asked", field="city")
    if _is_late(file, city, letter, facts):
        raise Refusal("correction.too_late", field="city")
    return city


def _check_fact(file: Application, command: c.AskCorrection) -> None:
    """One that the decision rests on: a check that failed, else one of the reasons, by its number."""
    decision = file.decision
    failed, reasons = (decision.checks, len(decision.reasons)) if decision else ((), 0)
    named = command.check in failed and not command.reason if failed else not command.check and 1 <= command.reason <= reasons
    if not named:
        raise Refusal("correction.fact", field="check" if failed else "reason", checks=failed, count=reasons)


def _readers(file: Application, letter: int, facts: Facts) -> tuple[str, ...]:
    """Cities that opened the letter and that the actor speaks for, the lead first."""
    spoken_for = (city for city in delivery.readers(file) if facts.city(city).represented_by(facts.actor.id))
    return tuple(city for city in spoken_for if file.opened_by(letter, city))


def _has_asked(file: Application, city: str, letter: int) -> bool:
    return any((one.city, one.letter) == (city, letter) for one in file.corrections)


def _is_late(file: Application, city: str, letter: int, facts: Facts) -> bool:
    until = delivery.appeal_until(file, letter, city, facts)
    return until is not None and facts.now > until


# ── Proposing ─────────────────────────────────────────────────────────────────


def may_propose(file: Application, facts: Facts) -> None:
    """At any time, of what no appeal has settled: what outsiders decided is not decided once more. Checks are set aside by two people."""
    letter, decision = appeal.letter_of(file, facts), file.decision
    if letter is None or decision is None:
        raise Refusal("correction.nothing_to_correct")
    if decision.checks:
        raise Refusal("correction.set_aside_instead")
    if appeal.is_settled(file, letter):
        raise Refusal("correction.appealed")
    if _looked_at(file, letter) >= set(range(1, len(decision.reasons) + 1)):
        raise Refusal("correction.looked_at")


def propose(file: Application, command: c.ProposeCorrection, facts: Facts) -> tuple[Event, ...]:
    letter, decision = appeal.letter_of(file, facts), file.decision
    assert letter, "the guard saw it"
    assert decision, "the letter told it"
    if not 1 <= command.reason <= len(decision.reasons):
        raise Refusal("correction.fact", field="reason", checks=(), count=len(decision.reasons))
    if command.reason in _looked_at(file, letter):
        raise Refusal("correction.looked_at", field="reason")
    due, days = facts.due("appeal_admission", file)
    number = len(file.corrections) + 1
    proposed = e.CorrectionProposed(number=number, letter=letter, reason=command.reason, instead=command.instead, due=due, calendar=days)
    return (proposed,)


def _looked_at(file: Application, letter: int) -> set[int]:
    """Reasons of the decision that somebody named before, by their numbers."""
    return {one.reason for one in file.corrections if one.letter == letter}


# ── Answering ─────────────────────────────────────────────────────────────────


def may_answer(file: Application, facts: Facts) -> None:
    if appeal.has_a_rival(file, facts):
        raise Refusal("correction.competes_with_you")
    if appeal.ordered(file, facts):
        raise Refusal("correction.ordered_by_you")


def correct(file: Application, command: c.CorrectDecision, facts: Facts) -> tuple[Event | On, ...]:
    _check_reasons(command.reasons)
    asked = _open(file)
    if command.back_to not in ({"eligibility"} if asked.check else {"assessment", "proposal"}):
        raise Refusal("correction.way_back", field="back_to")
    due, days = facts.due(command.back_to, file)
    corrected = e.DecisionCorrected(
        number=asked.number,
        letter=asked.letter,
        reasons=command.reasons,
        back_to=command.back_to,
        checks=(asked.check,) if asked.check else (),
        envelope=command.envelope or None,
        unfunded=command.unfunded,
        due=due,
        calendar=days,
    )
    return (corrected, *appeal.out_of_the_round(file, "correction", due, days, facts), *appeal.held(file, command, facts))


def refuse(file: Application, command: c.RefuseCorrection, facts: Facts) -> tuple[Event, ...]:
    """The time to appeal is that of every city, as if the letter had been delivered to all of them now."""
    _check_reasons(command.reasons)
    asked = _open(file)
    until, days = delivery.anew(file, file.cities, facts)
    return (e.CorrectionRefused(number=asked.number, reasons=command.reasons, appeal_until=until, calendar=days),)


def _open(file: Application) -> Correction:
    """The one that is looked at: its stage has one."""
    return file.corrections[-1]


def _check_reasons(reasons: tuple[str, ...]) -> None:
    if not reasons:
        raise Refusal("decision.reason_needed", field="reasons")
