# ruff: noqa: F405
"""A competitive round from its opening to its line, and what that leaves to decide about each of its files."""

from datetime import timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.facts import On
from fund.domain.round import Round
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

OPEN = c.OpenRound(round=ROUND, title="Spring regatta", opens_at=OPENS, closes_at=CLOSES, envelope=PURSE, priorities=("FLOOD", "FISH"))
ENTER = c.SubmitApplication(application=FILE, round=ROUND)
CLOSE = c.CloseRound(round=ROUND, standings=ROUND_CLOSED.standings)
RANK = c.RankRound(round=ROUND, equity_note="One file of the delta.")
DRAW = c.DrawLine(round=ROUND, places=1, reasons=("The purse holds it.",))
CLOSED_ROUND = TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND)
RANKED_ROUND = CLOSED_ROUND + did(OMAR, RANKED, on=ROUND)


def changed(command: c.Command, **changes: object) -> c.Command:
    return msgspec.structs.replace(command, **changes)


def round_of(scenario: Scenario) -> Round:
    found = scenario.state(ROUND)
    assert isinstance(found, Round)
    return found


# ── Opening and cancelling ────────────────────────────────────────────────────


@passes(c.OpenRound)
def test_an_officer_opens_a_round_for_an_envelope_and_some_priorities() -> None:
    opened = given().when(OPEN, by=OMAR, at=OPENS).then(ROUND_OPENED).after
    assert round_of(opened).policy == PROGRAMME.version


@refuses(c.OpenRound, "round.already_open")
def test_a_round_is_opened_once() -> None:
    given(*OPENED).when(OPEN, by=OMAR).then("round.already_open")


@refuses(c.OpenRound, "round.window")
def test_a_round_opens_before_it_closes_and_closes_in_the_future() -> None:
    for wrong in ({"opens_at": CLOSES}, {"opens_at": CLOSES + timedelta(days=1)}):
        given().when(changed(OPEN, **wrong), by=OMAR).then("round.window", field="closes_at")
    given().when(OPEN, by=OMAR, at=CLOSES).then("round.window", field="closes_at")


@refuses(c.OpenRound, "round.instant")
def test_an_instant_is_a_whole_second_of_a_known_place() -> None:
    for wrong in (OPENS.replace(microsecond=1), OPENS.replace(tzinfo=None)):
        given().when(changed(OPEN, opens_at=wrong), by=OMAR).then("round.instant", field="opens_at")


@refuses(c.OpenRound, "code.unknown")
@refuses(c.OpenRound, "envelope.unknown")
@refuses(c.OpenRound, "round.no_rubric")
def test_a_round_needs_priorities_an_envelope_and_a_rubric_that_exist() -> None:
    given().when(changed(OPEN, priorities=("LUCK",)), by=OMAR).then("code.unknown", field="priorities")
    given().when(changed(OPEN, envelope="envelope-none"), by=OMAR).then("envelope.unknown")
    given().under(rubric=None).when(OPEN, by=OMAR).then("round.no_rubric")
    given().under(tracks={"standard": PROGRAMME.tracks["standard"]}).when(OPEN, by=OMAR).then("round.no_rubric")


@passes(c.CancelRound)
@refuses(c.SubmitApplication, "round.cancelled")
def test_a_round_that_nobody_is_in_can_be_cancelled_and_takes_nobody_any_more() -> None:
    cancelled = given(*OPENED).when(c.CancelRound(round=ROUND, reason="No money"), by=OLGA).then(e.RoundCancelled(reason="No money")).after
    cancelled.and_(*AGREED).when(ENTER, by=AMINA).then("round.cancelled")


@refuses(c.CancelRound, "round.has_files")
@refuses(c.CancelRound, "round.cancelled")
@refuses(c.CancelRound, "round.unknown")
def test_whoever_entered_gets_an_answer_from_the_round() -> None:
    cancel = c.CancelRound(round=ROUND, reason="No money")
    given(*RACE).when(cancel, by=OLGA).then("round.has_files")
    given(*OPENED, *did(OLGA, e.RoundCancelled(reason="x"), on=ROUND)).when(cancel, by=OLGA).then("round.cancelled")
    given().when(cancel, by=OLGA).then("round.unknown")
    emptied = did(AMINA, e.FileLeft(application=FILE, why="withdrawn"), on=ROUND)
    given(*RACE, *emptied).when(cancel, by=OLGA).then(e.RoundCancelled)


