# ruff: noqa: F405
"""Cities, hubs, envelopes, people and the programme: what may be entered, by whom, and what is refused."""

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import register
from fund.domain.facts import OPERATOR_ROLES, Role
from fund.domain.money import LARGEST
from fund.domain.registers import City, Envelope, Hub, Person
from fund.domain.streams import State
from fund.domain.workflow import STEPS, _register
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

NEW_CITY, NEW_PERSON, NEW_ENVELOPE = "city-new", "person-new", "envelope-new"


def blank(command: c.Command, field: str, by: str = ADA) -> None:
    """Refused where `field` is empty or nothing but spaces."""
    for text in ("", " \t\n"):
        given().when(msgspec.structs.replace(command, **{field: text}), by=by).then("text.empty", field=field)


# ── Cities ────────────────────────────────────────────────────────────────────

REGISTER = c.RegisterCity(
    city=NEW_CITY, name_en="Elm", name_local="Элм", kind="borough", country="XK", region="steppe", relation="listed", source="website",
    note="", identifiers={"geonames": "1"},
)  # fmt: skip


def city_in(state: State) -> City:
    assert isinstance(state, City)
    return state


@passes(c.RegisterCity)
def test_a_city_enters_the_register_in_its_own_script_and_is_no_member_yet() -> None:
    outcome = given().when(REGISTER, by=ADA).then(
        e.CityRegistered(
            name_en="Elm", name_local="Элм", kind="borough", country="XK", region="steppe", relation="listed", source="website", note="",
            identifiers={"geonames": "1"},
        )
    )  # fmt: skip
    city = city_in(outcome.after.state(NEW_CITY))
    assert (city.name, city.region, city.is_member) == ("Elm", "steppe", False)


@passes(c.RegisterCity)
def test_a_city_may_lie_in_no_region_and_without_a_local_name_the_english_one_stands() -> None:
    bare = msgspec.structs.replace(REGISTER, region=None, name_local="")
    outcome = given().when(bare, by=CLERK).then(e.CityRegistered)
    city = city_in(outcome.after.state(NEW_CITY))
    assert city.registered
    assert (city.region, city.registered.name_local) == (None, "Elm")


@refuses(c.RegisterCity, "country.unknown")
def test_a_country_is_two_capital_letters_that_stand_for_one() -> None:
    for country in ("xk", "XKX", "X1", "É1", "XK\n", "UK", "EN", "QX"):
        given().when(msgspec.structs.replace(REGISTER, country=country), by=ADA).then("country.unknown", field="country")


@refuses(c.RegisterCity, "code.unknown")
def test_a_region_is_one_of_the_catalogue_or_none() -> None:
    for region in ("atlantis", ""):
        given().when(msgspec.structs.replace(REGISTER, region=region), by=ADA).then("code.unknown", field="region")


@refuses(c.RegisterCity, "text.empty")
def test_a_city_has_a_name_a_kind_and_a_source() -> None:
    for field in ("name_en", "kind", "country", "relation", "source"):
        blank(REGISTER, field)


@refuses(c.RegisterCity, "city.already_registered")
def test_a_city_is_registered_once() -> None:
    again = msgspec.structs.replace(REGISTER, city=OUTPOST)
    given().when(again, by=ADA).then("city.already_registered", field="city")
    registered = given().when(REGISTER, by=ADA).then(e.CityRegistered).after
    registered.when(REGISTER, by=CLERK).then("city.already_registered", field="city")


@passes(c.RecordMembership)
def test_membership_is_recorded_with_its_basis() -> None:
    outcome = given().when(c.RecordMembership(city=OUTPOST, basis="charter", joined="2030"), by=ADA)
    outcome.then(e.MembershipRecorded(basis="charter", joined="2030"))
    assert city_in(outcome.after.state(OUTPOST)).is_member


@refuses(c.RecordMembership, "membership.already_recorded")
def test_a_member_does_not_join_again() -> None:
    given().when(c.RecordMembership(city=LAKESIDE, basis="charter"), by=ADA).then("membership.already_recorded")


@refuses(c.RecordMembership, "city.unknown")
def test_only_a_registered_city_joins() -> None:
    given().when(c.RecordMembership(city=NOWHERE, basis="charter"), by=ADA).then("city.unknown", field="city")


