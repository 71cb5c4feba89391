# ruff: noqa: F405
"""Random lives of money: envelopes of contributions for every purpose, files that wish for them, and a notebook that finds what is wrong.

That the lives reach what they should is shown twice: every kind of entry is counted, and a rule that forgets one thing is found.
"""

from collections import Counter

import msgspec
import pytest
from hypothesis import Phase, event, settings
from hypothesis import given as given_any
from hypothesis import strategies as st

from fund.domain import award, contribution, deferral
from fund.domain import commands as c
from fund.domain import envelope as rules
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.envelope import Purpose
from fund.domain.registers import Envelope, Pot
from fund.domain.sections import Applicant
from tests.domain.test_properties import EMPTY, FILES, INVARIANTS, Life, born, notebook
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

YONDER = "city-yonder"
"""A member on the same coast, in another country."""
ABROAD: History = tuple(
    msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, country="NO"))
    if isinstance(told.event, e.CityRegistered)
    else told
    for told in city(YONDER, "Yonder", "coast", True, {})
)
TODAY = NOW.date()


def day(count: int) -> date:
    return TODAY + timedelta(days=count)


# ── What is given ─────────────────────────────────────────────────────────────

some = st.sampled_from
contributions = st.builds(
    c.ReceiveContribution,
    envelope=st.just(EMPTY),
    donor=st.just("x"),
    amount=some((500_00, 1_500_00, 3_500_00)),
    currency=st.just("EUR"),
    basis=st.just("x"),
    kind=some(("cash", "cash", "cash", "self_funded", "in_kind")),
    valuation=st.just("x"),
    city=some((LAKESIDE, LAKESIDE, HILLTOWN)),
    priorities=some(((), (), (), (), ("FLOOD",), ("FISH",), ("FLOOD", "FERRY"))),
    regions=some(((), (), (), (), ("delta",), ("delta", "coast"), ("steppe",))),
    support_types=some(((), (), (), (), ("T1",), ("T1", "T2"))),
    countries=some(((), (), (), (), ("XK",), ("XK", "NO"), ("NO",))),
    spend_from=some((None, None, None, None, day(1), day(3))),
    spend_until=some((None, None, None, None, day(3), day(6))),
)  # fmt: skip

# ── Who wishes for it ─────────────────────────────────────────────────────────


class Bid(msgspec.Struct, frozen=True):
    """A file whose coordination is closed. `waits`: it is on the waiting list, and its letter says so."""

    partners: tuple[str, ...]
    priority: str
    waits: bool
    support: str | None

    def history(self) -> History:
        return tuple(msgspec.structs.replace(told, event=self._event(told.event)) for told in (LISTED if self.waits else COORDINATED))

    def _event(self, said: e.Event) -> e.Event:
        match said:
            case e.SectionSaved(section=Applicant() as section):
                return e.SectionSaved(section=with_(section, beneficiaries=self.partners))
            case e.ApplicationSubmitted():
                cities = (LAKESIDE, *self.partners)
                return msgspec.structs.replace(said, beneficiaries=self.partners, members=cities, priorities=(self.priority, "FERRY"))
            case e.AlignmentDetermined():
                return msgspec.structs.replace(said, findings=(e.Finding(priority=self.priority, verdict="aligned", unanimous=True),))
            case e.ProposalMade():
                return msgspec.structs.replace(said, support_type=self.support)
        return said


bids = st.builds(
    Bid,
    partners=some(((), (), (HILLTOWN,), (YONDER,))),
    priority=some(("FLOOD", "FISH")),
    waits=st.booleans(),
    support=some((None, "T1", "T2")),
)

# ── What happens ──────────────────────────────────────────────────────────────


def proposals(file: str) -> list[c.Command]:
    one = c.MakeProposal(application=file, recommendation="approve", envelope=EMPTY, currency="EUR", peers=("Elm",), reason="x")
    return [
        msgspec.structs.replace(one, amount=amount, support_type=kind, recommendation=what)
        for amount, kind in ((700_00, "T1"), (2_500_00, None), (2_500_00, "T1"), (3_600_00, "T2"))
        for what in ("approve", "approve", "approve", "wait")
    ]


def steps(file: str) -> dict[Stage, list[tuple[c.Command, str]]]:
    """What a file waits for, and from whom."""
    approve = c.Approve(application=file, reasons=REASONS)
    wait = c.PutOnWaitingList(application=file, reasons=REASONS)
    return {
        Stage.PROPOSAL: [(command, OLGA) for command in proposals(file)],
        Stage.DECISION: [
            (approve, INES), (approve, IVO), (msgspec.structs.replace(approve, amount=500_00, otherwise="x"), INES),
            (msgspec.structs.replace(approve, envelope=EMPTY, otherwise="x"), IVO), (wait, INES),
            (msgspec.structs.replace(wait, otherwise="x", envelope=EMPTY), IVO), (c.ReturnProposal(application=file, reason="x"), IVO),
            (c.Decline(application=file, reasons=REASONS, what_would_change=("x",), otherwise="x"), INES),
        ],
        Stage.LETTER: [(msgspec.structs.replace(ISSUE, application=file, issued_on=TODAY), TIMER)],
        Stage.WAITING_LIST: [
            *[(c.WakeApplication(application=file), TIMER)] * 5, (c.ReconsiderApplication(application=file, reason="x"), OMAR)],
    }  # fmt: skip


