"""An error in a refusal: a city names one that is found to be none, another that makes the decision fall; the office finds one itself."""

from fund.demo.awards import Again
from fund.demo.cast import Cast, person
from fund.demo.decisions import NO_HUB
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain.facts import Role


def stands(file: File, stage: Stage) -> None:
    """The city has its whole time to appeal again."""
    second = person(stage, "second-appeals-approver", "Second approver for appeals", Role.APPROVER)
    file.do("open-letter", c.OpenLetter(application=file.id, letter=1), by=file.signatory)
    instead = "The request says when the staff is decided: next year."
    file.do("name-error", c.AskCorrection(application=file.id, reason=1, instead=instead), by=file.signatory)
    stage.days(2)
    reasons = ("That the staff is decided next year is no staff that is named: the sentence of the letter is right.",)
    file.do("refuse-correction", c.RefuseCorrection(application=file.id, reasons=reasons), by=second)


def corrected(stage: Stage, cast: Cast, officer: str, approver: str) -> None:
    """Another application is refused for what it does say. It is decided again, by somebody else and for another reason.

    officer, approver: of appeals; they had no hand in it.
    """
    file = Again(stage, cast, "kaduna").draft().submit().complete().eligible()
    stage.days(3)
    file.assess(0, "aligned", "Rumours are a danger.").assess(1, "partly", "Staff is open.").coordinate("no_hub", NO_HUB)
    wrong = "Nothing says whose task it is to answer rumours."
    file.do("propose", c.MakeProposal(application=file.id, recommendation="decline", reason=wrong), by=cast.officer)
    change = "A word of the state on whose task it is."
    file.do("decide", c.Decline(application=file.id, reasons=(wrong,), what_would_change=(change,)), by=cast.approver)
    stage.work()
    file.do("open-letter", c.OpenLetter(application=file.id, letter=1), by=file.signatory)
    instead = "It stands under alignment: answering rumours is a task of the state."
    file.do("name-error", c.AskCorrection(application=file.id, reason=1, instead=instead), by=file.signatory)
    stage.days(1)
    reasons = ("The application says it, under alignment.",)
    correct = c.CorrectDecision(
        application=file.id, reasons=reasons, back_to="proposal", envelope=cast.envelopes["GBP"], amount=10_000_00,
    )  # fmt: skip
    file.do("correct-decision", correct, by=officer)
    right = "The staff who would answer the calls is not decided yet."
    file.do("propose-again", c.MakeProposal(application=file.id, recommendation="decline", reason=right), by=cast.officer)
    change = "A decision of the state on the staff of the hotline."
    file.do("decide-again", c.Decline(application=file.id, reasons=(right,), what_would_change=(change,)), by=approver)
    stage.work()
    doubted(file, stage, cast)


def doubted(file: File, stage: Stage, cast: Cast) -> None:
    """The office itself doubts a reason of the second refusal; it is found to be right."""
    third = person(stage, "third-appeals-approver", "Third approver for appeals", Role.APPROVER)
    instead = "A note of the state names two people for the calls."
    file.do("doubt", c.ProposeCorrection(application=file.id, reason=1, instead=instead), by=cast.officer)
    stage.days(1)
    reasons = ("The note names two people of the year before: nobody is named for this one.",)
    file.do("doubt-answered", c.RefuseCorrection(application=file.id, reasons=reasons), by=third)
