"""Pictures of copies take no room while the library has them, and outlive it while needed."""

import os
from pathlib import Path

import pytest
from tests.library.backup.conftest import flip
from tests.library.conftest import add_text, names

from reader.library.articles import trash as trash_
from reader.library.backup.copy import Copy, Reason
from reader.library.library import Library
from reader.model import State


@pytest.fixture
def picture(library: Library) -> str:
    name = library.keep_picture(b"a picture", "png")
    add_text(library, "Text", pictures=(name,), lead=name)
    return name


def _linked(library: Library) -> Path:
    return library.folder / "backups" / "images"


def _delete_for_good(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trash_, "_RESTING_SECONDS", -10)
    library.set_state([1], State.TRASH)
    library.trash.empty(0)
    assert names(library.folder / "images") == []


def test_a_picture_is_linked(library: Library, picture: str) -> None:
    library.backups.take(Reason.ASKED)
    assert names(_linked(library)) == [picture]
    assert (_linked(library) / picture).samefile(library.folder / "images" / picture)
    library.backups.take(Reason.ASKED)


def test_without_links_it_is_a_checked_copy(
    library: Library, picture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = library.keep_picture(b"another picture", "jpg")
    flip(library.folder / "images" / damaged, 3)

    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    library.backups.take(Reason.ASKED)
    assert names(_linked(library)) == [picture]
    assert (_linked(library) / picture).read_bytes() == b"a picture"
    assert (_linked(library) / picture).stat().st_nlink == 1


def test_it_stays_as_long_as_a_copy_names_it(
    library: Library, picture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library.backups.take(Reason.ASKED)
    _delete_for_good(library, monkeypatch)
    second = library.backups.take(Reason.ASKED)
    assert names(_linked(library)) == [picture]
    for each in library.backups.all():
        if each.id not in (first.id, second.id):
            library.backups.delete(each)
    assert names(_linked(library)) == [picture]
    library.backups.delete(first)
    assert names(_linked(library)) == []


def test_if_a_copy_cannot_be_read_none_is_deleted(
    library: Library, picture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library.backups.take(Reason.ASKED)
    _delete_for_good(library, monkeypatch)
    for each in library.backups.all():
        if each.id != first.id:
            library.backups.delete(each)
    other: Copy = library.backups.take(Reason.ASKED)
    flip(other.file, -1)
    library.backups.delete(first)
    assert names(_linked(library)) == [picture]


def test_files_that_are_no_pictures_are_not_taken(library: Library, picture: str) -> None:
    (library.folder / "images" / "notes.txt").write_text("mine")
    (library.folder / "images" / f"{picture}.999.ab.new").write_text("half")
    library.backups.take(Reason.ASKED)
    assert names(_linked(library)) == [picture]
