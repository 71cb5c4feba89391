"""What the programme, its catalogue and its checks decide: each value is traced to the rule that reads it, and none is forgotten.

How a trace proves itself is written in `tracing.py`; the table of all of them is `docs/traceability.md`.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from docs.engine_rules import RULES as ENGINE_RULES
from docs.traceability import DOCUMENT, READ, Place, case, named, proofs, written
from fund.domain import calendar, membership, reference
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.consent import asked
from fund.domain.money import Money
from fund.domain.programme import Programme
from fund.domain.rates import exchanged
from fund.domain.streams import RATES
from fund.language.telling import terms_of
from fund.policy import problems
from fund.policy.checking import texts
from fund.policy.loading import PROGRAMMES
from tests.domain import world as w
from tests.domain.world import ADA, ALI, AMINA, FILE, FINN, LAKESIDE, NILS, OLGA, PURSE, STARTED, TIMER, Outcome, did
from tests.policy.bundled import AT, CATALOGUE, CITIES, DRAFTED, aligned, counted, facts, refusal_of, saving, submitted, under
from tests.policy.tracing import PROGRAMME, PROVED, RAW, RULES, now, of, running, unnoticed

# ── The programme ─────────────────────────────────────────────────────────────


def submitting(at: datetime = AT, history: w.History = DRAFTED) -> Outcome:
    return under(history).when(c.SubmitApplication(application=FILE, seed="1"), by=AMINA, at=at)


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo("UTC"))


@of("programme")
def test_programme(key: str) -> None:
    """An application is begun in a language of the fund, bears its prefix, and is submitted under its version while the catalogue lasts."""
    last = CATALOGUE.valid_to
    match key:
        case "code":
            offer = c.ProposeProgramme(programme=w.ADOPTION, reason="x")
            (proposed,) = under(()).when(offer, by=ADA, at=AT).events
            assert isinstance(proposed, e.ProgrammeProposed)
            assert proposed.programme == PROGRAMME.code
        case "prefix":
            assert reference.parse(reference.make(now().prefix, b"12345"), PROGRAMME.prefix).startswith(f"{PROGRAMME.prefix}-")
        case "languages":
            for language in PROGRAMME.languages:
                command = c.StartApplication(application=FILE, city=LAKESIDE, language=language, reference="TSF-0000-0000")
                assert under(()).when(command, by=AMINA, at=AT).code is None
        case "intake_after_expiry":
            allowed = None if PROGRAMME.intake_after_expiry else "programme.expired"
            assert submitting(at_noon(last + timedelta(days=1))).code == allowed
        case "valid_from":
            assert not late_calendars(CATALOGUE.valid_from)
            assert late_calendars(CATALOGUE.valid_from + timedelta(days=1))
        case "valid_to":
            with running(msgspec.structs.replace(now(), intake_after_expiry=False)):
                assert [submitting(at_noon(last + timedelta(days=days))).code for days in (0, 1)] == [None, "programme.expired"]
        case _:
            events = submitting().events
            (event,) = (one for one in events if isinstance(one, e.ApplicationSubmitted))
            assert (event.policy, event.catalogue) == (PROGRAMME.version, CATALOGUE.version)


def late_calendars(first: date) -> list[str]:
    """What the check says of calendars that begin on this day."""
    calendars = {
        code: msgspec.structs.replace(one, covers=(first, one.covers[1]), holidays=frozenset()) for code, one in now().calendars.items()
    }
    return [problem for problem in problems(msgspec.structs.replace(now(), calendars=calendars)) if "the catalogue is valid" in problem]


@of("limit")
def test_limit(key: str) -> None:
    """As much may be asked for, and no more."""
    limits = PROGRAMME.limits
    cities = tuple(told for n in range(20) for told in w.city(f"city-{n}", f"Town {n}", None, True, {}))
    for more, refused in ((0, False), (1, True)):
        match key:
            case "max_days":
                section = saving(w.SUPPORT, formats=(CATALOGUE.formats[0].code,), days=limits.max_days + more)
            case "max_partners":
                section = saving(w.APPLICANT, beneficiaries=tuple(f"city-{n}" for n in range(limits.max_partners + more)))
            case "max_observers":
                section = saving(w.APPLICANT, beneficiaries=(), observers=tuple(f"city-{n}" for n in range(limits.max_observers + more)))
            case currency:
                section = saving(w.RESOURCES, currency=currency, amount=limits.max_amount[currency] + more)
        assert bool(under(STARTED + cities).when(section, by=ALI, at=AT).code) == refused


@of("two approvers")
def test_two_approvers(key: str) -> None:
    """From this amount on what one person approves waits for a second; a hair less is approved by one."""
    large = PROGRAMME.limits.two_approvers_from
    assert large
    for less, kind in ((0, e.ApprovalGiven), (1, e.Approved)):
        amount = large.amount[key] - less
        asked = msgspec.structs.replace(w.RESOURCES, amount=amount, currency=key)
        proposal = msgspec.structs.replace(w.PROPOSAL, envelope="envelope-x", amount=amount, currency=key)
        history = w.COORDINATED + w.saved(asked) + w.envelope("envelope-x", key, amount) + did(OLGA, proposal)
        outcome = under(history).when(c.Approve(application=FILE, reasons=w.REASONS), by=w.INES, at=AT)
        assert outcome.code is None
        assert isinstance(outcome.events[0], kind)


# ── Membership and money ──────────────────────────────────────────────────────


@of("membership clock")
def test_membership_clock(key: str) -> None:
    """A step of membership is due on the day that its working days give, counted one by one in the standard track's calendar."""
    calendar = PROGRAMME.calendars[PROGRAMME.track().calendar]
    due, _ = membership.due(key, facts())
    assert due.astimezone(ZoneInfo(calendar.timezone)).date() == counted(AT, PROGRAMME.membership.clocks[key].working_days, calendar)


