# ruff: noqa: F405
"""Who signs a level besides whoever recorded it: the hub that knows the place and the central team, each under what they have read."""

from datetime import timedelta

from fund.domain import signature
from fund.domain import visibility as v
from fund.domain.application import Stage
from fund.domain.deciding import reads
from fund.domain.registers import City
from fund.domain.workflow import SUBMITTED as SUBMITTED_STAGES
from tests.domain.proof import passes, refuses
from tests.domain.screening import *  # noqa: F403  # the world in which questions are asked
from tests.domain.small import SMALL_CHECKED, left

CONFIRM = c.ConfirmEligibility(application=FILE)
APPROVE = c.Approve(application=FILE, reasons=REASONS)
WAITING = to_sign(CHECKED)
SCREEN = screen_of(WAITING)
SIGN = c.SignSafeguards(application=FILE, screen=SCREEN, reason="The school keeps to it")
IN_PLACE = c.SignInPlaceOfHub(application=FILE, screen=SCREEN, reason="The hub does not answer")
COUNTERSIGN = c.CountersignSafeguards(application=FILE, screen=SCREEN, reason="Names stay where they are")
DUE = NOW.replace(hour=23, minute=59, second=59) + timedelta(days=2)
OF_HUB = e.SignatureAsked(role="coordinator", hub="north", screen=SCREEN, due=DUE, calendar=CALENDAR)
OF_CENTRE = e.SignatureAsked(role="officer", hub=None, screen=SCREEN, due=DUE, calendar=CALENDAR)
LATE = DUE + timedelta(seconds=1)


def asked(scenario: Scenario) -> list[e.SignatureAsked]:
    screen = scenario.file().screen
    return [one.asked for one in screen.signatures] if screen else []


# ── Who is asked ──────────────────────────────────────────────────────────────


@passes(c.RecordSafeguards)
def test_the_hub_that_is_asked_about_the_file_and_the_central_team_are_asked_by_their_own_days() -> None:
    recording = screening(CHECKED, NAMING).under(safeguards=SIGNED).when(AMBER, by=OLGA)
    recording.then(e.SafeguardsRecorded, e.MitigationAgreed, OF_HUB, OF_CENTRE)
    assert asked(to_sign(SUBMITTED)) == [OF_HUB, OF_CENTRE]
    gone = to_sign(hub_closed() + SUBMITTED)
    assert [one.hub for one in asked(gone)] == [None, None]
    taken = did(OLGA, e.OpinionTakenOver(hub="north", reason="x", due=due("hub_opinion"), calendar=CALENDAR))
    assert [one.hub for one in asked(to_sign(SOUTH_IS_OPEN + CHECKED + did(OLGA, ASKED_SOUTH) + taken))] == ["south", None]


def test_nobody_signs_what_the_programme_does_not_name_and_a_file_that_moves_is_signed_as_it_moved() -> None:
    for level in (GREEN, RED, BLACK):
        assert asked(screening(CHECKED).under(safeguards=SIGNED).when(level, by=OLGA).after) == []
    small = screening(SMALL_CHECKED, NAMING).under(safeguards=SIGNED).when(AMBER, by=OLGA)
    moved = left("safeguards", "eligibility", opinion_open=True)
    small.then(e.SafeguardsRecorded, e.MitigationAgreed, e.SignatureAsked, e.SignatureAsked, moved)
    assert asked(small.after)[0].screen == screen_of(small.after)


# ── Signing ───────────────────────────────────────────────────────────────────


@passes(c.SignSafeguards)
@passes(c.CountersignSafeguards)
@refuses(c.ConfirmEligibility, "safeguards.unsigned")
@refuses(c.Approve, "safeguards.unsigned")
def test_nothing_goes_on_until_everybody_who_was_asked_has_signed() -> None:
    WAITING.when(CONFIRM, by=OLGA).then("safeguards.unsigned")
    by_hub = e.SafeguardsSigned(role="coordinator", hub="north", screen=SCREEN, reason=SIGN.reason)
    half = WAITING.when(SIGN, by=HANA).then(by_hub).after
    half.when(CONFIRM, by=OLGA).then("safeguards.unsigned")
    by_centre = e.SafeguardsSigned(role="officer", hub=None, screen=SCREEN, reason=COUNTERSIGN.reason)
    half.when(COUNTERSIGN, by=OMAR).then(by_centre).after.when(CONFIRM, by=OLGA).then(e.FoundEligible)
    proposed = to_sign(PROPOSED)
    proposed.when(APPROVE, by=INES).then("safeguards.unsigned")
    signed = proposed.when(SIGN, by=HANA).after.when(COUNTERSIGN, by=IVO).after
    assert signed.when(APPROVE, by=INES).code is None
    signed.when(APPROVE, by=IVO).then("duty.not_apart")


