"""What a programme decides: its catalogue, checks, tracks, clocks and terms, as plain frozen data.

`fund.policy` loads these from a programme folder. The rules of the domain read them and name no programme.
Codes are mnemonic and stable; titles are terms per language; a printed number is display only.
"""

from datetime import date
from typing import Literal

import msgspec

from fund.domain.rubric import Rubric

Titles = dict[str, str]
"""Language code -> text. Complete in every language of the programme."""


def titled(titles: Titles, language: str) -> str:
    """In this language; in English where the programme does not speak it; in its first language where it does not speak English."""
    return titles.get(language) or titles.get("en") or next(iter(titles.values()))


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
    """A hub as the catalogue knows it. Whether it is open is a fact of its stream, not of this file."""

    code: str
    titles: Titles
    source: str
    regions: tuple[str, ...] = ()
    consulted: Literal["region", "always"] = "region"
    """About applications of cities in its regions, or about every application wherever its cities lie."""
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
    modalities: tuple[Entry, ...] = ()
    """Other ways in which the network helps: where a file can be referred to."""
    donors: tuple[Entry, ...] = ()


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One eligibility check. A machine decides only a pure fact; everything else is a person's answer."""

    code: str
    titles: Titles
    decided_by: Literal["machine", "person", "machine_or_person"]
    """`machine_or_person`: by a machine where the fact is on file, else a person's answer; so a machine never fails it."""
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
    countries: tuple[str, ...] = ()
    """ISO codes: what a city there is asked is due by these days."""
    hubs: tuple[str, ...] = ()
    """Codes of hubs that work by these days."""

    @property
    def stamp(self) -> str:
        """How an event names it: `code/version`."""
        return f"{self.code}/{self.version}"


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """How long a step may take: working days of the track's calendar."""

    code: str
    working_days: int
    source: str


class CityCap(msgspec.Struct, frozen=True, kw_only=True):
    """What one city may be awarded on a track within so many months back; a joint bid counts whole for each of its cities."""

    months: int
    max_awards: int | None = None
    max_amount: dict[str, int] = {}
    """Currency -> minor units; each currency by itself."""
    source: str


class Appeals(msgspec.Struct, frozen=True, kw_only=True):
    """When a letter counts as delivered and how long a decision can be appealed against: calendar days, not working days."""

    lodge_days: int
    """After delivery."""
    deemed_days: int
    """After which a letter that was not opened counts as delivered."""
    outcomes: tuple[str, ...]
    """Of decisions that can be appealed against."""
    source: str


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """A way through the fund: who is needed, how long each step may take, and what it may carry.

    A track with a `fallback` is narrower than others: a file is on it only while it keeps within its bounds, and moves to the
    fallback, for good, when it does not (see `fund.domain.track`). A bound that is not given does not bind.
    """

    code: str
    titles: Titles
    assessors: int
    approvers: int
    judgement: Literal["judgement", "points"] = "judgement"
    """How alignment is assessed: a verdict on each priority, or points by the rubric, in a round."""
    clocks: dict[str, Clock]
    """draft, completion, completeness, eligibility, hub_opinion, assessment, coordination, proposal, decision, letter.

    By points also moderation and ranking."""
    total_working_days: int
    """What the longest path of the clocks from submission to decision must fit into."""
    calendar: str
    source: str = ""
    """Of its bounds."""
    fallback: str | None = None
    max_amount: dict[str, int] = {}
    """Currency -> minor units that may be asked for. In a currency that is not named, nothing may."""
    max_days: int | None = None
    """Expert days that may be asked for."""
    max_hubs: int | None = None
    min_cities: int | None = None
    """How many cities must benefit, the lead among them."""
    safeguards: Literal["green"] | None = None
    """The level that must be on record before a file is found eligible."""
    only_yes: bool = False
    """Nothing is refused on it: every other answer moves the file to the fallback."""
    lot_percent: int = 0
    """Of the files that would fit, how many in a hundred go to the fallback by lot, so that the two can be compared."""
    city_cap: CityCap | None = None
    appeals: Appeals | None = None
    """None: nothing can be appealed against, and no letter is deemed delivered."""


