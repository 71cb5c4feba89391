# ruff: noqa: F405
"""The city’s part: starting, saving section by section, submitting, withdrawing."""

from datetime import date, timedelta

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.event import Sealed
from fund.domain.programme import Limits
from fund.domain.sections import Alignment, AnySection, Applicant, Argument, Results, Support
from fund.domain.workflow import OPEN
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

START = c.StartApplication(application=FILE, reference="RTA-0000-0000", city=LAKESIDE, language="fr")
SUBMIT = c.SubmitApplication(application=FILE)
WITHDRAW = c.WithdrawApplication(application=FILE, reason="The mayor changed her mind")


def save(section: AnySection) -> c.SaveSection:
    return c.SaveSection(application=FILE, section=section)


EVE = NOW.date() - timedelta(days=1)


def refused(section: AnySection, code: str, field: str) -> None:
    given(*STARTED).when(save(section), by=ALI).then(code, field=field)


# ── Starting ──────────────────────────────────────────────────────────────────


@passes(c.StartApplication)
def test_a_representative_starts_an_application_in_a_language_of_the_programme() -> None:
    outcome = given().when(START, by=ALI).then(started())
    assert outcome.after.file().stage is Stage.DRAFT


@passes(c.StartApplication)
def test_a_city_that_is_no_member_may_start_and_will_be_told_at_the_checks() -> None:
    given().when(msgspec.structs.replace(START, city=OUTPOST), by=NILS).then(e.ApplicationStarted)


@refuses(c.StartApplication, "workflow.not_your_city")
def test_nobody_starts_for_a_city_they_do_not_represent() -> None:
    given().when(START, by=BELA).then("workflow.not_your_city")
    given().when(START, by=OLGA).then("workflow.not_your_city")


@refuses(c.StartApplication, "workflow.not_your_city")
def test_whoever_no_longer_represents_the_city_starts_nothing() -> None:
    ended = did(ADA, e.RepresentativeEnded(person=ALI, reason="Left"), on=LAKESIDE)
    given(*ended).when(START, by=ALI).then("workflow.not_your_city")


@refuses(c.StartApplication, "city.unknown")
def test_a_city_must_be_in_the_register_to_apply() -> None:
    given().when(msgspec.structs.replace(START, city=NOWHERE), by=AMINA).then("city.unknown", field="city")


@refuses(c.StartApplication, "language.unknown")
def test_the_letters_language_is_one_of_the_programmes() -> None:
    given().when(msgspec.structs.replace(START, language="tlh"), by=AMINA).then("language.unknown", field="language")


@refuses(c.StartApplication, "workflow.not_now")
def test_an_application_starts_once() -> None:
    given(*STARTED).when(START, by=AMINA).then("workflow.not_now")


@refuses(c.StartApplication, "person.unknown")
def test_a_person_whose_data_was_erased_acts_no_more() -> None:
    erased = did(ADA, e.PersonErased(person=AMINA, basis="asked"), on=AMINA)
    with pytest.raises(Exception, match=r"person\.unknown"):
        given(*erased).facts(AMINA)
    given(*erased).when(START, by=AMINA).then("person.unknown")


# ── Saving ────────────────────────────────────────────────────────────────────


@passes(c.SaveSection)
def test_sections_are_saved_one_by_one_in_any_order() -> None:
    scenario = given(*STARTED)
    for section in reversed(FORM):
        scenario = scenario.when(save(section), by=ALI).then(saved_as(section), *([INVITED_PARTNER] if section == APPLICANT else [])).after
    assert set(scenario.file().sections) == {"applicant", "need", "support", "alignment", "results", "resources"}
    assert scenario.file().stage is Stage.DRAFT


@passes(c.SaveSection)
def test_saving_again_replaces_what_was_saved_before() -> None:
    changed = with_(APPLICANT, title="Safer quays")
    after = given(*AGREED).when(save(changed), by=AMINA).then(saved_as(changed)).after
    assert after.file().section(Applicant) == changed


@refuses(c.SaveSection, "workflow.not_now")
def test_nothing_is_saved_once_the_application_is_submitted() -> None:
    given(*SUBMITTED).when(save(NEED), by=ALI).then("workflow.not_now")


@refuses(c.SaveSection, "reference.unknown")
@refuses(c.WithdrawApplication, "reference.unknown")
def test_an_application_that_was_never_started_is_neither_filled_in_nor_withdrawn() -> None:
    given().when(save(NEED), by=ALI).then("reference.unknown", field="application")
    given().when(WITHDRAW, by=ALI).then("reference.unknown", field="application")
    given(*elsewhere(AGREED)).when(save(NEED), by=ALI).then("reference.unknown", field="application")


