"""Reader's own export: complete or not at all, and of a selection only what belongs to it."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from reader.exporting.export import export
from reader.exporting.kinds import Kind, Wanted
from reader.library.library import Library
from reader.model import Query
from reader.outcomes import Outcome
from reader.progress import Cancelled
from reader.reasons import Reason


def _lines(target: Path) -> list[dict[str, Any]]:
    return [*map(json.loads, (target / "articles.jsonl").read_text("utf-8").splitlines())]


def _names(target: Path) -> set[str]:
    return {file.relative_to(target).as_posix() for file in target.rglob("*") if not file.is_dir()}


def test_a_folder_and_an_archive_hold_the_same(full_library: Library, tmp_path: Path) -> None:
    ids = tuple(full_library.known.ids())
    for name in ("all", "all.zip"):
        result = export(full_library, Wanted(Kind.JSONL, ids), tmp_path / name)
        assert result.number_of(Outcome.ADDED) == len(ids)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert {*archive.namelist()} == _names(tmp_path / "all")
        lines = archive.read("articles.jsonl")
        assert lines == (tmp_path / "all" / "articles.jsonl").read_bytes()


def test_a_selection_has_only_its_articles(full_library: Library, tmp_path: Path) -> None:
    wanted = full_library.ids(Query(), limit=2)
    export(full_library, Wanted(Kind.JSONL, tuple(wanted), highlights=False), tmp_path / "some")
    articles = [full_library.article(id) for id in sorted(wanted)]
    assert [line["uid"] for line in _lines(tmp_path / "some")] == [each.uid for each in articles]
    head = json.loads((tmp_path / "some" / "library.json").read_text("utf-8"))
    assert (head["whole"], head["articles"], head["searches"]) == (False, 2, [])
    shown = {tag["name"] for tag in head["tags"]}
    tags = {tag for article in articles for tag in article.tags}
    assert shown == tags | {tag.partition("/")[0] for tag in tags}
    assert not any("highlights" in line for line in _lines(tmp_path / "some"))


def test_an_export_that_is_stopped_leaves_the_earlier_one(
    full_library: Library, tmp_path: Path
) -> None:
    ids = tuple(full_library.known.ids())

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 5:
            raise Cancelled

    for name in ("all", "all.zip"):
        target = tmp_path / name
        export(full_library, Wanted(Kind.JSONL, ids[:2]), target)
        held = target if target.is_file() else target / "articles.jsonl"
        before = held.read_bytes()
        with pytest.raises(Cancelled):
            export(full_library, Wanted(Kind.JSONL, ids), target, stop)
        assert held.read_bytes() == before
    assert not [name for name in _names(tmp_path) if ".reader-writing" in name]


def test_a_missing_picture_is_told_and_a_damaged_text_is_one_row(
    full_library: Library, tmp_path: Path
) -> None:
    ids = tuple(full_library.known.ids())
    article = full_library.article(ids[4])
    file = full_library.picture_path(article.pictures[0])
    assert file is not None
    file.unlink()
    with full_library._database.writing() as connection:
        connection.execute("UPDATE content SET source = x'00' WHERE article = ?", (ids[3],))
    result = export(full_library, Wanted(Kind.JSONL, ids), tmp_path / "all")
    assert [row.article for row in result.rows if row.outcome is Outcome.FAILED] == [ids[3]]
    missing = [row.article for row in result.rows if Reason.PICTURES_MISSING in row.reasons]
    assert missing == [ids[4]]
    assert len(_lines(tmp_path / "all")) == len(ids) - 1
