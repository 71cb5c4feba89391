"""A file that moved under somebody's hands: the refusal tells them what happened since they looked, as far as they may know it."""

from fund.api.files import cities_of
from fund.border.opening import Fund
from fund.border.seeing import Sights, Told
from fund.domain.application import Application
from fund.domain.facts import Actor
from fund.domain.refusal import Refusal


class Moved(Refusal):
    """`stream.moved`, with the facts after the version that was expected, oldest first."""

    def __init__(self, refused: Refusal, since: list[Told]) -> None:
        super().__init__(refused.code, refused.field, **refused.about)
        self.judged = refused.judged
        self.since = since


def telling(refused: Refusal, fund: Fund, actor: Actor, stream: str, expected: int | None, locale: str) -> Refusal:
    """The refusal itself, unless it is that the file has another version than was expected."""
    file = fund.handler.load(stream).state
    if refused.code != "stream.moved" or expected is None or not isinstance(file, Application):
        return refused
    return Moved(refused, Sights(fund, actor, file, cities_of(fund, file)).history(locale, after=expected))
