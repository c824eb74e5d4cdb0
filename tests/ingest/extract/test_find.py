"""The element that holds the article is found by its points, as counted by hand."""

import pytest
from lxml import html

from reader.ingest.extract import find
from reader.ingest.extract.find import Leniency
from reader.ingest.extract.measure import Element, text_of
from reader.ingest.extract.running import Running

_LINE = "x" * 25
_LONG = "Words of a line, with commas, that goes on and on for a good while, and then ends." * 3


def _tree(inside: str) -> Element:
    body = html.document_fromstring(f"<html><body>{inside}</body></html>").find("body")
    assert body is not None
    return body


def _found(inside: str, ways: Leniency = Leniency(), title: str = "") -> str:  # noqa: B008
    body = _tree(inside)
    return str(html.tostring(find.find(body, ways, title, Running(body)), encoding="unicode"))


def _points(around: str, ways: Leniency = Leniency(weighs_names=False)) -> dict[str, float]:  # noqa: B008
    """Return what each box with an id is worth that holds the one paragraph of a page."""
    body = _tree(around)
    scores = find._Scores(list(body.iter("p")), ways)
    return {each.get("id"): scores.of(each) for each in body.iter() if each.get("id")}


# ---- points


@pytest.mark.parametrize(
    ("tag", "bonus"),
    [
        ("div", 5), ("pre", 3), ("td", 3), ("blockquote", 3), ("address", -3), ("ol", -3),
        ("ul", -3),
        ("dl", -3), ("dd", -3), ("dt", -3), ("li", -3), ("form", -3), ("h1", -5), ("h2", -5),
        ("h3", -5), ("h4", -5), ("h5", -5), ("h6", -5), ("th", -5), ("section", 0), ("main", 0),
    ],
)  # fmt: skip
def test_a_box_begins_with_the_points_of_its_tag(tag: str, bonus: int) -> None:
    body = _tree("<div></div>")
    box = html.Element(tag, id="box")
    box.append(html.fragment_fromstring(f"<p>{_LINE}</p>"))
    body[0].append(box)
    assert find._Scores(list(body.iter("p")), Leniency()).of(box) == bonus + 2


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("x" * 24, 0), ("x" * 25, 2), (f"{_LINE},", 3), (f"{_LINE},、，", 5), ("x" * 99, 2),
        ("x" * 100, 3),
        ("x" * 299, 4), ("x" * 300, 5), ("x" * 900, 5),
    ],
)  # fmt: skip
def test_a_paragraph_gives_points_for_its_length_and_its_commas(said: str, points: int) -> None:
    assert _points(f"<section id='a'><p>{said}</p></section>") == {"a": points}


def test_ancestors_share_the_points_ever_less() -> None:
    names = "fedcba"
    opened = "".join(f"<section id='{each}'>" for each in names)
    found = _points(f"{opened}<p>{_LINE},,,,,,,,,,</p>")
    shares = {"a": 12.0, "b": 6.0, "c": 2.0, "d": 12 / 9, "e": 1.0, "f": 0.0}
    assert found == pytest.approx(shares)


def test_names_count_if_they_are_weighed() -> None:
    box = f"<section id='x' class='post'><p>{_LINE}</p></section><div id='y' class='promo'></div>"
    assert _points(box, Leniency()) == {"x": 27, "y": -20}
    assert _points(box) == {"x": 2, "y": 5}


def test_links_take_points_away() -> None:
    found = _points(f"<section id='a'><p>{'x' * 30}<a href='/x'>{'y' * 10}</a></p></section>")
    assert found == {"a": pytest.approx(1.5)}


def test_the_best_are_named_in_their_order_however_many_links_they_have() -> None:
    boxes = "".join(
        f"<section><p>{'x' * 300}{',' * n}</p><p><a>{'y' * 100 * (n % 3)}</a></p></section>"
        for n in range(12)
    )
    body = _tree(boxes)
    scores = find._Scores(list(body.iter("p")), Leniency())
    worth = sorted((scores.of(each) for each in body.iter("section", "body")), reverse=True)
    for most in (1, 3, 5):
        assert [scores.of(each) for each in scores.best(most)] == worth[:most]


# ---- what is looked at


