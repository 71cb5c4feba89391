"""The one way the fund says no."""

import msgspec


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """Of what a refusal was said: the step that was asked for, and where the file stood.

    policy: version of the programme that it was judged under. stage, track: of an application. version: of the stream.
    """

    verb: str
    policy: str
    version: int
    stage: str = ""
    track: str | None = None


class Refusal(Exception):
    """A refusal with a stable `code` (`noun.reason`), the `field` it is about, if any, and values for its sentence.

    The sentence lives in the message catalogues under the code; `about` fills its placeholders.
    judged: what was judged, where a command was; None where nothing came so far.
    """

    def __init__(self, code: str, field: str | None = None, **about: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.about = about
        self.judged: Judged | None = None

    def __repr__(self) -> str:
        return f"Refusal({self.code!r}, field={self.field!r}, about={self.about!r})"
