"""The one way the fund says no."""


class Refusal(Exception):
    """A refusal with a stable `code` (`noun.reason`), the `field` it is about, if any, and values for its sentence.

    The sentence lives in the message catalogues under the code; `about` fills its placeholders.
    """

    def __init__(self, code: str, field: str | None = None, **about: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.about = about

    def __repr__(self) -> str:
        return f"Refusal({self.code!r}, field={self.field!r}, about={self.about!r})"
