"""What a programme decides: its catalogue, checks, tracks, clocks and terms, as plain frozen data.

`fund.policy` loads these from a programme folder. The rules of the domain read them and name no programme.
Codes are mnemonic and stable; titles are terms per language; a printed number is display only.
"""

from datetime import date
from typing import Literal

import msgspec

Titles = dict[str, str]
"""Language code -> text. Complete in every language of the programme."""

STANDARD_TRACK = "standard"
"""The track that every programme has: the one a file is on until another is chosen for it."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a catalogue list: a guiding principle, a strategic priority, a type of support, a region, a result …"""

    code: str
    titles: Titles
    source: str
    printed: str | None = None
    level: Literal["output", "outcome", "impact"] | None = None
    """Of a result. An impact is never a city's own target."""


class Hub(msgspec.Struct, frozen=True, kw_only=True):
    """A Regional Hub as the catalogue knows it. Whether it is open is a fact of its stream, not of this file."""

    code: str
    titles: Titles
    source: str
    regions: tuple[str, ...]
    opened: str | None = None
    """ISO year-month of launch or first workshop."""
    note: str = ""


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """The strategy as data. An expired catalogue blocks intake only if the programme says so."""

    version: str
    valid_from: date
    valid_to: date
    adopted: str
    source: str
    principles: tuple[Entry, ...]
    priorities: tuple[Entry, ...]
    regions: tuple[Entry, ...]
    tags: tuple[Entry, ...]
    support_types: tuple[Entry, ...]
    results: tuple[Entry, ...]
    formats: tuple[Entry, ...]
    """Kinds of activity a city can ask for: expert mission, study visit, workshop …"""
    bodies: tuple[Entry, ...]
    hubs: tuple[Hub, ...]
    donors: tuple[Entry, ...] = ()


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One eligibility check. A machine decides only a pure fact; everything else is a person's answer."""

    code: str
    titles: Titles
    decided_by: Literal["machine", "person"]
    fact: str | None = None
    """For a machine's check: the name of the pure fact (`eligibility.MACHINE_FACTS`)."""
    version: str
    source: str


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """Working days of one place. Outside `covers` a date cannot be computed and the rule that needs it refuses."""

    code: str
    version: str
    timezone: str
    weekend: tuple[int, ...]
    """Days off, Monday = 0."""
    holidays: frozenset[date]
    covers: tuple[date, date]
    source: str


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """How long a step may take: working days of the track's calendar."""

    code: str
    working_days: int
    reminder: int | None = None
    source: str


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """A way through the fund: who is needed and how long each step may take."""

    code: str
    titles: Titles
    assessors: int
    approvers: int
    clocks: dict[str, Clock]
    """draft, completion, completeness, eligibility, hub_opinion, assessment, coordination, proposal, decision, letter."""
    total_working_days: int
    """What the longest path of the clocks from submission to decision must fit into."""
    calendar: str


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of what an application may ask for."""

    max_amount: dict[str, int]
    """Currency -> minor units. The fund works in these currencies and no other."""
    max_days: int
    max_partners: int


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """One fund: everything that another network would write differently."""

    code: str
    version: str
    digest: str
    """SHA-256 over the files of the folder, lowercase hex."""
    prefix: str
    """Of references: `TSF`."""
    languages: tuple[str, ...]
    titles: Titles
    network: Titles
    office: Titles
    """Who signs: the name of the deciding office."""
    catalogue: Catalogue
    checks: tuple[Check, ...]
    tracks: dict[str, Track]
    calendars: dict[str, Calendar]
    limits: Limits
    terms: dict[str, Titles]
    """Glossary: term code -> text per language (regional_hub, management_unit, application, …)."""
    aliases: dict[str, dict[str, tuple[str, ...]]] = {}
    """Term code -> language -> other names in use. Letters and titles use the canonical term only; a search may use these."""
    letter: dict[str, Titles]
    """Wording of the letters that belongs to this fund: text code -> text per language."""
    intake_after_expiry: bool = True

    def track(self, code: str | None = None) -> Track:
        """The track of this code; the standard one without a code."""
        return self.tracks[code or STANDARD_TRACK]

    def priority(self, code: str) -> Entry | None:
        return next((p for p in self.catalogue.priorities if p.code == code), None)

    def hub_for(self, region: str | None) -> Hub | None:
        """The hub whose regions include `region`; None where there is none, or no region."""
        return next((h for h in self.catalogue.hubs if region in h.regions), None) if region else None
