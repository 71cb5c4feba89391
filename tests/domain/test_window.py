# ruff: noqa: F405
"""The window of the support: asked for by the city, and named anew by the proposal where its days have passed meanwhile."""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import window
from fund.domain.application import Stage
from fund.domain.calendar import end_of_day
from tests.domain.proof import passes, refuses
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track

LAST = datetime(2031, 9, 5, 12, tzinfo=UTC)
"""On the last day that the city asked for."""
LATE = LAST + timedelta(days=1)
LATER = e.Window(starts_on=date(2031, 11, 3), ends_on=date(2031, 11, 28))
PROPOSE = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Port of Elm",),
    reason="It serves the quays",
)  # fmt: skip
MOVED = with_(PROPOSE, window=LATER)
APPROVE = c.Approve(application=FILE, reasons=REASONS)
CONDITIONALLY = c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,))


@refuses(c.MakeProposal, "proposal.window_over")
def test_no_award_is_proposed_for_days_that_are_over() -> None:
    given(*COORDINATED).when(PROPOSE, by=OLGA, at=LAST).then(e.ProposalMade)
    given(*COORDINATED).when(PROPOSE, by=OLGA, at=LATE).then("proposal.window_over", field="window.ends_on")
    for over in (LATE.date() - timedelta(days=1), LAST.date() - timedelta(days=9)):
        named = e.Window(starts_on=over, ends_on=over)
        given(*COORDINATED).when(with_(PROPOSE, window=named), by=OLGA, at=LATE).then("proposal.window_over", field="window.ends_on")


@passes(c.MakeProposal)
def test_other_days_are_proposed_and_granted() -> None:
    assert window.granted(given(*COORDINATED).file()) == e.Window(starts_on=SUPPORT.starts_on, ends_on=SUPPORT.ends_on)
    made = given(*COORDINATED).when(MOVED, by=OLGA, at=LATE).then(e.ProposalMade).after
    assert window.granted(made.file()) == LATER
    granted = made.when(APPROVE, by=INES, at=LATE).after.file()
    assert window.granted(granted) == LATER


@passes(c.MakeProposal)
def test_what_grants_nothing_needs_no_days_and_names_none() -> None:
    others = (
        with_(MOVED, recommendation="decline"),
        with_(MOVED, recommendation="defer", awaits="The vote"),
        with_(MOVED, recommendation="refer", modality="ferry_club"),
    )
    for other in others:
        made = given(*COORDINATED).when(other, by=OLGA, at=LATE).then(e.ProposalMade).after.file().proposal
        assert made
        assert made.window is None


@refuses(c.MakeProposal, "support.window_reversed")
def test_other_days_end_when_they_start_or_later_and_are_not_too_far() -> None:
    reversed_ = e.Window(starts_on=LATER.ends_on, ends_on=LATER.starts_on)
    given(*COORDINATED).when(with_(PROPOSE, window=reversed_), by=OLGA).then("support.window_reversed", field="window.ends_on")
    for field in ("starts_on", "ends_on"):
        far = with_(LATER, **{"ends_on": date(2060, 1, 1), field: date(2060, 1, 1)})
        given(*COORDINATED).when(with_(PROPOSE, window=far), by=OLGA).then("date.too_far", field=f"window.{field}")
    long_ago = with_(LATER, starts_on=date(1990, 1, 1))
    given(*COORDINATED).when(with_(PROPOSE, window=long_ago), by=OLGA).then("date.too_far", field="window.starts_on")


@refuses(c.Approve, "decision.window_over")
def test_days_that_pass_before_the_decision_send_the_proposal_back() -> None:
    made = given(*COORDINATED).when(PROPOSE, by=OLGA, at=LAST).after
    assert made.when(APPROVE, by=INES, at=LAST).after.file().stage is Stage.LETTER
    no = made.when(APPROVE, by=INES, at=LATE).then("decision.window_over").refusal
    assert no
    assert no.about["date"] == SUPPORT.ends_on
    back = made.when(c.ReturnProposal(application=FILE, reason="Its days are over"), by=INES, at=LATE).then(e.ProposalReturned).after
    again = back.when(MOVED, by=OLGA, at=LATE).after
    assert again.when(APPROVE, by=INES, at=LATE).after.file().stage is Stage.LETTER


@refuses(c.ApproveWithConditions, "decision.window_over")
def test_conditions_do_not_bring_the_days_back() -> None:
    made = given(*COORDINATED).when(PROPOSE, by=OLGA, at=LAST).after
    made.when(CONDITIONALLY, by=INES, at=LATE).then("decision.window_over")


@passes(c.IssueLetter)
def test_the_report_is_due_after_the_days_that_were_granted() -> None:
    """Not after those that were asked for."""
    rule = PROGRAMME.awards
    assert rule
    granted = given(*COORDINATED).when(MOVED, by=OLGA, at=LATE).after.when(APPROVE, by=INES, at=LATE).after
    letter = granted.when(with_(ISSUE, issued_on=LATE.date()), by=TIMER, at=LATE).events[0]
    assert isinstance(letter, e.LetterIssued)
    assert letter.report_due == end_of_day(LATER.ends_on + timedelta(days=rule.report_days), PROGRAMME.calendars["river"])
