"""Rules of the registers: cities, hubs, opening envelopes, people."""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import tier
from fund.domain.countries import COUNTRIES
from fund.domain.event import Event
from fund.domain.facts import GRANTABLE, Facts, On, Role
from fund.domain.refusal import Refusal
from fund.domain.registers import Adoption, City, Envelope, Hub, Person


def register_city(city: City, command: c.RegisterCity, facts: Facts) -> tuple[Event, ...]:
    """`country` is a code of ISO 3166-1 alpha-2 that is in use, or XK. `region` may be None."""
    if city.registered:
        raise Refusal("city.already_registered", field="city")
    _check_country(command.country)
    if command.region is not None and command.region not in {region.code for region in facts.programme.catalogue.regions}:
        raise Refusal("code.unknown", field="region", value=command.region)
    return (
        e.CityRegistered(
            name_en=command.name_en,
            name_local=command.name_local or command.name_en,
            kind=command.kind,
            country=command.country,
            region=command.region,
            relation=command.relation,
            source=command.source,
            note=command.note,
            identifiers=command.identifiers,
        ),
    )


def record_tier(city: City, command: c.RecordTier, facts: Facts) -> tuple[Event | On, ...]:
    """Corrected by recording it again. A circle is refused: nothing lies within what lies in it. Those around it are told."""
    facts.city(command.city)
    outer = facts.city(command.within, field="within")
    within = (command.within, *(one.id for one in tier.around(outer, facts.states)))
    if command.city in within:
        raise Refusal("tier.circle", field="within")
    told = (On(one, e.TierInsideRecorded(city=command.city)) for one in within if command.city not in facts.city(one).inside)
    return (e.TierRecorded(within=within, basis=command.basis), *told)


def record_membership(city: City, command: c.RecordMembership, facts: Facts) -> tuple[Event, ...]:
    facts.city(command.city)
    if city.membership:
        raise Refusal("membership.already_recorded")
    return (e.MembershipRecorded(basis=command.basis, joined=command.joined or None),)


def end_membership(city: City, command: c.EndMembership, facts: Facts) -> tuple[Event, ...]:
    if city.membership is None:
        raise Refusal("membership.not_recorded")
    return (e.MembershipEnded(basis=command.basis),)


def confirm_representative(city: City, command: c.ConfirmRepresentative, facts: Facts) -> tuple[Event, ...]:
    facts.city(command.city)
    facts.person(command.person)
    if command.person == facts.actor.id:
        raise Refusal("representative.own", field="person")
    request = city.requests.get(command.person)
    if request and facts.actor.id in request.by:
        raise Refusal("representative.own_request", field="person")
    if city.represented_by(command.person):
        raise Refusal("representative.already_confirmed", field="person")
    return (e.RepresentativeConfirmed(person=command.person, capacity=command.capacity, proof=command.proof),)


def end_representative(city: City, command: c.EndRepresentative, facts: Facts) -> tuple[Event, ...]:
    if not city.represented_by(command.person):
        raise Refusal("representative.unknown", field="person")
    return (e.RepresentativeEnded(person=command.person, reason=command.reason),)


def open_hub(hub: Hub, command: c.OpenHub, facts: Facts) -> tuple[Event, ...]:
    known = next((entry for entry in facts.programme.catalogue.hubs if f"hub-{entry.code}" == command.hub), None)
    if known is None:
        raise Refusal("hub.unknown", field="hub", hub=command.hub)
    if hub.opened:
        raise Refusal("hub.already_open", hub=known.code)
    return (e.HubOpened(hub=known.code, regions=known.regions, opened=command.opened, basis=command.basis),)


def suspend_hub(hub: Hub, command: c.SuspendHub, facts: Facts) -> tuple[Event, ...]:
    if hub.opened is None or not hub.is_open:
        raise Refusal("hub.not_open", hub=command.hub)
    return (e.HubSuspended(hub=hub.opened.hub, reason=command.reason),)


def resume_hub(hub: Hub, command: c.ResumeHub, facts: Facts) -> tuple[Event, ...]:
    if hub.suspended is None:
        raise Refusal("hub.not_suspended", hub=command.hub)
    return (e.HubResumed(hub=hub.suspended.hub, reason=command.reason),)


