"""A pydantic model for every command, made from the command itself: one body for JSON, forms and files.

The field a URL gives (the stream) and what the handler gives (new ids, references) are no part of a body.
Every fault becomes one Refusal that names the field.
"""

import types
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, create_model
from pydantic_core import ErrorDetails, PydanticCustomError

from fund.border.mail import check_address
from fund.border.text import DEFAULT_LIMIT, clean
from fund.domain.commands import Command
from fund.domain.event import Sealed
from fund.domain.refusal import Refusal
from fund.domain.sections import TEXT_LIMITS

C = TypeVar("C", bound=Command)
GIVEN_BY_HANDLER = frozenset({"reference", "seed", "candidates", "as_of", "problems", "salt"})
NOTHING_GIVEN: Mapping[str, object] = {}
MANY = 50
"""Items a list may have at most."""

MULTILINE = frozenset(
    """
    problem evidence affected mandate description reason sustainability sharing own_contribution other_funders
    reasons what_would_change otherwise turn_to passed_on no_peers_reason text proof basis source note purpose deed
    equity_note grounds report unfunded about finding
""".split()
)
"""Questions and fields whose texts may have several lines; every other text (a name, a title, an office, a code) is one line."""

EMAILS = frozenset({"register.email"})
LONGEST_EMAIL = 254
SHOWN = 100
"""Characters of a wrong value that its refusal repeats."""


class Body(BaseModel):
    """What every body shares: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


@cache
def body_of(command: type[Command]) -> type[Body]:
    """The model of what may be sent for a command."""
    return _model(command, command.__name__ + "Body", command.verb, leave_out=GIVEN_BY_HANDLER | {command.target})


@cache
def section_body(section: type[msgspec.Struct]) -> type[Body]:
    """The model of one section of the form, without its tag."""
    return _model(section, section.__name__ + "Body", str(section.__struct_config__.tag), leave_out=frozenset())


def command_from(kind: type[C], content: object, given: Mapping[str, object] = NOTHING_GIVEN, *, form: bool = False) -> C:
    """The command in `content` (a mapping as decoded from JSON, or from a form, where numbers are text). Refusal on any fault.

    given: what does not come from outside, such as the stream.
    """
    return msgspec.convert(validated(body_of(kind), content, form=form) | dict(given), type=kind)


def validated(model: type[Body], content: object, *, form: bool = False) -> dict[str, Any]:
    """`content` as plain values, or the first fault as a Refusal."""
    if not isinstance(content, Mapping):
        raise Refusal("json.wrong_type")
    try:
        return model.model_validate(content, context={"form": form}).model_dump(warnings="none")
    except ValidationError as error:
        raise refusal_of(error.errors()[0]) from None


# ── From faults to refusals ───────────────────────────────────────────────────

CODES = {
    "missing": "field.missing",
    "extra_forbidden": "json.unknown_field",
    "literal_error": "code.unknown",
    "union_tag_invalid": "code.unknown",
    "union_tag_not_found": "field.missing",
    "too_long": "list.too_long",
    "greater_than_equal": "amount.negative",
    "less_than_equal": "money.out_of_range",
    "finite_number": "amount.not_integer",
}


def refusal_of(fault: ErrorDetails) -> Refusal:
    """One fault of pydantic's as ours. pydantic's own wording is never shown."""
    field = ".".join(str(part) for part in fault["loc"]) or None
    kind, context = fault["type"], fault.get("ctx") or {}
    if "." in kind:  # ours: see `_refuse`
        return Refusal(kind, field=field, **context)
    if kind.startswith(("date_", "datetime_", "timezone_")):
        return Refusal("date.invalid", field=field)
    given = fault["input"]
    about: dict[str, object] = {"value": given[:SHOWN]} if kind == "literal_error" and isinstance(given, str) else {}
    about |= {"limit": MANY} if kind == "too_long" else {}
    about |= {"limit": LARGEST} if kind == "less_than_equal" else {}
    return Refusal(CODES.get(kind, "json.wrong_type"), field=field, **about)


def _refuse(refusal: Refusal) -> PydanticCustomError:
    return PydanticCustomError(refusal.code, "refused", dict(refusal.about))


# ── From the types of a command to the types of a body ────────────────────────


def _model(struct: type[msgspec.Struct], name: str, scope: str, leave_out: frozenset[str]) -> type[Body]:
    hints = get_type_hints(struct, include_extras=True)
    fields: dict[str, Any] = {
        field.name: (_type(hints[field.name], f"{scope}.{field.name}"), _default(field))
        for field in msgspec.structs.fields(struct)
        if field.name not in leave_out
    }
    if struct.__struct_config__.tag is not None and not name.endswith("Body"):
        fields["section"] = (Literal[struct.__struct_config__.tag], ...)
    return create_model(name, __base__=Body, **fields)


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default
    return Field(default_factory=field.default_factory) if field.default_factory is not msgspec.NODEFAULT else ...


def _type(hint: Any, path: str) -> Any:
    """`path`: section or verb, dot, field; the key of its text limit."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type(arguments[0], path)
    if origin in (Union, types.UnionType):
        return _union(arguments, path)
    if origin is tuple:
        return Annotated[list[_type(arguments[0], path)], Field(max_length=MANY)]  # type: ignore[misc]  # made at run time
    if origin is dict:
        return dict[_text(path), _text(path)]  # type: ignore[misc]  # made at run time
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _model(hint, hint.__name__, path.partition(".")[0], leave_out=frozenset())
    return {str: _text(path), int: WHOLE, bool: FLAG, date: DAY, datetime: INSTANT}.get(hint, hint)