@of("membership")
def test_membership(key: str) -> None:
    """A finding on the territory is looked at again after so many days at the latest."""
    last = facts().today + timedelta(days=getattr(PROGRAMME.membership, key))
    for day, code in ((last, None), (last + timedelta(days=1), "review.out_of_range")):
        command = c.DetermineTerritory(city=LAKESIDE, territory="meets", basis="A map", review_on=day)
        assert under(()).when(command, by=OLGA, at=AT).code == code


@of("consent")
def test_consent(key: str) -> None:
    """Every other city that would benefit accepts the text before it is submitted; one that only looks on does not."""
    watched = msgspec.structs.replace(w.APPLICANT, observers=(w.OUTPOST,))
    assert asked(under(STARTED + w.saved(watched)).file(), now()) == (w.HILLTOWN,)


@of("exchange")
def test_exchange(key: str) -> None:
    """A rate of so many days is used, and one that is a day older is not."""
    assert PROGRAMME.exchange
    oldest = facts().today - timedelta(days=getattr(PROGRAMME.exchange, key))
    for day, code in ((oldest, None), (oldest - timedelta(days=1), "rate.missing")):
        rate = e.RateRecorded(base="EUR", quote="USD", rate=11, digits=1, on=day, source="a bank")
        known = under(did(FINN, rate, on=RATES)).facts(OLGA, AT)
        assert refusal_of(partial(exchanged, Money(100_00, "EUR"), "USD", known)) == code


@of("drafts")
def test_drafts(key: str) -> None:
    """From its reminder on a city has so many working days."""
    assert PROGRAMME.drafts
    started = msgspec.structs.replace(STARTED[0], event=msgspec.structs.replace(STARTED[0].event, due=AT - timedelta(seconds=1)))
    (told,) = under((started,)).when(c.RemindDraft(application=FILE), by=TIMER, at=AT).events
    assert isinstance(told, e.DraftReminded)
    known = facts()
    assert told.due == calendar.due(AT, getattr(PROGRAMME.drafts, key), known.days_of_city(LAKESIDE, under((started,)).file()))


@of("workload")
def test_workload(key: str) -> None:
    """Who owes one assessment fewer is in the lot, and who owes so many is not."""
    assert PROGRAMME.workload
    most = getattr(PROGRAMME.workload, key)
    loaded = (e.Candidate(person=w.EVA, load=most), e.Candidate(person=w.TOM, load=most - 1))
    lot = c.DrawAssessors(application=w.FILE, candidates=loaded, as_of=1, seed="s")
    lots = [event for event in under(w.ADVISED).when(lot, by=w.TIMER, at=AT).events if isinstance(event, e.AssessorsDrawn)]
    assert [one.person for drawn in lots for one in drawn.candidates] == [w.TOM]


