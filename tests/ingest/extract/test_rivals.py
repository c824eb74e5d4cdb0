"""An article wins over the comments and the articles below it."""

import pytest

from reader.ingest.extract.measure import text_of
from reader.ingest.extract.page import parse
from reader.ingest.extract.rivals import drop_comments, drop_next_articles
from reader.ingest.extract.whole import extract

_POST = "<p>A short note on a boat that left in the morning and came back with the tide.</p>" * 2
_SAID = "<p>Said: the sea was calm, the sky was blue, and the coffee was cold, as ever.</p>" * 3
_COMMENTS = (
    "<div id='comments' class='comments-area'><ol class='comment-list'>"
    + f"<li><article class='comment-body'>{_SAID}</article></li>" * 9
    + "</ol></div>"
)


def _page(inside: str) -> str:
    return (
        f"<html><head><title>The boat</title></head><body><div id='x'>{inside}</div></body></html>"
    )


@pytest.mark.parametrize(
    "post",
    [
        "<article>{}</article>", "<div itemprop='articleBody'>{}</div>",
        "<div class='post'><div class='entry-content'>{}</div></div>",
        "<h1>The boat</h1><div>{}</div>", "<section><h1>The boat</h1>{}</section>",
    ],
)  # fmt: skip
def test_a_short_article_is_not_lost_among_its_comments(post: str) -> None:
    for page in (post.format(_POST) + _COMMENTS, post.format(_POST + _COMMENTS)):
        made = extract(_page(page))
        assert made.html.count("short note") == 2
        assert "Said" not in made.html
        assert made.unsure


@pytest.mark.parametrize(
    "page", [f"<div>{_POST}</div>{_COMMENTS}", f"<h1>The boat</h1>{_COMMENTS}", _COMMENTS]
)
def test_comments_stay_on_a_page_without_a_marked_article(page: str) -> None:
    body = parse(_page(page))
    assert body is not None
    drop_comments(body)
    assert "Said" in text_of(body)


def test_an_article_about_comments_is_long_enough_to_keep_them() -> None:
    made = extract(_page(f"<article class='comments'>{_POST * 9}</article>"))
    assert made.html.count("short note") == 18


# ---- the next articles

_LINE = "A line on the river, with its commas, that goes on for a while, and then ends."


def _article(title: str, lines: int, tag: str = "article") -> str:
    text = "".join(f"<p>{title} {n}. {_LINE}</p>" for n in range(lines))
    return f"<{tag}><h1>{title}</h1><div class='entry-content'>{text}</div></{tag}>"


@pytest.mark.parametrize("tag", ["article", "div", "section"])
def test_the_article_of_the_title_wins_over_the_next_ones(tag: str) -> None:
    others = _article("A second river", 20, tag) + _article("A third", 4, tag)
    for around in ("{}{}", "<main>{}{}</main>", "<div>{}</div><div>{}</div>"):
        made = extract(_page(around.format(_article("The boat", 8, tag), others)))
        assert made.html.count("The boat") == 8
        assert "river 1" not in made.html
        assert "third" not in made.html


def test_parts_of_one_article_stay_whatever_their_headings() -> None:
    own = _article("The boat", 8)
    for page in (
        own.replace("</article>", "<h1>Its part</h1><p>A part of it.</p></article>"),
        own.replace("</article>", f"{_article('Its part', 8)}</article>").replace("h1", "h2"),
        own + _article("The boat", 9),
        _article("The boat", 2) + _article("Its part", 9),
        own.replace("The boat</h1>", "Boats</h1>") + _article("Its part", 9),
        own + "<article><h1>Its part</h1><p>A part of it.</p></article>",
        own.replace("entry-content", "x").replace("article", "div")
        + _article("Its part", 9, "div").replace("entry-content", "x"),
    ):
        body = parse(_page(page))
        assert body is not None
        before = text_of(body)
        drop_next_articles(body, "The boat")
        assert text_of(body) == before
    drop_next_articles(body, "")
    assert text_of(body) == before
