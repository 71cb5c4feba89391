"""A file is started, written, and sent in."""

from datetime import datetime

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.moving import Changes, moved
from fund.domain.application.stage import Stage
from fund.domain.sections import section_digest, section_name

Fact = e.ApplicationStarted | e.SectionSaved | e.ApplicationSubmitted | e.ShortageAnnounced


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.ApplicationStarted():
            return moved(Stage.DRAFT, event) | {"reference": event.reference, "city": event.city, "language": event.language}
        case e.SectionSaved():
            name = section_name(event.section)
            # A section from before digests were recorded stands for itself as it is stored.
            digest = event.digest or section_digest(event.section)
            written = {} if file.digests.get(name) == digest else {"written_at": at}
            return {"sections": file.sections | {name: event.section}, "digests": file.digests | {name: digest}} | written
        case e.ApplicationSubmitted():
            return moved(Stage.COMPLETENESS, event) | _submitted(file, event, at)
        case e.ShortageAnnounced():
            return {"announced_short": (*file.announced_short, file.demand)}


def _submitted(file: Application, event: e.ApplicationSubmitted, at: datetime) -> Changes:
    return {
        "submission": event,
        "submitted_at": at,
        "submissions": file.submissions + 1,
        "returned": None,
        "reminded": False,
        "track": event.track,
        "round": event.round,
        "sealed_until": event.sealed_until,
    }
