"""Conflicts of interest over HTTP: what is disclosed is read with the opinion, and a file is gone for whoever has no part in it."""

from tests.api.desk import V1, Desk


def complete(desk: Desk) -> str:
    """A file whose hub is asked."""
    reference = desk.submitted()
    desk.give("officer", reference, "confirm-completeness")
    return reference


def of(desk: Desk, name: str, reference: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk.as_(name).get(f"{V1}/applications/{reference}").json()["conflicts"]
    return found


def test_an_opinion_is_read_together_with_what_its_author_disclosed(desk: Desk) -> None:
    reference = complete(desk)
    coordinator = desk.people["coordinator"]
    tie = {"interest": "employer", "hub": "mena", "about": "Employed by the partner that hosts it"}
    desk.done("coordinator", f"{V1}/people/{coordinator}/declare-interest", tie)
    desk.give("coordinator", reference, "give-opinion", {"opinion": "support", "reason": "We know them"})
    (shown,) = of(desk, "approver", reference)
    history = desk.as_("approver").get(f"{V1}/applications/{reference}/history").json()["events"]
    (opinion,) = [one["version"] for one in history if one["event"] == "application.opinion_given.v1"]
    assert (shown["person"], shown["effect"], shown["standing"], shown["said"]) == (coordinator, "disclose", True, [opinion])
    assert shown["says"] == "employed by whoever would be paid to deliver"
    assert of(desk, "signatory", reference) == []
    assert "Employed by the partner" not in desk.as_("approver").get(f"{V1}/applications/{reference}/history").text


def test_whoever_has_no_part_in_it_finds_no_such_file_and_their_work_waits_for_a_colleague(desk: Desk) -> None:
    reference = complete(desk)
    path = f"{V1}/applications/{reference}"
    assert desk.as_("officer").get(path).status_code == 200
    desk.give("officer", reference, "declare-conflict", {"interest": "family", "about": "My sister leads the unit"})
    assert desk.as_("officer").get(path).status_code == 404
    assert reference not in desk.fresh("officer", f"{V1}/applications").text
    assert reference not in desk.fresh("officer", f"{V1}/queue").text
    (waits,) = [one for one in desk.fresh("second", f"{V1}/queue").json()["items"] if one["what"] == "conflict"]
    assert waits["reference"] == reference
    (shown,) = of(desk, "second", reference)
    assert (shown["look_again"], [act["then"] for act in shown["tainted"]]) == (True, ["look_again"])  # type: ignore[index, attr-defined]
    own = desk.as_("assessor_a").post(f"{path}/declare-conflict", {"interest": "gain", "about": "x", "person": desk.people["second"]})
    assert own.status_code == 404
    desk.give("second", reference, "look-again", {"number": 1, "finding": "It is complete"})
    assert of(desk, "second", reference)[0]["look_again"] is False


def approved(desk: Desk) -> str:
    """A file of Lakeside that is granted."""
    reference = desk.proposed()
    desk.give("approver", reference, "approve", {"reasons": ["ok"]})
    return reference


def awards_read(desk: Desk, name: str) -> list[str]:
    """Of which files somebody reads in the history of Lakeside that they were granted."""
    events = desk.fresh(name, f"{V1}/cities/{desk.ids['Lakeside']}/history").json()["events"]
    return [one["data"]["application"] for one in events if one["event"] == "city.award_recorded.v1"]


def test_whoever_has_no_part_in_a_file_does_not_read_in_the_history_of_its_city_what_it_was_granted(desk: Desk) -> None:
    desk.hired("bystander", "officer")
    reference, other = approved(desk), approved(desk)
    file = desk.stream(reference)
    assert file in awards_read(desk, "bystander")
    desk.give("bystander", reference, "declare-conflict", {"interest": "family", "about": "My sister leads the unit"})
    assert (file in awards_read(desk, "bystander"), desk.stream(other) in awards_read(desk, "bystander")) == (False, True)
    assert file in awards_read(desk, "second")
    assert file in awards_read(desk, "signatory")
    assert file in awards_read(desk, "administrator"), "who does not read files keeps the register"