@refuses(c.RecordMembership, "text.empty")
def test_membership_rests_on_something() -> None:
    blank(c.RecordMembership(city=OUTPOST, basis=""), "basis")


@passes(c.EndMembership)
@passes(c.RecordMembership)
def test_a_membership_ends_and_may_begin_again() -> None:
    ended = given().when(c.EndMembership(city=LAKESIDE, basis="left"), by=ADA).then(e.MembershipEnded(basis="left")).after
    assert not city_in(ended.state(LAKESIDE)).is_member
    again = ended.when(c.RecordMembership(city=LAKESIDE, basis="came back"), by=ADA).then(e.MembershipRecorded).after
    assert city_in(again.state(LAKESIDE)).is_member


@refuses(c.EndMembership, "membership.not_recorded")
def test_a_membership_that_never_was_does_not_end() -> None:
    given().when(c.EndMembership(city=OUTPOST, basis="x"), by=ADA).then("membership.not_recorded")


@refuses(c.EndMembership, "text.empty")
def test_a_membership_ends_for_a_reason() -> None:
    blank(c.EndMembership(city=LAKESIDE, basis=""), "basis")


CONFIRM = c.ConfirmRepresentative(city=LAKESIDE, person=NILS, capacity="signatory", proof="Letter of the mayor")


@passes(c.ConfirmRepresentative)
def test_a_representative_is_confirmed_on_a_proof() -> None:
    outcome = given().when(CONFIRM, by=ADA)
    outcome.then(e.RepresentativeConfirmed(person=NILS, capacity="signatory", proof="Letter of the mayor"))
    city = city_in(outcome.after.state(LAKESIDE))
    assert city.represented_by(NILS)
    assert city.represented_by(NILS, "signatory")
    assert not city.represented_by(NILS, "focal_point")


@refuses(c.ConfirmRepresentative, "city.unknown")
def test_a_city_that_is_not_registered_has_no_representatives() -> None:
    given().when(msgspec.structs.replace(CONFIRM, city=NOWHERE), by=ADA).then("city.unknown")


@refuses(c.ConfirmRepresentative, "person.unknown")
def test_a_representative_is_a_registered_person() -> None:
    given().when(msgspec.structs.replace(CONFIRM, person=STRANGER), by=ADA).then("person.unknown", field="person")


@refuses(c.ConfirmRepresentative, "representative.already_confirmed")
def test_a_person_represents_a_city_in_one_capacity() -> None:
    for person in (AMINA, ALI):
        for capacity in ("signatory", "focal_point"):
            again = msgspec.structs.replace(CONFIRM, person=person, capacity=capacity)
            given().when(again, by=ADA).then("representative.already_confirmed", field="person")


@passes(c.ConfirmRepresentative)
def test_a_focal_point_becomes_signatory_once_the_first_representation_has_ended() -> None:
    ended = did(ADA, e.RepresentativeEnded(person=ALI, reason="Promoted"), on=LAKESIDE)
    outcome = given(*ended).when(msgspec.structs.replace(CONFIRM, person=ALI), by=ADA).then(e.RepresentativeConfirmed)
    assert city_in(outcome.after.state(LAKESIDE)).represented_by(ALI, "signatory")


@passes(c.ConfirmRepresentative)
def test_a_person_may_represent_two_cities() -> None:
    given().when(msgspec.structs.replace(CONFIRM, person=BELA), by=ADA).then(e.RepresentativeConfirmed)


@refuses(c.ConfirmRepresentative, "text.empty")
def test_nobody_is_confirmed_without_a_proof() -> None:
    blank(CONFIRM, "proof")


@passes(c.EndRepresentative)
def test_a_representation_ends() -> None:
    outcome = given().when(c.EndRepresentative(city=LAKESIDE, person=AMINA, reason="Left"), by=ADA)
    outcome.then(e.RepresentativeEnded(person=AMINA, reason="Left"))
    assert not city_in(outcome.after.state(LAKESIDE)).represented_by(AMINA)
    assert city_in(outcome.after.state(LAKESIDE)).represented_by(ALI)


@refuses(c.EndRepresentative, "representative.unknown")
def test_a_representation_that_never_was_does_not_end() -> None:
    given().when(c.EndRepresentative(city=LAKESIDE, person=NILS, reason="x"), by=ADA).then("representative.unknown", field="person")


