# ruff: noqa: F405
"""A role on one file, for some hours, opened by a second person: it goes around nothing, and stays in the file for ever."""

from datetime import timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import independence
from fund.domain import visibility as v
from fund.domain.deciding import allowed_actions
from fund.domain.emergency import with_access
from fund.domain.facts import Actor
from fund.domain.messages import Around, messages
from fund.domain.registers import City, Person
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

HOURS = timedelta(hours=10)
SECOND = timedelta(seconds=1)
ASK = c.AskEmergencyAccess(application=FILE, role="officer", reason="Threats against those who report; nobody answers the telephone")
OPEN = c.OpenEmergencyAccess(application=FILE, number=1)
CLOSE = c.CloseEmergencyAccess(application=FILE, number=1, reason="An officer is back")
ASKED = e.EmergencyAccessAsked(number=1, person=FINN, role="officer", answer_by=NOW + HOURS, reason=ASK.reason)
OPENED = e.EmergencyAccessOpened(number=1, person=FINN, role="officer", open_until=NOW + HOURS)
CLOSED_EARLY = e.EmergencyAccessClosed(number=1, person=FINN, reason=CLOSE.reason)
BEGUN = tuple(history for stage, history in REACHED.items() if stage is not Stage.NEW)
BY_FINN = did(FINN, ASKED)
TO_FINN = BY_FINN + did(INES, OPENED)
NOT_THEIRS = (HANA, HUGO, EVA, UMA, AMINA, NILS)
SUSPEND = c.SuspendAward(application=FILE, reason="People are in danger", review_on=(NOW + timedelta(days=9)).date())


def asked_by(person: str, number: int = 1) -> History:
    return did(person, msgspec.structs.replace(ASKED, person=person, number=number))


def told_as_officer(person: str) -> History:
    return did(ADA, e.RoleGranted(person=person, role="officer", scope=None), on=person)


# ── Asking, opening, closing ──────────────────────────────────────────────────


@passes(c.AskEmergencyAccess)
@refuses(c.AskEmergencyAccess, "workflow.role_needed")
def test_whoever_holds_an_office_asks_with_a_reason_and_auditors_do_not() -> None:
    for history in BEGUN:
        given(*history).when(ASK, by=FINN).then(ASKED)
    for by in (AUDE, AMINA, STRANGER):
        assert given(*UNDER_WAY).when(ASK, by=by).code in ("workflow.role_needed", "person.unknown")


@refuses(c.AskEmergencyAccess, "emergency.role")
@refuses(c.AskEmergencyAccess, "emergency.holds_it")
@refuses(c.AskEmergencyAccess, "emergency.already")
def test_for_a_role_that_the_programme_lets_be_opened_that_one_lacks_and_once() -> None:
    given(*UNDER_WAY).when(msgspec.structs.replace(ASK, role="approver"), by=FINN).then("emergency.role", field="role")
    held = given(*UNDER_WAY, *told_as_officer(FINN))
    held.when(ASK, by=FINN).then("emergency.holds_it")
    both = msgspec.structs.replace(PROGRAMME.separation.emergency, roles=("officer", "coordinator"))
    more = msgspec.structs.replace(PROGRAMME.separation, emergency=both)
    held.under(separation=more).when(ASK, by=FINN).then("emergency.holds_it", field="role")
    for history in (BY_FINN, TO_FINN):
        given(*UNDER_WAY, *history).when(ASK, by=FINN).then("emergency.already")
        given(*UNDER_WAY, *history).when(ASK, by=FINN, at=NOW + HOURS + SECOND).then(e.EmergencyAccessAsked)


