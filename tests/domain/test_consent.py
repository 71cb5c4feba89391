# ruff: noqa: F405
"""Joint applications: who is invited, what exactly is accepted, who must accept again, who leaves and what then fails."""

from datetime import timedelta
from hashlib import sha256

import msgspec
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.consent import asked
from fund.domain.event import Event
from fund.domain.programme import ConsentRule, Programme
from fund.domain.workflow import OPEN
from tests.domain.proof import passes, refuses
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track

ACCEPT = c.AcceptText(application=FILE, city=HILLTOWN, text=TEXT)
PAPER = c.RecordAcceptance(
    application=FILE, city=HILLTOWN, text=TEXT, signatory=BELA, signed_on=NOW.date(), paper="f" * 64
)  # fmt: skip
LEAVE = c.LeaveApplication(application=FILE, city=HILLTOWN, reason="The council voted against it")
SUBMIT = c.SubmitApplication(application=FILE)
JOINT = with_(APPLICANT, beneficiaries=(HILLTOWN, OUTPOST))
BOTH = STARTED + saved(JOINT) + did(ALI, INVITED_PARTNER, e.PartnerInvited(city=OUTPOST)) + saved(*FORM[1:])
"""Lakeside applies with Hilltown and Outpost, and neither has accepted."""
OTHER_NEED = with_(NEED, problem="It floods twice a year")


def save(section: AnySection) -> c.SaveSection:
    return c.SaveSection(application=FILE, section=section)


def accepts(city: str, text: str) -> c.AcceptText:
    return c.AcceptText(application=FILE, city=city, text=text)


def left(*fails: e.Failing, **about: tuple[str, ...]) -> e.PartnerLeft:
    return e.PartnerLeft(city=HILLTOWN, reason=LEAVE.reason, fails=fails, **about)


# ── Invited ───────────────────────────────────────────────────────────────────


@passes(c.SaveSection)
def test_a_city_is_invited_when_the_form_names_it_and_not_again_when_the_form_is_saved_again() -> None:
    first = given(*STARTED).when(save(APPLICANT), by=ALI).then(saved_as(APPLICANT), INVITED_PARTNER).after
    title = with_(APPLICANT, title="Safer quays")
    first.when(save(title), by=ALI).then(saved_as(title))
    first.when(save(JOINT), by=ALI).then(saved_as(JOINT), e.PartnerInvited(city=OUTPOST))


@passes(c.SaveSection)
def test_a_city_that_left_is_invited_again_once_it_was_taken_out_and_put_back() -> None:
    gone = given(*AGREED, *did(BELA, left("text")))
    gone.when(save(APPLICANT), by=ALI).then(saved_as(APPLICANT))
    alone = with_(APPLICANT, beneficiaries=())
    out = gone.when(save(alone), by=ALI).then(saved_as(alone)).after
    back = out.when(save(APPLICANT), by=ALI).then(saved_as(APPLICANT), INVITED_PARTNER).after.file()
    assert (back.invited_partners, back.has_accepted(HILLTOWN)) == ((HILLTOWN,), False)


@passes(c.SaveSection)
def test_the_programme_says_whether_observers_are_asked_too_or_nobody() -> None:
    watched = with_(APPLICANT, observers=(OUTPOST,))
    everybody = ConsentRule(asked_of="everybody", source="test")
    scenario = given(*STARTED)
    scenario.when(save(watched), by=ALI).then(saved_as(watched), INVITED_PARTNER)
    scenario.under(consent=everybody).when(save(watched), by=ALI).then(e.SectionSaved, INVITED_PARTNER, e.PartnerInvited(city=OUTPOST))
    scenario.under(consent=None).when(save(watched), by=ALI).then(saved_as(watched))


# ── Accepted: a digest of the text ────────────────────────────────────────────


