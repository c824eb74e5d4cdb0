"""A thread of an unknown forum is found; teasers, reviews and an article's comments are not."""

import pytest

from reader.ingest.extract.page import parse
from reader.ingest.extract.threads.thread import Thread, thread_of
from reader.ingest.extract.whole import extract

_DECLARED = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
_LINES = (
    "The weir opens at dawn, and the boats wait for it.",
    "It closes when the tide turns, as it has done for years.",
    "I have seen it open at noon, but that was in a dry summer.",
    "No.",
    "Then ask the keeper, who writes the hours on a board beside the lock.",
)
_BOX = (
    '<li class="row{n}"><div class="who"><a href="/members/{n}">Person {n}</a> <i>CHROME</i></div>'
    '<time datetime="2024-05-0{n}T08:00">May</time>{more}<div class="words"><p>{line}</p></div>'
    '<div class="tools"><a href="#">CHROME</a></div></li>'
)


def _page(box: str = _BOX, *, head: str = "", before: str = "", more: str = "") -> str:
    boxes = "".join(box.format(n=n, line=line, more=more) for n, line in enumerate(_LINES, 1))
    return f"<html><head>{head}</head><body><h1>Weir</h1>{before}<ol>{boxes}</ol></body></html>"


def _thread(html: str) -> Thread | None:
    root = parse(html)
    assert root is not None
    return thread_of(root, html)


@pytest.mark.parametrize("head", ["", _DECLARED])
def test_like_boxes_with_authors_and_dates_are_a_thread(head: str) -> None:
    thread = _thread(_page(head=head))
    assert thread is not None
    assert [(post.author, post.date) for post in thread.posts] == [
        (f"Person {n}", f"2024-05-0{n}") for n in (1, 2, 3, 4, 5)
    ]
    html = extract(_page(head=head)).html
    assert [line for line in _LINES if line not in html] == []
    assert "CHROME" not in html


def test_a_declared_discussion_may_write_names_and_dates_as_plain_text() -> None:
    box = (
        '<div class="post{n}"><span>Person {n}</span> <span>0{n}/05/2024 08:00</span>{more}'
        '<div class="words"><p>{line}</p></div></div>'
    )
    thread = _thread(_page(box, head=_DECLARED))
    assert thread is not None
    assert [post.author for post in thread.posts] == [f"Person {n}" for n in (1, 2, 3, 4, 5)]
    assert _thread(_page(box)) is None


def test_the_opening_post_may_stand_apart() -> None:
    question = "<div class='opening'>" + "<p>When does the weir open, and for whom? </p>" * 20
    html = extract(_page(head=_DECLARED, before=question + "</div>")).html
    assert html.index("for whom?") < html.index(_LINES[0]) < html.index(_LINES[4])
    assert html.count(_LINES[0]) == 1


def test_text_beside_a_thread_is_no_opening_post_if_the_first_post_is_described() -> None:
    other = "<div>" + "<p>Courses for keepers of weirs begin in autumn, all are free. </p>" * 20
    said = f'<meta name="description" content="{_LINES[0]}">'
    assert "Courses" not in extract(_page(head=_DECLARED + said, before=other + "</div>")).html


def test_answers_to_answers_are_deeper() -> None:
    inner = _BOX.format(n=7, line="Only on Sundays, says the keeper.", more="")
    html = _page(_BOX.replace("</li>", "<ul>" + inner + "</ul></li>"), head=_DECLARED)
    thread = _thread(html)
    assert thread is not None
    assert {post.depth for post in thread.posts} == {0, 1}
    assert extract(html).html.count("Only on Sundays") == len(_LINES)


def test_teasers_are_no_thread() -> None:
    title = '<h2><a href="/stories/7">A title of a story</a></h2>'
    assert _thread(_page(more=title)) is None
    assert _thread(_page(more=title, head=_DECLARED)) is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="article">',
        '<script type="application/ld+json">{"@type":"NewsArticle"}</script>',
    ],
)
def test_comments_beneath_an_article_are_no_thread(head: str) -> None:
    article = "<article>" + "<p>The story of the weir is long, and few have told it. </p>" * 30
    assert _thread(_page(before=article + "</article>", head=head)) is None
    assert _thread(_page(before=article + "</article>")) is None
    assert _thread(_page(_BOX.replace('class="row', 'class="comment row'))) is None


def test_a_thread_beside_much_other_text_is_unsure() -> None:
    other = "<div>" + "<p>The story of the weir is long, and few have told it. </p>" * 30 + "</div>"
    thread = _thread(_page(before=other, head=_DECLARED))
    assert thread is not None
    assert thread.unsure


def test_hostile_pages_are_no_threads() -> None:
    nested = "<div class='date time user'>1:00" * 3_000
    for html in (nested, "<time>" * 5_000, "<li class='a'><time>1</time>" * 3_000, "<p>no</p>"):
        extract(html + _DECLARED)
