# ruff: noqa: F405
"""The one table, row by row: every row is tested, every refusal is tested, and every row keeps what it promises.

The generic tests take the cases that the marked tests show (`proof.passing()`) and change one thing at a time:
the stage, the role, the relation, a duty done before, a city belonged to.
"""

import ast
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path

import msgspec
import pytest

import fund.domain
from fund.domain import clock, deciding
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import AWARDED, Application, Stage
from fund.domain.deciding import allowed_actions, decide, further, in_whose_name, reads
from fund.domain.eligibility import is_for_a_machine
from fund.domain.event import Event
from fund.domain.facts import BY_FACT, GRANTABLE, Actor, Facts, On, Role
from fund.domain.refusal import Refusal
from fund.domain.screen import LEVELS
from fund.domain.streams import State, fold
from fund.domain.workflow import (
    APPEALS as APPEAL_STAGES,
)
from fund.domain.workflow import (
    APPLICATION_STEPS,
    EVERY_DUTY,
    OPEN,
    REGISTER_STEPS,
    STAGES,
    STEPS,
    WAITING,
    WORKFLOW,
    Relation,
    Step,
    is_register,
)
from tests.domain.menu import disagreements, on_a_file
from tests.domain.proof import Proof, every_outcome, every_proof, passes, passing, refuses, rows_without_a_test
from tests.domain.screening import *  # noqa: F403  # and the world in which questions are asked
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track

DOMAIN = Path(fund.domain.__file__).parent
HERE = Path(__file__).parent


def named(step: object) -> str:
    return step.command.__name__ if isinstance(step, Step) else str(step)


every_row = pytest.mark.parametrize("step", WORKFLOW, ids=named)
every_step = pytest.mark.parametrize("step", APPLICATION_STEPS, ids=named)
GUARDLESS = STEPS[c.SaveSection].guard
"""Of a row that asks nothing of the file beyond its stage."""
CONCERNED = msgspec.structs.replace(OPINION, opinion="concern")
COORDINATED_AGAINST = ELIGIBLE + did(HANA, CONCERNED) + COORDINATED[len(ADVISED) :]
"""As far as the proposal, and the hub has a concern."""
HUMAN = [step for step in APPLICATION_STEPS if step.by not in (Role.REPRESENTATIVE, Role.MACHINE)]


# ── Every row is tested ───────────────────────────────────────────────────────


def test_every_row_has_a_passing_and_a_refused_test() -> None:
    assert rows_without_a_test(WORKFLOW, every_proof()) == []


class Planted(c.Command, frozen=True, kw_only=True):
    """A command that no test knows."""

    verb, target = "plant", "application"

    application: str = FILE


def test_a_row_without_tests_is_found() -> None:
    row = msgspec.structs.replace(STEPS[c.Approve], command=Planted)
    assert rows_without_a_test((*WORKFLOW, row), every_proof()) == ["Planted: no passing test", "Planted: no refused test"]
    only_passing = Proof(Planted, None, "planted", lambda: None)
    assert rows_without_a_test((row,), (only_passing,)) == ["Planted: no refused test"]


def test_a_mark_that_says_what_its_test_does_not_show_fails() -> None:
    def approves_nothing() -> None:
        given(*PROPOSED).when(c.Approve(application=FILE, reasons=REASONS), by=OLGA).then("workflow.role_needed")

    from tests.domain import proof

    before = dict(proof.PROOFS)
    try:
        for mark in (passes(c.Approve), refuses(c.Approve, "envelope.insufficient"), refuses(c.Decline, "workflow.role_needed")):
            with pytest.raises(AssertionError, match="never saw"):
                mark(approves_nothing)()
        refuses(c.Approve, "workflow.role_needed")(approves_nothing)()
    finally:
        proof.PROOFS.clear()
        proof.PROOFS.update(before)


def test_every_command_has_one_row_and_every_row_its_own_command() -> None:
    kinds = [kind for kind in vars(c).values() if isinstance(kind, type) and issubclass(kind, c.Command) and kind is not c.Command]
    assert set(STEPS) == set(kinds)
    assert len(WORKFLOW) == len(STEPS)


# ── Every refusal is tested ───────────────────────────────────────────────────


