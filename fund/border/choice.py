"""How somebody chose to be told: opened when it is needed, and gone with their other data."""

import msgspec

from fund.border.outbox import Rhythm
from fund.domain.events import Rhythm as Chosen
from fund.domain.occasions import Urgency
from fund.domain.registers import Person
from fund.ledger.keys import KeyStore
from fund.ledger.seal import unseal

RHYTHMS: dict[str, Chosen] = {"at_once": "at_once", "daily": "daily", "weekly": "weekly", "never": "never"}
UNCHOSEN: dict[Urgency, Rhythm] = {"always": "at_once", "daily": "daily", "at_once": "at_once", "digest": "daily"}


class Choice(msgspec.Struct, frozen=True):
    """rhythm: None where nothing was chosen; language: empty where it is the one of the registration."""

    rhythm: Chosen | None = None
    language: str = ""


def choice_of(person: Person, keys: KeyStore) -> Choice:
    """None of it where nothing was chosen, or it was erased."""
    if person.messages is None:
        return Choice()
    rhythm, language = (unseal(text, keys) for text in (person.messages.rhythm, person.messages.language))
    return Choice(RHYTHMS.get(str(rhythm)), language) if isinstance(language, str) else Choice()


def rhythm_of(urgency: Urgency, chosen: Chosen | None) -> Chosen:
    """When a message goes: what is always told at once is, what is asked of the reader once a day at least; else as was chosen or, where
    nothing was, as the table says."""
    too_seldom = urgency == "daily" and chosen in ("weekly", "never")
    return UNCHOSEN[urgency] if urgency == "always" or too_seldom or chosen is None else chosen
