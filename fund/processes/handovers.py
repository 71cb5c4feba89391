"""No file waits for a hub that is not open: what is asked of it, the central team takes over. A pure fact, so a machine's to record."""

from collections.abc import Callable

import msgspec

from fund.domain import commands as c
from fund.domain.application import Application, HubOpinion
from fund.domain.registers import Hub
from fund.domain.workflow import OPINION_OPEN

ACTOR = "machine:handovers"


def to_take_over(file: Application, hub: Callable[[str], Hub]) -> tuple[HubOpinion, ...]:
    """Open opinions asked of hubs that are suspended or closed. hub: code -> its state."""
    if file.stage not in OPINION_OPEN:
        return ()
    return tuple(asked for asked in file.open_opinions if asked.answered_by != "centre" and not hub(asked.hub).is_open)


def without(file: Application, taken: tuple[HubOpinion, ...]) -> Application:
    """The file as the other machines see it: a hub that cannot answer is not silent, however long nobody looked."""
    hubs = {asked.hub for asked in taken}
    return msgspec.structs.replace(file, opinions={hub: asked for hub, asked in file.opinions.items() if hub not in hubs})


def command(file: Application, asked: HubOpinion) -> c.TakeOverOpinion:
    return c.TakeOverOpinion(application=file.id, hub=asked.hub)


def command_id(file: Application, asked: HubOpinion) -> str:
    """One cause: this hub, asked until then, and so often: it can be asked again until the same day."""
    again = f":{asked.asked}" if asked.asked > 1 else ""
    return f"handovers:{file.id}:{asked.hub}:{asked.due.isoformat()}{again}"
