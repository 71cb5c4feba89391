# ruff: noqa: F405
"""Safeguards: which questions a form is asked, what the answers ask for, who grants it, and for how long that holds."""

from datetime import timedelta

from fund.domain import safeguards, signature
from fund.domain.screen import answers_digest
from fund.domain.sections import section_digest
from tests.domain.proof import passes, refuses
from tests.domain.screening import *  # noqa: F403  # the world in which questions are asked
from tests.domain.small import SMALL_CHECKED, left
from tests.domain.test_delegation import INES_TO_FINN

SUBMIT = c.SubmitApplication(application=FILE)
CONFIRM = c.ConfirmEligibility(application=FILE)
APPROVE = c.Approve(application=FILE, reasons=REASONS)
STALE = NOW.replace(month=7, day=6)
"""The first day on which a level of today holds no longer."""


def opened(section: Safeguards, history: History = DRAFTED, country: str = "XK") -> list[str]:
    file = given(*answering(history, section)).file()
    return [one.code for one in safeguards.opened(file, SAFEGUARDS, (country,))]


def proposed(section: Safeguards, history: History = DRAFTED) -> str:
    return safeguards.proposed(given(*answering(history, section)).file(), SAFEGUARDS, ("XK",))


# ── Which questions are open ──────────────────────────────────────────────────


def test_a_form_that_touches_nothing_is_asked_the_few_opening_questions() -> None:
    visit = saved(with_(SUPPORT, formats=("visit",)))
    assert opened(Safeguards(ages=("grown",)), DRAFTED + visit) == ["GUARDS", "NAMES"]


def test_an_answer_or_a_fact_of_the_form_opens_further_questions() -> None:
    few = ["GUARDS", "NAMES", "ASKED"]
    assert opened(CALM) == few
    assert opened(form(GUARDS="yes")) == opened(form(GUARDS="unknown")) == ["GUARDS", "NAMES", "ARMED", "RAID", "ASKED"]
    assert opened(form(ages=("young",))) == ["GUARDS", "NAMES", "YOUNG", "ASKED"]
    assert opened(CALM, country="NO") == [*few, "NORTH"]
    assert opened(CALM, DRAFTED + saved(with_(SUPPORT, days=6))) == [*few, "LONG"]
    fish = Argument(priority="FISH", reason="x")
    assert opened(CALM, DRAFTED + saved(with_(ALIGNMENT, secondary=(fish,)))) == [*few, "FISH"]
    assert opened(CALM, DRAFTED + saved(with_(APPLICANT, beneficiaries=(HILLTOWN, OUTPOST)))) == [*few, "MANY"]


def test_what_the_answers_ask_for_is_the_gravest_of_what_each_and_all_of_them_ask() -> None:
    assert proposed(CALM) == "green"
    assert proposed(form(NAMES="yes")) == proposed(form(NAMES="unknown")) == proposed(form(ASKED="no")) == "amber"
    assert proposed(form(GUARDS="yes", ARMED="no", RAID="no")) == "amber"
    assert proposed(RISKY) == "red"
    assert proposed(form(GUARDS="yes", ARMED="no", RAID="unknown")) == "black"
    assert proposed(form(ages=("young",), NAMES="yes", YOUNG="no")) == "amber"
    assert proposed(form(ages=("young",), NAMES="yes", YOUNG="yes")) == "red"
    assert proposed(form(GUARDS="yes", ARMED="no", RAID="no", NAMES="yes", ASKED="no")) == "amber"
    assert proposed(form(GUARDS="yes", ARMED="no", RAID="no", NAMES="yes", ASKED="no", LONG="yes")) == "red"


def test_a_question_that_is_open_and_not_answered_counts_as_unknown_and_an_answer_counts_also_where_it_is_open_no_more() -> None:
    assert proposed(form(GUARDS="yes")) == "black"
    assert proposed(form(RAID="yes")) == "black"


# ── What the form may say ─────────────────────────────────────────────────────


def saving(section: Safeguards) -> Outcome:
    return given(*DRAFTED).under(safeguards=SAFEGUARDS).when(c.SaveSection(application=FILE, section=section), by=ALI)


@passes(c.SaveSection)
def test_answers_are_saved_as_they_come_and_more_may_be_open_then() -> None:
    saving(Safeguards(ages=("grown",))).then(e.SectionSaved)
    saving(form(GUARDS="yes")).then(e.SectionSaved)


