"""A refusal over HTTP: opening its letter is a fact, and from then on the city can appeal."""

from pathlib import Path
from typing import Any

from tests.api.desk import V1, Desk, opened


def events(desk: Desk, reference: str) -> list[str]:
    return [one["event"] for one in desk.as_("auditor").get(f"{V1}/applications/{reference}/history").json()["events"]]


def verbs(desk: Desk, name: str, reference: str) -> set[str]:
    return {one["verb"] for one in desk.as_(name).get(f"{V1}/applications/{reference}/actions").json()["actions"]}


DECLINING = {"reasons": ["It serves no priority"], "what_would_change": ["A plan"], "otherwise": "The plan is missing"}


def declined(desk: Desk) -> str:
    reference = desk.found().proposed()
    desk.give("approver", reference, "decline", DECLINING)
    return reference


def test_a_city_reads_why_names_an_error_and_the_decision_falls_but_not_its_letter(tmp_path: Path, database_url: str) -> None:
    with opened(tmp_path, database_url, with_worker=True) as desk:
        reference = declined(desk)
        assert desk.letter("officer", reference).status_code == 200
        assert "ask-correction" not in verbs(desk, "focal", reference)
        assert desk.letter("focal", reference).status_code == 200
        why = desk.as_("focal").get(f"{V1}/applications/{reference}/why").json()
        assert why["reasons"] == DECLINING["reasons"]
        asked = desk.give("focal", reference, "ask-correction", {"reason": 1, "instead": "It serves the first"})
        assert asked["events"] == ["application.correction_asked.v1"]
        assert "lodge-appeal" not in verbs(desk, "signatory", reference)
        for involved in ("officer", "approver"):
            refused = desk.as_(involved).post(f"{V1}/applications/{reference}/refuse-correction", {"reasons": ["x"]})
            assert (refused.status_code, refused.json()["code"]) == (403, "duty.not_apart")
        body = {"full_name": "Outsider", "email": "outsider@fund.example", "language": "en"}
        desk.enter("outsider", desk.done("administrator", f"{V1}/people", body)["id"])
        desk.done("administrator", f"{V1}/people/{desk.people['outsider']}/grant-role", {"role": "approver", "scope": None})
        desk.give("outsider", reference, "correct-decision", {"reasons": ["It does"], "back_to": "proposal", "unfunded": "x"})
        told = desk.as_("focal").get(f"{V1}/applications/{reference}/letters").json()["letters"]
        assert [(one["outcome"], one["superseded"]) for one in told] == [("declined", True)]
        assert desk.letter("focal", reference).content.startswith(b"%PDF-")


def test_after_a_decision_fell_a_city_reads_the_next_findings_only_with_the_next_decision(tmp_path: Path, database_url: str) -> None:
    with opened(tmp_path, database_url, with_worker=True) as desk:
        reference = declined(desk)
        assert desk.letter("focal", reference).status_code == 200
        desk.give("focal", reference, "ask-correction", {"reason": 1, "instead": "It serves the first"})
        for name, role in (("outsider", "approver"), ("assessor_c", "assessor"), ("assessor_d", "assessor")):
            desk.hired(name, role)
        desk.give("outsider", reference, "correct-decision", {"reasons": ["It does"], "back_to": "assessment", "unfunded": "x"})
        desk.assessed_by(reference, "assessor_c", "assessor_d", verdict="partly")
        (before, after), state = findings(desk, "focal", reference)
        assert before["findings"] == [{"priority": "SP-NLC", "verdict": "aligned", "unanimous": True}]
        assert after["findings"] == [{"priority": "SP-NLC", "verdict": {"withheld": "internal"}, "unanimous": {"withheld": "internal"}}]
        assert "partly" not in str(state["findings"])
        assert findings(desk, "officer", reference)[0][1]["findings"][0]["verdict"] == "partly"


def findings(desk: Desk, name: str, reference: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What somebody reads of each finding, and of the file as it stands."""
    history = desk.as_(name).get(f"{V1}/applications/{reference}/history").json()["events"]
    told = [one["data"] for one in history if one["event"] == "application.alignment_determined.v1"]
    return told, desk.as_(name).get(f"{V1}/applications/{reference}").json()["state"]


def test_a_city_opens_its_letter_appeals_and_withdraws_the_appeal(tmp_path: Path, database_url: str) -> None:
    with opened(tmp_path, database_url, with_worker=True) as desk:
        reference = declined(desk)
        assert desk.letter("officer", reference).status_code == 200
        assert "application.letter_opened.v1" not in events(desk, reference)
        for name in ("focal", "signatory", "focal"):
            assert desk.letter(name, reference).content.startswith(b"%PDF-")
        assert events(desk, reference).count("application.letter_opened.v1") == 1
        told = desk.as_("signatory").get(f"{V1}/applications/{reference}/history").json()["events"][-1]
        assert told["event"] == "application.letter_opened.v1"
        assert told["data"]["appeal_until"] > desk.fund.now().isoformat()

        assert "lodge-appeal" in verbs(desk, "signatory", reference)
        assert "open-letter" not in verbs(desk, "signatory", reference)
        lodged = desk.give("focal", reference, "lodge-appeal", {"grounds": "There is a plan"})
        assert lodged["events"] == ["application.appeal_lodged.v1"]
        assert desk.as_("approver").get(f"{V1}/applications/{reference}").json()["status"] == "appeal_lodged"
        for involved in ("officer", "approver"):
            refused = desk.as_(involved).post(f"{V1}/applications/{reference}/admit-appeal")
            assert (refused.status_code, refused.json()["code"]) == (403, "duty.not_apart")
        desk.give("signatory", reference, "withdraw-appeal", {"reason": "We ask again"})
        assert desk.as_("signatory").get(f"{V1}/applications/{reference}").json()["status"] == "closed"
