"""What an operator reads of messages, and does about them."""

from tests.cli.conftest import known, person
from tests.cli.driving import Desk
from tests.processes.mailserver import mail_server


def test_an_operator_sees_what_waits_was_sent_and_was_given_up_and_sends_it_again(applied: Desk) -> None:
    with mail_server() as (box, address):
        box.refused["amina@example.org"] = "550 5.1.1 <amina@example.org> unknown"
        sending = {"FUND_SMTP_URL": f"smtp://{address}"}
        assert applied.fund("doctor", "--json", **sending).json["checks"]["mail"] == "ok"
        assert applied.fund("worker", "--once", **sending).code == 0
        listed = applied.fund("messages", "list", "--state", "given_up", "--json").json
        assert listed["counts"]["given_up"] == len(listed["messages"]) == 2
        amina = known(applied)["amina"]
        assert {(one["person"], one["reason"]) for one in listed["messages"]} == {(amina, "smtp 550 5.1.1")}
        message = listed["messages"][0]["id"]
        box.refused.clear()
        assert applied.fund("messages", "retry", message).out == f"{message}\n"
        assert applied.fund("worker", "--once", **sending).code == 0
        log = applied.fund("messages", "log", message, "--json").json["log"]
        assert [one["what"] for one in log] == ["queued", "given_up", "queued", "sent"]
        assert len(box.to("amina@example.org")) == 1
    shown = applied.fund("messages", "list").out
    assert message in shown
    assert "amina" not in shown
    assert "smtp" not in applied.fund("doctor", "--json", FUND_SMTP_URL="").json["checks"]


def test_only_those_who_keep_addresses_read_it(applied: Desk) -> None:
    olga = known(applied)["olga"]
    assert applied.fund("--as", olga, "messages", "list").line.startswith("access.denied")
    administrator = person(applied, "anna", "administrator")
    assert applied.fund("--as", administrator, "messages", "list", "--json").code == 0
    assert applied.fund("messages", "list", "--state", "lost").line.startswith("code.unknown [state]")
    assert applied.fund("messages", "log", "0" * 32).line.startswith("message.unknown [message]")


def test_a_server_that_cannot_be_is_one_clear_line_without_its_password(begun: Desk) -> None:
    answer = begun.fund("worker", "--once", FUND_SMTP_URL="smtp://fund:se/cret@mail.example")
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("settings.invalid [FUND_SMTP_URL]:")
    assert "cret" not in answer.line
    told = begun.fund("doctor", FUND_SMTP_URL="smtp://fund:secret@127.0.0.1:9")
    assert (told.code, "secret" in told.out) == (1, False)
    assert "mail: smtp ConnectionRefusedError" in told.out
