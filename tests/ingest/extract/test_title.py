"""The title is what a page gives as data, its heading, or its ``<title>`` without the site."""

import pytest

from reader.ingest.extract.page import parse
from reader.ingest.extract.page_metadata import metadata_of

_SITE = '<meta property="og:site_name" content="The Paper">'


def _title(head: str, body: str = "", address: str = "https://example.org/a") -> str:
    page = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    return metadata_of(page, address).title


def _given(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


@pytest.mark.parametrize(
    "title",
    ["The price of a good harvest – and its end", "River Bridge Limited (RBL) – Trade Notice",
     "Weeds: where they come from", "Rain - and more"],
)  # fmt: skip
def test_a_given_title_keeps_its_own_dash_if_the_site_is_known(title: str) -> None:
    assert _title(_given(title) + _SITE) == title
    assert _title(f"<title>{title} | The Paper</title>{_SITE}") == title
    assert _title(_given(f"{title} - The Paper") + _SITE) == title


def test_a_short_piece_behind_a_bar_goes_also_if_the_site_is_known() -> None:
    assert _title(_given("Ten ways to cross a river | Weekend") + _SITE) == (
        "Ten ways to cross a river"
    )
    assert _title(_given("Ten ways to cross a river - Weekend") + _SITE).endswith("Weekend")


def test_two_signs_of_chinese_count_as_a_word() -> None:
    assert _title("<title>秋天的船与古老的旧桥 | 河边日报</title>") == "秋天的船与古老的旧桥"
    assert _title("<title>船 | 日报</title>") == "船 | 日报"


def test_the_name_of_a_known_site_goes_without_spaces_around_its_sign() -> None:
    site = '<meta property="og:site_name" content="河边日报">'
    for sign in "_-|":
        assert _title(f"<title>秋天的船与旧桥{sign}河边日报</title>{site}") == "秋天的船与旧桥"
    assert _title(f"<title>秋天的船_旧桥</title>{site}") == "秋天的船_旧桥"


def test_the_name_of_an_element_stays_in_a_title() -> None:
    head = "<title>&lt;table&gt;: The Table element - HTML | Docs</title>"
    body = "<h1><code>&lt;table&gt;</code>: The Table element</h1>"
    assert _title(head, body) == "<table>: The Table element"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("systemd - Wiki", "systemd"),
        ("Fields - Some Validation Library", "Fields"),
        ("Quickstart — Bottle Documentation (3.1.x)", "Quickstart"),
    ],
)
def test_a_short_heading_is_the_title_if_it_is_its_first_piece(title: str, heading: str) -> None:
    assert _title(f"<title>{title}</title>", f"<h1>{heading}¶</h1>") == heading
    assert _title(_given(title), f"<h1>{heading}</h1>") == heading


def test_a_title_that_is_cut_short_loses_to_the_whole_one() -> None:
    whole = "Ten ways to cross a river in the rain and what to wear"
    for end in ("…", "...", " …", ""):
        given = _given(f"Ten ways to cross a river{end}")
        assert _title(given, f"<h1>{whole}</h1><h1>Other</h1>") == whole
    data = f'<script type="application/ld+json">{{"@type":"Article","headline":"{whole[:30]}…"}}'
    assert _title(f"{data}</script>{_given(whole)}") == whole


def test_the_name_of_a_book_is_no_title_of_its_chapter() -> None:
    head = "<title>What is Rain? - The Great Book of Weather and Rivers</title>"
    body = "<h1>The Great Book of Weather and Rivers</h1>"
    chapter = "https://example.org/book/ch04-what-is-rain.html"
    assert _title(head, body, chapter) == "What is Rain?"
    assert _title(head, body, "https://example.org/x").startswith("The Great Book")


def test_the_only_heading_is_the_title_in_other_words() -> None:
    given = (
        _given("Using Machines To Cross Rivers") + "<title>Using Machines To Cross Rivers</title>"
    )
    assert _title(given, "<h1>How Machines Cross Rivers</h1>") == "How Machines Cross Rivers"
    assert _title(given, "<h1>All our services</h1>") == "Using Machines To Cross Rivers"
    two = "<h1>How Machines Cross Rivers</h1><h1>More</h1>"
    assert _title(given, two) == "Using Machines To Cross Rivers"
    slug = "https://example.org/r/comments/1/the_long_way_to_the_sea"
    assert _title("<title>Board - All of it</title>", "<h1>The long way to the sea</h1>", slug) == (
        "The long way to the sea"
    )


@pytest.mark.parametrize(
    "heading",
    ["<span class='label'>News</span><span class='label-append'>&nbsp;</span>Rain on the hills",
     "<time>3 May</time>Rain on the hills", "Rain<br>on the hills<button>Copy</button>",
     "<svg><text>logo</text></svg>Rain on the hills", "RAIN ON THE HILLS"],
)  # fmt: skip
def test_a_heading_is_without_labels_and_buttons(heading: str) -> None:
    assert _title("<title>Rain on the hills</title>", f"<h1>{heading}</h1>") == "Rain on the hills"


@pytest.mark.parametrize("home", ["/", "./", "https://example.org", "https://example.org/"])
def test_a_heading_that_leads_home_is_a_logo(home: str) -> None:
    head = "<title>Rain on the hills Weekly news</title>"
    body = "<h1><a href='{}'>Rain on the hills Weekly</a></h1>"
    assert _title(head, body.format(home)) == "Rain on the hills Weekly news"
    for other in ("#rain", "/rain", "https://example.org/rain"):
        assert _title(head, body.format(other)) == "Rain on the hills Weekly"


def test_a_heading_without_spaces_is_spelled_as_the_title() -> None:
    given = _given("Strike / Rain on the hills")
    assert _title(given, "<h1><b>Strike</b>Rain on the hills</h1>") == "Strike / Rain on the hills"
