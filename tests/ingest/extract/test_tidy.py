"""Of what was found, boxes that do not read like text go; what carries meaning stays."""

import pytest
from lxml import etree, html

from reader.ingest.extract.measure import Element
from reader.ingest.extract.tidy import tidy

_SAID = "<span>Words of a text that goes on for a while</span>"
_BEFORE = f"<p>{'before ' * 300}</p>"
_FILM = '<iframe src="https://www.youtube.com/embed/x"></iframe>'


def _tree(inside: str) -> Element:
    return html.fragment_fromstring(f"<div>{_BEFORE}{inside}<p>behind</p></div>")


def _tidied(inside: str, *, cleans: bool = True, weighs_names: bool = True) -> str:
    tree = _tree(inside)
    tidy(tree, cleans=cleans, weighs_names=weighs_names)
    made = str(etree.tostring(tree, encoding="unicode", method="html"))
    return made.removeprefix(f"<div>{_BEFORE}").removesuffix("<p>behind</p></div>")


def _stays(inside: str) -> bool:
    """Return whether a box stays as it is; it goes whole or not at all."""
    made = _tidied(inside)
    same = str(etree.tostring(_tree(inside), encoding="unicode", method="html"))
    assert made in ("", same.removeprefix(f"<div>{_BEFORE}").removesuffix("<p>behind</p></div>"))
    return bool(made)


@pytest.mark.parametrize("tag", ["object", "embed", "iframe", "footer", "aside", "link", "input",
                                 "textarea", "select", "button"])  # fmt: skip
def test_what_never_belongs_to_a_text_goes(tag: str) -> None:
    for cleans in (True, False):
        assert _tidied(f"<p>a<{tag}></{tag}>b</p>", cleans=cleans) == "<p>ab</p>"


@pytest.mark.parametrize(
    "markup",
    [
        _FILM, "<video></video>", '<p>a<input type="checkbox">b</p>',
        '<iframe src="https://charts.example.org/1"></iframe>',
        "<p>a<b class='shared'>b</b></p>", f"<p>a<b class='share'>{'x' * 500}</b></p>",
        "<p>a<b class='share'>x<blockquote>Her words.</blockquote></b></p>", "<h2>Part</h2>",
        "<p><img src='/a.png'></p>",
    ],
)  # fmt: skip
def test_what_belongs_to_a_text_stays(markup: str) -> None:
    assert _stays(markup)


@pytest.mark.parametrize(
    ("markup", "made"),
    [
        ("<p>a<b class='share'>b</b>c</p>", "<p>ac</p>"),
        ("<p>a<b id='addthis'>b</b></p>", "<p>a</p>"),
        (f"<p>a<b class='share'>{'x' * 499}</b></p>", "<p>a</p>"),
        ("<p>a<b class='social-links'>b</b></p>", "<p>a</p>"),
        ("<aside role='doc-footnote'>A note.</aside>", '<div role="doc-footnote">A note.</div>'),
        ("<footer class='endnotes'>A note.</footer>", '<div class="endnotes">A note.</div>'),
        ("<h1>Part</h1>", "<h2>Part</h2>"), ("<p> </p>", ""), ("<p><br></p>", ""),
        ("<h1 class='promo'>Part</h1>", '<h2 class="promo">Part</h2>'),
        ("<table><tr><td>one</td></tr></table>", "<p>one</p>"),
        ("a<table><tr><th>one</th></tr></table>b", "a<p>one</p>b"),
        *((f"<table><tr><td><{tag}><span>one</span></{tag}></td></tr></table>",
           f"<div><{tag}><span>one</span></{tag}></div>") for tag in ("p", "div", "ul", "ol",
           "figure", "pre")),
        ("<table><tr><td><b>one</b></td></tr></table>", "<p><b>one</b></p>"),
    ],
)  # fmt: skip
def test_what_is_left_has_the_form_of_a_text(markup: str, made: str) -> None:
    assert _tidied(markup) == made
    assert _tidied(markup, cleans=False) == made


def test_a_table_of_several_cells_stays_one() -> None:
    for rows in ("<tr><td>a</td><td>b</td></tr>", "<tr><td>a</td></tr><tr><td>b</td></tr>"):
        assert _stays(f"<table>{rows}</table>")
    assert _stays("<table></table>") is False


