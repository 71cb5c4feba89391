"""Reading one city: its membership for anybody, what stands behind it for itself and for the fund; and which cities wait for whom."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import FastAPI, Query, Response

from fund.api.access import Anyone, Known, Opened
from fund.api.answers import etag, json
from fund.api.entitlements import API
from fund.api.incoming import Fresh, Locale, stream_id
from fund.api.schema import answers
from fund.api.v1.applications import Action
from fund.api.v1.registers import CityEntry, entry
from fund.border.opening import Fund
from fund.border.seeing import Told, city_history
from fund.domain.deciding import city_actions
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.domain.visibility import CityReader, city_reader
from fund.language import terms_of, worded
from fund.projections import city_register, membership_queue
from fund.projections.membership_queue import Waiting


class Standing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stands behind a membership, for the city itself and for the fund. `territory` and its review are for the fund alone.

    `stands_by`: the catalogue of whose every principle the city attested under its present leadership. Days are ISO dates.
    """

    asked_due: str | None = None
    attested_on: str | None = None
    stands_by: str | None = None
    leadership_since: str | None = None
    suspension_review_on: str | None = None
    territory: str | None = None
    review_on: str | None = None


class CityFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A city as the reader may know it. `standing` is null for the public."""

    city: CityEntry
    standing: Standing | None = None


class CityHistory(msgspec.Struct, frozen=True, kw_only=True):
    """What has happened to a city, in order, as far as the reader may know."""

    id: str
    events: list[Told]


class CityActions(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader may do with the membership of a city as it stands at `version`."""

    id: str
    version: int
    actions: list[Action]


class WaitingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A city that waits. `what`: attestation, determination, second_look, admission, review, suspension or representative.

    `owner`: the role that acts next, by one of `verbs`; `representative` stands for the city itself. `about`: the person who is to be
    confirmed.
    """

    city: str
    name: str
    what: str
    about: str
    owner: str
    verbs: list[str]
    due: str | None
    since: str
    late: bool


class Memberships(msgspec.Struct, frozen=True, kw_only=True):
    """Cities that wait for somebody, first due first."""

    items: list[WaitingEntry]


def mount(app: FastAPI) -> None:
    here = f"{API}/cities/{{id}}"
    app.get(here, operation_id="ReadCity", tags=["city"], responses=answers(CityFile))(state)
    app.get(f"{here}/history", operation_id="ReadCityHistory", tags=["city"], responses=answers(CityHistory))(told)
    app.get(f"{here}/actions", operation_id="ReadCityActions", tags=["city"], responses=answers(CityActions))(actions)
    app.get(f"{API}/memberships", operation_id="ListMemberships", tags=["city"], responses=answers(Memberships))(waiting)


def state(id: str, fund: Opened, reader: Anyone, fresh: Fresh) -> Response:
    fresh.wait(fund, city_register.VIEW.name)
    city, version = _found(fund, id)
    with fund.views.reading() as reading:
        row = city_register.by_id(reading, id)
    if row is None:
        raise Refusal("request.not_found")
    seen = city_reader(reader, city)
    standing = None if seen is CityReader.PUBLIC else _standing(city, full=seen is not CityReader.CITY)
    return json(CityFile(city=entry(row), standing=standing), headers={"ETag": etag(version)})


def told(id: str, fund: Opened, actor: Known, locale: Locale, fresh: Fresh) -> Response:
    city, version = _found(fund, id)
    headers = {"ETag": etag(version), "Content-Language": locale, "Vary": "Accept-Language"}
    return json(CityHistory(id=id, events=city_history(fund, actor, city, locale)), headers=headers)


def actions(id: str, fund: Opened, actor: Known, locale: Locale, fresh: Fresh) -> Response:
    city, version = _found(fund, id)
    lenders = {lent.by: fund.handler.load(lent.by).state for lent in actor.lent}
    facts = Facts(now=fund.now(), actor=actor, programme=fund.handler.programme_of(city), states={id: city} | lenders)
    allowed = [
        Action(
            verb=step.verb,
            title=worded(locale, step.staff, terms_of(facts.programme, locale)),
            method="POST",
            href=f"{API}/cities/{id}/{step.verb}",
            body=f"{step.command.__name__}Body",
        )
        for step in city_actions(city, facts)
    ]
    headers = {"ETag": etag(version), "Content-Language": locale, "Vary": "Accept-Language"}
    return json(CityActions(id=id, version=version, actions=allowed), headers=headers)


def waiting(
    fund: Opened,
    actor: Known,
    fresh: Fresh,
    late: bool = False,
    mine: bool = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> Response:
    """`late`: past due only. `mine`: what the roles of the reader wait for. Nothing of a city that the reader belongs to."""
    fresh.wait(fund, membership_queue.VIEW.name)
    now, owners = fund.now(), {role for role, _ in actor.roles} if mine else None
    catalogue = fund.handler.programme_of(City()).catalogue.version
    with fund.views.reading() as reading:
        found = membership_queue.listed(reading, catalogue, owners=owners, before=now if late else None, limit=limit)
    return json(Memberships(items=[_waiting(one, now) for one in found if one.city not in actor.cities]))


def _found(fund: Fund, id: str) -> tuple[City, int]:
    known = fund.handler.load(id) if stream_id("city", id) else None
    if known is None or not isinstance(known.state, City) or not known.state.registered:
        raise Refusal("request.not_found")
    return known.state, known.version


def _standing(city: City, *, full: bool) -> Standing:
    suspended, found = city.membership and city.membership.suspended, city.determination if full else None
    return Standing(
        asked_due=city.asked.due.isoformat() if city.asked else None,
        attested_on=city.attestation.signed_on.isoformat() if city.attestation else None,
        stands_by=city.stands_by,
        leadership_since=city.leadership.since.isoformat() if city.leadership else None,
        suspension_review_on=suspended.review_on.isoformat() if suspended else None,
        territory=found.said.territory if found else None,
        review_on=found.said.review_on.isoformat() if found else None,
    )


def _waiting(one: Waiting, now: datetime) -> WaitingEntry:
    return WaitingEntry(
        city=one.city,
        name=one.name,
        what=one.what,
        about=one.about,
        owner=one.owner,
        verbs=list(membership_queue.ways_out(one)),
        due=one.due.isoformat() if one.due else None,
        since=one.since.isoformat(),
        late=one.due is not None and one.due < now,
    )
