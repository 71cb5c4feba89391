"""A refusal over HTTP: opening its letter is a fact, and from then on the city can appeal."""

from pathlib import Path

from tests.api.desk import V1, Desk, opened


def events(desk: Desk, reference: str) -> list[str]:
    return [one["event"] for one in desk.as_("auditor").get(f"{V1}/applications/{reference}/history").json()["events"]]


def verbs(desk: Desk, name: str, reference: str) -> set[str]:
    return {one["verb"] for one in desk.as_(name).get(f"{V1}/applications/{reference}/actions").json()["actions"]}


def test_a_city_opens_its_letter_appeals_and_withdraws_the_appeal(tmp_path: Path, database_url: str) -> None:
    with opened(tmp_path, database_url, with_worker=True) as desk:
        reference = desk.found().proposed()
        body = {"reasons": ["It serves no priority"], "what_would_change": ["A plan"], "otherwise": "The plan is missing"}
        desk.give("approver", reference, "decline", body)
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
