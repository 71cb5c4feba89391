"""The window in which support is given: asked for in the form, and named anew by a proposal where its days have passed meanwhile.

Nothing can be given in a window that is wholly over on this day of the city's. Decision record 0037.
"""

from fund.domain import calendar
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.sections import Support


def asked(file: Application) -> e.Window | None:
    support = file.section(Support)
    return _of(support) if support else None


def granted(file: Application) -> e.Window | None:
    """What the proposal names; what was asked for where it names none."""
    proposed = file.proposal.window if file.proposal else None
    return proposed or asked(file)


def check_ahead(file: Application, support: Support, facts: Facts) -> None:
    """Of a form: a draft names another one."""
    if _is_over(_of(support), file, facts):
        raise Refusal("support.window_over", field="support.ends_on", date=support.ends_on)


def check_proposed(file: Application, named: e.Window | None, facts: Facts) -> None:
    """Of a proposal that grants: where the days asked for have passed, it names others."""
    if named:
        if named.ends_on < named.starts_on:
            raise Refusal("support.window_reversed", field="window.ends_on")
        calendar.check_near(named.starts_on, facts.today, "window.starts_on")
        calendar.check_near(named.ends_on, facts.today, "window.ends_on")
    within = named or asked(file)
    if within and _is_over(within, file, facts):
        raise Refusal("proposal.window_over", field="window.ends_on", date=within.ends_on)


def may_be_granted(file: Application, facts: Facts) -> None:
    """Of an approval: it goes back to whoever proposes."""
    within = granted(file)
    if within and _is_over(within, file, facts):
        raise Refusal("decision.window_over", date=within.ends_on)


def _of(support: Support) -> e.Window:
    return e.Window(starts_on=support.starts_on, ends_on=support.ends_on)


def _is_over(window: e.Window, file: Application, facts: Facts) -> bool:
    return window.ends_on < calendar.local_day(facts.now, facts.days_of_city(file.city, file))
