"""Nobody waits for somebody who does not come: whoever is silent past their due date, or away until after it, makes way for another.

Each assessor, and whoever is asked by name to moderate, has a due date of their own, a whole clock from being chosen. A hub is counted
silent (`opinion`) or taken over (`handover`), an expert lapses (`expert`); what officers and approvers do, any of them may. Decision
record 0028.
"""

from fund.domain import calendar, clock
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, StageClock
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.registers import Person


def may_lapse(file: Application, facts: Facts) -> None:
    if not any(missing(file, assessor, facts) for assessor in file.assessors):
        raise Refusal("assessor.none_missing")


def lapse_assessor(file: Application, command: c.LapseAssessor, facts: Facts) -> tuple[Event, ...]:
    if command.assessor not in file.assessors or command.assessor in file.assessed_by:
        raise Refusal("assessor.not_waiting", field="assessor")
    why = missing(file, command.assessor, facts)
    if why is None:
        raise Refusal("assessor.not_missing", due=file.assessors_due.get(command.assessor))
    return (e.AssessorLapsed(assessor=command.assessor, missing=why, due=file.assessors_due[command.assessor]),)


def missing(file: Application, assessor: str, facts: Facts) -> e.Missing | None:
    """Why an assessor is not waited for any longer; None while they are. Nobody is late while a question to the city is open."""
    asked = file.assessors_clocks.get(assessor)
    if asked is None or assessor in file.assessed_by:
        return None
    return _missing(file, assessor, asked, facts)


def may_lapse_moderator(file: Application, facts: Facts) -> None:
    if moderator_missing(file, facts) is None:
        raise Refusal("moderator.not_missing")


def lapse_moderator(file: Application, command: c.LapseModerator, facts: Facts) -> tuple[Event, ...]:
    why, due = moderator_missing(file, facts), file.moderation_due
    if command.moderator != file.moderator or why is None or due is None:
        raise Refusal("moderator.not_waiting", field="moderator")
    return (e.ModeratorLapsed(moderator=file.moderator, missing=why, due=due),)


def moderator_missing(file: Application, facts: Facts) -> e.Missing | None:
    """The same of whoever was asked by name to moderate; where nobody said by when, with the step."""
    asked = file.moderator_clock or file.clock
    if not file.moderator or asked is None:
        return None
    return _missing(file, file.moderator, asked, facts)


def _missing(file: Application, id: str, asked: StageClock, facts: Facts) -> e.Missing | None:
    if file.open_clarifications:
        return None
    # Nobody is late before the stage is, nor by the days that a question to the city took.
    own = clock.due_of(asked, file, facts.days_stamped(asked.calendar, file))
    due = max(own, file.due or own)
    if facts.now > due:
        return "silent"
    person, days = facts.states.get(id), facts.days(file)
    away = isinstance(person, Person) and person.is_away_throughout(facts.today, calendar.local_day(due, days))
    return "away" if away else None
