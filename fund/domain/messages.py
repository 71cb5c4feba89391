"""From a fact to the messages that it calls for, by the table of `occasions`.

Pure, and asked twice: when a fact is new, and again when its message is about to go. Then the file may have moved on, and whoever may
not know of it any more (`visibility`) is not told.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from fund.domain.application import Application
from fund.domain.event import Recorded
from fund.domain.facts import Actor, Role
from fund.domain.occasions import BY_EVENT, Occasion, To
from fund.domain.registers import City, Person
from fund.domain.round import Round
from fund.domain.streams import State
from fund.domain.visibility import CLEAR, FULL, RoundSight, Sight, round_sight, visible, visible_of_city


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What is known besides the fact and its stream, all as of now.

    people: active people who may be meant, by id. cities: those of the file or the round, the file's lead first.
    """

    people: Mapping[str, Actor]
    cities: tuple[City, ...] = ()


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One fact told to one person. `id` is the same whenever and wherever it is made."""

    id: str
    person: str
    occasion: Occasion
    sight: Sight
    """What of the fact this person may read."""


def message_id(event_id: str, person: str) -> str:
    return hashlib.sha256(f"message/{event_id}/{person}".encode()).hexdigest()[:32]


def messages(recorded: Recorded, state: State, around: Around) -> tuple[Message, ...]:
    """The messages that a fact calls for as its stream and the people stand now; one a person at most, by the first row that meets them.

    Nobody is told what they did themselves, but for what is `always` told: that is their receipt.
    """
    found: dict[str, Message] = {}
    did = {recorded.header.actor, recorded.header.on_behalf_of}
    for occasion in BY_EVENT.get(type(recorded.event), ()):
        for person in addressed(occasion.to, recorded, state, around):
            knows = person in did and occasion.urgency != "always"
            if person in found or person not in around.people or knows or not occasion.still(state, recorded.event, person):
                continue
            if sight := sight_of(around.people[person], recorded, state, around.cities):
                id = message_id(recorded.header.event_id, person)
                found[person] = Message(id=id, person=person, occasion=occasion, sight=sight)
    return tuple(found.values())


def sight_of(person: Actor, recorded: Recorded, state: State, cities: tuple[City, ...]) -> Sight | None:
    """What this person may read of this fact; None where they may not know of it."""
    match state:
        case Application():
            return visible(person, recorded, state, cities)
        case City():
            return visible_of_city(person, recorded, state)
        case Round():
            return CLEAR if round_sight(person, state, cities) is not RoundSight.PUBLIC else None
        case Person():
            return FULL if person.id == state.id or person.holds(Role.ADMINISTRATOR) else None
    return CLEAR


STAFF_OF = {
    To.OFFICERS: Role.OFFICER,
    To.APPROVERS: Role.APPROVER,
    To.ADMINISTRATORS: Role.ADMINISTRATOR,
    To.AUDITORS: Role.AUDITOR,
}


def addressed(to: To, recorded: Recorded, state: State, around: Around) -> Iterator[str]:
    """Ids, also of people who may know nothing of it."""
    event: Any = recorded.event
    match to:
        case To.LEAD | To.CITIES | To.APPELLANTS | To.NAMED_CITY | To.OUTDATED | To.YET_TO_ACCEPT | To.ITS_CITY:
            wanted = _cities(to, event, state)
            for city in (*around.cities, *((state,) if isinstance(state, City) else ())):
                yield from city.representatives if city.id in wanted else ()
        case To.PERSON:
            yield from _named(event)
        case To.ASKER if isinstance(state, Application):
            yield from (asked.by for asked in state.clarifications if asked.number == event.number)
        case To.HELPERS if isinstance(state, Application):
            yield from (one.person for one in state.invited if one.accepted)
        case To.AWAITED if isinstance(state, Application):
            yield from (person for person in state.assessors if person not in state.assessed_by)
            yield from (one.person for one in state.invited if one.is_open)
        case To.HUB | To.HUBS:
            hubs = _hubs(to, event, state)
            yield from (id for id, person in around.people.items() if any(person.holds(Role.COORDINATOR, hub) for hub in hubs))
        case _:
            role = STAFF_OF.get(to)
            yield from (id for id, person in around.people.items() if role and person.holds(role))


def _cities(to: To, event: Any, state: State) -> tuple[str, ...]:
    if isinstance(state, City):
        return (state.id,)
    if not isinstance(state, Application):
        return ()
    match to:
        case To.LEAD:
            return (state.city,)
        case To.NAMED_CITY:
            return (event.city,)
        case To.APPELLANTS:
            return tuple(getattr(event, "waited", state.cities))
        case To.OUTDATED:
            return tuple(city for city in state.invited_partners if state.partners[city].text and not state.has_accepted(city))
        case To.YET_TO_ACCEPT:
            return tuple(city for city in state.invited_partners if not state.has_accepted(city))
    return (state.city, *state.invited_partners)


def _named(event: Any) -> tuple[str, ...]:
    for field in ("drawn", "assessor", "moderator", "person"):
        if named := getattr(event, field, ()):
            return named if isinstance(named, tuple) else (named,)
    return ()


def _hubs(to: To, event: Any, state: State) -> tuple[str, ...]:
    if to is To.HUB:
        return (event.hub,) if event.hub else ()
    if named := getattr(event, "hubs", ()):
        return tuple(named)
    return tuple(hub for hub, asked in state.opinions.items() if not asked.released) if isinstance(state, Application) else ()
