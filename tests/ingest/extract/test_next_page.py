"""Where an article goes on is found; a list, a next article or a thread is never taken for it."""

import pytest

from reader.ingest.extract.next_page import next_page
from reader.ingest.extract.page import parse

_SITE = "https://example.org"
_STORY = f"{_SITE}/2026/the-long-way-home"
_BOX = "<div class='pagination'>{}</div>"
_TEXT = "<p>The road went on along the river for a day, and nobody said a word.</p>" * 5


def _next(address: str, links: str, *, head: str = "", body: str = "", more: str = "") -> str:
    html = (
        f"<html><head><title>A story</title>{head}</head><body {body}><article><h1>A story</h1>"
        f"{_TEXT}</article>{links}{more}</body></html>"
    )
    root = parse(html)
    assert root is not None
    return next_page(root, address)


def _box(*links: tuple[str, str]) -> str:
    return _BOX.format("".join(f"<a href='{href}'>{label}</a> " for href, label in links))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/2026/the-long-way-home", "/2026/the-long-way-home?page=2"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home?page=0,1"),
        ("/2026/the-long-way-home?page=0,1", "/2026/the-long-way-home?page=0,2"),
        ("/2026/the-long-way-home/", "/2026/the-long-way-home/2/"),
        ("/2026/the-long-way-home/", "/2026/the-long-way-home/2"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home/page/2/"),
        ("/2026/the-long-way-home/", "/2026/the-long-way-home/seite-2"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home-page-2"),
        ("/2026/the-long-way-home.html", "/2026/the-long-way-home-2.html"),
        ("/2026/the-long-way-home.html", "/2026/the-long-way-home_2.html"),
        ("/2026/the-long-way-home,1234.html", "/2026/the-long-way-home,1234-2.html"),
        ("/2026/the-long-way-home.html", "/2026/the-long-way-home.html?page=2"),
        ("/2026/the-long-way-home.html", "/2026/the-long-way-home.html?seite=2"),
        ("/2026/the-long-way-home.html", "/2026/the-long-way-home_p2.html"),
        ("/story.php?id=77", "/story.php?id=77&page=2"),
        ("/story.php?id=77", "/story.php?page=2&id=77"),
        ("/2026/the-long-way-home?page=2", "/2026/the-long-way-home?page=3"),
        ("/2026/the-long-way-home/page/9", "/2026/the-long-way-home/page/10"),
        ("/2026/the-long-way-home?page=1", "/2026/the-long-way-home?page=2"),
    ],
)
def test_the_next_part_is_found(here: str, there: str) -> None:
    for label in ("Next page »", "› Weiter"):
        assert _next(_SITE + here, _box((here, "1"), (there, label))) == _SITE + there


@pytest.mark.parametrize(
    "label",
    ["2", "Page 2", "Seite 2", "Next", "Next Page", "Next »", "&gt; Next", "Weiter",
     "Nächste Seite", "Suivant", "Page suivante", "Siguiente", "Página siguiente", "Avanti",
     "Próxima", "Volgende", "Nästa sida", "Następna strona", "Další", "Далее", "Следующая страница",
     "下一页", "次のページ", "다음", "التالي", "Continue reading on page 2",
     "<span>Go to</span> <b>page 2</b>"],
)  # fmt: skip
def test_a_next_part_is_called_so_in_many_languages(label: str) -> None:
    assert _next(_STORY, _box((f"{_STORY}?page=2", label))) == f"{_STORY}?page=2"


@pytest.mark.parametrize(
    "box",
    [
        "<nav class='pager'>{}</nav>",
        "<ul class='pages list'><li>{}</li></ul>",
        "<div class='page-links'>Pages: {}</div>",
        "<p class='post-nav-links'>{}</p>",
        "<nav role='navigation' aria-label='Pagination'><ul><li>{}</li></ul></nav>",
        "<div id='article_pagination_bottom'><span>{}</span></div>",
        "<ol class='paging'><li class='current'>1</li><li>{}</li></ol>",
        "<div class='seitenweise'>{}</div>",
    ],
)
def test_a_pagination_box_has_many_names(box: str) -> None:
    assert _next(_STORY, box.format("<a href='?page=2'>2</a>")) == f"{_STORY}?page=2"


