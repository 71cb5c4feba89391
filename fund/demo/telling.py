"""Printing what happens: each fact one readable line."""

from rich.console import Console
from rich.text import Text

from fund.border.naming import Names
from fund.border.opening import Fund
from fund.domain.event import Recorded
from fund.language import event_sentence, terms_of

WIDTH = 22


class Teller:
    """Prints every fact that was not told yet, from where the ledger stood when the telling began."""

    def __init__(self, fund: Fund, console: Console, locale: str = "en") -> None:
        self._fund = fund
        self._console = console
        self._locale = locale
        self._names = Names(fund, locale, people=True)
        self._terms = terms_of(fund.programme, locale)
        self.began = self.told = fund.ledger.head()

    def __call__(self) -> None:
        for recorded in self._fund.ledger.read(self.told, 10_000):
            self._console.print(self._line(recorded), soft_wrap=True)
            self.told = recorded.index

    def heading(self, text: str) -> None:
        self._console.print(Text(f"\n{text}", style="bold"))

    def _line(self, recorded: Recorded) -> Text:
        sentence = event_sentence(self._locale, recorded, self._names, self._terms)
        subject = self._names(recorded.stream)
        line = Text(f"{recorded.index:>4}  {recorded.header.at:%Y-%m-%d %H:%M}  ", style="dim")
        line.append(f"{subject[:WIDTH]:<{WIDTH}}  ", style="cyan")
        return line.append(sentence, style="")
