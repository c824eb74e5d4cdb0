"""Headings are their words and their places, without the controls that generators add."""

import pytest
from tests.ingest.extract.structure.page import blocks_of, body_of

from reader.body.blocks import Heading, List, Paragraph, Quote
from reader.body.to_text import runs_text, to_text
from reader.ingest.extract.whole import extract

_LINKS = {
    "Sphinx": '<h2>The ice<a class="headerlink" href="#ice" title="Link to this">¶</a></h2>',
    "Docusaurus": (
        '<h2 class="anchor" id="ice">The ice<a href="#ice" class="hash-link" aria-label="Direct '
        'link to The ice">\u200b</a></h2>'
    ),
    "VitePress": (
        '<h2 id="ice" tabindex="-1">The ice <a class="header-anchor" href="#ice">#</a></h2>'
    ),
    "GitHub": (
        '<div class="markdown-heading"><h2 class="heading-element">The ice</h2><a id="user-content'
        '-ice" class="anchor" href="#ice"><svg></svg></a></div>'
    ),
    "a sign before": '<h2><a href="#ice">§</a> The ice</h2>',
    "rustdoc": '<h2 id="ice"><a class="doc-anchor" href="#ice">§</a>The ice</h2>',
    "a copied link": (
        '<h2 id="ice">The ice<a class="heading-link" href="#ice">Copy link to heading</a></h2>'
    ),
    "all of it a link": '<h2 id="ice"><a href="#ice">The ice</a></h2>',
    "a line by its name": '<div class="subhead" id="ice"><a href="#ice">The ice</a></div>',
    "MediaWiki": (
        '<div class="mw-heading mw-heading2"><h2 id="ice">The ice</h2><span class="mw-editsection">'
        '[<a href="/w/index.php?title=A&amp;action=edit">edit</a>]</span></div>'
    ),
    "a button": '<h3 id="ice"><button aria-expanded="true">The ice</button></h3>',
}


@pytest.mark.parametrize("markup", _LINKS.values(), ids=_LINKS)
def test_a_heading_keeps_its_words_and_its_place(markup: str) -> None:
    text = "<p>The ice was a hand thick by the end of the week, and nobody spoke of boats.</p>"
    body = body_of(f'<p>It is told <a href="#ice">below</a> how the ice grew.</p>{markup}{text}')
    heading = next(block for block in body.blocks if isinstance(block, Heading))
    assert runs_text(heading.runs) == "The ice"
    assert heading.anchor == "ice"
    assert "#ice" in repr(body.blocks[1])


def test_terms_and_captions_lose_their_signs_too() -> None:
    sign = '<a class="headerlink" href="#ice" title="Link to this">¶</a>'
    markup = f"<dl><dt>ice(n){sign}</dt><dd>Makes ice.</dd></dl>"
    assert "¶" not in to_text(body_of(f"{markup}<p class=caption>A caption.{sign}</p>"))


def test_a_link_elsewhere_stays_in_a_heading() -> None:
    heading, _ = blocks_of('<h2>The <a href="https://example.net/">ice</a></h2><p>Text of it.</p>')
    assert isinstance(heading, Heading)
    assert "example.net" in repr(heading.runs)


def test_the_button_that_folds_a_text_is_its_heading() -> None:
    panel = f"<p>{'A child finds the way in half an hour, and a dog in ten minutes. ' * 2}</p>"
    markup = (
        f'<div><button aria-controls="p1">How far is it?</button><div id="p1">{panel}</div></div>'
    )
    heading, text = blocks_of(markup)
    assert isinstance(heading, Heading)
    assert isinstance(text, Paragraph)


def test_a_button_that_a_page_forgot_to_close_does_not_hide_its_text() -> None:
    page = "<body><main><button>Menu<p>" + "All of the text, in one sentence. " * 30 + "</p></main>"
    assert "All of the text" in extract(page).html


def test_the_source_of_a_quote_stays_in_it() -> None:
    (quote,) = blocks_of(
        "<blockquote><p>It froze.</p><footer>— <cite>Ada</cite></footer></blockquote>"
    )
    assert isinstance(quote, Quote)
    assert to_text(body_of("")._replace(blocks=(quote,))) == "> It froze.\n>\n> — Ada"


@pytest.mark.parametrize(
    ("attributes", "numerals"),
    [
        ('style="list-style-type: lower-alpha"', "a"),
        ('style="list-style: upper-roman inside"', "I"),
        ('class="loweralpha simple"', "a"),
        ('class="upperroman"', "I"),
        ('type="i"', "i"),
        ('class="arabic"', ""),
    ],
)
def test_a_list_has_the_numerals_of_its_style(attributes: str, numerals: str) -> None:
    (block,) = blocks_of(f"<ol {attributes}><li>The first pool.</li><li>The second.</li></ol>")
    assert isinstance(block, List)
    assert block.numerals == numerals


def test_the_numbers_of_a_list_reach_the_body() -> None:
    (block,) = blocks_of('<ol reversed><li>The third.</li><li value="7">The seventh.</li></ol>')
    assert isinstance(block, List)
    assert (block.descends, block.items[1].value) == (True, 7)


@pytest.mark.parametrize("place", ["#top", "#Top", "#page-top", "#top_of_page", "#top-of-the-page"])
def test_a_heading_loses_its_link_to_the_top_of_the_page(place: str) -> None:
    markup = f'<h2>The ice &nbsp; <a href="{place}">up</a></h2><p>It was thick.</p>'
    assert runs_text(blocks_of(markup)[0].runs).strip() == "The ice"  # type: ignore[union-attr]