@refuses(c.SignSafeguards, "workflow.not_your_hub")
@refuses(c.SignSafeguards, "workflow.role_needed")
@refuses(c.SignSafeguards, "safeguards.other_screen")
@refuses(c.SignSafeguards, "safeguards.own_signature")
@refuses(c.CountersignSafeguards, "safeguards.own_signature")
@refuses(c.CountersignSafeguards, "safeguards.nothing_to_sign")
def test_each_signs_once_for_whom_they_are_asked_what_others_recorded_and_what_they_have_read() -> None:
    both = to_sign(SOUTH_IS_OPEN + CHECKED + did(OLGA, ASKED_SOUTH))
    both.when(SIGN, by=HUGO).then("workflow.not_your_hub")
    WAITING.when(SIGN, by=OMAR).then("workflow.role_needed")
    WAITING.when(COUNTERSIGN, by=OLGA).then("safeguards.own_signature")
    officer = did(ADA, e.RoleGranted(person=HANA, role="officer", scope=None), on=HANA)
    both = WAITING.and_(*officer)
    both.when(SIGN, by=HANA).after.when(COUNTERSIGN, by=HANA).then("safeguards.own_signature")
    both.when(COUNTERSIGN, by=HANA).after.when(SIGN, by=HANA).then("safeguards.own_signature")
    WAITING.when(msgspec.structs.replace(SIGN, screen="0" * 64), by=HANA).then("safeguards.other_screen", field="screen")
    WAITING.when(COUNTERSIGN, by=OMAR).after.when(COUNTERSIGN, by=INES).then("safeguards.nothing_to_sign")
    screening(CHECKED).when(COUNTERSIGN, by=OMAR).then("safeguards.nothing_to_sign")


@passes(c.SignInPlaceOfHub)
@refuses(c.SignInPlaceOfHub, "safeguards.hub_signs")
def test_the_central_team_signs_in_the_place_of_a_hub_that_is_silent_gone_or_was_never_there() -> None:
    WAITING.when(IN_PLACE, by=OMAR).then("safeguards.hub_signs")
    in_place = e.SafeguardsSigned(role="coordinator", hub=None, screen=SCREEN, reason=IN_PLACE.reason)
    late = WAITING.when(IN_PLACE, by=OMAR, at=LATE).then(in_place)
    late.after.when(COUNTERSIGN, by=OMAR).then(e.SafeguardsSigned)
    late.after.when(COUNTERSIGN, by=INES).after.when(CONFIRM, by=OLGA).then(e.FoundEligible)
    taken = did(OLGA, e.OpinionTakenOver(hub="north", reason="x", due=due("hub_opinion"), calendar=CALENDAR))
    WAITING.and_(*taken).when(IN_PLACE, by=OMAR).then(in_place)
    to_sign(hub_closed() + COMPLETE_WITHOUT_HUB).when(IN_PLACE, by=OMAR).then(in_place)
    to_sign(SUBMITTED).when(IN_PLACE, by=OMAR).then("safeguards.hub_signs")


@refuses(c.SignSafeguards, "hub.not_open")
@passes(c.SignInPlaceOfHub)
def test_a_hub_that_has_closed_or_is_suspended_since_it_was_asked_signs_nothing_and_nobody_waits_for_it() -> None:
    suspended = did(ADA, e.HubSuspended(hub="north", reason="x"), on=NORTH)
    for history in (hub_closed(), suspended):
        gone = WAITING.and_(*history)
        gone.when(SIGN, by=HANA).then("hub.not_open")
        signed = gone.when(IN_PLACE, by=OMAR).then(e.SafeguardsSigned)
        signed.after.when(COUNTERSIGN, by=INES).after.when(CONFIRM, by=OLGA).then(e.FoundEligible)
    again = WAITING.and_(*suspended, *did(ADA, e.HubResumed(hub="north", reason="x"), on=NORTH))
    again.when(IN_PLACE, by=OMAR).then("safeguards.hub_signs")
    again.when(SIGN, by=HANA).then(e.SafeguardsSigned)


