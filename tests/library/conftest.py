"""Articles of a few words, what a search finds of them, and what lies in folders."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from reader import phrases
from reader.library.library import Library
from reader.library.search.query_parser import question
from reader.model import Clipping
from reader.steps import Step

_NUMBERS = count()


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let everybody read what is made, unless the program forbids it."""
    before = os.umask(0)
    yield
    os.umask(before)


def names(folder: Path) -> list[str]:
    """Return the names of what lies in a folder, in order."""
    return sorted(each.name for each in folder.iterdir())


def said(step: Step | None) -> str:
    """Return what a step did, as people read it; ``""`` if there is none."""
    return phrases.step(step.label) if step else ""


def add_text(library: Library, text: str, title: str = "", **told: object) -> int:
    """File an article of one paragraph under an address of its own; return its id."""
    number = next(_NUMBERS)
    clipping = Clipping(f"https://www.example.org/{number}", title=title, html=f"<p>{text}</p>")
    return library.add(clipping._replace(**told)).id  # type: ignore[arg-type]


def ask(library: Library, text: str, *, typing: bool = False, limit: int = 100) -> list[int]:
    """Return what a question finds."""
    return library.search.ids(question(text, typing=typing), limit=limit)


def marked_text(library: Library, id: int, text: str) -> str:
    """Return the snippet of an article that was found, what is marked of it in brackets."""
    (found,) = library.search.found([id], question(text))
    return "".join(f"[{part}]" if marked else part for part, marked in found.text)
