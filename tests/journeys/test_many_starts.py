"""Starts beside each other and after bad ends."""

import json
import random
import signal
from functools import partial
from pathlib import Path

import pytest
from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home, until
from tests.journeys.stock import fill

from reader.library.library import Library
from reader.model import SHELF_QUERIES

_BAD_ENDS = 3
_TERMINATED = 128 + signal.SIGTERM


def _titles(at_home: Home) -> set[str]:
    with Library.open(at_home.library, create=False) as library:
        return {row.title for row in library.rows(SHELF_QUERIES["all"])}


def _wait_for_both(me: Person) -> Script:
    Path(me.given["ready"]).touch()
    yield me.sees("Brought second")
    me.press("Ctrl+Q")


def _never_begins(me: Person) -> Script:
    yield lambda: False


def _page(folder: Path, title: str) -> Path:
    file = folder / f"{title}.md"
    file.write_text(f"# {title}\n\nSome words.\n")
    return file


def test_files_of_a_second_start_come_into_the_window_that_is_there(
    at_home: Home, tmp_path: Path
) -> None:
    fill(at_home.library, {"There already": 2})
    ready = tmp_path / "ready"
    first = at_home.start(_wait_for_both, _page(tmp_path, "Brought first"), ready=str(ready))
    until(ready.exists)
    second = at_home.start(_never_begins, _page(tmp_path, "Brought second"))
    second.end(has_window=False)
    first.end()
    assert _titles(at_home) == {"There already", "Brought first", "Brought second"}


def _zoom_and_wait(me: Person) -> Script:
    me.press("J")
    yield me.sees("One")
    me.press("Ctrl++")
    yield lambda: not me.busy()
    Path(me.given["ready"]).touch()
    yield lambda: False


def test_the_end_of_the_system_closes_the_window_as_a_person_would(
    at_home: Home, tmp_path: Path
) -> None:
    fill(at_home.library, {"One": 2})
    ready = tmp_path / "ready"
    trip = at_home.start(_zoom_and_wait, ready=str(ready))
    until(ready.exists)
    trip.process.send_signal(signal.SIGTERM)
    trip.end(code=_TERMINATED)
    assert at_home.settings()["zoom"] > 1
    assert at_home.settings()["window"]
    assert [each.name for each in at_home.library.glob("library.db*")] == ["library.db"]


def _are_more(things: list[int], number: int) -> bool:
    return len(things) > number


def _is_longer(file: Path, size: int) -> bool:
    return file.stat().st_size > size


def _work_without_end(me: Person) -> Script:
    """Read, archive, favour and add for ever, and write down each thing that was acknowledged."""
    chance = random.Random(me.given["seed"])
    acknowledged: list[int] = []
    with Path(me.given["diary"]).open("a") as diary:
        for number in range(10_000):
            title = f"Added {me.given['seed']}-{number}"
            page = _page(Path(me.given["folder"]), title)
            me.do(
                partial(
                    me.window.controllers.adding.paths, [page], lambda _: acknowledged.append(1)
                )
            )
            me.press("J", *chance.choices(["Space", "S", "E", "K", "End", "Ctrl+Z", "J"], k=3))
            yield partial(_are_more, acknowledged, number)
            print(json.dumps(title), file=diary, flush=True)


@pytest.mark.parametrize("seed", [100, 200])
def test_what_was_acknowledged_outlives_every_bad_end(
    at_home: Home, tmp_path: Path, seed: int
) -> None:
    fill(at_home.library, {f"Article {n}": 1 + n * 9 for n in range(8)})
    diary = tmp_path / "diary"
    diary.touch()
    chance = random.Random(seed)
    for start in range(_BAD_ENDS):
        before = diary.stat().st_size
        trip = at_home.start(
            _work_without_end, seed=seed + start, diary=str(diary), folder=str(tmp_path)
        )
        until(partial(_is_longer, diary, before))
        trip.die_after(chance.random() * 0.15)
    acknowledged = {json.loads(line) for line in diary.read_text().splitlines()}
    assert len(acknowledged) >= _BAD_ENDS
    assert at_home.go(_look_around)["message"] == ""
    assert acknowledged <= _titles(at_home)
    with Library.open(at_home.library) as library:
        assert library.check() == ()


def _look_around(me: Person) -> Script:
    yield me.at_rest
    me.facts["message"] = me.window.context.messages.text()
    me.press("J", "Ctrl+Q")
