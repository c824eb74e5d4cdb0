"""Named boxes and scraps go; the article itself stays."""

import pytest
from lxml import html

from reader.ingest.extract import trim
from reader.ingest.extract.measure import Element, count_words, text_of

_SAID = "Nobody knew what the river carried down to the town that year"
_TEXT = "".join(f"<p>{_SAID}, or the {n} after it.</p>" for n in range(20))
_IMG = "<img src='/a.png'>"


def _tree(inside: str) -> Element:
    return html.fragment_fromstring(f"<div>{inside}</div>")


def _trimmed(before: str, marked: str, behind: str, title: str = "", byline: str = "") -> str:
    """Return what is left of the marked part between two others."""
    tree = _tree(f"{before}<section>{marked}</section>{behind}")
    trim.trim(tree, title, byline, count_words(text_of(tree)))
    left = tree.find(".//section")
    made = "" if left is None else html.tostring(left, encoding="unicode", with_tail=False)
    return made.removeprefix("<section>").removesuffix("</section>")


def _amid(marked: str) -> str:
    return _trimmed(_TEXT, marked, _TEXT)


def _first(marked: str, title: str = "", byline: str = "") -> str:
    return _trimmed("", marked, _TEXT, title, byline)


def _words(number: int) -> str:
    return " ".join(["word"] * number)


# ---- named boxes


@pytest.mark.parametrize("tag", ["div", "section", "aside", "ul", "ol", "p", "nav", "header",
                                 "footer", "span", "dl"])  # fmt: skip
def test_a_box_with_the_name_of_another_thing_goes(tag: str) -> None:
    for name in ("class='newsletter'", "id='related'"):
        assert _amid(f"<{tag} {name}>Words</{tag}>") == ""
    assert "Words" in _amid(f"<{tag} class='x'>Words</{tag}>")


@pytest.mark.parametrize("tag", ["p", "span", "div"])
def test_names_do_not_speak_against_sentences(tag: str) -> None:
    for said in ("All of it was new.", "Was it “new”?", "すべてが新しかった。"):
        assert said in _amid(f"<{tag} class='article-teaser'>{said}</{tag}>")
    assert _amid(f"<{tag} class='article-teaser'><a href='/x'>All of it was new.</a></{tag}>") == ""


@pytest.mark.parametrize(
    ("box", "stays"),
    [
        (f"<div class='promo'><p>{_words(120)}</p></div>", False),
        (f"<div class='promo'><p>{_words(121)}</p></div>", True),
        ("<section id='more-on-rivers'><h2>More on rivers</h2><p>Words</p></section>", True),
        ("<section class='more-on-rivers'><h2>More on rivers</h2><p>Words</p></section>", False),
        ("<figure class='promo'>Words.</figure>", True),
        ("<p class='promo'><blockquote>Words</blockquote></p>", True),
        ("<div class='promo'><blockquote>Words.</blockquote></div>", True),
        (f"<p class='promo'>{_IMG}{_words(4)}</p>", True),
        (f"<p class='promo'>{_IMG}{_words(5)}</p>", False),
        ("<b class='promo'>Words.</b>", True), ("<h2><span id='promo'>Words.</span></h2>", True),
    ],
)  # fmt: skip
def test_a_named_box_stays_if_it_may_be_of_the_article(box: str, stays: bool) -> None:
    assert bool(_amid(box)) is stays


def test_a_named_box_may_be_larger_in_a_larger_article() -> None:
    for number, stays in ((180, False), (181, True)):
        tree = _tree(f"<p class='promo'>{_words(number)}</p><p>{_words(1500 - number)}</p>")
        trim._named_boxes(tree, 1500)
        assert (len(tree) == 2) is stays
    for number, stays in ((40, False), (41, True)):
        tree = _tree(f"<p class='promo'>{_words(number)}</p>")
        trim._named_boxes(tree, 100)
        assert (len(tree) == 1) is stays


