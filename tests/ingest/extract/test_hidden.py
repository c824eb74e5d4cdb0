"""Text that scripts would show is shown; other hidden things are gone."""

import pytest

from reader.ingest.extract import page
from reader.ingest.extract.measure import text_of

_LINE = "A line of a text with its commas, long enough to be read, and then a full stop. "
_STORY = f"<p>{_LINE * 4}</p>"


def _shown(inside: str) -> str:
    root = page.parse(f"<html><body>{inside}</body></html>")
    assert root is not None
    return text_of(page.prepare(root))


def test_boxes_that_react_streams_stand_in_their_places() -> None:
    streamed = (
        "<p>one</p><template id='B:0'></template><p>four</p>"
        "<div hidden id='S:0'><p>two</p><template id='P:1'></template></div>"
        "<div hidden id='S:1'><p>three</p></div><div hidden id='S:2'><p>five</p></div>"
    )
    assert _shown(streamed) == "onetwothreefourfive"
    assert _shown("<template id='B:0'></template><div id='S:0'>x</div>") == "x"
    assert _shown("<div id='S:0'>x<template id='B:0'></template></div>") == "x"


@pytest.mark.parametrize("tag", ["hidden", "style='display:none'", "aria-hidden='true'"])
def test_a_hidden_box_with_nearly_all_the_text_is_shown(tag: str) -> None:
    assert "commas" in _shown(f"<p>Loading</p><div {tag}>{_STORY}</div>")
    assert "hidden" not in _shown(f"{_STORY}<div {tag}><p>{_LINE} hidden</p></div>")


def test_a_flag_of_a_paywall_hides_most_of_the_text() -> None:
    page_of_two = "<p>{}</p><div {}><p>{}</p></div>"
    for flag, shown in (("hidden", True), ("style='visibility:hidden'", False)):
        text = _shown(page_of_two.format(_LINE, flag, _LINE * 3 + "end"))
        assert text.endswith("end") is shown


def test_a_flag_of_a_paywall_hides_most_of_an_article_on_a_page_with_more() -> None:
    article = f"<article><p>{_LINE}</p><div hidden><p>{_LINE} rest</p></div></article>"
    others = f"<div><p>{_LINE}</p></div>" * 6
    assert "rest" in _shown(article + others)
    assert "rest" not in _shown(article.replace("<p>", f"<p>{_LINE * 2}", 1) + others)
    assert "rest" not in _shown(article.replace("article", "div") + others)


@pytest.mark.parametrize("flag", ["hidden", "style='display: none'", "aria-hidden='true'"])
def test_hidden_boxes_are_text_if_little_is_left_without_them(flag: str) -> None:
    hidden = "".join(f"<div {flag}><p>{_LINE} part{n}</p></div>" for n in range(4))
    assert "part3" in _shown(f"<p>{_LINE}</p>{hidden}<div {flag}>Menu</div>")
    assert "Menu" not in _shown(f"<p>{_LINE}</p>{hidden}<div {flag}>Menu</div>")
    assert "part3" not in _shown(f"<p>{_LINE * 3}</p>{hidden}")
    nested = f"<div {flag}>" * 4 + f"<p>{_LINE} part3</p>" + "</div>" * 4
    assert "part3" not in _shown(f"<p>{_LINE}</p>{nested}")


@pytest.mark.parametrize(
    ("opener", "panel"),
    [
        ("<h3><button aria-controls='p'>Q</button></h3>", "<div id='p' hidden>{}</div>"),
        ("<a role='tab' href='#p'>Q</a>", "<div id='p' style='display:none'>{}</div>"),
        ("<button aria-expanded='false' data-bs-target='#p'>Q</button>",
         "<div id='p' aria-hidden='true'>{}</div>"),
        ("", "<section role='tabpanel' hidden>{}</section>"),
    ],
)  # fmt: skip
def test_panels_that_a_person_opens_are_text(opener: str, panel: str) -> None:
    assert "Answer" in _shown(_STORY + opener + panel.format(f"<p>Answer {_LINE}</p>"))
    assert "Answer" not in _shown(_STORY + opener + panel.format("<p>Answer</p>"))
    assert "Answer" not in _shown(_STORY + panel.format("").replace("></", f">Answer {_LINE}</", 1)
                                  .replace("role='tabpanel'", ""))  # fmt: skip


def test_a_noscript_with_the_text_of_a_page_is_shown() -> None:
    assert "commas" in _shown(f"<div id=app></div><noscript><div>{_STORY}</div></noscript>")
    assert "commas" not in _shown(f"{_STORY.replace('commas', '')}<noscript>{_STORY}</noscript>")


def test_letters_for_the_eyes_stay_and_their_twins_for_the_ears_go() -> None:
    pair = (
        "<p>It cost <span aria-hidden='true'>$2m</span><span class='sr-only'>2 million</span>.</p>"
    )
    assert _shown(pair) == "It cost $2m."
    letters = "".join(f"<span aria-hidden='true'>{each}</span>" for each in "A word.")
    assert _shown(f"<p aria-label='A word.'>{letters}</p>") == "A word."
    assert _shown("<p>x<span aria-hidden='true'>sign</span></p>") == "x"
    assert _shown("<p>x<span aria-hidden='true'>¶</span><b class='sr-only'>y</b></p>") == "x"


def test_a_paragraph_with_aria_hidden_is_for_the_eyes() -> None:
    assert "commas" in _shown(f"{_STORY}<p aria-hidden='true'>{_LINE}</p>")


def test_buttons_that_hold_text_or_a_heading_are_boxes() -> None:
    for inside in (f"<p>{_LINE}</p>", "<h2>Part</h2>"):
        root = page.parse(f"<body><button class='menu'>{inside}</button></body>")
        assert root is not None
        assert page.prepare(root).find(".//button") is None
    for heading, left in (("<h3><button>Q</button></h3>", 0), ("<h3>Q <button>x</button></h3>", 1)):
        root = page.parse(f"<body>{heading}</body>")
        assert root is not None
        assert len(page.prepare(root).findall(".//button")) == left


def test_a_form_around_the_page_is_a_box() -> None:
    for inside, forms in ((_STORY, 0), ("<p>x</p>", 1)):
        root = page.parse(f"<body><form>{inside}</form>{_STORY if forms else ''}</body>")
        assert root is not None
        assert len(page.prepare(root).findall(".//form")) == forms


@pytest.mark.parametrize(
    ("name", "stays"), [("sidebar", False), ("promo", False), ("comments", True), ("story", True)]
)
def test_names_against_a_box_with_most_of_the_text_are_forgotten(name: str, stays: bool) -> None:
    root = page.parse(f"<body><div class='{name}' id='{name}'>{_STORY}</div></body>")
    assert root is not None
    box = page.prepare(root)[0]
    assert (box.get("class") == name, box.get("id") == name) == (stays, stays)
