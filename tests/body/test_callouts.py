"""Callouts are notes with a title: read, written, cut and found like the rest of the text."""

from reader.body.anchors import Point, text_of
from reader.body.blocks import Body, Callout, List, Paragraph, Quote, Text
from reader.body.excerpt import cut
from reader.body.from_html import from_html
from reader.body.rewrite import rewrite
from reader.body.to_html import to_html
from reader.body.to_markdown import to_markdown
from reader.body.to_text import bare_text, to_text

_HTML = (
    '<aside role="note" data-callout="warning"><header>Mind the <em>gap</em></header>'
    "<p>It is wide.</p><ul><li>Very</li></ul></aside>"
)
_TITLE = (Text("A title"),)


def _callout(html: str) -> Callout:
    (block,) = from_html(html).blocks
    assert isinstance(block, Callout)
    return block


def _p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def test_a_callout_is_read_with_its_title_and_kind() -> None:
    callout = _callout(_HTML)
    assert "".join(run.text for run in callout.title if isinstance(run, Text)) == "Mind the gap"
    assert callout.kind == "warning"
    assert [type(block) for block in callout.blocks] == [Paragraph, List]
    assert from_html(to_html(from_html(_HTML))) == from_html(_HTML)


def test_a_title_alone_is_a_paragraph_and_an_empty_callout_nothing() -> None:
    assert from_html('<div role="note"><header>Alone</header></div>').blocks == (_p("Alone"),)
    assert from_html('<div role="note"> </div>').blocks == ()


def test_a_header_that_is_not_at_the_start_is_text() -> None:
    callout = _callout('<div role="note">First <header>Not a title</header></div>')
    assert callout == Callout((), (_p("First"), _p("Not a title")))


def test_a_callout_without_a_title_has_the_name_of_its_kind_as_added_text() -> None:
    body = Body((Callout((), (_p("Careful."),), "caution"),))
    assert to_text(body) == "Caution\n\nCareful."
    assert bare_text(body.blocks[0]) == text_of(body.blocks[0]) == "Careful."
    assert to_text(Body((Callout((), (_p("Careful."),)),))) == "Careful."


def test_markdown_is_that_of_github_and_obsidian() -> None:
    callout = Callout(_TITLE, (_p("One"), Quote((_p("Two"),))), "tip")
    assert to_markdown(Body((callout,))) == "> [!tip] A title\n> One\n>\n> > Two\n"
    named = callout._replace(title=(Text("Tip"),))
    assert to_markdown(Body((named,))).startswith("> [!tip]\n> One")
    unknown = Callout((), (_p("One"),))
    assert to_markdown(Body((unknown,))) == "> [!note]\n> One\n"


def test_markdown_keeps_a_quote_and_a_callout_apart() -> None:
    body = Body((Quote((_p("One"),)), Callout((), (_p("Two"),), "tip")))
    assert to_markdown(body) == "> One\n\n<!-- -->\n\n> [!tip]\n> Two\n"


def test_a_selection_within_a_callout_keeps_it() -> None:
    callout = Callout(_TITLE, (_p("One"), _p("Two")), "tip")
    words = len("A titleOneTwo")
    assert cut([callout, _p("x")], Point(0, 2), Point(1, 1)).blocks == (
        Callout((Text("title"),), callout.blocks, "tip"),
        _p("x"),
    )
    assert cut([callout], Point(0, 8), Point(0, words)).blocks == (
        Callout((), (_p("ne"), _p("Two")), "tip"),
    )
    assert cut([callout], Point(0, 0), Point(0, 4)).blocks == (_p("A ti"),)


def test_the_runs_of_title_and_blocks_are_changed() -> None:
    callout = Callout(_TITLE, (_p("One"),), "tip")
    changed = rewrite(callout, lambda runs: (*runs, Text("!")))
    assert text_of(changed) == "A title!One!"