def test_whether_the_hub_that_was_asked_is_open_is_relied_on_by_whoever_signs_for_it_or_in_its_place() -> None:
    for command in (SIGN, IN_PLACE):
        assert NORTH in reads(WAITING.file(), command, OMAR, PROGRAMME)
        assert NORTH not in reads(given(*CHECKED).file(), command, OMAR, PROGRAMME)
    assert NORTH not in reads(WAITING.file(), COUNTERSIGN, OMAR, PROGRAMME)


@refuses(c.SignSafeguards, "safeguards.stale")
def test_a_signature_falls_with_what_it_was_given_for_and_is_asked_anew() -> None:
    signed = WAITING.when(SIGN, by=HANA).after.when(COUNTERSIGN, by=OMAR).after
    edited = signed.and_(*saved(with_(NEED, problem="Ice")))
    edited.when(CONFIRM, by=OLGA).then("safeguards.stale")
    WAITING.and_(*saved(with_(NEED, problem="Ice"))).when(SIGN, by=HANA).then("safeguards.stale")
    again = edited.when(AMBER, by=OLGA).after
    again.when(CONFIRM, by=OLGA).then("safeguards.unsigned")
    again.when(SIGN, by=HANA).then("safeguards.other_screen")
    anew = msgspec.structs.replace(SIGN, screen=screen_of(again))
    again.when(anew, by=HANA).then(e.SafeguardsSigned)
    for other in (record("amber", msgspec.structs.replace(MITIGATION, owner="Library")), RED):
        screen = signed.when(other, by=OMAR).after.file().screen
        assert screen
        assert SCREEN not in {one.asked.screen for one in screen.signatures}


def test_whoever_is_asked_to_sign_reads_what_they_sign_and_no_other_hub_does() -> None:
    def seen(scenario: Scenario, person: str) -> set[str]:
        file, cities = scenario.file(), [scenario.state(LAKESIDE)]
        facts = recorded(scenario.history)
        asking = scenario.facts(person).actor
        there = [one for one in cities if isinstance(one, City)]
        return {type(one.event).__name__ for one in facts if isinstance(one.event, e.RiskEvent) and v.visible(asking, one, file, there)}

    both = to_sign(SOUTH_IS_OPEN + CHECKED + did(OLGA, ASKED_SOUTH))
    assert seen(both, HANA) == {"SafeguardsRecorded", "MitigationAgreed", "SignatureAsked"}
    assert seen(both, HUGO) == seen(screening(CHECKED, NAMING).when(AMBER, by=OLGA).after, HANA) == set()
    assert seen(both, AMINA) == set()
    again = both.when(RED, by=OMAR).after
    assert seen(again, HANA) == {"SignatureAsked"}


@passes(c.SignSafeguards)
@passes(c.SignInPlaceOfHub)
@passes(c.CountersignSafeguards)
def test_a_level_is_signed_at_whatever_step_the_file_is_from_its_submission_to_its_decision() -> None:
    """Unless a hub is to be asked, and was not asked about it yet: its people do not see the file."""
    for stage in SUBMITTED_STAGES:
        waiting = to_sign(REACHED[stage])
        signs, in_place, counter = (msgspec.structs.replace(one, screen=screen_of(waiting)) for one in (SIGN, IN_PLACE, COUNTERSIGN))
        waiting.when(counter, by=IVO).then(e.SafeguardsSigned)
        waiting.when(in_place, by=IVO, at=LATE).then(e.SafeguardsSigned)
        if stage is not Stage.COMPLETENESS:
            waiting.when(signs, by=HANA).then(e.SafeguardsSigned)
    to_sign(SUBMITTED).when(SIGN, by=HANA).then("workflow.not_your_hub")


@passes(c.ResumeApplication)
def test_a_signature_is_due_later_by_the_days_that_its_file_was_on_hold() -> None:
    suspend = c.SuspendApplication(application=FILE, reason="A flood", review_on=in_days(9).date())
    held = WAITING.when(SIGN, by=HANA).after.when(suspend, by=OMAR).after
    held.when(COUNTERSIGN, by=INES).then("workflow.not_now")
    resumed = held.when(c.ResumeApplication(application=FILE, reason="x"), by=OMAR, at=in_days(5))
    _, again = resumed.then(e.ApplicationResumed, e.SignatureAsked).events
    assert again == msgspec.structs.replace(OF_CENTRE, due=in_days(3, in_days(5)))
    assert [one.asked for one in signature.to_sign(resumed.after.file())] == [again]
    resumed.after.when(COUNTERSIGN, by=INES).after.when(CONFIRM, by=OLGA).then(e.FoundEligible)


