"""What every command is."""

from typing import ClassVar

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A request. `verb` and `target` are given by each command."""

    verb: ClassVar[str] = ""
    target: ClassVar[str] = ""
    creates: ClassVar[bool] = False

    @property
    def stream(self) -> str:
        return str(getattr(self, self.target))
