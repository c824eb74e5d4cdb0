"""Texts and pictures are downloaded."""

import json
from functools import partial

import pytest
from tests.commands.running import WALK_URL, Ask, Capsys, Lines, Run, Web, output, rows, trouble

from reader.cli import main
from reader.entries import Entry, Placing
from reader.ingest import politely
from reader.library.library import Library
from reader.model import Clipping, FailureKind

LINES: Lines = [
    ("download 1 --json", lambda seen: (seen.code, rows(seen)), (1, [("failed", 1)])),
    ("download --missing --json", lambda x: {y for y, _ in rows(x)}, {"unchanged"}),
    ("download --slowly --json", rows, []),
    ("download --slowly --all --json", rows, []),
    ("download 1 --archive --json", rows, [("failed", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_why_an_article_did_not_come_is_told_everywhere(capsys: Capsys, library: Library) -> None:
    id = library.add(Clipping("ftp://example.org/a", "Gone")).id
    library.downloads.note_failure(id, FailureKind.GONE, 404)
    wanted = {"kind": "gone", "status": 404, "tries": 1, "again_at": ""}
    for line in (("list",), ("search", "is:failed"), ("queue",), ("show", str(id))):
        told = json.loads(output(capsys, *line, "--json"))
        failure = (told if line[0] == "show" else told[0])["failure"]
        assert wanted.items() <= failure.items(), line
    for line in (("list",), ("search", "is:failed")):
        assert "not there (404)" in output(capsys, *line)
    assert "The site no longer has this page." in output(capsys, "show", str(id))


def test_each_row_of_a_download_says_why_it_failed(
    capsys: Capsys, pages: Web, library: Library
) -> None:
    id = library.add(Clipping(WALK_URL)).id
    pages.up = False
    (failed,) = json.loads(output(capsys, "download", "--json", code=1))
    stored = library.article(id).failure
    assert stored is not None
    assert failed["failure"] == json.loads(json.dumps(stored._asdict()))
    pages.up = True
    (done,) = json.loads(output(capsys, "download", "--json"))
    assert (done["outcome"], done["failure"]) == ("updated", None)


def test_missing_pictures_are_fetched(capsys: Capsys, pages: Web, library: Library) -> None:
    library.add(Clipping("paste:1", "A note", html='<p>Written: &lt;img src=""&gt;</p>', words=1))
    pages.pictures = False
    main(["add", WALK_URL])
    assert library.downloads.with_missing_pictures() == [2]
    assert output(capsys, "download", "--missing", code=1) == "1 failed.\n"
    pages.pictures = True
    assert output(capsys, "download", "--missing") == "1 updated.\n"
    assert len(library.article(2).pictures) == 1
    assert library.downloads.with_missing_pictures() == []
    assert output(capsys, "download", "--missing", "2") == "1 unchanged.\n"
    assert "no article 7" in trouble(capsys, "download", "--missing", "2", "7")


def test_articles_in_the_trash_get_no_pictures_unasked(pages: Web, library: Library) -> None:
    pages.pictures = False
    main(["add", WALK_URL])
    main(["trash", "1"])
    assert library.downloads.with_missing_pictures() == []


def test_what_an_import_left_is_fetched_slowly(
    capsys: Capsys, pages: Web, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly = partial(politely.download_slowly, get=pages.get)
    monkeypatch.setattr(politely, "download_slowly", slowly)
    (here, opened) = library.imports.take_in(
        [Entry(Clipping(WALK_URL)), Entry(Clipping("https://example.org/b"), slowly=False)],
        Placing.BEHIND,
        "pocket",
    )
    (row,) = json.loads(output(capsys, "download", "--slowly", "--json"))
    assert (row["article"], row["outcome"]) == (here.article, "updated")
    assert output(capsys, "download", "--slowly").endswith(".\n")
    assert library.downloads.waiting() == [opened.article]
    assert "by their IDs" in trouble(capsys, "download", "--archive")
