"""What the bundled programme decides: source, version and test of each entry. Run it to write `traceability.md` again."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fund.domain.programme import Clock, Entry, Hub, Programme, Track
from fund.policy import load

DOCUMENT = Path(__file__).with_name("traceability.md")
TESTS = "tests/policy/test_traces.py"

HEAD = """# What is decided by data, from source to test

Written by `python -m docs.traceability` from the bundled programme, version {version}; a test fails while it is not current.
Every entry of the catalogue, check, clock, bound and weight stands here once. *Version* is the one that events record with it.
*Proved by* is a case of `{tests}`: it runs the rule with this entry and shows that the entry, and nothing else, decides.
To run one: `.venv/bin/pytest '{tests}::NAME'`.
"""


TABLE = "| code | decides | source | version | proved by |\n|---|---|---|---|---|\n"


class Rule(NamedTuple):
    """kind: what sort of entry. key: which one. says: what it decides, in words or numbers."""

    kind: str
    key: str
    says: str
    source: str
    version: str


def rules(programme: Programme) -> tuple[Rule, ...]:
    """Everything that the programme decides, in the order of its files."""
    return (
        *_catalogue(programme),
        *_checks(programme),
        *_tracks(programme),
        *_opinions(programme),
        *_rubric(programme),
        *_limits(programme),
        *_membership(programme),
    )


def _catalogue(programme: Programme) -> Iterator[Rule]:
    catalogue = programme.catalogue
    lists: dict[str, tuple[Entry | Hub, ...]] = {
        "principle": catalogue.principles, "priority": catalogue.priorities, "region": catalogue.regions, "tag": catalogue.tags,
        "support type": catalogue.support_types, "result": catalogue.results, "format": catalogue.formats, "body": catalogue.bodies,
        "hub": catalogue.hubs, "donor": catalogue.donors,
    }  # fmt: skip
    for kind, entries in lists.items():
        yield from (Rule(kind, entry.code, entry.titles["en"], entry.source, catalogue.version) for entry in entries)


def _checks(programme: Programme) -> Iterator[Rule]:
    for check in programme.checks:
        yield Rule(f"check by {check.decided_by.replace('_', ' ')}", check.code, check.titles["en"], check.source, check.version)


def _tracks(programme: Programme) -> Iterator[Rule]:
    for code, track in programme.tracks.items():
        yield Rule("track", code, _track(track), track.source, programme.version)
        yield from _clocks(programme, track.clocks, f"{code}/", "clock")


def _track(track: Track) -> str:
    told = [f"{track.assessors} assessors", f"{track.approvers} approvers", f"{track.total_working_days} working days in all"]
    told += [f"at most {track.max_days} days"] if track.max_days else []
    told += [f"at most {track.max_hubs} hubs"] if track.max_hubs is not None else []
    told += [f"safeguards {track.safeguards}"] if track.safeguards else []
    told += [f"only yes, else {track.fallback}"] if track.only_yes else []
    return ", ".join(told + ([f"{track.lot_percent} in 100 by lot to {track.fallback}"] if track.lot_percent else []))


def _clocks(programme: Programme, clocks: dict[str, Clock], before: str, kind: str) -> Iterator[Rule]:
    for code, clock in clocks.items():
        yield Rule(kind, before + code, f"{clock.working_days} working days", clock.source, programme.version)


def _opinions(programme: Programme) -> Iterator[Rule]:
    silence = programme.consultation.silence
    for code, weight in programme.consultation.opinions.items():
        yield Rule("opinion", code, EFFECTS[weight.effect], weight.source, programme.version)
    yield Rule("silence", "means", silence.means.replace("_", " "), silence.source, programme.version)


EFFECTS = {
    "none": "nothing more is asked",
    "answer": "a proposal to approve answers it",
    "overrule": "answered, and a reason from who approves",
}


def _rubric(programme: Programme) -> Iterator[Rule]:
    rubric = programme.rubric
    if rubric is None:
        return
    yield from (
        Rule("criterion", one.code, f"{one.titles['en']}: {one.weight} of 100", one.source, rubric.version) for one in rubric.criteria
    )
    told = {
        "pass_mark": f"passed from {rubric.pass_mark} points",
        "minimum": f"and from {rubric.minimum} on {rubric.decisive}",
        "gap_points": f"moderated from {rubric.gap_points} points apart",
        "gap_score": f"moderated from {rubric.gap_score} apart on one criterion",
    }
    yield from (Rule("threshold", key, said, rubric.source, rubric.version) for key, said in told.items())


def _limits(programme: Programme) -> Iterator[Rule]:
    limits, source = programme.limits, "programme.toml, limits"
    for currency, amount in limits.max_amount.items():
        yield Rule("limit", currency, f"at most {amount} minor units of {currency}", source, programme.version)
    for name in ("max_days", "max_partners", "max_observers"):
        yield Rule("limit", name, f"at most {getattr(limits, name)}", source, programme.version)


def _membership(programme: Programme) -> Iterator[Rule]:
    membership = programme.membership
    yield from _clocks(programme, membership.clocks, "", "membership clock")
    yield Rule("membership", "review_days", f"reviewed after {membership.review_days} days", membership.source, programme.version)
    if programme.exchange:
        told = f"a rate at most {programme.exchange.max_age_days} days old"
        yield Rule("exchange", "max_age_days", told, programme.exchange.source, programme.version)


# ── The document ──────────────────────────────────────────────────────────────


def case(rule: Rule) -> str:
    """The test that proves it: `test_check_by_machine[E1]`."""
    return f"test_{rule.kind.replace(' ', '_')}[{rule.key}]"


def written(programme: Programme) -> str:
    told = rules(programme)
    parts = [HEAD.format(version=programme.version, tests=TESTS)]
    for kind in dict.fromkeys(rule.kind for rule in told):
        parts.append(f"## {kind[:1].upper()}{kind[1:]}\n\n" + TABLE + "".join(_row(rule) for rule in told if rule.kind == kind))
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    return f"| `{rule.key}` | {rule.says} | {rule.source} | {rule.version} | `{case(rule)}` |\n"


def main() -> None:
    DOCUMENT.write_text(written(load()), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