@refuses(c.SaveSection, "safeguards.text_needed")
@refuses(c.SaveSection, "safeguards.note_needed")
@refuses(c.SaveSection, "safeguards.not_asked")
@refuses(c.SaveSection, "code.unknown")
@refuses(c.SaveSection, "code.repeated")
def test_a_risk_says_what_it_is_and_how_what_is_learnt_about_people_is_kept() -> None:
    saving(Safeguards(ages=("grown",), answers=(said("GUARDS", "yes", " "),))).then(
        "safeguards.text_needed", field="safeguards.answers.GUARDS"
    )
    saving(Safeguards(answers=(said("ASKED", "yes", ""), said("GUARDS", "unknown", "")))).then(e.SectionSaved)
    saving(form(NAMES="yes", note=" ")).then("safeguards.note_needed", field="safeguards.data_protection")
    saving(form(NAMES="unknown", note="")).then(e.SectionSaved)
    saving(form(ages=("old",))).then("code.unknown", field="safeguards.ages")
    saving(Safeguards(answers=(said("MOOD", "no"),))).then("code.unknown", field="safeguards.answers")
    saving(Safeguards(answers=(said("NAMES", "no"), said("NAMES", "no")))).then("code.repeated", field="safeguards.answers")
    given(*DRAFTED).when(c.SaveSection(application=FILE, section=CALM), by=ALI).then("safeguards.not_asked", field="safeguards")


@passes(c.SubmitApplication)
@refuses(c.SubmitApplication, "application.incomplete")
@refuses(c.SubmitApplication, "safeguards.unanswered")
@refuses(c.SubmitApplication, "safeguards.ages_needed")
def test_every_question_that_is_open_is_answered_before_a_form_is_submitted() -> None:
    given(*AGREED).under(safeguards=SAFEGUARDS).when(SUBMIT, by=AMINA).then("application.incomplete", field="safeguards")
    screening(AGREED, Safeguards(answers=answers())).when(SUBMIT, by=AMINA).then("safeguards.ages_needed")
    outcome = screening(AGREED, form(GUARDS="yes")).when(SUBMIT, by=AMINA).then("safeguards.unanswered", field="safeguards.answers")
    assert outcome.refusal
    assert outcome.refusal.about["safeguard_questions"] == ("ARMED", "RAID")
    screening(AGREED).when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted, e.TrackChosen)
    screening(AGREED, UNSURE).when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted, e.TrackChosen)


def test_a_partner_accepts_the_answers_with_the_rest_of_the_text() -> None:
    bare = given(*DRAFTED).under(safeguards=SAFEGUARDS)
    bare.when(c.AcceptText(application=FILE, city=HILLTOWN, text=TEXT), by=BELA).then("application.incomplete", field="safeguards")
    agreed = screening(AGREED)
    agreed.and_(*saved(form(NAMES="unknown"))).when(SUBMIT, by=AMINA).then("consent.missing")


# ── Help with what the city does not know ─────────────────────────────────────

HELP_DUE = NOW.replace(hour=23, minute=59, second=59) + timedelta(days=2)
HELP = c.HelpWithSafeguards(application=FILE, answers=(said("NAMES", "no"),), salt="s")
IN_PLACE = c.HelpInPlaceOfHub(application=FILE, answers=HELP.answers, salt="s")
ASKING = e.SafeguardHelpAsked(hub="north", questions=("NAMES",), due=HELP_DUE, calendar=CALENDAR)


def unsure(history: History = CHECKED, hub: str | None = "north") -> Scenario:
    """The hub was asked to help when the form was found complete."""
    asking = msgspec.structs.replace(ASKING, hub=hub)
    return given(*answering(history, UNSURE), *did(OLGA, asking)).under(safeguards=SAFEGUARDS)


@passes(c.ConfirmCompleteness)
def test_a_hub_is_asked_to_help_with_what_the_city_does_not_know_and_the_central_team_where_no_hub_is_open() -> None:
    confirm = c.ConfirmCompleteness(application=FILE)
    screening(SUBMITTED, UNSURE).when(confirm, by=OLGA).then(CONFIRMED, ASKED, ASKING)
    screening(SUBMITTED).when(confirm, by=OLGA).then(CONFIRMED, ASKED)
    alone = screening(hub_closed() + SUBMITTED, UNSURE).when(confirm, by=OLGA)
    alone.then(CONFIRMED, msgspec.structs.replace(ASKING, hub=None))


