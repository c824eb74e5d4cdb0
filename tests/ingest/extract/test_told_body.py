"""The text that a page gives as data is its article if the page shows none."""

import json

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