@pytest.mark.parametrize("tag", ["div", "section", "ul"])
def test_what_is_seldom_the_article_is_left_out_at_first(tag: str) -> None:
    for name in ("class='sidebar'", "id='footer'", "role='navigation'", "role='banner'"):
        box = f"<{tag} {name}>Other words.</{tag}>"
        page = f"<div>{_LONG}{box}{_LONG}</div>"
        assert "Other" not in _found(page)
        assert "Other" in _found(page, Leniency(drops_unlikely=False))
    for name in ("class='sidebar article'", "role='note'", "class='other'"):
        assert "Other" in _found(f"<div>{_LONG}<{tag} {name}>Other words.</{tag}>{_LONG}</div>")


def test_what_may_be_the_article_is_never_left_out() -> None:
    for tag in ("article", "main", "a"):
        assert "words of it" in _found(f"<{tag} class='sidebar'><p>{_LONG} words of it</p></{tag}>")
    for around in ("<table><tr><td>{}</table>", "<code>{}</code>"):
        assert "Other" in _found(
            f"<div><p>{_LONG}</p>{around.format('<b class=sidebar>Other</b>')}<p>{_LONG}</p></div>"
        )


@pytest.mark.parametrize(
    ("head", "title", "stays"),
    [
        ("<h1>A story of rivers</h1>", "A Story of Rivers!", False),
        ("<h2>A story of rivers</h2>", "A Story of Rivers!", False),
        ("<h3>A story of rivers</h3>", "A Story of Rivers!", True),
        ("<h1>A story of rivers</h1>", "", True),
        ("<h1>one two three</h1>", "one two three four", True),
        ("<h1>one two three four</h1>", "one two three", True),
        ("<h1>one two three four five</h1>", "one two three four", False),
        ("<h1><img src='/a.png'></h1>", "one two", True),
        *((f"<{tag}> </{tag}>", "one", False)
          for tag in ("div", "section", "header", "h1", "h2", "h3", "h4", "h5", "h6")),
        ("<ul><li> </li></ul>", "one", True),
    ],
)  # fmt: skip
def test_heads_that_repeat_the_title_and_empty_boxes_are_left_out(
    head: str, title: str, stays: bool
) -> None:
    page = f"<article><p>{_LONG}</p>{head}<p>{_LONG}</p></article>"
    tag = head[1:].partition(">")[0]
    assert _found(page, title=title).count(f"<{tag}") == stays + (tag == "div")


def test_a_cell_of_a_table_gives_points_if_it_says_much() -> None:
    for number, boxes in ((24, 0), (25, 1)):
        body = _tree(f"<table><tr><td>{'x' * number}</td></tr></table>")
        assert len(find._candidates_of(body, Leniency(), "", Running(body))) == boxes


def test_names_of_words_and_lines_say_nothing() -> None:
    for tag in ("p", "h3", "span", "pre", "figure", "blockquote"):
        box = f"<{tag} class='sidebar header'>Other words.</{tag}>"
        assert "Other" in _found(f"<div><p>{_LONG}</p>{box}<p>{_LONG}</p></div>")


@pytest.mark.parametrize(
    ("name", "heading", "stays"),
    [
        ("id='respond-to-comments'", "Respond to comments", True),
        ("id='s-page-footers'", "Page footers", True), ("id='comments'", "Comments", False),
        ("id='footer'", "About", False),
        ("id='page-footers' class='footer'", "Page footers", False),
    ],
)  # fmt: skip
def test_an_id_that_is_its_heading_says_nothing(name: str, heading: str, stays: bool) -> None:
    part = f"<section {name}><h2>{heading}</h2><p>Other {_LONG}</p></section>"
    assert ("Other" in _found(f"<div><p>{_LONG}</p>{part}<p>{_LONG}</p></div>")) is stays


def test_the_head_of_a_part_stays_if_it_reads_like_text() -> None:
    for inside, stays in ((f"<p>Other {_LONG}</p>", True), ("<p>Other</p>", False)):
        for name, apart in (("card-header", False), ("page-comments", True)):
            box = f"<div class='{name}'>{inside}</div>"
            made = _found(f"<div><p>{_LONG}</p>{box}<p>{_LONG}</p></div>")
            assert ("Other" in made) is (stays and not apart)
    assert "Other" in _found(f"<div><p>{_LONG}</p><div class='nextra-code'>Other</div></div>")