Silence = Literal["no_objection", "agreement"]
Effect = Literal["none", "answer", "overrule"]
"""What an opinion asks of those who do not follow it: nothing; an answer in the proposal; that, and a reason from who approves."""


class OpinionEffect(msgspec.Struct, frozen=True, kw_only=True):
    """The weight of one kind of opinion."""

    effect: Effect
    source: str


class SilenceRule(msgspec.Struct, frozen=True, kw_only=True):
    """What it means that a hub let its time pass. Never that it agrees to deliver."""

    means: Silence
    source: str
    reminder_days: int | None = None
    """So many working days of its own before that time is over it is reminded; None: never."""


class ConsentRule(msgspec.Struct, frozen=True, kw_only=True):
    """Which cities accept the text before a joint application is submitted: those that benefit, or the observers as well."""

    asked_of: Literal["beneficiaries", "everybody"]
    source: str


ConflictEffect = Literal["disclose", "recuse"]
"""What a conflict of interest does: what the person says is shown together with it; or the person has no part in the file at all."""


class ConflictRule(msgspec.Struct, frozen=True, kw_only=True):
    """The weight of one kind of interest. `paid_to_deliver`: whoever has it sets neither the form nor the cost of the support."""

    effect: ConflictEffect
    paid_to_deliver: bool = False
    source: str


class Conflicts(msgspec.Struct, frozen=True, kw_only=True):
    """declared: kind of interest -> its weight. donor_city: of a city that applies and gave to the envelope; `recuse` closes that
    envelope to its application."""

    declared: dict[str, ConflictRule]
    donor_city: ConflictRule


class DelegationRule(msgspec.Struct, frozen=True, kw_only=True):
    """Which roles may be lent, and for how many days running at most."""

    roles: tuple[str, ...]
    longest_days: int
    source: str


class EmergencyRule(msgspec.Struct, frozen=True, kw_only=True):
    """Which roles may be opened on one file, in which offices somebody opens them, and for how many hours; an answer may take as long."""

    roles: tuple[str, ...]
    opened_by: tuple[str, ...]
    hours: int
    source: str


class Separation(msgspec.Struct, frozen=True, kw_only=True):
    """What the programme says of acting in two names."""

    delegation: DelegationRule
    emergency: EmergencyRule


class Consultation(msgspec.Struct, frozen=True, kw_only=True):
    """What the opinions of hubs do, by kind of opinion, and what their silence means."""

    opinions: dict[str, OpinionEffect]
    silence: SilenceRule


class TwoApprovers(msgspec.Struct, frozen=True, kw_only=True):
    """From which amount a second person approves, whatever the track: currency -> minor units."""

    amount: dict[str, int]
    source: str


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of what an application may ask for."""

    max_amount: dict[str, int]
    """Currency -> minor units. The fund works in these currencies and no other."""
    max_days: int
    max_partners: int
    max_observers: int = 0
    """Cities that only take part in activities."""
    two_approvers_from: TwoApprovers | None = None
    source: str = ""

    def needs_two(self, currency: str, amount: int) -> bool:
        """Whether so much is approved by two people, whatever the track."""
        threshold = self.two_approvers_from.amount.get(currency) if self.two_approvers_from else None
        return threshold is not None and amount >= threshold


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """How a city becomes a member, in time. The calendar is that of the standard track."""

    clocks: dict[str, Clock]
    """ask: from asking to the answer. second_look: until a second person decides what one could not, or acts on what was found.
    attest_again: under a new leadership. representative: until somebody asked for is confirmed or refused."""
    review_days: int
    """Calendar days after which a determination or a suspension is looked at again at the latest."""
    source: str


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """How long a city has to answer a question about its application, and when it is reminded: working days of the city's calendar."""

    answer_days: int
    reminders: tuple[int, ...] = ()
    """After so many days, the first first."""
    source: str


class Workload(msgspec.Struct, frozen=True, kw_only=True):
    """How many assessments one person may owe at once and still be drawn for another."""

    max_assessments: int
    source: str


