"""Each call to the disk fails once, and from then on: all of a step is there, or nothing of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from tests.faults.disk import Call, Disk, counted
from tests.faults.journeys import JOURNEYS, Journey, Session, held
from tests.sampling import sample

from reader import settings
from reader.errors import ReaderError
from reader.library.library import Library
from reader.library.store import database
from reader.settings_store import SettingsStore

_OF_EACH, _SHARE = 2, 0.4


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BUSY_MS", 0)


@pytest.fixture(scope="module", params=JOURNEYS)
def journey(request: pytest.FixtureRequest) -> Journey:
    return JOURNEYS[request.param]


@pytest.fixture(scope="module")
def begun(journey: Journey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "library"
    journey.prepare(folder)
    return folder


@pytest.fixture(scope="module")
def states(journey: Journey, begun: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return what the library holds before and after each step if nothing fails."""
    folder = Path(shutil.copytree(begun, tmp_path_factory.mktemp("usual") / "library"))
    found, session = [held(folder / "library.db")], Session(folder)
    for step in journey.steps:
        step(session)
        # Of a copy: two SQLites of one process on one file would break each other's locks.
        with TemporaryDirectory() as copied:
            shutil.copytree(folder, copied, dirs_exist_ok=True)
            found.append(held(Path(copied) / "library.db"))
    session.close()
    return found


def _go(session: Session, journey: Journey, done: list[int]) -> None:
    try:
        for number, step in enumerate(journey.steps):
            step(session)
            done.append(number)
    finally:
        session.close()


def _calls(journey: Journey, begun: Path, folder: Path) -> list[Call]:
    here = Path(shutil.copytree(begun, folder / "counted"))
    disk = Disk(here)
    with counted(disk):
        _go(Session(here), journey, [])
    return disk.calls


def _worth_trying(calls: list[Call]) -> list[int]:
    """Return the numbers of the calls to fail: of many equal ones some."""
    found = set[int]()
    for each in set(calls):
        numbers = [number for number, call in enumerate(calls) if call == each]
        found.update((*numbers[:2], *numbers[:: len(numbers) // _OF_EACH + 1], numbers[-1]))
    return sorted(found)


def _failures(
    journey: Journey, begun: Path, request: pytest.FixtureRequest, *, lasting: bool
) -> Iterator[Any]:
    """Go the journey again and again; each time another call fails."""
    folder: Path = request.getfixturevalue("tmp_path")
    for at in sample(_worth_trying(_calls(journey, begun, folder)), _SHARE, request):
        here = Path(shutil.copytree(begun, folder / str(at)))
        disk, done, said = Disk(here, at, lasting=lasting), list[int](), ""
        with counted(disk):
            try:
                _go(Session(here), journey, done)
            except ReaderError as error:
                said = str(error)
        yield here, (at, disk.calls[at]), len(done), said
        shutil.rmtree(here)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_a_step_is_whole_or_not_there_whichever_call_fails(
    journey: Journey, begun: Path, states: list[Any], request: pytest.FixtureRequest, lasting: bool
) -> None:
    for here, what, done, said in _failures(journey, begun, request, lasting=lasting):
        assert said or done == len(journey.steps), what
        assert not said or said.endswith("."), what
        now = held(here / "library.db")
        assert now in states[done : done + 2], (what, said)
        if now == states[done]:
            session = Session(here)
            for step in journey.steps[done:]:
                step(session)
            session.close()
            assert held(here / "library.db") == states[-1], what
        if now:
            with Library.open(here) as library:
                assert library.check() == (), what


@pytest.mark.logs
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_settings_are_the_old_or_the_new_ones_whichever_call_fails(
    tmp_path: Path, lasting: bool
) -> None:
    at, is_over = 0, False
    while not is_over:
        file = tmp_path / str(at) / "settings.json"
        old = SettingsStore.open(file)
        old.update(theme="sepia")
        old.flush()
        disk, told = Disk(file.parent, at, lasting=lasting), list[str]()
        store = SettingsStore.open(file)
        store.troubled.append(told.append)
        with counted(disk):
            store.update(theme="dark")
            store.flush()
        is_over = len(disk.calls) <= at
        assert settings.load(file).theme in (("sepia", "dark") if told else ("dark",)), disk.calls
        store.flush()
        assert settings.load(file).theme == "dark", disk.calls[at : at + 1]
        at += 1
