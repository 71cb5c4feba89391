"""What the fund does by itself with an open file. Pure: a file, its programme and the clock give the next command, or none.

The command id names the cause (this file, this submission), so that a reaction happens once however often it is tried. Those that
time brings say since when they are due: a worker that was down does them in that order.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from fund.domain import commands as c
from fund.domain import mitigation, notice, reminder, signature
from fund.domain.application import Application, Invitation, Stage
from fund.domain.delivery import undelivered
from fund.domain.eligibility import MACHINE_FACTS, open_machine_checks
from fund.domain.offer import to_remind as to_remind_of_award
from fund.domain.opinion import to_deem, to_remind
from fund.domain.programme import Programme
from fund.domain.workflow import EXPERT_OPEN, LETTERED, OPINION_OPEN, STEPS

Wanted = Callable[[Application, Programme, datetime], c.Command | None]


class Reaction(msgspec.Struct, frozen=True):
    """`name` is the acting machine, `machine:<name>`; `wanted` says what it would do with a file now.

    `cause` tells one reason to act from the next where a file can give several. `since`: of what time brings, the instant that passed.
    """

    name: str
    wanted: Wanted
    cause: Callable[[Application], str] = lambda file: ""
    since: Callable[[Application, datetime], datetime] | None = None

    @property
    def actor(self) -> str:
        return f"machine:{self.name}"

    def command_id(self, file: Application) -> str:
        return f"{self.name}:{file.id}:{file.submissions}{self.cause(file)}"


def machine_checks(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """As soon as a file is complete, a machine decides the pure facts among its checks."""
    if file.stage is Stage.ELIGIBILITY and open_machine_checks(file, programme):
        return c.RunMachineChecks(application=file.id)
    return None


def facts_on_file(file: Application) -> str:
    """What each pure fact says: where one turns, as when a city leaves, machines look again."""
    if file.stage is not Stage.ELIGIBILITY:
        return ""
    return ":" + "".join("1" if holds(file) else "0" for holds in MACHINE_FACTS.values())


def reminded_hubs(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """A hub is reminded before its silence counts, however late."""
    silent = next(iter(to_remind(file, now)), None)
    return c.RemindHub(application=file.id, hub=silent.hub) if silent and file.stage in OPINION_OPEN else None


def unreminded(file: Application) -> str:
    """Each reminder that is still to come, until when, is a cause of its own."""
    return "".join(f":{one.hub}:{one.due.isoformat()}" for one in file.open_opinions if one.remind_at and not one.reminded)


def reminder_of_hub_passed(file: Application, now: datetime) -> datetime:
    passed = to_remind(file, now)[0].remind_at
    assert passed, "only a hub with a day for it is reminded"
    return passed


def reminded_of_safeguards(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    due = reminder.to_remind(file, now) and file.stage in STEPS[c.RemindOfSafeguards].at
    return c.RemindOfSafeguards(application=file.id) if due else None


def owed_for_safeguards(file: Application) -> str:
    """Each reminder that is still to come, until when, is a cause of its own."""
    return "".join(f":{one.about}:{one.hub}:{one.due.isoformat()}" for one in reminder.unreminded(file))


def reminded_of_mitigations(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    due = mitigation.to_remind(file, now) and file.stage in STEPS[c.RemindMitigation].at
    return c.RemindMitigation(application=file.id) if due else None


def unreminded_mitigations(file: Application) -> str:
    """Each reminder that is still to come, until when, is a cause of its own."""
    return "".join(f":{one.asked.number}:{one.asked.due.isoformat()}" for one in mitigation.unreminded(file))


def reminder_of_mitigation_passed(file: Application, now: datetime) -> datetime:
    passed = mitigation.to_remind(file, now)[0].asked.remind_at
    assert passed, "only what has a day for it is reminded of"
    return passed


def missed_mitigations(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its day what lessens a risk is overdue, once."""
    due = mitigation.to_miss(file, now) and file.stage in STEPS[c.MissMitigation].at
    return c.MissMitigation(application=file.id) if due else None


def unmissed_mitigations(file: Application) -> str:
    return "".join(f":{one.asked.number}:{one.asked.due.isoformat()}" for one in mitigation.unmissed(file))


