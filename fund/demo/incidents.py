"""What happens while awards run: an incident that is lessened and signed, one that ends the award, and looks that are too long ago."""

from datetime import date

from fund.demo.awards import Award
from fund.demo.cast import Cast
from fund.demo.stage import Stage
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.programme import SafeguardLevel


def play_incidents(stage: Stage, cast: Cast) -> None:
    _stopped_and_lessened(stage, cast)
    _ended_for_it(stage, cast)


def _stopped_and_lessened(stage: Stage, cast: Cast) -> None:
    """A hub stops the award at once; it goes on when what lessens the risk is signed."""
    file, hub = Award(stage, cast, "junik"), cast.coordinators["western-balkans"]
    account = "A list of referred pupils lay open in a hall for an afternoon. It is put away, and the families were told."
    tell = c.ReportIncident(application=file.id, happened_on=stage.clock().date(), account=account, stop=True)
    file.do("incident", tell, by=hub)
    stage.days(1)
    lessened = c.Mitigation(text="Lists are kept in one locked room", owner="Centre for social work", due_on=date(2026, 6, 30))
    _look(file, "amber", "The path is the right one; its papers were not kept.", lessened)
    asked = [one.event.screen for one in stage.fund.ledger.stream(file.id) if isinstance(one.event, e.SignatureAsked)]
    screen = asked[-1]
    file.do("sign-again", c.SignSafeguards(application=file.id, screen=screen, reason="We have seen the room."), by=hub)
    signed = c.CountersignSafeguards(application=file.id, screen=screen, reason="One room, one key, and somebody answers for it.")
    file.do("countersign-again", signed, by=cast.second_officer)
    resume = c.ResumeAward(application=file.id, reason="The papers are safe.")
    file.do("resume-after-incident", resume, by=cast.officer)


def _ended_for_it(stage: Stage, cast: Cast) -> None:
    """A city reports; what is found lets nothing go on, and the approver ends the award."""
    file = Award(stage, cast, "dakar")
    account = "Une personne qui s’était plainte a été menacée chez elle."
    file.do("incident", c.ReportIncident(application=file.id, happened_on=stage.clock().date(), account=account), by=file.signatory)
    stage.days(1)
    _look(file, "black", "Qui se plaint est menacé : rien de ce que nous pourrions convenir n’y remédie.")
    file.do("ask-termination", c.AskTermination(application=file.id, reason="Les garanties sont au niveau noir."), by=cast.second_officer)
    stage.days(1)
    reasons = ("Un incident a été signalé, et aucune garantie ne permettrait de poursuivre le soutien.",)
    file.do("terminate", c.TerminateAward(application=file.id, reasons=reasons, spent=0), by=cast.approver)
    stage.work()


def looked_at_again(stage: Stage, cast: Cast) -> None:
    """Awards whose last look was too long ago, in the order in which a machine asked for another."""
    asked = [one.stream for one in stage.fund.ledger.read(0, 100_000) if isinstance(one.event, e.ScreeningAsked)]
    for file in dict.fromkeys(asked):
        look = c.ScreenAward(application=file, level="green", reason="Nothing has changed since.")
        stage.do(f"look-again-{file}", look, by=cast.officer)


def _look(file: Award, level: SafeguardLevel, reason: str, *lessened: c.Mitigation) -> None:
    look = c.ScreenAward(application=file.id, level=level, reason=reason, mitigations=lessened)
    file.do("look-again", look, by=file.cast.officer)
