"""The list of copies holds what can be used; whatever else lies there is left as it is."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.library.backup.conftest import flip, pieces, titles
from tests.library.conftest import names

from reader.library.backup import copies
from reader.library.backup.copy import Copy, Reason
from reader.library.library import Library


@pytest.fixture
def copy(large: Library) -> Copy:
    return large.backups.take(Reason.ASKED)


def _newer(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"Reader copy 1", b"Reader copy 2", 1))


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


_DAMAGE: dict[str, Callable[[Path], object]] = {
    "nothing in it": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "cut in its beginning": lambda file: file.write_bytes(file.read_bytes()[:100]),
    "longer": lambda file: file.write_bytes(file.read_bytes() + b"x"),
    "a flipped bit in its beginning": lambda file: flip(file, 150),
    "a flipped bit in its first line": lambda file: flip(file, 20),
    "something else": lambda file: file.write_bytes(b"PK\3\4" + bytes(5000)),
    "made by a newer Reader": _newer,
    "no JSON": lambda file: file.write_bytes(b"Reader copy 1 x\nnonsense\n"),
    "a folder": _folder,
}


@pytest.mark.parametrize("name", _DAMAGE)
def test_a_file_that_is_no_whole_copy_is_skipped_and_left(
    large: Library, copy: Copy, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    large.set_title(1, "New")
    second = large.backups.take(Reason.ASKED)
    _DAMAGE[name](copy.file)
    with caplog.at_level(logging.INFO):
        assert large.backups.all() == [second]
    assert str(copy.file) in caplog.text
    large.backups.take(Reason.ASKED)
    assert copy.file.exists()
    assert titles(large, second) == ["New", "Title 1"]


def test_the_pieces_of_a_newer_readers_copy_are_kept(large: Library, copy: Copy) -> None:
    before = pieces(large)
    _newer(copy.file)
    copies.sweep(copy.file.parent)
    assert pieces(large) == before


def test_the_pieces_of_a_copy_that_was_cut_are_kept_if_it_names_them(
    large: Library, copy: Copy
) -> None:
    before = pieces(large)
    copy.file.write_bytes(copy.file.read_bytes()[:-1])
    copies.sweep(copy.file.parent)
    assert pieces(large) == before


def test_what_is_added_to_the_format_later_does_not_matter(large: Library, copy: Copy) -> None:
    from hashlib import blake2b

    _, line, _ = copy.file.read_bytes().split(b"\n", 2)
    line = line.replace(b'"reason": "asked"', b'"reason": "a new one", "more": [1]') + b"\n"
    text = b"Reader copy 1 " + blake2b(line, digest_size=32).hexdigest().encode() + b"\n" + line
    copy.file.write_bytes(text + blake2b(text, digest_size=32).digest())
    (found,) = large.backups.all()
    assert (found.reason, titles(large, found)) == (Reason.CHANGES, ["Title 0", "Title 1"])


def test_copies_are_listed_without_a_library_from_any_of_their_folders(
    large: Library, copy: Copy, tmp_path: Path
) -> None:
    for folder in (large.folder, large.folder / "backups"):
        assert copies.all_of(folder) == [copy]
    place = tmp_path / "place" / copies.PLACE / "one"
    place.parent.mkdir(parents=True)
    (large.folder / "backups").rename(place)
    assert [each.id for each in copies.all_of(tmp_path / "place")] == [copy.id]
    assert copies.all_of(tmp_path / "none") == []


def test_deleting_a_copy_deletes_what_it_alone_needs(large: Library, copy: Copy) -> None:
    with large._database.writing() as connection:
        connection.execute("UPDATE setting SET value = randomblob(9 << 20) WHERE name = 'filler'")
    second = large.backups.take(Reason.ASKED)
    shared = len(pieces(large))
    large.backups.delete(copy)
    assert len(pieces(large)) < shared
    assert large.backups.all() == [second]
    large.backups.write_out(second, large.folder / "out.db")
    large.backups.delete(second)
    assert pieces(large) == []
    assert names(large.folder / "backups") == ["lock", "pieces"]
    large.backups.delete(second)  # of another process, meanwhile
