"""An application that is suspended twice before it is decided: an officer lets it go on, and then its day comes by itself."""

from datetime import timedelta

from fund.demo.awards import Again
from fund.demo.cast import Cast
from fund.demo.stage import Stage
from fund.domain import commands as c


def suspended_twice(stage: Stage, cast: Cast) -> None:
    """When the second suspension ends is the machines' to see, while other things are told."""
    file = Again(stage, cast, "kolofata").draft().submit().complete()
    today = stage.clock.now.date()
    first = c.SuspendApplication(
        application=file.id, reason="Les routes vers la commune sont coupées par les crues.", review_on=today + timedelta(days=30)
    )  # fmt: skip
    file.do("put-aside", first, by=cast.officer)
    stage.days(2)
    file.do("go-on", c.ResumeApplication(application=file.id, reason="La route principale est rouverte."), by=cast.officer)
    second = c.SuspendApplication(
        application=file.id, reason="Le bureau de la commune déménage : personne ne peut répondre.", review_on=today + timedelta(days=12)
    )  # fmt: skip
    file.do("put-aside-again", second, by=cast.officer)
