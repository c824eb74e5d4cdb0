"""A drawing is written anew with what is known to be harmless, in the size it means to have."""

import base64
import io

import pytest
from lxml import etree
from PIL import Image

from reader.ingest import svg

_NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def _safe(inside: str, said: str = 'width="30" height="20"') -> svg.Drawing | None:
    return svg.safe(f"<svg {_NS} {said}>{inside}</svg>".encode())


def _inside(inside: str) -> str:
    """Return what is left of the inside of a drawing."""
    made = _safe(f"<g>{inside}</g>")
    assert made is not None
    return made.text.partition("<g>")[2].rpartition("</g>")[0]


def _picture(side: int, kind: str = "png") -> str:
    out = io.BytesIO()
    Image.new("1" if kind == "png" else "L", (side, side)).save(out, kind)
    return f"data:image/{kind};base64,{base64.b64encode(out.getvalue()).decode()}"


@pytest.mark.parametrize(
    ("said", "wide", "high"),
    [
        ('width="30" height="20"', 30, 20), ('width="30px" height="20PX"', 30, 20),
        ('width="72pt" height="1in"', 96, 96), ('width="2pc" height="2em"', 32, 32),
        ('width="25.4mm" height="2.54cm"', 96, 96), ('width="2rem" height="2ex"', 32, 16),
        ('width="2ch" height="+1.5e1"', 16, 15), ("", 300, 150),
        ('viewBox="0 0 40 10"', 40, 10), ('viewBox="0,0, 40 10" width="20"', 20, 5),
        ('viewBox="0 0 40 10" height="20"', 80, 20), ('width="20"', 20, 20),
        ('height="20"', 20, 20),
        ('viewBox="0 0 40" width="20"', 20, 20), ('viewBox="0 0 40 -1"', 300, 150),
        ('viewBox="0 0 0 10"', 300, 150), ('viewBox="0 0 inf 10"', 300, 150),
        ('width="100%" height="20"', 20, 20), ('width="3vw" height="20"', 20, 20),
        ('width="100000" height="10"', 100000, 10), ('width="0.2" height="0.1"', 1, 1),
        ('viewBox="0 0 40 10" width="20" height="20"', 20, 20),
    ],
)  # fmt: skip
def test_a_drawing_has_the_size_it_means(said: str, wide: int, high: int) -> None:
    made = _safe("<rect/>", said)
    assert made is not None
    assert (made.width, made.height) == (wide, high)


@pytest.mark.parametrize(
    ("unit", "pixels"),
    [("", 1), ("px", 1), ("pt", 4 / 3), ("pc", 16), ("mm", 3.7795), ("cm", 37.795), ("in", 96),
     ("em", 16), ("rem", 16), ("ex", 8), ("ch", 8)],
)  # fmt: skip
def test_every_unit_has_its_number_of_pixels(unit: str, pixels: float) -> None:
    wide = _safe("<rect/>", f'width="40{unit}" height="7"')
    high = _safe("<rect/>", f'width="7" height="40{unit.upper()}"')
    assert wide is not None and high is not None
    assert (wide.width, wide.height) == (round(40 * pixels), 7)
    assert (high.width, high.height) == (7, round(40 * pixels))


@pytest.mark.parametrize(
    "said",
    ['width="0" height="20"', 'width="20" height="0"', 'width="100001" height="11"',
     'width="10001" height="1"', 'width="1e300" height="1e300"', 'width="-3" height="0"'],
)  # fmt: skip
def test_a_drawing_of_no_or_an_absurd_size_is_none(said: str) -> None:
    assert _safe("<rect/>", said) is None
    assert _safe("<rect/>", 'width="10000" height="1"') is not None


@pytest.mark.parametrize(
    ("size", "drawn"),
    [
        ((30, 20), (60, 40)), ((2000, 3000), (2000, 3000)), ((4000, 6000), (2000, 3000)),
        ((10000, 100), (8000, 80)), ((1, 10), (2, 20)), ((10000, 1), (8000, 1)),
    ],
)  # fmt: skip
def test_a_drawing_is_drawn_twice_its_size_within_bounds(
    size: tuple[int, int], drawn: tuple[int, int]
) -> None:
    for box, kept in (("", f"0 0 {size[0]} {size[1]}"), ('viewBox="1 2 3 4"', "1 2 3 4")):
        made = _safe("<rect/>", f'width="{size[0]}" height="{size[1]}" {box}')
        assert made is not None
        root = etree.fromstring(made.text)
        assert (int(root.get("width")), int(root.get("height"))) == drawn
        assert root.get("viewBox") == kept


