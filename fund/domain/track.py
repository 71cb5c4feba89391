"""Rules of tracks: which one a file is on, what it may not say there, and how it leaves for the fallback.

A file is on the narrow track only while it keeps within its bounds (policy: `tracks.toml`). Once it leaves it never comes back,
and it leaves with a fact of its own, in the commit of the answer that moved it. Decision record 0010.
"""

from collections.abc import Iterable

import msgspec

from fund.domain import calendar, consultation, lot
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.money import Money
from fund.domain.programme import STANDARD_TRACK, Calendar, CityCap, SafeguardLevel, Track
from fund.domain.refusal import Refusal
from fund.domain.registers import Award, City
from fund.domain.round import Round
from fund.domain.sections import Resources, Support

AGREEING: frozenset[e.Opinion] = frozenset(("support", "support_with_changes", "no_objection"))

CONCLUDED = (Stage.COORDINATION, Stage.PROPOSAL, Stage.DECISION)
"""Stages that stand on a complete assessment."""


# ── Which track ───────────────────────────────────────────────────────────────


def choose(file: Application, round: Round | None, seed: str, facts: Facts) -> e.TrackChosen:
    """At the first submission: the round it enters; else the bounds of the narrow track, the awards of its cities, and the lot."""
    if round and facts.programme.points_track:
        return e.TrackChosen(track=facts.programme.points_track.code, why="round")
    narrow = facts.programme.narrow_track
    if narrow is None or narrow.fallback is None:
        return e.TrackChosen(track=STANDARD_TRACK, why="only")
    if broken := broken_bound(file, narrow, facts):
        return e.TrackChosen(track=narrow.fallback, why=broken)
    drawn = lot.is_drawn(seed, file.id, narrow.lot_percent)
    return e.TrackChosen(
        track=narrow.fallback if drawn else narrow.code,
        why="lot" if drawn else "fits",
        seed=seed,
        percent=narrow.lot_percent,
        drawn=drawn,
    )


def resubmitted(file: Application, facts: Facts) -> tuple[Event, ...]:
    """A completed form draws no second lot; it may ask for more than its track gives, and never moves to the narrow one."""
    broken = broken_bound(file, facts.track(file), facts)
    return moved(msgspec.structs.replace(file, stage=Stage.COMPLETENESS), broken, facts) if broken else ()


def broken_bound(file: Application, track: Track, facts: Facts) -> e.TrackReason | None:
    """The first bound of `track` that the form, or what the file's cities were awarded of late, does not keep within."""
    support, resources = file.section(Support), file.section(Resources)
    assert support, "a file without missing sections has it"
    assert resources, "a file without missing sections has it"
    asked = Money(resources.amount, resources.currency)
    if track.max_amount and asked.amount > track.max_amount.get(asked.currency, 0):
        return "amount"
    if track.max_days is not None and support.days > track.max_days:
        return "days"
    if track.min_cities is not None and len(file.cities) < track.min_cities:
        return "cities"
    hubs = consultation.open_hubs(consultation.regions_of(file, facts), facts)
    if track.max_hubs is not None and len(hubs) > track.max_hubs:
        return "hubs"
    return "city_cap" if capped_city(file, track, asked, facts) else None


def capped_city(file: Application, track: Track, amount: Money, facts: Facts) -> str | None:
    """The first city of the file to which `track` can give no such amount on top of what it was given within the months of its cap."""
    cap = track.city_cap
    if cap is None:
        return None
    return next((id for id in file.cities if _over(cap, _recent(facts.city(id), track, cap, facts), amount)), None)


def _recent(city: City, track: Track, cap: CityCap, facts: Facts) -> tuple[Award, ...]:
    days = facts.programme.calendars[track.calendar]
    since = calendar.months_before(calendar.local_day(facts.now, days), cap.months)
    return tuple(award for award in city.awards if award.track == track.code and calendar.local_day(award.at, days) > since)


def _over(cap: CityCap, awards: Iterable[Award], amount: Money) -> bool:
    given = tuple(awards)
    if cap.max_awards is not None and len(given) >= cap.max_awards:
        return True
    limit = cap.max_amount.get(amount.currency)
    return limit is not None and sum(one.amount for one in given if one.currency == amount.currency) + amount.amount > limit


# ── Leaving it ────────────────────────────────────────────────────────────────


def moved(file: Application, cause: e.TrackReason, facts: Facts, asking: str = "") -> tuple[e.TrackChanged, ...]:
    """The change to the fallback, with the due dates of that track; nothing where the file's track has none.

    asking: a hub that is asked in the same commit.
    """
    left = facts.track(file)
    if left.fallback is None:
        return ()
    there = msgspec.structs.replace(file, track=left.fallback)
    reassess = file.stage in CONCLUDED and len(file.assessments) < facts.track(there).assessors
    due, days = facts.due(str(Stage.ASSESSMENT if reassess else file.stage), there)
    opinions_due = facts.due("hub_opinion", there)[0] if file.open_opinions else None
    return (
        e.TrackChanged(
            from_track=left.code,
            to_track=left.fallback,
            why=cause,
            reassess=reassess,
            due=due,
            calendar=days,
            opinions_due=opinions_due,
            opinions=_by_their_own_days(there, facts, asking),
            opinions_remind_at=opinions_due and consultation.reminder(opinions_due, facts.days(there), facts.programme),
        ),
    )