def deemed_opinions(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its due date a silent hub is deemed not to object."""
    asked = to_deem(file, now)
    return c.DeemOpinion(application=file.id, hub=asked.hub) if asked and file.stage in OPINION_OPEN else None


def open_until(file: Application) -> str:
    """What is still open, until when: each silence is a cause of its own."""
    return "".join(f":{asked.hub}:{asked.due.isoformat()}" for asked in file.open_opinions)


def silence_counts(file: Application, now: datetime) -> datetime:
    asked = to_deem(file, now)
    assert asked, "only silence that counts is counted"
    return asked.due


def drawn_assessors(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """As soon as a place among the assessors is free, a lot is drawn for it; in a round, once that has closed."""
    if file.sealed_until and now <= file.sealed_until:
        return None
    if file.stage is Stage.ASSESSMENT and len(file.assessors) < programme.track(file.track).assessors:
        return c.DrawAssessors(application=file.id)
    return None


def freed_places(file: Application) -> str:
    """How often assessors were drawn and made room: each place that is free again is a cause of its own."""
    return f":{file.draws}:{len(file.released)}"


def lapsed_experts(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past the due date an expert or a peer who said nothing is asked no more."""
    silent = next(overdue_invitations(file, now), None)
    return c.LapseExpert(application=file.id, person=silent.person) if silent and file.stage in EXPERT_OPEN else None


def overdue_invitations(file: Application, now: datetime) -> Iterator[Invitation]:
    return (one for one in open_invitations(file) if now > one.due)


def open_invitations(file: Application) -> list[Invitation]:
    """The first due first: each person has the days of where they work."""
    return sorted((one for one in file.invited if one.is_open), key=lambda one: one.due)


def first_asked(file: Application) -> str:
    """The invitation whose silence is counted next."""
    return next((f":{one.person}:{one.due.isoformat()}" for one in open_invitations(file)), "")


def reminded_cities(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """A city is reminded of a question before that lapses; of reminders that were missed, the last one counts for all."""
    silent = next((asked for asked in file.open_clarifications if asked.to_remind(now)), None)
    return c.RemindClarification(application=file.id, number=silent.number) if silent else None


def lapsed_clarifications(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its due date a question is waited for no more."""
    silent = next((asked for asked in file.open_clarifications if asked.is_late(now)), None)
    return c.LapseClarification(application=file.id, number=silent.number) if silent else None


def given_reminders(file: Application) -> str:
    """Each reminder of each question is a cause of its own."""
    return "".join(f":{asked.number}.{asked.reminded}" for asked in file.open_clarifications)


def open_questions(file: Application) -> str:
    """Each question that ends is a cause of its own."""
    return "".join(f":{asked.number}" for asked in file.open_clarifications)


def answer_due(file: Application, now: datetime) -> datetime:
    return next(asked.due for asked in file.open_clarifications if asked.is_late(now))


def deemed_letters(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its days a letter counts as delivered, opened or not."""
    number = next(undelivered(file, now), None)
    return c.DeemDelivered(application=file.id, letter=number) if number and file.stage in LETTERED else None


def counted_letters(file: Application) -> str:
    """Each letter is a cause of its own, counted once."""
    return f":{len(file.letters)}.{len(file.deemed)}"


def reminded_awards(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """A city is reminded to accept its award, and later of its report; of reminders that were missed, the last one counts for all."""
    return c.RemindOfAward(application=file.id) if to_remind_of_award(file, now) else None


def lapsed_awards(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its due date an offer stands no more, and its money is free for others."""
    late = file.award and file.stage is Stage.OFFER and file.due and file.award.is_late(file.due, now)
    return c.LapseAward(application=file.id) if late else None


def missed_reports(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its due date a report is overdue, once."""
    award = file.award
    if award and file.stage is Stage.DELIVERY and not award.missed and award.is_late(award.report_due, now):
        return c.MissReport(application=file.id)
    return None


def aged_screens(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its last day a look at the safeguards of an award is asked for again, while there is support still to come."""
    award, policy = file.award, programme.safeguards
    waits = award and not award.screening and not award.report and policy and policy.screen_days
    aged = file.screen and file.stage in STEPS[c.AskScreening].at and "delay" in signature.stale(file, now)
    return c.AskScreening(application=file.id) if waits and aged else None


def looked_until(file: Application) -> str:
    """Each look is a cause of its own."""
    until = file.screen.recorded.valid_until if file.screen else None
    return f":{until.isoformat()}" if until else ""


def screen_aged(file: Application, now: datetime) -> datetime:
    assert file.screen, "only a look ages"
    until = file.screen.recorded.valid_until
    assert until, "one that holds for some time"
    return until


def awaited_until(file: Application) -> str:
    """What is awaited until when, and of which the city was reminded how often: each is a cause of its own."""
    return f":{file.stage}:{file.due.isoformat()}:{file.award.reminded}" if file.award and file.due else ""


def reminded_drafts(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its due date a city is reminded of what it has not submitted, once until it comes back again."""
    waits = programme.drafts and file.stage is Stage.DRAFT and not file.reminded
    return c.RemindDraft(application=file.id) if waits and file.due and now > file.due else None


def lapsed_drafts(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past the day that its reminder told, an application is waited for no more."""
    waits = programme.drafts and file.stage is Stage.DRAFT and file.reminded
    return c.LapseApplication(application=file.id) if waits and file.due and now > file.due else None


def resumed_files(file: Application, programme: Programme, now: datetime) -> c.Command | None:
    """Past its day a file that was suspended goes on by itself."""
    return c.ResumeApplication(application=file.id) if file.stage is Stage.ON_HOLD and file.due and now > file.due else None


def suspended_until(file: Application) -> str:
    """Each suspension is a cause of its own."""
    return f":{file.due.isoformat()}" if file.stage is Stage.ON_HOLD and file.due else ""


def reminder_passed(file: Application, now: datetime) -> datetime:
    """Of the question that the city is reminded of now, the last that has passed."""
    asked = next(asked for asked in file.open_clarifications if asked.to_remind(now))
    return asked.reminders[notice.passed(asked.reminders, now) - 1]


def reminder_of_award_passed(file: Application, now: datetime) -> datetime:
    assert file.award, "only a city with an award is reminded of it"
    return file.award.reminders[notice.passed(file.award.reminders, now) - 1]


def letter_deemed(file: Application, now: datetime) -> datetime:
    deemed = file.letters[next(undelivered(file, now)) - 1].deemed
    assert deemed, "only letters with their day are undelivered"
    return deemed


def stage_due(file: Application, now: datetime) -> datetime:
    assert file.due, "a file that waits is due"
    return file.due


REACTIONS = (
    Reaction("eligibility", machine_checks, facts_on_file),
    Reaction("timers", deemed_opinions, open_until, silence_counts),
    Reaction("reminders-of-hubs", reminded_hubs, unreminded, reminder_of_hub_passed),
    Reaction(
        "reminders-of-safeguards", reminded_of_safeguards, owed_for_safeguards, lambda file, now: reminder.to_remind(file, now)[0].remind_at
    ),
    Reaction("reminders", reminded_cities, given_reminders, reminder_passed),
    Reaction("clarifications", lapsed_clarifications, open_questions, answer_due),
    Reaction("reminders-of-drafts", reminded_drafts, since=stage_due),
    Reaction("drafts", lapsed_drafts, since=stage_due),
    Reaction("suspensions", resumed_files, suspended_until, stage_due),
    Reaction("experts", lapsed_experts, first_asked, lambda file, now: next(overdue_invitations(file, now)).due),
    Reaction("lots", drawn_assessors, freed_places),
    Reaction("deliveries", deemed_letters, counted_letters, letter_deemed),
    Reaction("reminders-of-awards", reminded_awards, awaited_until, reminder_of_award_passed),
    Reaction("awards", lapsed_awards, awaited_until, stage_due),
    Reaction("screenings", aged_screens, looked_until, screen_aged),
    Reaction("reports", missed_reports, awaited_until, stage_due),
    Reaction("reminders-of-mitigations", reminded_of_mitigations, unreminded_mitigations, reminder_of_mitigation_passed),
    Reaction("mitigations", missed_mitigations, unmissed_mitigations, lambda file, now: mitigation.to_miss(file, now)[0].asked.due),
)
TIMERS = tuple(one for one in REACTIONS if one.since)
AT_ONCE = tuple(one for one in REACTIONS if not one.since)
"""What needs no time to pass."""
