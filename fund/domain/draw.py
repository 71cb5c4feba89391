"""Drawing assessors: those with the least open work first, ties by lot, so that anyone can draw again from what was recorded."""

from collections.abc import Iterable, Iterator

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import independence, lot, workplace
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.registers import Person


class Pool(msgspec.Struct, frozen=True):
    """People who may be asked to judge something, and how many assessments each still owes, as of one index of the ledger."""

    as_of: int = 0
    people: tuple[e.Candidate, ...] = ()


def drawn(seed: str, candidates: Iterable[e.Candidate], places: int) -> tuple[str, ...]:
    """Whom this seed draws: lowest load first, among equals in the order of the lot."""
    loads = {candidate.person: candidate.load for candidate in candidates}
    return tuple(sorted(lot.order(seed, loads), key=lambda person: loads[person])[:places])


def draw_assessors(file: Application, command: c.DrawAssessors, facts: Facts) -> tuple[Event, ...]:
    """For every free place, or as many as there are people. Who made way on this file is not drawn for it again, and nobody is drawn
    who owes as many assessments as one may."""
    most = facts.programme.workload.max_assessments if facts.programme.workload else None
    unburdened = [one for one in command.candidates if most is None or one.load < most]
    qualified = sorted((one for one in unburdened if _is_free(one.person, file, facts)), key=lambda one: one.person)
    if not qualified:
        raise Refusal("assessor.nobody_free")
    places = facts.track(file).assessors - len(file.assessors)
    due, days = facts.due("assessment", file)
    chosen = drawn(command.seed, qualified, places)
    return (
        e.AssessorsDrawn(
            candidates=tuple(qualified),
            as_of=command.as_of,
            day=facts.today,
            seed=command.seed,
            places=places,
            drawn=chosen,
            most=most,
            due=due,
            calendar=days,
            own=tuple(_by_own_days(chosen, file, facts)),
        ),
    )


def _by_own_days(chosen: tuple[str, ...], file: Application, facts: Facts) -> Iterator[e.AssessorDue]:
    """Of those whose days are not the office's."""
    for person in chosen:
        days = workplace.days_of(facts.person(person), file, facts)
        if days.code != facts.days(file).code:
            due, stamp = facts.due("assessment", file, by=days)
            yield e.AssessorDue(person=person, due=due, calendar=stamp)


def _is_free(id: str, file: Application, facts: Facts) -> bool:
    """The list given may be a moment old: each of it is looked at again on their own stream."""
    person = facts.states.get(id)
    if not isinstance(person, Person) or id in (*file.assessors, *file.released) or person.is_away(facts.today):
        return False
    return independence.qualifies(person, file, facts)