class AwardRule(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a city that was granted support, and of the office, after the letter.

    Working days, unless it says calendar days: the city's for its part, those of the office for its own.
    """

    accept_days: int
    """From the letter to the city's acceptance."""
    accept_reminders: tuple[int, ...] = ()
    """After so many of them, the first first."""
    report_days: int
    """Calendar days after the last day of the support; where that is over before the award must be accepted, after that day."""
    report_reminders: tuple[int, ...] = ()
    """So many calendar days before it is due, the first first."""
    again_days: int
    """For another report, where one went back."""
    close_days: int
    """From the report to the end of the award."""
    termination_days: int
    """From asking to end an award early to the decision."""
    suspend_days: int
    """Calendar days: the longest until somebody looks at a suspension again."""
    source: str


class DraftRule(msgspec.Struct, frozen=True, kw_only=True):
    """When an application lapses that nobody submits, for the first time or again."""

    lapse_days: int
    """Working days, of the city: from the reminder, which comes once the application is past due."""
    source: str


class ExchangePolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How old a recorded exchange rate may be to be used: days before the day on which something is proposed."""

    max_age_days: int
    source: str


SafeguardLevel = Literal["green", "amber", "red", "black"]


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """What opens a question: any one of these. `answers`: codes of questions that were answered with their risk, or with unknown."""

    answers: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    days: int | None = None
    """From so many days on."""
    cities: int | None = None
    """From so many cities on."""


class SafeguardQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question about what the support could bring about. Answered with `risky`, or with unknown, it asks for `level` at least."""

    code: str
    titles: Titles
    opening: bool = False
    """Asked of everybody; any other is asked where its trigger holds."""
    opened_by: Trigger = Trigger()
    risky: Literal["yes", "no"]
    level: SafeguardLevel
    data_protection: bool = False
    """Whether its risk asks for a note on data protection."""
    source: str


class Raise(msgspec.Struct, frozen=True, kw_only=True):
    """Risks that together ask for more than each of them: all that are named, or so many of any kind."""

    code: str
    level: SafeguardLevel
    risks: tuple[str, ...] = ()
    at_least: int | None = None
    source: str


Office = Literal["city", "hub", "centre"]
"""Who sees to it that a risk is lessened: the city that leads, the hub that works on its file, the central team."""

SignedBy = Literal["coordinator", "officer"]
"""The offices whose people sign: the hub that is asked about the file, and the central team."""


ReportedBy = Literal["city", "hub", "central"]


class Signatures(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs a level besides whoever recorded it, within how many working days."""

    code: SafeguardLevel
    by: tuple[SignedBy, ...]
    days: int
    source: str


class SafeguardPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked about the harm that support could do, what the answers ask for, and how long a look at them holds."""

    version: str
    ages: tuple["Entry", ...]
    """Age bands of those who take part."""
    questions: tuple[SafeguardQuestion, ...]
    raises: tuple[Raise, ...] = ()
    records_green: bool = True
    """Whether a person records a level also of a form whose answers name no risk."""
    valid_months: int
    help_days: int
    """Working days that a hub has to help with questions that the city cannot answer; then the central team answers."""
    reminder_days: int | None = None
    """So many working days before help, a signature or what lessens a risk is due, whoever was asked is reminded, by the days of those who
    owe it; None: never."""
    signatures: tuple[Signatures, ...] = ()
    """Of the levels that others sign."""
    screen_days: int | None = None
    """Working days, of the office: to look again while an award runs, after an incident or once the last look is too long ago.
    None: nobody looks again."""
    may_stop: tuple[ReportedBy, ...] = ()
    """Whose report of an incident can stop the award at once."""
    source: str

    def question(self, code: str) -> SafeguardQuestion | None:
        return next((one for one in self.questions if one.code == code), None)

    def signed(self, level: SafeguardLevel) -> Signatures | None:
        return next((one for one in self.signatures if one.code == level), None)


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """One fund: everything that another network would write differently."""

    code: str
    version: str
    digest: str
    """SHA-256 over the files of the folder, lowercase hex."""
    prefix: str
    """Of references: `ABC`."""
    languages: tuple[str, ...]
    titles: Titles
    network: Titles
    office: Titles
    """Who signs: the name of the deciding office."""
    catalogue: Catalogue
    checks: tuple[Check, ...]
    tracks: dict[str, Track]
    rubric: Rubric | None = None
    """Of the track that is judged by points; a programme without one needs none."""
    calendars: dict[str, Calendar]
    limits: Limits
    membership: Membership
    consultation: Consultation
    conflicts: Conflicts
    separation: Separation
    terms: dict[str, Titles]
    """Term code -> text per language: a glossary (`award`), words of the rules (`stage.draft`), forms for sentences (`the_hub`)."""
    own_terms: tuple[str, ...] = ()
    """Terms that are this network's own names and words of no other: they stand in its folder and nowhere else."""
    aliases: dict[str, dict[str, tuple[str, ...]]] = {}
    """Term code -> language -> other names in use. Letters and titles use the canonical term only; a search may use these."""
    letter: dict[str, Titles]
    """Wording of the letters that belongs to this fund: text code -> text per language."""
    sources: dict[str, Titles] = {}
    """Source, as it stands with a rule -> what readers are told of it, per language."""
    intake_after_expiry: bool = True
    questions: Questions
    consent: ConsentRule | None = None
    """None: the lead city alone answers for the text."""
    drafts: DraftRule | None = None
    """None: an application that nobody submits stays with its city."""
    awards: AwardRule | None = None
    """None: a file is closed with its letter, and nothing more is known of what was granted."""
    safeguards: SafeguardPolicy | None = None
    """None: nothing is asked, and an officer records a level where a track wants one."""
    exchange: ExchangePolicy | None = None
    """None: what is given is in the currency that was asked for."""
    workload: Workload | None = None
    """None: whoever owes least is drawn, however much that is."""

    def track(self, code: str | None = None) -> Track:
        """The track of this code; the standard one without a code."""
        return self.tracks[code or STANDARD_TRACK]

    @property
    def narrow_track(self) -> Track | None:
        """The one track that a file is on where it fits, and leaves for its fallback where it does not."""
        return next((track for track in self.tracks.values() if track.fallback), None)

    @property
    def points_track(self) -> Track | None:
        """The track of competitive rounds; None where the programme holds none."""
        return next((track for track in self.tracks.values() if track.judgement == "points"), None)

    def priority(self, code: str) -> Entry | None:
        return next((p for p in self.catalogue.priorities if p.code == code), None)

    def told_source(self, source: str, language: str) -> str:
        """Where a rule comes from, in this language; as it stands with the rule where nothing else is written."""
        return titled(self.sources.get(source) or {"en": source}, language)

    def calendar_of_country(self, country: str) -> Calendar | None:
        """The working days of cities there, where the programme knows them."""
        return next((days for days in self.calendars.values() if country in days.countries), None)

    def calendar_of_hub(self, code: str) -> Calendar | None:
        """The working days of a hub that has its own."""
        return next((days for days in self.calendars.values() if code in days.hubs), None)

    def hub(self, code: str) -> Hub | None:
        return next((hub for hub in self.catalogue.hubs if hub.code == code), None)

    def hubs_for(self, regions: tuple[str, ...]) -> tuple[Hub, ...]:
        """The hubs to consult about cities in these regions, and those that are always consulted; in the order of the catalogue."""
        return tuple(hub for hub in self.catalogue.hubs if hub.consulted == "always" or set(hub.regions) & set(regions))


def with_numbers(programme: Programme, numbers: dict[str, str]) -> Programme:
    """The same programme, with other printed numbers: priority code -> number."""
    priorities = tuple(msgspec.structs.replace(one, printed=numbers.get(one.code, one.printed)) for one in programme.catalogue.priorities)
    return msgspec.structs.replace(programme, catalogue=msgspec.structs.replace(programme.catalogue, priorities=priorities))
