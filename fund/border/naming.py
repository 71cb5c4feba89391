"""From ids to what people call things, and back from what they type to ids."""

from fund.border.opening import Fund
from fund.domain.application import Application
from fund.domain.commands import Command
from fund.domain.programme import Programme, titled
from fund.domain.reference import parse
from fund.domain.refusal import Refusal
from fund.domain.registers import City, Envelope, Person
from fund.domain.round import Round
from fund.domain.streams import RATES
from fund.language import direction, message
from fund.language.catalogues import N_
from fund.language.forms import Look
from fund.ledger.seal import unseal
from fund.projections import application_file, city_register

ERASED = N_("(erased)")
MACHINE = N_("the fund’s machine")
EXCHANGE_RATES = N_("Exchange rates")


class Names:
    """Names of ids in one language. With `people` closed, a person is told by their id: names are sealed."""

    def __init__(self, fund: Fund, locale: str, *, people: bool = False) -> None:
        self._fund = fund
        self._locale = locale
        self._people = people

    def __call__(self, id: str) -> str:
        kind = id.partition("-")[0]
        if kind in ("application", "city", "envelope", "person", "round") and "-" in id:
            return self._state(id)
        if id.startswith("machine:"):
            return message(self._locale, MACHINE)
        if id == RATES:
            return message(self._locale, EXCHANGE_RATES)
        return hub_title(self._fund.programme, id, self._locale)

    def _state(self, id: str) -> str:
        match self._fund.handler.load(id).state:
            case City() as city:
                return city_name(city, self._locale)
            case Application() as file:
                return file.reference or id
            case Envelope() as envelope:
                return envelope.title or id
            case Round() as round if round.opened:
                return round.opened.title
            case Person() as person if self._people and person.registered:
                name = unseal(person.registered.full_name, self._fund.keys)
                return name if isinstance(name, str) else message(self._locale, ERASED)
        return id


def city_name(city: City, locale: str) -> str:
    """The local name where it is written in the reader's own script and the English one is not, else the English one."""
    local = city.registered.name_local if city.registered else ""
    return local if direction(locale) == "rtl" and _is_arabic(local) else city.name


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def hub_title(programme: Programme, code: str, locale: str) -> str:
    return next((titled(hub.titles, locale) for hub in programme.catalogue.hubs if code in (hub.code, f"hub-{hub.code}")), code)


def hubs_named(programme: Programme, locale: str) -> Look:
    """Names of hubs, without looking anything up; any other id stands as it is."""
    return lambda id: hub_title(programme, id, locale)


def city_called(fund: Fund, text: str, country: str | None = None) -> str:
    """The id of the city that `text` names: an id, or an English or local name. Refusal city.unknown, city.ambiguous."""
    if text.startswith("city-"):
        return text
    with fund.views.reading() as reading:
        found = city_register.called(reading, text, country)
    if not found:
        raise Refusal("city.unknown", field="city", city=text)
    if len(found) > 1:
        raise Refusal("city.ambiguous", field="city", city=text, count=len(found))
    return found[0].id


def city_written(fund: Fund, id: str, name: str) -> str:
    """So that nobody takes it for another, and `city_called` finds it again: by this name, else with its country, else by its id."""
    city = fund.handler.load(id).state
    country = city.registered.country if isinstance(city, City) and city.registered else None
    with fund.views.reading() as reading:
        if len(city_register.called(reading, name)) < 2:
            return name
        return f"{name}, {country}" if len(city_register.called(reading, name, country)) < 2 else id


def file_called(fund: Fund, reference: str) -> str:
    """The stream of an application, by its reference or its id. Refusal reference.invalid, reference.unknown."""
    if reference.startswith("application-"):
        stream: str | None = reference
    else:
        with fund.views.reading() as reading:
            found = application_file.by_reference(reading, parse(reference, fund.programme.prefix))
        stream = found.stream if found else None
    if stream is None or not fund.ledger.stream(stream, up_to=1):
        raise Refusal("reference.unknown", field="reference", reference=reference)
    return stream


def with_files_called(fund: Fund, command: type[Command], content: object) -> object:
    """The content of a command to another stream, a file that it names by its reference now named by its id.

    One that nobody knows stays as it is: the rule says what is wrong with it.
    """
    if command.target == "application" or not isinstance(content, dict) or not isinstance(named := content.get("application"), str):
        return content
    try:
        return content | {"application": file_called(fund, named)}
    except Refusal:
        return content
