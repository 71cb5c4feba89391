"""A refusal against which the city appealed too late is looked at again: first it stands, then two people set it aside."""

from fund.demo.cast import person
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.facts import Role


def set_aside(file: File, stage: Stage, officer: str, approver: str) -> None:
    """officer, approver: of appeals; they had no hand in it. An officer answers again the check that a machine had answered."""
    checks = next(one.event.checks for one in stage.fund.ledger.stream(file.id) if isinstance(one.event, e.FoundIneligible))
    second = person(stage, "second-appeals-approver", "Second approver for appeals", Role.APPROVER)
    propose = c.ProposeOverride(application=file.id, checks=checks, reasons=("The municipality says that it was a member by then.",))
    file.do("propose-override", propose, by=officer)
    stage.days(1)
    file.do("decline-override", c.DeclineOverride(application=file.id, reason="The register says otherwise."), by=approver)
    again = c.ProposeOverride(application=file.id, checks=checks, reasons=("The register was brought up to date late.",))
    file.do("propose-override-again", again, by=officer)
    stage.days(1)
    reasons = ("The register as it should have been shows a member.",)
    file.do("override", c.OverrideEligibility(application=file.id, reasons=reasons), by=second)
    looked = c.RecordSafeguards(application=file.id, level="green", reason="Looked at anew: the support puts nobody in danger.")
    file.do("safeguards-again", looked, by=file.cast.officer)
    file.eligible()