@refuses(c.EndRepresentative, "text.empty")
def test_a_representation_ends_for_a_reason() -> None:
    blank(c.EndRepresentative(city=LAKESIDE, person=AMINA, reason=""), "reason")


# ── Hubs ──────────────────────────────────────────────────────────────────────

OPEN_SOUTH = c.OpenHub(hub=SOUTH, opened="2031-05", basis="launch")


def is_open(state: State) -> bool:
    assert isinstance(state, Hub)
    return state.is_open


@passes(c.OpenHub)
def test_a_hub_of_the_catalogue_opens_for_its_regions() -> None:
    outcome = given().when(OPEN_SOUTH, by=ADA).then(e.HubOpened(hub="south", regions=("coast",), opened="2031-05", basis="launch"))
    assert is_open(outcome.after.state(SOUTH))


@refuses(c.OpenHub, "hub.unknown")
def test_a_hub_is_one_of_the_catalogue() -> None:
    given().when(msgspec.structs.replace(OPEN_SOUTH, hub="hub-moon"), by=ADA).then("hub.unknown", field="hub")


SUSPEND = c.SuspendHub(hub=NORTH, reason="Flooded")
RESUME = c.ResumeHub(hub=NORTH, reason="Dry")


@refuses(c.OpenHub, "hub.already_open")
def test_an_open_hub_does_not_open_again() -> None:
    given().when(msgspec.structs.replace(OPEN_SOUTH, hub=NORTH), by=ADA).then("hub.already_open")


@passes(c.CloseHub)
@passes(c.OpenHub)
def test_a_hub_closes_and_may_open_again() -> None:
    closed = given().when(c.CloseHub(hub=NORTH, basis="wound up"), by=ADA).then(e.HubClosed(hub="north", basis="wound up")).after
    assert not is_open(closed.state(NORTH))
    closed.when(msgspec.structs.replace(OPEN_SOUTH, hub=NORTH), by=ADA).then(e.HubOpened)


@passes(c.SuspendHub)
@passes(c.ResumeHub)
@passes(c.CloseHub)
def test_a_hub_is_suspended_and_resumes_or_closes() -> None:
    suspended = given().when(SUSPEND, by=ADA).then(e.HubSuspended(hub="north", reason="Flooded")).after
    assert not is_open(suspended.state(NORTH))
    assert is_open(suspended.when(RESUME, by=ADA).then(e.HubResumed(hub="north", reason="Dry")).after.state(NORTH))
    closed = suspended.when(c.CloseHub(hub=NORTH, basis="wound up"), by=ADA).then(e.HubClosed).after
    assert is_open(closed.when(msgspec.structs.replace(OPEN_SOUTH, hub=NORTH), by=ADA).then(e.HubOpened).after.state(NORTH))


@refuses(c.SuspendHub, "hub.not_open")
@refuses(c.ResumeHub, "hub.not_suspended")
@refuses(c.OpenHub, "hub.already_open")
def test_only_an_open_hub_is_suspended_and_only_a_suspended_one_resumes() -> None:
    suspended = given().when(SUSPEND, by=ADA).after
    suspended.when(SUSPEND, by=ADA).then("hub.not_open")
    suspended.when(msgspec.structs.replace(OPEN_SOUTH, hub=NORTH), by=ADA).then("hub.already_open")
    given().when(msgspec.structs.replace(SUSPEND, hub=SOUTH), by=ADA).then("hub.not_open")
    given().when(RESUME, by=ADA).then("hub.not_suspended")


@refuses(c.CloseHub, "hub.not_open")
def test_a_hub_that_is_not_open_does_not_close() -> None:
    given().when(c.CloseHub(hub=SOUTH, basis="x"), by=ADA).then("hub.not_open")
    given(*hub_closed()).when(c.CloseHub(hub=NORTH, basis="x"), by=ADA).then("hub.not_open")


@refuses(c.OpenHub, "text.empty")
@refuses(c.CloseHub, "text.empty")
def test_a_hub_opens_and_closes_on_a_basis() -> None:
    for field in ("opened", "basis"):
        blank(OPEN_SOUTH, field)
    blank(c.CloseHub(hub=NORTH, basis=""), "basis")


