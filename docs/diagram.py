"""The workflow as documents show it, from the one table: the straight way in the README, every stage and step in `workflow.md`.

Run it to write what is generated in the documents again.
"""

import sys
from pathlib import Path

from docs import traceability
from fund.domain.application import AWARDED, Stage
from fund.domain.events import TrackChanged
from fund.domain.step import Step
from fund.domain.track import CONCLUDED
from fund.domain.workflow import APPLICATION_STEPS, BEGUN, OPEN, STAGES, SUBMITTED
from fund.language import own_words, worded

README = Path(__file__).parents[1] / "README.md"
WORKFLOW = Path(__file__).parent / "workflow.md"
BEGIN, END = "<!-- workflow:begin -->", "<!-- workflow:end -->"


GROUPS: dict[str, tuple[Stage, ...]] = {"open": OPEN, "award": AWARDED}
"""Stages drawn in one box: until it is decided, and once it is granted."""

FULLER = [f"{stage} --> {Stage.ASSESSMENT} : A fuller track asks for another assessment" for stage in CONCLUDED]
"""Whatever moved the file to that track."""


def mermaid() -> str:
    """A Mermaid state diagram: stages with their owners, and an arrow for each step that leads from one to another."""
    boxes = [line for name, stages in GROUPS.items() for line in _box(name, stages)]
    outer = [f"    {line}" for step in APPLICATION_STEPS for line in _arrows(step, within=None)]
    ends = [
        "    [*] --> open",
        f"    {Stage.LETTER} : {_label(Stage.LETTER)}",
        f"    {Stage.CLOSED} : {_label(Stage.CLOSED)}",
        "    closed --> [*]",
    ]
    body = ["stateDiagram-v2", "    direction LR", *boxes, *outer, *ends]
    return "```mermaid\n" + "\n".join(body) + "\n```\n"


def _box(name: str, stages: tuple[Stage, ...]) -> list[str]:
    told = [f"        {stage} : {_label(stage)}" for stage in stages]
    inner = [f"        {line}" for step in APPLICATION_STEPS if step.at != OPEN for line in _arrows(step, within=name)]
    again = [f"        {line}" for line in FULLER if name == "open"]
    return [f"    state {name} {{", "        direction LR", *told, *inner, *again, "    }"]


WAY = (
    Stage.DRAFT, Stage.COMPLETENESS, Stage.ELIGIBILITY, Stage.ASSESSMENT, Stage.COORDINATION, Stage.PROPOSAL, Stage.DECISION, Stage.LETTER,
    Stage.OFFER, Stage.DELIVERY, Stage.REPORTED,
)  # fmt: skip
"""The straight way, from the first word to the end of the support."""


def way() -> str:
    """A Mermaid flow chart of the straight way."""
    boxes = [f'    {stage}["{_label(stage)}"]' for stage in WAY]
    return "```mermaid\n" + "\n".join(["flowchart TD", *boxes, "    " + " --> ".join(WAY)]) + "\n```\n"


def steps() -> str:
    """A table of every step: who takes it, in which stages it is open, where it leads."""
    rows = [f"| {said(step.staff)} | {', '.join(step.roles)} | {_stages(step.at)} | {_ends(step)} |" for step in APPLICATION_STEPS]
    return "\n".join(["| step | by | open in | leads to |", "|---|---|---|---|", *rows]) + "\n"


def _stages(stages: tuple[Stage, ...]) -> str:
    known = {OPEN: "all open stages", BEGUN: "all stages", SUBMITTED: "all stages from submission to decision"}
    return known.get(stages) or ", ".join(stages)


def _ends(step: Step) -> str:
    """The stage it is in, where that is one of several."""
    stays = len(step.at) > 1 and set(step.at) <= set(step.leads_to)
    others = tuple(stage for stage in step.leads_to if stage not in step.at)
    return ", ".join(("the same", *others) if stays else step.leads_to)


def _label(stage: Stage) -> str:
    waiting = STAGES[stage]
    owners = ", ".join(waiting.owners)
    return f"{said(waiting.staff)} ({owners})" if owners else said(waiting.staff)


def said(label: str) -> str:
    """In the engine's own words: the picture is of no programme."""
    return worded("en", label, own_words("en"))


def _arrows(step: Step, *, within: str | None) -> list[str]:
    """Of one box, or, within none, between boxes."""
    if _changes_a_track(step):
        return []
    if step.at == OPEN:
        return [] if within else [f"open --> {stage} : {step.staff}" for stage in step.leads_to]
    pairs = [(start, end) for start in step.at for end in step.leads_to if start != end and Stage.NEW not in (start, end)]
    moves = [(start, end) for start, end in pairs if set(step.leads_to) != set(step.at)]
    return [f"{start} --> {end} : {step.staff}" for start, end in moves if _box_of(start, end) == within]


def _changes_a_track(step: Step) -> bool:
    """At more than one stage: the file stays in its own, but for what `FULLER` draws."""
    return TrackChanged in step.records and len(step.at) > 1


def _box_of(start: Stage, end: Stage) -> str | None:
    """The box that holds both."""
    return next((name for name, stages in GROUPS.items() if start in stages and end in stages), None)


def written(readme: str) -> str:
    """The README with today's way between its markers."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{way()}{END}{after}"


INTRODUCTION = """# The workflow
Written from the table in `fund/domain/workflow.py` by `python -m docs.diagram`; a test compares.

## Stages
In brackets: whom a file waits for. Arrows are the steps that move it.

"""


def document() -> str:
    return f"{INTRODUCTION}{mermaid()}\n## Steps\n{steps()}"


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
    WORKFLOW.write_text(document(), "utf-8")
    traceability.main()
    sys.stdout.write("README.md, docs/workflow.md: the workflow as it is. docs/traceability.md: what is decided by data.\n")
