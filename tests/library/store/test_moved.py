"""The mark of a library that was moved: it is followed, and never in a circle."""

from pathlib import Path

import pytest

from reader.library.store import moved


def test_moves_are_followed_to_the_last_folder(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    for folder in (first, second, third):
        folder.mkdir()
        (folder / "library.db").touch()
    assert moved.follow(first) == first
    moved.mark(first, second)
    moved.mark(second, third)
    assert moved.follow(first) == third
    moved.unmark(second)
    assert moved.follow(first) == second
    assert sorted(each.name for each in first.iterdir()) == ["library.db", moved.MARK]


def test_marks_in_a_circle_end(tmp_path: Path) -> None:
    moved.mark(tmp_path, tmp_path)
    assert moved.follow(tmp_path) == tmp_path


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b'"x"', b'{"to": 3}', b'{"to": "relative"}', b"\xff\xfe", b"[" * 9999],
)
def test_a_mark_that_is_no_mark_leads_nowhere(tmp_path: Path, text: bytes) -> None:
    (tmp_path / moved.MARK).write_bytes(text)
    assert moved.follow(tmp_path) == tmp_path
