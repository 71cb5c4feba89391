"""Everything that can ever be recorded, in the order in which it happens.

Names are frozen and versioned. A field may be added with a default; anything else is a new version and an upcaster.
`duty` names what the actor's hand on a file was: whoever did one duty is kept apart from others (see `workflow`).
Sentences are gettext messages; placeholders are fields of the event, written out by whoever tells the story.
"""

from fund.domain.event import Event
from fund.domain.events.words import *
from fund.domain.events.kinds import *
from fund.domain.events.draft import *
from fund.domain.events.joint import *
from fund.domain.events.track import *
from fund.domain.events.safeguards import *
from fund.domain.events.questions import *
from fund.domain.events.conflicts import *
from fund.domain.events.emergency import *
from fund.domain.events.eligibility import *
from fund.domain.events.coordination import *
from fund.domain.events.assessment import *
from fund.domain.events.scoring import *
from fund.domain.events.experts import *
from fund.domain.events.decision import *
from fund.domain.events.ending import *
from fund.domain.events.letters import *
from fund.domain.events.appeals import *
from fund.domain.events.corrections import *
from fund.domain.events.awards import *
from fund.domain.events.mitigations import *
from fund.domain.events.rounds import *
from fund.domain.events.cities import *
from fund.domain.events.hubs import *
from fund.domain.events.envelopes import *
from fund.domain.events.people import *
from fund.domain.events.programme import *


def _every(kind: type[Event]) -> list[type[Event]]:
    return [cls for sub in kind.__subclasses__() for cls in ([sub] if sub.name else []) + _every(sub)]


EVENTS: dict[str, type[Event]] = {cls.name: cls for cls in _every(Event) if cls.__module__.startswith(f"{__name__}.")}
"""Stored name -> event."""
