"""Several copies of one library, changed on all of them: after an exchange all show the same.

Their clocks are wrong by hours, rows come in any order and twice, and whatever was not overwritten
by a later stamp is there at the end.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import paths
from reader.anchor import Anchor
from reader.library.backup import copies as copies_
from reader.library.backup import restoring
from reader.library.history import devices, stamps
from reader.library.library import Library
from reader.library.store import clock
from reader.library.store.database import rows
from reader.model import Clipping, Edit, Query, State

_HOUR = 3600
_TAGS = ("art", "Art", "art/old", "bees", "code/new")
_TITLES = ("Apple", "Brook", "Cloud")
_COLOURS = ("", "red", "blue")


class Device:
    """A library in a home of its own, with a clock that may be wrong."""

    def __init__(self, folder: Path, wrong_by: float) -> None:
        self.folder, self.wrong_by = folder, wrong_by
        self.library = Library.open(folder)
        self.ids = 0

    def article(self, number: int) -> int | None:
        """Return one of the articles that are there."""
        found = [*self.library.ids(Query()), *self.library.ids(Query(State.TRASH))]
        return found[number % len(found)] if found else None


Change = Callable[[Device, int, int], object]


def _clipping(number: int, other: int, **told: Any) -> Clipping:
    text = f"<p>Text {other} " + " ".join(f"word{n}" for n in range(8)) + f" {number}</p>"
    return Clipping(
        f"https://example.org/{number}", _TITLES[other % 3], site=f"Site {other % 2}", html=text,
        words=10 + other, source=f"page {other}".encode(), source_type="text/html",
        tags=(_TAGS[other % 5],) if other % 2 else (), made_by="added",
    )._replace(**told)  # fmt: skip


def _add(device: Device, number: int, other: int) -> None:
    device.library.add(_clipping(number % 6, other))


def _add_waiting(device: Device, number: int, other: int) -> None:
    told = {"html": "", "words": 0, "source": b"", "source_type": "", "made_by": ""}
    device.library.add(_clipping(number % 6, other, **told))


def _add_alias(device: Device, number: int, other: int) -> None:
    aliases = (f"https://example.org/{other % 6}", f"https://example.net/{other % 3}")
    device.library.add(_clipping(number % 6, other, aliases=aliases))


def _one(change: Callable[[Library, int, int], object]) -> Change:
    """Return a change of one article, if there is one."""

    def on(device: Device, number: int, other: int) -> None:
        id = device.article(number)
        if id is not None:
            change(device.library, id, other)

    return on


def _merge(device: Device, number: int, other: int) -> None:
    one, two = device.article(number), device.article(other)
    if one and two and one != two:
        device.library.duplicates.merge(one, two)


def _tell_apart(device: Device, number: int, other: int) -> None:
    one, two = device.article(number), device.article(other)
    if one and two and one != two:
        device.library.duplicates.tell_apart(one, two)


def _use_version(library: Library, id: int, other: int) -> None:
    found = library.texts.versions(id)
    if found:
        library.texts.use(id, found[other % len(found)].id)


def _edit_text(library: Library, id: int, other: int) -> None:
    text = f"<p>Edited {other % 4}</p>"
    library.edit("Edited", [Edit(id, text=Clipping("", html=text, words=2, made_by="cleaned"))])


def _rename_tag(device: Device, number: int, other: int) -> None:
    names = [name for name, _ in device.library.tags.all()]
    new = _TAGS[other % 5]
    old = names[number % len(names)] if names else ""
    if old and not new.casefold().startswith(f"{old.casefold()}/"):
        device.library.tags.rename(old, new)


def _colour_tag(device: Device, number: int, other: int) -> None:
    names = [name for name, _ in device.library.tags.all()]
    if names:
        device.library.tags.colour(names[number % len(names)], _COLOURS[other % 3])


def _delete_tag(device: Device, number: int, _: int) -> None:
    names = [name for name, _ in device.library.tags.all()]
    if names:
        device.library.tags.delete(names[number % len(names)])


def _change_search(device: Device, number: int, other: int) -> None:
    found = device.library.saved.all()
    if not found or other % 4 == 0:
        device.library.saved.add(f"Search {number}", f"word{other}")
        return
    uid = found[number % len(found)].uid
    (lambda: device.library.saved.rename(uid, f"Name {other}"),
     lambda: device.library.saved.delete(uid),
     lambda: device.library.saved.move(uid, 1),
     lambda: device.library.saved.ask(uid, f"word{other}"))[other % 4]()  # fmt: skip


CHANGES: dict[str, Change] = {
    "add": _add,
    "add waiting": _add_waiting,
    "add another address": _add_alias,
    "archive": _one(lambda its, id, n: its.set_state([id], State.ARCHIVE, done=n % 2 == 0)),
    "queue": _one(lambda its, id, _: its.set_state([id], State.QUEUE)),
    "trash": _one(lambda its, id, _: its.set_state([id], State.TRASH)),
    "restore": _one(lambda its, id, _: its.trash.restore([id])),
    "delete for good": _one(lambda its, id, _: its.trash.delete([id])),
    "favourite": _one(lambda its, id, n: its.set_favourite([id], n % 2 == 0)),
    "tag": _one(lambda its, id, n: its.tags.add([id], _TAGS[n % 5])),
    "untag": _one(lambda its, id, n: its.tags.remove([id], _TAGS[n % 5])),
    "rename a tag": _rename_tag,
    "colour a tag": _colour_tag,
    "delete a tag": _delete_tag,
    "title": _one(lambda its, id, n: its.set_title(id, f"Mine {n}")),
    "correct": _one(lambda its, id, n: its.edit("Edited", [Edit(id, byline=f"By {n}")])),
    "edit the text": _one(_edit_text),
    "another text": _one(_use_version),
    "to the top": _one(lambda its, id, _: its.queue.to_top([id])),
    "to the end": _one(lambda its, id, _: its.queue.to_end([id])),
    "read on": _one(lambda its, id, n: its.reading_log.keep_position(id, Anchor(n, 2), n / 40)),
    "see": _one(lambda its, id, _: its.reading_log.count_view(id)),
    "read for a while": _one(
        lambda its, id, n: its.reading_log.note(f"2026-01-0{1 + n % 3}", id, n, 10)
    ),
    "clear the diary": lambda device, n, _: device.library.reading_log.clear(views=n % 2 == 0),
    "merge": _merge,
    "tell apart": _tell_apart,
    "searches": _change_search,
    "undo": lambda device, _n, _o: device.library.history.undo(),
    "redo": lambda device, _n, _o: device.library.history.redo(),
}

# ---- what a person sees of a library

_SEEN = {
    "article": "SELECT uid, url, title, title_key, byline, site, site_key, language, excerpt, "
    "article.words, published_at, added_at, downloaded_at, opened_at, read_at, state, standing, "
    "favourite, views, position, progress, lead, merged_into, pictures, missing, html, sha256, "
    "source, source_type, base, validators, made_by FROM article LEFT JOIN content ON article = id",
    "picture": "SELECT uid, name FROM article_image JOIN article ON id = article",
    "tag": "SELECT name, colour, articles, shown FROM tag WHERE articles > 0",
    "tagged": "SELECT article.uid, name FROM article_tag JOIN tag ON tag.id = tag "
    "JOIN article ON article.id = article",
    "shelf": "SELECT name, uid FROM tag_shelf JOIN (SELECT id AS tag_id, name FROM tag) "
    "ON tag_id = tag JOIN (SELECT id AS article_id, uid FROM article) ON article_id = article",
    "alias": "SELECT alias.url, uid FROM alias JOIN article ON id = article",
    "apart": "SELECT * FROM apart",
    "saved": "SELECT * FROM saved WHERE name <> ''",
    "reading": "SELECT * FROM reading WHERE seconds <> 0 OR words <> 0",
    "day": "SELECT date, seconds, words, finished FROM day WHERE seconds OR words OR finished",
    "tally": "SELECT * FROM tally",
    "facet": "SELECT * FROM facet WHERE articles > 0",
}


def seen(library: Library) -> dict[str, list[Any]]:
    """Return all that a person sees of a library, by uids."""
    with library._database.reading() as connection:
        found = {name: sorted(rows(connection, sql), key=repr) for name, sql in _SEEN.items()}
    found["version"] = sorted(
        (library.article(id).uid, library.texts.html(id, each.id) or library.article(id).html,
         each.made_at, each.made_by, each.words, each.in_use)
        for (id,) in library._all("SELECT id FROM article") for each in library.texts.versions(id)
    )  # fmt: skip
    return found


def _same(devices: Sequence[Device]) -> None:
    first, *others = [seen(each.library) for each in devices]
    for other in others:
        for name, told in first.items():
            assert other[name] == told, name


# ---- the exchange


def exchange(devices: Sequence[Device], chance: random.Random) -> None:
    """Let each device read the logs of the others until nobody learns anything new."""
    for _ in range(8):
        new = 0
        for reader in chance.sample(devices, len(devices)):
            for writer in chance.sample(devices, len(devices)):
                if reader is not writer:
                    new += _give(writer, reader, chance)
        if not new:
            return
    raise AssertionError("the exchange does not come to an end")


def _give(writer: Device, reader: Device, chance: random.Random) -> int:
    told = [*writer.library.history.export(reader.library.history.known())]
    chance.shuffle(told)
    with moment(reader):
        new = reader.library.history.apply(told)
        before = seen(reader.library)
        reader.library.history.apply(chance.sample(told, len(told) // 2))
        assert seen(reader.library) == before
    return new


_NOW = [1_800_000_000.0]


@contextmanager
def moment(device: Device) -> Iterator[None]:
    """Let a second pass, and the clock of a device be the one of this computer."""
    _NOW[0] += 1
    now = _NOW[0] + device.wrong_by
    made = SimpleNamespace(time=lambda: now, time_ns=lambda: int(now * 1e9))
    with patch.object(clock, "time", made), patch.object(stamps, "time", made):
        yield


def do(device: Device, name: str, number: int, other: int) -> None:
    """Do a change at a device."""
    with moment(device):
        CHANGES[name](device, number, other)


@contextmanager
def copies(start: Path, wrong_by: Sequence[float]) -> Iterator[list[Device]]:
    """Give copies of a library, one for each clock."""
    folder = Path(tempfile.mkdtemp())
    try:
        with ExitStack() as stack:
            made = []
            for number, hours in enumerate(wrong_by):
                home = folder / str(number)
                home.mkdir()
                shutil.copy(start / "library.db", home)
                made.append(Device(home, hours * _HOUR))
                stack.enter_context(closing(made[-1].library))
            yield made
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a library with three articles."""
    folder = tmp_path_factory.mktemp("start")
    with Library.open(folder) as library:
        for number in range(3):
            library.add(_clipping(number, number))
        library.saved.add("Search", "word1")
    return folder


