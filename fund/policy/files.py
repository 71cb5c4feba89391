"""The shape of each file in a programme folder, validated strictly; `MODELS` names them all."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")]
Texts = dict[Language, Text]
Days = Annotated[int, Field(ge=1, le=250)]


class Table(BaseModel):
    """A table of a policy file: unknown keys are errors and nothing is guessed from the wrong type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Amounts = dict[Currency, Annotated[int, Field(ge=1, le=10**12)]]


class TwoApprovers(Table):
    amount: Amounts
    source: str


class Limits(Table):
    max_amount: Annotated[Amounts, Field(min_length=1)]
    max_days: Annotated[int, Field(ge=1, le=1_000)]
    max_partners: Annotated[int, Field(ge=0, le=100)]
    max_observers: Annotated[int, Field(ge=0, le=50)] = 0
    two_approvers_from: TwoApprovers | None = None
    source: str = ""


class Clock(Table):
    working_days: Days
    source: str


class Membership(Table):
    review_days: Annotated[int, Field(ge=30, le=3_660)]
    source: str
    clocks: dict[Code, Clock]


class Questions(Table):
    answer_days: Days
    reminders: list[Days] = []
    source: str


class Workload(Table):
    max_assessments: Annotated[int, Field(ge=1, le=100)]
    source: str


class ExchangePolicy(Table):
    max_age_days: Annotated[int, Field(ge=0, le=366)]
    source: str


class DraftRule(Table):
    lapse_days: Days
    source: str


class AwardRule(Table):
    accept_days: Days
    accept_reminders: list[Days] = []
    report_days: Annotated[int, Field(ge=1, le=366)]
    report_reminders: list[Days] = []
    again_days: Days
    close_days: Days
    termination_days: Days
    suspend_days: Annotated[int, Field(ge=1, le=366)]
    source: str


class ConsentRule(Table):
    asked_of: Literal["beneficiaries", "everybody"]
    source: str


class ProgrammeFile(Table):
    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    version: Code
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
    languages: Annotated[list[Language], Field(min_length=1)]
    intake_after_expiry: bool
    titles: Texts
    network: Texts
    office: Texts
    limits: Limits
    membership: Membership
    questions: Questions
    consent: ConsentRule | None = None
    drafts: DraftRule | None = None
    awards: AwardRule | None = None
    exchange: ExchangePolicy | None = None
    workload: Workload | None = None


class Entry(Table):
    code: Code
    titles: Texts
    source: str
    printed: Text | None = None
    level: Literal["output", "outcome", "impact"] | None = None


class Hub(Table):
    code: Code
    titles: Texts
    source: str
    regions: list[Code] = []
    consulted: Literal["region", "always"] = "region"
    opened: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    note: str = ""


class CatalogueFile(Table):
    version: Code
    valid_from: date
    valid_to: date
    adopted: Text
    source: str
    principles: list[Entry]
    priorities: Annotated[list[Entry], Field(min_length=1)]
    regions: list[Entry]
    tags: list[Entry]
    support_types: list[Entry]
    results: list[Entry]
    formats: Annotated[list[Entry], Field(min_length=1)]
    bodies: list[Entry]
    hubs: list[Hub]
    modalities: list[Entry] = []
    donors: list[Entry]


class Check(Table):
    code: Code
    titles: Texts
    decided_by: Literal["machine", "person", "machine_or_person"]
    fact: str | None = None
    version: str
    source: str


class ChecksFile(Table):
    checks: Annotated[list[Check], Field(min_length=1)]


class CityCap(Table):
    months: Annotated[int, Field(ge=1, le=60)]
    max_awards: Annotated[int, Field(ge=1, le=1_000)] | None = None
    max_amount: Amounts = {}
    source: str


class Appeals(Table):
    lodge_days: Annotated[int, Field(ge=1, le=366)]
    deemed_days: Annotated[int, Field(ge=1, le=90)]
    outcomes: Annotated[list[Literal["declined", "ineligible", "referred"]], Field(min_length=1)]
    source: str


class Track(Table):
    titles: Texts
    source: str
    assessors: Annotated[int, Field(ge=1, le=9)]
    judgement: Literal["judgement", "points"] = "judgement"
    approvers: Annotated[int, Field(ge=1, le=2)]
    total_working_days: Days
    calendar: Code
    fallback: Code | None = None
    max_amount: Amounts = {}
    max_days: Annotated[int, Field(ge=1, le=1_000)] | None = None
    max_hubs: Annotated[int, Field(ge=0, le=100)] | None = None
    min_cities: Annotated[int, Field(ge=2, le=100)] | None = None
    safeguards: Literal["green"] | None = None
    only_yes: bool = False
    lot_percent: Annotated[int, Field(ge=0, le=99)] = 0
    city_cap: CityCap | None = None
    appeals: Appeals | None = None
    clocks: dict[Code, Clock]


class TracksFile(RootModel[Annotated[dict[Code, Track], Field(min_length=1)]]):
    """Track code -> track."""