# ── Envelopes ─────────────────────────────────────────────────────────────────

OPEN_PURSE = c.OpenEnvelope(envelope=NEW_ENVELOPE, title="Quays 2031", currency="NOK")
RECEIVE = c.ReceiveContribution(envelope=PURSE, donor="Ferry Guild", amount=100, currency="EUR", basis="pledge")


def money(state: State) -> Envelope:
    assert isinstance(state, Envelope)
    return state


@passes(c.OpenEnvelope)
def test_an_envelope_opens_empty_in_a_currency_of_the_programme() -> None:
    outcome = given().when(OPEN_PURSE, by=FINN).then(e.EnvelopeOpened(title="Quays 2031", currency="NOK"))
    opened = money(outcome.after.state(NEW_ENVELOPE))
    assert (opened.title, opened.currency, opened.balance) == ("Quays 2031", "NOK", 0)


@refuses(c.OpenEnvelope, "money.unknown_currency")
def test_an_envelope_is_in_a_currency_the_programme_works_in() -> None:
    given().when(msgspec.structs.replace(OPEN_PURSE, currency="USD"), by=FINN).then("money.unknown_currency", field="currency")


@refuses(c.OpenEnvelope, "text.empty")
def test_an_envelope_has_a_title() -> None:
    blank(OPEN_PURSE, "title", by=FINN)


@refuses(c.OpenEnvelope, "envelope.already_open")
def test_an_envelope_opens_once_and_never_changes_its_currency() -> None:
    for currency in ("EUR", "NOK"):
        again = c.OpenEnvelope(envelope=PURSE, title="Quays 2032", currency=currency)
        given().when(again, by=FINN).then("envelope.already_open", field="envelope")


@refuses(c.OpenEnvelope, "workflow.role_needed")
@refuses(c.ReceiveContribution, "workflow.role_needed")
def test_an_administrator_handles_no_money() -> None:
    given().when(OPEN_PURSE, by=ADA).then("workflow.role_needed")
    given().when(RECEIVE, by=ADA).then("workflow.role_needed")


@passes(c.ReceiveContribution)
def test_a_contribution_raises_the_balance() -> None:
    outcome = given().when(RECEIVE, by=FINN).then(e.ContributionReceived(donor="Ferry Guild", amount=100, currency="EUR", basis="pledge"))
    assert money(outcome.after.state(PURSE)).balance == 8_001_00


@refuses(c.ReceiveContribution, "envelope.unknown")
def test_a_contribution_goes_into_an_envelope_that_was_opened() -> None:
    given().when(msgspec.structs.replace(RECEIVE, envelope="envelope-lost"), by=FINN).then("envelope.unknown", field="envelope")


@refuses(c.ReceiveContribution, "money.currency_mismatch")
def test_a_contribution_is_in_the_envelopes_currency() -> None:
    given().when(msgspec.structs.replace(RECEIVE, currency="NOK"), by=FINN).then("money.currency_mismatch", field="currency")


@refuses(c.ReceiveContribution, "money.out_of_range")
def test_a_contribution_is_more_than_nothing() -> None:
    for amount in (0, -1):
        given().when(msgspec.structs.replace(RECEIVE, amount=amount), by=FINN).then("money.out_of_range", field="amount")


@passes(c.ReceiveContribution)
@refuses(c.ReceiveContribution, "money.out_of_range")
def test_an_envelope_never_holds_more_than_can_be_counted_exactly() -> None:
    room = LARGEST - 8_000_00
    full = given().when(msgspec.structs.replace(RECEIVE, amount=room), by=FINN).then(e.ContributionReceived).after
    assert money(full.state(PURSE)).contributed == LARGEST
    too_much = given().when(msgspec.structs.replace(RECEIVE, amount=room + 1), by=FINN).then("money.out_of_range", field="amount")
    assert too_much.refusal
    assert too_much.refusal.about == {"limit": room, "currency": "EUR"}
    full.when(msgspec.structs.replace(RECEIVE, amount=1), by=FINN).then("money.out_of_range", field="amount")


@refuses(c.ReceiveContribution, "text.empty")
def test_a_contribution_has_a_donor_and_a_basis() -> None:
    for field in ("donor", "basis"):
        blank(RECEIVE, field, by=FINN)


# ── People ────────────────────────────────────────────────────────────────────

