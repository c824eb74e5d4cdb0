"""A look, pictures and documents to test with."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from reader import themes
from reader.body.blocks import Body
from reader.document.build import Document, Head
from reader.document.fonts import load_fonts
from reader.document.images import Pictures
from reader.model import Look

Build = Callable[..., Document]


@pytest.fixture(scope="session")
def look(application: None) -> Look:
    load_fonts()
    return Look(themes.theme("light"))


@pytest.fixture
def pictures(qtbot: QtBot) -> Iterator[Pictures]:
    load_fonts()
    made = Pictures(lambda _: None)
    yield made
    made.close()


@pytest.fixture
def build(look: Look, pictures: Pictures) -> Build:
    """Return a function that lays out a body in the width of a column, in pixels."""
    kept: list[Document] = []  # what is asked of a document does not keep it alive

    def made(
        body: Body, width: float = 600, *, head: Head | None = None, zoom: float = 1.0,
        direction: str = "", page: float = 0.0,
    ) -> Document:  # fmt: skip
        document = Document(look, pictures, head, direction=direction)
        document.set_zoom(zoom)
        document.lay_out(width, page)
        assert document.grow(iter((*body.blocks, *body.notes)))
        kept.append(document)
        return document

    return made
