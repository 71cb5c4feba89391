"""What others owe a file, by another day: it stood still, or it takes another track."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import HubOpinion
from fund.domain.application.moving import Changes
from fund.domain.screen import until


def asked_until(asked: HubOpinion, due: datetime, remind_at: datetime | None) -> HubOpinion:
    """It is reminded of the other day again; where the event does not say when, as long before it as before the first."""
    remind_at = remind_at or (asked.remind_at and asked.remind_at + (due - asked.due))
    return msgspec.structs.replace(asked, due=due, remind_at=remind_at, reminded=asked.reminded and due == asked.due)


def put_off(file: Application, event: e.ApplicationResumed, at: datetime) -> Changes:
    """What others owe the file."""
    later = {one.hub: asked_until(file.opinions[one.hub], one.due, one.remind_at) for one in event.opinions if one.hub in file.opinions}
    invited = tuple(msgspec.structs.replace(one, due=event.invitations_due or one.due) if one.is_open else one for one in file.invited)
    help_ = file.safeguard_help
    helping = until(help_, event.help_due, event.help_remind_at) if help_ and event.help_due else help_
    judging = assessed_later(file, event.assessors_due, at)
    return {"held": None, "opinions": file.opinions | later, "invited": invited, "safeguard_help": helping} | judging


def assessed_later(file: Application, due: datetime | None, at: datetime) -> Changes:
    """Of all who have not judged yet."""
    waited_for = (one for one in file.assessors_clocks if due and one in file.assessors and one not in file.assessed_by)
    clocks = {one: msgspec.structs.replace(file.assessors_clocks[one], since=at, due=due) for one in waited_for}
    return {"assessors_clocks": file.assessors_clocks | clocks}
