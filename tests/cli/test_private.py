"""What is stored is for the fund's own user alone, whatever the machine's habits; and no password is ever printed."""

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import reference
from tests.cli.driving import ROOT, Answer, Desk, begun_umask

URL = "FUND_DATABASE_URL"


def open_to_others(folder: Path) -> dict[str, str]:
    """What anybody but its owner may do something with."""
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    return {str(path.relative_to(folder.parent)): f"{mode:04o}" for path, mode in modes.items() if mode & 0o077}


SHORT_DEMO = """
from fund.cli import main
from fund.demo import playing

def first_part(stage, teller):
    playing.adopt_programme(stage)
    playing.import_cities(stage)
    cast = playing.gather(stage)
    stage.work()
    playing.play(stage, cast)

playing._play = first_part
main()
"""


def test_everything_that_a_command_makes_is_private(tmp_path: Path) -> None:
    data = tmp_path / "deep" / "data"
    with begun_umask(0o022):
        demo = Desk(data).script(SHORT_DEMO, "demo", "--no-serve")
        assert demo.code == 0, demo.err
        assert Desk(data).process("token", "list").code == 0
    made = {path.name for path in data.rglob("*")}
    assert {"fund.db", "keys.db", "views.db", "operations.db", "letters"} <= made
    assert any(name.endswith(".pdf") for name in made)
    assert open_to_others(data) == {}


def test_files_beside_an_open_database_are_private_too(peopled: Desk) -> None:
    with begun_umask(0o022):
        script = (
            "import os, sys\n"
            "from fund.cli import main\n"
            "from fund.cli import registers\n"
            "inner = registers.city_register.listed\n"
            "def listed(*given, **named):\n"
            "    files = os.scandir(os.environ['FUND_DATA'])\n"
            "    print(*sorted(f'{e.name} {e.stat().st_mode & 0o077:o}' for e in files), sep='\\n', file=sys.stderr)\n"
            "    return inner(*given, **named)\n"
            "registers.city_register.listed = listed\n"
            "main()\n"
        )
        for path in peopled.data.glob("*.db*"):
            if not path.name.startswith(("fund.", "keys.")):
                path.unlink()
        answer = peopled.script(script, "cities", "list")
    assert answer.code == 0, answer.err
    modes = dict(line.split(" ") for line in answer.err.splitlines())
    assert modes["views.db-wal"] == modes["views.db-shm"] == modes["views.db"] == "0"


# ── Passwords ─────────────────────────────────────────────────────────────────

UNREADABLE = (
    "postgresql://u:se%cret@localhost:1/x",
    "postgresql://u:SECRET@[::1/x",
    "postgresql://u:SECRET@localhost:port/x",
    "postgresql://u:se/cret@localhost:1/x",
    "postgresql://u:12/secret@localhost:1/x",
    "postgresql://u:SECRET@localhost:1/x?nonsense=secret",
    "postgresql://u:SECRET@localhost:1/x?sslmode=secret%",
)


def silent(answer: Answer) -> Answer:
    assert "secret" not in (answer.out + answer.err).lower()
    assert "cret" not in (answer.out + answer.err).lower()
    assert "Traceback" not in answer.err
    return answer


@pytest.mark.parametrize("url", UNREADABLE)
@pytest.mark.parametrize("command", ["check", "doctor", "serve", "token list"])
def test_an_address_that_cannot_be_read_is_told_without_it(begun: Desk, url: str, command: str) -> None:
    answer = silent(begun.fund(*command.split(), **{URL: url}))
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith(f"settings.invalid [{URL}]: ")


@pytest.mark.parametrize("password", ["S3cret", "s%2Fcret", "sec:ret", "s%C3%A9cret"])
def test_a_database_that_is_gone_is_told_without_the_password(begun: Desk, password: str) -> None:
    answer = silent(begun.fund("check", **{URL: f"postgresql://u:{password}@127.0.0.1:1/x?sslpassword=secret"}))
    assert answer.code == 3
    doctor = silent(begun.fund("doctor", **{URL: f"postgresql://u:{password}@127.0.0.1:1/x?sslpassword=secret"}))
    assert doctor.code == 1


def test_a_fault_of_ours_is_traced_without_the_password(begun: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("postgresql://u:hid%2Fden@localhost/x and password=hid/den and hid/den")

    monkeypatch.setattr("fund.cli.session.opened", broken)
    answer = begun.fund("check", **{URL: "postgresql://u:hid%2Fden@localhost/x"})
    assert answer.code == 3
    assert "RuntimeError" in answer.err
    assert "den" not in answer.err.replace("hidden", "")


# ── Where a letter is written ─────────────────────────────────────────────────


def test_a_letter_is_private_and_replaces_a_letter_but_nothing_else(decided: Desk, tmp_path: Path) -> None:
    path, name = tmp_path / "letter.pdf", reference(decided)
    with begun_umask(0o022):
        for _ in range(2):
            assert decided.fund("letter", name, "--out", str(path)).code == 0
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("A diary")
    path.chmod(0o644)
    refused = decided.fund("letter", name, "--out", str(path))
    assert (refused.code, refused.out) == (2, "")
    assert refused.line.startswith(f"file.exists [out]: {path}: ")
    assert path.read_text() == "A diary"
    assert decided.fund("letter", name, "--out", str(path), "--force").code == 0
    assert path.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


OWN = ("fund.db", "fund.db-wal", "fund.db-journal", "keys.db", "keys.db-shm", "views.db", "operations.db", "kek", "blobs/letter.pdf")


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_letter_is_never_written_over_what_is_stored(decided: Desk, tmp_path: Path, name: str, force: tuple[str, ...]) -> None:
    (tmp_path / "link.pdf").symlink_to(decided.data / name)
    before = {path: path.read_bytes() for path in decided.data.rglob("*") if path.is_file() and not path.name.endswith(("-wal", "-shm"))}
    for path in (decided.data / name, decided.data / "letters" / ".." / name, tmp_path / "link.pdf"):
        answer = decided.fund("letter", reference(decided), "--out", str(path), *force)
        assert (answer.code, answer.out) == (2, "")
        assert answer.line.startswith(f"file.protected [out]: {path}: ")
    assert {path: path.read_bytes() for path in before} == before


def test_a_ledger_and_a_key_that_lie_elsewhere_are_protected_as_well(decided: Desk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("fund.db", "keys.db", "kek"):
        (decided.data / name).rename(elsewhere / name)
    moved = {URL: f"sqlite:///{elsewhere / 'fund.db'}", "FUND_KEK": str(elsewhere / "kek")}
    for name in ("fund.db", "keys.db", "kek"):
        answer = decided.fund("letter", reference(decided), "--out", str(elsewhere / name), "--force", **moved)
        assert answer.line.startswith("file.protected [out]"), answer


def test_what_is_no_file_is_not_replaced(decided: Desk) -> None:
    answer = decided.fund("letter", reference(decided), "--out", "/dev/null", "--force")
    assert answer.line.startswith("file.unwritable [out]: /dev/null: ")
    assert Path("/dev/null").is_char_device()


def test_a_letter_may_go_to_standard_output(decided: Desk) -> None:
    answer = decided.process_bytes("letter", reference(decided), "--out", "-")
    assert answer.startswith(b"%PDF-")
    assert not (ROOT / "-").exists()
