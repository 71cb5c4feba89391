"""An application that came back for completion and was left lying: its city is reminded, a month later it lapses, and a letter says so."""

from fund.demo.awards import Again
from fund.demo.cast import Cast
from fund.demo.stage import Stage
from fund.domain import commands as c


def left_lying(stage: Stage, cast: Cast) -> None:
    """What becomes of it is done by the machines, while other things are told."""
    file = Again(stage, cast, "cuenca").draft().submit()
    reason = "Falta decir qué dirección haría el trabajo desde que el concejo la reorganizó."
    file.do("return", c.ReturnForCompletion(application=file.id, sections=("need", "results"), reason=reason), by=cast.officer)
