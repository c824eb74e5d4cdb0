"""When an article was published: where a page says it, in which order it is believed."""

from typing import Any

import pytest

from reader.ingest.extract.dates import modified
from reader.ingest.extract.page import parse
from reader.ingest.extract.page_metadata import metadata_of

_KEYS = (
    "article:published_time", "og:published_time", "datePublished", "og:article:published_time",
    "dc.date.issued", "dcterms.created", "DC.Date", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "pubdate", "publish-date", "publication_date", "date", "article:published",
    "dc.created", "created", "cxenseparse:recs:publishtime", "last-modified",
    "article_date_original", "shareaholic:article_published_time", "rnews:datePublished",
)  # fmt: skip


def _published(body: str, head: str = "", address: str = "") -> str:
    return metadata_of(
        parse(f"<html><head>{head}</head><body>{body}</body></html>"), address
    ).published_at


def _meta(name: str, date: str) -> str:
    return f'<meta name="{name}" content="{date}">'


def _data(**said: Any) -> str:
    pairs = ",".join(f'"{key}":"{value}"' for key, value in said.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{pairs}}}</script>'


@pytest.mark.parametrize("key", _KEYS)
def test_a_date_in_the_head_has_many_names(key: str) -> None:
    assert _published("", _meta(key, "2026-02-03T10:00:00Z")) == "2026-02-03"


def test_the_first_of_many_names_is_believed() -> None:
    dates = {key: f"2026-01-{number:02}" for number, key in enumerate(_KEYS, 1)}
    for number, key in enumerate(_KEYS, 1):
        head = "".join(_meta(key, dates[key]) for key in _KEYS[number - 1 :])
        assert _published("", head) == dates[key]


def test_the_surest_place_is_believed() -> None:
    places = [
        (_data(datePublished="2026-01-01"), ""), (_meta("date", "2026-01-02"), ""),
        (_data(dateCreated="2026-01-03"), ""), (_data(uploadDate="4 Jan 2026"), ""),
        ("", '<b itemprop="DatePublished">5 Jan 2026</b>'),
        ("", '<time pubdate datetime="2026-01-06">x</time>'),
        ("", '<time class="publish" title="2026-01-06">x</time>'),
        ("", '<time content="2026-01-07">x</time>'),
    ]  # fmt: skip
    shown = '<p class="post-date">9 Jan 2026</p>'
    for number, (head, body) in enumerate(places):
        rest = "".join(body for _, body in reversed(places[number:]) if body != places[5][1])
        data = "".join(head for head, _ in reversed(places[number:]) if head)
        day = {6: 6, 7: 7}.get(number, number + 1)
        found = _published(shown + rest + body, data, "https://x.example/2026/01/08/a")
        assert found == f"2026-01-{day:02}", places[number]
    assert _published(shown, "", "https://x.example/2026/01/08/a") == "2026-01-08"
    assert _published(shown, _data(dateModified="2026-01-10")) == "2026-01-09"
    assert _published("<h1>A title</h1><p>9 Jan 2026</p>", _data(dateModified="2026-01-10")) == (
        "2026-01-09"
    )
    assert _published("", _data(dateModified="2026-01-10")) == "2026-01-10"


def test_a_date_that_is_none_is_passed_over() -> None:
    assert _published("<time>soon</time><time>3 Jan 2026</time>", _meta("date", "soon")) == (
        "2026-01-03"
    )
    assert _published("<p itemprop='datePublished'>soon</p><time>3 Jan 2026</time>") == "2026-01-03"
    assert _published(f"<time>{'x' * 117} 3 Jan 2026</time>") == ""
    assert _published(f"<time>{'x' * 108} 3 Jan 2026</time>") == "2026-01-03"


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2026/2/3/x", "2026-02-03"), ("/2026-02-03-x", "2026-02-03"),
        ("/1999/12/31", "1999-12-31"),
        ("/2026/02/03.html", "2026-02-03"), ("/2026/02/", ""), ("/2026/13/03/", ""),
        ("/2026/02/32/", ""), ("/2026/02/031/", ""), ("/3026/02/03/", ""), ("/12026/02/03/", ""),
    ],
)  # fmt: skip
def test_an_address_says_a_whole_date_or_none(path: str, date: str) -> None:
    assert _published("", "", f"https://x.example{path}") == date