def test_the_label_may_be_for_the_ear() -> None:
    links = _BOX.format("<a href='?page=2' aria-label='Next page'><svg></svg></a>")
    assert _next(_STORY, links) == f"{_STORY}?page=2"


def test_the_head_or_a_role_may_tell() -> None:
    head = "<link rel='next' href='/2026/the-long-way-home/2/'>"
    assert _next(_STORY, "", head=head) == f"{_STORY}/2/"
    assert (
        _next(_STORY, "<p><a rel='next nofollow' href='?page=2'>On</a></p>") == f"{_STORY}?page=2"
    )


def test_addresses_are_relative_to_the_base() -> None:
    head = f"<base href='{_SITE}/2026/'><link rel='next' href='the-long-way-home/2'>"
    assert _next(_STORY, "", head=head) == f"{_STORY}/2"


def test_from_a_numbered_part_on_there_must_be_a_way_back() -> None:
    for ending in ("/{}", "-{}.html"):
        here, there = _STORY + ending.format(2), _STORY + ending.format(3)
        first = _STORY + (".html" if "html" in ending else "")
        assert _next(here, _box((first, "1"), (here, "2"), (there, "3"))) == there
        assert _next(here, _box((here, "2"), (there, "3"))) == ""


def test_what_names_its_role_wins_over_words() -> None:
    head = "<link rel=next href='?page=2'>"
    assert _next(_STORY, _box((f"{_STORY}/2", "2")), head=head) == f"{_STORY}?page=2"


def test_two_ways_on_are_none() -> None:
    assert _next(_STORY, _box((f"{_STORY}/2", "2"), ("?page=2", "Next"))) == ""


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/2026/the-long-way-home", "/2026/another-way-home"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home?page=0,2"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home?page=0,"),
        ("/2026/the-long-way-home", "https://example.org:8443/2026/the-long-way-home?page=2"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home?page=3"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home?page=1"),
        ("/2026/the-long-way-home?page=2", "/2026/the-long-way-home"),
        ("/2026/the-long-way-home?page=2", "/2026/the-long-way-home?page=2"),
        ("/2026/the-long-way-home?page=2", "/2026/the-long-way-home?page=4"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home-2/"),
        ("/2026/the-long-way-home/", "/2026/the-long-way-home-2"),
        ("/2026/the-long-way-home/", "/2026/the-long-way-home-part-2/"),
        ("/2026/phone-15.html", "/2026/phone-16.html"),
        ("/2026/phone-15", "/2026/phone-16"),
        ("/stories/12", "/stories/13"),
        ("/story.php?id=77", "/story.php?id=78"),
        ("/story.php?id=7", "/story.php?id=8"),
        ("/story.php?id=77", "/story.php?id=78&page=2"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home/comment-page-2/"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home?page=2#comments"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home?cpage=2"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home?year=2"),
        ("/2026/the-long-way-home", "/2026/the-long-way-home/2026"),
        ("/2026/the-long-way-home", "https://www.example.net/2026/the-long-way-home?page=2"),
        ("/2026/the-long-way-home", "https://evil.example/2026/the-long-way-home/2"),
        ("/2026/the-long-way-home", "javascript:next(2)"),
        ("/2026/the-long-way-home", "http://[?page=2"),
        ("/", "/page/2/"),
        ("/", "/?page=2"),
        ("/?p=1", "/?p=2"),
        ("/blog/", "/blog/page/2/"),
        ("/blog/page/2/", "/blog/page/3/"),
        ("/news", "/news?page=2"),
        ("/category/gardens/", "/category/gardens/page/2/"),
        ("/category/gardens/page/2/", "/category/gardens/page/3/"),
        ("/tag/rivers", "/tag/rivers?page=2"),
        ("/author/anna-wood/", "/author/anna-wood/page/2/"),
        ("/2026/05/", "/2026/05/page/2/"),
        ("/2026/05/", "/2026/05/2"),
        ("/2026/05/01/", "/2026/05/02/"),
        ("/2026/1", "/2026/2"),
        ("/search?q=river", "/search?q=river&page=2"),
        ("/forum/thread-about-rivers", "/forum/thread-about-rivers?page=2"),
        ("/questions/77/how-to-sail", "/questions/77/how-to-sail?page=2"),
    ],
)
def test_what_is_no_next_part_is_not_taken(here: str, there: str) -> None:
    links = _BOX.format(f"<a href='{there}' rel='next'>Next page</a><a href='{there}'>2</a>")
    head = f"<link rel='next' href='{there}'>"
    assert _next(_SITE + here, links, head=head) == ""


