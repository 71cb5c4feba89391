"""What hubs do: two of two regions about one application, one that asks not to approve, one that is full, one that is suspended."""

from fund.demo.cast import OPERATOR, Cast
from fund.demo.joint import Joint
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c


def two_regions(stage: Stage, cast: Cast) -> None:
    """Cities of two regions ask together: both hubs are asked at once, one answers, the other is reminded and lets its time pass."""
    file = Joint(stage, cast, "prizren", (("Kakamega", "KE"),))
    file.draft()
    file.accepts("Kakamega").submit().complete().eligible()
    lasting = "Both youth councils have a budget line; other cities could use their rules for answering rumours."
    file.opinion(
        "support",
        "The hub knows both councils and can hold the workshop.",
        hub="western-balkans",
        accepts_delivery=True,
        sustainability=lasting,
    )
    stage.days(5)
    file.assess(0, "aligned", "Young people shape and run it.").assess(1, "aligned", "Two regions learn from each other.")
    stage.days(8)
    stage.days(4)
    file.coordinate("via_hub", hub="western-balkans").propose(14_000_00, peers=("The county youth forum of Kakamega",))
    stage.days(1)
    file.approve("Young residents of two cities decide what they learn from each other.")


def a_request_not_to_approve(stage: Stage, cast: Cast) -> None:
    """The hub asks not to approve. The proposal answers it, and whoever approves says why all the same."""
    file = File(stage, cast, "mardan").draft().submit().complete().eligible()
    file.opinion(
        "veto_request",
        "Local elections fall into the first month of the training, and groups of students campaign in them.",
        confidential="One of the trainers proposed stands for a party.",
    )
    stage.days(4)
    file.assess(0, "aligned", "A task of the district with a named officer.").assess(1, "aligned", "The need is well counted.")
    later = c.Answer(hub="south-asia", text="The training begins after the elections, and the district proposes other trainers.")
    file.coordinate("with_hub", "The hub advises on the dates; the central team delivers.")
    file.propose(9_000_00, peers=("A mediation service of a member city",), answers=(later,))
    stage.days(1)
    despite = "With the later start the ground for the request is gone, and the need is well shown."
    file.approve("The request turns a first response to quarrels into a task of the district.", despite=despite)


def a_full_hub(stage: Stage, cast: Cast) -> None:
    """It refuses nothing: it asks for help, and an officer who has no other hand on the file gives the opinion."""
    file = File(stage, cast, "masaka").draft().submit().complete().eligible()
    hub = "east-southern-africa"
    full = c.AskCentralHelp(application=file.id, hub=hub, reason="Nine applications came in the same week.")
    file.do("ask-help", full, by=cast.coordinators[hub])
    given = c.GiveCentralOpinion(application=file.id, hub=hub, opinion="support", reason="Stages are the right place to begin.")
    stage.days(2)
    file.do("central-opinion", given, by=cast.second_officer)
    stage.days(4)
    file.assess(0, "aligned", "Riders write it themselves.").assess(1, "aligned", "Clear need, small and quick.")
    file.coordinate("with_hub", "The hub knows the city and joins the workshops; the central team delivers.")
    file.propose(8_000_00, peers=("A city with an agreement of stages",))
    stage.days(1)
    file.approve("Young riders agree among themselves how a rumour ends.")


def a_suspended_hub(stage: Stage, cast: Cast) -> None:
    """No file waits for it: what it was asked is taken over by itself, and an award that it leads is handed over. An officer asked another
    hub, and then need not."""
    file = File(stage, cast, "ohrid").draft().submit().complete()
    hub, other = "western-balkans", "mena"
    file.do("ask-hub", c.AskHub(application=file.id, hub=other, reason="It runs such plans with summer cities."), by=cast.officer)
    file.eligible()
    suspended = c.SuspendHub(hub=f"hub-{hub}", reason="Example: the partner that hosts it changes")
    stage.do("hub:western-balkans:suspend", suspended, by=OPERATOR)
    stage.work()
    _led_by_the_other(stage, cast)
    given = c.GiveCentralOpinion(application=file.id, hub=hub, opinion="no_objection", reason="Nothing speaks against it.")
    stage.days(3)
    file.do("central-opinion", given, by=cast.second_officer)
    spared = c.ReleaseHub(application=file.id, hub=other, reason="The city drops the exchange it had in mind.")
    file.do("release-hub", spared, by=cast.officer)
    resumed = c.ResumeHub(hub=f"hub-{hub}", reason="Example: a new partner hosts it")
    stage.do("hub:western-balkans:resume", resumed, by=OPERATOR)
    stage.days(3)
    file.assess(0, "aligned", "The council gets its plan.").assess(1, "aligned", "Well counted.")
    file.coordinate("with_hub", "The hub has resumed its work and follows the plan; the central team delivers.")
    file.propose(10_000_00, peers=("A summer city of the network",))
    stage.days(1)
    file.approve("A prevention council that existed on paper gets a plan and people who carry it.")


def _led_by_the_other(stage: Stage, cast: Cast) -> None:
    """The award of two regions, whose other hub is open."""
    file = Joint(stage, cast, "prizren", (("Kakamega", "KE"),))
    file.draft()
    reason = "Example: the hub that led is suspended, and the workshop is near."
    handed = c.HandOverLead(application=file.id, mode="with_hub", hub="east-southern-africa", reason=reason)
    file.do("hand-over-lead", handed, by=cast.officer)


HUBS = (two_regions, a_request_not_to_approve, a_full_hub, a_suspended_hub)
