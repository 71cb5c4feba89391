"""What the bundled programme decides: source, version and test of each entry. Run it to write `traceability.md` again."""

import ast
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from docs.engine_rules import RULES
from fund.domain.money import EXPONENTS
from fund.domain.programme import Appeals, Clock, Entry, Hub, Programme, SafeguardPolicy, Track
from fund.domain.rubric import Rubric
from fund.domain.rules import ENGINE
from fund.policy import load
from fund.policy.checking import texts

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "traceability.md"
TESTS = ROOT / "tests" / "policy"

HEAD = """# What is decided by data, from source to test

Written by `python -m docs.traceability` from the bundled programme, version {version}; a test fails while it is not current.
Every value in the files of the programme stands here once, but for what is only read (see *Text*). *Version* is the one that events
record with it.

*Proved by* names a test that runs the rule with this entry, on the programme as it is, and then again on programmes in which this one
entry is another: a number one more and one less, a name another, an entry gone. Each time the rule must come out differently, or the test
fails: a trace that would not notice a change is no trace. Another test fails where a value of the files has no such trace.

To run one: `.venv/bin/pytest 'FILE::TEST'`, with the file that its section names.
"""

TABLE = "| code | decides | source | version | proved by |\n|---|---|---|---|---|\n"

Place = tuple[str, ...]
"""Where a value stands in the programme: names of tables and codes of entries, down to the value."""


class Rule(NamedTuple):
    """kind: what sort of entry. key: which one. says: what it decides, in words or numbers. at: the values that it is made of."""

    kind: str
    key: str
    says: str
    source: str
    version: str
    at: tuple[Place, ...]


def rules(programme: Programme) -> tuple[Rule, ...]:
    """Everything that the programme decides, in the order of its files."""
    return (
        *_programme(programme),
        *_limits(programme),
        *_membership(programme),
        *_questions(programme),
        *_catalogue(programme),
        *_checks(programme),
        *_tracks(programme),
        *_opinions(programme),
        *_conflicts(programme),
        *_separation(programme),
        *(_safeguards(programme.safeguards) if programme.safeguards else ()),
        *(_rubric(programme.rubric) if programme.rubric else ()),
        *_calendars(programme),
        *_names(programme),
        *_texts(programme),
    )


# ── programme.toml ────────────────────────────────────────────────────────────


def _programme(programme: Programme) -> Iterator[Rule]:
    catalogue = programme.catalogue
    told = {
        "code": (programme.code, "programme.toml", ("code",)),
        "version": (programme.version, "programme.toml", ("version",)),
        "prefix": (f"references begin with {programme.prefix}", "programme.toml", ("prefix",)),
        "languages": (", ".join(programme.languages), "programme.toml", ("languages",)),
        "intake_after_expiry": (
            f"applications are {'taken' if programme.intake_after_expiry else 'refused'} after the catalogue has ended",
            "programme.toml: our proposal",
            ("intake_after_expiry",),
        ),
        "catalogue_version": (catalogue.version, catalogue.source, ("catalogue", "version")),
        "valid_from": (f"the catalogue begins on {catalogue.valid_from}", catalogue.source, ("catalogue", "valid_from")),
        "valid_to": (f"the catalogue ends on {catalogue.valid_to}", catalogue.source, ("catalogue", "valid_to")),
    }
    yield from (Rule("programme", key, said, source, programme.version, (at,)) for key, (said, source, at) in told.items())


def _limits(programme: Programme) -> Iterator[Rule]:
    limits, source = programme.limits, programme.limits.source
    for currency, amount in limits.max_amount.items():
        yield Rule(
            "limit", currency, f"at most {_money(amount, currency)}", source, programme.version, (("limits", "max_amount", currency),)
        )
    for name in ("max_days", "max_partners", "max_observers"):
        yield Rule("limit", name, f"at most {getattr(limits, name)}", source, programme.version, (("limits", name),))
    large = limits.two_approvers_from
    for currency, amount in large.amount.items() if large else ():
        at = ("limits", "two_approvers_from", "amount", currency)
        said = f"from {_money(amount, currency)} on a second person approves"
        yield Rule("two approvers", currency, said, large.source if large else "", programme.version, (at,))


def _money(amount: int, currency: str) -> str:
    """Minor units as people write them: `7,500.00 EUR`."""
    return f"{Decimal(amount).scaleb(-EXPONENTS[currency]):,} {currency}"


CONSENT = {"beneficiaries": "every other city that would benefit", "everybody": "every other city, observers included"}


