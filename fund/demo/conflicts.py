"""Conflicts of interest: an opinion is read together with who employs its author, an assessment and a proposal are made again by others."""

from fund.border.naming import city_called
from fund.demo.cast import OPERATOR, Cast
from fund.demo.stage import Stage
from fund.demo.standing_in import approved_by_a_deputy
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain import events as e

HUB = "western-balkans"


def play_conflicts(stage: Stage, cast: Cast) -> None:
    """The same file meets all of it: a mistake, a disclosure, and two people who learn late that they should have no part in it."""
    file = File(stage, cast, "peja").draft().submit().complete()
    _no_conflict_after_all(file, cast)
    _employed_by_a_partner(file, cast)
    file.eligible()
    stage.days(2)
    _assess(file, "assess-0", file.drawn[0], "Older and younger residents plan it together.")
    _assess(file, "assess-1", file.drawn[1], "The two schools and the market carry it.")
    _assessed_by_a_relative(file, stage)
    file.coordinate("with_hub", "The hub advises; the central team delivers.").propose(
        8_000_00, peers=("A member city with such evenings",)
    )
    _proposed_by_a_relative(file, stage, cast)
    stage.days(1)
    approved_by_a_deputy(
        file, stage, cast, "Residents who avoid each other plan something together.", "The municipality keeps the evenings going."
    )
    _over(stage, cast)


def _no_conflict_after_all(file: File, cast: Cast) -> None:
    """Somebody else finds that it is none."""
    other = cast.assessors[1]
    said = c.DeclareConflict(application=file.id, interest="family", about="The name of the deputy mayor is the same.", person=other)
    file.do("mistaken", said, by=cast.second_officer)
    over = c.EndConflict(application=file.id, number=1, reason="Another family of that name, as both have confirmed.")
    file.do("no-conflict", over, by=cast.officer)


def _employed_by_a_partner(file: File, cast: Cast) -> None:
    """A standing declaration: from here on every opinion of this coordinator is read together with it."""
    coordinator = cast.coordinators[HUB]
    about = "Employed by the organisation that hosts the hub, and that is paid for what the hub delivers."
    said = c.DeclareInterest(person=coordinator, interest="employer", hub=HUB, about=about)
    file.do("employer", said, by=coordinator)
    file.opinion("support", "The hub knows the two schools and the association of traders.", hub=HUB)


def _assess(file: File, key: str, assessor: str, reason: str) -> None:
    submission = file.state.submission
    assert submission
    judgements = tuple(e.Judgement(priority=code, verdict="aligned", reason=reason) for code in submission.priorities)
    file.do(key, c.RecordAssessment(application=file.id, judgements=judgements), by=assessor)


def _assessed_by_a_relative(file: File, stage: Stage) -> None:
    """Declared after all were in: a lot draws somebody else, who assesses it anew."""
    said = c.DeclareConflict(application=file.id, interest="family", about="My cousin has become head of one of the schools.")
    file.do("cousin", said, by=file.drawn[0])
    stage.work()
    _assess(file, "assess-again", file.drawn_later[0], "Both schools answer for what follows.")


def _proposed_by_a_relative(file: File, stage: Stage, cast: Cast) -> None:
    """A standing declaration reaches the file by itself. The proposal is made again, and a colleague looks again at the rest."""
    city = city_called(stage.fund, "Peja", "XK")
    about = "My brother is to run the evenings from next month on."
    file.do("brother", c.DeclareInterest(person=cast.officer, interest="family", city=city, about=about), by=cast.officer)
    stage.work()
    looked = c.LookAgain(application=file.id, number=4, finding="The checks and the form of coordination hold without what they said.")
    file.do("look-again", looked, by=cast.second_officer)
    proposal = c.MakeProposal(
        application=file.id,
        recommendation="approve",
        envelope=cast.envelopes["EUR"],
        amount=8_000_00,
        currency="EUR",
        peers=("A member city with such evenings",),
        reason="Both assessments support the request; read anew by somebody without a tie to the city.",
    )
    file.do("propose-again", proposal, by=cast.second_officer)


def _over(stage: Stage, cast: Cast) -> None:
    """Somebody else records that an interest ended."""
    reason = "Example: the evenings were given to another office"
    stage.do("conflicts:brother-over", c.EndInterest(person=cast.officer, number=1, reason=reason), by=OPERATOR)
