"""Exports are written whole or not at all, and leave to users what is theirs."""

import errno
import os
from pathlib import Path

import pytest
from tests.exporting.conftest import Add

from reader.errors import ExportError
from reader.exporting.export import export
from reader.exporting.kinds import Kind, Wanted
from reader.library.library import Library
from reader.outcomes import ImportResult, Outcome
from reader.progress import Cancelled
from reader.reasons import Reason

EACH = (Kind.MARKDOWN, Kind.HTML, Kind.TEXT)


def _export(library: Library, target: Path, *ids: int, kind: Kind = Kind.MARKDOWN) -> ImportResult:
    return export(library, Wanted(kind, ids, "Some"), target)


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if not each.name.startswith(".reader-exp"))


@pytest.mark.parametrize("kind", EACH)
def test_a_second_export_changes_nothing(
    library: Library, add: Add, tmp_path: Path, kind: Kind
) -> None:
    ids, target = (add("One"), add("Two")), tmp_path / "out"
    first = _export(library, target, *ids, kind=kind)
    names = _names(target)
    second = _export(library, target, *ids, kind=kind)
    assert [row.outcome for row in first.rows] == [Outcome.ADDED] * 2
    assert [row.outcome for row in second.rows] == [Outcome.UNCHANGED] * 2
    assert (
        [Path(name).stem for name in names]
        == ["One", "Two"]
        == [Path(row.where.file).stem for row in second.rows if row.where]
    )
    assert _names(target) == names


def test_an_article_keeps_its_name(library: Library, add: Add, tmp_path: Path) -> None:
    old, other = add("Same", url="https://example.org/1"), add("Other")
    _export(library, tmp_path, old, other)
    new = add("same", url="https://example.org/2")
    library.set_title(old, "Another title")
    result = _export(library, tmp_path, new, old)
    assert [row.where and row.where.file for row in result.rows] == ["same 2.md", "Same.md"]
    assert 'title: "Another title"' in (tmp_path / "Same.md").read_text("utf-8")
    assert result.rows[0].reasons == {Reason.OTHER_NAME}


def test_what_belongs_to_the_user_stays(library: Library, add: Add, tmp_path: Path) -> None:
    (tmp_path / "ONE.md").write_text("mine")
    (tmp_path / "assets").write_text("mine too")
    ids = add("One"), add("Two")
    _export(library, tmp_path, *ids)
    (tmp_path / "Two.md").write_text("edited")
    for _ in range(2):
        _export(library, tmp_path, *ids)
        assert (tmp_path / "ONE.md").read_text() == "mine"
        assert (tmp_path / "Two.md").read_text() == "edited"
        assert _names(tmp_path)[:1] == ["ONE.md"]
        assert {"One 2.md", "Two 2.md"} < {*_names(tmp_path)}
    assert not (tmp_path / "One 3.md").exists()


def test_links_do_not_lead_out_of_the_folder(
    library: Library, add: Add, red: str, tmp_path: Path
) -> None:
    outside, target = tmp_path / "outside", tmp_path / "out"
    for folder in (outside, target):
        folder.mkdir()
    (outside / "note").write_text("mine")
    (target / "One.md").symlink_to(outside / "note")
    (target / "assets").symlink_to(outside)
    (target / ".reader-export.jsonl").write_text('["x", "../outside/new.md", "0"]\n[1]\n{\n\n')
    _export(library, target, add("One", picture=red), add("../../outside/new", picture=red))
    assert [each.name for each in outside.iterdir()] == ["note"]
    assert (outside / "note").read_text() == "mine"
    assert (target / "assets 2" / "One 2").is_dir()


def test_a_picture_is_a_copy_and_written_once(
    library: Library, add: Add, red: str, tmp_path: Path
) -> None:
    ids = add("100% (sure)", picture=red), add("Two")
    _export(library, tmp_path, *ids)
    copy = tmp_path / "assets" / "100% (sure)" / f"{red[:16]}.png"
    kept = library.picture_path(red)
    assert kept is not None
    assert copy.read_bytes() == kept.read_bytes()
    assert not copy.samefile(kept)
    before = copy.stat().st_mtime_ns
    _export(library, tmp_path, *ids)
    assert copy.stat().st_mtime_ns == before
    note = (tmp_path / "100% (sure).md").read_text("utf-8")
    assert f"![A red field](<assets/100%25%20(sure)/{red[:16]}.png>)" in note


def test_one_that_fails_does_not_stop_the_rest(
    library: Library, add: Add, red: str, tmp_path: Path
) -> None:
    kept = library.picture_path(red)
    assert kept is not None
    kept.unlink()
    ids = 99, add("One", picture=red), add("Waiting", "")
    result = _export(library, tmp_path / "out", *ids)
    assert [row.outcome for row in result.rows] == ["failed", "added", "added"]
    assert [next(iter(row.reasons)) for row in result.rows] == [
        Reason.NOT_IN_LIBRARY, Reason.PICTURES_MISSING, Reason.WAITING,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.MARKDOWN, Kind.EPUB])
def test_stop_leaves_nothing_half_written(
    library: Library, add: Add, tmp_path: Path, kind: Kind
) -> None:
    ids = add("One"), add("Two")

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 1:
            raise Cancelled

    target = tmp_path / "out"
    target.mkdir()
    file = target if kind is Kind.MARKDOWN else target / "book.epub"
    with pytest.raises(Cancelled):
        export(library, Wanted(kind, ids), file, stop)
    assert [name for name in _names(target) if not name.endswith(".md")] == []


def test_what_a_killed_export_left_is_removed(library: Library, add: Add, tmp_path: Path) -> None:
    left = tmp_path / ".reader-writing-0123456789ab"
    left.mkdir()
    (left / "1").write_text("half")
    _export(library, tmp_path / "One.txt", add("One"), kind=Kind.TEXT)
    assert not left.exists()
    assert not [*tmp_path.glob(".reader-*")]


@pytest.mark.parametrize("kind", [*EACH, Kind.EPUB])
def test_a_full_disk_leaves_what_was_there(
    library: Library, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    file = tmp_path / "kept"
    file.write_text("before")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    id = add("One")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        _export(library, file, id, kind=kind)
    assert file.read_text() == "before"
    assert not [*tmp_path.glob(".reader-*")]


def test_a_place_that_is_none_is_refused_in_a_sentence(
    library: Library, add: Add, tmp_path: Path
) -> None:
    ids = add("One"), add("Two")
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "no" / "folder", tmp_path / "file"):
        with pytest.raises(ExportError, match="Choose another place"):
            _export(library, place, *ids)
    with pytest.raises(ExportError, match="nothing to export"):
        _export(library, tmp_path)


def test_another_export_to_the_same_folder_waits(
    library: Library, add: Add, tmp_path: Path
) -> None:
    from reader.exporting.folder import Folder

    with Folder(tmp_path, ".md"), pytest.raises(ExportError, match="is running"):
        _export(library, tmp_path, add("One"), add("Two"))
