"""Excerpts in the rows: read once for each visible row, and again after a change."""

from collections.abc import Callable

import pytest

from reader.errors import LibraryError
from reader.gui.list.excerpts import Excerpts
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article


class _Texts:
    def __init__(self) -> None:
        self.asked: list[int] = []

    @property
    def texts(self) -> "_Texts":
        return self

    def excerpt(self, id: int) -> str:
        self.asked.append(id)
        if id == 13:
            raise LibraryError("The library is damaged.")
        return f"Words {id}"


def test_an_excerpt_is_read_once_until_it_is_forgotten() -> None:
    library = _Texts()
    excerpts = Excerpts(library)  # type: ignore[arg-type]
    assert [excerpts.of(id) for id in (1, 2, 1)] == ["Words 1", "Words 2", "Words 1"]
    excerpts.forget()
    assert excerpts.of(1) == "Words 1"
    assert library.asked == [1, 2, 1]
    assert excerpts.of(13) == excerpts.of(13) == ""


def test_any_number_of_rows_keeps_few() -> None:
    excerpts = Excerpts(_Texts())  # type: ignore[arg-type]
    for id in range(100, 5000):
        excerpts.of(id)
    assert len(excerpts._kept) <= 400


@pytest.mark.parametrize("density", ["comfortable", "compact"])
def test_only_visible_rows_are_read(
    make_window: Callable[..., Window], add: Callable[..., Article], library: Library,
    monkeypatch: pytest.MonkeyPatch, density: str,
) -> None:  # fmt: skip
    with library.together():
        for number in range(200):
            add(f"Article {number}")
    window = make_window(excerpt=True, density=density)
    asked: list[int] = []

    def excerpt_of(id: int) -> str:
        asked.append(id)
        return "words"

    monkeypatch.setattr(window.list._excerpts, "of", excerpt_of)
    window.list.set_form(compact=density == "compact", excerpt=True)
    window.list.grab()
    assert 0 < len(asked) < 40
