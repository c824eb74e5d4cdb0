"""A second place has the newest copies; if it cannot be reached, nothing else suffers."""

import os
import shutil
from pathlib import Path

import pytest
from tests.library.backup.conftest import flip, titles
from tests.library.conftest import add_text, names

from reader.errors import LibraryError
from reader.library.backup import copies, elsewhere
from reader.library.backup.copy import Reason
from reader.library.backup.pieces import Pieces
from reader.library.library import Library


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def _there(place: Path) -> Path:
    (found,) = (place / copies.PLACE).iterdir()
    return found


def test_a_copy_is_written_there_too_and_tells_when(large: Library, place: Path) -> None:
    large.backups.use_place(place)
    assert large.backups.state().reached_at == 0
    copy = large.backups.take(Reason.ASKED)
    state = large.backups.state()
    assert (state.elsewhere, state.reached_at >= copy.made_at) == (place, True)
    (away,) = copies.all_of(place)
    assert away.id == copy.id
    assert titles(large, away) == ["Title 0", "Title 1"]
    assert large.backups.all() == [copy]


def test_it_has_real_copies_of_the_pictures(library: Library, place: Path) -> None:
    name = library.keep_picture(b"a picture", "png")
    add_text(library, "Text", pictures=(name,))
    library.backups.use_place(place)
    library.backups.take(Reason.ASKED)
    file = _there(place) / "images" / name
    assert file.read_bytes() == b"a picture"
    assert file.stat().st_nlink == 1


def test_what_only_the_second_place_has_is_listed_and_opened(large: Library, place: Path) -> None:
    large.backups.use_place(place)
    first = large.backups.take(Reason.ASKED)
    large.set_title(1, "New")
    large.backups.take(Reason.ASKED)
    large.backups.delete(first)
    away = large.backups.find(first.id)
    assert away.is_elsewhere
    assert titles(large, away) == ["Title 0", "Title 1"]
    assert [each.is_elsewhere for each in large.backups.all()] == [False, True]


def test_if_it_cannot_be_reached_the_copy_is_made_all_the_same(large: Library, place: Path) -> None:
    large.backups.use_place(place)
    large.backups.take(Reason.ASKED)
    reached_at = large.backups.state().reached_at
    shutil.rmtree(place)
    large.set_title(1, "New")
    copy = large.backups.take(Reason.ASKED)
    assert not place.exists()
    assert large.backups.state().reached_at == reached_at
    assert large.backups.all()[0] == copy
    place.mkdir()
    assert large.backups.take_if_due() is None
    assert [each.id for each in copies.all_of(place)] == [copy.id]
    assert large.backups.state().reached_at > reached_at


def test_a_disk_that_vanishes_half_way_leaves_no_half_copy(
    large: Library, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large.backups.use_place(place)
    really, calls = Pieces.write, [0]

    def write(self: Pieces, name: str, data: bytes) -> None:
        if place in self.file(name).parents:
            calls[0] += 1
            if calls[0] > 1:
                raise OSError(5, "Input/output error")
        really(self, name, data)

    monkeypatch.setattr(Pieces, "write", write)
    large.backups.take(Reason.ASKED)
    assert large.backups.state().reached_at == 0
    assert copies.all_of(place) == []
    assert len(large.backups.all()) == 1


def test_damage_on_the_way_is_found(large: Library, place: Path) -> None:
    copy = large.backups.take(Reason.ASKED)
    flip(next((copy.file.parent / "pieces").iterdir()), 2000)
    large.backups.use_place(place)
    large.backups._mirror(copy, lambda *_: None)
    assert copies.all_of(place) == []
    assert large.backups.state().reached_at == 0


def test_a_place_within_the_library_or_without_a_path_is_refused(large: Library) -> None:
    inside = large.folder / "inside"
    inside.mkdir()
    (large.folder.parent / "link").symlink_to(inside)
    for folder in (large.folder, inside, large.folder.parent / "link", Path("somewhere")):
        with pytest.raises(LibraryError):
            large.backups.use_place(folder)


@pytest.mark.parametrize("name", ["Bücher: 100 %?", "..", " a. ", "x" * 200, "\udcff", "CON"])
def test_its_folder_there_has_a_name_that_any_disk_can_hold(tmp_path: Path, name: str) -> None:
    made = elsewhere._new_name(tmp_path / "y" / name) if name == ".." else ""
    if not made:
        library = tmp_path / name
        library.mkdir()
        made = elsewhere._new_name(library)
    assert len(made.encode("utf-8")) < 200
    assert not set('<>:"/\\|?*') & set(made)
    assert made == made.strip(" .")
    assert made != name


def test_a_library_keeps_its_name_there_when_it_moves(
    large: Library, place: Path, tmp_path: Path
) -> None:
    large.backups.use_place(place)
    large.backups.take(Reason.ASKED)
    large.close()
    moved = Path(shutil.move(large.folder, tmp_path / "moved"))
    with Library.open(moved) as library:
        library.backups.use_place(place)
        library.set_title(1, "New")
        library.backups.take(Reason.ASKED)
    assert len(names(place / copies.PLACE)) == 1


def test_it_is_for_its_owner_alone(large: Library, place: Path) -> None:
    large.backups.use_place(place)
    large.backups.take(Reason.ASKED)
    if os.name == "posix":
        files = [each for each in place.rglob("*") if each.is_file()]
        assert {each.stat().st_mode & 0o777 for each in files} == {0o600}


def test_a_copy_before_a_change_does_not_wait_for_the_second_place(
    large: Library, place: Path
) -> None:
    large.backups.use_place(place)
    copy = large.backups.before(Reason.BULK)
    assert copy and copies.all_of(place) == []
    assert large.backups.take_if_due() is None
    assert [each.id for each in copies.all_of(place)] == [copy.id]
