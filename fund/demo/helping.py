"""A file that those there are cannot finish, people who judge it by lot and by hand, and experts and peers who take part in it or not.

Nobody accepts its award in the end: the city is reminded twice, and the award lapses.
"""

from datetime import date

from fund.border.naming import city_called
from fund.demo.cast import OPERATOR, Cast, person
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain.facts import Role
from fund.projections import people

FIRST_DAY, LAST_DAY = date(2025, 5, 1), date(2025, 12, 31)


def play_helping(stage: Stage, cast: Cast) -> None:
    """Every approver belongs to the city: that is announced at intake, and another one is found."""
    file = File(stage, cast, "vilvoorde")
    approver = person(stage, "approver-for-vilvoorde", "Approver of another office")
    for number, one in enumerate(() if file.played("start") else _approvers(stage, approver)):
        file.do(f"belongs-{number}", c.RecordAffiliation(person=one, city=file.city), by=OPERATOR)
    stage.work()
    file.draft().submit()
    stage.work()
    file.do("approver", c.GrantRole(person=approver, role=Role.APPROVER), by=OPERATOR)
    file.complete().eligible()
    _one_is_away(file, cast)
    stage.days(3)
    file.assess(0, "aligned", "One rule of three departments, and an owner for each.").assess(1, "aligned", "The need is measured.")
    file.coordinate("no_hub", "No hub is open in this region: the central team coordinates.")
    _experts_and_peers(file, stage, cast)
    file.propose(9_000_00)
    stage.days(1)
    reasons = ("The rule will outlast the support.", "Practitioners of another city help to write it.")
    approve = c.Approve(application=file.id, reasons=reasons)
    file.do("decide", approve, by=approver)
    stage.work()


def _approvers(stage: Stage, newcomer: str) -> list[str]:
    """Those there were when this was played first."""
    with stage.fund.views.reading() as reading:
        return [one.id for one in people.with_role(reading, Role.APPROVER) if one.id != newcomer]


def _one_is_away(file: File, cast: Cast) -> None:
    """Somebody whom the lot drew falls ill, and somebody of a hub far away who knows the method takes the place."""
    ill = file.drawn[0]
    by_hand = next(one for _, one in sorted(cast.coordinators.items()) if one not in file.drawn)
    absence = c.RecordAbsence(person=ill, first=FIRST_DAY, last=LAST_DAY)
    file.do("away", absence, by=OPERATOR)
    release = c.ReleaseAssessor(
        application=file.id, assessor=ill, reason="Away until the end of the year, longer than the assessment may take."
    )
    file.do("release", release, by=cast.officer)
    reason = "Has introduced the same way of working in another region, and can read it within the time that is left."
    file.do("by-hand", c.AssignAssessor(application=file.id, assessor=by_hand, reason=reason), by=cast.officer)


def _experts_and_peers(file: File, stage: Stage, cast: Cast) -> None:
    """An expert agrees, another has a conflict; a peer agrees and steps back, another is silent, and a third agrees."""

    def ask(key: str, city: str | None, purpose: str) -> str:
        if city is None:
            one = person(stage, key, f"Expert, {key}", Role.EXPERT)
            command = c.ProposeExpert(application=file.id, person=one, part="expert", purpose=purpose)
        else:
            one = person(stage, key, f"Practitioner of {city}")
            home = city_called(stage.fund, city)
            stage.do(f"belongs:{key}", c.RecordAffiliation(person=one, city=home), by=OPERATOR)
            command = c.ProposeExpert(application=file.id, person=one, part="peer", city=home, purpose=purpose)
        file.do(f"ask-{key}", command, by=cast.officer)
        return one

    writes = ask("expert-procedures", None, "Drafting the rule with the three departments.")
    file.do("accepts", c.AcceptExpertRole(application=file.id), by=writes)
    knows = ask("expert-evaluation", None, "Reviewing forty cases after a year.")
    conflict = c.DeclareExpertConflict(application=file.id, reason="I advise one of the six schools.")
    file.do("conflict", conflict, by=knows)
    busy = ask("peer-oslo", "Oslo", "A workshop on passing on a concern.")
    file.do("agrees", c.AcceptExpertRole(application=file.id), by=busy)
    file.do("declines", c.DeclineExpertRole(application=file.id, reason="Our own review falls into the same weeks."), by=busy)
    ask("peer-helsinki", "Helsinki", "A workshop on passing on a concern.")
    stage.days(9)
    comes = ask("peer-denver", "Denver", "A workshop on passing on a concern.")
    file.do("comes", c.AcceptExpertRole(application=file.id), by=comes)
