"""How much is measured: enough to trust, or just enough to see that everything runs."""

from typing import NamedTuple


class Extent(NamedTuple):
    """slice: seconds. drafts: per writer. files: applications in the history that is replayed and projected.

    single: events projected one by one. saves: of the freshness. approvals: files brought to the stage of decision.
    """

    writers: tuple[int, ...] = (1, 4)
    drafts: int = 50
    rounds: int = 40
    slice: float = 0.08
    files: int = 160
    replays: int = 15
    catch_ups: int = 7
    single: int = 150
    saves: int = 500
    approvals: int = 300


FULL = Extent()
QUICK = Extent(drafts=2, rounds=1, slice=0.01, files=4, replays=1, catch_ups=1, single=5, saves=5, approvals=2)
