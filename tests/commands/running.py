"""Command lines run in a test, and what is asked about them."""

import io
import json
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import pytest
from PIL import Image

from reader.cli import main
from reader.errors import IngestError
from reader.ingest.fetch import Fetched
from reader.ingest.refusals import Unreachable
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Clipping, Edit

Capsys: TypeAlias = pytest.CaptureFixture[str]

PAGE = (
    "<html lang=en><head><title>The story</title><meta name=author content='Ann Able'></head>"
    f"<body><nav><a href=/x>Menu</a></nav><article><h1>The story</h1>"
    f"{'<p>A sentence, with commas, and enough words to be one of a text.</p>' * 12}"
    "<p><img src='a.png'> The end, with <a href='b.html'>a link</a>.</p></article></body></html>"
)
_LINE = "Bees fly internationally, with considerable determination, over hyphenation. "
BODY = "".join(
    f'<h2>Part {n}</h2>\n<p>{_LINE * 12}<a href="https://c.example/">a link</a>'
    '<img src="" alt="Flowers"></p>\n'
    for n in range(6)
)
MARK = '<a role="doc-noteref" href="#fn:1"></a>'
NOTE = '<div role="doc-endnote" id="fn:1"><p>A note.</p></div>\n'


class Seen(NamedTuple):
    """The result of a command line: its exit code, its output, and the library after it."""

    code: int
    out: str
    error: str
    library: Library


Run: TypeAlias = Callable[[str], Seen]
Ask: TypeAlias = Callable[[Seen], object]
Lines: TypeAlias = list[tuple[str, Ask, object]]
"""Command lines, what is asked about the result of each, and the answer."""


def ids(seen: Seen) -> list[int]:
    return [each["id"] for each in json.loads(seen.out)]


def rows(seen: Seen) -> list[tuple[str, int]]:
    return [(each["outcome"], each["article"]) for each in json.loads(seen.out)]


def out(seen: Seen) -> object:
    return seen.out


def order(seen: Seen) -> list[int]:
    return [row.id for row in seen.library.rows(SHELF_QUERIES["queue"])]


def states(seen: Seen) -> object:
    return "".join(seen.library.article(id).state[0] for id in (1, 2, 3, 4))


def tags(seen: Seen) -> object:
    return [seen.library.article(id).tags for id in (1, 2, 3, 4)]


def key(name: str) -> Ask:
    return lambda seen: json.loads(seen.out)[name]


def output(capsys: Capsys, *words: str, code: int = 0) -> str:
    """Run a command line that ends with a code, and return what it prints."""
    capsys.readouterr()
    assert main(words) == code
    return capsys.readouterr().out


def lines(capsys: Capsys, *words: str) -> list[str]:
    """Run a command line that succeeds, and return the lines it prints."""
    return output(capsys, *words).splitlines()


def trouble(capsys: Capsys, *words: str) -> str:
    """Run a command line that fails, and return what it says."""
    capsys.readouterr()
    assert main(words) == 1
    return capsys.readouterr().err


WALK_URL = "https://example.org/walk"
WALK_LINES = [
    f"Step {n} of the walk, past trees, over stones, and along the water." for n in range(14)
]
_WALK = f"""<html><head><title>A walk</title></head><body>
<article><h1>A walk</h1>{"".join(f"<p>{each}</p>" for each in WALK_LINES)}
<div class="shoes"><p>Good shoes for a walk are sold next door, and they are not dear.</p></div>
<figure><img src="/trees.png" alt="Trees"></figure></article>
<aside class="weather"><p>The weather for the walk: dry, and some wind from the west.</p></aside>
</body></html>"""


class Web:
    """A web of one page with one picture; each can be out of reach."""

    up = True
    pictures = True

    def get(self, address: str, **_: Any) -> Fetched:
        if not self.up:
            raise Unreachable("example.org cannot be reached.")
        if not address.endswith(".png"):
            return Fetched(address, _WALK.encode(), "text/html", "", True)
        if not self.pictures:
            raise IngestError("gone")
        file = io.BytesIO()
        Image.new("RGB", (200, 150), "green").save(file, "PNG")
        return Fetched(address, file.getvalue(), "image/png", "", True)


def worsen(library: Library, id: int = 1) -> None:
    """Give an article a text that is worse than its page."""
    library.edit("Made worse", [Edit(id, text=Clipping("", html="<p>Step 0</p>", words=2))])
