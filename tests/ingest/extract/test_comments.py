"""A short article stays short if comments stand below it."""

import pytest

from reader.ingest.extract.comments import drop_comments
from reader.ingest.extract.measure import text_of
from reader.ingest.extract.page import parse
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
