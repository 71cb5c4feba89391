"""The picture of the flow in the README, drawn from the workflow table. Run it to write what is generated in the documents again."""

import sys
from pathlib import Path

from docs import traceability
from fund.domain.application import Stage
from fund.domain.workflow import APPLICATION_STEPS, OPEN, STAGES, Step
from fund.language import own_words, worded

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- workflow:begin -->", "<!-- workflow:end -->"


def mermaid() -> str:
    """A Mermaid state diagram: stages with their owners, and an arrow for each step that leads from one to another."""
    stages = [f"        {stage} : {_label(stage)}" for stage in OPEN]
    inner = [f"        {line}" for step in APPLICATION_STEPS if step.at != OPEN for line in _arrows(step, within=True)]
    outer = [f"    {line}" for step in APPLICATION_STEPS for line in _arrows(step, within=False)]
    ends = [
        "    [*] --> open",
        f"    {Stage.LETTER} : {_label(Stage.LETTER)}",
        f"    {Stage.CLOSED} : {_label(Stage.CLOSED)}",
        "    closed --> [*]",
    ]
    body = ["stateDiagram-v2", "    direction LR", "    state open {", "        direction LR", *stages, *inner, "    }", *outer, *ends]
    return "```mermaid\n" + "\n".join(body) + "\n```\n"


def beside() -> str:
    """The steps that leave a file in its stage, as a list: they would only clutter the picture."""
    staying = [step for step in APPLICATION_STEPS if set(step.leads_to) <= set(step.at)]
    return "Without leaving its stage: " + "; ".join(f"{said(step.staff)} ({step.by})" for step in staying) + ".\n"


def _label(stage: Stage) -> str:
    waiting = STAGES[stage]
    owners = ", ".join(waiting.owners)
    return f"{said(waiting.staff)} ({owners})" if owners else said(waiting.staff)


def said(label: str) -> str:
    """In the engine's own words: the picture is of no programme."""
    return worded("en", label, own_words("en"))


def _arrows(step: Step, *, within: bool) -> list[str]:
    if step.at == OPEN:
        return [] if within else [f"open --> {stage} : {step.staff}" for stage in step.leads_to]
    pairs = [(start, end) for start in step.at for end in step.leads_to if start != end and Stage.NEW not in (start, end)]
    moves = [(start, end) for start, end in pairs if set(step.leads_to) != set(step.at)]
    return [f"{start} --> {end} : {step.staff}" for start, end in moves if (end in OPEN and start in OPEN) == within]


def written(readme: str) -> str:
    """The README with today's picture between its markers."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{mermaid()}\n{beside()}{END}{after}"


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
    traceability.main()
    sys.stdout.write("README.md: the workflow as it is. docs/traceability.md: what is decided by data.\n")
