"""Charts and diagrams in the markup of a page become pictures; icons do not."""

import pytest
from lxml import html

from reader.ingest import images
from reader.ingest.extract.drawings import repair
from reader.ingest.svg import safe

_BARS = "".join(f'<rect x="{n}0" y="9" width="8" height="{n}0" fill="#36c"/>' for n in range(1, 6))
_CHART = f'<svg viewBox="0 0 300 200" role="img">{_BARS}<text x="1" y="9">Rain</text></svg>'


def _images(page: str) -> list[html.HtmlElement]:
    tree = html.fromstring(f"<div>{page}</div>")
    repair(tree)
    return list(tree.findall(".//img"))


def test_a_chart_is_a_picture_that_can_be_drawn() -> None:
    (image,) = _images(f"a{_CHART.replace('<rect', '<title>Rain in May</title><rect', 1)}b")
    assert image.get("alt") == "Rain in May"
    assert image.tail == "b"
    drawing = safe(images.data_of(image.get("src", "")))
    assert drawing is not None
    assert (drawing.width, drawing.height) == (300, 200)
    assert "Rain" in drawing.text


def test_names_that_parsers_make_lower_case_are_those_of_svg() -> None:
    shade = '<defs><linearGradient id="g" gradientUnits="userSpaceOnUse"></linearGradient></defs>'
    (image,) = _images(_CHART.replace("<rect", f"{shade}<rect", 1))
    data = images.data_of(image.get("src", "")).decode()
    assert "<linearGradient" in data
    assert 'viewBox="0 0 300 200"' in data
    assert 'gradientUnits="userSpaceOnUse"' in data


def test_the_names_of_spaces_are_written_once() -> None:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    (image,) = _images(_CHART.replace('role="img"', spaces))
    assert safe(images.data_of(image.get("src", ""))) is not None


def test_a_drawing_in_a_figure_needs_no_words() -> None:
    assert len(_images(f'<figure><svg viewBox="0 0 300 200">{_BARS}</svg></figure>')) == 1
    assert _images(f'<svg viewBox="0 0 300 200">{_BARS}</svg>') == []


def test_a_drawing_stands_on_white_in_all_of_its_box() -> None:
    (image,) = _images(_CHART.replace("0 0 300 200", "-10 -20 300 200"))
    data = images.data_of(image.get("src", "")).decode()
    assert '<rect x="-10" y="-20" width="300" height="200" fill="#fff"/><rect' in data


@pytest.mark.parametrize(
    "page",
    [
        '<svg viewBox="0 0 24 24"><path d="M0 0h9"/></svg>',
        '<svg viewBox="0 0 512 512"><path d="M0 0h9" fill="red"/></svg>',
        _CHART.replace("300 200", "300 99"),
        _CHART.replace('role="img"', 'width="24" height="24"'),
        _CHART.replace('role="img"', 'class="site-logo"'),
        f"<button>{_CHART}</button>", f"<nav><p>{_CHART}</p></nav>",
        f'<svg viewBox="0 0 300 200" aria-hidden="true">{_BARS}</svg>',
        _CHART.replace(' fill="#36c"', ' class="bar"'),
        "<svg></svg>", '<svg viewBox="0 0 a b"></svg>',
        f'<svg viewBox="0 0 300 200" fill="red">{"<g><path/></g>" * 20_001}</svg>',
    ],
)  # fmt: skip
def test_icons_and_decorations_are_no_pictures(page: str) -> None:
    assert _images(page) == []


def test_a_page_has_a_bounded_number_of_drawings() -> None:
    assert len(_images(_CHART * 50)) == 40
