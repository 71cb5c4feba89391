"""Each fault of a catalogue is found: one planted fault a case."""

from pathlib import Path

import pytest

from fund.language.__main__ import main
from fund.language.checking import faults
from fund.language.extraction import Found, extract, found, po, po_path, read

GOOD = {
    "Save": {"fr": "Enregistrer", "es": "Guardar", "ar": "حفظ"},
    "Due by {due}.": {"fr": "Avant le {due}.", "es": "Hasta el {due}.", "ar": "حتى {due}."},
    "Hello %(name)s": {"fr": "Bonjour %(name)s", "es": "Hola, %(name)s", "ar": "مرحبًا %(name)s"},
    "text.bad": {
        "en": "{field}: too long for {limit}.",
        "fr": "{field}\u00a0: {limit}.",
        "es": "{field}: {limit}.",
        "ar": "{field}: {limit}.",
    },
}
DAYS = ("{n} day", "{n} days")
PLURAL = {
    "fr": ("{n} jour", "{n} jours"),
    "es": ("{n} día", "{n} días"),
    "ar": ("لا أيام", "يوم واحد", "يومان", "{n} أيام", "{n} يومًا", "{n} يوم"),
}
PLACES = [*(Found(id, "a.py", frozenset({"limit"}) if id == "text.bad" else None) for id in GOOD), Found(DAYS, "a.py")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Catalogues without a fault."""
    extract(PLACES, tmp_path)
    for locale in ("en", "fr", "es", "ar"):
        for id, told in GOOD.items():
            if locale in told:
                say(tmp_path, locale, id, told[locale])
        if locale in PLURAL:
            say(tmp_path, locale, DAYS, PLURAL[locale])
    return tmp_path


def say(folder: Path, locale: str, id: str | tuple[str, str], string: str | tuple[str, ...], fuzzy: bool = False) -> None:
    catalog = read(locale, folder)
    known = catalog.get(id)
    assert known is not None
    known.string = string
    if fuzzy:
        known.flags.add("fuzzy")
    po_path(locale, folder).write_bytes(po(catalog))


def test_good_catalogues_have_no_fault(folder):
    assert faults(PLACES, folder) == []


@pytest.mark.parametrize(
    ("locale", "id", "string", "fault"),
    [
        ("fr", "Save", "", "missing"),
        ("fr", "Due by {due}.", "Avant.", "placeholders differ: due"),
        ("fr", "Due by {due}.", "Avant le {du}.", "placeholders differ: du, due"),
        ("fr", "Due by {due}.", "Avant le {due.", "unreadable placeholder"),
        ("es", "Hello %(name)s", "Hola, %(nombre)s", "placeholders differ: name, nombre"),
        ("es", "text.bad", "{field}.", "placeholders differ: limit"),
        ("en", "text.bad", "{field}: {limit}, {length}.", "no refusal gives: length"),
        ("ar", DAYS, ("أ", "ب", "{n} ت", "", "{n} ث", "{n} ج"), "a plural form is missing"),
        ("ar", DAYS, ("{n} أ", "{n} ب", "{m} ت", "{n} ث", "{n} ج", "{n} ح"), "placeholders differ: m"),
        ("fr", "Save", "Sauvegarde\u0301", "not in Unicode NFC"),
        ("es", "Save", "Guardar ", "space at an end"),
        ("en", "Save", "Save...", "three dots instead of …"),
        ("en", "Save", "Don't save", "a straight apostrophe"),
        ("en", "Save", 'Save "this"', "straight quotes"),
        ("fr", "Save", "L'enregistrer", "a straight apostrophe"),
        ("fr", "Save", "Enregistrer\u00a0? Oui!", "no narrow no-break space before ; ? !"),
        ("fr", "Save", "Enregistrer : oui", "a plain space where it must not break"),
        ("fr", "Save", "Enregistrer: oui", "no no-break space before :"),
        ("fr", "Save", "«Enregistrer»", "no no-break space inside « »"),
        ("fr", "Save", "“Enregistrer”", "quotes that are not « »"),
        ("es", "Save", "Guardar?", "a question without ¿"),
        ("es", "Save", "“Guardar”", "quotes that are not «»"),
        ("ar", "Save", "حفظ, نعم", "Latin punctuation in Arabic"),
        ("ar", "Save", "حفظ?", "Latin punctuation in Arabic"),
        ("ar", "Save", "حفظ ١٢", "digits that are not Western"),
        ("ar", "Save", "حـفظ", "a tatweel"),
        ("ar", "Save", "حفظ\u200f", "an invisible direction mark"),
        ("fr", "Due by {due}.", "Due by {due}.", "still English"),
        ("fr", "Save", "Demander au pôle régional", "not the word of the glossary: pôle régional"),
    ],
)
def test_a_planted_fault_is_found(folder, locale, id, string, fault):
    say(folder, locale, id, string)
    assert any(line.startswith(f"{locale}: ") and fault in line for line in faults(PLACES, folder)), faults(PLACES, folder)


def test_a_fuzzy_message_is_a_fault(folder):
    say(folder, "es", "Save", "Guardar", fuzzy=True)
    assert faults(PLACES, folder) == ["es: 'Save': fuzzy"]


def test_an_unused_message_is_a_fault_until_it_is_extracted_away(folder):
    kept = [one for one in PLACES if one.id != "Save"]
    assert [line for line in faults(kept, folder) if "unused" in line] == [
        f"{locale}: 'Save': unused" for locale in ("en", "fr", "es", "ar")
    ]
    assert extract(kept, folder) == [
        f"{locale}: dropped 'Save' = {read(locale, folder).get('Save') or said!r}" for locale, said in SAVE.items()
    ]
    assert faults(kept, folder) == []


SAVE = {"en": "Save", "fr": "Enregistrer", "es": "Guardar", "ar": "حفظ"}


def test_a_new_message_is_missing_everywhere_but_in_english(folder):
    more = [*PLACES, Found("Send now", "b.py")]
    assert "fund.pot: out of date: run --extract" in faults(more, folder)
    extract(more, folder)
    assert faults(more, folder) == [f"{locale}: 'Send now': missing" for locale in ("fr", "es", "ar")]
    assert read("fr", folder).get("Save").string == "Enregistrer"


def test_messages_of_code_and_templates_are_found(tmp_path):
    (tmp_path / "fund").mkdir()
    (tmp_path / "templates" / "pages").mkdir(parents=True)
    (tmp_path / "babel.cfg").write_text("[jinja2: templates/pages/**.*]\ntrimmed = true\nnewstyle_gettext = true\nsilent = false\n")
    (tmp_path / "fund" / "a.py").write_text(
        'raise Refusal("made.up", field="x", limit=3)\nMORE_CODES = {"x": "also.made_up"}\n'
        'N_("one" " text")\nlanguage.message(locale, "told")\nplural(locale, "{n} a", "{n} b", 3)\nmessage(locale, code)\n'
    )
    (tmp_path / "templates" / "pages" / "a.html").write_text(
        '{% trans count=n %}{{ count }} file{% pluralize %}{{ count }} files{% endtrans %}{{ _("Hi") }}{{ pgettext("verb", "Open") }}'
    )
    ours = {(one.id, one.values, one.context) for one in found(tmp_path) if one.file in ("fund/a.py", "templates/pages/a.html")}
    assert ours == {
        ("made.up", frozenset({"field", "limit"}), None),
        ("also.made_up", None, None),
        ("one text", None, None),
        ("told", None, None),
        (("{n} a", "{n} b"), None, None),
        (("%(count)s file", "%(count)s files"), None, None),
        ("Hi", None, None),
        ("Open", None, "verb"),
    }


def test_the_command_exits_1_and_lists_the_faults(monkeypatch, capsys):
    monkeypatch.setattr("fund.language.__main__.faults", lambda places: ["fr: 'Save': missing"])
    monkeypatch.setattr("sys.argv", ["language", "--check"])
    assert main() == 1
    assert capsys.readouterr().out == "fr: 'Save': missing\n"
