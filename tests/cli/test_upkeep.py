"""`fund rebuild`, `check`, `worker`, `doctor`, `policy check`, `serve`: what an operator keeps the fund sound with."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from fund.border.opening import opened
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.streams import PROGRAMME
from fund.projections import VIEWS
from tests.cli.conftest import reference
from tests.cli.driving import ROOT, Desk

BUNDLED = ROOT / "fund/policy/programmes/strong_cities"


def test_check_of_an_honest_ledger_is_the_documented_document(applied: Desk) -> None:
    answer = applied.fund("check", "--json")
    assert answer.code == 0
    assert list(answer.json) == ["ok", "checked", "differences"]
    assert (answer.json["ok"], answer.json["differences"]) == (True, [])
    assert answer.json["checked"]["events"] == applied.head()
    assert applied.fund("check").out.endswith("No difference.\n")


TAMPERED = {
    "altered": "UPDATE {table} SET name_en = 'Atlantis' WHERE name_en = 'Mombasa'",
    "deleted": "DELETE FROM {table} WHERE name_en = 'Mombasa'",
}


@pytest.mark.parametrize("change", TAMPERED)
def test_one_row_changed_behind_the_funds_back_is_found_and_a_rebuild_mends_it(applied: Desk, change: str) -> None:
    with closing(sqlite3.connect(applied.data / "views.db")) as connection, connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name GLOB 'city_register_v*_g*'")]
        (table,) = (name for name in names if connection.execute(f"SELECT count(*) FROM pragma_table_info('{name}')").fetchone()[0])
        assert connection.execute(TAMPERED[change].format(table=table)).rowcount == 1
    answer = applied.fund("check", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    (difference,) = answer.json["differences"]
    assert list(difference) == ["where", "index", "what"]
    assert "city_register" in difference["where"]
    assert applied.fund("check").out.endswith("1 differences.\n")
    assert applied.fund("rebuild", "city_register").code == 0
    assert applied.fund("check").code == 0


def test_a_bound_of_the_programme_that_was_passed_over_is_found(applied: Desk) -> None:
    """Written past every rule: a large award that one person approved."""
    with opened(Settings(data=applied.data)) as fund:
        *_, last = (one for one in fund.ledger.read(0, 10_000) if isinstance(one.event, e.ApplicationSubmitted))
        threshold = fund.programme.limits.two_approvers_from
        assert threshold
        granted = {"envelope": "envelope-x", "amount": threshold.amount["EUR"], "currency": "EUR"}
        approved = e.Approved(reasons=("x",), due=last.header.at, calendar=last.event.calendar, **granted)
        header = msgspec.structs.replace(last.header, event_id="planted", command_id="planted")
        version = fund.ledger.stream(last.stream)[-1].version + 1
        fund.ledger.append([Recorded(stream=last.stream, version=version, header=header, event=approved)], command_id="planted")
    answer = applied.fund("check", "--json")
    assert answer.code == 1
    assert f"{granted['amount']} EUR was approved by 1, 2 are needed" in [one["what"] for one in answer.json["differences"]]


def test_a_view_that_was_thrown_away_is_made_again(applied: Desk) -> None:
    (applied.data / "views.db").unlink()
    assert applied.fund("state", reference(applied)).code == 0
    assert applied.fund("check").code == 0


def test_rebuild_makes_all_views_or_those_named_and_records_nothing(applied: Desk) -> None:
    head = applied.head()
    for views in ((), ("pipeline",), ("pipeline", "people")):
        answer = applied.fund("rebuild", *views)
        assert answer.code == 0
        assert answer.out.startswith(f"{head} events, ")
        assert answer.out.endswith(" events/s, switched.\n")
    assert applied.head() == head


def test_an_unknown_view_is_named(applied: Desk) -> None:
    answer = applied.fund("rebuild", "pipeline", "weather")
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("view.unknown [view]")
    assert "weather" in answer.line


def test_every_view_can_be_named(applied: Desk) -> None:
    assert applied.fund("rebuild", *(view.name for view in VIEWS)).code == 0


def test_a_worker_with_nothing_to_do_ends(begun: Desk) -> None:
    assert begun.fund("worker", "--once").out == "0 things done.\n"


# ── Doctor, settings, version ─────────────────────────────────────────────────


def test_the_doctor_tells_every_setting_and_masks_secrets(begun: Desk) -> None:
    url = "postgresql://fund:hunter2@127.0.0.1:1/fund?sslmode=disable&password=hunter3"
    answer = begun.fund("doctor", "--json", FUND_DATABASE_URL=url)
    assert answer.code == 1
    assert set(answer.json) == {"settings", "checks"}
    assert set(answer.json["settings"]) == {f"FUND_{name.upper()}" for name in Settings.model_fields}
    assert answer.json["settings"]["FUND_DATABASE_URL"] == "postgresql://fund:***@127.0.0.1:1/fund?sslmode=disable&password=***"
    assert "hunter" not in answer.out + answer.err
    assert answer.json["checks"]["ledger"] != "ok"


def test_on_a_sound_machine_the_doctor_finds_nothing(begun: Desk) -> None:
    answer = begun.fund("doctor", "--json")
    assert answer.json["checks"] == {"ledger": "ok", "printing": "ok"}
    assert answer.code == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("FUND_NOW", "yesterday"), ("FUND_NOW", "2025-03-03T09:00:00"), ("FUND_DATABASE_URL", "mysql://host/db"), ("FUND_DATABASE_URL", "x"),
     *(("FUND_BASE_URL", url) for url in ("http://münchen.example", "http://::1:8000", "fund.example", ""))],
)  # fmt: skip
def test_a_setting_that_is_none_is_named(begun: Desk, name: str, value: str) -> None:
    for command in ("check", "doctor"):
        answer = begun.fund(command, **{name: value})
        assert (answer.code, answer.out) == (2, "")
        assert answer.line.startswith(f"settings.invalid [{name}]: ")


def test_version_names_what_shapes_stored_bytes_and_letters(begun: Desk) -> None:
    names = [line.split()[0] for line in begun.fund("version").out.splitlines()]
    assert names == ["fund", "eventsourcing", "msgspec", "weasyprint", "cryptography"]


# ── Policy ────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A programme folder of one's own."""
    return Path(shutil.copytree(BUNDLED, tmp_path / "programme"))


