"""Whether the people there are can finish a file: every place that it needs filled by somebody who may fill it beside the others.

Places, and who is kept apart from whom, are read from the workflow table and stand nowhere else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, combinations_with_replacement

import msgspec

from fund.domain import appeal, calendar, conflict, independence, signature
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import AWARDED, Application, Stage
from fund.domain.event import Event
from fund.domain.facts import Facts, Role, actor
from fund.domain.interest import is_of_any, is_recused, would_deliver
from fund.domain.programme import Limits, Programme, Track
from fund.domain.refusal import Refusal
from fund.domain.registers import Person
from fund.domain.sections import Resources
from fund.domain.step import Step

ORDER = {stage: place for place, stage in enumerate(Stage)}
BY_POINTS = {Stage.MODERATION, Stage.RANKING}
"""Stages that a file takes only where it is scored."""
HEARD: dict[Stage, tuple[Stage, ...]] = {
    Stage.APPEAL_LODGED: (Stage.APPEAL_LODGED, Stage.APPEAL),
    Stage.APPEAL: (Stage.APPEAL,),
    Stage.CORRECTION: (Stage.CORRECTION,),
}
"""Stages in which people who had no hand in a file answer it, and those in which they are still to do so."""
MAY_SCORE = frozenset(map(str, (Role.ASSESSOR, Role.EXPERT, Role.COORDINATOR)))
OUTSIDE = (Role.REPRESENTATIVE, Role.INVITED, Role.MACHINE)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody there is. cities: their own."""

    id: str
    roles: frozenset[tuple[str, str | None]]
    cities: frozenset[str] = frozenset()
    did: frozenset[str] = frozenset()
    """Duties that they did on the file already."""
    would_deliver: bool = False
    """They, or who pays them, would deliver the support."""

    @property
    def hubs(self) -> frozenset[str]:
        return frozenset(scope for role, scope in self.roles if role == Role.COORDINATOR and scope)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Steps that one person can take: of the same roles, the same duty, kept apart from the same. `first`, `last`: order of its stages."""

    roles: tuple[Role, ...]
    duty: e.Duty
    apart: tuple[e.Duty, ...]
    judges: bool
    sets_terms: bool = False
    """Whoever fills it serves no hub that may come to deliver the support, and is not paid by who delivers it."""
    people: int
    first: int
    last: int
    of_round: bool = False
    """Whoever fills it has no stake in any file of the round and is none of those who may be drawn to score one."""
    closed_to: frozenset[str] = frozenset()
    """People who may not fill it, whatever they may do otherwise."""

    def clashes_with(self, other: "Place") -> bool:
        """Whether one person may not fill both: the duty of one may come before the other, which is kept apart from it."""
        return _comes_between(self, other) or _comes_between(other, self)


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """More people of a role would do, so many; `duties` are those that nobody is left for."""

    role: str
    more: int
    duties: tuple[str, ...]


# ── Places, from the table ────────────────────────────────────────────────────


def ways(track: Track, table: Sequence[Step], limits: Limits, amounts: Mapping[str, int] | None = None) -> tuple[tuple[Place, ...], ...]:
    """For each stage in which people decide on a file: everybody whom it needs to come there and be decided. Of an award's life nothing.

    amounts: currency -> minor units that a file asks for; as much as the track may carry where they are left out.
    """
    track = msgspec.structs.replace(track, approvers=_approvers(track, limits, amounts or _most(track, limits)))
    steps = [step for step in table if step.by not in OUTSIDE and _leads_to_a_decision(step) and _is_of_track(step, track)]
    ends = sorted({ORDER[stage] for step in steps if _duty(step) == "deciding" for stage in step.at})
    orderers = _ORDERERS if track.judgement == "points" else ()
    return tuple(
        (*_places([step for step in steps if _is_on_the_way(step, end)], track), *(one for one in orderers if one.first < end))
        for end in ends
    )


def _approvers(track: Track, limits: Limits, amounts: Mapping[str, int]) -> int:
    return max(track.approvers, *(2 if limits.needs_two(currency, amount) else 1 for currency, amount in amounts.items()), 1)


def _most(track: Track, limits: Limits) -> Mapping[str, int]:
    bounds = track.max_amount or limits.max_amount
    return {currency: min(most, bounds.get(currency, 0)) for currency, most in limits.max_amount.items()}


def _leads_to_a_decision(step: Step) -> bool:
    return bool(set(step.leads_to) - set(step.at)) and not set(step.at) & set(AWARDED)


def _is_of_track(step: Step, track: Track) -> bool:
    return track.judgement == "points" or not set(step.at) <= BY_POINTS


def _is_on_the_way(step: Step, end: int) -> bool:
    stages = {ORDER[stage] for stage in step.at}
    return end in stages if _duty(step) == "deciding" else min(stages) <= end


def _places(steps: list[Step], track: Track) -> tuple[Place, ...]:
    alike: dict[tuple[object, ...], list[Step]] = {}
    for step in steps:
        alike.setdefault((step.roles, _duty(step), step.apart), []).append(step)
    return tuple(_place(group, track) for group in alike.values())


def _place(steps: list[Step], track: Track) -> Place:
    step, orders = steps[0], [ORDER[stage] for step in steps for stage in step.at]
    judges = set(independence.APART) <= set(step.apart)
    people = track.assessors if step.relation == "is_assigned" else track.approvers if step.by is Role.APPROVER else 1
    roles = tuple(role for role in step.roles if role not in OUTSIDE)
    return Place(
        roles=roles,
        duty=_duty(step),
        apart=step.apart,
        judges=judges,
        sets_terms=any(one.sets_terms for one in steps),
        people=people,
        first=min(orders),
        last=max(orders),
    )


def hearing(stages: Sequence[Stage], table: Sequence[Step], track: Track) -> tuple[Place, ...]:
    """One person for each answer that is given in these stages: of what they did only their hand keeps them from it."""
    steps = [step for step in table if step.by not in OUTSIDE and set(step.at) <= set(stages)]
    return tuple(msgspec.structs.replace(place, people=1, judges=False) for place in _places(steps, track))


def _orderer(role: Role, duty: e.Duty, *apart: e.Duty) -> Place:
    at = ORDER[Stage.RANKING]
    return Place(roles=(role,), duty=duty, apart=apart, judges=False, people=1, first=at, last=at, of_round=True)


_ORDERERS = (_orderer(Role.OFFICER, "ranking", "assessing"), _orderer(Role.APPROVER, "drawing", "assessing", "ranking"))


def _duty(step: Step) -> e.Duty:
    return next(duty for event in step.records if issubclass(event, e.ApplicationEvent) and (duty := event.duty))


def _comes_between(earlier: Place, later: Place) -> bool:
    return earlier.duty in later.apart and earlier.first <= later.last


# ── Filling them ──────────────────────────────────────────────────────────────


def is_staffed(places: tuple[Place, ...], people: Iterable[Member], near: frozenset[str], rivals: frozenset[str] = frozenset()) -> bool:
    """Whether all places can be filled at once.

    near: hubs that serve the file's regions, whose people do not judge it. rivals: other cities of its round, whose people do not order it.
    """
    slots = [(place, [one for one in people if _may_take(one, place, near, rivals)]) for place in places for _ in range(place.people)]
    slots.sort(key=lambda slot: len(slot[1]))
    fits = {one.id: tuple(number for number, (_, able) in enumerate(slots) if one in able) for one in people}
    return _filled(slots, {}, fits)


def _filled(slots: list[tuple[Place, list[Member]]], taken: dict[str, tuple[Place, ...]], fits: Mapping[str, tuple[int, ...]]) -> bool:
    """fits: person -> which of all the slots they may take."""
    if not slots:
        return True
    (place, candidates), *rest = slots
    tried = set[tuple[object, ...]]()
    for one in candidates:
        theirs = taken.get(one.id, ())
        # Two people who may take the same places and have taken the same are as good as each other.
        alike = (fits[one.id], theirs)
        if alike in tried or any(place is other or place.clashes_with(other) for other in theirs):
            continue
        tried.add(alike)
        if _filled(rest, taken | {one.id: (*theirs, place)}, fits):
            return True
    return False


def _may_take(one: Member, place: Place, near: frozenset[str], rivals: frozenset[str]) -> bool:
    if one.id in place.closed_to or one.did & set(place.apart):
        return False
    if (place.judges or place.sets_terms) and one.hubs & near:
        return False
    if place.sets_terms and one.would_deliver:
        return False
    if (place.of_round or place.duty == "assessing") and one.cities & rivals:
        return False
    if place.of_round and any(held in MAY_SCORE for held, _ in one.roles):
        return False
    return any(held == role for held, _ in one.roles for role in place.roles)


# ── A programme, with one absent and one conflicted ───────────────────────────


def shortages(programme: Programme, people: Iterable[Member], table: Sequence[Step]) -> dict[str, tuple[Need, ...]]:
    """Track -> who is missing so that it can be finished whoever is absent and whoever is conflicted; nobody where it can."""
    everybody = tuple(people)
    return {code: needs(ways(track, table, programme.limits), everybody, programme) for code, track in programme.tracks.items()}


def needs(finishing: tuple[tuple[Place, ...], ...], people: tuple[Member, ...], programme: Programme) -> tuple[Need, ...]:
    """No fewer people than these would do: without any one of them some choice of the two leaves a place empty."""
    more: list[tuple[Member, Place]] = []
    while found := _first_failure(finishing, (*people, *(one for one, _ in more)), programme):
        places, left, near = found
        more += _enough_more(places, left, near, len(more))
    for one in tuple(more):
        others = [other for other in more if other is not one]
        if not _first_failure(finishing, (*people, *(member for member, _ in others)), programme):
            more = others
    roles = dict.fromkeys(place.roles[0] for _, place in more)
    return tuple(_need(role, [place for _, place in more if place.roles[0] == role]) for role in roles)


def _need(role: Role, places: list[Place]) -> Need:
    return Need(role=str(role), more=len(places), duties=tuple(dict.fromkeys(place.duty for place in places)))


Scenario = tuple[tuple[Place, ...], tuple[Member, ...], frozenset[str]]
"""The places of a way, the people who are left for it, and the hubs near the file."""


def _first_failure(finishing: tuple[tuple[Place, ...], ...], people: tuple[Member, ...], programme: Programme) -> Scenario | None:
    everywhere = {_near(programme, {region.code}) for region in programme.catalogue.regions} | {frozenset[str]()}
    casts = set(_casts(people))
    for places in finishing:
        for near in sorted(everywhere, key=sorted):
            for left in casts:
                if not is_staffed(places, left, near):
                    return places, left, near
    return None


def _casts(people: tuple[Member, ...]) -> Iterator[tuple[Member, ...]]:
    """Everybody but one who is absent and one who is conflicted; and but all who belong to one city and one who is absent."""
    for gone in combinations(people, min(2, len(people))):
        yield _alike(one for one in people if one not in gone)
    for city in {city for one in people for city in one.cities}:
        strangers = [one for one in people if city not in one.cities]
        for left in combinations(strangers, max(len(strangers) - 1, 0)):
            yield _alike(left)


def _alike(people: Iterable[Member]) -> tuple[Member, ...]:
    """Under names that stand for their roles only, so that casts as good as each other are looked at once."""
    held = sorted(sorted((role, scope or "") for role, scope in one.roles) for one in people)
    return tuple(
        Member(id=str(number), roles=frozenset((role, scope or None) for role, scope in roles)) for number, roles in enumerate(held)
    )


def _enough_more(
    places: tuple[Place, ...], people: tuple[Member, ...], near: frozenset[str], known: int, rivals: frozenset[str] = frozenset()
) -> list[tuple[Member, Place]]:
    """New people who fill what is left empty: the fewest, where one or two do; else so many that none of them can be spared."""

    def enough(new: "list[tuple[Member, Place]]") -> bool:
        return is_staffed(places, (*people, *(one for one, _ in new)), near, rivals)

    # First the place that fewest people may take: that is what somebody is missing for.
    places = tuple(sorted(places, key=lambda place: sum(_may_take(one, place, near, rivals) for one in people)))
    for number in (1, 2):
        for chosen in combinations_with_replacement(places, number):
            new = [(_newcomer(place, known + at), place) for at, place in enumerate(chosen)]
            if enough(new):
                return new
    everybody = [place for place in places for _ in range(place.people)]
    new = [(_newcomer(place, known + at), place) for at, place in enumerate(everybody)]
    for one in tuple(new):
        others = [other for other in new if other is not one]
        new = others if enough(others) else new
    return new


def _newcomer(place: Place, number: int) -> Member:
    return Member(id=f"new-{number}", roles=frozenset({(str(place.roles[0]), None)}))


def _near(programme: Programme, regions: set[str]) -> frozenset[str]:
    return frozenset(hub.code for hub in programme.catalogue.hubs if regions & set(hub.regions))


# ── One file, at intake and when it needs others than it did ──────────────────


def is_announced(file: Application) -> bool:
    return file.demand in file.announced_short


def to_look_at(file: Application) -> bool:
    """Whether it is to be seen if the people there are can finish it: when it came, once a city appeals or an error is named, and again
    once a conflict was declared on it, a decision fell, others are to sign its safeguards, somebody moderated it, or an assessor made way.
    """
    demand = file.demand
    changed = demand.conflicts or demand.fallen or demand.screen or demand.moderated or demand.made_way
    return (file.stage is Stage.COMPLETENESS or file.stage in HEARD or bool(changed)) and not is_announced(file)


def may_announce(file: Application, facts: Facts) -> None:
    if is_announced(file):
        raise Refusal("staffing.already_announced")


def announce_shortage(file: Application, command: c.AnnounceShortage, facts: Facts, table: Sequence[Step]) -> tuple[Event, ...]:
    """Of the people named, those count who have no stake in the file and are not away for as long as the track takes, each for what is
    still to be done and is not kept apart from what they did.
    """
    track = facts.track(file)
    there = tuple(member for id in command.people if (member := _there(id, file, facts)))
    near = _near(facts.programme, {facts.city(city).region or "" for city in file.named})
    competing = _competing(file, facts)
    left = _hearing(file, command.people, facts, table) if file.stage in HEARD else _finishing(file, command.people, facts, table)
    casts = tuple(_once_done(there, _waiting(file, track, table)))
    if any(not more and all(is_staffed(places, people, near, competing) for places in left) for more, people in casts):
        raise Refusal("staffing.enough")
    duties = min(((*more, *_empty(left, people, near, competing)) for more, people in casts), key=len)
    return (e.ShortageAnnounced(duties=tuple(dict.fromkeys(duties))),)


def _hearing(file: Application, people: Iterable[str], facts: Facts, table: Sequence[Step]) -> tuple[tuple[Place, ...]]:
    """Who has a stake in the round of the file, or a hand in it, does not answer. What cannot be heard is turned away, and not decided."""
    stages = HEARD[file.stage][:1] if file.stage is Stage.APPEAL_LODGED and file.appeals[-1].against else HEARD[file.stage]
    closed_to = frozenset(id for id in people if not _is_outsider(id, file, facts))
    return (tuple(msgspec.structs.replace(place, closed_to=closed_to) for place in hearing(stages, table, facts.track(file))),)


def _is_outsider(id: str, file: Application, facts: Facts) -> bool:
    person = facts.states.get(id)
    if not isinstance(person, Person) or not person.is_active:
        return False
    theirs = msgspec.structs.replace(facts, actor=actor(id, person))
    return not (appeal.has_a_rival(file, theirs) or appeal.ordered(file, theirs))


def _finishing(file: Application, people: Iterable[str], facts: Facts, table: Sequence[Step]) -> tuple[tuple[Place, ...], ...]:
    asked, making_way = file.section(Resources), frozenset(_making_way(file, people, facts))
    finishing = ways(facts.track(file), table, facts.programme.limits, {asked.currency: asked.amount} if asked else None)
    kept_out = frozenset(id for id in people if _is_kept_out_of_its_round(id, file, facts))
    return tuple(tuple(_left(file, places, making_way, kept_out)) for places in finishing)


def _is_kept_out_of_its_round(id: str, file: Application, facts: Facts) -> bool:
    """Whether they have no part in some file of it, and so do not order it."""
    person, entries = facts.states.get(id), facts.round(file.round).entries if file.round else ()
    return isinstance(person, Person) and any(is_recused(person, facts.application(entry.application)) for entry in entries)


def _left(file: Application, places: Iterable[Place], making_way: frozenset[str], kept_out: frozenset[str]) -> Iterator[Place]:
    """What is still to be filled: nobody decides whose decision fell, nor judges it who may not do so again."""
    not_again = independence.kept_from_judging(file)
    for place in places:
        if place.last >= ORDER[file.stage]:
            closed_to = file.overturned if place.duty == "deciding" else not_again if place.judges else frozenset[str]()
            closed_to |= kept_out if place.of_round else frozenset()
            yield msgspec.structs.replace(place, closed_to=closed_to | making_way if place.duty == "assessing" else closed_to)


def _making_way(file: Application, people: Iterable[str], facts: Facts) -> Iterator[str]:
    """Whom no lot draws to assess it: they made way for others, or would, as they are away until an assessment asked for now is due."""
    yield from set(file.released) - set(file.assessors)
    if file.stage is Stage.ASSESSMENT:
        until = calendar.local_day(facts.due("assessment", file)[0], facts.days(file))
        for id in set(people) - file.assessed_by:
            person = facts.states.get(id)
            if isinstance(person, Person) and person.is_away_throughout(facts.today, until):
                yield id


def _once_done(people: tuple[Member, ...], waiting: tuple[Place, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Member, ...]]]:
    """The same people once what waits is done, by each who may: it is up to them who does it, and whoever did it is kept apart from what
    comes after. With the duties that somebody more is needed for, where none of them may.
    """
    if not waiting:
        yield (), people
        return
    place, *rest = waiting
    able = [one for one in people if _may_take(one, place, frozenset(), frozenset())]
    closed = {one.id: tuple(one.id in other.closed_to for other in rest) for one in able}
    for one in {(one.roles, one.cities, one.did, one.would_deliver, closed[one.id]): one for one in able}.values():
        done = msgspec.structs.replace(one, did=one.did | {place.duty})
        yield from _once_done(tuple(done if other is one else other for other in people), tuple(rest))
    if not able:
        yield from (((place.duty, *more), left) for more, left in _once_done(people, tuple(rest)))


def _waiting(file: Application, track: Track, table: Sequence[Step]) -> tuple[Place, ...]:
    """What this file needs beside its way: that somebody looks again at what was done under a conflict, or countersigns its safeguards."""
    if file.stage in HEARD:
        return ()
    steps = {step.command: step for step in table}
    again = _place([steps[c.LookAgain]], track)
    # One may look at all of it, or each at what they had no hand in.
    kept_from = {(conflict.is_of_terms(one), conflict.took_part(file, one)): None for one in file.to_look_at_again}
    places = [msgspec.structs.replace(again, sets_terms=terms, closed_to=hands) for terms, hands in kept_from]
    if file.screen and any(one.asked.role == "officer" for one in signature.to_sign(file)):
        hands = file.screen.hands.union(*(one.hands for one in file.screen.signatures if one.signed and one.signed.hub))
        places.append(msgspec.structs.replace(_place([steps[c.CountersignSafeguards]], track), closed_to=hands))
    return tuple(places)


def _empty(
    ways_left: Iterable[tuple[Place, ...]], people: tuple[Member, ...], near: frozenset[str], rivals: frozenset[str]
) -> Iterator[str]:
    for places in ways_left:
        if not is_staffed(places, people, near, rivals):
            yield from (place.duty for _, place in _enough_more(places, people, near, 0, rivals))


def _there(id: str, file: Application, facts: Facts) -> Member | None:
    person = facts.states.get(id)
    if not isinstance(person, Person) or not person.is_active or _has_a_stake(person, file, facts):
        return None
    if person.is_away_throughout(facts.today, _last_day(file, facts)):
        return None
    open_roles = frozenset((role, scope) for role, scope in person.roles if scope is None or facts.hub(scope).is_open)
    did = frozenset(duty for duty, hand in file.hands if hand == id)
    cities = person.cities.union(one for one in _competing(file, facts) if is_of_any(person, (one,), facts))
    return Member(id=id, roles=open_roles, cities=cities, did=did, would_deliver=would_deliver(person, file))


def _last_day(file: Application, facts: Facts) -> date:
    """For as long as the track takes from now on, or the answer to an appeal or to an error that was named."""
    if file.stage in HEARD:
        clock = "appeal_admission" if file.stage is Stage.CORRECTION else "appeal"
        return calendar.local_day(facts.due(clock, file)[0], facts.days(file))
    track = facts.track(file)
    days = facts.programme.calendars[track.calendar]
    return calendar.local_day(calendar.due(facts.now, track.total_working_days, days), days)


def _has_a_stake(person: Person, file: Application, facts: Facts) -> bool:
    return is_recused(person, file) or is_of_any(person, file.parties, facts)


def _competing(file: Application, facts: Facts) -> frozenset[str]:
    return facts.round(file.round).cities if file.round else frozenset()
