# ruff: noqa: F405
"""Who benefits and who only takes part; and what a machine may say of a member's commitment and territory."""

from datetime import timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.eligibility import MACHINE_FACTS, open_machine_checks
from fund.domain.facts import Actor
from fund.domain.visibility import Reader, reader
from tests.domain.proof import passes, refuses
from tests.domain.test_membership import ATTESTED, MEETS, REVIEW, SUSPENDED, TODAY
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

OBSERVED = with_(APPLICANT, observers=(OUTPOST,))
SAVE = c.SaveSection(application=FILE, section=OBSERVED)

# ── Observers ─────────────────────────────────────────────────────────────────


@passes(c.SaveSection)
def test_a_city_that_is_no_member_takes_part_in_the_activities() -> None:
    file = given(*STARTED).when(SAVE, by=ALI).then(saved_as(OBSERVED), INVITED_PARTNER).after.file()
    assert (file.cities, file.observers) == ((LAKESIDE, HILLTOWN), (OUTPOST,))


@passes(c.SubmitApplication)
@passes(c.RunMachineChecks)
def test_whether_observers_are_members_is_never_checked() -> None:
    submitted = given(*consented(*AGREED, *saved(OBSERVED))).when(c.SubmitApplication(application=FILE), by=AMINA).after
    assert submitted.file().submission == msgspec.structs.replace(SUBMISSION, text=submitted.file().text)
    checked = submitted.and_(*did(OLGA, CONFIRMED)).when(c.RunMachineChecks(application=FILE), by=TIMER)
    checked.then(*MACHINE_CHECKS)


@refuses(c.SaveSection, "applicant.city_repeated")
def test_whoever_benefits_does_not_observe_as_well() -> None:
    for observers in ((LAKESIDE,), (HILLTOWN,), (OUTPOST, OUTPOST)):
        twice = c.SaveSection(application=FILE, section=with_(APPLICANT, observers=observers))
        given(*STARTED).when(twice, by=ALI).then("applicant.city_repeated", field="applicant.observers")


@refuses(c.SaveSection, "city.unknown")
def test_observers_are_on_the_register() -> None:
    nowhere = c.SaveSection(application=FILE, section=with_(APPLICANT, observers=(NOWHERE,)))
    given(*STARTED).when(nowhere, by=ALI).then("city.unknown", field="applicant.observers")


@refuses(c.SaveSection, "applicant.too_many_cities")
def test_a_programme_bounds_the_observers() -> None:
    limits = msgspec.structs.replace(PROGRAMME.limits, max_observers=0)
    given(*STARTED).under(limits=limits).when(SAVE, by=ALI).then("applicant.too_many_cities", field="applicant.observers")


@refuses(c.SubmitApplication, "city.unknown")
def test_what_was_saved_of_observers_is_looked_at_again_on_submission() -> None:
    gone = with_(APPLICANT, observers=(NOWHERE,))
    given(*consented(*AGREED, *saved(gone))).when(c.SubmitApplication(application=FILE), by=AMINA).then("city.unknown")


def test_whoever_belongs_to_an_observing_city_decides_nothing_and_reads_nothing() -> None:
    history = AGREED + saved(OBSERVED) + SUBMITTED[len(AGREED) :]
    at_home = did(ADA, e.AffiliationRecorded(person=OLGA, city=OUTPOST), on=OLGA)
    scenario = given(*history, *at_home)
    scenario.when(c.ConfirmCompleteness(application=FILE), by=OLGA).then("duty.own_city")
    scenario.when(c.ConfirmCompleteness(application=FILE), by=OMAR).then(e.CompletenessConfirmed, e.OpinionRequested)
    officer = Actor(id=OLGA, roles=frozenset({("officer", None)}))
    assert reader(officer, scenario.file(), ()) is Reader.STAFF
    assert reader(msgspec.structs.replace(officer, cities=frozenset({OUTPOST})), scenario.file(), ()) is Reader.STRANGER


# ── What is on file on the day of submission ──────────────────────────────────


def on_file(*streams: str, attested: e.PrinciplesAttested = ATTESTED, determined: e.TerritoryDetermined = MEETS) -> History:
    return tuple(told for stream in streams for told in (*did(AMINA, attested, on=stream), *did(OLGA, determined, on=stream)))


def submission(*history: Told) -> e.ApplicationSubmitted:
    (submitted, *_) = given(*AGREED, *history).when(c.SubmitApplication(application=FILE), by=AMINA).events
    assert isinstance(submitted, e.ApplicationSubmitted)
    return submitted


@passes(c.SubmitApplication)
def test_what_is_on_file_of_each_city_that_benefits_is_recorded_with_the_submission() -> None:
    both = submission(*on_file(LAKESIDE, HILLTOWN, OUTPOST))
    assert both.attested == both.determined == (LAKESIDE, HILLTOWN)
    one = submission(*on_file(HILLTOWN))
    assert one.attested == one.determined == (HILLTOWN,)
    none = submission()
    assert none.attested == none.determined == ()