_KEPT = """svg g defs symbol use a switch path rect circle ellipse line polyline polygon text tspan
textPath linearGradient radialGradient stop pattern clipPath mask marker image style"""


@pytest.mark.parametrize("tag", _KEPT.split())
def test_an_element_that_only_draws_is_kept(tag: str) -> None:
    element = f'<{tag} x="1" fill="url(#a)">x</{tag}>y'
    assert _inside(element) == element


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ("<script>x</script><rect/>", "<rect/>"), ("<animate/><rect/>", "<rect/>"),
        ("<feImage/><rect/>", "<rect/>"), ('<rect xmlns="urn:x"/><circle/>', "<circle/>"),
        ('<rect onload="x"/>', "<rect/>"), ('<rect xmlns:a="urn:a" a:b="c"/>', "<rect/>"),
        ('<text xml:space="preserve"> x </text>', '<text xml:space="preserve"> x </text>'),
        ('<rect fill="url( &quot;#a&quot; )"/>', '<rect fill="url( &quot;#a&quot; )"/>'),
        *((f'<rect fill="{each}"/>', "<rect/>")
          for each in ("url(http://x.example/)", "URL('a.png')", "@import x", "expression(x)")),
        ("<style>a{fill:url(x)}</style>", "<style></style>"),
        ("<style>a{fill:red}</style>", "<style>a{fill:red}</style>"),
        ('<use href=" #a "/>', '<use href="#a"/>'), ('<use href="a.svg#a"/>', "<use/>"),
        ('<image href="http://x.example/a.png"/>', "<image/>"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "<image/>"),
        ('<image href="data:image/png;base64,AAAA"/>', "<image/>"),
        (f'<image href=" {_picture(9)} "/>', f'<image href="{_picture(9)}"/>'),
        *((f'<image href="{_picture(9, kind)}"/>', f'<image href="{_picture(9, kind)}"/>')
          for kind in ("jpeg", "gif", "webp")),
        (f'<image href="{_picture(4001)}"/>', "<image/>"),
        (f'<image href="{_picture(3000)}" id="a"/><image href="{_picture(3000)}" id="b"/>',
         f'<image href="{_picture(3000)}" id="a"/><image id="b"/>'),
    ],
)  # fmt: skip
def test_whatever_leads_out_is_left_out(inside: str, left: str) -> None:
    assert _inside(inside) == left


def test_a_place_is_linked_in_the_old_way_too() -> None:
    made = _safe('<use xlink:href="#a"/><use xlink:href="b.svg"/>')
    assert made is not None
    assert made.text.count("xlink:href=") == 1


@pytest.mark.parametrize(
    ("said", "words", "left"),
    [
        ('width="40" height="20" x="10" y="5"', " a  <b>b</b> ", ("30", "15", "a b")),
        ('width="40" height="20"', "a", ("20", "10", "a")),
        ('width="40" height="20"', "x" * 201, ("20", "10", "x" * 200)),
        ('width="40"', "a", None), ('height="20"', "a", None), ('width="40" height="0"', "a", None),
        ('width="40" height="20"', " ", None), ('width="40" height="20" x="5%"', "a", None),
    ],
)  # fmt: skip
def test_of_a_foreign_object_the_words_are_drawn_in_its_middle(
    said: str, words: str, left: tuple[str, ...] | None
) -> None:
    made = _safe(f"<rect/><foreignObject {said}>{words}</foreignObject>")
    assert made is not None
    found = etree.fromstring(made.text)[1:]
    assert [(x.get("x"), x.get("y"), x.text) for x in found] == ([left] if left else [])
    for each in found:
        assert (each.get("text-anchor"), each.get("dominant-baseline")) == ("middle", "central")


def test_what_is_broken_too_large_or_too_deep_is_none() -> None:
    assert _safe("<rect>") is None
    assert _safe("") is None
    assert _safe("<script/>") is None
    assert svg.safe(b"<!DOCTYPE svg [<!entity a 'b'>]><svg><rect/></svg>") is None
    assert svg.safe(b"<svg><rect/></svg>") is not None
    for number, fits in ((49_999, True), (50_000, False)):
        assert (_safe("<g/>" * number) is not None) is fits
    for depth, fits in ((100, True), (101, False)):
        assert (_safe("<g>" * depth + "</g>" * depth) is not None) is fits
    for spaces, fits in ((9_999_982, True), (9_999_983, False)):
        assert (svg.safe(b"<svg><rect/></svg>" + b" " * spaces) is not None) is fits
