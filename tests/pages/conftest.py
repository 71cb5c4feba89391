"""One running fund and one browser for all tests of pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser

from tests.pages.browser import chromium
from tests.pages.samples import Samples, make
from tests.pages.world import World, running


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with running(Path(tmp_path_factory.mktemp("portal"))) as made:
        yield made


@pytest.fixture(scope="session")
def samples(world: World) -> Samples:
    return make(world)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def app(world: World) -> FastAPI:
    return world.app
