"""From a programme folder to the structs of the domain.

The files are validated strictly: an unknown key, a missing one or a wrong type names the file and the key.
"""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from pydantic import ValidationError

from fund.domain.programme import Programme
from fund.policy import files

PROGRAMMES = Path(__file__).parent / "programmes"


class PolicyError(Exception):
    """A programme that cannot be loaded: a stable `code`, `where` (`file: key`) and, for the reader, `reason`."""

    def __init__(self, code: str, where: str, reason: str = "") -> None:
        super().__init__(f"{code} at {where}" + (f": {reason}" if reason else ""))
        self.code = code
        self.where = where
        self.reason = reason


def bundled() -> tuple[Path, ...]:
    """The programme folders that come with the package."""
    return tuple(sorted(folder for folder in PROGRAMMES.iterdir() if (folder / "programme.toml").is_file()))


def load(folder: Path | None = None) -> Programme:
    """The programme in `folder`, or the only one that comes with the package.

    PolicyError: policy.folder_missing, policy.choose_one, policy.file_missing, policy.file_unknown, policy.not_toml,
    policy.key_missing, policy.key_unknown, policy.value_invalid.
    """
    return load_packed(packed(folder))


def packed(folder: Path | None = None) -> bytes:
    """The files of a folder as one, by name, each as `name NUL length NUL bytes`. Their SHA-256 is the programme's digest."""
    return joined(_read(folder or _only_bundled()))


@lru_cache(maxsize=16)
def load_packed(text: bytes) -> Programme:
    """The programme that was packed: read once a process, for the same bytes are the same programme. PolicyError as `load`."""
    contents = parted(text)
    parts = {name: _validated(name, contents[name]) for name in files.MODELS if name in contents}
    return msgspec.convert(_assembled(parts, hashlib.sha256(text).hexdigest()), type=Programme)


def joined(contents: dict[str, bytes]) -> bytes:
    return b"".join(b"%s\0%d\0" % (name.encode(), len(contents[name])) + contents[name] for name in sorted(contents))


def parted(text: bytes) -> dict[str, bytes]:
    """What `joined` joined."""
    contents = {}
    while text:
        name, length, rest = text.split(b"\0", 2)
        contents[name.decode()], text = rest[: int(length)], rest[int(length) :]
    return contents


def _only_bundled() -> Path:
    folders = bundled()
    if len(folders) != 1:
        raise PolicyError("policy.choose_one", str(PROGRAMMES), "name the programme folder to load")
    return folders[0]


def _read(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise PolicyError("policy.folder_missing", str(folder))
    found = {path.name: path for path in folder.glob("*.toml")}
    for name in sorted(set(files.MODELS) - files.OPTIONAL - set(found)):
        raise PolicyError("policy.file_missing", name)
    for name in sorted(set(found) - set(files.MODELS)):
        raise PolicyError("policy.file_unknown", name)
    return {name: path.read_bytes() for name, path in found.items()}


def _validated(name: str, content: bytes) -> Any:
    try:
        return files.MODELS[name].model_validate(tomllib.loads(content.decode("utf-8"))).model_dump()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError("policy.not_toml", name, str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        code = {"extra_forbidden": "policy.key_unknown", "missing": "policy.key_missing"}.get(first["type"], "policy.value_invalid")
        key = ".".join(str(step) for step in first["loc"])
        raise PolicyError(code, f"{name}: {key}", first["msg"]) from error


def _assembled(parts: dict[str, Any], fingerprint: str) -> dict[str, Any]:
    """The files joined into one mapping of the shape of `Programme`; a table's key becomes the code of what it holds."""
    tracks = parts["tracks.toml"]
    return {
        **parts["programme.toml"],
        "membership": parts["programme.toml"]["membership"] | {"clocks": _coded(parts["programme.toml"]["membership"]["clocks"])},
        "digest": fingerprint,
        "catalogue": parts["catalogue.toml"],
        "checks": parts["checks.toml"]["checks"],
        "tracks": {code: {**track, "code": code, "clocks": _coded(track["clocks"])} for code, track in tracks.items()},
        "rubric": parts.get("rubric.toml"),
        "consultation": parts["opinions.toml"],
        "conflicts": parts["conflicts.toml"],
        "separation": parts["separation.toml"],
        "safeguards": parts.get("safeguards.toml"),
        "calendars": _coded(parts["calendars.toml"]),
        "terms": parts["terms.toml"]["terms"],
        "own_terms": parts["terms.toml"]["own"],
        "aliases": parts["terms.toml"]["aliases"],
        "letter": parts["letter.toml"],
        "sources": parts.get("sources.toml", {}),
    }


def _coded(table: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {code: {**entry, "code": code} for code, entry in table.items()}
