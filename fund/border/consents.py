"""What the cities of a joint application have accepted, as API and command line say it."""

import msgspec

from fund.domain.application import Application, Partner


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """One partner city. accepted: digest of the text it accepted last, empty where none. changed: the sections that differ from it."""

    city: str
    accepted: str
    on_paper: bool
    stands: bool
    changed: tuple[str, ...]
    left: bool


def consents_of(file: Application) -> tuple[Consent, ...]:
    """In the order of asking. Digests and names of sections only: they tell nothing of what the texts say."""
    return tuple(_consent(file, partner) for partner in file.partners.values() if partner.city in file.parties)


def _consent(file: Application, partner: Partner) -> Consent:
    stands, left = file.has_accepted(partner.city), partner.left is not None
    return Consent(
        city=partner.city,
        accepted=partner.text,
        on_paper=partner.on_paper,
        stands=stands,
        changed=() if stands or left else file.changed_since(partner.city),
        left=left,
    )