# ── The catalogue ─────────────────────────────────────────────────────────────


@of("principle")
def test_principle(key: str) -> None:
    """Whoever attests answers for this principle, too, and for no other than those of the catalogue."""
    commitments = tuple(e.Commitment(principle=entry.code, committed=True, deed="Council decision") for entry in CATALOGUE.principles)
    all_but_one = tuple(one for one in commitments if one.principle != key)
    for given_answers, code in ((commitments, None), (all_but_one, "attestation.principles_differ")):
        command = c.AttestPrinciples(city=LAKESIDE, office="Mayor", commitments=given_answers)
        assert under(()).when(command, by=AMINA, at=AT).code == code


@of("priority")
def test_priority(key: str) -> None:
    """A request may serve it."""
    assert under(STARTED).when(aligned(key), by=ALI, at=AT).code is None


@of("result")
def test_result(key: str) -> None:
    """An output or an outcome may be planned; an impact is never a city's own target."""
    level = next(entry.level for entry in CATALOGUE.results if entry.code == key)
    outcome = under(STARTED).when(aligned(CATALOGUE.priorities[0].code, key), by=ALI, at=AT)
    assert outcome.code == ("alignment.result_needed" if level == "impact" else None)


@of("format")
def test_format(key: str) -> None:
    """A city may ask for it."""
    assert under(STARTED).when(saving(w.SUPPORT, formats=(key,)), by=ALI, at=AT).code is None


@of("region")
def test_region(key: str) -> None:
    """A city of the register may lie in it."""
    command = c.RegisterCity(city="city-new", name_en="Elm", kind="city", country="XK", region=key, relation="member", source="list")
    assert under(()).when(command, by=ADA, at=AT).code is None


@of("hub")
def test_hub(key: str) -> None:
    """It may be opened, and is then asked about every application from each of its regions."""
    assert under(()).when(c.OpenHub(hub=f"hub-{key}", opened="2024-05", basis="launch"), by=ADA, at=AT).code is None
    hub = PROGRAMME.hub(key)
    assert hub
    for region in hub.regions:
        history = w.city("city-there", "There", region, True, {NILS: "signatory"}) + w.hub_opened(f"hub-{key}", key, *hub.regions)
        there = did(NILS, w.started("city-there")) + tuple(told for told in DRAFTED if told.event != w.started())
        (event,) = (
            one
            for one in under(history + there).when(c.SubmitApplication(application=FILE, seed="1"), by=NILS, at=AT).events
            if isinstance(one, e.ApplicationSubmitted)
        )
        assert event.hubs == (key,)


@of("support type")
def test_support_type(key: str) -> None:
    """A contribution may be earmarked for it."""
    command = c.ReceiveContribution(envelope=PURSE, donor="Guild", amount=100, currency="EUR", basis="pledge", support_types=(key,))
    assert under(()).when(command, by=FINN, at=AT).code is None


@of("modality")
def test_modality(key: str) -> None:
    """An application may be referred to it."""
    command = c.Refer(application=FILE, modality=key, turn_to="The help desk", passed_on="The request", reasons=("x",), otherwise="x")
    (told, referred) = under(w.PROPOSED).when(command, by=w.INES, at=AT).events or (None, None)
    assert isinstance(told, e.DecidedOtherwise)
    assert isinstance(referred, e.Referred)
    assert referred.modality == key


@of("donor")
def test_donor(key: str) -> None:
    """What is told of its contributions names it in each language."""
    entry = next(one for one in CATALOGUE.donors if one.code == key)
    assert {language: terms_of(now(), language)(f"donor.{key}") for language in PROGRAMME.languages} == entry.titles


@of("only named")
def test_only_named(key: str) -> None:
    """It has its name in each language; `fund policy check` misses one that is not there."""
    listed, _, code = key.partition("/")
    for language in PROGRAMME.languages:
        assert f"{listed} {code}: no text in {language}" in problems(silent(language))


# ── Checks ────────────────────────────────────────────────────────────────────


