"""What a view is: a name, a version, its tables, and how facts change them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, MetaData, Table

from fund.projections.batch import Batch
from fund.projections.table import Row, Shape, table

Tables = Mapping[type[Row], Table]
"""The tables of one generation of a view, by the struct of their rows."""


class View(NamedTuple):
    """A read model. `version` is raised whenever tables or `apply` change: it is in the tables' names.

    `apply` brings the tables from just before a batch to just after it, the same whatever the size of batches,
    from nothing but the batch: no clock, no other table, nothing unsealed.
    """

    name: str
    version: int
    shapes: tuple[Shape, ...]
    apply: Callable[[Connection, Tables, Batch], None]

    def tables(self, metadata: MetaData, suffix: str) -> Tables:
        return {shape.row: table(metadata, "_".join(filter(None, (self.name, shape.part))) + suffix, shape) for shape in self.shapes}
