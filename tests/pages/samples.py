"""Applications of every kind in the running fund, and the pages on which they can be seen."""

from datetime import UTC, date, datetime

import msgspec

from fund.border.naming import file_called
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import Header, Recorded
from fund.domain.sections import SECTIONS, Applicant, Need, section_name
from tests.pages.world import ARABIC, Maker, World

TITLE = "Training for youth workers"


class Samples(msgspec.Struct, frozen=True, kw_only=True):
    """References."""

    draft: str
    submitted: str
    returned: str
    withdrawn: str
    arabic: str
    questioned: str
    offered: str
    accepted: str
    joint: str
    """A draft of Amman that Oslo accepted before it was changed."""


def make(world: World) -> Samples:
    maker = Maker(world.fund, None)
    maker.people, maker.cities = world.people, world.cities
    made = Samples(
        draft=maker.application("Oslo", "signatory", "en", TITLE, submit=False),
        submitted=maker.application("Oslo", "signatory", "en", TITLE, submit=True),
        returned=maker.application("Oslo", "signatory", "en", TITLE, submit=True),
        withdrawn=maker.application("Oslo", "signatory", "en", TITLE, submit=True),
        arabic=maker.application("Amman", "amman", "ar", ARABIC, submit=False),
        questioned=maker.application("Oslo", "signatory", "en", TITLE, submit=True),
        offered=maker.application("Oslo", "signatory", "en", TITLE, submit=True),
        accepted=maker.application("Oslo", "signatory", "en", TITLE, submit=True),
        joint=maker.application("Amman", "amman", "ar", ARABIC, submit=False),
    )
    world.fund.runner.catch_up()
    returned, withdrawn = (file_called(world.fund, reference) for reference in (made.returned, made.withdrawn))
    back = c.ReturnForCompletion(application=returned, sections=("need",), reason="Please say where the figures come from.")
    world.fund.handler.handle(back, by=world.people["officer"])
    world.fund.handler.handle(c.WithdrawApplication(application=withdrawn, reason="No budget."), by=world.people["signatory"])
    questions = ("Who owns the rooms?", "How many come from outside the city?", "Which law is meant?")
    asked = file_called(world.fund, made.questioned)
    for question in questions:
        world.fund.handler.handle(c.RequestClarification(application=asked, question=question), by=world.people["officer"])
    taken_back = c.WithdrawClarification(application=asked, number=3, reason="It stands in the form.")
    world.fund.handler.handle(taken_back, by=world.people["officer"])
    said = c.AnswerClarification(application=asked, number=2, answer="About five.")
    world.fund.handler.handle(said, by=world.people["signatory"])
    world.fund.worker.once()
    grant(world, made.offered)
    grant(world, made.accepted)
    world.fund.handler.handle(
        c.AcceptAward(application=file_called(world.fund, made.accepted)), by=world.people["signatory"]
    )  # fmt: skip
    owe(world, made.accepted)
    join(world, made.joint)
    world.fund.runner.catch_up()
    return made


def owe(world: World, reference: str) -> None:
    """Oslo sees to one thing of an award that could do harm."""
    level = e.SafeguardsRecorded(level="amber", reason="x", questions="v1")
    text = "Names of pupils stay with the school"
    agreed = e.MitigationAgreed(number=1, text=text, owner="School office", due_on=date(2026, 6, 30), office="city")
    asked = e.MitigationAsked(number=1, city=world.cities["Oslo"], hub=None, due=REPORT_BY, calendar="central/2026.1", remind_at=None)
    happened(world, reference, level, agreed, asked)


def join(world: World, reference: str) -> None:
    """Amman names Oslo, Oslo accepts, and Amman changes an answer."""
    stream = file_called(world.fund, reference)
    named = Applicant(title=ARABIC, office="مكتب الشباب", beneficiaries=(world.cities["Oslo"],))
    world.fund.handler.handle(c.SaveSection(application=stream, section=named), by=world.people["amman"])
    file = world.fund.handler.load(stream).state
    assert isinstance(file, Application)
    accepted = c.AcceptText(application=stream, city=world.cities["Oslo"], text=file.text)
    world.fund.handler.handle(accepted, by=world.people["signatory"])
    words = "نص قصير يقول ما يلزم."
    need = Need(problem="نص أطول يقول ما يلزم اليوم.", evidence=words, affected=words, mandate=words)
    world.fund.handler.handle(c.SaveSection(application=stream, section=need), by=world.people["amman"])


ACCEPT_BY, REPORT_BY = (datetime(2026, month, 30, 21, 59, 59, tzinfo=UTC) for month in (3, 10))


def grant(world: World, reference: str) -> None:
    """An approval, and a letter that offers the award."""
    approved = e.Approved(
        envelope="envelope-x", amount=1_000_00, currency="EUR", reasons=("It serves.",), due=ACCEPT_BY, calendar="central/2026.1"
    )
    letter = e.LetterIssued(
        outcome="approved", language="en", issued_on=world.fund.now().date(), template="t", renderer="r", sha256="a" * 64, blob="b" * 64,
        size=1, due=ACCEPT_BY, calendar="central/2026.1", reminders=(), report_due=REPORT_BY,
    )  # fmt: skip
    happened(world, reference, approved, letter)


def of_oslo(world: World, title: str, *, submit: bool = True) -> str:
    """The reference of an application in English, handed in unless said otherwise."""
    maker = Maker(world.fund, None)
    maker.people, maker.cities = world.people, world.cities
    reference = maker.application("Oslo", "signatory", "en", title, submit=submit)
    world.fund.runner.catch_up()
    return reference


def happened(world: World, reference: str, *events: e.ApplicationEvent) -> None:
    """What months of work would have recorded."""
    stream = file_called(world.fund, reference)
    version, at = world.fund.handler.load(stream).version, world.fund.now()
    header = Header(event_id="", actor="machine:tests", at=at, command_id="", content="0" * 32, policy=world.fund.programme.version)
    recorded = [Recorded(stream=stream, version=version + n, header=header, event=one) for n, one in enumerate(events, start=1)]
    world.fund.ledger.append(recorded, command_id=f"happened-{stream}-{version}")
    world.fund.runner.catch_up()


PUBLIC = ("/", "/pipeline", "/sources", "/sign-in", "/nowhere")


def pages(samples: Samples) -> list[str]:
    """Every page that a signatory of Oslo can reach, without its language."""
    draft = f"/applications/{samples.draft}"
    sections = [f"{draft}/sections/{section_name(kind)}" for kind in SECTIONS]
    files = [f"/applications/{reference}" for reference in (samples.submitted, samples.returned, samples.withdrawn, samples.questioned)]
    files.append(f"/applications/{samples.questioned}/questions/1")
    files += [f"/applications/{reference}" for reference in (samples.offered, samples.accepted)]
    files += [f"/applications/{samples.offered}/award/{answer}" for answer in ("accept", "turn-down")]
    files += [
        f"/applications/{samples.accepted}/{answer}" for answer in ("award/report", "award/relinquish", "award/incident", "mitigations/1")
    ]
    files += [f"/applications/{samples.joint}{rest}" for rest in ("", "/accept-text", "/leave")]
    return [*PUBLIC, "/applications", "/applications/start", draft, *sections, f"{draft}/check", f"{draft}/withdraw", *files]