def refusals_in(source: str) -> set[str]:
    """The codes of every `Refusal("…")` in a module. A code that is not written out cannot be found, and is refused."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal"]
    assert all(call.args and isinstance(call.args[0], ast.Constant) for call in calls), "a refusal’s code stands in its call"
    return {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}


def texts_in(source: str) -> set[str]:
    return {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@cache
def codes() -> dict[str, set[str]]:
    """Module -> the codes it raises."""
    return {path.stem: refusals_in(path.read_text("utf-8")) for path in sorted(DOMAIN.glob("*.py"))}


PLAIN = ("money", "reference", "calendar")


def never_produced(raised: Mapping[str, set[str]]) -> set[str]:
    """Codes that no scenario met. What plain functions raise (money, references, calendars) may be met in their own tests."""
    missed = {code for found in raised.values() for code in found} - {outcome.code for outcome in every_outcome()}
    return {code for code in missed if not any(code in in_own_tests(module) for module in PLAIN if code in raised.get(module, ()))}


def in_own_tests(module: str) -> set[str]:
    path = HERE / f"test_{module}.py"
    return texts_in(path.read_text("utf-8")) if path.exists() else set()


def test_every_refusal_of_the_domain_is_met_in_a_test() -> None:
    assert sum(map(len, codes().values())) > 50
    assert never_produced(codes()) == set()


def test_a_refusal_that_no_test_meets_is_found() -> None:
    assert never_produced({"planted": refusals_in('raise Refusal("quay.flooded", field="x")')}) == {"quay.flooded"}
    with pytest.raises(AssertionError, match="stands in its call"):
        refusals_in("raise Refusal(code)")


def test_a_refusal_is_called_noun_dot_reason() -> None:
    for code in set().union(*codes().values()):
        noun, dot, reason = code.partition(".")
        assert dot, code
        assert noun.isidentifier(), code
        assert reason.isidentifier(), code
        assert code == code.lower()


# ── Every row records what it says, and leads where it says ──────────────────


@every_row
def test_a_row_records_the_events_it_names_and_no_others(step: Step) -> None:
    shown = {type(one.event) for outcome in passing()[step.command] for one in outcome.recorded}
    assert shown == set(step.records)


@every_step
def test_a_step_leads_to_the_stages_it_names_and_no_others(step: Step) -> None:
    shown = {outcome.after.file().stage for outcome in passing()[step.command]}
    assert shown == set(step.leads_to)


@every_step
def test_a_step_that_moves_a_file_starts_the_clock_of_the_stage_it_enters(step: Step) -> None:
    for outcome in passing()[step.command]:
        before, after = outcome.scenario.file(), outcome.after.file()
        if after.open_clarifications:
            first = after.open_clarifications[0]
            assert (after.due, after.calendar) == (first.due, first.calendar)
        elif before.open_clarifications and after.stage is before.stage:
            assert (after.due, after.calendar) == (clock.due(after, PROGRAMME.calendars["river"]), CALENDAR)
        elif len(after.track_changes) > len(before.track_changes) and after.stage in (before.stage, Stage.ASSESSMENT):
            assert after.due == due(str(after.stage), outcome.at, "standard")
        elif after.stage in AWARDED and (after.stage is not before.stage or step.command is c.SuspendAward):
            # By days of its own: `test_offer`, `test_activity` and `test_suspension` show which.
            assert after.due
            assert (after.due > outcome.at, after.calendar) == (True, CALENDAR)
        elif after.stage is Stage.ON_HOLD or step.command is c.ResumeApplication:
            # By the day of the suspension, then by the days that were left: `test_hold` shows which.
            assert after.due
            assert (after.due > outcome.at, after.calendar) == (True, CALENDAR)
        elif step.command is c.RemindOfAward:
            # Later where the reminder came late: `test_offer` shows when.
            assert after.due
            assert before.due
            assert (after.due >= before.due, after.calendar) == (True, CALENDAR)
        elif step.command is c.RemindDraft:
            assert after.due == in_days(12, outcome.at)
        elif after.stage is before.stage:
            assert (after.due, after.calendar) == (before.due, before.calendar)
        elif after.stage is Stage.CLOSED:
            assert (after.due, after.calendar) == (None, "")
        elif after.stage in WAITING:
            # Its clock has run since the decision, so that the letter can tell the day.
            assert after.decision
            assert (after.due, after.calendar) == (after.decision.review, CALENDAR)
        else:
            started = step.clock or STAGES[after.stage].clock
            assert started
            assert after.due == due(started, outcome.at, after.track or "standard")
            assert after.calendar == CALENDAR


@every_step
def test_the_clock_of_a_row_is_the_clock_of_its_stage(step: Step) -> None:
    entered = set(step.leads_to) - set(step.at) - set(WAITING)
    if e.TrackChanged in step.records:
        entered -= {Stage.ASSESSMENT}  # open again on another track, by the clock of that
    expected = {STAGES[stage].clock for stage in entered} - {None}
    given_back = {"completion"} if step.command is c.ReturnForCompletion else expected
    # A row that leads to several stages starts the clock of the one it leads to.
    assert ({step.clock} if step.clock else set()) == (given_back if len(given_back) == 1 else set())


@every_row
def test_a_rule_looks_at_no_stream_that_the_row_does_not_rely_on(step: Step) -> None:
    for outcome in every_outcome():
        if type(outcome.command) is not step.command or outcome.code == "person.unknown":
            continue
        scenario, command = outcome.scenario, outcome.command
        facts = scenario.facts(outcome.by, outcome.at)
        watched = Watched(facts.states)
        state = scenario.state(command.stream)
        with suppress(Refusal):
            decide(state, command, msgspec.structs.replace(facts, states=watched))
        relied_on = reads(state, command, outcome.by, scenario.programme) | {command.stream}
        while more := further(command, {id: state for id, state in facts.states.items() if id in relied_on}) - relied_on:
            relied_on |= more
        assert watched.looked_at <= relied_on, (outcome.code, watched.looked_at - relied_on)


class Watched(dict[str, State]):
    """Streams by id, remembering which were looked at."""

    def __init__(self, states: Mapping[str, State]) -> None:
        super().__init__(states)
        self.looked_at: set[str] = set()

    def get(self, key: str, default: State | None = None) -> State | None:  # type: ignore[override]  # the one way facts look things up
        self.looked_at.add(key)
        return super().get(key, default)


@every_row
def test_deciding_changes_nothing_and_decides_the_same_again(step: Step) -> None:
    for outcome in passing()[step.command]:
        state = outcome.scenario.state(outcome.command.stream)
        facts = in_whose_name(state, outcome.command, outcome.scenario.facts(outcome.by, outcome.at))
        before = msgspec.json.encode(state)
        assert decide(state, outcome.command, facts) == outcome.events == decide(state, outcome.command, facts)
        assert msgspec.json.encode(state) == before


@every_row
def test_a_row_writes_on_another_stream_only_what_belongs_there(step: Step) -> None:
    others = {type(one.event) for outcome in passing()[step.command] for one in outcome.events if isinstance(one, On)}
    assert others == ELSEWHERE.get(step.command, set())


ELSEWHERE: dict[type[c.Command], set[type[Event]]] = {
    c.HandOverLead: {e.HubDaysReleased, e.HubDaysReserved},
    c.Approve: {e.FundsCommitted, e.ReservationEnded, e.AwardRecorded},
    c.ApproveWithConditions: {e.FundsCommitted, e.ReservationEnded, e.AwardRecorded},
    c.Decline: {e.ReservationEnded},
    c.Defer: {e.ReservationEnded},
    c.Refer: {e.ReservationEnded},
    c.PutOnWaitingList: {e.ReservationEnded},
    c.WakeApplication: {e.FundsReserved},
    c.DecideAppeal: {e.FundsReserved},
    c.CorrectDecision: {e.FundsReserved},
    c.SubmitApplication: {e.FileEntered},
    c.RecordScores: {e.FileScored},
    c.HoldModeration: {e.FileScored},
    c.WithdrawApplication: {e.FileLeft, e.ReservationEnded},
    c.LapseApplication: {e.FileLeft},
    c.RefuseEligibility: {e.FileLeft, e.ReservationEnded},
    c.DeclareConflict: {e.FileUnscored},
    c.BringInterest: {e.FileUnscored},
    c.ReceiveContribution: {e.CityContributed},
    c.IssueLetter: {e.HubDaysReserved},
    c.TurnDownAward: {e.FundsReleased, e.HubDaysReleased, e.CityAwardEnded},
    c.LapseAward: {e.FundsReleased, e.HubDaysReleased, e.CityAwardEnded},
    c.CloseAward: {e.FundsReleased, e.HubDaysReleased, e.CityAwardEnded},
    c.TerminateAward: {e.FundsReleased, e.HubDaysReleased, e.CityAwardEnded},
    c.HandInReport: {e.CityReportReceived},
    c.MissReport: {e.CityReportMissed},
    c.RecordTier: {e.TierInsideRecorded},
}
"""Money is committed, held back and freed, and cities told of it; a round keeps which files are in it, and what they scored."""


# ── Who, when, and with what hands ────────────────────────────────────────────


def case(step: Step) -> tuple[Application, c.Command, Facts]:
    """A case in which the step passes."""
    outcome = passing()[step.command][0]
    file = outcome.scenario.file(outcome.command.stream)
    return file, outcome.command, outcome.scenario.facts(outcome.by, outcome.at)


def code_of(file: Application, command: c.Command, facts: Facts) -> str | None:
    try:
        decide(file, command, facts)
    except Refusal as no:
        return no.code
    return None


def acting(facts: Facts, **changes: object) -> Facts:
    """The same facts, but for who asks."""
    return msgspec.structs.replace(facts, actor=msgspec.structs.replace(facts.actor, **changes))


@every_step
def test_a_step_is_refused_outside_its_stages(step: Step) -> None:
    file, command, facts = case(step)
    for stage in Stage:
        if stage not in step.at:
            never = "reference.unknown" if stage is Stage.NEW else "workflow.not_now"
            assert code_of(msgspec.structs.replace(file, stage=stage), command, facts) == never, stage


@pytest.mark.parametrize("step", [step for step in APPLICATION_STEPS if step.command is not c.StartApplication], ids=named)
def test_nothing_is_done_to_a_file_that_never_existed(step: Step) -> None:
    outcome = passing()[step.command][0]
    elsewhere = (told for told in outcome.scenario.history if told.stream != FILE)
    given(*elsewhere).when(outcome.command, outcome.by, outcome.at).then("reference.unknown", field="application")


@pytest.mark.parametrize("step", [step for step in WORKFLOW if step.by not in BY_FACT], ids=named)
def test_a_step_is_refused_to_every_other_role(step: Step) -> None:
    outcome = passing()[step.command][0]
    state, facts = outcome.scenario.state(outcome.command.stream), outcome.scenario.facts(outcome.by, outcome.at)
    held = {scope for role, scope in facts.actor.roles if role in step.roles}
    others = frozenset((str(role), scope) for role in Role if role not in step.roles for scope in held)
    for roles in (frozenset[tuple[str, str | None]](), *(frozenset({one}) for one in others), others):
        with pytest.raises(Refusal) as no:
            decide(state, outcome.command, acting(facts, roles=roles))
        assert no.value.code == "workflow.role_needed"
    for taker in step.roles:
        command = outcome.command
        if isinstance(command, c.DelegateRole):
            # What one lends is what one holds, and the other does not.
            command, state = msgspec.structs.replace(command, role=str(taker)), msgspec.structs.replace(state, roles=frozenset())
        if isinstance(command, c.AskEmergencyAccess):
            others -= {("officer", None)}  # who holds a role asks for no access in it
        decide(state, command, acting(facts, roles=others | {(str(taker), scope) for scope in held}))


@every_step
def test_a_step_is_refused_without_its_relation_to_the_file(step: Step) -> None:
    file, command, facts = case(step)
    everything = frozenset((str(role), None) for role in GRANTABLE) | {("coordinator", "south")}
    strangers = {
        Relation.REPRESENTS_CITY: ("workflow.not_your_city", Actor(id=BELA, roles=everything, cities=frozenset({LAKESIDE}))),
        Relation.REPRESENTS_PARTNER: ("workflow.not_your_city", Actor(id=AMINA, roles=everything, cities=frozenset({HILLTOWN}))),
        Relation.REPRESENTS_PARTY: ("workflow.not_your_city", Actor(id=NILS, roles=everything, cities=frozenset({LAKESIDE, HILLTOWN}))),
        Relation.IS_NEAR: ("incident.not_yours", Actor(id=NILS, roles=frozenset({("assessor", None), ("coordinator", "south")}))),
        Relation.IS_INVITED: ("workflow.not_invited", Actor(id=UMA, roles=everything)),
        Relation.IS_ASSIGNED: ("workflow.not_assigned", Actor(id=UMA, roles=everything)),
        Relation.MODERATES: ("moderator.other", Actor(id=UMA, roles=everything)),
        Relation.ASKED_THE_END: ("termination.not_yours", Actor(id=UMA, roles=everything)),
        Relation.HAS_ACCESS: ("emergency.not_yours", Actor(id=UMA, roles=everything)),
        Relation.SERVES_HUB: ("workflow.not_your_hub", Actor(id=HUGO, roles=everything - {("coordinator", None)})),
    }
    if step.relation is Relation.NONE:
        assert code_of(file, command, acting(facts, id="person-another")) is None
        return
    code, stranger = strangers[step.relation]
    assert code_of(file, command, msgspec.structs.replace(facts, actor=stranger)) == code


@every_step
@pytest.mark.parametrize("duty", [*EVERY_DUTY, "deciding", "stopping"])
def test_a_step_is_refused_after_each_duty_it_is_kept_apart_from_and_after_no_other(step: Step, duty: str) -> None:
    file, command, facts = case(step)
    touched = msgspec.structs.replace(file, hands=file.hands | {(duty, facts.actor.id)})
    assert code_of(touched, command, facts) == ("duty.not_apart" if duty in step.apart else None)


@pytest.mark.parametrize("step", HUMAN, ids=named)
@pytest.mark.parametrize("city", [LAKESIDE, HILLTOWN])
def test_nobody_acts_for_the_fund_on_a_file_of_a_city_they_belong_to(step: Step, city: str) -> None:
    outcome = passing()[step.command][0]
    assert outcome.scenario.file().cities == (LAKESIDE, HILLTOWN)
    affiliated = did(ADA, e.AffiliationRecorded(person=outcome.by, city=city), on=outcome.by)
    confirmed = did(ADA, e.RepresentativeConfirmed(person=outcome.by, capacity="focal_point", proof="x"), on=city)
    for belonging in (affiliated, confirmed):
        outcome.scenario.and_(*belonging).when(outcome.command, outcome.by, outcome.at).then("duty.own_city")
    elsewhere = did(ADA, e.AffiliationRecorded(person=outcome.by, city=OUTPOST), on=outcome.by)
    assert outcome.scenario.and_(*elsewhere).when(outcome.command, outcome.by, outcome.at).code is None


@pytest.mark.parametrize("step", HUMAN, ids=named)
def test_everything_that_is_decided_by_people_is_kept_apart_from_drafting(step: Step) -> None:
    assert "drafting" in step.apart


def test_what_ends_a_file_against_its_city_or_for_it_is_apart_from_every_duty() -> None:
    deciding = {step.command for step in APPLICATION_STEPS if any(getattr(event, "duty", None) == "deciding" for event in step.records)}
    other_answers = {c.WithholdApproval, c.Decline, c.Defer, c.Refer, c.PutOnWaitingList, c.ReturnProposal}
    early = {c.TerminateAward, c.RefuseTermination}
    assert deciding == {c.Approve, c.ApproveWithConditions, c.RefuseEligibility, *other_answers, *early}
    assert all(STEPS[command].apart == EVERY_DUTY for command in deciding - early)
    assert all(STEPS[command].apart == (*EVERY_DUTY, "stopping") for command in early)


@pytest.mark.parametrize("step", [s for s in HUMAN if s.command not in (c.AssignAssessor, c.ReleaseAssessor)], ids=named)
def test_what_a_person_does_to_a_file_leaves_the_mark_of_their_duty(step: Step) -> None:
    for outcome in passing()[step.command]:
        duties = {one.event.duty for one in outcome.recorded if isinstance(one.event, e.ApplicationEvent)} - {None}
        assert duties, "a person’s hand has a duty"
        assert all(outcome.after.file().did(outcome.by, str(duty)) for duty in duties)


def test_a_duty_done_on_behalf_of_somebody_is_theirs_too() -> None:
    one = recorded(did(OMAR, check("P1")))[0]
    on_behalf = msgspec.structs.replace(one, header=msgspec.structs.replace(one.header, on_behalf_of=OLGA))
    file = fold(FILE, [on_behalf])
    assert isinstance(file, Application)
    assert file.hands == {("checking", OMAR), ("checking", OLGA)}


# ── Every stage has an owner, a clock and a way out ───────────────────────────


def leading_out(stage: Stage) -> set[Stage]:
    """By rows that move a file: one that leads to the stages it is open in leaves it where it was."""
    moving = (step for step in APPLICATION_STEPS if stage in step.at and set(step.leads_to) != set(step.at))
    return {there for step in moving for there in step.leads_to} - {stage}


def test_every_stage_but_the_first_is_a_waiting_stage() -> None:
    assert set(STAGES) == set(Stage) - {Stage.NEW}


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage is not Stage.CLOSED])
def test_a_waiting_stage_has_a_clock_and_owners_who_can_move_it(stage: Stage) -> None:
    waiting = STAGES[stage]
    assert waiting.owners
    assert (waiting.clock in DAYS) == (stage not in (*AWARDED, Stage.ON_HOLD))
    for owner in waiting.owners:
        assert any(stage in step.at and owner in step.roles for step in WORKFLOW), owner
    assert any(stage in step.at and step.by in waiting.owners and set(step.leads_to) - {stage} for step in APPLICATION_STEPS)


@pytest.mark.parametrize("stage", list(Stage))
def test_from_every_stage_a_file_can_be_closed_and_every_stage_can_be_reached(stage: Stage) -> None:
    def reachable(start: Stage) -> set[Stage]:
        seen, todo = {start}, [start]
        while todo:
            new = leading_out(todo.pop()) - seen
            seen |= new
            todo.extend(new)
        return seen

    assert Stage.CLOSED in reachable(stage)
    assert stage in reachable(Stage.NEW)


def test_only_an_appeal_leads_out_of_a_closed_file() -> None:
    """Or an error that is named, or two people who set a refusal aside.

    Besides, its letters are opened, or count as delivered, and conflicts are still said."""
    assert leading_out(Stage.CLOSED) == {Stage.APPEAL_LODGED, Stage.CORRECTION, Stage.ELIGIBILITY}
    appeals, conflicts = (
        {c.LodgeAppeal, c.AskCorrection, c.ProposeCorrection, c.OpenLetter, c.DeemDelivered},
        {c.DeclareConflict, c.BringInterest, c.EndConflict},
    )
    overrides = {c.ProposeOverride, c.OverrideEligibility, c.DeclineOverride}
    access = {c.AskEmergencyAccess, c.OpenEmergencyAccess, c.CloseEmergencyAccess}
    assert {step.command for step in APPLICATION_STEPS if Stage.CLOSED in step.at} == appeals | conflicts | overrides | access


def test_withdrawal_is_open_as_long_as_nothing_is_decided() -> None:
    assert set(OPEN) == set(Stage) - {Stage.NEW, Stage.LETTER, Stage.CLOSED, Stage.CORRECTION, *APPEAL_STAGES, *AWARDED}
    assert STEPS[c.WithdrawApplication].at == OPEN
    assert STEPS[c.WithdrawAppeal].at == APPEAL_STAGES


@pytest.mark.parametrize("stage", list(REACHED))
def test_a_history_reaches_its_stage_and_a_waiting_file_is_due(stage: Stage) -> None:
    file = given(*REACHED[stage]).file()
    assert file.stage is stage
    assert (file.due is not None) == (stage not in (Stage.NEW, Stage.CLOSED))
    assert file.is_open == (stage not in (Stage.NEW, Stage.CLOSED))


# ── The table reads as a document ─────────────────────────────────────────────


@every_row
def test_a_row_says_what_it_is_called_and_applicants_are_told_of_every_step(step: Step) -> None:
    assert step.staff
    assert bool(step.applicant) == (step in APPLICATION_STEPS)
    assert step.verb == step.verb.lower()
    assert " " not in step.verb


def test_a_verb_means_one_command_of_its_kind_of_stream() -> None:
    kinds = [(command.target, command.verb) for command in STEPS]
    assert len(set(kinds)) == len(kinds)


@every_row
def test_a_command_is_addressed_to_the_stream_that_it_names(step: Step) -> None:
    for outcome in passing()[step.command]:
        assert outcome.command.stream == getattr(outcome.command, step.command.target)
        assert is_register(outcome.scenario.state(outcome.command.stream)) == (step in REGISTER_STEPS)


# ── What a person may do now ──────────────────────────────────────────────────

SAMPLES: list[History] = [
    *REACHED.values(), UNDER_WAY + did(AMINA, RELINQUISHED),
    STARTED, DRAFTED, COMPLETE_WITHOUT_HUB, MACHINE_CHECKED, CHECKED, ELIGIBLE, ADVISED, HALF_ASSESSED,
    ELIGIBLE + did(TIMER, DEEMED), proposed(conditions=(CONDITION,)), SUBMITTED + did(OLGA, RETURNED),
    COMPLETE + did(OLGA, check("P1", "fail")), ASSIGNED + did(OLGA, released(EVA)), HALF_ASSESSED + did(OLGA, released(TOM)),
    ASSIGNED + did(ADA, e.AffiliationRecorded(person=EVA, city=LAKESIDE), on=EVA), proposed(recommendation="decline", envelope=None),
    RACE, RACE_TO_SCORE, HALF_SCORED, IN_MODERATION, SCORED, TO_RANK, LINED, TO_PROPOSE, RACE_PROPOSED, REFUSAL_PROPOSED,
    OPENED + in_the_round(ELIGIBLE), IN_MODERATION + did(OLGA, e.ModeratorAssigned(moderator=UMA, reason="x")),
    IN_MODERATION + did(OLGA, e.ModeratorAssigned(moderator=UMA, reason="x", due=due("moderation"), calendar=CALENDAR))
    + did(ADA, e.AbsenceRecorded(person=UMA, first=NOW.date(), last=due("moderation").date()), on=UMA),
    IN_MODERATION + did(OLGA, e.ModeratorAssigned(moderator=UMA, reason="x"))
    + did(TIMER, e.ModeratorLapsed(moderator=UMA, missing="silent", due=due("moderation"))),
    IN_MODERATION + did(ADA, e.RoleGranted(person=OMAR, role="coordinator", scope="north"), on=OMAR),
    ASKED_BOTH + did(HANA, e.CentralHelpAsked(hub="north", reason="x")), SOUTH_IS_OPEN + COMPLETE,
    COMPLETE + did(ADA, e.HubSuspended(hub="north", reason="x"), on=NORTH),
    UNANSWERED, TO_BE_REMINDED, UNANSWERED_BY_BOTH, UNANSWERED_BY_BOTH + did(HANA, OPINION) + did(HUGO, OF_SOUTH),
    COORDINATED_AGAINST, COORDINATED_AGAINST + did(OLGA, PROPOSAL),
    DRAFTED + did(ALI, e.Withdrawn(city=LAKESIDE, reason="x", due=NOW, calendar="")),
    DRAFTED + did(TIMER, e.DraftReminded(due=NOW - timedelta(days=1), calendar=CALENDAR)),
    COORDINATED + did(OLGA, msgspec.structs.replace(PUT_ASIDE, due=NOW - timedelta(days=1))),
    WAITING_FOR_AN_EVENT, LISTED + FILLED, TAKEN_UP, HALF_APPROVED, NOT_ALIGNED,
    COORDINATED + did(OLGA, msgspec.structs.replace(LARGE, conditions=(CONDITION,)))
    + did(INES, msgspec.structs.replace(FIRST_APPROVAL, conditions=(CONDITION,))),
    SUBMITTED + did(TIMER, e.ShortageAnnounced(duties=("deciding",))),
    *(one + did(ADA, e.HubClosed(hub="north", basis="x"), on=NORTH) for one in (COORDINATED, PROPOSED, OFFERED, UNDER_WAY)),
    *(one + did(ADA, e.HubClosed(hub="north", basis="x"), on=NORTH) for one in (REPORTED, HALTED)),
    UNANSWERED_BY_BOTH + did(HANA, OPINION) + did(HUGO, OF_SOUTH) + did(OLGA, COORDINATION, PROPOSAL) + OFFERED[len(PROPOSED) :]
    + did(ADA, e.HubClosed(hub="north", basis="x"), on=NORTH),
    DRAFTED + did(ADA, e.RepresentativeConfirmed(person=UMA, capacity="focal_point", proof="x"), on=HILLTOWN),
]  # fmt: skip
SAMPLES += [
    *SMALL_REACHED.values(),
    SMALL_CHECKED,
    SMALL_CLOSED,
    SMALL_COMPLETE + did(OLGA, check("P1", "fail"), left("check", "eligibility")),
]
INVITED = e.ExpertProposed(person=FINN, part="expert", city=None, city_name="", purpose="x", due=due("expert"), calendar=CALENDAR)
SAMPLES = [
    *(POOL + history for history in SAMPLES),
    POOL + COORDINATED + did(OLGA, INVITED),
    POOL + COORDINATED + did(OLGA, INVITED) + did(FINN, e.ExpertAccepted(person=FINN)),
]
QUESTION = e.ClarificationRequested(
    number=1, question="x", due=due("completion"), calendar=CALENDAR, reminders=(due("completeness"), due("eligibility"))
)
SECOND = msgspec.structs.replace(QUESTION, number=2)
ANSWERED = e.ClarificationAnswered(number=1, answer="x", due=due("eligibility"), calendar=CALENDAR)
SAMPLES += [
    COMPLETE + did(OLGA, QUESTION),
    ASSIGNED + did(OLGA, QUESTION, SECOND) + did(ALI, msgspec.structs.replace(ANSWERED, due=None, calendar="")),
    POOL + PROPOSED + did(OLGA, QUESTION) + did(ALI, ANSWERED),
    (*COMPLETE, Told(FILE, OLGA, QUESTION, NOW - timedelta(days=3)), *did(OLGA, SECOND)),
    COMPLETE + did(OLGA, msgspec.structs.replace(QUESTION, due=NOW + timedelta(hours=1), reminders=(NOW - timedelta(hours=1),))),
    COMPLETE + did(OLGA, msgspec.structs.replace(QUESTION, due=NOW - timedelta(hours=1), reminders=())),
]
ACCESS_ASKED = e.EmergencyAccessAsked(number=1, person=FINN, role="officer", answer_by=NOW + timedelta(hours=10), reason="x")
ACCESS_OPENED = e.EmergencyAccessOpened(number=1, person=FINN, role="officer", open_until=NOW + timedelta(hours=10))
ASIDE = e.OverrideProposed(checks=("P1",), reasons=("x",), due=due("decision"), calendar=CALENDAR)
SAMPLES += [
    REFUSED,
    REFUSED + did(AMINA, e.LetterOpened(letter=1, city=LAKESIDE, appeal_until=NOW, calendar=CALENDAR)),
    TURNED_DOWN, LATE, POOL + OVERTURNED, POOL + DECIDED_AGAIN, POOL + DECIDED_AGAIN + did(OLGA, PROPOSAL),
    RACE_HEARD + did(IVO, e.LineDrawn(places=0, reasons=("x",)), on=ROUND),
    TURNED_DOWN + did(AMINA, LODGED) + did(IVO, ADMITTED),
    TURNED_DOWN + did(IVO, ASIDE),
    REFUSAL_READ, TO_CORRECT, TO_CORRECT + did(IVO, LEFT_AS_IT_WAS), CHECK_NAMED,
    POOL + TO_CORRECT + did(IVO, CORRECTED), RACE_REFUSED + did(AMINA, READ_BY_LAKESIDE, ERROR_NAMED),
    COMPLETE + did(FINN, ACCESS_ASKED), COMPLETE + did(FINN, ACCESS_ASKED) + did(INES, ACCESS_OPENED),
    ASSIGNED + did(INES, msgspec.structs.replace(ACCESS_ASKED, person=INES)),
]  # fmt: skip
OF_OLGA = e.ConflictDeclared(
    number=1, person=OLGA, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None,
    tainted=(e.TaintedAct(version=14, event=e.CheckRecorded.name, then="look_again"),),
)  # fmt: skip
KNOWN = e.InterestDeclared(
    person=OMAR, number=1, interest="family", effect="recuse", paid_to_deliver=False, city=LAKESIDE, hub=None, about="x"
)
SAMPLES += [
    POOL + PROPOSED + did(OLGA, OF_OLGA),
    ADVISED + did(OLGA, e.AssessorAssigned(assessor=EVA, due=due("assessment"), calendar=CALENDAR)),
    COMPLETE + did(OMAR, e.SafeguardsRecorded(level="green", reason="x")) + did(OMAR, KNOWN, on=OMAR),
]
SOON_DUE = (
    *UNDER_WAY[:-1],
    Told(FILE, AMINA, msgspec.structs.replace(TAKEN_ON, due=NOW + timedelta(days=2), reminders=(NOW - timedelta(1),))),
)
SAMPLES += [POOL + history for history in (
    conditional(UNDER_WAY), conditional(REPORTED), REPORTED + did(OLGA, STOPPED), HALTED + did(OLGA, END_ASKED),
    UNDER_WAY + did(TIMER, e.AwardReminded(awaited="report", reminder=2, due=REPORT_BY, calendar=CALENDAR)),
    UNDER_WAY + did(TIMER, e.ReportMissed(due=REPORT_BY)), UNDER_WAY + did(IVO, END_ASKED),
    OFFERED + did(TIMER, e.AwardReminded(awaited="acceptance", reminder=2, due=ACCEPT_BY, calendar=CALENDAR)),
    SOON_DUE, SOON_DUE + did(TIMER, e.AwardReminded(awaited="report", reminder=1, due=NOW + timedelta(days=2), calendar=CALENDAR)),
)]  # fmt: skip
TELLING = c.ReportIncident(application=FILE, happened_on=NOW.date(), account="x")
SCREENED: list[Scenario] = [
    *(screening(POOL + history) for history in (AGREED, CHECKED)),
    screening(DRAFTED, form(GUARDS="yes")),
    *(recorded_as(GREEN, POOL + history) for history in (CHECKED, PROPOSED)),
    *(recorded_as(AMBER, POOL + history) for history in (CHECKED, COORDINATED, PROPOSED)),
    *(recorded_as(RED, POOL + history) for history in (CHECKED, PROPOSED)),
    *(recorded_as(BLACK, POOL + history) for history in (CHECKED, COORDINATED, PROPOSED)),
    screening(SUBMITTED, UNSURE).when(c.ConfirmCompleteness(application=FILE), by=OLGA).after,
    screening(COMPLETE, UNSURE).and_(
        *did(OLGA, check("P1", "fail"), e.SafeguardHelpAsked(hub=None, questions=("NAMES",), due=due("expert"), calendar=CALENDAR))
    ),
    *(to_sign(POOL + history) for history in (CHECKED, SUBMITTED, PROPOSED)),
    to_be_reminded(POOL + CHECKED),
    *(screening(POOL + history) for history in (UNDER_WAY, REPORTED, HALTED)),
    *(
        screening(POOL + history).under(safeguards=SIGNED).when(TELLING, by=HANA).after.when(looking, by=OLGA).after
        for history in (UNDER_WAY, TO_TERMINATE)
        for looking in (c.ScreenAward(application=FILE, level=level, reason="x", mitigations=(MITIGATION,)) for level in LEVELS)
    ),
    screening(POOL + UNDER_WAY).when(msgspec.structs.replace(TELLING, stop=True), by=OMAR).after,
    screening(POOL + REPORTED).when(TELLING, by=ALI).after,
    screening(POOL + UNDER_WAY).and_(*did(OLGA, e.SafeguardsRecorded(level="green", reason="x", questions="1", valid_until=NOW))),
    *(lessening(POOL + history) for history in (OFFERED, UNDER_WAY, REPORTED, HALTED)),
    lessening(POOL + UNDER_WAY, REMINDED_NOW),
]
"""Files of a fund that asks what harm a support could do."""
CHOICES = on_a_file(FILE, PURSE, (EVA, TOM, UMA))
LATER = NOW + timedelta(days=30)


@pytest.mark.parametrize("at", range(len(SAMPLES) + len(SCREENED)))
def test_an_offered_step_can_be_taken_and_a_step_that_is_not_offered_cannot(at: int) -> None:
    for file, facts in situations()[at]:
        found = disagreements(file, facts, CHOICES)
        # A file that does not exist is started, not acted upon: no button stands on it.
        starts = file.stage is Stage.NEW and facts.actor.id in (AMINA, ALI)
        assert found == (["StartApplication not offered"] if starts else []), (facts.actor.id, facts.now)


@cache
def situations() -> tuple[tuple[tuple[Application, Facts], ...], ...]:
    """Of each sample its file, as everybody sees it now and later."""
    return tuple(
        tuple((scenario.file(), scenario.facts(person, now)) for person in EVERYBODY for now in (NOW, LATER))
        for scenario in (*(given(*history) for history in SAMPLES), *SCREENED)
    )


@cache
def offered_in_the_samples() -> frozenset[type[c.Command]]:
    return frozenset(step.command for sample in situations() for file, facts in sample for step in allowed_actions(file, facts))


@every_step
def test_every_step_but_the_start_is_offered_to_somebody_in_the_samples(step: Step) -> None:
    """The test above is worth nothing for a step that nobody is ever offered."""
    assert (step.command in offered_in_the_samples()) == (step.command is not c.StartApplication)


GUARDED = [step for step in APPLICATION_STEPS if step.guard is not GUARDLESS]


@pytest.mark.parametrize("step", GUARDED, ids=named)
def test_a_guard_that_only_one_side_asks_is_found(step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its guard the table offers, in some sample, what deciding refuses."""
    monkeypatch.setattr(deciding, "APPLICATION_STEPS", (msgspec.structs.replace(step, guard=GUARDLESS),))
    asked = [command for command in CHOICES if isinstance(command, step.command)]
    found = (disagreements(file, facts, asked) for sample in situations() for file, facts in sample)
    assert any(line.startswith(f"{step.command.__name__} offered") for lines in found for line in lines)


