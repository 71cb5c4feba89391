"""Where templates and message catalogues lie: at the top of a checkout, inside the package of an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PACKED = _PACKAGE / "_resources"
ROOT = _PACKED if _PACKED.is_dir() else _PACKAGE.parent
"""The folder that holds `templates/` and `locales/`."""


def resource(*parts: str) -> Path:
    """The file or folder at `parts` below the root, e.g. `resource("templates", "letters")`. FileNotFoundError if it is not there."""
    path = ROOT.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"{'/'.join(parts)} is not among the resources of the fund ({ROOT})")
    return path


def sample(*parts: str) -> Path:
    """The sample data at `parts`, which is part of the package: `sample("cities.csv")`."""
    return _PACKAGE.joinpath("samples", *parts)
