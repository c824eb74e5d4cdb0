"""How much text an element has and how much of it is links, counted by hand."""

import re

import pytest
from lxml import html

from reader.ingest.extract import measure
from reader.ingest.extract.measure import Element

_HAN = "山川草木花鳥風月"


def _tree(markup: str) -> Element:
    return html.fromstring(markup)


def test_a_text_has_no_white_space_but_single_spaces() -> None:
    for markup in ("<p>  one \n two  </p>", "<p> <b>one</b>\t<i> two</i> </p>"):
        assert measure.text_of(_tree(markup)) == "one two"
        assert measure.length(_tree(markup)) == 7
        assert measure.short_text(_tree(markup), 8) == "one two"
        assert measure.short_text(_tree(markup), 7) == ""
    assert measure.text_of(_tree("<p></p>")) == ""


def test_a_short_text_is_not_looked_for_in_a_long_one() -> None:
    assert measure.short_text(_tree(f"<p>a{' ' * 99}</p>"), 5) == "a"
    assert measure.short_text(_tree(f"<p>a{' ' * 100}</p>"), 5) == ""


@pytest.mark.parametrize(
    ("markup", "density"),
    [
        ("<p></p>", 0),
        ("<p>0123456789</p>", 0),
        ("<p><a href='/x'>01234</a>56789</p>", 0.5),
        ("<p><a>01234</a>56789</p>", 0.5),
        ("<p><a href='#x'>01234</a>56789</p>", 0.15),
        ("<p><a href='/x#y'>01234</a><b><a href='#y'>56789</a></b></p>", 0.65),
        ("<a href='/x'>01234</a>", 1),
    ],
)
def test_links_within_a_page_count_a_third(markup: str, density: float) -> None:
    assert measure.link_density(_tree(markup)) == pytest.approx(density)
    known: dict[Element, float] = {}
    box = _tree(f"<div>{markup}</div>")
    for _ in range(2):
        assert measure.link_density(box, known) == pytest.approx(density)
    assert len(known) == markup.count("<a")


@pytest.mark.parametrize(
    ("names", "weight"),
    [
        ("", 0), ("class='x' id='y'", 0),
        ("class='article'", 25), ("id='Story'", 25), ("class='post' id='content'", 50),
        ("class='sidebar'", -25), ("id='promo'", -25), ("class='related' id='widget'", -50),
        ("class='post' id='widget'", 0), ("class='post-widget'", 0),
        (f"class='{'x' * 500}post'", 0), (f"id='{'x' * 500}widget'", 0),
        (f"id='{'x' * 490}post'", 25), (f"id='{'x' * 490}widget'", -25),
    ],
)  # fmt: skip
def test_names_weigh_for_and_against(names: str, weight: int) -> None:
    assert measure.class_weight(_tree(f"<div {names}></div>")) == weight


def test_the_names_of_an_element_are_its_class_and_its_id() -> None:
    assert measure.names(_tree("<div class='a b' id='c'></div>")) == "a b c"
    assert measure.names(_tree("<div></div>")) == " "
    assert len(measure.names(_tree(f"<div class='{'x' * 900}'></div>"))) == 500


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("calcFooter_Container", "calc-footer-container"), ("a--b__c", "a-b-c"), ("", ""),
        ("lg:hidden bg-[#fff] w-1/2 x", "x"), ("no-sidebar has-menu with_footer x", "x"),
        ("notice", "notice"), ("page1-footer", "page1-footer"), ("field--label-hidden y", "y"),
    ],
)  # fmt: skip
def test_names_are_read_word_by_word_without_those_of_looks(names: str, said: str) -> None:
    assert measure.words_of(names) == said


@pytest.mark.parametrize(
    ("name", "against"),
    [
        ("overflow-hidden", False), ("scroll-mt-2", False), ("lg:hidden", False),
        ("elementor-widget-container", False), ("hidden", True), ("is-hidden", True),
        ("sidebar-widget", True), ("mediaRelated", True), ("no-sidebar", False),
        ("sidebar-grid", False), ("sidebar", True),
    ],
)  # fmt: skip
def test_a_word_within_a_word_and_a_look_do_not_weigh(name: str, against: bool) -> None:
    assert (measure.class_weight(_tree(f"<div class='{name}'></div>")) < 0) is against
    for tag in ("h2", "p", "span", "pre", "figure", "blockquote"):
        assert measure.class_weight(_tree(f"<{tag} class='{name}'></{tag}>")) == 0
    assert measure.class_weight(_tree(f"<div class='{name}' role='note'></div>")) == 0


