"""What harm a support could do: a hub finds out what a city does not know, a grave risk is granted by two people or by nobody."""

from datetime import date, timedelta

from fund.demo.cast import Cast, person
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.facts import Role
from fund.domain.programme import SafeguardLevel
from fund.domain.sections import SafeguardAnswer


def play_safeguards(stage: Stage, cast: Cast) -> None:
    _found_out_by_the_hub(stage, cast)
    _accepted_by_two(stage, cast)


def _found_out_by_the_hub(stage: Stage, cast: Cast) -> None:
    """The city does not know whether communities are named; the hub does. What is left is lessened, signed by the hub, which is
    reminded of it, and by another officer, and then granted by one.
    """
    file = File(stage, cast, "junik").draft().submit().complete()
    known = SafeguardAnswer(question="Q3", answer="no", text="Looked through the draft of the path with the two schools.")
    hub = cast.coordinators["western-balkans"]
    file.do("help", c.HelpWithSafeguards(application=file.id, answers=(known,)), by=hub)
    today = stage.clock.now.date()
    lessened = (
        c.Mitigation(
            text="Families are asked before anything is passed on",
            owner="Centre for social work",
            due_on=today + timedelta(days=200),
            office="city",
        ),
        c.Mitigation(text="Teachers are trained first", owner="Hub", due_on=today + timedelta(days=60), office="hub"),
        c.Mitigation(text="The path is read by a child protection adviser", owner="Officer", due_on=today + timedelta(days=40)),
        c.Mitigation(text="The two schools agree on the path", owner="Hub", due_on=today + timedelta(days=50), office="hub"),
    )
    _record(file, "amber", "amber", "Single pupils are referred, with a path that protects them.", *lessened)
    stage.days(6)
    sign = c.SignSafeguards(application=file.id, screen=_screen(file), reason="The centre for social work asks families first, always.")
    file.do("sign", sign, by=hub)
    _countersign(file, "The path names nobody before a family agrees.")
    file.eligible()
    file.opinion("support", "The hub knows the schools and the centre.")
    stage.days(1)
    file.assess(0, "aligned", "A path that the municipality owns.").assess(1, "aligned", "Small, early, and well thought through.")
    file.coordinate("with_hub", "The hub advises; the central team delivers.").propose(7_000_00, peers=("A municipality with such a path",))
    stage.days(1)
    file.approve("Help comes early, and families are asked first.")
    done = c.ReportMitigation(application=file.id, number=1, done="The path has a form for families; nothing moves before it is signed.")
    file.do("mitigation-city", done, by=file.signatory)
    agreed = c.ReportMitigationOfHub(application=file.id, number=4, done="Both schools have signed it.")
    file.do("mitigation-hub", agreed, by=hub)
    read = c.RecordMitigationDone(application=file.id, number=3, done="Read by two advisers; their notes are in the path.")
    file.do("mitigation-centre", read, by=cast.officer)


def given_up(stage: Stage, cast: Cast) -> None:
    """What was agreed after an incident is not needed any more, as somebody says who reported none of it."""
    file = File(stage, cast, "junik").draft()
    reason = "The path does without lists now: there is nothing to lock away."
    file.do("mitigation-given-up", c.GiveUpMitigation(application=file.id, number=5, reason=reason), by=cast.second_officer)


def _accepted_by_two(stage: Stage, cast: Cast) -> None:
    """A form that changes is looked at anew. No hub is open in the region: the central team finds out what the city does not know."""
    second = person(stage, "second-approver", "Second approver", Role.APPROVER)
    file = File(stage, cast, "halle").draft().submit()
    lessened = c.Mitigation(
        text="Complaints about the patrol go to the ombudsperson of the city", owner="Office of the ombudsperson", due_on=date(2026, 6, 30)
    )
    _record(file, "first-look", "red", "A patrol takes part that nobody outside looks at.", lessened)
    reason = "Please say who counts the calls."
    file.do("return", c.ReturnForCompletion(application=file.id, sections=("need",), reason=reason), by=cast.officer)
    again = file.section("need", evidence="Thirty calls a month, counted by the department from its own log.")
    file.do("save-again", again, by=file.signatory)
    file.submit_again().complete()
    known = SafeguardAnswer(question="Q13", answer="no", text="Nothing is known to the ombudsperson or the courts.")
    file.do("help", c.HelpInPlaceOfHub(application=file.id, answers=(known,)), by=cast.officer)
    _record(file, "second-look", "red", "As before; what was unknown is known now.", lessened)
    file.eligible()
    stage.days(4)
    file.assess(0, "aligned", "All sides carry the plan.").assess(1, "aligned", "The council gets what it lacks.")
    file.coordinate("no_hub", "No hub is open in Europe.").propose(8_000_00, peers=("A prevention council of a member city",))
    reasons = ("All who meet at the station agree on the plan.", "Residents can complain to somebody outside the patrol.")
    approve = c.Approve(application=file.id, reasons=reasons)
    file.do("approve-first", approve, by=cast.approver)
    stage.days(1)
    file.do("approve", approve, by=second)
    stage.work()


def _screen(file: File) -> str:
    """The digest of what waits to be signed, whatever happened since: also when all is played again."""
    facts = file.stage.fund.ledger.stream(file.id)
    return next(one.event.screen for one in facts if isinstance(one.event, e.SignatureAsked))


def _countersign(file: File, reason: str) -> None:
    file.do("countersign", c.CountersignSafeguards(application=file.id, screen=_screen(file), reason=reason), by=file.cast.second_officer)


def _record(file: File, key: str, level: SafeguardLevel, reason: str, *lessened: c.Mitigation) -> None:
    command = c.RecordSafeguards(application=file.id, level=level, reason=reason, mitigations=lessened)
    file.do(f"safeguards-{key}", command, by=file.cast.officer)
