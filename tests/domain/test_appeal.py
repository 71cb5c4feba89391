# ruff: noqa: F405
"""Appeals: lodged in time by a city of the file, heard or not as the facts say, decided by people who had no hand in it."""

from datetime import datetime, timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.deferral import left_for
from fund.domain.facts import On
from fund.domain.registers import Envelope
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

LODGE = c.LodgeAppeal(application=FILE, grounds="The gauges were not read")
ADMIT = c.AdmitAppeal(application=FILE)
TURN_AWAY = c.TurnAwayAppeal(application=FILE, reason="It came on the ninth day.")
DISMISS = c.DecideAppeal(application=FILE, outcome="dismissed", reasons=("The gauges were read.",))
UPHOLD = c.DecideAppeal(
    application=FILE, outcome="upheld", reasons=("The gauges say otherwise.",), back_to="proposal", envelope=PURSE, amount=4_000_00
)
OPENED = e.LetterOpened(letter=1, city=LAKESIDE, appeal_until=last_of(5), calendar=CALENDAR)
LATER = last_of(5) + timedelta(seconds=1)
DISMISSED = msgspec.structs.replace(UPHELD, appeal_outcome="dismissed", reasons=("The gauges were read.",), back_to=None, envelope=None)
WITHDRAW = c.WithdrawAppeal(application=FILE, reason="We ask again next year")
WITHDRAWN = e.AppealWithdrawn(
    number=1, reason="We ask again next year", waited=(HILLTOWN,), appeal_until=last_of(APPEALS.lodge_days), calendar=CALENDAR
)
NOT_HEARD = e.AppealNotAdmitted(number=1, inadmissible=("late",), reason="x", due=due("letter"), calendar=CALENDAR)
ANSWER = msgspec.structs.replace(LETTER, outcome="appeal_dismissed", waited=(HILLTOWN,), appeal_until=last_of(APPEALS.lodge_days))
STANDS = HEARD + did(IVO, DISMISSED) + did(TIMER, ANSWER)
"""The appeal of Lakeside is dismissed. Hilltown has not appealed."""
INELIGIBLE_HEARD = TURNED_DOWN + did(AMINA, LODGED) + did(IVO, ADMITTED)


# ── Lodging ───────────────────────────────────────────────────────────────────


@passes(c.LodgeAppeal)
def test_every_city_of_the_file_can_appeal_against_a_refusal() -> None:
    file = given(*REFUSED).when(LODGE, by=AMINA).then(LODGED).after.file()
    assert (file.stage, file.due) == (Stage.APPEAL_LODGED, due("appeal_admission"))
    given(*REFUSED).when(LODGE, by=BELA).then(msgspec.structs.replace(LODGED, city=HILLTOWN))
    given(*TURNED_DOWN).when(LODGE, by=ALI).then(LODGED)


@passes(c.LodgeAppeal)
def test_an_appeal_is_late_after_the_last_day_of_the_city_that_lodges_it() -> None:
    late = msgspec.structs.replace(LODGED, against=("late",), due=due("appeal_admission", LATER))
    opened = REFUSED + did(AMINA, OPENED)
    given(*opened).when(LODGE, by=AMINA, at=LATER).then(late)
    in_time = given(*opened).when(LODGE, by=AMINA, at=last_of(5)).events[0]
    assert isinstance(in_time, e.AppealLodged)
    assert in_time.against == ()
    not_delivered = given(*opened).when(LODGE, by=BELA, at=last_of(3)).events[0]
    assert isinstance(not_delivered, e.AppealLodged)
    assert not_delivered.against == ()


@passes(c.LodgeAppeal)
def test_an_unopened_letter_can_be_appealed_against_as_long_as_a_machine_would_say_that_has_not_been_there() -> None:
    last = last_of(APPEALS.deemed_days + APPEALS.lodge_days)
    counted = e.LetterDeemedDelivered(letter=1, delivered=last_of(APPEALS.deemed_days), appeal_until=last, calendar=CALENDAR)
    for history in (REFUSED, REFUSED + did(TIMER, counted)):
        for at, against in ((last, ()), (last + timedelta(seconds=1), ("late",)), (last + timedelta(days=60), ("late",))):
            (lodged,) = given(*history).when(LODGE, by=AMINA, at=at).events
            assert isinstance(lodged, e.AppealLodged)
            assert lodged.against == against


