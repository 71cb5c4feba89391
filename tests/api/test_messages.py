"""Messages over HTTP: ids and reasons, and nothing of a file that the reader may not see."""

from fund.api.entitlements import API
from tests.api.desk import Desk


def test_staff_see_whether_messages_arrive_and_administrators_without_the_reference(desk: Desk) -> None:
    reference = desk.proposed()
    desk.fund.runner.catch_up()
    desk.fund.post.collect()
    page = desk.as_("officer").get(f"{API}/messages?state=queued&limit=200").json()
    ours = [one for one in page["items"] if one["reference"] == reference]
    assert {"receipt", "task"} <= {one["kind"] for one in ours}
    assert page["counts"]["queued"] >= len(ours)
    assert "@" not in desk.as_("officer").get(f"{API}/messages").text
    blind = desk.as_("administrator").get(f"{API}/messages?limit=200").json()["items"]
    assert {one["id"] for one in ours} <= {one["id"] for one in blind}
    assert {one["reference"] for one in blind} == {None}
    (first,) = desk.as_("officer").get(f"{API}/messages?limit=1").json()["items"]
    assert desk.as_("officer").get(f"{API}/messages?limit=1&after=1").json()["items"][0]["id"] != first["id"]
