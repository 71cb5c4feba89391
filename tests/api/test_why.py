"""Why, over HTTP: a refused step and a decided file name their rules, in the reader's language, and tell a stranger nothing."""

from pathlib import Path

from fund.domain.rules import ENGINE
from tests.api.desk import V1, Desk, opened


def test_a_refused_step_names_its_rule_and_what_would_change_it(desk: Desk) -> None:
    reference = desk.draft()
    answer = desk.as_("approver").post(
        f"{V1}/applications/{reference}/decline",
        {"reasons": ["x"], "what_would_change": ["y"], "otherwise": ""},
        accept_language="fr",
    )
    why = answer.json()["why"]
    assert answer.json()["code"] == "workflow.not_now"
    (ground,) = why["grounds"]
    assert (ground["rule"], ground["version"], ground["title"]) == ("own.order", ENGINE, "L’ordre des étapes")
    assert {"name": "stage", "label": "Étape actuelle", "value": ground["facts"][0]["value"]} in ground["facts"]
    assert why["would_change"][0].startswith("Cette étape est ouverte aux stades suivants")


def test_a_stranger_learns_no_stage(desk: Desk) -> None:
    reference = desk.draft()
    answer = desk.as_("coordinator").post(f"{V1}/applications/{reference}/decline", {"reasons": ["x"], "what_would_change": ["y"]})
    assert answer.status_code in (403, 404)
    assert "draft" not in answer.text
    assert desk.as_("coordinator").get(f"{V1}/applications/{reference}/why").status_code == 404


def test_a_decided_file_says_why_to_its_city_and_to_auditors(tmp_path: Path, database_url: str) -> None:
    with opened(tmp_path, database_url, with_worker=True) as desk:
        reference = desk.found().proposed()
        path = f"{V1}/applications/{reference}/why"
        before = desk.as_("signatory").get(path).json()
        assert (before["outcome"], before["grounds"], before["would_change"]) == (None, [], [])
        body = {"reasons": ["It serves no priority"], "what_would_change": ["A plan"], "otherwise": "The plan is missing"}
        desk.give("approver", reference, "decline", body)
        for name in ("signatory", "auditor"):
            told = desk.as_(name).get(path, accept_language="es").json()
            assert (told["outcome"], told["reasons"], told["would_change"]) == ("declined", ["It serves no priority"], ["A plan"])
            rules = {ground["rule"]: ground for ground in told["grounds"]}
            assert any(rule.startswith("priority.") for rule in rules)
            assert (
                rules["track.standard"]["source"]
                == "Norma propia del fondo: dos personas leen de forma independiente y otra distinta decide"
            )
        assert any(rule.startswith("hub.") for rule in _rules(desk, "auditor", path))
        assert not any(rule.startswith("hub.") for rule in _rules(desk, "signatory", path))


def test_an_ineligible_file_says_why_in_the_words_of_whoever_refused_it(tmp_path: Path, database_url: str) -> None:
    with opened(tmp_path, database_url) as desk:
        reference = desk.found().submitted()
        desk.give("officer", reference, "confirm-completeness")
        desk.give("officer", reference, "record-check", {"check": "E3", "result": "fail", "evidence": "Looked up"})
        desk.give("second", reference, "refuse-eligibility", {"reason": "The city acts outside its powers."})
        for name in ("signatory", "auditor"):
            told = desk.as_(name).get(f"{V1}/applications/{reference}/why").json()
            assert (told["outcome"], told["reasons"]) == ("ineligible", ["The city acts outside its powers."])


def _rules(desk: Desk, name: str, path: str) -> set[str]:
    return {ground["rule"] for ground in desk.as_(name).get(path).json()["grounds"]}
