"""Reading the programme: its priorities with their numbers as of now, and the life of its versions."""

import msgspec
from fastapi import FastAPI, Response

from fund.api.access import Opened
from fund.api.answers import json
from fund.api.entitlements import API
from fund.api.schema import answers
from fund.border.lives import lives
from fund.domain.streams import PROGRAMME


class PriorityEntry(msgspec.Struct, frozen=True, kw_only=True):
    """`number`: as it is printed, null where no source proves one. `titles`: language -> text."""

    code: str
    number: str | None
    titles: dict[str, str]


class VersionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """`status`: proposed, withdrawn, in force or superseded; `since`: when it came to stand there."""

    version: str
    digest: str
    status: str
    since: str


class ProgrammeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What governs new applications, and every version that was proposed or adopted, in that order."""

    code: str
    version: str
    digest: str
    titles: dict[str, str]
    languages: list[str]
    catalogue: str
    priorities: list[PriorityEntry]
    versions: list[VersionEntry]


def mount(app: FastAPI) -> None:
    app.get(f"{API}/programme", operation_id="ReadProgramme", tags=["programme"], responses=answers(ProgrammeEntry))(programme)


def programme(fund: Opened) -> Response:
    found = lives(fund.ledger.stream(PROGRAMME))
    now = fund.programme
    body = ProgrammeEntry(
        code=now.code,
        version=now.version,
        digest=now.digest,
        titles=now.titles,
        languages=list(now.languages),
        catalogue=now.catalogue.version,
        priorities=[PriorityEntry(code=one.code, number=one.printed, titles=one.titles) for one in now.catalogue.priorities],
        versions=[VersionEntry(version=one.version, digest=one.digest, status=one.status, since=one.moments[-1].at) for one in found],
    )
    return json(body)