def test_whoever_has_a_section_and_its_salt_can_compute_what_was_accepted() -> None:
    said = msgspec.json.encode({"section": "need"} | msgspec.structs.asdict(NEED), order="sorted")
    assert section_digest(NEED, "5a17") == sha256(b"5a17\n" + said).hexdigest()
    lines = "".join(f"{name} {given(*DRAFTED).file().digests[name]}\n" for name in map(section_name, FORM))
    assert sha256(lines.encode()).hexdigest() == TEXT == given(*DRAFTED).file().text


@passes(c.AcceptText)
def test_a_signatory_accepts_the_text_as_it_stands() -> None:
    file = given(*DRAFTED).when(ACCEPT, by=BELA).then(ACCEPTED).after.file()
    assert (file.has_accepted(HILLTOWN), file.changed_since(HILLTOWN)) == (True, ())


@refuses(c.AcceptText, "consent.other_text")
def test_a_text_that_changed_since_it_was_read_is_not_accepted_and_the_sections_are_named() -> None:
    scenario = given(*AGREED, *saved(OTHER_NEED))
    outcome = scenario.when(ACCEPT, by=BELA).then("consent.other_text", field="text")
    assert outcome.refusal
    assert outcome.refusal.about["sections"] == ("need",)


@refuses(c.AcceptText, "consent.signatory_needed")
def test_only_its_own_confirmed_signatory_accepts_for_a_city() -> None:
    focal = did(ADA, e.RepresentativeConfirmed(person=UMA, capacity="focal_point", proof="x"), on=HILLTOWN)
    given(*DRAFTED, *focal).when(ACCEPT, by=UMA).then("consent.signatory_needed")
    text = given(*BOTH).file().text
    given(*BOTH).when(accepts(HILLTOWN, text), by=NILS).then("consent.signatory_needed", field="city")


@refuses(c.AcceptText, "workflow.not_your_city")
@refuses(c.LeaveApplication, "workflow.not_your_city")
def test_nobody_accepts_or_leaves_for_a_city_that_was_not_invited() -> None:
    for command in (ACCEPT, LEAVE):
        given(*DRAFTED).when(command, by=NILS).then("workflow.not_your_city")
        given(*DRAFTED).when(command, by=AMINA).then("workflow.not_your_city")


@refuses(c.AcceptText, "consent.not_invited")
@refuses(c.RecordAcceptance, "consent.not_invited")
@refuses(c.LeaveApplication, "consent.not_invited")
def test_the_lead_city_and_others_are_asked_for_no_acceptance() -> None:
    given(*DRAFTED).when(accepts(LAKESIDE, TEXT), by=BELA).then("consent.not_invited", field="city")
    given(*DRAFTED).when(msgspec.structs.replace(PAPER, city=OUTPOST), by=OLGA).then("consent.not_invited", field="city")
    given(*DRAFTED).when(msgspec.structs.replace(LEAVE, city=OUTPOST), by=BELA).then("consent.not_invited", field="city")


@refuses(c.AcceptText, "consent.nothing_open")
@refuses(c.RecordAcceptance, "consent.nothing_open")
def test_the_same_text_is_accepted_once() -> None:
    given(*AGREED).when(ACCEPT, by=BELA).then("consent.nothing_open")
    given(*AGREED).when(PAPER, by=OLGA).then("consent.nothing_open")
    text = given(*BOTH).file().text
    one = given(*BOTH, *did(BELA, e.TextAccepted(city=HILLTOWN, text=text)))
    one.when(msgspec.structs.replace(PAPER, text=text), by=OLGA).then("consent.nothing_open", field="city")


@refuses(c.AcceptText, "application.incomplete")
@refuses(c.RecordAcceptance, "application.incomplete")
def test_a_form_is_accepted_as_a_whole() -> None:
    partly = given(*STARTED, *saved(APPLICANT, NEED), *did(ALI, INVITED_PARTNER))
    text = partly.file().text
    partly.when(accepts(HILLTOWN, text), by=BELA).then("application.incomplete", field="support")
    partly.when(msgspec.structs.replace(PAPER, text=text), by=OLGA).then("application.incomplete", field="support")