def _membership(programme: Programme) -> Iterator[Rule]:
    membership = programme.membership
    yield from _clocks(programme, membership.clocks, ("membership", "clocks"), "", "membership clock")
    said = f"looked at again after {membership.review_days} days at the latest"
    yield Rule("membership", "review_days", said, membership.source, programme.version, (("membership", "review_days"),))
    if programme.consent:
        told = f"accepted before submission by {CONSENT[programme.consent.asked_of]}"
        yield Rule("consent", "asked_of", told, programme.consent.source, programme.version, (("consent", "asked_of"),))
    yield from _awards(programme)
    if programme.exchange:
        told = f"a rate at most {programme.exchange.max_age_days} days old"
        at = (("exchange", "max_age_days"),)
        yield Rule("exchange", "max_age_days", told, programme.exchange.source, programme.version, at)
    if programme.drafts:
        told = f"what is not submitted lapses {programme.drafts.lapse_days} working days after its reminder"
        yield Rule("drafts", "lapse_days", told, programme.drafts.source, programme.version, (("drafts", "lapse_days"),))
    if programme.workload:
        told = f"nobody is drawn who owes {programme.workload.max_assessments} assessments"
        at = (("workload", "max_assessments"),)
        yield Rule("workload", "max_assessments", told, programme.workload.source, programme.version, at)


def _awards(programme: Programme) -> Iterator[Rule]:
    rule = programme.awards
    if rule is None:
        return
    told = {
        "accept_days": f"accepted within {rule.accept_days} working days of the city after the letter",
        "accept_reminders": f"the city is reminded after {' and '.join(map(str, rule.accept_reminders))}",
        "report_days": f"reported on within {rule.report_days} days after the support",
        "report_reminders": f"the city is reminded {' and '.join(map(str, rule.report_reminders))} days before",
        "again_days": f"another report within {rule.again_days} working days of the city, where one went back",
        "close_days": f"closed within {rule.close_days} working days after the report",
        "termination_days": f"decided within {rule.termination_days} working days where an early end was asked for",
        "suspend_days": f"a suspension is looked at again after {rule.suspend_days} days at the latest",
    }
    yield from (Rule("award", key, said, rule.source, programme.version, (("awards", key),)) for key, said in told.items())


def _questions(programme: Programme) -> Iterator[Rule]:
    asked = programme.questions
    told = {
        "answer_days": f"answered within {asked.answer_days} working days of the city",
        "reminders": f"the city is reminded after {' and '.join(map(str, asked.reminders))}",
    }
    yield from (Rule("question", key, said, asked.source, programme.version, (("questions", key),)) for key, said in told.items())


def _clocks(programme: Programme, clocks: dict[str, Clock], at: Place, before: str, kind: str) -> Iterator[Rule]:
    for code, clock in clocks.items():
        said = f"{clock.working_days} working days"
        yield Rule(kind, before + code, said, clock.source, programme.version, ((*at, code, "working_days"),))


# ── catalogue.toml, checks.toml ───────────────────────────────────────────────

ONLY_NAMED = ("tags", "bodies")
"""Lists that only name: no rule reads them."""


def _catalogue(programme: Programme) -> Iterator[Rule]:
    catalogue = programme.catalogue
    lists = {
        "principle": "principles", "priority": "priorities", "region": "regions", "support type": "support_types", "result": "results",
        "format": "formats", "modality": "modalities", "hub": "hubs", "donor": "donors",
    }  # fmt: skip
    for kind, listed in lists.items():
        entries: tuple[Entry | Hub, ...] = getattr(catalogue, listed)
        for entry in entries:
            at = tuple(("catalogue", listed, entry.code, name) for name in ("code", *_besides(entry)))
            yield Rule(kind, entry.code, entry.titles["en"] + _told(entry), entry.source, catalogue.version, at)
    for listed in ONLY_NAMED:
        for entry in getattr(catalogue, listed):
            said = f"{entry.titles['en']}; only named, no rule reads it"
            yield Rule("only named", f"{listed}/{entry.code}", said, entry.source, catalogue.version, ())


def _besides(entry: Entry | Hub) -> tuple[str, ...]:
    """What else of it decides."""
    if isinstance(entry, Hub):
        return (*(("regions",) if entry.regions else ()), *(("consulted",) if entry.consulted != "region" else ()))
    return ("level",) if entry.level else ()


def _told(entry: Entry | Hub) -> str:
    if isinstance(entry, Hub):
        return f"; asked about cities in {', '.join(entry.regions)}" if entry.consulted == "region" else "; asked about every file"
    return f"; {entry.level}" if entry.level else ""


