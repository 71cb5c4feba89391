"""The one retry policy: work whose connection broke is done once more, on a fresh connection.

Nothing else is repeated here. A lock that was waited for 2 s, a full disk or a refused connection is reported at once,
so that a database that is gone is known within 5 s.
"""

from collections.abc import Callable
from typing import TypeVar

from fund.ledger.errors import Lost

T = TypeVar("T")


def once_more(work: Callable[[], T]) -> T:
    """Do reading or idempotent work, again if its connection broke."""
    return or_after_loss(work, work)


def or_after_loss(work: Callable[[], T], after_loss: Callable[[], T]) -> T:
    """Do `work`; if its connection broke, `after_loss`, which must find out whether the first attempt took effect."""
    try:
        return work()
    except Lost:
        return after_loss()
