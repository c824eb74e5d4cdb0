"""Each platform of threads has a sample page in ``samples``, named after it, and is read from it.

The first post is Ada's, of the first of May 2024; the second is Bela's, of the day after, and
quotes the first. A date of numbers whose order is not known stays as the page writes it. What does
not belong to the posts is the word CHROME.
"""

import re
from pathlib import Path

import pytest

from reader.ingest.extract.page import parse
from reader.ingest.extract.threads.platform import Platform
from reader.ingest.extract.threads.platforms import PLATFORMS
from reader.ingest.extract.threads.thread import thread_article, thread_of
from reader.ingest.metadata import Metadata

_SAMPLES = Path(__file__).parent / "samples"
_HEAD = re.compile(r'<h3(?: id="[^"]+")?>(?:✓ )?([^<]*)</h3>')


def _sample(platform: Platform) -> str:
    name = re.sub(r"\W+", "-", platform.name.lower())
    return (_SAMPLES / f"{name}.html").read_text("utf-8")


def _article(html: str) -> str:
    root = parse(html)
    assert root is not None
    found = thread_article(root, html, Metadata(), "https://weir.example/t/7")
    assert found is not None
    return found.html


@pytest.fixture(params=PLATFORMS, ids=lambda platform: platform.name)
def page(request: pytest.FixtureRequest) -> str:
    return _sample(request.param)


def test_a_page_is_read_by_its_own_platform_alone() -> None:
    for platform in PLATFORMS:
        html = _sample(platform)
        root = parse(html)
        assert root is not None
        thread = thread_of(root, html)
        assert thread is not None, platform.name
        assert thread.platform == platform.name


def test_each_post_has_a_head_with_its_author_and_date(page: str) -> None:
    heads = _HEAD.findall(_article(page))
    first, second = (head.split(" · ") for head in heads[:2])
    assert (first[0], second[0]) == ("Ada", "Bela")
    assert first[1] in ("2024-05-01", "05-01-2024")
    assert second[1] in ("2024-05-02", "05-02-2024")


def test_the_posts_stay_in_their_order(page: str) -> None:
    article = _article(page)
    assert 0 < article.find("opens at dawn.") < article.find("It closes when the tide turns.")


def test_what_is_not_a_post_is_left_out(page: str) -> None:
    assert "CHROME" not in _article(page)


def test_a_quotation_is_one(page: str) -> None:
    article = _article(page)
    if page.count("opens at dawn") > 1:
        quotation = article[article.index("<blockquote") : article.index("</blockquote")]
        assert re.search(r">\s*opens at dawn\s*(<|$)", quotation)
        assert "Ada" in quotation or "Ada" not in page[page.index("Bela") :]


@pytest.mark.parametrize(
    "html",
    [
        "<body class='BlogArticlePage'><div class='lia-message-view-display'>"
        "<div class='lia-message-body-content'>An article.</div></div></body>",
        "<body class='listing-page'><div class='thing link'><a class='title outbound' href='/a'>A "
        "link</a><div class='usertext-body'><div class='md'>A text.</div></div></div></body>",
        "<shreddit-post view-context='SubredditFeed'><div slot='text-body'>A text.</div>"
        "</shreddit-post>",
        "<article class='markdown-body'>A gist.</article><div class='js-discussion'>"
        "<div class='timeline-comment' id='gistcomment-1'><a class='author'>Ada</a>"
        "<div class='comment-body'>A comment.</div></div></div>",
    ],
)
def test_lists_of_threads_and_articles_with_comments_are_no_threads(html: str) -> None:
    root = parse(html)
    assert root is not None
    assert thread_of(root, html) is None


def test_a_submitted_link_is_a_link() -> None:
    page = (_SAMPLES / "lobsters.html").read_text("utf-8")
    assert 'href="https://weir.example/">The weir</a>' in _article(page)