@passes(c.LodgeAppeal)
def test_a_city_that_left_has_no_part_in_the_file_any_more() -> None:
    gone = did(BELA, e.PartnerLeft(city=HILLTOWN, reason="x", fails=("nothing",)))
    told = msgspec.structs.replace(LODGED, city=HILLTOWN, against=("not_a_party",))
    given(*REFUSED[:-3], *gone, *REFUSED[-3:]).when(LODGE, by=BELA).then(told)


@refuses(c.LodgeAppeal, "workflow.not_your_city")
@refuses(c.LodgeAppeal, "workflow.not_now")
@refuses(c.LodgeAppeal, "appeal.not_foreseen")
@refuses(c.LodgeAppeal, "appeal.nothing_to_appeal")
def test_nobody_appeals_for_another_city_nor_where_there_is_nothing_to_appeal_against() -> None:
    given(*CLOSED).when(LODGE, by=AMINA).then("appeal.nothing_to_appeal")
    given(*REFUSED).when(LODGE, by=NILS).then("workflow.not_your_city")
    given(*REFUSED).when(msgspec.structs.replace(LODGE, city=HILLTOWN), by=AMINA).then("workflow.not_your_city", field="city")
    given(*REFUSED[:-1]).when(LODGE, by=AMINA).then("workflow.not_now")
    silent = {code: msgspec.structs.replace(track, appeals=None) for code, track in PROGRAMME.tracks.items()}
    given(*REFUSED).under(tracks=silent).when(LODGE, by=AMINA).then("appeal.not_foreseen")


@passes(c.LodgeAppeal)
@refuses(c.LodgeAppeal, "appeal.already_lodged")
def test_a_city_appeals_once_and_another_on_its_own_grounds_also_after_a_dismissal() -> None:
    turned_away = LATE + did(
        OMAR, e.AppealNotAdmitted(number=1, inadmissible=("late",), reason="x", due=due("letter"), calendar=CALENDAR)
    ) + did(TIMER, msgspec.structs.replace(LETTER, outcome="appeal_not_admitted"))  # fmt: skip
    given(*turned_away).when(LODGE, by=AMINA).then("appeal.already_lodged")
    speaks_for_both = did(ADA, e.RepresentativeConfirmed(person=AMINA, capacity="signatory", proof="x"), on=HILLTOWN)
    given(*turned_away, *speaks_for_both).when(LODGE, by=AMINA).then("appeal.already_lodged", field="city")
    given(*turned_away, *speaks_for_both).when(msgspec.structs.replace(LODGE, city=HILLTOWN), by=AMINA).then(e.AppealLodged)
    given(*STANDS).when(LODGE, by=AMINA).then("appeal.already_lodged")
    given(*STANDS).when(LODGE, by=BELA).then(msgspec.structs.replace(LODGED, number=2, city=HILLTOWN))
    upheld = given(*DECIDED_AGAIN, *did(OLGA, DECLINING), *did(IVO, REFUSAL), *TOLD_REFUSAL)
    for by, city in ((AMINA, LAKESIDE), (BELA, HILLTOWN)):
        upheld.when(LODGE, by=by).then(msgspec.structs.replace(LODGED, number=2, city=city, letter=3))


# ── One after the other ───────────────────────────────────────────────────────


def lodged(scenario: Scenario, by: str, at: datetime) -> tuple[str, ...]:
    """What speaks against an appeal lodged then."""
    (event,) = scenario.when(LODGE, by=by, at=at).events
    assert isinstance(event, e.AppealLodged)
    return event.against


@passes(c.WithdrawAppeal)
@refuses(c.LodgeAppeal, "workflow.not_now")
def test_a_city_loses_no_time_while_the_appeal_of_another_is_open() -> None:
    """Counted as delivered to both on the third day: the eighth is the last. Hilltown waits from the fifth to the twentieth."""
    at = last_of(20)
    open_since = REFUSED + tuple(msgspec.structs.replace(told, at=last_of(5)) for told in did(AMINA, LODGED))
    given(*open_since).when(LODGE, by=BELA, at=last_of(6)).then("workflow.not_now")
    withdrawn = msgspec.structs.replace(WITHDRAWN, appeal_until=last_of(5, at))
    after = given(*open_since).when(WITHDRAW, by=AMINA, at=at).then(withdrawn).after
    assert [lodged(after, BELA, when) for when in (last_of(5, at), last_of(6, at))] == [(), ("late",)]
    after.when(LODGE, by=AMINA, at=at).then("appeal.already_lodged")


