"""The next page of a thread is found by its address alone; another topic is never taken for it."""

import pytest

from reader.ingest.extract.next_page import next_page
from reader.ingest.extract.page import parse

_SITE = "https://weir.example"
_POST = """<article class="js-post" data-author="Ada" id="js-post-1">
<time datetime="2024-05-01">May</time>
<article class="message-body"><p>The weir opens at dawn.</p></article></article>"""


def _next(here: str, *links: str, head: str = "", before: str = "") -> str:
    anchors = "".join(f"<a href='{link}'>x</a> " for link in links)
    html = f"<html><head>{head}</head><body>{before}{_POST}<div>{anchors}</div></body></html>"
    root = parse(html)
    assert root is not None
    return next_page(root, _SITE + here, html).removeprefix(_SITE)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/t/weir/77", "/t/weir/77?page=2"),
        ("/threads/weir.77/", "/threads/weir.77/page-2"),
        ("/threads/weir.77/page-2", "/threads/weir.77/page-3"),
        ("/threads/weir.77/page-199", "/threads/weir.77/page-200"),
        ("/viewtopic.php?t=77", "/viewtopic.php?f=3&t=77&start=25"),
        ("/viewtopic.php?f=3&t=77&start=25", "/viewtopic.php?t=77&start=50"),
        ("/viewtopic.php?t=77", "/viewtopic.php?t=77&sid=a1b2&start=15"),
        ("/viewtopic.php?id=77", "/viewtopic.php?id=77&p=2"),
        ("/showthread.php?t=77", "/showthread.php?t=77&page=2"),
        ("/showthread.php?77-Weir", "/showthread.php?77-Weir/page2"),
        ("/topic/77-weir/", "/topic/77-weir/page/2/"),
        ("/index.php?/topic/77-weir/", "/index.php?/topic/77-weir/page/2/"),
        ("/index.php?topic=77.0", "/index.php?topic=77.20"),
        ("/index.php/topic,77.20.html", "/index.php/topic,77.40.html"),
        ("/thread-77.html", "/thread-77-page-2.html"),
        ("/discussion/77/weir", "/discussion/77/weir/p2"),
        ("/topic/weir/", "/topic/weir/page/2/"),
        ("/weir/lock/issues/7", "/weir/lock/issues/7?timeline_page=2"),
        ("/questions/77/weir", "/questions/77/weir?page=2&tab=votes"),
    ],
)
def test_the_next_page_of_a_thread_needs_no_label(here: str, there: str) -> None:
    assert _next(here, here, there) == there


def test_of_several_pages_the_next_is_taken() -> None:
    links = [f"/viewtopic.php?t=77&start={start}" for start in (150, 50, 25, 0)]
    assert _next("/viewtopic.php?t=77", *links) == "/viewtopic.php?t=77&start=25"
    assert _next("/threads/weir.77/page-2", "/threads/weir.77/page-4") == ""


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/threads/weir.77/", "/threads/lock.78/"),
        ("/threads/weir.77/", "/threads/lock.78/page-2"),
        ("/t/weir/77", "/t/weir/77/2"),
        ("/t/weir/77", "/t/lock/78?page=2"),
        ("/viewtopic.php?t=77", "/viewtopic.php?t=78&start=25"),
        ("/viewtopic.php?t=77", "/viewtopic.php?t=77&view=next"),
        ("/viewtopic.php?t=77", "/viewtopic.php?p=1234"),
        ("/showthread.php?t=77", "/showthread.php?t=77&goto=nextnewest"),
        ("/index.php?topic=77.0", "/index.php?topic=77.0;prev_next=next"),
        ("/index.php?topic=77.0", "/index.php?topic=78.20"),
        ("/thread-77.html", "/thread-78.html"),
        ("/viewtopic.php?t=77", "https://lock.example/viewtopic.php?t=77&start=25"),
    ],
)
def test_another_topic_is_no_next_page(here: str, there: str) -> None:
    assert _next(here, there) == ""
    if there != "/t/weir/77/2":
        assert _next(here, head=f"<link rel='next' href='{there}'>") == ""


def test_a_number_alone_counts_only_where_the_page_says_so() -> None:
    assert _next("/77/weir", "/77/weir/2") == ""
    assert _next("/77/weir", head="<link rel='next' href='/77/weir/2'>") == "/77/weir/2"
    pager = "<div class='pagination'><a href='/trip-77-weir-2.html'>x</a></div>"
    assert _next("/trip-77-weir.html", before=pager) == "/trip-77-weir-2.html"


def test_a_link_to_a_post_is_continued_by_the_canonical_address() -> None:
    head = "<link rel='canonical' href='/viewtopic.php?t=77&start=25'>"
    there = "/viewtopic.php?t=77&start=50"
    assert _next("/viewtopic.php?p=990", "/viewtopic.php?t=77", there, head=head) == there
