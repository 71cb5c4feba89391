"""The life of the programme: proposed, adopted by a second person, a number corrected, and a next version that has the correction."""

from pathlib import Path

from fund.border.private import write_private
from fund.demo.cast import OPERATOR, Cast, person
from fund.demo.stage import Stage
from fund.domain import commands as c
from fund.domain.facts import Role
from fund.domain.streams import PROGRAMME
from fund.policy import bundled

CORRECTED, NUMBER = "SP-YOUTH", "3"
NEXT = "2023-2025.2"


def adopt_programme(stage: Stage) -> None:
    """The operator proposes, takes it back once, and proposes again; the first administrator adopts."""
    version = stage.fund.handler.offered.version
    stage.do("programme:first", c.ProposeProgramme(programme=PROGRAMME, reason="Example: the first programme"), by=OPERATOR)
    back = c.WithdrawProposal(programme=PROGRAMME, version=version, reason="Example: the letter texts are read once more")
    stage.do("programme:back", back, by=OPERATOR)
    stage.do("programme", c.ProposeProgramme(programme=PROGRAMME, reason="Example: the letter texts were read"), by=OPERATOR)
    stage.do("programme:adopt", c.AdoptProgramme(programme=PROGRAMME, version=version), by=administrator(stage))


def administrator(stage: Stage) -> str:
    return person(stage, "administrator", "First administrator", Role.ADMINISTRATOR)


def a_corrected_number(stage: Stage, cast: Cast) -> None:
    """The source proves two of the five numbers. Letters that are out keep what they say."""
    reason = "Example: the printed strategy was looked at"
    correction = c.RenumberPriority(programme=PROGRAMME, priority=CORRECTED, printed=NUMBER, reason=reason)
    stage.do("programme:number", correction, by=OPERATOR)


def a_next_version(stage: Stage, cast: Cast) -> None:
    """The same rules with the correction in their text. Files in flight keep the version they were submitted under."""
    stage.fund.offer(_next_folder(stage.fund.settings.data))
    stage.do("programme:next", c.ProposeProgramme(programme=PROGRAMME, reason="Example: the corrected number"), by=OPERATOR)
    stage.do("programme:next:adopt", c.AdoptProgramme(programme=PROGRAMME, version=NEXT), by=administrator(stage))


def _next_folder(data: Path) -> Path:
    folder = data / "programme" / NEXT
    if not folder.exists():
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700)
        for file in bundled()[0].glob("*.toml"):
            write_private(folder / file.name, file.read_bytes(), replace=True)
        _rewrite(folder / "programme.toml", 'version = "2023-2025.1"', f'version = "{NEXT}"')
        _rewrite(folder / "catalogue.toml", f'code = "{CORRECTED}"', f'code = "{CORRECTED}"\nprinted = "{NUMBER}"')
    return folder


def _rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1, "the bundled programme has changed: so must this story"
    write_private(file, text.replace(old, new).encode(), replace=True)


POLICY = (a_corrected_number, a_next_version)
