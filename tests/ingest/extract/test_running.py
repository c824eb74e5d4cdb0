"""Running text is counted by hand: long lines that lead nowhere else."""

import pytest
from lxml import html

from reader.ingest.extract.measure import Element
from reader.ingest.extract.running import Running

_LINE = "x" * 60


def _tree(inside: str) -> Element:
    body = html.document_fromstring(f"<html><body>{inside}</body></html>").find("body")
    assert body is not None
    return body


@pytest.mark.parametrize(
    ("inside", "count"),
    [
        (f"<p>{_LINE}</p>", 60), (f"<p>{_LINE[1:]}</p>", 0), (f"<p>{_LINE}<br>{_LINE}</p>", 120),
        (f"<p>{_LINE[:30]} <b>{_LINE[:29]}</b></p>", 60),
        (f"<div>{_LINE}<p>{_LINE}</p></div>", 120),
        (f"<p>{_LINE}<a href='/x'>{_LINE}</a></p>", 60),
        (f"<a href='/x'><div>{_LINE}</div></a>", 0),
        (f"<ul><li>{_LINE}<li>{_LINE}</ul>", 120), (f"<pre>{_LINE}</pre>", 60), (_LINE, 60),
        (f"<my-box>{_LINE}</my-box>", 0), (f"<div><my-box>{_LINE}</my-box></div>", 0),
        (f"<span>{_LINE}</span>", 60), (f"<script>{_LINE}</script>", 0), (f"<p>{' ' * 90}</p>", 0),
        *((f"<{tag}><p>{_LINE}</p></{tag}>", 0) for tag in ("nav", "footer", "aside", "dialog")),
    ],
)  # fmt: skip
def test_running_text_is_long_lines_outside_links_and_margins(inside: str, count: int) -> None:
    body = _tree(inside)
    assert Running(body).of(body) == count


def test_boxes_share_the_running_text_of_a_page() -> None:
    body = _tree(f"<div id=a>{_LINE * 3}</div><div id=b><p>{_LINE * 2}</p></div>")
    running = Running(body)
    one, two = body
    assert (running.share(one), running.share(two)) == (0.6, 0.4)
    assert list(running.holders(0.5)) == [one]
    running.forget(one)
    assert (running.of(body), running.of(one), running.of(two)) == (120, 0, 120)


def test_a_page_of_few_words_is_not_shared() -> None:
    for count, share in ((249, 0.0), (250, 1.0)):
        body = _tree(f"<p>{'x' * count}</p>")
        assert Running(body).share(body[0]) == share