def _union(options: tuple[Any, ...], path: str) -> Any:
    kept = tuple(option for option in options if option not in (Sealed, types.NoneType))
    if len(kept) > 1:
        models = tuple(_model(option, option.__name__, str(option.__struct_config__.tag), frozenset()) for option in kept)
        return Annotated[Union[models], Field(discriminator="section")]  # noqa: UP007  # made at run time
    one = _type(kept[0], path)
    return one | None if types.NoneType in options else one


def _text(path: str) -> Any:
    limit = TEXT_LIMITS.get(path, DEFAULT_LIMIT)

    def check(value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("json.wrong_type", "refused")
        try:
            text = clean(value, path, limit, multiline=path.rpartition(".")[2] in MULTILINE)
            return _email(text) if path in EMAILS else text
        except Refusal as refusal:
            raise _refuse(refusal) from None

    return Annotated[str, BeforeValidator(check)]


def _email(text: str) -> str:
    """Refusal email.invalid for what no mail can be sent to: only a message that arrives shows that one is an address."""
    name, _, domain = text.partition("@")
    if not (name and domain) or "@" in domain or " " in text or not text.isprintable() or len(text) > LONGEST_EMAIL:
        raise Refusal("email.invalid")
    try:
        check_address(text)
    except ValueError:
        raise Refusal("email.invalid") from None
    return text


LARGEST = 2**53 - 1


def _whole(value: object, info: ValidationInfo) -> object:
    """Whole numbers only. A form sends digits."""
    if isinstance(value, str) and (info.context or {}).get("form"):
        digits = value.strip()
        if not digits:
            raise PydanticCustomError("field.missing", "refused")
        if digits.removeprefix("-").isdecimal():
            return int(digits)
    if isinstance(value, bool) or not isinstance(value, int):
        raise PydanticCustomError("amount.not_integer", "refused")
    return value


def _flag(value: object, info: ValidationInfo) -> object:
    """True or false. A form sends `yes` for a ticked box and nothing for an empty one."""
    if (info.context or {}).get("form"):
        return value in ("yes", "true", True)
    if not isinstance(value, bool):
        raise PydanticCustomError("json.wrong_type", "refused")
    return value


def _day(value: object) -> object:
    """A day as YYYY-MM-DD and nothing else: not a number, not an instant."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2025-01-31") else _no_day()
    except ValueError:
        return _no_day()


def _instant(value: object) -> object:
    """An instant in ISO 8601 with its distance from UTC: `2026-03-01T12:00:00Z`, and nothing else."""
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> object:
    raise PydanticCustomError("date.invalid", "refused")


WHOLE = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=LARGEST)]
FLAG = Annotated[bool, BeforeValidator(_flag)]
DAY = Annotated[date, BeforeValidator(_day)]
INSTANT = Annotated[AwareDatetime, BeforeValidator(_instant)]
