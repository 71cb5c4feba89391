"""Every shape that is ever decoded, looked into once, when this module is imported and before there is a second thread.

msgspec looks into a struct when it is first decoded and remembers what it found on the type. Another thread that meets the half-made
result ends the process with a segmentation fault. `tests/ledger/test_threads.py` shows it.
"""

import msgspec

from fund.domain.event import Header, Sealed
from fund.domain.events import EVENTS
from fund.domain.programme import Programme
from fund.domain.sections import SECTIONS
from fund.domain.streams import KINDS
from fund.domain.workflow import WORKFLOW

SHAPES: tuple[type[msgspec.Struct], ...] = (
    Header,
    Sealed,
    Programme,
    *SECTIONS,
    *EVENTS.values(),
    *(type(kind.initial) for kind in KINDS.values()),
    *(step.command for step in WORKFLOW),
)

for shape in SHAPES:
    msgspec.json.Decoder(shape)