def test_when_it_was_changed_is_said_in_one_of_three_places() -> None:
    assert modified({}, {"dateModified": "2026-02-03T04:05"}) == "2026-02-03"
    assert modified({"article:modified_time": "2026-02-03"}, {}) == "2026-02-03"
    assert modified({"og:updated_time": "2026-02-04"}, {}) == "2026-02-04"
    assert modified({}, {}) == ""


@pytest.mark.parametrize("tag", ["span", "div", "p", "li", "a", "small", "em", "abbr", "h4", "h5",
                                 "h6", "strong"])  # fmt: skip
def test_a_date_is_shown_in_a_box_that_is_called_so(tag: str) -> None:
    for name in ("class='post-date'", "id='pubdate'", "class='x timestamp'", "class='date'"):
        assert _published(f"<{tag} {name}>3 Feb 2026</{tag}>") == "2026-02-03"
    assert _published(f"<{tag} class='update-x'>3 Feb 2026</{tag}>") == ""
    assert _published(f"<{tag} class='date' title='2026/2/4'>3 Feb 2026</{tag}>") == "2026-02-04"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2.2.26", ""), ("02.02.26", "2026-02-02"), (f"2026-02-02 {'x' * 108}", "2026-02-02"),
        (f"2026-02-02 {'x' * 109}", ""), ("2/2/26", ""),
    ],
)  # fmt: skip
def test_a_box_of_a_date_holds_little_else(text: str, date: str) -> None:
    assert _published(f"<p class='date'>{text}</p>") == date


_LINE = "<p>A line of a text.</p>"


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("<h1>T</h1>" + _LINE * 7 + "<p>3 Feb 2026</p>", "2026-02-03"),
        ("<h1>T</h1>" + _LINE * 8 + "<p>3 Feb 2026</p>", ""),
        ("<p>3 Feb 2026</p>" + _LINE * 2 + "<h1>T</h1>", "2026-02-03"),
        ("<p>3 Feb 2026</p>" + _LINE * 3 + "<h1>T</h1>", ""),
        ("<p>3 Feb 2026</p><p>4 Feb 2026</p><h1>T</h1>", "2026-02-04"),
        ("<p>3 Feb 2026</p><h1>T</h1><p>4 Feb 2026</p>", "2026-02-04"),
        ("<h1>T</h1><p>4 Feb 2026</p><p>5 Feb 2026</p>", "2026-02-04"),
        ("<h1> </h1>" + _LINE * 9 + "<h1>T</h1><p>3 Feb 2026</p>", "2026-02-03"),
        ("<h1>T</h1><p>4 Feb 1990</p>", "1990-02-04"), ("<h1>T</h1><p>4 Feb 1989</p>", ""),
        ("<h1><span>5 Feb 2026</span></h1>", ""),
        ("<h1>T</h1><div>5 Feb 2026<p>x</p></div>", ""),
        ("<h1>T</h1><div>5 Feb 2026<b>x</b></div>", "2026-02-05"),
        (f"<h1>T</h1><p>5 Feb 2026 {'x' * 89}</p>", "2026-02-05"),
        (f"<h1>T</h1><p>5 Feb 2026 {'x' * 90}</p>", ""),
        ("<h1>T</h1>" + _LINE.replace(".", "x" * 99) * 8 + "<p>3 Feb 2026</p>", ""),
        ("<h1>T</h1>" + "<p></p>" * 9 + "<p>3 Feb 2026</p>", "2026-02-03"),
        ("<h1>T</h1><table><tr><td>5 Feb 2026</table>", "2026-02-05"),
        *((f"<h1>T</h1><{tag}>5 Feb 2026</{tag}>", "2026-02-05")
          for tag in ("p", "div", "span", "li", "h2", "h3", "h4", "h5", "h6", "a", "em")),
        *((f"<h1>T</h1><div>5 Feb 2026<{tag}></{tag}></div>", "")
          for tag in ("p", "div", "ul", "table")),
        ("<p>3 Feb 2026</p>", ""),
    ],
)  # fmt: skip
def test_a_date_stands_in_a_short_line_near_the_title(body: str, date: str) -> None:
    assert _published(body) == date
