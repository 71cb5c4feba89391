"""An evening on which no officer can be reached: somebody of a hub is given an officer’s access to one file, by a second person."""

from datetime import timedelta

from fund.demo.cast import Cast
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c


def stopped_in_the_evening(file: File, stage: Stage, cast: Cast) -> None:
    """What is done stands in both names, and the access in the file for ever. In the morning an officer takes over."""
    coordinator = next(iter(cast.coordinators.values()))
    reason = "Trainers were threatened tonight; no officer answers the telephone."
    file.do("ask-access", c.AskEmergencyAccess(application=file.id, role="officer", reason=reason), by=coordinator)
    file.do("open-access", c.OpenEmergencyAccess(application=file.id, number=1), by=cast.approver)
    review = stage.clock.now.date() + timedelta(days=7)
    stop = c.SuspendAward(application=file.id, reason="Nobody is sent there before it is known that it is safe.", review_on=review)
    file.do("stop-in-the-evening", stop, by=coordinator)
    done = c.CloseEmergencyAccess(application=file.id, number=1, reason="The trainers are warned and at home.")
    file.do("close-access", done, by=coordinator)
    stage.days(1)
    resume = c.ResumeAward(application=file.id, reason="The police know of it; the trainings go on in another place.")
    file.do("go-on-in-the-morning", resume, by=cast.officer)