@passes(c.HelpWithSafeguards)
def test_what_the_hub_found_takes_the_place_of_what_the_city_did_not_know() -> None:
    given_ = e.SafeguardHelpGiven(hub="north", answers=HELP.answers, digest=section_digest(Safeguards(answers=HELP.answers), "s"), salt="s")
    helped = unsure().when(HELP, by=HANA).then(given_).after
    recorded = helped.when(GREEN, by=OLGA).then(e.SafeguardsRecorded).events[0]
    assert isinstance(recorded, e.SafeguardsRecorded)
    assert recorded.proposed == "green"
    digest = answers_digest("banks-1", section_digest(UNSURE), given_.digest)
    assert recorded.digest == digest != answers_digest("banks-1", section_digest(UNSURE))
    still = msgspec.structs.replace(HELP, answers=(said("NAMES", "unknown"),))
    assert safeguards.proposed(unsure().when(still, by=HANA).after.file(), SAFEGUARDS, ()) == "amber"


def test_what_a_city_says_later_counts_whatever_was_found_before_and_what_is_open_still_is_asked_again() -> None:
    helped = unsure().when(HELP, by=HANA).after
    assert safeguards.proposed(helped.file(), SAFEGUARDS, ()) == "green"
    assert safeguards.proposed(helped.and_(*saved(form(NAMES="yes"))).file(), SAFEGUARDS, ()) == "amber"
    assert safeguards.help_asked(helped.file(), helped.facts(OLGA, NOW)) == ()
    more = helped.and_(*saved(form(NAMES="unknown", GUARDS="unknown")))
    (again,) = safeguards.help_asked(more.file(), more.facts(OLGA, NOW))
    assert set(again.questions) == {"NAMES", "GUARDS"}


@refuses(c.HelpWithSafeguards, "safeguards.no_help_open")
@refuses(c.HelpWithSafeguards, "safeguards.help_incomplete")
@refuses(c.HelpWithSafeguards, "safeguards.text_needed")
@refuses(c.HelpWithSafeguards, "workflow.not_your_hub")
def test_only_the_hub_that_was_asked_helps_and_with_all_that_it_was_asked() -> None:
    screening(CHECKED).when(HELP, by=HANA).then("safeguards.no_help_open")
    unsure().when(HELP, by=HANA).after.when(HELP, by=HANA).then("safeguards.no_help_open")
    unsure().when(msgspec.structs.replace(HELP, answers=(said("GUARDS", "no"),)), by=HANA).then("safeguards.help_incomplete")
    unsure().when(msgspec.structs.replace(HELP, answers=(said("NAMES", "yes", ""),)), by=HANA).then("safeguards.text_needed")
    both = unsure(SOUTH_IS_OPEN + CHECKED + did(OLGA, ASKED_SOUTH))
    both.when(HELP, by=HUGO).then("workflow.not_your_hub")
    both.when(HELP, by=HANA).then(e.SafeguardHelpGiven)


@passes(c.HelpInPlaceOfHub)
@refuses(c.HelpInPlaceOfHub, "safeguards.hub_helps")
@refuses(c.HelpInPlaceOfHub, "safeguards.no_help_open")
def test_the_central_team_helps_where_no_hub_does_or_its_time_is_over() -> None:
    unsure().when(IN_PLACE, by=OLGA).then("safeguards.hub_helps")
    assert unsure().when(IN_PLACE, by=OLGA, at=HELP_DUE + timedelta(seconds=1)).then(e.SafeguardHelpGiven).recorded[0].event.hub is None  # type: ignore[attr-defined]  # as expected
    unsure(COMPLETE_WITHOUT_HUB, hub=None).when(IN_PLACE, by=OLGA).then(e.SafeguardHelpGiven)
    taken = e.OpinionTakenOver(hub="north", reason="x", due=due("hub_opinion"), calendar=CALENDAR)
    unsure(CHECKED + did(OLGA, taken)).when(IN_PLACE, by=OLGA).then(e.SafeguardHelpGiven)
    screening(CHECKED).when(IN_PLACE, by=OLGA).then("safeguards.no_help_open")


@refuses(c.RecordSafeguards, "safeguards.help_open")
@refuses(c.RefuseEligibility, "safeguards.help_open")
@refuses(c.ConfirmEligibility, "safeguards.help_open")
def test_nothing_is_decided_while_help_is_awaited() -> None:
    unsure().when(AMBER, by=OLGA).then("safeguards.help_open")
    unsure().when(CONFIRM, by=OLGA).then("safeguards.help_open")
    failed = unsure(CHECKED + did(OLGA, check("P1", "fail")))
    failed.when(c.RefuseEligibility(application=FILE, reason="x"), by=OMAR).then("safeguards.help_open")


# ── Recording a level ─────────────────────────────────────────────────────────