def test_what_has_aged_or_is_not_settled_is_not_on_file() -> None:
    yesterday = TODAY - timedelta(days=1)
    old = on_file(LAKESIDE, attested=msgspec.structs.replace(ATTESTED, catalogue="tides-2027"))
    assert submission(*old).attested == ()
    mayor = e.LeadershipChanged(since=TODAY, basis="Election", due=NOW, calendar=CALENDAR)
    anew = on_file(LAKESIDE, attested=msgspec.structs.replace(ATTESTED, signed_on=yesterday)) + did(ADA, mayor, on=LAKESIDE)
    assert submission(*anew).attested == ()
    for determined in (
        msgspec.structs.replace(MEETS, territory="unresolved"),
        msgspec.structs.replace(MEETS, territory="does_not_meet"),
        msgspec.structs.replace(MEETS, review_on=yesterday),
    ):
        assert submission(*on_file(LAKESIDE, determined=determined)).determined == ()


# ── By machine if on file, else by a person ───────────────────────────────────


def either(code: str, fact: str) -> p.Check:
    return p.Check(code=code, titles={"en": code, "fr": code}, decided_by="machine_or_person", fact=fact, version="1", source="test")


CHECKS = (either("A1", "attestation_is_current"), either("T1", "territory_is_determined"))


def complete(*on_record: str) -> Scenario:
    known = msgspec.structs.replace(SUBMISSION, attested=on_record, determined=on_record)
    return given(*AGREED, *did(AMINA, known), *did(OLGA, CONFIRMED)).under(checks=CHECKS)


@passes(c.RunMachineChecks)
@refuses(c.RecordCheck, "checks.decided_by_machine")
def test_a_machine_passes_what_is_on_file_for_every_city_that_benefits() -> None:
    scenario = complete(LAKESIDE, HILLTOWN)
    scenario.when(c.RecordCheck(application=FILE, check="A1", result="fail", evidence="x"), by=OLGA).then("checks.decided_by_machine")
    outcome = scenario.when(c.RunMachineChecks(application=FILE), by=TIMER)
    outcome.then(machine_check("A1", "attestation_is_current"), machine_check("T1", "territory_is_determined"))


@passes(c.RecordCheck)
@refuses(c.RunMachineChecks, "checks.already_run")
def test_a_machine_fails_nobody_for_what_is_not_on_file_and_a_person_answers() -> None:
    for on_record in ((), (LAKESIDE,), (HILLTOWN,)):
        scenario = complete(*on_record)
        scenario.when(c.RunMachineChecks(application=FILE), by=TIMER).then("checks.already_run")
        for result in ("pass", "fail"):
            recording = c.RecordCheck(application=FILE, check="A1", result=result, evidence="Seen on paper")
            scenario.when(recording, by=OLGA).then(e.CheckRecorded(check="A1", result=result, evidence="Seen on paper", rule="1"))


def test_a_programme_may_leave_the_same_facts_to_a_machine_alone() -> None:
    alone = tuple(msgspec.structs.replace(check, decided_by="machine") for check in CHECKS)
    scenario = complete(LAKESIDE).under(checks=alone)
    scenario.when(c.RunMachineChecks(application=FILE), by=TIMER).then(
        machine_check("A1", "attestation_is_current", holds=False), machine_check("T1", "territory_is_determined", holds=False)
    )


def test_facts_of_a_file_that_was_not_submitted_do_not_hold() -> None:
    draft = given(*AGREED).file()
    assert not any(MACHINE_FACTS[fact](draft) for fact in ("attestation_is_current", "territory_is_determined", "lead_is_member"))
    assert open_machine_checks(draft, complete().programme) == ()


# ── The whole way: from no member to a member whose file a machine passes ─────


def test_a_city_becomes_a_member_and_its_application_is_then_eligible() -> None:
    ways: tuple[tuple[c.Command, str], ...] = (
        (c.AskMembership(city=OUTPOST), NILS),
        (c.AttestPrinciples(city=OUTPOST, office="Mayor", commitments=ATTESTED.commitments), NILS),
        (c.DetermineTerritory(city=OUTPOST, territory="meets", basis="Uncontested", review_on=REVIEW), OLGA),
        (c.AdmitMember(city=OUTPOST), INES),
        (c.StartApplication(application=FILE, reference="RTA-0000-0000", city=OUTPOST, language="fr"), NILS),
        *((c.SaveSection(application=FILE, section=section), NILS) for section in (with_(APPLICANT, beneficiaries=()), *FORM[1:])),
        (c.SubmitApplication(application=FILE), NILS),
        (c.ConfirmCompleteness(application=FILE), OLGA),
        (c.RunMachineChecks(application=FILE), TIMER),
    )
    scenario = given().under(checks=(*PROGRAMME.checks[:2], *CHECKS))
    for command, by in ways:
        outcome = scenario.when(command, by=by)
        assert outcome.refusal is None, (command, outcome.refusal)
        scenario = outcome.after
    assert {code: check.result for code, check in scenario.file().checks.items()} == dict.fromkeys(("M1", "M2", "A1", "T1"), "pass")


def test_a_suspended_city_fails_where_it_benefits_and_not_where_it_observes() -> None:
    suspended = did(INES, SUSPENDED, on=HILLTOWN)
    assert submission(*suspended).members == (LAKESIDE,)
    watching = saved(with_(APPLICANT, beneficiaries=(), observers=(HILLTOWN,)))
    assert submission(*suspended, *watching).members == (LAKESIDE,)
    assert submission(*suspended, *watching).beneficiaries == ()
