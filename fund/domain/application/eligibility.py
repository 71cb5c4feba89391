"""Completeness and eligibility of a file, and a refusal that is set aside."""

from datetime import datetime

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Override
from fund.domain.application.moving import Changes, moved
from fund.domain.application.outcome import decided, fallen
from fund.domain.application.stage import Stage

Fact = (
    e.ReturnedForCompletion
    | e.CompletenessConfirmed
    | e.CheckRecorded
    | e.FoundEligible
    | e.FoundIneligible
    | e.OverrideProposed
    | e.OverrideDeclined
    | e.EligibilityOverridden
)


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.ReturnedForCompletion():
            return moved(Stage.DRAFT, event) | {"returned": event, "reminded": False}
        case e.CompletenessConfirmed():
            return moved(Stage.ELIGIBILITY, event)
        case e.CheckRecorded():
            return {"checks": file.checks | {event.check: event}}
        case e.FoundEligible():
            return moved(Stage.ASSESSMENT, event)
        case e.FoundIneligible():
            return moved(Stage.LETTER, event) | decided(file, event, actor, at)
        case e.OverrideProposed():
            proposed = Override(by=actor, checks=event.checks, reasons=event.reasons, due=event.due, calendar=event.calendar)
            return {"override": proposed}
        case e.OverrideDeclined():
            return {"override": None}
        case e.EligibilityOverridden():
            return moved(Stage.ELIGIBILITY, event) | fallen(file, "eligibility", event.checks) | {"override": None}
