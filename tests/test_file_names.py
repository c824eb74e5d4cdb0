"""Names of files that every system takes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.exporting.names import is_name, name_of
from reader.file_names import MOST_BYTES, folded, plain


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("Com1 . x", "Com1_ . x"),
        ("Console", "Console"),
        ("lpt¹", "lpt¹_"),
        ("a\u202eb\u200bc\ufeff", "a b c"),
        ("so\xadft ☺\ufe0f", "soft ☺"),
        ("~$lock", "$lock"),
        ("e\u0301", "é"),
        ("\ud800x\x85y", "x y"),
        ("\u3164\u2800", "Article"),
        ("../../etc/passwd", "etc passwd"),
    ],
)
def test_a_name_is_taken_everywhere(title: str, name: str) -> None:
    assert plain(title, "") == name


def test_names_that_are_one_elsewhere_are_known() -> None:
    assert folded("Stra\u00dfe \u00c9") == folded(unicodedata.normalize("NFD", "STRASSE é"))


@settings(max_examples=30)
@given(st.text(max_size=130), st.integers(1, 2000))
def test_any_title_has_a_name_and_keeps_it(title: str, number: int) -> None:
    name = name_of(title, ".md", number)
    assert len(name.encode()) <= MOST_BYTES
    assert is_name(name, ".md")
    assert not set('<>:"/\\|?*#^[]') & set(name)
