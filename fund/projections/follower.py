"""Bringing generations of views from one position to the next: all that stand at the same place in one transaction.

The position moves by compare-and-set in that transaction, so two followers of the same tables are harmless: one of them finds that it
was overtaken. If a batch cannot be taken, each view takes it alone, then event by event, until the one view and the one event are found.
"""

import traceback
from collections.abc import Sequence

import structlog
from sqlalchemy import Connection, Table, Update, bindparam, tuple_

from fund.ledger.errors import Unavailable
from fund.projections.batch import Batch, Source, States
from fund.projections.database import Database, Generation

SIZE = 1_000
log = structlog.get_logger(__name__)


class Overtaken(Exception):
    """Somebody else moved the position, or switched to another generation. Nothing was written."""


class Follower:
    """Not for several threads at once: it keeps the states of the streams it has seen."""

    def __init__(self, source: Source, database: Database, size: int = SIZE) -> None:
        self._source = source
        self._database = database
        self._size = size
        self._states = States(source)
        self._moving = _moving(database.registry)

    def advance(self, group: Sequence[Generation], up_to: int) -> int | None:
        """One batch, for generations at the same position: where all of them stand now.

        A view that cannot take it is stopped; then None, for they may stand apart. Raises Overtaken, Unavailable.
        """
        position = group[0].position
        try:
            batch = self._batch(position, min(self._size, up_to - position))
            self._write(group, batch)
            return batch.recorded[-1].index if batch.recorded else position
        except (Overtaken, Unavailable):
            raise
        # Whatever a view or an event does wrong must not stop the other views. It is logged when it has been found.
        except Exception as error:  # noqa: BLE001
            self._narrow(group, up_to, error)
            return None

    def _batch(self, position: int, size: int) -> Batch:
        return self._states.batch(self._source.read(position, size, position + size))

    def _write(self, group: Sequence[Generation], batch: Batch) -> None:
        if not batch.recorded:
            return
        with self._database.writing() as connection:
            self._move(connection, group, batch.recorded[-1].index)
            for one in group:
                view = self._database.view(one.name)
                view.apply(connection, self._database.tables(view, one.generation), batch)

    def _move(self, connection: Connection, group: Sequence[Generation], position: int) -> None:
        here = {"keys": [one.key for one in group], "from": group[0].position, "as": group[0].live}
        if connection.execute(self._moving, here | {"to": position}).rowcount != len(group):
            raise Overtaken

    def _narrow(self, group: Sequence[Generation], up_to: int, error: Exception) -> None:
        position = group[0].position
        batch_end = min(up_to, position + self._size)
        if len(group) > 1:
            for one in group:
                self.advance([one], batch_end)
        elif batch_end > position + 1:
            self._event_by_event(group[0], batch_end)
        else:
            self._stop(group[0], error)

    def _event_by_event(self, one: Generation, end: int) -> None:
        """Up to the event that cannot be taken, which stops the view; if each can be taken alone, to the end."""
        for position in range(one.position, end):
            at = one._replace(position=position)
            try:
                self._write([at], self._batch(position, 1))
            except (Overtaken, Unavailable):
                raise
            except Exception as error:  # noqa: BLE001 - as above
                self._stop(at, error)
                return

    def _stop(self, one: Generation, error: Exception) -> None:
        index = one.position + 1
        # As text: a log that prints local variables would print the facts themselves.
        trace = "".join(traceback.format_exception(error, chain=False))
        log.error("view.stopped", view=one.name, generation=one.generation, index=index, error=repr(error), trace=trace)
        registry = self._database.registry
        key = tuple_(registry.c.name, registry.c.version, registry.c.generation)
        here = (key == tuple_(*one.key)) & (registry.c.position == one.position)
        with self._database.writing() as connection:
            connection.execute(registry.update().where(here).values(stopped_at=index, error=repr(error)[:2_000]))


def _moving(registry: Table) -> Update:
    """Made once: putting the statement together costs more than running it."""
    key = tuple_(registry.c.name, registry.c.version, registry.c.generation).in_(bindparam("keys", expanding=True))
    here = key & (registry.c.position == bindparam("from")) & (registry.c.live == bindparam("as"))
    return registry.update().where(here).values(position=bindparam("to"))