@pytest.mark.parametrize("step", APPLICATION_STEPS, ids=named)
def test_what_a_guard_refuses_decide_refuses_with_the_same_words(step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    def flooded(file: Application, facts: Facts) -> None:
        raise Refusal("quay.flooded")

    planted = msgspec.structs.replace(step, guard=flooded)
    monkeypatch.setitem(STEPS, step.command, planted)
    monkeypatch.setattr(deciding, "APPLICATION_STEPS", (planted,))
    file, command, facts = case(step)
    assert code_of(file, command, facts) == "quay.flooded"
    assert allowed_actions(file, facts) == ()


def test_an_envelope_that_ran_dry_is_told_to_the_approver_who_tries() -> None:
    """Approval stays on offer: it is the amounts in the refusal that say what to do."""
    spent = did(INES, e.FundsCommitted(application=OTHER_FILE, amount=8_000_00, currency="EUR"), on=PURSE)
    scenario = given(*PROPOSED, *spent)
    offered = {step.command for step in allowed_actions(scenario.file(), scenario.facts(INES))}
    assert offered == {*DECISIONS, *AT_ANY_TIME}
    scenario.when(c.Approve(application=FILE, reasons=REASONS), by=INES).then("envelope.insufficient")


AT_ANY_TIME: set[type[c.Command]] = {c.DeclareConflict, c.AskEmergencyAccess}
DECISIONS: set[type[c.Command]] = {
    c.Approve, c.ApproveWithConditions, c.Decline, c.Defer, c.Refer, c.PutOnWaitingList, c.ReturnProposal, c.RequestClarification,
}  # fmt: skip
GRANTS = {c.Approve, c.ApproveWithConditions, c.PutOnWaitingList}
HUB_AWAITED: set[type[c.Command]] = {c.ReleaseHub, c.TakeOverOpinion}
"""While a hub is awaited."""
AT_ANY_STEP: set[type[c.Command]] = {c.RequestClarification, c.RecordSafeguards, c.SuspendApplication}
"""To an officer, from submission to decision."""
OFFERED: dict[str, tuple[History, str, set[type[c.Command]]]] = {
    "an incomplete draft is not submitted": (STARTED, AMINA, {c.SaveSection, c.WithdrawApplication}),
    "a focal point does not submit": (DRAFTED, ALI, {c.SaveSection, c.WithdrawApplication}),
    "a partner city has not accepted yet": (DRAFTED, AMINA, {c.SaveSection, c.WithdrawApplication}),
    "a partner’s signatory accepts or leaves": (DRAFTED, BELA, {c.AcceptText, c.LeaveApplication}),
    "an officer has the paper": (DRAFTED, OLGA, {c.RecordAcceptance}),
    "a text is accepted once": (AGREED, BELA, {c.LeaveApplication}),
    "a signatory submits a complete draft": (AGREED, AMINA, {c.SaveSection, c.SubmitApplication, c.WithdrawApplication}),
    "machine checks run once": (MACHINE_CHECKED, TIMER, set()),
    "open checks are recorded first": (MACHINE_CHECKED, OLGA, {c.RecordCheck, *AT_ANY_STEP, *HUB_AWAITED}),
    "a checked file is found eligible": (
        CHECKED,
        OLGA,
        {c.RecordCheck, c.ConfirmEligibility, *AT_ANY_STEP, *HUB_AWAITED},
    ),
    "a failed check is for a second officer": (
        CHECKED + did(OLGA, check("P1", "fail")),
        OMAR,
        {c.RecordCheck, c.RefuseEligibility, *AT_ANY_STEP, *HUB_AWAITED},
    ),
    "an opinion is given once": (ADVISED, HANA, set()),
    "two assessors are enough": (ASSIGNED, OLGA, {c.ReleaseAssessor, *AT_ANY_STEP}),
    "nobody to release": (ADVISED, OLGA, {c.AssignAssessor, c.DrawAssessors, *AT_ANY_STEP}),
    "one released": (
        HALF_ASSESSED + did(OLGA, released(TOM)),
        OLGA,
        {c.AssignAssessor, c.DrawAssessors, *AT_ANY_STEP},
    ),
    "an assessor assesses once": (HALF_ASSESSED, EVA, set()),
    "the other assessor assesses": (HALF_ASSESSED, TOM, {c.RecordAssessment}),
    "an approver may decide otherwise than proposed": (proposed(recommendation="decline"), INES, DECISIONS),
    "what serves no priority is not granted": (NOT_ALIGNED, INES, DECISIONS - GRANTS),
    "nobody approves twice": (HALF_APPROVED, INES, DECISIONS - {c.Approve, c.ApproveWithConditions}),
    "the second confirms without conditions": (HALF_APPROVED, IVO, DECISIONS - {c.ApproveWithConditions}),
    "nothing is awaited but a day": (DEFERRED, OLGA, {c.ReconsiderApplication, c.ProposeExpert}),
    "an event is awaited": (WAITING_FOR_AN_EVENT, OLGA, {c.RecordAwaitedEvent, c.ReconsiderApplication, c.ProposeExpert}),
    "no money yet": (LISTED, TIMER, set()),
    "money is there": (LISTED + FILLED, TIMER, {c.WakeApplication}),
    "a small file is checked and its safeguards looked at": (
        SMALL_CHECKED,
        OLGA,
        {c.RecordCheck, *AT_ANY_STEP, c.ChangeTrack, *HUB_AWAITED},
    ),
    "safeguards are green": (
        SMALL_SAFE,
        OLGA,
        {c.RecordCheck, *AT_ANY_STEP, c.ChangeTrack, c.ConfirmEligibility, *HUB_AWAITED},
    ),
    "nothing is declined on the small track": (
        SMALL_PROPOSED,
        INES,
        {c.Approve, c.ApproveWithConditions, c.WithholdApproval, c.ReturnProposal, c.RequestClarification},
    ),
    "coordination waits for the hub": (UNANSWERED, OLGA, {*AT_ANY_STEP, c.ProposeExpert, *HUB_AWAITED}),
    "a closed file": (CLOSED, AMINA, {c.OpenLetter}),
    "a letter that was opened": (
        CLOSED + did(AMINA, e.LetterOpened(letter=1, city=LAKESIDE, appeal_until=None, calendar="")),
        AMINA,
        set(),
    ),
    "whoever appealed withdraws the appeal": (HEARD, ALI, {c.OpenLetter, c.WithdrawAppeal}),
    "another city does not": (HEARD, BELA, {c.OpenLetter}),
    "a refusal": (REFUSED, AMINA, {c.OpenLetter, c.LodgeAppeal}),
    "a refusal that was read": (REFUSAL_READ, AMINA, {c.LodgeAppeal, c.AskCorrection}),
    "a refusal in which its officer finds an error": (REFUSED, OLGA, {c.ProposeCorrection}),
    "an error is looked at by others": (TO_CORRECT, IVO, {c.CorrectDecision, c.RefuseCorrection}),
    "whoever decided hears no appeal": (HEARD, INES, set()),
    "an appeal is heard by others": (HEARD, IVO, {c.DecideAppeal}),
    "an appeal that is late": (LATE, OMAR, {c.TurnAwayAppeal}),
    "an award is offered to the signatory": (OFFERED, AMINA, {c.AcceptAward, c.TurnDownAward, c.OpenLetter}),
    "and to nobody else": (OFFERED, ALI, {c.OpenLetter}),
    "its signatory reports, or gives the award up": (UNDER_WAY, AMINA, {c.HandInReport, c.RelinquishAward, c.OpenLetter}),
    "what was given up is settled": (UNDER_WAY + did(AMINA, RELINQUISHED), INES, {c.TerminateAward}),
    "the city reports": (UNDER_WAY, ALI, {c.HandInReport, c.OpenLetter}),
    "support is under way": (UNDER_WAY, OLGA, {c.RecordActivity, c.SuspendAward, c.AskTermination, c.ProposeExpert}),
    "a condition is open": (
        conditional(UNDER_WAY),
        OLGA,
        {c.RecordActivity, c.RecordConditionMet, c.SuspendAward, c.AskTermination, c.ProposeExpert},
    ),
    "a report is read": (REPORTED, OLGA, {c.RecordActivity, c.ReturnReport, c.CloseAward, c.SuspendAward, c.AskTermination}),
    "an open condition keeps the award open": (
        conditional(REPORTED),
        OLGA,
        {c.RecordActivity, c.RecordConditionMet, c.ReturnReport, c.SuspendAward, c.AskTermination},
    ),
    "suspended before a decision": (ON_HOLD, OMAR, {c.ResumeApplication}),
    "and its city may still leave": (ON_HOLD, AMINA, {c.WithdrawApplication}),
    "suspended": (HALTED, INES, {c.SuspendAward, c.ResumeAward, c.AskTermination}),
    "an approver decides whether it ends early": (TO_TERMINATE, INES, {c.TerminateAward, c.RefuseTermination}),
    "and not who asked, who may take it back": (UNDER_WAY + did(IVO, END_ASKED), IVO, {c.WithdrawTermination}),
}


@pytest.mark.parametrize("why", OFFERED)
def test_exactly_these_steps_are_offered(why: str) -> None:
    history, person, expected = OFFERED[why]
    scenario = given(*history)
    offered = {step.command for step in allowed_actions(scenario.file(), scenario.facts(person))}
    assert offered - AT_ANY_TIME - {c.AnnounceShortage} == expected


def test_a_stranger_learns_nothing_but_that_they_may_not() -> None:
    for history in SAMPLES[1:]:
        scenario = given(*history)
        states, facts = scenario.states(), scenario.facts(AUDE)
        for step in APPLICATION_STEPS:
            command = passing()[step.command][0].command
            with pytest.raises(Refusal) as no:
                decide(states[command.stream], command, facts)
            code = no.value.code
            assert code in ("workflow.role_needed", "workflow.not_your_city", "workflow.not_invited", "incident.not_yours"), (
                step.verb,
                code,
            )


# ── The histories of these tests are true ─────────────────────────────────────

PATH: tuple[tuple[c.Command, str], ...] = (
    (c.StartApplication(application=FILE, reference="RTA-0000-0000", city=LAKESIDE, language="fr"), AMINA),
    *((c.SaveSection(application=FILE, section=section), ALI) for section in FORM),
    (c.AcceptText(application=FILE, city=HILLTOWN, text=TEXT), BELA),
    (c.SubmitApplication(application=FILE), AMINA),
    (c.ConfirmCompleteness(application=FILE), OLGA),
    (c.RunMachineChecks(application=FILE), TIMER),
    (c.RecordCheck(application=FILE, check="P1", result="pass", evidence="Read"), OLGA),
    (c.RecordCheck(application=FILE, check="P2", result="pass", evidence="Read"), OLGA),
    (c.ConfirmEligibility(application=FILE), OLGA),
    (c.GiveOpinion(application=FILE, opinion="support", accepts_delivery=True, reason="We know them"), HANA),
    (c.AssignAssessor(application=FILE, assessor=EVA, reason="Reads French"), OLGA),
    (c.AssignAssessor(application=FILE, assessor=TOM, reason="Reads French"), OLGA),
    (c.RecordAssessment(application=FILE, judgements=judged()), EVA),
    (c.RecordAssessment(application=FILE, judgements=judged(ferry="not")), TOM),
    (c.CloseCoordination(application=FILE, mode="via_hub"), OLGA),
    (
        c.MakeProposal(
            application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Port of Elm",),
            reason="It serves the quays",
        ),
        OLGA,
    ),
    (c.Approve(application=FILE, reasons=REASONS), INES),
    (ISSUE, TIMER),
    (c.AcceptAward(application=FILE), AMINA),
)  # fmt: skip


def test_the_long_history_is_what_the_commands_record_from_start_to_award() -> None:
    scenario = given()
    for command, by in PATH:
        outcome = scenario.when(command, by=by)
        assert outcome.refusal is None, (command, outcome.refusal)
        scenario = outcome.after
    assert scenario.history == tuple(msgspec.structs.replace(told, event=by_hand(told.event)) for told in UNDER_WAY)


def by_hand(event: e.Event) -> e.Event:
    """An assignment from before there was a lot has no reason and no due date of its own; today it has both."""
    timed = {"due": due("assessment"), "calendar": CALENDAR}
    return msgspec.structs.replace(event, reason="Reads French", **timed) if isinstance(event, e.AssessorAssigned) else event


def test_the_same_path_leads_through_the_bundled_programme() -> None:
    """Another programme is other data: its codes fill the same form and the same rules carry it to an award."""
    from fund.policy.loading import load

    programme = load()
    catalogue, hub = programme.catalogue, programme.catalogue.hubs[0]
    first, second = (entry.code for entry in catalogue.priorities[:2])
    currency = next(iter(programme.limits.max_amount))
    result = next(entry.code for entry in catalogue.results if entry.level != "impact")
    now = NOW.replace(year=catalogue.valid_to.year)
    base = (
        *city(LAKESIDE, "Lakeside", hub.regions[0], True, {AMINA: "signatory", ALI: "focal_point"}),
        *hub_opened(f"hub-{hub.code}", hub.code, *hub.regions),
        *did(ADA, e.RoleGranted(person=HANA, role="coordinator", scope=hub.code), on=HANA),
        *envelope("envelope-new", currency, 1_000_000),
    )
    form = {
        "support": with_(SUPPORT, formats=(catalogue.formats[0].code,)),
        "alignment": with_(
            ALIGNMENT,
            primary=msgspec.structs.replace(ALIGNMENT.primary, priority=first),
            secondary=(msgspec.structs.replace(ALIGNMENT.primary, priority=second),),
            results=(result,),
        ),
        "resources": with_(RESOURCES, amount=1_000_000, currency=currency),
    }
    judgements = tuple(e.Judgement(priority=code, verdict="aligned", reason="Seen") for code in (first, second))
    assert programme.safeguards
    asked = programme.safeguards.questions
    calm = Safeguards(
        ages=("30_plus",), answers=tuple(said(one.code, "no" if one.risky == "yes" else "yes") for one in asked), data_protection="x"
    )

    def told_here(command: c.Command) -> list[c.Command]:
        match command:
            case c.SaveSection(section=Results()):
                return [command, c.SaveSection(application=FILE, section=calm)]
            case c.SaveSection():
                return [msgspec.structs.replace(command, section=form.get(str(command.section.__struct_config__.tag), command.section))]
            case c.AcceptText():
                return [msgspec.structs.replace(command, text=scenario.file().text)]
            case c.RecordCheck(check="P1"):
                persons = (one.code for one in programme.checks if not is_for_a_machine(one, scenario.file()))
                return [msgspec.structs.replace(command, check=code) for code in persons]
            case c.RecordCheck():
                return []
            case c.RecordAssessment():
                return [msgspec.structs.replace(command, judgements=judgements)]
            case c.IssueLetter():
                return [msgspec.structs.replace(command, issued_on=now.date())]
            case c.MakeProposal():
                return [msgspec.structs.replace(command, envelope="envelope-new", amount=1_000_000, currency=currency)]
        return [command]

    scenario = msgspec.structs.replace(given(*base), programme=programme)
    for path_command, by in PATH:
        for command in told_here(path_command):
            outcome = scenario.when(command, by=by, at=now)
            assert outcome.refusal is None, (command, outcome.refusal)
            scenario = outcome.after
    file = scenario.file()
    assert (file.stage, file.policy) == (Stage.DELIVERY, programme.version)
    assert file.decision
    assert file.decision.outcome == "approved"