def _by_their_own_days(file: Application, facts: Facts, asking: str) -> tuple[e.OpinionDue, ...]:
    own = ((hub, facts.programme.calendar_of_hub(hub)) for hub in (*(asked.hub for asked in file.open_opinions), asking))
    return tuple(_until(hub, days, file, facts) for hub, days in own if days)


def _until(hub: str, days: Calendar, file: Application, facts: Facts) -> e.OpinionDue:
    due, stamp = facts.due("hub_opinion", file, by=days)
    return e.OpinionDue(hub=hub, due=due, calendar=stamp, remind_at=consultation.reminder(due, days, facts.programme))


def looked_at(file: Application, level: SafeguardLevel, facts: Facts) -> tuple[e.TrackChanged, ...]:
    needed = facts.track(file).safeguards
    return moved(file, "safeguards", facts) if needed and level != needed else ()


def checked(file: Application, checks: Iterable[e.CheckRecorded], facts: Facts) -> tuple[e.TrackChanged, ...]:
    failed = any(check.result == "fail" for check in checks)
    return _answered(file, "check", facts, agrees=not failed)


def advised(file: Application, given: e.OpinionGiven, facts: Facts) -> tuple[e.TrackChanged, ...]:
    others = {hub: asked for hub, asked in file.opinions.items() if hub != given.hub}
    return _answered(msgspec.structs.replace(file, opinions=others), "opinion", facts, agrees=given.opinion in AGREEING)


def consulted(file: Application, hub: str, facts: Facts) -> tuple[e.TrackChanged, ...]:
    """One hub more is asked: a file on which the narrow track would have more hubs at work than it allows is the fallback's to hear."""
    most = facts.track(file).max_hubs
    at_work = {code for code, asked in file.opinions.items() if not asked.released} | {hub}
    return moved(file, "hubs", facts, asking=hub) if most is not None and len(at_work) > most else ()


def assessed(file: Application, facts: Facts, *, aligned: bool) -> tuple[e.TrackChanged, ...]:
    return _answered(file, "alignment", facts, agrees=aligned)


def _answered(file: Application, cause: e.TrackReason, facts: Facts, *, agrees: bool) -> tuple[e.TrackChanged, ...]:
    """Where a track can only say yes, any answer but yes is the fallback's to hear."""
    return moved(file, cause, facts) if facts.track(file).only_yes and not agrees else ()


def after(file: Application, changes: tuple[e.TrackChanged, ...]) -> Application:
    """The file on the track that it has after these changes, for the clocks of what else is recorded with them."""
    return msgspec.structs.replace(file, track=changes[-1].to_track) if changes else file


# ── What the track rules out ──────────────────────────────────────────────────


def may_go_on(file: Application, facts: Facts) -> None:
    """Guard of eligibility: the safeguards that the track asks for are on record."""
    needed = facts.track(file).safeguards
    if needed and (file.safeguards is None or file.safeguards.level != needed):
        raise Refusal("safeguards.needed", level=needed)


def may_refuse(file: Application, facts: Facts) -> None:
    """Guard of every step that says no."""
    if facts.track(file).only_yes:
        raise Refusal("track.only_yes", track=facts.track(file).code, fallback=facts.track(file).fallback)


def may_leave(file: Application, facts: Facts) -> None:
    if facts.track(file).fallback is None:
        raise Refusal("track.no_fallback", track=facts.track(file).code)


# ── What people decide about it ───────────────────────────────────────────────


def change(file: Application, command: c.ChangeTrack, facts: Facts) -> tuple[Event, ...]:
    return (e.TrackChangeAsked(reason=command.reason), *moved(file, "officer", facts))


def withhold_approval(file: Application, command: c.WithholdApproval, facts: Facts) -> tuple[Event, ...]:
    return (e.ApprovalWithheld(reason=command.reason), *moved(file, "approver", facts))


# ── Approval ──────────────────────────────────────────────────────────────────


def capped(file: Application, amount: Money, facts: Facts) -> tuple[Event, ...]:
    """What an approval records instead, where a city of the file has had all that the track can give it; else nothing."""
    track = facts.track(file)
    city = capped_city(file, track, amount, facts)
    if city is None or track.city_cap is None:
        return ()
    return (e.CityCapReached(city=city, months=track.city_cap.months), *moved(file, "city_cap", facts))


def awards(file: Application, amount: Money, facts: Facts) -> tuple[On, ...]:
    """The award on the stream of each of its cities: two approvals at one instant cannot both slip under a cap."""
    award = e.AwardRecorded(application=file.id, track=facts.track(file).code, amount=amount.amount, currency=amount.currency)
    return tuple(On(city, award) for city in file.cities)