@passes(c.RecordSafeguards)
def test_a_level_is_recorded_with_what_was_looked_at_and_how_long_that_holds() -> None:
    outcome = screening(CHECKED).when(GREEN, by=OLGA)
    expected = e.SafeguardsRecorded(
        level="green", reason="Looked at", questions="banks-1", proposed="green",
        digest=answers_digest("banks-1", section_digest(CALM)), text=outcome.scenario.file().text, cities=(LAKESIDE, HILLTOWN),
        track="standard", valid_until=STALE.replace(day=5, hour=23, minute=59, second=59), calendar=CALENDAR,
    )  # fmt: skip
    outcome.then(expected)
    agreed = e.MitigationAgreed(number=1, text=MITIGATION.text, owner=MITIGATION.owner, due_on=MITIGATION.due_on)
    recorded, told = screening(CHECKED, form(NAMES="yes")).when(AMBER, by=OLGA).then(e.SafeguardsRecorded, agreed).events
    assert isinstance(recorded, e.SafeguardsRecorded)
    assert (recorded.proposed, told) == ("amber", agreed)


@refuses(c.RecordSafeguards, "safeguards.mitigation_needed")
@refuses(c.RecordSafeguards, "safeguards.mitigation_past")
@refuses(c.RecordSafeguards, "safeguards.too_low")
def test_a_risk_is_lessened_by_somebody_until_a_day_to_come_and_never_recorded_as_less_than_the_answers_ask() -> None:
    for level in ("amber", "red"):
        screening(CHECKED).when(record(level), by=OLGA).then("safeguards.mitigation_needed", field="mitigations")
    past = msgspec.structs.replace(MITIGATION, due_on=NOW.date() - timedelta(days=1))
    screening(CHECKED).when(record("amber", past), by=OLGA).then("safeguards.mitigation_past", field="mitigations")
    screening(CHECKED, form(NAMES="yes")).when(GREEN, by=OLGA).then("safeguards.too_low", field="level")
    given(*CHECKED).when(record("amber"), by=OLGA).then(e.SafeguardsRecorded)


def test_a_small_file_keeps_its_shorter_way_while_nothing_speaks_against_it() -> None:
    small = screening(SMALL_CHECKED)
    small.when(CONFIRM, by=OLGA).then("safeguards.needed")
    small.when(GREEN, by=OLGA).after.when(CONFIRM, by=OLGA).then(e.FoundEligible)
    moved = screening(SMALL_CHECKED, form(NAMES="yes")).when(AMBER, by=OLGA)
    moved.then(e.SafeguardsRecorded, e.MitigationAgreed, left("safeguards", "eligibility", opinion_open=True))
    assert signature.stale(moved.after.file(), NOW) == ()


# ── What other steps ask ──────────────────────────────────────────────────────

PROPOSING = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Elm",), reason="x"
)
DECLINING = msgspec.structs.replace(PROPOSING, recommendation="decline")


@refuses(c.ConfirmEligibility, "safeguards.black")
@refuses(c.MakeProposal, "safeguards.black")
@refuses(c.Approve, "safeguards.black")
@refuses(c.PutOnWaitingList, "safeguards.black")
def test_what_is_black_is_granted_by_nobody() -> None:
    recorded_as(BLACK, CHECKED).when(CONFIRM, by=OLGA).then("safeguards.black")
    recorded_as(BLACK, COORDINATED).when(PROPOSING, by=OLGA).then("safeguards.black")
    recorded_as(BLACK, COORDINATED).when(DECLINING, by=OLGA).then(e.ProposalMade)
    recorded_as(BLACK, PROPOSED).when(APPROVE, by=INES).then("safeguards.black")
    listing = c.PutOnWaitingList(application=FILE, envelope=EMPTY, amount=3_500_00, reasons=REASONS, otherwise="x")
    recorded_as(BLACK, PROPOSED).when(listing, by=INES).then("safeguards.black")


def test_what_is_red_is_granted_by_two_people() -> None:
    red = recorded_as(RED, PROPOSED)
    once = red.when(APPROVE, by=INES).then(e.ApprovalGiven).after
    once.when(APPROVE, by=INES).then("decision.second_person")
    assert once.and_(*INES_TO_FINN).when(APPROVE, by=FINN).code == "delegation.lender_may_not"
    assert e.Approved in {type(one) for one in once.when(APPROVE, by=IVO).events}
    for calm in (GREEN, AMBER):
        assert e.Approved in {type(one) for one in recorded_as(calm, PROPOSED).when(APPROVE, by=INES).events}


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "safeguards.not_recorded")
@refuses(c.Approve, "safeguards.not_recorded")
def test_nothing_is_granted_without_a_level_of_what_was_asked() -> None:
    screening(COORDINATED).when(PROPOSING, by=OLGA).then("safeguards.not_recorded")
    screening(COORDINATED).when(DECLINING, by=OLGA).then(e.ProposalMade)
    recorded_as(AMBER, COORDINATED).when(PROPOSING, by=OLGA).then(e.ProposalMade)
    screening(PROPOSED).when(APPROVE, by=INES).then("safeguards.not_recorded")


