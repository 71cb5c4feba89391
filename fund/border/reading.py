"""Reading facts and states as JSON: texts sealed, or opened where the reader may."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from fund.domain import streams
from fund.domain.application import Application
from fund.domain.event import Erased, Recorded, Sealed
from fund.ledger.keys import KeyStore
from fund.ledger.seal import unseal
from fund.ledger.store import Ledger

Show = Callable[[Sealed], object]
_SEALED = frozenset(Sealed.__struct_fields__)


def closed(sealed: Sealed) -> object:
    """`{"sealed": class}` in place of a text."""
    return {"sealed": sealed.sealed}


def opening(keys: KeyStore) -> Show:
    """The text itself, or `{"erased": class}` once its key is gone."""

    def show(sealed: Sealed) -> object:
        text = unseal(sealed, keys)
        return {"erased": text.erased} if isinstance(text, Erased) else text

    return show


def shown(value: object, show: Show) -> Any:
    """Any struct, event or state as plain values, every sealed text as `show` says."""
    return _shown(msgspec.to_builtins(value, order="deterministic"), show)


def _shown(value: Any, show: Show) -> Any:
    if isinstance(value, dict):
        if value.keys() == _SEALED:
            return show(msgspec.convert(value, type=Sealed))
        return {name: _shown(inner, show) for name, inner in value.items()}
    return [_shown(inner, show) for inner in value] if isinstance(value, list | tuple) else value


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """An application as it was known at a point: `last` is the last fact in it."""

    file: Application
    last: Recorded


def state_at(ledger: Ledger, stream: str, *, index: int | None = None, at: datetime | None = None) -> Known | None:
    """The file as known when the ledger stood at `index`, or at an instant; as of now without either. None before its first fact."""
    history = [one for one in ledger.stream(stream) if (index is None or one.index <= index) and (at is None or one.header.at <= at)]
    if not history:
        return None
    file = streams.fold(stream, history)
    assert isinstance(file, Application), "the stream of an application folds to one"
    return Known(file=file, last=history[-1])