@passes(c.IssueLetter)
def test_a_city_has_its_whole_time_from_the_letter_that_answers_the_appeal_of_another() -> None:
    at = last_of(20)
    for history, outcome in ((HEARD + did(IVO, DISMISSED), "appeal_dismissed"), (LATE + did(OMAR, NOT_HEARD), "appeal_not_admitted")):
        answer = msgspec.structs.replace(ANSWER, outcome=outcome, appeal_until=last_of(5, at))
        after = given(*history).when(ISSUE, by=TIMER, at=at).then(answer).after
        assert [lodged(after, BELA, when) for when in (last_of(5, at), last_of(6, at))] == [(), ("late",)]


@passes(c.IssueLetter)
def test_a_letter_tells_the_appeal_that_it_answers_and_leaves_those_before_it_as_they_ended() -> None:
    ended = REFUSED + did(AMINA, LODGED) + did(AMINA, WITHDRAWN)
    second = did(BELA, msgspec.structs.replace(LODGED, number=2, city=HILLTOWN))
    heard = did(IVO, msgspec.structs.replace(ADMITTED, number=2), msgspec.structs.replace(DISMISSED, number=2))
    before = given(*ended).file().appeals
    after = given(*ended, *second, *heard).when(ISSUE, by=TIMER).after.file().appeals
    assert after[:1] == before
    assert [(one.told, one.waited, one.appeal_until) for one in after] == [
        (True, (HILLTOWN,), WITHDRAWN.appeal_until),
        (True, (), None),
    ]


@passes(c.WithdrawAppeal)
@passes(c.IssueLetter)
def test_time_that_had_run_out_or_was_used_does_not_begin_anew() -> None:
    nobody = msgspec.structs.replace(WITHDRAWN, waited=(), appeal_until=None, calendar="")
    late = tuple(msgspec.structs.replace(told, at=last_of(9)) for told in LATE[-1:])
    given(*REFUSED, *late).when(WITHDRAW, by=AMINA, at=last_of(10)).then(nobody)
    gone = did(BELA, e.PartnerLeft(city=HILLTOWN, reason="x", fails=("nothing",)))
    given(*REFUSED[:-3], *gone, *REFUSED[-3:], *did(AMINA, LODGED)).when(WITHDRAW, by=AMINA).then(nobody)
    second = STANDS + did(BELA, msgspec.structs.replace(LODGED, number=2, city=HILLTOWN))
    given(*second).when(WITHDRAW, by=BELA).then(msgspec.structs.replace(nobody, number=2))
    given(*OVERTURNED).when(ISSUE, by=TIMER).then(TOLD_UPHELD)


@passes(c.LodgeAppeal)
def test_an_appeal_that_was_not_heard_can_be_lodged_again_once_a_doubted_reason_stands() -> None:
    turned_away = LATE + did(OMAR, NOT_HEARD) + did(TIMER, msgspec.structs.replace(LETTER, outcome="appeal_not_admitted"))
    for ended in (turned_away, APPEALED + did(AMINA, WITHDRAWN)):
        given(*ended).when(LODGE, by=AMINA).then("appeal.already_lodged")
        stands = ended + did(OLGA, ERROR_FOUND) + did(IVO, LEFT_AS_IT_WAS)
        given(*stands).when(LODGE, by=AMINA).then(msgspec.structs.replace(LODGED, number=2))
        again = stands + did(AMINA, msgspec.structs.replace(LODGED, number=2), msgspec.structs.replace(WITHDRAWN, number=2))
        given(*again).when(LODGE, by=AMINA).then("appeal.already_lodged")


# ── Whether it is heard ───────────────────────────────────────────────────────


@passes(c.AdmitAppeal)
@refuses(c.AdmitAppeal, "appeal.inadmissible")
def test_an_appeal_that_nothing_speaks_against_is_heard_and_no_other() -> None:
    file = given(*APPEALED).when(ADMIT, by=OMAR).then(ADMITTED).after.file()
    assert (file.stage, file.due) == (Stage.APPEAL, due("appeal"))
    given(*APPEALED).when(ADMIT, by=IVO).then(e.AppealAdmitted)
    given(*LATE).when(ADMIT, by=OMAR).then("appeal.inadmissible")