@passes(c.SaveSection)
@refuses(c.SaveSection, "text.too_long")
def test_a_text_may_reach_its_limit_and_not_pass_it() -> None:
    given(*STARTED).when(save(with_(NEED, problem="ü" * 2000)), by=ALI).then(e.SectionSaved)
    refused(with_(NEED, problem="ü" * 2001), "text.too_long", "need.problem")


@refuses(c.SaveSection, "text.too_long")
def test_texts_inside_lists_have_limits_too() -> None:
    long = msgspec.structs.replace(RESULTS.indicators[0], target="x" * 201)
    refused(with_(RESULTS, indicators=(long,)), "text.too_long", "results.target")
    refused(with_(ALIGNMENT, secondary=(Argument(priority="FERRY", reason="x" * 601),)), "text.too_long", "alignment.reason")


@refuses(c.SaveSection, "text.empty")
def test_a_text_of_spaces_is_empty() -> None:
    refused(with_(NEED, evidence=" \n\t "), "text.empty", "need.evidence")
    refused(with_(APPLICANT, beneficiaries=(HILLTOWN, "")), "text.empty", "applicant.beneficiaries.1")
    refused(with_(SUPPORT, languages=("en", " ")), "text.empty", "support.languages.1")
    refused(with_(ALIGNMENT, primary=Argument(priority="FLOOD", reason="\u00a0")), "text.empty", "alignment.primary.reason")
    refused(with_(ALIGNMENT, secondary=(Argument(priority="FERRY", reason=""),)), "text.empty", "alignment.secondary.0.reason")
    blank = msgspec.structs.replace(RESULTS.indicators[0], baseline="")
    refused(with_(RESULTS, indicators=(*RESULTS.indicators, blank)), "text.empty", "results.indicators.1.baseline")


@passes(c.SaveSection)
def test_a_city_that_brings_nothing_of_its_own_may_leave_that_blank() -> None:
    nothing = with_(RESOURCES, own_contribution="", other_funders="")
    given(*STARTED).when(save(nothing), by=ALI).then(saved_as(nothing))
    given(*consented(*AGREED, *saved(nothing))).when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted, CHOSEN)


@refuses(c.SaveSection, "applicant.city_repeated")
def test_a_city_benefits_once() -> None:
    refused(with_(APPLICANT, beneficiaries=(LAKESIDE,)), "applicant.city_repeated", "applicant.beneficiaries")
    refused(with_(APPLICANT, beneficiaries=(HILLTOWN, HILLTOWN)), "applicant.city_repeated", "applicant.beneficiaries")


@refuses(c.SaveSection, "applicant.too_many_cities")
def test_an_application_has_no_more_partners_than_the_programme_allows() -> None:
    three = with_(APPLICANT, beneficiaries=(HILLTOWN, OUTPOST, NOWHERE))
    refused(three, "applicant.too_many_cities", "applicant.beneficiaries")
    two = with_(APPLICANT, beneficiaries=(HILLTOWN, OUTPOST))
    given(*STARTED).when(save(two), by=ALI).then(e.SectionSaved, e.PartnerInvited, e.PartnerInvited)


@refuses(c.SaveSection, "city.unknown")
def test_a_city_that_would_benefit_is_in_the_register() -> None:
    refused(with_(APPLICANT, beneficiaries=(NOWHERE,)), "city.unknown", "applicant.beneficiaries")


@refuses(c.SaveSection, "support.design_or_delivery")
def test_support_is_design_or_delivery_or_both() -> None:
    refused(with_(SUPPORT, design=False, delivery=False), "support.design_or_delivery", "support.design")
    given(*STARTED).when(save(with_(SUPPORT, design=False, delivery=True)), by=ALI).then(e.SectionSaved)


@refuses(c.SaveSection, "support.format_needed")
def test_support_names_a_format() -> None:
    refused(with_(SUPPORT, formats=()), "support.format_needed", "support.formats")


@refuses(c.SaveSection, "language.malformed")
def test_languages_are_given_by_their_codes() -> None:
    refused(with_(SUPPORT, languages=("en", "Klingon")), "language.malformed", "support.languages")


@refuses(c.SaveSection, "code.repeated")
def test_nothing_is_asked_for_twice() -> None:
    refused(with_(SUPPORT, formats=SUPPORT.formats[:1] * 2), "code.repeated", "support.formats")


