"""`fund cities import`: the whole file is good, or nothing of it is recorded and the line at fault is named."""

import pytest

from tests.cli.driving import COLUMNS, ROOT, Answer, Desk, register, row

SAMPLE = ROOT / "fund/samples/cities.csv"


def imported(desk: Desk, content: str | bytes) -> Answer:
    return desk.fund("cities", "import", "-", "--json", stdin=content)


def listed(desk: Desk, text: str = "", *options: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk.fund("cities", "list", text, *options, "--json").json
    return found


def test_the_sample_is_registered_and_a_second_run_adds_nothing(begun: Desk) -> None:
    rows = SAMPLE.read_text("utf-8").count("\n") - 1
    members = SAMPLE.read_text("utf-8").count(",member,")
    first = begun.fund("cities", "import", str(SAMPLE), "--json")
    assert first.json == {"cities": rows, "added": rows + members, "index": begun.head()}
    head = begun.head()
    assert begun.fund("cities", "import", str(SAMPLE), "--json").json == {"cities": rows, "added": 0, "index": head}
    assert begun.fund("cities", "import", str(SAMPLE)).out == f"{rows} cities read, 0 facts added.\n"
    assert begun.head() == head
    assert len(listed(begun)) == rows
    assert len(listed(begun, "", "--members")) == members


def test_somebody_else_importing_the_same_file_adds_nothing_either(begun: Desk) -> None:
    file = register(row("Here", status="member"), row("There"))
    assert imported(begun, file).json["added"] == 3
    assert begun.fund("--as", "operator:other", "cities", "import", "-", "--json", stdin=file).json["added"] == 0


def test_a_membership_that_people_ended_is_not_brought_back_by_the_same_row(begun: Desk) -> None:
    file = register(row("Here", status="member"))
    imported(begun, file)
    assert begun.fund("city", "end-membership", "Here", "--basis", "Left the network").code == 0
    assert imported(begun, file).json["added"] == 0
    assert listed(begun)[0]["member"] is False


def test_required_cells_are_enough(begun: Desk) -> None:
    assert imported(begun, register(row("Bare"))).json["added"] == 1
    assert listed(begun) == [{"id": listed(begun)[0]["id"], "name": "Bare", "local": "Bare", "country": "KE", "member": False}]


@pytest.mark.parametrize(
    "change", ["with a byte order mark", "with line ends of DOS", "with line ends of old Macs", "without a last line end"]
)
def test_files_as_other_programs_write_them_are_read(begun: Desk, change: str) -> None:
    text = register(row("One"), row("Two"))
    forms = {
        "with a byte order mark": ("\ufeff" + text).encode(),
        "with line ends of DOS": text.replace("\n", "\r\n").encode(),
        "with line ends of old Macs": text.replace("\n", "\r").encode(),
        "without a last line end": text.rstrip("\n").encode(),
    }
    assert imported(begun, forms[change]).json["cities"] == 2
    assert [city["name"] for city in listed(begun)] == ["One", "Two"]


WORLD = {
    "Malé": ("MV", "މާލެ"),
    "Addis Ababa": ("ET", "አዲስ አበባ"),
    "Beijing": ("CN", "北京市"),
    "Tbilisi": ("GE", "თბილისი"),
    "Cairo": ("EG", "القاهرة"),
    "Haifa": ("IL", "חיפה"),
    "Kathmandu": ("NP", "काठमाडौं"),
    "Phnom Penh": ("KH", "ភ្នំពេញ"),
    "Sunrise Town": ("JP", "🌅町"),
    "Tifinagh": ("MA", "ⴰⴳⴰⴷⵉⵔ"),
    "Adlam": ("GN", "𞤂𞤢𞤦𞤫"),
}


def test_cities_of_the_world_keep_their_names_in_their_own_script(begun: Desk) -> None:
    file = register(*(row(name, country, name_local=local) for name, (country, local) in WORLD.items()))
    assert imported(begun, file).json == {"cities": len(WORLD), "added": len(WORLD), "index": begun.head()}
    assert {city["name"]: (city["country"], city["local"]) for city in listed(begun)} == WORLD
    assert imported(begun, file).json["added"] == 0
    for name, (_, local) in WORLD.items():
        assert [city["name"] for city in listed(begun, local)] == [name]


def test_a_city_is_found_by_its_local_name_too(begun: Desk) -> None:
    imported(begun, register(row("Cairo", "EG", name_local="القاهرة")))
    assert begun.fund("city", "record-membership", "القاهرة", "--basis", "A letter").code == 0
    assert listed(begun)[0]["member"] is True


@pytest.mark.parametrize(
    ("name", "cells", "column"),
    [
        ("", {}, "name_en"),
        ("N" * 501, {}, "name_en"),
        ("Bell\x07", {}, "name_en"),
        ("Turned\u202eback", {}, "name_en"),
        ("Isolated\u2066", {}, "name_en"),
        ("Here", {"kind": ""}, "kind"),
        ("Here", {"iso_country": "ke"}, "iso_country"),
        ("Here", {"iso_country": "KEN"}, "iso_country"),
        ("Here", {"strategy_region": "atlantis"}, "strategy_region"),
        ("Here", {"status": "Member!"}, "status"),
        ("Here", {"source": ""}, "source"),
        ("Here", {"joined": "last year"}, "joined"),
        ("Here", {"joined": "2023-13"}, "joined"),
        ("Here", {"joined": "2023-02-30"}, "joined"),
        ("Here", {"geonames_id": "12.5"}, "geonames_id"),
        ("Here", {"geonames_id": "٣"}, "geonames_id"),
        ("Here", {"lat": "95"}, "lat"),
        ("Here", {"lat": "nan"}, "lat"),
        ("Here", {"lat": "90.5"}, "lat"),
        ("Here", {"lon": "-181"}, "lon"),
        ("Here", {"note": "A note\x00"}, "note"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column_and_nothing_is_recorded(begun: Desk, name: str, cells: dict[str, str], column: str) -> None:
    head = begun.head()
    answer = imported(begun, register(row("Good before", status="member"), row(name, **cells), row("Good after")))
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith(f"csv.bad_row [line 3] [{column}]: Line 3 of the file, column “{column}”")
    assert begun.head() == head


def test_lines_are_counted_as_an_editor_counts_them(begun: Desk) -> None:
    file = register(row("Two\nlines".replace("\n", " "), note="a\nb"), "\n", row("Bad", iso_country="zz"))
    assert imported(begun, file).line.startswith("csv.bad_row [line 5]")


LONG = "n" * 140_000
LATER = {
    "a quote that is never closed": row("Open").rstrip("\n") + '"an open quote\n',
    "a quote that is never closed, in the middle of the file": 'Open,"Open,city,KE\n' + row("After"),
    "a sign after a closed quote": row("Open").rstrip("\n") + '"closed"too\n',
    "a cell beyond what any program writes": row("Long", note=LONG),
    "a cell over its limit": row("Long", note=LONG[:600]),
    "a cell over its limit, on two lines": row("Long", source=LONG[:600], note="a\nb"),
    "a name on two lines": row("Two\nlines"),
    "too few cells, on two lines": 'Here,"He\nre",city\n',
}


@pytest.mark.parametrize("fault", LATER)
@pytest.mark.parametrize("before", [0, 3])
def test_a_row_that_cannot_be_read_is_named_by_the_line_it_begins_on(begun: Desk, fault: str, before: int) -> None:
    rows = (row("First", note="a\nb\nc"), *(row(f"City {number}") for number in range(before)), "\n", LATER[fault])
    answer = imported(begun, register(*rows))
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith(f"csv.bad_row [line {6 + before}]")


def without(column: str) -> str:
    return ",".join(name for name in COLUMNS if name != column) + "\n"


WHOLE_FILE = {
    "empty": ("", "csv.missing_column [name_en]"),
    "without a column": (without("note"), "csv.missing_column [note]"),
    "with a column too many": (register().rstrip("\n") + ",mayor\n", "csv.unknown_column [mayor]"),
    "with a column twice": (register().rstrip("\n") + ",note\n", "csv.unknown_column [note]"),
    "with semicolons": (register(row("Here")).replace(",", ";"), "csv.missing_column [name_en]"),
    "with a cell too many": (register(row("Here").rstrip("\n") + ",more\n"), "csv.bad_row [line 2]"),
    "with a cell too few": (register("Here,Here,city\n"), "csv.bad_row [line 2]"),
    "with a city twice": (register(row("Here"), row("There"), row("Here")), "csv.duplicate_row [line 4]"),
    "with a city twice but for spaces": (register(row("Here"), row(" Here ")), "csv.duplicate_row [line 3]"),
    "with a city twice but for its composed letters": (register(row("Malé"), row("Male\u0301")), "csv.duplicate_row [line 3]"),
}


@pytest.mark.parametrize("fault", WHOLE_FILE)
def test_a_bad_file_is_refused_whole(begun: Desk, fault: str) -> None:
    content, start = WHOLE_FILE[fault]
    head = begun.head()
    answer = imported(begun, content)
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith(start)
    assert begun.head() == head


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1256"])
def test_another_encoding_is_refused_with_its_line(begun: Desk, encoding: str) -> None:
    head = begun.head()
    name = "القاهرة" if encoding == "cp1256" else "Malé"
    answer = imported(begun, register(row("Plain"), row(name)).encode(encoding))
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("text.encoding [line ")
    assert ("[line 3]" in answer.line) is (encoding != "utf-16")
    assert begun.head() == head


def test_a_file_that_is_not_there_is_named(begun: Desk) -> None:
    answer = begun.fund("cities", "import", "/nowhere/cities.csv")
    assert answer.code == 2
    assert answer.line.startswith("file.unreadable [file]: /nowhere/cities.csv: ")


def test_a_person_without_the_role_imports_nothing(peopled: Desk) -> None:
    from tests.cli.conftest import known

    head = peopled.head()
    answer = peopled.fund("--as", known(peopled)["nobody"], "cities", "import", "-", stdin=register(row("Elsewhere")))
    assert answer.code == 2
    assert answer.line.startswith("workflow.role_needed")
    assert peopled.head() == head


def test_a_city_with_a_name_of_one_letter_is_found_among_all_that_contain_it(begun: Desk) -> None:
    """Å, Y and Ô are places."""
    imported(begun, register(row("Y", "FR"), *(row(f"Ay {number:03}", "FR") for number in range(210))))
    assert begun.fund("city", "record-membership", "Y", "--basis", "A letter").code == 0
