"""What the kinds make of an article with everything."""

import json
import re
from html import unescape
from pathlib import Path

from tests.exporting.conftest import EVERYTHING, Add

from reader.body.from_html import from_html
from reader.body.from_markdown import from_markdown
from reader.body.to_text import to_text
from reader.entries import Highlight
from reader.exporting import clipboard
from reader.exporting.export import export
from reader.exporting.kinds import Kind, Wanted
from reader.ingest.front_matter import about_front_matter, split_front_matter
from reader.library.library import Library
from reader.model import Edit
from reader.steps import Verb

MARKS = (
    Highlight(
        "strong words, code and a link", "My *note*.", "green", ("one",), "2026-01-02T03:04:05Z"
    ),
    Highlight("", "On all of it."),
    Highlight("words that are not there", "lost"),
)


def _exported(library: Library, kind: Kind, tmp_path: Path, id: int) -> str:
    file = tmp_path / "made"
    export(library, Wanted(kind, (id,)), file)
    return file.read_text("utf-8")


def test_a_note_tells_everything(library: Library, add: Add, tmp_path: Path) -> None:
    id = add('Quote: "x" # \u2028—é', highlights=MARKS, tags=("a/b", "to: read", "#x"))
    library.set_favourite([id], True)
    library.edit(Verb.RETITLE, [Edit(id, byline="A. B., C", published_at="2025-11-26")])
    values, text = split_front_matter(_exported(library, Kind.MARKDOWN, tmp_path, id))
    article = library.article(id)
    assert values["title"] == article.title
    assert values["reader-uid"] == article.uid
    assert values["favourite"] is True
    assert str(values["state"]) == "queue"
    assert [each["quote"] for each in values["highlights"] if "quote" in each] == [
        MARKS[0].quote, MARKS[2].quote,
    ]  # fmt: skip
    assert values["highlights"][1]["labels"] == ["one"]
    told = about_front_matter(values)
    assert (told.byline, told.published_at[:10], told.canonical) == (
        "A. B., C", "2025-11-26", article.url,
    )  # fmt: skip
    assert set(told.tags) >= {"a/b", "to: read"}
    assert "==**strong words**, `code` and a [link](https://example.org/b?x=1&y=2)==[^2]" in text
    assert "[^2]: My \\*note\\*." in text
    assert text.split("%% reader: without a place in the text %%\n\n")[1].split("\n\n") == [
        "On all of it.", "> words that are not there", "lost\n",
    ]  # fmt: skip


def test_a_note_is_read_again(library: Library, add: Add, tmp_path: Path) -> None:
    _, text = split_front_matter(_exported(library, Kind.MARKDOWN, tmp_path, add()))
    assert from_markdown(text) == from_markdown(EVERYTHING)


def test_a_page_is_alone_and_runs_nothing(
    library: Library, add: Add, red: str, tmp_path: Path
) -> None:
    title = '<script>"&'
    page = _exported(library, Kind.HTML, tmp_path, add(title, picture=red, highlights=MARKS))
    assert "<script" not in page
    assert f"<title>{title.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}" in page
    assert "default-src 'none'" in page
    assert {each.split(":")[0] for each in re.findall(r'src="([^"]*)"', page)} == {"data"}
    assert '<mark class="green"><strong>strong words</strong>' in page
    assert "lost" in page
    told = re.search(r'name="reader-article" content="([^"]*)"', page)
    assert told is not None
    assert json.loads(unescape(told[1]))["title"] == title
    words = re.compile(r"[^\W\d_]{2,}")
    article = page[page.index("</header>") :]
    assert {*words.findall(to_text(from_markdown(EVERYTHING)))} <= {
        *words.findall(to_text(from_html(article)))
    }


def test_a_text_has_its_head(library: Library, add: Add, tmp_path: Path) -> None:
    id = add("T", "One.\n\nTwo.", byline="B", highlights=(Highlight("One", "n"),))
    told = _exported(library, Kind.TEXT, tmp_path, id)
    assert told == f"T\nB\n{library.article(id).url}\n\nOne.\n\nTwo.\n\n{'—' * 12}\n\n“One”\nn\n"


def test_a_copy_has_its_title_and_its_address(library: Library, add: Add) -> None:
    id = add("*T*", "One ![a](https://example.org/p.png) two", url="https://example.org/a b")
    url = library.article(id).url
    text = clipboard.markdown_of(library, id)
    assert text.startswith(f"# [\\*T\\*]({url.replace(' ', '%20')})\n\nOne ")
    assert text.endswith("two\n")