@pytest.mark.parametrize(
    "links",
    [
        "<a href='?page=2'>2</a>",
        "<div class='content'><a href='?page=2'>Next page</a></div>",
        "<div id='page'><a href='?page=2'>Next page</a></div>",
        _BOX.format("<a href='?page=2'>More of this</a>"),
        _BOX.format("<a href='?page=2'>Next article: the boat</a>"),
        _BOX.format("<a href='?page=2'>Last</a>"),
        _BOX.format("<a href='?page=2'>3</a>"),
        "<section id='comments'><div class='pagination'><a href='?page=2'>2</a></div></section>",
        "<section id='comments'><a rel='next' href='?page=2'>Older</a></section>",
        "<div id='comments'><article><p class='pager'><a href='?page=2'>2</a></p></article>",
        "<div class='thread'><p><b><i><u><s><em><a rel='next' href='?page=2'>2</a></em></s></u>",
        "<div class='related-pages pager'><a href='?page=2'>Next</a></div>",
        "<div class='reviews'><ul class='pagination'><li><a href='?page=2'>2</a></ul></div>",
        "<nav class='post-navigation pager'><a href='?page=2'>Next</a></nav>",
    ],
)
def test_a_link_that_is_not_called_a_part_is_none(links: str) -> None:
    assert _next(_STORY, links) == ""


def test_a_head_does_not_decide_on_names_that_end_in_a_number() -> None:
    head = "<link rel='next' href='/2026/the-long-way-home-2.html'>"
    assert _next(f"{_STORY}.html", "", head=head) == ""


def test_a_list_of_articles_has_no_parts() -> None:
    titles = "".join(f"<h2><a href='/2026/{n}-stories'>A story</a></h2>" for n in range(8))
    links = _box(("?page=2", "2"))
    assert _next(f"{_SITE}/world/middle-east", links, more=titles) == ""
    assert _next(f"{_SITE}/rivers-and-lakes/", links, body="class='archive category-7'") == ""
    listed = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'
    assert _next(f"{_SITE}/rivers-and-lakes/", links, head=listed) == ""


def test_an_article_with_many_other_titles_below_has_parts() -> None:
    titles = "".join(f"<a href='/2026/{n}-stories'><h3>A story</h3></a>" for n in range(8))
    meant = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
    assert _next(_STORY, _box(("?page=2", "2")), head=meant, more=titles) == f"{_STORY}?page=2"


def test_a_page_without_links_has_no_next_part() -> None:
    assert _next(_STORY, "") == ""


def test_the_next_part_is_named_as_the_page_writes_it() -> None:
    here, link = f"{_STORY}?x=(%2f)&utm_source=mail", "?x=(%2f)&ref=a&page=2"
    assert _next(here, _BOX.format(f"<a href='{link}'>Next page</a>")) == f"{_STORY}{link}"
