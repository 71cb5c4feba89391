"""Rules of what happens under an award that may have done harm: it is reported, its safeguards are looked at again; what they let go on.

Whoever is near the award reports; a report can stop it at once. The next look answers for all that was reported until then, by somebody who
reported none of it. What is not green stands still: amber until it is signed, red until a second person lets it go on, black for good.
Decision record 0033.
"""

from fund.domain import calendar, mitigation, safeguards, signature
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.event import Event
from fund.domain.facts import Facts, Role
from fund.domain.interest import is_recused
from fund.domain.offer import running
from fund.domain.opinion import served_hubs
from fund.domain.programme import SafeguardPolicy
from fund.domain.refusal import Refusal

# ── Reporting ─────────────────────────────────────────────────────────────────


def reporter(file: Application, facts: Facts) -> e.Reporter | None:
    """For whom somebody would report: first for the city they belong to. None: they have no part in it, or a conflict keeps them out.

    It is said in one name: what was lent or opened to them gives them no part in it.
    """
    who = facts.actor.own
    cities = tuple(facts.city(city) for city in file.parties)
    if any(city.represented_by(who.id) for city in cities):
        return "city"
    if who.cities & set(file.parties) or file.did(who.id, "drafting") or is_recused(who, file):
        return None
    if served_hubs(file, who):
        return "hub"
    return "central" if who.holds(Role.OFFICER) or who.holds(Role.APPROVER) else None


def policy_of(facts: Facts) -> SafeguardPolicy:
    """Refusal incident.not_foreseen, where the programme asks nobody to look again."""
    policy = facts.programme.safeguards
    if policy is None or policy.screen_days is None:
        raise Refusal("incident.not_foreseen")
    return policy


def may_report(file: Application, facts: Facts) -> None:
    policy_of(facts)


def report(file: Application, command: c.ReportIncident, facts: Facts) -> tuple[Event, ...]:
    by = reporter(file, facts)
    assert by, "the relation was looked at"
    if command.happened_on > facts.today:
        raise Refusal("date.in_future", field="happened_on")
    if command.stop and by not in policy_of(facts).may_stop:
        raise Refusal("incident.may_not_stop", field="stop")
    award, asked = running(file), _asked(file, facts)
    due, days = (award.screening.due, award.screening.calendar) if award.screening else (asked.due, asked.calendar)
    reported = e.IncidentReported(
        number=len(award.incidents) + 1, by=by, happened_on=command.happened_on, account=command.account, due=due, calendar=days
    )
    stops = command.stop and award.suspended is None
    return (reported, *((_suspended(file, facts),) if stops else ()))


def _suspended(file: Application, facts: Facts) -> e.AwardSuspended:
    """Looked at again when safeguards that are asked for now are to have been."""
    days, asked = facts.days(file), _asked(file, facts)
    day = calendar.local_day(asked.due, days)
    return e.AwardSuspended(reason="", review_on=day, due=asked.due, calendar=asked.calendar, cause="safeguards")


def held_back(file: Application, facts: Facts) -> e.AwardSuspended | None:
    """By which an award stands still that would run again while a look is awaited; None for any other."""
    award = running(file)
    return _suspended(file, facts) if award.screening and not award.suspended else None


def _asked(file: Application, facts: Facts) -> e.ScreeningAsked:
    """From now, by the days of the office."""
    days = facts.days(file)
    return e.ScreeningAsked(due=calendar.due(facts.now, policy_of(facts).screen_days or 0, days), calendar=days.stamp)


# ── Age ───────────────────────────────────────────────────────────────────────


def may_ask_screening(file: Application, facts: Facts) -> None:
    """A pure fact: the last look holds no longer, nobody was asked for another, and there is support still to come."""
    policy_of(facts)
    award = running(file)
    if award.screening or award.report or file.screen is None or "delay" not in signature.stale(file, facts.now):
        raise Refusal("incident.no_screening_due")


def ask_screening(file: Application, command: c.AskScreening, facts: Facts) -> tuple[Event, ...]:
    return (_asked(file, facts),)


# ── Looking again ─────────────────────────────────────────────────────────────


def may_screen(file: Application, facts: Facts) -> None:
    """At any time: a level that stops an award is one that somebody may find lessened."""
    policy_of(facts)


def screen(file: Application, command: c.ScreenAward, facts: Facts) -> tuple[Event, ...]:
    """What is green lets run what runs: what was agreed all the same is asked at once."""
    looked = safeguards.looked(file, command, policy_of(facts), facts)
    if command.level != "green":
        return (*looked, *((_suspended(file, facts),) if _runs(file) else ()))
    agreed = (one for one in looked if isinstance(one, e.MitigationAgreed))
    return (*looked, *(mitigation.asked_now(file, agreed, facts) if _runs(file) else ()))


def _runs(file: Application) -> bool:
    return file.stage in (Stage.DELIVERY, Stage.REPORTED)


# ── What it lets go on ────────────────────────────────────────────────────────


def check_looked_at(file: Application) -> None:
    """Nothing goes on or is closed while somebody is still to look."""
    screening = file.award.screening if file.award else None
    if screening:
        raise Refusal("incident.to_look_at", due=screening.due)


def check_not_black(file: Application) -> None:
    if file.award and file.award.looked_again and file.screen and file.screen.level == "black":
        raise Refusal("incident.only_ended")


def check_level(file: Application, facts: Facts) -> None:
    """Of a level recorded while the award ran: signed by whom the programme names; where it is red, let go on by a second person."""
    check_not_black(file)
    found = file.screen if file.award and file.award.looked_again else None
    if found is None:
        return
    if found.unsigned:
        raise Refusal("safeguards.unsigned", due=found.unsigned[0].asked.due)
    if found.level == "red" and (facts.actor.id in found.hands or not facts.actor.holds(Role.APPROVER)):
        raise Refusal("incident.second_person")
