"""Commands about applications as a whole: apply, history, state, letter, schema."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from fund.border import application_file, delivery, issued
from fund.border.clocks import days_of
from fund.border.conflicts import ConflictShown, conflicts_of
from fund.border.consents import consents_of
from fund.border.naming import city_called, file_called
from fund.border.opening import Fund
from fund.border.reading import Known, state_at
from fund.border.seeing import Sights
from fund.border.why import told_why, why_decided
from fund.cli.session import NO, WRONG, end, guarded, own_id, read_input, say, session, show
from fund.cli.verbs import told
from fund.cli.writing import write_letter
from fund.domain import clock as clocks
from fund.domain import events as e
from fund.domain import visibility
from fund.domain.application import Application
from fund.domain.facts import Actor
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.language import terms_of
from fund.language.clocks import clock_told
from fund.resources import sample

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Unseal = Annotated[bool, typer.Option("--unseal", help="Open sealed texts. That somebody did is itself recorded.")]
Reference = Annotated[str, typer.Argument(metavar="REF", help="Reference of the application.")]
EXAMPLE = "mombasa.json"
WINDOW = re.compile('("(?:starts|ends)_on": ")([0-9]{4})')
INDEX = re.compile("[0-9]{1,18}")


@guarded
def apply(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON file; - for standard input. See `fund schema application`.")],
    as_json: AsJson = False,
    command_id: Annotated[str | None, typer.Option(help="Makes a repeat recognisable.")] = None,
) -> None:
    """Start and submit an application for a confirmed signatory of the city: all of it, or nothing.

    One of several cities stays a draft: the others accept its text first.
    """
    content = application_file.read(read_input(file))
    with session.fund() as fund:
        fund.runner.catch_up()
        city = city_called(fund, content["city"], content["country"])
        by, on_behalf_of = _who(fund, city, content["representative"])
        submit = not application_file.is_joint(content, fund.programme)
        commands = application_file.commands(content, city, submit=submit)
        reply = fund.handler.handle(*commands, by=by, on_behalf_of=on_behalf_of, command_id=own_id(command_id))
        if as_json:
            show({"reference": _file(fund, reply.stream).reference, "index": reply.index})
        else:
            told(fund, reply, as_json=False)


def _who(fund: Fund, city: str, representative: str | None) -> tuple[str, str | None]:
    """A person acts for themselves; an operator enters what the named, or the only, signatory gave."""
    if not session.actor.startswith("operator:"):
        return session.actor, None
    state = fund.handler.load(city).state
    confirmed = state.representatives if isinstance(state, City) else {}
    signatories = [person for person, one in confirmed.items() if one.capacity == "signatory"]
    chosen = representative or (signatories[0] if len(signatories) == 1 else None)
    if chosen is None:
        raise Refusal("representative.choose", field="representative", count=len(signatories))
    return session.actor, chosen


@guarded
def history(reference: Reference, as_json: AsJson = False, unseal: Unseal = False) -> None:
    """Every event of an application, in order: index, version, time, actor, name, one sentence."""
    with session.fund() as fund:
        stream = _found(fund, reference)
        file = _file(fund, stream)
        facts = [msgspec.to_builtins(one) for one in _sights(fund, file, unseal=unseal, purpose="fund history --unseal").history("en")]
        name = file.reference
    if as_json:
        show({"reference": name, "events": facts})
    else:
        for fact in facts:
            say(f"{fact['index']:>6} {fact['version']:>3}  {fact['at']}  {_hands(fact)}  {fact['event']}\n            {fact['sentence']}")


def _hands(fact: dict[str, Any]) -> str:
    """Who did it; in two names where a role was lent, or an operator entered it."""
    return f"{fact['actor']} for {fact['on_behalf_of']}" if fact["on_behalf_of"] else fact["actor"]


@guarded
def state(
    reference: Reference,
    at: Annotated[str | None, typer.Option(help="An instant (ISO 8601, UTC where it says nothing else) or, in digits, an index.")] = None,
    as_json: AsJson = False,
    unseal: Unseal = False,
) -> None:
    """The file as known then."""
    with session.fund() as fund:
        stream = _found(fund, reference)
        index, instant = _point(at)
        if index is not None and index > fund.ledger.head():
            end(WRONG, f"state.beyond [at]: the ledger has {fund.ledger.head()} facts so far")
        file = _file(fund, stream)
        _check_seen(fund, file)
        known = state_at(fund.ledger, stream, index=index, at=instant)
        if known is None:
            end(NO, "state.not_yet [at]: there was no such application yet.")
        last = known.last
        sights = _sights(fund, file, known, unseal=unseal, purpose="fund state --unseal")
        seen = sights.state()
        conflicts = conflicts_of(seen, terms_of(fund.handler.programme_of(known.file), "en"))
        content = msgspec.to_builtins(seen, order="deterministic")
    if as_json:
        show(
            {
                "reference": known.file.reference,
                "index": last.index,
                "version": last.version,
                "at": last.header.at.isoformat(),
                "status": str(known.file.stage),
                "text": known.file.text,
                "consents": msgspec.to_builtins(consents_of(known.file)),
                "conflicts": msgspec.to_builtins(conflicts),
                "state": content,
            }
        )
    else:
        say(f"{known.file.reference}  {known.file.stage}  as of index {last.index}, {last.header.at.isoformat()}")
        for one in conflicts:
            say(f"  conflict {one.number}: {one.person}, {one.says} ({one.effect}){_beside(one)}")
        for name, value in content.items():
            if value not in (None, "", [], {}):
                say(f"  {name}: {value}")


def _beside(one: ConflictShown) -> str:
    """What is to be read together with it, or done about it."""
    if one.ended:
        return "; over"
    said = f"; read with version {', '.join(map(str, one.said))}" if one.said else ""
    return said + ("; to be looked at again" if one.look_again else "")


@guarded
def clock(reference: Reference, as_json: AsJson = False) -> None:
    """Why the clock of an application is where it is, day by day, and when its step is due."""
    with session.fund() as fund:
        file = _file(fund, _found(fund, reference))
        _sights(fund, file)
        days = days_of(fund, file)
        reading = clocks.clock(file, fund.now(), days)
    if as_json:
        show({"reference": file.reference, "clock": msgspec.to_builtins(reading)})
    elif reading is None:
        say(f"{file.reference}  {file.stage}: no clock runs")
    else:
        say(f"{file.reference}  {file.stage}: {clock_told('en', reading, days.timezone)}")
        for day in reading.days:
            say(f"  {day.day}  {day.state}{' by question ' + ', '.join(map(str, day.by)) if day.by else ''}")


@guarded
def why(reference: Reference, as_json: AsJson = False) -> None:
    """Why an application was decided as it was: the rules, their versions and sources, and what would change it."""
    with session.fund() as fund:
        file = _file(fund, _found(fund, reference))
        told = why_decided(fund, _sights(fund, file).state(), "en")
    if as_json:
        show(msgspec.to_builtins(told))
    else:
        say("\n".join(told_why(told)))


@guarded
def letter(
    reference: Reference,
    out: Annotated[Path | None, typer.Option(help="Where to write the PDF; REF.pdf where it is left out, - for standard output.")] = None,
    version: Annotated[
        int | None, typer.Option(help="Which letter of the application, counted from 1; the last where it is left out.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is no letter, too.")] = False,
) -> None:
    """Write the issued letter, for its owner's eyes only."""
    with session.fund() as fund:
        file = _file(fund, _found(fund, reference))
        if not visibility.is_operator(session.actor) and not _sights(fund, file).sees(e.LetterIssued):
            raise Refusal("reference.unknown", field="reference", reference=reference)
        path = out or Path(f"{file.reference}.pdf")
        content = delivery.opened(fund, fund.actor(session.actor), file, version)
        if str(path) == "-":
            sys.stdout.buffer.write(content)
            return
        write_letter(path, content, fund.settings, force=force)
    say(str(path))