def _checks(programme: Programme) -> Iterator[Rule]:
    for check in programme.checks:
        names = ("code", "decided_by", "version", *(("fact",) if check.fact else ()))
        said = check.titles["en"] + (f"; {check.fact}" if check.fact else "")
        at = tuple(("checks", check.code, name) for name in names)
        yield Rule(f"check by {check.decided_by.replace('_', ' ')}", check.code, said, check.source, check.version, at)


# ── tracks.toml, opinions.toml ────────────────────────────────────────────────


def _tracks(programme: Programme) -> Iterator[Rule]:
    for code, track in programme.tracks.items():
        for name, said in _of_track(track).items():
            yield Rule("track", f"{code}/{name}", said, track.source, programme.version, (("tracks", code, name),))
        for currency, amount in track.max_amount.items():
            at = ("tracks", code, "max_amount", currency)
            said = f"at most {_money(amount, currency)} may be asked for"
            yield Rule("track value", f"{code}/{currency}", said, track.source, programme.version, (at,))
        if cap := track.city_cap:
            for name, said in {
                "months": f"awards of the last {cap.months} months count",
                "max_awards": f"at most {cap.max_awards} awards to one city",
            }.items():
                yield Rule("city cap", f"{code}/{name}", said, cap.source, programme.version, (("tracks", code, "city_cap", name),))
        if track.appeals:
            yield from _appeals(programme, code, track.appeals)
        yield from _clocks(programme, track.clocks, ("tracks", code, "clocks"), f"{code}/", "clock")


def _appeals(programme: Programme, track: str, rules: Appeals) -> Iterator[Rule]:
    told = {
        "lodge_days": f"within {rules.lodge_days} days of delivery",
        "deemed_days": f"a letter that is not opened counts as delivered after {rules.deemed_days} days",
        "outcomes": f"against: {', '.join(rules.outcomes)}",
    }
    for name, said in told.items():
        yield Rule("appeal", f"{track}/{name}", said, rules.source, programme.version, (("tracks", track, "appeals", name),))


def _of_track(track: Track) -> dict[str, str]:
    """What it says that another track would say otherwise; a bound that is not given does not bind."""
    told = {
        "assessors": f"{track.assessors} assess",
        "approvers": f"{track.approvers} approve",
        "total_working_days": f"its longest path fits into {track.total_working_days} working days",
        "calendar": f"days of the calendar {track.calendar}",
    }
    told |= {"judgement": "assessed by points, in a round"} if track.judgement == "points" else {}
    told |= {"fallback": f"what does not fit moves to {track.fallback}"} if track.fallback else {}
    told |= {"max_days": f"at most {track.max_days} days may be asked for"} if track.max_days is not None else {}
    told |= {"min_cities": f"at least {track.min_cities} cities benefit"} if track.min_cities is not None else {}
    told |= {"max_hubs": f"at most {track.max_hubs} hubs are asked"} if track.max_hubs is not None else {}
    told |= {"safeguards": f"found eligible only with safeguards {track.safeguards}"} if track.safeguards else {}
    told |= {"only_yes": "nothing is refused on it"} if track.only_yes else {}
    return told | ({"lot_percent": f"{track.lot_percent} in 100 go to {track.fallback} by lot"} if track.lot_percent else {})


EFFECTS = {
    "none": "nothing more is asked",
    "answer": "a proposal to approve answers it",
    "overrule": "answered, and a reason from who approves",
}


def _opinions(programme: Programme) -> Iterator[Rule]:
    silence = programme.consultation.silence
    for code, weight in programme.consultation.opinions.items():
        at = (("consultation", "opinions", code, "effect"),)
        yield Rule("opinion", code, EFFECTS[weight.effect], weight.source, programme.version, at)
    at = (("consultation", "silence", "means"),)
    yield Rule("silence", "means", silence.means.replace("_", " "), silence.source, programme.version, at)
    if silence.reminder_days:
        told = f"a hub is reminded {silence.reminder_days} working days before its time is over"
        at = (("consultation", "silence", "reminder_days"),)
        yield Rule("silence", "reminder_days", told, silence.source, programme.version, at)


# ── conflicts.toml ────────────────────────────────────────────────────────────

CONFLICTS = {"disclose": "what the person says is shown with it", "recuse": "the person has no part in the application"}