@passes(c.TurnAwayAppeal)
@refuses(c.TurnAwayAppeal, "appeal.admissible")
def test_an_appeal_is_not_heard_for_what_speaks_against_it_and_its_letter_says_so() -> None:
    told = e.AppealNotAdmitted(
        number=1, inadmissible=("late",), reason="It came on the ninth day.", due=due("letter"), calendar=CALENDAR
    )  # fmt: skip
    after = given(*LATE).when(TURN_AWAY, by=OMAR).then(told).after
    file = after.when(ISSUE, by=TIMER).then(msgspec.structs.replace(ANSWER, outcome="appeal_not_admitted")).after.file()
    assert file.decision
    assert (file.stage, file.decision.outcome, file.earlier) == (Stage.CLOSED, "declined", ())
    given(*APPEALED).when(TURN_AWAY, by=OMAR).then("appeal.admissible")


@refuses(c.AdmitAppeal, "duty.not_apart")
@refuses(c.TurnAwayAppeal, "duty.not_apart")
@refuses(c.DecideAppeal, "duty.not_apart")
def test_nobody_hears_an_appeal_on_a_file_that_they_had_a_hand_in() -> None:
    given(*APPEALED).when(ADMIT, by=OLGA).then("duty.not_apart")
    given(*APPEALED).when(ADMIT, by=INES).then("duty.not_apart")
    given(*LATE).when(TURN_AWAY, by=INES).then("duty.not_apart")
    given(*HEARD).when(DISMISS, by=INES).then("duty.not_apart")
    asked = did(IVO, e.ClarificationRequested(number=1, question="x", due=due("letter"), calendar=CALENDAR, reminders=()))
    given(*HEARD[:-3], *asked, *HEARD[-3:]).when(DISMISS, by=IVO).then("duty.not_apart")


@refuses(c.AdmitAppeal, "appeal.ordered_by_you")
@refuses(c.TurnAwayAppeal, "appeal.ordered_by_you")
@refuses(c.DecideAppeal, "appeal.ordered_by_you")
def test_who_ordered_a_round_hears_no_appeal_in_it() -> None:
    lodged = RACE_REFUSED + did(AMINA, LODGED)
    given(*lodged).when(ADMIT, by=OMAR).then("appeal.ordered_by_you")
    late = RACE_REFUSED + did(AMINA, msgspec.structs.replace(LODGED, against=("late",)))
    given(*late).when(TURN_AWAY, by=OMAR).then("appeal.ordered_by_you")
    drawn_by_another = did(IVO, e.LineDrawn(places=0, reasons=("x",)), on=ROUND)
    given(*RACE_HEARD, *drawn_by_another).when(DISMISS, by=IVO).then("appeal.ordered_by_you")


@passes(c.WithdrawAppeal)
@refuses(c.WithdrawAppeal, "appeal.other_city")
def test_the_city_that_appealed_may_withdraw_the_appeal_and_the_decision_stands() -> None:
    for history in (APPEALED, HEARD):
        file = given(*history).when(WITHDRAW, by=ALI).then(WITHDRAWN).after.file()
        assert file.decision
        assert (file.stage, file.decision.outcome, file.appeals[0].outcome) == (Stage.CLOSED, "declined", "withdrawn")
        given(*history).when(WITHDRAW, by=BELA).then("appeal.other_city")


# ── Deciding it ───────────────────────────────────────────────────────────────


@passes(c.DecideAppeal)
@passes(c.IssueLetter)
def test_a_dismissed_appeal_leaves_the_decision_and_has_a_letter_of_its_own() -> None:
    after = given(*HEARD).when(DISMISS, by=IVO).then(DISMISSED).after
    assert (after.file().stage, after.file().due) == (Stage.LETTER, due("letter"))
    file = after.when(ISSUE, by=TIMER).then(ANSWER).after.file()
    assert file.decision
    assert (file.stage, file.decision.outcome, len(file.letters)) == (Stage.CLOSED, "declined", 2)


