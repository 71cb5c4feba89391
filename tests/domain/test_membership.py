# ruff: noqa: F405
"""How a city becomes a member and stays one: asked, attested, determined by one person, admitted by another; and who speaks for it."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import deciding
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.deciding import city_actions
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.domain.step import Relation, Step
from fund.domain.workflow import MEMBERSHIP_STEPS
from tests.domain.proof import passes, passing, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

TODAY = NOW.date()
REVIEW = TODAY + timedelta(days=365)
WIDOW = "city-widow"
"""On the register, no member, and nobody represents it."""
WORDS = (e.Commitment(principle="P1", committed=True, deed="A charter of the quays"),)


def alone(*history: e.Event) -> Scenario:
    return given(*city(WIDOW, "Widow", None, False, {}), *did(ADA, *history, on=WIDOW))


def outpost(*events: e.Event, by: str = NILS) -> History:
    return did(by, *events, on=OUTPOST)


ASK = c.AskMembership(city=OUTPOST)
ASKED = e.MembershipAsked(proof="", due=due("ask"), calendar=CALENDAR)
ATTEST = c.AttestPrinciples(city=OUTPOST, office="Mayor", commitments=WORDS)
ATTESTED = e.PrinciplesAttested(catalogue="tides-2031", signatory=NILS, office="Mayor", signed_on=TODAY, commitments=WORDS, proof="")
DETERMINE = c.DetermineTerritory(city=OUTPOST, territory="meets", basis="Nobody contests it", review_on=REVIEW)
MEETS = e.TerritoryDetermined(territory="meets", basis="Nobody contests it", review_on=REVIEW, due=None, calendar="")
UNRESOLVED = e.TerritoryDetermined(
    territory="unresolved", basis="Two maps", review_on=REVIEW, due=due("second_look"), calendar=CALENDAR
)  # fmt: skip
CONTESTED = msgspec.structs.replace(UNRESOLVED, territory="does_not_meet", basis="A court said so")
ADMIT = c.AdmitMember(city=OUTPOST)
ADMITTED = e.MemberAdmitted(admitted_on=TODAY)
SUSPEND = c.SuspendMembership(city=LAKESIDE, reason="It acts against a principle", review_on=REVIEW)
SUSPENDED = e.MembershipSuspended(reason="It acts against a principle", review_on=REVIEW)
NEW_MAYOR = e.LeadershipChanged(since=TODAY, basis="Election", due=due("attest_again"), calendar=CALENDAR)

HAS_ASKED = outpost(ASKED)
HAS_ATTESTED = HAS_ASKED + outpost(ATTESTED)
READY = HAS_ATTESTED + outpost(MEETS, by=OLGA)
JOINED = READY + outpost(ADMITTED, by=INES)


def town(scenario: Scenario, stream: str = OUTPOST) -> City:
    state = scenario.state(stream)
    assert isinstance(state, City)
    return state


# ── Asking ────────────────────────────────────────────────────────────────────


@passes(c.AskMembership)
def test_a_city_asks_through_whoever_represents_it_and_the_answer_is_due() -> None:
    outcome = given().when(ASK, by=NILS).then(ASKED)
    assert (town(outcome.after).asked, town(outcome.after).is_member) == (ASKED, False)


@passes(c.AskMembership)
def test_for_a_city_that_nobody_represents_an_administrator_asks_on_a_proof() -> None:
    for by in (ADA, CLERK):
        outcome = alone().when(c.AskMembership(city=WIDOW, proof="Letter of the council"), by=by)
        outcome.then(e.MembershipAsked(proof="Letter of the council", due=due("ask"), calendar=CALENDAR))


@refuses(c.AskMembership, "membership.proof_needed")
def test_nobody_asks_for_another_without_a_proof() -> None:
    for proof in ("", "  "):
        alone().when(c.AskMembership(city=WIDOW, proof=proof), by=ADA).then("membership.proof_needed", field="proof")


@refuses(c.AskMembership, "workflow.not_your_city")
def test_nobody_asks_for_a_city_that_others_represent() -> None:
    for by in (ADA, CLERK, AMINA, OLGA, INES, TIMER):
        given().when(msgspec.structs.replace(ASK, proof="x"), by=by).then("workflow.not_your_city")
    alone().when(c.AskMembership(city=WIDOW, proof="x"), by=OLGA).then("workflow.not_your_city")


@refuses(c.AskMembership, "workflow.not_your_city")
def test_an_administrator_does_not_stand_in_for_a_city_they_belong_to() -> None:
    belongs = did(CLERK, e.AffiliationRecorded(person=ADA, city=WIDOW), on=ADA)
    alone().and_(*belongs).when(c.AskMembership(city=WIDOW, proof="x"), by=ADA).then("workflow.not_your_city")


@refuses(c.AskMembership, "membership.already_asked")
def test_a_city_asks_once_at_a_time() -> None:
    given(*HAS_ASKED).when(ASK, by=NILS).then("membership.already_asked")


@refuses(c.AskMembership, "membership.already_recorded")
def test_a_member_does_not_ask_nor_does_a_suspended_one() -> None:
    given().when(c.AskMembership(city=LAKESIDE), by=AMINA).then("membership.already_recorded")
    suspended = given(*did(INES, SUSPENDED, on=LAKESIDE))
    suspended.when(c.AskMembership(city=LAKESIDE), by=AMINA).then("membership.already_recorded")


@refuses(c.AskMembership, "city.unknown")
def test_a_city_that_is_not_registered_does_not_ask() -> None:
    given().when(c.AskMembership(city=NOWHERE, proof="x"), by=ADA).then("city.unknown", field="city")


@passes(c.WithdrawMembershipAsk)
def test_a_city_may_take_its_ask_back_and_ask_again() -> None:
    outcome = given(*HAS_ASKED).when(c.WithdrawMembershipAsk(city=OUTPOST, reason="Elections"), by=NILS)
    outcome.then(e.MembershipAskWithdrawn(reason="Elections"))
    assert town(outcome.after).asked is None
    outcome.after.when(ASK, by=NILS).then(e.MembershipAsked)


@refuses(c.WithdrawMembershipAsk, "membership.not_asked")
def test_what_was_not_asked_is_not_taken_back() -> None:
    given().when(c.WithdrawMembershipAsk(city=OUTPOST, reason="x"), by=NILS).then("membership.not_asked")


@passes(c.RecordMembership)
def test_membership_that_a_source_states_answers_the_ask() -> None:
    after = given(*HAS_ASKED).when(c.RecordMembership(city=OUTPOST, basis="The list"), by=ADA).then(e.MembershipRecorded).after
    assert (town(after).asked, town(after).is_member) == (None, True)
    assert town(after).attestation is None
    assert town(after).determination is None


# ── The guiding principles ────────────────────────────────────────────────────


@passes(c.AttestPrinciples)
def test_the_signatory_answers_every_principle_in_word_and_in_deed() -> None:
    outcome = given().when(ATTEST, by=NILS).then(ATTESTED)
    assert town(outcome.after).has_attested("tides-2031")


@passes(c.AttestPrinciples)
def test_what_was_signed_on_paper_is_entered_where_nobody_represents_the_city() -> None:
    signed = TODAY - timedelta(days=9)
    paper = c.AttestPrinciples(city=WIDOW, office="Mayor", commitments=WORDS, signed_on=signed, proof="Scan in the file")
    outcome = alone().when(paper, by=ADA)
    outcome.then(
        e.PrinciplesAttested(
            catalogue="tides-2031", signatory=None, office="Mayor", signed_on=signed, commitments=WORDS, proof="Scan in the file"
        )
    )  # fmt: skip


@passes(c.AttestPrinciples)
def test_a_no_is_an_answer_and_no_commitment() -> None:
    no = (msgspec.structs.replace(WORDS[0], committed=False),)
    outcome = given().when(msgspec.structs.replace(ATTEST, commitments=no), by=NILS).then(e.PrinciplesAttested)
    assert not town(outcome.after).has_attested("tides-2031")


@refuses(c.AttestPrinciples, "membership.proof_needed")
def test_a_paper_that_nobody_has_seen_is_not_entered() -> None:
    alone().when(msgspec.structs.replace(ATTEST, city=WIDOW), by=ADA).then("membership.proof_needed", field="proof")


@refuses(c.AttestPrinciples, "attestation.signatory_needed")
def test_a_focal_point_does_not_commit_the_city() -> None:
    for by in (ALI,):
        given().when(msgspec.structs.replace(ATTEST, city=LAKESIDE), by=by).then("attestation.signatory_needed")


@refuses(c.AttestPrinciples, "attestation.principles_differ")
def test_each_principle_is_answered_once_and_nothing_else_is() -> None:
    other = msgspec.structs.replace(WORDS[0], principle="P9")
    for answers in ((), (*WORDS, *WORDS), (other,), (*WORDS, other)):
        given().when(msgspec.structs.replace(ATTEST, commitments=answers), by=NILS).then("attestation.principles_differ")


@refuses(c.AttestPrinciples, "text.empty")
def test_a_commitment_says_what_the_city_does() -> None:
    bare = (msgspec.structs.replace(WORDS[0], deed=" "),)
    given().when(msgspec.structs.replace(ATTEST, commitments=bare), by=NILS).then("text.empty", field="commitments.0.deed")
    given().when(msgspec.structs.replace(ATTEST, office=""), by=NILS).then("text.empty", field="office")


@refuses(c.AttestPrinciples, "date.in_future")
def test_nothing_is_signed_tomorrow() -> None:
    tomorrow = msgspec.structs.replace(ATTEST, signed_on=TODAY + timedelta(days=1))
    given().when(tomorrow, by=NILS).then("date.in_future", field="signed_on")


@passes(c.AttestPrinciples)
@passes(c.RecordNewLeadership)
def test_an_attestation_ages_with_a_new_mayor_until_it_is_given_again() -> None:
    told = outpost(msgspec.structs.replace(ATTESTED, signed_on=TODAY - timedelta(days=90)))
    changed = given(*told).when(c.RecordNewLeadership(city=OUTPOST, since=TODAY, basis="Election"), by=ADA).then(NEW_MAYOR).after
    assert town(given(*told)).has_attested("tides-2031")
    assert town(changed).leads_anew
    assert not town(changed).has_attested("tides-2031")
    again = changed.when(ATTEST, by=NILS).then(ATTESTED).after
    assert town(again).has_attested("tides-2031")


@passes(c.RecordNewLeadership)
def test_an_election_before_the_signature_ages_nothing() -> None:
    earlier = c.RecordNewLeadership(city=OUTPOST, since=TODAY - timedelta(days=1), basis="Election, told late")
    after = given(*outpost(ATTESTED)).when(earlier, by=CLERK).then(e.LeadershipChanged).after
    assert town(after).has_attested("tides-2031")


def test_an_attestation_ages_with_a_new_strategy() -> None:
    assert not town(given(*outpost(ATTESTED))).has_attested("tides-2035")
    assert not town(given()).has_attested("tides-2031")


@refuses(c.RecordNewLeadership, "date.in_future")
def test_a_mayor_who_has_not_taken_office_is_not_recorded() -> None:
    given().when(c.RecordNewLeadership(city=OUTPOST, since=TODAY + timedelta(days=1), basis="x"), by=ADA).then("date.in_future")


@refuses(c.RecordNewLeadership, "leadership.already_recorded")
def test_a_leadership_is_recorded_once_and_in_order() -> None:
    for days in (0, 400):
        again = c.RecordNewLeadership(city=OUTPOST, since=TODAY - timedelta(days=days), basis="x")
        given(*outpost(NEW_MAYOR, by=ADA)).when(again, by=ADA).then("leadership.already_recorded", field="since")


@refuses(c.RecordNewLeadership, "workflow.role_needed")
def test_a_city_does_not_record_its_own_elections() -> None:
    given().when(c.RecordNewLeadership(city=OUTPOST, since=TODAY, basis="x"), by=NILS).then("workflow.role_needed")


# ── The territory ─────────────────────────────────────────────────────────────


@passes(c.DetermineTerritory)
def test_an_officer_determines_the_case_of_one_city() -> None:
    outcome = given(*HAS_ASKED).when(DETERMINE, by=OLGA).then(MEETS)
    assert town(outcome.after).meets_on(TODAY)
    assert town(outcome.after).meets_on(REVIEW)
    assert not town(outcome.after).meets_on(REVIEW + timedelta(days=1))


@passes(c.DetermineTerritory)
def test_a_member_is_looked_at_again() -> None:
    outcome = given().when(msgspec.structs.replace(DETERMINE, city=LAKESIDE), by=OMAR).then(MEETS)
    assert town(outcome.after, LAKESIDE).is_member


@passes(c.DetermineTerritory)
def test_what_does_not_meet_the_rule_is_due_for_a_second_person_and_ends_no_membership() -> None:
    no = msgspec.structs.replace(DETERMINE, city=LAKESIDE, territory="does_not_meet", basis="A court said so")
    outcome = given().when(no, by=OLGA).then(CONTESTED)
    assert town(outcome.after, LAKESIDE).is_member
    assert not town(outcome.after, LAKESIDE).meets_on(TODAY)


@passes(c.DetermineTerritory)
@refuses(c.DetermineTerritory, "determination.second_person")
def test_what_one_person_leaves_unresolved_another_decides() -> None:
    open_case = msgspec.structs.replace(DETERMINE, territory="unresolved", basis="Two maps")
    left = given(*HAS_ASKED).when(open_case, by=OLGA).then(UNRESOLVED).after
    left.when(DETERMINE, by=OLGA).then("determination.second_person")
    left.when(DETERMINE, by=OMAR).then(MEETS)


@refuses(c.DetermineTerritory, "membership.not_asked")
def test_nobody_determines_for_a_city_that_neither_is_nor_asks_to_be_a_member() -> None:
    given().when(DETERMINE, by=OLGA).then("membership.not_asked")


@refuses(c.DetermineTerritory, "review.out_of_range")
def test_no_determination_stands_for_ever() -> None:
    for day in (TODAY, TODAY + timedelta(days=401)):
        given(*HAS_ASKED).when(msgspec.structs.replace(DETERMINE, review_on=day), by=OLGA).then("review.out_of_range", field="review_on")


@refuses(c.DetermineTerritory, "text.empty")
def test_a_determination_rests_on_something() -> None:
    given(*HAS_ASKED).when(msgspec.structs.replace(DETERMINE, basis=" "), by=OLGA).then("text.empty", field="basis")


@refuses(c.DetermineTerritory, "membership.not_apart")
def test_whoever_stood_in_for_a_city_does_not_determine_its_territory() -> None:
    both = did(CLERK, e.RoleGranted(person=ADA, role="officer", scope=None), on=ADA)
    asked = alone(msgspec.structs.replace(ASKED, proof="Letter")).and_(*both)
    asked.when(msgspec.structs.replace(DETERMINE, city=WIDOW), by=ADA).then("membership.not_apart")


def test_a_country_is_never_asked() -> None:
    """The same facts of another country come to the same end."""
    for country in ("XK", "DE", "CY"):
        entry = msgspec.structs.replace(town(given()).registered, country=country)
        outcome = given(*outpost(entry, by=ADA), *READY).when(ADMIT, by=INES)
        outcome.then(ADMITTED)


# ── Admitting, declining ──────────────────────────────────────────────────────


@passes(c.AdmitMember)
def test_a_second_person_admits_a_city_that_asked_attested_and_was_determined() -> None:
    outcome = given(*READY).when(ADMIT, by=INES).then(ADMITTED)
    member = town(outcome.after)
    assert member.is_member
    assert member.membership
    assert (member.membership.joined, member.membership.basis, member.asked) == (TODAY.isoformat(), None, None)


@refuses(c.AdmitMember, "membership.not_asked")
def test_nobody_is_admitted_unasked() -> None:
    given(*outpost(ATTESTED), *outpost(MEETS, by=OLGA)).when(ADMIT, by=INES).then("membership.not_asked")


@refuses(c.AdmitMember, "attestation.not_current")
def test_nobody_is_admitted_without_a_current_attestation() -> None:
    no = msgspec.structs.replace(ATTESTED, commitments=(msgspec.structs.replace(WORDS[0], committed=False),))
    old = msgspec.structs.replace(ATTESTED, catalogue="tides-2027")
    before = msgspec.structs.replace(ATTESTED, signed_on=TODAY - timedelta(days=1))
    for told in ((), outpost(no), outpost(old), outpost(before) + outpost(NEW_MAYOR, by=ADA)):
        given(*HAS_ASKED, *told, *outpost(MEETS, by=OLGA)).when(ADMIT, by=INES).then("attestation.not_current")


@refuses(c.AdmitMember, "determination.needed")
def test_nobody_is_admitted_whose_territory_nobody_found_to_meet_the_rule() -> None:
    for told in ((), outpost(UNRESOLVED, by=OLGA), outpost(MEETS, by=OLGA) + outpost(CONTESTED, by=OMAR)):
        given(*HAS_ATTESTED, *told).when(ADMIT, by=INES).then("determination.needed")


@refuses(c.AdmitMember, "determination.needed")
def test_a_determination_whose_review_is_overdue_admits_nobody() -> None:
    late = msgspec.structs.replace(MEETS, review_on=TODAY - timedelta(days=1))
    given(*HAS_ATTESTED, *outpost(late, by=OLGA)).when(ADMIT, by=INES).then("determination.needed")


@refuses(c.AdmitMember, "membership.not_apart")
def test_whoever_determined_does_not_admit() -> None:
    both = did(ADA, e.RoleGranted(person=OLGA, role="approver", scope=None), on=OLGA)
    given(*READY, *both).when(ADMIT, by=OLGA).then("membership.not_apart")
    again = outpost(MEETS, by=OMAR)
    given(*READY, *again, *both).when(ADMIT, by=OLGA).then("membership.not_apart")


@refuses(c.AdmitMember, "membership.own_city")
def test_nobody_determines_admits_or_confirms_for_a_city_they_belong_to() -> None:
    belongs = tuple(told for who in (OLGA, INES, ADA) for told in did(CLERK, e.AffiliationRecorded(person=who, city=OUTPOST), on=who))
    at_home = given(*READY, *belongs)
    refused = at_home.when(ADMIT, by=INES).then("membership.own_city").refusal
    assert refused
    assert refused.about == {"command": "admit-member"}
    at_home.when(DETERMINE, by=OLGA).then("membership.own_city")
    at_home.when(c.ConfirmRepresentative(city=OUTPOST, person=ALI, capacity="signatory", proof="x"), by=ADA).then("membership.own_city")


@passes(c.DeclineMembership)
def test_a_second_person_declines_with_a_reason() -> None:
    outcome = given(*HAS_ATTESTED, *outpost(CONTESTED, by=OLGA)).when(c.DeclineMembership(city=OUTPOST, reason="Not now"), by=INES)
    outcome.then(e.MembershipDeclined(reason="Not now"))
    assert town(outcome.after).asked is None
    outcome.after.when(ASK, by=NILS).then(e.MembershipAsked)


@refuses(c.DeclineMembership, "membership.not_asked")
def test_nothing_is_declined_that_was_not_asked() -> None:
    given().when(c.DeclineMembership(city=OUTPOST, reason="x"), by=INES).then("membership.not_asked")


@refuses(c.DeclineMembership, "membership.not_apart")
def test_whoever_determined_does_not_decline_either() -> None:
    both = did(ADA, e.RoleGranted(person=OLGA, role="approver", scope=None), on=OLGA)
    given(*READY, *both).when(c.DeclineMembership(city=OUTPOST, reason="x"), by=OLGA).then("membership.not_apart")


@refuses(c.DeclineMembership, "text.empty")
def test_a_refusal_has_a_reason() -> None:
    given(*READY).when(c.DeclineMembership(city=OUTPOST, reason=" "), by=INES).then("text.empty", field="reason")


# ── Suspending, resuming, ending ──────────────────────────────────────────────


@passes(c.SuspendMembership)
@passes(c.ResumeMembership)
def test_a_suspended_member_counts_as_none_until_it_is_resumed() -> None:
    suspended = given().when(SUSPEND, by=INES).then(SUSPENDED).after
    assert not town(suspended, LAKESIDE).is_member
    assert town(suspended, LAKESIDE).membership
    resumed = suspended.when(c.ResumeMembership(city=LAKESIDE, reason="It changed"), by=INES).then(e.MembershipResumed(reason="It changed"))
    assert town(resumed.after, LAKESIDE).is_member


@passes(c.SuspendMembership)
def test_a_suspension_is_prolonged_with_its_reason() -> None:
    later = msgspec.structs.replace(SUSPEND, reason="Nothing changed", review_on=REVIEW + timedelta(days=10))
    given(*did(INES, SUSPENDED, on=LAKESIDE)).when(later, by=INES).then(e.MembershipSuspended)


@passes(c.EndMembership)
def test_a_suspended_membership_may_end() -> None:
    ended = given(*did(INES, SUSPENDED, on=LAKESIDE)).when(c.EndMembership(city=LAKESIDE, basis="left"), by=ADA).then(e.MembershipEnded)
    assert town(ended.after, LAKESIDE).membership is None


@refuses(c.RecordMembership, "membership.already_recorded")
def test_a_list_does_not_lift_a_suspension() -> None:
    suspended = given(*did(INES, SUSPENDED, on=LAKESIDE))
    suspended.when(c.RecordMembership(city=LAKESIDE, basis="The list"), by=ADA).then("membership.already_recorded")


@refuses(c.SuspendMembership, "membership.not_a_member")
def test_only_a_membership_is_suspended() -> None:
    given().when(msgspec.structs.replace(SUSPEND, city=OUTPOST), by=INES).then("membership.not_a_member")


@refuses(c.SuspendMembership, "review.out_of_range")
def test_no_suspension_is_for_ever() -> None:
    given().when(msgspec.structs.replace(SUSPEND, review_on=TODAY), by=INES).then("review.out_of_range", field="review_on")


@refuses(c.ResumeMembership, "membership.not_suspended")
def test_what_is_not_suspended_is_not_resumed() -> None:
    for stream in (LAKESIDE, OUTPOST):
        given().when(c.ResumeMembership(city=stream, reason="x"), by=INES).then("membership.not_suspended")


def test_facts_of_a_membership_that_never_was_make_nobody_a_member() -> None:
    assert not town(given(*outpost(SUSPENDED, e.MembershipResumed(reason="x"), by=INES))).is_member


@passes(c.SubmitApplication)
def test_a_city_suspended_on_the_day_of_submission_is_no_member_of_that_file() -> None:
    suspended = did(INES, SUSPENDED, on=HILLTOWN)
    (submitted, _) = given(*AGREED, *suspended).when(c.SubmitApplication(application=FILE), by=AMINA).events
    assert isinstance(submitted, e.ApplicationSubmitted)
    assert submitted.members == (LAKESIDE,)


# ── Who speaks for a city ─────────────────────────────────────────────────────

REQUEST = c.RequestRepresentative(city=OUTPOST, person=ALI, capacity="focal_point", proof="Letter")
REQUESTED = e.RepresentativeRequested(person=ALI, capacity="focal_point", proof="Letter", due=due("representative"), calendar=CALENDAR)


@passes(c.RequestRepresentative)
def test_people_ask_for_themselves_and_a_city_for_others() -> None:
    for by in (ALI, NILS):
        outcome = given().when(REQUEST, by=by).then(REQUESTED)
        assert town(outcome.after).requests[ALI].by == {by}
        assert not town(outcome.after).represented_by(ALI)


@refuses(c.RequestRepresentative, "representative.not_yours")
def test_a_stranger_proposes_nobody_but_themself() -> None:
    for by in (BELA, ADA, CLERK, TIMER):
        given().when(REQUEST, by=by).then("representative.not_yours", field="person")


@refuses(c.RequestRepresentative, "representative.already_confirmed")
def test_whoever_represents_the_city_need_not_ask() -> None:
    given().when(msgspec.structs.replace(REQUEST, person=NILS), by=NILS).then("representative.already_confirmed")


@refuses(c.RequestRepresentative, "representative.already_requested")
def test_a_person_is_asked_for_once() -> None:
    given(*outpost(REQUESTED)).when(REQUEST, by=ALI).then("representative.already_requested", field="person")


@refuses(c.RequestRepresentative, "person.unknown")
def test_only_a_registered_person_is_proposed() -> None:
    given().when(msgspec.structs.replace(REQUEST, person=STRANGER), by=NILS).then("person.unknown", field="person")


@passes(c.ConfirmRepresentative)
def test_an_administrator_confirms_whom_somebody_else_asked_for() -> None:
    confirm = c.ConfirmRepresentative(city=OUTPOST, person=ALI, capacity="focal_point", proof="Called the town hall")
    outcome = given(*outpost(REQUESTED)).when(confirm, by=ADA)
    outcome.then(e.RepresentativeConfirmed(person=ALI, capacity="focal_point", proof="Called the town hall"))
    assert town(outcome.after).requests == {}


@refuses(c.ConfirmRepresentative, "representative.own_request")
def test_whoever_asked_does_not_confirm() -> None:
    """Also where an operator entered the ask for somebody, who then is both."""
    asked = recorded(outpost(REQUESTED, by=CLERK))[0]
    city = town(given(*outpost(REQUESTED, by=CLERK)))
    assert city.requests[ALI].by == {asked.header.actor}
    confirm = c.ConfirmRepresentative(city=OUTPOST, person=ALI, capacity="focal_point", proof="x")
    given(*outpost(REQUESTED, by=CLERK)).when(confirm, by=CLERK).then("representative.own_request", field="person")
    ada = outpost(msgspec.structs.replace(REQUESTED, person=ALI), by=ADA)
    given(*ada).when(confirm, by=ADA).then("representative.own_request")


@passes(c.RefuseRepresentative)
def test_a_representative_is_refused_with_a_reason_and_may_be_asked_for_again() -> None:
    refused = c.RefuseRepresentative(city=OUTPOST, person=ALI, reason="No such office")
    outcome = given(*outpost(REQUESTED)).when(refused, by=ADA).then(e.RepresentativeRefused(person=ALI, reason="No such office"))
    assert town(outcome.after).requests == {}
    outcome.after.when(REQUEST, by=ALI).then(REQUESTED)


@refuses(c.RefuseRepresentative, "representative.not_requested")
def test_nobody_is_refused_who_was_not_asked_for() -> None:
    given().when(c.RefuseRepresentative(city=OUTPOST, person=ALI, reason="x"), by=ADA).then("representative.not_requested", field="person")


# ── What is offered is what passes ────────────────────────────────────────────

TOWNS: dict[str, History] = {
    "a stranger": (),
    "asked": HAS_ASKED,
    "attested": HAS_ATTESTED,
    "unresolved": HAS_ATTESTED + outpost(UNRESOLVED, by=OLGA),
    "contested": HAS_ATTESTED + outpost(CONTESTED, by=OLGA),
    "ready": READY,
    "admitted": JOINED,
    "aged": READY + outpost(msgspec.structs.replace(NEW_MAYOR, since=TODAY + timedelta(days=1)), by=ADA),
    "suspended": JOINED + outpost(SUSPENDED, by=INES),
    "resumed": JOINED + outpost(SUSPENDED, e.MembershipResumed(reason="x"), by=INES),
    "ended": JOINED + outpost(e.MembershipEnded(basis="left"), by=ADA),
    "declined": HAS_ASKED + outpost(e.MembershipDeclined(reason="x"), by=INES),
    "from a source": outpost(e.MembershipRecorded(basis="list", joined=None), by=ADA),
    "a representative asked for": outpost(REQUESTED),
    "an administrator at home": READY + did(CLERK, e.AffiliationRecorded(person=ADA, city=OUTPOST), on=ADA),
    "an officer who approves": READY + did(ADA, e.RoleGranted(person=OLGA, role="approver", scope=None), on=OLGA),
}
LATER = TODAY + timedelta(days=30)
PEOPLE = [who for who in EVERYBODY if who.startswith("person")]
ASKS: tuple[c.Command, ...] = (
    msgspec.structs.replace(ASK, proof="Letter"), c.WithdrawMembershipAsk(city=OUTPOST, reason="x"),
    msgspec.structs.replace(ATTEST, proof="Scan"),
    c.RecordNewLeadership(city=OUTPOST, since=TODAY + timedelta(days=2), basis="x"),
    *(msgspec.structs.replace(DETERMINE, territory=found, review_on=LATER + timedelta(days=60)) for found in ("meets", "unresolved")),
    ADMIT, c.DeclineMembership(city=OUTPOST, reason="x"),
    msgspec.structs.replace(SUSPEND, city=OUTPOST, review_on=LATER + timedelta(days=60)), c.ResumeMembership(city=OUTPOST, reason="x"),
    *(c.RequestRepresentative(city=OUTPOST, person=who, capacity="focal_point", proof="x") for who in PEOPLE),
    c.RefuseRepresentative(city=OUTPOST, person=ALI, reason="x"),
)  # fmt: skip
ALWAYS_OPEN = {"RefuseRepresentative", "RequestRepresentative"}
"""They depend on the person they name, so the row cannot know; a stranger may always ask for themself."""


def answer(state: City, command: c.Command, facts: Facts) -> str | None:
    try:
        deciding.decide(state, command, facts)
    except Refusal as no:
        return no.code
    return None


@pytest.mark.parametrize("why", TOWNS)
def test_an_offered_step_can_be_taken_and_a_step_that_is_not_offered_cannot(why: str) -> None:
    scenario = given(*TOWNS[why])
    state = town(scenario)
    for person in EVERYBODY:
        facts = scenario.facts(person, NOW + timedelta(days=30))
        offered = {step.command for step in city_actions(state, facts)}
        taken = {type(command) for command in ASKS if answer(state, command, facts) is None}
        assert {kind.__name__ for kind in offered ^ taken} <= ALWAYS_OPEN, person
        assert taken <= offered, person


@pytest.mark.parametrize("step", MEMBERSHIP_STEPS, ids=lambda step: step.command.__name__)
def test_every_step_is_offered_to_somebody(step: Step) -> None:
    scenarios = [given(*history) for history in TOWNS.values()]
    assert any(step in city_actions(town(one), one.facts(person)) for one in scenarios for person in EVERYBODY)


def test_nothing_is_offered_on_a_city_that_is_not_registered() -> None:
    assert city_actions(City(), given().facts(ADA)) == ()


@pytest.mark.parametrize("step", [step for step in MEMBERSHIP_STEPS if step.apart], ids=lambda step: step.command.__name__)
def test_a_step_is_refused_after_each_duty_it_is_kept_apart_from_and_after_no_other(step: Step) -> None:
    outcome = passing()[step.command][0]
    state, facts = town(outcome.scenario, outcome.command.stream), outcome.scenario.facts(outcome.by, outcome.at)
    for duty in ("asking", "determining", "admitting", "drafting", "deciding"):
        touched = msgspec.structs.replace(state, hands=state.hands | {(duty, facts.actor.id)})
        assert answer(touched, outcome.command, facts) == ("membership.not_apart" if duty in step.apart else None), duty


def test_admission_takes_two_people_of_the_fund_who_did_not_ask() -> None:
    rows = {step.command: step for step in MEMBERSHIP_STEPS}
    assert rows[c.AdmitMember].apart == rows[c.DeclineMembership].apart == ("asking", "determining")
    assert rows[c.DetermineTerritory].apart == ("asking",)
    speaking = {step.command for step in MEMBERSHIP_STEPS if step.relation is Relation.SPEAKS_FOR_CITY}
    assert speaking == {c.AskMembership, c.WithdrawMembershipAsk, c.AttestPrinciples}


def test_a_programme_gives_the_time() -> None:
    """Twice the days, twice the time."""
    slow = {code: p.Clock(code=code, working_days=2 * days, source="test") for code, days in MEMBERSHIP_DAYS.items()}
    scenario = given().under(membership=p.Membership(clocks=slow, review_days=10, source="test"))
    (asked,) = scenario.when(ASK, by=NILS).events
    assert isinstance(asked, e.MembershipAsked)
    assert asked.due == due("ask") + timedelta(days=MEMBERSHIP_DAYS["ask"])
    scenario.and_(*HAS_ASKED).when(DETERMINE, by=OLGA).then("review.out_of_range")
