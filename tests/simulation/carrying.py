"""Carrying files through the office, act by act, until each is closed or nobody can move it any more."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

import msgspec

from fund.domain import commands as c
from fund.domain.application import Application, Stage
from fund.domain.event import Recorded
from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.sections import Resources
from fund.domain.workflow import APPLICATION_STEPS, WAITING, Step
from fund.processes.reactions import REACTIONS
from tests.simulation.office import OPENING, Office
from tests.simulation.ways import SECONDS, WAYS

MACHINE = "machine:simulation"
PATIENCE_DAYS = 120
"""So long a file may wait without anything happening before it counts as stuck."""
STEPS_AT: dict[Stage, tuple[Step, ...]] = {stage: tuple(step for step in APPLICATION_STEPS if stage in step.at) for stage in Stage}


class Stuck(msgspec.Struct, frozen=True):
    """A file that nobody could move, where it stood, and whether that had been announced."""

    file: str
    stage: Stage
    announced: bool


class Report(msgspec.Struct):
    """What came of it. `seconds`: of human acts, by track; `days`: calendar days from submission to the end, by track."""

    closed: int = 0
    stuck: list[Stuck] = msgspec.field(default_factory=list)
    outcomes: Counter[str] = msgspec.field(default_factory=Counter)
    events: Counter[str] = msgspec.field(default_factory=Counter)
    refused: Counter[str] = msgspec.field(default_factory=Counter)
    seconds: dict[str, list[int]] = msgspec.field(default_factory=lambda: defaultdict(list))
    days: dict[str, list[int]] = msgspec.field(default_factory=lambda: defaultdict(list))

    def lines(self) -> list[str]:
        """The report as people read it."""
        told = [f"{self.closed} files closed, {len(self.stuck)} stuck; outcomes: {dict(self.outcomes.most_common())}"]
        for track in sorted(self.seconds):
            seconds, days = sorted(self.seconds[track]), sorted(self.days[track])
            told.append(
                f"{track}: {len(seconds)} files, {sum(seconds) // len(seconds)} s of human acts on average "
                f"(p95 {seconds[len(seconds) * 95 // 100]} s), {days[len(days) // 2]} calendar days in the middle"
            )
        return told


def carry(office: Office, files: int) -> Report:
    report = Report()
    for number in range(files):
        carry_one(office, f"application-{number}", OPENING + timedelta(hours=number % 4_000), report)
    return report


def carry_one(office: Office, stream: str, now: datetime, report: Report) -> None:
    city = office.chance.choice(office.cities)
    started = c.StartApplication(application=stream, reference=office.reference(), city=city, language=office.programme.languages[0])
    office.ask(started, office.signatories[city], now)
    spent, moved_at = 0, now
    while office.file(stream).stage is not Stage.CLOSED and now - moved_at < timedelta(days=PATIENCE_DAYS):
        done = act(office, office.file(stream), now, report)
        if done:
            spent += SECONDS.get(type(done), 0)
            now, moved_at = now + timedelta(minutes=1), now
        else:
            now += timedelta(days=1)
    finish(office, office.file(stream), spent, now, report)


def finish(office: Office, file: Application, spent: int, now: datetime, report: Report) -> None:
    if file.stage is Stage.CLOSED:
        report.closed += 1
        report.outcomes[file.decision.outcome if file.decision else "none"] += 1
        if file.track and file.submitted_at:
            report.seconds[file.track].append(spent)
            report.days[file.track].append((now - file.submitted_at).days)
    else:
        report.stuck.append(Stuck(file.id, file.stage, announced=file.announced_short == file.submissions))
    office.closed(file.id)


def act(office: Office, file: Application, now: datetime, report: Report) -> c.Command | None:
    """One thing that somebody does with the file now; None where nobody does anything today."""
    fill_the_purse(office, file, now)
    for command in machines(office, file, now):
        if record(office, command, MACHINE, now, report):
            return command
    steps = [step for step in STEPS_AT[file.stage] if step.by is not Role.MACHINE]
    office.chance.shuffle(steps)
    present = office.present(now)
    for step in steps:
        command = WAYS[step.command](office, file)
        if command and any(record(office, command, person, now, report) for person in doers(office, step, file, present)):
            return command
    return None


def machines(office: Office, file: Application, now: datetime) -> list[c.Command]:
    wanted = [reaction.wanted(file, office.programme, now) for reaction in REACTIONS]
    letter = [WAYS[c.IssueLetter](office, file)] if file.stage is Stage.LETTER else []
    woken = [WAYS[c.WakeApplication](office, file)] if file.stage in WAITING else []
    return [command for command in (*wanted, *letter, *woken) if command]


def doers(office: Office, step: Step, file: Application, present: list[str]) -> list[str]:
    if step.by is Role.REPRESENTATIVE:
        return [office.signatories[file.city]]
    able = [person for person in present if office.actor(person).holds(step.by)]
    # Whoever had a hand on the file goes on with it, so that somebody is left to decide; who decides has none.
    return sorted(able, key=lambda person: not any(hand == person for _, hand in file.hands))


def record(office: Office, command: c.Command, by: str, now: datetime, report: Report) -> tuple[Recorded, ...]:
    try:
        recorded = office.ask(command, by, now)
    except Refusal as no:
        report.refused[no.code] += 1
        return ()
    report.events.update(one.event.name for one in recorded)
    return recorded


def fill_the_purse(office: Office, file: Application, now: datetime) -> None:
    """Money comes as files ask for it, so that the simulation shows people and not purses; now and then it comes late."""
    missed = office.one_in(20) if file.stage is Stage.PROPOSAL else not office.one_in(10)
    if file.stage in (Stage.PROPOSAL, Stage.WAITING_LIST) and (asked := file.section(Resources)) and not missed:
        office.top_up(asked.currency, asked.amount, now)
