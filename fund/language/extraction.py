"""Which messages there are: gathered from the code and the templates, written to `locales/fund.pot` and into every `.po`.

Translations are kept; a message that nothing uses any more is dropped from the catalogues and reported.
Each message carries the file it stands in and, for a refusal, the values its sentence may use.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from fund.domain.events import EVENTS
from fund.domain.occasions import OCCASIONS, SUBJECTS
from fund.domain.workflow import STAGES, WORKFLOW
from fund.language.catalogues import CATALOGUES
from fund.language.locales import LOCALES
from fund.resources import ROOT

Id = str | tuple[str, ...]

CALLS: dict[str, tuple[int, ...]] = {"_": (0,), "N_": (0,), "message": (1,), "plural": (1, 2), "worded": (1,)}
"""Functions of the code that take messages, and where."""

TAGS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
"""What templates call them; `{% trans %}` becomes one of these."""

CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+(:brief)?")
"""A msgid that is a code: its English stands in the English catalogue."""

RAISERS = frozenset({"Refusal", "PydanticCustomError"})


class Found(msgspec.Struct, frozen=True):
    """One place of one message. `values`: what a refusal there gives its sentence; None where that is not known."""

    id: Id
    file: str
    values: frozenset[str] | None = None
    context: str | None = None


def found(root: Path = ROOT) -> list[Found]:
    """Every place of every message, in the order of files and then of msgids."""
    everything = {*_of_events(), *_of_workflow(), *_of_messages(), *_of_code(root), *_of_templates(root)}
    return sorted(everything, key=lambda one: (one.file, str(one.id), one.context or "", sorted(one.values or ())))


def values_of(places: Iterable[Found]) -> dict[str, frozenset[str]]:
    """Code -> the values that some refusal gives its sentence. Codes that are only listed are left out."""
    given: dict[str, frozenset[str]] = {}
    for one in places:
        if isinstance(one.id, str) and one.values is not None:
            given[one.id] = given.get(one.id, frozenset()) | one.values
    return given


def template(places: Iterable[Found]) -> Catalog:
    """The places as a catalogue without translations."""
    listed = list(places)
    given = values_of(listed)
    catalog = Catalog(charset="utf-8")
    for one in listed:
        known = sorted(given.get(one.id, ())) if isinstance(one.id, str) else []
        comments = [f"values: {', '.join(known)}"] if known else []
        catalog.add(one.id, locations=[(one.file, 0)], auto_comments=comments, context=one.context)
    return catalog


def read(locale: str, folder: Path = CATALOGUES) -> Catalog:
    """The catalogue of a locale as it stands; empty where there is none yet."""
    path = po_path(locale, folder)
    return read_po(BytesIO(path.read_bytes()), locale=locale) if path.is_file() else Catalog(locale=locale)


def read_template(folder: Path = CATALOGUES) -> Catalog:
    path = folder / "fund.pot"
    return read_po(BytesIO(path.read_bytes())) if path.is_file() else Catalog()


def po_path(locale: str, folder: Path = CATALOGUES) -> Path:
    return folder / locale / "LC_MESSAGES" / "fund.po"


def extract(places: Iterable[Found], folder: Path = CATALOGUES) -> list[str]:
    """Write the template and bring every catalogue up to it. Gives a line for each translation that was dropped."""
    listed = list(places)
    _write(folder / "fund.pot", po(template(listed)))
    dropped = []
    for locale in LOCALES:
        catalog = read(locale, folder)
        # A template of its own: babel moves the very messages of the template into the catalogue.
        catalog.update(template(listed), no_fuzzy_matching=True)
        _say_english(catalog)
        dropped += [f"{locale}: dropped {gone.id!r} = {gone.string!r}" for gone in catalog.obsolete.values() if _is_translated(gone)]
        _write(po_path(locale, folder), po(catalog))
    return dropped


def _say_english(catalog: Catalog) -> None:
    """English messages say what their msgid says, unless the catalogue says it better; codes wait for a sentence."""
    if catalog.locale is None or catalog.locale.language != "en":
        return
    for one in catalog:
        if one.id and not _is_translated(one) and not (isinstance(one.id, str) and CODE.fullmatch(one.id)):
            one.string = one.id


def _is_translated(one: Message) -> bool:
    return all(one.string) if isinstance(one.string, tuple | list) else bool(one.string)


def po(catalog: Catalog) -> bytes:
    """Without dates and line numbers, so that a file changes only when a message does."""
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, ignore_obsolete=True, include_lineno=False)
    header = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if catalog.locale is not None:
        header = [f"Language: {catalog.locale.language}", f"Plural-Forms: {catalog.plural_forms}", *header]
    lines = "".join(f'"{line}\\n"\n' for line in header)
    return b'msgid ""\nmsgstr ""\n' + lines.encode() + b"\n" + body.getvalue().strip() + b"\n"


def _write(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


# ── Where messages stand ──────────────────────────────────────────────────────


def _of_events() -> Iterator[Found]:
    told = ((event, text) for event in EVENTS.values() for text in (event.sentence, event.sentence_if_late) if text)
    yield from (Found(text, f"{event.__module__.replace('.', '/')}.py") for event, text in told)


def _of_workflow() -> Iterator[Found]:
    told = [*((row.applicant, row.staff) for row in WORKFLOW), *((stage.applicant, stage.staff) for stage in STAGES.values())]
    yield from (Found(text, "fund/domain/workflow.py") for both in told for text in both if text)


def _of_messages() -> Iterator[Found]:
    yield from (Found(text, "fund/domain/occasions.py") for text in (*SUBJECTS.values(), *(row.text for row in OCCASIONS)))


def _of_code(root: Path) -> Iterator[Found]:
    for path in sorted((root / "fund").rglob("*.py")):
        where = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                yield from _called(node, where)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                yield from _listed(node, where)


def _called(call: ast.Call, where: str) -> Iterator[Found]:
    """`Refusal("code", field=…, **values)`, `N_("…")`, `message(locale, "…")` and their like."""
    name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
    texts = [_text(argument) for argument in call.args]
    if name in RAISERS and texts and CODE.fullmatch(texts[0] or ""):
        yield Found(texts[0] or "", where, frozenset(word.arg for word in call.keywords if word.arg))
    elif name in CALLS and len(texts) > max(CALLS[name]):
        wanted = tuple(text for place in CALLS[name] if (text := texts[place]))
        if len(wanted) == len(CALLS[name]):
            yield Found(wanted if len(wanted) > 1 else wanted[0], where)


def _listed(node: ast.Assign | ast.AnnAssign, where: str) -> Iterator[Found]:
    """Constants named `…CODES`: the items of a tuple, the values of a dict."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if isinstance(target, ast.Name) and target.id.endswith("CODES"):
        value = node.value
        items = value.values if isinstance(value, ast.Dict) else value.elts if isinstance(value, ast.Tuple | ast.List | ast.Set) else []
        yield from (Found(code, where) for item in items if CODE.fullmatch(code := _text(item) or ""))


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _of_templates(root: Path) -> Iterator[Found]:
    """`{% trans %}` and `_()`, by the rules of `babel.cfg`. A template that does not parse fails the extraction."""
    with (root / "babel.cfg").open(encoding="utf-8") as rules:
        methods, options = parse_mapping_cfg(rules)  # type: ignore[no-untyped-call]  # babel leaves it untyped
    ours = (root / "templates").as_posix()
    texts = extract_from_dir(
        root, methods, options, keywords=TAGS, directory_filter=lambda folder: Path(folder).as_posix().startswith(ours)
    )
    for file, _, id, _, context in texts:
        yield Found(id, Path(file).as_posix(), context=context)
