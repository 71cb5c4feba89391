"""What hubs do: two of two regions about one joint application, one that asks not to approve, and is answered."""

from fund.border.naming import city_called
from fund.demo.cast import Cast
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c


def two_regions(stage: Stage, cast: Cast) -> None:
    """Cities of two regions ask together: both hubs are asked at once, one answers, the other lets its time pass."""
    file = File(stage, cast, "prizren")
    file.content["sections"]["applicant"]["beneficiaries"] = (city_called(stage.fund, "Kakamega", "KE"),)
    file.draft().submit().complete().eligible()
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
    stage.days(12)
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


HUBS = (two_regions, a_request_not_to_approve)