def test_names_are_known_again_however_many_there_are() -> None:
    pattern = re.compile("7$")
    for _ in range(2):
        for number in range(4_100):
            assert measure.matches(pattern, f"N{number}") == str(number).endswith("7")
    assert len(measure._known[pattern.pattern]) <= 4_000
    assert measure.matches(re.compile("small"), "SMALL")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0), ("one two  three", 3), ("zwölf Äpfel", 2), (_HAN, 1 + 4), (_HAN[:7], 1 + 3),
        (f"one {_HAN} two", 3 + 4), ("ひらがな", 1 + 2), ("한국어 단어", 2 + 2),
    ],
)  # fmt: skip
def test_two_signs_of_the_east_are_a_word(text: str, words: int) -> None:
    assert measure.count_words(text) == words


def _table(rows: int, columns: int, inside: str = "") -> str:
    row = f"<tr>{'<td>x</td>' * columns}</tr>"
    return f"<table>{inside}{row * rows}</table>"


@pytest.mark.parametrize(
    ("table", "is_data"),
    [
        (_table(1, 12), False), (_table(12, 1), False), (_table(2, 2), False),
        (_table(2, 5), True), (_table(2, 4), False), (_table(3, 4), True), (_table(5, 2), False),
        (_table(6, 2), True), (_table(10, 1 + 1), True), (_table(0, 0), False),
        *((_table(2, 2, each), True)
          for each in ("<caption>What</caption>", "<colgroup></colgroup>", "<col>",
                       "<thead></thead>", "<tfoot></tfoot>", "<tr><th>a</th></tr>")),
        (_table(2, 2, "<caption> </caption>"), False),
        (_table(2, 2).replace("<table", "<table summary='s'"), True),
        *((_table(9, 9).replace("<table", f"<table {each}"), False)
          for each in ("role='presentation'", "role='none'", "datatable='0'")),
        (_table(9, 9).replace("<table", "<table role='grid' datatable='1'"), True),
        (_table(9, 9).replace("x", "<table><tr><td>y</table>", 1), False),
        (_table(2, 2, "<tr>" + "<th>a</th>" * 2 + "</tr>"), True),
    ],
)  # fmt: skip
def test_a_table_of_data_is_told_from_one_of_looks(table: str, is_data: bool) -> None:
    assert measure.is_data_table(_tree(table)) is is_data


def test_a_quote_holds_little_but_the_words_of_somebody() -> None:
    for own, quoted, is_quote in ((3, 7, True), (4, 6, False), (0, 1, True), (5, 0, False)):
        box = f"<div>{'x' * own}<blockquote>{'y' * quoted}</blockquote></div>"
        assert measure.is_quote(_tree(box)) is is_quote
    assert not measure.is_quote(_tree("<blockquote>Words.</blockquote>"))


def test_ancestors_are_looked_for_at_most_so_many_levels_up() -> None:
    inner = _tree("<ul><li><div><p><b>x</b></p></div></li></ul>").find(".//b")
    assert inner is not None
    for most, tags in ((1, "p"), (2, "div"), (3, "li"), (4, "ul")):
        assert measure.has_ancestor(inner, tags, most=most)
        assert not measure.has_ancestor(inner, tags, most=most - 1) or most == 1
    assert measure.has_ancestor(inner, "pre", "li")
    assert not measure.has_ancestor(inner, "ul")
    assert measure.has_ancestor(inner, "ul", most=0)
    assert not measure.has_ancestor(inner, "b", most=0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a<b>x</b>c</p>", "<p>ac</p>"), ("<p><b>x</b>c</p>", "<p>c</p>"),
        ("<p><i>i</i><b>x</b>c</p>", "<p><i>i</i>c</p>"),
        ("<p><i>i</i>a<b>x</b>c</p>", "<p><i>i</i>ac</p>"), ("<p>a<b>x</b></p>", "<p>a</p>"),
    ],
)  # fmt: skip
def test_what_stands_behind_a_removed_element_stays(before: str, after: str) -> None:
    tree = _tree(before)
    inner = tree.find(".//b")
    assert inner is not None
    measure.remove(inner)
    assert html.tostring(tree, encoding="unicode") == after
    measure.remove(tree)  # has nothing around it
