"""Small pictures have the size that the page gives, large ones the size that they have."""

import pytest

from reader.body.blocks import Given, Paragraph, Picture, Text
from reader.document.picture_size import are_signs, is_small, shown_size

_EM = 20.0


def _picture(wide: int, high: int, given: Given = Given()) -> Picture:  # noqa: B008
    return Picture("a" * 64 + ".png", wide, high, given=given)


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        (_picture(512, 512, Given(16, 16)), (16, 16)),
        (_picture(512, 256, Given(16)), (16, 8)),
        (_picture(512, 256, Given(0, 16)), (32, 16)),
        (_picture(400, 200, Given(40, 40)), (40, 20)),  # never distorted
        (_picture(1600, 800, Given(200, 100)), (200, 100)),
        (_picture(1600, 800, Given(640, 320)), (1600, 800)),  # a photograph may grow
        (_picture(1600, 60, Given(640, 24)), (640, 24)),  # a formula may not
        (_picture(320, 200, Given(640, 400)), (320, 200)),
        (_picture(24, 24, Given(40, 40)), (40, 40)),
        (_picture(10, 10, Given(200, 200)), (20, 20)),
        (_picture(100, 27, Given(5, 1.35, "em")), (100, 27)),
        (_picture(2000, 500, Given(40, 10, "em")), (800, 200)),
        (_picture(300, 200, Given(2, 2, "x")), (150, 100)),
        (_picture(300, 200), (300, 200)),
        (_picture(0, 0, Given(16, 16)), (0, 0)),
        (_picture(0, 20), (0, 0)),
        (_picture(5000, 1, Given(4, 4)), (4, 1)),
    ],
)
def test_a_picture_has_one_size(picture: Picture, size: tuple[float, float]) -> None:
    assert shown_size(picture, _EM) == pytest.approx(size)


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        (_picture(512, 512, Given(16, 16)), (20, 20)),
        (_picture(32, 16), (40, 20)),
        (_picture(100, 100, Given(0, 1, "em")), (20, 20)),
        (_picture(300, 200), (300, 200)),
        (_picture(300, 200, Given(150, 100)), (150, 100)),
    ],
)
def test_a_small_picture_in_a_line_grows_with_the_type(
    picture: Picture, size: tuple[float, float]
) -> None:
    assert shown_size(picture, _EM, in_line=True) == pytest.approx(size)


def test_a_picture_of_up_to_three_lines_is_small() -> None:
    assert is_small(_picture(400, 48), _EM)
    assert not is_small(_picture(40, 90), _EM)
    assert not is_small(Picture(""), _EM)


def test_several_small_pictures_without_text_form_lines() -> None:
    small, large = _picture(90, 20), _picture(900, 200)
    assert are_signs(Paragraph((small, Text(" "), small)), _EM)
    assert not are_signs(Paragraph((small,)), _EM)
    assert not are_signs(Paragraph((small, large)), _EM)
    assert not are_signs(Paragraph((small, Text("a"), small)), _EM)
