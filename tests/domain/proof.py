"""Marks that say which row of the workflow a test proves, and that do not let a test say so falsely.

    @passes(c.Approve)
    @refuses(c.Approve, "envelope.insufficient")

A marked test takes no arguments. After it ran, the mark looks at what was decided in it: a test that never saw the command
pass, or never saw that refusal, fails.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path

import msgspec

from fund.domain import commands as c
from fund.domain.step import Step
from tests.domain.world import OBSERVED, Outcome

Test = Callable[[], None]


class Proof(msgspec.Struct, frozen=True):
    """A test that shows `command` passing (`code` is None) or refused with `code`."""

    command: type[c.Command]
    code: str | None
    name: str
    test: Test

    def shown_by(self, outcome: Outcome) -> bool:
        return type(outcome.command) is self.command and outcome.code == self.code


PROOFS: dict[tuple[str, type[c.Command], str | None], Proof] = {}


@contextmanager
def watching() -> Iterator[list[Outcome]]:
    """The outcomes decided inside the block."""
    start, seen = len(OBSERVED), list[Outcome]()
    yield seen
    seen.extend(OBSERVED[start:])


def passes(command: type[c.Command]) -> Callable[[Test], Test]:
    return _marked(command, None)


def refuses(command: type[c.Command], code: str) -> Callable[[Test], Test]:
    return _marked(command, code)


def _marked(command: type[c.Command], code: str | None) -> Callable[[Test], Test]:
    def mark(test: Test) -> Test:
        name = f"{test.__module__}.{test.__qualname__}"
        proof = Proof(command, code, name, test)

        @wraps(test)
        def proven() -> None:
            with watching() as seen:
                test()
            assert any(map(proof.shown_by, seen)), f"{name} never saw {command.__name__} {code or 'pass'}"

        PROOFS[(name, command, code)] = proof
        return proven

    return mark


def rows_without_a_test(rows: Iterable[Step], proofs: Iterable[Proof]) -> list[str]:
    """One line per row and kind of test that is missing."""
    shown = {(proof.command, proof.code is None) for proof in proofs}
    kinds = ((True, "passing"), (False, "refused"))
    return [f"{row.command.__name__}: no {kind} test" for row in rows for passing, kind in kinds if (row.command, passing) not in shown]


@cache
def every_proof() -> tuple[Proof, ...]:
    """All marks of tests/domain, whichever tests pytest was asked to run."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(f"tests.domain.{path.stem}")
    return tuple(sorted(PROOFS.values(), key=lambda proof: proof.test.__module__))


@cache
def every_outcome() -> tuple[Outcome, ...]:
    """All that is decided when every marked test runs once."""
    with watching() as seen:
        for test in {proof.name: proof.test for proof in every_proof()}.values():
            test()
    return tuple(seen)


@cache
def passing() -> dict[type[c.Command], list[Outcome]]:
    """Command -> each time it passed in a marked test."""
    found: dict[type[c.Command], list[Outcome]] = {}
    for outcome in every_outcome():
        if outcome.refusal is None:
            found.setdefault(type(outcome.command), []).append(outcome)
    return found