@refuses(c.AcceptText, "workflow.not_now")
def test_once_submitted_there_is_nothing_to_accept() -> None:
    given(*SUBMITTED).when(ACCEPT, by=BELA).then("workflow.not_now")


# ── On paper ──────────────────────────────────────────────────────────────────


@passes(c.RecordAcceptance)
def test_an_officer_records_what_was_signed_on_paper_with_the_digest_of_its_photograph() -> None:
    outcome = given(*DRAFTED).when(PAPER, by=OLGA)
    outcome.then(e.AcceptanceRecorded(city=HILLTOWN, text=TEXT, signatory=BELA, signed_on=NOW.date(), paper="f" * 64))
    file = outcome.after.file()
    assert (file.has_accepted(HILLTOWN), file.partners[HILLTOWN].on_paper) == (True, True)
    outcome.after.when(SUBMIT, by=AMINA).then(SUBMISSION, CHOSEN)


@refuses(c.RecordAcceptance, "consent.not_its_signatory")
def test_a_paper_is_signed_by_the_citys_confirmed_signatory() -> None:
    for other in (AMINA, ALI, OLGA, STRANGER):
        given(*DRAFTED).when(msgspec.structs.replace(PAPER, signatory=other), by=OLGA).then("consent.not_its_signatory", field="signatory")


@refuses(c.RecordAcceptance, "consent.signed_earlier")
@refuses(c.RecordAcceptance, "consent.paper_of_other_text")
def test_nobody_signed_a_text_before_it_was_written_and_a_paper_has_one_text() -> None:
    yesterday = msgspec.structs.replace(PAPER, signed_on=NOW.date() - timedelta(days=1))
    given(*DRAFTED).when(yesterday, by=OLGA).then("consent.signed_earlier", field="signed_on")
    later = NOW + timedelta(days=3)
    changed = given(*DRAFTED).when(PAPER, by=OLGA).after.when(save(OTHER_NEED), by=ALI, at=later).after
    text = changed.file().text
    again = msgspec.structs.replace(PAPER, text=text, paper="e" * 64)
    changed.when(again, by=OLGA, at=later).then("consent.signed_earlier", field="signed_on")
    same_paper = msgspec.structs.replace(PAPER, text=text, signed_on=later.date())
    changed.when(same_paper, by=OLGA, at=later).then("consent.paper_of_other_text", field="paper")
    changed.when(msgspec.structs.replace(again, signed_on=later.date()), by=OLGA, at=later).then(e.AcceptanceRecorded)


@passes(c.RecordAcceptance)
def test_two_cities_sign_one_paper_and_the_day_is_that_of_the_city_that_signs() -> None:
    west = msgspec.structs.replace(PROGRAMME.calendars["river"], code="west", timezone="Pacific/Midway", countries=("XK",))
    yesterday = msgspec.structs.replace(PAPER, signed_on=NOW.date() - timedelta(days=1))
    given(*DRAFTED).under(calendars=PROGRAMME.calendars | {"west": west}).when(yesterday, by=OLGA).then(e.AcceptanceRecorded)
    east = msgspec.structs.replace(PROGRAMME.calendars["river"], code="east", timezone="Pacific/Kiritimati", countries=("XK",))
    tomorrow = msgspec.structs.replace(PAPER, signed_on=NOW.date() + timedelta(days=1))
    there = given(*DRAFTED).under(calendars=PROGRAMME.calendars | {"east": east})
    there.when(tomorrow, by=OLGA, at=NOW + timedelta(hours=2)).then(e.AcceptanceRecorded)
    both = given(*BOTH)
    for city, who in ((HILLTOWN, BELA), (OUTPOST, NILS)):
        both = both.when(msgspec.structs.replace(PAPER, city=city, signatory=who, text=both.file().text), by=OLGA).after
    assert all(map(both.file().has_accepted, (HILLTOWN, OUTPOST)))