# ── A reminder ────────────────────────────────────────────────────────────────

REMIND = c.RemindOfSafeguards(application=FILE)
REMINDED = e.SafeguardsReminded(about="signature", hub="north", due=DUE)


@passes(c.RemindOfSafeguards)
@refuses(c.RemindOfSafeguards, "safeguards.none_to_remind")
def test_whoever_owes_a_signature_is_reminded_once_while_there_is_time_at_every_step() -> None:
    WAITING.when(REMIND, by=TIMER).then("safeguards.none_to_remind")
    for stage in SUBMITTED_STAGES:
        waiting = to_be_reminded(REACHED[stage])
        # Before it is found complete no hub sees the file: it is reminded once it does.
        before = stage is Stage.COMPLETENESS
        hub = waiting if before else waiting.when(REMIND, by=TIMER).then(REMINDED).after
        centre = hub.when(REMIND, by=TIMER).then(msgspec.structs.replace(REMINDED, hub=None)).after
        centre.when(REMIND, by=TIMER).then("safeguards.none_to_remind")
        waiting.when(REMIND, by=TIMER, at=LATE).then("safeguards.none_to_remind")
        if before:
            found = centre.when(c.ConfirmCompleteness(application=FILE), by=OLGA).after
            found.when(REMIND, by=TIMER).then(REMINDED)
    waiting = to_be_reminded(CHECKED)
    taken = did(OLGA, e.OpinionTakenOver(hub="north", reason="x", due=due("hub_opinion"), calendar=CALENDAR))
    waiting.and_(*taken).when(REMIND, by=TIMER).then(msgspec.structs.replace(REMINDED, hub=None))
    signed = waiting.when(SIGN, by=HANA).after.when(COUNTERSIGN, by=OMAR).after
    signed.when(REMIND, by=TIMER).then("safeguards.none_to_remind")


@passes(c.RemindOfSafeguards)
def test_whoever_is_asked_for_help_is_reminded_as_the_programme_says() -> None:
    asking = msgspec.structs.replace(SIGNED, reminder_days=1)
    confirmed = screening(SUBMITTED, form(NAMES="unknown")).under(safeguards=asking).when(c.ConfirmCompleteness(application=FILE), by=OLGA)
    assert confirmed.events[-1].remind_at == DUE - timedelta(days=1)  # type: ignore[union-attr]  # help was asked
    again = confirmed.after.when(REMIND, by=TIMER, at=DUE).then(msgspec.structs.replace(REMINDED, about="help")).after
    again.when(REMIND, by=TIMER, at=DUE).then("safeguards.none_to_remind")
    suspend = c.SuspendApplication(application=FILE, reason="A flood", review_on=in_days(9).date())
    resume = c.ResumeApplication(application=FILE, reason="x")
    later = again.when(suspend, by=OMAR).after.when(resume, by=OMAR, at=in_days(5)).after
    later.when(REMIND, by=TIMER, at=in_days(5)).then("safeguards.none_to_remind")
    later.when(REMIND, by=TIMER, at=in_days(8)).then(e.SafeguardsReminded)


def adviser(person: str) -> History:
    """Who has declared what may be known with everything they say."""
    declared = e.InterestDeclared(
        person=person, number=1, interest="advice", effect="disclose", paid_to_deliver=False, city=LAKESIDE, hub=None, about="x"
    )
    return did(person, declared, on=person)


@passes(c.SignSafeguards)
@passes(c.SignInPlaceOfHub)
@passes(c.CountersignSafeguards)
def test_what_a_signer_has_declared_stands_beside_the_signature() -> None:
    tied = WAITING.and_(*adviser(HANA), *adviser(OMAR))
    tied.when(SIGN, by=HANA).then(e.ConflictDeclared, e.SafeguardsSigned)
    tied.when(IN_PLACE, by=OMAR, at=LATE).then(e.ConflictDeclared, e.SafeguardsSigned)
    tied.when(COUNTERSIGN, by=OMAR).then(e.ConflictDeclared, e.SafeguardsSigned)