STEPS = {file: steps(file) for file in FILES}
releases = st.builds(
    c.ReleaseFunds, envelope=st.just(EMPTY), application=some(FILES), amount=some((300_00, 2_500_00, 3_500_00)), reason=st.just("x")
)
reductions = st.builds(
    c.ReduceContribution,
    envelope=st.just(EMPTY), contribution=st.integers(1, 4), amount=some((1, 500_00, 3_500_00)), reason=st.just("x"),
)  # fmt: skip
Happening = tuple[c.Command | int, int]
"""What finance does, or a number for the step of a file; and on which day."""
by_finance = st.one_of(contributions, releases, reductions)
mostly_files = some([st.integers(0, 255)] * 4 + [by_finance]).flatmap(lambda what: what)
happenings = st.lists(st.tuples(mostly_files, st.integers(0, 6)), min_size=12, max_size=40)


OF_OLD = msgspec.structs.replace(PROGRAMME, awards=None)
"""Its letters offer nothing to accept: finance releases what is not used."""


def lived(first: Bid, second: Bid, given: list[c.ReceiveContribution], happened: list[Happening]) -> Life:
    life = born(*ABROAD, *first.history(), *elsewhere(second.history()))
    life.programme = OF_OLD
    for command in given:
        life.ask(command, FINN)
    for what, days in happened:
        life.ask(*(_step(life, what) if isinstance(what, int) else (what, FINN)), days)
    return life


def _step(life: Life, at: int) -> tuple[c.Command, str]:
    open_files = [file for file in FILES if life.file(file).stage in STEPS[file]] or [FILES[0]]
    file = open_files[at % len(open_files)]
    ways = STEPS[file].get(life.file(file).stage, STEPS[file][Stage.DECISION])
    return ways[at // 2 % len(ways)]


lives = st.builds(lived, bids, bids, st.lists(contributions, min_size=1, max_size=8), happenings)
within = settings(max_examples=150, deadline=None)


@given_any(lives)
@within
def test_whatever_is_given_asked_and_given_back_no_money_goes_astray(life: Life) -> None:
    for holds in INVARIANTS:
        holds(life)
    for reached in notebook(life).reached:
        event(reached)


# ── The lives reach what they should ──────────────────────────────────────────

LIMITS = ("priority", "region", "country", "support type", "city")
FIELDS = ("priorities", "regions", "countries", "support_types", "city")
ENTRIES = {
    *(f"{how} of a {limit}" for how in ("drawn", "held") for limit in (*LIMITS, "window")),
    "given cash", "given in_kind", "given self_funded", "released", "taken back", "held no more",
}  # fmt: skip
REFUSED = {
    "envelope.insufficient", "envelope.earmarked", "waiting.covered", "waiting.not_yet", "contribution.committed",
    "release.nothing_committed", "release.exceeds_commitment",
}  # fmt: skip
alike = settings(within, derandomize=True, database=None)
"""The same lives in every run."""


def test_random_money_takes_every_way() -> None:
    entries, refused = Counter[str](), Counter[str]()

    @given_any(lives)
    @settings(alike, max_examples=300)
    def count(life: Life) -> None:
        entries.update(notebook(life).reached)
        refused.update(life.refused)

    count()
    assert set(entries) >= ENTRIES, ENTRIES - set(entries)
    assert set(refused) >= REFUSED, REFUSED - set(refused)


# ── A rule that forgets is found ──────────────────────────────────────────────


def forgets(limit: str) -> tuple[object, str, object]:
    """`serves` without one of its limits."""
    serves, empty = rules.serves, getattr(e.Earmark(), limit)

    def forgetful(mark: e.Earmark, purpose: Purpose) -> bool:
        return serves(msgspec.structs.replace(mark, **{limit: empty}), purpose)

    return rules, "serves", forgetful


def all_of_it(application: str, envelope: Envelope) -> Envelope:
    """`left_for`, were nothing held back."""
    return envelope


FAULTS: dict[str, tuple[tuple[object, str, object], str]] = {
    **{f"any {limit}": (forgets(field), f"outside its {limit}") for limit, field in zip(LIMITS, FIELDS, strict=True)},
    "any day": ((rules, "is_open", lambda mark, today: True), "outside its window"),
    "in kind is money": ((Pot, "is_money", property(lambda pot: True)), "in kind is no money"),
    "all there is may be spent": ((rules, "available", lambda envelope, purpose, today: envelope.balance), "not the whole"),
    "granted though held back": ((award, "left_for", all_of_it), "overdrawn"),
    "held back twice": ((deferral, "left_for", all_of_it), "overdrawn"),
    "taken back though held back": ((contribution, "left_for", all_of_it), "overdrawn"),
    "given back to another": (
        (contribution, "_given_back", lambda held, amount: (e.Allocation(contribution=held[0].contribution, amount=amount),)),
        "gave back more",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rule_that_forgets_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planted, found = FAULTS[fault]
    monkeypatch.setattr(*planted)

    @given_any(lives)
    @settings(alike, max_examples=1500, phases=(Phase.generate,), report_multiple_bugs=False)
    def lived_with_it(life: Life) -> None:
        notebook(life)

    with pytest.raises(AssertionError, match=found):
        lived_with_it()
