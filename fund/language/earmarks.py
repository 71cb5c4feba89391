"""What a contribution may be spent on, in words."""

from collections.abc import Iterable

from fund.domain.events import Earmark
from fund.language import formats
from fund.language.catalogues import N_, message
from fund.language.forms import Look
from fund.language.locales import babel_locale

ANYTHING = N_("Anything that the fund supports")
PRIORITIES, REGIONS, COUNTRIES, SUPPORT = (
    N_("Priorities: {listed}"),
    N_("Regions: {listed}"),
    N_("Countries: {listed}"),
    N_("Support: {listed}"),
)
ONE_CITY = N_("Only for {city}")
BETWEEN, FROM, UNTIL = N_("To be spent from {start} to {end}"), N_("To be spent from {start}"), N_("To be spent by {end}")


def earmark_words(locale: str, earmark: Earmark, names: Look, terms: Look) -> tuple[str, ...]:
    """One phrase for each thing that is limited; a single one where nothing is."""
    told = (
        _listed(locale, PRIORITIES, (terms(f"priority.{code}") for code in earmark.priorities)),
        _listed(locale, REGIONS, (terms(f"region.{code}") for code in earmark.regions)),
        _listed(locale, COUNTRIES, (country_name(locale, code) for code in earmark.countries)),
        _listed(locale, SUPPORT, (terms(f"support_type.{code}") for code in earmark.support_types)),
        message(locale, ONE_CITY, city=formats.isolated(locale, names(earmark.city))) if earmark.city else "",
        _window(locale, earmark),
    )
    return tuple(filter(None, told)) or (message(locale, ANYTHING),)


def country_name(locale: str, code: str) -> str:
    """The code itself where the language has no name for it."""
    return str(babel_locale(locale).territories.get(code, code))


def _listed(locale: str, sentence: str, titles: Iterable[str]) -> str:
    found = tuple(titles)
    return message(locale, sentence, listed=formats.format_long_list(locale, found)) if found else ""


def _window(locale: str, earmark: Earmark) -> str:
    days = {"start": earmark.spend_from, "end": earmark.spend_until}
    told = {name: formats.format_date(locale, day) for name, day in days.items() if day}
    sentence = {("start", "end"): BETWEEN, ("start",): FROM, ("end",): UNTIL}.get(tuple(told))
    return message(locale, sentence, **told) if sentence else ""
