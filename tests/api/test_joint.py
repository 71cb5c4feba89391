"""A joint application over HTTP: the partner finds the draft, reads it, accepts its digest, and is asked again after an edit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fund.domain.sections import text_digest
from tests.api.desk import FORM, V1, Desk, opened


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(Path(tmp_path_factory.mktemp("joint"))) as desk:
        yield desk.found()


def read(desk: Desk, name: str, reference: str) -> dict[str, Any]:
    body: dict[str, Any] = desk.as_(name).get(f"{V1}/applications/{reference}").json()
    return body


def save(desk: Desk, reference: str, section: str, **changes: object) -> None:
    desk.give("signatory", reference, "save-section", {"section": {"section": section, **FORM[section], **changes}})


def test_a_partner_accepts_what_it_read_and_again_what_changed(own: Desk) -> None:
    reference, city = own.draft(), own.fund.actor(own.people["other"]).cities
    (there,) = city
    assert own.as_("other").get(f"{V1}/applications/{reference}").status_code == 404
    save(own, reference, "applicant", beneficiaries=[there])
    mine = own.fresh("other", f"{V1}/applications").json()["items"]
    assert reference in [one["reference"] for one in mine]
    body = read(own, "other", reference)
    assert body["text"] == text_digest(body["state"]["digests"])
    assert body["state"]["sections"]["need"]["problem"] == FORM["need"]["problem"]
    refused = own.as_("signatory").post(f"{V1}/applications/{reference}/submit")
    assert (refused.status_code, refused.json()["code"]) == (409, "consent.missing")

    own.give("other", reference, "accept-text", {"city": there, "text": body["text"]})
    save(own, reference, "need", problem="Harassment after dark and at dawn")
    (consent,) = read(own, "signatory", reference)["consents"]
    assert (consent["city"], consent["stands"], consent["changed"]) == (there, False, ["need"])
    stale = own.as_("other").post(f"{V1}/applications/{reference}/accept-text", {"city": there, "text": body["text"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "consent.other_text")

    own.give("other", reference, "accept-text", {"city": there, "text": read(own, "other", reference)["text"]})
    own.give("signatory", reference, "submit")
    own.give("other", reference, "leave", {"city": there, "reason": "Elections"})
    assert own.as_("other").get(f"{V1}/applications/{reference}").status_code == 404
    assert read(own, "officer", reference)["consents"][0]["left"] is True


def test_a_stranger_does_not_learn_of_it(own: Desk) -> None:
    reference = own.draft()
    for name in ("nobody", "other"):
        assert own.as_(name).get(f"{V1}/applications/{reference}").status_code == 404
