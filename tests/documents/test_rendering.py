"""The printing process: the same bytes everywhere, nothing loaded from outside, and killed when it must be."""

import builtins
import hashlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from pathlib import Path

import psutil
import pytest

from fund.documents import press
from fund.documents.assets import Assets
from fund.documents.rendering import Renderer, RendererUnavailable, RenderFailed, RenderTimeout
from fund.resources import resource
from tests.documents.samples import html, sample

ROOT = Path(__file__).parents[2]
SLOW_PAGE = "<!DOCTYPE html><html lang=en><title>x</title><body>" + ("<table><tr>" + "<td>x y z</td>" * 60 + "</tr></table>") * 1500

PRINT_TWO = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from fund.documents.rendering import Renderer
from tests.documents.samples import html, sample

if __name__ == "__main__":
    with Renderer() as renderer:
        for language, outcome in (("fr", "approved"), ("ar", "approved_with_conditions")):
            print(hashlib.sha256(renderer.render(html(sample(language, outcome)))).hexdigest())
"""


def children() -> list[psutil.Process]:
    """Our printing processes, the newest last."""
    return sorted(
        (child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())), key=psutil.Process.create_time
    )


def test_the_bytes_are_the_same_on_every_run_whatever_surrounds_it(renderer: Renderer, tmp_path: Path) -> None:
    script = tmp_path / "print_two.py"
    script.write_text(PRINT_TWO)
    surroundings = [("1", "Pacific/Kiritimati", tmp_path, "C"), ("4242", "America/Lima", ROOT, "C.UTF-8")]

    def run(seed: str, zone: str, folder: Path, locale: str) -> list[str]:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run([sys.executable, script, ROOT], cwd=folder, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    here = [
        hashlib.sha256(renderer.render(html(sample(language, outcome)))).hexdigest()
        for language, outcome in (("fr", "approved"), ("ar", "approved_with_conditions"))
    ]
    for around in surroundings:
        assert run(*around) == here


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://example.org/crest.png" alt="">',
        '<img src="crest.png" alt="">',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<img src="asset:letter.html" alt="">',
        '<img src="asset:../../pyproject.toml" alt="">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        "<style>@import url('file:///etc/passwd');</style>",
        "<style>@font-face { font-family: x; src: url(http://127.0.0.1:9/x.ttf) } p { font-family: x }</style><p>x</p>",
        '<p style="background: url(file:///etc/passwd)">x</p>',
        '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_asking_for_anything_but_our_own_files_fails_the_letter(renderer: Renderer, body: str) -> None:
    page = f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p>Text</p>{body}</body></html>'
    with pytest.raises(RenderFailed, match="the letter asked for"):
        renderer.render(page)
    assert renderer.render(html(sample())).startswith(b"%PDF")


def test_a_document_that_takes_too_long_is_killed_and_the_next_one_is_printed() -> None:
    with Renderer() as renderer:
        renderer.versions()
        before = children()[-1]
        started = time.monotonic()
        with pytest.raises(RenderTimeout, match="not printed within"):
            renderer.render(SLOW_PAGE, timeout=0.5)
        assert time.monotonic() - started < 5
        assert not before.is_running()
        assert renderer.render(html(sample())).startswith(b"%PDF")


def test_a_crash_is_told_and_the_process_replaced() -> None:
    with Renderer() as renderer:
        renderer.versions()
        with ThreadPoolExecutor(1) as threads:
            printing = threads.submit(renderer.render, SLOW_PAGE)
            time.sleep(0.3)
            os.kill(children()[-1].pid, signal.SIGSEGV)
            with pytest.raises(RenderFailed, match="ended"):
                printing.result()
        assert renderer.render(html(sample())).startswith(b"%PDF")


def test_nothing_is_left_behind() -> None:
    with Renderer() as renderer:
        renderer.render(html(sample()))
        child = children()[-1]
        folder = Path(child.cwd())
        assert folder.is_dir()
    assert not child.is_running()
    assert not folder.exists()
    with pytest.raises(RendererUnavailable, match="closed"):
        renderer.render(html(sample()))


def test_a_process_is_replaced_after_its_share_of_letters() -> None:
    with Renderer(recycle_after=2) as renderer:
        first = renderer.render(html(sample()))
        child = children()[-1]
        assert renderer.render(html(sample())) == first
        assert not child.is_running()
        assert renderer.render(html(sample())) == first


def test_waiting_for_a_busy_process_ends_in_time() -> None:
    with Renderer() as renderer, ThreadPoolExecutor(1) as threads:
        renderer.versions()
        slow = threads.submit(renderer.render, SLOW_PAGE, 1.5)
        time.sleep(0.3)
        with pytest.raises(RenderTimeout, match="no printing process was free"):
            renderer.render(html(sample()), timeout=0.2)
        assert isinstance(slow.exception(), RenderTimeout)


def test_a_fault_in_the_document_is_told_with_its_reason(renderer: Renderer) -> None:
    with pytest.raises(RenderFailed, match="RecursionError"):
        renderer.render("<!DOCTYPE html><html lang=en><title>x</title>" + "<div>" * 3000)
    with pytest.raises(RenderFailed, match="KeyError"):
        renderer.render(html(sample()), stylesheet="no-such.css")


def test_the_versions_name_all_that_shapes_the_bytes(renderer: Renderer) -> None:
    versions = renderer.versions()
    assert set(versions) == {"weasyprint", "pydyf", "pango", "python", "zlib", "fonts", "template"}
    assert versions["fonts"] == Assets(resource("templates", "letters")).digest("fonts/")
    assert versions["weasyprint"].startswith("70")


def test_the_parent_never_loads_the_printing_engine() -> None:
    code = "import sys, fund.documents.rendering, fund.documents.letter, fund.documents.blobs; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_missing_system_libraries_are_told_with_the_packages_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def without_pango(name: str, *arguments: object, **named: object) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *arguments, **named)

    ours, theirs = Pipe()
    monkeypatch.setattr(press, "_confine", lambda workdir: None)
    monkeypatch.setattr(builtins, "__import__", without_pango)
    press.serve(theirs, str(tmp_path), str(tmp_path))
    kind, said = ours.recv()
    assert kind == "unavailable"
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in said


def test_the_printing_process_cannot_reach_out() -> None:
    with pytest.raises(PermissionError, match=r"socket\.connect"):
        press._refuse("socket.connect", ())
    press._refuse("open", ())
