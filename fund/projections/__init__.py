"""Read models: what pages, lists and the command line show. Disposable; every one can be made again from the ledger.

A new read model is one module with a `VIEW`, and its name in `VIEWS` below.
"""

from fund.projections import application_file, city_register, envelopes, history, membership_queue, people, pipeline, rounds, work_queue
from fund.projections.database import Database, Reading
from fund.projections.view import View

VIEWS: tuple[View, ...] = (
    application_file.VIEW,
    work_queue.VIEW,
    city_register.VIEW,
    membership_queue.VIEW,
    envelopes.VIEW,
    pipeline.VIEW,
    history.VIEW,
    people.VIEW,
    rounds.VIEW,
)


def open_views(ledger_url: str) -> Database:
    """The views that follow a ledger: `views.db` beside its file, schema `fund_views` in its database, memory for `memory://`."""
    return Database.open(ledger_url, VIEWS)


__all__ = ["VIEWS", "Database", "Reading", "View", "open_views"]
