"""Errors of a decision, named and answered."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Correction
from fund.domain.application.moving import Changes, closed, moved
from fund.domain.application.outcome import fallen
from fund.domain.application.stage import Stage

Fact = e.CorrectionAsked | e.CorrectionProposed | e.DecisionCorrected | e.CorrectionRefused


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.CorrectionAsked() | e.CorrectionProposed():
            return moved(Stage.CORRECTION, event) | {"corrections": (*file.corrections, _correction(event, at)), "override": None}
        case e.DecisionCorrected():
            answered = _answered(file, event, outcome="corrected", answered_at=at)
            return moved(Stage(event.back_to), event) | answered | fallen(file, event.back_to, event.checks, event.envelope)
        case e.CorrectionRefused():
            return closed() | _answered(file, event, outcome="refused", answered_at=at, appeal_until=event.appeal_until)


def _correction(event: e.CorrectionAsked | e.CorrectionProposed, at: datetime) -> Correction:
    city, check = (event.city, event.check) if isinstance(event, e.CorrectionAsked) else ("", "")
    return Correction(number=event.number, city=city, letter=event.letter, at=at, check=check, reason=event.reason, instead=event.instead)


def _answered(file: Application, event: e.DecisionCorrected | e.CorrectionRefused, **answer: object) -> Changes:
    answered = {"reasons": event.reasons} | answer
    return {
        "corrections": tuple(msgspec.structs.replace(one, **answered) if one.number == event.number else one for one in file.corrections)
    }
