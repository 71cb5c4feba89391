"""How a trace proves itself: a rule runs on the programme as it is, and on programmes in which one value is another.

A proof says what it expects from `PROGRAMME` and runs the rule under `now()`. Marked with `of`, it runs once as it should hold, and
once for each other value that the entry could have: then it has to fail. A proof that holds whatever the entry says proves nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date, timedelta
from functools import wraps
from typing import Any, get_args

import msgspec
import pytest

from docs.traceability import Place, Rule, rules
from fund.domain.eligibility import MACHINE_FACTS
from fund.domain.programme import ConflictEffect, Effect, Programme, Silence
from fund.domain.refusal import Refusal
from fund.domain.screen import LEVELS
from fund.policy import load

PROGRAMME = load()
RULES = rules(PROGRAMME)
RAW: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(PROGRAMME))
PROVED: dict[str, str] = {}
"""Kind of rule -> the name of its test."""

Proof = Callable[[str], None]
_running: list[Programme] = [PROGRAMME]


def now() -> Programme:
    """The programme that the rules run under."""
    return _running[-1]


@contextmanager
def running(programme: Programme) -> Iterator[None]:
    _running.append(programme)
    try:
        yield
    finally:
        _running.pop()


def of(kind: str) -> Callable[[Proof], Proof]:
    """A case for each rule of this kind."""
    of_kind = {rule.key: rule for rule in RULES if rule.kind == kind}

    def mark(proof: Proof) -> Proof:
        PROVED[kind] = proof.__name__

        @pytest.mark.parametrize("key", of_kind)
        @wraps(proof)
        def traced(key: str) -> None:
            for programme in (PROGRAMME, changed()):
                with running(programme):
                    proof(key)
            assert unnoticed(proof, of_kind[key]) == []

        return traced

    return mark


def unnoticed(proof: Proof, rule: Rule) -> list[str]:
    """Other values of the rule under which the proof holds all the same; and values of which no other was tried."""
    found = []
    for place in rule.at:
        others = tuple(changes(place))
        found += [f"{'/'.join(place)} = {value}" for value, other in others if not _notices(proof, rule.key, other)]
        found += [] if others else [f"{'/'.join(place)}: nothing else was tried"]
    return found


def _notices(proof: Proof, key: str, other: Programme) -> bool:
    """A proof fails by what it asserts, or because the rule refuses; any other error is a fault of the proof."""
    with running(other):
        try:
            proof(key)
        except (AssertionError, Refusal):
            return True
    return False


# ── Programmes in which one value is another ──────────────────────────────────

GONE = "gone"
ELSEWHERE = "elsewhere"
"""A second calendar, so that a track can count by another."""

NAMES: dict[str, tuple[str, ...]] = {
    "effect": get_args(Effect), "means": get_args(Silence), "level": ("output", "impact"), "judgement": ("judgement",),
    "safeguards": (GONE,), "fallback": (*PROGRAMME.tracks, GONE), "timezone": ("Asia/Tokyo",), "calendar": (ELSEWHERE,),
    "fact": tuple(MACHINE_FACTS), "decisive": PROGRAMME.rubric.codes if PROGRAMME.rubric else (), "consulted": ("region", "always"),
    "asked_of": ("beneficiaries", "everybody"),
}  # fmt: skip
"""Names that a value could have instead, where not every name will do."""
AT_MOST = {"approvers": 2, "gap_score": 5, "minimum": 5}


def changes(place: Place) -> Iterator[tuple[object, Programme]]:
    """Every other value that is tried, with the programme that has it."""
    value = at(RAW, place)
    if place[-1] == "code" and isinstance(at(RAW, place[:-2]), list):
        yield GONE, changed(place[:-1], GONE)
    elif place[-1] == "decided_by":
        yield from _decided_otherwise(place, value)
    else:
        yield from ((other, changed(place, other)) for other in _others(place, value))


def _others(place: Place, value: object) -> Iterator[object]:
    name = place[-1]
    match value:
        case bool():
            yield not value
        case int():
            yield from (
                other for other in (value - 1, value + 1) if (other > 0 or name == "max_hubs") and other <= AT_MOST.get(name, other)
            )
        case str() if place[0] == "safeguards" and name in ("level", "risky"):
            yield from (other for other in (LEVELS if name == "level" else ("yes", "no")) if other != value)
        case str() if place[0] == "conflicts":
            yield from (other for other in get_args(ConflictEffect) if other != value)
        case str() if name in NAMES:
            yield from (other for other in NAMES[name] if other != value and (value, other) != ("outcome", "output"))
        case str() if name in ("valid_from", "valid_to"):
            yield from (_moved(value, days) for days in (-1, 1))
        case str():
            yield value + "X"
        case list():
            yield from _other_lists(place, value)


def _other_lists(place: Place, value: list[Any]) -> Iterator[list[Any]]:
    name = place[-1]
    if name == "covers":
        first, last = value
        yield from ([_moved(first, days), last] for days in (-1, 1))
        yield from ([first, _moved(last, days)] for days in (-1, 1))
        return
    for number, one in enumerate(value):
        if name == "holidays" and date.fromisoformat(one).weekday() in at(RAW, (*place[:-1], "weekend")):
            continue  # Off in any case: it stands there as the calendar of the country has it.
        if name == "ties" and value[number:] == ["earlier"]:
            continue  # In the end the order of submission counts in any case.
        yield value[:number] + value[number + 1 :]
    if name == "ties":
        yield from ([*value[:n], value[n + 1], value[n], *value[n + 2 :]] for n in range(len(value) - 1))


def _decided_otherwise(place: Place, value: str) -> Iterator[tuple[object, Programme]]:
    for other in ("machine", "person", "machine_or_person"):
        if other != value:
            fact = at(RAW, (*place[:-1], "fact")) or "is_complete"
            yield other, changed(place, other, {"fact": None if other == "person" else fact})


def _moved(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def at(raw: Any, place: Place) -> Any:
    """What stands there; entries of a list are found by their code."""
    for name in place:
        raw = next(one for one in raw if one["code"] == name) if isinstance(raw, list) else raw[name]
    return raw


def changed(place: Place = (), value: object = None, besides: dict[str, object] | None = None) -> Programme:
    """The programme with another value there, or without it; and with other values beside it. Without a place, just as it is."""
    raw = deepcopy(RAW)
    raw["calendars"][ELSEWHERE] = at(raw, ("calendars", "central")) | {"code": ELSEWHERE}
    if not place:
        return msgspec.convert(raw, Programme)
    table, name = at(raw, place[:-1]), place[-1]
    if isinstance(table, list):
        table[:] = [one for one in table if one["code"] != name]
    elif value == GONE:
        del table[name]
    else:
        table.update({name: value} | (besides or {}))
    return msgspec.convert(raw, Programme)