def _conflicts(programme: Programme) -> Iterator[Rule]:
    for code, rule in programme.conflicts.declared.items():
        at = tuple(("conflicts", "declared", code, name) for name in ("effect", "paid_to_deliver"))
        said = CONFLICTS[rule.effect] + ("; sets neither the form nor the cost of the support" if rule.paid_to_deliver else "")
        yield Rule("conflict", code, said, rule.source, programme.version, at)
    donor = programme.conflicts.donor_city
    told = {"disclose": "whoever decides is told", "recuse": "that envelope is closed to its application"}[donor.effect]
    yield Rule("donor city", "effect", told, donor.source, programme.version, (("conflicts", "donor_city", "effect"),))


# ── separation.toml ───────────────────────────────────────────────────────────


def _separation(programme: Programme) -> Iterator[Rule]:
    lent = programme.separation.delegation
    roles = ", ".join(lent.roles)
    at = ("separation", "delegation")
    yield Rule("delegation", "roles", f"{roles} may be lent", lent.source, programme.version, ((*at, "roles"),))
    days = f"a role is lent for {lent.longest_days} days running at most"
    yield Rule("delegation", "longest_days", days, lent.source, programme.version, ((*at, "longest_days"),))
    opened = programme.separation.emergency
    told = {
        "roles": f"{', '.join(opened.roles)} may be opened on one file",
        "opened_by": f"{', '.join(opened.opened_by)} opens it",
        "hours": f"emergency access lasts {opened.hours} hours at most, and is opened within as many",
    }
    for name, what in told.items():
        yield Rule("emergency", name, what, opened.source, programme.version, (("separation", "emergency", name),))


# ── safeguards.toml ───────────────────────────────────────────────────────────


def _safeguards(policy: SafeguardPolicy) -> Iterator[Rule]:
    version = policy.version
    told = {
        "version": version,
        "records_green": "a person records every level" if policy.records_green else "a form that names no risk needs no record",
        "valid_months": f"a look holds for {policy.valid_months} months",
        "help_days": f"help is due within {policy.help_days} working days",
    }
    if policy.reminder_days:
        told["reminder_days"] = f"whoever is asked is reminded {policy.reminder_days} working days before it is due"
    if policy.screen_days:
        told["screen_days"] = f"an incident, or an old look, is looked at within {policy.screen_days} working days while an award runs"
    if policy.may_stop:
        told["may_stop"] = f"a report by {' or '.join(policy.may_stop)} can stop an award at once"
    yield from (Rule("safeguards", key, said, policy.source, version, (("safeguards", key),)) for key, said in told.items())
    for age in policy.ages:
        yield Rule("age band", age.code, age.titles["en"], age.source, version, (("safeguards", "ages", age.code, "code"),))
    for one in policy.questions:
        triggers = msgspec.structs.asdict(one.opened_by)
        opened = tuple(("opened_by", name) for name, value in triggers.items() if value not in ((), None))
        names = (("code",), ("risky",), ("level",), ("opening",), ("data_protection",), *opened)
        said = f"{one.titles['en']} {one.risky.capitalize()} asks for {one.level}"
        at = tuple(("safeguards", "questions", one.code, *name) for name in names)
        yield Rule("safeguard question", one.code, said, one.source, version, at)
    for rule in policy.raises:
        names = ("code", "level", *(("risks",) if rule.risks else ()), *(("at_least",) if rule.at_least else ()))
        said = " and ".join(rule.risks) or f"{rule.at_least} risks"
        at = tuple(("safeguards", "raises", rule.code, name) for name in names)
        yield Rule("raise", rule.code, f"{said} together ask for {rule.level}", rule.source, version, at)
    for signed in policy.signatures:
        at = tuple(("safeguards", "signatures", signed.code, name) for name in ("code", "by", "days"))
        said = f"signed by {' and '.join(signed.by)} within {signed.days} working days"
        yield Rule("signature", signed.code, said, signed.source, version, at)


# ── rubric.toml, calendars.toml ───────────────────────────────────────────────


def _rubric(rubric: Rubric) -> Iterator[Rule]:
    for one in rubric.criteria:
        at = tuple(("rubric", "criteria", one.code, name) for name in ("code", "weight"))
        yield Rule("criterion", one.code, f"{one.titles['en']}: {one.weight} of 100", one.source, rubric.version, at)
    told = {
        "version": rubric.version,
        "pass_mark": f"passed from {rubric.pass_mark} points",
        "decisive": f"and from a minimum on {rubric.decisive}",
        "minimum": f"which is {rubric.minimum}",
        "gap_points": f"moderated from {rubric.gap_points} points apart",
        "gap_score": f"moderated from {rubric.gap_score} apart on one criterion",
        "ties": f"equal points are told apart by {', '.join(rubric.ties)}",
        "months": f"regions are served or not within {rubric.months} months",
        "place_published": f"the letter {'tells' if rubric.place_published else 'does not tell'} the place",
    }
    yield from (Rule("rubric", key, said, rubric.source, rubric.version, (("rubric", key),)) for key, said in told.items())