@passes(c.OpenEmergencyAccess)
@refuses(c.OpenEmergencyAccess, "emergency.none_asked")
@refuses(c.OpenEmergencyAccess, "emergency.second_person")
@refuses(c.OpenEmergencyAccess, "emergency.unknown")
@refuses(c.OpenEmergencyAccess, "emergency.not_opened_by_you")
@refuses(c.OpenEmergencyAccess, "workflow.role_needed")
def test_a_second_person_with_an_office_of_their_own_opens_it_while_it_is_asked() -> None:
    asked = given(*UNDER_WAY, *BY_FINN)
    for history in BEGUN:
        given(*history, *BY_FINN).when(OPEN, by=INES).then(OPENED)
    asked.when(OPEN, by=OLGA).then(OPENED)
    asked.when(OPEN, by=INES, at=NOW + HOURS).then(e.EmergencyAccessOpened)
    asked.when(OPEN, by=INES, at=NOW + HOURS + SECOND).then("emergency.none_asked")
    given(*UNDER_WAY, *TO_FINN).when(OPEN, by=IVO).then("emergency.none_asked")
    asked.when(OPEN, by=FINN).then("workflow.role_needed")
    asked.when(msgspec.structs.replace(OPEN, number=2), by=INES).then("emergency.unknown", field="number")
    by_ines = did(INES, msgspec.structs.replace(ASKED, number=2, person=INES))
    two = given(*UNDER_WAY, *BY_FINN, *by_ines)
    given(*UNDER_WAY, *did(INES, msgspec.structs.replace(ASKED, person=INES))).when(OPEN, by=INES).then("emergency.none_asked")
    two.when(msgspec.structs.replace(OPEN, number=2), by=INES).then("emergency.second_person", field="number")
    two.and_(*did(INES, OPENED)).when(OPEN, by=IVO).then("emergency.none_asked", field="number")
    one = msgspec.structs.replace(PROGRAMME.separation.emergency, opened_by=("approver",))
    asked.under(separation=msgspec.structs.replace(PROGRAMME.separation, emergency=one)).when(OPEN, by=OLGA).then(
        "emergency.not_opened_by_you"
    )


def test_a_loan_makes_nobody_a_second_person() -> None:
    lent = e.RoleDelegated(
        person=ADA, number=1, lender=INES, role="approver", scope=None, first=NOW.date(), last=NOW.date(), starts=NOW, ends=NOW + HOURS,
        calendar=CALENDAR, reason="x",
    )  # fmt: skip
    given(*UNDER_WAY, *BY_FINN, *did(INES, lent, on=ADA)).when(OPEN, by=ADA).then("emergency.not_opened_by_you")


@passes(c.CloseEmergencyAccess)
@refuses(c.CloseEmergencyAccess, "emergency.not_yours")
@refuses(c.CloseEmergencyAccess, "emergency.over")
@refuses(c.CloseEmergencyAccess, "emergency.unknown")
def test_either_of_the_two_closes_it_and_it_ends_by_itself() -> None:
    for history in BEGUN:
        given(*history, *TO_FINN).when(CLOSE, by=FINN).then(CLOSED_EARLY)
    opened = given(*UNDER_WAY, *TO_FINN)
    for by in (FINN, INES):
        opened.when(CLOSE, by=by).then(CLOSED_EARLY).after.when(SUSPEND, by=FINN).then("workflow.role_needed")
    given(*UNDER_WAY, *BY_FINN).when(CLOSE, by=FINN).then(CLOSED_EARLY).after.when(OPEN, by=INES).then("emergency.none_asked")
    opened.when(CLOSE, by=IVO).then("emergency.not_yours")
    opened.when(CLOSE, by=FINN, at=NOW + HOURS + SECOND).then("emergency.not_yours")
    opened.when(msgspec.structs.replace(CLOSE, number=2), by=FINN).then("emergency.unknown", field="number")
    again = did(INES, msgspec.structs.replace(ASKED, number=2, person=INES))
    opened.and_(*again).when(msgspec.structs.replace(CLOSE, number=2), by=FINN).then("emergency.not_yours", field="number")
    opened.and_(*did(FINN, CLOSED_EARLY), *again).when(CLOSE, by=INES).then("emergency.over", field="number")


# ── While it is open ──────────────────────────────────────────────────────────


def test_while_it_is_open_the_asker_acts_on_that_file_in_both_names() -> None:
    given(*UNDER_WAY, *BY_FINN).when(SUSPEND, by=FINN).then("workflow.role_needed")
    opened = given(*UNDER_WAY, *TO_FINN)
    done = opened.when(SUSPEND, by=FINN).then(e.AwardSuspended)
    assert done.lender == INES
    file = done.after.file()
    assert (file.did(FINN, "stopping"), file.did(INES, "stopping")) == (True, True)
    assert [one.acts for one in file.emergencies] == [(recorded(done.after.history)[-1].version,)]
    opened.when(SUSPEND, by=FINN, at=NOW + HOURS).then(e.AwardSuspended)
    opened.when(SUSPEND, by=FINN, at=NOW + HOURS + SECOND).then("workflow.role_needed")
    other = given(*UNDER_WAY, *TO_FINN, *elsewhere(UNDER_WAY))
    other.when(msgspec.structs.replace(SUSPEND, application=OTHER_FILE), by=FINN).then("workflow.role_needed")


