"""Questions with their answers as a page shows them: to be filled in, or to be read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from babel.numbers import get_currency_name

from fund.api.pages.answers import Answers, Fault, Questions, number_of_rows
from fund.api.pages.questions import Control, Question, Source, leaves
from fund.api.pages.site import Visit
from fund.domain.money import parse_decimal
from fund.domain.programme import titled
from fund.domain.sections import TEXT_LIMITS
from fund.language import direction, field_name, format_date, format_money
from fund.language.catalogues import N_
from fund.language.locales import babel_locale

Option = tuple[str, str]
"""Value and words."""

YES, NO, UNKNOWN, NOTHING = N_("Yes"), N_("No"), N_("We do not know"), N_("Nothing entered")


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One question on a page. `rows` holds the fields of each row of a repeated one, `parts` those of a group."""

    name: str
    control: Control
    label: str
    hint: str = ""
    values: tuple[str, ...] = ()
    fault: str = ""
    options: tuple[Option, ...] = ()
    limit: int = 0
    optional: bool = False
    parts: tuple["Field", ...] = ()
    rows: tuple[tuple["Field", ...], ...] = ()

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def others(self) -> str:
        """What was ticked beside the options."""
        known = {value for value, _ in self.options}
        return ", ".join(value for value in self.values if value not in known)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to be read. `own`: the applicant's own words, in the applicant's own language. `part_of`: the question that it belongs
    to, where that has several parts: their labels are the same for all such questions."""

    label: str
    texts: tuple[str, ...]
    own: bool = False
    part_of: str = ""


class Asking:
    """Makes the fields of one section for one visit."""

    def __init__(self, visit: Visit, section: str, questions: Questions, answers: Answers, faults: list[Fault] | None = None) -> None:
        self._visit = visit
        self._questions = questions
        self._section = section
        self._answers = answers
        self._faults = {name: visit.said(refused) for name, refused in reversed(faults or [])}

    def fields(self) -> list[Field]:
        return [self._field(question, question.name) for question in self._questions]

    def lines(self) -> list[Line]:
        """The same, to be read."""
        return [line for field in self.fields() for line in self._lines(field)]

    def _field(self, question: Question, name: str) -> Field:
        return Field(
            name=name,
            control=question.control,
            label=self._label(question),
            hint=self._said(question.hint) if question.hint else "",
            values=self._answers.get(name, ()),
            fault=self._faults.get(name, ""),
            options=options(self._visit, question.options),
            limit=TEXT_LIMITS.get(self._known(question), 0),
            optional=question.optional,
            parts=self._parts(question),
            rows=self._rows(question) if question.control == "rows" else (),
        )

    def _label(self, question: Question) -> str:
        if question.titles:
            return titled(question.titles, self._visit.locale)
        return self._said(question.label) if question.label else field_name(self._visit.locale, self._known(question), self._visit.term)

    def _known(self, question: Question) -> str:
        return f"{self._section}.{question.name}"

    def _parts(self, question: Question) -> tuple[Field, ...]:
        return () if question.control == "rows" else tuple(self._field(leaf, at) for at, leaf in leaves(question) if leaf is not question)

    def _rows(self, question: Question) -> tuple[tuple[Field, ...], ...]:
        count = max(question.rows, number_of_rows(question, self._answers))
        return tuple(tuple(self._field(part, f"{question.name}.{row}.{part.name}") for part in question.parts) for row in range(count))

    def _lines(self, field: Field) -> list[Line]:
        if field.control == "flags":
            ticked = tuple(part.label for part in field.parts if part.values)
            return [Line(label=field.label, texts=ticked or (self._said(NOTHING),))]
        if field.control == "group":
            return [Line(label=field.label, texts=self._texts(field.parts[0])), *(self._line(part) for part in field.parts[1:])]
        if field.control == "answer":
            told = [part for part in field.parts if part.values and part.value]
            return [
                Line(label=field.label, texts=self._texts(field.parts[0])),
                *(self._line(part, part_of=field.label) for part in told[1:]),
            ]
        if field.control == "rows":
            filled = [row for row in field.rows if any(part.values for part in row)]
            return [self._line(part, f"{field.label} {number} – ") for number, row in enumerate(filled, 1) for part in row]
        return [self._line(field)]

    def _line(self, field: Field, before: str = "", part_of: str = "") -> Line:
        return Line(label=before + field.label, texts=self._texts(field), own=field.control in ("line", "text"), part_of=part_of)

    def _texts(self, field: Field) -> tuple[str, ...]:
        words = dict(field.options)
        match field.control:
            case "flag":
                return (self._said(YES if field.values else NO),)
            case "day" if field.value:
                return (format_date(self._visit.locale, date.fromisoformat(field.value)),)
            case "money" if field.value:
                return (self._money(field.value),)
            case "languages":
                words = {code: language_name(self._visit.locale, code) for code in field.values}
        return tuple(words.get(value, value) for value in field.values if value) or (self._said(NOTHING),)

    def _money(self, typed: str) -> str:
        currency = self._answers["currency"][0]
        return format_money(self._visit.locale, parse_decimal(typed, currency).amount, currency)

    def _said(self, msgid: str) -> str:
        return self._visit.words(msgid)


# ── What may be chosen ────────────────────────────────────────────────────────


def options(visit: Visit, source: Source) -> tuple[Option, ...]:
    return OPTIONS[source](visit) if source else ()


def _entries(entries: Any, locale: str) -> tuple[Option, ...]:
    return tuple((entry.code, entry.titles[locale]) for entry in entries)


def _priorities(visit: Visit) -> tuple[Option, ...]:
    """With the numbers that people know them by, where the source or a correction gives one."""
    listed = visit.site.programme.catalogue.priorities
    return tuple((one.code, f"{one.printed}. {title}" if one.printed else title) for one in listed for title in (one.titles[visit.locale],))


def _results(visit: Visit) -> tuple[Option, ...]:
    """An impact is never a city's own target."""
    return _entries((result for result in visit.site.programme.catalogue.results if result.level != "impact"), visit.locale)


def _ages(visit: Visit) -> tuple[Option, ...]:
    policy = visit.site.programme.safeguards
    return _entries(policy.ages, visit.locale) if policy else ()


def _currencies(visit: Visit) -> tuple[Option, ...]:
    locale = babel_locale(visit.locale)
    return tuple((code, f"{code} – {get_currency_name(code, locale=locale)}") for code in visit.site.programme.limits.max_amount)


def language_name(locale: str, code: str) -> str:
    name = babel_locale(locale).languages.get(code)
    return (name or code).capitalize() if direction(locale) == "ltr" else name or code


OPTIONS: dict[Source, Callable[[Visit], tuple[Option, ...]]] = {
    "priorities": _priorities,
    "formats": lambda visit: _entries(visit.site.programme.catalogue.formats, visit.locale),
    "results": _results,
    "currencies": _currencies,
    "ages": _ages,
    "said": lambda visit: tuple((code, visit.words(words)) for code, words in (("yes", YES), ("no", NO), ("unknown", UNKNOWN))),
    "languages": lambda visit: tuple((code, language_name(visit.locale, code)) for code in visit.site.programme.languages),
}
