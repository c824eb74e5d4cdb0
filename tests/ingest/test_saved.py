"""The parts of a saved page are found under the names that programs write."""

import unicodedata

import pytest

from reader.ingest.saved import Saved, address_in, with_pictures


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("page_files/a.png", "page_files/a.png"),
        ("./page_files/a%20b.png", "page_files/a b.png"),
        ("page_files\\a.png", "page_files/a.png"),
        ("Page_Files/A.PNG", "page_files/a.png"),
        ("page_files/a.png?v=2", "page_files/a.png"),
        ("100%.png", "100%.png"),
        ("a%3Fb.png", "a?b.png"),
        ("café.png", unicodedata.normalize("NFD", "café.png")),
        ("images/b.png", "https://example.org/a/images/b.png"),
        ("cid:one", "cid:one"),
    ],
)
def test_a_part_is_found_however_its_name_is_written(source: str, stored: str) -> None:
    saved = Saved("", "https://example.org/a/page", {"other": b"", stored: b"picture"})
    assert saved.part(source) == b"picture"


@pytest.mark.parametrize("source", ["", "c.png", "https://example.com/a.png", "http://[", "cid:x"])
def test_a_part_that_was_not_saved_is_none(source: str) -> None:
    assert Saved("", "https://example.org/", {"a.png": b"x"}).part(source) is None


def test_pictures_kept_once_are_put_back_into_the_page() -> None:
    page = (
        '<style>:root{--sf-img-1:url("data:image/png;base64,AAAA");'
        "--sf-img-2: url(data:image/gif;base64,BBBB)}</style>"
        '<img src="data:image/svg+xml,<svg width=1></svg>" alt="a > b" '
        'style="background-image:var(--sf-img-1)!important">'
        "<img src='x.png'><IMG SRC=y.png style='background:var(--sf-img-2)'>"
        '<img src="z.png" style="background:var(--sf-img-9)">'
    )
    made = with_pictures(page)
    assert '<img src="data:image/png;base64,AAAA" alt="a > b"' in made
    assert '<IMG src="data:image/gif;base64,BBBB" style' in made
    assert "<img src='x.png'>" in made
    assert '<img src="z.png"' in made


def test_other_pages_stay_as_they_are() -> None:
    assert with_pictures("<img src=a style='x:var(--y)'>") == "<img src=a style='x:var(--y)'>"


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<!-- saved from url=(0027)https://example.org/story -->", "https://example.org/story"),
        (
            "<!--\n Page saved with SingleFile \n url: https://example.org/a \n-->",
            "https://example.org/a",
        ),
        ("<p>https://example.org</p>", ""),
    ],
)
def test_a_page_names_its_url(html: str, address: str) -> None:
    assert address_in(html) == address