@refuses(c.SaveSection, "support.language_needed")
def test_support_is_given_in_a_language() -> None:
    refused(with_(SUPPORT, languages=()), "support.language_needed", "support.languages")


@refuses(c.SaveSection, "code.unknown")
def test_codes_are_those_of_the_catalogue() -> None:
    refused(with_(SUPPORT, formats=("visit", "banquet")), "code.unknown", "support.formats")
    refused(with_(ALIGNMENT, primary=Argument(priority="FAME", reason="x")), "code.unknown", "alignment.primary")
    refused(with_(ALIGNMENT, secondary=(Argument(priority="FAME", reason="x"),)), "code.unknown", "alignment.secondary")
    refused(with_(ALIGNMENT, results=("R9",)), "code.unknown", "alignment.results")


@passes(c.SaveSection)
@refuses(c.SaveSection, "support.days_out_of_range")
def test_days_are_at_least_one_and_at_most_the_programmes_limit() -> None:
    for days in (1, 20):
        given(*STARTED).when(save(with_(SUPPORT, days=days)), by=ALI).then(e.SectionSaved)
    for days in (-1, 0, 21):
        refused(with_(SUPPORT, days=days), "support.days_out_of_range", "support.days")


@refuses(c.SaveSection, "support.participants_needed")
def test_somebody_takes_part() -> None:
    given(*STARTED).when(save(with_(SUPPORT, participants=1)), by=ALI).then(e.SectionSaved)
    refused(with_(SUPPORT, participants=0), "support.participants_needed", "support.participants")


@passes(c.SaveSection)
@refuses(c.SaveSection, "support.window_reversed")
def test_the_window_ends_on_the_day_it_starts_or_later() -> None:
    day = date(2031, 9, 1)
    given(*STARTED).when(save(with_(SUPPORT, starts_on=day, ends_on=day)), by=ALI).then(e.SectionSaved)
    refused(with_(SUPPORT, starts_on=day, ends_on=date(2031, 8, 31)), "support.window_reversed", "support.ends_on")


@refuses(c.SaveSection, "support.window_over")
def test_the_window_is_not_wholly_over_on_the_day_on_which_it_is_named() -> None:
    refused(with_(SUPPORT, starts_on=EVE, ends_on=EVE), "support.window_over", "support.ends_on")
    given(*STARTED).when(save(with_(SUPPORT, starts_on=EVE, ends_on=NOW.date())), by=ALI).then(e.SectionSaved)


@passes(c.SubmitApplication)
@refuses(c.SubmitApplication, "support.window_over")
def test_a_draft_whose_window_passed_is_submitted_with_another_by_the_days_of_the_city() -> None:
    last = SUPPORT.ends_on
    evening = datetime(last.year, last.month, last.day, 20, tzinfo=UTC)
    given(*AGREED).when(SUBMIT, by=AMINA, at=evening).then(e.ApplicationSubmitted, e.TrackChosen)
    tokyo = msgspec.structs.replace(PROGRAMME.calendars["river"], code="tokyo", timezone="Asia/Tokyo", countries=("XK",))
    abroad = given(*AGREED).under(calendars={**PROGRAMME.calendars, "tokyo": tokyo})
    no = abroad.when(SUBMIT, by=AMINA, at=evening).then("support.window_over", field="support.ends_on").refusal
    assert no
    assert no.about["date"] == last
    again = consented(*AGREED, *saved(with_(SUPPORT, ends_on=last + timedelta(days=1))))
    given(*again).under(calendars={**PROGRAMME.calendars, "tokyo": tokyo}).when(SUBMIT, by=AMINA, at=evening).then(
        e.ApplicationSubmitted, e.TrackChosen
    )


@refuses(c.SaveSection, "alignment.priority_repeated")
def test_a_priority_is_named_once() -> None:
    refused(with_(ALIGNMENT, secondary=(ALIGNMENT.primary,)), "alignment.priority_repeated", "alignment.secondary")


@passes(c.SaveSection)
@refuses(c.SaveSection, "alignment.too_many_priorities")
def test_there_are_up_to_two_secondary_priorities() -> None:
    others = tuple(Argument(priority=code, reason="x") for code in ("FERRY", "FISH", "FLEET"))
    given(*STARTED).when(save(with_(ALIGNMENT, secondary=others[:2])), by=ALI).then(e.SectionSaved)
    refused(with_(ALIGNMENT, secondary=others), "alignment.too_many_priorities", "alignment.secondary")


