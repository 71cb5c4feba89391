"""Letters: rendered off the request path, stored sealed under the application's key, recorded as issued."""

import hashlib
from datetime import date

import msgspec

from fund.documents.blobs import Blobs, open_blob, seal_blob
from fund.documents.context import TEMPLATE, letter_context
from fund.documents.letter import render_html, wording_of
from fund.documents.rendering import Renderer
from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.calendar import local_day
from fund.domain.refusal import Refusal
from fund.domain.registers import Adoption, City
from fund.domain.round import Round
from fund.domain.streams import PROGRAMME, fold
from fund.ledger.handler import Handler, Reply
from fund.ledger.keys import KeyStore
from fund.ledger.seal import unseal

ACTOR = "machine:letters"
NONCE = 12


class Letters:
    """Issues and opens letters."""

    def __init__(self, handler: Handler, keys: KeyStore, blobs: Blobs, renderer: Renderer) -> None:
        self.handler = handler
        self.keys = keys
        self.blobs = blobs
        self.renderer = renderer

    def issue(self, file: Application) -> Reply:
        """Render the letter of a decided file, store it, record it. RenderFailed leaves the file waiting for it."""
        issued_on = self._today(file)
        numbered_at = self.handler.load(PROGRAMME).version
        pdf = self.rendered(file, issued_on, numbered_at)
        if self._in_force(self.handler.load(PROGRAMME).version) != self._in_force(numbered_at):
            return self.issue(file)  # what was adopted meanwhile may count days otherwise, and the fact of the letter tells the same as it
        sha256 = hashlib.sha256(pdf).hexdigest()
        sealed = seal_blob(pdf, self.keys.created(file.id), self.handler.sources.random(NONCE), _bound(file.id, sha256))
        command = c.IssueLetter(
            application=file.id,
            issued_on=issued_on,
            template=TEMPLATE,
            renderer=msgspec.json.encode(self.renderer.versions(), order="sorted").decode(),
            sha256=sha256,
            blob=self.blobs.put(sealed),
            size=len(pdf),
            numbered_at=numbered_at,
        )
        return self.handler.handle(command, by=ACTOR, command_id=f"letter:{file.id}:{len(file.letters) + 1}")

    def rendered(self, file: Application, issued_on: date, numbered_at: int, template: str = TEMPLATE) -> bytes:
        """The letter of a decided file as of a day, priorities numbered as of that version of the programme's stream, by that template.

        An issued letter renders again to the same bytes from what its event says: that is its check.
        """
        adoption = self.handler.load(PROGRAMME).state
        programme = self.handler.judging(file.policy, self._in_force(numbered_at) or file.policy) or self.handler.programme_of(file)
        programme = adoption.numbered(programme, numbered_at) if isinstance(adoption, Adoption) else programme
        context = letter_context(
            file,
            {id: self._city(id) for id in file.parties},
            programme,
            lambda text: unseal(text, self.keys),
            issued_on=issued_on,
            specimen=self.handler.specimen,
            round=self._round(file.round),
            template=template,
        )
        return self.renderer.render(render_html(context, wording_of(programme, file.language)))

    def opened(self, file: Application, number: int | None = None) -> bytes:
        """An issued letter as it was: the one of this number, counted from 1, else the last. Refusal letter.not_issued, letter.erased."""
        number = len(file.letters) if number is None else number
        if not 1 <= number <= len(file.letters):
            raise Refusal("letter.not_issued", field="version", reference=file.reference)
        letter = file.letters[number - 1]
        key = self.keys.key(file.id)
        if key is None:
            raise Refusal("letter.erased", reference=file.reference)
        return open_blob(self.blobs.get(letter.blob), key, _bound(file.id, letter.sha256))

    def _in_force(self, version: int) -> str | None:
        """What was in force as of that version of the programme's stream: its days tell when an award is accepted and reported."""
        adoption = fold(PROGRAMME, self.handler.ledger.stream(PROGRAMME)[:version])
        return adoption.in_force.version if isinstance(adoption, Adoption) and adoption.in_force else None

    def _today(self, file: Application) -> date:
        programme = self.handler.programme_of(file)
        return local_day(self.handler.sources.clock(), programme.calendars[programme.track(file.track).calendar])

    def _round(self, id: str | None) -> str:
        state = self.handler.load(id).state if id else None
        return state.opened.title if isinstance(state, Round) and state.opened else ""

    def _city(self, id: str) -> City:
        state = self.handler.load(id).state
        return state if isinstance(state, City) else City()


def _bound(application: str, sha256: str) -> bytes:
    return f"{application}/letter/{sha256}".encode()
