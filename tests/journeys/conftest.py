"""Journeys: the real program, as a person meets it."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys.homes import Home
from tests.journeys.sites import Site

collect_ignore_glob = ["test_*"] if sys.platform == "win32" else []  # signals, modes, sockets
_TROUBLE = (" WARNING ", " ERROR ", " CRITICAL ", "Traceback")


@pytest.fixture
def at_home(home: Path) -> Iterator[Home]:
    """Give a home; when its journeys are over, nothing bad may be in its log."""
    with tempfile.TemporaryDirectory(dir="/tmp") as runtime:
        made = Home(home, runtime)
        home.mkdir()
        yield made
        made.close()
        bad = [line for line in made.log() if any(each in line for each in _TROUBLE)]
        assert not bad or made.may_warn, bad


@pytest.fixture
def site() -> Iterator[Site]:
    """Give a site that has a story."""
    made = Site()
    yield made
    made.close()