# ── Entering and leaving ──────────────────────────────────────────────────────


@passes(c.SubmitApplication)
def test_a_file_enters_a_round_when_it_is_submitted_and_takes_its_track() -> None:
    entered = given(*OPENED, *AGREED).when(ENTER, by=AMINA).then(RACING, RACED, On(ROUND, ENTERED)).after
    file = entered.file()
    assert (file.track, file.round, file.sealed_until) == ("race", ROUND, CLOSES)
    assert [entry.application for entry in round_of(entered).running] == [FILE]


@refuses(c.SubmitApplication, "round.not_open")
def test_a_round_takes_files_from_its_opening_to_its_closing_to_the_second() -> None:
    ready = given(*OPENED, *AGREED)
    second = timedelta(seconds=1)
    for instant in (OPENS - second, CLOSES + second, CLOSES + timedelta(microseconds=1)):
        ready.when(ENTER, by=AMINA, at=instant).then("round.not_open", field="round")
    for instant in (OPENS, CLOSES):
        ready.when(ENTER, by=AMINA, at=instant).then(e.ApplicationSubmitted, RACED, On(ROUND, ENTERED))


@refuses(c.SubmitApplication, "round.unknown")
@refuses(c.SubmitApplication, "round.other_rubric")
@refuses(c.SubmitApplication, "round.other_priority")
@refuses(c.SubmitApplication, "round.other_currency")
def test_a_file_fits_the_round_it_enters() -> None:
    given(*AGREED).when(ENTER, by=AMINA).then("round.unknown", field="round")
    assert PROGRAMME.rubric
    newer = msgspec.structs.replace(PROGRAMME.rubric, version="oars-2")
    given(*OPENED, *AGREED).under(rubric=newer).when(ENTER, by=AMINA).then("round.other_rubric")
    for wrong, code in (({"priorities": ("FISH",)}, "round.other_priority"), ({"currency": "NOK"}, "round.other_currency")):
        other = did(OMAR, msgspec.structs.replace(ROUND_OPENED, **wrong), on=ROUND)
        given(*other, *AGREED).when(ENTER, by=AMINA).then(code)
    anything = did(OMAR, msgspec.structs.replace(ROUND_OPENED, priorities=()), on=ROUND)
    given(*anything, *AGREED).when(ENTER, by=AMINA).then(e.ApplicationSubmitted, RACED, On)


@refuses(c.SubmitApplication, "round.fixed")
def test_a_file_that_was_returned_stays_in_its_round_whatever_the_hour_and_enters_no_other() -> None:
    returned = RACE + did(OLGA, RETURNED)
    other = did(OMAR, ROUND_OPENED, on=OTHER_ROUND)
    again = given(*returned, *other).when(c.SubmitApplication(application=FILE), by=AMINA, at=AFTER).then(e.ApplicationSubmitted).after
    assert (again.file().round, again.file().track) == (ROUND, "race")
    given(*returned, *other).when(ENTER, by=AMINA, at=AFTER).then(e.ApplicationSubmitted)
    elsewhere = c.SubmitApplication(application=FILE, round=OTHER_ROUND)
    given(*returned, *other).when(elsewhere, by=AMINA).then("round.fixed")
    given(*OPENED, *SUBMITTED, *did(OLGA, RETURNED)).when(ENTER, by=AMINA).then("round.fixed")


@passes(c.WithdrawApplication)
@passes(c.RefuseEligibility)
def test_a_file_that_ends_without_the_round_leaves_it_in_the_same_commit() -> None:
    withdrawn = given(*RACE).when(c.WithdrawApplication(application=FILE, reason="x"), by=AMINA)
    withdrawn.then(e.Withdrawn, On(ROUND, e.FileLeft(application=FILE, why="withdrawn")))
    assert round_of(withdrawn.after).running == ()
    failed = OPENED + in_the_round(COMPLETE) + did(AMINA, ENTERED, on=ROUND) + did(OLGA, check("P1", "fail"))
    refused = given(*failed).when(c.RefuseEligibility(application=FILE, reason="x"), by=OMAR)
    refused.then(e.FoundIneligible, On(ROUND, e.FileLeft(application=FILE, why="ineligible")))


