"""What each section of the form asks, and how. One entry a question; the section structs are the facts it shapes."""

from typing import Literal

import msgspec

from fund.domain.programme import Titles
from fund.language.catalogues import N_

Control = Literal[
    "line", "text", "whole", "money", "day", "one", "pick", "many", "flag", "flags", "cities", "languages", "group", "answer", "rows"
]  # fmt: skip
"""`one` are radios, `pick` is a list to open, `many` are boxes; `flags`, `group` and `answer` hold parts, `rows` repeats them;
`answer` is one of the programme's own questions, answered or not."""

Source = Literal["", "priorities", "results", "formats", "currencies", "languages", "ages", "said"]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: field of the section's struct. `label`: where the field's own name (`words.FIELDS`) is not what is asked; `titles`: the
    same where the programme words it.
    `rows`: how many blank rows a repeated group shows; they are `parts` each time, and empty ones are left out."""

    name: str
    control: Control = "text"
    label: str = ""
    titles: Titles | None = None
    hint: str = ""
    options: Source = ""
    rows: int = 0
    optional: bool = False
    parts: tuple["Question", ...] = ()


INTRODUCTIONS: dict[str, str] = {
    "applicant": N_("Your city leads the application. Other cities may benefit with it."),
    "need": N_("Describe the need as you see it, and name no person. Only those who work on your file read these texts."),
    "support": N_("What would help, for how long, and for how many people. The support is given in kind: people, time and know-how."),
    "alignment": N_("Choose what your request serves above all. You may add up to two more priorities."),
    "safeguards": N_("Support must harm nobody. Each answer may open others; where you do not know, say so, and we help you to find out."),
    "results": N_("One good indicator is enough. The starting point may be measured during the first activity."),
    "resources": N_("An estimate is enough. It helps the fund to plan; nothing is paid to the city."),
}
"""What stands at the head of each section."""

QUESTIONS: dict[str, tuple[Question, ...]] = {
    "applicant": (
        Question(name="title", control="line", hint=N_("A few words by which everybody will recognise it.")),
        Question(
            name="office", control="line",
            hint=N_("The office that runs the work, not a person’s name. The letter is addressed to it."),
        ),
        Question(
            name="beneficiaries", control="cities", optional=True,
            hint=N_("One city on each line, as it is named in the register. If two share a name, add the country code: Victoria, CA."),
        ),
        Question(
            name="observers", control="cities", optional=True,
            hint=N_("They need not be members of the network. One city on each line, as above."),
        ),
    ),
    "need": (
        Question(name="problem"),
        Question(name="evidence", hint=N_("Figures, reports, observations; where they come from.")),
        Question(name="affected"),
        Question(name="mandate"),
    ),
    "support": (
        Question(
            name="help", control="flags",
            label=N_("Help with design, delivery or both"),
            parts=(
                Question(name="design", control="flag", label=N_("Design: working out what to do")),
                Question(name="delivery", control="flag", label=N_("Delivery: doing it")),
            ),
        ),
        Question(name="formats", control="many", options="formats", hint=N_("Choose all that would help.")),
        Question(name="description", hint=N_("What would happen, step by step, and who would take part.")),
        Question(name="days", control="whole", hint=N_("Days of work that you expect from experts and peers.")),
        Question(name="participants", control="whole"),
        Question(name="languages", control="languages", options="languages"),
        Question(name="starts_on", control="day"),
        Question(name="ends_on", control="day"),
    ),
    "alignment": (
        Question(
            name="primary", control="group",
            parts=(
                Question(name="priority", control="one", options="priorities", label=N_("Choose one priority")),
                Question(name="reason"),
            ),
        ),
        Question(
            name="secondary", control="rows", rows=2, optional=True,
            hint=N_("Leave empty what you do not need."),
            parts=(
                Question(name="priority", control="pick", options="priorities", label=N_("Priority")),
                Question(name="reason"),
            ),
        ),
        Question(name="results", control="many", options="results"),
    ),
    "results": (
        Question(
            name="indicators", control="rows", rows=3,
            hint=N_("Leave empty what you do not need."),
            parts=(
                Question(name="name", control="line", hint=N_("What will be counted or observed.")),
                Question(name="baseline", control="line"),
                Question(name="target", control="line"),
                Question(name="measured_by", control="line"),
            ),
        ),
        Question(name="sustainability", hint=N_("What goes on when the support has ended, and who pays for it.")),
        Question(name="sharing", hint=N_("Tools, lessons, contacts. Nothing that could put anybody at risk.")),
    ),
    "resources": (
        Question(name="currency", control="pick", options="currencies"),
        Question(name="amount", control="money", hint=N_("Digits, with a point before the cents where there are any: 12000 or 12000.50")),
        Question(name="own_contribution", hint=N_("Rooms, staff time, transport. If nothing, say so: it is no disadvantage.")),
        Question(name="other_funders", hint=N_("Who else pays for this or was asked to. If nobody, say so.")),
        Question(name="publication", control="flag", label=N_("The city agrees that the award is published")),
    ),
}  # fmt: skip
"""Section -> its questions, in the order in which they are asked."""


def leaves(question: Question, rows: int = 0) -> list[tuple[str, Question]]:
    """Every control of a question with the name it has in the form: `title`, `primary.reason`, `indicators.0.name`."""
    match question.control:
        case "flags":
            return [(part.name, part) for part in question.parts]
        case "group" | "answer":
            return [(f"{question.name}.{part.name}", part) for part in question.parts]
        case "rows":
            return [(f"{question.name}.{row}.{part.name}", part) for row in range(rows) for part in question.parts]
        case _:
            return [(question.name, question)]