def test_names_count_only_if_they_are_weighed_and_boxes_go_only_if_it_is_cleaned() -> None:
    box = f'<div class="promo">{_SAID}</div>'
    assert _tidied(box) == ""
    assert _tidied(box, weighs_names=False) == _tidied(box, cleans=False) == box


def test_names_remove_no_heading_and_at_most_a_quarter_of_the_text() -> None:
    assert _stays("<h2 class='promo'>Part</h2>")
    for number, stays in ((25, False), (26, True)):
        box = f"<div class='promo'><p>{'x' * number}</p></div>"
        tree = html.fragment_fromstring(f"<div><p>{'y' * (100 - number)}</p>{box}</div>")
        tidy(tree, cleans=True, weighs_names=True)
        assert ("x" in tree.text_content()) is stays


def test_links_within_sentences_are_prose_and_others_are_not() -> None:
    said = "Nobody knew what the river <a href='/x'>carried down to the town that year</a>, or why"
    assert _stays(f"<div><p>{said} it did so in the spring of it.</p></div>")
    assert not _stays(f"<div><p>{said}</p></div>")
    link = "<p><a href='/x'>The story of another river</a></p>"
    assert not _stays(f"<div><p>{said} it did so in the spring of it.</p>{link}</div>")


def test_pictures_with_captions_are_no_reason_to_remove_a_box() -> None:
    figure = "<figure><img src='/a.png'><figcaption>{}</figcaption></figure>"
    assert _stays(f"<div>{figure.format('A boat') * 3}</div>")
    assert not _stays(f"<div>{figure.format('') * 3}</div>")


@pytest.mark.parametrize("tag", ["div", "ul", "table", "form", "fieldset"])
def test_a_box_goes_by_its_name(tag: str) -> None:
    inner = {"ul": f"<li>{_SAID}</li>", "table": f"<tr><td>{_SAID}<td>x</td></tr>"}.get(tag, _SAID)
    assert not _stays(f"<{tag} class='promo'>{inner}</{tag}>")
    assert _stays(f"<{tag} class='x'>{inner}</{tag}>")
    assert _stays(f"<section class='promo'>{_SAID}</section>")


@pytest.mark.parametrize(
    "around",
    ["<pre>{}</pre>", "<code><b><i><u>{}</u></i></b></code>", "<blockquote>{}</blockquote>",
     "<table><tr><th>a</th><td>{}</td></tr></table>", "<section>{}</section>"],
)  # fmt: skip
def test_code_data_and_the_words_of_somebody_are_left_alone(around: str) -> None:
    box = '<div><a href="/x">one</a></div>'
    made = _tidied(around.format(box))
    assert ("one" in made) is ("section" not in around)


def test_a_box_with_a_table_of_data_or_a_note_stays() -> None:
    data = "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
    for box in (f"<div class='promo'>{data}</div>", "<div class='promo footnote'>x</div>",
                "<div class='promo' role='note'>x</div>",
                "<div class='promo'><blockquote>Words.</blockquote></div>"):  # fmt: skip
        assert _stays(box)
    assert "promo" not in _tidied(f"{data}<div class='promo'>x</div>")


_IMG = '<img src="/a.png">'


def _commas(number: int) -> str:
    return f"<div>{'a,' * number}<a href='/x'>{'b' * 99}</a></div>"