# ── Closing ───────────────────────────────────────────────────────────────────


@passes(c.CloseRound)
def test_a_machine_closes_a_round_after_its_closing_instant() -> None:
    given(*RACE).when(CLOSE, by=TIMER, at=AFTER).then(ROUND_CLOSED)


@refuses(c.CloseRound, "round.still_open")
@refuses(c.CloseRound, "round.already_closed")
@refuses(c.CloseRound, "round.standings")
def test_a_round_is_closed_once_in_time_and_for_every_file() -> None:
    for instant in (NOW, CLOSES):
        given(*RACE).when(CLOSE, by=TIMER, at=instant).then("round.still_open")
    given(*CLOSED_ROUND).when(CLOSE, by=TIMER, at=AFTER).then("round.already_closed")
    given(*RACE).when(c.CloseRound(round=ROUND, standings=()), by=TIMER, at=AFTER).then("round.standings", field="standings")


# ── Ranking ───────────────────────────────────────────────────────────────────


@passes(c.CloseCoordination)
def test_once_it_is_coordinated_a_file_of_a_round_waits_for_the_others() -> None:
    closed = given(*SCORED).when(c.CloseCoordination(application=FILE, mode="via_hub"), by=OLGA, at=AFTER).after
    assert (closed.file().stage, closed.file().due) == (Stage.RANKING, due("ranking", AFTER))


@passes(c.RankRound)
def test_an_officer_ranks_and_the_order_is_computed() -> None:
    given(*CLOSED_ROUND).when(RANK, by=OMAR, at=AFTER).then(RANKED)


@refuses(c.RankRound, "round.not_closed")
@refuses(c.RankRound, "round.not_scored")
@refuses(c.RankRound, "round.already_ranked")
def test_a_round_is_ranked_once_when_it_has_closed_and_every_file_is_scored() -> None:
    given(*TO_RANK).when(RANK, by=OMAR, at=AFTER).then("round.not_closed")
    unscored = RACE_TO_SCORE + did(TIMER, ROUND_CLOSED, on=ROUND)
    given(*unscored).when(RANK, by=OMAR, at=AFTER).then("round.not_scored")
    assert PROGRAMME.rubric
    gone = did(AMINA, e.FileLeft(application=FILE, why="withdrawn"), on=ROUND)
    given(*unscored, *gone).when(RANK, by=OMAR, at=AFTER).then(
        e.RoundRanked(places=(), equity_note=RANK.equity_note, ties=PROGRAMME.rubric.ties)
    )
    given(*RANKED_ROUND).when(RANK, by=OLGA, at=AFTER).then("round.already_ranked")


@refuses(c.RankRound, "round.scored_by_you")
@refuses(c.RankRound, "round.own_city")
@refuses(c.DrawLine, "round.own_city")
def test_nobody_orders_what_they_scored_or_their_own_city() -> None:
    scorer = did(ADA, e.RoleGranted(person=EVA, role="officer", scope=None), on=EVA)
    given(*CLOSED_ROUND, *scorer).when(RANK, by=EVA, at=AFTER).then("round.scored_by_you")
    for person, command, history in ((OMAR, RANK, CLOSED_ROUND), (INES, DRAW, RANKED_ROUND)):
        for home in (LAKESIDE, HILLTOWN):
            belongs = did(ADA, e.AffiliationRecorded(person=person, city=home), on=person)
            given(*history, *belongs).when(command, by=person, at=AFTER).then("round.own_city")
            speaks = did(ADA, e.RepresentativeConfirmed(person=person, capacity="focal_point", proof="x"), on=home)
            given(*history, *speaks).when(command, by=person, at=AFTER).then("round.own_city")


