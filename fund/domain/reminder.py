"""Rules of the reminder to whoever was asked for help with the safeguards or for a signature under them: once, while there is time.

A hub that does not answer for the file any more is not reminded: the central team acts in its place. Nor is one that is not asked about
the file yet, and so does not see it: it is once it does. Whether a hub has closed since is not asked here, as the clock looks at
files alone. Decision record 0024.
"""

from datetime import datetime

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.signature import answers, signing_hub, to_sign


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """What a hub owes the file by then; None: what the central team owes."""

    about: e.AskedFor
    hub: str | None
    due: datetime
    remind_at: datetime


def to_remind(file: Application, now: datetime) -> tuple[Owed, ...]:
    """Of what somebody is reminded now, the first due first: its day has come, and there is still time."""
    return tuple(sorted((one for one in unreminded(file) if one.remind_at < now <= one.due), key=lambda one: one.due))


def unreminded(file: Application) -> tuple[Owed, ...]:
    help = file.safeguard_help
    asked = file.opinions.get(help.hub or "") if help else None
    owed = []
    if help and help.is_open and help.remind_at and not help.reminded and (help.hub is None or (asked and answers(asked))):
        owed.append(Owed(about="help", hub=help.hub, due=help.due, remind_at=help.remind_at))
    for one in to_sign(file):
        sees_it = one.asked.hub is None or one.asked.hub in file.opinions
        if one.asked.remind_at and not one.reminded and sees_it and signing_hub(file, one) == one.asked.hub:
            owed.append(Owed(about="signature", hub=one.asked.hub, due=one.asked.due, remind_at=one.asked.remind_at))
    return tuple(owed)


def may_remind(file: Application, facts: Facts) -> None:
    if not to_remind(file, facts.now):
        raise Refusal("safeguards.none_to_remind")


def remind(file: Application, command: c.RemindOfSafeguards, facts: Facts) -> tuple[Event, ...]:
    first = to_remind(file, facts.now)[0]
    return (e.SafeguardsReminded(about=first.about, hub=first.hub, due=first.due),)
