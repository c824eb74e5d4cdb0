"""Galleries show each picture once, with its caption and the text beside it."""

import pytest
from lxml import html

from reader.ingest.extract import galleries
from reader.ingest.extract.measure import Element, text_of
from reader.ingest.extract.whole import extract

_SAID = "Nobody knew what the river carried down to the town that year, or the one after it."
_TEXT = "".join(f"<p>{n}. {_SAID}</p>" for n in range(8))


def _opened(inside: str, name: str = "gallery") -> Element:
    tree = html.fragment_fromstring(f"<div><div class='{name}'>{inside}</div></div>")
    galleries.open_galleries(tree)
    return tree


def _figures(tree: Element) -> list[tuple[str | None, str]]:
    """Return the source and the caption of each figure."""
    shown = []
    for figure in tree.iter("figure"):
        image, caption = figure.find("img"), figure.find("figcaption")
        assert image is not None
        shown.append((image.get("src"), "" if caption is None else text_of(caption)))
    return shown


def _slide(source: str, said: str, tag: str = "p") -> str:
    return f"<div class='slide'><img src='{source}'><{tag}>{said}</{tag}></div>"


@pytest.mark.parametrize("name", ["gallery", "slideshow", "slide-show", "carousel", "swiper x"])
def test_each_picture_has_its_caption(name: str) -> None:
    inside = _slide("/a.jpg", "A boat in May") + _slide("/b.jpg", "A boat in June", "div")
    tree = _opened(inside, name)
    assert _figures(tree) == [("/a.jpg", "A boat in May"), ("/b.jpg", "A boat in June")]
    assert text_of(tree) == "A boat in MayA boat in June"
    assert tree[0].get("class") is None


def test_a_caption_is_known_by_its_name_among_other_lines() -> None:
    slide = "<li><img src='/a.jpg'><p>In the harbour.</p><span class='Caption'>A boat</span></li>"
    tree = _opened(f"<ul>{slide}</ul>")
    assert _figures(tree) == [("/a.jpg", "A boat")]
    assert text_of(tree) == "A boatIn the harbour."


def test_figures_of_a_gallery_stay_as_they_are() -> None:
    one = "<figure><img src='/a.jpg'><figcaption>A <a href='/x'>boat</a></figcaption></figure>"
    tree = _opened(one + one.replace("a.jpg", "b.jpg").replace("boat", "ship"))
    assert _figures(tree) == [("/a.jpg", "A boat"), ("/b.jpg", "A ship")]
    assert tree.find(".//figcaption/a") is not None


def test_thumbnails_repeated_lines_buttons_and_counters_go() -> None:
    slides = _slide("/a.jpg", "A boat in May") + _slide("/b.jpg", "A boat in June")
    more = (
        "<a href='#'>Next</a><button>Close</button><span>1 / 2</span><p>View all</p>"
        "<img src='/a.jpg?w=90'><img src='/b.jpg?w=90'><div>A boat in May</div>"
    )
    tree = _opened(slides + more)
    assert _figures(tree) == [("/a.jpg", "A boat in May"), ("/b.jpg", "A boat in June")]
    assert text_of(tree) == "A boat in MayA boat in June"


def test_slides_that_are_folded_are_shown() -> None:
    slides = _slide("/a.jpg", "A boat in May") + (
        "<div hidden aria-hidden='true' style='display: none'><img src='/b.jpg'>"
        "<p>In June</p></div>"
    )
    tree = _opened(slides)
    assert not any(tree[0].xpath(".//*[@hidden or @style or @aria-hidden]"))


@pytest.mark.parametrize(
    "inside",
    [
        "".join(_slide(f"/{n}.jpg", "<a href='/x'>The story of another river</a>") for n in "abc"),
        "".join(_slide(f"/{n}.svg", "A boat in May") for n in "abc"),
        "".join(f"<h2>Part {n}</h2>" + _slide(f"/{n}.jpg", _SAID) for n in "abc"),
        "".join(_slide(f"/{n}.jpg", _SAID * 6) for n in "abc"),
        _slide("/a.jpg", "A boat") + "<pre>x</pre>", "<img src='/a.jpg'>", "<p>Words</p>",
    ],
)  # fmt: skip
def test_cards_logos_chapters_and_texts_are_left_alone(inside: str) -> None:
    tree = _opened(inside)
    assert tree[0].get("class") == "gallery"


def test_a_gallery_of_one_picture_needs_a_caption() -> None:
    inside = "<div><img src='/a.jpg'><p class='caption'>A boat in May</p></div>"
    assert _figures(_opened(inside)) == [("/a.jpg", "A boat in May")]
    assert _opened(inside.replace("caption", "x"))[0].get("class") == "gallery"


def test_a_gallery_is_a_part_of_the_article() -> None:
    slides = "".join(_slide(f"/{n}.jpg", f"The boat of {n}") for n in range(4))
    page = f"<article>{_TEXT}<div class='slideshow'>{slides}</div>{_TEXT}</article>"
    made = extract(f"<html><body>{page}</body></html>", "https://example.org/a").html
    for n in range(4):
        assert f"The boat of {n}" in made
        assert made.count(f"https://example.org/{n}.jpg") == 1


def test_chapters_in_a_slideshow_are_text() -> None:
    slides = "".join(
        f"<div><h2>Part {n}</h2><img src='/{n}.jpg'><p>{n}! {_SAID}</p></div>" for n in range(4)
    )
    page = f"<article>{_TEXT}<div class='slideshow'>{slides}</div>{_TEXT}</article>"
    made = extract(f"<html><body>{page}</body></html>", "https://example.org/a").html
    assert all(f"Part {n}" in made and f"{n}! {_SAID}" in made for n in range(4))
