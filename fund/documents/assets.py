"""What letters are made from: the templates, stylesheets, fonts and pictures that come with the package, by name."""

import hashlib
from pathlib import Path

PREFIX = "asset:"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".html": "text/html"}


class Assets:
    """The files of one folder. A name that is not one of them does not exist: no path is ever built from a name."""

    def __init__(self, folder: Path) -> None:
        files = (path for path in folder.rglob("*") if path.is_file() and path.suffix in TYPES)
        self._paths = {path.relative_to(folder).as_posix(): path for path in sorted(files)}

    def __contains__(self, name: str) -> bool:
        return name in self._paths

    def read(self, name: str) -> bytes:
        """KeyError if there is no such asset."""
        return self._paths[name].read_bytes()

    def kind(self, name: str) -> str:
        return TYPES[self._paths[name].suffix]

    def digest(self, under: str) -> str:
        """SHA-256 over the names and contents of every asset whose name begins with `under`, in lowercase hex."""
        running = hashlib.sha256()
        for name in self._paths:
            if name.startswith(under):
                running.update(f"{name}\0{hashlib.sha256(self.read(name)).hexdigest()}\n".encode())
        return running.hexdigest()
