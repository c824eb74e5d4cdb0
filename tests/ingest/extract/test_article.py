"""How sure it is that what was found is the article, and what is shown if it is not."""

import pytest

from reader.ingest.extract import article
from reader.ingest.extract.article import Found, article_of
from reader.ingest.extract.page import parse


def _found(inside: str, title: str = "") -> Found:
    return article_of(parse(f"<html><body>{inside}</body></html>"), title, "")


def _text(words: int) -> str:
    return " ".join(["longer-word"] * words)


def test_nothing_is_no_article() -> None:
    for each in ("", "<div> </div>", "<script>x</script>"):
        assert _found(each) == Found("", True)
    assert article_of(None, "", "") == Found("", True)


def test_a_picture_alone_is_shown() -> None:
    made = _found("<img src='https://example.org/a.png'>")
    assert "a.png" in made.html
    assert made.unsure


@pytest.mark.parametrize(("number", "unsure"), [(499, True), (500, False)])
def test_a_short_text_may_not_be_the_article(number: int, unsure: bool) -> None:
    text = ("word " * 200)[: number - 1] + "."
    assert _found(f"<article><p>{text}</p></article>").unsure is unsure


@pytest.mark.parametrize(("words", "unsure"), [(39, True), (40, False)])
def test_few_long_words_may_not_be_the_article(words: int, unsure: bool) -> None:
    made = _found(f"<article><p>{' '.join(['x' * 30] * words)}</p></article>")
    assert made.unsure is unsure


@pytest.mark.parametrize(("linked", "unsure"), [(119, False), (121, True)])
def test_a_text_mostly_of_links_may_not_be_the_article(linked: int, unsure: bool) -> None:
    plain = f"<p>{_text(200 - linked)}</p>"
    page = f"<article>{plain}<pre><a href='/x'>{_text(linked)}</a></pre></article>"
    assert _found(page).unsure is unsure


def test_a_page_whose_names_deceive_is_read_more_kindly() -> None:
    text = f"<p>{_text(80)}.</p>"
    for name in ("community", "promo", "comments"):
        made = _found(f"<section class='{name}'><div class='{name}'>{text}{text}</div></section>")
        assert made.html.count("longer-word") == 160
        assert not made.unsure


@pytest.mark.parametrize(("comments", "unsure"), [(1, False), (3, True)])
def test_a_text_that_is_a_small_part_of_its_page_may_not_be_the_article(
    comments: int, unsure: bool
) -> None:
    others = f"<div class='comments'><p>{_text(160)}</p></div>" * comments
    made = _found(f"<article><p>{_text(160)}</p></article>{others}")
    assert made.html.count("longer-word") == 160
    assert made.unsure is unsure


def test_the_longest_of_the_tries_is_shown() -> None:
    made = _found(f"<div>{_text(3)}</div><div class='sidebar'>{_text(9)}</div>")
    assert made.html.count("longer-word") == 12
    assert made.unsure


def test_a_page_that_loses_everything_by_cleaning_is_left_as_it_is() -> None:
    links = "".join(f"<li><a href='/{n}'>longer-word</a></li>" for n in range(60))
    made = _found(f"<div class='x'><ul>{links}</ul><ol>{links}</ol></div>")
    assert made.html.count("longer-word") == 120
    assert made.unsure


def test_the_first_paragraph_of_it_is_told() -> None:
    made = _found(f"<article><p></p><p>The <b>first</b> line.</p><p>{_text(90)}</p></article>")
    assert made.first == "The first line."


def test_what_would_lose_half_by_trimming_is_left_whole() -> None:
    for plain, lost in ((60, 50), (50, 60)):
        links = "".join(f"<li><a href='/x'>{_text(lost // 2)}</a></li>" for _ in range(2))
        pad = f"<p>{'x' * 12 * lost * 4}</p>"  # the links are few of the letters
        made = _found(f"<article><p>{_text(plain)}</p>{pad}<ul>{links}</ul></article>")
        assert ("<ul>" not in made.html) is (plain > lost)


def test_a_giant_page_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article, "_HUGE", 10)
    text = f"<p>{_text(80)}</p>"
    small = _found(f"<article>{text * 7}</article>")
    giant = _found(f"<article>{text * 9}<footer>Foot</footer></article>")
    assert (small.unsure, giant.unsure) == (False, True)
    assert giant.html.count("longer-word") == 720
    assert _found("<p></p>" * 20) == Found("", True)


def test_the_figure_before_the_body_stands_before_its_text() -> None:
    figure = "<figure><img src='https://example.org/a.png'></figure>"
    body = f"<div class='entry-content'>Words.<p>{_text(80)}</p></div>"
    made = _found(f"<article>{figure}<p>A line that leads in.</p>{body}tail</article>")
    assert made.html.index("<figure>") < made.html.index("Words.") < made.html.index("longer")
    assert "tail" not in made.html
