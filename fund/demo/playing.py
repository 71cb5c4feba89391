"""Playing the demonstration on a data folder, and saying where its letters lie."""

import os
from pathlib import Path

from rich.console import Console

from fund.border import cities_file
from fund.border.opening import Fund, open_fund
from fund.border.private import write_private
from fund.border.settings import Settings
from fund.border.why import told_why, why_decided
from fund.demo import decisions, membership, tracks
from fund.demo.appeals import play_appeals
from fund.demo.awards import overdue, play_awards
from fund.demo.cast import OPERATOR, gather
from fund.demo.conflicts import play_conflicts
from fund.demo.helping import play_helping
from fund.demo.holds import suspended_twice
from fund.demo.hubs import HUBS
from fund.demo.incidents import looked_at_again, play_incidents
from fund.demo.joint import JOINT
from fund.demo.lapses import left_lying
from fund.demo.messages import show_messages
from fund.demo.money import play_money
from fund.demo.policy import POLICY, adopt_programme
from fund.demo.questions import play_questions
from fund.demo.round import competitive_round
from fund.demo.safeguards import given_up, play_safeguards
from fund.demo.stage import ScriptedClock, Stage
from fund.demo.story import play
from fund.demo.telling import Teller
from fund.demo.upkeep import UPKEEP
from fund.domain.application import Application
from fund.ledger.handler import Sources
from fund.projections import application_file
from fund.resources import sample


def play_demo(settings: Settings, console: Console, sources: Sources | None = None) -> None:
    """Carry the sample applications from draft to letter. A second run adds no fact.

    sources: for tests; its clock must be a ScriptedClock. Refusal specimen.mixed on a ledger that is no specimen.
    """
    clock = sources.clock if sources else ScriptedClock()
    assert isinstance(clock, ScriptedClock), "the demonstration moves its own clock"
    # Nobody is to get mail from a play, whatever the environment says: it stays in the outbox, to be looked at.
    unsent = settings.model_copy(update={"smtp_url": ""})
    fund = open_fund(unsent, sources or Sources(clock, os.urandom), specimen=True)
    try:
        teller = Teller(fund, console)
        stage = Stage(fund, clock, teller)
        _play(stage, teller)
        _close(fund, teller, console)
    finally:
        fund.close()


def _play(stage: Stage, teller: Teller) -> None:
    teller.heading("The programme and the register of cities")
    adopt_programme(stage)
    import_cities(stage)
    teller.heading("People, hubs, envelopes")
    cast = gather(stage)
    stage.work()
    teller.heading("Applications, from draft to letter")
    play(stage, cast)
    play_money(stage, cast)
    for tell in (*HUBS, *JOINT):
        tell(stage, cast)
    decisions.play(stage, cast)
    tracks.play(stage, cast)
    play_helping(stage, cast)
    play_questions(stage, cast)
    left_lying(stage, cast)
    suspended_twice(stage, cast)
    play_conflicts(stage, cast)
    play_safeguards(stage, cast)
    teller.heading("Membership")
    membership.play(stage, cast)
    teller.heading("A competitive round")
    competitive_round(stage, cast)
    teller.heading("Awards, from their acceptance to their end")
    play_awards(stage, cast)
    play_incidents(stage, cast)
    teller.heading("After a refusal")
    play_appeals(stage, cast)
    teller.heading("Around the files")
    for change in (*UPKEEP, *POLICY):
        change(stage, cast)
    stage.work()
    teller.heading("A report that does not come")
    overdue(stage, cast)
    given_up(stage, cast)
    stage.work()
    looked_at_again(stage, cast)
    stage.work()


def import_cities(stage: Stage) -> None:
    for _ in cities_file.imported(stage.fund, sample("cities.csv").read_bytes(), OPERATOR):
        stage.told()


def _close(fund: Fund, teller: Teller, console: Console) -> None:
    added = teller.told - teller.began
    teller.heading(f"{added} facts added, {teller.told} in the ledger." if added else f"Nothing new: all {teller.told} facts are there.")
    teller.heading("Letters")
    folder = fund.settings.data / "letters"
    folder.mkdir(mode=0o700, exist_ok=True)
    with fund.views.reading() as reading:
        files = [application_file.opened_state(row) for row in application_file.listed(reading, limit=500)]
    for file in reversed(files):
        if file.letter:
            path = _write(fund, file, folder)
            city = fund.handler.load(file.city).state
            console.print(f"  {file.reference}  {getattr(city, 'name', '')[:16]:<16}  {file.letter.outcome:<26} {path}", soft_wrap=True)
    teller.heading("Messages")
    show_messages(fund, console)
    teller.heading("Why: the first that was refused, in the language of its letter")
    refused = next(file for file in reversed(files) if file.decision and file.decision.outcome == "ineligible")
    for line in told_why(why_decided(fund, refused, refused.language)):
        console.print(line, soft_wrap=True, markup=False, highlight=False)


def _write(fund: Fund, file: Application, folder: Path) -> Path:
    path = folder / f"{file.reference}.pdf"
    write_private(path, fund.letters.opened(file), replace=True)
    return path