@refuses(c.RecordAcceptance, "consent.paper_digest")
@refuses(c.RecordAcceptance, "consent.signed_later")
def test_the_photograph_has_a_digest_and_the_day_of_signing_has_come() -> None:
    for wrong in ("f" * 63, "F" * 64, "scan.jpg"):
        given(*DRAFTED).when(msgspec.structs.replace(PAPER, paper=wrong), by=OLGA).then("consent.paper_digest", field="paper")
    tomorrow = msgspec.structs.replace(PAPER, signed_on=NOW.date() + timedelta(days=1))
    given(*DRAFTED).when(tomorrow, by=OLGA).then("consent.signed_later", field="signed_on")


@refuses(c.RecordAcceptance, "consent.other_text")
def test_a_paper_with_an_older_text_does_not_count() -> None:
    given(*DRAFTED, *saved(OTHER_NEED)).when(PAPER, by=OLGA).then("consent.other_text", field="text")


@refuses(c.RecordAcceptance, "duty.own_city")
def test_nobody_records_the_paper_of_their_own_city() -> None:
    at_home = did(ADA, e.AffiliationRecorded(person=OLGA, city=HILLTOWN), on=OLGA)
    given(*DRAFTED, *at_home).when(PAPER, by=OLGA).then("duty.own_city")


# ── An edit, and who must accept again ────────────────────────────────────────


def test_an_edit_names_the_cities_that_must_accept_again_and_the_sections_that_changed() -> None:
    text = given(*BOTH).file().text
    both = given(*BOTH, *did(BELA, e.TextAccepted(city=HILLTOWN, text=text)), *did(NILS, e.TextAccepted(city=OUTPOST, text=text)))
    edited = both.and_(*saved(OTHER_NEED))
    again = edited.file()
    assert [city for city in asked(again, PROGRAMME) if not again.has_accepted(city)] == [HILLTOWN, OUTPOST]
    assert again.changed_since(HILLTOWN) == ("need",)
    one = edited.and_(*did(BELA, e.TextAccepted(city=HILLTOWN, text=again.text)), *saved(with_(RESOURCES, amount=3_000_00))).file()
    assert (one.changed_since(HILLTOWN), one.changed_since(OUTPOST)) == (("resources",), ("need", "resources"))
    assert given(*BOTH).file().changed_since(OUTPOST) == tuple(map(section_name, FORM))


def test_a_text_that_is_changed_back_is_the_text_that_was_accepted() -> None:
    back = given(*AGREED, *saved(OTHER_NEED), *saved(NEED))
    assert back.file().has_accepted(HILLTOWN)
    back.when(SUBMIT, by=AMINA).then(SUBMISSION, CHOSEN)


@refuses(c.SubmitApplication, "consent.missing")
def test_a_joint_application_is_submitted_with_every_consent_the_programme_asks_for() -> None:
    text = given(*BOTH).file().text
    one = given(*BOTH, *did(BELA, e.TextAccepted(city=HILLTOWN, text=text)))
    outcome = one.when(SUBMIT, by=AMINA).then("consent.missing")
    assert outcome.refusal
    assert outcome.refusal.about == {"cities": (OUTPOST,)}
    given(*AGREED, *saved(OTHER_NEED)).when(SUBMIT, by=AMINA).then("consent.missing")
    given(*SUBMITTED, *did(OLGA, RETURNED), *saved(OTHER_NEED)).when(SUBMIT, by=AMINA).then("consent.missing")


@passes(c.SubmitApplication)
def test_the_submission_carries_the_text_and_who_accepted_it() -> None:
    given(*AGREED).when(SUBMIT, by=AMINA).then(SUBMISSION, CHOSEN)
    assert (SUBMISSION.text, SUBMISSION.consents) == (TEXT, (HILLTOWN,))
    nobody = given(*DRAFTED).under(consent=None).when(SUBMIT, by=AMINA).events[0]
    assert isinstance(nobody, e.ApplicationSubmitted)
    assert (nobody.text, nobody.consents) == (TEXT, ())


