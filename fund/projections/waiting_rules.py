"""What must hold of every open file after every commit: somebody's turn, a day by which, and a step that leads on."""

from collections.abc import Iterator

import msgspec

from fund.domain.application import Application, Stage, evolve
from fund.domain.event import Recorded
from fund.domain.events import ApplicationEvent
from fund.domain.workflow import APPLICATION_STEPS, STAGES
from fund.projections.bound_rules import Found
from fund.projections.work_queue import owners

LEADING_ON = frozenset(
    stage
    for step in APPLICATION_STEPS
    for stage in step.at
    if step.leads_to != step.at and set(step.leads_to) - {stage} and set(step.roles) & set(STAGES[stage].owners if stage in STAGES else ())
)
"""Stages that somebody whose turn it is can lead a file out of."""


class Reached(msgspec.Struct, frozen=True):
    """A file after the last event seen of it."""

    file: Application
    commit: str
    index: int


class Waits:
    """A file is looked at once its commit is whole: when the next one comes, and at the end."""

    def __init__(self) -> None:
        self._files: dict[str, Reached] = {}

    def see(self, one: Recorded) -> Iterator[Found]:
        if not isinstance(one.event, ApplicationEvent):
            return
        before = self._files.get(one.stream)
        if before and before.commit != one.header.command_id:
            yield from _waiting(before)
        file = evolve(before.file if before else Application(), one)
        self._files[one.stream] = Reached(file, one.header.command_id, one.index)

    def end(self) -> Iterator[Found]:
        for reached in self._files.values():
            yield from _waiting(reached)


def _waiting(reached: Reached) -> Iterator[Found]:
    file = reached.file
    if file.stage in (Stage.NEW, Stage.CLOSED):
        return
    tasks = tuple(owners(file))
    missing = {
        "waits for nobody": not tasks,
        "waits without a day": not any(due for *_, due in tasks),
        "waits without a way out": file.stage not in LEADING_ON,
    }
    yield from (Found(where=file.id, index=reached.index, what=f"{file.stage}: {what}") for what, holds in missing.items() if holds)