def replaced(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_bundled_programme_and_a_copy_of_it_are_coherent(begun: Desk, folder: Path) -> None:
    bundled, copied = begun.fund("policy", "check"), begun.fund("policy", "check", str(folder))
    assert bundled.code == copied.code == 0
    assert bundled.out == copied.out
    assert bundled.out.startswith("strong_cities ")


def test_a_folder_with_a_fault_of_sense_is_told_line_by_line(begun: Desk, folder: Path) -> None:
    text = (folder / "tracks.toml").read_text("utf-8")
    total = next(line for line in text.splitlines() if line.startswith("total_working_days"))
    replaced(folder, "tracks.toml", total, "total_working_days = 1")
    answer = begun.fund("policy", "check", str(folder))
    assert answer.code == 1
    assert "total" in answer.out or "longest" in answer.out
    assert answer.err == ""


@pytest.mark.parametrize("fault", ["missing", "a file gone", "no TOML", "another encoding", "an unknown key"])
def test_a_folder_that_cannot_be_read_is_told_in_one_line(begun: Desk, folder: Path, fault: str) -> None:
    match fault:
        case "missing":
            shutil.rmtree(folder)
        case "a file gone":
            (folder / "tracks.toml").unlink()
        case "no TOML":
            (folder / "tracks.toml").write_text("clocks = [")
        case "another encoding":
            (folder / "tracks.toml").write_bytes('title = "é"'.encode("latin-1"))
        case "an unknown key":
            (folder / "programme.toml").write_text("mayor = 1\n" + (folder / "programme.toml").read_text("utf-8"), "utf-8")
    answer = begun.fund("policy", "check", str(folder))
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("policy.")


def test_a_production_ledger_does_not_begin_under_an_incoherent_programme(begun: Desk, folder: Path, tmp_path: Path) -> None:
    text = (folder / "tracks.toml").read_text("utf-8")
    total = next(line for line in text.splitlines() if line.startswith("total_working_days"))
    replaced(folder, "tracks.toml", total, "total_working_days = 1")
    data = tmp_path / "fresh"
    data.mkdir()
    shutil.copy2(begun.data / "kek", data / "kek")
    answer = Desk(data, FUND_PROGRAMME=str(folder)).fund("init", "--name", "A", "--email", "a@example.org", "--keys-backed-up")
    assert answer.code == 2
    assert answer.line.startswith("policy.incoherent: ")
    assert not (data / "fund.db").exists()


# ── Serve ─────────────────────────────────────────────────────────────────────


def test_sqlite_is_not_served_by_several_processes(begun: Desk) -> None:
    answer = begun.fund("serve", "--workers", "2")
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("serve.workers: ")


def test_a_specimen_is_not_served_as_if_it_were_real_and_takes_no_production(tmp_path: Path) -> None:
    data = tmp_path / "specimen"
    with opened(Settings(data=data), specimen=True) as fund:
        fund.handler.handle(c.ProposeProgramme(programme=PROGRAMME, reason="x"), by="operator:demo")
    desk = Desk(data)
    for command in (("serve",), ("init", "--name", "A", "--email", "a@example.org", "--keys-backed-up")):
        answer = desk.fund(*command)
        assert (answer.code, answer.out) == (2, "")
        assert answer.line.startswith("specimen.refused")
    assert desk.head() == 1


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_wrong_usage(begun: Desk, port: str) -> None:
    answer = begun.fund("serve", "--port", port)
    assert answer.code == 2
    assert answer.line.startswith("usage: ")