def test_it_ends_with_the_office_of_either() -> None:
    for person, role in ((FINN, "finance"), (INES, "approver")):
        lost = did(ADA, e.RoleRevoked(person=person, role=role, scope=None), on=person)
        given(*UNDER_WAY, *TO_FINN, *lost).when(SUSPEND, by=FINN).then("workflow.role_needed")


def test_it_goes_around_nothing_that_keeps_either_of_the_two_away() -> None:
    for person, refusal in ((FINN, "duty.own_city"), (INES, "delegation.lender_may_not")):
        theirs = did(ADA, e.AffiliationRecorded(person=person, city=HILLTOWN), on=person)
        given(*UNDER_WAY, *TO_FINN, *theirs).when(SUSPEND, by=FINN).then(refusal)
    for person, refusal in ((FINN, "conflict.recused"), (INES, "delegation.lender_may_not")):
        tie = e.ConflictDeclared(
            number=1, person=person, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None
        )
        given(*UNDER_WAY, *TO_FINN, *did(person, tie)).when(SUSPEND, by=FINN).then(refusal)
    decides = c.TerminateAward(application=FILE, spent=0, reasons=REASONS)
    done = given(*UNDER_WAY, *TO_FINN).when(c.AskTermination(application=FILE, reason="x"), by=FINN).then(e.TerminationAsked)
    done.after.when(decides, by=INES).then("duty.not_apart")


# ── Those who judge the file ──────────────────────────────────────────────────


@refuses(c.AskEmergencyAccess, "emergency.assessor")
@refuses(c.OpenEmergencyAccess, "emergency.assessor")
def test_whoever_is_to_judge_a_file_does_not_read_it_as_the_office_does_before_they_have() -> None:
    for history, judge in ((ASSIGNED, EVA), (IN_MODERATION + did(OLGA, e.ModeratorAssigned(moderator=UMA, reason="x")), UMA)):
        given(*history).when(ASK, by=judge).then("emergency.assessor")
        for before in (asked_by(judge), asked_by(FINN) + asked_by(judge, number=2)):
            number = len(before)
            open_theirs = msgspec.structs.replace(OPEN, number=number)
            refused = given(*history, *before).when(open_theirs, by=INES)
            refused.then("emergency.assessor", field="number" if number > 1 else None)


def test_whoever_has_judged_a_file_or_makes_way_may_be_let_in() -> None:
    assessed = given(*HALF_ASSESSED).when(ASK, by=EVA).then(e.EmergencyAccessAsked)
    assessed.after.when(OPEN, by=INES).then(e.EmergencyAccessOpened)
    released = given(*ASSIGNED, *did(OLGA, e.AssessorReleased(assessor=EVA, reason="x")))
    released.when(ASK, by=EVA).then(e.EmergencyAccessAsked)


def test_whoever_reads_a_file_as_the_office_does_or_did_does_not_judge_it() -> None:
    by_hand = c.AssignAssessor(application=FILE, assessor=UMA, reason="x")
    moderating = c.AssignModerator(application=FILE, moderator=UMA, reason="x")
    opened = asked_by(UMA) + did(INES, msgspec.structs.replace(OPENED, person=UMA))
    closed = opened + did(UMA, msgspec.structs.replace(CLOSED_EARLY, person=UMA))
    for access in (opened, closed):
        given(*ADVISED, *access).when(by_hand, by=OLGA).then("assessor.not_independent", field="assessor")
        given(*IN_MODERATION, *access).when(moderating, by=OLGA, at=AFTER).then("moderator.not_independent", field="moderator")
        assert not _qualifies(given(*ADVISED, *access), UMA)
    given(*ADVISED, *asked_by(UMA)).when(by_hand, by=OLGA).then(e.AssessorAssigned)
    assert _qualifies(given(*ADVISED, *asked_by(UMA)), UMA)