Change_ = tuple[int, str, int, int]
changes_of_one = st.tuples(
    st.integers(0, 2), st.sampled_from(list(CHANGES)), st.integers(0, 30), st.integers(0, 30)
)
some_changes = st.lists(st.lists(changes_of_one, max_size=14), min_size=1, max_size=3)


@settings(max_examples=12, deadline=None, print_blob=True, suppress_health_check=list(HealthCheck))
@given(
    told=some_changes,
    hours=st.lists(st.sampled_from([0, -7, 5, 23]), min_size=2, max_size=3),
    seed=st.integers(0, 1000),
)
def test_after_an_exchange_all_devices_show_the_same(
    start: Path, told: list[list[Change_]], hours: list[int], seed: int
) -> None:
    converge(start, told, hours, seed)


def converge(start: Path, told: list[list[Change_]], hours: Sequence[int], seed: int) -> None:
    """Change copies of a library part by part, and compare them after the exchange of each."""
    chance = random.Random(seed)
    with copies(start, hours) as devices:
        for part in told:
            for which, name, number, other in part:
                do(devices[which % len(devices)], name, number, other)
            exchange(devices, chance)
            _same(devices)
        for device in devices:
            assert device.library.check() == ()


# ---- the name of a device


def names(library: Library) -> list[str]:
    return sorted(id for (id,) in library._all("SELECT id FROM device"))