@refuses(c.SubmitApplication, "consent.missing")
def test_under_a_programme_that_asks_everybody_observers_accept_too() -> None:
    watched = with_(APPLICANT, observers=(OUTPOST,))
    scenario = given(*consented(*DRAFTED, *saved(watched), *did(ALI, e.PartnerInvited(city=OUTPOST))))
    everybody = scenario.under(consent=ConsentRule(asked_of="everybody", source="test"))
    everybody.when(SUBMIT, by=AMINA).then("consent.missing")
    accepted = everybody.and_(*did(NILS, e.TextAccepted(city=OUTPOST, text=scenario.file().text)))
    accepted.when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted, CHOSEN)
    scenario.when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted, CHOSEN)


# ── Leaving ───────────────────────────────────────────────────────────────────


@passes(c.LeaveApplication)
@refuses(c.SubmitApplication, "consent.partner_left")
def test_a_city_that_declines_stands_in_the_way_until_the_form_names_it_no_more() -> None:
    text = given(*BOTH).file().text
    half = given(*BOTH, *did(NILS, e.TextAccepted(city=OUTPOST, text=text)))
    gone = half.when(LEAVE, by=BELA).then(left("text", accept_again=(OUTPOST,))).after
    assert (gone.file().cities, gone.file().left) == ((LAKESIDE, OUTPOST), (HILLTOWN,))
    refused = gone.when(SUBMIT, by=AMINA).then("consent.partner_left", field="applicant").refusal
    assert refused
    assert refused.about == {"cities": (HILLTOWN,)}
    rest = gone.when(save(with_(APPLICANT, beneficiaries=(OUTPOST,))), by=ALI).then(e.SectionSaved).after
    rest.when(SUBMIT, by=AMINA).then("consent.missing")
    rest.and_(*did(NILS, e.TextAccepted(city=OUTPOST, text=rest.file().text))).when(SUBMIT, by=AMINA).then(e.ApplicationSubmitted, CHOSEN)


@passes(c.LeaveApplication)
def test_a_city_leaves_at_any_open_stage_and_the_file_stays_where_it_is() -> None:
    for stage in OPEN:
        after = given(*REACHED[stage]).when(LEAVE, by=BELA).then(e.PartnerLeft).after.file()
        assert (after.stage, after.cities, after.parties) == (stage, (LAKESIDE,), (LAKESIDE, HILLTOWN))
    for stage in (Stage.LETTER, Stage.CLOSED):
        given(*REACHED[stage]).when(LEAVE, by=BELA).then("workflow.not_now")


@refuses(c.LeaveApplication, "consent.signatory_needed")
@refuses(c.LeaveApplication, "workflow.not_your_city")
def test_leaving_is_the_signatorys_word_and_said_once() -> None:
    focal = did(ADA, e.RepresentativeConfirmed(person=UMA, capacity="focal_point", proof="x"), on=HILLTOWN)
    given(*SUBMITTED, *focal).when(LEAVE, by=UMA).then("consent.signatory_needed")
    given(*BOTH).when(msgspec.structs.replace(LEAVE, city=OUTPOST), by=BELA).then("consent.signatory_needed", field="city")
    given(*SUBMITTED, *did(BELA, left("nothing"))).when(LEAVE, by=BELA).then("workflow.not_your_city")


@passes(c.LeaveApplication)
def test_what_fails_without_it_is_said_in_the_same_fact() -> None:
    given(*SUBMITTED).when(LEAVE, by=BELA).then(left("nothing"))
    no_member = SUBMITTED[:-2] + did(AMINA, msgspec.structs.replace(SUBMISSION, members=(HILLTOWN,)), CHOSEN)
    given(*no_member).when(LEAVE, by=BELA).then(left("checks", checks=("M1", "M2")))
    given(*ASKED_BOTH).when(LEAVE, by=BELA).then(left("hubs", hubs=("south",)))


def needs_two(programme: Programme = PROGRAMME) -> dict[str, dict[str, object]]:
    two = msgspec.structs.replace(programme.tracks["small"], min_cities=2)
    return {"tracks": programme.tracks | {"small": two}}


