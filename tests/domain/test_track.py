# ruff: noqa: F405
"""Tracks: which one a file is on and why, what the small one only says yes to, and that no file leaves it silently or comes back."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from fund.domain import calendar, lot
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.deciding import allowed_actions
from fund.domain.facts import On
from fund.domain.programme import CityCap, Track
from tests.domain.proof import passes, refuses
from tests.domain.small import *  # noqa: F403  # the same world on its small track

SUBMIT = c.SubmitApplication(application=FILE, seed=KEPT)
APPROVE = c.Approve(application=FILE, reasons=REASONS)
CHANGE = c.ChangeTrack(application=FILE, reason="Two more villages should be asked")
WITHHOLD = c.WithholdApproval(application=FILE, reason="One reading is not enough here")
COMMITTED = On(PURSE, SMALL_COMMITMENT)
AWARD = e.AwardRecorded(application=FILE, track="small", amount=700_00, currency="EUR")


def narrow(**changes: object) -> dict[str, Track]:
    """The tracks of the world, the small one with other bounds."""
    return PROGRAMME.tracks | {"small": msgspec.structs.replace(PROGRAMME.tracks["small"], **changes)}


def chosen(*history: Told, seed: str = KEPT, tracks: dict[str, Track] = PROGRAMME.tracks, at: datetime = NOW) -> e.TrackChosen:
    outcome = given(*consented(*history)).under(tracks=tracks).when(msgspec.structs.replace(SUBMIT, seed=seed), by=AMINA, at=at)
    submitted, why = outcome.then(e.ApplicationSubmitted, e.TrackChosen).events
    assert isinstance(submitted, e.ApplicationSubmitted)
    assert isinstance(why, e.TrackChosen)
    assert submitted.track == why.track == outcome.after.file().track
    assert submitted.due == due("completeness", at, why.track)
    return why


def safe(level: SafeguardLevel = "green") -> c.RecordSafeguards:
    return c.RecordSafeguards(application=FILE, level=level, reason="Who could be harmed was asked")


# ── Which track, and why ──────────────────────────────────────────────────────


@passes(c.SubmitApplication)
def test_a_modest_request_is_on_the_small_track_and_its_clock() -> None:
    given(*SMALL_AGREED).when(SUBMIT, by=AMINA).then(SMALL_SUBMISSION, FITS)


@passes(c.SubmitApplication)
def test_what_goes_beyond_a_bound_is_on_the_standard_track_and_the_bound_is_named() -> None:
    assert chosen(*AGREED).why == "amount"
    assert chosen(*AGREED, *saved(MODEST[1])).why == "days"
    assert chosen(*SMALL_AGREED, *saved(with_(RESOURCES, amount=1_000_00))).why == "fits"
    assert chosen(*SMALL_AGREED, *saved(with_(RESOURCES, amount=1_000_01))).why == "amount"
    assert chosen(*SMALL_AGREED, *saved(with_(SUPPORT, days=3))).why == "days"


def test_a_currency_that_the_small_track_does_not_name_is_not_for_it() -> None:
    assert chosen(*SMALL_AGREED, tracks=narrow(max_amount={"NOK": 10_000_00})).why == "amount"
    assert chosen(*SMALL_AGREED, tracks=narrow(max_amount={})).why == "fits"


def test_more_hubs_than_the_small_track_allows_are_counted_where_they_are_open() -> None:
    both = (*SMALL_AGREED, *hub_opened(SOUTH, "south", "coast"))
    assert chosen(*both).why == "hubs"
    assert chosen(*both, tracks=narrow(max_hubs=2)).why == "fits"
    assert chosen(*both, *hub_closed()).why == "fits"
    assert chosen(*SMALL_AGREED, tracks=narrow(max_hubs=0)).why == "hubs"


def test_bounds_that_are_not_given_do_not_bind() -> None:
    free = narrow(max_amount={}, max_days=None, max_hubs=None, city_cap=None)
    assert chosen(*AGREED, *hub_opened(SOUTH, "south", "coast"), *awarded(), *awarded(), tracks=free).why == "fits"


def test_without_a_narrow_track_every_file_is_on_the_standard_one() -> None:
    why = chosen(*SMALL_AGREED, tracks={"standard": PROGRAMME.tracks["standard"]})
    assert (why.track, why.why, why.seed) == ("standard", "only", "")


def test_the_lot_sends_a_share_to_the_standard_track_and_can_be_drawn_again() -> None:
    why = chosen(*SMALL_AGREED, seed=DRAWN)
    assert (why.track, why.why, why.drawn, why.percent) == ("standard", "lot", True, 25)
    assert lot.is_drawn(why.seed, FILE, why.percent)
    assert chosen(*SMALL_AGREED, seed=DRAWN, tracks=narrow(lot_percent=0)).why == "fits"


def test_the_lot_is_not_asked_where_a_bound_has_spoken() -> None:
    why = chosen(*AGREED, seed=DRAWN)
    assert (why.why, why.seed, why.drawn) == ("amount", "", False)


# ── What a city was awarded of late ───────────────────────────────────────────


def test_a_city_that_had_its_awards_on_the_small_track_is_on_the_standard_one() -> None:
    assert chosen(*SMALL_AGREED, *awarded(amount=1)).why == "fits"
    assert chosen(*SMALL_AGREED, *awarded(amount=1), *awarded(amount=1)).why == "city_cap"
    assert chosen(*SMALL_AGREED, *awarded(amount=1), *awarded(HILLTOWN, amount=1)).why == "fits"


def test_a_joint_award_counts_for_every_city_of_the_file() -> None:
    assert chosen(*SMALL_AGREED, *awarded(HILLTOWN, amount=1), *awarded(HILLTOWN, amount=1)).why == "city_cap"


def test_amounts_are_capped_each_currency_by_itself_and_with_what_is_asked_on_top() -> None:
    assert chosen(*SMALL_AGREED, *awarded(amount=700_00)).why == "fits"
    assert chosen(*SMALL_AGREED, *awarded(amount=700_01)).why == "city_cap"
    assert chosen(*SMALL_AGREED, *awarded(amount=10_000_00, currency="NOK")).why == "fits"


def test_awards_of_other_tracks_do_not_count() -> None:
    assert chosen(*SMALL_AGREED, *awarded(track="standard"), *awarded(track="standard"), *awarded(track="standard")).why == "fits"


def test_an_award_counts_for_so_many_months_and_not_a_day_longer() -> None:
    cap = narrow(city_cap=CityCap(months=3, max_awards=1, source="test"))
    then = NOW - timedelta(days=94)
    assert (then.date(), NOW.date()) == (date(2031, 1, 31), date(2031, 5, 5))
    last, over = datetime(2031, 4, 30, 23, tzinfo=UTC), datetime(2031, 5, 1, 0, tzinfo=UTC)
    assert chosen(*SMALL_AGREED, *awarded(at=then), tracks=cap, at=last).why == "city_cap"
    assert chosen(*SMALL_AGREED, *awarded(at=then), tracks=cap, at=over).why == "fits"


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2031, 5, 5), 12, date(2030, 5, 5)),
        (date(2031, 5, 31), 3, date(2031, 2, 28)),
        (date(2032, 2, 29), 12, date(2031, 2, 28)),
        (date(2031, 1, 31), 1, date(2030, 12, 31)),
        (date(2031, 12, 1), 24, date(2029, 12, 1)),
    ],
)
def test_months_back_end_on_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, earlier: date) -> None:
    assert calendar.months_before(day, months) == earlier


# ── A second submission ───────────────────────────────────────────────────────

BACK = SMALL_SUBMITTED + did(OLGA, RETURNED)


def test_a_resubmission_draws_no_second_lot() -> None:
    again = msgspec.structs.replace(SUBMIT, seed=DRAWN)
    after = given(*BACK).when(again, by=AMINA).then(SMALL_SUBMISSION).after.file()
    assert (after.track, after.track_chosen) == ("small", FITS)


@passes(c.SubmitApplication)
def test_a_completed_form_that_asks_for_more_leaves_the_small_track_and_says_so() -> None:
    bigger = with_(RESOURCES, amount=1_500_00)
    again = given(*consented(*BACK, *saved(bigger)))
    outcome = again.when(SUBMIT, by=AMINA)
    outcome.then(msgspec.structs.replace(SMALL_SUBMISSION, amount=1_500_00, text=again.file().text), left("amount", "completeness"))
    file = outcome.after.file()
    assert (file.track, file.due, file.stage) == ("standard", due("completeness"), Stage.COMPLETENESS)


def test_a_file_on_the_standard_track_never_comes_back_to_the_small_one() -> None:
    drawn = given(*SMALL_AGREED).when(msgspec.structs.replace(SUBMIT, seed=DRAWN), by=AMINA).after
    again = drawn.and_(*did(OLGA, RETURNED)).when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted)
    assert again.after.file().track == "standard"


# ── Safeguards ────────────────────────────────────────────────────────────────


@passes(c.RecordSafeguards)
def test_an_officer_records_green_and_the_file_stays_where_it_is_at_any_stage() -> None:
    for history in (*SMALL_REACHED.values(), REACHED[Stage.MODERATION], REACHED[Stage.RANKING]):
        scenario = given(*history)
        before, after = scenario.file(), scenario.when(safe(), by=OLGA).then(safeguards()).after.file()
        assert (after.stage, after.due, after.track) == (before.stage, before.due, before.track)


@passes(c.RecordSafeguards)
def test_any_other_level_moves_the_file_in_the_same_commit() -> None:
    for level in ("amber", "red", "black"):
        given(*SMALL_CHECKED).when(safe(level), by=OMAR).then(safeguards(level), left("safeguards", "eligibility", opinion_open=True))


def test_on_a_track_that_asks_for_no_level_it_is_a_recorded_fact() -> None:
    after = given(*CHECKED).when(safe("red"), by=OMAR).then(safeguards("red")).after.file()
    assert (after.track, after.safeguards) == ("standard", safeguards("red"))


@refuses(c.RecordSafeguards, "workflow.role_needed")
def test_only_an_officer_records_safeguards() -> None:
    given(*SMALL_CHECKED).when(safe(), by=EVA).then("workflow.role_needed")


@refuses(c.ConfirmEligibility, "safeguards.needed")
def test_a_small_file_is_not_found_eligible_without_green_safeguards() -> None:
    confirm = c.ConfirmEligibility(application=FILE)
    given(*SMALL_CHECKED).when(confirm, by=OLGA).then("safeguards.needed")
    given(*SMALL_SAFE).when(confirm, by=OLGA).then(e.FoundEligible)
    given(*CHECKED).when(confirm, by=OLGA).then(e.FoundEligible)


# ── Every other answer than yes moves the file ────────────────────────────────


@passes(c.RecordCheck)
def test_a_failed_check_moves_the_file_and_a_passed_one_does_not() -> None:
    ask = c.RecordCheck(application=FILE, check="P1", result="fail", evidence="Read")
    moved = given(*SMALL_COMPLETE).when(ask, by=OLGA).then(check("P1", "fail"), left("check", "eligibility", opinion_open=True)).after
    assert moved.file().opinions["north"].due == due("hub_opinion")
    given(*SMALL_COMPLETE).when(msgspec.structs.replace(ask, result="pass"), by=OLGA).then(check("P1"))


@passes(c.RunMachineChecks)
def test_a_fact_that_fails_moves_the_file_too() -> None:
    lone = msgspec.structs.replace(SMALL_SUBMISSION, members=(LAKESIDE,))
    complete = SMALL_AGREED + did(AMINA, lone, FITS) + did(OLGA, SMALL_CONFIRMED, SMALL_ASKED)
    outcome = given(*complete).when(c.RunMachineChecks(application=FILE), by=TIMER)
    assert outcome.events[-1] == left("check", "eligibility", opinion_open=True)
    assert sum(isinstance(one, e.TrackChanged) for one in outcome.events) == 1


@passes(c.GiveOpinion)
def test_a_concern_moves_the_file_and_agreement_does_not() -> None:
    concern = c.GiveOpinion(application=FILE, opinion="concern", reason="Nobody was asked")
    given(*SMALL_COMPLETE).when(concern, by=HANA).then(e.OpinionGiven, left("opinion", "eligibility"))
    for opinion in ("support", "support_with_changes", "no_objection"):
        given(*SMALL_COMPLETE).when(msgspec.structs.replace(concern, opinion=opinion), by=HANA).then(e.OpinionGiven)


@passes(c.GiveOpinion)
def test_a_concern_after_the_assessment_opens_it_again_for_the_second_assessor() -> None:
    unheard = tuple(told for told in SMALL_ASSESSED if not isinstance(told.event, e.OpinionGiven))
    concern = c.GiveOpinion(application=FILE, opinion="concern", reason="Nobody was asked")
    outcome = given(*unheard).when(concern, by=HANA).then(e.OpinionGiven, left("opinion", "assessment", reassess=True))
    file = outcome.after.file()
    assert (file.stage, file.track, file.due, file.findings) == (Stage.ASSESSMENT, "standard", due("assessment"), ())
    assert file.assessments == (BY_EVA,)
    second = outcome.after.when(c.AssignAssessor(application=FILE, assessor=TOM, reason="Knows the delta"), by=OLGA).after
    second.when(c.RecordAssessment(application=FILE, judgements=BY_TOM.judgements), by=TOM).then(BY_TOM, ALIGNED)


def test_silence_is_no_objection_and_the_file_stays() -> None:
    late = NOW + timedelta(days=15)
    after = given(*SMALL_COMPLETE).when(c.DeemOpinion(application=FILE, hub="north"), by=TIMER, at=late).then(e.OpinionDeemed).after
    assert after.file().track == "small"


@passes(c.RecordAssessment)
def test_an_assessment_that_is_not_aligned_waits_for_the_second_assessor_of_the_standard_track() -> None:
    ask = c.RecordAssessment(application=FILE, judgements=judged(flood="not"))
    outcome = given(*SMALL_ASSIGNED).when(ask, by=EVA).then(e.AssessmentRecorded, left("alignment", "assessment"))
    file = outcome.after.file()
    assert (file.stage, file.track, len(file.assessments)) == (Stage.ASSESSMENT, "standard", 1)
    second = (
        outcome.after.when(c.AssignAssessor(application=FILE, assessor=TOM, reason="Knows the delta"), by=OLGA)
        .then(e.AssessorAssigned)
        .after
    )
    both = second.when(c.RecordAssessment(application=FILE, judgements=judged()), by=TOM).after.file()
    assert (both.stage, both.verdict("FLOOD")) == (Stage.COORDINATION, "partly")


@passes(c.RecordAssessment)
def test_one_assessor_who_finds_it_aligned_is_enough() -> None:
    ask = c.RecordAssessment(application=FILE, judgements=BY_EVA.judgements)
    given(*SMALL_ASSIGNED).when(ask, by=EVA).then(BY_EVA, SMALL_ALIGNED)
    partly = c.RecordAssessment(application=FILE, judgements=judged(flood="partly", ferry="not"))
    given(*SMALL_ASSIGNED).when(partly, by=EVA).then(e.AssessmentRecorded, e.AlignmentDetermined)


def test_where_the_fallback_asks_no_more_assessors_nothing_is_assessed_twice() -> None:
    tracks = PROGRAMME.tracks | {"standard": msgspec.structs.replace(PROGRAMME.tracks["standard"], assessors=1)}
    ask = c.RecordAssessment(application=FILE, judgements=judged(flood="not"))
    outcome = given(*SMALL_ASSIGNED).under(tracks=tracks).when(ask, by=EVA)
    outcome.then(e.AssessmentRecorded, left("alignment", "assessment"), e.AlignmentDetermined)
    assert outcome.after.file().due == due("coordination")
    withheld = given(*SMALL_PROPOSED).under(tracks=tracks).when(WITHHOLD, by=INES).after.file()
    assert (withheld.stage, withheld.due, withheld.proposal) == (Stage.DECISION, due("decision"), SMALL_PROPOSAL)


def test_on_the_standard_track_the_same_answers_change_nothing() -> None:
    concern = c.GiveOpinion(application=FILE, opinion="concern", reason="Nobody was asked")
    given(*COMPLETE).when(concern, by=HANA).then(e.OpinionGiven)
    given(*COMPLETE).when(c.RecordCheck(application=FILE, check="P1", result="fail", evidence="Read"), by=OLGA).then(e.CheckRecorded)
    half = c.RecordAssessment(application=FILE, judgements=judged(flood="not"))
    given(*HALF_ASSESSED).when(half, by=TOM).then(e.AssessmentRecorded, e.AlignmentDetermined)


# ── One hub more than it allows ───────────────────────────────────────────────

ANOTHER_HUB = c.AskHub(application=FILE, hub="south", reason="The other bank knows them")
ASKED_BESIDES = e.HubAsked(hub="south", reason="The other bank knows them", due=due("hub_opinion"), calendar=CALENDAR)


@passes(c.AskHub)
def test_asking_one_more_hub_than_the_small_track_allows_moves_the_file_and_both_hubs_have_the_time_of_the_standard_track() -> None:
    outcome = given(*SOUTH_IS_OPEN, *SMALL_COMPLETE).when(ANOTHER_HUB, by=OLGA)
    file = outcome.then(ASKED_BESIDES, left("hubs", "eligibility", opinion_open=True)).after.file()
    assert (file.track, {asked.due for asked in file.open_opinions}) == ("standard", {due("hub_opinion")})


@passes(c.AskHub)
def test_asking_after_the_one_hub_answered_moves_it_too_and_opens_the_assessment_for_the_second_assessor() -> None:
    outcome = given(*SOUTH_IS_OPEN, *SMALL_ASSESSED).when(ANOTHER_HUB, by=OLGA)
    file = outcome.then(ASKED_BESIDES, left("hubs", "assessment", reassess=True)).after.file()
    assert (file.stage, [asked.due for asked in file.open_opinions]) == (Stage.ASSESSMENT, [due("hub_opinion")])


@passes(c.AskHub)
def test_another_hub_in_the_place_of_one_that_is_awaited_no_longer_leaves_the_file_where_it_is() -> None:
    instead = did(OLGA, e.HubReleased(hub="north", reason="It moved away"))
    again = msgspec.structs.replace(ASKED_BESIDES, due=small_due("hub_opinion"))
    scenario = given(*SOUTH_IS_OPEN, *SMALL_COMPLETE, *instead)
    assert scenario.when(ANOTHER_HUB, by=OLGA).then(again).after.file().track == "small"
    given(*SOUTH_IS_OPEN, *SMALL_COMPLETE).under(tracks=narrow(max_hubs=2)).when(ANOTHER_HUB, by=OLGA).then(again)
    given(*SOUTH_IS_OPEN, *SMALL_COMPLETE_WITHOUT_HUB).when(ANOTHER_HUB, by=OLGA).then(again)


# ── People move it ────────────────────────────────────────────────────────────


@passes(c.ChangeTrack)
def test_an_officer_moves_an_open_file_with_a_reason() -> None:
    asked = e.TrackChangeAsked(reason=CHANGE.reason)
    given(*SMALL_SUBMITTED).when(CHANGE, by=OLGA).then(asked, left("officer", "completeness"))
    given(*SMALL_COMPLETE).when(CHANGE, by=OLGA).then(asked, left("officer", "eligibility", opinion_open=True))
    given(*SMALL_ASSIGNED).when(CHANGE, by=OLGA).then(asked, left("officer", "assessment"))
    for history in (SMALL_ASSESSED, SMALL_COORDINATED, SMALL_PROPOSED):
        outcome = given(*history).when(CHANGE, by=OLGA).then(asked, left("officer", "assessment", reassess=True))
        file = outcome.after.file()
        assert (file.stage, file.findings, file.coordination, file.proposal) == (Stage.ASSESSMENT, (), None, None)


@refuses(c.ChangeTrack, "track.no_fallback")
def test_from_the_standard_track_there_is_nowhere_to_move() -> None:
    given(*SUBMITTED).when(CHANGE, by=OLGA).then("track.no_fallback")
    moved = given(*SMALL_SUBMITTED).when(CHANGE, by=OLGA).after
    moved.when(CHANGE, by=OLGA).then("track.no_fallback")


@refuses(c.ChangeTrack, "text.empty")
def test_nobody_moves_a_file_without_saying_why() -> None:
    given(*SMALL_SUBMITTED).when(msgspec.structs.replace(CHANGE, reason=" "), by=OLGA).then("text.empty", field="reason")


@passes(c.WithholdApproval)
def test_an_approver_who_would_not_approve_has_it_assessed_as_on_the_standard_track() -> None:
    outcome = given(*SMALL_PROPOSED).when(WITHHOLD, by=INES)
    outcome.then(e.ApprovalWithheld(reason=WITHHOLD.reason), left("approver", "assessment", reassess=True))
    assert outcome.after.file().did(INES, "deciding")


@refuses(c.WithholdApproval, "track.no_fallback")
def test_on_the_standard_track_an_approver_declines_instead() -> None:
    given(*PROPOSED).when(WITHHOLD, by=INES).then("track.no_fallback")


@refuses(c.Decline, "track.only_yes")
def test_nothing_is_declined_on_the_small_track() -> None:
    decline = c.Decline(application=FILE, reasons=REASONS, what_would_change=("x",))
    given(*SMALL_PROPOSED).when(decline, by=INES).then("track.only_yes")
    refuse = c.MakeProposal(application=FILE, recommendation="decline", reason="No")
    given(*SMALL_COORDINATED).when(refuse, by=OLGA).then("track.only_yes")


@refuses(c.PutOnWaitingList, "track.only_yes")
@refuses(c.Defer, "track.only_yes")
@refuses(c.Refer, "track.only_yes")
def test_nothing_is_put_off_or_sent_elsewhere_on_the_small_track() -> None:
    wait = c.PutOnWaitingList(application=FILE, reasons=REASONS, otherwise="x")
    defer = c.Defer(application=FILE, reasons=REASONS, until=(NOW + timedelta(days=30)).date(), otherwise="x")
    refer = c.Refer(application=FILE, modality="x", turn_to="x", passed_on="x", reasons=REASONS, otherwise="x")
    for command in (wait, defer, refer):
        given(*SMALL_PROPOSED).when(command, by=INES).then("track.only_yes")


@refuses(c.RefuseEligibility, "track.only_yes")
def test_nothing_is_found_ineligible_on_the_small_track() -> None:
    refuse = c.RefuseEligibility(application=FILE, reason="No")
    given(*SMALL_COMPLETE).when(refuse, by=OMAR).then("track.only_yes")
    failed = given(*SMALL_COMPLETE).when(c.RecordCheck(application=FILE, check="P1", result="fail", evidence="x"), by=OLGA).after
    failed.when(refuse, by=OMAR).then(e.FoundIneligible)


@pytest.mark.parametrize("stage", SMALL_REACHED)
def test_no_step_that_says_no_is_offered_on_the_small_track(stage: Stage) -> None:
    scenario = given(*SMALL_REACHED[stage])
    offered = {step.command for person in EVERYBODY for step in allowed_actions(scenario.file(), scenario.facts(person))}
    assert not offered & {c.Decline, c.RefuseEligibility}
    assert c.ChangeTrack in offered


# ── Approval, and what a city may be awarded ──────────────────────────────────


@passes(c.Approve)
def test_an_approval_is_an_award_to_every_city_of_the_file() -> None:
    after = given(*SMALL_PROPOSED).when(APPROVE, by=INES).then(SMALL_APPROVAL, COMMITTED, On(LAKESIDE, AWARD), On(HILLTOWN, AWARD)).after
    assert after.history == SMALL_APPROVED


@passes(c.Approve)
def test_a_cap_that_was_reached_meanwhile_moves_the_file_and_commits_nothing() -> None:
    meanwhile = (*awarded(HILLTOWN, amount=1), *awarded(HILLTOWN, amount=1))
    reached = e.CityCapReached(city=HILLTOWN, months=6)
    outcome = given(*SMALL_PROPOSED, *meanwhile).when(APPROVE, by=INES)
    outcome.then(reached, left("city_cap", "assessment", reassess=True))
    file = outcome.after.file()
    assert (file.stage, file.track, file.decision) == (Stage.ASSESSMENT, "standard", None)


@passes(c.ApproveWithConditions)
def test_conditions_do_not_lift_a_cap() -> None:
    meanwhile = (*awarded(amount=1), *awarded(amount=1))
    ask = c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,))
    given(*SMALL_PROPOSED, *meanwhile).when(ask, by=INES).then(e.CityCapReached, e.TrackChanged)


def test_what_is_granted_counts_and_not_what_was_asked() -> None:
    given(*SMALL_PROPOSED, *awarded(amount=800_00)).when(APPROVE, by=INES).then(
        e.Approved, COMMITTED, On(LAKESIDE, AWARD), On(HILLTOWN, AWARD)
    )
    given(*SMALL_PROPOSED, *awarded(amount=800_01)).when(APPROVE, by=INES).then(e.CityCapReached, e.TrackChanged)


def test_two_approvals_of_one_city_write_on_the_same_stream() -> None:
    """So the second is decided again on what the first recorded: the ledger lets nobody write past a version they did not see."""
    first = given(*SMALL_PROPOSED).when(APPROVE, by=INES)
    streams = {one.stream for one in first.events if isinstance(one, On)}
    assert streams == {PURSE, LAKESIDE, HILLTOWN}


AGAIN = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=PURSE, amount=700_00, currency="EUR", peers=("Elm",), reason="Still good"
)  # fmt: skip


def test_a_file_that_moved_is_approved_by_the_rules_of_the_standard_track() -> None:
    """No cap of the small track binds it, and it waited for its second assessor."""
    moved = given(*SMALL_PROPOSED, *awarded(amount=1), *awarded(amount=1)).when(APPROVE, by=INES).after
    scenario = moved
    for command, by in (
        (c.AssignAssessor(application=FILE, assessor=TOM, reason="Knows the delta"), OLGA),
        (c.RecordAssessment(application=FILE, judgements=BY_TOM.judgements), TOM),
        (c.CloseCoordination(application=FILE, mode="via_hub"), OLGA),
        (AGAIN, OLGA),
        (APPROVE, INES),
    ):  # fmt: skip
        outcome = scenario.when(command, by=by)
        assert outcome.refusal is None, outcome.refusal
        scenario = outcome.after
    outcome.then(e.Approved, COMMITTED, *(On(city, msgspec.structs.replace(AWARD, track="standard")) for city in (LAKESIDE, HILLTOWN)))


# ── One assessor, and one other approver ──────────────────────────────────────


@refuses(c.Approve, "duty.not_apart")
def test_the_one_assessor_does_not_approve() -> None:
    both = did(ADA, e.RoleGranted(person=EVA, role="approver", scope=None), on=EVA)
    given(*SMALL_PROPOSED, *both).when(APPROVE, by=EVA).then("duty.not_apart")


@refuses(c.AssignAssessor, "assessor.enough")
def test_one_assessor_is_enough_until_the_file_moves() -> None:
    another = c.AssignAssessor(application=FILE, assessor=TOM, reason="Knows the delta")
    given(*SMALL_ASSIGNED).when(another, by=OLGA).then("assessor.enough")
    given(*SMALL_ASSIGNED).when(CHANGE, by=OLGA).after.when(another, by=OLGA).then(e.AssessorAssigned)
