"""The badges of a README are its words, not boxes, and are no title."""

from pathlib import Path

from reader.body.from_html import from_html
from reader.body.to_text import to_text
from reader.ingest import files
from reader.model import Clipping


def _keep(_data: bytes, _ending: str) -> str:
    raise AssertionError("there is no picture")


def _read(tmp_path: Path, text: str) -> Clipping:
    file = tmp_path / "README.md"
    file.write_text(text, encoding="utf-8")
    return files.read(file, _keep).clipping


_BADGE = "[![Build](https://img.shields.io/x.svg)](https://example.org/ci)"


def test_badges_are_words_with_their_link(tmp_path: Path) -> None:
    html = _read(
        tmp_path, f"# Weir\n\n{_BADGE}\n\nText\n\n![Other](https://example.org/a.png)"
    ).html
    assert '<p><a href="https://example.org/ci">Build</a></p>' in html
    assert html.count("<img") == 1


def test_a_title_is_found_below_badges_and_beside_them(tmp_path: Path) -> None:
    below = _read(tmp_path, '<p align="center"><img src="x.png" alt="Logo"></p>\n\n# Weir\n\nText')
    assert below.title == "Weir"
    assert "<h1>" not in below.html
    beside = _read(tmp_path, f"# {_BADGE} Weir of stone\n\nText")
    assert beside.title == "Weir of stone"
    assert "Text" in to_text(from_html(beside.html))


def test_badges_of_a_page_keep_their_address_and_are_small(tmp_path: Path) -> None:
    html = _read(tmp_path, f"---\nsource: https://example.org/weir\n---\n{_BADGE}\n\nText").html
    assert 'data-address="https://img.shields.io/x.svg"' in html
    assert 'data-height="20px"' in html