NOTHING_ON_FILE = submitted(w.STARTED, members=(), attested=(), determined=(), authorised=False, overdue=CITIES)


def recorded_by_machine(key: str, history: w.History) -> e.CheckRecorded | None:
    events = under(history).when(c.RunMachineChecks(application=FILE), by=TIMER, at=AT).events
    return next((event for event in events if isinstance(event, e.CheckRecorded) and event.check == key), None)


def recorded_by_person(key: str, history: w.History) -> e.CheckRecorded | None:
    command = c.RecordCheck(application=FILE, check=key, result="fail", evidence="Read")
    return next(iter(under(history).when(command, by=OLGA, at=AT).events), None)  # type: ignore[return-value]  # what it records first


def rule_of(key: str) -> tuple[str | None, str]:
    return next((one.fact, one.version) for one in PROGRAMME.checks if one.code == key)


@of("check by machine")
def test_check_by_machine(key: str) -> None:
    """The machine decides this fact of it, records it under the version of its rule, and leaves it to nobody else."""
    fact, version = rule_of(key)
    for history in (submitted(), NOTHING_ON_FILE):
        found = recorded_by_machine(key, history)
        assert found
        assert (found.rule, found.evidence.partition(":")[0]) == (version, fact)
        assert recorded_by_person(key, history) is None


@of("check by person")
def test_check_by_person(key: str) -> None:
    """No machine answers it, whatever is on file; a person does, under the version of its rule."""
    _, version = rule_of(key)
    assert recorded_by_machine(key, submitted()) is None
    found = recorded_by_person(key, submitted())
    assert found
    assert (found.check, found.result, found.rule) == (key, "fail", version)


@of("check by machine or person")
def test_check_by_machine_or_person(key: str) -> None:
    """The machine passes it where this fact is on file; where it is not, a person answers."""
    fact, version = rule_of(key)
    on_file, missing = submitted(), submitted(attested=(), determined=(), awarded=CITIES, giving=(LAKESIDE,))
    found = recorded_by_machine(key, on_file)
    assert found
    assert (found.result, found.rule, found.evidence) == ("pass", version, f"{fact}: True")
    assert recorded_by_machine(key, missing) is None
    answered = recorded_by_person(key, missing)
    assert answered
    assert (answered.result, answered.rule) == ("fail", version)


# ── Names and texts ───────────────────────────────────────────────────────────


@of("own terms")
def test_own_terms(key: str) -> None:
    """Each is a term of the programme: `fund policy check` misses one that is not there."""
    left = {code: titles for code, titles in now().terms.items() if code not in PROGRAMME.own_terms}
    told = problems(msgspec.structs.replace(now(), terms=left))
    assert [term for term in PROGRAMME.own_terms if f"terms: {term} is the network’s own and no term" not in told] == []


@of("alias")
def test_alias(key: str) -> None:
    """`fund policy check` finds a text that uses one of these names instead of the term."""
    term, _, language = key.partition("/")
    planted = {f"planted.{number}": {language: alias} for number, alias in enumerate(PROGRAMME.aliases[term][language])}
    told = problems(msgspec.structs.replace(now(), letter=now().letter | planted))
    for code, titles in planted.items():
        assert f"letter {code} {language}: “{titles[language]}” is not the canonical term for {term}" in told


@of("text")
def test_text(key: str) -> None:
    """Each text is there in every language of the programme: `fund policy check` misses every one that is not."""
    where = [place for place, _ in texts(PROGRAMME) if place.partition(" ")[0] == key]
    assert where
    for language in PROGRAMME.languages:
        told = set(problems(silent(language)))
        assert [place for place in where if f"{place}: no text in {language}" not in told] == []


def silent(language: str) -> Programme:
    """The programme without any text in this language."""
    return msgspec.convert(_without(msgspec.json.decode(msgspec.json.encode(now())), language), Programme)


def _without(raw: Any, language: str) -> Any:
    if isinstance(raw, dict):
        texts_of_one = set(raw) == set(PROGRAMME.languages)
        return {key: _without(value, language) for key, value in raw.items() if not (texts_of_one and key == language)}
    return [_without(one, language) for one in raw] if isinstance(raw, list) else raw


