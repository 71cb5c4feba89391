"""How a file remembers: each fact changes it as its noun says. Never refuses: it has happened."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args

import msgspec

from fund.domain import events as e
from fund.domain.application import (
    appeals,
    assessment,
    awards,
    conflicts,
    coordination,
    corrections,
    decision,
    draft,
    eligibility,
    emergency,
    ending,
    experts,
    joint,
    letters,
    questions,
    safeguards,
    scoring,
    track,
)
from fund.domain.application.file import Application
from fund.domain.application.matters import Act, Decision, EmergencyAccess, FirstApproval
from fund.domain.application.moving import Changes
from fund.domain.application.questions import clock_set
from fund.domain.event import Recorded
from fund.domain.screen import Screened, screened

NOUNS = (
    draft,
    joint,
    track,
    safeguards,
    questions,
    conflicts,
    emergency,
    eligibility,
    coordination,
    assessment,
    scoring,
    experts,
    decision,
    ending,
    letters,
    appeals,
    corrections,
    awards,
)
CHANGES: dict[object, Callable[[Application, Any, str, datetime], Changes]] = {
    kind: noun.changes for noun in NOUNS for kind in get_args(noun.Fact)
}
"""Kind of a fact -> what it changes; what is not here changes nothing of its own."""


def evolve(file: Application, recorded: Recorded) -> Application:
    """The file after one more fact."""
    event, header = recorded.event, recorded.header
    changes = _changes(file, event, header.on_behalf_of or header.actor, header.at)
    if "due" in changes and type(event) not in CLARIFYING:
        changes |= clock_set(file, changes, header.at)
    by = tuple(hand for hand in (header.actor, header.on_behalf_of) if hand)
    changes |= {
        name: msgspec.structs.replace(taken, hands=by) for name, taken in changes.items() if isinstance(taken, Decision | FirstApproval)
    }
    if file.decision and changes.get("decision", file.decision) is None:
        changes |= {"anew_since": recorded.version}
    if isinstance(event, Screened):
        changes |= {"screen": screened(file.screen, event, frozenset(by), file.still_owed)}
    if isinstance(event, e.OpinionGiven):
        changes |= coordination.spoken(file, event, frozenset(by), header.at)
    duty = event.duty if isinstance(event, e.ApplicationEvent) else None
    hands = file.hands | {(duty, hand) for hand in by} if duty else file.hands
    acts = file.acts if duty in NO_ACT else _acts(file, recorded, by)
    if len(by) == 2 and duty != "emergency":
        changes |= {"emergencies": tuple(_used(one, recorded) for one in file.emergencies)}
    return msgspec.structs.replace(file, id=recorded.stream, hands=hands, acts=acts, **changes)


CLARIFYING = frozenset(get_args(questions.Fact))
"""They set the clock themselves."""
NO_ACT = (None, "drafting", "declaring", "emergency", "reporting")
"""What the city did, what is said of conflicts and of access itself, and of what happened: a conflict taints none of it."""


def _acts(file: Application, recorded: Recorded, by: tuple[str, ...]) -> tuple[Act, ...]:
    people = tuple(hand for hand in by if not hand.startswith("machine:"))
    return (*file.acts, Act(version=recorded.version, event=recorded.event.name, by=people)) if people else file.acts


def _used(one: EmergencyAccess, recorded: Recorded) -> EmergencyAccess:
    """With what was done with it, in both names."""
    header = recorded.header
    if not one.is_open(header.at) or (one.asker, one.opener) != (header.actor, header.on_behalf_of):
        return one
    return msgspec.structs.replace(one, acts=(*one.acts, recorded.version))


def _changes(file: Application, event: object, actor: str, at: datetime) -> Changes:
    changes = CHANGES.get(type(event))
    return changes(file, event, actor, at) if changes else {}