# ---- offers


@pytest.mark.parametrize(
    ("box", "stays"),
    [
        ("<div><h3>Read</h3><p>All of it in <a href='/subscribe?x'>one place</a>, now.</p></div>",
         False),
        ("<figure><p>To see this, read of <a href='/privacy'>cookies</a> and go on.</p></figure>",
         False),
        ("<div><p>We keep it safe.</p><p><a href='/privacy'>Learn more</a></p></div>", True),
        ("<div><p>All of it in <a href='/subscribe'>one place</a> on <a href='/x'>rivers</a>, now."
         "</p></div>", True),
        (f"<div><p>{_words(120)} <a href='/subscribe'>now</a></p></div>", True),
    ],
)  # fmt: skip
def test_a_small_box_that_leads_only_to_an_offer_or_a_consent_goes(box: str, stays: bool) -> None:
    assert bool(text_of(_tree(_amid(box)))) is stays


# ---- galleries


def test_a_gallery_of_cards_goes_and_one_of_pictures_stays() -> None:
    card = f"<div>{_IMG}<a href='/x'>The story of another river</a></div>"
    assert _amid(f"<div class='carousel'>{card * 3}</div>") == ""
    assert _amid(f"<div class='x'>{card * 3}</div>")
    assert _amid(f"<div class='carousel'><div>{_IMG}<p>The river in May</p></div></div>")


# ---- scraps and links


@pytest.mark.parametrize(
    "tag", ["p", "div", "span", "h2", "h3", "h4", "h5", "li", "small", "strong"]
)
def test_a_scrap_goes_wherever_it_stands(tag: str) -> None:
    assert _amid(f"<{tag}>Advertisement</{tag}>") == ""
    assert _amid(f"<{tag}>Photo: Ann Able</{tag}>") == ""
    assert _amid(f"<{tag}>Advertisement{_IMG}</{tag}>")
    assert _amid(f"<{tag}>{'<b></b>' * 6}Photo: Ann Able</{tag}>") == ""
    assert _amid(f"<{tag}>{'<b></b>' * 7}Photo: Ann Able</{tag}>")
    assert _amid(f"<{tag}>Advertisements that work</{tag}>")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Source: a spring below the wall, cold in May.</p>",
        "<p>Press <strong>Close</strong> and wait</p>", "<pre><span>Loading...</span></pre>",
        "<blockquote><p>Advertisement</p></blockquote>",
        "<figure><img src='/a.png'><figcaption>A boat "
        "<span>Photo: Ann Able</span></figcaption></figure>",
    ],
)  # fmt: skip
def test_sentences_code_quotations_and_parts_of_lines_are_no_scraps(line: str) -> None:
    assert text_of(_tree(_amid(line))) == text_of(_tree(line))


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("<p><a href='/x'>BUY ALL OF IT NOW</a></p>", False),
        ("<p><a href='/x'>BUY ALL OF IT  X</a></p>", True),
        ("<p>BUY ALL OF IT NOW</p>", True), ("<p><a href='/x'>Buy all of it now</a></p>", True),
        ("<h4><a href='/x'>BUY ALL OF IT NOW</a></h4>", True),
        (f"<p><a href='/x'>{'A' * 90}</a>{'B' * 10}</p>", True),
        (f"<p><a href='/x'>{'A' * 91}</a>{'B' * 9}</p>", False),
        (f"<p><a href='/x'>{'A' * 160}</a></p>", True),
        (f"<p><a href='/x'>{'A' * 159}</a></p>", False),
        ("<p>Read more: <a href='/x'>what the river did</a></p>", False),
        ("<p>Read more of what the river did</p>", True), ("<p>Read more of it.</p>", True),
        ("<p>Read more: </p>", False), ("<p>Les også: <a href='/x'>en annen elv</a></p>", False),
        ("<p>Read more about the river</p>", True),
        (f"<p>Read more: {'y' * 10}<a href='/x'>{'x' * 14}</a></p>", True),
        (f"<p>Read more: {'y' * 9}<a href='/x'>{'x' * 14}</a></p>", False),
        (f"<p>Read more: <a href='/x'>x{_IMG}</a></p>", True),
        (f"<p>Read more: <a href='/x'>{'x' * 208}</a></p>", False),
        (f"<p>Read more: <a href='/x'>{'x' * 209}</a></p>", True),
        ("<p>Read more<b></b><b></b><b></b><b></b><b></b><b></b></p>", False),
        ("<p>Read more<b></b><b></b><b></b><b></b><b></b><b></b><b></b></p>", True),
        ("<h2>See also</h2>", True), ("<p>See also</p>", True), ("<h2>Read more</h2>", False),
        *((f"<{tag}>Read more</{tag}>", False) for tag in ("div", "li", "h3", "h4", "h5",
        "strong")),
        ("<em>Read more</em>", True),
    ],
)  # fmt: skip
def test_lines_that_only_lead_elsewhere_go(line: str, stays: bool) -> None:
    assert bool(_amid(line)) is stays


