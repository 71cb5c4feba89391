"""Between what is typed and what is meant: the answers of one section as texts of a form, and as the struct they shape.

Every fault is found at once and named by the control it belongs to, so that a person mends all of them in one go.
"""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from pydantic import ValidationError
from starlette.datastructures import FormData

from fund.api.pages.questions import Question, leaves
from fund.border.bodies import refusal_of, section_body
from fund.domain.money import Money, parse_decimal
from fund.domain.refusal import Refusal
from fund.domain.sections import SECTIONS, AnySection, Section, section_name
from fund.domain.texts import says_something

Answers = dict[str, tuple[str, ...]]
"""Name of a control -> what is in it: one text, or the boxes that are ticked."""

Fault = tuple[str, Refusal]
"""The control, and what is wrong with it."""

KINDS: dict[str, type[Section]] = {section_name(kind): kind for kind in SECTIONS}
Questions = tuple[Question, ...]
MOST_ROWS = 10
ONE_TEXT = frozenset({"line", "text", "whole", "money", "day", "one", "pick"})


class Faulty(Exception):
    """Answers that cannot be saved, and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


class Register:
    """City names to ids and back, for the one question that names other cities."""

    def __init__(self, find: Callable[[str, str | None], str], name: Callable[[str], str]) -> None:
        self._find = find
        self.name = name

    def id(self, text: str) -> str:
        """`Oslo` or `Victoria, CA`. Refusal city.unknown, city.ambiguous."""
        name, comma, country = text.rpartition(",")
        code = country.strip().upper()
        return self._find(name.strip(), code) if comma and len(code) == 2 else self._find(text, None)


# ── From a posted form ────────────────────────────────────────────────────────


def posted(questions: Questions, form: FormData) -> Answers:
    """What was typed; rows that were left empty are gone, so that the others stand without gaps."""
    answers: Answers = {}
    for question in questions:
        if question.control == "rows":
            answers |= _rows(question, form)
        else:
            answers |= {name: _texts(form, name, leaf) for name, leaf in leaves(question)}
    return answers


def _rows(question: Question, form: FormData) -> Answers:
    typed = [{leaf.name: _texts(form, f"{question.name}.{row}.{leaf.name}", leaf) for leaf in question.parts} for row in range(MOST_ROWS)]
    kept = [row for row in typed if any(map(_any_text, row.values()))]
    return {f"{question.name}.{number}.{name}": texts for number, row in enumerate(kept) for name, texts in row.items()}


def _texts(form: FormData, name: str, leaf: Question) -> tuple[str, ...]:
    given = [text for text in form.getlist(name) if isinstance(text, str)]
    if leaf.control == "languages":
        return _languages(given, str(form.get(f"{name}.other") or ""))
    if leaf.control == "cities":
        return tuple(line for text in given for raw in text.splitlines() if (line := raw.strip()))
    return tuple(given[:1]) if leaf.control in ONE_TEXT else tuple(given)


def _languages(ticked: list[str], other: str) -> tuple[str, ...]:
    more = [text.strip() for text in other.replace("،", ",").split(",")]
    return tuple(dict.fromkeys(text for text in (*ticked, *more) if text))


def _any_text(texts: tuple[str, ...]) -> bool:
    return any(map(says_something, texts))


def number_of_rows(question: Question, answers: Answers) -> int:
    return len({name.split(".")[1] for name in answers if name.startswith(f"{question.name}.")})


# ── What it means ─────────────────────────────────────────────────────────────


def meant(section: str, questions: Questions, answers: Answers, register: Register) -> AnySection:
    """The section that the answers stand for. Raises Faulty with everything that is wrong."""
    faults: dict[str, Refusal] = {}
    content = {question.name: _value(question, answers, register, faults) for question in questions}
    for question in questions:
        if question.control == "flags":
            content |= content.pop(question.name)
    if any(question.control == "answer" for question in questions):
        content = _listed(content, questions)
    values: dict[str, Any] = {}
    try:
        values = section_body(KINDS[section]).model_validate(content, context={"form": True}).model_dump(warnings="none")
    except ValidationError as error:
        for found in error.errors():
            refused = refusal_of(found)
            faults.setdefault(refused.field or "", refused)
    if faults:
        raise Faulty(_in_order(section, questions, answers, faults))
    made: AnySection = msgspec.convert(values | {"section": section}, type=AnySection)
    return made


def _listed(content: dict[str, Any], questions: Questions) -> dict[str, Any]:
    """The programme's own questions as the rules take them: a list of what was answered, in the order of asking."""
    own = [question.name for question in questions if question.control == "answer"]
    rest = {name: value for name, value in content.items() if name not in own}
    return rest | {"answers": [{"question": code, **content[code]} for code in own if content[code]["answer"]]}