def test_a_programme_may_want_no_record_of_a_form_that_names_no_risk() -> None:
    def calm(section: Safeguards = CALM, *more: Told) -> Scenario:
        quiet = msgspec.structs.replace(SAFEGUARDS, records_green=False)
        return given(*answering(PROPOSED, section), *more).under(safeguards=quiet)

    assert calm().when(APPROVE, by=INES).code is None
    calm(form(NAMES="yes")).when(APPROVE, by=INES).then("safeguards.not_recorded")
    calm(UNSURE).when(APPROVE, by=INES).then("safeguards.not_recorded")
    calm().when(APPROVE, by=INES, at=STALE).then("safeguards.not_recorded")
    calm().when(BLACK, by=OLGA).after.when(APPROVE, by=INES).then("safeguards.black")


def test_a_file_that_was_submitted_before_anything_was_asked_is_judged_without() -> None:
    old = given(*PROPOSED).under(safeguards=SAFEGUARDS)
    assert old.when(APPROVE, by=INES).code is None


@refuses(c.Approve, "safeguards.stale")
@refuses(c.ConfirmEligibility, "safeguards.stale")
def test_a_level_holds_for_what_was_looked_at_and_for_so_long() -> None:
    green = recorded_as(GREEN, PROPOSED)

    def why(scenario: Scenario, at: datetime = NOW) -> tuple[str, ...]:
        return signature.stale(scenario.file(), at)

    assert why(green) == why(green, STALE.replace(day=5)) == ()
    left_out = e.PartnerLeft(city=HILLTOWN, reason="x", fails=("nothing",))
    moved = e.TrackChanged(
        from_track="small", to_track="race", why="officer", reassess=False, due=NOW, calendar=CALENDAR, opinions_due=None
    )  # fmt: skip
    changes = {
        "text": green.and_(*saved(with_(NEED, problem="Ice"))),
        "cities": green.and_(*did(BELA, left_out)),
        "track": green.and_(*did(OLGA, moved)),
    }
    for cause, scenario in changes.items():
        assert why(scenario) == (cause,)
        scenario.when(APPROVE, by=INES).then("safeguards.stale")
        again = scenario.when(GREEN, by=OLGA).after
        assert why(again) == ()
    assert why(green, STALE) == ("delay",)
    green.when(APPROVE, by=INES, at=STALE).then("safeguards.stale")
    recorded_as(GREEN, CHECKED).when(CONFIRM, by=OLGA, at=STALE).then("safeguards.stale")


def test_what_is_decided_again_after_an_appeal_or_an_override_is_looked_at_again() -> None:
    upheld = e.AppealDecided(
        number=1, appeal_outcome="upheld", reasons=REASONS, back_to="proposal", checks=(), envelope=None, unfunded="x", due=NOW,
        calendar=CALENDAR,
    )  # fmt: skip
    aside = e.OverrideProposed(checks=("P1",), reasons=REASONS, due=NOW, calendar=CALENDAR)
    overridden = e.EligibilityOverridden(checks=("P1",), reasons=REASONS, due=NOW, calendar=CALENDAR)
    opened_again = recorded_as(GREEN, CHECKED).and_(*did(IVO, aside), *did(INES, overridden), *did(OLGA, check("P1")))
    opened_again.when(CONFIRM, by=OLGA).then("safeguards.stale")
    again = recorded_as(GREEN, PROPOSED).and_(*did(IVO, upheld))
    assert signature.stale(again.file(), NOW) == signature.stale(opened_again.file(), NOW) == ("fallen",)
    assert not again.and_(*did(OMAR, e.SafeguardsRecorded(level="green", reason="x"))).file().screen_again


def test_a_level_of_before_questions_were_asked_stays_what_it_was() -> None:
    old = given(*CHECKED, *did(OLGA, e.SafeguardsRecorded(level="amber", reason="x")))
    assert old.file().safeguards
    assert old.file().screen is None
    old.when(CONFIRM, by=OLGA).then(e.FoundEligible)