@passes(c.LeaveApplication)
def test_a_file_leaves_a_track_that_asks_for_more_cities_than_stay() -> None:
    moved = e.TrackChanged(
        from_track="small", to_track="standard", why="cities", reassess=False, due=due("eligibility"), calendar=CALENDAR,
        opinions_due=due("hub_opinion"),
    )  # fmt: skip
    outcome = given(*SMALL_COMPLETE).under(**needs_two()).when(LEAVE, by=BELA).then(left("track"), moved)
    assert outcome.after.file().track == "standard"
    given(*SMALL_COMPLETE).when(LEAVE, by=BELA).then(left("nothing"))
    returned = given(*SMALL_SUBMITTED, *did(OLGA, RETURNED)).under(**needs_two())
    returned.when(LEAVE, by=BELA).then(left("text", "track"))


@passes(c.SubmitApplication)
def test_a_track_may_ask_for_several_cities() -> None:
    chosen = given(*SMALL_AGREED).under(**needs_two()).when(msgspec.structs.replace(SUBMIT, seed=KEPT), by=AMINA).events[1]
    assert chosen == FITS
    alone = given(*SMALL_AGREED, *saved(with_(APPLICANT, beneficiaries=()))).under(**needs_two())
    why = alone.when(msgspec.structs.replace(SUBMIT, seed=KEPT), by=AMINA).events[1]
    assert why == e.TrackChosen(track="standard", why="cities")


@passes(c.RunMachineChecks)
def test_after_a_city_left_the_machine_looks_again_at_the_facts_that_are_others_now() -> None:
    lone = SMALL_SUBMITTED[:-2] + did(AMINA, msgspec.structs.replace(SUBMISSION, members=(LAKESIDE,)), CHOSEN) + did(OLGA, CONFIRMED)
    run = c.RunMachineChecks(application=FILE)
    checked = given(*lone).when(run, by=TIMER).after
    assert checked.file().checks["M2"].result == "fail"
    checked.when(run, by=TIMER).then("checks.already_run")
    again = checked.when(LEAVE, by=BELA).after.when(run, by=TIMER).then(machine_check("M2", "beneficiaries_are_members")).after
    again.when(run, by=TIMER).then("checks.already_run")


@passes(c.Approve)
def test_a_city_that_left_gets_no_award() -> None:
    gone = given(*PROPOSED, *did(BELA, left("nothing")))
    awarded = gone.when(c.Approve(application=FILE, reasons=REASONS), by=INES)
    assert [one for one in awarded.events if isinstance(one, On) and one.stream in (LAKESIDE, HILLTOWN)] == [On(LAKESIDE, AWARD)]


# ── A city within a city ──────────────────────────────────────────────────────

WITHIN = c.RecordTier(city=HILLTOWN, within=LAKESIDE, basis="City charter, article 2")
INSIDE = did(ADA, e.TierRecorded(within=(LAKESIDE,), basis=WITHIN.basis), on=HILLTOWN)


@passes(c.RecordTier)
def test_the_register_says_which_city_lies_within_which() -> None:
    inside = e.TierInsideRecorded(city=HILLTOWN)
    given().when(WITHIN, by=ADA).then(e.TierRecorded(within=(LAKESIDE,), basis=WITHIN.basis), On(LAKESIDE, inside))
    deeper = c.RecordTier(city=OUTPOST, within=HILLTOWN, basis="x")
    told = (On(stream, e.TierInsideRecorded(city=OUTPOST)) for stream in (HILLTOWN, LAKESIDE))
    given(*INSIDE).when(deeper, by=ADA).then(e.TierRecorded(within=(HILLTOWN, LAKESIDE), basis="x"), *told)