# ---- the beginning


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("<h2>A STORY of rivers</h2>", False), ("<p>a story of rivers</p>", False),
        ("<p>A story of</p>", True), ("<p>By Ann Able</p>", False),
        ("<p>Ann Able, of this paper</p>", False),
        (f"<p>Ann Able {'x' * 39}</p>", False), (f"<p>Ann Able {'x' * 40}</p>", True),
        ("<p>Von Ann Able</p>", False), ("<p>Stand: 3. Mai 2026</p>", False),
        ("<p>Share</p>", False), ("<p>3 May 2026</p>", False),
        ("<p>Published on a day</p>", False), ("<pre>Share</pre>", True),
        ("<figcaption>Share</figcaption>", True),
        ("<table><tr><td>Share</td><th>Share</th></table>", True), (f"<p>Share{_IMG}</p>", True),
        *((f"<{tag}>Share</{tag}>", False)
          for tag in ("h1", "h2", "h6", "p", "li", "time", "div", "span", "a", "header")),
        ("<em>Share</em>", True), ("<pre><span>from</span> x import y</pre>", True),
        ("<table><tr><th>Day</th></tr><tr><td><span>Home</span></td></tr></table>", True),
    ],
)  # fmt: skip
def test_a_scrap_at_the_beginning_goes(line: str, stays: bool) -> None:
    tree = _tree(f"<section>{line}</section>{_TEXT}")
    trim._beginning(tree, " A story of Rivers ", "by Ann Able")
    assert (text_of(tree) != text_of(_tree(_TEXT))) is stays


@pytest.mark.parametrize(
    ("before", "goes"),
    [
        ("<p>x</p>" * 7, True), ("<p>x</p>" * 8, False), ("<p> </p>" * 9, True),
        (f"<p>{'x' * 60}</p>", True), (f"<p>{'x' * 61}</p>", False), ("<h2>A part</h2>", False),
        (f"<pre>{'x' * 61}</pre>", True), ("", True),
    ],
)  # fmt: skip
def test_scraps_go_until_the_first_line_of_the_article(before: str, goes: bool) -> None:
    tree = _tree(f"{before}<p>Share</p>{_TEXT}")
    trim._beginning(tree, "", "")
    assert ("Share" not in text_of(tree)) is goes


def test_a_heading_that_has_the_title_in_it_goes_and_one_that_has_a_part_stays() -> None:
    title = "The story of two rivers"
    for line, goes in (("Nature: the story of (two) rivers", True), ("The story", False)):
        tree = _tree(f"<h2>{line}</h2>{_TEXT}")
        trim._beginning(tree, title, "")
        assert (line not in text_of(tree)) is goes
        tree = _tree(f"<p>{line}</p>{_TEXT}")
        trim._beginning(tree, title, "")
        assert line in text_of(tree)


