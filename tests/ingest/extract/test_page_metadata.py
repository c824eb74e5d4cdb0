"""What a page says of itself: title, author, dates, from wherever it says it."""

import pytest

from reader.ingest.extract.page import parse
from reader.ingest.extract.page_metadata import metadata_of

_TEXT = "".join(f"<p>Sentence {n} of the article, with commas, and so on.</p>" for n in range(12))
_URL = "https://example.org/news/story.html"


def _page(inside: str, head: str = "<title>A story of things</title>") -> str:
    return (
        f"<html lang=en><head>{head}</head><body><article><h1>A story of things</h1>"
        f"{inside}</article></body></html>"
    )


_LD = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
 {"@type":"NewsArticle","headline":"Head &amp; line of it","datePublished":"2026-03-04T10:00:00Z",
  "author":[{"@id":"#ann"},{"@type":"Person","name":"Ben Bold"}],
  "publisher":{"@type":"Organization","name":"The Paper"},},
 {"@id":"#ann","@type":"Person","name":"Ann Able"}]}</script>"""


def test_linked_data_is_read_even_where_it_is_broken() -> None:
    about = metadata_of(parse(f"<html><head>{_LD}</head><body><p>x</body></html>"))
    assert about.title == "Head & line of it"
    assert about.byline == "Ann Able, Ben Bold"
    assert about.published_at == "2026-03-04"
    assert about.site == "The Paper"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>A long enough headline | The Paper</title>", "A long enough headline"),
        (
            "<title>The Paper: News - A long enough headline here</title>",
            "A long enough headline here",
        ),
        ('<meta property="og:title" content="Said here">', "Said here"),
        ("<title>Rain - Example</title>", "Rain"),
        (
            "<title>Things to know about it - Site</title>"
            '<meta property="og:site_name" content="Site">',
            "Things to know about it",
        ),
        (
            "<title>Things to know about Ann @ Ann :: Pages ::</title>"
            '<meta property="og:site_name" content="Ann">',
            "Things to know about Ann @ Ann",
        ),
    ],
)
def test_a_title_is_without_its_site(head: str, title: str) -> None:
    page = parse(f"<html><head>{head}</head><body><p>x</body></html>")
    assert metadata_of(page, _URL).title == title


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ('<time datetime="2026-02-03T01:00Z">x</time>', "2026-02-03"),
        ('<span class="post-date">3 February 2026</span>', "2026-02-03"),
        ('<span class="post-date">February 3rd, 2026</span>', "2026-02-03"),
        ('<span class="date">3. Februar 2026</span>', "2026-02-03"),
        ('<span class="date">03.02.2026</span>', "2026-02-03"),
        ('<span class="date">2026年2月3日</span>', "2026-02-03"),
        (
            "<h1>A story</h1><p>By Ann Able</p><div>Paris, 3 février 2026 à 10h00</div>",
            "2026-02-03",
        ),
        ("<h1>A story</h1><div>Publicado el 3 de febrero de 2026</div>", "2026-02-03"),
        ("<h1>A story</h1><p>Veröffentlicht: Di., 03.02.26, 14:00 Uhr</p>", "2026-02-03"),
        ("<h1>A story</h1><p>Tuesday, 3rd Feb. 2026</p>", "2026-02-03"),
        ("<h1>A story</h1><p>3. helmikuuta 2026</p>", "2026-02-03"),
        ("<h1>A story</h1><p>3 Şubat 2026</p>", "2026-02-03"),
        ("<h1>A story</h1><p>2026. február 3.</p>", "2026-02-03"),
        ("<h1>A story</h1><p>2026/2/3 14:00</p>", "2026-02-03"),
        ("<h1>A story</h1><p>입력 2026년 2월 3일</p>", "2026-02-03"),
        ("<div>3 February 2026</div><h1>A story</h1>", "2026-02-03"),
        ("<h1>Ann Able</h1><table><tr><th>Died<td>3 February 2026</table>", ""),
        ("<h1>Ann Able</h1><p>Born 3 February 1926</p>", ""),
        (f"<h1>A story</h1>{_TEXT}<p>Fair of 3 February 2026</p>", ""),
        (
            "<h1>A story</h1><p>They met on 3 February 2026 in Paris, she said, and went on to the "
            "river, where all of them stood in the rain and looked for the boat.</p>",
            "",
        ),
        ("<p>Nothing said.</p>", ""),
    ],
)
def test_dates_are_read_as_people_write_them(body: str, date: str) -> None:
    assert metadata_of(parse(f"<html><body>{body}</body></html>")).published_at == date


def test_a_date_may_stand_in_the_address() -> None:
    root = parse("<html><body><p>x</body></html>")
    assert metadata_of(root, "https://example.org/2026/02/03/story").published_at == "2026-02-03"


def test_the_name_of_a_site_in_its_head_is_no_title() -> None:
    title = "<title>A story of some things :: The World Paper ::</title>"
    heads = "<h1>The World Paper</h1><h1>A story of some things ¶</h1>"
    page = parse(f"<html><head>{title}</head><body>{heads}</body></html>")
    assert metadata_of(page).title == "A story of some things"
    page = parse(f"<html><head>{title}</head><body><h1>The World Paper</h1></body></html>")
    assert metadata_of(page).title == "A story of some things"


@pytest.mark.parametrize(
    ("said", "byline"),
    [
        ('<p class="byline">By Ann Able | Updated 3 May 2026</p>', "Ann Able"),
        ('<p class="byline">by <b>Ann Able</b><i>22 Dec 2026</i>651</p>', "Ann Able"),
        ('<meta name="author" content="Ann Able (https://example.org/ann)">', "Ann Able"),
        ('<meta name="twitter:creator" content="Ann Able">', "Ann Able"),
        ('<meta name="twitter:creator" content="@example">', ""),
        (
            '<meta name="dc.creator" content="Able, Ann"><meta name="dc.creator" content="Bo, Li">',
            "Able, Ann; Bo, Li",
        ),
        (
            '<meta name="author" content="Somebody"><meta property="author" content="Ann Able">',
            "Ann Able",
        ),
    ],
)
def test_a_byline_is_a_name(said: str, byline: str) -> None:
    assert metadata_of(parse(f"<html><body>{said}</body></html>")).byline == byline


def test_who_comments_is_no_author() -> None:
    comment = "<li class='comment even'><div class=byline>Some Reader</div>So it is.</li>"
    by = "<div class='author-name'>ANN ABLE</div>"
    root = parse(_page(f"<ul>{comment}</ul>{_TEXT}{by}"))
    assert metadata_of(root, _URL).byline == "ANN ABLE"