def _qualifies(scenario: Scenario, person: str) -> bool:
    """Whether the lot may draw them."""
    one = scenario.state(person)
    assert isinstance(one, Person)
    return independence.qualifies(one, scenario.file(), scenario.facts(OLGA))


def test_whoever_is_to_give_the_opinion_of_a_hub_does_not_read_that_of_another_before_they_have() -> None:
    note = e.ConfidentialNoteAdded(hub="south", note="x")
    asked = e.OpinionRequested(hub="south", due=due("hub_opinion"), calendar=CALENDAR)
    both = ELIGIBLE + did(OLGA, asked) + did(HUGO, msgspec.structs.replace(OPINION, hub="south"), note)
    let_in = both + asked_by(HANA) + did(INES, msgspec.structs.replace(OPENED, person=HANA))

    def read(history: History) -> tuple[v.Reader, list[str]]:
        scenario = given(*history)
        states, file, hana = scenario.states(), scenario.file(), scenario.facts(HANA).actor
        cities = tuple(city for id in file.parties if isinstance(city := states[id], City))
        told = [one for one in recorded((*BASE, *history)) if one.stream == FILE and v.visible(hana, one, file, cities)]
        hubs = [one.event.hub for one in told if isinstance(one.event, e.OpinionGiven | e.ConfidentialNoteAdded)]
        return v.reader(hana, file, cities), hubs

    assert read(let_in) == (v.Reader.COORDINATOR, [])
    assert read(let_in + did(HANA, OPINION)) == (v.Reader.STAFF, ["south", "south", "north"])
    assert c.SuspendApplication in {step.command for step in allowed_actions(given(*let_in).file(), given(*let_in).facts(HANA))}


# ── Who sees it ───────────────────────────────────────────────────────────────


def test_while_it_is_open_the_asker_reads_the_file_as_the_office_does_unless_something_keeps_them_out() -> None:
    scenario = given(*UNDER_WAY, *TO_FINN)
    states, file = scenario.states(), scenario.file()
    cities = tuple(city for id in file.parties if isinstance(city := states[id], City))
    for at, capacity in ((NOW + HOURS, v.Reader.STAFF), (NOW + HOURS + SECOND, v.Reader.STRANGER)):
        assert v.reader(scenario.facts(FINN, at).actor, file, cities) is capacity
    assert {step.command for step in allowed_actions(file, scenario.facts(FINN))} >= {c.SuspendAward, c.CloseEmergencyAccess}
    tie = e.ConflictDeclared(number=1, person=FINN, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None)
    tied = scenario.and_(*did(FINN, tie)).file()
    finn = scenario.facts(FINN).actor
    assert v.reader(finn, tied, cities) is v.Reader.STRANGER
    assert (v.may_ask_for(finn, file, cities), v.may_ask_for(finn, tied, cities)) == (True, False)
    assert not v.may_ask_for(msgspec.structs.replace(finn, cities=frozenset({LAKESIDE})), file, cities)
    assert with_access(with_access(finn, file), file).lent == with_access(finn, file).lent


def test_it_is_shown_for_ever_to_the_office_to_auditors_and_to_whoever_asked_and_told_at_once_to_those_who_watch() -> None:
    history = UNDER_WAY + TO_FINN + did(FINN, CLOSED_EARLY)
    scenario, later = given(*history), NOW + timedelta(days=3_650)
    states, file = scenario.states(), scenario.file()
    cities = tuple(city for id in file.parties if isinstance(city := states[id], City))
    people = {one: scenario.facts(one, later).actor for one in (OLGA, INES, AUDE, FINN, ADA, *NOT_THEIRS)}
    for one in recorded(history)[-3:]:
        seen = {who: v.visible(person, one, file, cities) for who, person in people.items()}
        assert seen == {**dict.fromkeys((OLGA, INES, AUDE, FINN), v.FULL), ADA: v.CLEAR, **dict.fromkeys(NOT_THEIRS)}
        told = {message.person: message.occasion.urgency for message in messages(one, file, Around(people=people, cities=cities))}
        assert {AUDE: "always", ADA: "always"}.items() <= told.items()
    own_city = msgspec.structs.replace(people[ADA], cities=frozenset({LAKESIDE}))
    assert v.visible(own_city, recorded(history)[-2], file, cities) is None
    assert isinstance(own_city, Actor)