ENROL = c.RegisterPerson(person=NEW_PERSON, full_name="Нур Ба", email="nur@example.org", language="fr")


def person_in(state: State) -> Person:
    assert isinstance(state, Person)
    return state


@passes(c.RegisterPerson)
def test_a_person_is_registered_without_any_role() -> None:
    outcome = given().when(ENROL, by=CLERK)
    outcome.then(e.PersonRegistered(person=NEW_PERSON, full_name="Нур Ба", email="nur@example.org", language="fr"))
    person = person_in(outcome.after.state(NEW_PERSON))
    assert (person.is_active, person.roles, person.cities) == (True, frozenset(), frozenset())


@refuses(c.RegisterPerson, "language.unknown")
def test_a_persons_language_is_one_of_the_programmes() -> None:
    given().when(msgspec.structs.replace(ENROL, language="tlh"), by=ADA).then("language.unknown", field="language")


@refuses(c.RegisterPerson, "country.unknown")
def test_the_country_where_a_person_works_is_recorded_where_it_is_known() -> None:
    for country, kept in (("JO", "JO"), ("", None), (None, None)):
        enrolled = given().when(msgspec.structs.replace(ENROL, country=country), by=ADA).then(e.PersonRegistered).after
        registered = person_in(enrolled.state(NEW_PERSON)).registered
        assert registered
        assert registered.country == kept
    for country in ("jo", "UK"):
        given().when(msgspec.structs.replace(ENROL, country=country), by=ADA).then("country.unknown", field="country")


def test_what_was_recorded_with_another_code_stands_as_it_was() -> None:
    """A check of what comes in says nothing of what is there."""
    city = e.CityRegistered(
        name_en="Elm", name_local="Elm", kind="city", country="UK", region=None, relation="member", source="x", note="", identifiers={}
    )
    person = e.PersonRegistered(person=NEW_PERSON, full_name="A", email="a@b.example", language="en", country="UK")
    there = given(*did(ADA, city, on=NEW_CITY), *did(ADA, person, on=NEW_PERSON))
    kept, known = city_in(there.state(NEW_CITY)).registered, person_in(there.state(NEW_PERSON)).registered
    assert kept
    assert known
    assert (kept.country, known.country) == ("UK", "UK")


@refuses(c.RegisterPerson, "text.empty")
def test_a_person_has_a_name_and_an_address() -> None:
    for field in ("full_name", "email"):
        blank(ENROL, field)


@refuses(c.RegisterPerson, "person.already_registered")
def test_a_person_is_registered_once_and_not_again_after_erasure() -> None:
    again = msgspec.structs.replace(ENROL, person=NILS)
    given().when(again, by=ADA).then("person.already_registered", field="person")
    erased = did(ADA, e.PersonErased(person=NILS, basis="asked"), on=NILS)
    given(*erased).when(again, by=ADA).then("person.already_registered", field="person")


@passes(c.GrantRole)
def test_a_role_is_granted_and_a_coordinators_is_for_one_hub() -> None:
    for role, scope in ((Role.APPROVER, None), (Role.COORDINATOR, "south")):
        outcome = given().when(c.GrantRole(person=NILS, role=str(role), scope=scope), by=ADA)
        outcome.then(e.RoleGranted(person=NILS, role=str(role), scope=scope))
        assert person_in(outcome.after.state(NILS)).roles == {(str(role), scope)}


@refuses(c.GrantRole, "code.unknown")
def test_nobody_is_made_a_machine_nor_a_citys_representative_by_role() -> None:
    for role in ("machine", "representative", "king"):
        given().when(c.GrantRole(person=NILS, role=role), by=ADA).then("code.unknown", field="role")
    given().when(c.GrantRole(person=NILS, role=""), by=ADA).then("text.empty", field="role")


@refuses(c.ConfirmRepresentative, "representative.own")
def test_nobody_confirms_themself_as_a_representative() -> None:
    command = c.ConfirmRepresentative(city=LAKESIDE, person=ADA, capacity="signatory", proof="Letter")
    given().when(command, by=ADA).then("representative.own", field="person")