def close_hub(hub: Hub, command: c.CloseHub, facts: Facts) -> tuple[Event, ...]:
    if hub.opened is None:
        raise Refusal("hub.not_open", hub=command.hub)
    return (e.HubClosed(hub=hub.opened.hub, basis=command.basis),)


def open_envelope(envelope: Envelope, command: c.OpenEnvelope, facts: Facts) -> tuple[Event, ...]:
    if envelope.currency:
        raise Refusal("envelope.already_open", field="envelope")
    if command.currency not in facts.programme.limits.max_amount:
        raise Refusal("money.unknown_currency", field="currency", currency=command.currency)
    return (e.EnvelopeOpened(title=command.title, currency=command.currency),)


def register_person(person: Person, command: c.RegisterPerson, facts: Facts) -> tuple[Event, ...]:
    """`country`, of where they work, may be None; else as for a city."""
    if person.registered:
        raise Refusal("person.already_registered", field="person")
    if command.language not in facts.programme.languages:
        raise Refusal("language.unknown", field="language", language=command.language)
    if command.country:
        _check_country(command.country)
    return (
        e.PersonRegistered(
            person=command.person,
            full_name=command.full_name,
            email=command.email,
            language=command.language,
            country=command.country or None,
        ),
    )


def _check_country(code: str) -> None:
    if code not in COUNTRIES:
        raise Refusal("country.unknown", field="country", country=code)


def grant_role(person: Person, command: c.GrantRole, facts: Facts) -> tuple[Event, ...]:
    """A coordinator's scope is a hub of the catalogue; no other role has one. Nobody grants a role to themself."""
    facts.person(command.person)
    scope = command.scope or None
    if command.person == facts.actor.id:
        raise Refusal("role.own", field="person")
    if command.role not in GRANTABLE:
        raise Refusal("code.unknown", field="role", value=command.role)
    hubs = {hub.code for hub in facts.programme.catalogue.hubs}
    if (scope in hubs) != (command.role == Role.COORDINATOR) or (scope and scope not in hubs):
        raise Refusal("role.scope", field="scope", role=command.role)
    if (command.role, scope) in person.roles:
        raise Refusal("role.already_granted", field="role", role=command.role)
    return (e.RoleGranted(person=command.person, role=command.role, scope=scope),)


def revoke_role(person: Person, command: c.RevokeRole, facts: Facts) -> tuple[Event, ...]:
    scope = command.scope or None
    if (command.role, scope) not in person.roles:
        raise Refusal("role.not_granted", field="role", role=command.role)
    return (e.RoleRevoked(person=command.person, role=command.role, scope=scope),)


def record_affiliation(person: Person, command: c.RecordAffiliation, facts: Facts) -> tuple[Event, ...]:
    facts.person(command.person)
    facts.city(command.city)
    if command.city in person.cities:
        raise Refusal("affiliation.already_recorded", field="city")
    return (e.AffiliationRecorded(person=command.person, city=command.city),)


def choose_messages(person: Person, command: c.ChooseMessages, facts: Facts) -> tuple[Event, ...]:
    """One's own; an administrator enters what somebody asked for who does not come here."""
    facts.person(command.person)
    if command.person != facts.actor.id and not facts.actor.holds(Role.ADMINISTRATOR):
        raise Refusal("messages.not_yours", field="person")
    if command.language and command.language not in facts.programme.languages:
        raise Refusal("language.unknown", field="language", language=command.language)
    return (e.MessagesChosen(person=command.person, rhythm=command.rhythm, language=command.language),)


def record_absence(person: Person, command: c.RecordAbsence, facts: Facts) -> tuple[Event, ...]:
    facts.person(command.person)
    if command.last < command.first:
        raise Refusal("absence.reversed", field="last")
    return (e.AbsenceRecorded(person=command.person, first=command.first, last=command.last),)


def erase_person(person: Person, command: c.ErasePerson, facts: Facts) -> tuple[Event, ...]:
    facts.person(command.person)
    return (e.PersonErased(person=command.person, basis=command.basis),)


def record_sealed_read(adoption: Adoption, command: c.RecordSealedRead, facts: Facts) -> tuple[Event, ...]:
    return (e.SealedRead(stream=command.read, purpose=command.purpose),)