@refuses(c.RecordTier, "tier.circle")
@refuses(c.RecordTier, "city.unknown")
def test_nothing_lies_within_itself_or_within_what_lies_in_it() -> None:
    given().when(msgspec.structs.replace(WITHIN, within=HILLTOWN), by=ADA).then("tier.circle", field="within")
    given(*INSIDE).when(c.RecordTier(city=LAKESIDE, within=HILLTOWN, basis="x"), by=ADA).then("tier.circle")
    given().when(msgspec.structs.replace(WITHIN, within=NOWHERE), by=ADA).then("city.unknown", field="within")


@refuses(c.SaveSection, "applicant.cities_overlap")
@refuses(c.SubmitApplication, "applicant.cities_overlap")
def test_a_borough_and_its_city_do_not_benefit_from_one_application() -> None:
    outcome = given(*STARTED, *INSIDE).when(save(APPLICANT), by=ALI).then("applicant.cities_overlap", field="applicant.beneficiaries")
    assert outcome.refusal
    assert outcome.refusal.about == {"city": HILLTOWN, "within": LAKESIDE}
    given(*AGREED, *INSIDE).when(SUBMIT, by=AMINA).then("applicant.cities_overlap")
    between = e.TierRecorded(within=(LAKESIDE,), basis="x")
    deep = did(ADA, between, on=OUTPOST) + did(ADA, e.TierRecorded(within=(OUTPOST, LAKESIDE), basis="x"), on=HILLTOWN)
    given(*AGREED, *deep).when(SUBMIT, by=AMINA).then("applicant.cities_overlap")
    around = did(ADA, e.TierRecorded(within=(HILLTOWN,), basis="x"), on=LAKESIDE)
    given(*AGREED, *around).when(SUBMIT, by=AMINA).then("applicant.cities_overlap")


# ── Whatever happens ──────────────────────────────────────────────────────────

ACTS = st.one_of(
    st.tuples(st.just("save"), st.sampled_from((APPLICANT, JOINT, with_(APPLICANT, beneficiaries=()), NEED, OTHER_NEED, *FORM[2:]))),
    st.tuples(st.sampled_from(("accept", "paper", "leave")), st.sampled_from(((HILLTOWN, BELA), (OUTPOST, NILS)))),
    st.tuples(st.just("submit"), st.none()),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@over(st.lists(st.one_of(ACTS, ACTS), max_size=25))
def test_a_submitted_joint_file_always_carries_acceptances_of_exactly_the_text_submitted(acts: list[tuple[str, object]]) -> None:
    scenario = given(*BOTH)
    for act, about in (*acts, ("accept", (HILLTOWN, BELA)), ("accept", (OUTPOST, NILS)), ("submit", None)):
        command, by = _asked(act, about, scenario.file().text)
        scenario = scenario.when(command, by=by).after
    check_acceptances([told.event for told in scenario.history if told.stream == FILE])


def _asked(act: str, about: object, text: str) -> tuple[c.Command, str]:
    match act, about:
        case "accept", (str() as city, str() as who):
            return accepts(city, text), who
        case "paper", (str() as city, str() as who):
            return msgspec.structs.replace(PAPER, city=city, signatory=who, text=text), OLGA
        case "leave", (str() as city, str() as who):
            return msgspec.structs.replace(LEAVE, city=city), who
        case "submit", _:
            return SUBMIT, AMINA
    assert isinstance(about, AnySection)
    return save(about), ALI


def check_acceptances(events: list[Event]) -> None:
    """By the facts alone: every beneficiary's last word before a submission is an acceptance of what was saved last."""
    sections: dict[str, AnySection] = {}
    word: dict[str, str] = {}
    for event in events:
        match event:
            case e.SectionSaved(section=section):
                sections[section_name(section)] = section
            case e.TextAccepted(city=city, text=text) | e.AcceptanceRecorded(city=city, text=text):
                word[city] = text
            case e.PartnerLeft(city=city):
                word[city] = "left"
            case e.ApplicationSubmitted():
                applicant = sections["applicant"]
                assert isinstance(applicant, Applicant)
                assert event.text == text_of(*sections.values())
                assert event.consents == event.beneficiaries == applicant.beneficiaries
                assert all(word[city] == event.text for city in event.beneficiaries)