@guarded
def letters(reference: Reference, as_json: AsJson = False) -> None:
    """The letters of an application, oldest first; `fund letter REF --version N` writes one."""
    with session.fund() as fund:
        file = _file(fund, _found(fund, reference))
        found = [msgspec.to_builtins(one) for one in issued.letters(_sights(fund, file))]
    if as_json:
        show(found)
    else:
        for one in found:
            say(f"{one['number']:>3}  {one['issued_on']}  {one['language']}  {one['outcome']}{'  superseded' if one['superseded'] else ''}")


@guarded
def schema(
    name: Annotated[str, typer.Argument(help="application")],
    example: Annotated[bool, typer.Option("--example", help="A filled, valid example instead.")] = False,
) -> None:
    """The JSON schema of what may be given in a file."""
    if name != "application":
        raise Refusal("schema.unknown", field="name", name=name)
    if example:
        say(_ahead(sample("applications", EXAMPLE).read_text("utf-8").rstrip()))
    else:
        show(application_file.ApplicationFile.model_json_schema())


def _ahead(example: str) -> str:
    """The same, for support in the years that follow this one: an example that can be sent as it is."""
    first = int(WINDOW.findall(example)[0][1])
    later = max(datetime.now(UTC).year + 1 - first, 0)
    return WINDOW.sub(lambda found: f"{found[1]}{int(found[2]) + later}", example)


def _found(fund: Fund, reference: str) -> str:
    fund.runner.catch_up()
    return file_called(fund, reference)


def _file(fund: Fund, stream: str) -> Application:
    found = fund.handler.load(stream).state
    assert isinstance(found, Application), "a reference leads to an application"
    return found


def _sights(fund: Fund, file: Application, known: Known | None = None, *, unseal: bool = False, purpose: str = "") -> Sights:
    """What the actor may see of a file, which stands as it does now. Opening sealed texts as an operator is itself recorded."""
    actor, cities = _check_seen(fund, file)
    if unseal:
        session.record_sealed_read(fund, file.id, purpose)
    version, then = (known.last.version, known.file) if known else (None, None)
    return Sights(fund, actor, file, cities, version, then=then, unsealed=unseal)


def _check_seen(fund: Fund, file: Application) -> tuple[Actor, list[City]]:
    """Whoever may not see a file now learns nothing of it, nor of what it was before."""
    cities = [state for id in file.parties if isinstance(state := fund.handler.load(id).state, City)]
    actor = fund.actor(session.actor)
    if not visibility.sees_file(actor, file, cities):
        raise Refusal("reference.unknown", field="reference", reference=file.reference)
    return actor, cities


def _point(at: str | None) -> tuple[int | None, datetime | None]:
    if at is None:
        return None, None
    if INDEX.fullmatch(at):
        return int(at), None
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        raise Refusal("date.invalid", field="at") from None
    return None, instant if instant.tzinfo else instant.replace(tzinfo=UTC)