@refuses(c.DrawLine, "round.scored_by_you")
def test_neither_of_two_names_of_a_moderation_draws_the_line() -> None:
    moderated = msgspec.structs.replace(FILE_SCORED, by=(EVA, TOM), moderator=OLGA)
    told = [
        one if one.event != FILE_SCORED else msgspec.structs.replace(one, event=moderated, by=INES, lender=OLGA) for one in CLOSED_ROUND
    ]
    draw = c.DrawLine(round=ROUND, places=1, reasons=REASONS)
    given(*told, *did(OMAR, RANKED, on=ROUND)).when(draw, by=INES, at=AFTER).then("round.scored_by_you")
    given(*told, *did(OMAR, RANKED, on=ROUND)).when(draw, by=IVO, at=AFTER).then(e.LineDrawn)


@passes(c.RankRound)
@refuses(c.DrawLine, "round.scored_by_you")
def test_whoever_moderated_may_rank_what_is_computed_but_not_draw_the_line() -> None:
    moderated = msgspec.structs.replace(FILE_SCORED, by=(EVA, TOM), moderator=OMAR)
    told = [one if one.event != FILE_SCORED else msgspec.structs.replace(one, event=moderated) for one in CLOSED_ROUND]
    given(*told).when(RANK, by=OMAR, at=AFTER).then(RANKED)
    approver = did(ADA, e.RoleGranted(person=OMAR, role="approver", scope=None), on=OMAR)
    given(*told, *did(OLGA, RANKED, on=ROUND), *approver).when(DRAW, by=OMAR, at=AFTER).then("round.scored_by_you")


# ── The line ──────────────────────────────────────────────────────────────────


@passes(c.DrawLine)
def test_an_approver_draws_the_line_once() -> None:
    given(*RANKED_ROUND).when(DRAW, by=INES, at=AFTER).then(LINE)
    given(*RANKED_ROUND).when(changed(DRAW, places=0), by=INES, at=AFTER).then(e.LineDrawn)


@refuses(c.DrawLine, "round.not_ranked")
@refuses(c.DrawLine, "round.line_drawn")
@refuses(c.DrawLine, "round.line_too_low")
@refuses(c.DrawLine, "round.ranked_by_you")
@refuses(c.DrawLine, "decision.reason_needed")
def test_the_line_follows_the_ranking_and_lies_above_whoever_did_not_pass() -> None:
    given(*CLOSED_ROUND).when(DRAW, by=INES, at=AFTER).then("round.not_ranked")
    given(*LINED).when(DRAW, by=INES, at=AFTER).then("round.line_drawn")
    for places in (-1, 2):
        given(*RANKED_ROUND).when(changed(DRAW, places=places), by=INES, at=AFTER).then("round.line_too_low", field="places")
    failed = msgspec.structs.replace(RANKED, places=(msgspec.structs.replace(RANKED.places[0], passed=False),))
    given(*CLOSED_ROUND, *did(OMAR, failed, on=ROUND)).when(DRAW, by=INES, at=AFTER).then("round.line_too_low")
    approver = did(ADA, e.RoleGranted(person=OMAR, role="approver", scope=None), on=OMAR)
    given(*RANKED_ROUND, *approver).when(DRAW, by=OMAR, at=AFTER).then("round.ranked_by_you")
    given(*RANKED_ROUND).when(changed(DRAW, reasons=()), by=INES, at=AFTER).then("decision.reason_needed", field="reasons")


@refuses(c.PlaceInRanking, "round.no_line")
def test_no_file_learns_a_place_before_the_line_is_drawn() -> None:
    for history in (TO_RANK, CLOSED_ROUND, RANKED_ROUND):
        given(*history).when(c.PlaceInRanking(application=FILE), by=TIMER).then("round.no_line")


@passes(c.PlaceInRanking)
def test_each_file_learns_its_place_and_on_which_side_of_the_line_it_is() -> None:
    placed = given(*LINED).when(c.PlaceInRanking(application=FILE), by=TIMER).then(PLACED).after
    assert placed.file().stage is Stage.PROPOSAL
    below = given(*BELOW_LINE).when(c.PlaceInRanking(application=FILE), by=TIMER)
    below.then(msgspec.structs.replace(PLACED, above=False))