def test_a_library_that_is_only_read_writes_no_name(new_library: Path) -> None:
    with Library.open(new_library) as library:
        assert library.counts().total == 0
    assert not paths.device_file().exists()
    with Library.open(new_library) as library:
        library.add(_clipping(1, 1))
    assert len(paths.device_file().read_bytes()) == 16
    assert paths.device_file().stat().st_mode & 0o077 == 0
    assert [each.name for each in paths.config_dir().iterdir()] == ["device"]


def test_a_copied_folder_is_another_device_in_another_home_and_in_this_one(
    new_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(new_library) as library:
        library.add(_clipping(1, 1))
        (own,) = names(library)
    copy = Path(shutil.copytree(new_library, tmp_path / "copy"))
    with Library.open(copy) as library:
        library.set_favourite([1], True)
        assert len(names(library)) == 2 and own in names(library)
    monkeypatch.setenv("READER_HOME", str(tmp_path / "elsewhere"))
    with Library.open(new_library) as library:
        library.set_favourite([1], True)
        assert len(names(library)) == 2 and own in names(library)


def test_the_name_stays_the_same_from_start_to_start(new_library: Path) -> None:
    for number in range(3):
        devices._home.cache_clear()
        with Library.open(new_library) as library:
            library.add(_clipping(number, 1))
            assert len(names(library)) == 1


def test_a_home_that_cannot_be_written_is_no_reason_not_to_write(
    new_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("READER_HOME", str(tmp_path / "file"))
    with Library.open(new_library) as library:
        library.add(_clipping(1, 1))
        library.set_favourite([1], True)
        assert len(names(library)) == 1


@pytest.mark.parametrize("damaged", [b"", b"short", b"\xff" * 16, b"x" * 10_000])
def test_a_damaged_name_is_replaced(new_library: Path, damaged: bytes) -> None:
    paths.device_file().parent.mkdir(parents=True)
    paths.device_file().write_bytes(damaged)
    with Library.open(new_library) as library:
        library.add(_clipping(1, 1))
    assert paths.device_file().read_bytes().isalnum()
    assert len(paths.device_file().read_bytes()) == 16


def test_two_processes_that_begin_at_once_have_one_name(
    new_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = paths.device_file()
    really = os.link

    def link(source: Path, target: Path) -> None:
        target.write_text("0123456789abcdef")  # the other one is faster
        really(source, target)

    monkeypatch.setattr(os, "link", link)
    assert devices._home(file) == "0123456789abcdef"


def test_a_library_put_back_from_a_copy_is_another_device(new_library: Path) -> None:
    with Library.open(new_library) as library:
        library.add(_clipping(1, 1))
        library.backup(new_library / "library-copy.db")
        library.set_title(1, "Since")
    restoring.restore_library(copies_.all_of(new_library)[0], new_library)
    with Library.open(new_library) as library:
        library.set_title(1, "Again")
        assert len(names(library)) == 2