Score = Annotated[int, Field(ge=0, le=5)]


class Criterion(Table):
    code: Code
    weight: Annotated[int, Field(ge=1, le=100)]
    titles: Texts
    anchors: dict[Literal["0", "3", "5"], Texts]
    source: str


class RubricFile(Table):
    version: Code
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    pass_mark: Annotated[int, Field(ge=0, le=100)]
    decisive: Code
    minimum: Score
    gap_points: Annotated[int, Field(ge=1, le=100)]
    gap_score: Annotated[int, Field(ge=1, le=5)]
    ties: list[Literal["first_time", "least_served", "earlier"]]
    months: Annotated[int, Field(ge=1, le=120)]
    place_published: bool
    source: str


class SilenceRule(Table):
    means: Literal["no_objection", "agreement"]
    source: str
    reminder_days: Days | None = None


class OpinionEffect(Table):
    effect: Literal["none", "answer", "overrule"]
    source: str


class OpinionsFile(Table):
    silence: SilenceRule
    opinions: dict[Code, OpinionEffect]


class ConflictRule(Table):
    effect: Literal["disclose", "recuse"]
    paid_to_deliver: bool = False
    source: str


class ConflictsFile(Table):
    declared: dict[Code, ConflictRule]
    donor_city: ConflictRule


class DelegationRule(Table):
    roles: list[Code] = Field(min_length=1)
    longest_days: int = Field(ge=1)
    source: str


class EmergencyRule(Table):
    roles: list[Code] = Field(min_length=1)
    opened_by: list[Code] = Field(min_length=1)
    hours: int = Field(ge=1)
    source: str


class SeparationFile(Table):
    delegation: DelegationRule
    emergency: EmergencyRule


Level = Literal["green", "amber", "red", "black"]


class Trigger(Table):
    answers: list[Code] = []
    ages: list[Code] = []
    formats: list[Code] = []
    priorities: list[Code] = []
    countries: list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]] = []
    days: Annotated[int, Field(ge=1, le=1_000)] | None = None
    cities: Annotated[int, Field(ge=2, le=100)] | None = None


class SafeguardQuestion(Table):
    code: Code
    titles: Texts
    opening: bool = False
    opened_by: Trigger = Trigger()
    risky: Literal["yes", "no"]
    level: Level
    data_protection: bool = False
    source: str


class Raise(Table):
    code: Code
    level: Level
    risks: list[Code] = []
    at_least: Annotated[int, Field(ge=2, le=50)] | None = None
    source: str


class Signatures(Table):
    code: Level
    by: Annotated[list[Literal["coordinator", "officer"]], Field(min_length=1, max_length=2)]
    days: Days
    source: str


class AgeBand(Table):
    code: Code
    titles: Texts
    source: str


class SafeguardsFile(Table):
    version: Code
    records_green: bool
    valid_months: Annotated[int, Field(ge=1, le=60)]
    help_days: Days
    source: str
    ages: Annotated[list[AgeBand], Field(min_length=1)]
    questions: Annotated[list[SafeguardQuestion], Field(min_length=1, max_length=50)]
    raises: list[Raise] = []
    reminder_days: Days | None = None
    signatures: list[Signatures] = []
    screen_days: Days | None = None
    may_stop: list[Literal["hub", "central"]] = []


class Calendar(Table):
    version: Code
    timezone: Text
    weekend: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=6)]
    covers: Annotated[list[date], Field(min_length=2, max_length=2)]
    source: str
    holidays: list[date]
    countries: list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]] = []
    hubs: list[Code] = []


class CalendarsFile(RootModel[Annotated[dict[Code, Calendar], Field(min_length=1)]]):
    """Calendar code -> calendar."""


class TermsFile(Table):
    own: list[Code] = []
    terms: dict[Code, Texts]
    aliases: dict[Code, dict[Language, Annotated[list[Text], Field(min_length=1)]]] = {}


class LetterFile(RootModel[dict[Code, Texts]]):
    """Text code -> text per language."""


class SourcesFile(RootModel[dict[Text, Texts]]):
    """Source, as it stands with a rule -> text per language."""


MODELS: dict[str, type[BaseModel]] = {
    "programme.toml": ProgrammeFile,
    "catalogue.toml": CatalogueFile,
    "checks.toml": ChecksFile,
    "tracks.toml": TracksFile,
    "opinions.toml": OpinionsFile,
    "conflicts.toml": ConflictsFile,
    "separation.toml": SeparationFile,
    "safeguards.toml": SafeguardsFile,
    "calendars.toml": CalendarsFile,
    "rubric.toml": RubricFile,
    "terms.toml": TermsFile,
    "letter.toml": LetterFile,
    "sources.toml": SourcesFile,
}

OPTIONAL = frozenset({"rubric.toml", "safeguards.toml", "sources.toml"})
"""Files of what a programme may do without: a rubric is of competitive rounds, not every fund
asks about safeguards; a programme that was adopted before may tell no sources."""
