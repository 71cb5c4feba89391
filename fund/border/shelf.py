"""Where programmes stand: the folder at hand, and with the data every text that was ever proposed, by its digest."""

import hashlib
from pathlib import Path

from fund.documents.blobs import BlobMissing, Blobs
from fund.documents.wording import missing_texts
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.policy import load_packed, packed, problems


def faults(programme: Programme) -> tuple[str, ...]:
    """Everything that keeps a programme from being proposed: what `fund policy check` lists."""
    return problems(programme) + missing_texts(programme)


class Shelf:
    """Programmes by their digest. `folder`: where the one that is offered lies; None for the bundled one."""

    def __init__(self, blobs: Blobs, folder: Path | None) -> None:
        self._blobs = blobs
        self._folder = folder

    def put(self, programme: Programme) -> int:
        """Keep the text that is offered; how many faults it has. Refusal policy.changed where the folder has changed since."""
        text = packed(self._folder)
        if hashlib.sha256(text).hexdigest() != programme.digest:
            raise Refusal("policy.changed", version=programme.version)
        self._blobs.put(text)
        return len(faults(programme))

    def take(self, digest: str) -> Programme:
        """Refusal policy.missing where it was never put here; BlobDamaged where its bytes are no longer the same."""
        try:
            return load_packed(self._blobs.get(digest))
        except BlobMissing:
            raise Refusal("policy.missing", version=digest[:12]) from None