@pytest.mark.parametrize(
    ("box", "stays"),
    [
        ("<div>x</div>", False), ("<div></div>", False), ("<div><hr></div>", False),
        (f"<div>{_IMG}</div>", True), (f"<div>{_IMG}{_IMG}</div>", False),
        (f"<div>{_IMG}<p>x</p>{_IMG}</div>", True), (f"<div>{_IMG * 3}<p>x</p></div>", False),
        (f"<figure><div>{_IMG}{_IMG}</div></figure>", True),
        *((f"<div><{tag}>x</{tag}></div>", tag != "i") for tag in
          ("span", "blockquote", "p", "pre", "h2", "h3", "h4", "h5", "h6", "i")),
        ("<div><dl><dt>x</dt></dl></div>", True), ("<section><div><p>x</p></div></section>", True),
        (f"<div><span>x</span><ol>{'<li></li>' * 101}</ol></div>", False),
        (f"<div><span>x</span><ol>{'<li></li>' * 100}</ol></div>", True),
        (f"<div><p>x</p><ol>{'<li></li>' * 101}</ol></div>", True),
        (_commas(9), False), (_commas(10), True),
        (f"<div><span>{'x' * 20}</span><a href='/x'>{'y' * 5}</a></div>", True),
        (f"<div><span>{'x' * 31}</span><a href='/x'>{'y' * 8}</a></div>", False),
        (f"<div><span>{'x' * 20}</span><a href='/x'>{'y' * 4}</a></div>", False),
        (f"<div><span>{'x' * 21}</span><a href='/x'>{'y' * 4}</a></div>", True),
        (f"<div>{_IMG}{'x' * 19}<a href='/x'>y</a></div>", True),
        (f"<div><p>{_IMG * 3}</p><p>x<a href='/x'>y</a></p>x<p>z</p></div>", False),
        (f"<div><h3>{'x' * 9}<a href='/x'>y</a></h3></div>", True),
        (f"<div>{'z' * 2}<h3>{'x' * 9}<a href='/x'>y</a></h3></div>", False),
        *((f"<div><{head}>{'x' * 9}<a href='/x'>y</a></{head}></div>", True)
          for head in ("h2", "h4", "h5", "h6")),
        (f"<div class='post'><span>x</span><a href='/x'>{'y' * 30}</a></div>", False),
        (f"<div class='post'><span>{'x' * 30}</span><a href='/x'>{'y' * 30}</a></div>", True),
        (f"<div class='post'><span>{'x' * 29}</span><a href='/x'>{'y' * 31}</a></div>", False),
        (f"<div>{_FILM}x</div>", True), (f"<div>{_FILM}{_FILM}</div>", True),
        ("<ul><li><a href='/x'>one</a></li></ul>", True), ("<ul></ul>", False),
        (f"<div><ul><li>{'x' * 9}<a href='/x'>{'y' * 81}</a></li></ul>{'z' * 10}</div>", False),
        (f"<div><ul><li>{'x' * 10}<a href='/x'>{'y' * 81}</a></li></ul>{'z' * 9}</div>", True),
        ("<div><ul><li><a href='/x'>one two three</a></li></ul>x</div>", True),
        ("<div><ul><li><a href='/x'>one two th</a></li></ul>xx</div>", False),
        ("<div><ol><li><a href='/x'>one two three</a></li></ol>x</div>", True),
        ("<ul><li>" + _IMG + "</li><li>" + _IMG + "</li></ul>", True),
        ("<ul><li>" + _IMG + _IMG + "</li><li>x</li></ul>", False),
        ("<ul><li>" + _IMG + _IMG + "</li></ul>", False),
        ("<ul><li>" + _IMG + "</li><li>" + _IMG + "</li><li>x</li></ul>", False),
    ],
)  # fmt: skip
def test_a_box_that_does_not_read_like_text_goes(box: str, stays: bool) -> None:
    assert _stays(box) is stays


def test_a_form_of_fields_goes_and_one_of_text_stays() -> None:
    field = '<input type="checkbox">'
    assert _stays(f"<form>{_SAID}</form>")
    assert not _stays(f"<form>{_SAID}{field}</form>")
    assert _stays(f"<form><p>a</p><p>b</p><p>c</p>{field}</form>")
    assert not _stays(f"<form><p>a</p><p>b</p><p>c</p>{field}{field}</form>")
    assert not _stays(f"<form><p>a</p><p>b</p>{field}</form>")


def test_a_box_of_one_foreign_frame_goes_with_it_only_if_it_says_little() -> None:
    for tag in ("object", "embed", "iframe"):
        for number, said, stays in ((1, 74, False), (1, 75, True), (2, 300, False)):
            frames = f"<{tag}></{tag}>" * number
            assert bool(_tidied(f"<form><p>{'x' * said}</p>{frames}</form>")) is stays
    assert _tidied(f"<form>x{_FILM}<embed></embed></form>")


def test_a_box_of_a_series_stays_if_most_of_its_like_read_like_text() -> None:
    box = f"<div class='step'><p>{_SAID}, until it ends.</p></div>"
    odd = f"<div class='step'><p>{_SAID} <a href='/x'>and a long link to elsewhere</a></p></div>"
    assert _stays(box + odd + box)
    assert "elsewhere" not in _tidied(odd + odd + box)
    assert "elsewhere" not in _tidied(box + odd.replace("step", "other") + box)
