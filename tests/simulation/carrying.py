"""Carrying files through the office, act by act, until each is closed or nobody can move it any more."""

from collections import Counter
from datetime import datetime, timedelta

from fund.domain import commands as c
from fund.domain.application import Application, Stage
from fund.domain.facts import Role
from fund.domain.interest import is_recused
from fund.domain.sections import Resources
from fund.domain.step import Relation, Step
from fund.domain.workflow import APPLICATION_STEPS
from tests.simulation.competing import ROUND_OF, act_on_round, opened_round, record
from tests.simulation.office import OPENING, Office
from tests.simulation.report import Report, Stuck
from tests.simulation.ways import SECONDS, WAYS

MACHINE = "machine:simulation"
HUB_WORK = (c.AskHub, c.ReleaseHub, c.TakeOverOpinion)
FILES_OF_AN_ENVELOPE = 500
PATIENCE_DAYS = 120
"""So long a file may wait without anything happening before it counts as stuck."""
STEPS_AT: dict[Stage, tuple[Step, ...]] = {stage: tuple(step for step in APPLICATION_STEPS if stage in step.at) for stage in Stage}


def carry(office: Office, files: int) -> Report:
    """One file after the other; now and then three of them compete in a round."""
    report, number, years = Report(), 0, 0
    while number < files:
        if number >= years * FILES_OF_AN_ENVELOPE:
            # Every file before has ended: none waits for money of an earlier envelope.
            office.open_envelopes(years)
            years += 1
        together = ROUND_OF if number % 20 == 0 and number + ROUND_OF <= files else 1
        streams = [f"application-{number + one}" for one in range(together)]
        begun = OPENING + timedelta(hours=number % 4_000)
        carry_together(office, streams, opened_round(office, number, begun) if together > 1 else None, begun, report)
        number += together
    return report


def carry_together(office: Office, streams: list[str], round: str | None, now: datetime, report: Report) -> None:
    for stream in streams:
        city = office.chance.choice(office.cities)
        started = c.StartApplication(application=stream, reference=office.reference(), city=city, language=office.programme.languages[0])
        office.ask(started, office.signatories[city], now)
        if round:
            office.competing[stream] = round
    spent, moved_at, patience = Counter[str](), now, timedelta(days=PATIENCE_DAYS)
    while (running := [one for one in streams if office.file(one).stage is not Stage.CLOSED]) and now - moved_at < patience:
        office.waited = now - moved_at
        done = {one: act(office, office.file(one), now, report) for one in running}
        spent.update({one: SECONDS.get(type(command), 0) for one, command in done.items() if command})
        moved = any(done.values()) or (round is not None and act_on_round(office, round, now, report))
        moved_at = now if moved else moved_at
        now += timedelta(hours=office.chance.randrange(1, 9)) if moved else timedelta(days=1)
    short = any(one.submission == file.submissions for file in map(office.file, streams) for one in file.announced_short)
    for stream in streams:
        finish(office, office.file(stream), spent[stream], now, report, short=short)


def finish(office: Office, file: Application, spent: int, now: datetime, report: Report, *, short: bool) -> None:
    """short: a shortage was announced when one of those came that go through the fund together."""
    if file.stage is Stage.CLOSED:
        report.closed += 1
        report.outcomes[file.decision.outcome if file.decision else "none"] += 1
        if file.track and file.submitted_at:
            report.seconds[file.track].append(spent)
            report.days[file.track].append((decided_at(file) - file.submitted_at).days)
    else:
        report.stuck.append(Stuck(file.id, file.stage, announced=short))
    office.closed(file.id)


def decided_at(file: Application) -> datetime:
    """The last time, however its award ended."""
    return [one.at for one in (*file.earlier, file.decision) if one and one.outcome != "terminated"][-1]


def act(office: Office, file: Application, now: datetime, report: Report) -> c.Command | None:
    """One thing that somebody does with the file now; None where nobody does anything today."""
    office.now = now
    if file.stage is Stage.CLOSED:
        return None
    fill_the_purse(office, file, now)
    for machine in (step for step in STEPS_AT[file.stage] if Role.MACHINE in (step.by, *step.also)):
        asked = WAYS[machine.command](office, file)
        if asked and record(office, asked, MACHINE, now, report):
            return asked
    steps = [step for step in STEPS_AT[file.stage] if step.by is not Role.MACHINE]
    office.chance.shuffle(steps)
    present = office.present(now)
    for step in steps:
        command = WAYS[step.command](office, file)
        if command and any(record(office, command, person, now, report) for person in doers(office, step, file, present)):
            return command
    return None