def test_a_part_of_the_title_goes_if_it_is_long_and_only_then() -> None:
    title = "The long story of rivers and of towns"
    for line, goes in (("The long story of riv", True), ("The long story of ri", False)):
        tree = _tree(f"<p>{line}</p>{_TEXT}")
        trim._beginning(tree, title, "")
        assert (not text_of(tree).startswith("The long")) is goes
    for number, goes in ((160, True), (161, False)):
        tree = _tree(f"<p>{'x' * number}</p>{_TEXT}")
        trim._beginning(tree, "x" * number, "")
        assert ("xx" not in text_of(tree)) is goes


# ---- the body and its lead


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (f"<div class='entry-content'>{_TEXT}</div>", "entry-content"),
        (f"<article class='a'>{_TEXT}</article>", "a"),
        (f"<section class='a' itemprop='articleBody'>{_TEXT}</section>", "a"),
        (f"<div class='x'>{_TEXT}</div>", None), ("<div class='entry-content'></div>", None),
        (f"<p>{'x' * 100}</p><article class='a'><p>{'x' * 900}</p></article>", "a"),
        (f"<p>{'x' * 101}</p><article class='a'><p>{'x' * 900}</p></article>", None),
        (f"<article class='a'><article class='b'><p>{'x' * 90}</p></article><p>x</p></article>",
        "b"),
        (f"<article class='a'><article class='b'><p>{'x' * 80}</p></article><p>{'x' * 20}</p>"
         "</article>", "a"),
        (f"<p><a href='/x'>{'x' * 400}</a></p><article class='a'><li>{'x' * 90}</li></article>",
        "a"),
        (f"<article class='a'><pre>{'x' * 90}</pre><blockquote>{'x' * 90}</blockquote>"
         "</article>", "a"),
        (f"<article class='a'><p>{'x' * 90}</p></article><li>{'x' * 90}</li>", None),
        (f"<article class='a'><p>{'x' * 90}</p></article><pre>{'x' * 90}</pre>", None),
        (f"<article class='a'><p>{'x' * 90}</p></article><blockquote>{'x' * 90}"
         "</blockquote>", None),
    ],
)  # fmt: skip
def test_the_body_of_an_article_holds_nearly_all_its_text(inside: str, found: str | None) -> None:
    tree = _tree(inside)
    assert trim.container(tree).get("class") == found


def test_the_lead_is_a_picture_before_the_body_unless_it_has_its_own() -> None:
    figure, body = f"<figure>{_IMG}</figure>", "<div id='b'>Words.{}</div>"
    for markup, has in ((figure + body, True), (body + figure, False),
    ("<figure></figure>" + body, False),
                        (body.format(figure), False), (figure * 2 + body, True)):  # fmt: skip
        tree = _tree(markup.format(""))
        inner = tree.get_element_by_id("b")
        assert trim.leads(tree, inner) == ([tree.find("figure")] if has else [])


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        (f"<p>{_SAID}.</p>", True), (f"<div>{_SAID}!</div>", True), (f"<p>{_SAID}</p>", False),
        ("<p>Ann Able wrote it.</p>", False), (f"<p>{_SAID} <a href='/x'>here</a>.</p>", False),
        (f"<p class='byline'>{_SAID}.</p>", False), (f"<p>{'x' * 600}.</p>", False),
        (f"<ul><li><p>{_SAID}.</p></li></ul>", False),
    ],
)  # fmt: skip
def test_the_summary_before_the_body_stays(line: str, leads: bool) -> None:
    tree = _tree(f"{line}<figure>{_IMG}</figure><div id='b'>Words.</div><p>{_SAID}.</p>")
    kept = trim.leads(tree, tree.get_element_by_id("b"))
    assert ([text_of(element) for element in kept] == [text_of(_tree(line)), ""]) is leads
    assert kept[-1].tag == "figure"
