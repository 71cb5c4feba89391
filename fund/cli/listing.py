"""What an operator looks at every day: work that waits, money, hubs, numbers. Nothing of it is sealed."""

from typing import Annotated

import msgspec
import typer

from fund.border.naming import Names, hub_title
from fund.border.opening import Fund
from fund.border.sources import Source, sources
from fund.cli.session import guarded, say, session, show
from fund.domain import visibility
from fund.domain.money import Money
from fund.domain.registers import Hub
from fund.projections import application_file, city_register, envelopes, people, pipeline, work_queue
from fund.projections.database import Reading
from fund.projections.work_queue import Task

BALANCES = ("contributed", "committed", "balance", "reserved", "free")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@guarded
def queue(as_json: AsJson = False) -> None:
    """Work that waits, first due first: for the person named by --as, or for everybody; and how much a person has to assess."""
    # Imported here, as in `list_envelopes`: what a person may see of files is the API's to say.
    from fund.api.files import is_theirs

    with session.fund() as fund:
        fund.runner.catch_up()
        actor = fund.actor(session.actor)
        with fund.views.reading() as reading:
            if visibility.is_operator(actor.id):
                tasks = _of_everybody(reading)
            else:
                represents = [one.city for one in city_register.represented_by(reading, actor.id)]
                tasks = [task for task in work_queue.for_actor(reading, actor, represents) if is_theirs(fund, actor, task.stream)]
            loads = people.loads(reading)
        rows = [_task(fund, task, Names(fund, "en")) | {"load": _load(task, loads)} for task in tasks]
    if as_json:
        show(rows)
    else:
        for row in rows:
            due, late = str(row["due"] or ("stopped   " if row["stopped"] else "          "))[:10], "late" if row["late"] else "    "
            owner = f"{row['owner']}:{row['scope']}" if row["scope"] else row["owner"]
            load = "" if row["load"] is None else f"  ({row['load']} to assess)"
            say(f"{due}  {late}  {row['reference']}  {row['what']}  {owner}{load}  {row['city']}")


def _of_everybody(reading: Reading) -> list[Task]:
    tasks = [task for file in application_file.open_files(reading) for task in work_queue.of_file(reading, file.id)]
    return sorted(tasks, key=lambda task: (task.due is None, task.due or task.since, task.reference, task.owner, task.scope))


def _load(task: Task, loads: dict[str, int]) -> int | None:
    """Assessments that the owner owes in all; None where a role shares the work."""
    return loads.get(task.owner, 0) if task.owner.startswith("person-") else None


def _task(fund: Fund, task: Task, names: Names) -> dict[str, object]:
    return {
        "reference": task.reference,
        "city": names(task.city),
        "owner": task.owner,
        "scope": task.scope,
        "what": task.what,
        "due": task.due.isoformat() if task.due else None,
        "late": task.due is not None and task.due < fund.now(),
        "since": task.since.isoformat(),
        "stopped": task.stopped,
    }


@guarded
def list_envelopes(as_json: AsJson = False) -> None:
    """Envelopes: what came in; for staff also what is committed, held back and left. Minor units in JSON."""
    # Imported here: the one list of who may know balances is the API's, and most commands need no web server.
    from fund.api.v1.registers import SEES_BALANCES

    with session.fund() as fund:
        fund.runner.catch_up()
        actor = fund.actor(session.actor)
        columns = BALANCES if any(actor.holds(role) for role in SEES_BALANCES) else ("contributed",)
        with fund.views.reading() as reading:
            found = envelopes.listed(reading)
    if as_json:
        show([{name: getattr(one, name) for name in ("id", "title", "currency", *columns)} for one in found])
    else:
        for one in found:
            amounts = ", ".join(f"{name} {Money(getattr(one, name), one.currency).decimal()} {one.currency}" for name in columns)
            say(f"{one.id}  {one.title}  {amounts}")


@guarded
def list_sources(as_json: AsJson = False) -> None:
    """Contributions: who gives, what kind, how much, what for, since when; for staff also what is left. Minor units in JSON."""
    from fund.api.v1.registers import sees_balances

    with session.fund() as fund:
        fund.runner.catch_up()
        full = sees_balances(fund.actor(session.actor))
        found = sources(fund, "en")
    if as_json:
        show([_source(one, full=full) for one in found])
    else:
        for one in found:
            given = one.given
            left = f" ({Money(given.remaining, given.currency).decimal()} left)" if full else ""
            amount = f"{Money(given.amount, given.currency).decimal()} {given.currency}{left}"
            say(f"{given.envelope}  {given.number}  {one.name}  {given.kind}  {amount}  {'; '.join(one.purpose)}")


def _source(one: Source, *, full: bool) -> dict[str, object]:
    shown = ("envelope", "number", "donor", "kind", "amount", "announced", "currency", "valuation", "city", "earmark")
    told = {name: msgspec.to_builtins(getattr(one.given, name)) for name in (*shown, *(("remaining",) if full else ()))}
    return told | {"name": one.name, "purpose": list(one.purpose), "at": one.given.at.isoformat()}


@guarded
def list_hubs(as_json: AsJson = False) -> None:
    """Hubs of the programme, and which of them are open."""
    with session.fund() as fund:
        rows = [_hub(fund, hub.code, hub.regions) for hub in fund.programme.catalogue.hubs]
    if as_json:
        show(rows)
    else:
        for row in rows:
            since = f"open since {row['opened']}" if row["open"] else "not open"
            say(f"{row['id']}  {since}  {row['title']}")


def _hub(fund: Fund, code: str, regions: tuple[str, ...]) -> dict[str, object]:
    id = f"hub-{code}"
    state = fund.handler.load(id).state
    opened = state.opened.opened if isinstance(state, Hub) and state.opened else None
    return {
        "id": id,
        "code": code,
        "title": hub_title(fund.programme, code, "en"),
        "regions": list(regions),
        "open": opened is not None,
        "opened": opened,
    }


@guarded
def numbers(as_json: AsJson = False) -> None:
    """How many applications there are, and where they stand."""
    with session.fund() as fund:
        fund.runner.catch_up()
        with fund.views.reading() as reading:
            counts = pipeline.counts(reading)
    # JSON has no null as a name.
    maps = {
        "stages": counts.stages,
        "outcomes": counts.outcomes,
        "regions": {region or "": count for region, count in counts.regions.items()},
        "priorities": counts.priorities,
        "months": counts.months,
    }
    if as_json:
        show({"total": counts.total, "submitted": counts.submitted, **maps})
    else:
        say(f"{counts.total} applications, {counts.submitted} submitted")
        for name, found in maps.items():
            for key, count in found.items():
                say(f"{count:>6}  {name}  {key or '(none)'}")