# ── Nothing is forgotten ──────────────────────────────────────────────────────

ROOTS: dict[str, Place] = {
    "programme.toml": (), "checks.toml": (), "terms.toml": (), "catalogue.toml": ("catalogue",), "tracks.toml": ("tracks",),
    "opinions.toml": ("consultation",), "calendars.toml": ("calendars",), "rubric.toml": ("rubric",), "letter.toml": ("letter",),
    "conflicts.toml": ("conflicts",), "safeguards.toml": ("safeguards",), "separation.toml": ("separation",),
    "sources.toml": ("sources",),
}  # fmt: skip
"""File -> where its tables stand in the programme."""


def values(raw: Any, place: Place) -> Iterator[Place]:
    """Where each value stands that is not only read."""
    if place and (place[-1] in READ or place[:2] in (("catalogue", "tags"), ("catalogue", "bodies"))):
        return
    if isinstance(raw, dict):
        for name, value in raw.items():
            yield from values(value, (*place, "own_terms" if (*place, name) == ("own",) else name))
    elif isinstance(raw, list) and raw and isinstance(raw[0], dict):
        for entry in raw:
            yield from values(entry, (*place, entry["code"]))
    else:
        yield place


def in_the_files() -> list[Place]:
    folder = PROGRAMMES / PROGRAMME.code
    assert {path.name for path in folder.glob("*.toml")} == set(ROOTS)
    return [place for name, root in ROOTS.items() for place in values(tomllib.loads((folder / name).read_text("utf-8")), root)]


def test_every_rule_of_the_engine_names_tests_that_there_are() -> None:
    codes = [one.code for one in ENGINE_RULES]
    assert len(codes) == len(set(codes))
    for rule in ENGINE_RULES:
        assert rule.tests, rule.code
        for test in rule.tests:
            file, _, name = test.partition("::")
            assert f"def {name}(" in (DOCUMENT.parents[1] / file).read_text("utf-8"), test


def test_every_value_of_the_files_is_traced_once() -> None:
    traced = [place for rule in RULES for place in rule.at]
    assert sorted(traced) == sorted(set(traced))
    assert sorted(set(in_the_files()) - set(traced)) == []
    assert len(traced) > 250


def test_every_rule_is_a_case_of_a_test_that_says_what_it_shows() -> None:
    """Read from the modules as pytest reads them: a function of its name, with the rule among its parameters."""
    found = {name: import_module(proof.file.removesuffix(".py").replace("/", ".")) for name, proof in proofs().items()}
    cases = {f"{name}[{key}]" for name, module in found.items() for mark in marks(module, name) for key in mark.args[1]}
    assert [case(rule) for rule in RULES if case(rule) not in cases] == []
    assert [one for one in sorted(cases) if one not in {case(rule) for rule in RULES}] == []
    assert {kind: named(kind) for kind in {rule.kind for rule in RULES}} == PROVED
    assert [rule.kind for rule in RULES if not proofs()[named(rule.kind)].shows] == []


def marks(module: ModuleType, name: str) -> list[pytest.Mark]:
    return getattr(getattr(module, name), "pytestmark", [])


def test_a_proof_that_would_not_notice_a_change_is_told() -> None:
    clock = next(rule for rule in RULES if rule.key == "standard/decision")
    assert unnoticed(lambda key: None, clock) == [
        "tracks/standard/clocks/decision/working_days = 4",
        "tracks/standard/clocks/decision/working_days = 6",
    ]
    at = RAW["tracks"]["standard"]["clocks"]["decision"]["working_days"]

    def looks(key: str) -> None:
        assert now().track().clocks["decision"].working_days == at

    assert unnoticed(looks, clock) == []


def test_a_proof_that_breaks_for_another_reason_is_a_fault_and_no_trace() -> None:
    def broken(key: str) -> None:
        raise KeyError(key)

    with pytest.raises(KeyError):
        unnoticed(broken, next(rule for rule in RULES if rule.at))


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == written(PROGRAMME), "run: python -m docs.traceability"


def test_every_entry_has_a_source_and_stands_once() -> None:
    assert [rule for rule in RULES if not rule.source.strip() or not rule.version] == []
    assert len({case(rule) for rule in RULES}) == len(RULES)