@passes(c.DecideAppeal)
@passes(c.IssueLetter)
def test_an_appeal_that_is_upheld_sends_the_file_back_with_money_held_for_it() -> None:
    after = given(*HEARD).when(UPHOLD, by=IVO).then(UPHELD, On(PURSE, HELD)).after
    purse = after.state(PURSE)
    assert isinstance(purse, Envelope)
    assert [left_for(file, purse).balance for file in (FILE, OTHER_FILE)] == [8_000_00, 4_000_00]
    file = after.when(ISSUE, by=TIMER).then(TOLD_UPHELD).after.file()
    assert (file.stage, file.due, file.proposal, file.decision) == (Stage.PROPOSAL, due("proposal"), None, None)
    assert ([one.outcome for one in file.earlier], file.findings, file.reserved) == (["declined"], given(*REFUSED).file().findings, PURSE)


@passes(c.DecideAppeal)
@passes(c.IssueLetter)
def test_upheld_in_part_it_is_assessed_anew_by_others() -> None:
    command = msgspec.structs.replace(
        UPHOLD, outcome="partly_upheld", back_to="assessment", envelope=None, amount=0, unfunded="None is free"
    )
    after = given(*HEARD).when(command, by=IVO).then(e.AppealDecided).after
    letter = msgspec.structs.replace(LETTER, outcome="appeal_partly_upheld", due=due("assessment"))
    after = after.when(ISSUE, by=TIMER).then(letter).after
    file = after.file()
    assert (file.stage, file.assessors, file.findings, file.coordination) == (Stage.ASSESSMENT, (), (), None)
    assign = c.AssignAssessor(application=FILE, assessor=EVA, reason="x")
    after.when(assign, by=OLGA).then("assessor.not_independent")
    after.when(msgspec.structs.replace(assign, assessor=UMA), by=OLGA).then(e.AssessorAssigned)


@passes(c.DecideAppeal)
@passes(c.IssueLetter)
def test_a_check_that_is_set_aside_is_recorded_anew_by_a_person_whatever_the_register_says() -> None:
    failed = CHECKED + did(TIMER, machine_check("M2", "beneficiaries_are_members", holds=False))
    refused = failed + did(OMAR, msgspec.structs.replace(FOUND_INELIGIBLE, checks=("M2",)))
    heard = refused + did(TIMER, msgspec.structs.replace(LETTER, outcome="ineligible")) + INELIGIBLE_HEARD[-2:]
    command = msgspec.structs.replace(UPHOLD, back_to="eligibility", checks=("M2",))
    after = given(*heard).when(command, by=IVO).then(e.AppealDecided, On(PURSE, HELD)).after
    after = after.when(ISSUE, by=TIMER).then(msgspec.structs.replace(TOLD_UPHELD, due=due("eligibility"))).after
    assert (after.file().stage, "M2" in after.file().checks) == (Stage.ELIGIBILITY, False)
    after.when(c.RunMachineChecks(application=FILE), by=TIMER).then("checks.already_run")
    record = c.RecordCheck(application=FILE, check="M2", result="pass", evidence="The charter of Hilltown")
    after = after.when(record, by=OLGA).then(e.CheckRecorded).after
    after.when(c.ConfirmEligibility(application=FILE), by=OLGA).then(e.FoundEligible)


@passes(c.DecideAppeal)
def test_a_file_of_a_round_goes_on_by_itself() -> None:
    after = given(*RACE_HEARD).when(UPHOLD, by=IVO).then(e.AppealDecided, e.TrackChanged, On(PURSE, HELD)).after
    file = after.file()
    assert (file.track, file.round, file.placed, file.track_changes[-1].why) == ("standard", None, None, "appeal")
    after = after.when(ISSUE, by=TIMER).after
    grant = c.MakeProposal(
        application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Elm",), reason="x"
    )  # fmt: skip
    after.when(grant, by=OLGA).then(e.ProposalMade)


@refuses(c.DecideAppeal, "decision.too_long_for_letter")
@refuses(c.TurnAwayAppeal, "decision.too_long_for_letter")
def test_what_an_appeal_is_answered_is_brief_enough_for_two_pages() -> None:
    longer = msgspec.structs.replace(DISMISS, reasons=("x" * 1999, "x" * 882))
    given(*HEARD).when(longer, by=IVO).then("decision.too_long_for_letter", field="reasons")
    lines = msgspec.structs.replace(TURN_AWAY, reason="x" + "\n" * 25 + "x")
    given(*LATE).when(lines, by=OMAR).then("decision.too_long_for_letter", field="reason")


