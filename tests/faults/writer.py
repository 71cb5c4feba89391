"""A process that records commands until it is killed, and prints the id of each as soon as it is acknowledged."""

import os
import sys
from datetime import UTC, datetime
from itertools import count

from fund.domain import commands as c
from fund.domain.events import EVENTS
from fund.ledger.handler import Handler, Sources
from fund.ledger.kek import Kek
from fund.ledger.keys import open_keys
from fund.ledger.store import Ledger
from fund.policy import load

KEK = Kek(bytes(range(32)))
OPERATOR = "operator:test"


def open_handler(url: str) -> Handler:
    programme, keys = load(), open_keys(url, KEK)
    sources = Sources(lambda: datetime.now(UTC), os.urandom)
    return Handler(Ledger.open(url, keys, EVENTS), keys, {programme.version: programme}, programme.version, sources, specimen=True)


def main(url: str, name: str) -> None:
    handler = open_handler(url)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in count():
        command_id = f"{name}:{number}"
        envelope = c.OpenEnvelope(title=f"Envelope {command_id}", currency="EUR")
        given = c.ReceiveContribution(envelope="", donor="Donor", amount=100, currency="EUR", basis="agreement")
        handler.handle(envelope, given, by=OPERATOR, command_id=command_id)
        sys.stdout.write(command_id + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
