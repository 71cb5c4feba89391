"""The register of cities, and who speaks for them. Everything about a city is public; its representatives are not."""

import unicodedata
from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, select, tuple_

from fund.domain.event import Recorded
from fund.domain.registers import City
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, replace, upsert
from fund.projections.view import Tables, View


class CityRow(msgspec.Struct, frozen=True, kw_only=True):
    """membership: `member`, `suspended`, `none`. since: when it joined, as its source says or as it was admitted.

    attested_on: the day it signed; attested: the catalogue whose every principle it stands by now. determined: what was found of
    its territory. sort: the name without accents or case; words: the same of both names.
    """

    id: str
    name_en: str
    name_local: str
    kind: str
    country: str
    region: str | None
    relation: str
    member: bool
    membership: str
    since: str | None
    basis: str | None
    asked: bool
    attested_on: str | None
    attested: str | None
    determined: str | None
    review_on: str | None
    source: str
    representatives: int
    sort: str
    words: str
    version: int
    index: int


class Representative(msgspec.Struct, frozen=True, kw_only=True):
    city: str
    person: str
    capacity: str


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    touched = [(city, last) for city, last in batch.of(City) if city.registered]
    upsert(connection, tables[CityRow], [_row(city, last) for city, last in touched])
    speaking = [one for city, _ in touched for one in _speaking(city)]
    replace(connection, tables[Representative], "city", (city.id for city, _ in touched), speaking)


def _row(city: City, last: Recorded) -> CityRow:
    entry, membership = city.registered, city.membership
    assert entry, "only registered cities are shown"
    found = city.determination.said if city.determination else None
    return CityRow(
        id=city.id,
        name_en=entry.name_en,
        name_local=entry.name_local,
        kind=entry.kind,
        country=entry.country,
        region=entry.region,
        relation=entry.relation,
        member=city.is_member,
        membership=standing(city),
        since=membership.joined if membership else None,
        basis=membership.basis if membership else None,
        asked=city.asked is not None,
        attested_on=city.attestation.signed_on.isoformat() if city.attestation else None,
        attested=city.stands_by,
        determined=found.territory if found else None,
        review_on=found.review_on.isoformat() if found else None,
        source=entry.source,
        representatives=len(city.representatives),
        sort=folded(entry.name_en),
        words=folded(f"{entry.name_en}\n{entry.name_local}"),
        version=last.version,
        index=last.index,
    )


def standing(city: City) -> str:
    """What the public register says of it."""
    return "member" if city.is_member else "suspended" if city.membership else "none"


def _speaking(city: City) -> list[Representative]:
    return [Representative(city=city.id, person=who, capacity=said.capacity) for who, said in city.representatives.items()]


VIEW = View(
    "city_register",
    2,
    (
        Shape(CityRow, ("id",), indexes=(("sort", "id"), ("name_en", "country", "kind"))),
        Shape(Representative, ("city", "person"), part="representatives", indexes=(("person",),)),
    ),
    apply,
)


def folded(name: str) -> str:
    """For finding and sorting: `sao paulo` for São Paulo."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def by_id(reading: Reading, id: str) -> CityRow | None:
    table = reading.table(CityRow)
    return reading.first(CityRow, select(table).where(table.c.id == id))


def find(reading: Reading, name_en: str, country: str, kind: str) -> CityRow | None:
    """The city that an import means."""
    table = reading.table(CityRow)
    same = (table.c.name_en == name_en) & (table.c.country == country) & (table.c.kind == kind)
    return reading.first(CityRow, select(table).where(same).order_by(table.c.id))


def called(reading: Reading, name: str, country: str | None = None) -> list[CityRow]:
    """Every city of exactly this name, English or local, whatever its case and accents."""
    table = reading.table(CityRow)
    wanted = select(table).where(table.c.words.contains(folded(name), autoescape=True)).order_by(table.c.id)
    found = reading.rows(CityRow, wanted if country is None else wanted.where(table.c.country == country))
    exact = [city for city in found if name in (city.name_en, city.name_local)]
    return exact or [city for city in found if folded(name) in (folded(city.name_en), folded(city.name_local))]


def listed(
    reading: Reading,
    text: str = "",
    *,
    members: bool | None = None,
    region: str | None = None,
    country: str | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 50,
) -> list[CityRow]:
    """By name. `text`: a part of either name, whatever its case and accents. `after`: `(sort, id)` of the last city of the page before."""
    table = reading.table(CityRow)
    wanted = select(table).order_by(table.c.sort, table.c.id).limit(limit)
    if text:
        wanted = wanted.where(table.c.words.contains(folded(text), autoescape=True))
    for column, value in ((table.c.member, members), (table.c.region, region), (table.c.country, country)):
        if value is not None:
            wanted = wanted.where(column == value)
    return reading.rows(CityRow, wanted if after is None else wanted.where(tuple_(table.c.sort, table.c.id) > tuple_(*after)))


def names(reading: Reading, ids: list[str]) -> dict[str, str]:
    """Id -> English name, for lists of files."""
    table = reading.table(CityRow)
    found = reading.connection.execute(select(table.c.id, table.c.name_en).where(table.c.id.in_(ids)))
    return {row.id: row.name_en for row in found}


def represented_by(reading: Reading, person: str) -> list[Representative]:
    """The cities a person speaks for."""
    table = reading.table(Representative)
    return reading.rows(Representative, select(table).where(table.c.person == person).order_by(table.c.city))


def spoken_for(reading: Reading, people: Collection[str]) -> dict[str, frozenset[str]]:
    """Person -> the cities they speak for, for those who speak for any."""
    table = reading.table(Representative)
    found: dict[str, frozenset[str]] = {}
    for one in reading.rows(Representative, select(table).where(table.c.person.in_(people))):
        found[one.person] = found.get(one.person, frozenset()) | {one.city}
    return found


def representatives(reading: Reading, city: str) -> list[Representative]:
    table = reading.table(Representative)
    return reading.rows(Representative, select(table).where(table.c.city == city).order_by(table.c.person))
