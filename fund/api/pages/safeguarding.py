"""The section on safeguards: its questions come from the programme, and only those stand on the page that this form is asked."""

from fund.api.pages.files import Seen
from fund.api.pages.questions import QUESTIONS, Question
from fund.domain.programme import SafeguardPolicy, SafeguardQuestion
from fund.domain.safeguards import answers_of, opened
from fund.domain.sections import Safeguards, section_name
from fund.language.catalogues import N_

SECTION = section_name(Safeguards)


def questions_of(seen: Seen, section: str) -> tuple[Question, ...]:
    """What a section of this form asks."""
    policy = seen.programme.safeguards
    return _asked(seen, policy) if section == SECTION and policy else QUESTIONS[section]


def is_unanswered(seen: Seen) -> bool:
    """Whether an answer has opened more questions."""
    policy = seen.programme.safeguards
    return policy is not None and any(one.code not in answers_of(seen.file) for one in _open(seen, policy))


def _open(seen: Seen, policy: SafeguardPolicy) -> tuple[SafeguardQuestion, ...]:
    countries = [city.registered.country for city in seen.cities if city.registered]
    return opened(seen.file, policy, countries)


def _asked(seen: Seen, policy: SafeguardPolicy) -> tuple[Question, ...]:
    """Those that are open, and those that were answered while they were."""
    shown, answered = _open(seen, policy), answers_of(seen.file)
    return (
        Question(name="ages", control="many", options="ages", hint=N_("Choose all that apply.")),
        *(_question(one) for one in policy.questions if one in shown or one.code in answered),
        Question(
            name="data_protection", optional=True,
            hint=N_("Who keeps what is learnt about people, for how long, and who may see it. Needed where an answer asks for it."),
        ),
    )  # fmt: skip


def _question(one: SafeguardQuestion) -> Question:
    """With a risk the city says what it is; whoever does not know says so, and is helped."""
    return Question(
        name=one.code, control="answer", titles=one.titles, optional=True,
        parts=(
            Question(name="answer", control="one", options="said", optional=True),
            Question(name="text", optional=True, hint=N_("Only where the answer is a risk. Name no person.")),
            Question(name="evidence", optional=True),
        ),
    )  # fmt: skip