# ---- what is made of boxes


@pytest.mark.parametrize(
    ("inside", "made"),
    [
        ("<div>one</div>", "<p>one</p>"), ("<div><b>one</b> two</div>", "<p><b>one</b> two</p>"),
        ("<div><p id='n'>one <b>two</b></p></div>", '<p id="n">one <b>two</b></p>'),
        ("<div id='m'><p id='n'>one</p></div>", '<p id="m">one</p>'),
        ("<div><p>o<a href='/x'>n</a>e</p></div>", '<div><p>o<a href="/x">n</a>e</p></div>'),
        ("<div><p>onetw<a href='/x'>n</a>e</p></div>", '<p>onetw<a href="/x">n</a>e</p>'),
        ("<div>one<p>two</p></div>", "<div><p>one</p><p>two</p></div>"),
        ("<div><img src='/a.png'></div>", '<p><img src="/a.png"></p>'),
        ("<div><ul><li>one</li></ul></div>", "<div><ul><li>one</li></ul></div>"),
    ],
)  # fmt: skip
def test_a_box_that_is_a_paragraph_becomes_one(inside: str, made: str) -> None:
    found = _found(f"<article><p>{_LONG}</p>{inside}<p>{_LONG}</p></article>")
    assert found == f"<div><article><p>{_LONG}</p>{made}<p>{_LONG}</p></article></div>"


# ---- how large it is

_LINKS = "".join(f"<li><a href='/{n}'>Another story of the day</a></li>" for n in range(60))
_STORY = f"<p>{_LONG}</p>" * 6


def test_the_article_is_not_looked_for_beyond_a_box_of_links() -> None:
    others = "".join(f"<section><p>{_LONG}</p></section>" for _ in range(5))
    story = f"<section id='one'>{_STORY}</section>"
    page = f"<main><section><main>{story}<ul>{_LINKS}</ul></main>{others}</section></main><p>x</p>"
    body = _tree(page)
    scores = find._Scores(list(body.iter("p")), Leniency())
    box = next(each for each in body.iter("section") if each.get("id") == "one")
    one, two, three = (scores.of(each) for each in (box, *list(box.iterancestors())[:2]))
    assert two < one / 3 and two < three < one, "else this page shows nothing"
    assert text_of(find._best(body, scores, Running(body))) == text_of(box)


def _boxes(count: int, line: str = _LONG) -> str:
    return "".join(f"<div id='n{n}'><div><p>{n} {line}</p></div></div>" for n in range(count))


def test_a_series_of_boxes_is_taken_whole() -> None:
    answers = f"<div class='one'>{_boxes(3)}</div>"
    made = _found(f"<main>{answers}<ul>{_LINKS}</ul></main><div>x</div>")
    assert all(f"{n} Words" in made for n in range(3))
    spread = "".join(f"<section><div><div>{_boxes(1, _LONG)}</div></div></section>" for _ in "abc")
    made = _found(f"<main><div>{spread}</div></main><div>x</div>")
    assert made.count("0 Words") == 3
    assert _found(spread).count("0 Words") == 3


@pytest.mark.parametrize(
    ("names", "most", "series"),
    [
        ("class='wrap'", 6, True), ("", 6, True), ("class='wrap x'", 6, True),
        ("class='offers'", 6, False), ("class='offers'", 4, True), ("class='wrap'", 8, False),
    ],
)  # fmt: skip
def test_a_box_of_a_series_is_known_by_its_share_and_its_like(
    names: str, most: int, series: bool
) -> None:
    one, other = (f"<p>{'x' * 60 * number}</p>" for number in (most, 10 - most))
    body = _tree(f"<main><div class='wrap'>{one}</div><div {names}>{other}</div></main>")
    assert find._is_of_series(body[0][0], body[0], Running(body)) is series


def test_loose_lines_of_the_body_are_paragraphs() -> None:
    made = _found(f"One. {_LONG}<p>Two. {_LONG}</p>Three. {_LONG}")
    assert all(f"<p>{each}" in made for each in ("One", "Two", "Three"))


# ---- what is taken along

_MAIN = f"<div class='c' id='top'><p>{_LONG}</p><p>{_LONG}</p></div>"


