"""From the first line of a draft to the letter, by HTTP alone, each step with the token of the person whose step it is."""

from pathlib import Path

from tests.api.desk import V1, opened

SECTIONS = ["application.section_saved.v1"] * 7
BEGINNING = [
    "application.started.v1",
    *SECTIONS,
    "application.submitted.v1",
    "application.track_chosen.v1",
    "application.completeness_confirmed.v1",
]


def test_one_city_is_approved_and_gets_its_letter_and_another_withdraws(tmp_path: Path, database_url: str) -> None:
    with opened(tmp_path, database_url, with_worker=True) as desk:
        desk.found()
        withdrawn = desk.submitted()
        desk.give("focal", withdrawn, "withdraw", {"reason": "Another programme helps"})
        reference = desk.proposed()
        decided = desk.give("approver", reference, "approve", {"reasons": ["It serves the priority"]})
        assert decided["events"] == ["application.approved.v1", "envelope.funds_committed.v1", "city.award_recorded.v1"]

        letter = desk.letter("signatory", reference)
        assert letter.status_code == 200
        assert letter.headers["content-type"] == "application/pdf"
        assert letter.headers["content-disposition"] == f'inline; filename="{reference}.pdf"'
        assert letter.headers["cache-control"] == "no-store"
        assert letter.content.startswith(b"%PDF-")
        assert desk.letter("focal", withdrawn).content.startswith(b"%PDF-")

        told = desk.as_("auditor").get(f"{V1}/applications/{reference}/history").json()["events"]
        assert [one["event"] for one in told][: len(BEGINNING)] == BEGINNING
        assert [one["event"] for one in told[-2:]] == ["application.letter_issued.v1", "application.letter_opened.v1"]
        assert [one["version"] for one in told] == list(range(1, len(told) + 1))
        assert all(one["sentence"] and "{" not in one["sentence"] for one in told)

        index = desk.fund.ledger.head()
        money = desk.as_("finance").get(f"{V1}/envelopes?wait={index}").json()["envelopes"]
        assert [(one["committed"], one["balance"]) for one in money] == [(30_000_00, 70_000_00)]
        numbers = desk.as_(None).get(f"{V1}/pipeline?wait={index}").json()
        assert (numbers["outcomes"], numbers["stages"]) == ({"approved": 1, "withdrawn": 1}, {"closed": 1, "offer": 1})
        assert desk.as_(None).get("/readyz").json()["ready"] is True