# ── What is left to decide ────────────────────────────────────────────────────

PROPOSE = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Port of Elm",),
    reason="It serves the quays",
)  # fmt: skip
TURN_DOWN = c.MakeProposal(application=FILE, recommendation="decline", reason="Below the line")
DECLINE = c.Decline(application=FILE, reasons=("Others came first.",), what_would_change=("Ask the quay dwellers",))
PLACED_BELOW = BELOW_LINE + did(TIMER, msgspec.structs.replace(PLACED, above=False))


@refuses(c.MakeProposal, "round.above_line")
@refuses(c.MakeProposal, "round.below_line")
@refuses(c.MakeProposal, "round.other_envelope")
def test_what_is_proposed_follows_the_line_and_the_envelope_of_the_round() -> None:
    given(*TO_PROPOSE).when(PROPOSE, by=OLGA).then(e.ProposalMade)
    given(*TO_PROPOSE).when(TURN_DOWN, by=OLGA).then("round.above_line")
    given(*TO_PROPOSE).when(changed(PROPOSE, envelope=KRONER), by=OLGA).then("round.other_envelope", field="envelope")
    given(*PLACED_BELOW).when(TURN_DOWN, by=OLGA).then(e.ProposalMade)
    given(*PLACED_BELOW).when(PROPOSE, by=OLGA).then("round.below_line")


@refuses(c.Approve, "round.below_line")
@refuses(c.ApproveWithConditions, "round.below_line")
@refuses(c.Decline, "round.above_line")
@refuses(c.Refer, "round.above_line")
@refuses(c.PutOnWaitingList, "round.below_line")
def test_who_decides_cannot_rank_again() -> None:
    below = given(*PLACED_BELOW, *did(OLGA, PROPOSAL))
    below.when(c.Approve(application=FILE, reasons=REASONS), by=INES).then("round.below_line")
    conditions = c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,))
    below.when(conditions, by=INES).then("round.below_line")
    given(*REFUSAL_PROPOSED).when(DECLINE, by=INES).then(e.Declined)
    above = given(*RACE_PROPOSED)
    above.when(DECLINE, by=INES).then("round.above_line")
    elsewhere = c.Refer(application=FILE, modality="ferry_club", turn_to="x", passed_on="x", reasons=REASONS, otherwise="x")
    above.when(elsewhere, by=INES).then("round.above_line")
    below.when(c.PutOnWaitingList(application=FILE, reasons=REASONS, otherwise="x"), by=INES).then("round.below_line")
    above.when(changed(c.Approve(application=FILE, reasons=REASONS), envelope=KRONER), by=INES).then("round.other_envelope")
    above.when(c.Approve(application=FILE, reasons=REASONS), by=INES).then(e.Approved, On, On, On)


@refuses(c.Approve, "envelope.insufficient")
def test_the_line_makes_no_money() -> None:
    spent = did(INES, e.FundsCommitted(application=OTHER_FILE, amount=8_000_00, currency="EUR"), on=PURSE)
    given(*RACE_PROPOSED, *spent).when(c.Approve(application=FILE, reasons=REASONS), by=INES).then("envelope.insufficient")


# ── The race is what the commands record ──────────────────────────────────────


def test_the_race_is_what_the_commands_record_from_the_opening_to_the_proposal() -> None:
    path: list[tuple[c.Command, str]] = [
        (c.CloseCoordination(application=FILE, mode="via_hub"), OLGA),
        (CLOSE, TIMER),
        (RANK, OMAR),
        (DRAW, INES),
        (c.PlaceInRanking(application=FILE), TIMER),
        (PROPOSE, OLGA),
        (c.Approve(application=FILE, reasons=REASONS), INES),
        (ISSUE, TIMER),
    ]
    scenario = given(*SCORED)
    for command, by in path:
        outcome = scenario.when(command, by=by, at=AFTER)
        assert outcome.refusal is None, (command, outcome.refusal)
        scenario = outcome.after
    assert scenario.file().stage is Stage.OFFER