@pytest.mark.parametrize(
    ("beside", "taken"),
    [
        ("<p>A line of it.</p>", True), ("<p>A line. Of it</p>", True),
        ("<p>A line of it</p>", False),
        ("<p>A <a href='/x'>line</a> of it.</p>", False), (f"<p>{'x' * 81}</p>", True),
        (f"<p>{'x' * 80}</p>", False), (f"<p>{'x' * 80}<a href='/x'>{'y' * 20}</a></p>", True),
        (f"<p>{'x' * 75}<a href='/x'>{'y' * 25}</a></p>", False), ("<p></p>", False),
        ("<ul><li>A line of it.</li></ul>", False),
        (f"<section><p>{_LONG}</p><p>{_LONG}</p></section>", True),
        (f"<section><p>{_LINE}</p><p>x</p></section>", False),
        (f"<section class='c'><p>{_LINE}</p><p>x</p></section>", True),
        (f"<section class='d'><p>{_LINE}</p><p>x</p></section>", False),
        ("<section class='c'><p>x</p><p>y</p></section>", False),
    ],
)  # fmt: skip
def test_what_stands_beside_and_reads_like_a_part_of_it_is_taken(beside: str, taken: bool) -> None:
    for page in (f"<main>{_MAIN}{beside}</main>", f"<main>{beside}{_MAIN}</main>"):
        body = _tree(f"<section>{page}</section><p>x</p>")
        found = find.find(body, Leniency(), "", Running(body))
        said = text_of(_tree(beside))
        assert (text_of(found) != text_of(_tree(_MAIN))) is taken
        assert not taken or said in text_of(found)


_OFFERS = "".join(f"<div><p>Offer {n}. {_LONG}</p></div>" for n in range(3))


@pytest.mark.parametrize(("name", "taken"), [("offers", False), ("wrap second", True), ("", True)])
def test_boxes_of_another_kind_behind_most_of_the_text_are_not_taken(
    name: str, taken: bool
) -> None:
    story = f"<div class='wrap'><div>{_STORY}</div></div>"
    offers = f"<div class='{name}'>{_OFFERS}</div>"
    assert ("Offer 2" in _found(story + offers)) is taken
    assert "Offer 2" in _found(offers + story), "it may lead in"


def test_an_article_in_main_wins_if_that_has_most_of_the_text() -> None:
    story = f"<article><p>Lead. {_LONG}</p><div class='promo'>{_STORY}</div></article>"
    for tag, others in (("div", True), ("main", False)):
        made = _found(f"<{tag}>{story}</{tag}><div class='article'>{_OFFERS}</div>")
        assert ("Offer 2" in made) is others
        assert "Lead." in made


def test_the_last_figure_before_it_is_taken_and_no_other() -> None:
    figures = "".join(f"<figure><img src='/{n}.png'></figure>" for n in "ab")
    found = _found(
        f"<section><main>{figures}<figure></figure>{_MAIN}{figures}</main></section><p>x</p>"
    )
    assert found.count("<img") == 1
    assert "<div><figure>" in found


@pytest.mark.parametrize("tag", ["main", "article"])
def test_the_introduction_in_the_head_of_an_article_is_taken_without_its_controls(tag: str) -> None:
    intro = "The lock was closed for a week, and the boats waited below it in a long row. " * 2
    head = f"<div><ul><li><a href='/a'>Before</a></li></ul><p>{intro.strip()}</p><p>Share</p></div>"
    body = f"<div>{f'<p>{_LONG}</p>' * 8}</div>"
    page = _tree(f"<section><{tag}>{head}{body}</{tag}></section><p>x</p>")
    found = find.find(page, Leniency(), "", Running(page))
    assert text_of(found).startswith(intro.strip())
    assert "Share" not in text_of(found)
    assert "Before" not in text_of(found)


def test_a_sentence_in_the_foot_of_an_article_is_no_introduction() -> None:
    line = "Nothing of this may be printed without the leave of those who made it, ever."
    foot = f"<div><ul><li><a href='/a'>Next</a></li></ul><p>{line} {line}</p></div>"
    body = f"<div>{f'<p>{_LONG}</p>' * 40}</div>"
    page = _tree(f"<section><main>{body}{foot}</main></section><p>x</p>")
    assert "leave" not in text_of(find.find(page, Leniency(), "", Running(page)))
