"""Formats are recognised by content."""

from pathlib import Path

import pytest

from reader import exchange_phrases
from reader.errors import IngestError
from reader.importing import recognise
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Format
from reader.importing.formats.table import FORMATS

POCKET = "title,url,time_added,tags,status\nA,https://ex.org/a,1583020800,,unread\n"
INSTAPAPER = "URL,Title,Selection,Folder\nhttps://ex.org/b,B,,Unread\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pocket.txt").write_text(POCKET)
    (tmp_path / "insta.csv").write_text(INSTAPAPER)
    (tmp_path / "page.html").write_text("<title>T</title><p>Some words of a page.</p>")
    (tmp_path / "note.md").write_text("# A note\n\nSome words.\n")
    return tmp_path


def test_every_format_has_a_title_and_a_key_of_its_own() -> None:
    keys = [format.key for format in FORMATS]
    assert len({*keys}) == len(keys)
    titles = {key: exchange_phrases.format_title(key) for key in keys}
    assert {key for key, title in titles.items() if key == title} <= {"wallabag", "mymind"}
    assert len({*titles.values()}) == len(keys)


def test_only_exports_are_exports(folder: Path) -> None:
    names = ("pocket.txt", "insta.csv", "page.html", "note.md", "gone.csv")
    found = [recognise.is_export([folder / name]) for name in names]
    assert found == ["pocket", "instapaper", "", "", ""]


def test_what_is_no_export_gets_a_sentence(folder: Path) -> None:
    with pytest.raises(IngestError, match=r"page.html: this is no export.*reader add"):
        recognise.choose(Bundle([folder / "page.html"]))
    with pytest.raises(IngestError, match="knows no format “x”"):
        recognise.choose(Bundle([folder / "page.html"]), "x")
    assert recognise.choose(Bundle([folder / "page.html"]), "urls").key == "urls"


def test_a_format_that_breaks_does_not_fit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_bundle: Bundle) -> float:
        raise RecursionError

    monkeypatch.setattr(recognise, "FORMATS", (Format("x", broken, lambda *_: iter(())), *FORMATS))
    assert recognise.choose(Bundle([folder / "pocket.txt"])).key == "pocket"


def test_files_of_different_programs_are_imported_one_after_the_other(folder: Path) -> None:
    pocket, insta = folder / "pocket.txt", folder / "insta.csv"
    assert recognise.grouped([pocket, insta, pocket]) == [(pocket,), (insta,)]
    assert recognise.grouped([pocket, insta], "csv") == [(pocket, insta)]
    assert recognise.grouped([folder / "note.md", pocket]) == [(pocket, folder / "note.md")]
