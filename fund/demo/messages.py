"""What the play left in the outbox: how many messages, and one in each language. Nothing is sent from a play."""

from rich.console import Console

from fund.border.opening import Fund
from fund.projections import people

LOOKED_AT = 400
WIDTH = 34


def show_messages(fund: Fund, console: Console) -> None:
    waiting = fund.outbox.counts().get("queued", 0)
    console.print(
        f"  {waiting} messages wait in the outbox, shown at /dev/outbox once the portal is served. One in each language:", soft_wrap=True
    )
    wanted = set(fund.programme.languages)
    with fund.views.reading() as reading:
        languages = {one.id: one.language for one in people.listed(reading, limit=1000)}
    for entry in fund.outbox.listed("queued", limit=LOOKED_AT):
        if languages.get(entry.person) in wanted and (letter := fund.post.letter([entry])[0]) and letter.lines[0].reference:
            wanted.discard(letter.locale)
            console.print(f"  {letter.locale}  {letter.to[:WIDTH]:<{WIDTH}}  {fund.post.mail(letter, entry)['Subject']}", soft_wrap=True)
