"""Pictures beside a file come home; none from where its folder does not reach."""

import io
import os
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from reader.body.blocks import Given
from reader.ingest.local_pictures import LocalPictures

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")
_NAME = f"{'0' * 64}.png"


def _picture(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    file.write_bytes(out.getvalue())
    return file


def _found(folder: Path, source: str) -> bool:
    picture = LocalPictures(lambda _data, _ending: _NAME, folder)({"src": source, "alt": ""})
    return picture is not None and bool(picture.name)


def test_beside_below_and_one_up_are_found(tmp_path: Path) -> None:
    for place in ("notes/a.png", "notes/deep/b.png", "images/c.png"):
        _picture(tmp_path / place)
    sources = ["a.png", "deep/b.png", "../images/c.png", "deep/../a.png"]
    assert all(_found(tmp_path / "notes", each) for each in sources)


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    secret = _picture(tmp_path / "secret" / "x.png")
    sibling = _picture(tmp_path / "top" / "other" / "y.png")
    folder = tmp_path / "top" / "notes"
    folder.mkdir()
    (folder / "out.png").symlink_to(secret)
    (folder / "up.png").symlink_to(sibling)
    (folder / "away").symlink_to(secret.parent)
    (folder / "loop.png").symlink_to(folder / "loop.png")
    assert _found(folder, "../other/y.png")
    for source in ("out.png", "up.png", "away/x.png", "../../secret/x.png", "loop.png"):
        assert not _found(folder, source)


def test_what_lies_beside_a_home_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _picture(tmp_path / "bob" / "x.png")
    home = tmp_path / "ann"
    (home / "notes").mkdir(parents=True)
    _picture(home / "y.png")
    monkeypatch.setenv("HOME", str(home))
    assert not _found(home, "../bob/x.png")
    assert _found(home / "notes", "../y.png")


def test_a_pipe_is_no_picture(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    assert not _found(tmp_path, "a.png")


@pytest.mark.parametrize("source", ["http://[", "//[/a.png", "data:image/png;base64,%%%", "\x00"])
def test_no_address_stops_the_text(tmp_path: Path, source: str) -> None:
    assert not _found(tmp_path, source)


def test_one_picture_may_be_given_several_sizes(tmp_path: Path) -> None:
    _picture(tmp_path / "a.png")
    bring = LocalPictures(lambda _data, _ending: _NAME, tmp_path)
    sizes = [bring({"src": "a.png", "width": width}) for width in ("16", "20", "")]
    assert [each and each.given for each in sizes] == [Given(16), Given(20), Given()]


def test_an_embedded_picture_is_found_anywhere_below(tmp_path: Path) -> None:
    _picture(tmp_path / "notes" / "deep" / "a b.png")
    pictures = LocalPictures(lambda _data, _ending: _NAME, tmp_path / "notes")
    embedded = pictures({"src": "a b.png", "class": "internal-embed"})
    assert embedded is not None
    assert embedded.name == _NAME
    assert not _found(tmp_path / "notes", "a b.png")


@pytest.mark.parametrize(
    "source",
    ["./a b.png", "a%20b.png", "A B.PNG", "..\\notes\\a b.png", "a b.png?v=1", "Deep/É.png"],
)
def test_a_name_may_be_written_in_other_ways(tmp_path: Path, source: str) -> None:
    _picture(tmp_path / "notes" / "a b.png")
    _picture(tmp_path / "notes" / "deep" / unicodedata.normalize("NFD", "é.png"))
    assert _found(tmp_path / "notes", source)


def test_the_name_as_it_is_written_comes_first(tmp_path: Path) -> None:
    _picture(tmp_path / "a.png")
    (tmp_path / "A.PNG").write_bytes(b"no picture") if not (tmp_path / "A.PNG").exists() else None
    assert _found(tmp_path, "a.png")