@refuses(c.SaveSection, "alignment.result_needed")
def test_a_city_works_towards_a_result_that_can_be_its_own() -> None:
    for results in ((), ("R3",), ("R1", "R3")):
        refused(with_(ALIGNMENT, results=results), "alignment.result_needed", "alignment.results")


@refuses(c.SaveSection, "results.indicator_needed")
def test_results_have_an_indicator() -> None:
    refused(with_(RESULTS, indicators=()), "results.indicator_needed", "results.indicators")


@passes(c.SaveSection)
@refuses(c.SaveSection, "money.out_of_range")
def test_the_cost_lies_between_one_minor_unit_and_the_limit() -> None:
    for amount in (1, 9_000_00):
        given(*STARTED).when(save(with_(RESOURCES, amount=amount)), by=ALI).then(e.SectionSaved)
    for amount in (-1, 0, 9_000_01):
        refused(with_(RESOURCES, amount=amount), "money.out_of_range", "resources.amount")


@refuses(c.SaveSection, "money.unknown_currency")
def test_the_currency_is_one_of_the_programmes() -> None:
    refused(with_(RESOURCES, currency="USD"), "money.unknown_currency", "resources.currency")


# ── Submitting ────────────────────────────────────────────────────────────────


@passes(c.SubmitApplication)
def test_the_signatory_submits_and_the_file_pins_policy_catalogue_and_members() -> None:
    after = given(*AGREED).when(SUBMIT, by=AMINA).then(SUBMISSION, CHOSEN).after.file()
    assert (after.stage, after.policy, after.due) == (Stage.COMPLETENESS, "river-1", due("completeness"))


@passes(c.SubmitApplication)
def test_only_the_cities_that_are_members_now_are_noted_as_members() -> None:
    ended = did(ADA, e.MembershipEnded(basis="left"), on=LAKESIDE)
    submitted = given(*AGREED, *ended).when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted, e.TrackChosen)
    assert submitted.events == (msgspec.structs.replace(SUBMISSION, members=(HILLTOWN,)), CHOSEN)


@passes(c.SubmitApplication)
def test_a_city_in_no_region_submits_like_any_other() -> None:
    drafted = consented(*did(NILS, started(OUTPOST), *(saved_as(s) for s in FORM)))
    outcome = given(*drafted).when(SUBMIT, by=NILS).then(e.ApplicationSubmitted, e.TrackChosen)
    assert isinstance(outcome.events[0], e.ApplicationSubmitted)
    assert outcome.events[0].region is None


@refuses(c.SubmitApplication, "submission.signatory_needed")
def test_a_focal_point_prepares_but_does_not_submit() -> None:
    given(*AGREED).when(SUBMIT, by=ALI).then("submission.signatory_needed")


@refuses(c.SubmitApplication, "application.incomplete")
def test_an_incomplete_application_is_refused_naming_what_is_missing() -> None:
    partly = STARTED + saved(APPLICANT, NEED, ALIGNMENT, RESOURCES)
    outcome = given(*partly).when(SUBMIT, by=AMINA).then("application.incomplete", field="support")
    assert outcome.refusal is not None
    assert outcome.refusal.about == {"sections": ("support", "results")}


@refuses(c.SubmitApplication, "programme.expired")
def test_after_the_strategy_has_ended_the_programme_says_whether_intake_goes_on() -> None:
    agreed = consented(*AGREED, *saved(with_(SUPPORT, ends_on=date(2032, 3, 1))))
    given(*agreed).when(SUBMIT, by=AMINA, at=EXPIRED - timedelta(seconds=1)).then(e.ApplicationSubmitted, e.TrackChosen)
    given(*agreed).when(SUBMIT, by=AMINA, at=EXPIRED).then("programme.expired")
    given(*agreed).under(intake_after_expiry=True).when(SUBMIT, by=AMINA, at=EXPIRED).then(e.ApplicationSubmitted, e.TrackChosen)


@refuses(c.SubmitApplication, "money.out_of_range")
def test_sections_are_checked_again_on_submitting_under_the_programme_of_that_day() -> None:
    stricter = Limits(max_amount={"EUR": 1_000_00}, max_days=20, max_partners=2)
    given(*AGREED).under(limits=stricter).when(SUBMIT, by=AMINA).then("money.out_of_range", field="resources.amount")


