"""Commands about registers that are more than one verb: importing cities, tokens, listing people."""

from typing import Annotated, Any

import msgspec
import typer

from fund.border import cities_file
from fund.border.naming import city_called
from fund.border.operations import Operations
from fund.border.reading import closed, opening, shown
from fund.border.seeing import city_history
from fund.cli.session import guarded, read_input, say, session, settings, show
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.domain.visibility import KEEPERS
from fund.projections import city_register, membership_queue, people

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]

cities = typer.Typer(no_args_is_help=True, help="The register of cities.")
tokens = typer.Typer(no_args_is_help=True, help="API tokens: shown once, stored as a hash.")


@cities.command("import")
@guarded
def import_cities(
    file: Annotated[str, typer.Argument(metavar="FILE.csv", help="CSV in UTF-8; - for standard input.")], as_json: AsJson = False
) -> None:
    """Register every city of a CSV file, and the membership of those whose status is `member`. A second run adds nothing."""
    content = read_input(file)
    with session.fund() as fund:
        counts = [count for _, count in cities_file.imported(fund, content, session.actor)]
        index = fund.ledger.head()
    if as_json:
        show({"cities": len(counts), "added": sum(counts), "index": index})
    else:
        say(f"{len(counts)} cities read, {sum(counts)} facts added.")


@cities.command("list")
@guarded
def list_cities(
    text: Annotated[str, typer.Argument(help="Part of a name.")] = "",
    members: Annotated[bool, typer.Option("--members", help="Members only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Cities of the register, by name."""
    with session.fund() as fund:
        fund.runner.catch_up()
        with fund.views.reading() as reading:
            found = city_register.listed(reading, text, members=True if members else None, limit=1000)
    if as_json:
        show(
            [
                {"id": city.id, "name": city.name_en, "local": city.name_local, "country": city.country, "member": city.member}
                for city in found
            ]
        )
    else:
        for city in found:
            say(f"{city.id}  {city.country}  {'member' if city.member else '      '}  {city.name_en}  {city.name_local}")


@cities.command("waiting")
@guarded
def waiting(
    late: Annotated[bool, typer.Option("--late", help="Past due only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Which city waits for whom: asks for membership, attestations, determinations and their reviews, representatives. First due first."""
    with session.fund() as fund:
        actor = fund.actor(session.actor)
        if not any(actor.holds(role) for role in KEEPERS):
            raise Refusal("access.denied")
        fund.runner.catch_up()
        catalogue = fund.handler.programme_of(City()).catalogue.version
        with fund.views.reading() as reading:
            listed = membership_queue.listed(reading, catalogue, before=fund.now() if late else None)
        found = [one for one in listed if one.city not in actor.cities]
    if as_json:
        show([msgspec.to_builtins(one) for one in found])
    else:
        for one in found:
            due = one.due.date().isoformat() if one.due else "          "
            say(f"{due}  {one.what:<14}  {one.owner:<14}  {one.name}  {one.about}".rstrip())


@cities.command("history")
@guarded
def city_events(
    city: Annotated[str, typer.Argument(metavar="CITY", help="Name or id.")],
    as_json: AsJson = False,
    unsealed: Annotated[bool, typer.Option("--unseal", help="Open sealed texts. That somebody did is itself recorded.")] = False,
) -> None:
    """Every fact of a city that the actor may know, in order."""
    with session.fund() as fund:
        fund.runner.catch_up()
        found = fund.handler.load(city_called(fund, city)).state
        if not isinstance(found, City) or not found.registered:
            raise Refusal("city.unknown", field="city", city=city)
        if unsealed:
            session.record_sealed_read(fund, found.id, "fund cities history --unseal")
        facts = [msgspec.to_builtins(one) for one in city_history(fund, fund.actor(session.actor), found, "en", unsealed=unsealed)]
    if as_json:
        show({"city": found.id, "events": facts})
    else:
        for fact in facts:
            say(f"{fact['index']:>6} {fact['version']:>3}  {fact['at']}  {fact['actor'] or ''}  {fact['event']}")
            say(f"            {fact['sentence']}")


@guarded
def list_people(
    unsealed: Annotated[bool, typer.Option("--unseal", help="Names too. That somebody looked is itself recorded.")] = False,
    as_json: AsJson = False,
) -> None:
    """People, their roles, and how many assessments each owes."""
    with session.fund() as fund:
        if unsealed:
            session.record_sealed_read(fund, "person", "fund person list --unseal")
        fund.runner.catch_up()
        look = opening(fund.keys) if unsealed else closed
        with fund.views.reading() as reading:
            loads = people.loads(reading)
            rows = [
                {
                    "id": one.id,
                    "roles": sorted(f"{role}:{scope}" if scope else role for role, scope in people.roles_of(reading, one.id)),
                    "lent": [_loan(loan) for loan in people.loans_to(reading, one.id)],
                    "load": loads.get(one.id, 0),
                    "name": shown(one.full_name, look),
                }
                for one in people.listed(reading, limit=1000)
            ]
    if as_json:
        show(rows)
    else:
        for row in rows:
            load = f"({row['load']} to assess)  " if row["load"] else ""
            lent = "".join(
                f"({loan['role']} lent by {loan['lender']} to {loan['ends'][:10]}, number {loan['number']})  " for loan in row["lent"]
            )
            say(f"{row['id']}  {', '.join(row['roles'])}  {lent}{load}{row['name'] if unsealed else ''}".rstrip())


def _loan(loan: people.Loan) -> dict[str, Any]:
    role = f"{loan.role}:{loan.scope}" if loan.scope else loan.role
    return {"number": loan.number, "lender": loan.by, "role": role, "starts": loan.starts.isoformat(), "ends": loan.ends.isoformat()}


@tokens.command("issue")
@guarded
def issue(
    person: Annotated[str, typer.Argument(help="Id of the person.")],
    label: Annotated[str, typer.Option(help="What it is for.")] = "",
    days: Annotated[int, typer.Option(min=1, max=90, help="How long it lives.")] = 90,
    as_json: AsJson = False,
) -> None:
    """A new token for a person. It is shown once."""
    with session.fund() as fund:
        fund.actor(person)
        operations = Operations.open(settings().ledger_url)
        try:
            secret = operations.issue(person, label, days, fund.now())
        finally:
            operations.close()
    if as_json:
        show({"person": person, "token": secret})
    else:
        say(secret)


@tokens.command("list")
@guarded
def list_tokens(person: Annotated[str | None, typer.Argument(help="Id of the person.")] = None, as_json: AsJson = False) -> None:
    """Tokens there are, without their secrets."""
    with session.fund():  # where there is no fund there are no tokens, and none are begun
        operations = Operations.open(settings().ledger_url)
        try:
            found = operations.tokens(person)
        finally:
            operations.close()
    rows = [
        {
            "id": token.id,
            "person": token.person,
            "label": token.label,
            "expires_at": token.expires_at.isoformat(),
            "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
        }
        for token in found
    ]
    if as_json:
        show(rows)
    else:
        for row in rows:
            say(f"{row['id']}  {row['person']}  {row['expires_at']}  {'revoked' if row['revoked_at'] else ''}  {row['label']}".rstrip())


@tokens.command("revoke")
@guarded
def revoke(token: Annotated[str, typer.Argument(help="Id of the token.")]) -> None:
    """From now on it opens nothing."""
    with session.fund() as fund:
        operations = Operations.open(settings().ledger_url)
        try:
            operations.revoke(token, fund.now())
        finally:
            operations.close()
    say(token)