def doers(office: Office, step: Step, file: Application, present: list[str]) -> list[str]:
    if step.relation is Relation.REPRESENTS_PARTNER:
        return [office.signatories[city] for city in file.invited_partners]
    if step.relation is Relation.REPRESENTS_PARTY:
        return [office.signatories[city] for city in file.parties]
    if step.by is Role.REPRESENTATIVE:
        return [office.signatories[file.city]]
    if step.by is Role.INVITED:
        return [one.person for one in file.invited if one.person in office.experts]
    if step.relation is Relation.IS_ASSIGNED:
        return [person for person in present if person in file.assessors]
    if step.command is c.HoldModeration and file.moderator:
        return [person for person in present if person == file.moderator]
    able = [person for person in present if office.actor(person).holds(step.by)]
    if file.stage is Stage.ASSESSMENT:
        # Who is to assess a file takes no other part in it until that is done.
        able = [one for one in able if one not in file.assessors or one in file.assessed_by]
    able = kept_free(office, step, file, able) if step.by is Role.OFFICER else able
    # Whoever had a hand on the file goes on with it, and those who decide keep their hands off, so that somebody is left to decide.
    return sorted(able, key=lambda one: (not any(hand == one for _, hand in file.hands), office.actor(one).holds(Role.APPROVER)))


def kept_free(office: Office, step: Step, file: Application, able: list[str]) -> list[str]:
    """Who takes an officer's work, so that somebody is left to assess the file and to decide it."""
    if step.command in HUB_WORK:
        # One officer deals with the hubs of a file.
        dealing = [hand for duty, hand in file.hands if duty == "coordinating" and hand in office.central]
        able = [one for one in able if one in dealing or not dealing]
    if step.command in (*HUB_WORK, c.GiveCentralOpinion):
        # Better that silence counts than that nobody is left to assess or to decide.
        return [one for one in able if one not in few_judges(office, file) and not office.actor(one).holds(Role.APPROVER)]
    if step.command in (c.RefuseEligibility, c.CloseAward):
        # What ends a file leaves nothing to be kept free for.
        return able
    deciders = [one for one in office.central if office.actor(one).holds(Role.APPROVER) and one in clean(office, file)]
    if len(deciders) == 1:
        # The last who could decide waits for a colleague to come back rather than lend a hand.
        able = [one for one in able if one not in deciders]
    officers = [one for one in office.central if not office.actor(one).holds(Role.APPROVER)]
    free = [one for one in officers if not office.actor(one).cities & set(file.named) and not is_recused(office.actor(one), file)]
    if step.command in (c.SignInPlaceOfHub, c.CountersignSafeguards):
        # Whoever recorded the level does not sign it: those who decide do where nobody else is left.
        free = [one for one in free if file.screen and one not in file.screen.hands]
    if free and office.waited.days < PATIENCE_DAYS // 2:
        # Those who decide do an officer's work only where every other officer has a stake in the file, or it waits for weeks.
        able = [one for one in able if not office.actor(one).holds(Role.APPROVER)]
    return able


def clean(office: Office, file: Application) -> set[str]:
    """Staff without a stake or a hand in the file."""
    hands = {hand for _, hand in file.hands}
    return {one for one in office.staff if one not in hands and not office.actor(one).cities & set(file.named)}


def few_judges(office: Office, file: Application) -> set[str]:
    """Those who may still be wanted to assess the file, where there are hardly more of them than it needs."""
    judges = office.judges(file) - set(file.assessors)
    needed = office.programme.track(file.track).assessors - len(file.assessors)
    return judges if len(judges) <= needed + 1 else set()


def fill_the_purse(office: Office, file: Application, now: datetime) -> None:
    """Money comes as files ask for it, so that the simulation shows people and not purses; now and then it comes late."""
    missed = office.one_in(20) if file.stage is Stage.PROPOSAL else not office.one_in(10)
    if file.stage in (Stage.PROPOSAL, Stage.WAITING_LIST) and (asked := file.section(Resources)) and not missed:
        office.top_up(asked.currency, asked.amount, now)