@refuses(c.SubmitApplication, "calendar.not_covered")
def test_no_due_date_is_guessed_beyond_the_calendar() -> None:
    agreed = consented(*AGREED, *saved(with_(SUPPORT, ends_on=date(2033, 3, 1))))
    late = given(*agreed).under(intake_after_expiry=True)
    late.when(SUBMIT, by=AMINA, at=BEYOND_THE_CALENDAR).then("calendar.not_covered")


@passes(c.SubmitApplication)
def test_an_application_that_was_returned_is_submitted_again() -> None:
    returned = SUBMITTED + did(OLGA, RETURNED)
    after = given(*returned, *saved(NEED)).when(SUBMIT, by=AMINA).then(SUBMISSION).after.file()
    assert (after.submissions, after.returned, after.stage) == (2, None, Stage.COMPLETENESS)


@passes(c.SubmitApplication)
def test_texts_that_are_already_sealed_are_not_measured_again() -> None:
    sealed = Sealed(sealed="restricted", key=FILE, at="x", box="y" * 9000)
    given(*consented(*AGREED, *saved(with_(NEED, problem=sealed)))).when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted, CHOSEN)


# ── Withdrawing ───────────────────────────────────────────────────────────────

WITHDRAWN = e.Withdrawn(city=LAKESIDE, reason=WITHDRAW.reason, due=due("letter"), calendar=CALENDAR)
SENT_IN = [stage for stage in OPEN if stage is not Stage.DRAFT]


def withdrawn_by_ali(file: Application) -> bool:
    return file.decision is not None and (file.decision.outcome, file.decision.by, file.decision.at) == ("withdrawn", ALI, NOW)


@pytest.mark.parametrize("stage", SENT_IN)
def test_a_city_withdraws_at_every_open_stage_and_a_letter_confirms_it(stage: Stage) -> None:
    scenario = given(*REACHED[stage])
    left = (On(ROUND, e.FileLeft(application=FILE, why="withdrawn")),) if scenario.file().round else ()
    after = scenario.when(WITHDRAW, by=ALI).then(WITHDRAWN, *left).after.file()
    assert (after.stage, after.due, after.calendar) == (Stage.LETTER, due("letter"), CALENDAR)
    assert withdrawn_by_ali(after)


@passes(c.WithdrawApplication)
def test_a_draft_that_was_never_submitted_is_closed_by_withdrawal_without_a_letter() -> None:
    for history in (STARTED, AGREED):
        after = given(*history).when(WITHDRAW, by=ALI).then(msgspec.structs.replace(WITHDRAWN, due=None, calendar="")).after
        file = after.file()
        assert (file.stage, file.due, file.calendar, file.letter, file.is_open) == (Stage.CLOSED, None, "", None, False)
        assert withdrawn_by_ali(file)
        after.when(ISSUE, by=TIMER).then("workflow.not_now")
        after.when(WITHDRAW, by=ALI).then("workflow.not_now")


@passes(c.WithdrawApplication)
def test_a_draft_that_was_submitted_once_and_returned_gets_its_letter() -> None:
    returned = SUBMITTED + did(OLGA, RETURNED)
    assert given(*returned).when(WITHDRAW, by=ALI).then(WITHDRAWN).after.file().stage is Stage.LETTER


@refuses(c.WithdrawApplication, "text.empty")
def test_a_city_says_why_it_withdraws() -> None:
    given(*COMPLETE).when(msgspec.structs.replace(WITHDRAW, reason=""), by=ALI).then("text.empty", field="reason")


@passes(c.WithdrawApplication)
def test_a_focal_point_may_withdraw() -> None:
    given(*COMPLETE).when(WITHDRAW, by=ALI).then(e.Withdrawn)


@refuses(c.WithdrawApplication, "workflow.not_your_city")
def test_a_partner_city_does_not_withdraw_the_lead_citys_application() -> None:
    given(*COMPLETE).when(WITHDRAW, by=BELA).then("workflow.not_your_city")


@refuses(c.WithdrawApplication, "workflow.not_now")
def test_what_is_decided_is_not_withdrawn() -> None:
    given(*REACHED[Stage.LETTER]).when(WITHDRAW, by=ALI).then("workflow.not_now")
    given(*REACHED[Stage.CLOSED]).when(WITHDRAW, by=ALI).then("workflow.not_now")


def test_the_sections_of_the_form_are_typed_by_name() -> None:
    file = given(*AGREED).file()
    for section in FORM:
        assert file.section(type(section)) == section
    empty = given(*STARTED).file()
    assert [empty.section(kind) for kind in (Applicant, Support, Alignment, Results)] == [None] * 4
