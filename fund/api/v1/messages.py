"""Messages to people as the outbox has them: for those who see to it that mail arrives. No address, no text, no name."""

from typing import Annotated

import msgspec
from fastapi import FastAPI, Query, Response

from fund.api import files
from fund.api.access import Known, Opened
from fund.api.answers import json
from fund.api.entitlements import API
from fund.api.schema import answers
from fund.border.opening import Fund
from fund.border.outbox import Entry, State
from fund.domain.application import Application
from fund.domain.facts import Actor, Role


class MessageEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One message: to whom, what kind, of which file (null for whoever may not see the file), and what became of it, with its last reason.

    index: of the fact that it tells.
    """

    id: str
    index: int
    person: str
    kind: str
    reference: str | None
    rhythm: str
    queued_at: str
    due_at: str
    state: str
    tries: int
    reason: str


class Messages(msgspec.Struct, frozen=True, kw_only=True):
    """A page of messages, newest fact first, and how many there are in each state. `next` is the `after` of the page that follows."""

    items: list[MessageEntry]
    counts: dict[str, int]
    next: int | None


def mount(app: FastAPI) -> None:
    app.get(f"{API}/messages", operation_id="ListMessages", tags=["messages"], responses=answers(Messages))(listed)


def listed(
    fund: Opened,
    actor: Known,
    state: State | None = None,
    after: Annotated[int, Query(ge=0, le=2**31)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> Response:
    found = fund.outbox.listed(state, limit=limit, skipped=after)
    items = [entry for one in found if (entry := _entry(fund, actor, one))]
    return json(Messages(items=items, counts=fund.outbox.counts(), next=after + limit if len(found) == limit else None))


def _entry(fund: Fund, actor: Actor, entry: Entry) -> MessageEntry | None:
    """A file that is not theirs to see is not named; who works on files learns nothing of such a file's messages at all."""
    file = fund.handler.load(entry.stream).state if entry.stream.startswith("application-") else None
    theirs = isinstance(file, Application) and files.is_theirs(fund, actor, entry.stream)
    if file and not theirs and not actor.holds(Role.ADMINISTRATOR):
        return None
    log = fund.outbox.log(entry.id)
    return MessageEntry(
        id=entry.id,
        index=entry.event_index,
        person=entry.person,
        kind=entry.kind,
        reference=file.reference if isinstance(file, Application) and theirs else None,
        rhythm=entry.rhythm,
        queued_at=entry.queued_at.isoformat(),
        due_at=entry.due_at.isoformat(),
        state=entry.state,
        tries=entry.tries,
        reason=log[-1].reason if log else "",
    )