@refuses(c.GrantRole, "role.own")
@passes(c.GrantRole)
def test_nobody_grants_a_role_to_themself() -> None:
    for role in ("approver", "auditor", "administrator", "king"):
        given().when(c.GrantRole(person=ADA, role=role), by=ADA).then("role.own", field="person")
    given().when(c.GrantRole(person=ADA, role="auditor"), by=CLERK).then(e.RoleGranted)


@passes(c.RevokeRole)
def test_an_administrator_may_lay_down_their_own_role() -> None:
    given().when(c.RevokeRole(person=ADA, role="administrator"), by=ADA).then(e.RoleRevoked)


@passes(c.GrantRole)
@passes(c.RevokeRole)
@refuses(c.GrantRole, "role.already_granted")
@refuses(c.GrantRole, "role.scope")
def test_a_scope_left_blank_is_no_scope() -> None:
    officer = c.GrantRole(person=NILS, role="officer", scope="")
    after = given().when(officer, by=ADA).then(e.RoleGranted(person=NILS, role="officer", scope=None)).after
    for scope in ("", None):
        after.when(msgspec.structs.replace(officer, scope=scope), by=ADA).then("role.already_granted")
        revoked = c.RevokeRole(person=NILS, role="officer", scope=scope)
        after.when(revoked, by=ADA).then(e.RoleRevoked(person=NILS, role="officer", scope=None))
    given().when(c.GrantRole(person=NILS, role="coordinator", scope=""), by=ADA).then("role.scope", field="scope")


@refuses(c.GrantRole, "role.scope")
def test_a_coordinator_serves_a_hub_of_the_catalogue_and_no_other_role_does() -> None:
    for role, scope in (("coordinator", None), ("coordinator", "moon"), ("officer", "north"), ("officer", "moon")):
        given().when(c.GrantRole(person=NILS, role=role, scope=scope), by=ADA).then("role.scope", field="scope")


@refuses(c.GrantRole, "role.already_granted")
def test_a_role_is_held_once() -> None:
    given().when(c.GrantRole(person=OLGA, role="officer"), by=ADA).then("role.already_granted", field="role")


@refuses(c.GrantRole, "person.unknown")
def test_a_stranger_or_an_erased_person_is_granted_nothing() -> None:
    given().when(c.GrantRole(person=STRANGER, role="officer"), by=ADA).then("person.unknown")
    erased = did(ADA, e.PersonErased(person=NILS, basis="asked"), on=NILS)
    given(*erased).when(c.GrantRole(person=NILS, role="officer"), by=ADA).then("person.unknown")


@passes(c.RevokeRole)
def test_a_role_is_taken_back_and_with_it_what_it_allowed() -> None:
    outcome = given(*SUBMITTED).when(c.RevokeRole(person=OLGA, role="officer"), by=ADA)
    after = outcome.then(e.RoleRevoked(person=OLGA, role="officer", scope=None)).after
    after.when(c.ConfirmCompleteness(application=FILE), by=OLGA).then("workflow.role_needed")


@refuses(c.RevokeRole, "role.not_granted")
def test_a_role_that_is_not_held_is_not_taken_back() -> None:
    given().when(c.RevokeRole(person=HANA, role="coordinator", scope="south"), by=ADA).then("role.not_granted", field="role")


@passes(c.RecordAffiliation)
def test_a_person_who_belongs_to_a_city_decides_nothing_of_it() -> None:
    outcome = given(*PROPOSED).when(c.RecordAffiliation(person=INES, city=HILLTOWN), by=ADA)
    after = outcome.then(e.AffiliationRecorded(person=INES, city=HILLTOWN)).after
    after.when(c.Approve(application=FILE, reasons=REASONS), by=INES).then("duty.own_city")


@refuses(c.RecordAffiliation, "person.unknown")
@refuses(c.RecordAffiliation, "city.unknown")
def test_an_affiliation_joins_a_known_person_to_a_known_city() -> None:
    given().when(c.RecordAffiliation(person=STRANGER, city=HILLTOWN), by=ADA).then("person.unknown")
    given().when(c.RecordAffiliation(person=INES, city=NOWHERE), by=ADA).then("city.unknown")


@refuses(c.RecordAffiliation, "affiliation.already_recorded")
def test_an_affiliation_is_recorded_once() -> None:
    belongs = did(ADA, e.AffiliationRecorded(person=INES, city=HILLTOWN), on=INES)
    given(*belongs).when(c.RecordAffiliation(person=INES, city=HILLTOWN), by=ADA).then("affiliation.already_recorded", field="city")