@refuses(c.DecideAppeal, "decision.reason_needed")
@refuses(c.DecideAppeal, "appeal.way_back")
@refuses(c.DecideAppeal, "appeal.checks")
def test_what_is_upheld_says_from_where_on_and_what_is_dismissed_leads_nowhere() -> None:
    given(*HEARD).when(msgspec.structs.replace(DISMISS, reasons=()), by=IVO).then("decision.reason_needed", field="reasons")
    for command in (
        msgspec.structs.replace(DISMISS, back_to="proposal"),
        msgspec.structs.replace(UPHOLD, back_to=None),
        msgspec.structs.replace(UPHOLD, back_to="eligibility", checks=("P1",)),
    ):
        given(*HEARD).when(command, by=IVO).then("appeal.way_back", field="back_to")
    given(*INELIGIBLE_HEARD).when(UPHOLD, by=IVO).then("appeal.way_back", field="back_to")
    for checks in ((), ("P2",), ("P1", "P2")):
        command = msgspec.structs.replace(UPHOLD, back_to="eligibility", checks=checks)
        given(*INELIGIBLE_HEARD).when(command, by=IVO).then("appeal.checks", field="checks")
    given(*HEARD).when(msgspec.structs.replace(UPHOLD, checks=("P1",)), by=IVO).then("appeal.checks", field="checks")


@refuses(c.DecideAppeal, "appeal.money_needed")
@refuses(c.DecideAppeal, "envelope.insufficient")
@refuses(c.DecideAppeal, "proposal.exceeds_request")
def test_money_is_held_back_or_it_is_said_why_not() -> None:
    for change in ({"envelope": None}, {"unfunded": "None is free"}):
        given(*HEARD).when(msgspec.structs.replace(UPHOLD, **change), by=IVO).then("appeal.money_needed", field="envelope")
    given(*HEARD).when(msgspec.structs.replace(UPHOLD, envelope=EMPTY), by=IVO).then("envelope.insufficient")
    for change in ({"amount": 4_000_01}, {"amount": 0}, {"envelope": KRONER}):
        given(*HEARD).when(msgspec.structs.replace(UPHOLD, **change), by=IVO).then("proposal.exceeds_request", field="amount")


# ── Decided again ─────────────────────────────────────────────────────────────


@refuses(c.Approve, "duty.overturned")
@refuses(c.Decline, "duty.overturned")
@passes(c.Approve)
def test_who_took_a_decision_that_was_overturned_does_not_take_the_next() -> None:
    proposed = DECIDED_AGAIN + did(OLGA, PROPOSAL)
    approve = c.Approve(application=FILE, reasons=REASONS)
    given(*proposed).when(approve, by=INES).then("duty.overturned")
    decline = c.Decline(application=FILE, reasons=REASONS, what_would_change=("x",), otherwise="x")
    given(*proposed).when(decline, by=INES).then("duty.overturned")
    after = given(*proposed).when(approve, by=IVO).then(APPROVAL, On(PURSE, COMMITMENT), *AWARDS).after
    purse = after.state(PURSE)
    assert isinstance(purse, Envelope)
    assert (purse.reserved, purse.committed) == ({}, 3_500_00)


@passes(c.RefuseEligibility)
def test_a_file_found_ineligible_again_frees_what_was_held_for_it() -> None:
    upheld = msgspec.structs.replace(UPHELD, back_to="eligibility", checks=("P1",))
    again = (
        INELIGIBLE_HEARD
        + did(IVO, upheld)
        + did(IVO, HELD, on=PURSE)
        + did(TIMER, msgspec.structs.replace(TOLD_UPHELD, due=due("eligibility")))
        + did(OLGA, check("P1", "fail"))
    )
    refuse = c.RefuseEligibility(application=FILE, reason="It does not serve")
    given(*again).when(refuse, by=OMAR).then("duty.overturned")
    others = did(ADA, e.RoleGranted(person=UMA, role="officer", scope=None), on=UMA)
    given(*again, *others).when(refuse, by=UMA).then(e.FoundIneligible, On(PURSE, e.ReservationEnded(application=FILE)))
