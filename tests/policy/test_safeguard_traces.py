"""What the programme says of safeguards is traced to the rules that read it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import safeguards
from fund.domain.application import Application
from fund.domain.calendar import local_day, months_after
from fund.domain.safeguards import is_risk
from fund.domain.screen import answers_digest
from fund.domain.sections import SafeguardAnswer, Safeguards
from tests.domain import world as w
from tests.domain.world import FILE, INES, OLGA
from tests.policy.bundled import AT, CALM, counted, facts, refusal_of, under
from tests.policy.tracing import PROGRAMME, now, of

AS_IS = PROGRAMME.safeguards
assert AS_IS
QUESTIONS = {one.code: one for one in AS_IS.questions}


REPORT = c.ReportIncident(application=FILE, happened_on=AT.date(), account="x")
STOP = msgspec.structs.replace(REPORT, stop=True)


def section(ages: tuple[str, ...] = ("30_plus",), note: str = "x", **said: str) -> Safeguards:
    raw = [{"question": code, "answer": answer, "text": "x"} for code, answer in said.items()]
    return msgspec.convert({"section": "safeguards", "ages": ages, "answers": raw, "data_protection": note}, Safeguards)


def form(answers: Safeguards, days: int = 1, cities: tuple[str, ...] = ()) -> Application:
    sections = (msgspec.structs.replace(w.APPLICANT, beneficiaries=cities), w.with_(w.SUPPORT, days=days), answers)
    return w.given(*w.STARTED, *w.saved(*sections)).file()


def asked(file: Application) -> set[str]:
    policy = now().safeguards
    assert policy
    return {one.code for one in safeguards.opened(file, policy, ())}


def level(answers: Safeguards) -> str:
    policy = now().safeguards
    assert policy
    return safeguards.proposed(form(answers), policy, ())


@of("age band")
def test_age_band(key: str) -> None:
    """The form takes this age, and no other of its name."""
    assert refusal_of(lambda: safeguards.check_section(section(ages=(key,)), facts())) is None


@of("safeguard question")
def test_safeguard_question(key: str) -> None:
    """It is open to whom the programme says, its risk asks for its level, and for a note where it is about data on people."""
    one, trigger = QUESTIONS[key], QUESTIONS[key].opened_by
    assert (key in asked(form(section()))) is one.opening
    for other in QUESTIONS:
        opens = key in asked(form(section(**{other: "unknown"})))
        assert opens is (one.opening or other in trigger.answers)
    for age in ("under_18", "18_29", "30_plus"):
        assert (key in asked(form(section(ages=(age,))))) is (one.opening or age in trigger.ages)
    for days in range(1, 40):
        assert (key in asked(form(section(), days=days))) is (one.opening or (trigger.days is not None and days >= trigger.days))
    for count in range(1, 6):
        cities = tuple(f"city-{number}" for number in range(1, count))
        assert (key in asked(form(section(), cities=cities))) is (one.opening or (trigger.cities is not None and count >= trigger.cities))
    assert level(section(**CALM)) == "green"
    assert level(section(**(CALM | {key: one.risky}))) == level(section(**(CALM | {key: "unknown"}))) == one.level
    noteless = section(note="", **{key: one.risky})
    assert refusal_of(lambda: safeguards.check_section(noteless, facts())) == ("safeguards.note_needed" if one.data_protection else None)
    assert refusal_of(lambda: safeguards.check_section(section(**{key: CALM[key]}), facts())) is None
    assert not is_risk(one, SafeguardAnswer(question=key, answer=CALM[key]))


@of("raise")
def test_raise(key: str) -> None:
    """Together these risks ask for more than each of them; one fewer does not."""
    assert AS_IS
    rule = next(one for one in AS_IS.raises if one.code == key)
    amber = [code for code, one in QUESTIONS.items() if one.level == "amber" and code not in ("Q2", "Q6")]
    named = list(rule.risks) or amber[: rule.at_least]

    def together(codes: list[str]) -> str:
        return level(section(**(CALM | {code: QUESTIONS[code].risky for code in codes})))

    assert together(named) == rule.level
    for code in named:
        assert together([other for other in named if other != code]) == "amber"


@of("safeguards")
def test_safeguards(key: str) -> None:
    """Who looks at a form, which version of the questions it answered, for how long a look holds, and when help is due."""
    assert AS_IS
    calm = section(**CALM)
    file = under(w.DRAFTED + w.saved(calm) + w.did(w.AMINA, w.SUBMISSION) + w.did(OLGA, w.CONFIRMED))
    match key:
        case "records_green":
            approving = under(_reached(calm)).when(c.Approve(application=FILE, reasons=w.REASONS), by=INES)
            assert (approving.code == "safeguards.not_recorded") is AS_IS.records_green
        case "help_days":
            unsure = under(w.DRAFTED + w.saved(section(**(CALM | {"Q2": "unknown"}))) + w.did(w.AMINA, w.SUBMISSION))
            asking = unsure.when(c.ConfirmCompleteness(application=FILE), by=OLGA, at=AT).events
            (help,) = [one for one in asking if isinstance(one, e.SafeguardHelpAsked)]
            days = now().calendars[help.calendar.partition("/")[0]]
            assert local_day(help.due, days) == counted(AT, AS_IS.help_days, days)
        case "reminder_days":
            assert AS_IS.reminder_days
            unsure = under(w.DRAFTED + w.saved(section(**(CALM | {"Q2": "unknown"}))) + w.did(w.AMINA, w.SUBMISSION))
            asking = unsure.when(c.ConfirmCompleteness(application=FILE), by=OLGA, at=AT).events
            (help,) = [one for one in asking if isinstance(one, e.SafeguardHelpAsked)]
            assert help.remind_at
            days = now().calendars[help.calendar.partition("/")[0]]
            assert counted(help.remind_at, AS_IS.reminder_days, days) == local_day(help.due, days)
        case "screen_days" | "may_stop":
            award = under(w.UNDER_WAY)
            for who, by in ((w.ALI, "city"), (w.HANA, "hub"), (w.OMAR, "central")):
                told, *stopped = award.when(REPORT, by=who, at=AT).events or (None,)
                refused = award.when(STOP, by=who, at=AT).code
                assert isinstance(told, e.IncidentReported)
                assert not stopped
                assert (refused is None) is (by in AS_IS.may_stop)
                days = now().calendars[told.calendar.partition("/")[0]]
                assert AS_IS.screen_days
                assert local_day(told.due, days) == counted(AT, AS_IS.screen_days, days)
        case _:
            (recorded,) = file.when(c.RecordSafeguards(application=FILE, level="green", reason="x"), by=OLGA, at=AT).events
            assert isinstance(recorded, e.SafeguardsRecorded)
            assert recorded.valid_until
            assert recorded.valid_until.astimezone(ZoneInfo("UTC")).date() - months_after(AT.date(), AS_IS.valid_months) <= timedelta(1)
            assert local_day(recorded.valid_until, now().calendars["central"]) == months_after(AT.date(), AS_IS.valid_months)
            assert recorded.questions == AS_IS.version
            assert recorded.digest == answers_digest(AS_IS.version, file.file().digests["safeguards"])


@of("signature")
def test_signature(key: str) -> None:
    """Who signs a level, the hub or the central team, and by when."""
    assert AS_IS
    rule = AS_IS.signed("amber")
    assert rule
    lessened = (c.Mitigation(text="x", owner="x", due_on=AT.date()),)
    recorded = under(_reached(section(**CALM))).when(
        c.RecordSafeguards(application=FILE, level="amber", reason="x", mitigations=lessened), by=OLGA, at=AT
    )
    asked = [one for one in recorded.events if isinstance(one, e.SignatureAsked)]
    assert tuple(one.role for one in asked) == rule.by
    for one in asked:
        days = now().calendars[one.calendar.partition("/")[0]]
        assert local_day(one.due, days) == counted(AT, rule.days, days)


def _reached(answers: Safeguards) -> w.History:
    """Proposed, with these answers."""
    at = max(place for place, told in enumerate(w.PROPOSED) if isinstance(told.event, e.SectionSaved))
    return (*w.PROPOSED[: at + 1], *w.saved(answers), *w.PROPOSED[at + 1 :])
