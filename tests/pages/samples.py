"""Applications of every kind in the running fund, and the pages on which they can be seen."""

import msgspec

from fund.border.naming import file_called
from fund.domain import commands as c
from fund.domain.sections import SECTIONS, section_name
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
    return made


PUBLIC = ("/", "/pipeline", "/sources", "/sign-in", "/nowhere")


def pages(samples: Samples) -> list[str]:
    """Every page that a signatory of Oslo can reach, without its language."""
    draft = f"/applications/{samples.draft}"
    sections = [f"{draft}/sections/{section_name(kind)}" for kind in SECTIONS]
    files = [f"/applications/{reference}" for reference in (samples.submitted, samples.returned, samples.withdrawn, samples.questioned)]
    files.append(f"/applications/{samples.questioned}/questions/1")
    return [*PUBLIC, "/applications", "/applications/start", draft, *sections, f"{draft}/check", f"{draft}/withdraw", *files]
