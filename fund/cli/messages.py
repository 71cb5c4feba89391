"""Commands about messages: what waits, what was sent, what was given up and why, and sending that again."""

from typing import Annotated, get_args

import typer

from fund.border.naming import Names
from fund.border.opening import Fund
from fund.border.outbox import Entry, State
from fund.cli.session import guarded, say, session, show
from fund.domain import visibility
from fund.domain.facts import Role
from fund.domain.refusal import Refusal

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Message = Annotated[str, typer.Argument(metavar="MESSAGE", help="Id of the message.")]
LIMIT = 200

messages = typer.Typer(no_args_is_help=True, help="Messages to people: the outbox and its delivery log. No address stands in it.")


@messages.command("list")
@guarded
def list_messages(
    state: Annotated[str | None, typer.Option(help=" | ".join(get_args(State)))] = None,
    person: Annotated[str | None, typer.Option(help="Of one person, by id.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = LIMIT,
    as_json: AsJson = False,
) -> None:
    """Messages, the newest fact first: when each is due, to whom, what kind, and what became of it."""
    wanted = next((known for known in get_args(State) if known == state), None)
    if state and not wanted:
        raise Refusal("code.unknown", field="state", value=state)
    with session.fund() as fund:
        _check_allowed(fund)
        rows = [_row(fund, entry, Names(fund, "en")) for entry in fund.outbox.listed(wanted, person, limit=limit)]
        counts = fund.outbox.counts()
    if as_json:
        show({"counts": counts, "messages": rows})
    else:
        say(", ".join(f"{state} {count}" for state, count in sorted(counts.items())) or "No messages.")
        for row in rows:
            said = f"  {row['reason']} (tried {row['tries']})" if row["reason"] else ""
            what = f"{row['state']:<8}  {row['rhythm']:<7}  {row['kind']:<10}"
            say(f"{row['id']}  {str(row['due_at'])[:16]}  {what}  {row['person']}  {row['about']}{said}")


@messages.command("log")
@guarded
def log(message: Message, as_json: AsJson = False) -> None:
    """What was tried with one message, and what came of it."""
    with session.fund() as fund:
        _check_allowed(fund)
        entry = fund.outbox.entry(message)
        found = [{"at": entry.queued_at.isoformat(), "what": "queued", "reason": entry.rhythm}]
        found += [{"at": one.at.isoformat(), "what": one.what, "reason": one.reason} for one in fund.outbox.log(message)]
    if as_json:
        show({"message": message, "mail": entry.mail, "log": found})
    else:
        for one in found:
            say(f"{one['at']}  {one['what']:<8}  {one['reason']}".rstrip())


@messages.command("retry")
@guarded
def retry(message: Message) -> None:
    """Send a message that was given up once more, as when its address or the mail server was mended."""
    with session.fund() as fund:
        _check_allowed(fund)
        fund.outbox.retry(message, fund.now())
    say(message)


def _check_allowed(fund: Fund) -> None:
    """Operators, and administrators. Refusal access.denied."""
    if not visibility.is_operator(session.actor) and not fund.actor(session.actor).holds(Role.ADMINISTRATOR):
        raise Refusal("access.denied")


def _row(fund: Fund, entry: Entry, names: Names) -> dict[str, str | int]:
    last = fund.outbox.log(entry.id)[-1:]
    return {
        "id": entry.id,
        "index": entry.event_index,
        "person": entry.person,
        "about": names(entry.stream) if entry.stream.startswith("application-") else entry.stream,
        "kind": entry.kind,
        "rhythm": entry.rhythm,
        "queued_at": entry.queued_at.isoformat(),
        "due_at": entry.due_at.isoformat(),
        "state": entry.state,
        "tries": entry.tries,
        "reason": last[0].reason if last else "",
    }