@passes(c.ErasePerson)
def test_an_erased_person_holds_no_role_and_belongs_to_their_cities_still() -> None:
    belongs = did(ADA, e.AffiliationRecorded(person=OLGA, city=HILLTOWN), on=OLGA)
    outcome = given(*belongs).when(c.ErasePerson(person=OLGA, basis="asked"), by=ADA)
    person = person_in(outcome.then(e.PersonErased(person=OLGA, basis="asked")).after.state(OLGA))
    assert (person.is_active, person.erased, person.roles, person.cities) == (False, True, frozenset(), frozenset({HILLTOWN}))


@refuses(c.ErasePerson, "person.unknown")
def test_nobody_is_erased_twice_or_unknown() -> None:
    given().when(c.ErasePerson(person=STRANGER, basis="asked"), by=ADA).then("person.unknown")
    erased = did(ADA, e.PersonErased(person=OLGA, basis="asked"), on=OLGA)
    given(*erased).when(c.ErasePerson(person=OLGA, basis="asked"), by=ADA).then("person.unknown")


@refuses(c.ErasePerson, "text.empty")
def test_an_erasure_has_a_basis() -> None:
    blank(c.ErasePerson(person=OLGA, basis=""), "basis")


# ── Sealed texts ──────────────────────────────────────────────────────────────


@passes(c.RecordSealedRead)
def test_opening_sealed_texts_is_itself_a_fact() -> None:
    command = c.RecordSealedRead(programme=ADOPTION, read=FILE, purpose="audit of 2031")
    given().when(command, by=CLERK).then(e.SealedRead(stream=FILE, purpose="audit of 2031"))


@refuses(c.RecordSealedRead, "text.empty")
def test_sealed_texts_are_opened_for_a_purpose() -> None:
    for field in ("read", "purpose"):
        blank(c.RecordSealedRead(programme=ADOPTION, read=FILE, purpose="audit"), field, by=CLERK)


# ── Who may ───────────────────────────────────────────────────────────────────

BY_AN_ADMINISTRATOR: tuple[c.Command, ...] = (
    REGISTER, c.RecordMembership(city=OUTPOST, basis="x"), c.EndMembership(city=LAKESIDE, basis="x"), CONFIRM,
    c.EndRepresentative(city=LAKESIDE, person=AMINA, reason="x"), OPEN_SOUTH, c.CloseHub(hub=NORTH, basis="x"), ENROL,
    c.GrantRole(person=NILS, role="officer"), c.RevokeRole(person=OLGA, role="officer"), c.RecordAffiliation(person=INES, city=HILLTOWN),
    c.ErasePerson(person=OLGA, basis="x"), c.ProposeProgramme(programme=ADOPTION, reason="x"),
    c.RenumberPriority(programme=ADOPTION, priority="FERRY", printed="3", reason="x"),
    c.RecordSealedRead(programme=ADOPTION, read=FILE, purpose="x"),
)  # fmt: skip


@pytest.mark.parametrize("command", BY_AN_ADMINISTRATOR, ids=lambda command: type(command).__name__)
def test_only_an_administrator_or_an_operator_keeps_the_registers(command: c.Command) -> None:
    for person in EVERYBODY:
        outcome = given().when(command, by=person)
        assert outcome.code == (None if person in (ADA, CLERK) else "workflow.role_needed"), person


@refuses(c.RecordSealedRead, "workflow.role_needed")
def test_an_officer_does_not_record_readings_of_sealed_texts() -> None:
    given().when(c.RecordSealedRead(programme=ADOPTION, read=FILE, purpose="x"), by=OLGA).then("workflow.role_needed")


def test_an_operator_decides_nothing_about_an_application() -> None:
    assert {role for role, _ in OPERATOR_ROLES} == {Role.ADMINISTRATOR, Role.FINANCE}


def test_a_row_of_a_register_is_what_its_line_of_the_table_says() -> None:
    line = (c.RegisterCity, Role.ADMINISTRATOR, register.register_city, e.CityRegistered, "Register a city")
    row = _register(*line)
    assert (row.command, row.by, row.rule, *row.records, row.staff) == line
    assert row == STEPS[c.RegisterCity]