def _value(question: Question, answers: Answers, register: Register, faults: dict[str, Refusal]) -> Any:
    match question.control:
        case "flags" | "group" | "answer":
            return {leaf.name: _leaf(name, leaf, answers, register, faults) for name, leaf in leaves(question)}
        case "rows":
            rows = range(number_of_rows(question, answers))
            return [
                {leaf.name: _leaf(f"{question.name}.{row}.{leaf.name}", leaf, answers, register, faults) for leaf in question.parts}
                for row in rows
            ]
        case _:
            return _leaf(question.name, question, answers, register, faults)


def _leaf(name: str, leaf: Question, answers: Answers, register: Register, faults: dict[str, Refusal]) -> Any:
    texts = answers.get(name, ())
    try:
        match leaf.control:
            case "flag":
                return "yes" if texts else ""
            case "cities":
                return [register.id(text) for text in texts]
            case "many" | "languages":
                return list(texts)
        return _text(leaf, texts, answers)
    except Refusal as refused:
        faults[name] = refused
        return None


def _text(leaf: Question, texts: tuple[str, ...], answers: Answers) -> Any:
    text = texts[0].strip() if texts and says_something(texts[0]) else ""
    if not text and not leaf.optional:
        raise Refusal("text.empty" if leaf.control in ("line", "text") else "field.missing", field=leaf.name)
    if leaf.control == "money":
        currency = next(iter(answers.get("currency", ())), "")
        return parse_decimal(_western(text), currency).amount if currency else 0
    return _western(text) if leaf.control == "whole" else text


def _western(text: str) -> str:
    """Digits of any script as 0 to 9: keyboards differ."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def _in_order(section: str, questions: Questions, answers: Answers, faults: dict[str, Refusal]) -> list[Fault]:
    """As the page shows them; each with the control it belongs to."""
    names = [name for question in questions for name, _ in leaves(question, number_of_rows(question, answers))]
    placed = [(control_for(section, questions, answers, path), refused) for path, refused in faults.items()]
    return sorted(placed, key=lambda fault: names.index(fault[0]) if fault[0] in names else len(names))


def control_for(section: str, questions: Questions, answers: Answers, field: str) -> str:
    """The control that a refused field belongs to. The rules name fields without rows: `alignment.reason`."""
    path = field.removeprefix(f"{section}.").removeprefix("answers.")
    names = [name for question in questions for name, _ in leaves(question, max(1, number_of_rows(question, answers)))]
    last = path.rpartition(".")[2]
    near = [name for name in names if name == path or name.startswith(f"{path}.") or path.startswith(f"{name}.")]
    return next(iter(near or [name for name in names if name.rpartition(".")[2] == last] or names[:1]), "")


# ── From a saved section ──────────────────────────────────────────────────────


def saved(section: AnySection, questions: Questions, register: Register, opened: Callable[[Any], str]) -> Answers:
    """A saved section as texts of the form. `opened` opens a sealed text."""
    answers: Answers = {}
    for question in questions:
        if question.control == "rows":
            for row, part in enumerate(getattr(section, question.name)):
                answers |= {f"{question.name}.{row}.{leaf.name}": _shown(leaf, part, register, opened) for leaf in question.parts}
        elif question.control == "answer":
            said = next((one for one in getattr(section, "answers", ()) if one.question == question.name), None)
            answers |= {name: _shown(leaf, said, register, opened) for name, leaf in leaves(question)} if said else {}
        else:
            holder = getattr(section, question.name) if question.control == "group" else section
            answers |= {name: _shown(leaf, holder, register, opened) for name, leaf in leaves(question)}
    return answers


def _shown(leaf: Question, holder: Any, register: Register, opened: Callable[[Any], str]) -> tuple[str, ...]:
    value = getattr(holder, leaf.name)
    match leaf.control:
        case "flag":
            return ("yes",) if value else ()
        case "many" | "languages":
            return tuple(value)
        case "cities":
            return tuple(map(register.name, value))
        case "money":
            return (_short(Money(value, holder.currency)),)
        case "day":
            return (value.isoformat() if isinstance(value, date) else str(value),)
        case "line" | "text" | "one" | "pick":
            return (opened(value),)
    return (str(value),)


def _short(money: Money) -> str:
    """`12000` rather than `12000.00`: as people type it."""
    whole, _, part = money.decimal().partition(".")
    return whole if not part.strip("0") else f"{whole}.{part}"
