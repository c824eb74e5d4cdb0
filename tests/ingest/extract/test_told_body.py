"""The text that a page gives as data is its article if the page shows none."""

import json
from html import escape

import pytest

from reader.ingest.extract.whole import extract

_LINE = "A line of a text that scripts would draw, told as data beforehand. " * 3


def _page(body: object, shown: str = "", kind: str = "NewsArticle") -> str:
    data = json.dumps({"@type": kind, "headline": "Title", "articleBody": body})
    return (
        f'<html><head><script type="application/ld+json">{data}</script></head>'
        f"<body><nav><a href='/'>Home</a></nav><div id='root'>{shown}</div></body></html>"
    )


def test_the_text_told_as_data_stands_for_a_page_without_text() -> None:
    made = extract(_page(f"{_LINE}\n\n{_LINE}end"))
    assert made.html.count("<p>") == 2
    assert made.html.endswith("end</p>")
    assert made.unsure
    assert made.about.excerpt.startswith("A line of a text")


def test_tags_in_the_text_told_as_data_are_never_obeyed() -> None:
    made = extract(_page(f"<p>{_LINE}</p><p>{_LINE} 1 < 2 &lt;script>alert(1)&lt;/script></p>"))
    assert made.html.count("<p>") == 2
    assert "1 &lt; 2 &lt;script&gt;" in made.html


def test_a_page_with_a_text_shows_its_own() -> None:
    shown = f"<article>{''.join(f'<p>{_LINE} shown.</p>' for _ in range(4))}</article>"
    assert "end" not in extract(_page(_LINE * 2 + "end", shown)).html


def test_a_body_that_is_no_text_is_none() -> None:
    for body in (None, 3, ["a"], {"a": "b"}, "", " \n "):
        assert "<p>" not in extract(_page(body)).html


# ---- as a guide

_WORDS = "river ferry lamp rope kettle map bay shelf boy baker key coat jar sand door tide chalk"


def _story(first: int, last: int) -> list[str]:
    """Return lines that differ from each other in every three words."""
    return [f"<p>{' '.join(f'{w}{n}' for w in _WORDS.split())}.</p>" for n in range(first, last)]


_TOLD = "\n".join(_story(0, 10)).replace("<p>", "").replace("</p>", "")
_NOTES = "".join(f"<div class='n'>{each}</div>" for each in _story(20, 40))


_HIDDEN = ("class='sidebar'", "style='display:none'", "hidden", "aria-hidden=true")


@pytest.mark.parametrize("name", _HIDDEN)
def test_the_text_told_as_data_leads_to_the_article(name: str) -> None:
    story = f"<div {name}><div><h2>Head</h2>{''.join(_story(0, 10))}</div></div>"
    others = f"<section>{_NOTES}</section>"
    assert "lamp0" not in extract(_page("", story + others)).html
    for told in (_TOLD, escape(escape(_TOLD))):
        made = extract(_page(told, story + others))
        assert made.html.count("<p>") == 10
        assert "<h2>Head</h2>" in made.html
        assert "lamp20" not in made.html
        assert not made.unsure


def test_the_text_of_a_posting_is_told_as_data_too() -> None:
    page = _page(_TOLD, f"<div hidden>{''.join(_story(0, 10))}</div><div>{_NOTES}</div>")
    made = extract(page.replace('"articleBody"', '"text"').replace("News", "x"))
    assert "lamp0" in made.html
    assert "lamp20" not in made.html


def test_a_text_told_as_data_and_not_shown_stands_for_half_a_page() -> None:
    page = _page(_TOLD, f"<article>{''.join(_story(0, 4))}</article>")
    made = extract(page)
    assert made.html.count("<p>") == 10
    assert made.unsure
    most = extract(_page(_TOLD, f"<article>{''.join(_story(0, 6))}</article>"))
    assert most.html.count("<p>") == 6
    assert most.unsure, "the rest may be missing"


def test_another_text_told_as_data_is_not_the_article() -> None:
    page = _page(_TOLD, f"<article>{_NOTES}</article>")
    made = extract(page)
    assert made.html.count("<p>") == 20
    assert not made.unsure


def test_what_is_hidden_within_the_article_and_not_told_stays_hidden() -> None:
    lines = _story(0, 10)
    inner = "<div hidden><p>Log in first.</p></div>".join(lines)
    made = extract(_page(_TOLD, f"<div hidden>{inner}</div><div>{_NOTES}</div>"))
    assert "lamp9" in made.html
    assert "Log in" not in made.html