def _calendars(programme: Programme) -> Iterator[Rule]:
    for code, calendar in programme.calendars.items():
        told = {
            "version": calendar.version,
            "timezone": f"a day is a day in {calendar.timezone}",
            "weekend": f"{len(calendar.weekend)} days of the week are off",
            "covers": f"counts from {calendar.covers[0]} to {calendar.covers[1]}, and refuses beyond",
            "holidays": f"{len(calendar.holidays)} days are off besides",
        }
        told |= {"countries": f"what cities in {', '.join(calendar.countries)} are asked is due by it"} if calendar.countries else {}
        told |= {"hubs": f"what {', '.join(calendar.hubs)} is asked is due by it"} if calendar.hubs else {}
        for name, said in told.items():
            version = f"{code}/{calendar.version}"
            yield Rule("calendar", f"{code}/{name}", said, calendar.source, version, (("calendars", code, name),))


# ── terms.toml, and all that is only read ─────────────────────────────────────


def _names(programme: Programme) -> Iterator[Rule]:
    source = "terms.toml"
    yield Rule("own terms", "own", f"{len(programme.own_terms)} terms are this network’s own", source, programme.version, (("own_terms",),))
    for term, names in programme.aliases.items():
        for language, aliases in names.items():
            said, at = f"no text says {', '.join(aliases)}", (("aliases", term, language),)
            yield Rule("alias", f"{term}/{language}", said, source, programme.version, at)


READ = frozenset({"titles", "anchors", "source", "note", "printed", "opened", "adopted", "network", "office", "terms", "letter", "sources"})
"""Names of values that people read and no rule does: texts, sources, and what is printed beside an entry."""


def _texts(programme: Programme) -> Iterator[Rule]:
    where = [place.partition(" ")[0] for place, _ in texts(programme)]
    for group in dict.fromkeys(where):
        said = f"{where.count(group)} texts in {', '.join(programme.languages)}; read by people, decide nothing"
        yield Rule("text", group, said, "Our own words", programme.version, ())


# ── The document ──────────────────────────────────────────────────────────────


class Proof(NamedTuple):
    """The test of one kind of rule: in which file, and what it shows."""

    file: str
    shows: str


@cache
def proofs() -> dict[str, Proof]:
    """Each test of the traces by its name, read from the files: one that is not there cannot be named."""
    found: dict[str, Proof] = {}
    for path in sorted(TESTS.glob("test_*traces.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[node.name] = Proof(path.relative_to(ROOT).as_posix(), (ast.get_docstring(node) or "").replace("\n", " "))
    return found


def named(kind: str) -> str:
    return f"test_{kind.replace(' ', '_')}"


def case(rule: Rule) -> str:
    """The test that proves it: `test_check_by_machine[E1]`."""
    return f"{named(rule.kind)}[{rule.key}]"


def written(programme: Programme) -> str:
    told, by_name = rules(programme), proofs()
    parts = [HEAD.format(version=programme.version)]
    for kind in dict.fromkeys(rule.kind for rule in told):
        proof = by_name[named(kind)]
        head = f"## {kind[:1].upper()}{kind[1:]}\n\n{proof.shows} (`{proof.file}`)\n\n"
        parts.append(head + TABLE + "".join(_row(rule) for rule in told if rule.kind == kind))
    return "\n".join(parts) + _of_the_engine()


ENGINE_HEAD = """
## Rules of the engine

They hold in every programme, whatever its files say, and have the version of the engine. Each test fails where its rule is broken.

| code | says | source | version | proved by |
|---|---|---|---|---|
"""


def _of_the_engine() -> str:
    rows = (
        f"| `{one.code}` | {one.says} | {one.source} | {ENGINE} | {'<br>'.join(f'`{test}`' for test in one.tests)} |\n" for one in RULES
    )
    return ENGINE_HEAD + "".join(rows)


def _row(rule: Rule) -> str:
    return f"| `{rule.key}` | {rule.says} | {rule.source} | {rule.version} | `{case(rule)}` |\n"


def main() -> None:
    DOCUMENT.write_text(written(load()), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
